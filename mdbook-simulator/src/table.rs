//! Writes Markdown tables.

/// A table being put together, cell by cell; cells are Markdown.
#[derive(Debug)]
pub struct MarkdownTable {
    text: String,
}

impl MarkdownTable {
    /// A table with these headings.
    pub fn new(headings: &[impl AsRef<str>]) -> Self {
        let mut table = Self { text: String::new() };
        table.row(headings);
        table.text.push_str(&"|---".repeat(headings.len()));
        table.text.push_str("|\n");
        table
    }

    /// Adds a row. A vertical bar in a cell stays what it is.
    pub fn row(&mut self, cells: &[impl AsRef<str>]) {
        for cell in cells {
            self.text.push_str("| ");
            self.text.push_str(&cell.as_ref().replace('|', "\\|").replace('\n', " "));
            self.text.push(' ');
        }
        self.text.push_str("|\n");
    }

    /// The Markdown.
    pub fn finish(self) -> String {
        self.text
    }
}

/// A text set as code, whatever is in it.
pub fn code(text: &str) -> String {
    let longest = text.split(|letter| letter != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let space = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{fence}{space}{text}{space}{fence}")
}

/// A figure with its unit, kept on one line.
pub fn unbroken(figure: &str) -> String {
    // A Chinese unit may break between its characters, too.
    if figure.ends_with('秒') {
        return format!("<span class=\"unbroken\">{figure}</span>");
    }
    figure.replace(' ', "\u{a0}")
}

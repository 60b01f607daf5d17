//! Text in columns, as Go's `text/tabwriter` sets it, which all these tools use.

/// How wide columns are.
#[derive(Clone, Copy, Debug)]
pub(super) struct Layout {
    /// No column is narrower than this.
    pub(super) least: usize,
    /// The space behind the widest cell of a column.
    pub(super) padding: usize,
    /// Whether the last cell of a line is filled up like the others.
    pub(super) closed: bool,
}

/// The lines of a table.
pub(super) fn table(layout: Layout, rows: &[Vec<String>]) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column));
        let widest = cells.map(|cell| cell.chars().count()).max().unwrap_or(0);
        (widest + layout.padding).max(layout.least)
    };
    let widths: Vec<_> = (0..columns).map(width).collect();
    let mut text = String::new();
    for row in rows {
        for (column, cell) in row.iter().enumerate() {
            text.push_str(cell);
            if column + 1 < row.len() || layout.closed {
                let fill = widths[column] - cell.chars().count();
                text.extend(std::iter::repeat_n(' ', fill));
            }
        }
        text.push('\n');
    }
    text
}

/// A row from texts.
pub(super) fn row<const N: usize>(cells: [&str; N]) -> Vec<String> {
    cells.map(str::to_owned).into()
}

//! Joins the lines of a Chinese paragraph without a space (mdBook #895).
//!
//! A line break in Markdown is a space in HTML. Chinese has no spaces between characters, so a
//! break between two Chinese characters goes, and so does one beside full-width punctuation,
//! which has its own white space. A break between a character and a Latin word or code stays.
//!
//! Where the break is beside emphasis, white space was what told Markdown which way `**` faces;
//! an empty comment takes its place.

use crate::edit::Edits;
use crate::page::{Break, Page};

/// Notes the removal of every break of the page that Chinese has no use for, except where another
/// replacement already covers it.
pub fn join_lines(page: &Page, edits: &mut Edits) {
    for line_break in &page.breaks {
        if is_superfluous(line_break) && !edits.touches(&line_break.range) {
            let range = line_break.range.clone();
            let before = page.text[..range.start].ends_with(EMPHASIS);
            let after = page.text[range.end..].starts_with(EMPHASIS);
            edits.replace(range, if before || after { "<!-- -->" } else { "" });
        }
    }
}

/// The characters of emphasis.
const EMPHASIS: [char; 3] = ['*', '_', '~'];

fn is_superfluous(line_break: &Break) -> bool {
    let (Some(before), Some(after)) = (line_break.before, line_break.after) else {
        return false;
    };
    let joins = |character| is_full_width(character) || is_shared_mark(character);
    is_full_width_mark(before) || is_full_width_mark(after) || (joins(before) && joins(after))
}

/// Chinese characters and punctuation: blocks whose East Asian width is wide or full.
fn is_full_width(character: char) -> bool {
    matches!(character,
        '\u{2E80}'..='\u{2FDF}'     // radicals
        | '\u{3400}'..='\u{4DBF}'   // ideographs, extension A
        | '\u{4E00}'..='\u{9FFF}'   // ideographs
        | '\u{F900}'..='\u{FAFF}'   // compatibility ideographs
        | '\u{20000}'..='\u{3FFFD}' // ideographs, extensions B and later
    ) || is_full_width_mark(character)
}

/// Punctuation that takes a whole square, white space included.
fn is_full_width_mark(character: char) -> bool {
    matches!(character,
        '\u{3000}'..='\u{303F}'                       // 、。〈〉《》「」 and others
        | '\u{FF01}'..='\u{FF0F}'                     // ！（），．／ and others
        | '\u{FF1A}'..='\u{FF20}'                     // ：；？ and others
        | '\u{FF3B}'..='\u{FF40}' | '\u{FF5B}'..='\u{FF65}')
}

/// Marks that Chinese shares with other scripts: quotation marks, the dash, the ellipsis.
fn is_shared_mark(character: char) -> bool {
    matches!(character, '“' | '”' | '‘' | '’' | '—' | '…' | '·')
}

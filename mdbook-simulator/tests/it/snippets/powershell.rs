//! PowerShell scripts.

use tree_sitter::{Node, Parser};

use super::Mistake;

/// What is wrong with a script: the first place at which the grammar finds no sense.
pub(super) fn mistake(body: &str) -> Option<Mistake> {
    let mut parser = Parser::new();
    let language = tree_sitter_powershell::LANGUAGE.into();
    parser.set_language(&language).expect("the grammar fits the parser");
    let tree = parser.parse(body, None).expect("a parser with a language and no time limit");
    let at = first_error(tree.root_node())?.start_position();
    let line = body.lines().nth(at.row).unwrap_or_default();
    Some((at.row, format!("`{line}` is no PowerShell, from column {} on", at.column + 1)))
}

/// The innermost node that comes first and that the parser put in or skipped.
fn first_error(node: Node<'_>) -> Option<Node<'_>> {
    if !node.has_error() {
        return None;
    }
    let mut cursor = node.walk();
    node.children(&mut cursor).find_map(first_error).or(Some(node))
}

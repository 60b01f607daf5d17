//! From the parser's events to trees.

use std::collections::BTreeMap;

use saphyr_parser::{Event, Parser, ScalarStyle, Span, Tag};

use crate::message::Message;
use crate::place::{Position, line_count};
use crate::tree::split::{Part, split};
use crate::tree::{DEPTH_MAX, Entry, NODES_MAX, Node, Scalar, Value};

/// The documents of a text that could be read, and what is wrong with the others.
pub(crate) fn documents(text: &str) -> (Vec<Node>, Vec<(Position, Message)>) {
    let mut mistakes = Vec::new();
    let mut nodes_left = NODES_MAX;
    let mut nodes = Vec::new();
    for part in split(text.strip_prefix('\u{feff}').unwrap_or(text)) {
        let mut builder = Builder::new(part, nodes_left, &mut mistakes);
        nodes.extend(builder.document());
        nodes_left = builder.nodes_left;
    }
    (nodes, mistakes)
}

/// A mapping or a list that has begun.
struct Open {
    at: Position,
    anchor: usize,
    inside: Inside,
}

enum Inside {
    List(Vec<Node>),
    /// The entries, and the key whose value comes next.
    Map(Vec<Entry>, Option<(String, Position)>),
}

struct Builder<'a> {
    part: Part<'a>,
    line_max: usize,
    nodes_left: usize,
    open: Vec<Open>,
    anchors: BTreeMap<usize, Node>,
    mistakes: &'a mut Vec<(Position, Message)>,
}

/// Why a document is not read to its end.
struct Stop;

impl<'a> Builder<'a> {
    fn new(part: Part<'a>, nodes_left: usize, mistakes: &'a mut Vec<(Position, Message)>) -> Self {
        let line_max = line_count(part.text);
        Self { part, line_max, nodes_left, open: Vec::new(), anchors: BTreeMap::new(), mistakes }
    }

    fn document(&mut self) -> Option<Node> {
        let mut whole = None;
        for event in Parser::new_from_str(self.part.text) {
            let finished = match event {
                Ok((event, span)) => self.event(event, span),
                Err(error) => {
                    let marker = error.marker();
                    let at = self.position(marker.line(), marker.col());
                    self.stop(at, Message::Syntax { info: error.info().to_owned() })
                }
            };
            match finished {
                Ok(None) => {}
                Ok(node) => whole = whole.or(node),
                Err(Stop) => return None,
            }
        }
        whole
    }

    /// The parser counts columns from 0, and may point behind the last line.
    fn position(&self, line: usize, column: usize) -> Position {
        let line = line.clamp(1, self.line_max);
        Position { line: line + self.part.lines_before, column: column + 1 }
    }

    /// Takes in one event; gives the document when it is whole.
    fn event(&mut self, event: Event<'_>, span: Span) -> Result<Option<Node>, Stop> {
        let at = self.position(span.start.line(), span.start.col());
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                self.count(1, at)?;
                let plain = style == ScalarStyle::Plain && !is_text(tag.as_deref());
                let value = Value::Scalar(Scalar { text: text.into_owned(), plain });
                self.put(Node { at, value }, anchor, at)
            }
            Event::Alias(anchor) => {
                let node = self.alias(anchor, at)?;
                self.put(node, 0, at)
            }
            Event::SequenceStart(anchor, _) => self.begin(at, anchor, Inside::List(Vec::new())),
            Event::MappingStart(anchor, _) => self.begin(at, anchor, Inside::Map(Vec::new(), None)),
            Event::SequenceEnd | Event::MappingEnd => {
                let Some(Open { at, anchor, inside }) = self.open.pop() else {
                    return Ok(None);
                };
                let value = match inside {
                    Inside::List(items) => Value::List(items),
                    Inside::Map(entries, _) => Value::Map(self.merged(entries)),
                };
                self.put(Node { at, value }, anchor, at)
            }
            _ => Ok(None),
        }
    }

    fn begin(&mut self, at: Position, anchor: usize, inside: Inside) -> Result<Option<Node>, Stop> {
        self.count(1, at)?;
        if self.open.len() >= DEPTH_MAX {
            return self.stop(at, Message::TooDeep);
        }
        self.open.push(Open { at, anchor, inside });
        Ok(None)
    }

    /// A copy of what an alias stands for.
    fn alias(&mut self, anchor: usize, at: Position) -> Result<Node, Stop> {
        let Some(node) = self.anchors.get(&anchor) else {
            return self.stop(at, Message::AliasInItself);
        };
        let (nodes, depth) = extent(node);
        if self.open.len() + depth > DEPTH_MAX {
            return self.stop(at, Message::TooDeep);
        }
        let node = Node { at, value: node.value.clone() };
        self.count(nodes, at)?;
        Ok(node)
    }

    fn stop<T>(&mut self, at: Position, message: Message) -> Result<T, Stop> {
        self.mistakes.push((at, message));
        Err(Stop)
    }

    /// Takes values from what a text may have.
    fn count(&mut self, nodes: usize, at: Position) -> Result<(), Stop> {
        match self.nodes_left.checked_sub(nodes) {
            Some(left) => {
                self.nodes_left = left;
                Ok(())
            }
            None => self.stop(at, Message::TooManyValues),
        }
    }

    /// Puts a whole value where it belongs.
    fn put(&mut self, node: Node, anchor: usize, at: Position) -> Result<Option<Node>, Stop> {
        if anchor != 0 {
            self.count(extent(&node).0, at)?;
            self.anchors.insert(anchor, node.clone());
        }
        let Some(open) = self.open.last_mut() else { return Ok(Some(node)) };
        match &mut open.inside {
            Inside::List(items) => items.push(node),
            Inside::Map(entries, key) => {
                if let Some((key, at)) = key.take() {
                    entries.push(Entry { key, at, value: node });
                } else if let Value::Scalar(scalar) = node.value {
                    *key = Some((scalar.text, node.at));
                } else {
                    *key = Some((String::new(), node.at));
                    self.mistakes.push((node.at, Message::KeyNotText));
                }
            }
        }
        Ok(None)
    }

    /// The entries with merge keys carried out; keys that stand twice are mistakes.
    fn merged(&mut self, entries: Vec<Entry>) -> Vec<Entry> {
        let mut own: Vec<Entry> = Vec::with_capacity(entries.len());
        let mut merged = Vec::new();
        let mut lines: BTreeMap<String, usize> = BTreeMap::new();
        for entry in entries {
            if entry.key == "<<" && entry.value.scalar().is_none() {
                merged.push(entry.value);
                continue;
            }
            if let Some(&line) = lines.get(&entry.key) {
                let key = entry.key;
                self.mistakes.push((entry.at, Message::KeyTwice { key, line }));
                continue;
            }
            lines.insert(entry.key.clone(), entry.at.line);
            own.push(entry);
        }
        for node in merged {
            let maps = match node.value {
                Value::List(maps) => maps,
                value => vec![Node { at: node.at, value }],
            };
            for map in maps {
                let Value::Map(entries) = map.value else {
                    self.mistakes.push((map.at, Message::MergeNotMap));
                    continue;
                };
                for entry in entries {
                    if !lines.contains_key(&entry.key) {
                        lines.insert(entry.key.clone(), entry.at.line);
                        own.push(entry);
                    }
                }
            }
        }
        own
    }
}

/// Whether a tag says that a value is text.
fn is_text(tag: Option<&Tag>) -> bool {
    tag.is_some_and(|tag| tag.suffix == "str" || (tag.handle.is_empty() && tag.suffix == "!"))
}

/// How many values there are in one, and how deep they are nested.
fn extent(node: &Node) -> (usize, usize) {
    let inside: Vec<(usize, usize)> = match &node.value {
        Value::Scalar(_) => return (1, 0),
        Value::List(items) => items.iter().map(extent).collect(),
        Value::Map(entries) => entries.iter().map(|entry| extent(&entry.value)).collect(),
    };
    let nodes = inside.iter().map(|(nodes, _)| nodes).sum::<usize>();
    (1 + nodes, 1 + inside.iter().map(|(_, depth)| *depth).max().unwrap_or(0))
}

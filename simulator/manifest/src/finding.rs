//! Mistakes and notes with their places.

use std::collections::BTreeSet;

use simulator_model::lang::Lang;

use crate::message::Message;
use crate::note::Remark;
use crate::place::Position;

/// How many mistakes are listed; more are counted.
pub const MISTAKES_MAX: usize = 100;

/// Something that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// The name of the text, such as `pods/web.yaml`.
    pub file: String,
    /// Where.
    pub at: Position,
    /// Which field, such as `spec.containers[0].image`; empty outside of fields.
    pub path: String,
    /// What.
    pub message: Message,
}

/// Something to know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// The name of the text.
    pub file: String,
    /// Where.
    pub at: Position,
    /// Which field.
    pub path: String,
    /// What.
    pub remark: Remark,
}

impl Mistake {
    /// `web.yaml:7:5: spec.containers[0].image: …`
    pub fn text(&self, lang: Lang) -> String {
        line(&self.file, self.at, &self.path, &self.message.text(lang), lang)
    }
}

impl Note {
    /// `web.yaml:7:5: spec.tolerations: …`
    pub fn text(&self, lang: Lang) -> String {
        line(&self.file, self.at, &self.path, &self.remark.text(lang), lang)
    }
}

fn line(file: &str, at: Position, path: &str, sentence: &str, lang: Lang) -> String {
    let colon = lang.pick(": ", "：");
    let path = if path.is_empty() { String::new() } else { format!("{path}{colon}") };
    format!("{file}:{at}{colon}{path}{sentence}")
}

/// What was found while reading.
#[derive(Clone, Debug, Default)]
pub(crate) struct Findings {
    pub(crate) file: String,
    pub(crate) mistakes: Vec<Mistake>,
    pub(crate) notes: Vec<Note>,
}

impl Findings {
    pub(crate) fn mistake(&mut self, at: Position, path: &str, message: Message) {
        let (file, path) = (self.file.clone(), path.to_owned());
        self.mistakes.push(Mistake { file, at, path, message });
    }

    pub(crate) fn note(&mut self, at: Position, path: &str, remark: Remark) {
        let (file, path) = (self.file.clone(), path.to_owned());
        self.notes.push(Note { file, at, path, remark });
    }

    /// A value of the wrong shape obeys no rule either; that is not said.
    fn drop_consequences(&mut self) {
        let is_shape = |mistake: &&Mistake| matches!(mistake.message, Message::Type { .. });
        let shapes: BTreeSet<_> =
            self.mistakes.iter().filter(is_shape).map(|m| (m.file.clone(), m.at)).collect();
        self.mistakes.retain(|mistake| {
            is_shape(&mistake) || !shapes.contains(&(mistake.file.clone(), mistake.at))
        });
    }

    /// In the order of the text, no more than anybody reads.
    pub(crate) fn sort(&mut self) {
        self.mistakes.sort_by(|a, b| (&a.file, a.at).cmp(&(&b.file, b.at)));
        self.mistakes.dedup();
        self.drop_consequences();
        self.notes.sort_by(|a, b| (&a.file, a.at).cmp(&(&b.file, b.at)));
        self.notes.dedup();
        if self.mistakes.len() > MISTAKES_MAX {
            let count = self.mistakes.len() - MISTAKES_MAX;
            self.mistakes.truncate(MISTAKES_MAX);
            let at = self.mistakes[MISTAKES_MAX - 1].at;
            self.mistake(at, "", Message::More { count });
        }
    }
}

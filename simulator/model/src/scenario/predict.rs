//! What a reader is asked before a scenario is shown, and where in the run each answer is decided.

use serde::Deserialize;

use crate::RuntimePath;
use crate::basis::Phrase;
use crate::clock::Duration;
use crate::runtime_path::UnknownPath;
use crate::scenario::document::Reader;
use crate::scenario::error::ScenarioMistake;
use crate::scenario::place::Place;
use crate::scenario::words::Text;
use crate::views::View;

/// The fewest answers there is something to choose from, and the most that one reads.
const ANSWERS: std::ops::RangeInclusive<usize> = 2..=4;

/// A question with its answers, one of which is right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Predict {
    /// The question.
    pub question: Text,
    /// The answers, two to four of them.
    pub answers: Vec<Answer>,
}

/// What a reader may expect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// What the reader says.
    pub text: Text,
    /// Whether the run says so too.
    pub right: bool,
    /// What there is to say to it, with the moment before one's eyes.
    pub because: Text,
    /// The moment that decides it.
    pub see: See,
}

/// A moment of a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct See {
    /// The path on which to look.
    pub path: RuntimePath,
    /// When, since the first `apply`; with a step, the first instant at which it may begin.
    pub after: Duration,
    /// The first step of this name from then on, such as `RunPodSandbox`; none for the instant.
    pub step: Option<String>,
    /// The tool to look with; none for the steps.
    pub tool: Option<Tool>,
}

/// What a reader looks with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tool {
    /// A view of the node.
    View(View),
    /// What the programs of the node logged.
    NodeLog,
}

/// The name of [`Tool::NodeLog`].
pub const NODE_LOG: &str = "node-log";

impl Tool {
    /// Its name in scenarios.
    pub fn name(self) -> &'static str {
        match self {
            Self::View(view) => view.name(),
            Self::NodeLog => NODE_LOG,
        }
    }

    /// The tool of a name.
    pub fn parse(name: &str) -> Option<Self> {
        match name {
            NODE_LOG => Some(Self::NodeLog),
            _ => name.parse().ok().map(Self::View),
        }
    }
}

/// As it is written in a scenario.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct WrittenPredict {
    question: Text,
    answers: Vec<WrittenAnswer>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct WrittenAnswer {
    text: Text,
    right: bool,
    because: Text,
    see: WrittenSee,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct WrittenSee {
    path: String,
    after: Option<String>,
    step: Option<String>,
    tool: Option<String>,
}

impl Reader<'_> {
    pub(super) fn predict(&mut self, written: &WrittenPredict) -> Option<Predict> {
        let place = Place::of("predict").field("answers");
        let right = written.answers.iter().filter(|answer| answer.right).count();
        if right != 1 || !ANSWERS.contains(&written.answers.len()) {
            self.mistake(&place, ScenarioMistake::Answers { count: written.answers.len(), right });
        }
        let mut answers = Vec::new();
        for (index, answer) in written.answers.iter().enumerate() {
            answers.push(Answer {
                text: answer.text.clone(),
                right: answer.right,
                because: answer.because.clone(),
                see: self.see(&place.item(index).field("see"), &answer.see)?,
            });
        }
        Some(Predict { question: written.question.clone(), answers })
    }

    fn see(&mut self, place: &Place, written: &WrittenSee) -> Option<See> {
        let after = written.after.as_deref().unwrap_or("0s");
        let after = self.span(&place.field("after"), after);
        let tool = written.tool.as_deref().map(|name| (name, Tool::parse(name)));
        if let Some((name, None)) = tool {
            let known = Phrase {
                en: "node-log or a view of `dockershim-sim list`",
                zh: "node-log、`dockershim-sim list` 列出的视图",
            };
            self.told(&place.field("tool"), name, known);
        }
        let path = written.path.parse().map_err(|error: UnknownPath| {
            self.mistake(&place.field("path"), ScenarioMistake::Path(error));
        });
        let tool = tool.and_then(|(_, tool)| tool);
        Some(See { path: path.ok()?, after, step: written.step.clone(), tool })
    }
}

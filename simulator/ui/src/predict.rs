//! What a scenario asks before it is shown, and the moment of the run that decides each answer. Pure.

use serde_json::Value;
use simulator_model::RuntimePath;
use simulator_view::{Lang, Run};

/// A question and its answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Predict {
    /// The question.
    pub question: String,
    /// The answers.
    pub answers: Vec<Answer>,
}

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// What the reader says.
    pub text: String,
    /// Whether the run says so too.
    pub right: bool,
    /// What there is to say to it.
    pub because: String,
    /// Where to see it.
    pub see: See,
}

/// A moment of a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct See {
    /// The path on which to look.
    pub path: RuntimePath,
    /// When, in µs since the pod was applied; with a step, the first instant at which it may begin.
    pub after_us: i64,
    /// The name of the step; none for the instant.
    pub step: Option<String>,
    /// The tool to look with; none for the steps.
    pub tool: Option<String>,
}

impl Predict {
    /// Reads what `scenarios.json` says; none where something is missing.
    pub fn read(value: &Value, lang: Lang) -> Option<Self> {
        let told = |value: &Value| value[lang.tag()].as_str().map(str::to_owned);
        let text = |value: &Value| value.as_str().map(str::to_owned);
        let mut answers = Vec::new();
        for answer in value["answers"].as_array()? {
            answers.push(Answer {
                text: told(&answer["text"])?,
                right: answer["right"] == true,
                because: told(&answer["because"])?,
                see: See {
                    path: answer["path"].as_str()?.parse().ok()?,
                    after_us: answer["after_us"].as_i64()?,
                    step: text(&answer["step"]),
                    tool: text(&answer["tool"]),
                },
            });
        }
        Some(Self { question: told(&value["question"])?, answers })
    }
}

impl See {
    /// The step of a run that is meant; none where an instant is, or where the run has no such step.
    pub fn step_of(&self, run: &Run) -> Option<usize> {
        let name = self.step.as_ref()?;
        let first = run.steps.partition_point(|step| step.at_us < self.after_us);
        let mut steps = run.steps.iter().enumerate().skip(first);
        steps.find(|(_, step)| step.acts() && step.name(run) == *name).map(|(step, _)| step)
    }
}

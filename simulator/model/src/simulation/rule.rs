//! Rules: calls that fail because somebody wants to see what happens then.
//!
//! A rule is data, so that a simulation with rules can be cloned and forked like any other.

use crate::call::{Request, Status};
use crate::identity::Catalog;
use crate::scenario::{Action, NthCall, Scenario};

/// What becomes of one call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Which call: its number in the order in which calls were made, from 0.
    pub call: u64,
    /// What becomes of it.
    pub verdict: Verdict,
}

/// How a call fails.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The runtime refuses it; nothing is done.
    Refused(Status),
    /// The runtime serves it; the client reads an error in place of the answer.
    AnswerLost(Status),
    /// One of the requests to Docker Engine that it makes is answered with HTTP 500.
    EngineFails {
        /// Which request: its number in the order in which this call makes them, from 0.
        request: usize,
    },
}

/// The rules of a simulation, and how many calls have been made.
#[derive(Clone, Debug, Default)]
pub(super) struct Rules {
    single: Vec<Rule>,
    made: u64,
    /// What the scenario has refused, each with how many of its like are still to be let through.
    refused: Vec<NthCall>,
    /// Whether those are counted yet.
    counting: bool,
}

impl Rules {
    pub(super) fn new(scenario: &Scenario) -> Self {
        let applies = scenario.steps.iter().any(|step| matches!(step.action, Action::Apply { .. }));
        Self { refused: scenario.refused.clone(), counting: !applies, ..Self::default() }
    }

    /// Something was applied: from now on calls are counted.
    pub(super) fn applied(&mut self) {
        self.counting = true;
    }

    pub(super) fn add(&mut self, rule: Rule) {
        self.single.push(rule);
    }

    pub(super) fn made(&self) -> u64 {
        self.made
    }

    /// Judges the next call.
    pub(super) fn on_call(&mut self, request: &Request, catalog: &Catalog) -> Option<Verdict> {
        let number = self.made;
        self.made += 1;
        let rule = self.single.iter().find(|rule| rule.call == number);
        let verdict = rule.map(|rule| rule.verdict.clone());
        let refused = self.refuses(request, catalog).then(|| {
            let message = "somebody wanted to see this call fail".to_owned();
            // What the runtimes answer when anything goes wrong that has no code of its own.
            Verdict::Refused(Status { code: "Unknown", message })
        });
        verdict.or(refused)
    }

    fn refuses(&mut self, request: &Request, catalog: &Catalog) -> bool {
        let (mut refuses, name) = (false, request.name());
        if self.counting {
            self.refused.retain_mut(|call| {
                if call.name != name {
                    return true;
                }
                let comes_later = call.nth > 0;
                call.nth -= u64::from(comes_later);
                let is_it = !comes_later && (call.of.is_empty() || call.of == of(request, catalog));
                refuses |= is_it;
                !is_it
            });
        }
        refuses
    }
}

/// The name of the container or pod that a call is about; empty for those about neither.
fn of<'a>(request: &'a Request, catalog: &'a Catalog) -> &'a str {
    match request {
        Request::RunPodSandbox { config, .. } => &config.metadata.name,
        Request::CreateContainer { config, .. } => &config.metadata.name,
        Request::StopPodSandbox(id)
        | Request::RemovePodSandbox(id)
        | Request::PodSandboxStatus(id)
        | Request::PortForward(id) => &catalog.sandbox(*id).config.metadata.name,
        Request::StartContainer(id)
        | Request::RemoveContainer(id)
        | Request::ContainerStatus(id)
        | Request::Attach(id)
        | Request::StopContainer { container: id, .. }
        | Request::ExecSync { container: id, .. }
        | Request::Exec { container: id, .. } => &catalog.container(*id).config.metadata.name,
        _ => "",
    }
}

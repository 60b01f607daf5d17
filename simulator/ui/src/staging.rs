//! From the setup to something that plays: recordings fetched, simulations ordered.

use std::sync::Arc;

use simulator_model::Recording;
use simulator_view::ledger::Ledger;
use simulator_view::{Lang, Run};
use web_sys::HtmlElement;

use crate::effects;
use crate::figure::Figure;
use crate::library::Library;
use crate::order::{Answer, answer, order};
use crate::setup::{Lane, Setup};
use crate::shell::Engine;
use crate::words::Word;

/// What is on the stage, ready to be played.
pub(crate) struct Staged {
    /// The runs.
    pub(crate) figure: Figure,
    /// What is known of each lane besides.
    pub(crate) lanes: Vec<StagedLane>,
    /// The engine, where it was needed.
    pub(crate) engine: Option<Engine>,
}

/// A lane, ready to be played.
pub(crate) struct StagedLane {
    /// Its totals.
    pub(crate) ledger: Ledger,
    /// The text of its recording, or of its simulation.
    pub(crate) text: Arc<str>,
    /// What the engine answered; for a recorded lane, only where the tools are looked at.
    pub(crate) answer: Answer,
    /// When the pod was applied in the engine's run, in µs since that began.
    pub(crate) zero_us: i64,
}

/// What is needed to stage a setup.
pub(crate) struct Staging {
    /// The setup.
    pub(crate) setup: Setup,
    /// The scenarios.
    pub(crate) library: Library,
    /// The element.
    pub(crate) element: HtmlElement,
    /// The language.
    pub(crate) lang: Lang,
    /// Whether recorded lanes need a simulated node too, for its tools.
    pub(crate) tools: bool,
}

impl Staging {
    /// Stages the setup; what went wrong in words, all at once.
    pub(crate) async fn run(self) -> Result<Staged, Vec<String>> {
        let simulates = |lane: &Lane| self.setup.is_simulated(lane, &self.library);
        let engine = if self.tools || self.setup.lanes.iter().any(simulates) {
            Some(Engine::load(&self.element).await.map_err(|error| vec![error])?)
        } else {
            None
        };
        let (mut runs, mut lanes, mut mistakes) = (Vec::new(), Vec::new(), Vec::new());
        // All are asked for before the first one is there.
        let recorded = |lane: &Lane| {
            let url = self.library.recording(&self.setup.scenario, lane.path);
            url.filter(|_| !simulates(lane)).map(|url| (url, effects::fetch(url)))
        };
        let asked: Vec<_> = self.setup.lanes.iter().map(|lane| (lane, recorded(lane))).collect();
        for (lane, recorded) in asked {
            let recorded = match recorded {
                None => None,
                Some((url, text)) => Some(text.await.ok_or_else(|| vec![url.to_owned()])?.into()),
            };
            effects::pause().await;
            match self.lane(lane, recorded, engine.as_ref()) {
                Ok((run, lane)) => {
                    runs.push(run);
                    lanes.push(lane);
                }
                // Two lanes make the same mistakes of the same text.
                Err(found) => {
                    mistakes.extend(
                        found.into_iter().filter(|it| !mistakes.contains(it)).collect::<Vec<_>>(),
                    );
                }
            }
        }
        effects::pause().await;
        if mistakes.is_empty() {
            Ok(Staged { figure: Figure::new(runs), lanes, engine })
        } else {
            Err(mistakes)
        }
    }

    fn lane(
        &self,
        lane: &Lane,
        recorded: Option<Arc<str>>,
        engine: Option<&Engine>,
    ) -> Result<(Run, StagedLane), Vec<String>> {
        let simulated = self.setup.is_simulated(lane, &self.library);
        let (mut played, mut recording) = (Answer::default(), Arc::default());
        if let Some(engine) = engine.filter(|_| simulated || self.tools) {
            let order = order(&self.setup, lane, &self.library, self.lang);
            // What cannot be simulated can still be played as it was recorded.
            match answer(&engine.play(&order)) {
                Ok(answer) => (played, recording) = (answer, engine.recording().into()),
                Err(mistakes) if simulated => return Err(mistakes),
                Err(_) => {}
            }
        }
        let unread = || vec![Word::Unread.text(self.lang).to_owned() + lane.path.title()];
        let read = |text: &Arc<str>| Recording::from_json_array(text).ok().ok_or_else(unread);
        let applied = |it: &Recording| it.mark("apply").unwrap_or(0);
        let (text, recording, zero_us) = match recorded {
            None => {
                let read = read(&recording)?;
                let zero_us = applied(&read);
                (recording, read, zero_us)
            }
            Some(text) => {
                let fetched = read(&text)?;
                (text, fetched, read(&recording).map_or(0, |it| applied(&it)))
            }
        };
        let run = match simulated {
            true if recording.calls.is_empty() => {
                let told =
                    |(at_us, who, text): &(i64, String, String)| (*at_us, format!("{who}: {text}"));
                Run::logged(recording, played.log.iter().map(told))
            }
            true => Run::simulated(recording),
            false => Run::new(recording),
        };
        let ledger = Ledger::new(&run);
        Ok((run, StagedLane { ledger, text, answer: played, zero_us }))
    }
}

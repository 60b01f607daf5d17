//! Where the reader is in the runs, and what each action makes of it. Pure.

use crate::pace::{Speed, advance};
use crate::score::{Note, Score};

/// Where the reader is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Playback {
    /// The instant shown, in µs since the pod was applied.
    pub now_us: i64,
    /// The run whose steps are followed; the others are shown at the same instant.
    pub run: usize,
    /// The chosen step, as its place among the shown steps of that run.
    pub place: usize,
    /// Whether time passes by itself.
    pub playing: bool,
    /// How fast.
    pub speed: Speed,
    /// Whether polls are shown.
    pub polls: bool,
}

/// What a reader, or time, can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Start if it stands, stop if it plays; from the start again when it is at the end.
    Toggle,
    /// To the next step.
    Forward,
    /// To the step before.
    Back,
    /// To the first step.
    First,
    /// To the last step.
    Last,
    /// To where the kubelet turns to something else.
    Phase,
    /// To where the kubelet last turned to something else.
    PhaseBack,
    /// To the next step that makes, starts, stops or removes something.
    Turn,
    /// To the next step that went wrong.
    Error,
    /// To an instant, in µs since the pod was applied.
    Seek(i64),
    /// To a step of a run, by its index in the run. Shows polls if it is one.
    Choose {
        /// The run.
        run: usize,
        /// The step.
        step: usize,
    },
    /// To an instant of a run.
    Point {
        /// The run.
        run: usize,
        /// The instant, in µs since the pod was applied.
        now_us: i64,
    },
    /// Follow another run, at the same instant.
    Follow(usize),
    /// Play at this speed.
    Pace(Speed),
    /// Show or hide the polls.
    Polls(bool),
    /// Some µs of the reader's time have passed.
    Tick(i64),
}

impl Action {
    /// What an element's `data-act` says: a word, for some with numbers behind it.
    ///
    /// ```
    /// use simulator_ui::playback::Action;
    /// assert_eq!(Action::parse("forward"), Some(Action::Forward));
    /// assert_eq!(Action::parse("step 1 42"), Some(Action::Choose { run: 1, step: 42 }));
    /// assert_eq!(Action::parse("polls false"), Some(Action::Polls(false)));
    /// assert_eq!(Action::parse("step"), None);
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        let mut words = text.split(' ');
        let word = words.next()?;
        let mut number = || words.next()?.parse().ok();
        match word {
            "toggle" => Some(Self::Toggle),
            "forward" => Some(Self::Forward),
            "back" => Some(Self::Back),
            "first" => Some(Self::First),
            "last" => Some(Self::Last),
            "phase" => Some(Self::Phase),
            "phase-back" => Some(Self::PhaseBack),
            "turn" => Some(Self::Turn),
            "error" => Some(Self::Error),
            "polls" => Some(Self::Polls(words.next() != Some("false"))),
            "speed" => Speed::parse(words.next()?).map(Self::Pace),
            "follow" => Some(Self::Follow(number()?)),
            "step" => Some(Self::Choose { run: number()?, step: number()? }),
            _ => None,
        }
    }
}

impl Playback {
    /// Before anything is pressed: the most telling moment, a run and a step of it; the first step
    /// where there is none.
    pub fn new(score: &Score, telling: Option<(usize, usize)>) -> Self {
        let start = Self {
            now_us: score.start_us,
            run: 0,
            place: 0,
            playing: false,
            speed: Speed::DEFAULT,
            polls: false,
        };
        match telling {
            Some((run, step)) => start.reduce(score, Action::Choose { run, step }),
            None => start.reduce(score, Action::First),
        }
    }

    /// The index of the chosen step in its run; none before the first one has begun, and when there
    /// is no step at all.
    pub fn step(&self, score: &Score) -> Option<usize> {
        let note = score.notes(self.run, self.polls).get(self.place)?;
        (self.place > 0 || self.now_us >= note.at_us).then_some(note.step)
    }

    /// The place of the step that comes next.
    fn next(&self, score: &Score) -> usize {
        self.place + usize::from(self.step(score).is_some())
    }

    /// What an action makes of it.
    #[must_use]
    pub fn reduce(&self, score: &Score, action: Action) -> Self {
        let last = score.notes(self.run, self.polls).len().saturating_sub(1);
        match action {
            Action::Toggle if !self.playing && self.now_us >= score.end_us => {
                Self { playing: true, ..self.at_instant(score, score.start_us) }
            }
            Action::Toggle => Self { playing: !self.playing, ..self.clone() },
            Action::Forward => self.at_place(score, self.next(score).min(last)),
            // Before the first step there is still the node as it was.
            Action::Back if self.place == 0 => {
                Self { playing: false, ..self.at_instant(score, score.start_us) }
            }
            Action::Back => self.at_place(score, self.place - 1),
            Action::First => self.at_place(score, 0),
            Action::Last => self.at_place(score, last),
            Action::Phase => self.leap(score, |note| note.opens_phase),
            Action::PhaseBack => self.leap_back(score),
            Action::Turn => self.leap(score, |note| note.turns),
            Action::Error => self.to_error(score),
            Action::Seek(now_us) => {
                let stopped = Self { playing: false, ..self.clone() };
                stopped.at_instant(score, now_us)
            }
            Action::Choose { run, step } => self.choose(score, run, step),
            Action::Point { run, now_us } => {
                self.reduce(score, Action::Follow(run)).reduce(score, Action::Seek(now_us))
            }
            Action::Follow(run) if run < score.parts.len() => {
                let place = score.place_at(run, self.polls, self.now_us);
                Self { run, place, ..self.clone() }
            }
            Action::Pace(speed) => Self { speed, ..self.clone() },
            Action::Polls(polls) => self.with_polls(score, polls),
            Action::Tick(elapsed_us) if self.playing => self.tick(score, elapsed_us),
            Action::Follow(_) | Action::Tick(_) => self.clone(),
        }
    }

    /// Stands at a step.
    fn at_place(&self, score: &Score, place: usize) -> Self {
        let note = score.notes(self.run, self.polls).get(place);
        let now_us = note.map_or(self.now_us, |note| note.at_us);
        Self { now_us, place, playing: false, ..self.clone() }
    }

    /// To the next shown step of a kind; stays where there is none.
    fn leap(&self, score: &Score, wanted: impl Fn(&Note) -> bool) -> Self {
        let notes = score.notes(self.run, self.polls).iter().enumerate().skip(self.next(score));
        let place = notes.filter(|(_, note)| wanted(note)).map(|(place, _)| place).next();
        let stopped = || Self { playing: false, ..self.clone() };
        place.map_or_else(stopped, |place| self.at_place(score, place))
    }

    fn leap_back(&self, score: &Score) -> Self {
        let notes = score.notes(self.run, self.polls);
        let before = notes.get(..self.place).unwrap_or_default();
        self.at_place(score, before.iter().rposition(|note| note.opens_phase).unwrap_or(0))
    }

    /// To the next error, and after the last to the first; a poll that failed is shown.
    fn to_error(&self, score: &Score) -> Self {
        let here = self.step(score);
        let failed = || score.notes(self.run, true).iter().filter(|note| note.failed);
        let next = failed().find(|note| here.is_none_or(|here| note.step > here));
        match next.or(failed().next()) {
            Some(note) => self.choose(score, self.run, note.step),
            None => self.clone(),
        }
    }

    fn at_instant(&self, score: &Score, now_us: i64) -> Self {
        let now_us = now_us.clamp(score.start_us, score.end_us);
        let place = score.place_at(self.run, self.polls, now_us);
        Self { now_us, place, ..self.clone() }
    }

    fn choose(&self, score: &Score, run: usize, step: usize) -> Self {
        let shown = |polls| score.place_of(run, polls, step).map(|place| (polls, place));
        let Some((polls, place)) = shown(self.polls).or_else(|| shown(true)) else {
            return self.clone();
        };
        Self { run, polls, ..self.clone() }.at_place(score, place)
    }

    /// Keeps the chosen step if it is still shown, else the instant.
    fn with_polls(&self, score: &Score, polls: bool) -> Self {
        let kept = self.step(score).and_then(|step| score.place_of(self.run, polls, step));
        let place = kept.unwrap_or_else(|| score.place_at(self.run, polls, self.now_us));
        Self { place, polls, ..self.clone() }
    }

    fn tick(&self, score: &Score, elapsed_us: i64) -> Self {
        let now_us = advance(score, self.now_us, self.speed, elapsed_us).min(score.end_us);
        let place = score.place_at(self.run, self.polls, now_us).max(self.place);
        Self { now_us, place, playing: now_us < score.end_us, ..self.clone() }
    }
}

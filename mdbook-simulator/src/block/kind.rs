//! The blocks there are.

/// What a fenced block can become.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// The simulator.
    Simulator,
    /// A timeline of facts.
    Timeline,
    /// The calls of one recording in order, with what happened inside each.
    Calls,
    /// All calls of the CRI that were recorded, with counts and durations on each path.
    Methods,
    /// Everything that one CRI call set off, from the deep recording.
    Hops,
    /// CRI fields beside Docker's and those of the OCI specification, with recorded values.
    Mapping,
    /// A table of facts.
    Facts,
    /// The glossary.
    Glossary,
    /// All documents of the book.
    Sources,
    /// The questions of the page, asked one after the other where scripts run.
    DecisionAid,
}

impl BlockKind {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::Simulator,
        Self::Timeline,
        Self::Calls,
        Self::Methods,
        Self::Hops,
        Self::Mapping,
        Self::Facts,
        Self::Glossary,
        Self::Sources,
        Self::DecisionAid,
    ];

    /// The word after the backticks.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Simulator => "simulator",
            Self::Timeline => "timeline",
            Self::Calls => "calls",
            Self::Methods => "methods",
            Self::Hops => "hops",
            Self::Mapping => "mapping",
            Self::Facts => "facts",
            Self::Glossary => "glossary",
            Self::Sources => "sources",
            Self::DecisionAid => "decision-aid",
        }
    }

    /// The keys it takes.
    pub(super) const fn keys(self) -> &'static [&'static str] {
        match self {
            Self::Simulator => &["scenario", "paths", "size"],
            Self::Timeline => &["from", "to", "kind"],
            Self::Calls => &["scenario", "path"],
            Self::Hops => &["call"],
            Self::Mapping => &["of"],
            Self::Facts => &["table"],
            Self::DecisionAid => &["many"],
            Self::Methods | Self::Glossary | Self::Sources => &[],
        }
    }

    /// One key with a value.
    pub(super) const fn example(self) -> &'static str {
        match self {
            Self::Simulator => "scenario=simple",
            Self::Timeline => "from=2016",
            Self::Calls => "path=dockershim",
            Self::Hops => "call=StartContainer",
            Self::Mapping => "of=sandbox",
            Self::Facts => "table=sockets",
            Self::DecisionAid => "many=q-extras",
            Self::Methods | Self::Glossary | Self::Sources => "",
        }
    }
}

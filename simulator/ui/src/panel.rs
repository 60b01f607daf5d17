//! What is shown below the picture, and what is opened over it.

/// A panel below the picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tab {
    /// The steps in words.
    Steps,
    /// Who calls whom, from above to below.
    Sequence,
    /// The steps as a table.
    Table,
    /// What the tools of the node print.
    Terminal,
}

impl Tab {
    /// All, in the order of the tabs.
    pub const ALL: [Self; 4] = [Self::Steps, Self::Sequence, Self::Table, Self::Terminal];

    /// Its name in addresses.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Steps => "steps",
            Self::Sequence => "sequence",
            Self::Table => "table",
            Self::Terminal => "terminal",
        }
    }

    /// The panel of a name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|tab| tab.name() == name)
    }
}

/// Something that is opened for a choice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drawer {
    /// The scenarios.
    Library,
    /// The reader's own pod.
    Own,
    /// What can break.
    Break,
    /// Links and files to take along.
    Share,
}

impl Drawer {
    /// The drawer of a name.
    pub fn parse(name: &str) -> Option<Self> {
        let all = [Self::Library, Self::Own, Self::Break, Self::Share];
        all.into_iter().find(|drawer| drawer.name() == name)
    }

    /// Its name in `data-act` and in addresses.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Library => "library",
            Self::Own => "own",
            Self::Break => "break",
            Self::Share => "share",
        }
    }
}

/// Whether the reader is asked what the scenario asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// Not, or no more.
    No,
    /// The question is open, and the run is hidden.
    Open,
    /// It was answered, by the number of the answer.
    Given(usize),
}

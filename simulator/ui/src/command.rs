//! What the elements of the big page say in `data-act`, beyond what [`crate::playback::Action`] knows. Pure.

use simulator_model::RuntimePath;

use crate::panel::{Drawer, Tab};
use crate::setup::Change;

/// What a reader can ask of the big page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Change what is on the stage.
    Change(Change),
    /// Something breaks at the cursor, in the lane that is followed.
    Break {
        /// What, as the engine calls it.
        what: String,
        /// The container, pod or call.
        to: String,
    },
    /// Whether a break keeps the old future beside.
    Fork,
    /// Text was typed where one's own manifests go.
    Draft(String),
    /// Play what was typed.
    Own,
    /// Another panel.
    Tab(Tab),
    /// Open a drawer, or close it when it is open.
    Drawer(Drawer),
    /// Close the drawer.
    Close,
    /// Another tool of the terminal.
    Tool(String),
    /// What the node logged, in the terminal.
    Log,
    /// Copy the address.
    CopyLink,
    /// Copy the code that embeds the page.
    CopyEmbed,
    /// Write a file.
    Save(Format),
    /// Fill the screen, or no longer.
    Full,
    /// True to scale, or one step after the other.
    Scale,
    /// Follow fields into the OCI specification, or no further than before.
    Oci,
    /// Be asked what the scenario asks.
    Ask,
    /// The reader's guess, by the number of the answer.
    Guess(usize),
    /// No guess, or no more of it.
    Skip,
    /// To the moment that decides an answer.
    See(usize),
}

/// What a run can be taken along as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// cri-recording/1.
    Recording,
    /// A trace for Jaeger.
    Jaeger,
    /// The text of a Mermaid sequence diagram.
    Mermaid,
    /// The picture.
    Svg,
    /// The picture in pixels.
    Png,
    /// The run step by step, to be printed.
    Storyboard,
}

impl Format {
    /// All, in the order of the drawer.
    pub const ALL: [Self; 6] =
        [Self::Recording, Self::Jaeger, Self::Mermaid, Self::Svg, Self::Png, Self::Storyboard];

    /// Its name in `data-act`, and to the engine.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Recording => "jsonl",
            Self::Jaeger => "jaeger",
            Self::Mermaid => "mermaid",
            Self::Svg => "svg",
            Self::Png => "png",
            Self::Storyboard => "storyboard",
        }
    }

    /// The end of the file's name.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Recording => "jsonl",
            Self::Jaeger => "jaeger.json",
            Self::Mermaid => "mmd",
            Self::Svg => "svg",
            Self::Png => "png",
            Self::Storyboard => "html",
        }
    }
}

impl Command {
    /// What an element's `data-act` says; for a field, followed by its value.
    ///
    /// ```
    /// use simulator_ui::command::Command;
    /// use simulator_ui::panel::Tab;
    /// assert_eq!(Command::parse("tab table"), Some(Command::Tab(Tab::Table)));
    /// assert_eq!(Command::parse("tab chairs"), None);
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        let (word, rest) = text.split_once(' ').unwrap_or((text, ""));
        let number = || rest.parse::<usize>().ok();
        let change = match word {
            "scenario" => Change::Scenario(rest.to_owned()),
            "path" => Change::Path(rest.parse::<RuntimePath>().ok()?),
            "drop" => Change::Drop(number()?),
            "source" => Change::Source(number()?),
            "mend" => Change::Mend(number()?),
            "seed" => Change::Seed(rest.trim().parse().unwrap_or(0)),
            "kubelet" => Change::Kubelet((!rest.is_empty()).then(|| rest.to_owned())),
            _ => return Self::parse_rest(word, rest),
        };
        Some(Self::Change(change))
    }

    fn parse_rest(word: &str, rest: &str) -> Option<Self> {
        Some(match word {
            "break" => {
                let (what, to) = rest.split_once(' ').unwrap_or((rest, ""));
                Self::Break { what: what.to_owned(), to: to.to_owned() }
            }
            "fork" => Self::Fork,
            "draft" => Self::Draft(rest.to_owned()),
            "own" => Self::Own,
            "tab" => Self::Tab(Tab::parse(rest)?),
            "open" => Self::Drawer(Drawer::parse(rest)?),
            "close" => Self::Close,
            "tool" => Self::Tool(rest.to_owned()),
            "log" => Self::Log,
            "copy-link" => Self::CopyLink,
            "copy-embed" => Self::CopyEmbed,
            "save" => Self::Save(Format::ALL.into_iter().find(|format| format.name() == rest)?),
            "full" => Self::Full,
            "scale" => Self::Scale,
            "oci" => Self::Oci,
            "ask" => Self::Ask,
            "guess" => Self::Guess(rest.parse().ok()?),
            "skip" => Self::Skip,
            "see" => Self::See(rest.parse().ok()?),
            _ => return None,
        })
    }
}

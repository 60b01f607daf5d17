//! What was written for the state of a player, and what follows from it outside of what is drawn.

use crate::address::Address;
use crate::link::{self, Place};
use crate::panel::Tab;
use crate::table;
use crate::window::Window;

/// What a panel was written for.
#[derive(Clone, Copy, PartialEq)]
pub(crate) struct Panel {
    pub(crate) tab: Tab,
    pub(crate) run: usize,
    pub(crate) polls: bool,
    pub(crate) scale: bool,
    /// The rows that were written.
    pub(crate) window: Window,
    pub(crate) first: usize,
}

/// What follows from the state outside of what is drawn.
#[derive(Clone, PartialEq)]
pub(crate) struct Looks {
    pub(crate) playing: bool,
    /// The row of the panel to be marked; none while the panel waits to be written.
    pub(crate) row: Option<Row>,
    /// What the address is to say; while it plays once a second, and none before the reader has done
    /// anything.
    pub(crate) place: Option<Where>,
}

/// What the page's address says.
#[derive(Clone, PartialEq)]
pub(crate) enum Where {
    /// Where the reader is in one of the figures of a page.
    Figure(Place),
    /// All of the big page.
    Page(Box<Address>),
}

impl Where {
    /// The query with it put in.
    pub(crate) fn write(&self, query: &str, id: &str) -> String {
        match self {
            Self::Figure(place) => link::write(query, id, place),
            Self::Page(address) => address.write(query),
        }
    }
}

/// A row of a panel as it was written.
#[derive(Clone, PartialEq)]
pub(crate) struct Row {
    pub(crate) panel: Option<Panel>,
    pub(crate) act: String,
    /// Its place among the shown steps.
    pub(crate) place: usize,
}

impl Row {
    /// Whether another one is on another step, or in a panel that has its rows elsewhere.
    pub(crate) fn moved(&self, other: &Self) -> bool {
        let kind = |row: &Self| row.panel.map(|panel| (panel.tab, panel.scale));
        self.act != other.act || kind(self) != kind(other)
    }

    /// Where it is in a table, in px.
    pub(crate) fn table_px(&self) -> Option<i32> {
        let in_table = self.panel.is_some_and(|panel| panel.tab == Tab::Table);
        let row = i32::try_from(self.place).unwrap_or(i32::MAX / table::ROW_PX);
        in_table.then_some(row.saturating_mul(table::ROW_PX))
    }
}

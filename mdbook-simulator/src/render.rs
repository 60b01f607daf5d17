//! Turns the Markdown of a page, directives and all, into Markdown that mdBook understands.

use std::collections::BTreeSet;

use crate::bibliography::Bibliography;
use crate::block::{Block, BlockKind};
use crate::edit::Edits;
use crate::facts::{Fact, Facts};
use crate::figure::Figures;
use crate::finding::Finding;
use crate::join::join_lines;
use crate::language::Language;
use crate::nearest::did_you_mean;
use crate::page::{CitationCall, Page};
use crate::{
    calls, decision_aid, fact_table, glossary, hops, mapping, methods, source_list, timeline,
};

/// A citation of a fact that is not there.
#[derive(Debug, thiserror::Error)]
#[error("unknown fact `{id}`; facts are in book/facts/*.toml, each with an `id`{hint}")]
pub struct UnknownFact {
    /// The id as written.
    pub id: String,
    /// A guess at what was meant.
    pub hint: String,
}

/// All that pages are rendered from.
#[derive(Debug)]
pub struct Renderer<'a> {
    /// The facts.
    pub facts: &'a Facts,
    /// The recordings.
    pub figures: &'a Figures,
    /// The language of the book.
    pub language: Language,
    /// The pages of the book, for the titles of what a page leads to.
    pub pages: &'a [Page],
}

/// What a page has shown so far.
#[derive(Default)]
struct Seen {
    /// How many figures.
    figures: usize,
    /// The anchors of its timelines.
    anchors: BTreeSet<String>,
}

/// Something on a page that becomes something else.
enum Item<'a> {
    Citation(CitationCall),
    Block(Block<'a>),
}

impl Item<'_> {
    fn start(&self) -> usize {
        match self {
            Self::Citation(call) => call.range.start,
            Self::Block(block) => block.fence.range.start,
        }
    }
}

impl Renderer<'_> {
    /// The page for mdBook, with all that is wrong with its directives; what is wrong is left out.
    pub fn page(&self, page: &Page) -> (String, Vec<Finding>) {
        let (calls, mut findings) = page.citation_calls();
        let mut items: Vec<Item<'_>> = calls.into_iter().map(Item::Citation).collect();
        let blocks = page.fences.iter().filter_map(|fence| Block::read(page, fence, &mut findings));
        items.extend(blocks.map(Item::Block));
        items.sort_by_key(Item::start);

        let mut bibliography = Bibliography::new(self.facts, self.language);
        let mut seen = Seen::default();
        let mut edits = Edits::default();
        for item in items {
            match item {
                Item::Citation(call) => {
                    let facts = self.cited(page, &call, &mut findings);
                    edits.replace(call.range, bibliography.cite(&facts));
                }
                Item::Block(block) => {
                    let written = self.block(&block, &mut bibliography, &mut seen, &mut findings);
                    edits.replace(block.fence.range.clone(), written.unwrap_or_default());
                }
            }
        }
        decision_aid::mark(page, self.pages, &mut edits, &mut findings);
        glossary::explain(page, self.facts, self.language, &mut edits);
        glossary::keep_whole(page, self.facts, self.language, &mut edits);
        if self.language == Language::ZhCn {
            join_lines(page, &mut edits);
        }
        let mut text = edits.apply(&page.text);
        text.push_str(&bibliography.section());
        (text, findings)
    }

    /// What a block becomes; nothing where it is wrong.
    fn block<'a>(
        &'a self,
        block: &Block<'_>,
        bibliography: &mut Bibliography<'a>,
        seen: &mut Seen,
        findings: &mut Vec<Finding>,
    ) -> Option<String> {
        let (facts, language) = (self.facts, self.language);
        let recordings = &self.figures.recordings;
        match block.kind {
            BlockKind::Simulator => {
                seen.figures += 1;
                self.figures.element(block, seen.figures, language, findings)
            }
            BlockKind::Timeline => {
                let shown = timeline::facts_of(block, facts, findings);
                Some(timeline::list(&shown, language, bibliography, &mut seen.anchors))
            }
            BlockKind::Calls => calls::table(block, recordings, language, findings),
            BlockKind::Methods => methods::table(block, recordings, language, findings),
            BlockKind::Hops => hops::table(block, recordings, language, findings),
            BlockKind::Mapping => mapping::table(block, recordings, language, findings),
            BlockKind::Facts => fact_table::table(block, facts, language, bibliography, findings),
            BlockKind::Glossary => Some(glossary::list(facts, language)),
            BlockKind::Sources => Some(source_list::list(facts, language)),
            BlockKind::DecisionAid => Some(decision_aid::element(block, findings)),
        }
    }

    fn cited(&self, page: &Page, call: &CitationCall, findings: &mut Vec<Finding>) -> Vec<&Fact> {
        let mut facts = Vec::new();
        for (id, offset) in &call.ids {
            let Some(fact) = self.facts.fact(id) else {
                let hint = did_you_mean(id, self.facts.fact_ids());
                findings.push(page.finding(*offset, UnknownFact { id: id.clone(), hint }));
                continue;
            };
            facts.push(fact);
        }
        facts
    }
}

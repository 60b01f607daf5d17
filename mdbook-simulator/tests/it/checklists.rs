//! The boxes of a checklist are kept by section and place: both languages have the same, and the
//! step-by-step pages have one in every step.

use std::collections::BTreeMap;
use std::path::Path;

use mdbook_simulator::language::Language;
use mdbook_simulator::manuscript::Manuscript;
use mdbook_simulator::page::Page;
use mdbook_simulator::site::Site;

/// The ids of a page's sections with the number of boxes in each.
fn boxes(page: &Page) -> Vec<(String, usize)> {
    let ends = page.headings.iter().skip(1).map(|next| next.range.start).chain([page.text.len()]);
    let sections = page.headings.iter().zip(ends);
    let counted = sections.map(|(heading, end)| {
        let text = &page.text[heading.range.end..end];
        let is_box = |line: &&str| line.starts_with("* [ ] ") || line.starts_with("- [ ] ");
        (heading.id.clone().unwrap_or_default(), text.lines().filter(is_box).count())
    });
    counted.collect()
}

fn of_book(language: Language) -> BTreeMap<String, Vec<(String, usize)>> {
    let book = Path::new(env!("CARGO_MANIFEST_DIR")).join("../book/en");
    let site = Site::around(&book).expect("the book");
    let book = Manuscript::load(&site, language);
    book.pages.iter().map(|page| (page.path.display().to_string(), boxes(page))).collect()
}

#[test]
fn both_languages_have_the_same_boxes() {
    assert_eq!(of_book(Language::En), of_book(Language::ZhCn));
}

#[test]
fn every_numbered_step_of_a_path_ends_with_a_box() {
    let book = Path::new(env!("CARGO_MANIFEST_DIR")).join("../book/en");
    let site = Site::around(&book).expect("the book");
    let book = Manuscript::load(&site, Language::En);
    for path in ["containerd", "cri-o", "cri-dockerd", "new-nodes", "rollback", "windows", "before"]
    {
        let page = book.page(Path::new(&format!("migrate/{path}.md"))).expect("a path");
        for (heading, (id, count)) in page.headings.iter().zip(boxes(page)) {
            let is_step = heading.title.starts_with(|first: char| first.is_ascii_digit());
            assert_eq!(count > 0, is_step, "migrate/{path}.md#{id} has {count} boxes");
        }
    }
}

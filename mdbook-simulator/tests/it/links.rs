//! Links inside the book lead somewhere.

use expect_test::expect;

use crate::sample::{Sample, story_findings};

#[test]
fn right_links() {
    let text = "# Story {#story}\n\n[a](../index.md) [b](../index.md#front) [c](#end) <https://k8s.io>\n\
                [d](mailto:a@b.c) [e](../index.html?x=1#front) [f][ref] ![An image](a.svg)\n\
                [brackets] [g](cri.md#end) {{cite cri-introduced}} [h](#sources)\n\
                [i](#event-docker-only)\n\n\
                <a href=\"../index.md\" id=\"here\">x</a> [j](#here)\n\n\
                [ref]: ../index.md\n\n```timeline\n```\n\n## End {#end}\n";
    let text = format!("<!-- description: The story. -->\n{text}");
    let sample = Sample::with(&[
        ("book/en/src/story/cri.md", &text),
        ("book/en/src/story/a.svg", "<svg/>"),
        ("book/zh-CN/src/story/cri.md", &text),
        ("book/zh-CN/src/story/a.svg", "<svg/>"),
    ]);
    assert_eq!(sample.findings(), "");
}

#[test]
fn every_mistake_has_its_line() {
    expect![[r#"
        book/en/src/story/cri.md:4: page `../indx.md` does not exist; did you mean `../index.md`?
        book/en/src/story/cri.md:5: `index.md` has no heading or element with the id `frnt`; did you mean `front`?
        book/en/src/story/cri.md:6: this page has no heading or element with the id `ende`; did you mean `end`?
        book/en/src/story/cri.md:7: the link leads nowhere; write an address between its round brackets
        book/en/src/story/cri.md:8: `/en/index.md` starts at the server's root, where the site need not be; write it relative to this page
        book/en/src/story/cri.md:9: link to `../index.md`, not to `../index.html`: mdBook turns it into the page
        book/en/src/story/cri.md:10: mdBook drops what follows `.md` in `../index.md?x=1`; write `../index.html?x=1`
        book/en/src/story/cri.md:11: `../../../README.md` is outside the book, and would not be on the site
        book/en/src/story/cri.md:12: file `a.png` does not exist; put it beside the page, or mend the path
        book/en/src/story/cri.md:12: the image has no description; say between its square brackets what it shows
        book/en/src/story/cri.md:13: `[nowhere]` is not defined; add a line `[nowhere]: address`
        book/en/src/story/cri.md:14: page `../nowhere.md` does not exist
        book/en/src/story/cri.md:15: page `index.md` does not exist; did you mean `../index.md`?
        book/en/src/story/cri.md:16: file `story/` does not exist; put it beside the page, or mend the path
        book/en/src/story/cri.md:17: this page has no heading or element with the id `sources`
    "#]].assert_eq(&story_findings(
        "# Story {#story}\n\n[a](../indx.md)\n[b](../index.md#frnt)\n[c](#ende)\n[d]()\n\
         [e](/en/index.md)\n[f](../index.html)\n[g](../index.md?x=1)\n[h](../../../README.md)\n\
         ![](a.png)\n[i][nowhere]\n<a href=\"../nowhere.md\">x</a>\n[j](index.md)\n[k](story/)\n\
         [l](#sources)\n\n## End {#end}\n",
    ));
}

#[test]
fn addresses_of_other_sites_are_right_in_their_form() {
    expect![[r#"
        book/en/src/story/cri.md:4: `http://k8s.io` is no address to link to: it does not begin with `https://`
        book/en/src/story/cri.md:4: `https://k8s.io/a b` is no address to link to: it has a character that addresses write as `%` and two digits
        book/en/src/story/cri.md:4: `https://localhost/x` is no address to link to: it names no host
    "#]].assert_eq(&story_findings(
        "# Story {#story}\n\n[a](http://k8s.io) <https://localhost/x> [b](<https://k8s.io/a b>)\n\n## End {#end}\n",
    ));
}

//! The offline edition: the whole site as a zip that works from a disk, by double click. Every site
//! that is built for a host offers it at the foot of its pages; `cargo xtask offline` is for the zip
//! alone.

use std::fs::{self, File};
use std::io::{Seek, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::assets::files_below;
use crate::paths;
use crate::site::{self, Scope};

/// Options of `offline`.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// The zip to write
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Use the programs and the simulator of the last build
    #[arg(long, hide = true)]
    pages_only: bool,
}

/// The zip at the root of a site.
const ZIP: &str = "dockershim.zip";
/// What only a host needs.
const FOR_HOSTS: [&str; 3] = ["404.html", ".nojekyll", "sitemap.xml"];
/// The folder in the zip.
const FOLDER: &str = "dockershim";
/// The script that stands in for the server.
const SCRIPT: &str = include_str!("offline.js");

/// Builds the site, then its offline edition.
pub(crate) fn run(options: &Options) -> Result<()> {
    let site = paths::default_out();
    site::build(&site::Options {
        out: site.clone(),
        site_url: None,
        source_url: None,
        live: false,
        scope: if options.pages_only { Scope::Pages } else { Scope::Everything },
    })?;
    let zip = options.out.clone().unwrap_or_else(|| paths::target().join(ZIP));
    let bytes = fs::copy(site.join(ZIP), &zip)
        .with_context(|| format!("copying the zip to {}", zip.display()))?;
    println!("\n{}, {bytes} bytes; unpack it and open {FOLDER}/index.html", zip.display());
    Ok(())
}

/// The folder of the edition of the last site that was built.
pub(crate) fn folder() -> PathBuf {
    paths::target().join("offline")
}

/// Adds the zip to a finished site.
pub(crate) fn add(site: &Path) -> Result<()> {
    let folder = folder();
    write(site, &folder)?;
    pack(&folder, &site.join(ZIP))
}

/// Writes the edition of a finished site that works from a disk.
fn write(site: &Path, out: &Path) -> Result<()> {
    if out.exists() {
        fs::remove_dir_all(out)?;
    }
    for file in files_below(site)? {
        let inside = file.strip_prefix(site)?.to_string_lossy().replace('\\', "/");
        if !FOR_HOSTS.contains(&&*inside) {
            copy(&file, &inside, out).with_context(|| format!("the offline {inside}"))?;
        }
    }
    fs::write(out.join("offline.js"), SCRIPT).context("writing offline.js")
}

/// The page without the link to the zip, where there is none.
pub(crate) fn without_link(html: &str) -> String {
    let is_link = |line: &&str| line.contains(" class=\"foot-offline\"");
    html.split_inclusive('\n').filter(|line| !is_link(line)).collect()
}

/// The page without what asks for files ahead of their use: from a disk it is refused.
fn without_preloads(html: &str) -> String {
    let is_preload = |line: &&str| {
        ["<link rel=\"preload\"", "<link rel=\"modulepreload\""]
            .iter()
            .any(|it| line.starts_with(it))
    };
    html.split_inclusive('\n').filter(|line| !is_preload(line)).collect()
}

/// Copies a file of the site: a page with its links made whole, an asset with its script.
fn copy(file: &Path, inside: &str, out: &Path) -> Result<()> {
    let target = out.join(inside);
    fs::create_dir_all(target.parent().unwrap_or(out))?;
    if inside.ends_with(".html") {
        let html = fs::read_to_string(file)?;
        return Ok(fs::write(&target, page(&html, inside))?);
    }
    let fetched = ["assets/js/", "assets/simulator/", "assets/recordings/"];
    if fetched.iter().any(|folder| inside.starts_with(folder)) {
        let mut name = target.clone().into_os_string();
        name.push(".js");
        fs::write(name, script(inside, &fs::read(file)?)?)?;
    }
    // Data is only ever fetched; scripts and pictures are also named by pages.
    if !inside.ends_with(".json") && !inside.ends_with(".wasm") {
        fs::copy(file, &target)?;
    }
    Ok(())
}

/// The script that gives the content of an asset.
fn script(inside: &str, bytes: &[u8]) -> Result<String> {
    let (text, coded) = match std::str::from_utf8(bytes) {
        Ok(text) if !inside.ends_with(".wasm") => (serde_json::to_string(text)?, false),
        _ => (serde_json::to_string(&STANDARD.encode(bytes))?, true),
    };
    Ok(format!("offline.give({}, {text}, {coded});\n", serde_json::to_string(inside)?))
}

/// A page with the script, its modules run by it, folders' addresses leading to their pages, and
/// without what is of no use on a disk: preloads, and the offer of what the reader has.
fn page(html: &str, inside: &str) -> String {
    let to_root = "../".repeat(inside.matches('/').count());
    let script = format!("<script src=\"{to_root}offline.js\"></script>\n<script");
    let html = without_preloads(&without_link(html))
        .replacen("<script", &script, 1)
        .replace("<script type=\"module\" src=", "<script type=\"text/plain\" data-module=");
    let mut parts = html.split(" href=\"");
    let mut whole = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        whole.push_str(" href=\"");
        let (address, rest) = part.split_once('"').unwrap_or((part, ""));
        let (path, anchor) = address.split_at(address.find('#').unwrap_or(address.len()));
        whole.push_str(path);
        if path.ends_with('/') && !path.contains(':') {
            whole.push_str("index.html");
        }
        whole.push_str(anchor);
        whole.push('"');
        whole.push_str(rest);
    }
    whole
}

/// Packs a folder, the same bytes for the same files.
fn pack(folder: &Path, zip: &Path) -> Result<()> {
    let file = File::create(zip).with_context(|| format!("creating {}", zip.display()))?;
    let mut packed = ZipWriter::new(file);
    pack_into(folder, &mut packed)?;
    packed.finish().with_context(|| format!("writing {}", zip.display()))?;
    Ok(())
}

fn pack_into(folder: &Path, zip: &mut ZipWriter<impl Write + Seek>) -> Result<()> {
    for file in files_below(folder)? {
        let inside = file.strip_prefix(folder)?.to_string_lossy().replace('\\', "/");
        zip.start_file(format!("{FOLDER}/{inside}"), SimpleFileOptions::default())?;
        zip.write_all(&fs::read(&file)?)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_from_a_disk_names_files_and_runs_modules_by_its_script() {
        let html = "<link rel=\"preload\" href=\"../a.wasm\">\n<li class=\"foot-offline\">Zip\n<script>1</script><script type=\"module\" src=\"../a.js\"></script>\
            <a href=\"../faq/#all\">a</a><a href=\"https://example.org/\">b</a><a href=\"x.html\">c</a>";
        assert_eq!(
            page(html, "en/index.html"),
            "<script src=\"../offline.js\"></script>\n<script>1</script>\
             <script type=\"text/plain\" data-module=\"../a.js\"></script>\
             <a href=\"../faq/index.html#all\">a</a><a href=\"https://example.org/\">b</a>\
             <a href=\"x.html\">c</a>"
        );
    }

    #[test]
    fn the_edition_has_no_link_to_itself_and_no_page_for_hosts() {
        let (site, out) =
            (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("one"));
        let page = "<ul>\n<li class=\"foot-offline\"><a href=\"dockershim.zip\" download>Zip</a></li>\n</ul>";
        for (file, text) in [("index.html", page), ("404.html", page), ("sitemap.xml", "<urlset/>")]
        {
            fs::write(site.path().join(file), text).expect("a file");
        }
        write(site.path(), out.path()).expect("it is written");
        let html = fs::read_to_string(out.path().join("index.html")).expect("a page");
        assert_eq!(html, "<ul>\n</ul>");
        assert!(FOR_HOSTS.iter().all(|file| !out.path().join(file).exists()));
        let zip = site.path().join(ZIP);
        pack(out.path(), &zip).expect("it is packed");
        assert!(fs::read(zip).expect("a zip").starts_with(b"PK"));
    }

    #[test]
    fn data_is_given_as_text_and_wasm_as_base64() {
        let given = script("assets/recordings/a.json", b"{\"a\": 1}").expect("it is text");
        let text = "offline.give(\"assets/recordings/a.json\", \"{\\\"a\\\": 1}\", false);\n";
        assert_eq!(given, text);
        let given = script("assets/simulator/a.wasm", b"\0asm").expect("it is coded");
        assert!(given.ends_with("\"AGFzbQ==\", true);\n"), "{given}");
    }
}

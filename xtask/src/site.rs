//! The plan of a build: simulator, books, assets, pages, and the finished site put in place.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use crate::assets::{Assets, files_below};
use crate::kept::Kept;
use crate::pages::Finisher;
use crate::progress::step;
use crate::{books, feed, offline, paths, redirects, sitemap, toolchain, wasm};

/// What to build.
pub(crate) struct Options {
    /// The folder of the finished site; replaced as a whole.
    pub(crate) out: PathBuf,
    /// The address that the site will have.
    pub(crate) site_url: Option<SiteUrl>,
    /// The address of the repository, for the links "edit this page" and "source".
    pub(crate) source_url: Option<String>,
    /// Whether pages get the script that reloads them.
    pub(crate) live: bool,
    /// How much to build.
    pub(crate) scope: Scope,
}

impl Options {
    /// Whether somebody waits to see a changed page: what no page shows is left as it was.
    pub(crate) fn is_quick(&self) -> bool {
        self.live && self.scope != Scope::Everything
    }

    /// Whether the page that is the whole book stays as it was: it takes as long as a dozen others.
    pub(crate) fn leaves_print(&self) -> bool {
        self.live && matches!(self.scope, Scope::Book(_))
    }
}

/// How much of the site to build.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scope {
    /// The pages of one language, and the theme; the rest is that of the last build.
    Book(&'static str),
    /// The pages and the theme; the programs and the simulator of the last build are used.
    Pages,
    /// Everything.
    Everything,
}

impl Scope {
    /// What does for both.
    pub(crate) fn and(self, other: Self) -> Self {
        match (self, other) {
            _ if self == other => self,
            (Self::Everything, _) | (_, Self::Everything) => Self::Everything,
            _ => Self::Pages,
        }
    }

    /// The languages whose pages are built.
    fn languages(self) -> Vec<&'static str> {
        match self {
            Self::Book(language) => vec![language],
            Self::Pages | Self::Everything => paths::LANGUAGES.to_vec(),
        }
    }
}

/// An absolute address with a path that ends in `/`.
pub(crate) struct SiteUrl {
    whole: String,
    path_start: usize,
}

impl SiteUrl {
    /// Reads `https://host[/path]`; a missing final `/` is added.
    pub(crate) fn parse(text: &str) -> Result<Self> {
        let rest = ["https://", "http://"].iter().find_map(|scheme| text.strip_prefix(scheme));
        let Some(rest) = rest.filter(|rest| !rest.is_empty() && !rest.starts_with('/')) else {
            bail!(
                "--site-url `{text}`: give an absolute address such as https://example.org/book/"
            );
        };
        if rest.contains(['?', '#', '"', '<', ' ']) {
            bail!("--site-url `{text}`: an address without query, fragment, quotes or spaces");
        }
        let whole = if rest.contains('/') && text.ends_with('/') {
            text.to_owned()
        } else {
            format!("{text}/")
        };
        let host_start = text.len() - rest.len();
        let path_start = host_start + whole[host_start..].find('/').unwrap_or(0);
        Ok(Self { whole, path_start })
    }

    /// The whole address.
    pub(crate) fn as_str(&self) -> &str {
        &self.whole
    }

    /// Its path: `/` or `/book/`.
    pub(crate) fn path(&self) -> &str {
        &self.whole[self.path_start..]
    }
}

/// What was built.
pub(crate) struct Built {
    /// The simulator's bundle.
    pub(crate) bundle: wasm::Bundle,
}

/// Builds the site. On an error, the site that stood at `out` before still stands there.
pub(crate) fn build(options: &Options) -> Result<Built> {
    let data = paths::target().join("simulator-data");
    let bundle = match options.scope {
        Scope::Book(_) | Scope::Pages => wasm::Bundle::last(),
        Scope::Everything => {
            toolchain::ensure_wasm_target()?;
            // Side by side: the end of each optimised compilation keeps one core busy only.
            std::thread::scope(|scope| {
                let bundle = scope.spawn(|| wasm::build(options.live));
                let programs = step("compile the preprocessor", books::build_preprocessor)
                    .and_then(|()| {
                        step("write the recordings for the browser", || browser_data(&data))
                    });
                let bundle = bundle.join().expect("the build does not panic");
                programs.and(bundle)
            })?
        }
    };
    if !options.is_quick() {
        step("check the books", books::check)?;
    }
    let next = beside(&options.out, "next");
    remove(&next)?;
    fs::create_dir_all(&next).with_context(|| format!("creating {}", next.display()))?;
    let books = || {
        step("write the books", || {
            side_by_side(&options.scope.languages(), |language| books::build(language, options))
        })
    };
    let assets = || step("write the assets", || write_assets(&next, &bundle, &data, options));
    let assets = if options.is_quick() {
        // Nothing of the assets comes from the books then, so neither waits for the other.
        std::thread::scope(|scope| {
            let assets = scope.spawn(assets);
            books().and(assets.join().expect("the work does not panic"))
        })?
    } else {
        books().and_then(|()| assets())?
    };
    step("put the site together", || assemble(options, &assets, &next))?;
    if !options.live {
        step("write the offline edition", || offline::add(&next))?;
    }
    put_in_place(&next, &options.out)?;
    Ok(Built { bundle })
}

/// Does the same for both languages, side by side; tells the mistakes of both.
fn each_language(work: impl Fn(&'static str) -> Result<()> + Sync) -> Result<()> {
    side_by_side(&paths::LANGUAGES, work)
}

fn side_by_side(
    languages: &[&'static str],
    work: impl Fn(&'static str) -> Result<()> + Sync,
) -> Result<()> {
    let work = &work;
    let results: Vec<Result<()>> = std::thread::scope(|scope| {
        let start = |language: &&'static str| {
            let language = *language;
            scope.spawn(move || work(language))
        };
        let threads: Vec<_> = languages.iter().map(start).collect();
        threads.into_iter().map(|thread| thread.join().expect("the work does not panic")).collect()
    });
    results.into_iter().collect()
}

/// Writes the recordings and scenarios that pages play, as JSON.
fn browser_data(dir: &Path) -> Result<()> {
    toolchain::run(
        toolchain::cargo()
            .args(["run", "--quiet", "--package", "dockershim-sim", "--bin", "browser-data", "--"])
            .arg(dir),
        "browser-data",
    )
}

/// `cargo xtask import-recordings DIR`.
pub(crate) fn import_recordings(dir: &Path) -> Result<()> {
    let dir = std::path::absolute(dir)?;
    toolchain::run(
        toolchain::cargo()
            .args(["run", "--quiet", "--package", "dockershim-sim"])
            .args(["--bin", "import-recordings", "--"])
            .arg(dir),
        "import-recordings",
    )
}

/// Completes the site in `next`, beside its place.
fn assemble(options: &Options, assets: &Assets, next: &Path) -> Result<()> {
    let live = options.live.then(|| Kept::new(assets, options.is_quick()));
    let finisher = Finisher { assets, site_url: options.site_url.as_ref(), live };
    each_language(|language| {
        finisher.book(language, next)?;
        feed::write(language, next, options.site_url.as_ref())?;
        redirects::write(language, next)
    })?;
    finisher.root_pages(next)?;
    if let Some(site_url) = &options.site_url {
        sitemap::write(next, site_url)?;
    }
    fs::write(next.join(".nojekyll"), "")?;
    Ok(())
}

/// Moves the finished site to its place.
fn put_in_place(next: &Path, out: &Path) -> Result<()> {
    let old = beside(out, "old");
    remove(&old)?;
    if out.exists() {
        fs::rename(out, &old).with_context(|| format!("moving {} aside", out.display()))?;
    }
    fs::rename(next, out).with_context(|| format!("moving the site to {}", out.display()))?;
    remove(&old)
}

/// Writes the assets in the order in which they may name each other.
fn write_assets(
    out: &Path,
    bundle: &wasm::Bundle,
    data: &Path,
    options: &Options,
) -> Result<Assets> {
    let quick = options.is_quick();
    let theme = paths::root().join("theme");
    let mut assets = Assets::default();
    assets.add_folder("images", &theme.join("images"), out)?;
    assets.add_folder("recordings", data, out)?;
    let listed = recordings(&assets).to_string().into_bytes();
    assets.add("recordings/index.json", listed, data, out)?;
    assets.add_folder("simulator", &bundle.dir, out)?;
    assets.add_folder("css", &theme.join("css"), out)?;
    let indexes = Mutex::new(BTreeMap::new());
    each_language(|language| {
        let index = kept(&format!("{language}.js"), quick, || search_index(language))?;
        indexes.lock().expect("no thread panics with the lock").insert(language, index);
        Ok(())
    })?;
    for (language, index) in indexes.into_inner().expect("the threads have ended") {
        assets.add(&format!("search/{language}.js"), index, &books::output(language), out)?;
    }
    let elasticlunr = books::output("en").join("elasticlunr.min.js");
    let script = kept("elasticlunr.js", quick, || Ok(fs::read(&elasticlunr)?))
        .with_context(|| format!("reading {}", paths::shown(&elasticlunr)))?;
    assets.add("js/elasticlunr.min.js", script, &elasticlunr, out)?;
    assets.add_folder("js", &theme.join("js"), out)?;
    Ok(assets)
}

/// Where every recording is: scenario → path → file beside the list.
fn recordings(assets: &Assets) -> Value {
    let mut listed = json!({});
    for (name, file) in assets.of_group("recordings") {
        let parts = name.strip_suffix(".json").and_then(|name| name.split_once('/'));
        if let Some((path, scenario)) = parts {
            listed[scenario][path] = json!(file);
        }
    }
    listed
}

/// What search needs of the books; in a hurry, that of the last whole build.
fn kept(name: &str, quick: bool, make: impl FnOnce() -> Result<Vec<u8>>) -> Result<Vec<u8>> {
    let file = paths::target().join("search").join(name);
    if quick && let Ok(bytes) = fs::read(&file) {
        return Ok(bytes);
    }
    let bytes = make()?;
    fs::create_dir_all(file.parent().unwrap_or(Path::new("")))?;
    fs::write(&file, &bytes).with_context(|| format!("writing {}", file.display()))?;
    Ok(bytes)
}

/// The script that search looks things up in.
fn search_index(language: &str) -> Result<Vec<u8>> {
    let root = books::output(language);
    let mut pages = Vec::new();
    for file in files_below(&root)? {
        let path = file.strip_prefix(&root)?.to_string_lossy().replace('\\', "/");
        if site_search::is_searched(&path) {
            let html = fs::read_to_string(&file)
                .with_context(|| format!("reading {}", paths::shown(&file)))?;
            pages.push(site_search::Page::read(path, &html)?);
        }
    }
    Ok(site_search::script(language, &pages).into_bytes())
}

fn remove(dir: &Path) -> Result<()> {
    if dir.exists() {
        fs::remove_dir_all(dir).with_context(|| format!("removing {}", dir.display()))?;
    }
    Ok(())
}

/// `site` → `site.next`, in the same folder, so that the move is one rename.
fn beside(dir: &Path, suffix: &str) -> PathBuf {
    let mut name = dir.file_name().unwrap_or_default().to_os_string();
    name.push(".");
    name.push(suffix);
    dir.with_file_name(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_url_ends_in_a_slash_and_knows_its_path() {
        let paths = |text| SiteUrl::parse(text).map(|url| url.path().to_owned()).ok();
        assert_eq!(paths("https://example.org").as_deref(), Some("/"));
        assert_eq!(paths("https://example.org/book").as_deref(), Some("/book/"));
        assert_eq!(paths("https://example.org/a/b/").as_deref(), Some("/a/b/"));
    }

    #[test]
    fn changes_of_both_books_ask_for_both() {
        let (en, zh) = (Scope::Book("en"), Scope::Book("zh-CN"));
        assert_eq!(en.and(en).languages(), ["en"]);
        assert_eq!(en.and(zh), Scope::Pages);
        assert_eq!(zh.and(Scope::Everything), Scope::Everything);
        assert_eq!(Scope::Pages.and(en).languages(), paths::LANGUAGES);
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for text in ["example.org", "https://", "https:///x", "https://example.org/?a"] {
            assert!(SiteUrl::parse(text).is_err(), "{text}");
        }
    }
}

//! `cargo xtask serve`: set up, build, serve, watch.
//!
//! Every build after the first runs in a process of its own (`cargo xtask build --live`), so that its
//! messages can be shown in the browser too and a failed build leaves the served site alone.

use std::collections::{BTreeMap, BTreeSet};
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::mpsc;
use std::time::{Duration, Instant, SystemTime};

use anyhow::{Context, Result, bail};
use notify_debouncer_mini::notify::RecursiveMode;
use notify_debouncer_mini::{DebounceEventResult, new_debouncer};
use tokio::sync::watch;
use walkdir::WalkDir;

use crate::server::{self, State};
use crate::site::{self, Scope};
use crate::{paths, toolchain};

/// Options of `serve`.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// The port to serve on
    #[arg(long, default_value_t = 3000)]
    port: u16,
    /// The address to serve on
    #[arg(long, default_value = "127.0.0.1")]
    host: IpAddr,
    /// Open the site in the browser
    #[arg(long)]
    open: bool,
}

/// What a build is made of, below the root of the repository.
const WATCHED: [&str; 7] =
    ["book", "theme", "simulator", "mdbook-simulator", "site-search", "Cargo.toml", "Cargo.lock"];

/// How long a burst of changes may last before a build starts.
const BURST: Duration = Duration::from_millis(40);

/// Runs until the process is ended.
pub(crate) fn run(options: &Options) -> Result<()> {
    let address = SocketAddr::new(options.host, options.port);
    let listener = listen(address)?;
    let out = paths::target().join("served");
    site::build(&site::Options {
        out: out.clone(),
        site_url: None,
        source_url: None,
        live: true,
        scope: Scope::Everything,
    })?;
    let (states, state) = watch::channel(State::Built(1));
    // Asked now: once this very file has been compiled anew, the system calls it deleted.
    let program = std::env::current_exe().context("cannot find this program")?;
    let watcher = std::thread::Builder::new().name("watch".to_owned());
    watcher.spawn(move || watch_sources(&program, &states))?;
    let url = format!("http://{address}/");
    if options.open {
        open::that_detached(&url).with_context(|| format!("opening {url} in the browser"))?;
    }
    println!("\nServing; every change of the sources is rebuilt. Stop with Ctrl+C.\n{url}");
    server::run(listener, &out, state)
}

/// Takes the port before the first build, so that a busy one is told at once.
fn listen(address: SocketAddr) -> Result<std::net::TcpListener> {
    match std::net::TcpListener::bind(address) {
        Ok(listener) => Ok(listener),
        Err(error) if error.kind() == std::io::ErrorKind::AddrInUse => bail!(
            "port {port} on {host} is in use; stop what uses it or choose another with \
             `cargo xtask serve --port {next}`",
            port = address.port(),
            host = address.ip(),
            next = address.port().wrapping_add(1).max(1024),
        ),
        Err(error) => Err(error)
            .with_context(|| format!("cannot listen on {address}; choose with --host and --port")),
    }
}

/// Rebuilds on each burst of changes and tells the open pages.
///
/// Events only say when to look: the system also reports that a file was read, and a build reads
/// them all. What changed is found by comparing the files with what they were before.
fn watch_sources(program: &Path, states: &watch::Sender<State>) {
    let (sender, bursts) = mpsc::channel::<DebounceEventResult>();
    let mut debouncer = match new_debouncer(BURST, sender) {
        Ok(debouncer) => debouncer,
        Err(error) => return eprintln!("cannot watch for changes: {error}"),
    };
    for name in WATCHED {
        let path = paths::root().join(name);
        if let Err(error) = debouncer.watcher().watch(&path, RecursiveMode::Recursive) {
            eprintln!("cannot watch {name}: {error}");
        }
    }
    let mut count = 1;
    let mut known = snapshot();
    // What a build that failed did not do is done by the next one.
    let mut owed = None;
    while bursts.recv().is_ok() {
        while bursts.try_recv().is_ok() {}
        let found = snapshot();
        let scope = changed(&known, &found).filter_map(scope_of).reduce(Scope::and);
        known = found;
        owed = [owed, scope].into_iter().flatten().reduce(Scope::and);
        if let (Some(_), Some(scope)) = (scope, owed) {
            count += 1;
            let state = rebuild(program, scope, count);
            if matches!(state, State::Built(_)) {
                owed = None;
            }
            states.send_replace(state);
        }
    }
}

/// The sources: when each was written, and its size.
type Snapshot = BTreeMap<PathBuf, (SystemTime, u64)>;

fn snapshot() -> Snapshot {
    let mut files = Snapshot::new();
    for name in WATCHED {
        for entry in WalkDir::new(paths::root().join(name)).into_iter().filter_map(Result::ok) {
            // A file that is gone by now is missing, which is a change as well.
            if let Ok(metadata) = entry.metadata()
                && metadata.is_file()
                && let Ok(written) = metadata.modified()
            {
                files.insert(entry.into_path(), (written, metadata.len()));
            }
        }
    }
    files
}

/// The files that are new, different or gone.
fn changed<'a>(before: &'a Snapshot, after: &'a Snapshot) -> impl Iterator<Item = &'a Path> {
    let gone = before.keys().filter(|path| !after.contains_key(*path));
    let other = after.iter().filter(|(path, state)| before.get(*path) != Some(state));
    gone.chain(other.map(|(path, _)| path)).map(PathBuf::as_path)
}

/// What a changed file asks for; nothing for files that editors leave behind.
fn scope_of(path: &Path) -> Option<Scope> {
    let inside = path.strip_prefix(paths::root()).ok()?;
    let name = inside.file_name()?.to_string_lossy();
    if name.starts_with('.') || name.ends_with('~') || name.ends_with(".swp") {
        return None;
    }
    let of_book =
        |language: &&str| inside.starts_with(Path::new("book").join(language).join("src"));
    let is_page = ["book", "theme"].iter().any(|folder| inside.starts_with(folder));
    Some(match paths::LANGUAGES.into_iter().find(of_book) {
        Some(language) => Scope::Book(language),
        None if is_page => Scope::Pages,
        None => Scope::Everything,
    })
}

fn rebuild(program: &Path, scope: Scope, count: u64) -> State {
    let start = Instant::now();
    match run_build(program, scope) {
        Ok(()) => {
            println!("rebuilt in {:.1} s", start.elapsed().as_secs_f64());
            State::Built(count)
        }
        Err(error) => {
            eprintln!("\n{error:#}\nThe site before this change is still served.");
            State::Failed(error.to_string())
        }
    }
}

/// Runs a build in a process of its own; its messages are the error when it fails.
fn run_build(program: &Path, scope: Scope) -> Result<()> {
    let mut command = Command::new(program);
    command.current_dir(paths::root()).args(["build", "--live", "--out"]);
    command.arg(paths::target().join("served"));
    match scope {
        Scope::Book(language) => command.args(["--pages-only", "--book", language]),
        Scope::Pages => command.arg("--pages-only"),
        Scope::Everything => &mut command,
    };
    let output = command.output().context("could not start the build")?;
    if output.status.success() {
        return Ok(());
    }
    let text = toolchain::without_colours(String::from_utf8_lossy(&output.stderr).trim());
    // Each of the two books tells how it fails to mirror the other.
    let mut told = BTreeSet::new();
    let lines = text.lines().filter(|line| line.is_empty() || told.insert(*line));
    bail!("{}", lines.collect::<Vec<_>>().join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(names: &[(&str, u64)]) -> Snapshot {
        let written = SystemTime::UNIX_EPOCH;
        names.iter().map(|(name, size)| (paths::root().join(name), (written, *size))).collect()
    }

    #[test]
    fn what_is_new_different_or_gone_has_changed() {
        let before = files(&[("book/a.md", 1), ("book/b.md", 1), ("book/c.md", 1)]);
        let after = files(&[("book/a.md", 1), ("book/b.md", 2), ("book/d.md", 1)]);
        let names: Vec<_> = changed(&before, &after).filter_map(Path::file_name).collect();
        assert_eq!(names, ["c.md", "b.md", "d.md"]);
        assert_eq!(changed(&after, &after).count(), 0);
    }

    #[test]
    fn pages_ask_for_less_than_programs_and_leavings_for_nothing() {
        let scope = |name: &str| scope_of(&paths::root().join(name));
        assert_eq!(scope("book/en/src/index.md"), Some(Scope::Book("en")));
        assert_eq!(scope("book/zh-CN/src/faq/index.md"), Some(Scope::Book("zh-CN")));
        assert_eq!(scope("book/facts/timeline.yaml"), Some(Scope::Pages));
        assert_eq!(scope("simulator/ui/src/lib.rs"), Some(Scope::Everything));
        assert!(scope("book/en/src/.index.md.swp").is_none());
        assert!(scope("theme/css/base.css~").is_none());
    }
}

//! `cargo xtask serve`: set up, build, serve, watch.
//!
//! Every build after the first runs in a process of its own (`cargo xtask build --live`), so that its
//! messages can be shown in the browser too and a failed build leaves the served site alone.

use std::net::{IpAddr, SocketAddr};
use std::process::Command;
use std::sync::mpsc;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use notify_debouncer_mini::notify::RecursiveMode;
use notify_debouncer_mini::{DebounceEventResult, new_debouncer};
use tokio::sync::watch;

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

/// How long a burst of changes may last before a build starts.
const BURST: Duration = Duration::from_millis(120);

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
    let watcher = std::thread::Builder::new().name("watch".to_owned());
    watcher.spawn(move || watch_sources(&states))?;
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
fn watch_sources(states: &watch::Sender<State>) {
    let (sender, bursts) = mpsc::channel::<DebounceEventResult>();
    let watched = ["book", "theme", "simulator", "mdbook-simulator", "Cargo.toml", "Cargo.lock"];
    let mut debouncer = match new_debouncer(BURST, sender) {
        Ok(debouncer) => debouncer,
        Err(error) => return eprintln!("cannot watch for changes: {error}"),
    };
    for name in watched {
        let path = paths::root().join(name);
        if let Err(error) = debouncer.watcher().watch(&path, RecursiveMode::Recursive) {
            eprintln!("cannot watch {name}: {error}");
        }
    }
    let mut count = 1;
    while let Ok(first) = bursts.recv() {
        let scope = bursts
            .try_iter()
            .chain([first])
            .flatten()
            .flatten()
            .filter_map(|event| scope_of(&event.path))
            .max();
        if let Some(scope) = scope {
            count += 1;
            states.send_replace(rebuild(scope, count));
        }
    }
}

/// What a changed file asks for; nothing for files that editors leave behind.
fn scope_of(path: &std::path::Path) -> Option<Scope> {
    let inside = path.strip_prefix(paths::root()).ok()?;
    let name = inside.file_name()?.to_string_lossy();
    if name.starts_with('.') || name.ends_with('~') || name.ends_with(".swp") || path.is_dir() {
        return None;
    }
    let is_page = ["book", "theme"].iter().any(|folder| inside.starts_with(folder));
    Some(if is_page { Scope::Pages } else { Scope::Everything })
}

fn rebuild(scope: Scope, count: u64) -> State {
    let start = Instant::now();
    match run_build(scope) {
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
fn run_build(scope: Scope) -> Result<()> {
    let mut command = Command::new(std::env::current_exe()?);
    command.current_dir(paths::root()).args(["build", "--live", "--out"]);
    command.arg(paths::target().join("served"));
    if scope == Scope::Pages {
        command.arg("--pages-only");
    }
    let output = command.output().context("could not start the build")?;
    if output.status.success() {
        return Ok(());
    }
    let text = String::from_utf8_lossy(&output.stderr);
    bail!("{}", toolchain::without_colours(text.trim()))
}

//! The local server: files, and the events that tell open pages of a new build.

use std::convert::Infallible;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::Result;
use axum::Router;
use axum::http::{HeaderValue, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::routing::get;
use tokio::sync::watch;
use tokio_stream::wrappers::WatchStream;
use tokio_stream::{Stream, StreamExt};
use tower_http::services::{ServeDir, ServeFile};
use tower_http::set_header::SetResponseHeaderLayer;

use crate::live;

/// How the newest build went.
#[derive(Clone)]
pub(crate) enum State {
    /// It is served; builds are counted from 1.
    Built(u64),
    /// It failed with these messages, and the build before it is served.
    Failed(String),
}

/// The files of a site, with its own page for what is not there.
pub(crate) fn files(site: &Path) -> Router {
    let not_found = ServeFile::new(site.join("404.html"));
    let no_cache = HeaderValue::from_static("no-cache");
    Router::new()
        .fallback_service(ServeDir::new(site).not_found_service(not_found))
        .layer(SetResponseHeaderLayer::overriding(header::CACHE_CONTROL, no_cache))
}

/// Serves the site and its build events until the process ends.
pub(crate) fn run(listener: TcpListener, site: &Path, state: watch::Receiver<State>) -> Result<()> {
    let site: PathBuf = site.to_owned();
    listener.set_nonblocking(true)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async move {
        let started = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_millis();
        let app = files(&site).route(
            live::EVENTS,
            get(move || {
                let state = state.clone();
                async move { Sse::new(events(state, started)).keep_alive(KeepAlive::default()) }
            }),
        );
        let listener = tokio::net::TcpListener::from_std(listener)?;
        axum::serve(listener, app).await?;
        Ok(())
    })
}

/// The present state and every later one; a build is named uniquely, over restarts too.
fn events(
    state: watch::Receiver<State>,
    started: u128,
) -> impl Stream<Item = Result<Event, Infallible>> {
    WatchStream::new(state).map(move |state| {
        Ok(match state {
            State::Built(count) => {
                Event::default().event("build").data(format!("{started}-{count}"))
            }
            State::Failed(text) => Event::default().event("failure").data(text),
        })
    })
}

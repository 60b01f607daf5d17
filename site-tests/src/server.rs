//! A static server on a free port of this machine, as plain as the plainest host.

use std::net::SocketAddr;
use std::path::Path;

use anyhow::Result;
use axum::Router;
use tokio::runtime::Handle;
use tower_http::services::{ServeDir, ServeFile};

/// A site that is being served until the process ends.
#[derive(Debug, Clone)]
pub struct Served {
    base: String,
}

impl Served {
    /// Serves the site below `prefix`: `/`, or `/some/path/`.
    pub fn start(runtime: &Handle, site: &Path, prefix: &str) -> Result<Self> {
        let files = ServeDir::new(site).not_found_service(ServeFile::new(site.join("404.html")));
        let app = if prefix == "/" {
            Router::new().fallback_service(files)
        } else {
            Router::new().nest_service(prefix.trim_end_matches('/'), files)
        };
        let listener = std::net::TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], 0)))?;
        listener.set_nonblocking(true)?;
        let base = format!("http://{}{prefix}", listener.local_addr()?);
        runtime.spawn(async move {
            if let Ok(listener) = tokio::net::TcpListener::from_std(listener) {
                let _ended = axum::serve(listener, app).await;
            }
        });
        Ok(Self { base })
    }

    /// The address of a page or file, given from the site's root.
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    /// The address of the host, whatever the path: `http://127.0.0.1:PORT/`.
    pub fn host(&self) -> &str {
        let host = self.base.match_indices('/').nth(2).map_or(self.base.len(), |(at, _)| at + 1);
        &self.base[..host]
    }

    /// The address of the site's root.
    pub fn base(&self) -> &str {
        &self.base
    }
}

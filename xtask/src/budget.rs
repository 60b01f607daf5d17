//! How large a file is for the one who downloads it.

use std::fmt;
use std::fs;
use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result};
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::paths;

/// The most that the player's wasm may weigh, in bytes after brotli; with the big page around it as
/// without.
pub(crate) const BROTLI_MAX: usize = 150_000;

/// The sizes of some bytes: as they are, and as servers send them.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Sizes {
    /// Uncompressed, in bytes.
    pub(crate) raw: usize,
    /// gzip at its best level, in bytes.
    pub(crate) gzip: usize,
    /// brotli at its best level, in bytes.
    pub(crate) brotli: usize,
}

impl Sizes {
    /// Measures a file.
    pub(crate) fn of_file(path: &Path) -> Result<Self> {
        let bytes = fs::read(path).with_context(|| format!("reading {}", paths::shown(path)))?;
        Self::of(&bytes)
    }

    /// Measures bytes.
    pub(crate) fn of(bytes: &[u8]) -> Result<Self> {
        let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
        gzip.write_all(bytes)?;
        let mut brotli = Vec::new();
        let parameters = brotli::enc::BrotliEncoderParams::default();
        brotli::BrotliCompress(&mut &bytes[..], &mut brotli, &parameters)?;
        Ok(Self { raw: bytes.len(), gzip: gzip.finish()?.len(), brotli: brotli.len() })
    }
}

impl fmt::Display for Sizes {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} raw, {} gzip, {} brotli", self.raw, self.gzip, self.brotli)
    }
}

//! Which logins are tried for an image (pkg/credentialprovider/keyring.go).

use std::cmp::Reverse;
use std::sync::Arc;

use crate::pod::{Login, Pod, whole_repository};

/// The registry that is meant where an image names none.
const DEFAULT_REGISTRY: &str = "index.docker.io";

/// The logins that a pod's secrets have for an image, in the order in which they are tried: those
/// for the longest location first.
pub(super) fn lookup(pod: &Pod, image: &str) -> Vec<Arc<Login>> {
    let repository = whole_repository(image);
    let all = pod.spec.image_pull_secrets.iter().flat_map(|secret| &secret.logins);
    let all: Vec<_> = all.map(|login| (location(login), login)).collect();
    let mut found: Vec<_> =
        all.iter().filter(|(location, _)| matches(location, &repository)).collect();
    found.sort_by_key(|(location, _)| Reverse(location.clone()));
    if found.is_empty() && repository.starts_with("docker.io/") {
        found = all.iter().filter(|(location, _)| location == DEFAULT_REGISTRY).collect();
    }
    found.into_iter().map(|(_, login)| Arc::new((*login).clone())).collect()
}

/// Where a login counts: a host, and a folder if it names one; `/v1/` and `/v2/` are none.
fn location(login: &Login) -> String {
    let plain = ["https://", "http://"].iter().find_map(|it| login.location.strip_prefix(it));
    let plain = plain.unwrap_or(&login.location);
    let (host, path) = plain.find('/').map_or((plain, ""), |at| plain.split_at(at));
    let version = path.starts_with("/v1/") || path.starts_with("/v2/");
    let path = if version { &path[3..] } else { path };
    if path == "/" { host.to_owned() } else { format!("{host}{path}") }
}

/// Whether a location covers a repository: the parts of the host fit one by one, the port is the
/// same, and the path begins alike (`URLsMatch`).
fn matches(location: &str, repository: &str) -> bool {
    let split = |url: &str| {
        let (host, path) = url.find('/').map_or((url, ""), |at| url.split_at(at));
        let (host, port) = host.rsplit_once(':').unwrap_or((host, ""));
        let parts: Vec<_> = host.split('.').map(str::to_owned).collect();
        (parts, port.to_owned(), path.to_owned())
    };
    let ((globs, own_port, own_path), (parts, port, path)) = (split(location), split(repository));
    own_port == port
        && globs.len() == parts.len()
        && path.starts_with(&own_path)
        && globs.iter().zip(&parts).all(|(glob, part)| fits(glob.as_bytes(), part.as_bytes()))
}

/// Whether a part fits a pattern with `*` and `?` in it.
fn fits(glob: &[u8], part: &[u8]) -> bool {
    match (glob.split_first(), part.split_first()) {
        (None, None) => true,
        (Some((b'*', rest)), None) => fits(rest, part),
        (Some((b'*', rest)), Some((_, left))) => fits(rest, part) || fits(glob, left),
        (Some((b'?', rest)), Some((_, left))) => fits(rest, left),
        (Some((one, rest)), Some((other, left))) => one == other && fits(rest, left),
        _ => false,
    }
}

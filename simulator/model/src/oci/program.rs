//! What runs, and where: the request's own words, or the image's.

use crate::oci::{ImageFacts, SpecError};

/// The program and its arguments. A program in the request makes the image's arguments go;
/// arguments alone keep the image's program.
///
/// dockerd 20.10.24, `daemon/commit.go`, `merge`; containerd 1.6.20, `pkg/cri/opts/spec.go`,
/// `WithProcessArgs`; CRI-O 1.23.0, `internal/factory/container`, `SpecSetProcessArgs`.
pub(super) fn args(
    command: &[String],
    args: &[String],
    image: &ImageFacts,
) -> Result<Vec<String>, SpecError> {
    let from_image = command.is_empty();
    let command = if from_image { &image.entrypoint } else { command };
    let args = if from_image && args.is_empty() { &image.cmd } else { args };
    let all: Vec<String> = command.iter().chain(args).cloned().collect();
    if all.is_empty() { Err(SpecError::NoCommand) } else { Ok(all) }
}

/// Where it starts.
pub(super) fn working_dir(asked: &str, image: &ImageFacts) -> String {
    let first = [asked, &image.working_dir].into_iter().find(|dir| !dir.is_empty());
    first.unwrap_or("/").to_owned()
}

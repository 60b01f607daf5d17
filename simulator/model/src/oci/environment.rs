//! The environment of a process: whose variable stays, and where it stands.

use crate::messages::KeyValue;

/// The search path that all three runtimes begin with.
pub(super) const DEFAULT_PATH: &str =
    "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/// The variable that a terminal gets.
pub(super) const TERMINAL: &str = "TERM=xterm";

/// Replaces the variables already there, in their place, and appends the others. One that comes
/// twice among the new ones is appended twice, and one without `=` is taken away.
///
/// containerd 1.6.20, `oci/spec_opts.go`, `replaceOrAppendEnvValues`; dockerd 20.10.24,
/// container/env.go, `ReplaceOrAppendEnvValues`.
pub(super) fn replace_or_append<'a>(
    env: &mut Vec<String>,
    overrides: impl IntoIterator<Item = &'a str>,
) {
    let before: Vec<String> = env.iter().map(|variable| name(variable).to_owned()).collect();
    for variable in overrides {
        // The last of the same name is the one that counts.
        match before.iter().rposition(|there| there == name(variable)) {
            Some(index) if variable.contains('=') => env[index] = variable.into(),
            Some(index) => env[index].clear(),
            None if variable.contains('=') => env.push(variable.into()),
            None => {}
        }
    }
    env.retain(|variable| !variable.is_empty());
}

/// The CRI's variables as `name=value`.
pub(super) fn pairs(envs: &[KeyValue]) -> impl Iterator<Item = String> + '_ {
    envs.iter().map(|env| format!("{}={}", env.key, env.value))
}

/// The request's variables, then those of the image that it does not name
/// (dockerd 20.10.24, daemon/commit.go, `merge`; CRI-O 1.23.0, server/utils.go, `mergeEnvs`).
pub(super) fn with_image(mut env: Vec<String>, image: &[String]) -> Vec<String> {
    let missing = |variable: &&String| !env.iter().any(|there| name(there) == name(variable));
    let from_image: Vec<String> = image.iter().filter(missing).cloned().collect();
    env.extend(from_image);
    env
}

/// The name of a variable.
pub(super) fn name(variable: &str) -> &str {
    variable.split_once('=').map_or(variable, |(name, _)| name)
}

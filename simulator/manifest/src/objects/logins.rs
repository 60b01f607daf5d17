//! What secrets have for registries (k8s 1.20.2, pkg/credentialprovider/secrets/secrets.go and
//! pkg/credentialprovider/config.go).

use simulator_model::pod::{Login, whole_repository};

use super::{Values, from_base64};
use crate::tree::{Node, documents};

/// The logins in a secret; none where it is of another type.
pub(super) fn of_secret(kind: &str, values: &Values) -> Vec<Login> {
    let text = |key: &str| values.get(key).map(String::as_str).unwrap_or_default();
    match kind {
        "kubernetes.io/dockerconfigjson" => {
            let whole = documents(text(".dockerconfigjson")).0;
            whole.iter().filter_map(|whole| whole.get("auths")).flat_map(logins).collect()
        }
        "kubernetes.io/dockercfg" => {
            documents(text(".dockercfg")).0.iter().flat_map(logins).collect()
        }
        _ => Vec::new(),
    }
}

fn logins(registries: &Node) -> impl Iterator<Item = Login> {
    registries.entries().iter().map(|entry| {
        let text = |key| entry.value.text(key).unwrap_or_default().to_owned();
        let together = from_base64(&text("auth"));
        let (username, password) = together.split_once(':').map_or_else(
            || (text("username"), text("password")),
            |(name, word)| (name.to_owned(), word.to_owned()),
        );
        Login { location: entry.key.clone(), username, password }
    })
}

/// Logins for the registries of some images.
pub(super) fn made_up(images: &[String]) -> Vec<Login> {
    let host = |image: &String| {
        let whole = whole_repository(image);
        whole.split('/').next().unwrap_or_default().to_owned()
    };
    let mut hosts: Vec<_> = images.iter().map(host).collect();
    hosts.sort();
    hosts.dedup();
    let login = |location| Login {
        location,
        username: "value-of-username".into(),
        password: "value-of-password".into(),
    };
    hosts.into_iter().map(login).collect()
}

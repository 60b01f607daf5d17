//! The API server keeps the old and the new way of naming a seccomp profile in step
//! (k8s 1.20.2, pkg/registry/core/pod/strategy.go, `applySeccompVersionSkew`).

use std::collections::BTreeMap;

use simulator_model::pod::annotations::{SECCOMP, SECCOMP_OF_POD};
use simulator_model::pod::{Pod, SeccompProfile};

/// Writes the annotation where only the field is there, and the field where only the annotation is.
pub(super) fn sync(pod: &mut Pod) {
    let annotations = &mut pod.metadata.annotations;
    one(annotations, SECCOMP_OF_POD.to_owned(), &mut pod.spec.security_context.seccomp_profile);
    for container in pod.spec.init_containers.iter_mut().chain(&mut pod.spec.containers) {
        let key = format!("{SECCOMP}{}", container.name);
        one(annotations, key, &mut container.security_context.seccomp_profile);
    }
}

fn one(
    annotations: &mut BTreeMap<String, String>,
    key: String,
    field: &mut Option<SeccompProfile>,
) {
    match (annotations.get(&key), &field) {
        (None, Some(profile)) => {
            if let Some(text) = annotation(profile) {
                annotations.insert(key, text);
            }
        }
        (Some(text), None) => *field = profile(text),
        _ => {}
    }
}

/// pkg/api/pod/util.go, `SeccompAnnotationForField`
fn annotation(profile: &SeccompProfile) -> Option<String> {
    match profile.kind.as_str() {
        "RuntimeDefault" => Some("runtime/default".into()),
        "Unconfined" => Some("unconfined".into()),
        "Localhost" => Some(format!("localhost/{}", profile.localhost_profile)),
        _ => None,
    }
}

/// pkg/api/pod/util.go, `SeccompFieldForAnnotation`
fn profile(annotation: &str) -> Option<SeccompProfile> {
    let of = |kind: &str, file: &str| {
        Some(SeccompProfile { kind: kind.to_owned(), localhost_profile: file.to_owned() })
    };
    match annotation {
        "unconfined" => of("Unconfined", ""),
        "runtime/default" | "docker/default" => of("RuntimeDefault", ""),
        text => {
            let file = text.strip_prefix("localhost/").filter(|file| !file.is_empty())?;
            of("Localhost", file)
        }
    }
}

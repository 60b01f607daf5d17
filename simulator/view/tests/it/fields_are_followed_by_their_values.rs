//! A CRI field is followed into Docker's request; what Docker was asked for besides is told apart.

use simulator_model::RuntimePath;
use simulator_view::translation::{Translation, translation};

use crate::run;

fn of(path: RuntimePath, name: &str) -> Option<Translation> {
    let run = run(path, "simple");
    let step = run.steps.iter().find(|step| step.name(&run) == name).expect("it was called");
    translation(&run, step, None)
}

#[test]
fn an_image_and_a_label_are_found_again_and_a_default_is_told_apart() {
    let found = of(RuntimePath::Dockershim, "CreateContainer").expect("Docker was asked");
    let places = |field: &str| {
        let carried = found.carried.iter().find(|it| it.field.path == field);
        carried.unwrap_or_else(|| panic!("no {field} in {:#?}", found.carried)).places.clone()
    };
    assert!(places("config.image.image").iter().any(|place| place.ends_with("Image")));
    let label = places("config.labels.io.kubernetes.container.name");
    assert!(label[0].contains("Labels.io.kubernetes.container.name"), "{label:?}");
    assert!(!found.added.is_empty(), "dockershim adds settings of its own");
}

#[test]
fn where_docker_is_not_asked_there_is_no_translation() {
    assert_eq!(of(RuntimePath::Containerd, "CreateContainer"), None);
}

#[test]
fn every_field_of_a_request_is_accounted_for() {
    let found = of(RuntimePath::CriDockerd, "RunPodSandbox").expect("Docker was asked");
    assert!(found.carried.iter().any(|it| it.places.is_empty()), "something has no place to go");
    assert!(found.carried.iter().any(|it| !it.places.is_empty()), "something has one");
}

#[test]
fn a_path_is_not_taken_for_what_is_called_as_its_last_part() {
    let found = of(RuntimePath::Dockershim, "RunPodSandbox").expect("Docker was asked");
    let profile = "config.linux.security_context.seccomp_profile_path";
    let profile =
        found.carried.iter().find(|it| it.field.path == profile).expect("it is asked for");
    assert_eq!(profile.field.value, "runtime/default");
    // The pod's namespace is `default` as well.
    assert_eq!(profile.places, [""; 0]);
}

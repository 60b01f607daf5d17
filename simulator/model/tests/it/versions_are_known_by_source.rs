//! What the model says about kubelet versions is ordered, sourced, and honest about its basis.

use std::collections::BTreeSet;

use simulator_model::RuntimePath;
use simulator_model::basis::Basis;
use simulator_model::versions::{
    self, CgroupDriver, CriVersion, FACTS, FLAGS, KubeletVersion, Profile, Started, Turn,
    changes_at, facts_for,
};

fn version(text: &str) -> KubeletVersion {
    text.parse().expect("a version of this test")
}

fn profile(kubelet: &str) -> Profile {
    Profile { kubelet: version(kubelet), ..Profile::default() }
}

/// The last line of a kubelet that exits.
fn exits(profile: &Profile, path: RuntimePath) -> String {
    match versions::start(profile, path) {
        Started::Exits(lines) => lines.last().expect("it says why").0.clone(),
        Started::Runs(lines) => panic!("it runs: {lines:?}"),
    }
}

fn runs(profile: &Profile, path: RuntimePath) -> Vec<String> {
    match versions::start(profile, path) {
        Started::Runs(lines) => lines.into_iter().map(|(text, _)| text).collect(),
        Started::Exits(lines) => panic!("it exits: {lines:?}"),
    }
}

#[test]
fn facts_are_ordered_and_sourced() {
    let mut ids = BTreeSet::new();
    for fact in &FACTS {
        assert!(ids.insert(fact.id), "`{}` is there twice", fact.id);
        assert!(fact.until.is_none_or(|until| fact.since <= until), "`{}` ends early", fact.id);
        assert!(fact.until != Some(KubeletVersion::NEWEST), "`{}` has no end to know", fact.id);
        assert!(!fact.source.en.is_empty(), "`{}` has no source", fact.id);
        assert!(!fact.what.en.is_empty() && !fact.what.zh.is_empty(), "`{}` is silent", fact.id);
        let recorded = fact.basis == Basis::Recorded;
        assert!(!recorded || fact.holds_for(KubeletVersion::RECORDED), "`{}`: only 1.20", fact.id);
    }
    for flag in &FLAGS {
        let order = flag.deprecated.is_none_or(|(since, _)| since < flag.removed);
        assert!(order && !flag.source.is_empty() && !flag.instead.is_empty(), "{}", flag.name);
    }
}

/// Words of our own are Chinese on the Chinese page; titles and paths stay what they are.
#[test]
fn sources_are_named_in_both_languages() {
    let own = ["record", " at ", "(beta ", "redirect"];
    for fact in &FACTS {
        let ours = own.iter().any(|word| fact.source.en.contains(word));
        let chinese = !fact.source.zh.is_ascii();
        assert_eq!(chinese, ours, "`{}`: {}", fact.id, fact.source.zh);
    }
}

#[test]
fn the_turns_add_up_to_the_facts() {
    let ids = |version| facts_for(version).map(|fact| fact.id).collect::<BTreeSet<_>>();
    let mut held = ids(KubeletVersion::RECORDED);
    assert!(changes_at(KubeletVersion::RECORDED).is_empty());
    for version in KubeletVersion::all() {
        for turn in changes_at(version) {
            match turn {
                Turn::Begins(fact) => assert!(held.insert(fact.id)),
                Turn::Ends(fact) => assert!(held.remove(fact.id)),
            }
        }
        assert_eq!(held, ids(version), "at {version}");
    }
    assert_eq!(KubeletVersion::all().count(), 18);
}

#[test]
fn versions_outside_the_facts_are_refused_by_name() {
    for text in ["1.19", "1.38", "2.0", "1", "1.x", "1.20.2.1", ""] {
        let error = text.parse::<KubeletVersion>().expect_err(text).to_string();
        assert!(error.contains(&format!("`{text}`")) && error.contains("1.37"), "{error}");
    }
    assert_eq!(version("v1.24.3"), version("1.24"));
}

#[test]
fn each_removed_flag_is_named_by_the_kubelet_that_does_not_know_it() {
    for flag in &FLAGS {
        for kubelet in KubeletVersion::all() {
            let flags = Some(vec![format!("{}=x", flag.name)]);
            let profile = Profile { kubelet, flags, ..Profile::default() };
            let started = versions::start(&profile, RuntimePath::Containerd);
            let unknown = format!("unknown flag: {}", flag.name);
            let said = matches!(&started, Started::Exits(lines)
                if lines.iter().any(|(text, _)| text.ends_with(&unknown)));
            assert_eq!(said, kubelet >= flag.removed, "{} at {kubelet}", flag.name);
        }
    }
}

#[test]
fn a_node_set_up_for_dockershim_ends_at_1_24() {
    for kubelet in KubeletVersion::all() {
        let profile = Profile { kubelet, ..Profile::default() };
        if kubelet < version("1.24") {
            let lines = runs(&profile, RuntimePath::Dockershim);
            assert!(lines.iter().any(|line| line.starts_with("Using dockershim is deprecated")));
        } else {
            let line = exits(&profile, RuntimePath::Dockershim);
            assert_eq!(line, "Error: failed to parse kubelet flag: unknown flag: --network-plugin");
        }
    }
}

#[test]
fn the_endpoint_is_a_setting_from_1_27() {
    for kubelet in KubeletVersion::all() {
        for path in [RuntimePath::CriDockerd, RuntimePath::Containerd, RuntimePath::CriO] {
            let lines = runs(&Profile { kubelet, ..Profile::default() }, path);
            let start = "Flag --container-runtime-endpoint has been deprecated, This parameter";
            let said = lines.iter().filter(|line| line.starts_with(start)).count();
            assert_eq!(said, usize::from(kubelet >= version("1.27")), "{kubelet} on {path}");
        }
    }
}

#[test]
fn every_other_path_starts_at_every_version() {
    for kubelet in KubeletVersion::all() {
        for path in [RuntimePath::CriDockerd, RuntimePath::Containerd, RuntimePath::CriO] {
            runs(&Profile { kubelet, ..Profile::default() }, path);
        }
    }
}

#[test]
fn without_an_endpoint_a_kubelet_looks_where_its_version_does() {
    let bare = |kubelet| Profile { flags: Some(Vec::new()), ..profile(kubelet) };
    for kubelet in ["1.24", "1.25"] {
        assert!(exits(&bare(kubelet), RuntimePath::Containerd).contains("missing address"));
    }
    assert!(exits(&bare("1.26"), RuntimePath::Containerd).contains("use --container-runtime-end"));
    for kubelet in ["1.27", "1.37"] {
        runs(&bare(kubelet), RuntimePath::Containerd);
        for path in [RuntimePath::Dockershim, RuntimePath::CriDockerd] {
            let line = exits(&bare(kubelet), path);
            assert!(line.contains("unknown service runtime.v1.RuntimeService"), "{line}");
        }
        let line = exits(&bare(kubelet), RuntimePath::CriO);
        assert!(line.contains("/run/containerd/containerd.sock: connect: no such file"), "{line}");
    }
    let remote = Some(vec!["--container-runtime=remote".into()]);
    let line = exits(&Profile { flags: remote, ..profile("1.23") }, RuntimePath::Containerd);
    assert!(line.contains("dial unix /var/run/dockershim.sock"), "{line}");
}

#[test]
fn an_old_runtime_ends_at_1_26() {
    let old = |kubelet| {
        let runtime_cri = Some(vec![CriVersion::V1Alpha2]);
        Profile { runtime_cri, ..profile(kubelet) }
    };
    let lines = runs(&old("1.25"), RuntimePath::Containerd);
    assert!(lines.iter().any(|line| line.starts_with("Falling back to CRI v1alpha2")));
    for kubelet in ["1.26", "1.27", "1.37"] {
        let line = exits(&old(kubelet), RuntimePath::Containerd);
        assert!(line.contains("unknown service runtime.v1.RuntimeService"), "{line}");
        assert!(line.contains("/run/containerd/containerd.sock"), "{line}");
    }
    assert_eq!(profile("1.22").cri_on(RuntimePath::Containerd), Some(CriVersion::V1Alpha2));
    assert_eq!(profile("1.23").cri_on(RuntimePath::Containerd), Some(CriVersion::V1));
    assert_eq!(profile("1.23").cri_on(RuntimePath::Dockershim), Some(CriVersion::V1Alpha2));
}

#[test]
fn cgroup_drivers_that_differ_stop_only_dockershim() {
    let runtime_driver = CgroupDriver::Systemd;
    let differs = Profile { runtime_driver, ..profile("1.20") };
    let line = exits(&differs, RuntimePath::Dockershim);
    assert!(line.ends_with("\"cgroupfs\" is different from docker cgroup driver: \"systemd\""));
    runs(&differs, RuntimePath::Containerd);
}

#[test]
fn cgroup_v1_is_refused_from_1_35() {
    let v1 = |kubelet| Profile { cgroup: Some(versions::CgroupVersion::V1), ..profile(kubelet) };
    assert!(runs(&v1("1.34"), RuntimePath::CriO)[1].contains("maintenance mode"));
    assert!(exits(&v1("1.35"), RuntimePath::CriO).contains("cgroup v1"));
}

//! Seccomp: which profile a container gets, and the default one.

mod rules;

use crate::messages::SecurityProfile;
use crate::oci::{NodeFacts, Seccomp, SpecError, SyscallArgument, Syscalls, Text};

const ALLOW: &str = "SCMP_ACT_ALLOW";
const REFUSE: &str = "SCMP_ACT_ERRNO";
const ARCHITECTURES: [&str; 3] = ["SCMP_ARCH_X86_64", "SCMP_ARCH_X86", "SCMP_ARCH_X32"];

/// A choice of profile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Profile {
    /// Every system call is allowed.
    Unconfined,
    /// The runtime's own.
    RuntimeDefault,
    /// The one in this file of the node.
    File(String),
}

impl Profile {
    /// The choice of a CRI message: the field counts if it is there, else the old path.
    pub(super) fn of_cri(
        field: Option<&SecurityProfile>,
        path: &str,
        if_empty: Self,
    ) -> Result<Self, SpecError> {
        match field {
            Some(field) => Ok(match field.profile_type {
                0 => Self::RuntimeDefault,
                1 => Self::Unconfined,
                _ => Self::File(field.localhost_ref.clone()),
            }),
            None => match path {
                "" => Ok(if_empty),
                "unconfined" => Ok(Self::Unconfined),
                "runtime/default" | "docker/default" => Ok(Self::RuntimeDefault),
                path => {
                    let file = path.strip_prefix("localhost/");
                    let invalid = || SpecError::InvalidProfile(path.to_owned());
                    Ok(Self::File(file.ok_or_else(invalid)?.to_owned()))
                }
            },
        }
    }

    /// The profile in full, for a process that can have these capabilities.
    pub(super) fn load(
        &self,
        flavour: Flavour,
        bounding: &[Text],
        node: &NodeFacts,
    ) -> Result<Option<Seccomp>, SpecError> {
        match self {
            _ if !node.seccomp => Ok(None),
            Self::Unconfined => Ok(None),
            Self::RuntimeDefault => Ok(Some(default_profile(flavour, bounding))),
            Self::File(path) => {
                let profile = node.seccomp_files.get(path).cloned();
                profile.map(Some).ok_or_else(|| SpecError::NoProfile(path.clone()))
            }
        }
    }
}

/// Whose default profile: they differ in a few calls and in the order of the rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Flavour {
    /// dockerd 20.10.24, `profiles/seccomp/default_linux.go`.
    Docker,
    /// containerd 1.6.20, `contrib/seccomp/seccomp_default.go`. CRI-O's comes from the same family
    /// (containers/common, pkg/seccomp); its list was not recorded, so this one stands for it.
    Containerd,
}

/// The default profile, on x86-64 and Linux 4.8 or newer.
fn default_profile(flavour: Flavour, bounding: &[Text]) -> Seccomp {
    let docker = flavour == Flavour::Docker;
    let known = |name: &&str| !docker || !rules::CONTAINERD_ONLY.contains(name);
    let allow = |names: &'static str| Syscalls {
        names: names.split_whitespace().filter(known).map(Text::from).collect(),
        action: ALLOW.into(),
        ..Syscalls::default()
    };
    let personalities = rules::PERSONALITIES.map(|value| Syscalls {
        args: vec![condition(value, "SCMP_CMP_EQ")],
        ..allow("personality")
    });
    let mut syscalls = vec![allow(rules::ALWAYS)];
    if docker {
        syscalls.push(allow("ptrace"));
        syscalls.extend(personalities);
        syscalls.extend([allow("arch_prctl"), allow("modify_ldt")]);
        for (capability, names) in &rules::WITH_CAPABILITY[..rules::OF_DOCKER] {
            let held = bounding.iter().any(|name| name == capability);
            if held {
                syscalls.push(allow(names));
            } else if *capability == rules::ADMIN {
                syscalls.extend(no_namespaces(allow("clone")));
            }
        }
    } else {
        syscalls.extend(personalities);
        syscalls.extend([allow("ptrace"), allow("arch_prctl modify_ldt")]);
        for held in bounding {
            let rule = rules::WITH_CAPABILITY.iter().find(|(capability, _)| held == capability);
            syscalls.extend(rule.map(|(_, names)| allow(names)));
        }
        if !bounding.iter().any(|name| name == rules::ADMIN) {
            syscalls.extend(no_namespaces(allow("clone")));
        }
    }
    Seccomp {
        default_action: REFUSE.into(),
        architectures: ARCHITECTURES.map(Text::from).to_vec(),
        syscalls,
    }
}

/// `clone` without new namespaces, and no `clone3`, whose flags a filter cannot see.
fn no_namespaces(clone: Syscalls) -> [Syscalls; 2] {
    let clone3 = Syscalls {
        names: vec!["clone3".into()],
        action: REFUSE.into(),
        errno_ret: Some(rules::ENOSYS),
        ..Syscalls::default()
    };
    [
        Syscalls { args: vec![condition(rules::NEW_NAMESPACES, "SCMP_CMP_MASKED_EQ")], ..clone },
        clone3,
    ]
}

fn condition(value: u64, op: &'static str) -> SyscallArgument {
    SyscallArgument { index: 0, value, op: op.into() }
}

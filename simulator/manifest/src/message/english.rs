//! The sentences in English.

use simulator_model::lang::Lang;
use simulator_model::scenario::FORMAT;

use crate::message::{Message, NameRule, PathRule, Shape, Why, listed};

/// Where something near is known, no longer list than this is given.
const WORDS_MAX: usize = 8;

pub(super) fn sentence(message: &Message) -> String {
    reading(message)
        .or_else(|| shape(message))
        .or_else(|| amounts(message))
        .unwrap_or_else(|| rules(message))
}

/// What keeps a text from being read.
fn reading(message: &Message) -> Option<String> {
    Some(match message {
        Message::TooLong { bytes, limit } => {
            format!("the text has {bytes} bytes; at most {limit} are read")
        }
        Message::TooDeep => "this is nested too deep for a manifest".into(),
        Message::TooManyValues => {
            "with its aliases put in, the text has too many values to be a manifest".into()
        }
        Message::TooManyPods { limit } => format!("one run plays at most {limit} pods"),
        Message::More { count } => format!("and {count} more; mend the ones above first"),
        Message::Syntax { info } => format!("this is no YAML: {info}"),
        Message::KeyNotText => "a key has to be text".into(),
        Message::KeyTwice { key, line } => {
            format!("`{key}` stands twice, first in line {line}; take one away")
        }
        Message::MergeNotMap => "`<<` can only merge mappings".into(),
        Message::AliasInItself => "an alias cannot stand inside what it stands for".into(),
        Message::Nothing => {
            "there is no manifest in this text; begin with `apiVersion` and `kind`".into()
        }
        _ => return None,
    })
}

/// What has another shape than the API's types.
fn shape(message: &Message) -> Option<String> {
    Some(match message {
        Message::NoKind => "`kind` is missing; write `kind: Pod`, for instance".into(),
        Message::UnknownKind { kind, near } => format!(
            "no pod comes of the kind `{kind}`; kinds that make pods are Pod, Deployment, \
             ReplicaSet, ReplicationController, DaemonSet, StatefulSet, Job, CronJob{}",
            meant(near.as_deref())
        ),
        Message::ApiVersion { kind, found, known } => {
            format!("`{kind}` is not in `{found}`; write `apiVersion: {known}`")
        }
        Message::UnknownField { field, of, near } => {
            format!("`{of}` has no field `{field}`{}", meant(near.as_deref()))
        }
        Message::Type { wanted: Shape::TextInQuotes, found } => {
            format!("this has to be text and is {} to YAML; put it in quotes", shape_word(*found))
        }
        Message::Type { wanted, found } => {
            format!("this has to be {} and is {}", shape_word(*wanted), shape_word(*found))
        }
        Message::Word { found, known, near: Some(near) } if known.len() > WORDS_MAX => {
            format!("`{found}` is not known here; did you mean `{near}`?")
        }
        Message::Word { found, known, near } => {
            let known = listed(known, ", ");
            format!("`{found}` is not known here; there are {known}{}", meant(near.as_deref()))
        }
        Message::Missing { field } => format!("`{field}` is missing"),
        Message::Empty { field } => format!("`{field}` is empty; at least one is needed"),
        _ => return None,
    })
}

/// Numbers, quantities and names.
fn amounts(message: &Message) -> Option<String> {
    Some(match message {
        Message::Range { least, most } if *most == i64::MAX => {
            format!("this has to be {least} or more")
        }
        Message::Range { least, most } => format!("this has to be from {least} to {most}"),
        Message::Name { found, rule } => format!("`{found}` is no {}", name_rule(*rule)),
        Message::Taken { found, line } => {
            format!("`{found}` stands in line {line} already; each has to be different")
        }
        Message::Quantity { found } => format!(
            "`{found}` is no quantity; write a number with a suffix such as `m`, `Ki`, `Mi` or `G`"
        ),
        Message::Amount { found } => {
            format!("`{found}` has to be a whole number that is not negative")
        }
        Message::RequestOverLimit { resource } => {
            format!("more `{resource}` is requested than the limit allows")
        }
        Message::RequestIsLimit { resource } => {
            format!("request and limit of `{resource}` have to be equal")
        }
        Message::MustBeOne => "this has to be 1".into(),
        Message::HostPortDiffers { port } => format!(
            "with `hostNetwork` the port of the node is the container's; write `hostPort: {port}` \
             or leave it out"
        ),
        Message::Path { found, rule } => {
            let rule = match rule {
                PathRule::NoColon => "must not hold `:`",
                PathRule::Inside => "has to be relative and must not hold `..`",
                PathRule::NoBacksteps => "must not hold `..`",
            };
            format!("the path `{found}` {rule}")
        }
        Message::FieldPath { found } => format!(
            "`{found}` is no field that is offered to containers; there are metadata.name, \
             metadata.namespace, metadata.uid, metadata.labels['KEY'], \
             metadata.annotations['KEY'], spec.nodeName, spec.serviceAccountName, status.hostIP, \
             status.podIP, status.podIPs"
        ),
        Message::Resource { found } => format!(
            "`{found}` is no resource that is offered to containers; there are limits. and \
             requests. of cpu, memory and ephemeral-storage"
        ),
        _ => return None,
    })
}

/// What goes against a rule between fields.
fn rules(message: &Message) -> String {
    match message {
        Message::OneAction { found: 0, known } => format!("one of {known} is missing"),
        Message::OneAction { found, known } => {
            format!("there are {found} here; keep one of {known}")
        }
        Message::OneSource { found } => {
            format!("{} exclude each other; keep one", listed(found, " and "))
        }
        Message::NoSuchVolume { found, near } => {
            format!("the pod has no volume `{found}`{}", meant(near.as_deref()))
        }
        Message::Both { one, other } => format!("`{one}` and `{other}` exclude each other"),
        Message::NeedsPrivileged => {
            "only a container with `privileged: true` can propagate mounts to the node".into()
        }
        Message::CannotForbidEscalation => "`allowPrivilegeEscalation: false` contradicts \
             `privileged: true` and the capability CAP_SYS_ADMIN"
            .into(),
        Message::RestartPolicy { kind, allowed } => {
            let allowed = allowed.replace('|', "` or `");
            format!("the pods of a {kind} need the `restartPolicy` `{allowed}`")
        }
        Message::SelectorMisses => {
            "the selector does not select the labels of the template; make them agree".into()
        }
        Message::Forbidden { why } => match why {
            Why::InitContainer => "init containers have no probes and no hooks".into(),
            Why::NotLocalhost => "only `type: Localhost` has a profile of its own".into(),
            Why::Ephemeral => "this is set by the API server alone".into(),
            Why::ReservedByKubelet => "this is made by the kubelet alone".into(),
        },
        Message::NoNameServer => "`dnsPolicy: None` needs a name server in `dnsConfig`".into(),
        Message::SharedAndHostPid => {
            "`hostPID` and `shareProcessNamespace` exclude each other".into()
        }
        Message::Scenario { mistake } => mistake.text(Lang::En),
        Message::OneScenario => format!("a scenario is one document with `format: {FORMAT}`"),
        Message::Unread { path, error } => format!("cannot read the manifest `{path}`: {error}"),
        Message::Unfit { text } => text.clone(),
        _ => String::new(),
    }
}

fn meant(near: Option<&str>) -> String {
    near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default()
}

const fn shape_word(shape: Shape) -> &'static str {
    match shape {
        Shape::Null => "empty",
        Shape::Text | Shape::TextInQuotes => "text",
        Shape::Bool => "true or false",
        Shape::Int => "a whole number",
        Shape::Float => "a number with a fraction",
        Shape::IntOrText => "a port number or the name of a port",
        Shape::List => "a list",
        Shape::Map => "a mapping",
    }
}

const fn name_rule(rule: NameRule) -> &'static str {
    match rule {
        NameRule::Label => {
            "DNS label (RFC 1123): at most 63 lower-case letters, digits and `-`, with neither end a \
             `-`"
        }
        NameRule::Subdomain => {
            "DNS name (RFC 1123): at most 253 lower-case letters, digits, `-` and `.`, each part \
             beginning and ending with a letter or digit"
        }
        NameRule::Service => {
            "DNS label that begins with a letter (RFC 1035), 63 characters at most"
        }
        NameRule::Port => {
            "name of a port: at most 15 lower-case letters, digits and single `-`, with a letter"
        }
        NameRule::Variable => {
            "name of a variable: letters, digits, `_`, `-` and `.`, not beginning with a digit"
        }
        NameRule::Key => "key: `name` or `domain/name`, the name at most 63 letters, digits, `-_.`",
        NameRule::LabelValue => {
            "value of a label: at most 63 letters, digits and `-_.`, with a letter or digit at \
             both ends"
        }
        NameRule::ConfigKey => "key of a ConfigMap or Secret: letters, digits, `-`, `_` and `.`",
        NameRule::Sysctl => "name of a kernel parameter, such as `net.core.somaxconn`",
        NameRule::Address => "IP address",
    }
}

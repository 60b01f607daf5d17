//! What can be wrong with a manifest, in both languages.

mod chinese;
mod english;

use simulator_model::lang::Lang;
use simulator_model::scenario::ScenarioMistake;

/// What is wrong, without the place.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "each variant's fields are the words of its sentence")]
pub enum Message {
    /// The text is longer than is read.
    TooLong { bytes: usize, limit: usize },
    /// The text is nested deeper than any manifest.
    TooDeep,
    /// There are too many values once aliases are put in.
    TooManyValues,
    /// There are more pods than one run plays.
    TooManyPods { limit: usize },
    /// There are more mistakes than are listed.
    More { count: usize },
    /// The parser's own words.
    Syntax { info: String },
    /// A key is a list or a mapping.
    KeyNotText,
    /// A key stands twice.
    KeyTwice { key: String, line: usize },
    /// A merge key merges no mapping.
    MergeNotMap,
    /// An alias stands inside what it stands for.
    AliasInItself,
    /// There is no document.
    Nothing,
    /// `kind` is missing.
    NoKind,
    /// A kind that makes no pods.
    UnknownKind { kind: String, near: Option<String> },
    /// A kind under an `apiVersion` that does not have it.
    ApiVersion { kind: String, found: String, known: &'static str },
    /// A field that the type does not have.
    UnknownField { field: String, of: String, near: Option<String> },
    /// A value of another type.
    Type { wanted: Shape, found: Shape },
    /// A word where only some are known.
    Word { found: String, known: Vec<String>, near: Option<String> },
    /// A field that must be there.
    Missing { field: String },
    /// A list that must hold something.
    Empty { field: &'static str },
    /// A number out of its range.
    Range { least: i64, most: i64 },
    /// Text that is no name of the wanted kind.
    Name { found: String, rule: NameRule },
    /// A name or number that something else has already.
    Taken { found: String, line: usize },
    /// Text that is no quantity.
    Quantity { found: String },
    /// A quantity that is negative or not whole.
    Amount { found: String },
    /// More requested than allowed.
    RequestOverLimit { resource: String },
    /// A request and a limit that must be equal.
    RequestIsLimit { resource: String },
    /// Not one action but none or several.
    OneAction { found: usize, known: &'static str },
    /// Not one source but several.
    OneSource { found: Vec<String> },
    /// A number that must be one.
    MustBeOne,
    /// A volume that the pod does not have.
    NoSuchVolume { found: String, near: Option<String> },
    /// Two fields that exclude each other.
    Both { one: &'static str, other: &'static str },
    /// In the node's network the two ports are one.
    HostPortDiffers { port: i64 },
    /// A path that leads out of its folder or is not as wanted.
    Path { found: String, rule: PathRule },
    /// A field that is not offered there.
    FieldPath { found: String },
    /// A resource that is not offered there.
    Resource { found: String },
    /// Only privileged containers may do that.
    NeedsPrivileged,
    /// Privileged containers can always gain privileges.
    CannotForbidEscalation,
    /// `restartPolicy` is not one that the kind allows.
    RestartPolicy { kind: &'static str, allowed: &'static str },
    /// The selector does not select the template.
    SelectorMisses,
    /// A field that must be absent.
    Forbidden { why: Why },
    /// `dnsPolicy: None` without a name server.
    NoNameServer,
    /// The node's namespace and a shared one exclude each other.
    SharedAndHostPid,
    /// Something that only a scenario can have wrong.
    Scenario { mistake: ScenarioMistake },
    /// A scenario that is not one document.
    OneScenario,
    /// A manifest of a scenario that cannot be read, in the words of whoever tried.
    Unread { path: String, error: String },
    /// What serde says of a value that fits nothing.
    Unfit { text: String },
}

/// What a value is or should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Nothing.
    Null,
    /// Text.
    Text,
    /// Text that a reader of YAML takes for something else without quotes.
    TextInQuotes,
    /// `true` or `false`.
    Bool,
    /// A whole number.
    Int,
    /// A number with a fraction.
    Float,
    /// A number or the name of a port.
    IntOrText,
    /// A list.
    List,
    /// A mapping.
    Map,
}

/// What a name must be like (apimachinery, pkg/util/validation/validation.go).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameRule {
    /// A label of DNS (RFC 1123): at most 63 lower-case letters, digits and `-`.
    Label,
    /// Labels with dots between them, at most 253 characters.
    Subdomain,
    /// A label of DNS that begins with a letter (RFC 1035).
    Service,
    /// The name of a port: at most 15 lower-case letters, digits and `-`, with a letter.
    Port,
    /// The name of an environment variable.
    Variable,
    /// A key of a label or an annotation.
    Key,
    /// The value of a label.
    LabelValue,
    /// A key of a `ConfigMap` or a `Secret`.
    ConfigKey,
    /// The name of a kernel parameter.
    Sysctl,
    /// An IP address.
    Address,
}

/// What a path must be like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PathRule {
    /// Without `:`.
    NoColon,
    /// Relative, and without `..`.
    Inside,
    /// Without `..`.
    NoBacksteps,
}

/// Why a field must be absent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// An init container has no probes and no hooks.
    InitContainer,
    /// Only a local profile has a file.
    NotLocalhost,
    /// Only the API server gives it.
    Ephemeral,
    /// The kubelet makes it.
    ReservedByKubelet,
}

impl Message {
    /// The sentence in a language: lower case, no full stop.
    pub fn text(&self, lang: Lang) -> String {
        match lang {
            Lang::En => english::sentence(self),
            Lang::ZhCn => chinese::sentence(self),
        }
    }
}

/// Names in backticks with something between them.
fn listed(names: &[impl AsRef<str>], between: &str) -> String {
    let quoted: Vec<_> = names.iter().map(|name| format!("`{}`", name.as_ref())).collect();
    quoted.join(between)
}

//! The fields of the Kubernetes API that manifests may use, as data.
//!
//! The files in `schema/` list every field of a pod, of the controllers that make pods and of what
//! pods read, as Kubernetes 1.20 knows them, with newer ones named as such. A line without indent
//! names a type, the lines below it its fields:
//!
//! ```text
//! field type [required] [~ | - | !] [@1.NN]
//! ```
//!
//! A type is `string`, `bool`, `int` (32 bits), `long` (64), `intstr`, `quantity`, `any`, some words
//! with `|` between them, or the name of a type; `[]` makes a list of it, `{}` a map. The sign says
//! what becomes of a field, see [`Treatment`].

use std::collections::BTreeMap;
use std::sync::OnceLock;

const FILES: [&str; 5] = [
    include_str!("../schema/meta.txt"),
    include_str!("../schema/pod.txt"),
    include_str!("../schema/volume.txt"),
    include_str!("../schema/scheduling.txt"),
    include_str!("../schema/workload.txt"),
];

/// A field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its name.
    pub name: &'static str,
    /// Its type.
    pub kind: Kind,
    /// Whether it must be there.
    pub required: bool,
    /// What becomes of it.
    pub treatment: Treatment,
    /// The minor version of Kubernetes that brought it, where that is newer than 1.20.
    pub since: Option<u32>,
}

/// What becomes of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Treatment {
    /// It is played.
    Modelled,
    /// `~`: it is understood; nothing that is said to the runtime depends on it.
    NoEffect,
    /// `-`: it is for the API server, a controller or the scheduler; the node does not read it.
    Elsewhere,
    /// `!`: the kubelet acts on it, the model does not.
    NotModelled,
}

/// A type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Text.
    Text,
    /// `true` or `false`.
    Bool,
    /// A whole number of 32 bits.
    Int,
    /// A whole number of 64 bits.
    Long,
    /// A number or the name of a port.
    IntOrText,
    /// A quantity of a resource.
    Quantity,
    /// Whatever it is, it is not looked into.
    Any,
    /// One of some words.
    Words(Vec<&'static str>),
    /// A type by its name.
    Object(&'static str),
    /// A list.
    List(Box<Self>),
    /// A mapping with keys of one's own.
    Map(Box<Self>),
}

/// All types by their names.
#[derive(Debug)]
pub struct Schema {
    types: BTreeMap<&'static str, Vec<Field>>,
}

impl Schema {
    /// All of it, read once.
    pub fn get() -> &'static Self {
        static SCHEMA: OnceLock<Schema> = OnceLock::new();
        SCHEMA.get_or_init(Self::load)
    }

    /// The fields of a type; none of a type that no file describes.
    pub fn fields(&self, name: &str) -> &[Field] {
        self.types.get(name).map_or(&[], Vec::as_slice)
    }

    /// The names of all types.
    pub fn types(&self) -> impl Iterator<Item = &'static str> {
        self.types.keys().copied()
    }

    fn load() -> Self {
        let mut types: BTreeMap<_, Vec<Field>> = BTreeMap::new();
        let mut name = "";
        let lines = FILES.iter().flat_map(|file| file.lines());
        for line in lines.filter(|line| !line.starts_with('#')) {
            if let Some(field) = line.strip_prefix("  ") {
                types.entry(name).or_default().push(parse(field));
            } else {
                name = line;
            }
        }
        Self { types }
    }
}

fn parse(line: &'static str) -> Field {
    let mut words = line.split(' ');
    let name = words.next().unwrap_or_default();
    let kind = kind(words.next().unwrap_or_default());
    let mut field =
        Field { name, kind, required: false, treatment: Treatment::Modelled, since: None };
    for word in words {
        match word {
            "required" => field.required = true,
            "~" => field.treatment = Treatment::NoEffect,
            "-" => field.treatment = Treatment::Elsewhere,
            "!" => field.treatment = Treatment::NotModelled,
            _ => field.since = word.strip_prefix("@1.").and_then(|minor| minor.parse().ok()),
        }
    }
    field
}

fn kind(text: &'static str) -> Kind {
    if let Some(inner) = text.strip_suffix("[]") {
        return Kind::List(Box::new(kind(inner)));
    }
    if let Some(inner) = text.strip_suffix("{}") {
        return Kind::Map(Box::new(kind(inner)));
    }
    match text {
        "string" => Kind::Text,
        "bool" => Kind::Bool,
        "int" => Kind::Int,
        "long" => Kind::Long,
        "intstr" => Kind::IntOrText,
        "quantity" => Kind::Quantity,
        "any" => Kind::Any,
        words if words.contains('|') => Kind::Words(words.split('|').collect()),
        name => Kind::Object(name),
    }
}

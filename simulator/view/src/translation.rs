//! What became of a CRI request on its way into Docker Engine and into the OCI specification: where
//! each field went, what had no place to go, and what was added. Derived from the messages of the run itself: a field went where
//! its value turns up again.

mod oci;

use serde_json::Value;
use simulator_model::recording::Call;

use crate::subject::has;
use crate::{Run, Step, What};

/// The most fields that are looked at on either side.
const FIELDS_MAX: usize = 400;
/// The most places that are named for one field.
const PLACES_MAX: usize = 3;

/// The way of the fields of one request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Translation {
    /// Whether Docker Engine was asked on the way.
    pub through_docker: bool,
    /// Whether the fields are followed into the OCI specification.
    pub into_oci: bool,
    /// The fields of the CRI request, in its order.
    pub carried: Vec<Carried>,
    /// The fields in the requests to Docker Engine that no field of the CRI gave.
    pub added: Vec<Added>,
    /// What is in the OCI specification besides, as the place and how many values are below it.
    pub added_in_oci: Vec<(String, usize)>,
}

/// A field with its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its place in its message, such as `config.linux.resources.cpu_shares`.
    pub path: String,
    /// Its value as text.
    pub value: String,
}

/// A field of the CRI and where it went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Carried {
    /// The field.
    pub field: Field,
    /// Where its value turns up in Docker's requests; nowhere when it had no place to go.
    pub places: Vec<String>,
    /// Where its value turns up in the OCI specification.
    pub oci: Vec<String>,
}

/// A field that was added on the way to Docker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Added {
    /// The field.
    pub field: Field,
    /// Where its value turns up in the OCI specification.
    pub oci: Vec<String>,
}

/// The name of the sandbox or container that a call makes: what an OCI specification is for.
pub fn made<'a>(run: &'a Run, step: &Step) -> Option<&'a str> {
    let What::Cri(call) = step.what else { return None };
    let call = &run.recording.calls[call];
    let key = match call.call.as_str() {
        "RunPodSandbox" => "pod_sandbox_id",
        "CreateContainer" => "container_id",
        _ => return None,
    };
    call.response.as_ref()?[key].as_str()
}

/// The translation of a CRI call that Docker Engine was asked to carry out, and on into the OCI
/// specification of what it made, where that is given; none for other steps.
pub fn translation(run: &Run, step: &Step, spec: Option<&Value>) -> Option<Translation> {
    let What::Cri(call) = step.what else { return None };
    let call = &run.recording.calls[call];
    let theirs = docker(call);
    if theirs.is_empty() && spec.is_none() {
        return None;
    }
    let (mut ours, mut oci) = (Vec::new(), Vec::new());
    add_fields(&mut ours, "", &call.request);
    if let Some(spec) = spec {
        oci::add_spec(&mut oci, spec);
    }
    let (mut met, mut met_oci) = (vec![false; theirs.len()], vec![false; oci.len()]);
    let mut carried = Vec::new();
    for field in ours {
        let places = places(&field, &theirs, &mut met, Rank::docker);
        let oci = self::places(&field, &oci, &mut met_oci, Rank::oci);
        carried.push(Carried { field, places, oci });
    }
    let mut added = Vec::new();
    for (field, met) in theirs.iter().zip(met) {
        if !met && says_something(field) {
            let oci = places(field, &oci, &mut met_oci, Rank::oci);
            added.push(Added { field: field.clone(), oci });
        }
    }
    Some(Translation {
        through_docker: !theirs.is_empty(),
        into_oci: spec.is_some(),
        carried,
        added,
        added_in_oci: oci::added(&oci, &met_oci),
    })
}

/// What Docker Engine was asked for.
fn docker(call: &Call) -> Vec<Field> {
    let mut theirs = Vec::new();
    for engine in call.docker.iter().filter(|engine| engine.method != "GET") {
        let name = engine.path.rsplit('/').next().unwrap_or_default();
        for value in engine.path.split('/').filter(|part| part.len() > 3) {
            let value = value.to_owned();
            theirs.push(Field { path: format!("{name}: path"), value });
        }
        for message in [&engine.query, &engine.body].into_iter().flatten() {
            add_fields(&mut theirs, &format!("{name}: "), message);
        }
    }
    theirs
}

/// How well a field fits another one; the least fits best.
struct Rank;

impl Rank {
    /// The same value under the same name, else the same value, else inside a longer one.
    fn docker(field: &Field, other: &Field) -> Option<u8> {
        let same = other.value == field.value;
        match (same, same_name(field, other), field.value.len()) {
            (true, true, _) => Some(0),
            (true, false, _) if oci::akin(field, other) => Some(0),
            (true, false, 3..) if !is_word(&field.value) => Some(1),
            (false, _, 4..) if has(&other.value, &field.value) => Some(2),
            (false, true, _) if is_last_part(&field.value, &other.value) => Some(2),
            _ => None,
        }
    }

    /// As for Docker; but what is inside a longer value is so by chance, unless the value is put
    /// together from several ones.
    fn oci(field: &Field, other: &Field) -> Option<u8> {
        let rank = Self::docker(field, other).filter(|rank| *rank < 2);
        rank.or_else(|| oci::is_part(field, other).then_some(2))
    }
}

/// Whether a field can be followed: `true` and `1` are everywhere, and mean nothing alone; a number
/// like `443` is not looked for inside of `443/tcp`; and `NODE` is `host` to the next one.
pub fn can_be_followed(field: &Field) -> bool {
    let value = &field.value;
    value.len() >= 4 && !is_word(value) && !is_enumerator(value)
}

/// The names of the CRI's enumerations, such as `NODE`, `TCP` and `PROPAGATION_PRIVATE`.
fn is_enumerator(value: &str) -> bool {
    value.bytes().all(|letter| letter.is_ascii_uppercase() || letter == b'_')
}

/// Of a path of cgroups a daemon may be given the last part alone.
fn is_last_part(path: &str, part: &str) -> bool {
    part.len() >= 4 && path.rsplit_once('/').is_some_and(|(_, last)| last == part)
}

/// Where a value turns up.
fn places(
    field: &Field,
    theirs: &[Field],
    met: &mut [bool],
    fits: fn(&Field, &Field) -> Option<u8>,
) -> Vec<String> {
    let best = theirs.iter().filter_map(|other| fits(field, other)).min();
    let mut places: Vec<String> = Vec::new();
    for (other, met) in theirs.iter().zip(met) {
        if best.is_some() && fits(field, other) == best {
            *met = true;
            if places.len() < PLACES_MAX && !places.contains(&other.path) {
                places.push(other.path.clone());
            }
        }
    }
    places
}

/// `cpu_shares` and `CpuShares` are one name, `memory_limit_in_bytes` and `Memory` are akin.
fn same_name(field: &Field, other: &Field) -> bool {
    let (ours, theirs) = (last_name(&field.path), last_name(&other.path));
    ours == theirs || (theirs.len() > 3 && ours.starts_with(&theirs))
}

/// The last part of a path, in small letters.
fn last_name(path: &str) -> String {
    let last = path.rsplit(['.', ' ']).next().unwrap_or(path);
    let letters = last.chars().filter(char::is_ascii_alphabetic);
    letters.map(|letter| letter.to_ascii_lowercase()).collect()
}

fn is_word(value: &str) -> bool {
    matches!(value, "true" | "false" | "null")
}

/// Zero, nothing and "no" are how Docker's messages say that nothing is asked for.
fn says_something(field: &Field) -> bool {
    !matches!(field.value.as_str(), "" | "0" | "false" | "null" | "[]" | "{}")
}

fn add_fields(out: &mut Vec<Field>, path: &str, value: &Value) {
    if out.len() >= FIELDS_MAX {
        return;
    }
    let below = |key: &str| {
        let dot = if path.is_empty() || path.ends_with(' ') { "" } else { "." };
        format!("{path}{dot}{key}")
    };
    match value {
        Value::Object(fields) if !fields.is_empty() => {
            fields.iter().for_each(|(key, value)| add_fields(out, &below(key), value));
        }
        Value::Array(items) if !items.is_empty() => {
            for (nth, value) in items.iter().enumerate() {
                add_fields(out, &format!("{path}[{nth}]"), value);
            }
        }
        Value::String(text) => out.push(Field { path: path.to_owned(), value: text.clone() }),
        _ => out.push(Field { path: path.to_owned(), value: scalar(value) }),
    }
}

/// By hand: to print what no message holds takes 20 kB of code.
fn scalar(value: &Value) -> String {
    match value {
        Value::Bool(true) => "true".to_owned(),
        Value::Bool(false) => "false".to_owned(),
        Value::Array(_) => "[]".to_owned(),
        Value::Object(_) => "{}".to_owned(),
        Value::Null | Value::String(_) => "null".to_owned(),
        Value::Number(number) => match (number.as_i64(), number.as_u64()) {
            (Some(whole), _) => whole.to_string(),
            (None, Some(whole)) => whole.to_string(),
            (None, None) => "…".to_owned(),
        },
    }
}

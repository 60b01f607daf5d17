//! What became of a CRI request on its way into Docker Engine: where each field went, what had no
//! place to go, and what was added. Derived from the messages of the run itself: a field went where
//! its value turns up again.

use serde_json::Value;

use crate::{Run, Step, What};

/// The most fields that are looked at on either side.
const FIELDS_MAX: usize = 400;
/// The most places that are named for one field.
const PLACES_MAX: usize = 3;

/// The way of the fields of one request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Translation {
    /// The fields of the CRI request, in its order.
    pub carried: Vec<Carried>,
    /// The fields in the requests to Docker Engine that no field of the CRI gave.
    pub added: Vec<Field>,
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
    /// Where its value turns up; nowhere when it had no place to go.
    pub places: Vec<String>,
}

/// The translation of a CRI call that Docker Engine was asked to carry out; none for other steps.
pub fn translation(run: &Run, step: &Step) -> Option<Translation> {
    let What::Cri(call) = step.what else { return None };
    let call = &run.recording.calls[call];
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
    if theirs.is_empty() {
        return None;
    }
    let mut ours = Vec::new();
    add_fields(&mut ours, "", &call.request);
    let mut met = vec![false; theirs.len()];
    let mut carried = Vec::new();
    for field in ours {
        let places = places(&field, &theirs, &mut met);
        carried.push(Carried { field, places });
    }
    let unmet = theirs.into_iter().zip(met).filter(|(field, met)| !met && says_something(field));
    Some(Translation { carried, added: unmet.map(|(field, _)| field).collect() })
}

/// Where a value turns up: under the same name, else the same value, else inside a longer one.
fn places(field: &Field, theirs: &[Field], met: &mut [bool]) -> Vec<String> {
    let rank = |other: &Field| -> Option<u8> {
        let same = other.value == field.value;
        match (same, same_name(field, other), field.value.len()) {
            (true, true, _) => Some(0),
            (true, false, 3..) if !is_word(&field.value) => Some(1),
            (false, _, 4..) if other.value.contains(&field.value) => Some(2),
            _ => None,
        }
    };
    let best = theirs.iter().filter_map(rank).min();
    let mut places: Vec<String> = Vec::new();
    for (other, met) in theirs.iter().zip(met) {
        if best.is_some() && rank(other) == best {
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
    let last = |path: &str| -> String {
        let last = path.rsplit(['.', ' ']).next().unwrap_or(path);
        let letters = last.chars().filter(char::is_ascii_alphabetic);
        letters.map(|letter| letter.to_ascii_lowercase()).collect()
    };
    let (ours, theirs) = (last(&field.path), last(&other.path));
    ours == theirs || (theirs.len() > 3 && ours.starts_with(&theirs))
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

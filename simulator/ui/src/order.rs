//! What the engine is asked for, and what it answers, as JSON. Pure.

use std::fmt::Write as _;

use serde_json::Value;
use simulator_view::Lang;

use crate::library::Library;
use crate::setup::{Fault, Lane, Setup};

/// The order for a lane. Written by hand: to have it written from a value takes 6 kB of code.
pub(crate) fn order(setup: &Setup, node: &Lane, library: &Library, lang: Lang) -> String {
    let entry = library.get(&setup.scenario).filter(|_| setup.own.is_none());
    let text = setup.own.as_ref().or(entry.map(|entry| &entry.text));
    let mut out = "{".to_owned();
    write_field(&mut out, "text", text.map_or("", String::as_str));
    write_field(&mut out, "name", &setup.scenario);
    write_field(&mut out, "path", node.path.name());
    write_field(&mut out, "lang", lang.tag());
    if let Some(version) = &setup.kubelet {
        write_field(&mut out, "kubelet", version);
    }
    out.push_str("\"files\":{");
    for (name, text) in entry.and_then(|entry| entry.files.as_object()).into_iter().flatten() {
        write_field(&mut out, name, text.as_str().unwrap_or_default());
    }
    end(&mut out, "},");
    let _ = write!(out, "\"seed\":{},\"faults\":[", setup.seed);
    for Fault { at_us, what, to } in &node.faults {
        let _ = write!(out, "{{\"at_us\":{at_us},\"do\":");
        if to.is_empty() {
            write_text(&mut out, what);
        } else {
            out.push('{');
            write_field(&mut out, what, to);
            end(&mut out, "}");
        }
        out.push_str("},");
    }
    end(&mut out, "]}");
    out
}

/// A field of an object, and a comma.
fn write_field(out: &mut String, name: &str, text: &str) {
    write_text(out, name);
    out.push(':');
    write_text(out, text);
    out.push(',');
}

/// The end of a list, without the comma before it.
fn end(out: &mut String, bracket: &str) {
    if out.ends_with(',') {
        out.pop();
    }
    out.push_str(bracket);
}

fn write_text(out: &mut String, text: &str) {
    out.push('"');
    for letter in text.chars() {
        match letter {
            '"' | '\\' => {
                out.push('\\');
                out.push(letter);
            }
            '\u{0}'..='\u{1f}' => {
                let _ = write!(out, "\\u{:04x}", u32::from(letter));
            }
            _ => out.push(letter),
        }
    }
    out.push('"');
}

/// What came of an order.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Answer {
    /// The number of the run.
    pub(crate) run: Option<u32>,
    /// What it rests on.
    pub(crate) basis: String,
    /// What to know about it.
    pub(crate) notes: Vec<String>,
    /// What programs of the node logged: who, when in µs since the recording began, what.
    pub(crate) log: Vec<(i64, String, String)>,
}

/// Reads an answer; the mistakes when there are any.
pub(crate) fn answer(text: &str) -> Result<Answer, Vec<String>> {
    let answer: Value =
        serde_json::from_str(text).ok().ok_or_else(|| vec!["engine: no JSON".to_owned()])?;
    let texts = |key: &str| -> Vec<String> {
        let items = answer[key].as_array().into_iter().flatten();
        items.filter_map(|it| it.as_str()).map(str::to_owned).collect()
    };
    let mistakes = texts("mistakes");
    if !mistakes.is_empty() {
        return Err(mistakes);
    }
    let mut log = Vec::new();
    for line in answer["log"].as_array().into_iter().flatten() {
        let word = |key: &str| line[key].as_str().unwrap_or_default().to_owned();
        log.push((line["at_us"].as_i64().unwrap_or(0), word("who"), word("text")));
    }
    Ok(Answer {
        run: answer["run"].as_u64().and_then(|run| u32::try_from(run).ok()),
        basis: answer["basis"].as_str().unwrap_or_default().to_owned(),
        notes: texts("notes"),
        log,
    })
}

#[cfg(test)]
mod tests {
    use simulator_model::RuntimePath;

    use super::*;

    #[test]
    fn an_order_is_json_whatever_is_in_it() {
        let own = "kind: Pod # \"quoted\" \\ and\ttabs\r\n\u{1}容器\n";
        let fault = |what: &str, to: &str| Fault { at_us: 7, what: what.into(), to: to.into() };
        let mut setup = Setup::new("own", &[RuntimePath::CriO]);
        setup.own = Some(own.to_owned());
        setup.kubelet = Some("1.24".to_owned());
        setup.lanes[0].faults = vec![fault("kill-container", "main"), fault("lose-cni", "")];
        let text = order(&setup, &setup.lanes[0], &Library::default(), Lang::ZhCn);
        let read: Value = serde_json::from_str(&text).expect("an order is JSON");
        assert_eq!(read["text"], own);
        assert_eq!(read["path"], "cri-o");
        assert_eq!(read["kubelet"], "1.24");
        assert_eq!(read["faults"][0]["do"]["kill-container"], "main");
        assert_eq!(read["faults"][1]["do"], "lose-cni");
        assert_eq!(read["files"], serde_json::json!({}));
        assert_eq!(read["lang"], "zh-CN");
    }
}

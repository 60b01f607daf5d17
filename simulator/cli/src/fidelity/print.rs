//! The table as text.

use std::fmt::Write as _;

use simulator_model::compare::{Figures, Share};

use crate::fidelity::{Expected, Row};

/// The table with its heading and a legend.
pub(super) fn table(rows: &[Row], expected: &Expected) -> String {
    let mut text = format!(
        "{:19} {:11} {:15} {:15} {:11} {:17} {:15} {:19} {}\n",
        "scenario",
        "path",
        "calls",
        "fields",
        "polls",
        "OCI",
        "replies",
        "reality with itself",
        "where it differs, why"
    );
    for row in rows {
        let typical = &row.typical;
        let columns = [
            format!("{:15}", typical.calls.to_string()),
            format!("{:15}", typical.fields.to_string()),
            format!("{:11}", typical.polls.to_string()),
            format!("{:17}", share(row.specs)),
            format!("{:15}", typical.replies.to_string()),
            format!("{:19}", ceiling(row.ceiling.as_ref())),
        ];
        let line = format!("{:19} {:11} {}", row.scenario, row.path.name(), columns.join(" "));
        let _ = writeln!(text, "{line} {}", why(row, expected).trim_end());
    }
    text.push_str(&summary(rows));
    text
}

fn share(share: Share) -> String {
    if share.of == 0 { "-".into() } else { share.to_string() }
}

fn ceiling(figures: Option<&Figures>) -> String {
    figures.map_or_else(|| "-".into(), |figures| format!("calls {}", figures.calls))
}

fn why(row: &Row, expected: &Expected) -> String {
    if row.differences().is_empty() {
        return String::new();
    }
    let causes = expected.causes_of(row);
    match row.hit {
        Some(seed) => format!("{causes}; as recorded at seed {seed}"),
        None => causes,
    }
}

fn summary(rows: &[Row]) -> String {
    let mut sum = [Share::default(); 5];
    for row in rows {
        let typical = &row.typical;
        let parts = [typical.calls, typical.fields, typical.polls, row.specs, typical.replies];
        for (sum, part) in sum.iter_mut().zip(parts) {
            sum.add(part);
        }
    }
    let whole = rows.iter().filter(|row| row.differences().is_empty()).count();
    let hits = rows.iter().filter(|row| row.hit.is_some()).count();
    let [calls, fields, polls, specs, replies] = sum;
    format!(
        "\nseed 0, the typical run, is wholly as recorded in {whole} of {} recordings; some seed is \
         in {hits}\ncalls {calls}  fields {fields}  polls {polls}  OCI {specs}  replies {replies}\n",
        rows.len()
    )
}

/// Each difference of each row.
pub(super) fn differences(rows: &[Row]) -> String {
    let mut text = String::new();
    for row in rows {
        let typical = &row.typical;
        let specs = row.other_specs.iter().map(|line| format!("  oci {line}"));
        let lines = typical.differences.iter().cloned().chain(specs);
        let lines: Vec<_> = lines.chain(typical.other_replies.iter().cloned()).collect();
        if !lines.is_empty() {
            let _ = writeln!(text, "\n{} on {}\n{}", row.scenario, row.path, lines.join("\n"));
        }
    }
    text
}

//! Names of every kind (k8s 1.20.2, apimachinery pkg/util/validation/validation.go).

use crate::message::NameRule;

/// Whether a text is a name of some kind.
pub(crate) fn obeys(text: &str, rule: NameRule) -> bool {
    match rule {
        NameRule::Label => text.len() <= 63 && is_label(text),
        NameRule::Subdomain => text.len() <= 253 && text.split('.').all(is_label),
        NameRule::Service => {
            text.len() <= 63 && is_label(text) && text.starts_with(|c: char| c.is_ascii_lowercase())
        }
        NameRule::Port => {
            text.len() <= 15
                && is_label(text)
                && !text.contains("--")
                && text.contains(|c: char| c.is_ascii_lowercase())
        }
        NameRule::Variable => {
            let inside = |c: char| c.is_ascii_alphanumeric() || "_-.".contains(c);
            let starts = |c: char| c.is_ascii_digit();
            let dots = text == "." || text.starts_with("..");
            !text.is_empty() && text.chars().all(inside) && !text.starts_with(starts) && !dots
        }
        NameRule::Key => is_key(text),
        NameRule::LabelValue => text.is_empty() || is_qualified(text),
        NameRule::ConfigKey => {
            let inside = |c: char| c.is_ascii_alphanumeric() || "_-.".contains(c);
            let dots = text == "." || text == ".." || text.starts_with("..");
            !text.is_empty() && text.len() <= 253 && text.chars().all(inside) && !dots
        }
        NameRule::Sysctl => text.len() <= 253 && text.split('.').all(is_sysctl_part),
        NameRule::Address => text.parse::<std::net::IpAddr>().is_ok(),
    }
}

fn is_label(text: &str) -> bool {
    let inside = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    !text.is_empty() && text.chars().all(inside) && !text.starts_with('-') && !text.ends_with('-')
}

/// `name` or `domain/name`
fn is_key(text: &str) -> bool {
    match text.split_once('/') {
        Some((domain, name)) => obeys(domain, NameRule::Subdomain) && is_qualified(name),
        None => is_qualified(text),
    }
}

fn is_qualified(text: &str) -> bool {
    let inside = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    let ends = |c: char| c.is_ascii_alphanumeric();
    text.len() <= 63 && text.chars().all(inside) && text.starts_with(ends) && text.ends_with(ends)
}

/// `^[a-z0-9]([-_a-z0-9]*[a-z0-9])?$`
fn is_sysctl_part(text: &str) -> bool {
    let ends = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    text.chars().all(|c| ends(c) || c == '-' || c == '_')
        && text.starts_with(ends)
        && text.ends_with(ends)
}

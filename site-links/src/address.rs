//! Addresses with the places that name them.

use std::collections::BTreeMap;

/// An address outside the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// The address without its fragment, which servers never see.
    pub url: String,
    /// Who names it: a page with its line, or a source of the facts.
    pub places: Vec<String>,
}

impl Address {
    /// The host that is asked.
    pub fn host(&self) -> &str {
        let rest = self.url.split_once("://").map_or(self.url.as_str(), |(_, rest)| rest);
        rest.split(['/', '?']).next().unwrap_or(rest)
    }
}

/// Reads lines of an address, a tab, and a place; each address comes once, with all its places.
pub fn read(lines: &str) -> Vec<Address> {
    let mut places: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for line in lines.lines() {
        if let Some((url, place)) = line.split_once('\t') {
            let url = url.split('#').next().unwrap_or(url);
            places.entry(url).or_default().push(place.to_owned());
        }
    }
    places.into_iter().map(|(url, places)| Address { url: url.to_owned(), places }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_once_with_all_its_places() {
        let lines = "https://a.org/x#one\ta.md:1\nhttps://b.org\tb.md:2\nhttps://a.org/x\tc.md:3\n";
        let read = read(lines);
        assert_eq!(read.len(), 2);
        assert_eq!(read[0].places, ["a.md:1", "c.md:3"]);
        assert_eq!([read[0].host(), read[1].host()], ["a.org", "b.org"]);
    }
}

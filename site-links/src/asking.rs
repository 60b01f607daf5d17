//! Asks hosts for addresses, and judges what they answer.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::time::Duration;

use ureq::Agent;

use crate::Address;

/// How to ask.
#[derive(Clone, Copy, Debug)]
pub struct Manners {
    /// How many hosts are asked at the same time.
    pub hosts_at_once: usize,
    /// How long to wait before the next question to the same host.
    pub pause: Duration,
    /// How long to wait for an answer, redirections with it.
    pub timeout: Duration,
}

impl Default for Manners {
    fn default() -> Self {
        Self {
            hosts_at_once: 4,
            pause: Duration::from_millis(400),
            timeout: Duration::from_secs(20),
        }
    }
}

/// What became of an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is there.
    There,
    /// The host would not tell a program (401, 403, 429): a person has to look.
    Undecided(String),
    /// It is gone, or nobody answers.
    Gone(String),
}

/// Asks for all addresses; the verdicts come in the order of the addresses.
pub fn ask(addresses: &[Address], manners: Manners) -> Vec<Verdict> {
    let mut by_host: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (index, address) in addresses.iter().enumerate() {
        by_host.entry(address.host()).or_default().push(index);
    }
    let waiting: Mutex<Vec<Vec<usize>>> = Mutex::new(by_host.into_values().collect());
    let verdicts = Mutex::new(vec![Verdict::Gone("it was not asked".to_owned()); addresses.len()]);
    let agent = agent(manners);
    let work = || {
        while let Some(host) = locked(&waiting).pop() {
            for (count, &index) in host.iter().enumerate() {
                if count > 0 {
                    std::thread::sleep(manners.pause);
                }
                let verdict = verdict(&agent, &addresses[index].url, manners.pause);
                locked(&verdicts)[index] = verdict;
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..manners.hosts_at_once.max(1) {
            scope.spawn(work);
        }
    });
    verdicts.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner)
}

fn locked<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

fn agent(manners: Manners) -> Agent {
    let config = Agent::config_builder()
        .timeout_global(Some(manners.timeout))
        .http_status_as_error(false)
        .max_redirects(8)
        .user_agent(concat!("dockershim-book-links/", env!("CARGO_PKG_VERSION")))
        .build();
    Agent::new_with_config(config)
}

/// Asks for the head alone first; what that does not settle is asked for as a reader would, once more.
fn verdict(agent: &Agent, url: &str, pause: Duration) -> Verdict {
    let head = agent.head(url).call().map(|answer| answer.status().as_u16());
    if matches!(head, Ok(status) if status < 400) {
        return Verdict::There;
    }
    std::thread::sleep(pause);
    match agent.get(url).call().map(|answer| answer.status().as_u16()) {
        Ok(status) if status < 400 => Verdict::There,
        Ok(status @ (401 | 403 | 429)) => Verdict::Undecided(format!("status {status}")),
        Ok(status) => Verdict::Gone(format!("status {status}")),
        Err(error) => Verdict::Gone(error.to_string()),
    }
}

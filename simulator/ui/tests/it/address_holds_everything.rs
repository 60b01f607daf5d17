//! The address of the big page holds all that is set up, and a bad one does no harm.

use simulator_model::RuntimePath;
use simulator_ui::address::{Address, TOOL};
use simulator_ui::link::{At, BadLink};
use simulator_ui::pace::Speed;
use simulator_ui::panel::{Asked, Drawer, Tab};
use simulator_ui::setup::{Fault, Lane, OWN, Setup};

fn plain() -> Setup {
    Setup::new("simple", &[RuntimePath::Dockershim, RuntimePath::Containerd])
}

fn read(query: &str) -> Result<Address, BadLink> {
    Address::read(query, "sim-1", &plain())
}

/// One address with everything in it.
fn full() -> Address {
    let fault =
        |at_us, what: &str, to: &str| Fault { at_us, what: what.to_owned(), to: to.to_owned() };
    let broken = Lane {
        path: RuntimePath::CriO,
        simulated: true,
        faults: vec![
            fault(1_500_000, "kill-container", "main"),
            fault(2_000_000, "crash-runtime", ""),
            fault(2_500_000, "fail-call", "StartContainer.0"),
        ],
    };
    let setup = Setup {
        scenario: OWN.to_owned(),
        own: Some("apiVersion: v1\nkind: Pod\nmetadata: {name: 网页}\n".to_owned()),
        lanes: vec![Lane::new(RuntimePath::Dockershim), broken],
        seed: 42,
        kubelet: Some("1.24".to_owned()),
    };
    Address {
        setup,
        at: Some((1, At::Step(317))),
        polls: true,
        speed: Speed::Quarter,
        tab: Tab::Sequence,
        drawer: Some(Drawer::Break),
        tool: "crictl-pods".to_owned(),
        scale: true,
        oci: true,
        asked: Asked::Given(1),
    }
}

#[test]
fn there_and_back() {
    let mut addresses = vec![Address::new(plain()), full()];
    for tab in Tab::ALL {
        addresses.push(Address { tab, at: Some((0, At::Instant(-5))), ..Address::new(plain()) });
    }
    for (scale, oci, tool) in
        [(true, false, "docker-ps"), (false, true, "node-log"), (false, false, "ctr-k8s")]
    {
        let tool = tool.to_owned();
        addresses.push(Address { scale, oci, tool, ..Address::new(plain()) });
    }
    for asked in [Asked::No, Asked::Open, Asked::Given(0), Asked::Given(3)] {
        addresses.push(Address { asked, ..Address::new(plain()) });
    }
    for speed in Speed::ALL {
        addresses.push(Address { speed, ..Address::new(plain()) });
    }
    for drawer in [Drawer::Library, Drawer::Own, Drawer::Break, Drawer::Share] {
        addresses.push(Address { drawer: Some(drawer), ..Address::new(plain()) });
    }
    for address in addresses {
        assert_eq!(read(&address.write("")), Ok(address));
    }
}

#[test]
fn the_rest_of_the_query_stays_and_nothing_needs_an_escape() {
    let query = full().write("?search=a%20b&sim=v1~sim-1.dockershim.s3&embed=1");
    let (kept, ours) = query.split_once("&sim=").expect("it is there");
    assert_eq!(kept, "?search=a%20b&embed=1");
    let plain = |letter: char| letter.is_ascii_alphanumeric() || "-_.~".contains(letter);
    assert!(ours.chars().all(plain), "{ours}");
}

#[test]
fn an_address_of_the_first_version_leads_where_it_led() {
    let old = read("?sim=v1~sim-2.cri-o.s1~sim-1.containerd.s29.p").expect("it can be read");
    assert_eq!(old, Address { at: Some((1, At::Step(29))), polls: true, ..Address::new(plain()) });
    assert_eq!(read("?sim=v1~sim-1.cri-o.s29"), Err(BadLink::Garbled));
}

#[test]
fn what_was_written_once_is_read_for_ever() {
    let written = "?sim=2~c.crash~l.dockershim~l.containerd.s~f.1200000.kill-container.main~n.7\
                   ~k.1.23~a.1.t1500000~v.table~p";
    let address = read(written).expect("it can be read");
    assert_eq!(address.setup.scenario, "crash");
    assert_eq!(address.setup.lanes[1].faults[0].to, "main");
    assert_eq!(address.setup.kubelet.as_deref(), Some("1.23"));
    assert_eq!(address.write(""), written);
    // Written before there were entries for it: the tool, the scale and the specification are those
    // of a page that nobody touched.
    let Address { tool, scale, oci, .. } = address;
    assert_eq!((tool.as_str(), scale, oci), (TOOL, false, false));
    let written = "?sim=2~c.simple~l.cri-o~a.0.s3~v.terminal~t.ctr-k8s~s~o~p~q";
    let address = read(written).expect("it can be read");
    assert_eq!(address.tool, "ctr-k8s");
    assert!(address.scale && address.oci && address.polls && address.asked == Asked::Open);
    assert_eq!(address.write(""), written);
    let written = "?sim=2~c.crash~l.cri-o~f.900000.fail-call.StartContainer.1~q.2";
    let address = read(written).expect("it can be read");
    assert_eq!(address.setup.lanes[0].faults[0].victim(), "StartContainer");
    assert_eq!(address.asked, Asked::Given(2));
    assert_eq!((address.speed, address.drawer), (Speed::DEFAULT, None));
    assert_eq!(address.write(""), written);
    let written = "?sim=2~c.simple~l.cri-o~a.0.s3~x.40~d.own~v.table";
    let address = read(written).expect("it can be read");
    assert_eq!((address.speed, address.drawer), (Speed::Fortieth, Some(Drawer::Own)));
    assert_eq!(address.write(""), written);
}

#[test]
fn a_hostile_address_is_told_from_one_of_another_version() {
    for other in ["?sim=3~c.simple", "?sim=", "?sim=v9"] {
        assert_eq!(read(other), Err(BadLink::Version), "{other}");
    }
    let lanes = "~l.cri-o".repeat(5);
    let faults = "~f.1.x".repeat(9);
    let hostile = [
        "~c.<script>",
        "~c.simple",
        "~l.podman",
        "~l.cri-o.x",
        &lanes,
        &format!("~l.cri-o{faults}"),
        "~f.1.x~l.cri-o",
        "~l.cri-o~f.-1.x",
        "~l.cri-o~f.1",
        "~l.cri-o~f.1.x.%3Cb%3E",
        "~l.cri-o~a.1.s0",
        "~l.cri-o~x.3",
        "~l.cri-o~d.nowhere",
        "~l.cri-o~a.0.q1",
        "~l.cri-o~n.4294967296",
        "~l.cri-o~k.",
        "~l.cri-o~v.chairs",
        "~l.cri-o~t.",
        "~l.cri-o~t.<b>",
        "~l.cri-o~s.1",
        "~l.cri-o~o.x",
        "~l.cri-o~q.x",
        "~l.cri-o~y.AAAA",
        "~l.cri-o~y.!",
        "~l.cri-o~z.1",
        "~l.cri-o~",
    ];
    for entries in hostile {
        assert_eq!(read(&format!("?sim=2{entries}")), Err(BadLink::Garbled), "{entries}");
    }
}

/// Addresses that were mutilated at random: read, or refused, and never more than that.
#[test]
fn no_mutilated_address_makes_the_reader_fall_over() {
    let whole: Vec<char> = full().write("").chars().collect();
    let letters: Vec<char> = "?=&~.slcfnkayvptoq019-_AZaz%é<".chars().collect();
    let mut state = 7_u64;
    let mut next = move |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % below as u64).unwrap_or(0)
    };
    for _ in 0..50_000 {
        let mut text = whole.clone();
        for _ in 0..=next(3) {
            let at = next(text.len());
            match next(3) {
                0 => text.truncate(at.max(1)),
                1 => text[at] = letters[next(letters.len())],
                _ => text.insert(at, letters[next(letters.len())]),
            }
        }
        let query: String = text.into_iter().collect();
        if let Ok(address) = read(&query) {
            assert_eq!(read(&address.write("")), Ok(address), "{query}");
        }
    }
}

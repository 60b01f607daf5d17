//! Addresses are asked of a server on this machine: no network is needed.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Command, Output, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use site_links::{Address, Manners, Verdict, ask};

/// A server with one page for each way to answer, and the requests that it got.
struct Server {
    base: String,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Server {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let base = format!("http://{}", listener.local_addr().expect("its address"));
        let requests = Arc::new(Mutex::new(Vec::new()));
        let noted = Arc::clone(&requests);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let noted = Arc::clone(&noted);
                std::thread::spawn(move || answer(stream, &noted));
            }
        });
        Self { base, requests }
    }

    fn address(&self, path: &str) -> Address {
        Address { url: format!("{}{path}", self.base), places: vec!["page.md:1".to_owned()] }
    }

    fn requests(&self) -> Vec<String> {
        self.requests.lock().expect("the list").clone()
    }
}

/// Answers one request and closes.
fn answer(mut stream: TcpStream, noted: &Mutex<Vec<String>>) {
    let mut lines =
        BufReader::new(stream.try_clone().expect("a reader")).lines().map_while(Result::ok);
    let request = lines.next().unwrap_or_default();
    let _ = lines.find(String::is_empty);
    let request = request.rsplit_once(' ').map_or(request.as_str(), |(start, _)| start).to_owned();
    noted.lock().expect("the list").push(request.clone());
    let (status, more) = match request.as_str() {
        "HEAD /there" | "GET /no-head" => ("200 OK", ""),
        "HEAD /no-head" => ("405 Method Not Allowed", ""),
        "HEAD /moved" => ("302 Found", "Location: /there\r\n"),
        "HEAD /refused" | "GET /refused" => ("403 Forbidden", ""),
        "HEAD /slow" | "GET /slow" => {
            std::thread::sleep(Duration::from_secs(5));
            ("200 OK", "")
        }
        _ => ("404 Not Found", ""),
    };
    let text = format!("HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n{more}\r\n");
    let _ = stream.write_all(text.as_bytes());
}

const QUICK: Manners = Manners {
    hosts_at_once: 2,
    pause: Duration::from_millis(1),
    timeout: Duration::from_millis(500),
};

#[test]
fn what_is_there_is_there_even_moved_or_without_head() {
    let server = Server::start();
    let addresses = ["/there", "/moved", "/no-head"].map(|path| server.address(path));
    assert_eq!(ask(&addresses, QUICK), [Verdict::There, Verdict::There, Verdict::There]);
    let expected = ["HEAD /there", "HEAD /moved", "HEAD /there", "HEAD /no-head", "GET /no-head"];
    assert_eq!(server.requests(), expected, "one host is asked one thing after the other");
}

#[test]
fn what_is_gone_silent_or_refused_is_told() {
    let server = Server::start();
    let nobody = Address { url: "http://127.0.0.1:9/".to_owned(), places: Vec::new() };
    let addresses =
        [server.address("/lost"), server.address("/refused"), server.address("/slow"), nobody];
    let verdicts = ask(&addresses, QUICK);
    assert_eq!(verdicts[0], Verdict::Gone("status 404".to_owned()));
    assert_eq!(verdicts[1], Verdict::Undecided("status 403".to_owned()));
    assert!(matches!(&verdicts[2], Verdict::Gone(why) if why.contains("timeout")), "{verdicts:?}");
    assert!(matches!(&verdicts[3], Verdict::Gone(_)), "{verdicts:?}");
}

/// What the program says about some lines.
fn run(lines: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_site-links"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut input = child.stdin.take().expect("its input");
    input.write_all(lines.as_bytes()).expect("it reads");
    drop(input);
    child.wait_with_output().expect("it ends")
}

#[test]
fn the_program_names_the_places_of_what_is_gone_and_fails() {
    let server = Server::start();
    let base = &server.base;
    let output =
        run(&format!("{base}/there\ta.md:1\n{base}/lost#x\tb.md:2\n{base}/lost\tc.md:3\n"));
    let told = String::from_utf8_lossy(&output.stdout);
    assert_eq!(output.status.code(), Some(1), "{told}");
    let expected = format!(
        "asking for 2 addresses\ngone: {base}/lost (status 404)\n    b.md:2\n    c.md:3\n\
         1 there, 0 that a program may not see, 1 gone\n"
    );
    assert_eq!(told, expected);
    assert!(run(&format!("{base}/there\ta.md:1\n")).status.success());
}

//! The runc commands below the runtimes, worked out from calls and changes.
//!
//! Who runs them:
//!
//! - A shim (Docker, containerd): `create` and `start`; `kill`; after an exit `delete`, and then
//!   `delete --force` by the fresh shim that cleans up after it (containerd 1.6.20,
//!   runtime/v2/runc/v2/service.go, runtime/v2/shim.go). A process that has its IDs from elsewhere
//!   takes what it left behind with it (`ShouldKillAllOnExit`), and the CRI plugin asks for that in
//!   any case (`WithProcessKill`, pkg/cri/server/events.go).
//! - conmon: `create` and `exec`. CRI-O: the rest, and `state` whenever it wants to know
//!   (CRI-O 1.23.0, `internal/oci/runtime_oci.go`).

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::RuntimePath;
use crate::call::{EngineCall, EngineRequest, Reply, Request, Target};
use crate::clock::{Duration, Instant};
use crate::export::wall_clock;
use crate::identity::{ContainerId, PodId, SandboxId};
use crate::messages::namespace_mode;
use crate::node::{Around, Change, ExitCause};
use crate::run::{CallRecord, Run};

/// How long after the cgroup of its pod is destroyed a process is seen to have ended.
const CGROUP: Duration = Duration::from_millis(60);
/// One runc command takes about so long.
const COMMAND: Duration = Duration::from_millis(45);
/// How long CRI-O waits for the exit file of a container whose conmon is dead.
const EXIT_FILE: Duration = Duration::from_millis(3_780);

/// One command.
struct Command {
    at: Instant,
    target: Target,
    what: What,
}

/// What runc is told to do.
#[derive(Clone, Copy)]
enum What {
    Create,
    Start,
    /// SIGTERM.
    Term,
    /// SIGKILL.
    Kill,
    /// SIGKILL to all its processes.
    KillAll,
    Delete,
    DeleteForce,
    Exec,
    State,
}

/// The lines, with their instants.
pub(super) fn lines(run: &Run) -> impl Iterator<Item = (Instant, Value)> {
    let mut teller = Teller::of(run);
    for (at, change) in &run.changes {
        teller.change(*at, change);
    }
    for call in &run.calls {
        teller.call(call);
    }
    let mut commands = teller.commands;
    commands.sort_by_key(|command| command.at);
    commands.into_iter().map(|command| (command.at, line(run, &command)))
}

/// Tells the commands of a run.
struct Teller<'a> {
    run: &'a Run,
    commands: Vec<Command>,
    /// When the cgroup of a pod was destroyed last.
    destroyed: BTreeMap<PodId, Instant>,
    /// When containers that run were started.
    running: BTreeMap<ContainerId, Instant>,
    /// Since when nobody hears of exits, and of which.
    deaf: Option<Vec<Target>>,
    /// When the containerd below Docker Engine came back last.
    containerd_back: Option<Instant>,
    /// Containers whose conmon died with them.
    lost: BTreeMap<ContainerId, Instant>,
}

impl<'a> Teller<'a> {
    fn of(run: &'a Run) -> Self {
        Self {
            run,
            commands: Vec::new(),
            destroyed: BTreeMap::new(),
            running: BTreeMap::new(),
            deaf: None,
            containerd_back: None,
            lost: BTreeMap::new(),
        }
    }

    fn crio(&self) -> bool {
        self.run.path == RuntimePath::CriO
    }

    fn say(&mut self, at: Instant, target: Target, what: What) {
        self.commands.push(Command { at, target, what });
    }

    fn change(&mut self, at: Instant, change: &Change) {
        match *change {
            Change::Runtime { up: false } => self.deaf = Some(Vec::new()),
            Change::Runtime { up: true } => self.hears_again(at),
            Change::Around(Around::Containerd { up: true }) => self.containerd_back = Some(at),
            Change::CgroupDestroyed(pod) => drop(self.destroyed.insert(pod, at)),
            Change::ContainerCreated(id) if self.crio() => self.made_by_conmon(at, id),
            Change::ContainerStarted(id) => self.started(at, Target::Container(id)),
            Change::SandboxStarted(id) => self.started(at, Target::Sandbox(id)),
            Change::ContainerTerminated(id) => self.say(at, Target::Container(id), What::Term),
            Change::ContainerExited { container, cause } => self.exited(at, container, cause),
            Change::SandboxExited(id) => self.sandbox_exited(at, id, true),
            Change::SandboxKilled(id) => self.sandbox_exited(at, id, false),
            Change::ContainerRemoved(id) if self.crio() => {
                self.say(at, Target::Container(id), What::DeleteForce);
            }
            Change::SandboxRemoved(id) if self.crio() && self.has_process(id) => {
                self.say(at, Target::Sandbox(id), What::DeleteForce);
            }
            _ => {}
        }
    }

    /// Whether the sandbox has a process of its own.
    fn has_process(&self, id: SandboxId) -> bool {
        !self.crio() || crate::oci::crio::needs_pause(&self.run.catalog.sandbox(id).config)
    }

    /// Where the process IDs of a target come from.
    fn pid_mode(&self, target: Target) -> i32 {
        let catalog = &self.run.catalog;
        match target {
            Target::Sandbox(id) => {
                catalog.sandbox(id).config.linux.security_context.namespace_options.pid
            }
            Target::Container(id) => {
                catalog.container(id).config.linux.security_context.namespace_options.pid
            }
        }
    }

    /// conmon has made a container before the call that asked for it is over.
    fn made_by_conmon(&mut self, at: Instant, id: ContainerId) {
        let target = Target::Container(id);
        let made = |call: &CallRecord| call.outcome == Ok(Reply::Container(id));
        let begun = self.call_at(at, made).map_or(at, |call| call.at);
        let half = Duration::from_micros(at.since(begun).as_micros() / 2);
        self.say(begun + half, target, What::Create);
        self.say(at, target, What::State);
    }

    /// The latest call that was on its way at an instant.
    fn call_at(&self, at: Instant, is: impl Fn(&CallRecord) -> bool) -> Option<&'a CallRecord> {
        let calls = &self.run.calls;
        let begun = &calls[..calls.partition_point(|call| call.at <= at)];
        begun.iter().rfind(|call| call.end >= at && is(call))
    }

    /// When the request that started a target was made.
    fn start_begun(&self, at: Instant, target: Target) -> Option<Instant> {
        let starts = |call: &EngineCall| call.request == EngineRequest::ContainerStart(target);
        let of = |call: &CallRecord| match (&call.request, target) {
            (Request::StartContainer(id), Target::Container(of)) => *id == of,
            (Request::RunPodSandbox { .. }, Target::Sandbox(of)) => {
                call.outcome == Ok(Reply::Sandbox(of)) || call.engine.iter().any(starts)
            }
            _ => false,
        };
        let call = self.call_at(at, of)?;
        Some(call.engine.iter().find(|call| starts(call)).map_or(call.at, |engine| engine.at))
    }

    fn started(&mut self, at: Instant, target: Target) {
        if let Target::Container(id) = target {
            self.running.insert(id, at);
        }
        if let Target::Sandbox(id) = target
            && !self.has_process(id)
        {
            return;
        }
        let begun = self.start_begun(at, target).unwrap_or(at);
        let part =
            |tenths: i64| begun + Duration::from_micros(at.since(begun).as_micros() * tenths / 10);
        match (self.crio(), target) {
            (false, _) => {
                self.say(part(4), target, What::Create);
                self.say(part(8), target, What::Start);
            }
            (true, Target::Container(_)) => {
                self.say(part(5), target, What::Start);
                self.say(part(9), target, What::State);
            }
            (true, Target::Sandbox(_)) => {
                self.say(part(5), target, What::Create);
                self.say(part(7), target, What::Start);
                self.say(part(9), target, What::State);
            }
        }
    }

    fn exited(&mut self, at: Instant, id: ContainerId, cause: ExitCause) {
        let target = Target::Container(id);
        let started = self.running.remove(&id);
        if cause == ExitCause::Killed && self.killed_by_runc(at, id) {
            self.say(at, target, What::Kill);
        }
        if cause == ExitCause::Lost {
            self.lost.insert(id, at);
            return;
        }
        if let Some(deaf) = &mut self.deaf {
            deaf.push(target);
            return;
        }
        // The look after the start has found that it is over already.
        let at_once = started.is_some_and(|started| at.since(started) < COMMAND + COMMAND);
        self.cleared_away(at, target, self.crio() && at_once);
    }

    /// What is done about a process that has ended.
    fn cleared_away(&mut self, at: Instant, target: Target, looked: bool) {
        if self.crio() {
            if !looked {
                self.say(at + COMMAND, target, What::State);
            }
            self.say(at + COMMAND * 2, target, What::State);
            return;
        }
        let own = match target {
            Target::Sandbox(_) => self.pid_mode(target) != namespace_mode::NODE,
            Target::Container(_) => self.pid_mode(target) == namespace_mode::CONTAINER,
        };
        let mut steps = vec![What::Delete, What::DeleteForce];
        if !own {
            steps.insert(0, What::KillAll);
        }
        if self.run.path == RuntimePath::Containerd {
            steps.insert(0, What::KillAll);
        }
        for (what, place) in steps.into_iter().zip(1..) {
            self.say(at + COMMAND * place, target, what);
        }
    }

    /// Whether SIGKILL came by way of the runtime: neither with the cgroup of the pod, nor from
    /// dockerd itself while its containerd was away, nor from a person who uses no runtime for it.
    fn killed_by_runc(&self, at: Instant, id: ContainerId) -> bool {
        let entry = self.run.catalog.container(id);
        let destroyed = self.destroyed.get(&entry.pod);
        if destroyed.is_some_and(|when| *when + CGROUP == at) || self.containerd_back == Some(at) {
            return false;
        }
        if self.run.path.has_docker() {
            return true;
        }
        let stops = |call: &CallRecord| match &call.request {
            Request::StopContainer { container, timeout } => {
                *container == id && at.since(call.at) >= Duration::from_secs(*timeout)
            }
            Request::StopPodSandbox(sandbox) => *sandbox == entry.sandbox,
            _ => false,
        };
        self.call_at(at, stops).is_some()
    }

    /// A pause process has ended: it was `asked` to, or killed.
    fn sandbox_exited(&mut self, at: Instant, id: SandboxId, asked: bool) {
        let target = Target::Sandbox(id);
        if !self.has_process(id) {
            return;
        }
        let pod = self.run.catalog.sandbox(id).pod;
        let with_cgroup = self.destroyed.get(&pod).is_some_and(|when| *when + CGROUP == at);
        // A person kills it through Docker where there is one.
        let what = match (asked, self.run.path) {
            (true, RuntimePath::Containerd) => Some(What::Kill),
            (true, _) => Some(What::Term),
            (false, path) if path.has_docker() && !with_cgroup => Some(What::Kill),
            _ => None,
        };
        if let Some(what) = what {
            self.say(at, target, what);
        }
        match &mut self.deaf {
            Some(deaf) => deaf.push(target),
            None => self.cleared_away(at, target, false),
        }
    }

    /// A daemon that comes back hears what ended without it; CRI-O looks at all that should run.
    fn hears_again(&mut self, at: Instant) {
        for target in self.deaf.take().into_iter().flatten() {
            self.cleared_away(at, target, false);
        }
        if self.crio() {
            let running: Vec<_> = self.running.keys().copied().collect();
            for id in running {
                self.cleared_away(at, Target::Container(id), false);
            }
        }
    }

    /// What a call has runc do that changes nothing.
    fn call(&mut self, call: &CallRecord) {
        let middle = call.at + Duration::from_micros(call.end.since(call.at).as_micros() / 2);
        match (&call.request, &call.outcome) {
            (Request::ExecSync { container, .. }, Ok(_)) => {
                self.say(middle, Target::Container(*container), What::Exec);
            }
            (Request::ContainerStatus(id), _) => self.looks_for_exit_file(call, *id, 1),
            (Request::StopContainer { container, .. }, _) => {
                self.looks_for_exit_file(call, *container, 2);
            }
            _ => {}
        }
    }

    /// CRI-O looks at a container whose exit file never comes so many times, each time before and
    /// after it has waited for the file.
    fn looks_for_exit_file(&mut self, call: &CallRecord, id: ContainerId, times: i64) {
        if self.lost.get(&id).is_none_or(|lost| *lost > call.end) {
            return;
        }
        for back in (0..times).rev() {
            let end = call.end + (EXIT_FILE + COMMAND) * -back;
            let target = Target::Container(id);
            self.say(end + EXIT_FILE * -1, target, What::State);
            self.say(end, target, What::State);
        }
    }
}

/// One line. Names that are made up at random are left open.
fn line(run: &Run, command: &Command) -> Value {
    let catalog = &run.catalog;
    let (id, tty) = match command.target {
        Target::Sandbox(id) => (catalog.sandbox_name(id), false),
        Target::Container(id) => (catalog.container_name(id), catalog.container(id).config.tty),
    };
    let crio = run.path == RuntimePath::CriO;
    let (verb, after) = if crio {
        of_crio(command.what, &id, tty)
    } else {
        of_shim(command.what, &bundle(run, &id), tty)
    };
    let mut args: Vec<String> = if !crio {
        let docker = run.path.has_docker();
        let root = if docker {
            "/var/run/docker/runtime-runc/moby"
        } else {
            "/run/containerd/runc/k8s.io"
        };
        let log = format!("{}/log.json", bundle(run, &id));
        ["--root", root, "--log", &log, "--log-format", "json"].map(str::to_owned).into()
    } else if matches!(command.what, What::Create | What::Exec) {
        // conmon's way to say it.
        vec!["--root=/run/runc".into()]
    } else {
        vec!["--root".into(), "/run/runc".into()]
    };
    args.push(verb.into());
    let id_last = !matches!(command.what, What::Term | What::Kill | What::KillAll);
    if id_last {
        args.extend(after);
        args.push(id);
    } else {
        let (signal, flags) = after.split_last().expect("a kill says its signal");
        args.extend(flags.iter().cloned());
        args.push(id);
        args.push(signal.clone());
    }
    json!({"runc": verb, "args": args, "unix_s": unix_seconds(command.at)})
}

/// Where the shim keeps what belongs to a container.
fn bundle(run: &Run, id: &str) -> String {
    let namespace = if run.path.has_docker() { "moby" } else { "k8s.io" };
    format!("/run/containerd/io.containerd.runtime.v2.task/{namespace}/{id}")
}

fn of_shim(what: What, bundle: &str, tty: bool) -> (&'static str, Vec<String>) {
    let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    match what {
        What::Create => {
            let pid = format!("{bundle}/init.pid");
            let mut after = words(&["--bundle", bundle, "--pid-file", &pid]);
            if tty {
                after.extend(words(&["--console-socket", "/tmp/pty{random}/pty.sock"]));
            }
            ("create", after)
        }
        What::Exec => {
            let pid = format!("{bundle}/{{random}}.pid");
            let process = "/tmp/runc-process{random}";
            ("exec", words(&["--process", process, "--detach", "--pid-file", &pid]))
        }
        What::Start => ("start", Vec::new()),
        What::Term => ("kill", words(&["15"])),
        What::Kill => ("kill", words(&["9"])),
        What::KillAll => ("kill", words(&["--all", "9"])),
        What::Delete => ("delete", Vec::new()),
        What::DeleteForce => ("delete", words(&["--force"])),
        What::State => ("state", Vec::new()),
    }
}

fn of_crio(what: What, id: &str, tty: bool) -> (&'static str, Vec<String>) {
    let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    match what {
        What::Create => {
            let bundle = format!("/var/run/containers/storage/overlay-containers/{id}/userdata");
            let pid = format!("{bundle}/pidfile");
            let mut after = words(&["--bundle", &bundle, "--pid-file", &pid]);
            if tty {
                after.extend(words(&["--console-socket", "/tmp/conmon-term.{random}"]));
            }
            ("create", after)
        }
        What::Exec => {
            let (pid, process) = ("/tmp/pidfile{random}", "/tmp/exec-process-{random}");
            ("exec", words(&["--pid-file", pid, "--process", process, "--detach"]))
        }
        What::Kill => ("kill", words(&["KILL"])),
        other => of_shim(other, "", tty),
    }
}

/// Seconds since 1970, to the µs.
#[allow(clippy::cast_precision_loss, reason = "the recorder wrote a float as well")]
fn unix_seconds(at: Instant) -> f64 {
    (wall_clock(at) / 1_000) as f64 / 1e6
}

//! A run in figures: how many calls it took, and how long until the container ran.

use crate::{Lang, Run, What, duration};

/// What a run took. Polls are not counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// CRI calls.
    pub cri: usize,
    /// Calls to Docker Engine.
    pub docker: usize,
    /// runc commands.
    pub runc: usize,
    /// From the first `RunPodSandbox` to the answer of the first `StartContainer`, in µs.
    pub running_after_us: Option<i64>,
}

impl Tally {
    /// Counts a whole run.
    pub fn of(run: &Run) -> Self {
        Self::until(run, i64::MAX)
    }

    /// Counts what had begun by an instant, in µs since the pod was applied.
    pub fn until(run: &Run, now_us: i64) -> Self {
        let mut tally = Self::default();
        let begun = run.acting().filter(|(_, step)| step.at_us <= now_us);
        let mut first_us = None;
        for (_, step) in begun {
            match step.what {
                What::Cri(call) => {
                    tally.cri += 1;
                    let call = &run.recording.calls[call];
                    match call.call.as_str() {
                        "RunPodSandbox" => first_us = first_us.or(Some(step.at_us)),
                        "StartContainer" if call.is_ok() && step.end_us() <= now_us => {
                            let since = first_us.map(|first| step.end_us() - first);
                            tally.running_after_us = tally.running_after_us.or(since);
                        }
                        _ => {}
                    }
                }
                What::Engine(..) | What::Outside(_) => tally.docker += 1,
                What::Runc(_) => tally.runc += 1,
                What::Mark(_) | What::Cni(_) => {}
            }
        }
        tally
    }

    /// The figures in words; only the time where room is short.
    pub fn words(&self, short: bool, lang: Lang) -> String {
        let time = self.running_after_us.map(|us| duration(us, lang));
        let ran = |time: String| match lang {
            Lang::En if short => format!("running after {time}"),
            Lang::En => format!("first call to running container: {time}"),
            Lang::ZhCn if short => format!("{time}后运行"),
            Lang::ZhCn => format!("从首次调用到容器运行：{time}"),
        };
        match time {
            Some(time) if short => ran(time),
            Some(time) => format!("{} · {}", ran(time), self.calls(lang)),
            None => self.calls(lang),
        }
    }

    fn calls(&self, lang: Lang) -> String {
        let Self { cri, docker, .. } = self;
        match (lang, docker) {
            (Lang::En, 0) => format!("{cri} CRI calls"),
            (Lang::En, docker) => format!("{cri} CRI calls, {docker} Docker calls"),
            (Lang::ZhCn, 0) => format!("{cri} 次 CRI 调用"),
            (Lang::ZhCn, docker) => format!("{cri} 次 CRI 调用，{docker} 次 Docker 调用"),
        }
    }
}

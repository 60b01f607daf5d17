//! The words of the controls, in both languages.

use simulator_view::Lang;

/// Every text of the player that is not told by the view.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Word {
    /// The figure as a whole.
    Player,
    /// Start.
    Play,
    /// Stop.
    Pause,
    /// One step on.
    Forward,
    /// One step back.
    Back,
    /// To the first step.
    First,
    /// To the last step.
    Last,
    /// The slider.
    Time,
    /// The choice of speed.
    Speed,
    /// The switch for polls.
    Polls,
    /// The choice of the run that is followed.
    Follow,
    /// The list.
    Steps,
    /// The inspector.
    Details,
    /// The list and the inspector together.
    Panels,
    /// The keys.
    Keys,
    /// Close the sheet of keys.
    Close,
    /// That idle time is cut short.
    Idle,
    /// A hop that is not in the recording.
    Derived,
    /// The recording as a file.
    Recording,
    /// About the recordings.
    About,
    /// The player did not start.
    Failed,
    /// Before the name of what was not a recording.
    Unread,
    /// A link of another version.
    LinkVersion,
    /// A link that cannot be read.
    LinkGarbled,
    /// No messages with this step.
    NoMessages,
    /// The way to the big page.
    Whole,
}

impl Word {
    /// The word in a language.
    pub const fn text(self, lang: Lang) -> &'static str {
        let (en, zh) = self.both();
        lang.pick(en, zh)
    }

    const fn both(self) -> (&'static str, &'static str) {
        match self {
            Self::Player => ("Recording of a pod, to play", "可播放的 Pod 录制"),
            Self::Play => ("Play", "播放"),
            Self::Pause => ("Pause", "暂停"),
            Self::Forward => ("Next step", "下一步"),
            Self::Back => ("Previous step", "上一步"),
            Self::First => ("First step", "第一步"),
            Self::Last => ("Last step", "最后一步"),
            Self::Time => ("Time since the pod was applied", "自提交 Pod 起的时间"),
            Self::Speed => ("Speed, against real time", "速度（与真实时间之比）"),
            Self::Polls => ("Show polling", "显示轮询"),
            Self::Follow => ("Follow", "跟随"),
            Self::Steps => ("Steps", "步骤"),
            Self::Details => ("Details", "详情"),
            Self::Panels => ("Steps and messages", "步骤与消息"),
            Self::Keys => ("Keys", "快捷键"),
            Self::Close => ("Close", "关闭"),
            Self::Idle => (
                "Waits are cut short, in the picture and in playing; the clock shows the true \
                 time.",
                "等待在图中和播放时都缩短了；时钟显示的是真实时间。",
            ),
            Self::Derived => ("derived", "推算"),
            Self::Recording => ("The recording", "录制文件"),
            Self::About => ("How it was recorded", "录制方法"),
            Self::Unread => ("This cannot be read as a recording: ", "无法作为录制读取："),
            Self::Failed => (
                "The player could not start; the picture and the list below are complete.",
                "播放器未能启动；下面的图和列表是完整的。",
            ),
            Self::LinkVersion => (
                "The link is for another version of this page; this is where every reader starts.",
                "这个链接对应本页的另一个版本；现在显示的是默认的起点。",
            ),
            Self::LinkGarbled => (
                "The link was cut off or changed on its way; this is where every reader starts.",
                "这个链接不完整，或有改动；现在显示的是默认的起点。",
            ),
            Self::Whole => ("Open in the simulator", "在模拟器中打开"),
            Self::NoMessages => {
                ("Nothing was recorded inside this step.", "这一步没有录到消息内容。")
            }
        }
    }
}

/// The keys and what they do, for the sheet of keys; the last are of the big page alone.
pub fn keys(lang: Lang) -> [(&'static str, &'static str); KEYS + KEYS_OF_PAGE] {
    [
        (lang.pick("Space", "空格"), lang.pick("play or pause", "播放或暂停")),
        ("← →", lang.pick("previous, next step", "上一步、下一步")),
        ("Home End", lang.pick("first, last step", "第一步、最后一步")),
        ("[ ]", lang.pick("previous, next phase", "上一阶段、下一阶段")),
        ("n", lang.pick("next change of state", "下一次状态变化")),
        ("e", lang.pick("next error", "下一处错误")),
        ("− +", lang.pick("slower, faster", "减速、加速")),
        ("p", lang.pick("show or hide polling", "显示或隐藏轮询")),
        ("?", lang.pick("this sheet", "本说明")),
        ("Esc", lang.pick("close what is open", "关闭打开的内容")),
        ("← →", lang.pick("on a tab: the tab beside it", "在标签上：相邻的标签")),
    ]
}

/// How many keys every player has, and how many more the big page.
pub const KEYS: usize = 10;
const KEYS_OF_PAGE: usize = 1;

/// How many polls are folded away at a place of the list.
pub fn folded(count: usize, lang: Lang) -> String {
    match lang {
        Lang::En if count == 1 => "1 poll".to_owned(),
        Lang::En => format!("{count} polls"),
        Lang::ZhCn => format!("{count} 次轮询"),
    }
}

/// What had been called in a run by the instant shown.
pub fn so_far(cri: usize, docker: usize, runc: usize) -> String {
    match docker {
        0 => format!("{cri} CRI · {runc} runc"),
        _ => format!("{cri} CRI · {docker} Docker · {runc} runc"),
    }
}

//! 中文句子。

use simulator_model::lang::Lang;
use simulator_model::scenario::FORMAT;

use crate::message::{Message, NameRule, PathRule, Shape, Why, listed};

/// Where something near is known, no longer list than this is given.
const WORDS_MAX: usize = 8;

pub(super) fn sentence(message: &Message) -> String {
    reading(message)
        .or_else(|| shape(message))
        .or_else(|| amounts(message))
        .unwrap_or_else(|| rules(message))
}

/// What keeps a text from being read.
fn reading(message: &Message) -> Option<String> {
    Some(match message {
        Message::TooLong { bytes, limit } => {
            format!("文本有 {bytes} 字节，最多读取 {limit} 字节")
        }
        Message::TooDeep => "嵌套太深，清单不会有这么多层".into(),
        Message::TooManyValues => "展开别名之后，值的数量超出了清单应有的规模".into(),
        Message::TooManyPods { limit } => format!("一次最多模拟 {limit} 个 Pod"),
        Message::More { count } => format!("另有 {count} 处错误，请先改正以上各处"),
        Message::Syntax { info } => format!("不是合法的 YAML：{info}"),
        Message::KeyNotText => "键必须是文本".into(),
        Message::KeyTwice { key, line } => {
            format!("`{key}` 重复，第 {line} 行已经有了，请删去一处")
        }
        Message::MergeNotMap => "`<<` 只能合并映射".into(),
        Message::AliasInItself => "别名不能出现在它自己所指的内容里".into(),
        Message::Nothing => "文本里没有清单，请从 `apiVersion` 和 `kind` 写起".into(),
        _ => return None,
    })
}

/// What has another shape than the API's types.
fn shape(message: &Message) -> Option<String> {
    Some(match message {
        Message::NoKind => "缺少 `kind`，例如可写 `kind: Pod`".into(),
        Message::UnknownKind { kind, near } => format!(
            "`{kind}` 不会产生 Pod；会产生 Pod 的有 Pod、Deployment、ReplicaSet、\
             ReplicationController、DaemonSet、StatefulSet、Job、CronJob{}",
            meant(near.as_deref())
        ),
        Message::ApiVersion { kind, found, known } => {
            format!("`{found}` 里没有 `{kind}`，请写 `apiVersion: {known}`")
        }
        Message::UnknownField { field, of, near } => {
            format!("`{of}` 没有字段 `{field}`{}", meant(near.as_deref()))
        }
        Message::Type { wanted: Shape::TextInQuotes, found } => {
            format!("此处应为文本，但 YAML 会读成{}，请加引号", shape_word(*found))
        }
        Message::Type { wanted, found } => {
            format!("此处应为{}，现在是{}", shape_word(*wanted), shape_word(*found))
        }
        Message::Word { found, known, near: Some(near) } if known.len() > WORDS_MAX => {
            format!("此处不能写 `{found}`，是不是 `{near}`？")
        }
        Message::Word { found, known, near } => {
            let known = listed(known, "、");
            format!("此处不能写 `{found}`；可选的有 {known}{}", meant(near.as_deref()))
        }
        Message::Missing { field } => format!("缺少 `{field}`"),
        Message::Empty { field } => format!("`{field}` 是空的，至少要有一项"),
        _ => return None,
    })
}

/// Numbers, quantities and names.
fn amounts(message: &Message) -> Option<String> {
    Some(match message {
        Message::Range { least, most } if *most == i64::MAX => format!("不能小于 {least}"),
        Message::Range { least, most } => format!("应在 {least} 到 {most} 之间"),
        Message::Name { found, rule } => format!("`{found}` 不是{}", name_rule(*rule)),
        Message::Taken { found, line } => {
            format!("`{found}` 与第 {line} 行重复，必须各不相同")
        }
        Message::Quantity { found } => {
            format!("`{found}` 不是资源数量，请写数字加后缀，例如 `m`、`Ki`、`Mi`、`G`")
        }
        Message::Amount { found } => format!("`{found}` 应为不小于零的整数"),
        Message::RequestOverLimit { resource } => format!("`{resource}` 的请求超过了限制"),
        Message::RequestIsLimit { resource } => format!("`{resource}` 的请求和限制必须相等"),
        Message::MustBeOne => "只能是 1".into(),
        Message::HostPortDiffers { port } => {
            format!("使用 `hostNetwork` 时，节点端口就是容器端口，请写 `hostPort: {port}` 或者不写")
        }
        Message::Path { found, rule } => {
            let rule = match rule {
                PathRule::NoColon => "不能含有 `:`",
                PathRule::Inside => "必须是相对路径，且不能含有 `..`",
                PathRule::NoBacksteps => "不能含有 `..`",
            };
            format!("路径 `{found}` {rule}")
        }
        Message::FieldPath { found } => format!(
            "容器取不到字段 `{found}`；可取的有 metadata.name、metadata.namespace、\
             metadata.uid、metadata.labels['KEY']、metadata.annotations['KEY']、spec.nodeName、\
             spec.serviceAccountName、status.hostIP、status.podIP、status.podIPs"
        ),
        Message::Resource { found } => format!(
            "容器取不到资源 `{found}`；可取的是 cpu、memory、ephemeral-storage 的 limits. 和 \
             requests."
        ),
        _ => return None,
    })
}

/// What goes against a rule between fields.
fn rules(message: &Message) -> String {
    match message {
        Message::OneAction { found: 0, known } => {
            format!("请写其中之一：{}", known.replace(", ", "、"))
        }
        Message::OneAction { found, known } => {
            format!("这里有 {found} 个，只能保留其中之一：{}", known.replace(", ", "、"))
        }
        Message::OneSource { found } => format!("{} 只能保留一个", listed(found, "、")),
        Message::NoSuchVolume { found, near } => {
            format!("Pod 没有名为 `{found}` 的卷{}", meant(near.as_deref()))
        }
        Message::Both { one, other } => format!("`{one}` 与 `{other}` 不能同时使用"),
        Message::NeedsPrivileged => "只有 `privileged: true` 的容器能向节点传播挂载".into(),
        Message::CannotForbidEscalation => "`allowPrivilegeEscalation: false` 与 \
             `privileged: true` 或权能 CAP_SYS_ADMIN 矛盾"
            .into(),
        Message::RestartPolicy { kind, allowed } => {
            let allowed = allowed.replace('|', "` 或 `");
            format!("{kind} 的 Pod 的 `restartPolicy` 必须是 `{allowed}`")
        }
        Message::SelectorMisses => "选择算符选不中模板的标签，请让两者一致".into(),
        Message::Forbidden { why } => match why {
            Why::InitContainer => "Init 容器没有探针和回调".into(),
            Why::NotLocalhost => "只有 `type: Localhost` 才有自己的配置文件".into(),
            Why::Ephemeral => "此项只能由 API 服务器设置".into(),
            Why::ReservedByKubelet => "此项只能由 kubelet 设置".into(),
        },
        Message::NoNameServer => "`dnsPolicy: None` 需要在 `dnsConfig` 中给出域名服务器".into(),
        Message::SharedAndHostPid => "`hostPID` 与 `shareProcessNamespace` 不能同时使用".into(),
        Message::Scenario { mistake } => mistake.text(Lang::ZhCn),
        Message::OneScenario => format!("一个场景就是一份写有 `format: {FORMAT}` 的文档"),
        Message::Unread { path, error } => format!("读不了清单 `{path}`：{error}"),
        Message::Unfit { text } => text.clone(),
        _ => String::new(),
    }
}

fn meant(near: Option<&str>) -> String {
    near.map(|near| format!("，是不是 `{near}`？")).unwrap_or_default()
}

const fn shape_word(shape: Shape) -> &'static str {
    match shape {
        Shape::Null => "空值",
        Shape::Text | Shape::TextInQuotes => "文本",
        Shape::Bool => "布尔值",
        Shape::Int => "整数",
        Shape::Float => "小数",
        Shape::IntOrText => "端口号或端口名称",
        Shape::List => "列表",
        Shape::Map => "映射",
    }
}

const fn name_rule(rule: NameRule) -> &'static str {
    match rule {
        NameRule::Label => {
            "合法的 DNS 标签（RFC 1123）：最多 63 个小写字母、数字和 `-`，首尾不能是 `-`"
        }
        NameRule::Subdomain => {
            "合法的 DNS 名称（RFC 1123）：最多 253 个小写字母、数字、`-` 和 `.`，每段首尾为字母或数字"
        }
        NameRule::Service => "以字母开头的 DNS 标签（RFC 1035），最多 63 个字符",
        NameRule::Port => "合法的端口名称：最多 15 个小写字母、数字和不相连的 `-`，至少有一个字母",
        NameRule::Variable => "合法的变量名：字母、数字、`_`、`-` 和 `.`，不以数字开头",
        NameRule::Key => "合法的键：`name` 或 `domain/name`，名称最多 63 个字母、数字和 `-_.`",
        NameRule::LabelValue => "合法的标签值：最多 63 个字母、数字和 `-_.`，首尾为字母或数字",
        NameRule::ConfigKey => " ConfigMap 或 Secret 的合法键：字母、数字、`-`、`_` 和 `.`",
        NameRule::Sysctl => "内核参数的名称，例如 `net.core.somaxconn`",
        NameRule::Address => " IP 地址",
    }
}

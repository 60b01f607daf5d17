//! What a reader should know although nothing is wrong.

use simulator_model::lang::Lang;

use crate::schema::Treatment;

/// What there is to know about a field or a manifest, without the place.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "each variant's fields are the words of its sentence")]
pub enum Remark {
    /// What becomes of a field that is not played.
    Field { name: String, treatment: Treatment },
    /// A field of a newer Kubernetes than the one that is played.
    Newer { name: String, since: u32, kubelet: u32 },
    /// A kind or version that the Kubernetes played no longer or not yet has.
    ApiVersion { kind: String, found: String, known: &'static str },
    /// Only some of the pods of a controller are played.
    Replicas { wanted: i64, played: usize },
    /// A pod got a name from its controller.
    Named { name: String },
    /// A `ConfigMap` that is not in the text.
    ConfigMapAssumed { name: String },
    /// A `Secret` that is not in the text.
    SecretAssumed { name: String },
    /// An object for which a kubelet without an API server has nobody to ask.
    NobodyToAsk { kind: &'static str, name: String },
    /// A claim that is not in the text.
    ClaimAssumed { name: String },
    /// A runtime class that is not in the text.
    ClassAssumed { name: String },
    /// A program whose command does not say how it ends.
    EndAssumed { name: String },
    /// A document of a kind that nothing is done with.
    KindIgnored { kind: String },
}

impl Remark {
    /// The sentence in a language: lower case, no full stop.
    pub fn text(&self, lang: Lang) -> String {
        match lang {
            Lang::En => self.english(),
            Lang::ZhCn => self.chinese(),
        }
    }

    fn english(&self) -> String {
        match self {
            Self::Field { name, treatment } => match treatment {
                Treatment::Modelled => format!("`{name}` is played"),
                Treatment::NoEffect => {
                    format!("`{name}` is understood; nothing the runtime is asked depends on it")
                }
                Treatment::Elsewhere => format!(
                    "`{name}` is for the API server, a controller or the scheduler; the node does \
                     not act on it"
                ),
                Treatment::NotModelled => {
                    format!("`{name}` is not modelled; a real node acts on it")
                }
            },
            Self::Newer { name, since, kubelet } => {
                format!("`{name}` came with Kubernetes 1.{since}; 1.{kubelet} does not know it")
            }
            Self::ApiVersion { kind, found, known } => {
                format!("Kubernetes 1.20 has `{kind}` in `{known}`, not in `{found}`")
            }
            Self::Replicas { wanted, played } => format!("{played} of {wanted} pods are played"),
            Self::Named { name } => format!("the pod is called `{name}`"),
            Self::EndAssumed { name } => format!(
                "the program of `{name}` is not run; it is taken to end after 1 s with code 0"
            ),
            Self::ConfigMapAssumed { name } => format!(
                "the ConfigMap `{name}` is not in this text; it is taken to exist and its values \
                 are made up"
            ),
            Self::SecretAssumed { name } => format!(
                "the Secret `{name}` is not in this text; it is taken to exist and its values are \
                 made up"
            ),
            Self::NobodyToAsk { kind, name } => format!(
                "the {kind} `{name}` is at the API server; this kubelet has none to ask for it"
            ),
            Self::ClaimAssumed { name } => {
                format!("the claim `{name}` is taken to be bound to a CSI volume")
            }
            Self::ClassAssumed { name } => format!(
                "the RuntimeClass `{name}` is not in this text; its handler is taken to be called \
                 `{name}` as well"
            ),
            Self::KindIgnored { kind } => format!("`{kind}` makes no pods and is left out"),
        }
    }

    fn chinese(&self) -> String {
        match self {
            Self::Field { name, treatment } => match treatment {
                Treatment::Modelled => format!("`{name}` 参与模拟"),
                Treatment::NoEffect => format!("`{name}` 已读懂，但不影响对运行时的任何调用"),
                Treatment::Elsewhere => {
                    format!("`{name}` 由 API 服务器、控制器或调度器使用，节点不理会它")
                }
                Treatment::NotModelled => format!("`{name}` 没有建模；真实的节点会处理它"),
            },
            Self::Newer { name, since, kubelet } => {
                format!("`{name}` 从 Kubernetes 1.{since} 起才有，1.{kubelet} 不认识它")
            }
            Self::ApiVersion { kind, found, known } => {
                format!("Kubernetes 1.20 的 `{kind}` 在 `{known}` 中，不在 `{found}` 中")
            }
            Self::Replicas { wanted, played } => format!("{wanted} 个 Pod 中模拟 {played} 个"),
            Self::Named { name } => format!("Pod 名为 `{name}`"),
            Self::EndAssumed { name } => {
                format!("`{name}` 的程序并不会真的执行；假定它运行 1 秒后以退出码 0 结束")
            }
            Self::ConfigMapAssumed { name } => {
                format!("文本里没有 ConfigMap `{name}`，假定它存在，其中的值是虚构的")
            }
            Self::SecretAssumed { name } => {
                format!("文本里没有 Secret `{name}`，假定它存在，其中的值是虚构的")
            }
            Self::NobodyToAsk { kind, name } => {
                format!("{kind} `{name}` 存放在 API 服务器上，而这个 kubelet 没有可问的 API 服务器")
            }
            Self::ClaimAssumed { name } => {
                format!("假定持久卷申领 `{name}` 已绑定到一个 CSI 卷")
            }
            Self::ClassAssumed { name } => {
                format!("文本里没有 RuntimeClass `{name}`，假定其处理程序也叫 `{name}`")
            }
            Self::KindIgnored { kind } => format!("`{kind}` 不会产生 Pod，略去"),
        }
    }
}

//! How two processes talk: the protocol of a hop.

use crate::Lang;

/// What a hop is made of. Each has a line style of its own in the picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wire {
    /// gRPC on a Unix socket.
    Grpc,
    /// HTTP, on a Unix socket or over the network.
    Http,
    /// ttrpc, gRPC's light relative, on the shim's Unix socket.
    Ttrpc,
    /// One process starts another.
    Exec,
    /// A signal, or a file that is written.
    Direct,
}

impl Wire {
    /// All of them, in the order of the legend.
    pub const ALL: [Self; 5] = [Self::Grpc, Self::Http, Self::Ttrpc, Self::Exec, Self::Direct];

    /// The class that gives it its line in the style sheet, without the `w-` before it.
    pub const fn class(self) -> &'static str {
        match self {
            Self::Grpc => "grpc",
            Self::Http => "http",
            Self::Ttrpc => "ttrpc",
            Self::Exec => "exec",
            Self::Direct => "direct",
        }
    }

    /// Its name.
    pub const fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::Grpc => "gRPC",
            Self::Http => "HTTP",
            Self::Ttrpc => "ttrpc",
            Self::Exec => lang.pick("starts a process", "启动进程"),
            Self::Direct => lang.pick("signal or file", "信号或文件"),
        }
    }
}

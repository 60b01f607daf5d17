//! What a reader sees of a run: lanes, steps, captions and the static picture.

mod lang;
mod run;
mod static_figure;

pub use lang::{Lang, UnknownLang};
pub use run::Run;
pub use static_figure::static_figure;

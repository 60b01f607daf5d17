//! Unix sockets with who listens and who calls.

use super::table::{Layout, row, table};
use crate::state::Moment;

pub(super) fn sockets(moment: &Moment<'_>) -> String {
    let mut rows = vec![row(["SOCKET", "LISTENER", "PID", "SPEAKS", "ASKED BY"])];
    for socket in moment.sockets() {
        rows.push(vec![
            socket.path,
            socket.listener.to_owned(),
            socket.pid.to_string(),
            socket.protocol.to_owned(),
            socket.clients.to_owned(),
        ]);
    }
    table(Layout { least: 0, padding: 3, closed: false }, &rows)
}

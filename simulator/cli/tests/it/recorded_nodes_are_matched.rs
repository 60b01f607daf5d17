//! The typical run says what the recorded nodes said, but for the differences that are listed with
//! their causes in `simulator/fidelity.yaml`: a new one fails, and so does one that is gone.

use std::process::Command;

#[test]
fn the_table_is_as_listed() {
    let output = Command::new(env!("CARGO_BIN_EXE_dockershim-sim"))
        .arg("fidelity")
        .output()
        .expect("the program runs");
    let (out, error) =
        (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{out}\n{error}");
    assert!(out.contains("of 49 recordings"), "every recording is in the table:\n{out}");
}

//! Shell commands, of a script or behind prompts.

use brush_parser::{ParserOptions, parse_tokens, tokenize_str};

use super::Mistake;

/// The prompts before commands: a user's, and that of root.
const PROMPTS: [&str; 2] = ["$ ", "# "];

/// The commands of a block, with the number of lines above each. In `console`, a command starts
/// at a prompt and goes on after a backslash, and what is between them is output; other blocks,
/// and those without a prompt, are scripts.
pub(super) fn commands(language: &str, body: &str) -> Vec<(usize, String)> {
    let at_prompt =
        |line: &str| PROMPTS.iter().find_map(|p| line.strip_prefix(p).map(str::to_owned));
    if language != "console" || !body.lines().any(|line| at_prompt(line).is_some()) {
        return vec![(0, body.trim_end().to_owned())];
    }
    let mut commands: Vec<(usize, String)> = Vec::new();
    let mut goes_on = false;
    for (below, line) in body.lines().enumerate() {
        if let Some(command) = at_prompt(line) {
            commands.push((below, command));
        } else if goes_on && let Some((_, command)) = commands.last_mut() {
            command.push('\n');
            command.push_str(line);
        } else {
            continue;
        }
        goes_on = line.ends_with('\\');
    }
    commands
}

/// What is wrong with commands.
pub(super) fn mistakes(commands: &[(usize, String)]) -> Vec<Mistake> {
    let mistake = |(below, command): &(usize, String)| {
        let error = parse(command).err()?;
        let first = command.lines().next().unwrap_or_default();
        Some((*below, format!("`{first}` is no shell command: {error}")))
    };
    commands.iter().filter_map(mistake).collect()
}

fn parse(command: &str) -> Result<(), String> {
    if command.trim().is_empty() {
        return Err("it is empty".to_owned());
    }
    let tokens = tokenize_str(command).map_err(|error| error.to_string())?;
    parse_tokens(&tokens, &ParserOptions::default()).map_err(|error| error.to_string())?;
    Ok(())
}

//! `docs/logs.md` names every event and field of the code, and nothing else.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

type Events = BTreeMap<String, BTreeSet<String>>;

#[test]
fn the_table_of_log_lines_is_that_of_the_code() {
    let (documented, mut logged) = (documented(), Events::new());
    read_folder(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src")), &mut logged);
    assert!(logged.contains_key("delivery.settled") && logged["deliveries.summary"].contains("p95_ms"), "the code is not read: {logged:?}");
    for (event, fields) in &logged {
        let Some(known) = documented.get(event) else { panic!("docs/logs.md lacks the event {event} with {fields:?}") };
        let missing: Vec<_> = fields.difference(known).collect();
        assert!(missing.is_empty(), "docs/logs.md lacks the fields {missing:?} of {event}");
    }
    for (event, known) in documented.iter().filter(|(event, _)| *event != "library") {
        let Some(fields) = logged.get(event) else { panic!("docs/logs.md has the event {event}, which no code logs") };
        let gone: Vec<_> = known.difference(fields).collect();
        assert!(gone.is_empty(), "docs/logs.md has the fields {gone:?} of {event}, which no code logs");
    }
}

/// Rows of `| event | when | fields |`: the fields are what stands in backticks outside of brackets.
fn documented() -> Events {
    let table = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/logs.md")).unwrap();
    let rows = table.lines().filter_map(|line| line.strip_prefix("| `")?.split_once("` |"));
    rows.map(|(event, rest)| {
        let fields = without_brackets(rest.rsplit_once(" | ").expect("three columns").1);
        (event.to_owned(), fields.split('`').skip(1).step_by(2).filter(|field| *field != "message").map(Into::into).collect())
    })
    .collect()
}

fn without_brackets(text: &str) -> String {
    let mut depth = 0;
    text.chars()
        .filter(|character| {
            depth += i32::from(*character == '(');
            let outside = depth == 0;
            depth -= i32::from(*character == ')');
            outside
        })
        .collect()
}

fn read_folder(folder: &Path, events: &mut Events) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            read_folder(&path, events);
        } else if path.extension().is_some_and(|extension| extension == "rs") && path.file_name().is_some_and(|name| name != "tests.rs") {
            read_code(&std::fs::read_to_string(&path).unwrap(), events);
        }
    }
}

/// Finds `event = "name"` and takes the fields that follow it in the same call.
fn read_code(code: &str, events: &mut Events) {
    let code = code.split("#[cfg(test)]").next().unwrap_or_default();
    for (at, marker) in code.match_indices("event = \"") {
        let (event, rest) = code[at + marker.len()..].split_once('"').unwrap();
        let fields = arguments(rest).into_iter().filter_map(|argument| field(&argument));
        events.entry(event.to_owned()).or_default().extend(fields);
    }
}

/// The arguments up to the end of the call, split at commas that stand in no bracket and no string.
fn arguments(code: &str) -> Vec<String> {
    let (mut found, mut depth, mut in_text, mut escaped) = (vec![String::new()], 0, false, false);
    for character in code.chars() {
        match character {
            '"' if !escaped => in_text = !in_text,
            '(' | '[' | '{' if !in_text => depth += 1,
            ')' | ']' | '}' if !in_text && depth == 0 => break,
            ')' | ']' | '}' if !in_text => depth -= 1,
            ',' if !in_text && depth == 0 => {
                found.push(String::new());
                continue;
            }
            _ => {}
        }
        escaped = in_text && character == '\\' && !escaped;
        found.last_mut().unwrap().push(character);
    }
    found
}

/// `name = value`, `%name`, `?name` or `name`; a message is no field.
fn field(argument: &str) -> Option<String> {
    let argument = argument.trim();
    let name = argument.split_once(" = ").map_or(argument, |(name, _)| name).trim_start_matches(['%', '?']).trim();
    let is_name = !name.is_empty() && name.chars().all(|character| character.is_ascii_alphanumeric() || matches!(character, '_' | '.'));
    is_name.then(|| name.to_owned())
}

//! House rules that no compiler keeps. Each finding says where it is and what to do.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

const FILE_LINES: usize = 300;
const FUNCTION_LINES: usize = 60;

/// Which modules a module may use. `cli`, `main` and `lib` may use all.
const MAY_USE: [(&str, &[&str]); 9] = [
    ("text", &[]),
    ("syntax", &["text"]),
    ("lexicon", &["text"]),
    ("extract", &["text", "syntax", "lexicon"]),
    ("messages", &["text", "extract"]),
    ("worker", &["messages", "extract", "lexicon", "syntax", "telemetry"]),
    ("amqp", &["worker", "settings", "telemetry"]),
    ("settings", &[]),
    ("telemetry", &[]),
];

/// What the extraction never touches, so that one article always gives one result: no I/O, no clock, no chance.
const NOT_IN_EXTRACT: [&str; 16] = [
    "tokio",
    "lapin",
    "serde_json",
    "tracing",
    "config",
    "fastrand",
    "rand",
    "SystemTime",
    "Instant",
    "Timestamp::now",
    "Zoned::now",
    "std::fs",
    "std::env",
    "std::net",
    "std::process",
    "std::io",
];

const EMPTY_NAMES: [&str; 5] = ["Manager", "Util", "Helper", "Data", "Info"];

/// A Rust file: as it stands, and the part that is not tests with comments and literals blanked out, line for line.
struct Source {
    path: String,
    code: String,
    literals: Vec<(usize, String)>,
}

impl Source {
    fn read(path: &Path) -> Self {
        let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let (blanked, mut literals) = blank(&text);
        let code = without_tests(&blanked).to_owned();
        let last = code.lines().count();
        literals.retain(|(line, _)| *line <= last);
        Self { path: path.display().to_string().replace('\\', "/"), code, literals }
    }

    /// The top module that the file belongs to: `src/text/html.rs` and `src/text.rs` are `text`.
    fn module(&self) -> &str {
        let inner = self.path.strip_prefix("src/").unwrap_or(&self.path);
        inner.split('/').next().unwrap_or(inner).trim_end_matches(".rs")
    }

    fn is_test(&self) -> bool {
        self.path.ends_with("/tests.rs") || self.path.contains("/tests/")
    }
}

fn sources() -> Vec<Source> {
    let sources: Vec<_> = files("src", "rs").iter().map(|path| Source::read(path)).filter(|source| !source.is_test()).collect();
    assert!(sources.len() > 10, "the sources are looked for in the wrong place");
    sources
}

fn files(folder: &str, ending: &str) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut found = Vec::new();
    for entry in entries {
        let path = entry.expect("a folder entry").path();
        if path.is_dir() {
            found.extend(files(&path.display().to_string(), ending));
        } else if ending.is_empty() || path.extension().is_some_and(|end| end == ending) {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// Replaces comments and the contents of literals by spaces and keeps every line end; returns the string literals with their lines.
fn blank(text: &str) -> (String, Vec<(usize, String)>) {
    let chars: Vec<char> = text.chars().collect();
    let (mut out, mut literals, mut at, mut line) = (String::with_capacity(text.len()), Vec::new(), 0, 1);
    while at < chars.len() {
        let end = match chars[at] {
            '/' if chars.get(at + 1) == Some(&'/') => (at..chars.len()).find(|&i| chars[i] == '\n').unwrap_or(chars.len()),
            '/' if chars.get(at + 1) == Some(&'*') => end_of_block_comment(&chars, at),
            '"' => end_of_string(&chars, at),
            'r' if raw_hashes(&chars, at).is_some() => end_of_raw_string(&chars, at),
            '\'' => end_of_char(&chars, at),
            _ => at,
        };
        if end == at {
            out.push(chars[at]);
            line += usize::from(chars[at] == '\n');
            at += 1;
            continue;
        }
        let piece = &chars[at..end];
        if chars[at] == '"' || chars[at] == 'r' {
            literals.push((line, piece.iter().collect()));
        }
        out.extend(piece.iter().map(|&c| if c == '\n' { '\n' } else { ' ' }));
        line += piece.iter().filter(|&&c| c == '\n').count();
        at = end;
    }
    (out, literals)
}

fn end_of_block_comment(chars: &[char], start: usize) -> usize {
    let (mut depth, mut at) = (0, start);
    while at < chars.len() {
        match (chars[at], chars.get(at + 1)) {
            ('/', Some('*')) => (depth, at) = (depth + 1, at + 2),
            ('*', Some('/')) => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
        if depth == 0 {
            break;
        }
    }
    at.min(chars.len())
}

fn end_of_string(chars: &[char], start: usize) -> usize {
    let mut at = start + 1;
    while at < chars.len() && chars[at] != '"' {
        at += if chars[at] == '\\' { 2 } else { 1 };
    }
    (at + 1).min(chars.len())
}

/// The number of `#` when a raw string begins here.
fn raw_hashes(chars: &[char], start: usize) -> Option<usize> {
    let part_of_a_name = start > 0 && (chars[start - 1].is_alphanumeric() || chars[start - 1] == '_') && chars[start - 1] != 'b';
    let hashes = chars[start + 1..].iter().take_while(|&&c| c == '#').count();
    (!part_of_a_name && chars.get(start + 1 + hashes) == Some(&'"')).then_some(hashes)
}

fn end_of_raw_string(chars: &[char], start: usize) -> usize {
    let hashes = raw_hashes(chars, start).unwrap_or_default();
    let closes = |at: &usize| chars[*at] == '"' && chars[at + 1..].iter().take(hashes).filter(|&&c| c == '#').count() == hashes;
    (start + hashes + 2..chars.len()).find(closes).map_or(chars.len(), |at| at + 1 + hashes)
}

/// The end of a character literal, or the start itself for a lifetime.
fn end_of_char(chars: &[char], start: usize) -> usize {
    match (chars.get(start + 1), chars.get(start + 2)) {
        (Some('\\'), _) => (start + 3..chars.len()).find(|&at| chars[at] == '\'').map_or(start, |at| at + 1),
        (Some(_), Some('\'')) => start + 3,
        _ => start,
    }
}

/// Tests stand at the end of a file, in a module of their own.
fn without_tests(code: &str) -> &str {
    let marker = "#[cfg(test)]";
    let inline = |at: &usize| {
        let after = code[at + marker.len()..].trim_start();
        after.starts_with("mod ") && after.find(['{', ';']).is_some_and(|end| after.as_bytes()[end] == b'{')
    };
    code.match_indices(marker).map(|(at, _)| at).find(inline).map_or(code, |at| &code[..at])
}

/// Where `word` stands as a whole word, as line numbers.
fn lines_with_word(code: &str, word: &str) -> Vec<usize> {
    let is_name = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    let whole = |at: usize| !is_name(code[..at].chars().next_back()) && !is_name(code[at + word.len()..].chars().next());
    code.match_indices(word).filter(|(at, _)| whole(*at)).map(|(at, _)| line_of(code, at)).collect()
}

fn line_of(code: &str, at: usize) -> usize {
    code[..at].matches('\n').count() + 1
}

fn report(findings: Vec<String>) {
    assert!(findings.is_empty(), "{} findings:\n{}\n", findings.len(), findings.join("\n"));
}

/// The modules that follow each `crate::`, single or in braces, with their lines.
fn used_modules(code: &str) -> Vec<(usize, String)> {
    let mut used = Vec::new();
    for (at, path) in code.match_indices("crate::") {
        if code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_') {
            continue;
        }
        let start = at + path.len();
        match code[start..].strip_prefix('{') {
            Some(group) => used.extend(group_heads(group).map(|(offset, name)| (line_of(code, start + 1 + offset), name))),
            None => used.push((line_of(code, at), first_name(&code[start..]))),
        }
    }
    used
}

/// The first name of each entry of a `{…}` group whose opening brace is already behind.
fn group_heads(group: &str) -> impl Iterator<Item = (usize, String)> {
    let (mut depth, mut heads, mut start) = (0_i32, Vec::new(), 0);
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            ',' if depth == 0 => {
                heads.push(start);
                start = at + 1;
            }
            '}' if depth == 0 => {
                heads.push(start);
                break;
            }
            '}' => depth -= 1,
            _ => {}
        }
    }
    let named =
        |start: usize| (start + (group[start..].len() - group[start..].trim_start().len()), first_name(group[start..].trim_start()));
    heads.into_iter().map(named).filter(|(_, name)| !name.is_empty()).collect::<Vec<_>>().into_iter()
}

fn first_name(code: &str) -> String {
    code.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

#[test]
fn modules_use_only_what_the_design_allows() {
    let mut findings = Vec::new();
    for source in sources() {
        let Some((module, allowed)) = MAY_USE.iter().find(|(module, _)| *module == source.module()) else { continue };
        for (line, used) in used_modules(&source.code) {
            let is_module = MAY_USE.iter().any(|(name, _)| *name == used) || used == "cli";
            if is_module && used != *module && !allowed.contains(&used.as_str()) {
                let path = &source.path;
                findings.push(format!("{path}:{line}: {module} must not use {used}: pass what it needs as a value, or move this code"));
            }
        }
    }
    report(findings);
}

#[test]
fn every_module_has_its_dependency_rule() {
    let known: BTreeSet<_> = MAY_USE.iter().map(|(module, _)| *module).chain(["cli", "main", "lib"]).collect();
    let unknown = |source: &Source| (!known.contains(source.module())).then(|| format!("{}:1: add its module to MAY_USE", source.path));
    report(sources().iter().filter_map(unknown).collect());
}

#[test]
fn extraction_does_no_input_output_and_knows_no_clock() {
    let mut findings = Vec::new();
    for source in sources().iter().filter(|source| source.module() == "extract") {
        for word in NOT_IN_EXTRACT {
            for line in lines_with_word(&source.code, word) {
                findings.push(format!("{}:{line}: extract must not use {word}: the caller passes in what it needs", source.path));
            }
        }
    }
    report(findings);
}

#[test]
fn only_amqp_speaks_to_the_broker() {
    let mut findings = Vec::new();
    for source in sources().iter().filter(|source| source.module() != "amqp") {
        for line in lines_with_word(&source.code, "lapin") {
            findings.push(format!("{}:{line}: only amqp uses lapin: offer a function there", source.path));
        }
    }
    report(findings);
}

#[test]
fn files_are_short() {
    let mut findings = Vec::new();
    for source in sources() {
        let lines = source.code.lines().count();
        if lines > FILE_LINES {
            findings.push(format!(
                "{}:{FILE_LINES}: {lines} lines without tests, at most {FILE_LINES}: find the two things in it",
                source.path
            ));
        }
    }
    report(findings);
}

#[test]
fn functions_are_short() {
    let mut findings = Vec::new();
    for source in sources() {
        for (line, name, lines) in functions(&source.code) {
            if lines > FUNCTION_LINES {
                findings.push(format!("{}:{line}: {name} has {lines} lines, at most {FUNCTION_LINES}: name its steps", source.path));
            }
        }
    }
    report(findings);
}

/// Line, name and number of lines of every function with a body.
fn functions(code: &str) -> Vec<(usize, String, usize)> {
    let mut found = Vec::new();
    for (at, keyword) in code.match_indices("fn ") {
        let name = first_name(&code[at + keyword.len()..]);
        if name.is_empty() || code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_') {
            continue;
        }
        if let Some(end) = end_of_body(&code[at..]) {
            found.push((line_of(code, at), name, code[at..at + end].matches('\n').count() + 1));
        }
    }
    found
}

/// Where the first `{…}` ends; nothing for a declaration that ends with a semicolon first.
fn end_of_body(code: &str) -> Option<usize> {
    let (mut depth, mut round) = (0_i32, 0_i32);
    for (at, c) in code.char_indices() {
        match c {
            '(' | '[' => round += 1,
            ')' | ']' => round -= 1,
            ';' if depth == 0 && round == 0 => return None,
            '{' => depth += 1,
            '}' if depth == 1 => return Some(at),
            '}' => depth -= 1,
            _ => {}
        }
    }
    None
}

#[test]
fn documents_are_short() {
    for (path, limit) in [("README.md", 120), ("ARCHITECTURE.md", 150)] {
        let lines = fs::read_to_string(path).unwrap_or_else(|error| panic!("{path}: {error}")).lines().count();
        assert!(lines <= limit, "{path}:{limit}: {lines} lines, at most {limit}: move detail to where it belongs");
    }
}

#[test]
fn every_dependency_says_why_it_is_here() {
    let manifest = fs::read_to_string("Cargo.toml").expect("Cargo.toml");
    let (mut findings, mut in_dependencies, mut before) = (Vec::new(), false, "");
    for (index, line) in manifest.lines().enumerate() {
        if line.starts_with('[') {
            in_dependencies = line.ends_with("dependencies]");
        } else if in_dependencies && line.contains(" = ") && !before.starts_with('#') {
            findings.push(format!("Cargo.toml:{}: say in a comment above why it is needed: {line}", index + 1));
        }
        before = line;
    }
    report(findings);
}

#[test]
fn lints_are_expected_with_a_reason_and_never_allowed() {
    let mut findings = Vec::new();
    for path in files("src", "rs").into_iter().chain(files("tests", "rs")) {
        let source = Source::read(&path);
        for bare in ["[allow(", "[ allow("] {
            let found = source.code.match_indices(bare).map(|(at, _)| line_of(&source.code, at));
            findings.extend(found.map(|line| format!("{}:{line}: write #[expect(…, reason = \"…\")]", source.path)));
        }
    }
    report(findings);
}

#[test]
fn unsafe_code_stays_in_syntax() {
    let mut findings = Vec::new();
    for source in sources().iter().filter(|source| source.module() != "syntax") {
        for line in lines_with_word(&source.code, "unsafe") {
            findings.push(format!("{}:{line}: do without unsafe here", source.path));
        }
    }
    report(findings);
}

#[test]
fn no_process_is_started() {
    let mut findings = Vec::new();
    for source in sources() {
        for line in lines_with_word(&source.code, "Command::new").into_iter().chain(lines_with_word(&source.code, "process::Command")) {
            findings.push(format!("{}:{line}: starts a process: call a library instead, so that no text can reach a shell", source.path));
        }
    }
    report(findings);
}

#[test]
fn types_are_named_for_what_they_are() {
    let mut findings = Vec::new();
    for source in sources() {
        for keyword in ["struct ", "enum ", "trait "] {
            for (at, _) in source.code.match_indices(keyword) {
                let name = first_name(&source.code[at + keyword.len()..]);
                if EMPTY_NAMES.iter().any(|empty| name.ends_with(empty)) {
                    let line = line_of(&source.code, at);
                    findings.push(format!("{}:{line}: {name} says nothing: name the thing itself", source.path));
                }
            }
        }
    }
    report(findings);
}

#[test]
fn states_are_named_in_the_lexicon_and_not_in_the_code() {
    let names = state_names();
    assert!(names.len() > 150, "only {} names of states found under config/lexicon", names.len());
    let mut findings = Vec::new();
    for source in sources() {
        for (line, literal) in &source.literals {
            for name in names.iter().filter(|name| !lines_with_word(literal, name).is_empty()) {
                findings.push(format!("{}:{line}: {name} is named in code: put it into config/lexicon", source.path));
            }
        }
    }
    report(findings);
}

/// The main name of each state in the lexicon.
fn state_names() -> BTreeSet<String> {
    let name = |path: &PathBuf| {
        let file: toml::Table = fs::read_to_string(path).expect("a state").parse().expect("TOML");
        file.get("name").and_then(|name| name.as_str()).map(str::to_owned)
    };
    files("config/lexicon/actors/states", "toml").iter().filter_map(name).collect()
}

#[test]
fn nothing_names_a_machine_or_reads_outside_the_project() {
    // Written in two parts, so that this file does not find itself.
    let places = [concat!("/wo", "rk/"), concat!("/ro", "ot/"), concat!("/ho", "me/")];
    let outside = concat!("../sh", "ared");
    let mut findings = Vec::new();
    for path in project_files() {
        let Ok(text) = fs::read_to_string(&path) else { continue };
        let may_skip = text.contains("skip");
        for (index, line) in text.lines().enumerate() {
            let (path, number) = (path.display(), index + 1);
            if places.iter().any(|place| line.contains(place)) {
                findings.push(format!("{path}:{number}: names a place on one machine: use a path inside the project"));
            }
            if line.contains(outside) && !may_skip {
                findings.push(format!("{path}:{number}: reads {outside}: only a check that says when it skips may"));
            }
        }
    }
    report(findings);
}

fn project_files() -> Vec<PathBuf> {
    let folders = ["src", "tests", "scripts", "deploy", "samples", "config", ".ci"].into_iter().flat_map(|folder| files(folder, ""));
    let documents = fs::read_dir(".").expect("the project").map(|entry| entry.expect("a folder entry").path());
    folders.chain(documents.filter(|path| path.is_file() && !path.ends_with("Cargo.lock") && !path.ends_with(".git"))).collect()
}

#[test]
fn crates_come_from_the_public_registry() {
    let lock = fs::read_to_string("Cargo.lock").expect("Cargo.lock");
    let public = "source = \"registry+https://github.com/rust-lang/crates.io-index\"";
    let elsewhere = |(index, line): (usize, &str)| {
        (line.starts_with("source = ") && line != public).then(|| format!("Cargo.lock:{}: {line}", index + 1))
    };
    report(lock.lines().enumerate().filter_map(elsewhere).collect());
}

#[test]
fn the_reader_of_rust_files_sees_code_only() {
    let (code, literals) = blank(
        "let a = \"crate::x \\\" y\"; // crate::z\nlet b = r#\"q\"w\"#; let c = '\"'; fn f<'a>() {}\n/* a /* b */ c */ use crate::{text::{Span, b}, amqp};",
    );
    assert!(!code.contains("crate::x") && !code.contains("crate::z") && code.contains("fn f<'a>() {}"));
    assert_eq!(literals.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [1, 2]);
    assert_eq!(used_modules(&code), [(3, "text".to_owned()), (3, "amqp".to_owned())]);
    assert_eq!(functions("fn a() {\n}\nfn b(x: [u8; 2]);\nfn c() { if x {\n}\n\n}"), [(1, "a".to_owned(), 2), (4, "c".to_owned(), 4)]);
    assert_eq!(without_tests("a\n#[cfg(test)]\nmod tests;\nb\n#[cfg(test)]\nmod tests {\n}"), "a\n#[cfg(test)]\nmod tests;\nb\n");
}

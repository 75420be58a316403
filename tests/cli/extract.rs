//! `attache extract`: order, broken rows, exit codes, and the same bytes whatever the number of threads.

use std::{
    fs,
    io::Write,
    path::Path,
    process::{Command, Output, Stdio},
};

use serde_json::{Value, json};

fn extract(folder: &Path, arguments: &[&str], input: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_attache"));
    command.env_clear().arg("extract").args(arguments).current_dir(folder);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // A program that reads no standard input may be gone by now.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    child.wait_with_output().unwrap()
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

fn ids(output: &Output) -> Vec<String> {
    let id = |line: &str| serde_json::from_str::<Value>(line).unwrap()["article"]["id"].as_str().unwrap().to_owned();
    text(&output.stdout).lines().map(id).collect()
}

fn row(id: &str, text: &str) -> String {
    json!({"id": id, "text": text}).to_string()
}

/// Articles of very unequal length, so that threads finish in another order than they began.
fn rows(count: usize) -> String {
    let text = |number: usize| "Russia expelled two British diplomats on Monday. ".repeat(1 + (number * 7) % 40);
    (0..count).map(|number| row(&number.to_string(), &text(number)) + "\n").collect()
}

#[test]
fn results_come_in_the_order_of_the_input_and_do_not_depend_on_the_threads() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("rows.jsonl"), rows(150)).unwrap();
    let one = extract(folder.path(), &["--jobs", "1", "rows.jsonl"], "");
    let four = extract(folder.path(), &["--jobs", "4", "rows.jsonl"], "");
    assert_eq!((one.status.code(), text(&one.stderr)), (Some(0), ""));
    assert_eq!(ids(&one), (0..150).map(|number| number.to_string()).collect::<Vec<_>>());
    assert!(one.stdout == four.stdout && four.status.success(), "the number of threads changes the output");
}

#[test]
fn a_broken_row_is_named_with_its_line_and_stops_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let good = row("good", "Iran met Iraq.");
    fs::write(folder.path().join("rows.jsonl"), format!("{good}\n\n{{\"id\": \"cut\n[1]\n{{}}\n{good}\n")).unwrap();
    let output = extract(folder.path(), &["rows.jsonl"], "");
    assert_eq!((output.status.code(), ids(&output)), (Some(1), vec!["good".to_owned(); 2]));
    let errors: Vec<_> = text(&output.stderr).lines().collect();
    let expected = ["rows.jsonl:3: invalid_json: ", "rows.jsonl:4: not_an_article: ", "rows.jsonl:5: no_text: "];
    assert_eq!(errors.len(), expected.len(), "{errors:#?}");
    assert!(errors.iter().zip(expected).all(|(error, begin)| error.starts_with(begin)), "{errors:#?}");
}

/// What people give it by mistake.
#[test]
fn files_that_hold_no_article_are_refused_with_the_reason() {
    let folder = tempfile::tempdir().unwrap();
    for (file, content, reason) in [
        ("empty.json", "", "empty.json: empty_body: the body is empty; expected an article"),
        (
            "feed.xml",
            "<rss><channel/></rss>",
            "feed.xml: unsupported_content_type: content_type is \"application/xml\"; expected application/json",
        ),
        ("paper", "%PDF-1.7 \u{1}\u{2}\u{3}\u{4}", "paper: undecodable: the body is a PDF document; expected text in UTF-8"),
        (
            "cut.jsonl",
            "{\"text\":\n",
            "cut.jsonl:1: invalid_json: the body is not valid JSON: EOF while parsing a value at line 1 column 8",
        ),
    ] {
        fs::write(folder.path().join(file), content).unwrap();
        let output = extract(folder.path(), &[file], "");
        assert!(output.status.code() == Some(1) && text(&output.stderr).starts_with(reason), "{}", text(&output.stderr));
    }
}

#[test]
fn files_of_every_kind_are_read_after_each_other_and_a_missing_one_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let words = "Russia expelled two British diplomats on Monday.";
    for (file, content) in [
        ("a.json", row("a", words)),
        ("list.json", format!("[{},\n{}]", row("b", words), row("c", words))),
        ("d.txt", words.to_owned()),
        ("e.html", format!("<html><head><title>T</title></head><body><p>{words}</p></body></html>")),
    ] {
        fs::write(folder.path().join(file), content).unwrap();
    }
    let output = extract(folder.path(), &["a.json", "list.json", "missing.json", "d.txt", "e.html", "-"], &row("f", words));
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).starts_with("missing.json: cannot be read: ") && text(&output.stderr).lines().count() == 1);
    let results: Vec<Value> = text(&output.stdout).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(results.len(), 6);
    for result in &results {
        assert_eq!((&result["events"][0]["type"], &result["schema"]), (&"SANCTION".into(), &"attache.result.v1".into()), "{result:#}");
    }
    assert_eq!([&ids(&output)[..3], &ids(&output)[5..]].concat(), ["a", "b", "c", "f"]);
}

#[test]
fn a_row_above_the_size_limit_is_refused_and_the_next_one_read() {
    let folder = tempfile::tempdir().unwrap();
    let input = format!("{}\n{}\n", row("long", &"word ".repeat(1000)), row("short", "Iran met Iraq."));
    let output = extract(folder.path(), &["--set", "limits.body_bytes=2000"], &input);
    assert_eq!((output.status.code(), ids(&output)), (Some(1), vec!["short".to_owned()]));
    assert!(text(&output.stderr).starts_with("standard input:1: too_large: "), "{}", text(&output.stderr));
}

/// What each limit does that a row of JSON can meet; the one on compressed bodies is met by messages only.
#[test]
fn limits_are_taken_from_the_settings() {
    let folder = tempfile::tempdir().unwrap();
    let told = json!({"id": "a", "text": "Russia expelled two British diplomats. Iran met Iraq.", "tags": ["border"]}).to_string();
    for (limit, seen) in [
        ("body_bytes=60", "too_large: the body has more than 60 bytes (limits.body_bytes)"),
        ("json_depth=1", "too_deep: the JSON is nested deeper than 1 levels"),
        ("result_bytes=1024", "result_too_large: the result has "),
        ("text_chars=30", r#""code":"text_cut""#),
        ("sentences=1", r#""code":"sentences_cut""#),
        ("tokens_per_sentence=5", r#""code":"long_sentences""#),
        ("events=1", r#""code":"events_cut""#),
    ] {
        let output = extract(folder.path(), &["--set", &format!("limits.{limit}")], &told);
        let said = [text(&output.stdout), text(&output.stderr)].concat();
        assert!(said.contains(seen), "{limit}: {said}");
    }
    let output = extract(folder.path(), &[], &told);
    assert!(text(&output.stdout).contains(r#""warnings":[]"#) && output.stderr.is_empty());
}

#[test]
fn the_samples_are_answered_but_for_the_two_broken_ones() {
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut samples: Vec<String> =
        fs::read_dir(project.join("samples")).unwrap().map(|entry| entry.unwrap().path().display().to_string()).collect();
    samples.retain(|path| !path.ends_with("README.md"));
    samples.sort();
    let output = extract(project, &samples.iter().map(String::as_str).collect::<Vec<_>>(), "");
    let reasons: Vec<_> = text(&output.stderr).lines().filter_map(|line| line.split(": ").nth(1)).collect();
    assert_eq!((output.status.code(), reasons), (Some(1), vec!["no_text", "invalid_json"]));
    let found: usize = text(&output.stdout).lines().filter(|line| !line.contains("\"events\":[]")).count();
    assert!(ids(&output).len() == 16 && found >= 12, "{found} of {} samples tell of events", ids(&output).len());
}

/// Every fifth of 1,250 real articles, where they are at hand: a build without optimisation takes long for all of them.
#[test]
fn real_articles_are_all_answered() {
    let articles = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/load/articles.jsonl");
    let Ok(rows) = fs::read_to_string(&articles) else {
        eprintln!("skipped: {} is not here", articles.display());
        return;
    };
    let rows: Vec<_> = rows.lines().step_by(5).collect();
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("rows.jsonl"), rows.join("\n")).unwrap();
    let output = extract(folder.path(), &["rows.jsonl"], "");
    assert_eq!((output.status.code(), text(&output.stderr)), (Some(0), ""));
    let given: Vec<_> = rows.iter().map(|row| serde_json::from_str::<Value>(row).unwrap()["id"].as_str().unwrap().to_owned()).collect();
    assert_eq!(ids(&output), given);
}

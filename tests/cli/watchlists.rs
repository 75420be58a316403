//! `sanctions.watchlists` from the command line: hits, links to mentions, and files that are refused.

use std::{
    fs,
    path::Path,
    process::{Command, Output},
};

use serde_json::{Value, json};

const ARTICLE: &str = "Britain imposed sanctions on the Russian banker Ana Téstova on Monday. Her cousin, ANA TESTOVA-REY, was not named. \
    The Ruritania Shipping Co. declined to comment.";
const LIST: &str = "id,name,aliases,country,type\nQ1,Ana Testova,A. Testova,ru,person\nQ2,\"Ruritania Shipping Company\",Ruritania Shipping Co.,,company\n";

fn attache(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_attache")).env_clear().args(arguments).current_dir(folder).output().unwrap()
}

fn folder(lists: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("article.json"), json!({"id": "a", "published_at": "2022-03-30", "text": ARTICLE}).to_string()).unwrap();
    for (name, text) in lists {
        fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

fn result(output: &Output) -> Value {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn names_of_a_list_are_reported_and_linked_to_the_mentions_that_list_them() {
    let folder = folder(&[("own.csv", LIST), ("other.csv", "id,name\n7,Her Cousin\n")]);
    let found = result(&attache(folder.path(), &["extract", "--set", "sanctions.watchlists=own.csv,other.csv", "article.json"]));
    let mention = found["sanctions"][0]["id"].as_str().expect("a mention");
    let hits: Vec<(&str, &str, &str, Vec<&str>)> = found["watchlist"]
        .as_array()
        .unwrap()
        .iter()
        .map(|hit| {
            let mentions = hit["mentions"].as_array().unwrap().iter().map(|id| id.as_str().unwrap());
            let text = |key: &str| hit[key].as_str().unwrap();
            (text("list"), text("entry"), text("name"), mentions.collect())
        })
        .collect();
    assert_eq!(
        hits,
        [
            ("own", "Q1", "Ana Téstova", vec![mention]),
            ("other", "7", "Her cousin", vec![]),
            ("own", "Q1", "ANA TESTOVA", vec![]),
            ("own", "Q2", "Ruritania Shipping Co", vec![]),
        ]
    );
    let text: Vec<char> = ARTICLE.chars().collect();
    for hit in found["watchlist"].as_array().unwrap() {
        let at = |key: &str| usize::try_from(hit[key].as_u64().unwrap()).unwrap();
        assert_eq!(text[at("start")..at("end")].iter().collect::<String>(), hit["name"]);
    }
}

#[test]
fn lists_change_nothing_but_the_hits() {
    let folder = folder(&[("own.csv", LIST)]);
    let without = result(&attache(folder.path(), &["extract", "article.json"]));
    assert_eq!(without["watchlist"], json!([]));
    let with = result(&attache(folder.path(), &["extract", "--set", "sanctions.watchlists=own.csv", "article.json"]));
    assert_eq!((&with["events"], &with["sanctions"]), (&without["events"], &without["sanctions"]));
}

#[test]
fn a_bad_list_is_refused_with_file_line_and_reason_before_anything_is_read() {
    let folder = folder(&[("own.csv", LIST), ("bad.csv", "id,name\nQ1,Ana Testova\nQ2\n")]);
    for command in [&["extract", "article.json"][..], &["check-config"]] {
        let output = attache(folder.path(), &[command, &["--set", "sanctions.watchlists=own.csv,bad.csv"]].concat());
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{error}");
        assert!(error.contains("bad.csv:3: the row has 1 fields, the first line 2;"), "{error}");
    }
    let good = attache(folder.path(), &["check-config", "--set", "sanctions.watchlists=own.csv"]);
    assert!(good.status.success() && String::from_utf8_lossy(&good.stdout).contains("watchlists = [\"own.csv\"]"));
}

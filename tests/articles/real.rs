//! Real articles, where the folder with them is at hand; else each check says that it is skipped.

use std::{
    io::Write,
    path::{Path, PathBuf},
};

use serde_json::Value;

use super::*;
use crate::editions::{bits, distance, editions};

fn shared(name: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared").join(name);
    if !path.exists() {
        say(&format!("skipped: {} is not there", path.display()));
        return None;
    }
    Some(path)
}

/// Past the capture of the test runner: what was counted belongs into the output of a test that passes, too.
fn say(line: &str) {
    // A closed standard error is no reason to fail.
    let _ = writeln!(std::io::stderr(), "{line}");
}

fn articles(name: &str) -> Vec<(String, Article)> {
    let Some(path) = shared(name) else { return Vec::new() };
    let rows = std::fs::read_to_string(path).expect("the articles");
    rows.lines().map(|row| (row.to_owned(), read(row).0)).collect()
}

/// The IPTC's own examples: what has a text gives that text, title, day and language; what gives less is named with the reason.
#[test]
fn published_ninjs_examples() {
    let Some(folder) = shared("formats/ninjs") else { return };
    let mut paths = Vec::new();
    collect_json(&folder, &mut paths);
    let mut counts = std::collections::BTreeMap::<String, u32>::new();
    for path in &paths {
        let name = path.strip_prefix(&folder).expect("a path below").display().to_string();
        let whole: Value = serde_json::from_slice(&std::fs::read(path).expect("an example")).expect("JSON");
        let items = whole.as_array().cloned().unwrap_or_else(|| vec![whole]);
        for item in items {
            *counts.entry(check_ninjs(&name, &item)).or_default() += 1;
        }
    }
    for (what, count) in &counts {
        say(&format!("ninjs examples: {count} {what}"));
    }
    assert!(paths.len() == 43 && counts["with text, title, day and language"] >= 20, "{} files", paths.len());
}

fn collect_json(folder: &Path, paths: &mut Vec<PathBuf>) {
    for path in std::fs::read_dir(folder).expect("a folder").flatten().map(|entry| entry.path()) {
        if path.is_dir() {
            collect_json(&path, paths);
        } else if path.extension().is_some_and(|extension| extension == "json") {
            paths.push(path);
        }
    }
    paths.sort();
}

/// What became of an item, in words.
fn check_ninjs(name: &str, item: &Value) -> String {
    let (article, _) = match decode(item.to_string().as_bytes(), &Envelope::default(), &DecodeLimits::default()) {
        Ok(read) => read,
        Err(rejection) => return format!("refused as {}: {name}", rejection.reason),
    };
    if article.passed_over {
        return format!("passed over, of type {}", item["type"]);
    }
    let sent = item.to_string();
    let first_words = article.text.split(['\n', '"', '\\', '®']).next().unwrap_or_default();
    assert!(!first_words.is_empty() && is_within(first_words, &sent), "{name}: {first_words:?} is not of the item");
    assert!(article.title.is_some() && article.language != "und", "{name}: {article:?}");
    // Items that plan an event, and descriptions of such items, need not say when they were written.
    let is_dated = sent.to_lowercase().contains("created\":");
    assert_eq!(article.published.is_some(), is_dated, "{name}: the day");
    if is_dated { "with text, title, day and language" } else { "with text, title and language, and no date in the item" }.to_owned()
}

/// Whether words come one after the other in JSON, whatever markup and white space is between them.
fn is_within(words: &str, json: &str) -> bool {
    let mut rest = json;
    words.split_whitespace().all(|word| match rest.find(word) {
        Some(at) => {
            rest = &rest[at + word.len()..];
            true
        }
        None => false,
    })
}

/// Real feed items: neither scripts, styles and navigation nor markup in any text, and no words lost.
#[test]
fn real_feed_items_give_their_text_alone() {
    let items = articles("load/html-items.jsonl");
    let mut lines = 0;
    for (row, article) in &items {
        for junk in ["<p>", "<span", "</", "/>", "function(", "var ", "data-filter", "{", "&nbsp;", "&amp;", "Share this", "newsletter"] {
            // One of the items shows its reader a broken tag.
            let on_the_page = row.contains("&lt;/span") && junk == "</";
            assert!(on_the_page || !article.text.contains(junk), "{junk:?} in {}: {}", article.id, article.text);
        }
        assert!(article.text.lines().all(|line| !line.trim().is_empty()), "{}", article.id);
        let markup = serde_json::from_str::<Value>(row).expect("a row")["html"].as_str().unwrap_or_default().to_owned();
        let (words, kept) = (visible_words(&markup), article.text.split_whitespace().count());
        assert!(kept * 100 >= words * 80, "{}: {kept} of {words} words", article.id);
        lines += article.text.lines().count();
    }
    if !items.is_empty() {
        say(&format!("feed items: {} read, {lines} lines of text, none with script, style, navigation or markup", items.len()));
    }
}

/// A count of words outside tags, by the crudest means.
fn visible_words(markup: &str) -> usize {
    markup
        .split('<')
        .map(|piece| piece.split_once('>').map_or(piece, |(_, text)| text))
        .map(|text| text.replace("&nbsp;", " ").split_whitespace().count())
        .sum()
}

/// Real English news: hardly any of it may be taken for another language.
#[test]
fn real_english_is_taken_as_english() {
    for name in ["gold/sentences.jsonl", "load/sentences.jsonl", "load/articles.jsonl"] {
        let read = articles(name);
        let foreign: Vec<_> = read.iter().filter(|(_, article)| article.language != "en").collect();
        for (_, article) in foreign.iter().take(20) {
            println!("  {}: {}", article.language, article.text.chars().take(120).collect::<String>());
        }
        if !read.is_empty() {
            say(&format!("{name}: {} of {} not taken as English", foreign.len(), read.len()));
        }
        assert!(foreign.len() * 200 <= read.len());
    }
}

/// The distances that docs/formats.md recommends.
#[test]
fn fingerprints_of_real_editions() {
    let stories: Vec<String> =
        articles("load/articles.jsonl").into_iter().map(|(_, article)| article.text).filter(|text| text.len() > 1_500).take(400).collect();
    if stories.is_empty() {
        return;
    }
    let mut edits: Vec<(&str, Vec<u32>)> = Vec::new();
    for (edit, text, edited) in stories.iter().flat_map(|text| editions(text).into_iter().map(move |(edit, edited)| (edit, text, edited))) {
        let distance = distance(text, &edited);
        match edits.iter_mut().find(|(known, _)| *known == edit) {
            Some((_, distances)) => distances.push(distance),
            None => edits.push((edit, vec![distance])),
        }
    }
    for (edit, distances) in edits {
        say(&format!("fingerprints, {edit}: {}", spread(distances)));
    }
    let prints: Vec<u64> = stories.iter().map(|text| bits(text)).collect();
    let pairs = prints.iter().enumerate().flat_map(|(at, one)| prints[at + 1..].iter().map(move |other| (one ^ other).count_ones()));
    let pairs: Vec<u32> = pairs.collect();
    let within = |bits: u32| pairs.iter().filter(|distance| **distance <= bits).count();
    say(&format!("fingerprints, two stories: {}", spread(pairs.clone())));
    say(&format!("fingerprints, of {} pairs of two stories: {} within 8 bits, {} within 14", pairs.len(), within(8), within(14)));
    assert!(within(8) * 10_000 <= pairs.len() && within(14) * 1_000 <= pairs.len());
}

fn spread(mut distances: Vec<u32>) -> String {
    distances.sort_unstable();
    let at = |share: f64| distances[((distances.len() - 1) as f64 * share) as usize];
    format!("1% {}, median {}, 95% {}, 99% {}, most {} bits", at(0.01), at(0.5), at(0.95), at(0.99), at(1.0))
}

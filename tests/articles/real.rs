//! Real articles, where the folder with them is at hand; else each check says that it is skipped.

use std::{
    io::Write,
    path::{Path, PathBuf},
};

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

/// The IPTC's own examples: what has a text gives text, title, day and language.
#[test]
fn published_ninjs_examples() {
    let Some(folder) = shared("formats/ninjs") else { return };
    let (mut texts, mut passed_over, mut refused) = (0, 0, 0);
    for version in ["1.4", "2.1", "3.0"] {
        let files = std::fs::read_dir(folder.join(version)).expect("a version").flatten().map(|file| file.path());
        for path in files.filter(|path| path.extension().is_some_and(|extension| extension == "json")) {
            let body = std::fs::read(&path).expect("an example");
            match decode(&body, &Envelope::default(), &DecodeLimits::default()) {
                Ok((article, _)) if article.passed_over => passed_over += 1,
                Ok((article, _)) => {
                    texts += 1;
                    // Items that plan an event need not say when they were written.
                    let is_dated = String::from_utf8_lossy(&body).to_lowercase().contains("created\"");
                    let found = (
                        !article.text.is_empty(),
                        article.title.is_some(),
                        article.published.is_some() == is_dated,
                        article.language != "und",
                    );
                    assert_eq!(found, (true, true, true, true), "text, title, day, language of {}", path.display());
                }
                Err(rejection) => {
                    refused += 1;
                    let text = String::from_utf8_lossy(&body);
                    let has_text = ["\"body_text\"", "\"body_html\"", "\"body_xhtml\"", "\"bodies\""].iter().any(|key| text.contains(key));
                    assert!(!has_text || text.trim_start().starts_with('['), "{}: {rejection}", path.display());
                }
            }
        }
    }
    say(&format!("ninjs examples: {texts} with text, title, day and language; {passed_over} of other types; {refused} without text"));
    assert!(texts >= 15, "{texts}");
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
        let markup = serde_json::from_str::<serde_json::Value>(row).expect("a row")["html"].as_str().unwrap_or_default().to_owned();
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

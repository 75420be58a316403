//! Measures the tokenizer and the sentence splitter on the treebanks of Universal Dependencies, where these lie beside the project.

use std::{collections::HashSet, path::PathBuf};

use super::Document;

/// A document of a treebank: its text, the byte spans of its tokens, and the boundaries of its sentences as spans from 0 to their end.
#[derive(Default)]
struct Gold {
    text: String,
    tokens: HashSet<(usize, usize)>,
    sentences: HashSet<(usize, usize)>,
    name: String,
    /// Whether no space follows the text so far.
    glued: bool,
}

impl Gold {
    /// Adds a sentence; a new paragraph is set off by an empty line, a heading, a caption or what introduces a quotation (no mark at its end,
    /// or a colon) by a line break, all else by a space: the treebanks keep no line breaks.
    fn add(&mut self, text: &str, words: &[&str], new_paragraph: bool) {
        if !self.text.is_empty() {
            let heading = !self.text.trim_end_matches(['"', '\'', '”', '’', ')', ']']).ends_with(['.', '!', '?', '…', ',', ';', '-', '—']);
            self.text.push_str(if new_paragraph {
                "\n\n"
            } else if heading {
                "\n"
            } else {
                " "
            });
        }
        let start = self.text.len();
        self.text.push_str(text);
        self.sentences.insert((0, self.text.len()));
        let mut at = start;
        for word in words {
            let Some(found) = self.text[at..].find(word) else { continue };
            self.tokens.insert((at + found, at + found + word.len()));
            at += found + word.len();
        }
    }
}

/// The documents of a CoNLL-U file.
fn documents(conllu: &str) -> Vec<Gold> {
    let mut documents = vec![Gold::default()];
    for block in conllu.split("\n\n") {
        let comment = |name: &str| block.lines().find(|line| line.starts_with(name));
        if comment("# newdoc").is_some() {
            documents.push(Gold { name: block.lines().next().unwrap_or_default().to_owned(), ..Gold::default() });
        }
        let Some(text) = comment("# text = ").and_then(|line| line.strip_prefix("# text = ")) else { continue };
        let is_word =
            |line: &&str| line.split('\t').next().is_some_and(|id| !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit()));
        let words: Vec<&str> = block.lines().filter(is_word).filter_map(|line| line.split('\t').nth(1)).collect();
        documents.last_mut().expect("one is always there").add(text.trim_end(), &words, comment("# newpar").is_some());
        documents.last_mut().expect("one is always there").glued =
            block.trim_end().lines().last().is_some_and(|line| line.ends_with("SpaceAfter=No"));
    }
    documents
}

/// Counts of what agrees, what was found and what is right.
#[derive(Default)]
struct Score {
    agreed: usize,
    found: usize,
    gold: usize,
}

impl Score {
    fn add(&mut self, gold: &HashSet<(usize, usize)>, found: &[(usize, usize)]) {
        self.agreed += found.iter().filter(|span| gold.contains(span)).count();
        self.found += found.len();
        self.gold += gold.len();
    }

    /// F1 in percent.
    fn f1(&self) -> f64 {
        200.0 * self.agreed as f64 / (self.found + self.gold) as f64
    }
}

fn measure(documents: &[Gold]) -> (Score, Score) {
    let (mut tokens, mut sentences) = (Score::default(), Score::default());
    for gold in documents {
        let document = Document::new(&gold.text);
        tokens.add(&gold.tokens, &document.tokens.iter().map(|token| (token.span.start, token.span.end)).collect::<Vec<_>>());
        sentences.add(&gold.sentences, &document.sentences.iter().map(|sentence| (0, sentence.span.end)).collect::<Vec<_>>());
        if std::env::var_os("ATTACHE_SHOW").is_some() {
            show(gold, &document);
        }
    }
    (tokens, sentences)
}

/// Prints what differs, with some context.
fn show(gold: &Gold, document: &Document) {
    for (kind, gold, found) in [
        ("token", &gold.tokens, document.tokens.iter().map(|token| token.span).collect::<Vec<_>>()),
        ("sentence", &gold.sentences, document.sentences.iter().map(|sentence| sentence.span).collect()),
    ] {
        let mut ends: Vec<(usize, bool)> = gold.iter().map(|span| (span.1, true)).collect();
        let found_ends: HashSet<usize> = found.iter().map(|span| span.end).collect();
        let gold_ends: HashSet<usize> = ends.iter().map(|end| end.0).collect();
        ends.retain(|end| !found_ends.contains(&end.0));
        ends.extend(found.iter().filter(|span| !gold_ends.contains(&span.end)).map(|span| (span.end, false)));
        ends.sort();
        for (end, missed) in ends {
            let mut from = end.saturating_sub(30);
            let mut to = (end + 20).min(document.text.len());
            while !document.text.is_char_boundary(from) {
                from -= 1;
            }
            while !document.text.is_char_boundary(to) {
                to += 1;
            }
            println!("{kind} {}: {:?} | {:?}", if missed { "missed" } else { "wrong" }, &document.text[from..end], &document.text[end..to]);
        }
    }
}

#[test]
fn treebanks_are_split_as_their_readers_did() {
    let folder = ["../shared/ud", "../../shared/ud"].map(|path| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(path));
    let Some(folder) = folder.into_iter().find(|folder| folder.is_dir()) else {
        println!("skipped: no treebanks beside the project");
        return;
    };
    for (kind, prefixes, token_floor, sentence_floor) in FLOORS {
        let mut all = Vec::new();
        for file in FILES {
            let conllu = std::fs::read_to_string(folder.join(file)).expect("a treebank file");
            all.extend(documents(&conllu).into_iter().filter(|gold| prefixes.iter().any(|prefix| gold.name.contains(prefix))));
        }
        let (tokens, sentences) = measure(&all);
        println!("{kind}: {} documents, tokens F1 {:.2}, sentences F1 {:.2}", all.len(), tokens.f1(), sentences.f1());
        assert!(tokens.f1() >= *token_floor, "{kind}: tokens {:.2}", tokens.f1());
        assert!(sentences.f1() >= *sentence_floor, "{kind}: sentences {:.2}", sentences.f1());
    }
}

const FILES: &[&str] = &["ewt-train.conllu", "ewt-dev.conllu", "ewt-test.conllu", "gum-train.conllu", "gum-dev.conllu", "gum-test.conllu"];

/// Kinds of document by the beginnings of their ids, and the least F1 of tokens and sentences in percent.
const FLOORS: &[(&str, &[&str], f64, f64)] = &[
    ("news", &["id = GUM_news"], 99.5, 98.5),
    ("news, interviews, lives, travel", &["id = GUM_news", "id = GUM_interview", "id = GUM_bio", "id = GUM_voyage"], 99.5, 98.0),
    ("blogs", &["id = weblog"], 99.7, 98.0),
    ("newsgroups", &["id = newsgroup"], 99.2, 97.5),
    ("letters, answers and reviews", &["id = email", "id = answers", "id = reviews"], 98.8, 95.8),
];

//! Sentences in capitals, as some wires send them, are read as they would be written otherwise. Only the forms change: spans stay.

use std::ops::Range;

use crate::{
    lexicon::Lexicon,
    text::{Document, language},
};

/// Fewer words in capitals are an acronym or two.
const FEWEST_WORDS: usize = 4;
/// One word in so many may have small letters: "McKINLEY", "al-ASSAD".
const WORDS_PER_SMALL: usize = 8;
/// Written with a capital though no lexicon names them. "May" is one only before a number.
const CALENDAR: [&str; 18] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "january",
    "february",
    "march",
    "april",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Gives every word of a sentence in capitals the form it has elsewhere: names as the lexicon writes them, all else in small letters.
pub(super) fn undo_capitals(document: &mut Document, lexicon: &Lexicon) {
    let in_capitals = document.sentences.iter().filter(|sentence| is_in_capitals(document, &sentence.tokens));
    let forms: Vec<(usize, String)> = in_capitals.flat_map(|sentence| plain_forms(document, &sentence.tokens, lexicon)).collect();
    if !forms.is_empty() {
        document.read_as(forms);
    }
}

fn is_in_capitals(document: &Document, tokens: &Range<usize>) -> bool {
    let (mut words, mut small) = (0, 0);
    for form in tokens.clone().map(|token| document.form(token)) {
        let has_small = form.chars().any(char::is_lowercase);
        words += usize::from(has_small || form.chars().filter(|letter| letter.is_uppercase()).count() > 1);
        small += usize::from(has_small);
        if small * WORDS_PER_SMALL > tokens.len() {
            return false;
        }
    }
    words >= FEWEST_WORDS && small * WORDS_PER_SMALL <= words
}

fn plain_forms(document: &Document, tokens: &Range<usize>, lexicon: &Lexicon) -> Vec<(usize, String)> {
    let written: Vec<&str> = tokens.clone().map(|token| document.form(token)).collect();
    let titled: Vec<String> = written.iter().map(|form| titled(form)).collect();
    let as_written: Vec<Option<u32>> = written.iter().map(|form| lexicon.names.word(form)).collect();
    let as_titled: Vec<Option<u32>> = titled.iter().map(|form| lexicon.names.word(form)).collect();
    let length = |words: &[Option<u32>]| lexicon.names.longest(words.iter().copied()).map_or(0, |(length, _)| length);
    let mut forms = Vec::with_capacity(written.len());
    let mut at = 0;
    while at < written.len() {
        let (capitals, title) = (length(&as_written[at..]), length(&as_titled[at..]));
        let name = capitals.max(title);
        if name == 0 || name == 1 && language::is_function_word(&written[at].to_lowercase()) {
            forms.push(common(&written, &titled, at));
            at += 1;
            continue;
        }
        let named = |at: usize| if title > capitals { titled[at].clone() } else { written[at].to_owned() };
        forms.extend((at..at + name).map(named));
        at += name;
    }
    tokens.clone().zip(forms).collect()
}

/// A word that is no name: its first letter stays great at the start of a sentence and in names of days and months.
fn common(written: &[&str], titled: &[String], at: usize) -> String {
    let small = written[at].to_lowercase();
    let is_number = |at: usize| written.get(at).is_some_and(|form| form.starts_with(|first: char| first.is_ascii_digit()));
    let is_month_of_may = small == "may" && (is_number(at + 1) || at > 0 && is_number(at - 1));
    if at == 0 || is_month_of_may || CALENDAR.contains(&small.as_str()) { titled[at].clone() } else { small }
}

/// "JONG-UN" -> "Jong-un".
fn titled(form: &str) -> String {
    let mut letters = form.chars();
    let first = letters.next().map(String::from).unwrap_or_default();
    first + &letters.as_str().to_lowercase()
}

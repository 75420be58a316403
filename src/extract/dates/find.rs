use super::vocabulary::{month, year};
use super::{DateMention, Expression, Role, Step, YearOf};
use crate::text::{Document, Sentence};

/// The date expressions of a sentence, in order and disjoint.
pub fn find_dates(document: &Document<'_>, sentence: &Sentence) -> Vec<DateMention> {
    let words = Words::new(document, sentence);
    let mut mentions = Vec::new();
    let mut at = 0;
    while at < words.lower.len() {
        let Some((expression, end)) = words.expression(at) else {
            at += 1;
            continue;
        };
        let tokens = sentence.tokens.start + at..sentence.tokens.start + end;
        let span = document.tokens[tokens.start].span.join(document.tokens[tokens.end - 1].span);
        mentions.push(DateMention { span, tokens, role: words.role(at, end), expression });
        at = end;
    }
    mentions
}

/// What an expression says, and the word after it.
pub(super) type Found = Option<(Expression, usize)>;

/// The words of a sentence in small letters, "mid-" left out, and which of them have a capital.
pub(super) struct Words {
    lower: Vec<String>,
    pub(super) capital: Vec<bool>,
}

impl Words {
    fn new(document: &Document<'_>, sentence: &Sentence) -> Self {
        let form = |token| {
            let form = document.form(token);
            form.strip_prefix("mid-").or_else(|| form.strip_prefix("Mid-")).unwrap_or(form)
        };
        let lower = sentence.tokens.clone().map(|token| form(token).to_lowercase()).collect();
        let capital = sentence.tokens.clone().map(|token| form(token).starts_with(char::is_uppercase)).collect();
        Self { lower, capital }
    }

    pub(super) fn get(&self, at: usize) -> &str {
        self.lower.get(at).map_or("", String::as_str)
    }

    pub(super) fn before(&self, at: usize) -> &str {
        at.checked_sub(1).map_or("", |at| self.get(at))
    }

    pub(super) fn is(&self, at: usize, words: &[&str]) -> bool {
        words.contains(&self.get(at))
    }

    /// The date expression that starts at `at`; the longest readings are tried first.
    fn expression(&self, at: usize) -> Found {
        self.numeric(at)
            .or_else(|| self.weekday(at))
            .or_else(|| self.day_of_word(at))
            .or_else(|| self.calendar_day(at))
            .or_else(|| self.named_month(at))
            .or_else(|| self.step(at))
            .or_else(|| self.distance(at))
            .or_else(|| self.part_of_year(at))
            .or_else(|| self.ordinal_day(at))
            .or_else(|| self.years(at))
    }

    /// A month's name with its capital.
    pub(super) fn month_at(&self, at: usize) -> Option<i8> {
        month(self.get(at)).filter(|_| self.capital[at])
    }

    /// The year after a month or day: ", 2017", "of last year".
    pub(super) fn year_after(&self, at: usize) -> (YearOf, usize) {
        let place = at + usize::from(self.is(at, &[",", "of", "in"]));
        if let Some(year) = year(self.get(place)) {
            return (YearOf::Said(year), place + 1);
        }
        match self.offset(place).filter(|_| self.get(place + 1) == "year") {
            Some(years) => (YearOf::Offset(years as i16), place + 2),
            None => (YearOf::Unsaid, at),
        }
    }

    /// −1, 0 or 1 for "last", "this", "next".
    pub(super) fn offset(&self, at: usize) -> Option<i32> {
        match self.get(at) {
            "last" => Some(-1),
            "this" => Some(0),
            "next" => Some(1),
            _ => None,
        }
    }

    fn role(&self, at: usize, end: usize) -> Role {
        let determined = DETERMINERS.contains(&self.before(at)) || self.get(at) == "the";
        if self.get(end) == "'s" || (determined && self.is_noun_like(end)) {
            return Role::Attribute;
        }
        let skipped = (0..at).rev().take(4).take_while(|before| self.is(*before, PART_WORDS)).count();
        match self.before(at - skipped) {
            "since" => Role::Since,
            // "from May 31 to June 6": from beginning to end.
            "from" if (at..end).any(|inside| self.is(inside, &["to", "-", "–", "—", "through"])) => Role::At,
            "from" if !self.is(at, &["today", "tonight"]) => Role::Since,
            "until" | "till" | "by" | "before" | "through" => Role::Until,
            "after" => Role::After,
            _ => Role::At,
        }
    }

    /// Whether the word at `at` may be a noun that the date describes.
    fn is_noun_like(&self, at: usize) -> bool {
        let word = self.get(at);
        word.starts_with(char::is_alphabetic) && !FUNCTION_WORDS.contains(&word)
    }
}

pub(super) fn step(word: &str) -> Option<Step> {
    match word {
        "last" => Some(Step::Last),
        "this" => Some(Step::This),
        "next" => Some(Step::Next),
        _ => None,
    }
}

/// Words between a preposition and its date: "by the end of May".
const PART_WORDS: &[&str] =
    &["the", "early", "late", "earlier", "later", "about", "around", "end", "start", "beginning", "middle", "of", "mid"];

const DETERMINERS: &[&str] = &["the", "a", "an", "its", "their", "his", "her", "our"];

pub(super) const FUNCTION_WORDS: &[&str] = &[
    "a",
    "an",
    "the",
    "and",
    "or",
    "but",
    "to",
    "in",
    "on",
    "at",
    "by",
    "for",
    "from",
    "of",
    "with",
    "after",
    "before",
    "when",
    "while",
    "as",
    "because",
    "that",
    "which",
    "who",
    "where",
    "is",
    "was",
    "were",
    "are",
    "has",
    "had",
    "have",
    "will",
    "would",
    "over",
    "under",
    "during",
    "until",
    "since",
    "following",
    "he",
    "she",
    "it",
    "they",
    "we",
    "if",
    "not",
    "between",
    "against",
    "amid",
    "through",
];

//! The tokenizer. It splits at white space, then each piece from left to right, as the English treebanks of Universal Dependencies do
//! (EWT and GUM): clitics, hyphenated compounds, currency and percent signs are tokens, abbreviations keep their dot.

use super::document::Token;
use super::normalise::{is_invisible, is_space, is_word, plain};
use super::span::Span;

/// Splits a text into tokens, in order and disjoint, that cover all its visible characters. Linear in the text's length.
pub fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::with_capacity(text.len() / 5);
    let mut piece = Piece::default();
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let word = bytes[at..].iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
        let next = bytes.get(at + word);
        if word > 0 && word != CANNOT && next.is_none_or(|byte| matches!(byte, b' ' | b'\n')) {
            tokens.push(Token { span: Span::new(at, at + word) });
            at += word + 1;
            continue;
        }
        at = piece.read(text, at);
        piece.split(&mut tokens);
    }
    tokens
}

/// "cannot" and the slurred words of six letters or less take the slow path.
const CANNOT: usize = 6;

/// A stretch of text without white space, as plain characters with their places.
#[derive(Default)]
struct Piece {
    chars: Vec<char>,
    /// Where each character starts, and one more: the end of the piece.
    starts: Vec<usize>,
}

impl Piece {
    /// Reads the piece at `at`; returns where the next one may start.
    fn read(&mut self, text: &str, at: usize) -> usize {
        self.chars.clear();
        self.starts.clear();
        let mut end = text.len();
        let mut next = text.len();
        for (offset, c) in text[at..].char_indices() {
            if is_space(c) {
                end = at + offset;
                next = end + c.len_utf8();
                break;
            }
            if !is_invisible(c) {
                self.chars.push(plain(c));
                self.starts.push(at + offset);
            }
        }
        self.starts.push(end);
        next
    }

    fn split(&self, tokens: &mut Vec<Token>) {
        let mut at = 0;
        while at < self.chars.len() {
            let end = self.token_end(at);
            debug_assert!(end > at);
            tokens.push(Token { span: Span::new(self.starts[at], self.starts[end]) });
            at = end;
        }
    }

    fn get(&self, at: usize) -> char {
        self.chars.get(at).copied().unwrap_or(' ')
    }

    fn before(&self, at: usize) -> char {
        at.checked_sub(1).map_or(' ', |at| self.chars[at])
    }

    /// The number of characters from `at` on that satisfy a condition.
    fn run(&self, at: usize, is: impl Fn(char) -> bool) -> usize {
        self.chars[at.min(self.chars.len())..].iter().take_while(|c| is(**c)).count()
    }

    fn matches(&self, at: usize, lower: &str) -> bool {
        let mut chars = self.chars[at.min(self.chars.len())..].iter();
        lower.chars().all(|c| chars.next().is_some_and(|found| found.to_ascii_lowercase() == c))
    }

    fn token_end(&self, at: usize) -> usize {
        let c = self.chars[at];
        if let Some(end) = self.address_end(at) {
            return end;
        }
        if is_word(c) {
            return self.word_end(at);
        }
        match c {
            '\'' => self.apostrophe_end(at),
            '.' | '-' | '*' | '=' | '~' | '!' | '?' | '—' | '_' => {
                at + self.run(at, |next| next == c || (c == '!' && next == '?') || (c == '?' && next == '!'))
            }
            '#' | '@' if is_word(self.get(at + 1)) => at + 1 + self.run(at + 1, is_word),
            _ => at + 1,
        }
    }

    /// The end of a URL or an e-mail address that starts here.
    fn address_end(&self, at: usize) -> Option<usize> {
        let scheme = ["http://", "https://", "www.", "mailto:", "ftp://"].iter().any(|scheme| self.matches(at, scheme));
        if !scheme && !(is_word(self.chars[at]) && !is_word(self.before(at)) && self.is_mail(at)) {
            return None;
        }
        let mut end = at + self.run(at, |c| !matches!(c, '<' | '>' | '"' | '|' | '(' | ')' | '[' | ']'));
        while end > at + 1 && matches!(self.chars[end - 1], '.' | ',' | ';' | ':' | '!' | '?' | '\'') {
            end -= 1;
        }
        Some(end)
    }

    fn is_mail(&self, at: usize) -> bool {
        let name = self.run(at, |c| is_word(c) || matches!(c, '.' | '-' | '+'));
        if self.get(at + name) != '@' {
            return false;
        }
        let host = self.run(at + name + 1, |c| is_word(c) || c == '-');
        host > 0 && self.get(at + name + 1 + host) == '.' && is_word(self.get(at + name + 2 + host))
    }

    /// "'s" after a word, "'90s", else a quote of its own; two of them are a double quote.
    fn apostrophe_end(&self, at: usize) -> usize {
        if self.get(at + 1) == '\'' {
            return at + 2;
        }
        if let Some(end) = self.clitic_end(at).filter(|_| is_word(self.before(at)) || self.before(at) == '.') {
            return end;
        }
        let digits = self.run(at + 1, |c| c.is_ascii_digit());
        if digits == 2 { at + 1 + self.run(at + 1, is_word) } else { at + 1 }
    }

    /// The end of a clitic that starts with the apostrophe at `at`.
    fn clitic_end(&self, at: usize) -> Option<usize> {
        let end = at + 1 + self.run(at + 1, is_word);
        let clitics = ["s", "m", "d", "re", "ve", "ll"];
        clitics.iter().any(|clitic| clitic.len() == end - at - 1 && self.matches(at + 1, clitic)).then_some(end)
    }

    /// The end of the word, number or abbreviation at `at`.
    fn word_end(&self, at: usize) -> usize {
        let mut end = at;
        loop {
            let start = end;
            end += self.run(end, is_word);
            let joins = match self.get(end) {
                '\'' => self.joins_apostrophe(at, end),
                '-' => self.joins_hyphen(at, start, end),
                '.' => self.joins_dot(start, end),
                ',' | ':' => self.get(end - 1).is_ascii_digit() && self.get(end + 1).is_ascii_digit(),
                '/' => self.get(end - 1).is_ascii_digit() && self.get(end + 1).is_ascii_digit(),
                '&' => end - start <= 3 && self.get(end - 1).is_uppercase() && self.get(end + 1).is_uppercase(),
                _ => false,
            };
            if !joins {
                return self.word_cut(at, start, end);
            }
            end += 1;
        }
    }

    /// Ends a word before "n't", in "cannot" and the like, and takes in an abbreviation's dot.
    fn word_cut(&self, at: usize, start: usize, end: usize) -> usize {
        if end - at > 1 && self.matches(end - 1, "n't") && self.run(end + 1, is_word) == 1 {
            return end - 1;
        }
        if self.matches(at, "n't") && end - at == 1 {
            return at + 3;
        }
        for (word, cut) in [("cannot", 3), ("gonna", 3), ("gotta", 3), ("wanna", 3)] {
            if at == start && end - at == word.len() && self.matches(at, word) {
                return at + cut;
            }
        }
        let dotted = self.get(end) == '.' && self.get(end + 1) != '.' && self.is_abbreviation(at, start, end);
        if dotted { end + 1 } else { end }
    }

    /// Whether the word `at..end`, whose last part starts at `start`, is written with a dot.
    fn is_abbreviation(&self, at: usize, start: usize, end: usize) -> bool {
        if end - start == 1 && self.chars[start].is_alphabetic() {
            return at < start || self.chars[start].is_uppercase();
        }
        let mut lower = String::new();
        lower.extend(self.chars[at..end].iter().take(10).map(|c| c.to_ascii_lowercase()));
        ABBREVIATIONS.contains(&lower.as_str())
    }

    fn joins_apostrophe(&self, at: usize, end: usize) -> bool {
        let decade = self.get(end - 1) == '0' && self.matches(end, "'s");
        let plain = self.clitic_end(end).is_none() && is_word(self.get(end + 1)) && !self.matches(end - 1, "n't");
        end > at && (decade || plain)
    }

    /// Words whose first part cannot stand alone keep their hyphen.
    fn joins_hyphen(&self, at: usize, start: usize, end: usize) -> bool {
        let prefix = at == start && PREFIXES.iter().any(|prefix| prefix.len() == end - start && self.matches(start, prefix));
        prefix && is_word(self.get(end + 1))
    }

    /// Dots inside numbers, between single letters and in names of sites.
    fn joins_dot(&self, start: usize, end: usize) -> bool {
        let (before, after) = (self.get(end - 1), self.get(end + 1));
        if before.is_ascii_digit() && after.is_ascii_digit() {
            return true;
        }
        let single = end - start == 1 && before.is_alphabetic() && after.is_alphabetic() && !is_word(self.get(end + 2));
        let site = before.is_lowercase() && after.is_lowercase();
        single || site
    }
}

/// First parts that keep the hyphen, as the treebanks' guidelines list affixes.
const PREFIXES: &[&str] = &[
    "e", "non", "re", "anti", "pre", "co", "mid", "pro", "cross", "post", "counter", "over", "semi", "ex", "sub", "multi", "mini", "inter",
    "psycho", "socio", "intra", "un", "micro", "mis", "arch", "ultra", "extra", "trans",
];

/// Words that are written with a dot within a sentence; letters and dots in turn need no entry.
pub const ABBREVIATIONS: &[&str] = &[
    "mr", "mrs", "ms", "dr", "prof", "st", "sts", "ft", "mt", "gen", "col", "lt", "maj", "capt", "cpl", "sgt", "adm", "cmdr", "brig",
    "sen", "sens", "rep", "reps", "gov", "govs", "rev", "hon", "amb", "pres", "supt", "messrs", "fr", "sr", "jr", "inc", "corp", "co",
    "ltd", "llc", "plc", "bros", "no", "nos", "vs", "etc", "al", "eg", "ie", "cf", "approx", "ca", "vol", "pp", "fig", "art", "sec",
    "dept", "div", "est", "ext", "blvd", "ave", "rd", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec",
    "mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "sat", "sun", "ph.d", "ont", "que", "calif", "conn", "fla", "ill", "mass",
    "mich", "minn", "mo", "tenn", "tex", "va", "wash",
];

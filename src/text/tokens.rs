//! The tokenizer. It splits at white space, then each piece from left to right, as the English treebanks of Universal Dependencies do
//! (EWT and GUM): clitics, hyphenated compounds, currency and percent signs are tokens, abbreviations keep their dot.

use super::document::Token;
use super::normalise::{is_invisible, is_space, is_word, plain};
use super::span::Span;
use super::vocabulary::{ABBREVIATIONS, DAYS, NAMES, NUMBERED, PREFIXES, SLURRED};

/// Splits a text into tokens, in order and disjoint, that cover all its visible characters. Linear in the text's length.
pub fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::with_capacity(text.len() / 5);
    let mut piece = Piece::default();
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let word = bytes[at..].iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
        let next = bytes.get(at + word);
        if word > 0 && next.is_none_or(|byte| matches!(byte, b' ' | b'\n')) && !is_slurred(&bytes[at..at + word]) {
            tokens.push(Token { span: Span::new(at, at + word) });
            at += word + 1;
            continue;
        }
        at = piece.read(text, at);
        piece.split(&mut tokens);
    }
    tokens
}

fn is_slurred(word: &[u8]) -> bool {
    matches!(word.len(), 5 | 6) && SLURRED.iter().any(|(slurred, _)| word.eq_ignore_ascii_case(slurred.as_bytes()))
}

/// A stretch of text without white space, as plain characters with their places.
#[derive(Default)]
struct Piece {
    chars: Vec<char>,
    /// Where each character starts, and one more: the end of the piece.
    starts: Vec<usize>,
    /// Whether it is the first of its line.
    starts_line: bool,
    /// The character after the white space that follows it.
    next: char,
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
        self.starts_line = text[..at].ends_with('\n') || at == 0;
        self.next = text[next..].chars().next().unwrap_or(' ');
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
            '!' | '?' => at + self.run(at, |next| matches!(next, '!' | '?')),
            '.' | '-' | '*' | '=' | '~' | '—' | '+' | '$' | '<' | '>' => at + self.run(at, |next| next == c),
            ':' | ';' => at + self.face_length(at),
            '[' if self.matches(at, "[...]") => at + 5,
            '#' if self.get(at + 1).is_ascii_digit() => at + 1,
            '#' | '@' if is_word(self.get(at + 1)) => at + 1 + self.run(at + 1, is_word),
            _ => at + 1,
        }
    }

    /// The end of a URL or an e-mail address that starts here.
    fn address_end(&self, at: usize) -> Option<usize> {
        let scheme = ["http://", "https://", "www.", "mailto:", "ftp://"].iter().any(|scheme| self.matches(at, scheme));
        let starts_word = is_word(self.chars[at]) && !is_word(self.before(at));
        if !(scheme || starts_word && self.is_mail(at)) {
            return None;
        }
        let mut end = at + self.run(at, |c| !matches!(c, '<' | '>' | '"' | '|' | '(' | ')' | '[' | ']'));
        while end > at + 1 && matches!(self.chars[end - 1], '.' | ',' | ';' | ':' | '!' | '?' | '\'') {
            end -= 1;
        }
        Some(end)
    }

    /// Whether `name@host.` starts here; the limits are those of e-mail itself, and keep the search linear.
    fn is_mail(&self, at: usize) -> bool {
        let limited = |from: usize, most: usize, marks: &str| {
            self.chars.iter().skip(from).take(most).take_while(|c| is_word(**c) || marks.contains(**c)).count()
        };
        let name = limited(at, 64, ".-+");
        if self.get(at + name) != '@' {
            return false;
        }
        let host = limited(at + name + 1, 63, "-");
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

    /// The length of the smiling or sad face that starts here, else that of the mark itself.
    fn face_length(&self, at: usize) -> usize {
        let nose = usize::from(self.get(at + 1) == '-');
        if matches!(self.get(at + 1 + nose), '(' | ')') && self.get(at + 2 + nose) == ' ' { 2 + nose } else { 1 }
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
                '$' if end - start == 2 && self.matches(start, "us") => return end + 1,
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

    /// Where "6:00am" or "7pm" divides.
    fn clock_cut(&self, at: usize, end: usize) -> Option<usize> {
        let digits = self.run(at, |c| c.is_ascii_digit() || c == ':');
        let half = end - at == digits + 2 && (self.matches(at + digits, "am") || self.matches(at + digits, "pm"));
        ((1..=5).contains(&digits) && half).then_some(at + digits)
    }

    /// Ends a word before "n't", in "cannot" and the like, and takes in an abbreviation's dot.
    fn word_cut(&self, at: usize, start: usize, end: usize) -> usize {
        if let Some(cut) = self.clock_cut(at, end) {
            return cut;
        }
        if end - at > 1 && self.matches(end - 1, "n't") && self.run(end + 1, is_word) == 1 {
            return end - 1;
        }
        if self.matches(at, "n't") && end - at == 1 {
            return at + 3;
        }
        for (word, cut) in SLURRED {
            if at == start && end - at == word.len() && self.matches(at, word) {
                return at + cut;
            }
        }
        let dots = self.run(end, |c| c == '.');
        let dotted =
            (1..=2).contains(&dots) && (self.is_abbreviation(at, start, end) || (end < self.chars.len() && self.is_list_number(at, end)));
        if dotted { end + 1 } else { end }
    }

    /// "1." at the start of a line.
    fn is_list_number(&self, at: usize, end: usize) -> bool {
        self.starts_line && at == 0 && end <= 2 && self.chars[..end].iter().all(char::is_ascii_digit) && end + 1 == self.chars.len()
    }

    /// Whether the word `at..end`, whose last part starts at `start`, is written with a dot.
    fn is_abbreviation(&self, at: usize, start: usize, end: usize) -> bool {
        if end - start == 1 && self.chars[start].is_alphabetic() {
            return at < start || self.chars[start].is_uppercase() || (self.matches(start, "v") && self.next.is_uppercase());
        }
        let is_in = |table: &[&str]| table.iter().any(|entry| entry.len() == end - at && self.matches(at, entry));
        match () {
            () if is_in(ABBREVIATIONS) => true,
            () if is_in(NUMBERED) => self.next.is_ascii_digit(),
            () if is_in(DAYS) => {
                self.chars[at].is_uppercase() && (self.next.is_ascii_digit() || self.next.is_lowercase() || self.get(end + 1) == ',')
            }
            () => self.chars[at].is_uppercase() && is_in(NAMES),
        }
    }

    fn joins_apostrophe(&self, at: usize, end: usize) -> bool {
        let decade = self.get(end - 1) == '0' && self.matches(end, "'s");
        let plain = self.clitic_end(end).is_none() && is_word(self.get(end + 1)) && !self.matches(end - 1, "n't");
        end > at && (decade || plain)
    }

    /// Words whose first part cannot stand alone keep their hyphen; so do dates and telephone numbers, but not ranges.
    fn joins_hyphen(&self, at: usize, start: usize, end: usize) -> bool {
        let prefix = at == start && PREFIXES.iter().any(|prefix| prefix.len() == end - start && self.matches(start, prefix));
        (prefix && is_word(self.get(end + 1)))
            || self.is_given_name(start, end)
            || (self.get(end - 1).is_ascii_digit() && self.is_number_with_hyphens(at, start, end))
    }

    /// "Jong-un", "Ki-moon", "Ing-wen": two syllables of Chinese or Korean, the second small, are one name.
    fn is_given_name(&self, start: usize, end: usize) -> bool {
        let after = end + 1 + self.run(end + 1, is_word);
        self.chars[start].is_uppercase()
            && self.get(end + 1).is_lowercase()
            && is_syllable(&self.chars[start..end])
            && is_syllable(&self.chars[end + 1..after])
    }

    fn is_number_with_hyphens(&self, at: usize, start: usize, end: usize) -> bool {
        if at < start && self.chars[start - 1] == '-' {
            return self.get(end + 1).is_ascii_digit();
        }
        let next = self.run(end + 1, is_word);
        let after = end + 1 + next;
        let more = self.get(after) == '-' && self.get(after + 1).is_ascii_digit();
        let telephone = matches!(end - start, 3 | 5) && next == 4 && self.run(end + 1, |c| c.is_ascii_digit()) == 4;
        next > 0 && (more || telephone)
    }

    /// Dots inside numbers, between single letters and in names of sites.
    fn joins_dot(&self, start: usize, end: usize) -> bool {
        let (before, after) = (self.get(end - 1), self.get(end + 1));
        if before.is_ascii_digit() && after.is_ascii_digit() {
            return true;
        }
        let single = end - start == 1 && before.is_alphabetic() && after.is_alphabetic() && !is_word(self.get(end + 2));
        let site = before.is_alphanumeric() && after.is_lowercase() && !before.is_ascii_digit();
        single || site
    }
}

/// Whether letters may be one romanised syllable of Chinese or Korean: at most two consonants, vowels, and n, ng, k, l, m, p, t or h.
fn is_syllable(letters: &[char]) -> bool {
    let is_vowel = |c: &char| matches!(c.to_ascii_lowercase(), 'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'w');
    let onset = letters.iter().take_while(|c| c.is_alphabetic() && !is_vowel(c)).count();
    let vowels = letters[onset..].iter().take_while(|c| is_vowel(c)).count();
    let onset_is_known = onset < 2 || (onset == 2 && matches!(letters[1], 'h' | 's'));
    let coda: String = letters[onset + vowels..].iter().take(3).collect();
    (2..=6).contains(&letters.len())
        && onset_is_known
        && (1..=3).contains(&vowels)
        && ["", "n", "ng", "k", "l", "m", "p", "t", "h"].contains(&coda.as_str())
}

#[cfg(test)]
mod tests {
    use crate::text::Document;

    /// Checks that a text splits into these forms.
    fn check(text: &str, expected: &str) {
        let document = Document::new(text);
        let forms: Vec<&str> = (0..document.tokens.len()).map(|token| document.form(token)).collect();
        assert_eq!(forms.join(" "), expected);
    }

    #[test]
    fn clitics_are_tokens() {
        check("Russia's envoys' word", "Russia 's envoys ' word");
        check("It’s we’ve you’ll I’m they’d don’t can’t won’t isn't", "It 's we 've you 'll I 'm they 'd do n't ca n't wo n't is n't");
        check("cannot Cannot gonna wanna", "can not Can not gon na wan na");
        check("O'Neill d'Estaing Qa'ida the '90s 1980's 2017's", "O'Neill d'Estaing Qa'ida the '90s 1980's 2017 's");
        check("the U.S.'s DON'T", "the U.S. 's DO N'T");
    }

    #[test]
    fn hyphens_divide_compounds_but_not_affixes_numbers_and_given_names() {
        check("U.S.-led Moscow-backed three-day", "U.S. - led Moscow - backed three - day");
        check("pro-Western ex-president re-elected mid-March e-mail", "pro-Western ex-president re-elected mid-March e-mail");
        check("2012-2014 2012–2014 2017-12-19 555-1234", "2012 - 2014 2012 - 2014 2017-12-19 555-1234");
        check("Jong-un Ki-moon al-Assad", "Jong-un Ki-moon al - Assad");
    }

    #[test]
    fn money_numbers_and_marks() {
        check("$11.25 50% €3bn US$2 2,014 10:30 1/2 6am", "$ 11.25 50 % € 3bn US$ 2 2,014 10:30 1/2 6 am");
        check("“Yes” … no—never -- (so) [1]", "\" Yes \" ... no — never -- ( so ) [ 1 ]");
        check("and/or 12/19/2017 AT&T R&D #5 @un", "and / or 12/19/2017 AT&T R&D # 5 @un");
        check("What?! So... Well!!", "What ?! So ... Well !!");
    }

    #[test]
    fn abbreviations_keep_their_dot() {
        check("U.S. Jan. 5 Gen. Lee Inc. J. Smith a.m. e.g. No. 5", "U.S. Jan. 5 Gen. Lee Inc. J. Smith a.m. e.g. No. 5");
        check("He said no. In the sun. On Sat. they", "He said no . In the sun . On Sat. they");
        check("Acme Inc.. Next", "Acme Inc. . Next");
    }

    #[test]
    fn addresses_are_one_token() {
        check("See https://example.org/a?b=c, www.example.org.", "See https://example.org/a?b=c , www.example.org .");
        check("(a.b@example.org) Amazon.com", "( a.b@example.org ) Amazon.com");
    }

    #[test]
    fn invisible_characters_are_not_read() {
        check("\u{feff}Nor\u{ad}way\u{a0}said\u{200b} no", "Norway said no");
        check("Υes ΥΕΣ İstanbul ǅ", "Υes ΥΕΣ İstanbul ǅ");
    }
}

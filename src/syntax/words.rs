//! What a word looks like: the hashed parts of its form from which tags are guessed.

use super::keys::{mix, text};

/// A word without a place in the sentence, or one that the vocabulary does not know.
const UNKNOWN: u64 = 1;

/// The parts of a word's form.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Word {
    /// The form as it is written.
    pub form: u64,
    /// The form in lower case, digits read as zeros.
    pub lower: u64,
    /// Its runs of capitals, small letters, digits and signs.
    pub shape: u64,
    /// The last one to four bytes of the lower-case form; 0 where it is shorter.
    pub suffixes: [u64; 4],
    /// The first one to three bytes.
    pub prefixes: [u64; 3],
    /// Which tags the vocabulary has seen it with.
    pub ambiguity: u64,
}

impl Word {
    /// Reads a form; `lower` is working memory and holds the lower-case form afterwards.
    pub(super) fn read(form: &str, lower: &mut String, ambiguity: impl Fn(u64) -> Option<u64>) -> Self {
        lower_case(form, lower);
        let bytes = lower.as_bytes();
        let hash = text(bytes);
        let suffix = |length: usize| bytes.len().checked_sub(length).map_or(0, |start| pack(&bytes[start..]));
        let prefix = |length: usize| bytes.get(..length).map_or(0, pack);
        Self {
            form: text(form.as_bytes()),
            lower: hash,
            shape: shape(form),
            suffixes: [suffix(1), suffix(2), suffix(3), suffix(4)],
            prefixes: [prefix(1), prefix(2), prefix(3)],
            ambiguity: ambiguity(hash).unwrap_or(UNKNOWN),
        }
    }
}

/// Writes the lower-case form with digits read as zeros, so that "1998" and "2026" are one word.
pub(super) fn lower_case(form: &str, lower: &mut String) {
    lower.clear();
    for letter in form.chars() {
        match letter {
            '0'..='9' => lower.push('0'),
            'A'..='Z' => lower.push(letter.to_ascii_lowercase()),
            '\0'..='\x7f' => lower.push(letter),
            // Typographic quotes and dashes are those of the treebanks.
            '’' | '‘' => lower.push('\''),
            _ => lower.extend(letter.to_lowercase()),
        }
    }
}

/// Up to four bytes as a number, told apart by their count.
fn pack(bytes: &[u8]) -> u64 {
    bytes.iter().fold(1, |packed, byte| packed << 8 | u64::from(*byte))
}

/// Runs of kinds of characters, each run cut at two.
fn shape(form: &str) -> u64 {
    let (mut hash, mut last, mut run) = (7, 0, 0);
    for letter in form.chars() {
        let kind = kind(letter);
        run = if kind == last { run + 1 } else { 1 };
        last = kind;
        if run <= 2 {
            hash = mix(hash, kind);
        }
    }
    hash
}

fn kind(letter: char) -> u64 {
    match letter {
        'a'..='z' => 2,
        'A'..='Z' => 1,
        '0'..='9' => 3,
        '-' => 4,
        '.' => 5,
        _ if letter.is_uppercase() => 1,
        _ if letter.is_lowercase() => 2,
        _ => 6,
    }
}

/// How a sentence uses capitals: where they say nothing, tags must not rest on them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Casing {
    /// Names and the beginning only.
    Usual,
    /// No capitals at all.
    Lower,
    /// Capitals only: wires and shouting.
    Upper,
    /// Most words begin with one: headlines.
    Title,
}

impl Casing {
    pub(super) fn of(forms: &[&str]) -> Self {
        let (mut words, mut capitalised, mut lower) = (0, 0, 0);
        for form in forms {
            let Some(first) = form.chars().next().filter(|first| first.is_alphabetic()) else { continue };
            // Short words stay small in headlines too.
            words += usize::from(form.len() > 3);
            capitalised += usize::from(form.len() > 3 && first.is_uppercase());
            lower += usize::from(form.chars().any(char::is_lowercase));
        }
        if words >= 2 && lower == 0 {
            Self::Upper
        } else if words >= 3 && capitalised == 0 && forms.iter().all(|form| !form.starts_with(char::is_uppercase)) {
            Self::Lower
        } else if words >= 3 && capitalised * 10 >= words * 8 {
            Self::Title
        } else {
            Self::Usual
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(form: &str) -> Word {
        Word::read(form, &mut String::new(), |_| None)
    }

    #[test]
    fn parts_are_shared_where_they_should_be() {
        assert_eq!(word("Russia").lower, word("RUSSIA").lower);
        assert_ne!(word("Russia").form, word("RUSSIA").form);
        assert_eq!(word("1998").lower, word("2026").lower);
        assert_eq!(word("Russia").shape, word("Iran").shape);
        assert_ne!(word("Russia").shape, word("US").shape);
        assert_eq!(word("imposed").suffixes[..2], word("vowed").suffixes[..2]);
        assert_eq!(word("an").suffixes[2..], [0, 0]);
        assert_eq!(word("Erdoğan’s").lower, word("erdoğan's").lower);
    }

    #[test]
    fn casing_is_that_of_the_sentence() {
        let casing = |sentence: &str| Casing::of(&sentence.split(' ').collect::<Vec<_>>());
        assert_eq!(casing("Russia expelled two British diplomats on Monday ."), Casing::Usual);
        assert_eq!(casing("RUSSIA EXPELS TWO DIPLOMATS"), Casing::Upper);
        assert_eq!(casing("russia expels two diplomats"), Casing::Lower);
        assert_eq!(casing("Russia Expels Two British Diplomats"), Casing::Title);
        assert_eq!(casing("Russia Expels Envoys to the U.S. , EU in Tit-for-Tat Move"), Casing::Title);
        assert_eq!(casing("OK ."), Casing::Usual);
        assert_eq!(casing(""), Casing::Usual);
    }
}

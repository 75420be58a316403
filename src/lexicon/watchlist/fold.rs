//! Words without case, diacritics and punctuation, with the places that they come from.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use crate::text::Span;

/// Letters with a stroke or a hook, which Unicode does not take for a letter with a mark.
const STROKED: [(char, &str); 12] = [
    ('ø', "o"),
    ('ł', "l"),
    ('đ', "d"),
    ('ð', "d"),
    ('ħ', "h"),
    ('ı', "i"),
    ('ß', "ss"),
    ('æ', "ae"),
    ('œ', "oe"),
    ('þ', "th"),
    ('ŧ', "t"),
    ('ə', "e"),
];

/// Folds letters; keeps its buffer from one use to the next.
#[derive(Debug, Default)]
pub(super) struct Folder {
    decomposed: String,
}

/// The words of a text, folded, one space between them.
#[derive(Debug, Default)]
pub(super) struct Words {
    pub folded: String,
    /// For each word where it begins and ends in `folded`, and where it stands in the text.
    pub words: Vec<Word>,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Word {
    pub start: usize,
    pub end: usize,
    pub span: Span,
}

impl Words {
    pub fn of(text: &str, folder: &mut Folder) -> Self {
        let mut words = Self { folded: String::with_capacity(text.len() + 1), words: Vec::new() };
        let mut open: Option<Word> = None;
        for (at, c) in text.char_indices() {
            // A mark belongs to the letter before it; an apostrophe within a word does not part it.
            let inside = c.is_alphanumeric() || (open.is_some() && (is_combining_mark(c) || is_inner_apostrophe(text, at, c)));
            if !inside {
                words.words.extend(open.take());
                continue;
            }
            let word = open.get_or_insert_with(|| {
                if !words.folded.is_empty() {
                    words.folded.push(' ');
                }
                Word { start: words.folded.len(), end: words.folded.len(), span: Span::new(at, at) }
            });
            folder.push(c, &mut words.folded);
            word.end = words.folded.len();
            word.span.end = at + c.len_utf8();
        }
        words.words.extend(open);
        words
    }
}

impl Folder {
    fn push(&mut self, c: char, folded: &mut String) {
        if c.is_ascii() {
            if c.is_ascii_alphanumeric() {
                folded.push(c.to_ascii_lowercase());
            }
            return;
        }
        self.decomposed.clear();
        self.decomposed.extend(c.to_lowercase().nfkd().filter(|part| !is_combining_mark(*part)));
        for part in self.decomposed.chars() {
            match STROKED.iter().find(|(letter, _)| *letter == part) {
                Some((_, plain)) => folded.push_str(plain),
                None if part.is_alphanumeric() => folded.push(part),
                None => {}
            }
        }
    }
}

/// "N'Guessan" and "N’Guessan" are one word, and "Huawei's" is "Huawei" and an ending.
fn is_inner_apostrophe(text: &str, at: usize, c: char) -> bool {
    if !matches!(c, '\'' | '’' | 'ʼ' | '`') {
        return false;
    }
    let mut behind = text[at + c.len_utf8()..].chars();
    let next = behind.next().filter(|next| next.is_alphanumeric());
    let ending = next.is_some_and(|next| matches!(next, 's' | 'S')) && !behind.next().is_some_and(char::is_alphanumeric);
    next.is_some() && !ending
}

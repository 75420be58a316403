//! The language of a text: cheap for English, which nearly all articles are, and careful for the rest.

use whatlang::{Detector, Lang, Script};

/// The code for a language that cannot be told (ISO 639-2).
pub const UNDETERMINED: &str = "und";

/// The beginning of an article says what it is written in.
const SAMPLE_BYTES: usize = 1024;
/// Fewer words than this are no proof of anything.
const FEWEST_WORDS: usize = 4;
/// Running English has two in five; headlines and lists of names have fewer.
const ENGLISH_SHARE: f64 = 0.2;
/// Below this many letters whatlang is little better than a guess.
const FEWEST_LETTERS: usize = 60;

/// A letter with an accent in so many is more than foreign names bring into English.
const LETTERS_PER_ACCENT: usize = 50;

/// Function words that English has and its neighbours do not share: none of them is a common word in Norwegian, say.
#[rustfmt::skip]
const ENGLISH: [&str; 67] = [
    "a", "about", "after", "against", "an", "and", "are", "as", "at", "be", "been", "before", "between", "but", "by", "can", "could", "during",
    "for", "from", "had", "has", "have", "he", "his", "how", "if", "in", "into", "is", "it", "its", "more", "new", "no", "not", "of", "on",
    "or", "our", "out", "said", "she", "should", "such", "than", "that", "the", "their", "them", "they", "this", "to", "up", "us",
    "was", "we", "were", "what", "when", "which", "who", "will", "with", "would", "you", "your",
];

/// Three-letter and two-letter codes of the languages that the detectors know.
#[rustfmt::skip]
const CODES: [(&str, &str); 70] = [
    ("epo", "eo"), ("eng", "en"), ("rus", "ru"), ("cmn", "zh"), ("spa", "es"), ("por", "pt"), ("ita", "it"), ("ben", "bn"), ("fra", "fr"), ("deu", "de"),
    ("ukr", "uk"), ("kat", "ka"), ("ara", "ar"), ("hin", "hi"), ("jpn", "ja"), ("heb", "he"), ("yid", "yi"), ("pol", "pl"), ("amh", "am"), ("jav", "jv"),
    ("kor", "ko"), ("nob", "nb"), ("dan", "da"), ("swe", "sv"), ("fin", "fi"), ("tur", "tr"), ("nld", "nl"), ("hun", "hu"), ("ces", "cs"), ("ell", "el"),
    ("bul", "bg"), ("bel", "be"), ("mar", "mr"), ("kan", "kn"), ("ron", "ro"), ("slv", "sl"), ("hrv", "hr"), ("srp", "sr"), ("mkd", "mk"), ("lit", "lt"),
    ("lav", "lv"), ("est", "et"), ("tam", "ta"), ("vie", "vi"), ("urd", "ur"), ("tha", "th"), ("guj", "gu"), ("uzb", "uz"), ("pan", "pa"), ("aze", "az"),
    ("ind", "id"), ("tel", "te"), ("pes", "fa"), ("mal", "ml"), ("ori", "or"), ("mya", "my"), ("nep", "ne"), ("sin", "si"), ("khm", "km"), ("tuk", "tk"),
    ("aka", "ak"), ("zul", "zu"), ("sna", "sn"), ("afr", "af"), ("lat", "la"), ("slk", "sk"), ("cat", "ca"), ("tgl", "tl"), ("hye", "hy"), ("cym", "cy"),
];

/// What a text seems to be written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Detected {
    /// ISO 639-1.
    pub code: &'static str,
    /// Whether it outweighs what the sender says.
    pub is_reliable: bool,
}

/// Detects the language of a text; `None` when it has too few letters to tell.
pub fn detect(text: &str) -> Option<Detected> {
    let sample = beginning(text);
    if !sample.chars().any(char::is_alphabetic) {
        return None;
    }
    let lower = sample.to_lowercase();
    let words: Vec<&str> = lower.split(|character: char| !character.is_alphabetic()).filter(|word| !word.is_empty()).collect();
    let english = words.iter().filter(|word| ENGLISH.binary_search(word).is_ok()).count();
    if words.len() >= FEWEST_WORDS && !is_accented(&lower) && english as f64 >= ENGLISH_SHARE * words.len() as f64 {
        return Some(Detected { code: "en", is_reliable: true });
    }
    Some(detect_by_letters(&lower, english))
}

/// By script and n-grams. Short Latin text is doubtful, for names of people and places look foreign in any language: it is
/// taken as English unless its letters plainly say otherwise, and the sender's word outweighs it.
fn detect_by_letters(lower: &str, english_words: usize) -> Detected {
    let letters = lower.chars().filter(|character| character.is_alphabetic()).count();
    let doubtful = |code| Detected { code, is_reliable: false };
    let Some(guess) = Detector::new().detect(lower) else { return doubtful(UNDETERMINED) };
    let code = code_of(guess.lang());
    let is_foreign_script = guess.script() != Script::Latin;
    if is_foreign_script || guess.is_reliable() && english_words == 0 {
        return Detected { code, is_reliable: is_foreign_script || letters >= FEWEST_LETTERS };
    }
    let second_guess = from_three_letters(whichlang::detect_language(lower).three_letter_code());
    match () {
        () if second_guess == "en" || letters < FEWEST_LETTERS => doubtful("en"),
        () if second_guess == code => Detected { code, is_reliable: true },
        () if guess.is_reliable() || is_accented(lower) => doubtful(code),
        () => doubtful("en"),
    }
}

/// Whether a word in small letters is one of English grammar rather than a name. "us" is not: in capitals it is a country.
pub fn is_function_word(lower: &str) -> bool {
    lower != "us" && ENGLISH.binary_search(&lower).is_ok()
}

fn is_accented(lower: &str) -> bool {
    let letters = lower.chars().filter(|character| character.is_alphabetic());
    let (all, plain) = letters.fold((0, 0), |(all, plain), letter| (all + 1, plain + usize::from(letter.is_ascii())));
    (all - plain) * LETTERS_PER_ACCENT > all
}

/// The ISO 639-1 code that a sender means by a language tag or name: "en-US", "en_GB", "eng", "English".
pub fn from_tag(tag: &str) -> Option<&'static str> {
    let primary = tag.trim().split(['-', '_', ' ', ',', ';']).next().unwrap_or_default().to_ascii_lowercase();
    match primary.len() {
        2 if primary == "no" => Some("nb"),
        2 => CODES.iter().find(|(_, two)| *two == primary).map(|(_, two)| *two),
        3 => CODES.iter().find(|(three, _)| *three == primary).map(|(_, two)| *two),
        _ => Lang::all().iter().find(|lang| lang.eng_name().eq_ignore_ascii_case(&primary)).map(|lang| code_of(*lang)),
    }
}

fn code_of(lang: Lang) -> &'static str {
    from_three_letters(lang.code())
}

fn from_three_letters(code: &str) -> &'static str {
    CODES.iter().find(|(three, _)| *three == code).map_or(UNDETERMINED, |(_, two)| *two)
}

fn beginning(text: &str) -> &str {
    let text = text.trim_start();
    let end = (0..=text.len().min(SAMPLE_BYTES)).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default();
    &text[..end]
}

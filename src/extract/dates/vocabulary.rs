//! The English words of dates, in small letters.

use jiff::civil::Weekday;

/// A month's number; abbreviations with or without their dot.
pub fn month(word: &str) -> Option<i8> {
    let word = word.trim_end_matches('.');
    let at = MONTHS.iter().position(|(name, short)| *name == word || *short == word || (*name == "september" && word == "sept"))?;
    Some(at as i8 + 1)
}

const MONTHS: [(&str, &str); 12] = [
    ("january", "jan"),
    ("february", "feb"),
    ("march", "mar"),
    ("april", "apr"),
    ("may", "may"),
    ("june", "jun"),
    ("july", "jul"),
    ("august", "aug"),
    ("september", "sep"),
    ("october", "oct"),
    ("november", "nov"),
    ("december", "dec"),
];

/// A weekday by its full name.
pub fn weekday(word: &str) -> Option<Weekday> {
    let at = WEEKDAYS.iter().position(|(name, _)| *name == word)?;
    Weekday::from_monday_one_offset(at as i8 + 1).ok()
}

/// A weekday by its abbreviation; many of these are also other words.
pub fn short_weekday(word: &str) -> Option<Weekday> {
    let word = word.trim_end_matches('.');
    let at = WEEKDAYS.iter().position(|(_, short)| short.contains(&word))?;
    Weekday::from_monday_one_offset(at as i8 + 1).ok()
}

const WEEKDAYS: [(&str, &[&str]); 7] = [
    ("monday", &["mon"]),
    ("tuesday", &["tue", "tues"]),
    ("wednesday", &["wed", "weds"]),
    ("thursday", &["thu", "thur", "thurs"]),
    ("friday", &["fri"]),
    ("saturday", &["sat"]),
    ("sunday", &["sun"]),
];

/// A small number in words or digits; "a" is one.
pub fn number(word: &str) -> Option<i32> {
    let at = NUMBERS.iter().position(|name| *name == word).map(|at| at as i32);
    match word {
        "a" | "an" => Some(1),
        _ => at.or_else(|| word.parse().ok().filter(|number| (0..=999).contains(number) && word.len() <= 3)),
    }
}

const NUMBERS: [&str; 21] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
];

/// The day of a month in digits, "19" or "19th".
pub fn day(word: &str) -> Option<i8> {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_lowercase());
    let ending = &word[digits.len()..];
    let known = matches!(ending, "" | "st" | "nd" | "rd" | "th");
    digits.parse().ok().filter(|day| known && digits.len() <= 2 && (1..=31).contains(day))
}

/// A year of four digits in the range that news speaks of.
pub fn year(word: &str) -> Option<i16> {
    let four = word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit());
    word.parse().ok().filter(|year| four && (1500..2200).contains(year))
}

/// "1990s", "1990's".
pub fn decade(word: &str) -> Option<i16> {
    let digits = word.strip_suffix("'s").or_else(|| word.strip_suffix('s'))?;
    year(digits).filter(|year| year % 10 == 0)
}

/// "first" to "fourth", for quarters and halves.
pub fn ordinal(word: &str) -> Option<i8> {
    match word {
        "first" | "1st" => Some(1),
        "second" | "2nd" => Some(2),
        "third" | "3rd" => Some(3),
        "fourth" | "4th" | "final" | "last" => Some(4),
        _ => None,
    }
}

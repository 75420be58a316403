//! Publication dates as they come in the wild. What names no zone is taken as UTC; what could be two days is not read at all.

use jiff::{
    Timestamp,
    civil::{Date, Time},
    fmt::{rfc2822, temporal::Pieces},
    tz::Offset,
};

use crate::extract::Published;

/// No news is older: a year below this is a clock or a converter that failed.
const FIRST_YEAR: i16 = 1900;
/// Numbers from here on are seconds since 1970 (in 1973), below they are days or years.
const FIRST_SECOND: i64 = 100_000_000;
/// Numbers from here on are milliseconds (as seconds they would lie in the year 5138) …
const FIRST_MILLISECOND: i64 = 100_000_000_000;
/// … and from here on something else, such as a compact "20171219120000".
const LAST_MILLISECOND: i64 = 9_999_999_999_999;
/// Anything longer is no date; it bounds the work.
const LONGEST_BYTES: usize = 100;

const MONTHS: [&str; 12] =
    ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];
/// Zone abbreviations that news uses and that mean one offset (hours from UTC); RFC 2822's own come first.
#[rustfmt::skip]
const ZONES: [(&str, i8); 18] = [
    ("gmt", 0), ("utc", 0), ("ut", 0), ("z", 0), ("est", -5), ("edt", -4), ("cst", -6), ("cdt", -5), ("mst", -7), ("mdt", -6), ("pst", -8),
    ("pdt", -7), ("cet", 1), ("cest", 2), ("eet", 2), ("eest", 3), ("msk", 3), ("jst", 9),
];

/// Reads a publication date; `None` if it cannot be read or could be two days.
pub fn read(text: &str) -> Option<Published> {
    let text = text.trim();
    if text.len() > LONGEST_BYTES {
        return None;
    }
    let published = epoch(text).or_else(|| standard(text)).or_else(|| Words::of(text).published())?;
    (published.day.year() >= FIRST_YEAR && published.instant != Timestamp::UNIX_EPOCH).then_some(published)
}

fn epoch(text: &str) -> Option<Published> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    if !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let number: i64 = whole.parse().ok()?;
    let instant = match number {
        FIRST_MILLISECOND..=LAST_MILLISECOND => Timestamp::from_millisecond(number).ok()?,
        FIRST_SECOND..FIRST_MILLISECOND => Timestamp::from_second(number).ok()?,
        _ => return None,
    };
    Some(Published { instant, day: Offset::UTC.to_datetime(instant).date() })
}

/// RFC 3339 and its relatives of ISO 8601, and RFC 2822.
fn standard(text: &str) -> Option<Published> {
    if let Ok(zoned) = rfc2822::parse(text) {
        return Some(Published { instant: zoned.timestamp(), day: zoned.date() });
    }
    let compact = text.len() == 14 && text.bytes().all(|byte| byte.is_ascii_digit());
    let pieces =
        if compact { Pieces::parse(&format!("{}T{}", &text[..8], &text[8..])).ok()?.into_owned() } else { Pieces::parse(text).ok()? };
    let local = pieces.date().to_datetime(pieces.time().unwrap_or(Time::midnight()));
    let instant = pieces.to_numeric_offset().unwrap_or(Offset::UTC).to_timestamp(local).ok()?;
    Some(Published { instant, day: local.date() })
}

/// A date taken apart into its words: month names, numbers, a clock time, a zone, in whatever order they come.
#[derive(Debug, Default)]
struct Words {
    month: Option<i8>,
    numbers: Vec<(i16, usize)>,
    date: Option<Date>,
    time: Option<Time>,
    offset: Option<Offset>,
    /// Two dates or two times: not one moment.
    contradiction: bool,
}

impl Words {
    fn of(text: &str) -> Self {
        let mut words = Self::default();
        let lower = text.to_lowercase().replace("a.m.", "am").replace("p.m.", "pm");
        for word in lower.split([' ', ',', '(', ')', '|', '\u{a0}']).filter(|word| !word.is_empty()) {
            match word.split_once('t').filter(|(date, _)| numeric_date(date).is_some()) {
                Some((date, time)) => [date, time].into_iter().for_each(|part| words.take(part)),
                None => words.take(word.trim_end_matches(['.', ':'])),
            }
        }
        words
    }

    fn take(&mut self, word: &str) {
        if let Some((time, rest)) = clock(word) {
            self.contradiction |= self.time.replace(time).is_some();
            self.take_after_time(rest);
        } else if let Some(date) = numeric_date(word) {
            self.contradiction |= self.date.replace(date).is_some();
        } else if let Some(offset) = zone(word) {
            self.offset = Some(offset);
        } else if let Some(month) = month(word) {
            self.contradiction |= self.month.replace(month).is_some();
        } else if let Some(number) = number(word) {
            self.numbers.push(number);
        } else {
            self.take_after_time(word);
        }
    }

    /// "am" and "pm" stand behind a clock time or a bare hour; a zone may hang on the time.
    fn take_after_time(&mut self, word: &str) {
        if matches!(word, "am" | "pm") {
            let hour = || self.numbers.pop().and_then(|(hour, _)| Time::new(i8::try_from(hour).ok()?, 0, 0, 0).ok());
            self.time = self.time.take().or_else(hour).and_then(|time| half_day(time, word));
        } else if let Some(offset) = zone(word) {
            self.offset = Some(offset);
        }
    }

    fn published(self) -> Option<Published> {
        if self.contradiction {
            return None;
        }
        let day = self.date.or_else(|| self.day_of_words())?;
        let local = day.to_datetime(self.time.unwrap_or(Time::midnight()));
        let instant = self.offset.unwrap_or(Offset::UTC).to_timestamp(local).ok()?;
        Some(Published { instant, day })
    }

    /// "Dec 19, 2017", "19 December 2017": the four-digit number is the year.
    fn day_of_words(&self) -> Option<Date> {
        let [first, second] = self.numbers.as_slice() else { return None };
        let (year, day) = if first.1 == 4 { (first, second) } else { (second, first) };
        if year.1 != 4 || day.1 > 2 {
            return None;
        }
        Date::new(year.0, self.month?, i8::try_from(day.0).ok()?).ok()
    }
}

/// A clock time at the start of a word, and what hangs on it ("10:30pm", "10:30:00.000+0200").
fn clock(word: &str) -> Option<(Time, &str)> {
    let end = word.find(|character: char| !character.is_ascii_digit() && !matches!(character, ':' | '.')).unwrap_or(word.len());
    let (digits, rest) = word.split_at(end);
    let mut parts = digits.split(':');
    let hour = parts.next()?.parse().ok()?;
    let minute = parts.next()?.parse().ok()?;
    let second = parts.next().map_or(Some(0), |second| second.split('.').next()?.parse().ok())?;
    Some((Time::new(hour, minute, second, 0).ok()?, rest))
}

fn half_day(time: Time, half: &str) -> Option<Time> {
    let hour = match (time.hour(), half) {
        (12, "am") => 0,
        (hour @ 1..12, "pm") => hour + 12,
        (hour @ 1..=12, _) => hour,
        _ => return None,
    };
    time.with().hour(hour).build().ok()
}

fn numeric_date(word: &str) -> Option<Date> {
    let parts: Vec<&str> = word.split(['-', '/', '.']).collect();
    let number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse::<i16>().ok()).flatten();
    let date = |year: i16, month: i16, day: i16| Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok();
    match parts.as_slice() {
        [year, second, third] if year.len() == 4 => date(number(year)?, number(second)?, number(third)?),
        [day, name, year] if month(name).is_some() && year.len() == 4 => date(number(year)?, month(name)?.into(), number(day)?),
        [first, second, year] if year.len() == 4 => {
            let (first, second, year) = (number(first)?, number(second)?, number(year)?);
            match () {
                () if word.contains('.') || first > 12 || first == second => date(year, second, first),
                () if second > 12 => date(year, first, second),
                () => None,
            }
        }
        [compact] if compact.len() == 8 && compact.is_ascii() => {
            date(number(&compact[..4])?, number(&compact[4..6])?, number(&compact[6..])?)
        }
        _ => None,
    }
}

/// "+0200", "+02:00", "+02", "GMT+0200", "EST".
fn zone(word: &str) -> Option<Offset> {
    if let Some((_, hours)) = ZONES.iter().find(|(name, _)| *name == word) {
        return Some(Offset::constant(*hours));
    }
    let signed = word.strip_prefix("gmt").or_else(|| word.strip_prefix("utc")).unwrap_or(word);
    let sign = match signed.as_bytes().first()? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let digits = signed[1..].replace(':', "");
    if digits.len() > 4 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let (hours, minutes) = digits.split_at_checked(digits.len().min(2))?;
    let hours: i32 = hours.parse().ok()?;
    let minutes: i32 = if minutes.is_empty() { 0 } else { minutes.parse().ok()? };
    (hours < 15 && minutes < 60).then(|| Offset::from_seconds(sign * (hours * 60 + minutes) * 60).ok()).flatten()
}

fn month(word: &str) -> Option<i8> {
    let word = word.trim_end_matches('.');
    let index = MONTHS.iter().position(|name| word == "sept" && name.starts_with("sept") || word.len() >= 3 && name.starts_with(word))?;
    i8::try_from(index + 1).ok()
}

/// A number and its digits, with an ordinal ending or without: "19", "19th", "2017".
fn number(word: &str) -> Option<(i16, usize)> {
    let digits = ["st", "nd", "rd", "th"].iter().find_map(|ending| word.strip_suffix(ending)).unwrap_or(word);
    let is_number = digits.len() <= 4 && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| Some((digits.parse().ok()?, digits.len()))).flatten()
}

#[cfg(test)]
mod tests;

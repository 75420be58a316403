use jiff::civil::Weekday;

use super::vocabulary::{day, decade, month, number, ordinal, short_weekday, weekday, year};
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
type Found = Option<(Expression, usize)>;

/// The words of a sentence in small letters, "mid-" left out, and which of them have a capital.
struct Words {
    lower: Vec<String>,
    capital: Vec<bool>,
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

    fn get(&self, at: usize) -> &str {
        self.lower.get(at).map_or("", String::as_str)
    }

    fn before(&self, at: usize) -> &str {
        at.checked_sub(1).map_or("", |at| self.get(at))
    }

    fn is(&self, at: usize, words: &[&str]) -> bool {
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

    /// "2017-12-19", "19.12.2017", "12/19/2017"; a day and a month that could be each other's are left alone.
    fn numeric(&self, at: usize) -> Found {
        let word = self.get(at);
        if !(8..=10).contains(&word.len()) || !word.is_ascii() {
            return None;
        }
        let parts: Vec<&str> = word.split(['-', '/', '.']).collect();
        let [first, second, third] = parts[..] else { return None };
        let small = |part: &str| part.parse::<i8>().ok().filter(|_| part.len() <= 2);
        if let Some(year) = year(first) {
            return valid(year, small(second)?, small(third)?, at + 1);
        }
        let (first, second, year) = (small(first)?, small(second)?, year(third)?);
        match (word.contains('.'), first > 12, second > 12) {
            (true, _, _) | (_, true, false) => valid(year, second, first, at + 1),
            (_, false, true) => valid(year, first, second, at + 1),
            _ if first == second => valid(year, first, second, at + 1),
            _ => None,
        }
    }

    /// "Tuesday", "last Tuesday", "Tuesday, Dec 19", "Tuesday of last week".
    fn weekday(&self, at: usize) -> Found {
        let step = step(self.get(at));
        let name = at + usize::from(step.is_some());
        let found = self.weekday_name(name)?;
        if step.is_some_and(|step| step != Step::This) {
            return Some((Expression::Weekday(found, step?), name + 1));
        }
        let after = name + 1 + usize::from(self.is(name + 1, &[",", "the"]));
        if let Some(date) = self.calendar_day(after) {
            return Some(date);
        }
        let week = name + 1 + usize::from(self.is(name + 1, &["of"]));
        if let Some(weeks) = self.offset(week).filter(|_| self.get(week + 1) == "week") {
            return Some((Expression::WeekdayOf(found, weeks), week + 2));
        }
        Some((Expression::Weekday(found, step.unwrap_or(Step::Bare)), name + 1))
    }

    /// Abbreviations count only before a date, or with their dot after "on".
    fn weekday_name(&self, at: usize) -> Option<Weekday> {
        if !self.capital.get(at).copied().unwrap_or(false) {
            return None;
        }
        let short = || {
            let dated = self.calendar_day(at + 1 + usize::from(self.get(at + 1) == ",")).is_some();
            let dotted = self.get(at).ends_with('.') && (self.before(at) == "on" || step(self.before(at)).is_some());
            short_weekday(self.get(at)).filter(|_| dated || dotted)
        };
        weekday(self.get(at)).or_else(short)
    }

    fn day_of_word(&self, at: usize) -> Found {
        let days = match self.get(at) {
            "today" | "tonight" | "overnight" => 0,
            "yesterday" => -1,
            "tomorrow" => 1,
            "the" if self.is(at + 1, &["day"]) && self.is(at + 2, &["before"]) && self.is(at + 3, &["yesterday"]) => {
                return Some((Expression::DayOffset(-2), at + 4));
            }
            "the" if self.is(at + 1, &["day"]) && self.is(at + 2, &["after"]) && self.is(at + 3, &["tomorrow"]) => {
                return Some((Expression::DayOffset(2), at + 4));
            }
            "christmas" | "new" => return self.holiday(at),
            _ => return None,
        };
        // "today's world", "today 's youth" speak of the times, not of a day; news says "today's summit" as well, so it stands.
        Some((Expression::DayOffset(days), at + 1))
    }

    fn holiday(&self, at: usize) -> Found {
        let new_year = self.get(at + 1) == "year" && self.get(at + 2) == "'s";
        let (month, day, end) = match (self.get(at), new_year) {
            ("christmas", _) if self.get(at + 1) == "day" => (12, 25, at + 2),
            ("christmas", _) if self.get(at + 1) == "eve" => (12, 24, at + 2),
            ("new", true) if self.get(at + 3) == "day" => (1, 1, at + 4),
            ("new", true) if self.get(at + 3) == "eve" => (12, 31, at + 4),
            _ => return None,
        };
        let (year, end) = self.year_after(end);
        Some((Expression::Day { year, month, day }, end))
    }

    /// "Dec 19", "19 December 2017", "July 13-14", "July 30 to August 2, 2015", "the 19th of December".
    fn calendar_day(&self, at: usize) -> Found {
        let (first, end) = self.month_and_day(at)?;
        if !self.is(end, &["-", "–", "—", "to", "until", "through", "and", "or", "/"]) {
            let (year, end) = self.year_after(end);
            return Some((Expression::Day { year, month: first.0, day: first.1 }, end));
        }
        let joined = matches!(self.get(end), "and" | "or");
        let same_month = day(self.get(end + 1)).filter(|day| !joined && *day > first.1 && self.month_at(end + 2).is_none());
        let last = match same_month.map(|day| ((first.0, day), end + 2)) {
            Some(last) => Some(last),
            None => self.month_and_day(end + 1).filter(|_| !joined || self.before(at) == "between"),
        };
        let Some((last, after)) = last else {
            let (year, end) = self.year_after(end);
            return Some((Expression::Day { year, month: first.0, day: first.1 }, end));
        };
        let (year, end) = self.year_after(after);
        Some((Expression::Days { year, first, last }, end))
    }

    /// A month and day in either order, without a year. The first day of "13–14 July" is read with its month.
    fn month_and_day(&self, at: usize) -> Option<((i8, i8), usize)> {
        if let Some(month) = self.month_at(at) {
            let place = at + 1 + usize::from(self.get(at + 1) == "the");
            let day = day(self.get(place)).filter(|_| !self.is(place + 1, &["%", "percent", "million", "billion"]))?;
            return is_day(month, day).then_some(((month, day), place + 1));
        }
        let at = at + usize::from(self.get(at) == "the");
        let first = day(self.get(at))?;
        let after = at + 1 + usize::from(self.get(at + 1) == "of");
        if let Some(month) = self.month_at(after) {
            return is_day(month, first).then_some(((month, first), after + 1));
        }
        let range = self.is(at + 1, &["-", "–", "to", "and"]) && day(self.get(at + 2)).is_some_and(|last| last > first);
        let month = self.month_at(at + 3).filter(|_| range)?;
        is_day(month, first).then_some(((month, first), at + 1))
    }

    /// A month's name with its capital.
    fn month_at(&self, at: usize) -> Option<i8> {
        month(self.get(at)).filter(|_| self.capital[at])
    }

    /// The year after a month or day: ", 2017", "of last year".
    fn year_after(&self, at: usize) -> (YearOf, usize) {
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
    fn offset(&self, at: usize) -> Option<i32> {
        match self.get(at) {
            "last" => Some(-1),
            "this" => Some(0),
            "next" => Some(1),
            _ => None,
        }
    }

    /// "March 2014", "in March", "last March". Without a year or a word before it that wants a date, a month may be a name or a verb.
    fn named_month(&self, at: usize) -> Found {
        let said = step(self.get(at));
        let name = at + usize::from(said.is_some());
        let month = self.month_at(name)?;
        let (year, end) = self.year_after(name + 1);
        let dated = year != YearOf::Unsaid || said.is_some() || self.is_date_word(name);
        let attribute = !matches!(month, 3 | 5) && (self.get(name + 1) == "'s" || self.before(name) == "the");
        if !dated && !attribute {
            return None;
        }
        let range = self.is(name + 1, &["-", "–", "to", "and", "through"]).then(|| self.month_at(name + 2)).flatten();
        if let Some(last) = range.filter(|last| *last > month && !(self.get(name + 1) == "and" && self.before(at) != "between")) {
            let (year, end) = self.year_after(name + 3);
            if year != YearOf::Unsaid {
                return Some((Expression::Months { year, first: month, last }, end));
            }
        }
        Some((Expression::Month { year, month, step: said.unwrap_or(Step::Bare) }, end))
    }

    /// Whether the word before asks for a date.
    fn is_date_word(&self, at: usize) -> bool {
        DATE_WORDS.contains(&self.before(at))
    }

    /// "last week", "this month", "next year", "last night", "the weekend".
    fn step(&self, at: usize) -> Found {
        let end = at + 2;
        if self.get(at) == "the" && self.get(at + 1) == "weekend" && self.is(at.wrapping_sub(1), &["over", "at", "during", "on"]) {
            return Some((Expression::Weekend(Step::Bare), end));
        }
        let offset = self.offset(at)?;
        let expression = match self.get(at + 1) {
            "week" => Expression::WeekOffset(offset),
            "month" => Expression::MonthOffset(offset),
            "year" | "spring" | "summer" | "autumn" | "fall" | "winter" => Expression::Year(YearOf::Offset(offset as i16)),
            "weekend" => Expression::Weekend(step(self.get(at))?),
            "night" if offset < 0 => Expression::DayOffset(-1),
            "morning" | "afternoon" | "evening" if offset == 0 => Expression::DayOffset(0),
            _ => return None,
        };
        Some((expression, end))
    }

    /// "two days ago", "a year ago", "in three weeks", "two weeks from now".
    fn distance(&self, at: usize) -> Found {
        let ahead = self.get(at) == "in";
        let first = at + usize::from(ahead);
        let count = number(self.get(first))?;
        let unit = self.get(first + 1).trim_end_matches('s');
        let after = first + 2;
        let (sign, end) = match self.get(after) {
            "ago" if !ahead => (-1, after + 1),
            "from" if !ahead && self.is(after + 1, &["now", "today"]) => (1, after + 2),
            "'" | "'s" if ahead && self.get(after + 1) == "time" => (1, after + 2),
            _ if ahead && self.is_plainly_ahead(at, after) => (1, after),
            _ => return None,
        };
        let expression = match unit {
            "day" => Expression::DayOffset(sign * count),
            "week" => Expression::WeekOffset(sign * count),
            "fortnight" => Expression::WeekOffset(2 * sign * count),
            "month" => Expression::MonthOffset(sign * count),
            "year" => Expression::Year(YearOf::Offset((sign * count) as i16)),
            "decade" => Expression::Year(YearOf::Offset((sign * count) as i16 * 10)),
            _ => return None,
        };
        Some((expression, end))
    }

    /// "in two weeks" tells a time ahead unless it counts back or measures ("for the first time in two years", "killed 30 in two days").
    fn is_plainly_ahead(&self, at: usize, after: usize) -> bool {
        let ends = self.is(after, &["", ".", ",", ";", "\"", "when", "if", "at", "to", "as", "with", "and", "but"]);
        let counts = [
            "time", "first", "worst", "most", "times", "second", "third", "visit", "meeting", "twice", "once", "highest", "lowest", "test",
        ];
        ends && !(at.saturating_sub(3)..at).any(|at| self.is(at, &counts) || number(self.get(at)).is_some_and(|number| number != 1))
    }

    /// "the first quarter of 2020", "the second half of last year".
    fn part_of_year(&self, at: usize) -> Found {
        let part = ordinal(self.get(at))?;
        let months = match self.get(at + 1) {
            "quarter" => 3,
            "half" if part <= 2 => 6,
            _ => return None,
        };
        let (year, end) = self.year_after(at + 2);
        (year != YearOf::Unsaid).then_some((Expression::Months { year, first: (part - 1) * months + 1, last: part * months }, end))
    }

    /// "on the 19th", not "the 19th century".
    fn ordinal_day(&self, at: usize) -> Found {
        let asked = self.get(at) == "the" && self.is(at.wrapping_sub(1), &["on", "by", "until", "since", "before", "after", "from"]);
        let day = day(self.get(at + 1)).filter(|_| asked && self.get(at + 1).ends_with(char::is_alphabetic))?;
        let of_month = self.get(at + 2) == "of" && self.get(at + 3) == "this" && self.get(at + 4) == "month";
        let ends = self.get(at + 2).chars().all(|c| !c.is_alphanumeric())
            || self.is(at + 2, &["in", "at", "and", "to", "with", "for", "by", "but"]);
        match (of_month, ends) {
            (true, _) => Some((Expression::DayOfMonth(day), at + 5)),
            (_, true) => Some((Expression::DayOfMonth(day), at + 2)),
            _ => None,
        }
    }

    /// "in 2014", "the 2015 agreement", "2012-2014", "the 1990s".
    fn years(&self, at: usize) -> Found {
        if let Some(decade) = decade(self.get(at)) {
            return Some((Expression::Years(decade, decade + 9), at + 1));
        }
        let first = year(self.get(at)).filter(|_| self.is_year(at))?;
        let between = self.before(at) == "between" && self.get(at + 1) == "and";
        if between || self.is(at + 1, &["-", "–", "to", "through", "until"]) {
            let last = year(self.get(at + 2)).or_else(|| short_year(first, self.get(at + 2)));
            if let Some(last) = last.filter(|last| *last > first) {
                return Some((Expression::Years(first, last), at + 3));
            }
        }
        Some((Expression::Year(YearOf::Said(first)), at + 1))
    }

    /// Whether a number of four digits is a year: after a word that wants a date, and not before things that are counted.
    fn is_year(&self, at: usize) -> bool {
        let next = self.get(at + 1);
        let ends = next.is_empty()
            || next.starts_with(|c: char| !c.is_alphanumeric() && !matches!(c, '%' | '°'))
            || FUNCTION_WORDS.contains(&next);
        let is_range = self.is(at + 1, &["-", "–"]) && year(self.get(at + 2)).is_some();
        match self.before(at) {
            _ if is_range => true,
            "in" | "since" | "during" | "early" | "late" | "year" | "summer" | "spring" | "autumn" | "fall" | "winter" => {
                !COUNTED.contains(&next)
            }
            "until" | "by" | "of" | "from" | "before" | "after" | "around" | "between" | "through" | "till" | "for" => ends,
            "the" | "a" | "its" | "their" | "his" | "her" | "this" => {
                !ends && !COUNTED.contains(&next) && next != "-" && !next.ends_with("s")
            }
            "(" => self.get(at + 1) == ")" && !self.before(at - 1).bytes().any(|byte| byte.is_ascii_digit()),
            _ => false,
        }
    }

    fn role(&self, at: usize, end: usize) -> Role {
        let before = at - usize::from(at > 0 && self.is(at - 1, &["the", "early", "late", "earlier", "later", "about", "around"]));
        match self.before(before) {
            _ if self.get(end) == "'s" => Role::Attribute,
            "since" => Role::Since,
            "from" if !self.is(at, &["today", "tonight"]) => Role::Since,
            "until" | "till" | "by" | "before" | "through" => Role::Until,
            "after" => Role::After,
            _ if self.before(at) == "the" && self.is_noun_like(end) => Role::Attribute,
            _ => Role::At,
        }
    }

    /// Whether the word at `at` may be a noun that the date describes.
    fn is_noun_like(&self, at: usize) -> bool {
        let word = self.get(at);
        word.starts_with(char::is_alphabetic) && !FUNCTION_WORDS.contains(&word)
    }
}

fn valid(year: i16, month: i8, day: i8, end: usize) -> Found {
    is_day(month, day).then_some((Expression::Day { year: YearOf::Said(year), month, day }, end))
}

/// Whether a month has such a day in some year.
fn is_day(month: i8, day: i8) -> bool {
    jiff::civil::Date::new(2000, month, day).is_ok()
}

fn step(word: &str) -> Option<Step> {
    match word {
        "last" => Some(Step::Last),
        "this" => Some(Step::This),
        "next" => Some(Step::Next),
        _ => None,
    }
}

/// The end of "2012-14".
fn short_year(first: i16, word: &str) -> Option<i16> {
    let two: i16 = word.parse().ok().filter(|_| word.len() == 2)?;
    Some(first - first % 100 + two)
}

const DATE_WORDS: &[&str] = &[
    "in", "since", "until", "till", "by", "during", "early", "late", "mid", "from", "through", "before", "after", "of", "between",
    "around", "for", "earlier", "every",
];

const FUNCTION_WORDS: &[&str] = &[
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

/// What numbers count.
const COUNTED: &[&str] = &[
    "people",
    "troops",
    "soldiers",
    "km",
    "kilometres",
    "kilometers",
    "miles",
    "metres",
    "meters",
    "tons",
    "tonnes",
    "dollars",
    "euros",
    "pounds",
    "barrels",
    "megawatts",
    "hours",
    "percent",
    "%",
    "men",
    "women",
    "children",
    "homes",
    "others",
    "prisoners",
    "refugees",
    "jobs",
    "cases",
    "feet",
    "points",
    "seats",
    "votes",
    "workers",
    "civilians",
    "migrants",
    "fighters",
    "deaths",
    "words",
    "acres",
    "hectares",
    "rounds",
    "members",
];

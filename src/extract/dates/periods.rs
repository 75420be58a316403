//! Expressions that name a week, a month, a year or a longer time, and distances such as "two days ago".

use super::find::{FUNCTION_WORDS, Found, Words, step};
use super::vocabulary::{decade, number, ordinal, year};
use super::{Expression, Step, YearOf};

impl Words {
    /// "March 2014", "in March", "last March". Without a year or a word before it that wants a date, a month may be a name or a verb.
    pub(super) fn named_month(&self, at: usize) -> Found {
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
    pub(super) fn step(&self, at: usize) -> Found {
        let end = at + 2;
        if self.get(at) == "the" && self.get(at + 1) == "weekend" && self.is(at.wrapping_sub(1), &["over", "at", "during", "on"]) {
            return Some((Expression::Weekend(Step::Bare), end));
        }
        let ends = self.before(at) == "of" && at > 1 && self.is(at - 2, &["end", "start", "beginning"]);
        let this = (self.get(at) == "the" && ends).then_some(0);
        let offset = self.offset(at).or(this)?;
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
    pub(super) fn distance(&self, at: usize) -> Found {
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

    /// "in two weeks" tells a time ahead unless it counts back or measures ("the first visit in two months", "killed 30 in two days").
    fn is_plainly_ahead(&self, at: usize, after: usize) -> bool {
        let short = self.is(after - 1, &["day", "days", "week", "weeks", "month", "months"]);
        let ends = self.is(after, &["", ".", ",", ";", "\"", "when", "if", "at", "to", "as", "with", "and", "but"]);
        let counts = ["time", "first", "most", "times", "second", "third", "least", "only", "twice", "once"];
        let measures = |word: usize| {
            let superlative = self.get(word).len() > 5 && self.get(word).ends_with("est");
            superlative || self.is(word, &counts) || number(self.get(word)).is_some_and(|number| number != 1)
        };
        short && ends && !(at.saturating_sub(12)..at).any(measures)
    }

    /// "the first quarter of 2020", "the second half of last year".
    pub(super) fn part_of_year(&self, at: usize) -> Found {
        let part = ordinal(self.get(at))?;
        let months = match self.get(at + 1) {
            "quarter" => 3,
            "half" if part <= 2 => 6,
            _ => return None,
        };
        let (year, end) = self.year_after(at + 2);
        (year != YearOf::Unsaid).then_some((Expression::Months { year, first: (part - 1) * months + 1, last: part * months }, end))
    }

    /// "in 2014", "the 2015 agreement", "2012-2014", "the 1990s".
    pub(super) fn years(&self, at: usize) -> Found {
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

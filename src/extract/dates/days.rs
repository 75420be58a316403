//! Expressions that name a day: numbers, weekdays, holidays, months with a day.

use jiff::civil::{Date, Weekday};

use super::find::{Found, Words, step};
use super::vocabulary::{day, short_weekday, weekday, year};
use super::{Expression, Step, YearOf};

impl Words {
    /// "2017-12-19", "19.12.2017", "12/19/2017"; a day and a month that could be each other's are left alone.
    pub(super) fn numeric(&self, at: usize) -> Found {
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
    pub(super) fn weekday(&self, at: usize) -> Found {
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

    pub(super) fn day_of_word(&self, at: usize) -> Found {
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
    pub(super) fn calendar_day(&self, at: usize) -> Found {
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

    /// "on the 19th", not "the 19th century".
    pub(super) fn ordinal_day(&self, at: usize) -> Found {
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
}

fn valid(year: i16, month: i8, day: i8, end: usize) -> Found {
    is_day(month, day).then_some((Expression::Day { year: YearOf::Said(year), month, day }, end))
}

/// Whether a month has such a day in some year.
fn is_day(month: i8, day: i8) -> bool {
    Date::new(2000, month, day).is_ok()
}

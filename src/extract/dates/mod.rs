//! Date expressions of a sentence, and the days they stand for seen from the day of publication. No clock is ever read.
//!
//! [`find_dates`] reads what the text says; [`resolve`] says which day, month, year or interval that is (codebook, section 6).

mod days;
mod find;
mod periods;
mod resolve;
#[cfg(test)]
mod tests;
mod vocabulary;

use std::ops::Range;

use jiff::civil::{Date, Weekday};

use super::DateValue;
use crate::text::Span;

pub use find::find_dates;
pub use resolve::resolve;

/// A date expression as the text has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateMention {
    pub span: Span,
    /// Its tokens, as a range of the document's tokens.
    pub tokens: Range<usize>,
    pub role: Role,
    pub expression: Expression,
}

/// How the words before a date tie it to an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The event's own date ("on Tuesday", "in 2014", "yesterday").
    At,
    /// "since 2014", "from May": a state's beginning, hardly an event's date.
    Since,
    /// "until May", "by 2030", "before Tuesday".
    Until,
    /// "after Tuesday".
    After,
    /// Part of a name or description ("the 2015 agreement", "Tuesday's summit"): the date of what it belongs to.
    Attribute,
}

/// Whether an event lies behind or ahead of the publication, as its tense and status tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    Past,
    Future,
}

/// Which of its kind a weekday or month is meant to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The nearest in the event's direction.
    Bare,
    Last,
    This,
    Next,
}

/// The year of a date, as far as it is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum YearOf {
    Unsaid,
    Said(i16),
    /// Years from the one of publication: "last year" is −1.
    Offset(i16),
}

/// What a date expression says. Months and days count from 1; offsets count from the publication, negative ones back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expression {
    Day {
        year: YearOf,
        month: i8,
        day: i8,
    },
    /// From the first (month, day) to the last, in one year or into the next.
    Days {
        year: YearOf,
        first: (i8, i8),
        last: (i8, i8),
    },
    Month {
        year: YearOf,
        month: i8,
        step: Step,
    },
    /// First and last month.
    Months {
        year: YearOf,
        first: i8,
        last: i8,
    },
    Year(YearOf),
    Years(i16, i16),
    /// "the 19th".
    DayOfMonth(i8),
    Weekday(Weekday, Step),
    /// A weekday of the week that lies this many weeks off.
    WeekdayOf(Weekday, i32),
    DayOffset(i32),
    /// A week from Monday to Sunday.
    WeekOffset(i32),
    /// Saturday and Sunday: the last, the coming, or the nearest in the event's direction.
    Weekend(Step),
    MonthOffset(i32),
}

impl DateMention {
    /// The direction that the expression itself implies ("yesterday", "next week"), if any.
    pub fn implied_direction(&self) -> Option<Direction> {
        let of_offset = |offset: i32| match offset {
            ..0 => Some(Direction::Past),
            0 => None,
            1.. => Some(Direction::Future),
        };
        match self.expression {
            Expression::DayOffset(offset) | Expression::WeekOffset(offset) | Expression::MonthOffset(offset) => of_offset(offset),
            Expression::WeekdayOf(_, weeks) => of_offset(weeks),
            Expression::Year(YearOf::Offset(years)) => of_offset(years.into()),
            Expression::Weekday(_, step) | Expression::Weekend(step) | Expression::Month { step, .. } => match step {
                Step::Last => Some(Direction::Past),
                Step::Next => Some(Direction::Future),
                Step::Bare | Step::This => None,
            },
            _ => None,
        }
    }

    /// The year that the text names, by number or as "last year" and the like.
    pub fn named_year(&self, published: Option<Date>) -> Option<i16> {
        let year = match self.expression {
            Expression::Day { year, .. } | Expression::Days { year, .. } | Expression::Month { year, .. } => year,
            Expression::Months { year, .. } | Expression::Year(year) => year,
            Expression::Years(_, last) => YearOf::Said(last),
            _ => YearOf::Unsaid,
        };
        match year {
            YearOf::Said(year) => Some(year),
            YearOf::Offset(years) => published.and_then(|day| day.year().checked_add(years)),
            YearOf::Unsaid => None,
        }
    }

    /// Whether an event on the resolved date is background: over a month before the publication, or in a past year that is named
    /// (codebook, section 4).
    pub fn is_historical(&self, value: DateValue, published: Date) -> bool {
        let past_year = self.named_year(Some(published)).is_some_and(|year| year < published.year());
        past_year || days_before(value, published).is_some_and(|days| days > 31)
    }
}

/// The days from the last day of a date to the publication; negative when that day is yet to come.
pub fn days_before(value: DateValue, published: Date) -> Option<i32> {
    let last = match value {
        DateValue::Year(year) => Date::new(year, 12, 31).ok()?,
        DateValue::Month(year, month) => Date::new(year, month, 1).ok()?.last_of_month(),
        DateValue::Day(day) => day,
        DateValue::Interval(_, last) => last,
    };
    published.since(last).ok().map(|span| span.get_days())
}

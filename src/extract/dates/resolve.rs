use jiff::{
    Span as Days, ToSpan,
    civil::{Date, Weekday},
};

use super::{DateMention, Direction, Expression, Step, YearOf};
use crate::extract::DateValue;

/// The date that an expression stands for, seen from the day of publication; `None` when the text says too little, as always for
/// relative dates of an article without a day of publication.
///
/// A weekday, month or day without more is the last one up to publication in a past report, and the next one in a future sense.
pub fn resolve(mention: &DateMention, published: Option<Date>, direction: Direction) -> Option<DateValue> {
    let from = Anchor { published, direction };
    match mention.expression {
        Expression::Day { year, month, day } => from.day(year, month, day).map(DateValue::Day),
        Expression::Days { year, first, last } => from.days(year, first, last),
        Expression::Month { year, month, step } => from.month(year, month, step),
        Expression::Months { year, first, last } => months(from.year(year)?, first, last),
        Expression::Year(year) => from.year(year).map(DateValue::Year),
        Expression::Years(first, last) => interval(Date::new(first, 1, 1).ok()?, Date::new(last, 12, 31).ok()?),
        Expression::DayOfMonth(day) => from.day_of_month(day).map(DateValue::Day),
        Expression::Weekday(weekday, step) => from.weekday(weekday, step).map(DateValue::Day),
        Expression::WeekdayOf(weekday, weeks) => {
            let ahead = i32::from(weekday.to_monday_zero_offset());
            shift(from.monday(weeks)?, ahead.days()).map(DateValue::Day)
        }
        Expression::DayOffset(days) => shift(published?, days.days()).map(DateValue::Day),
        Expression::WeekOffset(weeks) => from.monday(weeks).and_then(|monday| interval(monday, shift(monday, 6.days())?)),
        Expression::Weekend(step) => from.weekday(Weekday::Saturday, step).and_then(|first| interval(first, shift(first, 1.day())?)),
        Expression::MonthOffset(months) => {
            shift(published?.first_of_month(), months.months()).map(|day| DateValue::Month(day.year(), day.month()))
        }
    }
}

/// Where one looks from, and which way.
#[derive(Clone, Copy)]
struct Anchor {
    published: Option<Date>,
    direction: Direction,
}

impl Anchor {
    fn year(self, year: YearOf) -> Option<i16> {
        match year {
            YearOf::Said(year) => Some(year),
            YearOf::Offset(years) => self.published?.year().checked_add(years).filter(|year| CALENDAR.contains(year)),
            YearOf::Unsaid => None,
        }
    }

    fn day(self, year: YearOf, month: i8, day: i8) -> Option<Date> {
        if let Some(year) = self.year(year) {
            return Date::new(year, month, day).ok();
        }
        let published = self.published?;
        let candidates = (published.year() - 8..=published.year() + 8).filter_map(|year| Date::new(year, month, day).ok());
        self.nearest(candidates)
    }

    /// The candidate nearest to the publication on the event's side of it, unless that is most of a year off and in another year, where a
    /// writer would have named the year: then the one on the other side. A past report may be a day ahead, as clocks differ around the world.
    fn nearest(self, candidates: impl DoubleEndedIterator<Item = Date> + Clone) -> Option<Date> {
        let published = self.published?;
        let latest = shift(published, 1.day()).unwrap_or(published);
        let past = candidates.clone().rfind(|day| *day <= latest);
        let future = candidates.clone().find(|day| *day >= published);
        let far = |day: Date| day.year() != published.year() && published.duration_until(day).as_hours().abs() > 24 * FAR_DAYS;
        let (wanted, other) = match self.direction {
            Direction::Past => (past, future),
            Direction::Future => (future, past),
        };
        wanted.filter(|day| !far(*day)).or(other.filter(|day| !far(*day))).or(wanted)
    }

    fn days(self, year: YearOf, first: (i8, i8), last: (i8, i8)) -> Option<DateValue> {
        let start = self.day(year, first.0, first.1)?;
        let into_next_year = i16::from(last < first);
        interval(start, Date::new(start.year() + into_next_year, last.0, last.1).ok()?)
    }

    fn month(self, year: YearOf, month: i8, step: Step) -> Option<DateValue> {
        if let Some(year) = self.year(year) {
            return Some(DateValue::Month(year, month));
        }
        let published = self.published?;
        let (this, past) = (published.month(), published.year() - 1);
        let year = match (step, self.direction) {
            (Step::Last, _) => {
                if month < this {
                    past + 1
                } else {
                    past
                }
            }
            (Step::Next, _) => {
                if month > this {
                    past + 1
                } else {
                    past + 2
                }
            }
            (Step::This, _) => past + 1,
            (Step::Bare, _) => return self.nearest_month(month),
        };
        Some(DateValue::Month(year, month))
    }

    /// The month in or nearest to the publication's on the event's side, by the same rule as for days.
    fn nearest_month(self, month: i8) -> Option<DateValue> {
        let published = self.published?;
        let first = |year: i16| Date::new(year, month, 1).ok();
        let here = published.month() == month;
        let year = if here { published.year() } else { self.nearest((-1..=1).filter_map(|years| first(published.year() + years)))?.year() };
        Some(DateValue::Month(year, month))
    }

    fn day_of_month(self, day: i8) -> Option<Date> {
        let month = self.published?.first_of_month();
        let candidates = (-3..=3)
            .filter_map(|months: i32| shift(month, months.months()).and_then(|first| Date::new(first.year(), first.month(), day).ok()));
        self.nearest(candidates)
    }

    fn weekday(self, weekday: Weekday, step: Step) -> Option<Date> {
        let published = self.published?;
        let back = i32::from(weekday.until(published.weekday()));
        let ahead = i32::from(published.weekday().until(weekday));
        let a_week_for_none = |days: i32| if days == 0 { 7 } else { days };
        let days = match (step, self.direction) {
            (Step::Last, _) => -a_week_for_none(back),
            (Step::Next, _) | (Step::Bare, Direction::Future) => a_week_for_none(ahead),
            (Step::This, Direction::Future) => ahead,
            (Step::Bare | Step::This, Direction::Past) => -back,
        };
        shift(published, days.days())
    }

    fn monday(self, weeks: i32) -> Option<Date> {
        let published = self.published?;
        let back = i32::from(published.weekday().to_monday_zero_offset());
        shift(published, weeks.checked_mul(7)?.checked_sub(back)?.days())
    }
}

/// Nine months.
const FAR_DAYS: i64 = 274;

/// The years that a calendar day can have here.
const CALENDAR: std::ops::RangeInclusive<i16> = -9999..=9999;

fn shift(day: Date, by: Days) -> Option<Date> {
    day.checked_add(by).ok()
}

fn interval(first: Date, last: Date) -> Option<DateValue> {
    (first <= last).then_some(DateValue::Interval(first, last))
}

fn months(year: i16, first: i8, last: i8) -> Option<DateValue> {
    interval(Date::new(year, first, 1).ok()?, Date::new(year, last, 1).ok()?.last_of_month())
}

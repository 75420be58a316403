use jiff::civil::{Date, date};

use super::{DateMention, Direction, Role, days_before, find_dates, resolve};
use crate::{extract::DateValue, text::Document};

/// Wednesday, 20 December 2017.
const PUBLISHED: Date = date(2017, 12, 20);

fn written(value: Option<DateValue>) -> String {
    match value {
        None => "null".to_owned(),
        Some(DateValue::Year(year)) => format!("{year}"),
        Some(DateValue::Month(year, month)) => format!("{year}-{month:02}"),
        Some(DateValue::Day(day)) => day.to_string(),
        Some(DateValue::Interval(first, last)) => format!("{first}/{last}"),
    }
}

fn mentions(text: &str) -> Vec<DateMention> {
    let document = Document::new(text);
    document.sentences.iter().flat_map(|sentence| find_dates(&document, sentence)).collect()
}

/// Reads a text that names one date, published on [`PUBLISHED`]; `expected` is "what is quoted = what it means".
fn check(direction: Direction, text: &str, expected: &str) {
    check_on(Some(PUBLISHED), direction, text, expected);
}

fn check_on(published: Option<Date>, direction: Direction, text: &str, expected: &str) {
    let found: Vec<String> = mentions(text)
        .iter()
        .map(|mention| format!("{} = {}", mention.span.of(text), written(resolve(mention, published, direction))))
        .collect();
    assert_eq!(found.join(" | "), expected, "{text}");
}

#[test]
fn days_in_past_reports() {
    for (text, expected) in [
        ("The envoys met today.", "today = 2017-12-20"),
        ("The envoys met yesterday.", "yesterday = 2017-12-19"),
        ("They met the day before yesterday.", "the day before yesterday = 2017-12-18"),
        ("Shells fell overnight.", "overnight = 2017-12-20"),
        ("Shells fell last night.", "last night = 2017-12-19"),
        ("They landed this morning.", "this morning = 2017-12-20"),
        ("Norway said on Tuesday it would not.", "Tuesday = 2017-12-19"),
        ("Norway said Wednesday it would not.", "Wednesday = 2017-12-20"),
        ("They left on Thursday night.", "Thursday = 2017-12-14"),
        ("It was late Monday when they left.", "Monday = 2017-12-18"),
        ("They met last Tuesday.", "last Tuesday = 2017-12-19"),
        ("They met last Wednesday.", "last Wednesday = 2017-12-13"),
        ("They met this Monday.", "this Monday = 2017-12-18"),
        ("They met on Tuesday of last week.", "Tuesday of last week = 2017-12-12"),
        ("They met on Friday last week.", "Friday last week = 2017-12-15"),
        ("Monday's vote failed.", "Monday = 2017-12-18"),
        ("They met on Dec 19.", "Dec 19 = 2017-12-19"),
        ("They met on Dec. 19 in Oslo.", "Dec. 19 = 2017-12-19"),
        ("They met on 19 December.", "19 December = 2017-12-19"),
        ("They met on December 28.", "December 28 = 2017-12-28"),
        ("They met on the 19th of December.", "the 19th of December = 2017-12-19"),
        ("They met on December 19th.", "December 19th = 2017-12-19"),
        ("They met on December 19, 2016, in Oslo.", "December 19, 2016 = 2016-12-19"),
        ("They met on 19 Dec. 2016.", "19 Dec. 2016 = 2016-12-19"),
        ("They met on Monday, Dec. 18.", "Monday, Dec. 18 = 2017-12-18"),
        ("They met on Mon, Dec 18, 2017.", "Mon, Dec 18, 2017 = 2017-12-18"),
        ("They met on 2017-11-02.", "2017-11-02 = 2017-11-02"),
        ("They met on 12/19/2017.", "12/19/2017 = 2017-12-19"),
        ("They met on 19/12/2017.", "19/12/2017 = 2017-12-19"),
        ("They met on 02.11.2017.", "02.11.2017 = 2017-11-02"),
        ("They met on the 19th.", "the 19th = 2017-12-19"),
        ("They met on the 28th in Oslo.", "the 28th = 2017-11-28"),
        ("They met on July 13 last year.", "July 13 last year = 2016-07-13"),
        ("They met two days ago.", "two days ago = 2017-12-18"),
        ("They met 10 days ago.", "10 days ago = 2017-12-10"),
        ("They met on Christmas Day.", "Christmas Day = 2017-12-25"),
        ("They met on May 5.", "May 5 = 2017-05-05"),
        ("They met on March 3, the minister said.", "March 3 = 2017-03-03"),
    ] {
        check(Direction::Past, text, expected);
    }
}

#[test]
fn days_ahead() {
    for (text, expected) in [
        ("They will meet tomorrow.", "tomorrow = 2017-12-21"),
        ("They will meet tonight.", "tonight = 2017-12-20"),
        ("They will meet the day after tomorrow.", "the day after tomorrow = 2017-12-22"),
        ("They will meet on Tuesday.", "Tuesday = 2017-12-26"),
        ("They will meet on Wednesday.", "Wednesday = 2017-12-27"),
        ("They will meet next Monday.", "next Monday = 2017-12-25"),
        ("They will meet this Friday.", "this Friday = 2017-12-22"),
        ("They will meet on Tuesday next week.", "Tuesday next week = 2017-12-26"),
        ("They will meet on Jan. 16.", "Jan. 16 = 2018-01-16"),
        ("They will meet on December 20.", "December 20 = 2017-12-20"),
        ("They will meet on the 19th.", "the 19th = 2018-01-19"),
        ("They will meet on 5 March 2018.", "5 March 2018 = 2018-03-05"),
        ("They will meet on Christmas Eve.", "Christmas Eve = 2017-12-24"),
        ("They will meet on New Year's Day.", "New Year's Day = 2018-01-01"),
        ("They will meet as agreed on August 30.", "August 30 = 2018-08-30"),
        ("They will act on the deal of December 11.", "December 11 = 2017-12-11"),
        ("They will meet in three days.", "in three days = 2017-12-23"),
    ] {
        check(Direction::Future, text, expected);
    }
}

#[test]
fn weeks_months_and_years() {
    use Direction::{Future, Past};
    for (direction, text, expected) in [
        (Past, "They met last week.", "last week = 2017-12-11/2017-12-17"),
        (Past, "They met earlier this week.", "this week = 2017-12-18/2017-12-24"),
        (Future, "They will meet next week.", "next week = 2017-12-25/2017-12-31"),
        (Past, "They met three weeks ago.", "three weeks ago = 2017-11-27/2017-12-03"),
        (Future, "They will meet in two weeks.", "in two weeks = 2018-01-01/2018-01-07"),
        (Future, "They will meet in two weeks' time.", "in two weeks' time = 2018-01-01/2018-01-07"),
        (Past, "They met over the weekend.", "the weekend = 2017-12-16/2017-12-17"),
        (Past, "They met last weekend.", "last weekend = 2017-12-16/2017-12-17"),
        (Future, "They will meet this weekend.", "this weekend = 2017-12-23/2017-12-24"),
        (Past, "They met last month.", "last month = 2017-11"),
        (Past, "They met earlier this month.", "this month = 2017-12"),
        (Future, "They will meet next month.", "next month = 2018-01"),
        (Past, "They met two months ago.", "two months ago = 2017-10"),
        (Past, "They met in March.", "March = 2017-03"),
        (Future, "They will meet in March.", "March = 2018-03"),
        (Past, "They met in December.", "December = 2017-12"),
        (Future, "They will meet by the end of May.", "May = 2018-05"),
        (Future, "They will meet before the end of the year.", "the year = 2017"),
        (Past, "They met last December.", "last December = 2016-12"),
        (Past, "They met last March.", "last March = 2017-03"),
        (Future, "They will meet next May.", "next May = 2018-05"),
        (Past, "They met in mid-March.", "mid-March = 2017-03"),
        (Past, "They met in early May.", "May = 2017-05"),
        (Past, "They met in March 2014.", "March 2014 = 2014-03"),
        (Past, "They met in September of 2014.", "September of 2014 = 2014-09"),
        (Past, "They met in March last year.", "March last year = 2016-03"),
        (Past, "The crisis of August 2008 was brief.", "August 2008 = 2008-08"),
        (Past, "January's summit failed.", "January = 2017-01"),
        (Past, "They met in 2014.", "2014 = 2014"),
        (Past, "They met in early 2015.", "2015 = 2015"),
        (Past, "It dates from late 2015.", "2015 = 2015"),
        (Past, "They met late last year.", "last year = 2016"),
        (Past, "They met this year.", "this year = 2017"),
        (Future, "They will meet next year.", "next year = 2018"),
        (Past, "Ties were cut 55 years ago.", "55 years ago = 1962"),
        (Past, "Ties were cut a decade ago.", "a decade ago = 2007"),
        (Past, "They met last summer.", "last summer = 2016"),
        (Past, "They met in the summer of 2015.", "2015 = 2015"),
        (Past, "They met in the first quarter of 2016.", "first quarter of 2016 = 2016-01-01/2016-03-31"),
        (Past, "They met in the second half of last year.", "second half of last year = 2016-07-01/2016-12-31"),
        (Past, "They fought in the 1990s.", "1990s = 1990-01-01/1999-12-31"),
    ] {
        check(direction, text, expected);
    }
}

#[test]
fn ranges() {
    for (text, expected) in [
        ("They met on July 13-14.", "July 13-14 = 2017-07-13/2017-07-14"),
        ("They met on July 13–14, 2016.", "July 13–14, 2016 = 2016-07-13/2016-07-14"),
        ("They met on 13-14 July 2016.", "13-14 July 2016 = 2016-07-13/2016-07-14"),
        ("They met from July 13 to July 15.", "July 13 to July 15 = 2017-07-13/2017-07-15"),
        ("They met from July 30 to August 2.", "July 30 to August 2 = 2017-07-30/2017-08-02"),
        ("They met from 30 July to 2 August 2015.", "30 July to 2 August 2015 = 2015-07-30/2015-08-02"),
        ("They met July 13 to 14.", "July 13 to 14 = 2017-07-13/2017-07-14"),
        ("They met from Dec 30 to Jan 2.", "Dec 30 to Jan 2 = 2017-12-30/2018-01-02"),
        ("They met between 2014 and 2016.", "2014 and 2016 = 2014-01-01/2016-12-31"),
        ("The 2012-2014 talks failed.", "2012-2014 = 2012-01-01/2014-12-31"),
        ("They ruled from 2003 to 2011.", "2003 to 2011 = 2003-01-01/2011-12-31"),
        ("They met between March and May 2015.", "March and May 2015 = 2015-03-01/2015-05-31"),
    ] {
        check(Direction::Past, text, expected);
    }
}

#[test]
fn what_is_no_date_is_left_alone() {
    for text in [
        "They may meet.",
        "May said that she would resign.",
        "The March on the capital ended.",
        "Protesters march on the capital.",
        "The Sun reported it, and they sat down to wed.",
        "Some 1800 troops left, 2,014 stayed.",
        "In all 2000 soldiers took part.",
        "It sent 2014 people.",
        "Resolution 2017 (2011) was passed.",
        "UN Security Council resolution 2017 was passed.",
        "The G20 met under order 13810.",
        "Flight 2018 landed.",
        "It costs 2015 dollars.",
        "The 19th century was long.",
        "The 5th meeting of the council went well.",
        "They will meet in the next few days.",
        "They met in recent weeks.",
        "It was the first visit in two years.",
        "It was the highest number of envoys seen there in three weeks.",
        "Augustus Jan Mar won.",
        "Mr. August met Ms. April.",
        "He was 35 years old, and the 10-year plan failed.",
        "Some 19 envoys met 20 others on page 12 of 30.",
        "The second minister spoke for an hour.",
        "They met on 05/06/2017.",
        "The last minister and the next president spoke this time.",
    ] {
        check(Direction::Past, text, "");
    }
}

#[test]
fn without_a_publication_only_whole_dates_resolve() {
    check_on(None, Direction::Past, "They met on Tuesday.", "Tuesday = null");
    check_on(None, Direction::Past, "They met last week in March.", "last week = null | March = null");
    check_on(None, Direction::Past, "They met on 2 May 2011 and in June 2012.", "2 May 2011 = 2011-05-02 | June 2012 = 2012-06");
    check_on(Some(date(2018, 1, 2)), Direction::Past, "They met on Dec 30 and Feb 29.", "Dec 30 = 2017-12-30 | Feb 29 = 2016-02-29");
    check_on(
        Some(Date::MIN),
        Direction::Past,
        "They met last year, last week, and two days ago.",
        "last year = null | last week = null | two days ago = null",
    );
}

#[test]
fn roles_tell_an_event_s_date_from_others() {
    for (text, role) in [
        ("They met on Tuesday.", Role::At),
        ("They met from May 31 to June 6.", Role::At),
        ("They met from April 18-22.", Role::At),
        ("They have met since 2014.", Role::Since),
        ("They have met since last week.", Role::Since),
        ("They will meet until May 5.", Role::Until),
        ("They will meet by 2030.", Role::Until),
        ("They met after Tuesday.", Role::After),
        ("The 2015 agreement holds.", Role::Attribute),
        ("Tuesday's summit failed.", Role::Attribute),
        ("It has burned since the April 15 fire.", Role::Attribute),
        ("A 2014 deadline passed.", Role::Attribute),
        ("They will leave by the end of May.", Role::Until),
        ("The talks in 2014 failed.", Role::At),
    ] {
        let found = mentions(text);
        assert_eq!(found.len(), 1, "{text}");
        assert_eq!(found[0].role, role, "{text}");
    }
}

#[test]
fn background_is_over_a_month_old_or_of_a_named_past_year() {
    for (text, historical) in [
        ("They met on Tuesday.", false),
        ("They met last month.", false),
        ("They met on 12 December.", false),
        ("They met in October.", true),
        ("They met in 2014.", true),
        ("They met last year.", true),
        ("They met in 2017.", false),
    ] {
        let found = mentions(text);
        let value = resolve(&found[0], Some(PUBLISHED), Direction::Past).expect("a date");
        assert_eq!(found[0].is_historical(value, PUBLISHED), historical, "{text}");
    }
    assert_eq!(days_before(DateValue::Month(2017, 11), PUBLISHED), Some(20));
    assert_eq!(mentions("They will meet next week.")[0].implied_direction(), Some(Direction::Future));
    assert_eq!(mentions("They met on Tuesday.")[0].implied_direction(), None);
}

proptest::proptest! {
    /// Any mixture of date words is read without a panic, in order and within the text, for any day of publication.
    #[test]
    fn any_words_are_read(words in proptest::collection::vec(0..WORDS.len(), 0..12), year in -9999_i16..=9999, past: bool) {
        let text = words.iter().map(|word| WORDS[*word]).collect::<Vec<_>>().join(" ");
        let direction = if past { Direction::Past } else { Direction::Future };
        let mut end = 0;
        for mention in mentions(&text) {
            assert!(mention.span.start >= end && mention.span.end <= text.len());
            end = mention.span.end;
            let value = resolve(&mention, Date::new(year, 1, 1).ok(), direction);
            if let Some(value) = value {
                mention.is_historical(value, PUBLISHED);
            }
        }
    }
}

const WORDS: &[&str] = &[
    "on",
    "the",
    "last",
    "next",
    "this",
    "Tuesday",
    "Tue.",
    "May",
    "March",
    "Dec",
    "31",
    "19th",
    "13-14",
    "2014",
    "1990s",
    "to",
    "between",
    "and",
    "of",
    ",",
    "week",
    "year",
    "weekend",
    "two",
    "999",
    "decades",
    "ago",
    "in",
    "first",
    "quarter",
    "Christmas",
    "Day",
    "New",
    "Year's",
    "Eve",
    "29",
    "February",
    "12/31/9999",
    "0000-01-01",
    "mid-March",
    "(",
    ")",
    "Υ",
    "’s",
    "'s",
    "from",
    "now",
    "half",
    "day",
    "before",
    "yesterday",
];

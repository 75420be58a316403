//! No text can make a rule or a regular expression slow: hostile texts of a megabyte take time in proportion to their length, and a
//! piece of them no more than so many times what news takes.

use std::{
    fmt::{self, Write},
    fs,
    sync::LazyLock,
};

use attache::worker::Outcome;

use super::{WORKER, envelope};

const LONG: usize = 1_000_000;
const PIECES: usize = 8;
const SHORT: usize = LONG / PIECES;
/// Time of a long text over that of eight texts of an eighth of its length: 1 is proportional, 8 would be quadratic.
const GROWTH: f64 = 1.75;
/// Time a byte over that of news in which every other sentence tells something, the most expensive of all texts that are known.
const TIMES_NEWS: f64 = 3.0;
/// Below this, growth is noise.
const MEASURABLE_SECONDS: f64 = 0.2;
/// A text that seems slow is timed anew, for a neighbour on the machine can empty the caches; what grows too fast does so each time.
const ATTEMPTS: usize = 3;

const NEWS: &str = "The minister of agriculture opened a fair in the north on Tuesday, where farmers showed new kinds of wheat. \
     Germany summoned the Russian ambassador over the detention of two journalists, a spokeswoman said in Berlin. \
     Prices rose again in August, and the central bank is expected to wait until the autumn before it decides. \
     Canada imposed sanctions on four companies that are accused of selling drones. \
     He said that the harvest had been better than in any year since 2009 and that exports would grow.\n";

/// Each is repeated until the text is long enough.
const UNITS: [(&str, &str); 34] = [
    ("one letter", "a"),
    ("one space", " "),
    ("line breaks", "\n"),
    ("full stops", "."),
    ("quotation marks", "\""),
    ("marks of all kinds", "“‘”’«»"),
    ("brackets that open", "("),
    ("hyphens", "-"),
    ("hyphenated for ever", "Russia-"),
    ("apostrophes", "Russia's"),
    ("accents on one letter", "\u{301}"),
    ("nothing to see", "\u{200b}"),
    ("pictures", "🇷🇺"),
    ("numbers", "2017 "),
    ("numbers with commas", "1,1"),
    ("abbreviations", "U.S. "),
    ("titles", "Mr. "),
    ("initials", "A. B. "),
    ("one state", "Russia "),
    ("one state in capitals", "RUSSIA "),
    ("states in a row", "Russia and Ukraine, "),
    ("names begun and not ended", "Democratic People's Republic United Arab "),
    ("offices without end", "President of the Foreign Minister of the "),
    ("verbs only", "expelled sanctioned accused "),
    ("a verb and a state", "Russia expelled "),
    ("clauses in clauses", "said that Russia which Ukraine "),
    ("negations", "not never no "),
    ("dates", "on Monday, Jan. 1, 2017, last week "),
    ("laws", "Council Regulation (EU) No Executive Order resolution "),
    ("law numbers", "resolution 2375 (2017) "),
    ("sanctions", "sanctions against sanctions on "),
    ("datelines", "MOSCOW, Dec 1 (Reuters) - "),
    ("short sentences", "Russia expelled two diplomats. "),
    ("questions", "? "),
];

#[test]
fn no_text_takes_more_time_than_its_length_allows() {
    // Building it is no reading.
    LazyLock::force(&WORKER);
    let (mut table, mut slow) = (String::new(), Vec::new());
    for (name, text) in texts() {
        let is_slow = (0..ATTEMPTS).all(|_| {
            let timing = Timing::of(&text);
            let _ = writeln!(table, "{name}: {timing}");
            timing.is_slow()
        });
        if is_slow {
            slow.push(name);
        }
    }
    assert!(slow.is_empty(), "{slow:?} of\n{table}");
    eprintln!("{table}");
}

struct Timing {
    /// Seconds for `LONG` bytes.
    long: f64,
    growth: f64,
    times_news: f64,
}

impl Timing {
    fn of(text: &str) -> Self {
        let short = repeated(text, SHORT);
        let in_pieces: f64 = (0..PIECES).map(|_| seconds(&short)).sum();
        let long = seconds(&repeated(text, LONG));
        let news = seconds(&repeated(NEWS, SHORT)) * PIECES as f64;
        Self { long, growth: long / in_pieces, times_news: long / news }
    }

    fn is_slow(&self) -> bool {
        (self.long > MEASURABLE_SECONDS && self.growth > GROWTH) || self.times_news > TIMES_NEWS
    }
}

impl fmt::Display for Timing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { long, growth, times_news } = self;
        write!(f, "{long:.2} s, {growth:.1} times its eight pieces, {times_news:.1} times news")
    }
}

/// The units, and sentences that are as long as they may be.
fn texts() -> Vec<(&'static str, String)> {
    let mut texts: Vec<_> = UNITS.iter().map(|(name, unit)| (*name, (*unit).to_owned())).collect();
    texts.push(("the longest sentences", format!("{}Iran. ", "Russia accused Ukraine of what ".repeat(38))));
    texts.push(("the longest lists", format!("{}Iran. ", "Russia, China and ".repeat(48))));
    texts.push(("the longest chains", format!("Russia said {}. ", "of the minister of the state ".repeat(30))));
    texts
}

fn repeated(unit: &str, bytes: usize) -> String {
    unit.repeat(bytes / unit.len() + 1)
}

/// Of the processor, so that other work on the machine does not count.
fn seconds(text: &str) -> f64 {
    let before = on_processor();
    let outcome = WORKER.process(text.as_bytes(), &envelope("text/plain"));
    let took = on_processor() - before;
    assert!(matches!(outcome, Outcome::Answered(_) | Outcome::Rejected(_)));
    took
}

fn on_processor() -> f64 {
    let times = fs::read_to_string("/proc/thread-self/schedstat").expect("Linux tells how long a thread has run");
    times.split(' ').next().and_then(|nanoseconds| nanoseconds.parse::<f64>().ok()).expect("a number") / 1e9
}

//! Every example and reject of every rule file is a test, run through the whole pipeline with the whole lexicon.

use std::{process::ExitCode, sync::Arc};

use attache::{
    extract::{Article, Extraction, Limits, Party, Published, Status, extract},
    lexicon::{Example, Lexicon, Reject, Rule},
    syntax::Syntax,
};
use libtest_mimic::{Arguments, Failed, Trial};

/// What the tests share; both are read once.
struct Reader {
    lexicon: Lexicon,
    syntax: Syntax,
}

fn main() -> ExitCode {
    let reader = Arc::new(Reader { lexicon: lexicon(), syntax: Syntax::english() });
    let mut trials = Vec::new();
    for rule in &reader.lexicon.rules {
        for example in &rule.examples {
            trials.extend(example.texts.iter().map(|text| example_trial(&reader, rule, example, text)));
        }
        for reject in &rule.rejects {
            trials.extend(reject.texts.iter().map(|text| reject_trial(&reader, rule, reject, text)));
        }
    }
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}

/// The built-in lexicon, or the folder that an author works on, so that data can be tried without a rebuild.
fn lexicon() -> Lexicon {
    match std::env::var_os("ATTACHE_LEXICON_FOLDER") {
        Some(folder) => Lexicon::from_folder(folder.as_ref()).expect("the lexicon folder is well made"),
        None => Lexicon::built_in(),
    }
}

fn example_trial(reader: &Arc<Reader>, rule: &Rule, example: &Example, text: &str) -> Trial {
    let (reader, id, example, body) = (Arc::clone(reader), rule.id.clone(), example.clone(), text.to_owned());
    Trial::test(format!("{}: {text}", rule.id), move || {
        known_miss(example.known_miss.as_deref(), {
            let found = reader.read(&body, example.date.as_deref(), example.source.clone());
            check_example(&found, &example, &id)
        })
    })
}

fn reject_trial(reader: &Arc<Reader>, rule: &Rule, reject: &Reject, text: &str) -> Trial {
    let (reader, id, reject, body) = (Arc::clone(reader), rule.id.clone(), reject.clone(), text.to_owned());
    Trial::test(format!("{} rejects: {text}", rule.id), move || {
        known_miss(reject.known_miss.as_deref(), check_reject(&reader.read(&body, None, reject.source.clone()), &id))
    })
}

impl Reader {
    fn read(&self, text: &str, date: Option<&str>, source: Option<String>) -> Extraction {
        let published = date.map(|date| {
            let day: jiff::civil::Date = date.parse().expect("an example's date is YYYY-MM-DD");
            Published { instant: day.to_zoned(jiff::tz::TimeZone::UTC).expect("a day of our time").timestamp(), day }
        });
        let article =
            Article { id: "example".to_owned(), language: "en".to_owned(), published, source, text: text.to_owned(), ..Article::default() };
        extract(&article, &self.lexicon, &self.syntax, &Limits::default())
    }
}

/// A known miss must fail: once it passes, the note has to go.
fn known_miss(why: Option<&str>, outcome: Result<(), Failed>) -> Result<(), Failed> {
    match (why, outcome) {
        (None, outcome) => outcome,
        (Some(_), Err(_)) => Ok(()),
        (Some(why), Ok(())) => Err(format!("passes now: take out known_miss = \"{why}\"").into()),
    }
}

fn check_example(found: &Extraction, example: &Example, rule: &str) -> Result<(), Failed> {
    if let Some(wanted) = &example.event {
        let told = found.events.iter().map(|event| tell(event.kind.name(), &event.actors, &event.recipients, event.status));
        contains(told.collect(), wanted, rule)?;
    }
    if let Some(wanted) = &example.sanction {
        let told = found.sanctions.iter().map(|mention| tell(mention.action.name(), &mention.senders, &mention.targets, mention.status));
        contains(told.collect(), wanted, rule)?;
    }
    Ok(())
}

fn check_reject(found: &Extraction, rule: &str) -> Result<(), Failed> {
    let events = found.events.iter().filter(|event| event.rule == rule);
    let mut told: Vec<String> = events.map(|event| tell(event.kind.name(), &event.actors, &event.recipients, event.status)).collect();
    let mentions = found.sanctions.iter().filter(|mention| mention.rule == rule);
    told.extend(mentions.map(|mention| tell(mention.action.name(), &mention.senders, &mention.targets, mention.status)));
    if told.is_empty() { Ok(()) } else { Err(format!("must find nothing, found {told:?}").into()) }
}

fn contains(told: Vec<String>, wanted: &str, rule: &str) -> Result<(), Failed> {
    let wanted = normalise(wanted);
    if told.contains(&wanted) { Ok(()) } else { Err(format!("{rule} wants `{wanted}`, found {told:?}").into()) }
}

/// `TYPE A+B > C status` with the parties in alphabetical order.
fn tell(what: &str, left: &[Party], right: &[Party], status: Status) -> String {
    format!("{what} {} > {} {}", codes(left), codes(right), status.name())
}

fn codes(parties: &[Party]) -> String {
    let mut codes: Vec<&str> = parties.iter().map(|party| party.code.as_str()).collect();
    codes.sort_unstable();
    if codes.is_empty() { "-".to_owned() } else { codes.join("+") }
}

/// Completes what an example may leave out.
fn normalise(wanted: &str) -> String {
    let (left, right) = wanted.split_once('>').unwrap_or((wanted, ""));
    let mut left = left.split_whitespace();
    let (what, actors) = (left.next().unwrap_or("-"), left.next().unwrap_or("-"));
    let mut right = right.split_whitespace().peekable();
    let is_status = |word: &&str| Status::from_name(word).is_some();
    let recipients = if right.peek().is_some_and(is_status) { "-" } else { right.next().unwrap_or("-") };
    let sorted = |codes: &str| {
        let mut codes: Vec<&str> = codes.split('+').collect();
        codes.sort_unstable();
        codes.join("+")
    };
    format!("{what} {} > {} {}", sorted(actors), sorted(recipients), right.next().unwrap_or("actual"))
}

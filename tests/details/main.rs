//! What an event carries besides type, parties, status and date: place, source of the claim, contexts, roles and sectors.

mod capacities;
mod claims;
mod contexts;
mod places;
mod releases;

use std::sync::LazyLock;

use attache::{
    extract::{Article, Event, Limits, Published, extract},
    lexicon::Lexicon,
    syntax::Syntax,
    text::Span,
};

static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::built_in);
static SYNTAX: LazyLock<Syntax> = LazyLock::new(Syntax::english);

/// The events of a text that was published on a day (YYYY-MM-DD).
fn events(text: &str, day: &str) -> Vec<Event> {
    let day: jiff::civil::Date = day.parse().expect("a day");
    let instant = day.to_zoned(jiff::tz::TimeZone::UTC).expect("a day of our time").timestamp();
    let article =
        Article { language: "en".to_owned(), published: Some(Published { instant, day }), text: text.to_owned(), ..Article::default() };
    extract(&article, &LEXICON, &SYNTAX, &Limits::default()).events
}

/// The first event of a type, given by its name.
fn event(text: &str, day: &str, kind: &str) -> Result<Event, String> {
    let events = events(text, day);
    let kinds: Vec<&str> = events.iter().map(|event| event.kind.name()).collect();
    let told = format!("{text}\n    no {kind}, but {kinds:?}");
    events.into_iter().find(|event| event.kind.name() == kind).ok_or(told)
}

fn quote(text: &str, span: Span) -> String {
    text[span.start..span.end].to_owned()
}

/// Fails with all rows of a table that are not as they should be.
#[track_caller]
fn report(findings: Vec<String>, rows: usize) {
    assert!(findings.is_empty(), "{} of {rows} are wrong:\n{}", findings.len(), findings.join("\n"));
}

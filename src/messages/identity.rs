//! Ids that are the same whenever the same thing is read again.

use jiff::civil::Date;
use sha2::{Digest, Sha256};

use crate::extract::{Article, DateValue, Event, EventDate, EventType, Mention, Party};

/// 128 bits: no two articles of a lifetime share one by chance.
const ID_BYTES: usize = 16;

/// The `message_id` of a result: from the article's id, its content and the version of the extractor and its lexicon.
pub fn result_id(article: &Article, lexicon_hash: &str) -> String {
    digest(&["result", &article.id, &content_id(article), env!("CARGO_PKG_VERSION"), lexicon_hash])
}

/// The id of an article that came without one.
pub fn content_id(article: &Article) -> String {
    let published = article.published.map(|published| published.instant.to_string()).unwrap_or_default();
    let title = article.title.as_deref().unwrap_or_default();
    digest(&["article", article.url.as_deref().unwrap_or_default(), title, &published, &article.text])
}

/// What makes an event the same in every article that tells it: type, parties and day.
pub fn event_key(event: &Event, article: &Article) -> String {
    let day = day(event.date.as_ref(), article);
    let (actors, recipients) = (codes(&event.actors), codes(&event.recipients));
    if is_mutual(event.kind) {
        let both = sorted(event.actors.iter().chain(&event.recipients));
        return [event.kind.name(), &both, &day].join(":");
    }
    [event.kind.name(), &actors, &recipients, &day].join(":")
}

/// As [`event_key`], for a sanctions mention.
pub fn mention_key(mention: &Mention, article: &Article) -> String {
    let day = day(mention.date.as_ref(), article);
    ["sanctions", mention.action.name(), &codes(&mention.senders), &codes(&mention.targets), &day].join(":")
}

/// What tells an event from the others of its article, free of offsets.
pub fn event_id(event: &Event, article: &Article, occurrence: usize) -> String {
    let date = event.date.as_ref().map(|date| date_text(date.value)).unwrap_or_default();
    let mode = event.mode.map_or("", |mode| mode.name());
    let (actors, recipients) = (codes(&event.actors), codes(&event.recipients));
    digest(&["event", &article.id, event.kind.name(), mode, event.status.name(), &actors, &recipients, &date, &occurrence.to_string()])
}

/// As [`event_id`], for a sanctions mention.
pub fn mention_id(mention: &Mention, article: &Article, occurrence: usize) -> String {
    let date = mention.date.as_ref().map(|date| date_text(date.value)).unwrap_or_default();
    let (senders, targets) = (codes(&mention.senders), codes(&mention.targets));
    let (action, status) = (mention.action.name(), mention.status.name());
    digest(&["sanctions", &article.id, action, status, &senders, &targets, &date, &occurrence.to_string()])
}

/// An ISO 8601 date of the precision it has, or an interval "A/B".
pub fn date_text(value: DateValue) -> String {
    match value {
        DateValue::Year(year) => format!("{year:04}"),
        DateValue::Month(year, month) => format!("{year:04}-{month:02}"),
        DateValue::Day(day) => day.to_string(),
        DateValue::Interval(first, last) => format!("{first}/{last}"),
    }
}

/// Events whose parties are on a par, so that who is named first makes no difference.
fn is_mutual(kind: EventType) -> bool {
    matches!(kind, EventType::Agree | EventType::Consult | EventType::Cooperate)
}

/// The event's own date, else the day of publication: the best guess that other articles of that day share.
fn day(date: Option<&EventDate>, article: &Article) -> String {
    let published = article.published.map(|published| published.day);
    date.map(|date| date_text(date.value)).or_else(|| published.as_ref().map(Date::to_string)).unwrap_or_default()
}

fn codes(parties: &[Party]) -> String {
    sorted(parties.iter())
}

fn sorted<'p>(parties: impl Iterator<Item = &'p Party>) -> String {
    let mut codes: Vec<&str> = parties.map(|party| party.code.as_str()).collect();
    codes.sort_unstable();
    codes.dedup();
    codes.join("+")
}

/// Each part is hashed with its length, so that no two lists of parts run into the same bytes.
fn digest(parts: &[&str]) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update((part.len() as u64).to_le_bytes());
        hasher.update(part);
    }
    hasher.finalize().iter().take(ID_BYTES).map(|byte| format!("{byte:02x}")).collect()
}

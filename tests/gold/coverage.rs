//! The gold set itself: everything of the codebook occurs in it, and its labels are from the closed lists.

use std::collections::BTreeSet;

use attache::lexicon::{Action, EventType, Lexicon, Measure, Status};

use super::{
    files::FILES,
    rows::{Labels, Row},
};

/// A whole label must occur this often at least to say anything.
const TYPE_COUNT: usize = 8;

fn own(name: &str) -> Vec<Row> {
    FILES.iter().find(|file| file.name == name).expect("a file").rows().expect("the project's own file")
}

fn labels() -> Vec<Labels> {
    own("own sentences").into_iter().chain(own("own articles")).map(|row| row.labels).collect()
}

#[test]
fn it_is_large_enough() {
    let (sentences, articles) = (own("own sentences"), own("own articles"));
    let empty = sentences.iter().filter(|row| row.labels.events.is_empty() && row.labels.mentions.is_empty()).count();
    assert!(sentences.len() >= 150 && empty >= 50 && articles.len() >= 5, "{} {empty} {}", sentences.len(), articles.len());
    let ids: BTreeSet<&str> = sentences.iter().chain(&articles).map(|row| row.id.as_str()).collect();
    assert_eq!(ids.len(), sentences.len() + articles.len(), "an id stands twice");
}

#[test]
fn every_type_and_status_occurs() {
    let labels = labels();
    let events = || labels.iter().flat_map(|labels| &labels.events);
    for kind in EventType::ALL.iter().copied() {
        let count = events().filter(|event| event.kind == kind.name()).count();
        assert!(count >= TYPE_COUNT, "{}: {count}", kind.name());
    }
    for status in Status::ALL.iter().copied() {
        assert!(events().any(|event| event.status == status.name()), "{}", status.name());
    }
}

#[test]
fn every_sanctions_action_and_measure_occurs() {
    let labels = labels();
    let mentions = || labels.iter().flat_map(|labels| &labels.mentions);
    for action in Action::ALL.iter().copied() {
        assert!(mentions().any(|mention| mention.action == action.name()), "{}", action.name());
    }
    for measure in Measure::ALL.iter().copied() {
        assert!(mentions().any(|mention| mention.measures.contains(measure.name())), "{}", measure.name());
    }
}

#[test]
fn labels_are_from_the_closed_lists() {
    let lexicon = Lexicon::built_in();
    let codes: BTreeSet<&str> = lexicon.actors.iter().map(|actor| actor.code.as_str()).collect();
    for labels in labels() {
        for event in &labels.events {
            assert!(EventType::from_name(&event.kind).is_some() && Status::from_name(&event.status).is_some(), "{event:?}");
            assert!(event.actors.iter().chain(&event.recipients).all(|code| codes.contains(code.as_str())), "{event:?}");
            assert!(!event.actors.is_empty() || !event.recipients.is_empty(), "{event:?}");
            assert!(event.date.as_ref().is_none_or(|date| is_date(date)), "{event:?}");
        }
        for mention in &labels.mentions {
            assert!(Action::from_name(&mention.action).is_some() && Status::from_name(&mention.status).is_some(), "{mention:?}");
            assert!(mention.measures.iter().all(|measure| Measure::from_name(measure).is_some()), "{mention:?}");
            assert!(mention.senders.iter().chain(&mention.targets).all(|code| codes.contains(code.as_str())), "{mention:?}");
        }
    }
}

/// `2018`, `2018-03`, `2018-03-26`, or two of them with a slash.
fn is_date(text: &str) -> bool {
    text.split('/').all(|part| {
        let full = format!("{part}{}", &"0000-01-01"[part.len().min(10)..]);
        full.parse::<jiff::civil::Date>().is_ok()
    })
}

//! A passage that is read otherwise than labelled, told for people.

use std::{collections::BTreeSet, fmt};

use super::{
    matching::pairs,
    rows::{Event, Labels, Mention, Row},
};

/// What is missed, too much or has other parties or another status; nothing if all agrees.
pub fn tell(row: &Row, found: &Labels) -> Option<String> {
    let mut lines = differences(&row.labels.events, &found.events, Event::agreement, Event::is_same);
    lines.extend(differences(&row.labels.mentions, &found.mentions, Mention::agreement, Mention::is_same));
    if lines.is_empty() {
        return None;
    }
    let json: serde_json::Value = serde_json::from_str(&row.body).ok()?;
    Some(format!("{} {}: {}\n{}", row.id, json["date"].as_str().unwrap_or("-"), json["text"].as_str()?, lines.join("\n")))
}

fn differences<T: fmt::Display>(
    labelled: &[T],
    found: &[T],
    agreement: impl Fn(&T, &T) -> f64,
    is_same: impl Fn(&T, &T) -> bool,
) -> Vec<String> {
    let pairs = pairs(labelled, found, agreement);
    let missed = (0..labelled.len()).filter(|at| pairs.iter().all(|pair| pair.0 != *at));
    let mut lines: Vec<String> = missed.map(|at| format!("  missed  {}", labelled[at])).collect();
    let false_ones = (0..found.len()).filter(|at| pairs.iter().all(|pair| pair.1 != *at));
    lines.extend(false_ones.map(|at| format!("  false   {}", found[at])));
    let other = pairs.iter().filter(|(one, other)| !is_same(&labelled[*one], &found[*other]));
    lines.extend(other.map(|&(one, other)| format!("  other   {}  |  {}", labelled[one], found[other])));
    lines
}

impl Event {
    fn is_same(&self, other: &Self) -> bool {
        self.has_same_dyad(other) && self.status == other.status && (self.date.is_none() || self.has_same_date(other))
    }
}

impl Mention {
    fn is_same(&self, other: &Self) -> bool {
        (&self.action, &self.senders, &self.measures) == (&other.action, &other.senders, &other.measures)
    }
}

impl fmt::Display for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let date = self.date.as_deref().unwrap_or_default();
        write!(f, "{} {} > {} {} {date}", self.kind, codes(&self.actors), codes(&self.recipients), self.status)
    }
}

impl fmt::Display for Mention {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (senders, targets) = (codes(&self.senders), codes(&self.targets));
        write!(f, "sanctions {} {senders} > {targets} {} [{}]", self.action, self.status, codes(&self.measures))
    }
}

fn codes(codes: &BTreeSet<String>) -> String {
    if codes.is_empty() { "-".to_owned() } else { codes.iter().map(String::as_str).collect::<Vec<_>>().join("+") }
}

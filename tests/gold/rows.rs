//! Labelled passages and what the program says of them, reduced to what is scored.

use std::{collections::BTreeSet, fs, path::Path};

use attache::worker::{Envelope, Outcome, Worker};
use serde_json::Value;

/// Types whose parties are scored as one set: who met whom does not matter.
const SYMMETRIC: [&str; 3] = ["AGREE", "CONSULT", "COOPERATE"];

/// A passage or article with its labels.
pub struct Row {
    pub id: String,
    /// The row as it stands: valid plain input of the program.
    pub body: String,
    pub labels: Labels,
}

/// What a passage tells, as labelled or as found.
#[derive(Clone, Debug, Default)]
pub struct Labels {
    pub events: Vec<Event>,
    pub mentions: Vec<Mention>,
}

#[derive(Clone, Debug)]
pub struct Event {
    pub kind: String,
    pub actors: BTreeSet<String>,
    pub recipients: BTreeSet<String>,
    pub status: String,
    /// A day, month, year or interval, as the wire has it.
    pub date: Option<String>,
}

#[derive(Clone, Debug)]
pub struct Mention {
    pub action: String,
    pub senders: BTreeSet<String>,
    pub targets: BTreeSet<String>,
    pub measures: BTreeSet<String>,
    pub status: String,
}

/// Reads a file of labelled rows, one a line.
pub fn read(path: &Path) -> Vec<Row> {
    let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let row = |(index, line): (usize, &str)| {
        let json: Value = serde_json::from_str(line).unwrap_or_else(|error| panic!("{}:{}: {error}", path.display(), index + 1));
        Row { id: json["id"].as_str().expect("a row has an id").to_owned(), body: line.to_owned(), labels: Labels::of(&json) }
    };
    text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()).map(row).collect()
}

/// What the program finds in a row, by the same way as an article from a queue.
pub fn found(worker: &Worker, row: &Row) -> Labels {
    let envelope = Envelope { content_type: Some("application/json".to_owned()), content_encoding: None, message_id: None };
    match worker.process(row.body.as_bytes(), &envelope) {
        Outcome::Answered(answer) => Labels::of(&serde_json::from_slice(&answer.body).expect("a result is JSON")),
        Outcome::Rejected(rejection) => panic!("{}: refused: {rejection:?}", row.id),
    }
}

impl Labels {
    /// Reads labels and results alike: parties are codes or objects that have one, dates are texts or objects with a value.
    pub fn of(json: &Value) -> Self {
        let list = |key: &str| json[key].as_array().cloned().unwrap_or_else(|| panic!("no list `{key}` in {}", json["id"]));
        Self { events: list("events").iter().map(Event::of).collect(), mentions: list("sanctions").iter().map(Mention::of).collect() }
    }
}

impl Event {
    fn of(json: &Value) -> Self {
        let date = json["date"].as_str().or(json["date"]["value"].as_str());
        Self {
            kind: text(json, "type"),
            actors: codes(&json["actors"]),
            recipients: codes(&json["recipients"]),
            status: text(json, "status"),
            date: date.map(str::to_owned),
        }
    }

    fn parties(&self) -> BTreeSet<&str> {
        self.actors.iter().chain(&self.recipients).map(String::as_str).collect()
    }

    pub fn has_same_dyad(&self, other: &Self) -> bool {
        let same_sides = self.actors == other.actors && self.recipients == other.recipients;
        let symmetric = SYMMETRIC.contains(&self.kind.as_str());
        self.kind == other.kind && (same_sides || (symmetric && self.parties() == other.parties()))
    }

    pub fn shares_party(&self, other: &Self) -> bool {
        let (mine, theirs) = (self.parties(), other.parties());
        !mine.is_disjoint(&theirs) || (mine.is_empty() && theirs.is_empty())
    }

    /// Equal, or an interval that starts on the day given.
    pub fn has_same_date(&self, other: &Self) -> bool {
        let start = |event: &Self| event.date.as_ref().map(|date| date.split('/').next().unwrap_or_default().to_owned());
        self.date.is_some() && start(self) == start(other)
    }

    /// How well two events agree; 0 where their types differ, so that these are never paired.
    pub fn agreement(&self, other: &Self) -> f64 {
        if self.kind != other.kind {
            return 0.0;
        }
        let (mine, theirs) = (self.parties(), other.parties());
        let overlap = mine.intersection(&theirs).count() as f64 / mine.union(&theirs).count().max(1) as f64;
        let (dyad, status, date) = (self.has_same_dyad(other), self.status == other.status, self.has_same_date(other));
        1.0 + 4.0 * one_if(dyad) + overlap + 0.5 * one_if(status) + 0.25 * one_if(date)
    }
}

impl Mention {
    fn of(json: &Value) -> Self {
        Self {
            action: text(json, "action"),
            senders: codes(&json["senders"]),
            targets: codes(&json["targets"]),
            measures: codes(&json["measures"]),
            status: text(json, "status"),
        }
    }

    /// 0 where the targets differ, so that these are never paired.
    pub fn agreement(&self, other: &Self) -> f64 {
        if self.targets != other.targets {
            return 0.0;
        }
        let (action, senders, measures) = (self.action == other.action, self.senders == other.senders, self.measures == other.measures);
        1.0 + 2.0 * one_if(action) + one_if(senders) + 0.5 * one_if(measures)
    }
}

fn one_if(holds: bool) -> f64 {
    f64::from(u8::from(holds))
}

fn text(json: &Value, key: &str) -> String {
    json[key].as_str().unwrap_or_else(|| panic!("no text `{key}` in {json}")).to_owned()
}

fn codes(list: &Value) -> BTreeSet<String> {
    let code = |party: &Value| party.as_str().or(party["code"].as_str()).map(str::to_owned);
    list.as_array().into_iter().flatten().filter_map(code).collect()
}

//! What a file of labelled passages says about the program: F1, accuracies and false alarms.

use std::collections::BTreeMap;

use attache::worker::Worker;

use super::{
    matching::pairs,
    rows::{Event, Labels, Mention, Row, found},
};

/// One number of the score, between 0 and 1; false alarms count per 100 passages without a label.
pub struct Measured {
    pub name: &'static str,
    pub value: f64,
    /// How many labelled things, pairs or empty passages it is a share of: a number of few says little.
    pub of: usize,
}

/// False alarms: the only numbers that are better when they are lower.
pub fn is_better_low(name: &str) -> bool {
    name.contains("false_alarms")
}

/// Counts over all passages of a file.
#[derive(Debug, Default)]
pub struct Tally {
    pub passages: usize,
    pub events: Sides,
    pub mentions: Sides,
    /// By event type.
    pub types: BTreeMap<String, Of>,
    type_hits: usize,
    overlaps: usize,
    dyads: usize,
    statuses: usize,
    dates: usize,
    dated: usize,
    actions: usize,
    targets: usize,
    senders: usize,
    measures: usize,
}

/// How often a type is labelled, found, and both at once.
#[derive(Clone, Copy, Debug, Default)]
pub struct Of {
    pub labelled: usize,
    pub found: usize,
    pub hits: usize,
}

/// How many there are on each side, and in passages where nothing is labelled.
#[derive(Debug, Default)]
pub struct Sides {
    pub labelled: usize,
    pub found: usize,
    empty: usize,
    alarms: usize,
}

impl Sides {
    fn add(&mut self, labelled: usize, found: usize) {
        self.labelled += labelled;
        self.found += found;
        if labelled == 0 {
            self.empty += 1;
            self.alarms += found;
        }
    }

    fn recall(&self, hits: usize) -> f64 {
        share(hits, self.labelled)
    }

    fn f1(&self, hits: usize) -> f64 {
        share(2 * hits, self.labelled + self.found)
    }

    fn alarms_per_100(&self) -> f64 {
        100.0 * share(self.alarms, self.empty)
    }
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

impl Tally {
    pub fn new(worker: &Worker, rows: &[Row]) -> Self {
        let mut tally = Self::default();
        for row in rows {
            tally.add(&row.labels, &found(worker, row));
        }
        tally
    }

    pub fn add(&mut self, labelled: &Labels, found: &Labels) {
        self.passages += 1;
        self.add_events(&labelled.events, &found.events);
        self.add_mentions(&labelled.mentions, &found.mentions);
    }

    fn add_events(&mut self, labelled: &[Event], found: &[Event]) {
        self.events.add(labelled.len(), found.len());
        labelled.iter().for_each(|event| self.of(event).labelled += 1);
        found.iter().for_each(|event| self.of(event).found += 1);
        for (one, other) in pairs(labelled, found, Event::agreement) {
            let (one, other) = (&labelled[one], &found[other]);
            self.of(one).hits += 1;
            self.type_hits += 1;
            self.overlaps += usize::from(one.shares_party(other));
            self.dyads += usize::from(one.has_same_dyad(other));
            self.statuses += usize::from(one.status == other.status);
            self.dated += usize::from(one.date.is_some());
            self.dates += usize::from(one.has_same_date(other));
        }
    }

    fn of(&mut self, event: &Event) -> &mut Of {
        self.types.entry(event.kind.clone()).or_default()
    }

    fn add_mentions(&mut self, labelled: &[Mention], found: &[Mention]) {
        self.mentions.add(labelled.len(), found.len());
        for (one, other) in pairs(labelled, found, Mention::agreement) {
            let (one, other) = (&labelled[one], &found[other]);
            self.targets += 1;
            self.actions += usize::from(one.action == other.action);
            self.senders += usize::from(one.senders == other.senders);
            self.measures += usize::from(one.measures == other.measures);
        }
    }

    /// All numbers, for a file whose passages are labelled whole.
    pub fn whole(&self) -> Vec<Measured> {
        let (events, mentions, pairs) = (&self.events, &self.mentions, self.targets);
        let numbers = [
            ("type_f1", events.f1(self.type_hits), events.labelled),
            ("overlap_f1", events.f1(self.overlaps), events.labelled),
            ("dyad_f1", events.f1(self.dyads), events.labelled),
            ("status_accuracy", share(self.statuses, self.type_hits), self.type_hits),
            ("date_accuracy", share(self.dates, self.dated), self.dated),
            ("false_alarms_per_100", events.alarms_per_100(), events.empty),
            ("sanctions_f1", mentions.f1(self.actions), mentions.labelled),
            ("sanctions_target_f1", mentions.f1(self.targets), mentions.labelled),
            ("sanctions_sender_accuracy", share(self.senders, pairs), pairs),
            ("sanctions_measure_accuracy", share(self.measures, pairs), pairs),
            ("sanctions_false_alarms_per_100", mentions.alarms_per_100(), mentions.empty),
        ];
        numbers.map(|(name, value, of)| Measured { name, value, of }).into()
    }

    /// The numbers that mean something where only one event of each passage is labelled.
    pub fn recall(&self) -> Vec<Measured> {
        let numbers = [
            ("type_recall", self.events.recall(self.type_hits)),
            ("overlap_recall", self.events.recall(self.overlaps)),
            ("dyad_recall", self.events.recall(self.dyads)),
        ];
        numbers.map(|(name, value)| Measured { name, value, of: self.events.labelled }).into()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn number(tally: &Tally, name: &str) -> f64 {
        tally.whole().into_iter().chain(tally.recall()).find(|measured| measured.name == name).expect("a number").value
    }

    /// Type, actors, recipients, status and date of an event.
    type Told<'a> = (&'a str, &'a [&'a str], &'a [&'a str], &'a str, Option<&'a str>);

    fn labels(events: &[Told]) -> Labels {
        let event = |(kind, actors, recipients, status, date): &Told| json!({"type": kind, "actors": actors, "recipients": recipients, "status": status, "date": date});
        Labels::of(&json!({"id": "x", "events": events.iter().map(event).collect::<Vec<_>>(), "sanctions": []}))
    }

    #[test]
    fn parties_of_symmetric_events_count_as_one_set() {
        let mut tally = Tally::default();
        let gold = labels(&[("CONSULT", &["AAA"], &["BBB"], "actual", None), ("ACCUSE", &["AAA"], &["BBB"], "actual", None)]);
        let told = labels(&[("CONSULT", &["BBB", "AAA"], &[], "future", None), ("ACCUSE", &["BBB"], &["AAA"], "actual", None)]);
        tally.add(&gold, &told);
        assert_eq!((number(&tally, "type_f1"), number(&tally, "dyad_f1"), number(&tally, "overlap_f1")), (1.0, 0.5, 1.0));
        assert_eq!(number(&tally, "status_accuracy"), 0.5);
    }

    #[test]
    fn what_is_too_much_costs_precision_and_in_an_empty_passage_is_an_alarm() {
        let mut tally = Tally::default();
        let event: Told = ("AID", &["AAA"], &["BBB"], "actual", Some("2018-01-01"));
        tally.add(&labels(&[event]), &labels(&[event, ("AID", &["CCC"], &[], "actual", None)]));
        tally.add(&labels(&[]), &labels(&[event]));
        tally.add(&labels(&[]), &labels(&[]));
        assert_eq!((number(&tally, "type_f1"), number(&tally, "type_recall")), (0.5, 1.0));
        assert_eq!((number(&tally, "false_alarms_per_100"), number(&tally, "date_accuracy")), (50.0, 1.0));
    }

    #[test]
    fn an_interval_agrees_with_its_first_day() {
        let mut tally = Tally::default();
        let dated = |date| labels(&[("AID", &["AAA"], &["BBB"], "actual", Some(date))]);
        tally.add(&dated("2018-01-01"), &dated("2018-01-01/2018-01-03"));
        tally.add(&dated("2018-01-01"), &dated("2018-01"));
        assert_eq!(number(&tally, "date_accuracy"), 0.5);
    }

    #[test]
    fn mentions_are_paired_by_their_targets() {
        let mention = |action: &str, target: &str| json!({"action": action, "senders": ["AAA"], "targets": [{"code": target}], "measures": ["travel_ban"], "status": "actual"});
        let of = |mentions: Vec<serde_json::Value>| Labels::of(&json!({"id": "x", "events": [], "sanctions": mentions}));
        let mut tally = Tally::default();
        tally.add(&of(vec![mention("impose", "BBB"), mention("lift", "CCC")]), &of(vec![mention("lift", "BBB"), mention("lift", "DDD")]));
        assert_eq!((number(&tally, "sanctions_target_f1"), number(&tally, "sanctions_f1")), (0.5, 0.0));
        assert_eq!(number(&tally, "sanctions_measure_accuracy"), 1.0);
    }
}

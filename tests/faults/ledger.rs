//! The ledger: every article that was put on the queue, and what came of it.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

/// What has to become of an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// At least one result, and no dead letter.
    Result,
    /// At least one dead letter with this reason, and no result.
    DeadLetter(&'static str),
}

/// What was put on, and what was found.
#[derive(Debug, Default)]
pub struct Ledger {
    expected: BTreeMap<String, Fate>,
    found: BTreeMap<String, Found>,
    /// Settled when the fault ended.
    settled_at_end: Option<usize>,
}

#[derive(Debug, Default)]
struct Found {
    results: usize,
    result_ids: BTreeSet<String>,
    letters: usize,
    reasons: BTreeSet<String>,
}

/// The account of one fault.
#[derive(Clone, Debug)]
pub struct Account {
    pub messages: usize,
    pub results: usize,
    pub dead_letters: usize,
    /// Results and dead letters beyond the first of each article.
    pub duplicates: usize,
    /// Articles of which nothing is left: no result, no dead letter.
    pub lost: Vec<String>,
    /// What should not be there, in words.
    pub unexpected: Vec<String>,
    /// Articles that were settled only after the fault had ended.
    pub recovered: Option<usize>,
    /// From the end of the fault until everything was settled and the worker was ready.
    pub recovery: Option<Duration>,
}

impl Ledger {
    /// Call it once the broker has confirmed the article.
    pub fn put(&mut self, id: &str, fate: Fate) {
        assert!(self.expected.insert(id.to_owned(), fate).is_none(), "{id} was put on before");
    }

    pub fn len(&self) -> usize {
        self.expected.len()
    }

    pub fn found_result(&mut self, article: &str, result_id: &str) {
        let found = self.found.entry(article.to_owned()).or_default();
        found.results += 1;
        found.result_ids.insert(result_id.to_owned());
    }

    pub fn found_letter(&mut self, article: &str, reason: &str) {
        let found = self.found.entry(article.to_owned()).or_default();
        found.letters += 1;
        found.reasons.insert(reason.to_owned());
    }

    /// Articles with a result or a dead letter.
    pub fn settled(&self) -> usize {
        self.expected.keys().filter(|id| self.found.contains_key(*id)).count()
    }

    /// What is settled from here on has recovered.
    pub fn note_end_of_fault(&mut self) {
        self.settled_at_end = Some(self.settled());
    }

    pub fn is_complete(&self) -> bool {
        self.settled() == self.expected.len()
    }

    pub fn account(&self, recovery: Option<Duration>) -> Account {
        let mut unexpected = Vec::new();
        for (id, found) in &self.found {
            unexpected.extend(self.objection(id, found));
        }
        let sum = |count: fn(&Found) -> usize| self.found.values().map(count).sum::<usize>();
        Account {
            messages: self.expected.len(),
            results: sum(|found| found.results),
            dead_letters: sum(|found| found.letters),
            duplicates: sum(|found| found.results + found.letters - 1),
            lost: self.expected.keys().filter(|id| !self.found.contains_key(*id)).cloned().collect(),
            unexpected,
            recovered: self.settled_at_end.map(|before| self.settled() - before),
            recovery,
        }
    }

    fn objection(&self, id: &str, found: &Found) -> Option<String> {
        match self.expected.get(id) {
            None => Some(format!("{id} was never put on")),
            Some(Fate::Result) if found.letters > 0 => Some(format!("{id} is a dead letter: {:?}", found.reasons)),
            Some(Fate::Result) if found.result_ids.len() > 1 => {
                Some(format!("{id} has results with different ids: {:?}", found.result_ids))
            }
            Some(Fate::DeadLetter(_)) if found.results > 0 => Some(format!("{id} has a result")),
            Some(Fate::DeadLetter(reason)) if found.reasons.iter().any(|other| other != reason) => {
                Some(format!("{id} is a dead letter for {:?}, not for {reason}", found.reasons))
            }
            _ => None,
        }
    }
}

impl Account {
    /// # Errors
    /// Says what was lost or should not be there.
    pub fn check(&self) -> Result<(), String> {
        if self.lost.is_empty() && self.unexpected.is_empty() {
            return Ok(());
        }
        Err(format!("lost: {:?}; unexpected: {:?}; {self:?}", self.lost, self.unexpected))
    }
}

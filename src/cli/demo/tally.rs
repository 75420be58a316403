//! Whether every article was answered exactly once.

use std::{
    collections::HashMap,
    io::{self, Write},
    time::Duration,
};

use crate::{amqp::mailbox::Mail, telemetry::visible};

/// More faults or dead letters than this are counted, not listed.
const LISTED: usize = 20;

/// An article that was published.
#[derive(Debug)]
pub struct Sent {
    pub message_id: String,
    /// File, and line where the file holds several.
    pub place: String,
}

/// What went in and what came out.
#[derive(Debug)]
pub struct Tally {
    pub sent: Vec<Sent>,
    pub results: Vec<Mail>,
    pub dead_letters: Vec<Mail>,
}

impl Tally {
    /// Whether each article has exactly one answer and nothing else came out.
    pub fn is_complete(&self) -> bool {
        self.faults().is_empty()
    }

    /// Prints the dead letters with their reasons, then the counts, then what is missing or double.
    pub fn write(&self, out: &mut impl Write, took: Duration) -> io::Result<()> {
        self.write_dead_letters(out)?;
        let (sent, answered, dead) = (self.sent.len(), self.results.len(), self.dead_letters.len());
        let (events, sanctions) = (self.found("events"), self.found("sanctions"));
        writeln!(
            out,
            "{sent} articles published, {answered} answered, {dead} dead-lettered: {events} events and {sanctions} sanctions mentions in {:.1} seconds",
            took.as_secs_f64()
        )?;
        let faults = self.faults();
        for fault in faults.iter().take(LISTED) {
            writeln!(out, "FAULT: {fault}")?;
        }
        match faults.len() {
            0 => writeln!(out, "Every article was answered exactly once."),
            count => writeln!(out, "{count} articles were not answered exactly once."),
        }
    }

    fn write_dead_letters(&self, out: &mut impl Write) -> io::Result<()> {
        if self.dead_letters.is_empty() {
            return Ok(());
        }
        let places: HashMap<&str, &str> = self.sent.iter().map(|sent| (sent.message_id.as_str(), sent.place.as_str())).collect();
        writeln!(out, "Dead letters, as they came, with the reason:")?;
        for letter in self.dead_letters.iter().take(LISTED) {
            let place = letter.message_id.as_deref().and_then(|id| places.get(id)).copied().unwrap_or("an unknown message");
            let (reason, detail) =
                (letter.reason.as_deref().unwrap_or("moved by the broker"), letter.detail.as_deref().unwrap_or_default());
            writeln!(out, "  {}: {reason}: {}", visible(place), visible(detail))?;
        }
        if self.dead_letters.len() > LISTED {
            writeln!(out, "  and {} more", self.dead_letters.len() - LISTED)?;
        }
        writeln!(out)
    }

    fn faults(&self) -> Vec<String> {
        let mut answers: HashMap<&str, usize> = HashMap::new();
        for id in self.answered_ids() {
            *answers.entry(id).or_default() += 1;
        }
        let mut faults = Vec::new();
        for sent in &self.sent {
            match answers.remove(sent.message_id.as_str()) {
                Some(1) => {}
                count => faults.push(format!("{} was answered {} times", visible(&sent.place), count.unwrap_or_default())),
            }
        }
        faults.extend(answers.keys().map(|id| format!("an answer to {}, which was not published", visible(id))));
        faults
    }

    fn answered_ids(&self) -> impl Iterator<Item = &str> {
        let results = self.results.iter().map(|letter| letter.correlation_id.as_deref());
        results.chain(self.dead_letters.iter().map(|letter| letter.message_id.as_deref())).map(|id| id.unwrap_or("a message without id"))
    }

    fn found(&self, list: &str) -> usize {
        let count = |result: &Mail| {
            let result: serde_json::Value = serde_json::from_slice(&result.body).unwrap_or_default();
            result[list].as_array().map_or(0, Vec::len)
        };
        self.results.iter().map(count).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::{Mail, Sent, Tally};

    fn check(sent: &[&str], results: &[&str], dead: &[&str], complete: bool) {
        let sent = sent.iter().map(|id| Sent { message_id: (*id).into(), place: (*id).into() }).collect();
        let results = results.iter().map(|id| Mail { correlation_id: Some((*id).into()), ..Mail::default() }).collect();
        let dead_letters = dead.iter().map(|id| Mail { message_id: Some((*id).into()), ..Mail::default() }).collect();
        let tally = Tally { sent, results, dead_letters };
        assert_eq!(tally.is_complete(), complete, "{:?}", tally.faults());
    }

    #[test]
    fn one_answer_each_is_complete() {
        check(&["a", "b"], &["b"], &["a"], true);
    }

    #[test]
    fn a_missing_a_double_and_a_foreign_answer_are_faults() {
        check(&["a", "b"], &["b"], &[], false);
        check(&["a"], &["a", "a"], &[], false);
        check(&["a"], &["a"], &["a"], false);
        check(&["a"], &["a", "c"], &[], false);
    }
}

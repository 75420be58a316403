//! Who speaks where in a transcript, by the names at the heads of its lines: "FOREIGN MINISTER ROE: We are glad to be here".

use jiff::civil::Date;
use rustc_hash::FxHashMap;

use super::{
    discourse::{Discourse, unaccented},
    mentions::find_mentions,
};
use crate::{lexicon::Lexicon, text::Document};

/// The name at the head of a line has at most this many bytes: "PRESIDENT NIINISTÖ:".
const LONGEST_LABEL: usize = 60;

/// From here on somebody speaks.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Turn {
    /// Byte of the article's text.
    pub start: usize,
    /// For whom; nobody known where journalists ask.
    pub speaker: Option<u32>,
}

/// The turns of a transcript in order; none where fewer than two lines have a label, for then "we" are those whose release it is.
pub(super) fn turns(text: &str, title: Option<&str>, lexicon: &Lexicon, issuer: Option<u32>, published: Option<Date>) -> Vec<Turn> {
    let labels = labels(text);
    if labels.len() < 2 {
        return Vec::new();
    }
    let guests = introduced(title.unwrap_or_default(), lexicon, published);
    let mut known = FxHashMap::default();
    let mut speaker = |label| *known.entry(label).or_insert_with(|| speaker(label, &guests, lexicon, issuer));
    labels.into_iter().map(|(start, label)| Turn { start, speaker: speaker(label) }).collect()
}

/// Lines that begin with a name in capitals, perhaps a note, and a colon: "MINISTER ROE (via interpreter):".
fn labels(text: &str) -> Vec<(usize, &str)> {
    let has = |label: &str, kind: fn(char) -> bool| label.chars().any(kind);
    let is_label = |label: &str| label.len() <= LONGEST_LABEL && has(label, char::is_uppercase) && !has(label, char::is_lowercase);
    let name = |label: &'_ str| label.split(['(', '[']).next().unwrap_or(label).trim().len();
    let start = |line: &str| line.as_ptr() as usize - text.as_ptr() as usize;
    let split = text.lines().filter_map(|line| line.split_once(':').map(|(label, _)| (start(line), label.trim_start())));
    split.map(|(start, label)| (start, &label[..name(label)])).filter(|(_, label)| is_label(label)).collect()
}

/// Whom the title presents: "Secretary Jane Doe and Chilean Foreign Minister Richard Roe Before Their Meeting".
fn introduced(title: &str, lexicon: &Lexicon, published: Option<Date>) -> Discourse {
    let small = |word: &str| {
        let lower = word.to_lowercase();
        if lexicon.classes.title_particles.contains(&lower) { lower } else { word.to_owned() }
    };
    let title = title.split(' ').map(small).collect::<Vec<_>>().join(" ");
    let document = Document::new(&title);
    let forms: Vec<&str> = (0..document.tokens.len()).map(|token| document.form(token)).collect();
    let mut discourse = Discourse::default();
    discourse.introduce(&forms, &find_mentions(&document, lexicon, published), 0, lexicon);
    discourse
}

/// Somebody whom the title presents; or who holds an office of the issuer: "THE VICE PRESIDENT", or "SECRETARY ROE" whom the lexicon
/// knows.
fn speaker(label: &str, guests: &Discourse, lexicon: &Lexicon, issuer: Option<u32>) -> Option<u32> {
    let label = label.to_lowercase();
    let label = label.strip_prefix("the ").unwrap_or(&label);
    let surname = label.split([' ', '-']).next_back().unwrap_or(label);
    let is_own = |issuer: &u32| {
        let actor = &lexicon.actors[*issuer as usize];
        let is_name =
            |name: &String| name.split(' ').next_back().is_some_and(|last| unaccented(last).to_lowercase() == unaccented(surname));
        actor.titles.iter().any(|title| title.join(" ") == label) || actor.people.iter().any(|person| is_name(&person.name))
    };
    guests.introduced_in_any_case(surname).or_else(|| issuer.filter(is_own))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn speakers(title: &str, text: &str) -> Vec<Option<String>> {
        let lexicon = Lexicon::built_in();
        let issuer = lexicon.actors.iter().position(|actor| actor.code == "USA").and_then(|actor| u32::try_from(actor).ok());
        let turns = turns(text, Some(title), &lexicon, issuer, Some(Date::constant(2021, 5, 28)));
        turns.into_iter().map(|turn| turn.speaker.map(|speaker| lexicon.actors[speaker as usize].code.clone())).collect()
    }

    #[test]
    fn names_at_the_heads_of_lines_say_who_speaks() {
        let title = "Secretary Antony J. Blinken and Chilean Foreign Minister Richard Roe Before Their Meeting";
        let text = "SECRETARY BLINKEN: Welcome.\n\nFOREIGN MINISTER ROE: Thank you.\n\nQUESTION: What did you discuss?\n\nSECRETARY BLINKEN: Copper.";
        let [usa, chile] = ["USA", "CHL"].map(|code| Some(code.to_owned()));
        assert_eq!(speakers(title, text), [usa.clone(), chile, None, usa]);
    }

    #[test]
    fn names_may_have_capitals_within_and_notes_behind() {
        let title = "Secretary Antony J. Blinken And Qatari Foreign Minister Mohammed Al-Thani After Their Meeting";
        let text = "FOREIGN MINISTER AL-THANI (via interpreter): Welcome.\nSECRETARY BLINKEN: Thank you.";
        assert_eq!(speakers(title, text), ["QAT", "USA"].map(|code| Some(code.to_owned())));
    }

    #[test]
    fn one_label_makes_no_transcript() {
        assert!(speakers("Statement", "NOTE: We condemn the attack.\nIt was cruel.").is_empty());
        assert!(speakers("Statement", "We condemn the attack.").is_empty());
    }
}

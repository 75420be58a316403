//! Who speaks where in a transcript, by the names at the heads of its lines: "FOREIGN MINISTER ROE: We are glad to be here".

use jiff::civil::Date;

use super::{Article, discourse::Discourse, mentions::find_mentions};
use crate::{lexicon::Lexicon, text::Document};

/// The name at the head of a line has at most this many bytes: "PRESIDENT NIINISTÖ:".
const LONGEST_LABEL: usize = 60;

/// Words that titles write with a capital, and that are no part of a name.
const NO_NAMES: [&str; 13] = ["and", "before", "after", "at", "with", "on", "to", "in", "during", "following", "by", "from", "for"];

/// From here on somebody speaks.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Turn {
    /// Byte of the article's text.
    pub start: usize,
    /// For whom; nobody known where journalists ask.
    pub speaker: Option<u32>,
}

/// The turns of a transcript in order; none where at most one is named so, for then "we" are those whose release it is.
pub(super) fn turns(article: &Article, lexicon: &Lexicon, issuer: Option<u32>, published: Option<Date>) -> Vec<Turn> {
    let labels = labels(&article.text);
    if labels.len() < 2 {
        return Vec::new();
    }
    let guests = introduced(article.title.as_deref().unwrap_or_default(), lexicon, published);
    labels.into_iter().map(|(start, label)| Turn { start, speaker: speaker(label, &guests, lexicon, issuer) }).collect()
}

/// Lines that begin with a name in capitals and a colon.
fn labels(text: &str) -> Vec<(usize, &str)> {
    let has = |label: &str, kind: fn(char) -> bool| label.chars().any(kind);
    let is_label = |label: &str| label.len() <= LONGEST_LABEL && has(label, char::is_uppercase) && !has(label, char::is_lowercase);
    let start = |line: &str| line.as_ptr() as usize - text.as_ptr() as usize;
    let split = text.lines().filter_map(|line| line.split_once(':').map(|(label, _)| (start(line), label.trim())));
    split.filter(|(_, label)| is_label(label)).collect()
}

/// Whom the title presents: "Secretary Antony J. Blinken and Chilean Foreign Minister Richard Roe before Their Meeting".
fn introduced(title: &str, lexicon: &Lexicon, published: Option<Date>) -> Discourse {
    let small = |word: &str| if NO_NAMES.contains(&&*word.to_lowercase()) { word.to_lowercase() } else { word.to_owned() };
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
    let surname = label.split(' ').next_back().unwrap_or(label);
    let capitalised: String = surname.chars().take(1).flat_map(char::to_uppercase).chain(surname.chars().skip(1)).collect();
    let is_own = |issuer: &u32| {
        let actor = &lexicon.actors[*issuer as usize];
        let is_name = |name: &String| name.split(' ').next_back().is_some_and(|last| last.to_lowercase() == surname);
        actor.titles.iter().any(|title| title.join(" ") == label) || actor.people.iter().any(|person| is_name(&person.name))
    };
    guests.introduced(&capitalised).or_else(|| issuer.filter(is_own))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn speakers(title: &str, text: &str) -> Vec<Option<String>> {
        let lexicon = Lexicon::built_in();
        let issuer = lexicon.actors.iter().position(|actor| actor.code == "USA").and_then(|actor| u32::try_from(actor).ok());
        let article = Article { title: Some(title.to_owned()), text: text.to_owned(), ..Article::default() };
        let turns = turns(&article, &lexicon, issuer, Some(Date::constant(2021, 5, 28)));
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
    fn one_label_makes_no_transcript() {
        assert!(speakers("Statement", "NOTE: We condemn the attack.\nIt was cruel.").is_empty());
        assert!(speakers("Statement", "We condemn the attack.").is_empty());
    }
}

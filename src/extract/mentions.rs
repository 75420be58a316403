//! Where the text names actors: one pass over the tokens, and what each name stands for on the day of publication.

use std::ops::Range;

use jiff::civil::Date;

use crate::{
    lexicon::{Lexicon, Naming, Sense},
    text::{Document, lower},
};

/// One place where the text names an actor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ActorMention {
    /// Tokens of the document.
    pub tokens: Range<usize>,
    /// Index of the actor in the lexicon.
    pub actor: u32,
    pub naming: Naming,
    /// The person no longer holds an office, so that only a title in the text can make them a party.
    pub left_office: bool,
}

impl ActorMention {
    /// A company, a person or a ship of the polity: it may be punished, and never acts.
    pub fn is_entity(&self) -> bool {
        matches!(self.naming, Naming::Entity(_))
    }
}

/// Finds all mentions, left to right, without overlaps; the longest name wins.
pub(super) fn find_mentions(document: &Document, lexicon: &Lexicon, day: Option<Date>) -> Vec<ActorMention> {
    let words: Vec<Option<u32>> = (0..document.tokens.len()).map(|token| lexicon.names.word(document.form(token))).collect();
    let mut mentions = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let found = words[at].and_then(|_| lexicon.names.longest(words[at..].iter().copied()));
        let Some((length, senses)) = found else {
            at += 1;
            continue;
        };
        let tokens = at..at + length;
        let is_free = |first: &ActorMention| mentions.last().is_none_or(|last: &ActorMention| last.tokens.end <= first.tokens.start);
        if let Some(first) = shortened(document, lexicon, &words, &tokens, day).filter(is_free) {
            mentions.push(first);
        }
        if let Some(mention) = choose(document, lexicon, &tokens, senses, day) {
            mentions.push(mention);
        }
        at += length;
    }
    read_addresses(document, lexicon, &words, &mut mentions);
    mentions
}

/// In "North and South Korea" the first name lacks what it shares with the one behind "and".
fn shortened(
    document: &Document,
    lexicon: &Lexicon,
    words: &[Option<u32>],
    second: &Range<usize>,
    day: Option<Date>,
) -> Option<ActorMention> {
    let first = second.start.checked_sub(2).filter(|_| second.len() > 1 && document.form(second.start - 1) == "and")?;
    let shared = second.start + 1..second.end;
    let (length, senses) = lexicon.names.longest(std::iter::once(words[first]).chain(words[shared].iter().copied()))?;
    let known = (length == second.len()).then_some(senses)?;
    let is_plain = known.iter().all(|sense| !matches!(sense.naming, Naming::Person(_) | Naming::Entity(_)));
    choose(document, lexicon, &(first..first + 1), known, day).filter(|_| is_plain)
}

/// In "met in Doha, Qatar" the country only says where the town is; in "Brussels, Belgium" the town stands for no organisation that has
/// its seat there.
fn read_addresses(document: &Document, lexicon: &Lexicon, words: &[Option<u32>], mentions: &mut [ActorMention]) {
    for country in 1..mentions.len() {
        let town = country - 1;
        let (start, end) = (mentions[town].tokens.end, mentions[country].tokens.start);
        let joined = start + 1 == end && document.form(start) == ",";
        if !joined {
            continue;
        }
        let senses = lexicon.names.longest(words[mentions[town].tokens.clone()].iter().copied()).map_or(&[][..], |(_, senses)| senses);
        let is_its_town = |sense: &&Sense| sense.actor == mentions[country].actor && matches!(sense.naming, Naming::Capital | Naming::City);
        if let Some(sense) = senses.iter().find(is_its_town) {
            (mentions[town].actor, mentions[town].naming) = (sense.actor, sense.naming);
        }
        let is_town = matches!(mentions[town].naming, Naming::Capital | Naming::City) && mentions[town].actor == mentions[country].actor;
        let after = mentions[country].tokens.end;
        let possessive = after < document.tokens.len() && matches!(document.form(after), "'s" | "'" | "\u{2019}s");
        if is_town && mentions[country].naming == Naming::Name && !possessive {
            mentions[country].naming = Naming::City;
        }
    }
}

/// What a name stands for here: a proper name before a person, a person in office before one who has left.
fn choose(document: &Document, lexicon: &Lexicon, tokens: &Range<usize>, senses: &[Sense], day: Option<Date>) -> Option<ActorMention> {
    let mention =
        |sense: &Sense, left_office| ActorMention { tokens: tokens.clone(), actor: sense.actor, naming: sense.naming, left_office };
    let plain = senses.iter().filter(|sense| !matches!(sense.naming, Naming::Person(_))).min_by_key(|sense| sense.naming);
    if let Some(sense) = plain {
        let is_part = sense.naming == Naming::Adjective && begins_compound(document, lexicon, tokens.end);
        if is_part || ends_region(document, lexicon, tokens) || names_waters(document, lexicon, tokens) {
            return None;
        }
        let is_town = matches!(sense.naming, Naming::Capital | Naming::City);
        if is_town && (names_accord(document, lexicon, tokens.end) || ends_accord(document, lexicon, tokens.start)) {
            return None;
        }
        let doubtful = sense.ambiguous && part_of_other_name(document, tokens) && !before_institution(document, lexicon, tokens.end);
        return (!doubtful).then(|| mention(sense, false));
    }
    let people = || senses.iter().filter_map(|sense| person(lexicon, sense).map(|person| (sense, person)));
    if part_of_other_name(document, tokens) && tokens.len() == 1 && !follows_office(document, lexicon, tokens.start) {
        return None;
    }
    if let Some((sense, _)) = people().find(|(_, person)| person.office_on(day).is_some()) {
        return Some(mention(sense, false));
    }
    let day = day?;
    people().find(|(_, person)| person.left_before(day)).map(|(sense, _)| mention(sense, true))
}

fn person<'l>(lexicon: &'l Lexicon, sense: &Sense) -> Option<&'l crate::lexicon::Person> {
    match sense.naming {
        Naming::Person(person) => lexicon.actors[sense.actor as usize].people.get(usize::from(person)),
        _ => None,
    }
}

/// "the Indian Ministry of Defence": the capitalised word behind the name is a body, not another name.
fn before_institution(document: &Document, lexicon: &Lexicon, next: usize) -> bool {
    let is_body = |form: &str| {
        let word = form.to_lowercase();
        let institutions = &lexicon.classes.institutions;
        institutions.contains(&word) || word.strip_suffix('s').is_some_and(|singular| institutions.contains(singular))
    };
    let rest = (next..document.tokens.len().min(next + 3)).map(|token| document.form(token));
    rest.take_while(|form| form.starts_with(char::is_uppercase)).any(is_body)
}

/// "the Oslo accords", "the Paris climate agreement": called after the town where it was made, whose government has no part in it.
fn names_accord(document: &Document, lexicon: &Lexicon, next: usize) -> bool {
    let accords = &lexicon.classes.accords;
    let word = |token: usize| (token < document.tokens.len()).then(|| lower(document.form(token)));
    let Some(first) = word(next) else { return false };
    accords.contains(&first) || word(next + 1).is_some_and(|second| accords.contains(&format!("{first} {second}")))
}

/// "the Treaty of Lisbon".
fn ends_accord(document: &Document, lexicon: &Lexicon, start: usize) -> bool {
    let accord = start.checked_sub(2).map(|accord| document.form(accord)).filter(|form| form.starts_with(char::is_uppercase));
    accord.is_some_and(|accord| document.form(start - 1) == "of" && lexicon.classes.accords.contains(&lower(accord)))
}

/// "Indo-Pacific": joined to a capitalised word that is no name of an actor.
fn begins_compound(document: &Document, lexicon: &Lexicon, hyphen: usize) -> bool {
    let joined = |token: usize| document.tokens[token - 1].span.end == document.tokens[token].span.start;
    let count = document.tokens.len();
    let is_compound = hyphen > 0 && hyphen + 1 < count && document.form(hyphen) == "-" && joined(hyphen) && joined(hyphen + 1);
    let word = |token: usize| lexicon.names.word(document.form(token));
    let is_actor = || lexicon.names.longest((hyphen + 1..count).map(word)).is_some();
    is_compound && is_name_word(document.form(hyphen + 1)) && !is_actor()
}

/// "Latin American", "South Americans": a region, not the polity whose adjective ends its name.
fn ends_region(document: &Document, lexicon: &Lexicon, tokens: &Range<usize>) -> bool {
    let word = |token: usize| lower(document.form(token));
    let before = tokens.start.checked_sub(1).filter(|_| tokens.len() == 1);
    before.is_some_and(|before| lexicon.classes.regions.contains(&format!("{} {}", word(before), word(tokens.start))))
}

/// "the South China Sea", "the Gulf of Oman": called after a polity, which has no part in it.
fn names_waters(document: &Document, lexicon: &Lexicon, tokens: &Range<usize>) -> bool {
    let is_water = |token: usize| {
        let form = document.form(token);
        form.starts_with(char::is_uppercase) && lexicon.classes.waters.contains(&lower(form))
    };
    let behind = tokens.end < document.tokens.len() && is_water(tokens.end);
    behind || (tokens.start > 1 && document.form(tokens.start - 1) == "of" && is_water(tokens.start - 2))
}

/// Whether a capitalised word stands right before or after: "Michael Jordan", "Georgia Tech".
fn part_of_other_name(document: &Document, tokens: &Range<usize>) -> bool {
    let adjacent = |left: usize, right: usize| document.tokens[left].span.end + 1 == document.tokens[right].span.start;
    let before = tokens.start > 0
        && adjacent(tokens.start - 1, tokens.start)
        && is_name_word(document.form(tokens.start - 1))
        && !is_sentence_start(document, tokens.start - 1);
    let after = tokens.end < document.tokens.len() && adjacent(tokens.end - 1, tokens.end) && is_name_word(document.form(tokens.end));
    before || after
}

/// An office that ends right before this token: "President Bush".
fn follows_office(document: &Document, lexicon: &Lexicon, token: usize) -> bool {
    token > 0 && lexicon.classes.offices.contains(&lower(document.form(token - 1)))
}

fn is_sentence_start(document: &Document, token: usize) -> bool {
    document.sentences.binary_search_by_key(&token, |sentence| sentence.tokens.start).is_ok()
}

fn is_name_word(form: &str) -> bool {
    let mut letters = form.chars();
    letters.next().is_some_and(char::is_uppercase) && letters.next().is_some_and(char::is_lowercase)
}

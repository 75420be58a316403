//! What one sentence teaches the memory of its article.

use super::{
    discourse::is_capitalised,
    frames::Match,
    mentions::ActorMention,
    pairs,
    parties::{Resolver, Strictness},
};
use crate::{
    lexicon::{EventType, Naming, PartyKind},
    syntax::{Relation, Upos, Xpos},
};

/// What one sentence adds to the memory of its article.
#[derive(Debug)]
pub(super) struct Lesson {
    pub(super) mentioned: Vec<u32>,
    pub(super) subjects: Vec<u32>,
    pub(super) person: Option<u32>,
    /// The polity of the person who is the subject of the sentence: "he" in the next one.
    pub(super) protagonist: Option<u32>,
    pub(super) acted: Vec<u32>,
    /// The two who met or agreed.
    pub(super) dyad: Option<[u32; 2]>,
    /// The two of another event.
    pub(super) one_sided_dyad: Option<[u32; 2]>,
    pub(super) acted_upon: Option<[u32; 2]>,
    pub(super) circle: Vec<u32>,
    pub(super) others_spoke: bool,
    pub(super) speakers: Vec<u32>,
    pub(super) owners: Vec<(String, u32)>,
}

impl Lesson {
    /// What a sentence that was not parsed teaches. The tokens of `mentions` count from `first_token`.
    pub fn unread(forms: &[&str], mentions: &[ActorMention], first_token: usize) -> Self {
        let mut lesson = Self::of_mentions(mentions);
        lesson.subjects = match lesson.mentioned.as_slice() {
            [only] => vec![*only],
            _ => first_name(forms, mentions, first_token).into_iter().collect(),
        };
        lesson
    }

    fn of_mentions(mentions: &[ActorMention]) -> Self {
        let named = || mentions.iter().filter(|mention| mention.naming != Naming::City);
        let person = named().rfind(|mention| matches!(mention.naming, Naming::Person(_))).map(|mention| mention.actor);
        let mentioned = named().map(|mention| mention.actor).collect();
        Self {
            mentioned,
            subjects: Vec::new(),
            person,
            protagonist: None,
            acted: Vec::new(),
            dyad: None,
            one_sided_dyad: None,
            acted_upon: None,
            circle: Vec::new(),
            others_spoke: mentions.is_empty(),
            speakers: Vec::new(),
            owners: Vec::new(),
        }
    }

    /// Reads it off a sentence and the events that were found in it.
    pub fn new(resolver: &Resolver, events: &[Match]) -> Self {
        let reading = resolver.reading;
        let root = (0..reading.len()).find(|node| reading.relation(*node) == Relation::Root);
        let heads = root.map(|root| reading.subjects(root)).unwrap_or_default();
        let subjects = resolver.parties(&heads, Strictness::Acting);
        let is_person = |head: &usize| {
            let named = reading.mention_at(*head).is_some_and(|mention| matches!(mention.naming, Naming::Person(_)));
            named || resolver.is_titled_name(*head)
        };
        let protagonist = heads.first().filter(|head| is_person(head)).and_then(|_| subjects.first()).map(|found| found.actor);
        let is_many = |head: &usize| reading.node(*head).xpos == Xpos::Nns || reading.with_conjuncts(*head).len() > 1;
        Self {
            protagonist,
            others_spoke: subjects.is_empty() && heads.iter().any(is_many),
            circle: events.iter().rev().find_map(|event| circle(resolver, event)).unwrap_or_default(),
            subjects: subjects.into_iter().map(|found| found.actor).collect(),
            acted: events.last().map(|event| event.actors.iter().map(|found| found.actor).collect()).unwrap_or_default(),
            dyad: events
                .iter()
                .rev()
                .filter(|event| event.recipients.is_empty() || resolver.lexicon.rules[event.rule].symmetric)
                .find_map(pairs::dyad),
            one_sided_dyad: events.iter().rev().find_map(pairs::dyad),
            acted_upon: events.iter().rev().find_map(pairs::acted_upon),
            owners: owners(resolver),
            speakers: speakers(resolver),
            ..Self::of_mentions(&reading.mentions)
        }
    }
}

/// "Russia announces", "Prime Minister Boris Johnson says": whom a sentence begins with, and who stands alone there, is its subject.
fn first_name(forms: &[&str], mentions: &[ActorMention], first_token: usize) -> Option<u32> {
    let first = mentions.first().filter(|first| matches!(first.naming, Naming::Name | Naming::Organ | Naming::Person(_)))?;
    let (start, end) = (first.tokens.start - first_token, first.tokens.end - first_token);
    let begins = forms[..start].iter().all(|form| is_capitalised(form));
    let goes_on = forms.get(end).is_some_and(|form| form.starts_with(char::is_lowercase) && !matches!(*form, "and" | "or" | "of"));
    (begins && goes_on).then_some(first.actor)
}

/// "a joint statement … issued by the Foreign Ministers of Albania, Australia …": whom "we" in it means. The list is too long for a
/// tree, so all who are named behind "by" count.
fn speakers(resolver: &Resolver) -> Vec<u32> {
    let reading = resolver.reading;
    let statement = (0..reading.len()).find(|node| resolver.lexicon.classes.statements.contains(reading.lemma(*node)));
    let by = statement.and_then(|statement| (statement..reading.len()).find(|node| reading.form(*node).eq_ignore_ascii_case("by")));
    let Some(by) = by else { return Vec::new() };
    let named = || reading.mentions.iter().filter(|mention| mention.tokens.start > by && mention.naming != Naming::City);
    // "the foreign ministers of the G7": its members behind it are the same.
    let is_body = |mention: &ActorMention| resolver.lexicon.actors[mention.actor as usize].kind == PartyKind::Organisation;
    let goes_on = |first: &&ActorMention| {
        let next = reading.form(first.tokens.end.min(reading.len() - 1));
        next.starts_with(char::is_lowercase) && !matches!(next, "and" | "or")
    };
    let by_body = named().next().filter(goes_on).is_some_and(is_body);
    let named = named().filter(|mention| !by_body || is_body(mention));
    let mut all: Vec<u32> = Vec::new();
    for mention in named {
        if !all.contains(&mention.actor) {
            all.push(mention.actor);
        }
    }
    all
}

/// Things named with their owner: "an Iranian tanker", "Israel's law", or as the object of who made them: "North Korea has installed
/// a rocket".
fn owners(resolver: &Resolver) -> Vec<(String, u32)> {
    let reading = resolver.reading;
    let is_thing = |node: &usize| reading.node(*node).upos == Upos::Noun && !resolver.is_institution(*node);
    let owner = |node: usize| {
        let named = resolver.base(node).iter().copied().filter(|part| *part != node).find_map(|part| reading.mention_at(part));
        let made = || {
            let verb = reading.head(node).filter(|_| reading.relation(node) == Relation::Obj)?;
            resolver.parties(&reading.subjects(verb), Strictness::Acting).first().map(|found| found.actor)
        };
        named.filter(|mention| mention.naming != Naming::City).map(|mention| mention.actor).or_else(made)
    };
    (0..reading.len()).filter(is_thing).filter_map(|node| owner(node).map(|actor| (reading.lemma(node).to_owned(), actor))).collect()
}

/// Who met or agreed: the parties of a symmetric event that has several. Whom one promises to help has not agreed to it.
fn circle(resolver: &Resolver, event: &Match) -> Option<Vec<u32>> {
    let rule = &resolver.lexicon.rules[event.rule];
    let others = event.recipients.iter().filter(|_| rule.event != Some(EventType::Agree));
    let parties: Vec<u32> = event.actors.iter().chain(others).map(|found| found.actor).collect();
    (rule.symmetric && parties.len() > 1).then_some(parties)
}

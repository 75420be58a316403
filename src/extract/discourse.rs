//! What the article has spoken of so far: who was named, who acted, who was introduced with an office. coreference.rs asks it.

use rustc_hash::FxHashMap;

use super::{
    frames::Match,
    mentions::ActorMention,
    pairs,
    parties::{Resolver, Strictness},
};
use crate::{
    lexicon::{Lexicon, Naming},
    syntax::{Relation, Upos, Xpos},
    text::lower,
};

/// Memory of one article, sentence by sentence.
#[derive(Debug, Default)]
pub(super) struct Discourse {
    /// Polities in the order of their last mention, newest last.
    pub(super) recent: Vec<u32>,
    pub(super) times_named: FxHashMap<u32, u32>,
    /// Who acted as subject in the sentence before.
    pub(super) subjects: Vec<u32>,
    /// The polity of the person last spoken of.
    pub(super) person: Option<u32>,
    /// Who acted in the event that was told last in the sentence before.
    pub(super) acted: Vec<u32>,
    /// The parties of the last event that had two.
    pub(super) dyad: Option<[u32; 2]>,
    /// The two to whom somebody else did something in the sentence before.
    pub(super) acted_upon: Option<[u32; 2]>,
    /// Who met or agreed last, be they two or more: "the leaders", "they".
    pub(super) circle: Vec<u32>,
    /// Whether the sentence before spoke of other people than the circle, whom "they" would mean: "fishermen said".
    others_spoke: bool,
    /// Whose release the article is.
    pub(super) issuer: Option<u32>,
    /// Who speaks as "we": the parties of the statement that the article gives, else the issuer.
    pub(super) speakers: Vec<u32>,
    /// Whose a thing is that was spoken of: "an Iranian tanker".
    owners: FxHashMap<String, u32>,
    /// Whose holder of an office was named last, by the last word of the office: "minister" in "Prime Minister Justin Trudeau".
    holders: FxHashMap<String, u32>,
    /// First words of such names, which count only behind an office: "Park Jin" is "Foreign Minister Park" afterwards.
    surnames_first: FxHashMap<String, u32>,
    /// Last names of people that the text introduced: "Japanese Foreign Minister Taro Kono".
    introduced: FxHashMap<String, u32>,
}

impl Discourse {
    /// Begins a release of a polity, which speaks as "we" unless several people speak in turn.
    pub fn issued_by(&mut self, issuer: Option<u32>, is_transcript: bool) {
        self.issuer = issuer;
        self.speakers = issuer.filter(|_| !is_transcript).into_iter().collect();
    }

    /// The polity of a last name that the article introduced.
    pub fn introduced(&self, name: &str) -> Option<u32> {
        self.introduced.get(name).copied()
    }

    /// The same for a name right behind an office, where the surname may stand first.
    pub fn introduced_with_office(&self, name: &str) -> Option<u32> {
        self.introduced(name).or_else(|| self.surnames_first.get(name).copied())
    }

    /// The polity whose holder of an office was named last: "the President".
    pub(super) fn holder(&self, office: &str) -> Option<u32> {
        self.holders.get(office).copied()
    }

    /// Whose the thing is that was named with its owner before: "the tanker".
    pub(super) fn owner_of(&self, thing: &str) -> Option<u32> {
        self.owners.get(thing).copied()
    }

    /// Whether somebody speaks as "we".
    pub fn has_speakers(&self) -> bool {
        !self.speakers.is_empty()
    }

    /// Who met or agreed last, where the sentence before spoke of nobody else in the plural.
    pub(super) fn they(&self) -> Vec<u32> {
        if self.others_spoke { Vec::new() } else { self.circle.clone() }
    }

    /// The parties of the last event that had two, and the two to whom something was just done.
    pub fn last_dyad(&self) -> impl Iterator<Item = u32> {
        self.dyad.into_iter().chain(self.acted_upon).flatten()
    }

    pub fn is_empty(&self) -> bool {
        self.recent.is_empty()
    }

    /// Adds what a sentence taught.
    pub fn remember(&mut self, lesson: Lesson) {
        for actor in lesson.mentioned {
            *self.times_named.entry(actor).or_default() += 1;
            self.recent.retain(|other| *other != actor);
            self.recent.push(actor);
        }
        if !lesson.subjects.is_empty() {
            self.subjects = lesson.subjects;
        }
        self.acted = lesson.acted;
        self.acted_upon = lesson.acted_upon;
        self.dyad = lesson.dyad.or(self.dyad.or(lesson.one_sided_dyad));
        if !lesson.circle.is_empty() {
            self.circle = lesson.circle;
        }
        self.others_spoke = lesson.others_spoke;
        self.owners.extend(lesson.owners);
        self.person = lesson.person.or(self.person);
        if !lesson.speakers.is_empty() {
            self.speakers = lesson.speakers;
        }
    }

    /// Learns last names of people who are presented with polity and office: "Japanese Foreign Minister Taro Kono". The tokens of
    /// `mentions` count from `first_token`.
    pub fn introduce(&mut self, forms: &[&str], mentions: &[ActorMention], first_token: usize, lexicon: &Lexicon) {
        for mention in mentions.iter().filter(|mention| mention.naming != Naming::City) {
            let end = mention.tokens.end - first_token;
            let office = (end..(end + OFFICE_REACH).min(forms.len())).rfind(|at| lexicon.classes.offices.contains(&*lower(forms[*at])));
            let Some(office) = office else { continue };
            let named = |token: usize| mentions.iter().any(|other| other.tokens.contains(&(token + first_token)));
            let mut name = (office + 1..forms.len()).take_while(|at| is_capitalised(forms[*at]) && !named(*at)).peekable();
            if let Some(first) = name.peek().filter(|first| forms[**first].len() > 2) {
                self.surnames_first.insert(forms[*first].to_owned(), mention.actor);
            }
            if let Some(last) = name.last().filter(|last| forms[*last].len() > 2) {
                self.introduced.insert(forms[last].to_owned(), mention.actor);
                self.person = Some(mention.actor);
                self.holders.insert(forms[office].to_lowercase(), mention.actor);
            }
        }
        self.remember_offices(forms, mentions, first_token, lexicon);
    }

    /// Learns the last names of known people, and whose office it is from titles right before their names: "Prime Minister Justin
    /// Trudeau".
    fn remember_offices(&mut self, forms: &[&str], mentions: &[ActorMention], first_token: usize, lexicon: &Lexicon) {
        for mention in mentions.iter().filter(|mention| matches!(mention.naming, Naming::Person(_)) && !mention.left_office) {
            let start = mention.tokens.start - first_token;
            if let Some(surname) = surname(&forms[start..mention.tokens.end - first_token], lexicon) {
                self.introduced.insert(surname.to_owned(), mention.actor);
            }
            let title =
                forms[start.saturating_sub(OFFICE_REACH)..start].iter().rev().take_while(|form| is_capitalised(form) || **form == "of");
            for word in title.map(|form| form.to_lowercase()).filter(|word| lexicon.classes.offices.contains(word)) {
                self.holders.insert(word, mention.actor);
            }
        }
    }
}

/// What one sentence adds to the memory of its article.
#[derive(Debug)]
pub(super) struct Lesson {
    mentioned: Vec<u32>,
    subjects: Vec<u32>,
    person: Option<u32>,
    /// The polity of the person who is the subject of the sentence: "he" in the next one.
    pub protagonist: Option<u32>,
    acted: Vec<u32>,
    /// The two who met or agreed.
    dyad: Option<[u32; 2]>,
    /// The two of another event.
    one_sided_dyad: Option<[u32; 2]>,
    acted_upon: Option<[u32; 2]>,
    circle: Vec<u32>,
    others_spoke: bool,
    speakers: Vec<u32>,
    owners: Vec<(String, u32)>,
}

/// An office stands at most this many tokens behind its polity: "Japan's deputy foreign minister".
const OFFICE_REACH: usize = 5;

impl Lesson {
    /// What a sentence that was not parsed teaches.
    pub fn unread(mentions: &[ActorMention]) -> Self {
        let mut lesson = Self::of_mentions(mentions);
        lesson.subjects = match lesson.mentioned.as_slice() {
            [only] => vec![*only],
            _ => Vec::new(),
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

/// "a joint statement … issued by the Foreign Ministers of Albania, Australia …": whom "we" in it means. The list is too long for a
/// tree, so all who are named behind "by" count.
fn speakers(resolver: &Resolver) -> Vec<u32> {
    let reading = resolver.reading;
    let statement = (0..reading.len()).find(|node| resolver.lexicon.classes.statements.contains(reading.lemma(*node)));
    let by = statement.and_then(|statement| (statement..reading.len()).find(|node| reading.form(*node).eq_ignore_ascii_case("by")));
    let Some(by) = by else { return Vec::new() };
    let named = reading.mentions.iter().filter(|mention| mention.tokens.start > by && mention.naming != Naming::City);
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
        let named = resolver.base(node).into_iter().filter(|part| *part != node).find_map(|part| reading.mention_at(part));
        let made = || {
            let verb = reading.head(node).filter(|_| reading.relation(node) == Relation::Obj)?;
            resolver.parties(&reading.subjects(verb), Strictness::Acting).first().map(|found| found.actor)
        };
        named.filter(|mention| mention.naming != Naming::City).map(|mention| mention.actor).or_else(made)
    };
    (0..reading.len()).filter(is_thing).filter_map(|node| owner(node).map(|actor| (reading.lemma(node).to_owned(), actor))).collect()
}

/// Who met or agreed: the parties of a symmetric event that has several.
fn circle(resolver: &Resolver, event: &Match) -> Option<Vec<u32>> {
    let parties: Vec<u32> = event.actors.iter().chain(&event.recipients).map(|found| found.actor).collect();
    (resolver.lexicon.rules[event.rule].symmetric && parties.len() > 1).then_some(parties)
}

/// The word by which somebody with a full name is called afterwards: the last, or the first before a given name with a hyphen.
fn surname<'f>(name: &[&'f str], lexicon: &Lexicon) -> Option<&'f str> {
    let [first, .., last] = name else { return None };
    let surname = if last.contains('-') { *first } else { *last };
    let word = surname.to_lowercase();
    let classes = &lexicon.classes;
    let is_also_a_word = [&classes.offices, &classes.months, &classes.days].iter().any(|set| set.contains(&word));
    (word.len() > 2 && !is_also_a_word).then_some(surname)
}

fn is_capitalised(form: &str) -> bool {
    form.chars().next().is_some_and(char::is_uppercase)
}

//! What the article has spoken of so far: pronouns, "the country", "both sides", last names of people introduced before.

use rustc_hash::FxHashMap;

use super::{
    frames::Match,
    mentions::ActorMention,
    parties::{Found, Resolver, Strictness},
};
use crate::{
    lexicon::{Lexicon, Naming, PartyKind},
    syntax::{Relation, Upos, Xpos},
};

/// Memory of one article, sentence by sentence.
#[derive(Debug, Default)]
pub(super) struct Discourse {
    /// Polities in the order of their last mention, newest last.
    recent: Vec<u32>,
    times_named: FxHashMap<u32, u32>,
    /// Who acted as subject in the sentence before.
    subjects: Vec<u32>,
    /// The polity of the person last spoken of.
    person: Option<u32>,
    /// Who acted in the event that was told last in the sentence before.
    acted: Vec<u32>,
    /// The parties of the last event that had two.
    dyad: Option<[u32; 2]>,
    /// Last names of people that the text introduced: "Japanese Foreign Minister Taro Kono".
    introduced: FxHashMap<String, u32>,
}

impl Discourse {
    /// The polity of a last name that the article introduced.
    pub fn introduced(&self, name: &str) -> Option<u32> {
        self.introduced.get(name).copied()
    }

    pub fn is_empty(&self) -> bool {
        self.recent.is_empty()
    }

    /// What a pronoun or a noun such as "country" stands for, if that is safe to say.
    pub fn resolve(&self, resolver: &Resolver, head: usize) -> Vec<Found> {
        let reading = resolver.reading;
        let lemma = reading.lemma(head);
        let found = |actors: &[u32]| actors.iter().map(|actor| Found { actor: *actor, tokens: head..head + 1 }).collect();
        if reading.node(head).upos == Upos::Pron {
            return found(&self.pronoun(resolver, head));
        }
        let classes = &resolver.lexicon.classes;
        if classes.counterparts.contains(lemma)
            || reading.dependents(head, &[Relation::NmodPoss]).any(|owner| reading.node(owner).upos == Upos::Pron)
        {
            return self.possessed(resolver, head);
        }
        let definite = reading
            .dependents(head, &[Relation::Det])
            .any(|det| matches!(reading.form(det).to_lowercase().as_str(), "the" | "both" | "this"));
        if !definite {
            return Vec::new();
        }
        if classes.acts.contains(lemma) && reading.children(head).iter().all(|child| reading.relation(*child) != Relation::Nmod) {
            return found(&self.acted);
        }
        if classes.anaphors.contains(lemma) && is_pair(resolver, head) {
            return self.pair(resolver, head).map(|pair| found(&pair)).unwrap_or_default();
        }
        let bare = reading.dependents(head, &[Relation::Amod, Relation::Compound, Relation::Nmod, Relation::AclRelcl]).next().is_none();
        if bare && reading.node(head).xpos != Xpos::Nns {
            if classes.organisation_anaphors.contains(lemma) {
                return found(&self.latest(resolver, PartyKind::Organisation));
            }
            if classes.anaphors.contains(lemma) {
                let other = self.other_than_subject(resolver, head);
                return found(&if other.is_empty() { self.latest(resolver, PartyKind::State) } else { other });
            }
        }
        Vec::new()
    }

    /// "its ambassador", "his government": the owner decides.
    fn possessed(&self, resolver: &Resolver, head: usize) -> Vec<Found> {
        if !resolver.is_institution(head) {
            return Vec::new();
        }
        let reading = resolver.reading;
        let owner = reading.dependents(head, &[Relation::NmodPoss]).find(|owner| reading.node(*owner).upos == Upos::Pron);
        let Some(owner) = owner else { return Vec::new() };
        self.pronoun(resolver, owner).into_iter().map(|actor| Found { actor, tokens: owner..owner + 1 }).collect()
    }

    fn pronoun(&self, resolver: &Resolver, node: usize) -> Vec<u32> {
        let other = self.other_than_subject(resolver, node);
        if !other.is_empty() {
            return other;
        }
        let own = self.clause_subject(resolver, node);
        match resolver.reading.form(node).to_lowercase().as_str() {
            "he" | "she" | "his" | "her" | "him" => {
                own.map(|own| vec![own]).or_else(|| self.person.map(|person| vec![person])).unwrap_or_default()
            }
            "it" | "its" => own.map_or_else(|| single(&self.subjects), |own| vec![own]),
            "they" | "their" | "them" if self.subjects.len() > 1 => self.subjects.clone(),
            "they" | "their" | "them" => own.map(|own| vec![own]).unwrap_or_default(),
            _ => Vec::new(),
        }
    }

    /// A pronoun that is an object stands for somebody else than the subject: "expelled Rwanda's envoy, accusing it of".
    fn other_than_subject(&self, resolver: &Resolver, node: usize) -> Vec<u32> {
        let reading = resolver.reading;
        let object = matches!(reading.relation(node), Relation::Obj | Relation::Iobj | Relation::Obl | Relation::Nmod);
        let Some(subject) = self.clause_subject(resolver, node).filter(|_| object) else { return Vec::new() };
        let named = reading.mentions.iter().filter(|mention| mention.tokens.end <= node && mention.naming != Naming::City);
        named.rev().map(|mention| mention.actor).find(|actor| *actor != subject).into_iter().collect()
    }

    /// A pronoun in the second part of a sentence mostly stands for the subject of the first.
    fn clause_subject(&self, resolver: &Resolver, node: usize) -> Option<u32> {
        let reading = resolver.reading;
        let mut at = reading.head(node)?;
        for _ in 0..8 {
            let subject = reading
                .dependents(at, &[Relation::Nsubj, Relation::NsubjPass])
                .find(|subject| *subject < node && !self.within(resolver, node, *subject));
            if let Some(subject) = subject {
                let named = reading.with_conjuncts(subject).len() == 1;
                let mention = resolver.base(subject).into_iter().find_map(|part| reading.mention_at(part));
                return mention.filter(|_| named).map(|mention| mention.actor);
            }
            at = reading.head(at)?;
        }
        None
    }

    fn within(&self, resolver: &Resolver, node: usize, ancestor: usize) -> bool {
        let mut at = Some(node);
        for _ in 0..10 {
            match at {
                Some(node) if node == ancestor => return true,
                Some(node) => at = resolver.reading.head(node),
                None => return false,
            }
        }
        false
    }

    /// "the two countries", "both sides": the two named in the sentence, else the two of the event told last, else the two that the
    /// article is about.
    fn pair(&self, resolver: &Resolver, head: usize) -> Option<[u32; 2]> {
        let mut here: Vec<u32> = Vec::new();
        for mention in resolver.reading.mentions.iter().filter(|mention| mention.tokens.end <= head && mention.naming != Naming::City) {
            here.retain(|actor| *actor != mention.actor);
            here.push(mention.actor);
        }
        if let [first, second] = here[..] {
            return Some([first, second]);
        }
        self.dyad.or_else(|| self.most_named(&here))
    }

    /// The two that an article is about are named often; of those named as often, the last ones.
    fn most_named(&self, here: &[u32]) -> Option<[u32; 2]> {
        let mut order: Vec<u32> = self.recent.iter().copied().filter(|actor| !here.contains(actor)).chain(here.iter().copied()).collect();
        order.reverse();
        order.sort_by_key(|actor| std::cmp::Reverse(self.times_named.get(actor).copied().unwrap_or_default()));
        Some([*order.first()?, *order.get(1)?])
    }

    /// The actor of a kind that was mentioned last before the sentence, or as its subject.
    fn latest(&self, resolver: &Resolver, kind: PartyKind) -> Vec<u32> {
        let is_kind = |actor: &&u32| resolver.lexicon.actors[**actor as usize].kind == kind;
        self.recent.iter().rev().find(is_kind).map(|actor| vec![*actor]).unwrap_or_default()
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
        self.dyad = lesson.dyad.or(self.dyad);
        self.person = lesson.person.or(self.person);
    }

    /// Learns last names of people who are presented with polity and office: "Japanese Foreign Minister Taro Kono". The tokens of
    /// `mentions` count from `first_token`.
    pub fn introduce(&mut self, forms: &[&str], mentions: &[ActorMention], first_token: usize, lexicon: &Lexicon) {
        for mention in mentions.iter().filter(|mention| mention.naming != Naming::City) {
            let end = mention.tokens.end - first_token;
            let office =
                (end..(end + OFFICE_REACH).min(forms.len())).rfind(|at| lexicon.classes.offices.contains(&forms[*at].to_lowercase()));
            let Some(office) = office else { continue };
            let named = |token: usize| mentions.iter().any(|other| other.tokens.contains(&(token + first_token)));
            let name = (office + 1..forms.len()).take_while(|at| is_capitalised(forms[*at]) && !named(*at));
            if let Some(last) = name.last().filter(|last| forms[*last].len() > 2) {
                self.introduced.insert(forms[last].to_owned(), mention.actor);
                self.person = Some(mention.actor);
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
    acted: Vec<u32>,
    dyad: Option<[u32; 2]>,
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
        Self { mentioned: named().map(|mention| mention.actor).collect(), subjects: Vec::new(), person, acted: Vec::new(), dyad: None }
    }

    /// Reads it off a sentence and the events that were found in it.
    pub fn new(resolver: &Resolver, events: &[Match]) -> Self {
        let reading = resolver.reading;
        let root = (0..reading.len()).find(|node| reading.relation(*node) == Relation::Root);
        let subjects = root.map(|root| resolver.parties(&reading.subjects(root), Strictness::Acting)).unwrap_or_default();
        Self {
            subjects: subjects.into_iter().map(|found| found.actor).collect(),
            acted: events.last().map(|event| event.actors.iter().map(|found| found.actor).collect()).unwrap_or_default(),
            dyad: events.iter().rev().find_map(dyad),
            ..Self::of_mentions(&reading.mentions)
        }
    }
}

/// The two parties of an event that has two.
fn dyad(event: &Match) -> Option<[u32; 2]> {
    let parties: Vec<u32> = event.actors.iter().chain(&event.recipients).map(|found| found.actor).collect();
    <[u32; 2]>::try_from(parties).ok()
}

fn is_capitalised(form: &str) -> bool {
    form.chars().next().is_some_and(char::is_uppercase)
}

fn is_pair(resolver: &Resolver, head: usize) -> bool {
    resolver
        .reading
        .dependents(head, &[Relation::Nummod, Relation::Det])
        .any(|word| matches!(resolver.reading.form(word).to_lowercase().as_str(), "two" | "both"))
}

fn single(actors: &[u32]) -> Vec<u32> {
    if actors.len() == 1 { actors.to_vec() } else { Vec::new() }
}

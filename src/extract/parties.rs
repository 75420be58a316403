//! From a noun phrase to the polities that it stands for.

use std::{
    cell::{OnceCell, RefCell},
    ops::Range,
};

use rustc_hash::FxHashMap;

use super::{discourse::Discourse, reading::Reading};
use crate::{
    lexicon::{Lexicon, Naming},
    syntax::{Relation, Upos, Xpos},
};

/// A polity that a phrase stands for, and where the text says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    /// Index of the actor in the lexicon.
    pub actor: u32,
    /// Tokens of the sentence.
    pub tokens: Range<usize>,
}

/// How strictly a phrase must stand for a polity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Strictness {
    /// It acts: a name, a government, its people. "Russian salad" does not act.
    Acting,
    /// It is what an act is about: anything of the polity's ("Russian oil").
    Affected,
    /// It is punished or relieved: its companies, people and ships stand for it too.
    Listed,
    /// It is where one goes: a city stands for its country.
    Visited,
}

/// Resolves phrases of one sentence.
pub(super) struct Resolver<'a> {
    pub reading: &'a Reading<'a>,
    pub lexicon: &'a Lexicon,
    pub discourse: &'a Discourse,
    /// What is known already, for many frames ask for the same phrase: the nodes of noun phrases, and for whom they stand.
    bases: Vec<OnceCell<Vec<usize>>>,
    phrases: RefCell<FxHashMap<(usize, Strictness, usize), Vec<Found>>>,
}

/// What belongs to a noun phrase itself, in contrast to what hangs on it behind a preposition.
const BASE: &[Relation] = &[
    Relation::Amod,
    Relation::Compound,
    Relation::NmodPoss,
    Relation::NmodDesc,
    Relation::NmodUnmarked,
    Relation::Flat,
    Relation::Nummod,
    Relation::Det,
];
/// Prepositions behind which the polity of an affected thing stands: "exports *of* Russian oil", "attacks *by* Israel".
const THROUGH: &[&str] = &["by", "of", "from", "in"];
const DEPTH: usize = 4;

impl<'a> Resolver<'a> {
    pub fn new(reading: &'a Reading<'a>, lexicon: &'a Lexicon, discourse: &'a Discourse) -> Self {
        let bases = (0..reading.len()).map(|_| OnceCell::new()).collect();
        Self { reading, lexicon, discourse, bases, phrases: RefCell::default() }
    }
}

impl Resolver<'_> {
    /// The polities of several phrases, each with what is joined to it, without repeats.
    pub fn parties(&self, heads: &[usize], strictness: Strictness) -> Vec<Found> {
        let mut all: Vec<Found> = Vec::new();
        for head in heads {
            let head = if self.is_owned(*head) { *head } else { self.reading.through_conduits(*head, self.lexicon) };
            // "Greece, our NATO ally": what is owned so is no further name of a list.
            let is_ours =
                |node: usize| self.reading.dependents(node, &[Relation::NmodPoss]).any(|owner| self.reading.node(owner).upos == Upos::Pron);
            let is_more = |node: &usize| *node == head || self.reading.mention_at(*node).is_none() || !is_ours(*node);
            for conjunct in self.reading.with_conjuncts(head).into_iter().filter(is_more) {
                for found in self.phrase(conjunct, strictness, DEPTH) {
                    if !all.iter().any(|other| self.code(other.actor) == self.code(found.actor)) {
                        all.push(found);
                    }
                }
            }
        }
        all
    }

    /// "Israel's use of force": whose it is stands beside the noun, so what it leads to does not matter.
    fn is_owned(&self, head: usize) -> bool {
        let named = |node: usize| self.reading.mention_at(node).is_some_and(|mention| mention.naming != Naming::City);
        self.base(head).iter().copied().any(|node| node != head && named(node))
    }

    fn code(&self, actor: u32) -> &str {
        &self.lexicon.actors[actor as usize].code
    }

    fn phrase(&self, head: usize, strictness: Strictness, depth: usize) -> Vec<Found> {
        let key = (head, strictness, depth);
        if let Some(known) = self.phrases.borrow().get(&key) {
            return known.clone();
        }
        let found = self.find_phrase(head, strictness, depth);
        self.phrases.borrow_mut().insert(key, found.clone());
        found
    }

    fn find_phrase(&self, head: usize, strictness: Strictness, depth: usize) -> Vec<Found> {
        let classes = &self.lexicon.classes;
        let left_office = strictness != Strictness::Listed && self.is_former(head);
        let is_outside = || self.has_beside(head, &classes.outsiders) || self.is_of_community(head);
        if left_office || (strictness == Strictness::Acting && is_outside()) {
            return self.apposed(head, strictness, depth);
        }
        let steps: [&dyn Fn() -> Vec<Found>; 8] = [
            &|| self.members(head),
            &|| self.named(head, strictness),
            &|| self.modified(head, strictness),
            &|| self.apposed(head, strictness, depth),
            &|| if self.is_owned_by_pronoun(head) { self.discourse.resolve(self, head, strictness) } else { Vec::new() },
            &|| self.within(head, strictness, depth),
            &|| self.made_by(head, strictness, depth),
            &|| self.discourse.resolve(self, head, strictness),
        ];
        steps.iter().map(|step| step()).find(|found| !found.is_empty()).unwrap_or_default()
    }

    /// "his administration of": who has it says more than what it is of.
    fn is_owned_by_pronoun(&self, head: usize) -> bool {
        let mut owners = self.reading.dependents(head, &[Relation::NmodPoss]);
        self.is_institution(head) && owners.any(|owner| self.reading.node(owner).upos == Upos::Pron)
    }

    /// The head itself is a name.
    fn named(&self, head: usize, strictness: Strictness) -> Vec<Found> {
        let Some(mention) = self.reading.mention_at(head) else { return self.listed(&[head], strictness) };
        let stands = match mention.naming {
            Naming::Name => strictness != Strictness::Acting || !self.is_firm(&mention.tokens),
            Naming::Organ | Naming::Capital => true,
            Naming::City => strictness == Strictness::Visited,
            Naming::Adjective => self.reading.node(head).upos != Upos::Adj || strictness != Strictness::Acting,
            Naming::Demonym => strictness != Strictness::Acting || !self.is_some_of_them(head),
            Naming::Person(_) => !mention.left_office || self.has_office(head),
            Naming::Entity(_) => false,
        };
        if stands { vec![Found { actor: mention.actor, tokens: mention.tokens.clone() }] } else { Vec::new() }
    }

    /// The first company, person or ship that stands at one of the nodes.
    pub fn listed(&self, nodes: &[usize], strictness: Strictness) -> Vec<Found> {
        let entity = nodes.iter().filter(|_| strictness == Strictness::Listed).find_map(|node| self.reading.entity_at(*node));
        entity.map(|entity| Found { actor: entity.actor, tokens: entity.tokens.clone() }).into_iter().collect()
    }

    /// A modifier of the head is a name: "Russian troops", "Japan's foreign minister", "the Trump administration".
    fn modified(&self, head: usize, strictness: Strictness) -> Vec<Found> {
        let stands = strictness != Strictness::Acting || self.is_institution(head) || self.is_titled_name(head);
        if !stands {
            return Vec::new();
        }
        let mut mentions: Vec<usize> = self.base(head).iter().copied().filter(|node| self.reading.mention_at(*node).is_some()).collect();
        mentions.sort_unstable();
        let mut found: Vec<Found> = Vec::new();
        for node in mentions {
            let Some(mention) = self.reading.mention_at(node) else { continue };
            let place = match mention.naming {
                Naming::City => strictness == Strictness::Acting || self.is_violence(head) || self.ends_other_name(node),
                Naming::Capital => self.is_violence(head),
                _ => false,
            };
            if !place && !found.iter().any(|other| self.code(other.actor) == self.code(mention.actor)) {
                found.push(Found { actor: mention.actor, tokens: mention.tokens.clone() });
            }
        }
        // "Turkey's Syrian border": the owner decides.
        if found.iter().any(|found| self.is_genitive(found)) {
            found.retain(|found| self.is_genitive(found));
        }
        if found.is_empty() { self.listed(self.base(head), strictness) } else { found }
    }

    fn is_genitive(&self, found: &Found) -> bool {
        found.tokens.clone().any(|token| self.reading.first_conjunct_relation(token) == Relation::NmodPoss)
    }

    /// All nodes of the noun phrase itself.
    pub fn base(&self, head: usize) -> &[usize] {
        self.bases[head].get_or_init(|| self.find_base(head))
    }

    fn find_base(&self, head: usize) -> Vec<usize> {
        let mut nodes = vec![head];
        let mut at = 0;
        while at < nodes.len() {
            let node = nodes[at];
            at += 1;
            // "the sanctions-hit"; but a "British-flagged" ship is British.
            let belongs = self.lexicon.classes.belonging.contains(self.reading.lemma(node));
            let participle = node != head && self.reading.node(node).upos == Upos::Verb && !belongs;
            if participle {
                continue;
            }
            nodes.extend(self.reading.dependents(node, BASE));
            // "French and German officials": adjectives that are joined to one another.
            if node != head {
                nodes.extend(self.reading.dependents(node, &[Relation::Conj]));
            }
        }
        nodes
    }

    fn apposed(&self, head: usize, strictness: Strictness, depth: usize) -> Vec<Found> {
        if depth == 0 {
            return Vec::new();
        }
        // "the minister regarding Russia": what stands behind a preposition is no apposition.
        let is_led = |other: &usize| self.reading.dependents(*other, &[Relation::Case]).any(|case| case < *other);
        let apposed = self.reading.dependents(head, &[Relation::Appos, Relation::Flat]).filter(|other| !is_led(other));
        // "Arab countries, the EU, Turkey": the rest of the list hangs on the name that was taken for an apposition.
        let all = |other: usize| -> Vec<Found> {
            let listed = self.reading.with_conjuncts(other).into_iter();
            listed.flat_map(|part| self.phrase(part, strictness, depth - 1)).collect()
        };
        apposed.map(all).find(|found| !found.is_empty()).unwrap_or_default()
    }

    /// The polity stands behind a preposition: "the government of Qatar", "imports of Russian oil".
    fn within(&self, head: usize, strictness: Strictness, depth: usize) -> Vec<Found> {
        if depth == 0 {
            return Vec::new();
        }
        let institution = self.is_institution(head) || self.is_titled_name(head);
        let prepositions: &[&str] = match strictness {
            Strictness::Acting if institution => &["of", "for", "from"],
            Strictness::Acting => return Vec::new(),
            _ if institution => &["of", "from", "in", "for"],
            _ if self.is_violence(head) => &["by"],
            _ => THROUGH,
        };
        let aide = self.lexicon.classes.aides.contains(self.reading.lemma(head));
        for preposition in prepositions.iter().chain(if aide { &["to"][..] } else { &[] }) {
            let titles = self.base(head).iter().copied().filter(|node| *node == head || self.is_institution(*node));
            // "the seizure of two vessels by Iran": who does it is hung on what it is done to.
            let patients = self.reading.dependents(head, &[Relation::Nmod]).filter(|_| *preposition == "by");
            let patients = patients.filter(|child| self.reading.preposition(*child).as_deref() == Some("of"));
            let titles = titles.chain(patients);
            let seated = self.seats(head).into_iter();
            let phrases: Vec<usize> = titles
                .flat_map(|title| self.reading.dependents(title, &[Relation::Nmod, Relation::Obl]))
                .chain(seated)
                .filter(|child| self.reading.preposition(child.to_owned()).as_deref() == Some(preposition))
                .collect();
            let is_seat = |phrase: &usize| self.reading.mention_at(*phrase).is_some_and(|mention| mention.naming == Naming::Capital);
            let phrases: Vec<usize> = phrases.into_iter().filter(|phrase| *preposition != "in" || !is_seat(phrase)).collect();
            let mut found = Vec::new();
            for phrase in phrases.iter().flat_map(|phrase| self.reading.with_conjuncts(*phrase)) {
                found.extend(self.phrase(phrase, strictness, depth - 1));
            }
            if !found.is_empty() {
                return found;
            }
        }
        Vec::new()
    }

    /// "a plan presented by the United States", "a plan that it presented": whose it is that something is done to.
    fn made_by(&self, head: usize, strictness: Strictness, depth: usize) -> Vec<Found> {
        if depth == 0 || strictness != Strictness::Affected {
            return Vec::new();
        }
        // "a decision criticised by Jordan" is somebody else's.
        let opposing = &self.lexicon.classes.opposing;
        let is_made = |clause: &usize| self.reading.node(*clause).xpos == Xpos::Vbn && !opposing.contains(self.reading.lemma(*clause));
        let clauses = self.reading.dependents(head, &[Relation::Acl]).filter(is_made);
        // "a tariff that the president imposed".
        let relative = self.reading.dependents(head, &[Relation::AclRelcl]).filter(|clause| {
            let node = self.reading.node(*clause);
            node.upos == Upos::Verb && !opposing.contains(self.reading.lemma(*clause)) && !self.reading.is_passive(*clause)
        });
        let own = |subject: &usize| *subject > head && self.reading.mention_at(*subject).is_some();
        let makers = relative.filter(|clause| self.reading.objects(*clause).contains(&head));
        let makers = makers.flat_map(|clause| self.reading.dependents(clause, &[Relation::Nsubj])).filter(own);
        let agents = clauses.flat_map(|clause| self.reading.phrases(clause, "by")).chain(makers);
        agents.map(|agent| self.phrase(agent, strictness, depth - 1)).find(|found| !found.is_empty()).unwrap_or_default()
    }

    /// Where a thing or a person is "based", "located" or "registered".
    fn seats(&self, head: usize) -> Vec<usize> {
        let clauses = self.reading.dependents(head, &[Relation::Acl]);
        let seated = clauses.filter(|verb| self.lexicon.classes.seated.contains(self.reading.lemma(*verb)));
        seated.flat_map(|verb| self.reading.dependents(verb, &[Relation::Obl])).collect()
    }
}

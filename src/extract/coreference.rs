//! What a pronoun, "the country", "both sides" or "the president" stands for.

use super::{
    discourse::Discourse,
    mentions::ActorMention,
    pairs,
    parties::{Found, Resolver, Strictness},
};
use crate::{
    lexicon::{Lexicon, Naming, PartyKind},
    syntax::{Relation, Upos, Xpos},
    text::lower,
};

impl Discourse {
    /// What a pronoun or a noun such as "country" stands for, if that is safe to say.
    pub fn resolve(&self, resolver: &Resolver, head: usize, strictness: Strictness) -> Vec<Found> {
        let reading = resolver.reading;
        let lemma = reading.lemma(head);
        let found = |actors: &[u32]| actors.iter().map(|actor| Found { actor: *actor, tokens: head..head + 1 }).collect();
        if reading.node(head).upos == Upos::Pron {
            return found(&self.pronoun(resolver, head));
        }
        let classes = &resolver.lexicon.classes;
        // What belongs to a polity does not act for it: only people and bodies do.
        let thing = !resolver.is_institution(head) && !classes.anaphors.contains(lemma) && !classes.acts.contains(lemma);
        if thing && strictness == Strictness::Acting && !matches!(lemma, "former" | "latter") {
            return Vec::new();
        }
        if classes.counterparts.contains(lemma)
            || reading.dependents(head, &[Relation::NmodPoss]).any(|owner| reading.node(owner).upos == Upos::Pron)
        {
            return self.possessed(resolver, head);
        }
        if !is_definite(resolver, head) {
            let listed = listed_before(resolver, head);
            return if listed.is_empty() { self.commented(resolver, head) } else { found(&listed) };
        }
        if classes.acts.contains(lemma) && reading.children(head).iter().all(|child| reading.relation(*child) != Relation::Nmod) {
            // "The launch" is that of whose launch the text spoke.
            let own = self.clause_subject(resolver, head);
            let owner = self.owner_of(lemma).filter(|owner| Some(*owner) != own);
            return owner.map_or_else(|| found(&self.author(resolver, head)), |owner| found(&[owner]));
        }
        if classes.anaphors.contains(lemma) && pairs::is_pair(resolver, head) {
            return self.pair(resolver, head).map(|pair| found(&pair)).unwrap_or_default();
        }
        if !is_bare(resolver, head) {
            return Vec::new();
        }
        if reading.node(head).xpos == Xpos::Nns {
            let all = if self.circle.is_empty() { self.dyad.map(Vec::from).unwrap_or_default() } else { self.circle.clone() };
            return if classes.anaphors.contains(lemma) { found(&all) } else { Vec::new() };
        }
        match (lemma, self.pair(resolver, head)) {
            ("former", Some([first, _])) => return found(&[first]),
            ("latter", Some([_, second])) => return found(&[second]),
            _ => {}
        }
        if let Some(holder) = self.issuer_with(lemma).or_else(|| self.holder(lemma)) {
            return found(&[holder]);
        }
        if classes.organisation_anaphors.contains(lemma) {
            let named = self.named_before(resolver, head, Some(PartyKind::Organisation));
            let latest = named.or_else(|| self.latest(resolver.lexicon, PartyKind::Organisation));
            if let Some(actor) = latest {
                return found(&[actor]);
            }
        }
        if classes.anaphors.contains(lemma) {
            return found(&self.country(resolver, head));
        }
        self.owner_of(lemma).map(|owner| found(&[owner])).unwrap_or_default()
    }

    /// "the country", "the government": as a subject the one that speaks ("Syria announces that the country"); elsewhere the one
    /// named last before it that does not act itself; else the one named last in the article.
    fn country(&self, resolver: &Resolver, head: usize) -> Vec<u32> {
        let reading = resolver.reading;
        if let Some(called_so) = self.latest_called(resolver.lexicon, reading.lemma(head)) {
            return vec![called_so];
        }
        let is_subject = matches!(reading.relation(head), Relation::Nsubj | Relation::NsubjPass);
        // "cuts ties with Chile after the new government refuses": who is named last gave the reason.
        let in_reason = reading.head(head).is_some_and(|verb| reading.relation(verb) == Relation::Advcl);
        let here = match self.clause_subject(resolver, head) {
            Some(subject) if is_subject && in_reason => {
                Some(self.named_before(resolver, head, Some(PartyKind::State)).filter(|other| *other != subject).unwrap_or(subject))
            }
            Some(subject) if is_subject => Some(subject),
            None if is_subject => self.named_before(resolver, head, Some(PartyKind::State)),
            _ => self.other_than_subject(resolver, head).first().copied(),
        };
        // "Britain accuses the junta": nobody calls his own government so.
        let is_other = resolver.lexicon.classes.regimes.contains(reading.lemma(head));
        let own = self.clause_subject(resolver, head);
        let is_state = |actor: &u32| resolver.lexicon.actors[*actor as usize].kind == PartyKind::State;
        let recent = self.recent.iter().rev().copied().filter(is_state);
        let latest = || single(&self.subjects).into_iter().chain(recent).find(|actor| !is_other || Some(*actor) != own);
        here.or_else(latest).or(own).into_iter().collect()
    }

    /// "the kingdom": the state named last whose name says that it is one.
    fn latest_called(&self, lexicon: &Lexicon, form: &str) -> Option<u32> {
        let is_called = |actor: &&u32| lexicon.actors[**actor as usize].forms.iter().any(|known| known == form);
        self.recent.iter().rev().find(is_called).copied().filter(|_| lexicon.classes.state_forms.contains(form))
    }

    /// Whose "the offer" or "the move" is: who acted in the sentence before, was its subject, or had a part in the last event; not
    /// the subject of this clause.
    fn author(&self, resolver: &Resolver, head: usize) -> Vec<u32> {
        let own = self.clause_subject(resolver, head);
        let parties: Vec<u32> = self.dyad.into_iter().flatten().collect();
        let other = |actors: &[u32]| actors.iter().copied().filter(|actor| Some(*actor) != own).collect::<Vec<_>>();
        [&self.acted, &self.subjects, &parties]
            .into_iter()
            .map(|actors| other(actors))
            .find(|actors| !actors.is_empty())
            .unwrap_or_default()
    }

    /// "Jordan closes its border, a move that Iraq condemns": who acts in the clause that the noun comments on.
    fn commented(&self, resolver: &Resolver, head: usize) -> Vec<Found> {
        let reading = resolver.reading;
        let article = reading.dependents(head, &[Relation::Det]).find(|det| matches!(reading.form(*det), "a" | "an"));
        let after_comma = article.is_some_and(|det| det > 0 && reading.form(det - 1) == ",");
        let described = reading.dependents(head, &[Relation::AclRelcl, Relation::Acl]).next().is_some();
        if !after_comma || !described || !resolver.lexicon.classes.acts.contains(reading.lemma(head)) {
            return Vec::new();
        }
        let verbs = (0..head).rev().filter(|node| reading.node(*node).upos == Upos::Verb);
        verbs.map(|verb| resolver.parties(&reading.subjects(verb), Strictness::Acting)).find(|found| !found.is_empty()).unwrap_or_default()
    }

    /// The polity named last before a node in its sentence, of a kind if one is given.
    fn named_before(&self, resolver: &Resolver, node: usize, kind: Option<PartyKind>) -> Option<u32> {
        let fits = |mention: &&ActorMention| {
            let actor = &resolver.lexicon.actors[mention.actor as usize];
            mention.tokens.end <= node && mention.naming != Naming::City && kind.is_none_or(|kind| actor.kind == kind)
        };
        resolver.reading.mentions.iter().rev().find(fits).map(|mention| mention.actor)
    }

    /// "its ambassador", "his government": the owner decides.
    fn possessed(&self, resolver: &Resolver, head: usize) -> Vec<Found> {
        let reading = resolver.reading;
        let is_companion = resolver.lexicon.classes.companions.contains(reading.lemma(head));
        if !(resolver.is_institution(head) || is_companion || resolver.lexicon.classes.anaphors.contains(reading.lemma(head))) {
            return Vec::new();
        }
        let owner = reading.dependents(head, &[Relation::NmodPoss]).find(|owner| reading.node(*owner).upos == Upos::Pron);
        let Some(owner) = owner else { return Vec::new() };
        let owners = self.pronoun(resolver, owner);
        let meant = if is_companion { self.companion(reading.node(head).xpos, &owners) } else { owners };
        meant.into_iter().map(|actor| Found { actor, tokens: owner..owner + 1 }).collect()
    }

    /// "its neighbour", "its ally": the other of the two whom the article spoke of last, or the one who acted just before; "our
    /// partners" are nobody in particular.
    fn companion(&self, number: Xpos, owners: &[u32]) -> Vec<u32> {
        let [owner] = owners else { return Vec::new() };
        if number != Xpos::Nn {
            return Vec::new();
        }
        let pair = self.dyad.filter(|pair| pair.contains(owner)).map(Vec::from);
        let meant = pair.unwrap_or_else(|| [single(&self.acted), single(&self.subjects)].concat());
        meant.into_iter().find(|other| other != owner).into_iter().collect()
    }

    /// The state that the article named last before the sentence, other than some parties: whom "U.S. sanctions" are about.
    pub fn last_state(&self, resolver: &Resolver, node: usize, taken: &[Found]) -> Vec<Found> {
        let actor = |actor: u32| &resolver.lexicon.actors[actor as usize];
        let free = |other: &&u32| {
            actor(**other).kind == PartyKind::State && taken.iter().all(|found| actor(found.actor).code != actor(**other).code)
        };
        self.recent.iter().rev().find(free).map(|other| Found { actor: *other, tokens: node..node + 1 }).into_iter().collect()
    }

    /// The actor of a kind that was mentioned last before the sentence.
    pub(super) fn latest(&self, lexicon: &Lexicon, kind: PartyKind) -> Option<u32> {
        let is_kind = |actor: &&u32| lexicon.actors[**actor as usize].kind == kind;
        self.recent.iter().rev().find(is_kind).copied()
    }
}

/// "after those countries recalled theirs": the parties of the list that the sentence named last.
fn listed_before(resolver: &Resolver, head: usize) -> Vec<u32> {
    let reading = resolver.reading;
    let points_back = reading.dependents(head, &[Relation::Det]).any(|det| matches!(&*lower(reading.form(det)), "those" | "these"));
    if !points_back || !resolver.lexicon.classes.anaphors.contains(reading.lemma(head)) {
        return Vec::new();
    }
    let list = |first: &ActorMention| -> Vec<u32> {
        let parts = reading.with_conjuncts(first.tokens.end - 1).into_iter().filter(|part| *part < head);
        parts.filter_map(|part| reading.mention_at(part)).map(|mention| mention.actor).collect()
    };
    reading.mentions.iter().rev().filter(|mention| mention.tokens.end <= head).map(list).find(|list| list.len() > 1).unwrap_or_default()
}

/// "the", "both" or "this" at the noun, or at the one that it is joined to: "the President and Prime Minister".
fn is_definite(resolver: &Resolver, head: usize) -> bool {
    let reading = resolver.reading;
    let first = reading.head(head).filter(|_| reading.relation(head) == Relation::Conj);
    let mut words = [Some(head), first].into_iter().flatten().flat_map(|node| reading.dependents(node, &[Relation::Det]));
    words.any(|det| matches!(&*lower(reading.form(det)), "the" | "both" | "this"))
}

/// Nothing describes the noun more closely; "new" and the like do not count.
fn is_bare(resolver: &Resolver, head: usize) -> bool {
    let reading = resolver.reading;
    let describes =
        |word: usize| !(reading.relation(word) == Relation::Amod && resolver.lexicon.classes.slight.contains(reading.lemma(word)));
    let part_of_office =
        |word: usize| word < head && resolver.lexicon.classes.offices.contains(&office(reading.lemma(word), reading.lemma(head)));
    let words = reading
        .dependents(head, &[Relation::Amod, Relation::Compound, Relation::Nmod, Relation::AclRelcl, Relation::Flat, Relation::Appos]);
    !words.into_iter().any(|word| describes(word) && !part_of_office(word))
}

fn office(first: &str, second: &str) -> String {
    format!("{first} {second}")
}

pub(super) fn single(actors: &[u32]) -> Vec<u32> {
    if actors.len() == 1 { actors.to_vec() } else { Vec::new() }
}

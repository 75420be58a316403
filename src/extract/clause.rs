//! Who is where in a clause: subjects, objects and phrases of a verb, with passives, control, relative clauses and coordination
//! undone. The relations are those of Universal Dependencies 2 for English.

use super::reading::Reading;
use crate::syntax::{Relation, Upos, Xpos};

pub(super) const SUBJECTS: &[Relation] = &[Relation::Nsubj, Relation::NsubjPass, Relation::NsubjOuter];
pub(super) const CLAUSES: &[Relation] =
    &[Relation::Advcl, Relation::AdvclRelcl, Relation::AclRelcl, Relation::Acl, Relation::Ccomp, Relation::Parataxis, Relation::Csubj];
/// Deeper nesting than this is a misparse or not worth following.
pub(super) const DEPTH: usize = 6;

impl Reading<'_> {
    /// Whether the verb's grammatical subject is what the act is done to.
    pub fn is_passive(&self, verb: usize) -> bool {
        let marked = self.dependents(verb, &[Relation::AuxPass, Relation::NsubjPass]).next().is_some();
        marked
            || self.shares_passive(verb)
            || (self.is_participle_modifier(verb) && self.dependents(verb, &[Relation::Obj]).next().is_none())
    }

    /// "was detained and sanctioned by": the second participle shares subject and auxiliary of the first.
    fn shares_passive(&self, verb: usize) -> bool {
        let participle = matches!(self.node(verb).xpos, Xpos::Vbn | Xpos::Vbd) && self.relation(verb) == Relation::Conj;
        let bare = self.dependents(verb, &[Relation::Obj, Relation::Aux, Relation::Nsubj]).next().is_none();
        let of_passive = |first: usize| self.dependents(first, &[Relation::AuxPass]).next().is_some();
        participle && bare && self.head(verb).is_some_and(of_passive)
    }

    /// "companies sanctioned by", "the sanctioned companies".
    fn is_participle_modifier(&self, verb: usize) -> bool {
        // "the general, wanted by Peru": a clause without any subject, whatever the parser calls it.
        let reduced = || self.relation(verb) == Relation::AclRelcl && !self.has_own_subject(verb) && self.has_agent(verb);
        // "reach a deal brokered by Oman", where the parser takes the participle for a predicate.
        let predicate = || self.relation(verb) == Relation::Xcomp && self.has_agent(verb);
        let modifies = matches!(self.relation(verb), Relation::Acl | Relation::Amod) || reduced() || predicate();
        modifies
            && matches!(self.node(verb).xpos, Xpos::Vbn | Xpos::Vbd)
            && self.dependents(verb, &[Relation::Aux, Relation::Mark]).next().is_none()
    }

    /// The doers of a verb: heads of noun phrases.
    pub fn subjects(&self, verb: usize) -> Vec<usize> {
        if self.is_passive(verb) { self.agents(verb) } else { self.surface_subjects(verb, DEPTH) }
    }

    /// What the verb is done to: heads of noun phrases.
    pub fn objects(&self, verb: usize) -> Vec<usize> {
        if self.is_passive(verb) {
            return self.passive_subjects(verb);
        }
        let mut own: Vec<usize> = self.dependents(verb, &[Relation::Obj, Relation::Iobj]).map(|object| self.antecedent(object)).collect();
        // "accuses U.S. President Donald Trump of": a name right behind the verb is no predicate.
        own.extend(self.dependents(verb, &[Relation::Xcomp]).filter(|name| *name > verb && self.mention_at(*name).is_some()));
        let steps: [&dyn Fn() -> Vec<usize>; 3] =
            [&|| self.shared_objects(verb), &|| self.relative_object(verb), &|| self.noun_behind(verb).into_iter().collect()];
        if own.is_empty() { steps.iter().map(|step| step()).find(|found| !found.is_empty()).unwrap_or_default() } else { own }
    }

    /// "the sanctions it has imposed on": the noun that the clause describes, where it has a subject, no object and no pronoun for it.
    fn relative_object(&self, verb: usize) -> Vec<usize> {
        let noun = self.head(verb).filter(|_| self.relation(verb) == Relation::AclRelcl && self.has_own_subject(verb));
        let subjects: Vec<usize> = self.dependents(verb, SUBJECTS).map(|subject| self.antecedent(subject)).collect();
        noun.filter(|noun| !subjects.contains(noun)).into_iter().collect()
    }

    /// The noun phrase that stands right behind a verb is its object, whatever the parser hung it on.
    fn noun_behind(&self, verb: usize) -> Option<usize> {
        let mut last_noun = None;
        for node in verb + 1..self.len() {
            match self.node(node).upos {
                Upos::Noun | Upos::Propn => last_noun = Some(node),
                Upos::Det | Upos::Num | Upos::Adj | Upos::Cconj if last_noun.is_none() => {}
                Upos::Pron if self.node(node).xpos == Xpos::PrpPoss && last_noun.is_none() => {}
                _ => break,
            }
        }
        let takes_clause = || self.dependents(verb, &[Relation::Ccomp, Relation::Xcomp]).next().is_some();
        // "asks Indonesian President Joko Widodo to spare": a name is the object even where a clause follows, if it is no subject there.
        let is_name = |noun: usize| self.mention_at(noun).is_some() && !SUBJECTS.contains(&self.relation(noun));
        last_noun.filter(|noun| is_name(*noun) || !takes_clause())
    }

    fn agents(&self, verb: usize) -> Vec<usize> {
        let own = self.phrases(verb, "by");
        if own.is_empty() { self.joined_agents(verb) } else { own }
    }

    fn passive_subjects(&self, verb: usize) -> Vec<usize> {
        let own = self.surface_subjects(verb, DEPTH);
        match self.head(verb) {
            Some(noun) if own.is_empty() || self.is_participle_modifier(verb) => vec![noun],
            _ => own,
        }
    }

    /// In "condemned and rejected the plan" the object hangs on one verb only.
    fn shared_objects(&self, verb: usize) -> Vec<usize> {
        let partner = match self.relation(verb) {
            Relation::Conj => self.head(verb),
            _ => {
                self.dependents(verb, &[Relation::Conj]).find(|other| self.node(*other).upos == Upos::Verb && !self.has_own_subject(*other))
            }
        };
        let Some(partner) = partner else { return Vec::new() };
        let adjacent = verb.abs_diff(partner) <= 3 && verb < partner;
        if adjacent { self.dependents(partner, &[Relation::Obj]).collect() } else { Vec::new() }
    }

    pub(super) fn has_own_subject(&self, verb: usize) -> bool {
        self.dependents(verb, SUBJECTS).next().is_some()
    }

    pub(super) fn surface_subjects(&self, verb: usize, depth: usize) -> Vec<usize> {
        let own: Vec<usize> = self.dependents(verb, SUBJECTS).map(|subject| self.antecedent(subject)).collect();
        if !own.is_empty() || depth == 0 {
            return own;
        }
        // "objects to Chile's sending of tanks".
        let owners: Vec<usize> = self.dependents(verb, &[Relation::NmodPoss]).filter(|_| self.node(verb).xpos == Xpos::Vbg).collect();
        if !owners.is_empty() {
            return owners;
        }
        let Some(head) = self.head(verb) else { return self.noun_before(verb).into_iter().collect() };
        match self.relation(verb) {
            Relation::Conj => self.surface_subjects(head, depth - 1),
            Relation::Xcomp => self.controller(head, depth - 1),
            Relation::Advcl if self.is_controlled_by_object(verb) => self.addressed(head, verb),
            // "its leadership in enacting sanctions".
            Relation::Acl if self.node(verb).xpos == Xpos::Vbg && self.dependents(head, &[Relation::NmodPoss]).next().is_some() => {
                self.dependents(head, &[Relation::NmodPoss]).collect()
            }
            Relation::Advcl | Relation::Acl if self.node(verb).xpos == Xpos::Vbg && self.is_adverbial(verb) => {
                let is_above = self.is_about_object_above(verb, head);
                self.subject_above(self.head(head).filter(|_| is_above).unwrap_or(head), depth - 1)
            }
            Relation::Advcl if self.node(head).upos != Upos::Noun => self.surface_subjects(head, depth - 1),
            Relation::AclRelcl => vec![head],
            Relation::Acl if self.node(verb).xpos == Xpos::Vbg && !self.is_infinitive(verb) && self.can_act(head) => vec![head],
            Relation::Acl => self.holders(head, verb, depth - 1),
            // "starts releasing", "stops sending".
            Relation::Ccomp if self.node(verb).xpos == Xpos::Vbg => self.surface_subjects(head, depth - 1),
            Relation::Ccomp | Relation::Parataxis => self.noun_before(verb).into_iter().collect(),
            _ => own,
        }
    }

    /// "orders the envoy to leave after accusing him": who is accused is not who accuses, but whom the verb above is about.
    fn is_about_object_above(&self, gerund: usize, verb: usize) -> bool {
        let is_personal = |object: usize| self.node(object).upos == Upos::Pron && self.node(object).xpos == Xpos::Prp;
        let controlled = self.relation(verb) == Relation::Xcomp && self.is_infinitive(verb);
        let addressed = || self.head(verb).is_some_and(|above| !self.addressed(above, verb).is_empty());
        self.dependents(gerund, &[Relation::Obj]).any(is_personal) && controlled && addressed()
    }

    /// The subject of the nearest verb at or above a node.
    fn subject_above(&self, node: usize, depth: usize) -> Vec<usize> {
        // "was forceful in blaming": a predicate has a subject of its own.
        let is_predicate = self.node(node).upos == Upos::Verb || (self.node(node).upos == Upos::Adj && self.has_own_subject(node));
        let verb = if is_predicate { Some(node) } else { self.governor(node) };
        verb.map(|verb| self.logical_subjects(verb, depth)).unwrap_or_default()
    }

    fn logical_subjects(&self, verb: usize, depth: usize) -> Vec<usize> {
        if self.is_passive(verb) { self.agents(verb) } else { self.surface_subjects(verb, depth) }
    }

    /// The noun that stands right before a finite verb without a subject is its subject, unless a preposition leads to it.
    fn noun_before(&self, verb: usize) -> Option<usize> {
        let finite = self.node(verb).xpos.is_finite_verb();
        let before = (0..verb).rev().find(|node| !matches!(self.node(*node).upos, Upos::Adv | Upos::Aux | Upos::Part))?;
        let noun = matches!(self.node(before).upos, Upos::Noun | Upos::Propn) && self.preposition(before).is_none();
        (finite && noun).then_some(before)
    }

    /// The verb that a noun phrase depends on, looking up through "of" phrases and coordination.
    pub fn governor(&self, noun: usize) -> Option<usize> {
        let mut node = noun;
        for _ in 0..DEPTH {
            let head = self.head(node)?;
            // "despite being the target of sanctions", "said that it is grateful": the word is a clause of its own.
            let is_own = node != noun || self.dependents(node, &[Relation::Cop]).next().is_some();
            let predicate = is_own && matches!(self.relation(node), Relation::Parataxis | Relation::Advcl | Relation::Ccomp);
            // "removes a bank as part of new sanctions": the sanctions are not what it removes.
            let is_part = node != noun && node > head && self.lemma(node) == "part";
            // "rests on the treaty, a promise to": what a treaty is called that stands in a phrase is not what is done.
            let is_name_in_phrase =
                node == noun && self.relation(node) == Relation::Appos && matches!(self.relation(head), Relation::Nmod | Relation::Obl);
            if predicate || is_name_in_phrase || (is_part && self.preposition(node).is_some_and(|preposition| preposition == "as")) {
                return None;
            }
            if self.node(head).upos == Upos::Verb {
                return Some(head);
            }
            if CLAUSES.contains(&self.relation(node)) {
                return None;
            }
            node = head;
        }
        None
    }

    /// "…, helping Mali": a gerund without a subject or a word that joins it.
    pub(super) fn is_bare_gerund(&self, verb: usize) -> bool {
        let joined = self.dependents(verb, &[Relation::Mark, Relation::Nsubj, Relation::Case]).next().is_some();
        self.node(verb).xpos == Xpos::Vbg && !joined
    }

    /// "keeps the ban until Chile frees them", "until a deal is reached", "should wait before it signs": what has yet to happen.
    pub(super) fn is_awaited(&self, verb: usize, mark: usize) -> bool {
        let is_present = |node: usize| matches!(self.node(node).xpos, Xpos::Vbz | Xpos::Vbp);
        let auxiliaries = || self.dependents(verb, &[Relation::Aux, Relation::AuxPass]);
        let is_ahead = match self.lemma(mark) {
            "until" => true,
            "before" => self.head(verb).is_some_and(|above| self.is_left_open(above)),
            _ => false,
        };
        is_ahead && (is_present(verb) || auxiliaries().any(is_present))
    }

    /// "will ask for it when he visits Chad", "Putin, when he visits Chad, will ask for it": what is told in the present is to come.
    pub(super) fn is_when_to_come(&self, verb: usize, word: usize) -> bool {
        let is_modal = |word: usize| self.classes.future_modals.contains(self.lemma(word));
        let is_future = |above: usize| self.dependents(above, &[Relation::Aux]).any(is_modal);
        let above = self.head(verb);
        matches!(self.lemma(word), "when" | "once")
            && matches!(self.node(verb).xpos, Xpos::Vbz | Xpos::Vbp)
            && above.into_iter().chain(above.and_then(|noun| self.governor(noun))).any(is_future)
    }

    /// "should wait", "wants guarantees": what a clause says is not done yet. News also tells in the present what is done.
    fn is_left_open(&self, verb: usize) -> bool {
        let has_modal = self.dependents(verb, &[Relation::Aux]).any(|word| self.node(word).xpos == Xpos::Md);
        has_modal || self.classes.hypotheticals.contains(self.lemma(verb))
    }

    pub fn is_infinitive(&self, verb: usize) -> bool {
        self.dependents(verb, &[Relation::Mark]).any(|mark| self.form(mark).eq_ignore_ascii_case("to"))
    }

    /// A relative pronoun stands for the noun that its clause describes.
    fn antecedent(&self, node: usize) -> usize {
        if !matches!(self.node(node).xpos, Xpos::Wp | Xpos::Wdt) && !self.form(node).eq_ignore_ascii_case("that") {
            return node;
        }
        let mut clause = self.head(node);
        for _ in 0..DEPTH {
            let Some(verb) = clause else { return node };
            if self.relation(verb) == Relation::AclRelcl {
                return self.head(verb).map_or(node, |noun| self.owner_among_conjuncts(noun).unwrap_or(noun));
            }
            clause = self.head(verb);
        }
        node
    }

    /// In "diplomats and their families who" the first of the two, whose the other is.
    fn owner_among_conjuncts(&self, noun: usize) -> Option<usize> {
        let is_theirs = |owner: usize| self.node(owner).xpos == Xpos::PrpPoss;
        let owned = self.relation(noun) == Relation::Conj && self.dependents(noun, &[Relation::NmodPoss]).any(is_theirs);
        self.head(noun).filter(|_| owned)
    }

    /// The relation of the first of several joined phrases, which is that of all.
    pub fn first_conjunct_relation(&self, node: usize) -> Relation {
        match (self.relation(node), self.head(node)) {
            (Relation::Conj, Some(first)) => self.relation(first),
            (relation, _) => relation,
        }
    }
}

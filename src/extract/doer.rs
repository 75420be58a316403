//! Who does what a trigger tells, where the tree says it and where it has to be read off the clauses around.

use super::{
    clause::SUBJECTS,
    frames::Trial,
    parties::{Found, Strictness},
    pronouns::owners_of_merit,
};
use crate::{
    lexicon::{EventType, Slot, TriggerKind},
    syntax::{Relation, Upos, Xpos},
};

impl Trial<'_> {
    /// An event noun takes its actors from the verb that carries it, else from the clause that describes it ("the sanctions it
    /// has imposed"); a verb from itself.
    pub(super) fn subject(&self, carrier: usize, strictness: Strictness) -> Vec<Found> {
        let (reading, resolver) = (self.reading(), self.resolver);
        let is_of_people =
            || strictness == Strictness::Acting && reading.subjects(self.node).into_iter().any(|subject| resolver.is_some_of_them(subject));
        if self.has_unknown_owner() || self.is_resisted() || is_of_people() {
            return Vec::new();
        }
        if self.frame.trigger == TriggerKind::Verb {
            let speaker = self.speaker_of_gerund();
            if !speaker.is_empty() {
                return speaker;
            }
            let found = resolver.parties(&reading.subjects(self.node), strictness);
            if !found.is_empty() || reading.is_passive(self.node) {
                return self.with_companions(self.with_rest_of_list(self.node, found));
            }
            let found = self.pair_in_subject(strictness);
            return if found.is_empty() { self.other_subject(strictness) } else { found };
        }
        if self.is_owned_by_doer() || self.is_answered_deed() {
            return Vec::new();
        }
        let mut found = resolver.parties(&reading.subjects(carrier), strictness);
        if found.is_empty() && !reading.is_passive(carrier) {
            found = resolver.parties_before(carrier);
        }
        if !found.is_empty() {
            return self.with_rest_of_list(carrier, found);
        }
        // "Trump said there would be sanctions": who announces it.
        let existential = reading.dependents(carrier, &[Relation::Expl]).next().is_some() && reading.relation(carrier) == Relation::Ccomp;
        if let Some(speaker) = reading.head(carrier).filter(|_| existential) {
            return resolver.parties(&reading.subjects(speaker), strictness);
        }
        let clauses = reading.dependents(self.node, &[Relation::AclRelcl, Relation::Acl]);
        let subjects: Vec<usize> = clauses.flat_map(|clause| reading.subjects(clause)).filter(|subject| *subject != self.node).collect();
        resolver.parties(&subjects, strictness)
    }

    /// "the United Kingdom, France and Germany announce": a parser often leaves only the last of a list.
    fn with_rest_of_list(&self, verb: usize, found: Vec<Found>) -> Vec<Found> {
        let listed = if self.reading().is_passive(verb) { Vec::new() } else { self.resolver.parties_before(verb) };
        let is_wider = listed.len() > found.len() && found.iter().all(|party| listed.iter().any(|other| other.actor == party.actor));
        if is_wider { listed } else { found }
    }

    /// "together with Spain, France meets": who does it with the subject.
    fn with_companions(&self, mut found: Vec<Found>) -> Vec<Found> {
        let reading = self.reading();
        let is_beside = |phrase: &usize| {
            let case = reading.dependents(*phrase, &[Relation::Case]).next();
            let before = case.and_then(|case| case.checked_sub(1)).map(|before| reading.form(before).to_lowercase());
            matches!(before.as_deref(), Some("together" | "along" | "jointly"))
        };
        let subjects = reading.subjects(self.node);
        let heads = subjects.iter().chain([&self.node]).flat_map(|head| reading.phrases(*head, "with"));
        // Who stands behind the verb is one whom it is done with.
        let beside: Vec<usize> = heads.filter(|phrase| *phrase < self.node && is_beside(phrase)).collect();
        for party in self.resolver.parties(&beside, Strictness::Acting) {
            if !found.is_empty() && !found.iter().any(|other| other.actor == party.actor) {
                found.push(party);
            }
        }
        found
    }

    /// "cites the bloc's refusal", "welcomes expulsions by partners": whose it is is said, though not known; it is not the subject's.
    fn has_unknown_owner(&self) -> bool {
        let reading = self.reading();
        let mut agents = reading.phrases(self.node, "by");
        agents.retain(|agent| !(self.node..*agent).any(|between| reading.node(between).upos == Upos::Verb));
        if self.frame.trigger == TriggerKind::Noun && !agents.is_empty() && self.resolver.parties(&agents, Strictness::Acting).is_empty() {
            return true;
        }
        let is_said = |owner: &usize| reading.node(*owner).upos != Upos::Pron || owners_of_merit(self.resolver, *owner).is_some();
        let owner = reading.dependents(self.node, &[Relation::NmodPoss]).find(is_said);
        self.frame.trigger == TriggerKind::Noun && owner.is_some() && self.possessor().is_empty()
    }

    /// "closes the consulate following the expulsion of its envoys": what one answers others have done.
    pub(super) fn is_answered_deed(&self) -> bool {
        let is_one_sided_deed = self.frame.trigger == TriggerKind::Noun && !self.rule.symmetric && !self.rule.absorbs;
        is_one_sided_deed && self.is_given_between(Some(self.node), self.reading().governor(self.node))
    }

    /// "welcomes Peru's expulsion of two diplomats": whose act it is does it, not who speaks of it, where the frame knows owners as doers.
    fn is_owned_by_doer(&self) -> bool {
        let reading = self.reading();
        let is_owner = |slot: &Slot| matches!(slot, Slot::Possessor | Slot::Owner);
        let is_acted_upon = |slot: &Slot| is_owner(slot) || *slot == Slot::Subject;
        let is_asked = self.frame.actors.iter().any(is_owner) && !self.frame.recipients.iter().any(is_acted_upon);
        let owner = reading.dependents(self.node, &[Relation::NmodPoss]).find(|owner| reading.node(*owner).upos != Upos::Pron);
        let is_with_others = || !reading.phrases(self.node, "with").is_empty();
        is_asked
            && (!self.rule.symmetric || is_with_others())
            && owner.is_some_and(|owner| !self.resolver.parties(&[owner], Strictness::Acting).is_empty())
    }

    /// "captains who shipped oil", "a pipeline that threatens Ukraine": the clause says who does it, be they parties or not. A decree
    /// that bans something is somebody's.
    pub(super) fn is_of_others(&self) -> bool {
        let reading = self.reading();
        let Some(noun) = reading.head(self.node).filter(|_| reading.relation(self.node) == Relation::AclRelcl) else { return false };
        // "Group of Seven ministers who met": whose they are may be read off the words before.
        let in_phrase = |word: &usize| matches!(reading.node(*word).upos, Upos::Noun | Upos::Propn | Upos::Adj);
        let is_named = || (0..=noun).rev().take_while(in_phrase).any(|word| reading.mention_at(word).is_some());
        let is_relative = |subject: usize| match reading.node(subject).xpos {
            Xpos::Wp => !(self.resolver.is_institution(noun) && is_named()),
            Xpos::Wdt => matches!(self.rule.event, Some(EventType::Aid | EventType::Threaten)),
            _ => false,
        };
        reading.dependents(self.node, &[Relation::Nsubj]).any(is_relative)
    }

    /// "Iran and Oman agree on a deal following talks": two who do something at or after a meeting have met each other.
    pub(super) fn joint_subject(&self) -> Vec<Found> {
        let reading = self.reading();
        let is_occasion = |word: String| matches!(&*word, "after" | "following" | "at" | "during" | "in");
        // Who evacuates his citizens during a summit may not attend it; who agrees on something with somebody has met him.
        let entries = |verb: usize| self.lexicon().triggers(reading.keys()[verb].lemma).iter();
        let is_joint = |verb: &usize| entries(*verb).any(|entry| self.lexicon().rules[entry.rule as usize].event == Some(EventType::Agree));
        let names_others = ["between", "with", "of", "among"].iter().any(|word| !reading.phrases(self.node, word).is_empty());
        let verb = reading.governor(self.node).filter(|verb| !names_others && !reading.is_passive(*verb) && is_joint(verb));
        let verb = verb.filter(|_| reading.preposition(self.node).is_some_and(is_occasion));
        let found = verb.map(|verb| self.resolver.parties(&reading.subjects(verb), Strictness::Acting)).unwrap_or_default();
        if found.len() > 1 { found } else { Vec::new() }
    }

    /// "talks between Iran and Oman produced": what two do with each other they do themselves.
    fn pair_in_subject(&self, strictness: Strictness) -> Vec<Found> {
        let reading = self.reading();
        let own = reading.dependents(self.node, SUBJECTS).filter(|_| self.rule.symmetric);
        let between: Vec<usize> = own.flat_map(|subject| reading.phrases(subject, "between")).collect();
        self.resolver.parties(&between, strictness)
    }

    /// Where the verb's own subject is no party: the noun phrase right before it, the owner of the plan that it tells ("the U.S.
    /// decision to sell"), or the subject of the verb that governs it ("announces plans to break off").
    fn other_subject(&self, strictness: Strictness) -> Vec<Found> {
        let (reading, resolver) = (self.reading(), self.resolver);
        // "blaming Iran for the raid, committing": who stands before the comma belongs to another clause.
        let is_apart = reading.node(self.node).xpos == Xpos::Vbg && self.node > 0 && reading.form(self.node - 1) == ",";
        let found = if is_apart { Vec::new() } else { resolver.parties_before(self.node) };
        if !found.is_empty() {
            return found;
        }
        let classes = &self.lexicon().classes;
        let plans = [&classes.futures, &classes.hypotheticals, &classes.acts, &classes.plans];
        if !reading.is_content_of(self.node, &plans) {
            return self.outer_subject(strictness);
        }
        let owned = reading.head(self.node).filter(|_| reading.relation(self.node) == Relation::Acl).map(|noun| self.possessor_of(noun));
        owned.filter(|found| !found.is_empty()).unwrap_or_else(|| resolver.parties(&reading.subjects_above(self.node), strictness))
    }

    /// "vetoes a resolution calling for a truce", "rules out supporting one that condemns": what one resists one does not say oneself.
    fn is_resisted(&self) -> bool {
        let (reading, classes) = (self.reading(), &self.lexicon().classes);
        let is_gerund = reading.relation(self.node) == Relation::Acl && reading.node(self.node).xpos == Xpos::Vbg;
        let verb = reading.head(self.node).filter(|_| is_gerund).and_then(|noun| reading.governor(noun));
        let resists = |verb: usize| classes.opposing.contains(reading.lemma(verb)) || classes.negations.contains(reading.lemma(verb));
        let above = |verb: usize| reading.head(verb).filter(|_| matches!(reading.relation(verb), Relation::Xcomp | Relation::Ccomp));
        verb.is_some_and(|verb| resists(verb) || above(verb).is_some_and(resists))
    }

    /// What a gerund of speech belongs to where the tree is in doubt: the official in "an Iranian official mocking", and who says it
    /// in "says that a missile crossed its border, condemning".
    fn speaker_of_gerund(&self) -> Vec<Found> {
        let (reading, resolver) = (self.reading(), self.resolver);
        let head = reading.head(self.node).filter(|_| self.rule.absorbs && reading.node(self.node).xpos == Xpos::Vbg);
        let Some(head) = head else { return Vec::new() };
        let behind_comma = self.node > 0 && reading.form(self.node - 1) == ",";
        match reading.relation(self.node) {
            // "cut its ties with Peru, calling it a bully", without the comma: things do not speak.
            Relation::Acl if !behind_comma && self.is_about_pronoun() && self.is_thing(head) => {
                let verb = reading.governor(head);
                verb.map(|verb| resolver.parties(&reading.subjects(verb), Strictness::Acting)).unwrap_or_default()
            }
            Relation::Acl if !behind_comma => resolver.parties(&[head], Strictness::Acting),
            Relation::Advcl if behind_comma && reading.relation(head) == Relation::Ccomp && !self.is_act_of_speech(head) => {
                let saying = reading.head(head).filter(|verb| self.lexicon().classes.sayings.contains(reading.lemma(*verb)));
                saying.map(|verb| resolver.parties(&reading.subjects(verb), Strictness::Acting)).unwrap_or_default()
            }
            _ => Vec::new(),
        }
    }

    fn is_thing(&self, noun: usize) -> bool {
        let classes = &self.lexicon().classes;
        let lemma = self.reading().lemma(noun);
        let is_person = classes.private_people.contains(lemma) || classes.outsiders.contains(lemma) || self.resolver.is_institution(noun);
        self.reading().node(noun).upos == Upos::Noun && !is_person
    }

    /// "calling it".
    fn is_about_pronoun(&self) -> bool {
        let reading = self.reading();
        reading.dependents(self.node, &[Relation::Obj]).any(|object| reading.node(object).xpos == Xpos::Prp)
    }

    /// Whether a verb may tell an act of speech itself, so that a gerund behind it says more of that: "rejected it, calling it a bluff".
    fn is_act_of_speech(&self, verb: usize) -> bool {
        let lexicon = self.lexicon();
        lexicon.triggers(self.reading().keys()[verb].lemma).iter().any(|entry| {
            let rule = &lexicon.rules[entry.rule as usize];
            // "fires missiles" threatens somebody, "fires" does not.
            let frame = &rule.frames[usize::from(entry.frame)];
            rule.absorbs && frame.objects.is_empty() && frame.with_any.is_empty()
        })
    }

    /// Where a gerund or an infinitive has no subject that could act: the subject of the nearest clause above that has one, unless
    /// a plain noun stands between ("protesters in Paris, accusing").
    fn outer_subject(&self, strictness: Strictness) -> Vec<Found> {
        let (reading, resolver) = (self.reading(), self.resolver);
        // "anyone arriving" is somebody else than the subject above.
        let is_open = |subject: &usize| {
            let node = reading.node(*subject);
            matches!(node.upos, Upos::Pron | Upos::Det) && node.xpos != Xpos::Nn
        };
        let bare = |verb: usize| reading.subjects(verb).iter().all(is_open);
        let dependent = reading.node(self.node).xpos == Xpos::Vbg || reading.is_infinitive(self.node);
        if !dependent || !bare(self.node) {
            return Vec::new();
        }
        for verb in reading.verbs_above(self.node) {
            let found = resolver.parties(&reading.subjects(verb), strictness);
            if !found.is_empty() || !bare(verb) {
                return found;
            }
        }
        Vec::new()
    }

    /// Whom the clause above goes to: the object of a verb of visiting or meeting, or who stands behind "to" or "with".
    pub(super) fn above_object(&self) -> Vec<Found> {
        let (reading, resolver) = (self.reading(), self.resolver);
        let above =
            reading.verbs_above(self.node).into_iter().find(|verb| reading.relation(self.node) != Relation::Conj && *verb < self.node);
        let Some(verb) = above else { return Vec::new() };
        let places = [reading.objects(verb), reading.phrases(verb, "with"), reading.phrases(verb, "to"), reading.phrases(verb, "in")];
        places.iter().map(|heads| resolver.parties(heads, Strictness::Visited)).find(|found| !found.is_empty()).unwrap_or_default()
    }

    /// Whose release the article is, where it speaks in a clause of its own: not in "if Mali violates" nor in "accused of undermining".
    pub(super) fn issuer(&self) -> Vec<Found> {
        let (reading, discourse) = (self.reading(), self.resolver.discourse);
        let is_supposed =
            reading.dependents(self.node, &[Relation::Mark]).any(|mark| self.lexicon().classes.conditions.contains(reading.lemma(mark)));
        let is_own =
            reading.node(self.node).xpos != Xpos::Vbg || reading.dependents(self.node, &[Relation::Aux, Relation::Nsubj]).next().is_some();
        let speakers = discourse.speakers.iter().filter(|speaker| Some(**speaker) == discourse.issuer && is_own && !is_supposed);
        speakers.map(|speaker| Found { actor: *speaker, tokens: self.node..self.node + 1 }).collect()
    }
}

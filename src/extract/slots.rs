//! Who stands in the slots of a frame that fits.

use super::{
    frames::Trial,
    parties::{Found, Strictness},
    sanctions,
};
use crate::{
    lexicon::{EventType, Mode, Naming, Slot, TriggerKind},
    syntax::{Relation, Upos, Xpos},
};

/// Further than this up from a phrase is another matter.
const CLIMB: usize = 4;

impl Trial<'_> {
    /// The actors and the recipients.
    pub fn parties(&self, carrier: usize) -> (Vec<Found>, Vec<Found>) {
        let acting = if self.frame.loose_actors { Strictness::Affected } else { Strictness::Acting };
        let may_act = |slot: &&Slot| **slot != Slot::Before || !(self.is_answered_deed() || self.is_of_others());
        let acting_slots: Vec<Slot> = self.frame.actors.iter().filter(may_act).cloned().collect();
        let mut actors = self.fill(&acting_slots, carrier, acting, &[]);
        let strictness = match (self.rule.event, self.rule.mode) {
            (_, Some(Mode::Visit)) => Strictness::Visited,
            (Some(EventType::Consult | EventType::Agree | EventType::Request), _) => Strictness::Acting,
            (Some(EventType::Sanction | EventType::Retreat) | None, _) => Strictness::Listed,
            _ if self.rule.action.is_some() => Strictness::Listed,
            _ => Strictness::Affected,
        };
        let slots: Vec<Slot> =
            self.frame.recipients.iter().filter(|slot| !self.is_complete(&actors) || self.adds_party(slot)).cloned().collect();
        let mut recipients = if self.blames_unknown() { Vec::new() } else { self.fill(&slots, carrier, strictness, &actors) };
        let meeting = self.rule.event == Some(EventType::Consult) && self.frame.trigger == TriggerKind::Noun;
        if meeting
            && actors.len() + recipients.len() < 2
            && let Some(pair) = self.resolver.discourse.known_pair(self.resolver, self.node, &actors)
        {
            return (pair, Vec::new());
        }
        if meeting && actors.len() == 1 && recipients.is_empty() {
            recipients = self.discussed_with(carrier, &actors);
        }
        if meeting && actors.is_empty() && recipients.is_empty() {
            actors = self.joint_subject();
        }
        let Some(action) = self.rule.action else { return (actors, recipients) };
        if recipients.is_empty() {
            let code = |found: &Found| &self.lexicon().actors[found.actor as usize].code;
            let about = sanctions::target_by_law(self.resolver).into_iter();
            recipients = about.filter(|target| actors.iter().all(|actor| code(actor) != code(target))).collect();
        }
        if actors.is_empty() {
            actors = sanctions::sender_by_law(self.resolver, action, &recipients, self.node);
        }
        (actors, recipients)
    }

    /// "shot the officials after accusing them of selling secrets to Peru": whom it blames is said, though not known.
    fn blames_unknown(&self) -> bool {
        let reading = self.reading();
        let objects: Vec<usize> = reading.dependents(self.node, &[Relation::Obj]).collect();
        let accuses = self.rule.event == Some(EventType::Accuse) && self.frame.trigger == TriggerKind::Verb && !objects.is_empty();
        let is_personal = |object: &usize| reading.node(*object).upos == Upos::Pron && reading.node(*object).xpos == Xpos::Prp;
        accuses && objects.iter().all(is_personal) && self.resolver.parties(&objects, Strictness::Affected).is_empty()
    }

    /// Two who agree with each other have no third in what they agree about; two who visit somebody have.
    fn is_complete(&self, actors: &[Found]) -> bool {
        self.rule.symmetric && self.rule.mode != Some(Mode::Visit) && actors.len() > 1
    }

    /// Whether a slot holds one more who takes part, even where two do already: "with Iraq", "met the king".
    fn adds_party(&self, slot: &Slot) -> bool {
        let is_meeting = self.rule.event == Some(EventType::Consult) && self.frame.trigger == TriggerKind::Verb;
        match slot {
            Slot::Phrase(word) => word == "with",
            Slot::Object => is_meeting && self.frame.objects.is_empty(),
            _ => false,
        }
    }

    /// The first slot that holds a party (other than `taken`) decides.
    fn fill(&self, slots: &[Slot], carrier: usize, strictness: Strictness, taken: &[Found]) -> Vec<Found> {
        let code = |found: &Found| &self.lexicon().actors[found.actor as usize].code;
        for slot in slots {
            let others = |mut found: Vec<Found>| {
                found.retain(|party| !taken.iter().any(|other| code(other) == code(party)));
                found
            };
            let mut found = match slot {
                Slot::Complement => self.complement_levels(strictness).map(others).find(|found| !found.is_empty()).unwrap_or_default(),
                _ => others(self.slot(slot, carrier, strictness, taken)),
            };
            if found.is_empty() && *slot == Slot::ComplementSubject && self.rule.event == Some(EventType::Accuse) {
                found = self.accused_by_pronoun(taken);
            }
            if matches!(slot, Slot::Before | Slot::After) {
                found.truncate(1);
            }
            if !found.is_empty() {
                return found;
            }
        }
        Vec::new()
    }

    /// "bans the agency, saying that it had meddled": who blames somebody does not blame himself.
    fn accused_by_pronoun(&self, taken: &[Found]) -> Vec<Found> {
        let reading = self.reading();
        let clauses = reading.complements(self.node);
        let pronoun = clauses
            .into_iter()
            .flat_map(|clause| reading.subjects(clause))
            .find(|subject| reading.node(*subject).upos == Upos::Pron && self.lexicon().classes.pronouns.contains(reading.lemma(*subject)));
        let Some(pronoun) = pronoun else { return Vec::new() };
        let before: Vec<Found> = self.nearest((0..self.node).rev().collect());
        let other = before.into_iter().find(|found| taken.iter().all(|actor| actor.actor != found.actor));
        other.map(|found| Found { tokens: pronoun..pronoun + 1, ..found }).into_iter().collect()
    }

    pub fn slot(&self, slot: &Slot, carrier: usize, strictness: Strictness, taken: &[Found]) -> Vec<Found> {
        let (reading, resolver) = (self.reading(), self.resolver);
        let clauses = || reading.complements(self.node);
        match slot {
            Slot::Subject => self.subject(carrier, strictness),
            Slot::Owner => self.owners(),
            Slot::Compound => self.compounds(),
            Slot::Modified => resolver.parties(&self.described(), strictness),
            Slot::ObjectOwner => resolver.parties(&self.objects(), Strictness::Affected),
            Slot::Object => resolver.parties(&self.objects(), strictness),
            Slot::Possessor => self.possessor(),
            Slot::Phrase(preposition) => self.phrase(preposition, carrier, strictness),
            Slot::ComplementSubject => {
                let subjects: Vec<usize> = clauses().into_iter().flat_map(|clause| reading.subjects(clause)).collect();
                resolver.parties(&subjects, strictness)
            }
            Slot::ComplementObject => self.complement_objects(&clauses(), strictness),
            Slot::Complement => self.complement_levels(strictness).find(|found| !found.is_empty()).unwrap_or_default(),
            Slot::AboveSubject => reading
                .above(self.node)
                .into_iter()
                .chain(reading.above_description(self.node))
                .map(|above| resolver.parties(&reading.subjects(above), strictness))
                .find(|found| !found.is_empty())
                .unwrap_or_default(),
            Slot::AboveObject => self.above_object(),
            Slot::Earlier => self.resolver.discourse.last_state(self.resolver, self.node, taken),
            Slot::Issuer => self.issuer(),
            Slot::Before => self.nearest((0..self.node).rev().filter(|node| !self.is_firm(*node)).collect()),
            // Who stands behind "by" does it.
            Slot::After => {
                self.nearest((self.node + 1..reading.len()).filter(|node| !self.is_agent(*node) && !self.is_in_background(*node)).collect())
            }
        }
    }

    /// The noun that an adjective describes; where it was taken for a verb, its object.
    fn described(&self) -> Vec<usize> {
        let reading = self.reading();
        let object = reading.dependents(self.node, &[Relation::Obj]).next();
        object.or_else(|| reading.head(self.node)).into_iter().collect()
    }

    /// Names in the noun phrase that own it: all but the bare ones that it is about.
    fn owners(&self) -> Vec<Found> {
        let compounds = self.compounds();
        self.possessor().into_iter().filter(|found| !compounds.contains(found)).collect()
    }

    /// Bare names before the noun that it is about.
    fn compounds(&self) -> Vec<Found> {
        let reading = self.reading();
        let about = |found: &Found| {
            let mention = reading.mention_at(found.tokens.start);
            let bare = mention.is_some_and(|mention| matches!(mention.naming, Naming::Name | Naming::Capital));
            let genitive = reading.relation(found.tokens.end - 1) == Relation::NmodPoss;
            let name = reading.span_of(&found.tokens).of(reading.document.text);
            bare && !genitive && !self.lexicon().classes.sanctioners.contains(name)
        };
        let found: Vec<Found> = self.possessor().into_iter().filter(about).collect();
        if found.is_empty() { self.resolver.listed(self.resolver.base(self.node), Strictness::Listed) } else { found }
    }

    pub(super) fn possessor(&self) -> Vec<Found> {
        let found = self.possessor_of(self.node);
        let is_meeting = self.rule.event == Some(EventType::Consult) && self.rule.mode != Some(Mode::Visit);
        if is_meeting && found.iter().filter(|found| self.is_seat(found)).count() == 1 {
            return found.into_iter().filter(|found| !self.is_seat(found)).collect();
        }
        found
    }

    pub(super) fn possessor_of(&self, noun: usize) -> Vec<Found> {
        let mut heads: Vec<usize> = self.resolver.base(noun).iter().copied().filter(|node| *node != noun).collect();
        heads.sort_unstable();
        let reading = self.reading();
        let mut found = self.mentions(heads.clone());
        if found.is_empty() {
            let owners: Vec<usize> = heads.into_iter().filter(|node| reading.relation(*node) == Relation::NmodPoss).collect();
            found = self.resolver.parties(&owners, Strictness::Acting);
        }
        found
    }

    /// A phrase of the trigger; of an event noun that is an object also one that hangs on the verb.
    fn phrase(&self, preposition: &str, carrier: usize, strictness: Strictness) -> Vec<Found> {
        let heads = self.phrase_nodes(preposition, carrier);
        let mut found = self.resolver.parties(&heads, strictness);
        if self.rule.event == Some(EventType::Consult) && matches!(preposition, "with" | "between") {
            let code = |found: &Found| &self.lexicon().actors[found.actor as usize].code;
            for party in found.first().map(|first| self.enumerated(first.tokens.start)).unwrap_or_default() {
                if !found.iter().any(|other| code(other) == code(&party)) {
                    found.push(party);
                }
            }
        }
        found
    }

    /// The heads of the trigger's phrases with a preposition.
    fn phrase_nodes(&self, preposition: &str, carrier: usize) -> Vec<usize> {
        let reading = self.reading();
        let mut heads = reading.phrases(self.node, preposition);
        heads.retain(|head| !self.is_in_background(*head));
        if preposition == "by" && self.frame.trigger == TriggerKind::Noun {
            heads.retain(|head| self.is_near(*head, carrier));
        }
        // "French aid arrives in Mali", "a truce begins between": the subject of a verb without an object.
        let relation = reading.first_conjunct_relation(self.node);
        let is_intransitive = || reading.dependents(carrier, &[Relation::Obj]).next().is_none();
        let is_argument = matches!(relation, Relation::Obj | Relation::NsubjPass) || (relation == Relation::Nsubj && is_intransitive());
        if heads.is_empty() && carrier != self.node && is_argument {
            heads = reading.phrases(carrier, preposition);
            // "At a summit on Syria, Norway imposes": in front of the verb a phrase within a phrase is not the deed's.
            heads.retain(|head| *head > carrier || reading.head(*head) == Some(carrier));
        }
        if heads.is_empty() {
            heads.extend(self.resolver.phrase_behind(self.node, preposition));
        }
        let is_topic = |head: usize| self.rule.event == Some(EventType::Consult) && preposition == "with" && self.is_end_of_bond(head);
        heads.retain(|head| !self.is_in_background(*head) && !is_topic(*head));
        heads
    }

    /// "holds a drill amid a row with Peru": who is named in what goes on beside it has no part in it.
    fn is_in_background(&self, phrase: usize) -> bool {
        self.is_given_between(self.reading().head(phrase), Some(self.node))
    }

    /// Whether a preposition such as "amid" or "following" leads to a word, or to one on the way up from it to another.
    pub(super) fn is_given_between(&self, from: Option<usize>, top: Option<usize>) -> bool {
        let reading = self.reading();
        let mut up = std::iter::successors(from, |at| reading.head(*at)).take_while(|at| Some(*at) != top).take(CLIMB);
        let backgrounds = &self.lexicon().classes.past_backgrounds;
        up.any(|at| reading.preposition(at).is_some_and(|preposition| backgrounds.contains(&preposition)))
    }

    /// "a visit to Oman amid worry over tests by Iran": who does the one stands close to it.
    fn is_near(&self, phrase: usize, carrier: usize) -> bool {
        let above = self.reading().head(phrase);
        above == Some(self.node) || above == Some(carrier) || above.and_then(|head| self.reading().head(head)) == Some(self.node)
    }

    fn is_agent(&self, node: usize) -> bool {
        let reading = self.reading();
        let mention = reading.mention_at(node).map(|mention| mention.tokens.end - 1);
        mention.is_some_and(|last| reading.preposition(last).as_deref() == Some("by"))
    }

    /// The parties that are named at these nodes, nearest first, without the places where something happens: "in Beijing".
    fn nearest(&self, nodes: Vec<usize>) -> Vec<Found> {
        let takes_part = |node: &usize| !self.is_venue(*node) && !self.is_post(*node) && !self.resolver.is_of_outsider(*node);
        self.mentions(nodes.into_iter().filter(takes_part).collect())
    }

    /// The parties that are named at these nodes.
    fn mentions(&self, nodes: Vec<usize>) -> Vec<Found> {
        let mut found: Vec<Found> = Vec::new();
        for node in nodes {
            let Some(mention) = self.reading().mention_at(node) else { continue };
            let code = |actor: u32| &self.lexicon().actors[actor as usize].code;
            let new = !found.iter().any(|other| code(other.actor) == code(mention.actor));
            if new && mention.naming != Naming::City && !mention.left_office {
                found.push(Found { actor: mention.actor, tokens: mention.tokens.clone() });
            }
        }
        found
    }
}

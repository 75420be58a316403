//! Matches the lexicon's frames against a sentence's tree: which words tell which event, and who stands in which slot.

use super::{
    parties::{Found, Resolver, Strictness},
    reading::Reading,
};
use crate::lexicon::{Frame, Lexicon, Phrase, Presence, Rule, Slot, TriggerEntry};

/// One frame of one rule that fits a sentence.
#[derive(Clone, Debug)]
pub(super) struct Match {
    /// Index of the rule in the lexicon.
    pub rule: usize,
    /// The word that tells the event.
    pub trigger: usize,
    /// The verb that carries the trigger: itself, or the verb that governs an event noun.
    pub carrier: usize,
    pub actors: Vec<Found>,
    pub recipients: Vec<Found>,
    /// The frame demanded a negation, so that it does not say that nothing happened: "says it will not attend" is a refusal.
    pub is_refusal: bool,
    /// The frame asked for the verb that carries the noun: "scraps the visa requirement".
    pub is_told_by_carrier: bool,
    /// The modal or the condition of the clause is part of what tells it: "will not accept", "may cut ties if", "Mali must" in a release.
    pub is_told_by_modal: bool,
    /// The clauses in which it found what `complements` asks for; only they are what it speaks about. Empty: all of its complement.
    pub content: Vec<usize>,
    /// How many conditions the frame set: the most exact of several rules wins.
    pub conditions: usize,
}

/// Why a frame whose trigger stands in the sentence did not fit; shown by `attache explain`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Mismatch {
    WordClass,
    Particle,
    Object,
    Subject,
    Complement,
    Preposition(String),
    Governor,
    Unless,
    WithAny,
    Above,
    Kind,
    Domestic,
    Negation,
    Condition,
    Parties,
}

/// "each other" stands at most this many words behind the verb.
const RECIPROCAL_REACH: usize = 7;

/// A rule, the token at which it was tried, and why it did not fit.
pub(super) type Miss = (usize, usize, Mismatch);

/// All frames that fit, and those that nearly did. What asks for words that are not in the sentence is left out of both.
pub(super) fn find_matches(resolver: &Resolver) -> (Vec<Match>, Vec<Miss>) {
    let keys = resolver.reading.keys();
    let presence = resolver.lexicon.presence(keys.iter().flat_map(|keys| [keys.form, keys.lemma]));
    try_frames(resolver, Some(&presence))
}

/// All frames that fit, and all others whose trigger stands in the sentence.
pub(super) fn find_all(resolver: &Resolver) -> (Vec<Match>, Vec<Miss>) {
    try_frames(resolver, None)
}

fn try_frames(resolver: &Resolver, presence: Option<&Presence>) -> (Vec<Match>, Vec<Miss>) {
    let is_possible = |entry: &&TriggerEntry| presence.is_none_or(|presence| presence.allows(entry));
    let (mut matches, mut misses) = (Vec::new(), Vec::new());
    for (node, keys) in resolver.reading.keys().iter().enumerate() {
        for entry in resolver.lexicon.triggers(keys.lemma).iter().filter(is_possible) {
            let rule = &resolver.lexicon.rules[entry.rule as usize];
            let frame = &rule.frames[usize::from(entry.frame)];
            let phrase = &frame.words[usize::from(entry.phrase)];
            let may_be_barred = presence.is_none_or(|presence| presence.may_bar(entry));
            match (Trial { resolver, rule, frame, phrase, node, may_be_barred }).run(entry.rule as usize) {
                Ok(found) => matches.push(found),
                Err(why) => misses.push((entry.rule as usize, node, why)),
            }
        }
    }
    (matches, misses)
}

/// One frame tried at one word.
pub(super) struct Trial<'a> {
    pub resolver: &'a Resolver<'a>,
    pub rule: &'a Rule,
    pub frame: &'a Frame,
    pub phrase: &'a Phrase,
    pub node: usize,
    /// Whether it is worth looking for what bars the frame.
    pub may_be_barred: bool,
}

impl Trial<'_> {
    pub fn reading(&self) -> &Reading<'_> {
        self.resolver.reading
    }

    pub fn lexicon(&self) -> &Lexicon {
        self.resolver.lexicon
    }

    fn run(&self, rule: usize) -> Result<Match, Mismatch> {
        self.check_trigger()?;
        let carrier = self.carrier();
        self.check_words(carrier)?;
        let (actors, recipients) = self.parties(carrier);
        let lacking = (self.frame.needs_actors && actors.is_empty()) || (self.frame.needs_recipients && recipients.is_empty());
        if self.is_domestic(carrier, &actors, &recipients) || self.is_among_themselves(&actors, &recipients) {
            return Err(Mismatch::Domestic);
        }
        let mutual = actors.len() > 1 && recipients.is_empty() && self.is_reciprocal();
        if !mutual && (lacking || !self.is_international(&actors, &recipients)) {
            return Err(Mismatch::Parties);
        }
        let kind_fits = |found: &[Found], kind| found.iter().all(|party| self.lexicon().actors[party.actor as usize].kind == kind);
        if !self.frame.actor_kind.is_none_or(|kind| kind_fits(&actors, kind))
            || !self.frame.recipient_kind.is_none_or(|kind| kind_fits(&recipients, kind))
        {
            return Err(Mismatch::Kind);
        }
        if !self.has_other(&actors, &recipients) || !self.complement_fits_self(&actors) {
            return Err(Mismatch::Kind);
        }
        let is_refusal = self.frame.negated == Some(true);
        let is_of_issuer = self.frame.actors.contains(&Slot::Issuer);
        let is_told_by_modal =
            is_refusal || is_of_issuer || self.frame.conditional == Some(true) || !self.frame.complement_modals.is_empty();
        let is_told_by_carrier = !self.frame.governors.is_empty();
        let conditions = self.conditions() + self.phrase.words().len();
        let content = self.content();
        let trigger = self.node;
        Ok(Match { rule, trigger, carrier, actors, recipients, is_refusal, is_told_by_carrier, is_told_by_modal, content, conditions })
    }

    /// Two polities have a part in it, or the rule is content with one.
    fn is_international(&self, actors: &[Found], recipients: &[Found]) -> bool {
        match (actors.len(), recipients.len()) {
            (0, 0) => false,
            (0, 1) | (1, 0) => self.rule.alone,
            (_, 0) => self.rule.symmetric || self.rule.alone,
            (0, _) => self.rule.alone || self.rule.symmetric,
            _ => true,
        }
    }

    /// Whether what it is done to is named and is the actor's own: "the government condemned its court", which is domestic.
    fn is_domestic(&self, carrier: usize, actors: &[Found], recipients: &[Found]) -> bool {
        let code = |found: &Found| &self.lexicon().actors[found.actor as usize].code;
        let direct = |slot: &&Slot| matches!(slot, Slot::Object | Slot::Phrase(_));
        let named = |found: &Found| self.reading().mention_at(found.tokens.start).is_some_and(|mention| mention.tokens == found.tokens);
        let own = |found: &Found| named(found) && actors.iter().any(|actor| code(actor) == code(found) && actor.tokens != found.tokens);
        let slots = || self.frame.recipients.iter().filter(direct);
        // Two that sign something in the capital of one of them are not among themselves.
        recipients.is_empty()
            && actors.len() == 1
            && slots().any(|slot| self.slot(slot, carrier, Strictness::Affected, &[]).iter().any(own))
    }

    /// "the rebels and the government of Yemen sign a truce": several, but all of one polity.
    fn is_among_themselves(&self, actors: &[Found], recipients: &[Found]) -> bool {
        let code = |found: &Found| &self.lexicon().actors[found.actor as usize].code;
        let mut parties = actors.iter().chain(recipients);
        let first = parties.next().map(code);
        self.rule.symmetric && actors.len() + recipients.len() > 1 && parties.all(|found| Some(code(found)) == first)
    }

    /// "expelled each other's diplomats": what both do to one another has actors only.
    fn is_reciprocal(&self) -> bool {
        let reading = self.reading();
        let near = self.node..(self.node + RECIPROCAL_REACH).min(reading.len());
        let words = &self.lexicon().classes.reciprocals;
        let pair = |node: usize| format!("{} {}", reading.form(node - 1), reading.form(node)).to_lowercase();
        near.into_iter().any(|node| words.contains(reading.lemma(node)) || (node > 0 && words.contains(&pair(node))))
    }

    fn conditions(&self) -> usize {
        let frame = self.frame;
        let lists = [&frame.objects, &frame.subjects, &frame.complements, &frame.governors, &frame.above, &frame.above];
        let demands = [frame.negated, frame.conditional, frame.complement_self].into_iter().flatten().count();
        lists.iter().filter(|list| !list.is_empty()).count() + frame.phrases.len() + demands
    }
}

/// Whether a node is, or hangs anywhere below, another.
pub(super) fn is_below(reading: &Reading, node: usize, ancestor: usize) -> bool {
    let mut at = Some(node);
    while let Some(here) = at {
        if here == ancestor {
            return true;
        }
        at = reading.head(here);
    }
    false
}

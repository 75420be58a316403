//! Matches the lexicon's frames against a sentence's tree: which words tell which event, and who stands in which slot.

use super::{
    parties::{Found, Resolver},
    reading::Reading,
};
use crate::{
    lexicon::{Frame, Lexicon, Phrase, Rule, TriggerKind},
    syntax::{Relation, Upos, Xpos},
};

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
    Above,
    Kind,
    Parties,
}

/// A rule, the token at which it was tried, and why it did not fit.
pub(super) type Miss = (usize, usize, Mismatch);

/// All frames that fit, and those that nearly did.
pub(super) fn find_matches(resolver: &Resolver) -> (Vec<Match>, Vec<Miss>) {
    let (mut matches, mut misses) = (Vec::new(), Vec::new());
    for node in 0..resolver.reading.len() {
        for entry in resolver.lexicon.triggers(resolver.reading.lemma(node)) {
            let rule = &resolver.lexicon.rules[entry.rule as usize];
            let frame = &rule.frames[usize::from(entry.frame)];
            let phrase = &frame.words[usize::from(entry.phrase)];
            match (Trial { resolver, rule, frame, phrase, node }).run(entry.rule as usize) {
                Ok(found) => matches.push(found),
                Err(why) => misses.push((entry.rule as usize, node, why)),
            }
        }
    }
    (matches, misses)
}

/// Words that must and must not stand somewhere, the words that do stand there, and what it is called when they do not fit.
type WordList<'a> = (&'a [Phrase], &'a [Phrase], &'a dyn Fn() -> Vec<usize>, Mismatch);

/// One frame tried at one word.
pub(super) struct Trial<'a> {
    pub resolver: &'a Resolver<'a>,
    pub rule: &'a Rule,
    pub frame: &'a Frame,
    pub phrase: &'a Phrase,
    pub node: usize,
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
        if lacking || !self.is_international(&actors, &recipients) {
            return Err(Mismatch::Parties);
        }
        let kind_fits = |found: &[Found], kind| found.iter().all(|party| self.lexicon().actors[party.actor as usize].kind == kind);
        if !self.frame.actor_kind.is_none_or(|kind| kind_fits(&actors, kind))
            || !self.frame.recipient_kind.is_none_or(|kind| kind_fits(&recipients, kind))
        {
            return Err(Mismatch::Kind);
        }
        Ok(Match { rule, trigger: self.node, carrier, actors, recipients, conditions: self.conditions() + self.phrase.0.len() })
    }

    fn check_trigger(&self) -> Result<(), Mismatch> {
        let node = self.reading().node(self.node);
        let fits = match self.frame.trigger {
            // A participle before its noun describes, and tells nothing: "sanctioned oil".
            TriggerKind::Verb if node.relation == Relation::Amod && node.head.is_some_and(|head| head > self.node) => false,
            TriggerKind::Verb => node.upos == Upos::Verb || matches!(node.xpos, Xpos::Vbn | Xpos::Vbg | Xpos::Vbd | Xpos::Vbz | Xpos::Vbp),
            TriggerKind::Noun => matches!(node.upos, Upos::Noun | Upos::Propn),
            TriggerKind::Adjective => matches!(node.upos, Upos::Adj | Upos::Verb),
        };
        if !fits {
            return Err(Mismatch::WordClass);
        }
        let whole = match self.frame.trigger {
            TriggerKind::Verb => self.reading().begins_phrase(self.node, self.phrase),
            _ => self.reading().ends_phrase(self.node, self.phrase),
        };
        if whole { Ok(()) } else { Err(Mismatch::Particle) }
    }

    /// The verb that carries the trigger. "held talks": the light verb; "after talks": the verb of the clause.
    fn carrier(&self) -> usize {
        match self.frame.trigger {
            TriggerKind::Verb => self.node,
            _ => self.reading().governor(self.node).unwrap_or(self.node),
        }
    }

    fn check_words(&self, carrier: usize) -> Result<(), Mismatch> {
        let (reading, frame) = (self.reading(), self.frame);
        let heads = |nodes: Vec<usize>| -> Vec<usize> {
            let through = nodes.into_iter().map(|node| reading.through_conduits(node, self.lexicon()));
            through.flat_map(|node| reading.with_conjuncts(node)).collect()
        };
        let subjects = || heads(reading.subjects(carrier));
        let lists: [WordList; 4] = [
            (&frame.objects, &frame.not_objects, &|| heads(self.objects()), Mismatch::Object),
            (&frame.subjects, &frame.not_subjects, &subjects, Mismatch::Subject),
            (&frame.complements, &frame.not_complements, &|| self.complement_words(), Mismatch::Complement),
            (&frame.governors, &frame.not_governors, &|| self.governors(), Mismatch::Governor),
        ];
        for (wanted, unwanted, nodes, mismatch) in lists {
            if wanted.is_empty() && unwanted.is_empty() {
                continue;
            }
            let nodes = nodes();
            let has = |phrases: &[Phrase]| nodes.iter().any(|node| phrases.iter().any(|phrase| reading.ends_phrase(*node, phrase)));
            if (!wanted.is_empty() && !has(wanted)) || has(unwanted) {
                return Err(mismatch);
            }
        }
        let barred = |node: usize| frame.unless.iter().any(|phrase| reading.ends_phrase(node, phrase));
        if !frame.unless.is_empty() && (0..reading.len()).any(barred) {
            return Err(Mismatch::Unless);
        }
        self.check_above()?;
        self.check_complement_form()?;
        for (preposition, words) in &frame.phrases {
            let nodes = heads(reading.phrases(self.node, preposition));
            if !nodes.iter().any(|node| reading.ends_any(*node, words)) {
                return Err(Mismatch::Preposition(preposition.clone()));
            }
        }
        Ok(())
    }

    /// The objects of a verb trigger; of "call for" and "hand over" also the phrase that the parser hung on the last word.
    pub fn objects(&self) -> Vec<usize> {
        let reading = self.reading();
        if self.phrase.0.len() > 1 && self.frame.trigger == TriggerKind::Verb && !reading.is_passive(self.node) {
            let phrases = reading.phrases(self.node, self.phrase.last());
            if !phrases.is_empty() {
                return phrases;
            }
        }
        reading.objects(self.node)
    }

    /// What the complement's auxiliaries are, and whether it is finite.
    fn check_complement_form(&self) -> Result<(), Mismatch> {
        let (reading, frame) = (self.reading(), self.frame);
        let clauses = reading.complements(self.node);
        let is_infinitive =
            |clause: usize| reading.dependents(clause, &[Relation::Mark]).any(|mark| reading.form(mark).eq_ignore_ascii_case("to"));
        let kind_fits = frame.complement_finite.is_none_or(|finite| clauses.iter().any(|clause| is_infinitive(*clause) != finite));
        let modal = |clause: &usize| {
            let auxiliaries = reading.dependents(*clause, &[Relation::Aux]).filter(|word| reading.lemma(*word) != "have");
            let governs = reading.dependents(*clause, &[Relation::Xcomp]).next().map(|_| *clause);
            auxiliaries.chain(governs).any(|word| reading.ends_any(word, &frame.complement_modals))
        };
        let modal_fits = frame.complement_modals.is_empty() || clauses.iter().any(modal);
        if kind_fits && modal_fits { Ok(()) } else { Err(Mismatch::Complement) }
    }

    /// "despite sanctions": what governs a background says nothing of it.
    fn is_background(&self) -> bool {
        let noun = self.frame.trigger == TriggerKind::Noun;
        noun && self.reading().preposition(self.node).is_some_and(|preposition| self.lexicon().classes.backgrounds.contains(&preposition))
    }

    /// What governs the trigger from above: the verbs and nouns that plan, demand or threaten it.
    fn check_above(&self) -> Result<(), Mismatch> {
        let (reading, frame) = (self.reading(), self.frame);
        if frame.above.is_empty() && frame.not_above.is_empty() {
            return Ok(());
        }
        let above = if self.is_background() { Vec::new() } else { reading.above(self.node) };
        let has = |phrases: &[Phrase]| {
            above.iter().any(|node| phrases.iter().any(|phrase| reading.ends_phrase(*node, phrase) || reading.begins_phrase(*node, phrase)))
        };
        let fits = (frame.above.is_empty() || has(&frame.above)) && !has(&frame.not_above);
        if fits { Ok(()) } else { Err(Mismatch::Above) }
    }

    /// The verbs of the complement, and the nouns that light verbs carry there ("agree to hold talks").
    fn complement_words(&self) -> Vec<usize> {
        let reading = self.reading();
        let clauses = reading.complements(self.node);
        let objects =
            clauses.iter().flat_map(|clause| reading.objects(*clause)).map(|object| reading.through_conduits(object, self.lexicon()));
        let objects: Vec<usize> = objects.collect();
        clauses.into_iter().chain(objects).collect()
    }

    /// The verb whose object, subject or phrase an event noun is.
    fn governors(&self) -> Vec<usize> {
        self.reading().governor(self.node).filter(|_| !self.is_background()).into_iter().collect()
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

    fn conditions(&self) -> usize {
        let frame = self.frame;
        let lists = [&frame.objects, &frame.subjects, &frame.complements, &frame.governors, &frame.above, &frame.above];
        lists.iter().filter(|list| !list.is_empty()).count() + frame.phrases.len()
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

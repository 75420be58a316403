//! Matches the lexicon's frames against a sentence's tree: which words tell which event, and who stands in which slot.

use super::{
    parties::{Found, Resolver, Strictness},
    reading::Reading,
};
use crate::{
    lexicon::{EventType, Frame, Lexicon, Mode, Naming, Phrase, Rule, Slot, TriggerKind},
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
struct Trial<'a> {
    resolver: &'a Resolver<'a>,
    rule: &'a Rule,
    frame: &'a Frame,
    phrase: &'a Phrase,
    node: usize,
}

impl Trial<'_> {
    fn reading(&self) -> &Reading<'_> {
        self.resolver.reading
    }

    fn lexicon(&self) -> &Lexicon {
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
    fn objects(&self) -> Vec<usize> {
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

    fn parties(&self, carrier: usize) -> (Vec<Found>, Vec<Found>) {
        let acting = if self.frame.loose_actors { Strictness::Affected } else { Strictness::Acting };
        let actors = self.fill(&self.frame.actors, carrier, acting, &[]);
        let strictness = match (self.rule.event, self.rule.mode) {
            (_, Some(Mode::Visit)) => Strictness::Visited,
            (Some(EventType::Consult | EventType::Agree | EventType::Request), _) => Strictness::Acting,
            _ => Strictness::Affected,
        };
        // Two who agree with each other have no third in what they agree about, unless the text says "with".
        let complete = self.rule.symmetric && actors.len() > 1;
        let slots: Vec<Slot> = self
            .frame
            .recipients
            .iter()
            .filter(|slot| !complete || matches!(slot, Slot::Phrase(word) if word == "with"))
            .cloned()
            .collect();
        let recipients = self.fill(&slots, carrier, strictness, &actors);
        (actors, recipients)
    }

    /// The first slot that holds a party (other than `taken`) decides.
    fn fill(&self, slots: &[Slot], carrier: usize, strictness: Strictness, taken: &[Found]) -> Vec<Found> {
        let code = |found: &Found| &self.lexicon().actors[found.actor as usize].code;
        for slot in slots {
            let mut found = self.slot(slot, carrier, strictness);
            found.retain(|party| !taken.iter().any(|other| code(other) == code(party)));
            if !found.is_empty() {
                return found;
            }
        }
        Vec::new()
    }

    fn slot(&self, slot: &Slot, carrier: usize, strictness: Strictness) -> Vec<Found> {
        let (reading, resolver) = (self.reading(), self.resolver);
        let clauses = || reading.complements(self.node);
        match slot {
            Slot::Subject => self.subject(carrier, strictness),
            Slot::Owner => self.owners(),
            Slot::Compound => self.compounds(),
            Slot::Modified => resolver.parties(&reading.head(self.node).into_iter().collect::<Vec<_>>(), strictness),
            Slot::ObjectOwner => resolver.parties(&self.objects(), Strictness::Affected),
            Slot::Object => resolver.parties(&self.objects(), strictness),
            Slot::Possessor => self.possessor(),
            Slot::Phrase(preposition) => self.phrase(preposition, carrier, strictness),
            Slot::ComplementSubject => {
                let subjects: Vec<usize> = clauses().into_iter().flat_map(|clause| reading.subjects(clause)).collect();
                resolver.parties(&subjects, Strictness::Acting)
            }
            Slot::ComplementObject => self.complement_objects(&clauses(), strictness),
            Slot::Complement => {
                let inside: Vec<usize> =
                    (0..reading.len()).filter(|node| clauses().iter().any(|clause| is_below(reading, *node, *clause))).collect();
                self.mentions(inside)
            }
            Slot::Before => self.mentions((0..self.node).rev().collect()).into_iter().take(1).collect(),
            Slot::After => self.mentions((self.node + 1..reading.len()).collect()).into_iter().take(1).collect(),
        }
    }

    /// An event noun takes its actors from the verb that carries it, else from the clause that describes it ("the sanctions it
    /// has imposed"); a verb from itself.
    fn subject(&self, carrier: usize, strictness: Strictness) -> Vec<Found> {
        let (reading, resolver) = (self.reading(), self.resolver);
        if self.frame.trigger == TriggerKind::Verb {
            return resolver.parties(&reading.subjects(self.node), strictness);
        }
        let found = resolver.parties(&reading.subjects(carrier), strictness);
        if !found.is_empty() {
            return found;
        }
        let clauses = reading.dependents(self.node, &[Relation::AclRelcl, Relation::Acl]);
        let subjects: Vec<usize> = clauses.flat_map(|clause| reading.subjects(clause)).filter(|subject| *subject != self.node).collect();
        resolver.parties(&subjects, strictness)
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
        self.possessor().into_iter().filter(about).collect()
    }

    fn possessor(&self) -> Vec<Found> {
        let mut heads: Vec<usize> = self.resolver.base(self.node).into_iter().filter(|node| *node != self.node).collect();
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
        let mut heads = self.reading().phrases(self.node, preposition);
        let is_argument = matches!(self.reading().first_conjunct_relation(self.node), Relation::Obj | Relation::NsubjPass);
        if heads.is_empty() && carrier != self.node && is_argument {
            heads = self.reading().phrases(carrier, preposition);
        }
        self.resolver.parties(&heads, strictness)
    }

    /// The first party among the objects of the complement, of what it governs in turn, and of their phrases.
    fn complement_objects(&self, clauses: &[usize], strictness: Strictness) -> Vec<Found> {
        let reading = self.reading();
        for clause in clauses {
            let inner: Vec<usize> = reading.dependents(*clause, &[Relation::Xcomp, Relation::Ccomp]).collect();
            for verb in std::iter::once(*clause).chain(inner) {
                let objects = reading.objects(verb);
                let mut phrases: Vec<usize> = reading.dependents(verb, &[Relation::Obl]).collect();
                phrases.extend(objects.iter().flat_map(|object| reading.dependents(*object, &[Relation::Nmod])));
                let found =
                    [objects, phrases].into_iter().map(|heads| self.resolver.parties(&heads, strictness)).find(|found| !found.is_empty());
                if let Some(found) = found {
                    return found;
                }
            }
        }
        Vec::new()
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

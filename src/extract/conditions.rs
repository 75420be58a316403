//! What a frame asks of the words around its trigger.

use super::{
    clause::SUBJECTS,
    frames::{Mismatch, Trial, is_below},
    mentions::ActorMention,
    parties::{Found, Strictness},
};
use crate::{
    lexicon::{Naming, Phrase, TriggerKind},
    syntax::{Relation, Upos, Xpos},
};

/// Words that must and must not stand somewhere, the words that do stand there, and what it is called when they do not fit.
type WordList<'a> = (&'a [Phrase], &'a [Phrase], &'a dyn Fn() -> Vec<usize>, Mismatch);

impl Trial<'_> {
    pub fn check_trigger(&self) -> Result<(), Mismatch> {
        let node = self.reading().node(self.node);
        let describes = self.is_describing_participle();
        let fits = match self.frame.trigger {
            TriggerKind::Verb if describes => false,
            TriggerKind::Adjective if describes => true,
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

    /// A participle before its noun describes, and tells nothing: "sanctioned oil", also where the parser took it for a clause behind
    /// a preposition: "with sanctioned Russian companies".
    fn is_describing_participle(&self) -> bool {
        let reading = self.reading();
        let node = reading.node(self.node);
        let before_noun = node.relation == Relation::Amod && node.head.is_some_and(|head| head > self.node);
        let participle = matches!(node.xpos, Xpos::Vbn | Xpos::Vbd);
        let before = self.node.checked_sub(1);
        let behind_preposition = before.is_some_and(|before| reading.node(before).upos == Upos::Adp);
        // "carrying sanctioned oil".
        let has_noun = reading.dependents(self.node, &[Relation::Obj]).next().is_some();
        let behind_verb = node.relation == Relation::Xcomp && node.head.is_some() && node.head == before && has_noun;
        before_noun || (participle && (behind_preposition || behind_verb))
    }

    /// The verb that carries the trigger. "held talks": the light verb; "after talks": the verb of the clause.
    pub fn carrier(&self) -> usize {
        match self.frame.trigger {
            TriggerKind::Verb => self.node,
            // Who answers a deed has not done it.
            _ => self.reading().governor(self.node).filter(|verb| !self.is_answer(*verb)).unwrap_or(self.node),
        }
    }

    pub fn check_words(&self, carrier: usize) -> Result<(), Mismatch> {
        let (reading, frame) = (self.reading(), self.frame);
        let heads = |nodes: Vec<usize>| -> Vec<usize> {
            let through = nodes.into_iter().map(|node| reading.through_conduits(node, self.lexicon()));
            through.flat_map(|node| reading.with_conjuncts(node)).collect()
        };
        let subjects = || heads(reading.subjects(carrier));
        let lists: [WordList; 3] = [
            (&frame.objects, &frame.not_objects, &|| heads(self.antecedents(self.objects())), Mismatch::Object),
            (&frame.subjects, &frame.not_subjects, &subjects, Mismatch::Subject),
            (&frame.governors, &frame.not_governors, &|| self.governors(), Mismatch::Governor),
        ];
        for (wanted, unwanted, nodes, mismatch) in lists {
            if wanted.is_empty() && unwanted.is_empty() {
                continue;
            }
            let nodes = nodes();
            let has = |nodes: &[usize], phrases: &[Phrase]| {
                nodes.iter().any(|node| phrases.iter().any(|phrase| reading.ends_phrase(*node, phrase)))
            };
            if (!wanted.is_empty() && !has(&nodes, wanted) && !has(&self.titles(&nodes), wanted)) || has(&nodes, unwanted) {
                return Err(mismatch);
            }
        }
        let stands = |phrase: &&Phrase| reading.may_end_phrase(phrase);
        let bars = |phrase: &Phrase| (0..reading.len()).any(|node| reading.ends_phrase(node, phrase) && !self.is_of_name(node, phrase));
        if self.may_be_barred && frame.unless.iter().filter(stands).any(bars) {
            return Err(Mismatch::Unless);
        }
        let asked = |phrase: &Phrase| (0..reading.len()).any(|node| reading.ends_phrase(node, phrase));
        if !frame.with_any.is_empty() && !frame.with_any.iter().filter(stands).any(asked) {
            return Err(Mismatch::WithAny);
        }
        self.check_above()?;
        self.check_complement_form()?;
        self.check_complement_words()?;
        if frame.negated.is_some_and(|negated| negated != self.is_negated()) || (frame.negated == Some(true) && self.is_left_undone()) {
            return Err(Mismatch::Negation);
        }
        if frame.conditional.is_some_and(|conditional| conditional != self.is_conditional(carrier)) {
            return Err(Mismatch::Condition);
        }
        if frame.background && !self.is_background() {
            return Err(Mismatch::Governor);
        }
        for (preposition, words) in &frame.phrases {
            let nodes = heads(reading.phrases(self.node, preposition));
            if !nodes.iter().any(|node| reading.ends_any(*node, words)) {
                return Err(Mismatch::Preposition(preposition.clone()));
            }
        }
        Ok(())
    }

    /// "the European Union" is no union: a word of a state's or an organisation's longer name says nothing else.
    fn is_of_name(&self, node: usize, phrase: &Phrase) -> bool {
        let is_longer = |mention: &ActorMention| mention.naming == Naming::Name && mention.tokens.len() > phrase.words().len();
        let says_nothing = phrase.is_single() && self.lexicon().classes.name_words.contains(phrase.first());
        says_nothing && self.reading().mention_at(node).is_some_and(is_longer)
    }

    /// The offices that stand with names: "ambassador" in "summoned Niger's ambassador Kiari Liman".
    fn titles(&self, nodes: &[usize]) -> Vec<usize> {
        let bases = nodes.iter().flat_map(|node| self.resolver.base(*node).iter().copied());
        let apposed = nodes.iter().flat_map(|node| self.reading().dependents(*node, &[Relation::Appos]));
        bases.chain(apposed).filter(|node| self.resolver.is_institution(*node)).collect()
    }

    /// What a pronoun that is an object stands for, where the clause above has one: "reopens its embassy after closing *it*".
    fn antecedents(&self, nodes: Vec<usize>) -> Vec<usize> {
        let reading = self.reading();
        let is_pronoun = |node: &usize| reading.node(*node).upos == Upos::Pron;
        if !nodes.iter().any(is_pronoun) {
            return nodes;
        }
        let above = reading.head(self.node).filter(|_| matches!(reading.relation(self.node), Relation::Advcl | Relation::Conj));
        let objects = above.into_iter().flat_map(|verb| reading.objects(verb)).filter(|object| *object < self.node);
        let objects: Vec<usize> = objects.collect();
        nodes.into_iter().chain(objects).collect()
    }

    /// The objects of a verb trigger; of "call for" and "hand over" also the phrase that the parser hung on the last word.
    pub fn objects(&self) -> Vec<usize> {
        let reading = self.reading();
        if !self.phrase.is_single() && self.frame.trigger == TriggerKind::Verb && !reading.is_passive(self.node) {
            let phrases = reading.phrases(self.node, self.phrase.last());
            if !phrases.is_empty() {
                return phrases;
            }
        }
        reading.objects(self.node)
    }

    /// "not", "never" or "no" at the trigger, at its complement or at the verb whose complement it is: "vows not to", "does not plan to".
    fn is_negated(&self) -> bool {
        let reading = self.reading();
        let governor = reading.head(self.node).filter(|_| reading.relation(self.node) == Relation::Xcomp);
        let objects = reading.dependents(self.node, &[Relation::Obj]);
        let mut places = std::iter::once(self.node).chain(governor).chain(objects).chain(reading.complements(self.node));
        places.any(|place| self.has_negation(place))
    }

    fn has_negation(&self, place: usize) -> bool {
        let reading = self.reading();
        let is_negation = |word: usize| {
            let relation = matches!(reading.relation(word), Relation::Advmod | Relation::Det | Relation::Cc | Relation::Mark);
            let no_longer = reading.form(word) == "longer" && word > 0 && reading.form(word - 1).eq_ignore_ascii_case("no");
            relation && (no_longer || self.lexicon().classes.negations.contains(reading.lemma(word)))
        };
        reading.children(place).iter().any(|word| is_negation(*word))
    }

    /// "Spain has not recognised Kosovo" says what did not happen, not that Spain refuses.
    fn is_left_undone(&self) -> bool {
        let reading = self.reading();
        let is_present_perfect = |word: usize| reading.lemma(word) == "have" && reading.form(word) != "had";
        reading.node(self.node).xpos == Xpos::Vbn
            && self.has_negation(self.node)
            && reading.dependents(self.node, &[Relation::Aux]).any(is_present_perfect)
    }

    /// "if" or "unless" in the clause of the trigger, or in that of the verb that governs it.
    fn is_conditional(&self, carrier: usize) -> bool {
        let reading = self.reading();
        let clauses = [Some(self.node), Some(carrier), reading.head(carrier)].into_iter().flatten();
        let is_condition = |clause: usize| {
            reading.dependents(clause, &[Relation::Mark]).any(|mark| {
                let word = reading.form(mark).to_lowercase();
                self.lexicon().classes.conditions.contains(&word) && word != "whether"
            })
        };
        let other = |clause: &usize| !is_below(reading, self.node, *clause);
        clauses.flat_map(|verb| reading.dependents(verb, &[Relation::Advcl, Relation::Ccomp])).filter(other).any(is_condition)
    }

    /// Whether a polity is named that is none of the actors, or one had a part in what was told last.
    pub fn has_other(&self, actors: &[Found], recipients: &[Found]) -> bool {
        let code = |actor: u32| &self.lexicon().actors[actor as usize].code;
        let is_other = |mention: &ActorMention| actors.iter().all(|found| code(found.actor) != code(mention.actor));
        let several = actors.iter().any(|actor| code(actor.actor) != code(actors[0].actor));
        let told =
            || self.resolver.discourse.dyad.into_iter().flatten().any(|other| actors.iter().all(|found| code(found.actor) != code(other)));
        !self.frame.needs_other || several || !recipients.is_empty() || self.reading().mentions.iter().any(is_other) || told()
    }

    /// Whether the complement is about what the actor does: an infinitive, a pronoun or the actor's own name as its subject.
    pub fn complement_fits_self(&self, actors: &[Found]) -> bool {
        let Some(wanted) = self.frame.complement_self else { return true };
        let reading = self.reading();
        let about_self = |clause: usize| {
            let mut subjects = reading.dependents(clause, SUBJECTS).peekable();
            let Some(subject) = subjects.peek().copied() else { return reading.is_infinitive(clause) };
            let named = self.resolver.parties(&[subject], Strictness::Acting);
            let own = named.iter().any(|found| actors.iter().any(|actor| actor.actor == found.actor));
            own || (named.is_empty() && reading.node(subject).upos == Upos::Pron)
        };
        reading.complements(self.node).into_iter().any(about_self) == wanted
    }

    /// "despite sanctions", "reciprocates the expulsion": what governs a background says nothing of it.
    fn is_background(&self) -> bool {
        let (reading, classes) = (self.reading(), &self.lexicon().classes);
        let answered = || reading.governor(self.node).is_some_and(|verb| self.is_answer(verb));
        let behind = || reading.preposition(self.node).is_some_and(|preposition| classes.backgrounds.contains(&preposition));
        self.frame.trigger == TriggerKind::Noun && (behind() || answered())
    }

    /// Whether a verb answers what the trigger tells, and is not asked for by the frame: "responds to criticism".
    fn is_answer(&self, verb: usize) -> bool {
        let lemma = self.reading().lemma(verb);
        self.lexicon().classes.responses.contains(lemma) && self.frame.governors.iter().all(|phrase| phrase.first() != lemma)
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

    /// The verb whose object, subject or phrase an event noun is.
    fn governors(&self) -> Vec<usize> {
        let reading = self.reading();
        // "sanctions hit Russia": they are not what is hit.
        let acts = |verb: &usize| {
            let subject = self.rule.action.is_some() && reading.first_conjunct_relation(self.node) == Relation::Nsubj;
            subject && reading.dependents(*verb, &[Relation::Obj]).next().is_some()
        };
        reading.governor(self.node).filter(|verb| !self.is_background() && !acts(verb)).into_iter().collect()
    }
}

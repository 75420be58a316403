//! Verbs that the tagger takes for nouns or participles, since news says "Egypt scraps its deal" and "Norway, a member, called for talks"
//! where treebanks seldom have the like.

use super::units::Unit;
use crate::{
    lexicon::{Lexicon, TriggerKind, WordKey},
    syntax::{Upos, VerbForm, Xpos},
    text::lower,
};

/// A unit's classes as the tagger gave them.
type Tags = (Upos, Xpos);

/// Marks the words that can only be verbs where they stand, and says where the first one is that was not tagged as such. `tags` are
/// those of the units.
pub(super) fn mark_verbs(units: &mut [Unit], tags: &[Tags], lexicon: &Lexicon) -> Option<usize> {
    let clause = Clause { units, tags, lexicon };
    let places = 1..units.len().saturating_sub(1);
    let plain: Vec<usize> = places.clone().filter(|at| clause.is_verb_read_as_noun(*at)).collect();
    let infinitives: Vec<usize> = places.clone().filter(|at| clause.is_infinitive_read_as_noun(*at)).collect();
    let bare: Vec<usize> = places.clone().filter(|at| clause.is_infinitive_behind_modal(*at)).collect();
    let past = places.into_iter().find(|at| clause.is_verb_read_as_participle(*at)).filter(|_| plain.is_empty());
    let mut first = None;
    let mut mark = |at: usize, form: VerbForm| {
        units[at].verb = Some(form);
        first = Some(first.map_or(at, |first: usize| first.min(at)));
    };
    plain.into_iter().for_each(|at| mark(at, VerbForm::Plain));
    past.into_iter().for_each(|at| mark(at, VerbForm::Past));
    infinitives.iter().for_each(|at| mark(*at - 1, VerbForm::Marker));
    infinitives.into_iter().chain(bare).for_each(|at| mark(at, VerbForm::Infinitive));
    first
}

/// A tagged sentence.
struct Clause<'a, 't> {
    units: &'a [Unit<'t>],
    tags: &'a [Tags],
    lexicon: &'a Lexicon,
}

impl Clause<'_, '_> {
    fn form(&self, at: usize) -> &str {
        self.units[at].form
    }

    fn is(&self, at: usize, upos: Upos) -> bool {
        self.tags[at].0 == upos
    }

    fn is_noun(&self, at: usize) -> bool {
        matches!(self.tags[at].0, Upos::Noun | Upos::Propn)
    }

    fn is_comma(&self, at: usize) -> bool {
        self.form(at) == ","
    }

    /// A word that begins a clause about the noun before.
    fn is_relative(&self, at: usize) -> bool {
        matches!(&*lower(self.form(at)), "which" | "who" | "whose")
    }

    /// The lemma of the trigger that a word of that class may be as a verb.
    fn verb_at(&self, at: usize, class: Tags) -> Option<&str> {
        let is_candidate = self.tags[at] == class && self.units[at].tokens.len() == 1;
        if is_candidate { self.lexicon.verb_of(self.form(at)) } else { None }
    }

    /// "Egypt scraps its deal", "France hands over the base": a plural that may be a verb stands between a noun phrase in front of its
    /// clause and the beginning of another, which no preposition joins to it.
    fn is_verb_read_as_noun(&self, at: usize) -> bool {
        let Some(verb) = self.verb_at(at, (Upos::Noun, Xpos::Nns)) else { return false };
        let next = lower(self.form(at + 1));
        let is_phrasal = matches!(&*next, "over" | "off" | "out" | "up" | "down" | "back" | "away") && self.is_particle_of(verb, &next);
        let says = next == "that" && self.lexicon.classes.sayings.contains(verb);
        let begins = says || if is_phrasal { self.begins_phrase(at + 2) } else { self.begins_with_article(at + 1) };
        let is_open = self.is_behind_relative(at) || self.is_behind_pronoun(at) || self.is_behind_manner(at) || self.is_only_verb(at);
        // "charges and sanctions nine companies".
        let is_verb = |place: usize| self.is_finite(place) || self.verb_at(place, (Upos::Noun, Xpos::Nns)).is_some();
        let is_second = || self.is_joined(at) && at > 1 && is_verb(at - 2) && self.is(at + 1, Upos::Num);
        let is_opened = || self.is_behind_opened_name(at) && matches!(self.tags[at + 1].0, Upos::Num | Upos::Propn | Upos::Adj);
        (begins && (self.ends_subject(at) || self.is_joined(at)))
            || is_second()
            || is_opened()
            || (is_open && (begins || self.begins_phrase(at + 1)))
    }

    /// "plans to boycott the talks", "told to hand over its stockpile", "wants to free two hostages", "decided to ship coal": behind "to"
    /// stands a word that may be a verb, and the verb before asks for one, or a noun phrase begins behind it.
    fn is_infinitive_read_as_noun(&self, at: usize) -> bool {
        if self.form(at - 1) != "to" || !self.may_be_bare_verb(at) {
            return false;
        }
        let before = at.checked_sub(2).map(|before| lower(self.form(before)));
        let governor = before.as_deref().and_then(|before| self.lexicon.verb_of(before));
        governor.is_some_and(|verb| self.lexicon.classes.infinitive_verbs.contains(verb)) || self.has_object_behind(at)
    }

    /// "will free two hostages", "did not broker talks": right behind an auxiliary that wants an infinitive.
    fn is_infinitive_behind_modal(&self, at: usize) -> bool {
        let is_negation = |place: usize| matches!(self.form(place), "not" | "n't" | "never" | "also") && self.is_closed(place);
        let Some(before) = (0..at).rev().find(|place| !is_negation(*place)) else { return false };
        let asks = self.tags[before].1 == Xpos::Md || (before + 1 < at && matches!(&*lower(self.form(before)), "did" | "does" | "do"));
        asks && self.may_be_bare_verb(at)
    }

    /// An adverb or a particle.
    fn is_closed(&self, at: usize) -> bool {
        matches!(self.tags[at].0, Upos::Adv | Upos::Part)
    }

    /// Whether a word that was tagged as a noun or an adjective may be a verb without an ending.
    fn may_be_bare_verb(&self, at: usize) -> bool {
        let is_candidate = matches!(self.tags[at], (Upos::Noun, Xpos::Nn) | (Upos::Adj, Xpos::Jj)) && self.units[at].tokens.len() == 1;
        is_candidate && self.lexicon.verb_of(self.form(at)) == Some(self.form(at))
    }

    /// Whether the object of a verb begins behind a word, or behind the particle of that verb.
    fn has_object_behind(&self, at: usize) -> bool {
        let classes = &self.lexicon.classes;
        let is_day = |place: usize| {
            let word = lower(self.form(place));
            classes.days.contains(&word) || classes.months.contains(&word)
        };
        let next = lower(self.form(at + 1));
        let is_named = matches!(self.tags[at + 1].0, Upos::Propn | Upos::Num | Upos::Adj) && !is_day(at + 1);
        let is_governed = at > 1 && matches!(self.tags[at - 2].0, Upos::Verb | Upos::Propn) && !is_day(at - 2);
        let is_phrasal = self.is_particle_of(self.form(at), &next) && self.is(at + 1, Upos::Adp) && self.begins_phrase(at + 2);
        self.begins_with_article(at + 1) || is_phrasal || (is_named && is_governed)
    }

    /// "says that France bars officials": its clause has no other verb, though the sentence has.
    fn is_only_verb(&self, at: usize) -> bool {
        let start = self.start_of_phrase(at).filter(|start| *start > 0 && self.opens_clause(*start) && !self.is_object(*start));
        start.is_some_and(|start| !self.has_main_verb(start, at)) && (0..self.units.len()).any(|place| self.is_finite(place))
    }

    /// "Norway, a member of the bloc, called for talks": a participle stands behind a subject in a clause that has no other verb, and before
    /// what it can only have when it acts itself.
    fn is_verb_read_as_participle(&self, at: usize) -> bool {
        let Some(verb) = self.verb_at(at, (Upos::Verb, Xpos::Vbn)) else { return false };
        let next = lower(self.form(at + 1));
        let acts = self.begins_phrase(at + 1) || (next != "by" && self.is_particle_of(verb, &next));
        let subject = self.start_of_subject(at);
        acts && subject.is_some_and(|start| self.opens_clause(start) && !self.is_object(start) && !self.has_main_verb(start, at))
    }

    /// Whether some rule asks for the word as a particle or preposition of the verb: "hands over".
    fn is_particle_of(&self, verb: &str, word: &str) -> bool {
        self.lexicon.triggers(WordKey::of(verb)).iter().any(|entry| {
            let frame = &self.lexicon.rules[entry.rule as usize].frames[usize::from(entry.frame)];
            let words = frame.words[usize::from(entry.phrase)].words();
            frame.trigger == TriggerKind::Verb && words.len() == 2 && *words[1].text == *word
        })
    }

    /// An article or a possessive pronoun stands there, which no noun can be before.
    fn begins_with_article(&self, at: usize) -> bool {
        let is_article = |form: &str| matches!(&*lower(form), "the" | "a" | "an" | "its" | "his" | "her" | "their");
        self.tags.get(at).is_some_and(|(upos, xpos)| *upos == Upos::Det || *xpos == Xpos::PrpPoss) && is_article(self.form(at))
    }

    /// Any noun phrase may begin there.
    fn begins_phrase(&self, at: usize) -> bool {
        let begins = |(upos, xpos): &Tags| {
            matches!(upos, Upos::Det | Upos::Adj | Upos::Noun | Upos::Propn | Upos::Num) || matches!(xpos, Xpos::PrpPoss | Xpos::Vbn)
        };
        self.tags.get(at).is_some_and(begins)
    }

    /// "France, which leads the bloc, bars officials": a clause about a noun ends right before.
    fn is_behind_relative(&self, at: usize) -> bool {
        let opens = |place: usize| self.is_comma(place) && self.is_relative(place + 1);
        let Some(comma) = at.checked_sub(1).filter(|before| self.is_comma(*before)) else { return false };
        let before = (1..comma).rev().find(|place| self.is_comma(*place));
        before.is_some_and(|before| opens(before) && self.is_noun(before - 1))
    }

    /// "which in turn prompts Iran to leave": the pronoun of a clause about a noun stands right before, or before "in turn" and the like.
    fn is_behind_pronoun(&self, at: usize) -> bool {
        let is_adverbial = |place: &usize| self.is(*place, Upos::Adv) || matches!(self.form(*place), "in" | "turn" | "part" | "effect");
        let before = (0..at).rev().find(|place| !is_adverbial(place));
        before.is_some_and(|before| self.is_relative(before) && self.form(before) != "whose")
    }

    /// "after Tehran orders two diplomats to leave": a name right behind the word that opens a clause.
    fn is_behind_opened_name(&self, at: usize) -> bool {
        at > 1 && self.is(at - 1, Upos::Propn) && self.begins_clause(at - 2) && !self.is(at - 2, Upos::Cconj)
    }

    /// "Iran secretly ships weapons": an adverb of manner between a name and it.
    fn is_behind_manner(&self, at: usize) -> bool {
        at > 1 && self.is(at - 1, Upos::Adv) && self.form(at - 1).ends_with("ly") && self.is(at - 2, Upos::Propn)
    }

    /// Whether "and", "but" or "or" stands before, or before an adverb: "and also orders the closure".
    fn is_joined(&self, at: usize) -> bool {
        self.is(at - 1, Upos::Cconj) || (at > 1 && self.is(at - 1, Upos::Adv) && self.is(at - 2, Upos::Cconj))
    }

    /// Whether what stands before is a noun phrase that begins its clause, and so may be the subject.
    fn ends_subject(&self, at: usize) -> bool {
        self.start_of_phrase(at).is_some_and(|start| self.opens_clause(start))
    }

    /// The first word of the noun phrase, with no preposition but "of", that ends right before.
    fn start_of_phrase(&self, at: usize) -> Option<usize> {
        let within = |place: &usize| {
            let (upos, xpos) = self.tags[*place];
            let in_phrase = matches!(upos, Upos::Propn | Upos::Noun | Upos::Adj | Upos::Det | Upos::Num) || xpos == Xpos::Pos;
            in_phrase || matches!(self.form(*place), "and" | "of")
        };
        (0..at).rev().take_while(within).last().filter(|_| self.is_noun(at - 1))
    }

    /// The same, where an apposition or a gerund clause may stand between commas: "Norway, speaking in Oslo, donated".
    fn start_of_subject(&self, at: usize) -> Option<usize> {
        let Some(comma) = at.checked_sub(1).filter(|before| self.is_comma(*before)) else { return self.start_of_phrase(at) };
        let before = (1..comma).rev().find(|place| self.is_comma(*place))?;
        let is_nominal = |place: usize| !matches!(self.tags[place].0, Upos::Verb | Upos::Aux | Upos::Sconj) && !self.is_comma(place);
        let is_apposition = (before + 1..comma).all(is_nominal) && !self.is(before + 1, Upos::Adp);
        let is_gerund = self.tags[before + 1].1 == Xpos::Vbg && !(before + 1..comma).any(|place| self.is_finite(place));
        self.start_of_phrase(before).filter(|_| is_apposition || is_gerund || self.is_relative(before + 1))
    }

    /// Whether a clause can begin with the word: nothing, a sign, a conjunction or a verb stands before it.
    fn opens_clause(&self, start: usize) -> bool {
        let follows = |before: usize| matches!(self.tags[before].0, Upos::Punct | Upos::Sconj | Upos::Verb) && self.form(before) != "-";
        let opens = |before: usize| follows(before) || self.begins_clause(before);
        start.checked_sub(1).is_none_or(opens)
    }

    /// "declaring seven regions restricted areas": what a gerund or an infinitive stands before.
    fn is_object(&self, start: usize) -> bool {
        let finite = |place: usize| self.tags[place].1.is_finite_verb();
        start.checked_sub(1).is_some_and(|before| self.is(before, Upos::Verb) && !finite(before))
    }

    fn is_finite(&self, at: usize) -> bool {
        let (upos, xpos) = self.tags[at];
        matches!(upos, Upos::Verb | Upos::Aux) && xpos.is_finite()
    }

    /// Whether a clause of its own may begin with the word: "that", "who", "after", "and".
    fn begins_clause(&self, at: usize) -> bool {
        let word = lower(self.form(at));
        // "such as", "as well as"
        if word == "as" && at > 0 && matches!(&*lower(self.form(at - 1)), "such" | "well" | "known" | "same") {
            return false;
        }
        let before_clause = matches!(&*word, "after" | "before" | "since" | "as" | "until" | "while" | "when" | "where" | "and" | "but");
        self.is(at, Upos::Sconj) || matches!(self.tags[at].1, Xpos::Wdt | Xpos::Wp) || before_clause
    }

    /// Whether the clause that begins at `start` has a finite verb other than `at`: one behind it that no conjunction or pronoun opens, or
    /// one before it, unless that only says what follows or stands in a clause in front: "As fighting goes on, …".
    fn has_main_verb(&self, start: usize, at: usize) -> bool {
        let behind = (at + 1..self.units.len()).find(|place| self.is_finite(*place));
        let says = |verb: usize| {
            // "it is announced that"
            let verb = (verb..start).find(|place| self.is(*place, Upos::Verb)).unwrap_or(verb);
            self.lexicon.classes.sayings.contains(self.lexicon.verb_of(&lower(self.form(verb))).unwrap_or(self.form(verb)))
        };
        // "…, and Kenya", "… after Kenya": what stands before is another clause.
        let is_joined = matches!(self.form(start), "and" | "but") || start.checked_sub(1).is_some_and(|opener| self.begins_clause(opener));
        let is_in_front = self.begins_clause(0) && start > 0 && self.is_comma(start - 1);
        let before = (0..start).rev().find(|place| self.is_finite(*place));
        behind.is_some_and(|verb| !(at + 1..verb).any(|place| self.begins_clause(place)))
            || before.is_some_and(|verb| !is_in_front && !is_joined && !says(verb))
    }
}

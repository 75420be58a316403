//! Which sentences are worth a parse: those whose words leave some frame possible, with enough that may be a party to it, and once
//! they are tagged those in which such a frame's trigger is a word of the right class at a place where it may have parties.

use std::borrow::Cow;

use super::{coreference::single, discourse::Discourse, mentions::ActorMention, reading::PHRASE_REACH, units::Unit};
use crate::{
    lexicon::{EventType, Frame, Lexicon, PartyKind, Phrase, Presence, Rule, Slot, TriggerKind, Word, WordKey},
    syntax::{Upos, Xpos},
    text::lower,
};

/// "'…', warned Putin": who speaks stands at most this many words behind the verb.
const SPEAKER_REACH: usize = 4;
/// A party stands at most this many words behind the preposition of its phrase.
const RECIPIENT_REACH: usize = 12;

/// A sentence before it is read: who may have a part in what it tells, and which frames its words leave possible.
pub(super) struct Prospect<'a> {
    lexicon: &'a Lexicon,
    /// The forms in lower case.
    words: Vec<Cow<'a, str>>,
    keys: Vec<WordKey>,
    /// Which of the words may stand for a party.
    is_party: Vec<bool>,
    /// How many parties there may be, and how many if talks that the text told of before go on.
    parties: usize,
    in_talks: usize,
    has_issuer: bool,
    kinds: Vec<PartyKind>,
    presence: Presence,
}

impl<'a> Prospect<'a> {
    /// `mentions` are those of the sentence, their tokens counted from `first_token`.
    pub fn new(forms: &[&'a str], mentions: &[ActorMention], first_token: usize, discourse: &Discourse, lexicon: &'a Lexicon) -> Self {
        let words: Vec<Cow<str>> = forms.iter().map(|form| lower(form)).collect();
        let keys: Vec<WordKey> = words.iter().map(|word| WordKey::of(word)).collect();
        let mut is_party = vec![false; forms.len()];
        mentions.iter().for_each(|mention| is_party[mention.tokens.start - first_token..mention.tokens.end - first_token].fill(true));
        let mut parties = union(Vec::new(), mentions.iter().map(|mention| mention.actor));
        if !discourse.is_empty() || discourse.has_speakers() {
            for (place, word) in words.iter().enumerate() {
                let others = discourse.may_stand_for(forms[place], word, keys[place], lexicon);
                is_party[place] |= !others.is_empty();
                parties = union(parties, others);
            }
        }
        // "the expulsion of one of its diplomats": of somebody named in the sentence itself.
        let first = is_party.iter().position(|is_party| *is_party).unwrap_or(words.len());
        for (place, key) in keys.iter().enumerate().skip(first) {
            is_party[place] |= lexicon.is_stand_in(*key);
        }
        // "the talks" are those of two who were named before.
        let in_talks = union(parties.clone(), discourse.last_dyad()).len();
        let presence = if parties.is_empty() { Presence::default() } else { lexicon.presence_of_forms(&keys) };
        let kinds = parties.iter().map(|party| lexicon.actors[*party as usize].kind).collect();
        Self { lexicon, words, keys, is_party, parties: parties.len(), in_talks, has_issuer: discourse.issuer.is_some(), kinds, presence }
    }

    /// The keys of the forms in lower case.
    pub fn keys(&self) -> &[WordKey] {
        &self.keys
    }

    /// Whether the sentence may tell an event. Too many true cost time, a false one costs an event.
    pub fn is_worth_tagging(&self) -> bool {
        self.parties > 0 && self.lexicon.possible(&self.presence).any(|entry| self.suffices(&self.lexicon.rules[entry.rule as usize]))
    }

    /// The same, once it is known which word is what.
    pub fn is_worth_parsing(&self, units: &[Unit], tags: &[(Upos, Xpos)]) -> bool {
        let finite = |(upos, xpos): &(Upos, Xpos)| matches!(upos, Upos::Verb | Upos::Aux) && xpos.is_finite();
        // In a headline the verb may have been taken for a noun.
        let Some(first_finite) = tags.iter().position(finite).map(|place| units[place].head) else { return true };
        let may_tell = |(place, unit): (usize, &Unit)| {
            let previous = place.checked_sub(1).map(|place| tags[place].0);
            self.lexicon.triggered_by(self.keys[unit.head]).any(|entry| {
                let rule = &self.lexicon.rules[entry.rule as usize];
                let frame = &rule.frames[usize::from(entry.frame)];
                self.presence.allows(entry)
                    && self.suffices(rule)
                    && may_be(frame.trigger, &self.words[unit.head], tags[place], previous)
                    && self.has_phrase(unit.head, frame, &frame.words[usize::from(entry.phrase)])
                    && self.has_subject(unit.head, rule, frame, first_finite)
                    && self.has_recipient(unit.head, tags[place].1, rule, frame)
                    && self.has_kinds(frame)
            })
        };
        units.iter().enumerate().any(may_tell)
    }

    fn suffices(&self, rule: &Rule) -> bool {
        match self.parties {
            0 => false,
            // A legal act may name the other one.
            1 => {
                rule.alone
                    || (self.has_issuer && rule.is_of_issuer)
                    || rule.action.is_some()
                    || (self.in_talks > 1 && rule.event == Some(EventType::Consult))
            }
            _ => true,
        }
    }

    /// Whether the words of a trigger of several words stand where they have to.
    fn has_phrase(&self, trigger: usize, frame: &Frame, phrase: &Phrase) -> bool {
        let words = phrase.words();
        let stands = |place: usize, word: &Word| self.keys.get(place).is_some_and(|form| self.lexicon.may_be_form_of(*form, word));
        if frame.trigger != TriggerKind::Verb {
            let before = &words[..words.len() - 1];
            return before.len() <= trigger && before.iter().rev().enumerate().all(|(back, word)| stands(trigger - 1 - back, word));
        }
        let rest = &words[1..];
        rest.is_empty() || (trigger + 1..=trigger + PHRASE_REACH).any(|start| (start..).zip(rest).all(|(place, word)| stands(place, word)))
    }

    /// Whether a verb that needs a subject may have one: there is a party before it, it may be passive with one behind "by", it
    /// follows the words that it reports ("…, warned Putin"), or it stands in front of its clause ("To help Mali, France").
    fn has_subject(&self, trigger: usize, rule: &Rule, frame: &Frame, first_finite: usize) -> bool {
        if frame.trigger != TriggerKind::Verb || rule.alone || rule.action.is_some() {
            return true;
        }
        let reach = (trigger + SPEAKER_REACH).min(self.words.len());
        self.is_party[..reach].contains(&true) || self.words[trigger..].iter().any(|word| word == "by") || trigger < first_finite
    }

    /// Whether a party may stand where the recipient has to: in one of the phrases that the frame names, or behind an active verb.
    fn has_recipient(&self, trigger: usize, xpos: Xpos, rule: &Rule, frame: &Frame) -> bool {
        let is_needed = frame.needs_recipients || !(rule.alone || rule.symmetric);
        if !is_needed || rule.action.is_some() {
            return true;
        }
        let leads = |place: usize, preposition: &str| {
            let end = (place + 1 + RECIPIENT_REACH).min(self.words.len());
            self.words[place] == preposition && self.is_party[place + 1..end].contains(&true)
        };
        let is_active = frame.trigger == TriggerKind::Verb && matches!(xpos, Xpos::Vb | Xpos::Vbz | Xpos::Vbp | Xpos::Vbg);
        frame.recipients.iter().any(|slot| match slot {
            Slot::Phrase(preposition) => (0..self.words.len()).any(|place| leads(place, preposition)),
            Slot::Object | Slot::ObjectOwner | Slot::ComplementSubject | Slot::ComplementObject | Slot::Complement | Slot::After
                if is_active =>
            {
                self.is_party[trigger + 1..].contains(&true)
            }
            _ => true,
        })
    }

    /// Whether somebody may have a part who is of the kind that is asked for.
    fn has_kinds(&self, frame: &Frame) -> bool {
        let lacks = |needed: bool, kind: Option<PartyKind>| needed && kind.is_some_and(|kind| !self.kinds.contains(&kind));
        !lacks(frame.needs_actors, frame.actor_kind) && !lacks(frame.needs_recipients, frame.recipient_kind)
    }
}

/// Whether a word may turn out to be what a frame's trigger is, given its tags and what stands before it. A verb taken for a noun
/// or an adjective, or a noun for a verb, is mended later.
fn may_be(trigger: TriggerKind, word: &str, (upos, xpos): (Upos, Xpos), before: Option<Upos>) -> bool {
    match trigger {
        TriggerKind::Verb => {
            let noun = matches!(xpos, Xpos::Nns | Xpos::Nnps) && matches!(before, Some(Upos::Propn | Upos::Cconj));
            let adjective = xpos == Xpos::Jj && word.ends_with("ed");
            let verb = upos == Upos::Verb || matches!(xpos, Xpos::Vbn | Xpos::Vbg | Xpos::Vbd | Xpos::Vbz | Xpos::Vbp);
            verb || noun || adjective
        }
        TriggerKind::Noun => matches!(upos, Upos::Noun | Upos::Propn) || xpos == Xpos::Vbz,
        TriggerKind::Adjective => matches!(upos, Upos::Adj | Upos::Verb),
    }
}

impl Discourse {
    /// Everybody for whom a word may stand, as far as can be said before the sentence is read: what [`Discourse::resolve`] may answer,
    /// those excepted who are named in the sentence itself.
    fn may_stand_for(&self, form: &str, word: &str, key: WordKey, lexicon: &Lexicon) -> Vec<u32> {
        let classes = &lexicon.classes;
        let mut all: Vec<u32> = self.introduced_with_office(form).into_iter().collect();
        match word {
            "he" | "she" | "his" | "her" | "him" => all.extend(self.person),
            "it" | "its" => all.extend(single(&self.subjects)),
            "they" | "their" | "them" => all.extend(self.subjects.iter().chain(&self.circle)),
            _ if classes.first_persons.has(key) => all.extend(&self.speakers),
            "two" | "both" => all.extend(self.most_named(&[]).into_iter().flatten().chain(self.last_dyad())),
            noun => {
                for lemma in [Some(noun), noun.strip_suffix('s')].into_iter().flatten() {
                    all.extend(self.holder(lemma).into_iter().chain(self.owner_of(lemma)).chain(self.issuer_with(lemma)));
                }
                if lexicon.is_stand_in(key) {
                    all.extend(self.acted.iter().chain(&self.subjects).chain(&self.circle).chain(self.recent.last()));
                    all.extend(self.last_dyad().chain(self.latest(lexicon, PartyKind::State)));
                    all.extend(self.latest(lexicon, PartyKind::Organisation));
                }
            }
        }
        all
    }
}

fn union(mut parties: Vec<u32>, others: impl IntoIterator<Item = u32>) -> Vec<u32> {
    for other in others {
        if !parties.contains(&other) {
            parties.push(other);
        }
    }
    parties
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        extract::{Reader, mentions::find_mentions, mentions_in},
        syntax::Syntax,
        text::Document,
    };
    use std::sync::LazyLock;

    static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::built_in);
    static SYNTAX: LazyLock<Syntax> = LazyLock::new(Syntax::english);

    /// Whether the only sentence of a text is parsed.
    fn is_parsed(text: &str) -> bool {
        let document = Document::new(text);
        let mentions = find_mentions(&document, &LEXICON, None);
        let mut reader = Reader::new(&document, &LEXICON, &SYNTAX, None);
        let [sentence] = &*document.sentences else { panic!("one sentence: {text}") };
        reader.read_if_worth(sentence, mentions_in(&mentions, &sentence.tokens)).is_some()
    }

    #[test]
    fn parses_what_may_tell_something() {
        for text in [
            "Russia expelled two British diplomats.",
            "Iran was accused by Israel of spying.",
            "To support Mali, France will send trucks.",
            "\"We will answer\", warned Putin in Ukraine.",
            "Kenya bans Somali ships",
        ] {
            assert!(is_parsed(text), "{text}");
        }
    }

    #[test]
    fn passes_over_what_cannot() {
        for text in [
            // No frame has these words.
            "The river flows from Mali to Niger.",
            // Nobody is named.
            "The chancellor supports the plan.",
            // Nobody is named whom it could be done to.
            "What Spain and France have in common is that people support teams.",
        ] {
            assert!(!is_parsed(text), "{text}");
        }
    }
}

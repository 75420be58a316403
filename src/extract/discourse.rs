//! What the article has spoken of so far: who was named, who acted, who was introduced with an office. coreference.rs asks it.

use std::borrow::Cow;

use rustc_hash::{FxHashMap, FxHashSet};
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use super::{lesson::Lesson, mentions::ActorMention, turns::Turn};
use crate::{
    lexicon::{Lexicon, Naming},
    text::lower,
};

/// An office stands at most this many tokens behind its polity: "Japan's deputy foreign minister".
const OFFICE_REACH: usize = 5;

/// Memory of one article, sentence by sentence.
#[derive(Debug, Default)]
pub(super) struct Discourse {
    /// Polities in the order of their last mention, newest last.
    pub(super) recent: Vec<u32>,
    pub(super) times_named: FxHashMap<u32, u32>,
    /// Who acted as subject in the sentence before.
    pub(super) subjects: Vec<u32>,
    /// The polity of the person last spoken of.
    pub(super) person: Option<u32>,
    /// Who acted in the event that was told last in the sentence before.
    pub(super) acted: Vec<u32>,
    /// The parties of the last event that had two.
    pub(super) dyad: Option<[u32; 2]>,
    /// The two to whom somebody else did something in the sentence before.
    pub(super) acted_upon: Option<[u32; 2]>,
    /// Who met or agreed last, be they two or more: "the leaders", "they".
    pub(super) circle: Vec<u32>,
    /// Whether the sentence before spoke of other people than the circle, whom "they" would mean: "fishermen said".
    others_spoke: bool,
    /// Whose release the article is.
    pub(super) issuer: Option<u32>,
    /// The offices of the issuer that have one word: "secretary".
    issuer_offices: FxHashSet<String>,
    /// Whether several have issued it together, of whom the text says who they are.
    is_joint: bool,
    /// Who speaks as "we": the parties of the statement that the article gives, else the issuer.
    pub(super) speakers: Vec<u32>,
    /// Whose a thing is that was spoken of: "an Iranian tanker".
    owners: FxHashMap<String, u32>,
    /// Whose holder of an office was named last, by the last word of the office: "minister" in "Prime Minister Justin Trudeau".
    holders: FxHashMap<String, u32>,
    /// First words of such names, which count only behind an office: "Park Jin" is "Foreign Minister Park" afterwards.
    surnames_first: FxHashMap<String, u32>,
    /// Last names of people that the text introduced: "Japanese Foreign Minister Taro Kono".
    introduced: FxHashMap<String, u32>,
}

impl Discourse {
    /// Begins a release of a polity, which speaks as "we": for itself, or in a joint statement for all whose statement it is.
    pub fn issued_by(&mut self, issuer: Option<u32>, is_joint: bool, lexicon: &Lexicon) {
        (self.issuer, self.is_joint) = (issuer, is_joint);
        let titles = issuer.into_iter().flat_map(|issuer| &lexicon.actors[issuer as usize].titles);
        self.issuer_offices = titles.filter_map(|title| if let [word] = title.as_slice() { Some(word.clone()) } else { None }).collect();
        self.speakers = issuer.into_iter().collect();
    }

    /// Who speaks as "we" in the sentence that begins at a byte of a transcript.
    pub fn listen(&mut self, turns: &[Turn], start: usize) {
        if !turns.is_empty() {
            let turn = turns.iter().rev().find(|turn| turn.start <= start);
            self.speakers = turn.and_then(|turn| turn.speaker).into_iter().collect();
        }
    }

    /// The polity of a last name that the article introduced.
    pub fn introduced(&self, name: &str) -> Option<u32> {
        of_name(&self.introduced, name)
    }

    /// The same for a name in capitals: "AL-THANI".
    pub fn introduced_in_any_case(&self, name: &str) -> Option<u32> {
        let wanted = unaccented(name).to_lowercase();
        self.introduced.iter().find(|(known, _)| known.to_lowercase() == wanted).map(|(_, actor)| *actor)
    }

    /// The same for a name right behind an office, where the surname may stand first.
    pub fn introduced_with_office(&self, name: &str) -> Option<u32> {
        self.introduced(name).or_else(|| of_name(&self.surnames_first, name))
    }

    /// The polity whose holder of an office was named last: "the President".
    pub(super) fn holder(&self, office: &str) -> Option<u32> {
        self.holders.get(office).copied()
    }

    /// Whose release it is, if the word is an office of the issuer: "the Secretary".
    pub(super) fn issuer_with(&self, office: &str) -> Option<u32> {
        self.issuer.filter(|_| self.issuer_offices.contains(office))
    }

    /// Whose the thing is that was named with its owner before: "the tanker".
    pub(super) fn owner_of(&self, thing: &str) -> Option<u32> {
        self.owners.get(thing).copied()
    }

    /// Whether somebody speaks as "we".
    pub fn has_speakers(&self) -> bool {
        !self.speakers.is_empty()
    }

    /// Who met or agreed last, where the sentence before spoke of nobody else in the plural.
    pub(super) fn they(&self) -> Vec<u32> {
        if self.others_spoke { Vec::new() } else { self.circle.clone() }
    }

    /// The parties of the last event that had two, and the two to whom something was just done.
    pub fn last_dyad(&self) -> impl Iterator<Item = u32> {
        self.dyad.into_iter().chain(self.acted_upon).flatten()
    }

    pub fn is_empty(&self) -> bool {
        self.recent.is_empty()
    }

    /// Adds what a sentence taught.
    pub fn remember(&mut self, lesson: Lesson) {
        for actor in lesson.mentioned {
            *self.times_named.entry(actor).or_default() += 1;
            self.recent.retain(|other| *other != actor);
            self.recent.push(actor);
        }
        if !lesson.subjects.is_empty() {
            self.subjects = lesson.subjects;
        }
        self.acted = lesson.acted;
        self.acted_upon = lesson.acted_upon;
        self.dyad = lesson.dyad.or(self.dyad.or(lesson.one_sided_dyad));
        if !lesson.circle.is_empty() {
            self.circle = lesson.circle;
        }
        self.others_spoke = lesson.others_spoke;
        self.owners.extend(lesson.owners);
        self.person = lesson.person.or(self.person);
        if !lesson.speakers.is_empty() {
            self.speakers = lesson.speakers;
        } else if self.is_joint
            && self.issuer.is_some()
            && self.speakers.len() < 2
            && self.speakers.iter().all(|speaker| self.circle.contains(speaker))
        {
            self.speakers = self.circle.clone();
        }
    }

    /// Learns last names of people who are presented with polity and office: "Japanese Foreign Minister Taro Kono". The tokens of
    /// `mentions` count from `first_token`.
    pub fn introduce(&mut self, forms: &[&str], mentions: &[ActorMention], first_token: usize, lexicon: &Lexicon) {
        for mention in mentions.iter().filter(|mention| mention.naming != Naming::City) {
            let end = mention.tokens.end - first_token;
            let office = (end..(end + OFFICE_REACH).min(forms.len())).rfind(|at| lexicon.classes.offices.contains(&lower(forms[*at])));
            let Some(office) = office else { continue };
            let named = |token: usize| mentions.iter().any(|other| other.tokens.contains(&(token + first_token)));
            // "Foreign Minister Mohammed Al-Thani" is "Thani" afterwards, or "Al-Thani", which ends with it.
            let goes_on = |at: &usize| (is_capitalised(forms[*at]) || forms[*at] == "-") && !named(*at);
            let mut name = (office + 1..forms.len()).take_while(goes_on).filter(|at| forms[*at] != "-").peekable();
            if let Some(first) = name.peek().filter(|first| forms[**first].len() > 2) {
                self.surnames_first.insert(unaccented(forms[*first]).into_owned(), mention.actor);
            }
            if let Some(last) = name.last().filter(|last| forms[*last].len() > 2) {
                self.introduced.insert(unaccented(forms[last]).into_owned(), mention.actor);
                self.person = Some(mention.actor);
                self.holders.insert(forms[office].to_lowercase(), mention.actor);
            } else if is_unnamed_subject(forms, mention.tokens.start - first_token, office) {
                self.person = Some(mention.actor);
            }
        }
        self.remember_offices(forms, mentions, first_token, lexicon);
    }

    /// Learns the last names of known people, and whose office it is from titles right before their names: "Prime Minister Justin
    /// Trudeau".
    fn remember_offices(&mut self, forms: &[&str], mentions: &[ActorMention], first_token: usize, lexicon: &Lexicon) {
        for mention in mentions.iter().filter(|mention| matches!(mention.naming, Naming::Person(_)) && !mention.left_office) {
            let start = mention.tokens.start - first_token;
            if let Some(surname) = surname(&forms[start..mention.tokens.end - first_token], mention, lexicon) {
                self.introduced.insert(unaccented(surname).into_owned(), mention.actor);
            }
            let title =
                forms[start.saturating_sub(OFFICE_REACH)..start].iter().rev().take_while(|form| is_capitalised(form) || **form == "of");
            for word in title.map(|form| form.to_lowercase()).filter(|word| lexicon.classes.offices.contains(word)) {
                self.holders.insert(word, mention.actor);
            }
        }
    }
}

/// Whose name it is. Most words of an article are no names: they are told by their first letter.
fn of_name(names: &FxHashMap<String, u32>, name: &str) -> Option<u32> {
    if names.is_empty() || !is_capitalised(name) {
        return None;
    }
    names.get(&*unaccented(name)).copied()
}

/// "Ghana's president said", "The Chilean foreign minister arrived": a sentence begins with a holder of an office who is not named, whom "he"
/// means in the next.
fn is_unnamed_subject(forms: &[&str], polity: usize, office: usize) -> bool {
    let begins = forms[..polity].iter().all(|form| matches!(&*lower(form), "the" | "a" | "an"));
    let goes_on =
        forms.get(office + 1).is_some_and(|form| form.starts_with(char::is_lowercase) && !matches!(*form, "and" | "of" | "for" | "or"));
    begins && goes_on
}

/// The word by which somebody with a full name is called afterwards: the last, or the first before a given name with a hyphen, which
/// the text may leave out: "Kim Jong Un" is "Kim".
fn surname<'f>(name: &[&'f str], mention: &ActorMention, lexicon: &Lexicon) -> Option<&'f str> {
    let [first, .., last] = name else { return None };
    let people = &lexicon.actors[mention.actor as usize].people;
    let full_name = match mention.naming {
        Naming::Person(person) => people.get(usize::from(person)).map_or("", |person| &person.name),
        _ => "",
    };
    let given_last = |name: &str| name.split(' ').next_back().is_some_and(|given| given.contains('-'));
    let classes = &lexicon.classes;
    // "President Moon" is "Moon".
    let is_titled = classes.offices.contains(&lower(first));
    let surname = if !is_titled && (given_last(last) || given_last(full_name)) { *first } else { *last };
    let word = surname.to_lowercase();
    let is_also_a_word = [&classes.offices, &classes.months, &classes.days].iter().any(|set| set.contains(&word));
    (word.len() > 2 && !is_also_a_word).then_some(surname)
}

/// A name without its accents, which texts put now and leave out then: "Geoană", "Geoana".
pub(super) fn unaccented(name: &str) -> Cow<'_, str> {
    if name.is_ascii() { Cow::Borrowed(name) } else { Cow::Owned(name.nfd().filter(|letter| !is_combining_mark(*letter)).collect()) }
}

pub(super) fn is_capitalised(form: &str) -> bool {
    form.chars().next().is_some_and(char::is_uppercase)
}

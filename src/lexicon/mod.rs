//! Typed, checked view of `config/lexicon`: actors, event and sanctions rules, sets of words.
//!
//! Every file is read and checked at start; what is wrong is refused with file, line and what to do.

mod actors;
mod entities;
mod forms;
mod law;
mod measures;
mod names;
mod phrasebook;
mod placeholders;
mod programmes;
mod rule_file;
mod rules;
mod sets;
mod source;
mod vocabulary;
mod watchlist;
mod word_table;

use rustc_hash::{FxHashMap, FxHashSet};

use actors::Claim;
pub use actors::{Actor, Naming, Person, Term};
pub use entities::{EntityKind, ListedEntity};
pub use forms::TriggerForm;
use forms::TriggerLemma;
pub use law::{Law, Reference};
pub use measures::MeasureWords;
pub use names::{Names, Sense};
pub use placeholders::Placeholders;
pub use programmes::{Programme, Programmes};
pub use rules::{Example, Frame, Phrase, Reject, Rule, Slot, TriggerKind};
pub use sets::WordClasses;
use source::File;
pub use vocabulary::{Action, Context, EventType, Measure, Mode, PartyKind, Quad, Sector, Status};
pub use word_table::WordTable;

pub use watchlist::{Hit, Watch, WatchListError, WatchLists};

use crate::text::Document;

/// Everything the extraction knows about the world and its words. Immutable; share it between threads.
#[derive(Debug)]
pub struct Lexicon {
    pub actors: Vec<Actor>,
    pub names: Names,
    pub rules: Vec<Rule>,
    pub classes: WordClasses,
    pub measures: Vec<MeasureWords>,
    pub placeholders: Placeholders,
    /// Words that tell an event's contexts.
    pub contexts: WordTable<Context>,
    /// Words that tell a party's sector.
    pub sectors: WordTable<Sector>,
    pub law: Law,
    pub programmes: Programmes,
    triggers: FxHashMap<String, Vec<TriggerEntry>>,
    trigger_forms: FxHashMap<String, TriggerForm>,
    /// Every word of the rules and sets.
    vocabulary: FxHashSet<String>,
    hash: String,
}

/// One way in which a word can begin to match: a frame of a rule, and the phrase of the frame that begins with the word.
#[derive(Clone, Copy, Debug)]
pub struct TriggerEntry {
    pub rule: u32,
    pub frame: u16,
    pub phrase: u16,
}

/// Why a lexicon was refused.
#[derive(Debug, thiserror::Error)]
#[error("{file}:{line}: {problem}")]
pub struct LexiconError {
    /// Relative to the lexicon's folder.
    pub file: String,
    pub line: usize,
    pub problem: String,
}

impl Lexicon {
    /// The lexicon that is compiled into the binary.
    ///
    /// # Panics
    /// Never in a build that passed its tests: they load it.
    pub fn built_in() -> Self {
        match Self::from_files(&source::embedded()) {
            Ok(lexicon) => lexicon,
            Err(error) => panic!("the built-in lexicon is broken: {error}"),
        }
    }

    /// Reads a folder that replaces the built-in lexicon.
    ///
    /// # Errors
    /// The first file that cannot be read or is not well made, with its line and what to do.
    pub fn from_folder(folder: &std::path::Path) -> Result<Self, LexiconError> {
        Self::from_files(&source::folder(folder)?)
    }

    fn from_files(files: &[File]) -> Result<Self, LexiconError> {
        let mut sets = sets::Sets::default();
        for file in below(files, "sets/") {
            sets.add(file)?;
        }
        let (actors, names) = read_actors(files)?;
        let rules = read_rules(files, &sets)?;
        let classes = WordClasses::new(&sets)?;
        let mut law = Law::default();
        let is_code = |code: &str| actors.iter().any(|actor| actor.code == code);
        for file in below(files, "legal/") {
            law.add(file, is_code)?;
        }
        let programmes = Programmes::read(files, is_code)?;
        let measures: Result<Vec<MeasureWords>, LexiconError> = below(files, "measures/").map(measures::read).collect();
        let vocabulary = rules.iter().flat_map(Rule::words).chain(sets.words()).map(str::to_owned).collect();
        Ok(Self {
            actors,
            names,
            trigger_forms: forms::forms(files, trigger_lemmas(&rules))?,
            triggers: index_triggers(&rules),
            rules,
            classes,
            measures: measures?,
            placeholders: placeholders::read(files)?,
            contexts: word_table::read(files, "contexts.toml", Context::from_name)?,
            sectors: word_table::read(files, "sectors.toml", Sector::from_name)?,
            law,
            programmes,
            vocabulary,
            hash: source::hash(files),
        })
    }

    /// What a word as it is written (in lower case) may trigger, before anything is known of the sentence around it.
    pub fn trigger_form(&self, form: &str) -> Option<&TriggerForm> {
        self.trigger_forms.get(form)
    }

    /// Whether a word may stand for a party that was named before: a pronoun, "country", "sides".
    pub fn is_stand_in(&self, form: &str) -> bool {
        let classes = &self.classes;
        let singular = form.strip_suffix('s').unwrap_or(form);
        let sets = [&classes.pronouns, &classes.anaphors, &classes.organisation_anaphors, &classes.counterparts, &classes.acts];
        sets.iter().any(|set| set.contains(form) || set.contains(singular))
    }

    /// Whether some rule is triggered by the word as a verb.
    pub fn is_verb(&self, lemma: &str) -> bool {
        self.triggers(lemma)
            .iter()
            .any(|entry| self.rules[entry.rule as usize].frames[usize::from(entry.frame)].trigger == TriggerKind::Verb)
    }

    /// Mends the dictionary form of a word that the lemmatizer could only guess, by the words that the lexicon has: "freed" is
    /// guessed as "fre", and "troops" has no singular in the treebank.
    pub fn mend_lemma(&self, lemma: &mut String, form: &str) {
        let stem = lemma.strip_suffix('s').filter(|stem| self.is_verb(stem) && !self.triggers.contains_key(lemma.as_str()));
        if let Some(stem) = stem {
            // A form such as "condemns" that some rule names is no lemma.
            *lemma = stem.to_owned();
            return;
        }
        if form.len() >= lemma.len() && form.starts_with(lemma.as_str()) && self.vocabulary.contains(lemma.as_str()) {
            return;
        }
        let form = form.to_lowercase();
        if let Some(verb) = self.trigger_form(&form).and_then(|trigger| trigger.verb.as_deref())
            && forms::is_inflected(verb, &form)
            && !forms::is_inflected(lemma, &form)
        {
            // "deplores" taken for a form of "deploy".
            verb.clone_into(lemma);
            return;
        }
        if self.vocabulary.contains(lemma.as_str()) {
            return;
        }
        if self.vocabulary.contains(&form) {
            *lemma = form;
            return;
        }
        let stem = |ending: &str| lemma.strip_suffix(ending).unwrap_or_default().to_owned();
        let undoubled = match lemma.as_bytes() {
            [.., a, b] if a == b && a.is_ascii_alphabetic() => lemma[..lemma.len() - 1].to_owned(),
            _ => String::new(),
        };
        let candidates = [format!("{lemma}e"), stem("s"), undoubled, stem("e"), format!("{lemma}t"), stem("ed"), stem("d")];
        if let Some(known) = candidates.into_iter().find(|candidate| self.vocabulary.contains(candidate.as_str())) {
            *lemma = known;
        }
    }

    /// A hash of all its files, in hexadecimal; it is stamped on every result.
    pub fn hash(&self) -> &str {
        &self.hash
    }

    /// The frames that a word, given as its lemma, can begin.
    pub fn triggers(&self, lemma: &str) -> &[TriggerEntry] {
        self.triggers.get(lemma).map_or(&[], Vec::as_slice)
    }
}

fn below<'f>(files: &'f [File], folder: &'static str) -> impl Iterator<Item = &'f File> {
    files.iter().filter(move |file| file.path.starts_with(folder))
}

fn read_actors(files: &[File]) -> Result<(Vec<Actor>, Names), LexiconError> {
    let (mut actors, mut names) = (Vec::new(), Names::default());
    for file in below(files, "actors/") {
        let (actor, claims) = actors::read(file)?;
        add_claims(file, claims, actors.len(), &mut names)?;
        actors.push(actor);
    }
    for file in below(files, "entities/") {
        let owner = actors.iter().position(|actor: &Actor| actor.code == file.id() && actor.kind != PartyKind::Group);
        let owner = owner.ok_or_else(|| file.refuse("title", format!("no state or organisation has the code `{}`", file.id())))?;
        let (entities, claims) = entities::read(file)?;
        add_claims(file, claims, owner, &mut names)?;
        actors[owner].entities = entities;
    }
    Ok((actors, names))
}

fn add_claims(file: &File, claims: Vec<Claim>, actor: usize, names: &mut Names) -> Result<(), LexiconError> {
    for claim in claims {
        let document = Document::new(&claim.name);
        let tokens: Vec<String> = (0..document.tokens.len()).map(|token| document.form(token).to_owned()).collect();
        if tokens.is_empty() {
            return Err(file.refuse("\"\"", "an empty name; take it out"));
        }
        names.add(&tokens, Sense { actor: actor as u32, naming: claim.naming, ambiguous: claim.ambiguous });
    }
    Ok(())
}

fn read_rules(files: &[File], sets: &sets::Sets) -> Result<Vec<Rule>, LexiconError> {
    let mut seen = FxHashMap::default();
    let mut rules = Vec::new();
    for file in below(files, "events/").chain(below(files, "sanctions/")) {
        if let Some(first) = seen.insert(file.id().to_owned(), &file.path) {
            return Err(file.refuse("title", format!("the id `{}` is taken by {first}; rename one of the files", file.id())));
        }
        rules.push(rule_file::read(file, sets)?);
    }
    Ok(rules)
}

fn trigger_lemmas(rules: &[Rule]) -> impl Iterator<Item = TriggerLemma> {
    rules.iter().flat_map(|rule| {
        let words = rule.frames.iter().flat_map(|frame| frame.words.iter().map(move |words| (frame, words)));
        words.map(|(frame, words)| TriggerLemma {
            lemma: frame.key(words).to_owned(),
            alone: rule.alone,
            is_verb: frame.trigger == TriggerKind::Verb,
        })
    })
}

fn index_triggers(rules: &[Rule]) -> FxHashMap<String, Vec<TriggerEntry>> {
    let mut index: FxHashMap<String, Vec<TriggerEntry>> = FxHashMap::default();
    for (rule, entry) in rules.iter().enumerate() {
        for (frame, entry) in entry.frames.iter().enumerate() {
            for (phrase, words) in entry.words.iter().enumerate() {
                let key = entry.key(words);
                let entry = TriggerEntry { rule: rule as u32, frame: frame as u16, phrase: phrase as u16 };
                index.entry(key.to_owned()).or_default().push(entry);
            }
        }
    }
    index
}

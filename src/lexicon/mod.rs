//! Typed, checked view of `config/lexicon`: actors, event and sanctions rules, sets of words.
//!
//! Every file is read and checked at start; what is wrong is refused with file, line and what to do.

mod actors;
mod bits;
mod entities;
mod forms;
mod law;
mod lemmas;
mod measures;
mod names;
mod phrasebook;
mod phrases;
mod placeholders;
mod programmes;
mod rule_file;
mod rules;
mod sets;
mod source;
mod triggers;
mod vocabulary;
mod watchlist;
mod word_set;
mod word_table;

use rustc_hash::FxHashMap;

use actors::Claim;
pub use actors::{Actor, Naming, Person, Term};
pub use entities::{EntityKind, ListedEntity};
use forms::Inflections;
pub use law::{Law, Reference};
pub use measures::MeasureWords;
pub use names::{Names, Sense};
pub use phrases::{Phrase, Word, WordKey};
pub use placeholders::Placeholders;
pub use programmes::{Programme, Programmes};
pub use rules::{Example, Frame, Reject, Rule, Slot, TriggerKind};
pub use sets::WordClasses;
use source::File;
use triggers::Triggers;
pub use triggers::{Presence, TriggerEntry};
pub use vocabulary::{Action, Context, EventType, Measure, Mode, PartyKind, Quad, Sector, Status};
pub use word_set::{WordFilter, WordSet};
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
    triggers: Triggers,
    /// The lemma of the trigger that a form may be as a verb.
    verbs: FxHashMap<String, String>,
    /// Every word of the rules and sets.
    vocabulary: WordSet,
    /// All words that may stand for a party, in the singular and the plural.
    stand_ins: WordSet,
    /// Forms that can only be a verb in the present tense or an infinitive.
    plain_verbs: WordSet,
    /// The words of which the names of offices and institutions are made.
    office_words: WordSet,
    /// Beginnings of offices that have several words, of offices and institutions, and of compounds.
    office_beginnings: WordSet,
    institution_beginnings: WordSet,
    compound_beginnings: WordSet,
    hash: String,
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
        let inflections = Inflections::read(files)?;
        let vocabulary = rules.iter().flat_map(Rule::words).chain(sets.words()).map(str::to_owned).collect();
        Ok(Self {
            actors,
            names,
            verbs: inflections.verbs(trigger_verbs(&rules)),
            triggers: Triggers::new(&rules, &phrases(&classes.negations), &phrases(&classes.conditions), &inflections),
            rules,
            measures: measures?,
            placeholders: placeholders::read(files)?,
            contexts: word_table::read(files, "contexts.toml", Context::from_name)?,
            sectors: word_table::read(files, "sectors.toml", Sector::from_name)?,
            law,
            programmes,
            vocabulary,
            stand_ins: classes.stand_ins(),
            plain_verbs: classes.plain_forms(&inflections),
            office_words: offices_and_institutions(&classes).flat_map(|name| name.split(' ')).map(str::to_owned).collect(),
            office_beginnings: sets::beginnings(classes.offices.iter()),
            institution_beginnings: sets::beginnings(offices_and_institutions(&classes)),
            compound_beginnings: sets::beginnings(classes.compounds.iter()),
            classes,
            hash: source::hash(files),
        })
    }

    /// The lemma of the trigger that a word, as it is written in lower case, may be as a verb.
    pub fn verb_of(&self, form: &str) -> Option<&str> {
        self.verbs.get(form).map(String::as_str)
    }

    /// Whether a word, as it is written in lower case, can only be a verb in the present tense or an infinitive: "expels", "expel".
    pub fn is_plain_verb(&self, form: WordKey) -> bool {
        self.plain_verbs.has(form)
    }

    /// Whether a word may stand for a party that was named before: a pronoun, "country", "sides".
    pub fn is_stand_in(&self, form: WordKey) -> bool {
        self.stand_ins.has(form)
    }

    /// Whether some rule is triggered by the word as a verb.
    pub fn is_verb(&self, lemma: &str) -> bool {
        self.triggers(WordKey::of(lemma))
            .iter()
            .any(|entry| self.rules[entry.rule as usize].frames[usize::from(entry.frame)].trigger == TriggerKind::Verb)
    }

    /// Whether an office of several words may begin with a word, given in lower case.
    pub fn begins_office(&self, word: WordKey) -> bool {
        self.office_beginnings.has(word)
    }

    /// Whether a word, given in lower case, is an office, an institution or part of the name of one: "Foreign", "Minister", "Ministry".
    pub fn is_of_office(&self, word: &str) -> bool {
        self.office_words.contains(word)
    }

    /// Whether the name of an office or an institution may begin with a word, given in lower case.
    pub fn begins_institution(&self, word: &str) -> bool {
        self.institution_beginnings.contains(word)
    }

    /// Whether a compound may begin with a word, given in lower case.
    pub fn begins_compound(&self, word: WordKey) -> bool {
        self.compound_beginnings.has(word)
    }

    /// A hash of all its files, in hexadecimal; it is stamped on every result.
    pub fn hash(&self) -> &str {
        &self.hash
    }
}

fn offices_and_institutions(classes: &WordClasses) -> impl Iterator<Item = &String> {
    classes.offices.iter().chain(&classes.institutions)
}

fn phrases(words: &WordSet) -> Vec<Phrase> {
    words.iter().map(|word| Phrase::new(word)).collect()
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

/// The verbs that trigger some rule, in the order of the rules.
fn trigger_verbs(rules: &[Rule]) -> impl Iterator<Item = &str> {
    let frames = rules.iter().flat_map(|rule| &rule.frames).filter(|frame| frame.trigger == TriggerKind::Verb);
    frames.flat_map(|frame| frame.words.iter().map(|words| &*frame.key(words).text))
}

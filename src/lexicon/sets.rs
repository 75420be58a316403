//! Named lists of words that rules share and that the pipeline asks for.

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

use super::{LexiconError, forms::Inflections, phrases::Phrase, source::File, word_set::WordSet};

/// All sets by name.
#[derive(Debug, Default)]
pub struct Sets(FxHashMap<String, Set>);

#[derive(Debug)]
pub(super) struct Set {
    words: Vec<String>,
    pub phrases: Vec<Phrase>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct SetFile {
    #[serde(rename = "title")]
    _title: String,
    words: Vec<String>,
}

impl Sets {
    pub(super) fn add(&mut self, file: &File) -> Result<(), LexiconError> {
        let entry: SetFile = file.parse()?;
        let mut seen = FxHashSet::default();
        if let Some(twice) = entry.words.iter().find(|word| !seen.insert(word.as_str())) {
            return Err(file.refuse(twice, format!("`{twice}` stands twice")));
        }
        let phrases = entry.words.iter().map(|word| Phrase::new(word)).collect();
        self.0.insert(file.id().to_owned(), Set { words: entry.words, phrases });
        Ok(())
    }

    pub(super) fn words(&self) -> impl Iterator<Item = &str> {
        self.0.values().flat_map(|set| &set.words).flat_map(|phrase| phrase.split_whitespace())
    }

    pub(super) fn get(&self, name: &str) -> Option<&Set> {
        self.0.get(name)
    }
}

macro_rules! word_classes {
    ($($(#[$doc:meta])* $field:ident = $file:literal),+ $(,)?) => {
        /// The sets that the pipeline itself asks for, each a file of config/lexicon/sets.
        #[derive(Debug, Default)]
        pub struct WordClasses { $($(#[$doc])* pub $field: WordSet),+ }

        impl WordClasses {
            pub(super) fn new(sets: &Sets) -> Result<Self, LexiconError> {
                Ok(Self { $($field: class(sets, $file)?),+ })
            }
        }
    };
}

word_classes! {
    /// Nouns for people and bodies that act for a polity: "government", "troops", "minister".
    institutions = "institutions",
    /// Adjectives that end like participles: "ongoing".
    verbless_participles = "verbless-participles",
    /// Verbs and nouns of resistance: "veto".
    opposing = "opposing",
    /// Verbs that only carry a noun: "hold".
    light_verbs = "light-verbs",
    /// Verbs of wishing: "would like to thank".
    wishes = "wishes",
    /// Texts that bind nobody yet: "bill".
    drafts = "drafts",
    /// Days that are celebrated: "anniversary".
    feasts = "feasts",
    /// Adjectives of what goes on already: "continued", "current".
    ongoing = "ongoing",
    /// Verbs of meeting, visiting and calling whose purpose is what is said there.
    talking = "talking",
    /// Verbs of what is said at a meeting: "congratulate", "reaffirm".
    utterances = "utterances",
    /// Verbs behind which "to" begins an infinitive.
    infinitive_verbs = "infinitive-verbs",
    /// Offices that a person's name follows: "president", "foreign minister".
    offices = "offices",
    /// Words that take an office away: "former", "ex", "late".
    former = "former",
    /// Verbs that are no nouns: "expel".
    plain_verbs = "plain-verbs",
    /// Verbs that name what a threat holds out, behind "or": "face".
    alternatives = "alternatives",
    /// Verbs of saying.
    sayings = "sayings",
    /// Verbs by which a speaker is named behind what is said: "…, Iran said".
    attributing = "attributing",
    /// Verbs and words of attribution by which somebody reports an event: "say", "confirm".
    reporting = "reporting",
    /// Prepositions of attribution: "according to".
    attributions = "attributions",
    /// Nouns for a place that a polity's name narrows down: "capital", "resort".
    place_nouns = "place-nouns",
    /// Nouns for occasions and buildings at which parties meet: "summit", "hotel".
    occasions = "occasions",
    /// Verbs and adjectives that put their complement into the future: "plan", "set", "due".
    futures = "futures",
    /// Those that leave it open: "consider", "seek".
    hypotheticals = "hypotheticals",
    /// Those that deny it: "fail", "refuse".
    negations = "negations",
    /// Modal auxiliaries that leave it open: "may", "could".
    open_modals = "open-modals",
    /// Modal auxiliaries of the future: "will", "shall".
    future_modals = "future-modals",
    /// Conjunctions of a condition: "if", "unless".
    conditions = "conditions",
    /// Verbs that only begin, go on or succeed in what their complement says.
    aspectuals = "aspectuals",
    past_backgrounds = "past-backgrounds",
    /// Words for having made up one's mind: "decide".
    decisions = "decisions",
    causatives = "causatives",
    /// Verbs that answer a deed of others, which has been done: "reciprocate".
    responses = "responses",
    denials = "denials",
    verb_prepositions = "verb-prepositions",
    occurring = "occurring",
    /// Nouns that stand for the polity mentioned before: "country", "nation".
    anaphors = "anaphors",
    /// Nouns for a kind of state, which stand only for one that is called so: "kingdom".
    state_forms = "state-forms",
    /// Words for one of a row: "first", "only".
    ordinals = "ordinals",
    /// Nouns for agreements, which are called after the town where they were made: "accords".
    accords = "accords",
    /// Regions of which the second word alone is a polity's adjective.
    regions = "regions",
    /// Nouns that stand for the organisation mentioned before: "bloc", "alliance".
    organisation_anaphors = "organisation-anaphors",
    /// Conduit nouns: "group of", "series of": what matters is what follows "of".
    conduits = "conduits",
    /// Nouns that name another's counterpart: "counterpart".
    counterparts = "counterparts",
    /// Pronouns that can stand for a party.
    pronouns = "pronouns",
    /// Days by their name or as "today", which may stand anywhere in a clause.
    days = "days",
    /// Parts of a day that may follow: "Friday night".
    day_parts = "day-parts",
    /// Prepositions that make what follows a background: "despite sanctions".
    backgrounds = "backgrounds",
    /// Nouns of violence: what follows "of", "on" or "in" is the victim or the place.
    violence = "violence",
    /// Definite nouns that stand for what was said or done before: "the ultimatum".
    acts = "acts",
    /// Names that, bare before "sanctions", say who imposes them: "US sanctions"; other names say on whom: "Iran sanctions".
    sanctioners = "sanctioners",
    /// Nouns for what one means to do, behind which an infinitive says what: "plan", "permission".
    plans = "plans",
    /// Words for what two do to one another: "each other", "mutual".
    reciprocals = "reciprocals",
    /// Adjectives that tell a thing apart from no other: "the new government".
    slight = "slight",
    /// Pronouns for who speaks: "we".
    first_persons = "first-persons",
    /// Participles behind a name that say whose a thing is: "British-flagged".
    belonging = "belonging",
    /// Verbs that hand their object on as the doer of an infinitive: "ask Iran to stop".
    handing_on = "handing-on",
    /// Staff of a person in office: "adviser to".
    aides = "aides",
    /// Who represents a polity somewhere.
    diplomats = "diplomats",
    /// What one or several polities say together: "statement", "communiqué".
    statements = "statements",
    /// Nouns for what somebody says of himself: "its announcement that it will".
    avowals = "avowals",
    /// Words that say nothing of a sentence as part of a longer name: "union" in "European Union".
    name_words = "name-words",
    /// Verbs that put an infinitive into the future where they are in the progressive: "is going to".
    prospectives = "prospectives",
    /// Verbs with two objects: "hands Mali a base".
    giving = "giving",
    /// Adjectives for what several have together: "our shared commitment".
    shared = "shared",
    /// Waters and lands that are called after a polity: "sea" in "the East China Sea".
    waters = "waters",
    /// Verbs and nouns of ending or easing a measure.
    releasing = "releasing",
    /// Titles and forms of address before a name: "Mr.", "businessman".
    titles = "titles",
    /// Words in the names of companies and bodies: "bank", "Ltd".
    organisation_words = "organisation-words",
    /// Nouns behind which a ship's name stands: "tanker".
    ships = "ships",
    /// Nouns that name a branch of an economy: "sector".
    sectors = "sectors",
    /// Bodies of a state that are sanctioned by themselves: "military".
    listed_bodies = "listed-bodies",
    /// Nouns for people who act for nobody: "businessman".
    private_people = "private-people",
    /// People who speak against their own polity: "opposition leader".
    outsiders = "outsiders",
    /// Verbs by which somebody acts through his own people: "direct the ministry to".
    commands = "commands",
    /// Verbs of speaking about something together.
    discussing = "discussing",
    /// What joins two states, or sets them against each other: "relations with".
    bonds = "bonds",
    /// How what was held has ended: "the failure of the talks".
    outcomes = "outcomes",
    /// Words that titles write with a capital, and that are no part of a name: "Before".
    title_particles = "title-particles",
    /// Verbs of going on: "continue to call on".
    going_on = "going-on",
    /// Faiths and kin within a state: "Shia leaders".
    communities = "communities",
    /// Words before a polity's name that make it one of a company or a team: "Air China".
    firms = "firms",
    /// Nouns for those who stand beside a party and are not it: "our partners".
    companions = "companions",
    /// Nouns for a way or a chance to do something, which tell no act: "ways to settle".
    chances = "chances",
    /// Months by name.
    months = "months",
    /// Nouns by which a sentence goes on about sanctions that were told before: "these measures".
    restrictions = "restrictions",
    /// Verbs that are never without an object: where one has none, the word is a noun.
    always_transitive = "always-transitive",
    /// Participles that say where somebody or something belongs: "based in", "registered in".
    seated = "seated",
    /// Two nouns that a parser reads as one: "arms embargo".
    compounds = "compounds",
    /// Adjectives of what went before: "earlier", "previous".
    pasts = "pasts",
    /// Words of a threat or a warning.
    threatening = "threatening",
    /// What somebody calls another's government.
    regimes = "regimes",
    /// Prepositions that give what somebody acts upon.
    presuppositions = "presuppositions",
    /// Verbs of coming together.
    gathering = "gathering",
    /// Those verbs of giving behind which a name right before a noun gets it, and does not describe it: "give", not "supply".
    double_objects = "double-objects",
    /// Spans of time: "week".
    time_units = "time-units",
}

impl WordClasses {
    /// All words that may stand for a party, and their plurals.
    pub(super) fn stand_ins(&self) -> WordSet {
        let sets = [&self.pronouns, &self.anaphors, &self.organisation_anaphors, &self.counterparts, &self.acts];
        sets.into_iter().flatten().flat_map(|word| [word.clone(), format!("{word}s")]).collect()
    }

    /// Whether a preposition says that what stands behind it is a fact already: "after", "over".
    pub fn is_given_behind(&self, preposition: &str) -> bool {
        self.past_backgrounds.contains(preposition) || self.presuppositions.contains(preposition)
    }

    /// The infinitives and present forms of the plain verbs.
    pub(super) fn plain_forms(&self, inflections: &Inflections) -> WordSet {
        let forms = |verb: &String| inflections.of(verb).filter(|form| form == verb || form.ends_with('s')).collect::<Vec<_>>();
        self.plain_verbs.iter().flat_map(forms).collect()
    }
}

/// What stands before each space and hyphen of some names, since a token may hold a hyphen or end before it.
pub(super) fn beginnings<'n>(names: impl Iterator<Item = &'n String>) -> WordSet {
    names.flat_map(|name| name.match_indices([' ', '-']).map(|(end, _)| name[..end].to_owned())).collect()
}

fn class(sets: &Sets, name: &str) -> Result<WordSet, LexiconError> {
    let missing = || LexiconError {
        file: format!("sets/{name}.toml"),
        line: 1,
        problem: "this set is asked for by the program and is missing; restore the file".to_owned(),
    };
    Ok(sets.get(name).ok_or_else(missing)?.words.iter().cloned().collect())
}

//! The pipeline from an article to its events and sanctions mentions. Pure: no input or output, no clock, and it cannot fail.

mod absorb;
mod article;
mod assemble;
mod attribution;
mod cameo;
mod capacity;
mod capitals;
mod claim;
mod clause;
mod complement;
mod conditions;
mod content;
mod contexts;
mod control;
mod coreference;
pub mod dates;
mod discourse;
mod doer;
mod enumeration;
mod explain;
mod extraction;
mod frames;
mod issuer;
mod lesson;
mod mentions;
mod merge;
mod occasion;
mod pairs;
mod parties;
mod phrases;
mod place;
pub mod plover;
mod pronouns;
mod reading;
mod relevance;
mod repair;
mod row;
mod sanctions;
mod select;
mod signals;
mod slots;
mod standing;
mod status;
mod surface;
mod turns;
mod units;
mod venues;
mod verbs;
mod watch;
mod when;

use std::ops::Range;

pub use article::{Article, Published};
pub use explain::{ExplainedToken, Explanation, Fit, explain};
pub use extraction::{
    DateValue, Entity, Event, EventDate, Evidence, Extraction, LegalBasis, Limits, Mention, Party, Place, SourceOfClaim, Trigger, Warning,
    WatchHit,
};
use jiff::civil::Date;

pub use watch::watch;

pub use crate::lexicon::{Action, EntityKind, EventType, Measure, Mode, PartyKind, Quad, Status};
use crate::{
    lexicon::{Lexicon, Naming, WordKey},
    syntax::{Scratch, Syntax, Tree, Upos, Xpos},
    text::{Document, Sentence, Span, boilerplate, dateline, lower},
};
use assemble::Assembly;
use discourse::Discourse;
use frames::Match;
use lesson::Lesson;
use mentions::{ActorMention, find_mentions};
use occasion::Occasion;
use parties::Resolver;
use reading::Reading;
use relevance::Prospect;
use units::{Unit, Words};

/// Reads one article.
pub fn extract(article: &Article, lexicon: &Lexicon, syntax: &Syntax, limits: &Limits) -> Extraction {
    let published = article.published.map(|published| published.day);
    let mut document = Document::new(&article.text);
    capitals::undo_capitals(&mut document, lexicon);
    let mut mentions = find_mentions(&document, lexicon, published);
    let issuer = issuer::issuer(article, lexicon);
    if let Some(issuer) = issuer {
        issuer::add_titled(&document, lexicon, issuer, &mut mentions);
    }
    let boilerplate = boilerplate::spans(&article.text, article.title.as_deref());
    let sentences = without_dateline(&document);
    let mut reader = Reader::new(&document, lexicon, syntax, published);
    let turns = turns::turns(&article.text, article.title.as_deref(), lexicon, issuer, published);
    reader.discourse.issued_by(issuer, issuer::is_joint(article.title.as_deref(), lexicon), lexicon);
    let mut extraction = Extraction::default();
    for sentence in sentences.iter().take(limits.sentences) {
        reader.discourse.listen(&turns, sentence.span.start);
        let skipped = boilerplate.iter().any(|span| span.start <= sentence.span.start && sentence.span.end <= span.end);
        if !skipped && sentence.tokens.len() <= limits.tokens_per_sentence {
            reader.read_sentence(sentence, mentions_in(&mentions, &sentence.tokens), &mut extraction);
        }
    }
    extraction.sentences = document.sentences.len().min(limits.sentences);
    extraction.warnings = limits.warnings(&document);
    merge::merge_repeats(&mut extraction, &article.text);
    merge::cut(&mut extraction, limits);
    extraction
}

/// Reads the sentences of one article in order, and remembers what they spoke of.
struct Reader<'a> {
    document: &'a Document<'a>,
    lexicon: &'a Lexicon,
    syntax: &'a Syntax,
    published: Option<Date>,
    discourse: Discourse,
    occasion: Occasion,
    /// The first of the mentions that the sentence before told, and of those after it.
    told_before: usize,
    scratch: Scratch,
}

impl<'a> Reader<'a> {
    fn new(document: &'a Document<'a>, lexicon: &'a Lexicon, syntax: &'a Syntax, published: Option<Date>) -> Self {
        Self {
            document,
            lexicon,
            syntax,
            published,
            discourse: Discourse::default(),
            occasion: Occasion::default(),
            told_before: 0,
            scratch: Scratch::default(),
        }
    }

    fn read_sentence(&mut self, sentence: &'a Sentence, mentions: &[ActorMention], extraction: &mut Extraction) {
        let Some(reading) = self.read_if_worth(sentence, mentions) else {
            self.told_before = extraction.sanctions.len();
            return;
        };
        let resolver = Resolver::new(&reading, self.lexicon, &self.discourse);
        let (matches, misses) = frames::find_matches(&resolver);
        let assembly = Assembly { resolver: &resolver, published: self.published };
        let events = select::select_events(&reading, self.lexicon, &matches, &misses);
        let assembled: Vec<(&Match, Event)> = events.iter().filter_map(|found| assembly.event(found).map(|event| (found, event))).collect();
        // Whom a treaty of 1890 bound is not whom "both sides" means.
        let current: Vec<Match> =
            assembled.iter().filter(|(_, event)| event.status != Status::Historical).map(|(found, _)| (*found).clone()).collect();
        let mut told: Vec<Event> = assembled.into_iter().map(|(_, event)| event).collect();
        if !told.is_empty() {
            let dates: Vec<Span> = reading.dates().iter().map(|date| date.span).collect();
            self.occasion.date(&mut told, &dates);
        }
        extraction.events.append(&mut told);
        let actions = select::select_actions(&reading, self.lexicon, &matches);
        if actions.is_empty() {
            sanctions::go_on(&reading, self.lexicon, &mut extraction.sanctions[self.told_before..]);
        } else {
            self.told_before = extraction.sanctions.len();
        }
        extraction.sanctions.extend(actions.iter().filter_map(|found| assembly.mention(found)));
        self.remember(&reading, &current);
    }

    /// Reads a sentence that may tell something; of any other it only remembers who was named.
    fn read_if_worth(&mut self, sentence: &'a Sentence, mentions: &[ActorMention]) -> Option<Reading<'a>> {
        let forms: Vec<&'a str> = sentence.tokens.clone().map(|token| self.document.form(token)).collect();
        if let Some(tagged) = self.tag_if_worth(&forms, mentions, sentence.tokens.start) {
            let tree = self.syntax.parse_tagged(&unit_forms(&tagged.0), &mut self.scratch);
            return Some(self.read_tree(sentence, mentions, &forms, tagged, tree));
        }
        let actors: Vec<ActorMention> = mentions.iter().filter(|mention| !mention.is_entity()).cloned().collect();
        self.discourse.introduce(&forms, &actors, sentence.tokens.start, self.lexicon);
        self.discourse.remember(Lesson::unread(&forms, &actors, sentence.tokens.start));
        None
    }

    /// The units and days of a sentence, tagged, if it may tell something.
    fn tag_if_worth(
        &mut self,
        forms: &[&'a str],
        mentions: &[ActorMention],
        first_token: usize,
    ) -> Option<(Vec<Unit<'a>>, Vec<Range<usize>>)> {
        let prospect = Prospect::new(forms, mentions, first_token, &self.discourse, self.lexicon);
        if !prospect.is_worth_tagging() {
            return None;
        }
        let words = Words { forms, keys: prospect.keys(), lexicon: self.lexicon };
        let (mut units, days) = units::units(words, mentions, first_token);
        let tags = self.tag_with_verbs(&mut units);
        prospect.is_worth_parsing(&units, &tags).then_some((units, days))
    }

    fn parse(&mut self, sentence: &'a Sentence, mentions: &[ActorMention]) -> Reading<'a> {
        let forms: Vec<&'a str> = sentence.tokens.clone().map(|token| self.document.form(token)).collect();
        let keys: Vec<WordKey> = forms.iter().map(|form| WordKey::of(&lower(form))).collect();
        let words = Words { forms: &forms, keys: &keys, lexicon: self.lexicon };
        let (mut units, days) = units::units(words, mentions, sentence.tokens.start);
        self.tag_with_verbs(&mut units);
        let tree = self.syntax.parse_tagged(&unit_forms(&units), &mut self.scratch);
        self.read_tree(sentence, mentions, &forms, (units, days), tree)
    }

    fn read_tree(
        &mut self,
        sentence: &'a Sentence,
        mentions: &[ActorMention],
        forms: &[&'a str],
        (mut units, days): (Vec<Unit<'a>>, Vec<Range<usize>>),
        mut tree: Tree,
    ) -> Reading<'a> {
        let start = sentence.tokens.start;
        let is_named = |tokens: Range<usize>| !mentions_in(mentions, &(start + tokens.start..start + tokens.end)).is_empty();
        if let Some((reordered, saying)) = attribution::put_in_front(&units, &tree, is_named, self.lexicon) {
            let read = self.parse_units(&reordered);
            if read.root() == Some(saying) {
                (units, tree) = (reordered, read);
            }
        }
        let verb = units::read_as_verb(&mut units, &tree, self.lexicon);
        if verb.is_some() {
            tree = self.parse_units(&units);
        }
        tree = units::lay_out(tree, &units, &days, forms);
        if let Some((token, lemma)) = verb {
            tree.nodes[token].lemma = lemma.to_owned();
        }
        repair::repair(&mut tree, forms, &units::name_heads(mentions, sentence.tokens.start, forms.len()), self.lexicon);
        let mut reading = Reading::new(self.document, sentence, tree, mentions, self.lexicon);
        self.add_introduced(&mut reading);
        reading
    }

    /// Tags units, once more from the first word on that turns out to be a verb.
    fn tag_with_verbs(&mut self, units: &mut [Unit]) -> Vec<(Upos, Xpos)> {
        let tags = self.tag_units(units);
        match verbs::mark_verbs(units, &tags, self.lexicon) {
            Some(first) => self.syntax.tag_from(first, |unit| units[unit].verb, &mut self.scratch).collect(),
            None => tags,
        }
    }

    fn parse_units(&mut self, units: &[Unit]) -> Tree {
        self.tag_units(units);
        self.syntax.parse_tagged(&unit_forms(units), &mut self.scratch)
    }

    fn tag_units(&mut self, units: &[Unit]) -> Vec<(Upos, Xpos)> {
        self.syntax.tag(&unit_forms(units), |unit| units[unit].verb, &mut self.scratch).collect()
    }

    fn remember(&mut self, reading: &Reading, events: &[Match]) {
        let lesson = Lesson::new(&Resolver::new(reading, self.lexicon, &self.discourse), events);
        let protagonist = lesson.protagonist;
        self.discourse.remember(lesson);
        let forms: Vec<&str> = (0..reading.len()).map(|node| reading.form(node)).collect();
        self.discourse.introduce(&forms, &reading.mentions, 0, self.lexicon);
        self.discourse.person = protagonist.or(self.discourse.person);
    }

    /// Last names of people whom the article presented before.
    fn add_introduced(&self, reading: &mut Reading) {
        for node in 0..reading.len() {
            let form = reading.form(node);
            let Some(actor) = self.discourse.introduced_with_office(form) else { continue };
            let behind_office = || node > 0 && self.lexicon.classes.offices.contains(&lower(reading.form(node - 1)));
            if self.discourse.introduced(form).is_none() && !behind_office() {
                continue;
            }
            reading.add_mention(ActorMention { tokens: node..node + 1, actor, naming: Naming::Organ, left_office: false });
        }
    }
}

fn unit_forms<'u>(units: &[Unit<'u>]) -> Vec<&'u str> {
    units.iter().map(|unit| unit.form).collect()
}

/// The sentences, the first report's own without its dateline: "BEIJING, March 10 (Reuters) -" is no part of what is said.
fn without_dateline(document: &Document) -> Vec<Sentence> {
    let mut sentences = document.sentences.clone();
    let Some(dateline) = dateline(document) else { return sentences };
    if let Some(sentence) = sentences.iter_mut().find(|sentence| sentence.tokens.contains(&dateline.first_token)) {
        sentence.tokens.start = dateline.first_token;
        sentence.span.start = document.tokens[dateline.first_token].span.start;
    }
    sentences
}

/// The mentions within a range of tokens; `mentions` are in order.
fn mentions_in<'m>(mentions: &'m [ActorMention], tokens: &Range<usize>) -> &'m [ActorMention] {
    let first = mentions.partition_point(|mention| mention.tokens.start < tokens.start);
    let end = mentions.partition_point(|mention| mention.tokens.end <= tokens.end);
    &mentions[first..end.max(first)]
}

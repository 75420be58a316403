//! How a text was read, for the author of a rule.

use jiff::civil::Date;

use super::{
    Article, Reader, capitals,
    frames::{Match, Mismatch, find_all},
    issuer,
    mentions::find_mentions,
    mentions_in,
    parties::{Found, Resolver},
    reading::Reading,
    select, turns, without_dateline,
};
use crate::{
    lexicon::Lexicon,
    syntax::{Node, Syntax},
    text::Document,
};

/// How one sentence was read.
#[derive(Debug)]
pub struct Explanation {
    /// Whether extraction does not parse it, since no rule is possible with its words, their tags and who is named.
    pub is_passed_over: bool,
    pub tokens: Vec<ExplainedToken>,
    /// Name as written, code, and what kind of name it is.
    pub mentions: Vec<(String, String, String)>,
    /// Frames that fit: rule, trigger, actors, recipients, and what became of it.
    pub fits: Vec<Fit>,
    /// Frames whose trigger stands here and that did not fit: rule, trigger, why.
    pub misses: Vec<(String, String, &'static str)>,
}

/// One token as the tagger and the parser see it.
#[derive(Debug)]
pub struct ExplainedToken {
    pub form: String,
    pub node: Node,
}

/// One frame that fits.
#[derive(Debug)]
pub struct Fit {
    pub rule: String,
    pub trigger: String,
    pub actors: Vec<String>,
    pub recipients: Vec<String>,
    /// Whether it is told; else another match speaks about it or tells it better.
    pub told: bool,
}

/// Reads a text, published on a day and by a host if these are given, and keeps what was seen on the way.
pub fn explain(text: &str, published: Option<Date>, source: Option<&str>, lexicon: &Lexicon, syntax: &Syntax) -> Vec<Explanation> {
    let mut document = Document::new(text);
    capitals::undo_capitals(&mut document, lexicon);
    let mentions = find_mentions(&document, lexicon, published);
    let sentences = without_dateline(&document);
    let article = Article { source: source.map(str::to_owned), ..Article::default() };
    let mut reader = Reader::new(&document, lexicon, syntax, published);
    let issuer = issuer::issuer(&article, lexicon);
    let turns = turns::turns(text, None, lexicon, issuer, published);
    reader.discourse.issued_by(issuer, false, lexicon);
    let mut explanations = Vec::new();
    for sentence in &sentences {
        reader.discourse.listen(&turns, sentence.span.start);
        let named = mentions_in(&mentions, &sentence.tokens);
        let forms: Vec<&str> = sentence.tokens.clone().map(|token| document.form(token)).collect();
        let is_passed_over = reader.tag_if_worth(&forms, named, sentence.tokens.start).is_none();
        let reading = reader.parse(sentence, named);
        let (mut explanation, events) = explain_reading(&reader, &reading);
        explanation.is_passed_over = is_passed_over;
        explanations.push(explanation);
        reader.remember(&reading, &events);
    }
    explanations
}

fn explain_reading(reader: &Reader, reading: &Reading) -> (Explanation, Vec<Match>) {
    let lexicon = reader.lexicon;
    let resolver = Resolver::new(reading, lexicon, &reader.discourse);
    let (matches, misses) = find_all(&resolver);
    let events = select::select_events(reading, lexicon, &matches, &misses);
    let mut told = events.clone();
    told.extend(select::select_actions(reading, lexicon, &matches));
    let codes = |found: &[Found]| found.iter().map(|found| lexicon.actors[found.actor as usize].code.clone()).collect();
    let fits = matches.iter().map(|found| Fit {
        rule: lexicon.rules[found.rule].id.clone(),
        trigger: reading.form(found.trigger).to_owned(),
        actors: codes(&found.actors),
        recipients: codes(&found.recipients),
        told: told.iter().any(|other| other.rule == found.rule && other.trigger == found.trigger),
    });
    let name = |mention: &super::mentions::ActorMention| {
        let written = reading.span_of(&mention.tokens).of(reading.document.text).to_owned();
        (written, lexicon.actors[mention.actor as usize].code.clone(), format!("{:?}", mention.naming))
    };
    let explanation = Explanation {
        is_passed_over: false,
        tokens: (0..reading.len())
            .map(|node| ExplainedToken { form: reading.form(node).to_owned(), node: reading.node(node).clone() })
            .collect(),
        mentions: reading.mentions.iter().chain(&reading.entities).map(name).collect(),
        fits: fits.collect(),
        misses: misses
            .into_iter()
            .map(|(rule, node, why)| (lexicon.rules[rule].id.clone(), reading.form(node).to_owned(), reason(&why)))
            .collect(),
    };
    (explanation, events)
}

fn reason(why: &Mismatch) -> &'static str {
    match why {
        Mismatch::WordClass => "the word is of another class here",
        Mismatch::Particle => "the words that belong to the trigger do not stand beside it",
        Mismatch::Object => "the object is not one of `objects`, or is one of `not_objects`",
        Mismatch::Subject => "the subject is not one of `subjects`, or is one of `not_subjects`",
        Mismatch::Complement => "the complement is not one of `complements`, or is one of `not_complements`",
        Mismatch::Preposition(_) => "a phrase that `phrases` asks for is not there",
        Mismatch::Governor => "the verb that governs it is not one of `governors`, or is one of `not_governors`",
        Mismatch::Unless => "the sentence holds one of the words of `unless`",
        Mismatch::WithAny => "the sentence holds none of the words of `with_any`",
        Mismatch::Above => "what governs it is not one of `above`, or is one of `not_above`",
        Mismatch::Kind => {
            "a party is of another kind than `actor_kind` or `recipient_kind`, or not the one of `complement_self`, or no other is named"
        }
        Mismatch::Domestic => "it is done to the actor's own, so it is domestic",
        Mismatch::Negation => "it is negated, or is not, against `negated`",
        Mismatch::Condition => "it has an if, or has none, against `conditional`",
        Mismatch::Parties => "the parties are not there: two polities, or one where the rule says `alone`",
    }
}

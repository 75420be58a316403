//! From a message body to its outcome; no broker types.

use std::sync::Arc;

use crate::{
    extract::{Article, Extraction, Limits, Warning, extract, watch},
    lexicon::{Lexicon, Watch, WatchLists},
    messages::{self, DecodeLimits, FieldPointers, UNDETERMINED_LANGUAGE},
    syntax::Syntax,
};

// The broker side needs these two and nothing else of the wire.
pub use crate::messages::{Envelope, Rejection};

/// The languages that the extraction reads; a text whose language cannot be told is read too.
const LANGUAGES: [&str; 2] = ["en", UNDETERMINED_LANGUAGE];
/// Well below the 16 MiB that RabbitMQ takes by default since 4.0.
const DEFAULT_RESULT_BYTES: usize = 8 << 20;

/// Everything that turns a message into a result. Only the watch lists can be exchanged while it works; share it between threads.
#[derive(Debug)]
pub struct Worker {
    pub lexicon: Lexicon,
    /// The operator's own lists of names.
    pub watch: Arc<Watch>,
    pub syntax: Syntax,
    pub decode_limits: DecodeLimits,
    /// Where JSON articles have their fields, if not under the names that are known.
    pub fields: FieldPointers,
    pub limits: Limits,
    /// Of a result message; an article whose result is larger is refused.
    pub result_bytes: usize,
}

/// What a message came to.
#[derive(Debug)]
pub enum Outcome {
    Answered(Answer),
    /// It cannot be processed, now or ever: dead letter, no retry.
    Rejected(Rejection),
}

/// A result that is ready to be published.
#[derive(Debug)]
pub struct Answer {
    /// Deterministic: from the article's id, its content and the extractor's version.
    pub message_id: String,
    pub article_id: String,
    /// `events`, `sanctions`, `both` or `none`: the last part of the routing key.
    pub relevance: &'static str,
    pub body: Vec<u8>,
    pub events: usize,
    pub sanctions: usize,
    pub warnings: usize,
    pub sentences: usize,
    pub language: String,
}

impl Worker {
    /// A worker with default limits.
    pub fn new(lexicon: Lexicon, syntax: Syntax) -> Self {
        Self {
            lexicon,
            watch: Arc::default(),
            syntax,
            decode_limits: DecodeLimits::default(),
            fields: FieldPointers::default(),
            limits: Limits::default(),
            result_bytes: DEFAULT_RESULT_BYTES,
        }
    }

    /// Decodes, extracts and encodes. CPU work of milliseconds: call it off the async threads. A panic in it is the caller's to catch.
    pub fn process(&self, body: &[u8], envelope: &Envelope) -> Outcome {
        let decoded = messages::decode_at(body, envelope, &self.decode_limits, &self.fields);
        match decoded.and_then(|(article, warnings)| self.answer(&article, warnings)) {
            Ok(answer) => Outcome::Answered(answer),
            Err(rejection) => Outcome::Rejected(rejection),
        }
    }

    fn answer(&self, article: &Article, decode_warnings: Vec<Warning>) -> Result<Answer, Rejection> {
        let lists = self.watch.lists();
        let mut extraction = self.read(article, &lists);
        extraction.warnings.splice(..0, decode_warnings);
        let body = messages::encode(article, &extraction, self.lexicon.hash());
        if body.len() > self.result_bytes {
            let detail = format!("the result has {} bytes; at most {}", body.len(), self.result_bytes);
            return Err(Rejection::new(Rejection::RESULT_TOO_LARGE, detail));
        }
        Ok(Answer {
            // Other lists give another result, which must not be taken for a repeat of the first.
            message_id: messages::result_id(article, &format!("{}{}", self.lexicon.hash(), lists.hash())),
            article_id: article.id.clone(),
            relevance: relevance(&extraction),
            body,
            events: extraction.events.len(),
            sanctions: extraction.sanctions.len(),
            warnings: extraction.warnings.len(),
            sentences: extraction.sentences,
            language: article.language.clone(),
        })
    }

    /// Withdrawn items, items that are no text and other languages are answered without being read.
    fn read(&self, article: &Article, lists: &WatchLists) -> Extraction {
        if let Some(warning) = reason_not_to_read(article) {
            return Extraction { warnings: warning, ..Extraction::default() };
        }
        let mut extraction = extract(article, &self.lexicon, &self.syntax, &self.limits);
        watch(&mut extraction, &article.text, lists, &self.limits);
        extraction
    }
}

fn reason_not_to_read(article: &Article) -> Option<Vec<Warning>> {
    if article.withdrawn {
        let message = "the article was withdrawn by its sender; it is not read".to_owned();
        return Some(vec![Warning { code: "withdrawn", message }]);
    }
    if article.passed_over {
        return Some(Vec::new());
    }
    if !LANGUAGES.contains(&article.language.as_str()) {
        let message = format!("the article is in {:?}; only English is read", article.language);
        return Some(vec![Warning { code: "unsupported_language", message }]);
    }
    None
}

fn relevance(extraction: &Extraction) -> &'static str {
    match (extraction.events.is_empty(), extraction.sanctions.is_empty()) {
        (true, true) => "none",
        (false, true) => "events",
        (true, false) => "sanctions",
        (false, false) => "both",
    }
}

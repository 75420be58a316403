use jiff::civil::Date;

use crate::{
    lexicon::{Action, EntityKind, EventType, Measure, Mode, PartyKind, Status},
    text::{Document, Span},
};

/// All that was read out of one article. Spans are bytes of the article's text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Extraction {
    pub events: Vec<Event>,
    pub sanctions: Vec<Mention>,
    /// Names of the operator's own lists.
    pub watchlist: Vec<WatchHit>,
    pub warnings: Vec<Warning>,
    /// How many sentences the text was split into; the line that is logged for each message says so.
    pub sentences: usize,
}

/// Bounds of one extraction; what is cut is said in a warning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    pub sentences: usize,
    pub tokens_per_sentence: usize,
    pub events: usize,
}

impl Limits {
    /// What of a document is cut.
    pub(super) fn warnings(self, document: &Document) -> Vec<Warning> {
        let mut warnings = Vec::new();
        if document.sentences.len() > self.sentences {
            let message = format!("read the first {} of {} sentences (limits.sentences)", self.sentences, document.sentences.len());
            warnings.push(Warning { code: "sentences_cut", message });
        }
        let long = document.sentences.iter().filter(|sentence| sentence.tokens.len() > self.tokens_per_sentence).count();
        if long > 0 {
            let message =
                format!("passed over {long} sentences of more than {} tokens (limits.tokens_per_sentence)", self.tokens_per_sentence);
            warnings.push(Warning { code: "long_sentences", message });
        }
        warnings
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self { sentences: 5_000, tokens_per_sentence: 200, events: 500 }
    }
}

/// Something a reader of the result should know; the article was answered all the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// A stable name in snake case, such as `unsupported_language`.
    pub code: &'static str,
    pub message: String,
}

/// One diplomatic event. Types, modes, contexts and scores are PLOVER's (manual 0.8, 2021).
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    pub kind: EventType,
    pub mode: Option<Mode>,
    /// PLOVER contexts, as written there ("human_rights").
    pub contexts: Vec<String>,
    /// The closest CAMEO code.
    pub cameo: String,
    pub status: Status,
    pub actors: Vec<Party>,
    pub recipients: Vec<Party>,
    pub date: Option<EventDate>,
    pub place: Option<Place>,
    pub source_of_claim: Option<SourceOfClaim>,
    pub evidence: Evidence,
    /// It only says more of an event: "This is the first meeting between".
    pub is_remark: bool,
    /// Other places in the article that tell the same event.
    pub mentions: Vec<Span>,
    /// 0 to 1.
    pub confidence: f32,
    /// The id of the lexicon rule that found it.
    pub rule: String,
}

/// One sanctions mention (codebook, section 5).
#[derive(Clone, Debug, PartialEq)]
pub struct Mention {
    pub action: Action,
    pub status: Status,
    pub senders: Vec<Party>,
    pub targets: Vec<Party>,
    pub entities: Vec<Entity>,
    pub measures: Vec<Measure>,
    pub legal_basis: Vec<LegalBasis>,
    pub programmes: Vec<String>,
    pub date: Option<EventDate>,
    pub evidence: Evidence,
    pub mentions: Vec<Span>,
    /// 0 to 1.
    pub confidence: f32,
    pub rule: String,
}

/// A polity or international actor with a part in an event.
#[derive(Clone, Debug, PartialEq)]
pub struct Party {
    pub code: String,
    pub name: String,
    pub kind: PartyKind,
    /// The office of the person who acts ("secretary of state").
    pub role: Option<String>,
    /// PLOVER sector (GOV, MIL, LEG …).
    pub sector: Option<String>,
    pub span: Span,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Entity {
    pub kind: EntityKind,
    pub span: Span,
}

/// A name of the operator's own lists, where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WatchHit {
    pub list: String,
    /// The id of the list's entry.
    pub entry: String,
    pub span: Span,
    /// Indexes of the sanctions mentions whose entity it is.
    pub mentions: Vec<usize>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct LegalBasis {
    pub span: Span,
    /// The normalised reference ("UNSCR 2375"), where it is known.
    pub id: Option<String>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct EventDate {
    pub value: DateValue,
    pub span: Span,
}

/// A date of the precision that the text gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DateValue {
    Year(i16),
    Month(i16, i8),
    Day(Date),
    /// First and last day.
    Interval(Date, Date),
}

#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// ISO 3166-1 alpha-3, where it is known.
    pub country: Option<String>,
    pub span: Span,
}

/// Who says that the event happened, where the text reports it as somebody's words.
#[derive(Clone, Debug, PartialEq)]
pub struct SourceOfClaim {
    pub code: Option<String>,
    pub span: Span,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Evidence {
    pub sentence: Span,
    pub trigger: Trigger,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Trigger {
    pub span: Span,
}

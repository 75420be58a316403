//! The result message, as it is on the wire. The doc comments become the published schema's descriptions.

use schemars::JsonSchema;
use serde::Serialize;

use crate::extract::{Action, EventType, Measure, Mode, Quad, Status};

/// Every result names the version of its shape; consumers switch on it.
pub const SCHEMA_NAME: &str = "attache.result.v1";

/// What attache read in one article. `start` and `end` count Unicode code points in the article's text as it arrived (for
/// HTML: in `article.text`); `end` is exclusive.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ResultMessage<'r> {
    #[schemars(extend("const" = SCHEMA_NAME))]
    pub schema: &'static str,
    pub article: ArticleFields<'r>,
    pub extractor: Extractor<'r>,
    pub events: Vec<EventFields<'r>>,
    pub sanctions: Vec<MentionFields<'r>>,
    /// The strongest sanctions action of each pair of sender and target.
    pub summary: Vec<PairSummary<'r>>,
    /// Hits of the operator's own lists.
    pub watchlist: Vec<WatchlistHit<'r>>,
    pub warnings: Vec<WarningFields<'r>>,
}

#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ArticleFields<'r> {
    #[schemars(length(min = 1))]
    pub id: &'r str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<&'r str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<&'r str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<&'r str>,
    /// ISO 639-1, or "und" when it cannot be told.
    #[schemars(regex(pattern = r"^[a-z]{2,3}$"))]
    pub language: &'r str,
    /// RFC 3339, in UTC.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("format" = "date-time"))]
    pub published_at: Option<String>,
    /// SimHash of the text: near duplicates differ in few of its 64 bits.
    #[schemars(regex(pattern = r"^[0-9a-f]{16}$"))]
    pub fingerprint: String,
    /// The text taken out of HTML, in which offsets count; left out for plain text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<&'r str>,
}

#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Extractor<'r> {
    pub version: &'static str,
    /// The hash of the lexicon.
    pub lexicon: &'r str,
}

#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EventFields<'r> {
    /// Stable for one article and free of offsets.
    pub id: String,
    /// The same for the same event told by different articles: type, parties, day.
    pub key: String,
    #[serde(rename = "type")]
    #[schemars(extend("enum" = names(EventType::ALL, EventType::name)))]
    pub kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("enum" = names_or_null(Mode::ALL, Mode::name)))]
    pub mode: Option<&'static str>,
    pub contexts: &'r [String],
    #[schemars(extend("enum" = names(Quad::ALL, Quad::name)))]
    pub quad: &'static str,
    /// PLOVER's conflict-cooperation score.
    #[schemars(range(min = -10.0, max = 10.0))]
    pub score: f64,
    /// The closest CAMEO code.
    #[schemars(regex(pattern = r"^[0-9]{0,4}$"))]
    pub cameo: &'r str,
    #[schemars(extend("enum" = names(Status::ALL, Status::name)))]
    pub status: &'static str,
    pub actors: Vec<PartyFields<'r>>,
    pub recipients: Vec<PartyFields<'r>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<DateFields<'r>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<PlaceFields<'r>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source_of_claim: Option<ClaimFields<'r>>,
    pub evidence: EvidenceFields<'r>,
    /// Other places in the article that tell the same event.
    pub mentions: Vec<Offsets>,
    #[schemars(range(min = 0.0, max = 1.0))]
    pub confidence: f64,
    /// The lexicon rule that found it.
    pub rule: &'r str,
}

#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MentionFields<'r> {
    pub id: String,
    pub key: String,
    #[schemars(extend("enum" = names(Action::ALL, Action::name)))]
    pub action: &'static str,
    #[schemars(extend("enum" = names(Status::ALL, Status::name)))]
    pub status: &'static str,
    pub senders: Vec<PartyFields<'r>>,
    pub targets: Vec<PartyFields<'r>>,
    pub entities: Vec<EntityFields<'r>>,
    #[schemars(extend("items" = serde_json::json!({"enum": names(Measure::ALL, Measure::name)})))]
    pub measures: Vec<&'static str>,
    pub legal_basis: Vec<LegalBasisFields<'r>>,
    pub programmes: &'r [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<DateFields<'r>>,
    pub evidence: EvidenceFields<'r>,
    pub mentions: Vec<Offsets>,
    #[schemars(range(min = 0.0, max = 1.0))]
    pub confidence: f64,
    pub rule: &'r str,
}

/// A stretch of the text.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
pub struct Offsets {
    pub start: usize,
    pub end: usize,
}

/// A stretch of the text with its words.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Passage<'r> {
    pub text: &'r str,
    #[serde(flatten)]
    pub offsets: Offsets,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct PartyFields<'r> {
    /// ISO 3166-1 alpha-3 for a state, else the lexicon's code.
    pub code: &'r str,
    pub name: &'r str,
    #[schemars(extend("enum" = ["state", "organisation", "group"]))]
    pub kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<&'r str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sector: Option<&'r str>,
    #[serde(flatten)]
    pub passage: Passage<'r>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct EntityFields<'r> {
    #[schemars(extend("enum" = ["person", "organisation", "vessel", "sector"]))]
    pub kind: &'static str,
    #[serde(flatten)]
    pub passage: Passage<'r>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct LegalBasisFields<'r> {
    /// The normalised reference.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<&'r str>,
    #[serde(flatten)]
    pub passage: Passage<'r>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct DateFields<'r> {
    /// YYYY, YYYY-MM, YYYY-MM-DD, or an interval of two days "A/B".
    #[schemars(regex(pattern = r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?(/[0-9]{4}-[0-9]{2}-[0-9]{2})?$"))]
    pub value: String,
    #[serde(flatten)]
    pub passage: Passage<'r>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct PlaceFields<'r> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<&'r str>,
    #[serde(flatten)]
    pub passage: Passage<'r>,
}

/// Who says that it happened.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ClaimFields<'r> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<&'r str>,
    #[serde(flatten)]
    pub passage: Passage<'r>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct EvidenceFields<'r> {
    pub sentence: &'r str,
    #[serde(flatten)]
    pub offsets: Offsets,
    pub trigger: Passage<'r>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct PairSummary<'r> {
    pub sender: &'r str,
    pub target: &'r str,
    #[schemars(extend("enum" = names(Action::ALL, Action::name)))]
    pub action: &'static str,
    #[schemars(extend("items" = serde_json::json!({"enum": names(Measure::ALL, Measure::name)})))]
    pub measures: Vec<&'static str>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct WatchlistHit<'r> {
    /// The file's name without its ending.
    pub list: &'r str,
    /// The id of the entry in the list.
    pub entry: &'r str,
    /// The name as it is written in the article.
    pub name: &'r str,
    #[serde(flatten)]
    pub offsets: Offsets,
    /// The ids of the sanctions mentions whose entity it is.
    pub mentions: Vec<String>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct WarningFields<'r> {
    /// A stable name in snake case.
    pub code: &'r str,
    pub message: &'r str,
}

/// The closed list of a field's values.
fn names<T: Copy>(values: &[T], name: fn(T) -> &'static str) -> Vec<&'static str> {
    values.iter().copied().map(name).collect()
}

fn names_or_null<T: Copy>(values: &[T], name: fn(T) -> &'static str) -> Vec<Option<&'static str>> {
    values.iter().copied().map(name).map(Some).chain([None]).collect()
}

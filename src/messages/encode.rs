use std::collections::HashMap;

use super::{
    fingerprint::fingerprint,
    identity,
    result::{
        ArticleFields, ClaimFields, DateFields, EntityFields, EventFields, EvidenceFields, Extractor, LegalBasisFields, MentionFields,
        Offsets, PairSummary, PartyFields, Passage, PlaceFields, ResultMessage, SCHEMA_NAME, WarningFields, WatchlistHit,
    },
};
use crate::{
    extract::{
        Action, Article, Entity, EntityKind, Event, EventDate, Evidence, Extraction, LegalBasis, Measure, Mention, Party, PartyKind, Place,
        SourceOfClaim, Status, WatchHit, plover,
    },
    text::{CodePoints, Span},
};

/// Writes the result message of an article as JSON.
pub fn encode(article: &Article, extraction: &Extraction, lexicon_hash: &str) -> Vec<u8> {
    let writer = Writer { article, points: CodePoints::new(&article.text) };
    let sanctions = writer.mentions(&extraction.sanctions);
    let watchlist = extraction.watchlist.iter().map(|hit| writer.hit(hit, &sanctions)).collect();
    let message = ResultMessage {
        schema: SCHEMA_NAME,
        article: writer.article(),
        extractor: Extractor { version: env!("CARGO_PKG_VERSION"), lexicon: lexicon_hash },
        events: writer.events(&extraction.events),
        summary: summary(&extraction.sanctions),
        watchlist,
        sanctions,
        warnings: extraction.warnings.iter().map(|warning| WarningFields { code: warning.code, message: &warning.message }).collect(),
    };
    serde_json::to_vec(&message).expect("strings, numbers and lists always have a JSON form")
}

/// Turns the spans of one article into what is on the wire.
struct Writer<'r> {
    article: &'r Article,
    points: CodePoints,
}

impl<'r> Writer<'r> {
    fn article(&self) -> ArticleFields<'r> {
        let article = self.article;
        ArticleFields {
            id: &article.id,
            url: article.url.as_deref(),
            title: article.title.as_deref(),
            source: article.source.as_deref(),
            language: &article.language,
            published_at: article.published.map(|published| published.instant.to_string()),
            fingerprint: fingerprint(&article.text),
            text: article.text_from_html.then_some(article.text.as_str()),
        }
    }

    fn events(&self, events: &'r [Event]) -> Vec<EventFields<'r>> {
        let mut seen = HashMap::new();
        let fields = |event| {
            let occurrence = occurrence(&mut seen, identity::event_id(event, self.article, 0));
            self.event(event, identity::event_id(event, self.article, occurrence))
        };
        events.iter().map(fields).collect()
    }

    fn mentions(&self, mentions: &'r [Mention]) -> Vec<MentionFields<'r>> {
        let mut seen = HashMap::new();
        let fields = |mention| {
            let occurrence = occurrence(&mut seen, identity::mention_id(mention, self.article, 0));
            self.mention(mention, identity::mention_id(mention, self.article, occurrence))
        };
        mentions.iter().map(fields).collect()
    }

    fn event(&self, event: &'r Event, id: String) -> EventFields<'r> {
        EventFields {
            id,
            key: identity::event_key(event, self.article),
            kind: event.kind.name(),
            mode: event.mode.map(|mode| mode.name()),
            contexts: &event.contexts,
            quad: plover::quad(event.kind).name(),
            score: plover::score(event.kind, event.mode),
            cameo: &event.cameo,
            status: event.status.name(),
            actors: self.parties(&event.actors),
            recipients: self.parties(&event.recipients),
            date: event.date.as_ref().map(|date| self.date(date)),
            place: event.place.as_ref().map(|place| self.place(place)),
            source_of_claim: event.source_of_claim.as_ref().map(|source| self.claim(source)),
            evidence: self.evidence(&event.evidence),
            mentions: event.mentions.iter().map(|span| self.offsets(*span)).collect(),
            confidence: rounded(event.confidence),
            rule: &event.rule,
        }
    }

    fn mention(&self, mention: &'r Mention, id: String) -> MentionFields<'r> {
        MentionFields {
            id,
            key: identity::mention_key(mention, self.article),
            action: mention.action.name(),
            status: mention.status.name(),
            senders: self.parties(&mention.senders),
            targets: self.parties(&mention.targets),
            entities: mention.entities.iter().map(|entity| self.entity(entity)).collect(),
            measures: mention.measures.iter().map(|measure| measure.name()).collect(),
            legal_basis: mention.legal_basis.iter().map(|basis| self.legal_basis(basis)).collect(),
            programmes: &mention.programmes,
            date: mention.date.as_ref().map(|date| self.date(date)),
            evidence: self.evidence(&mention.evidence),
            mentions: mention.mentions.iter().map(|span| self.offsets(*span)).collect(),
            confidence: rounded(mention.confidence),
            rule: &mention.rule,
        }
    }

    fn parties(&self, parties: &'r [Party]) -> Vec<PartyFields<'r>> {
        let fields = |party: &'r Party| PartyFields {
            code: &party.code,
            name: &party.name,
            kind: party_kind(party.kind),
            role: party.role.as_deref(),
            sector: party.sector.as_deref(),
            passage: self.passage(party.span),
        };
        parties.iter().map(fields).collect()
    }

    fn entity(&self, entity: &Entity) -> EntityFields<'r> {
        EntityFields { kind: entity_kind(entity.kind), passage: self.passage(entity.span) }
    }

    fn hit(&self, hit: &'r WatchHit, mentions: &[MentionFields]) -> WatchlistHit<'r> {
        WatchlistHit {
            list: &hit.list,
            entry: &hit.entry,
            name: hit.span.of(&self.article.text),
            offsets: self.offsets(hit.span),
            mentions: hit.mentions.iter().filter_map(|at| mentions.get(*at)).map(|mention| mention.id.clone()).collect(),
        }
    }

    fn legal_basis(&self, basis: &'r LegalBasis) -> LegalBasisFields<'r> {
        LegalBasisFields { id: basis.id.as_deref(), passage: self.passage(basis.span) }
    }

    fn date(&self, date: &EventDate) -> DateFields<'r> {
        DateFields { value: identity::date_text(date.value), passage: self.passage(date.span) }
    }

    fn place(&self, place: &'r Place) -> PlaceFields<'r> {
        PlaceFields { country: place.country.as_deref(), passage: self.passage(place.span) }
    }

    fn claim(&self, source: &'r SourceOfClaim) -> ClaimFields<'r> {
        ClaimFields { code: source.code.as_deref(), passage: self.passage(source.span) }
    }

    fn evidence(&self, evidence: &Evidence) -> EvidenceFields<'r> {
        EvidenceFields {
            sentence: evidence.sentence.of(&self.article.text),
            offsets: self.offsets(evidence.sentence),
            trigger: self.passage(evidence.trigger.span),
        }
    }

    fn passage(&self, span: Span) -> Passage<'r> {
        Passage { text: span.of(&self.article.text), offsets: self.offsets(span) }
    }

    fn offsets(&self, span: Span) -> Offsets {
        let at = |byte| self.points.at(&self.article.text, byte);
        Offsets { start: at(span.start), end: at(span.end) }
    }
}

/// How many equal ones came before.
fn occurrence(seen: &mut HashMap<String, usize>, id: String) -> usize {
    let count = seen.entry(id).or_default();
    *count += 1;
    *count - 1
}

/// The strongest action of each pair, in the order in which the pairs first come; what did not happen does not count.
fn summary(mentions: &[Mention]) -> Vec<PairSummary<'_>> {
    let mut pairs: Vec<(PairSummary<'_>, usize)> = Vec::new();
    for mention in mentions.iter().filter(|mention| mention.status != Status::Negated) {
        for (sender, target) in mention.senders.iter().flat_map(|sender| mention.targets.iter().map(move |target| (sender, target))) {
            let at = pairs.iter().position(|(pair, _)| pair.sender == sender.code && pair.target == target.code);
            let at = at.unwrap_or_else(|| {
                let (sender, target) = (sender.code.as_str(), target.code.as_str());
                pairs.push((PairSummary { sender, target, action: mention.action.name(), measures: Vec::new() }, strength(mention)));
                pairs.len() - 1
            });
            strengthen(&mut pairs[at], mention);
        }
    }
    pairs.into_iter().map(|(pair, _)| pair).collect()
}

fn strengthen((pair, strongest): &mut (PairSummary<'_>, usize), mention: &Mention) {
    if strength(mention) > *strongest {
        (pair.action, *strongest) = (mention.action.name(), strength(mention));
    }
    let names = mention.measures.iter().map(|measure: &Measure| measure.name());
    for name in names {
        if !pair.measures.contains(&name) {
            pair.measures.push(name);
        }
    }
}

/// What is done weighs more than what is planned, and that more than what merely is; then what changes most.
fn strength(mention: &Mention) -> usize {
    const WEAKEST_FIRST: [Action; 12] = [
        Action::Existing,
        Action::Oppose,
        Action::Evade,
        Action::Propose,
        Action::Threaten,
        Action::Ease,
        Action::Suspend,
        Action::Lift,
        Action::Enforce,
        Action::Extend,
        Action::Expand,
        Action::Impose,
    ];
    let rank = WEAKEST_FIRST.iter().position(|action| *action == mention.action).unwrap_or_default();
    rank + if mention.status == Status::Actual { WEAKEST_FIRST.len() } else { 0 }
}

/// Two digits say all that a confidence knows.
fn rounded(confidence: f32) -> f64 {
    (f64::from(confidence) * 100.0).round() / 100.0
}

fn party_kind(kind: PartyKind) -> &'static str {
    match kind {
        PartyKind::State => "state",
        PartyKind::Organisation => "organisation",
        PartyKind::Group => "group",
    }
}

fn entity_kind(kind: EntityKind) -> &'static str {
    match kind {
        EntityKind::Person => "person",
        EntityKind::Organisation => "organisation",
        EntityKind::Vessel => "vessel",
        EntityKind::Sector => "sector",
    }
}

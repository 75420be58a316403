//! The acts, programmes, bodies and lists that a sentence names.

use std::ops::Range;

use super::{
    super::{Action, LegalBasis, Party, parties::Found, reading::Reading},
    is_deed,
};
use crate::{
    lexicon::{Actor, Lexicon, PartyKind, Programme, Reference},
    text::Span,
};

/// What one sentence names, with ranges in the article's text.
#[derive(Debug)]
pub(in crate::extract) struct Named {
    references: Vec<Reference>,
    /// Indexes in the lexicon.
    programmes: Vec<(Range<usize>, usize)>,
    /// Codes.
    issuers: Vec<(Range<usize>, String)>,
}

impl Named {
    fn read(reading: &Reading, lexicon: &Lexicon) -> Self {
        let sentence = reading.sentence.span;
        let text = sentence.of(reading.document.text);
        let shift = |range: Range<usize>| range.start + sentence.start..range.end + sentence.start;
        let references = lexicon.law.references(text).into_iter();
        Self {
            references: references.map(|reference| Reference { range: shift(reference.range.clone()), ..reference }).collect(),
            programmes: lexicon.programmes.named(text).into_iter().map(|(range, programme)| (shift(range), programme)).collect(),
            issuers: lexicon.programmes.issuers(text).into_iter().map(|(range, code)| (shift(range), code.to_owned())).collect(),
        }
    }
}

/// What one sentence names, with the sentence and the lexicon.
pub(super) struct Grounds<'a> {
    reading: &'a Reading<'a>,
    lexicon: &'a Lexicon,
    named: &'a Named,
}

impl<'a> Grounds<'a> {
    /// A sentence is searched once, when it is first asked for.
    pub fn new(reading: &'a Reading<'a>, lexicon: &'a Lexicon) -> Self {
        Self { reading, lexicon, named: reading.named.get_or_init(|| Named::read(reading, lexicon)) }
    }

    /// Whether the sentence names a programme, or an act that it rests on.
    pub fn tells(&self, programme: &Programme) -> bool {
        let named = self.named.programmes.iter().any(|(_, other)| self.lexicon.programmes.all[*other].id == programme.id);
        named || self.named.references.iter().any(|reference| rests_on(programme, reference))
    }

    /// Who sanctions where the grammar does not say it: the body or list that stands nearest, else the issuer of all acts, else that
    /// of all programmes.
    pub fn sender(&self, action: Action, targets: &[Found], trigger: usize) -> Vec<Found> {
        let place = self.reading.span(trigger).start;
        let free = |code: &str| !targets.iter().any(|target| self.lexicon.actors[target.actor as usize].code == code);
        let bodies = self.named.issuers.iter().filter(|(_, code)| is_deed(action) && free(code));
        let body = bodies.min_by_key(|(range, _)| range.start.abs_diff(place)).map(|(range, code)| (range, code.as_str()));
        let acts = self.named.references.iter().map(|reference| (&reference.range, reference.issuer.as_str()));
        let programmes =
            self.named.programmes.iter().map(|(range, programme)| (range, self.lexicon.programmes.all[*programme].issuer.as_str()));
        let sender = body.or_else(|| only(acts)).or_else(|| only(programmes)).filter(|(_, code)| free(code));
        sender.and_then(|(range, code)| self.found(code, range)).into_iter().collect()
    }

    /// The polity that everything named here is about.
    pub fn target(&self) -> Vec<Found> {
        let all = &self.lexicon.programmes.all;
        let by_name = self.named.programmes.iter().map(|(range, programme)| (range, &all[*programme]));
        let by_law = self.named.references.iter().flat_map(|reference| {
            let resting = all.iter().filter(|programme| rests_on(programme, reference));
            resting.map(move |programme| (&reference.range, programme))
        });
        let targets =
            by_name.chain(by_law).flat_map(|(range, programme)| programme.targets.iter().map(move |target| (range, target.as_str())));
        only(targets).and_then(|(range, code)| self.found(code, range)).into_iter().collect()
    }

    /// The acts of the senders, of the unions that they are members of, and resolutions and laws that nobody else can have used.
    pub fn legal_basis(&self, senders: &[Party]) -> Vec<LegalBasis> {
        let basis = |reference: &Reference| LegalBasis {
            span: Span::new(reference.range.start, reference.range.end),
            id: Some(reference.id.clone()),
        };
        self.named.references.iter().filter(|reference| self.may_use(senders, &reference.issuer)).map(basis).collect()
    }

    /// Whether senders may act under the acts of an issuer: their own, their union's, the whole world's.
    fn may_use(&self, senders: &[Party], issuer: &str) -> bool {
        let is_member = |issuer: &Actor| senders.iter().any(|sender| issuer.members.contains(&sender.code));
        let issuer_actor = self.actor(issuer).map(|(_, actor)| actor);
        let worldwide = issuer_actor.is_some_and(|actor| actor.kind == PartyKind::Organisation && actor.members.is_empty());
        senders.is_empty() || worldwide || senders.iter().any(|sender| sender.code == issuer) || issuer_actor.is_some_and(is_member)
    }

    /// Takes the tokens of acts, programmes and lists out of a phrase: they are not listed themselves.
    pub fn without_acts(&self, within: &mut [bool]) {
        let acts = self.named.references.iter().map(|reference| &reference.range);
        for range in acts.chain(self.named.programmes.iter().map(|(range, _)| range)) {
            within[self.tokens(range).unwrap_or_default()].fill(false);
        }
    }

    fn actor(&self, code: &str) -> Option<(u32, &'a Actor)> {
        let at = self.lexicon.actors.iter().position(|actor| actor.code == code && actor.kind != PartyKind::Group)?;
        Some((at as u32, &self.lexicon.actors[at]))
    }

    fn found(&self, code: &str, range: &Range<usize>) -> Option<Found> {
        let (actor, _) = self.actor(code)?;
        Some(Found { actor, tokens: self.tokens(range)? })
    }

    /// The tokens of the sentence that a range of the text covers.
    fn tokens(&self, range: &Range<usize>) -> Option<Range<usize>> {
        let covers = |node: &usize| {
            let span = self.reading.span(*node);
            span.start < range.end && range.start < span.end
        };
        let first = (0..self.reading.len()).find(covers)?;
        let last = (first..self.reading.len()).take_while(covers).last()?;
        Some(first..last + 1)
    }
}

fn rests_on(programme: &Programme, reference: &Reference) -> bool {
    programme.issuer == reference.issuer && programme.legal.contains(&reference.id)
}

/// The one value that all places have.
fn only<'v>(mut values: impl Iterator<Item = (&'v Range<usize>, &'v str)>) -> Option<(&'v Range<usize>, &'v str)> {
    let first = values.next()?;
    values.all(|(_, value)| value == first.1).then_some(first)
}

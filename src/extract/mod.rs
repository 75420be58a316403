//! The pipeline from an article to its events and sanctions mentions. Pure: no input or output, no clock, and it cannot fail.

mod article;
pub mod dates;
mod extraction;
pub mod plover;

pub use article::{Article, Published};
pub use extraction::{
    Action, DateValue, Entity, EntityKind, Event, EventDate, EventType, Evidence, Extraction, LegalBasis, Limits, Measure, Mention, Mode,
    Party, PartyKind, Place, Quad, SourceOfClaim, Status, Trigger, Warning,
};

use crate::{lexicon::Lexicon, syntax::Syntax};

/// Reads one article.
pub fn extract(article: &Article, lexicon: &Lexicon, syntax: &Syntax, limits: &Limits) -> Extraction {
    let _ = (article, lexicon, syntax, limits);
    todo!("lead")
}

//! What a sanctions mention rests on and whom it lists: legal acts, programmes, entities; and who sanctions whom where the grammar
//! does not say it, but a body, a list or an act does.

mod entities;
mod grounds;
mod measures;
mod names;
mod programmes;

use jiff::civil::Date;

use super::{
    Mention,
    frames::Match,
    parties::{Found, Resolver},
    when::bounds,
};
use crate::lexicon::Action;
use grounds::Grounds;
pub(super) use grounds::Named;
pub(super) use measures::{go_on, measures};

/// Fills in what the rule that found the mention cannot know.
pub(super) fn complete(mention: &mut Mention, found: &Match, resolver: &Resolver, published: Option<Date>) {
    let grounds = Grounds::new(resolver.reading, resolver.lexicon);
    mention.legal_basis = grounds.legal_basis(&mention.senders);
    let day = mention.date.as_ref().map(|date| bounds(date.value).0).or(published);
    mention.programmes = programmes::link(mention, &grounds, resolver.lexicon, day);
    mention.entities = entities::listed(found, &mention.targets, resolver, &grounds);
}

/// Who sanctions, by the body, list or act that the sentence names; for where the grammar does not say it.
pub(super) fn sender_by_law(resolver: &Resolver, action: Action, targets: &[Found], trigger: usize) -> Vec<Found> {
    Grounds::new(resolver.reading, resolver.lexicon).sender(action, targets, trigger)
}

/// The polity that the acts and programmes named in the sentence are about, if they are about one only.
pub(super) fn target_by_law(resolver: &Resolver) -> Vec<Found> {
    Grounds::new(resolver.reading, resolver.lexicon).target()
}

/// Sanctions that are only talked about may be anybody's; who changes them is the one whose body is named.
fn is_deed(action: Action) -> bool {
    !matches!(action, Action::Existing | Action::Oppose | Action::Evade)
}

//! Who said it, behind what was said: "Azerbaijan broke the truce, Armenia's ministry said on Monday." Parsers take the speaker for a
//! part of the clause before; in front, as in "Armenia's ministry said Azerbaijan broke the truce", they do not.

use std::ops::Range;

use super::units::Unit;
use crate::{
    lexicon::Lexicon,
    syntax::{Tree, Upos},
    text::is_quotation_mark,
};

/// An attribution has at most this many words for the parser.
const LONGEST: usize = 14;
/// What is said has at least this many.
const SHORTEST_CLAUSE: usize = 3;

/// The units with an attribution to a party that ends them in front, joined by a word that stands for no token, for the parser to read
/// again; `tree` is what it made of the units as they stand, `is_named` says whether a party is named within some tokens. The place of
/// the verb of saying comes with them: only if it is the root, the parser has understood.
pub(super) fn put_in_front<'t>(
    units: &[Unit<'t>],
    tree: &Tree,
    is_named: impl Fn(Range<usize>) -> bool,
    lexicon: &Lexicon,
) -> Option<(Vec<Unit<'t>>, usize)> {
    let Attribution { speech, verb } = attribution(units, tree, lexicon)?;
    if !is_named(units[speech.start].tokens.start..units[speech.end - 1].tokens.end) {
        return None;
    }
    // A "that" behind "said in a statement" would be the statement's.
    let joint = if verb + 1 == speech.end { "that" } else { "," };
    let joint = Unit { tokens: 0..0, form: joint, head: units[verb].head, lemma: None, verb: None };
    // Quotation marks in front of a full stop lead the parser astray.
    let (signs, said): (Vec<Unit>, Vec<Unit>) = units[..speech.start].iter().cloned().partition(|unit| is_quotation_mark(unit.form));
    let stop = units[speech.end..].iter().cloned();
    let order = units[speech.clone()].iter().cloned().chain([joint]).chain(said).chain(stop).chain(signs).collect();
    Some((order, verb - speech.start))
}

/// An attribution at the end of a sentence, and its verb of saying.
struct Attribution {
    speech: Range<usize>,
    verb: usize,
}

/// The units of a comma, a speaker and a verb of saying at the end, behind a clause that has a verb of its own.
fn attribution(units: &[Unit], tree: &Tree, lexicon: &Lexicon) -> Option<Attribution> {
    let is_sign = |unit: usize| tree.nodes[unit].upos == Upos::Punct;
    let end = (0..units.len()).rev().find(|unit| !is_sign(*unit))? + 1;
    let comma = (0..end).rev().find(|unit| is_sign(*unit))?;
    let speech = comma + 1..end;
    // A quotation ends with its comma inside: `"We will answer," the ministry said.`
    let separates = units[if comma > 0 && is_quotation_mark(units[comma].form) { comma - 1 } else { comma }].form == ",";
    if !separates || comma < SHORTEST_CLAUSE || !(2..=LONGEST).contains(&speech.len()) {
        return None;
    }
    let says = |unit: &usize| tree.nodes[*unit].upos == Upos::Verb && lexicon.classes.attributing.contains(&tree.nodes[*unit].lemma);
    let verb = speech.clone().find(says)?;
    let is_finite = |unit: usize| tree.nodes[unit].xpos.is_finite();
    let is_bare = |unit: usize| !matches!(tree.nodes[unit].upos, Upos::Verb | Upos::Aux | Upos::Pron | Upos::Sconj | Upos::Cconj);
    let alone = is_finite(verb) && speech.clone().filter(|unit| *unit != verb).all(is_bare);
    let behind = (verb + 1 < end).then(|| tree.nodes[verb + 1].upos);
    let complete = verb > speech.start && matches!(behind, None | Some(Upos::Adp | Upos::Adv));
    let begins_with = |kinds: &[Upos]| kinds.contains(&tree.nodes[0].upos);
    let said = (0..comma).any(is_finite) && !begins_with(&[Upos::Sconj, Upos::Adp]);
    (alone && complete && said).then_some(Attribution { speech, verb })
}

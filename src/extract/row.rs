//! "the first country to recognise Kosovo" has recognised it: an infinitive behind one of a row tells what it did, no purpose.

use super::reading::Reading;
use crate::{lexicon::Lexicon, syntax::Relation, text::lower};

/// Whether an infinitive tells what one of a row did: it hangs on that noun, or beside it on the verb above.
pub(super) fn is_deed_of_a_row(reading: &Reading, lexicon: &Lexicon, infinitive: usize) -> bool {
    let Some(head) = reading.head(infinitive).filter(|_| reading.is_infinitive(infinitive)) else { return false };
    match reading.relation(infinitive) {
        Relation::Acl => is_one_of_a_row(reading, lexicon, head),
        Relation::Advcl => {
            let mut beside = reading.dependents(head, &[Relation::Obj, Relation::Xcomp]);
            beside.any(|noun| noun < infinitive && is_one_of_a_row(reading, lexicon, noun))
        }
        _ => false,
    }
}

fn is_one_of_a_row(reading: &Reading, lexicon: &Lexicon, noun: usize) -> bool {
    // A "first opportunity" has done nothing.
    let classes = &lexicon.classes;
    let acts = classes.anaphors.contains(reading.lemma(noun)) || classes.institutions.contains(reading.lemma(noun));
    let mut words = reading.dependents(noun, &[Relation::Amod, Relation::Nummod]).map(|word| lower(reading.form(word)));
    acts && words.any(|word| classes.ordinals.contains(&word) || is_ordinal_number(&word))
}

/// "31st", "160th".
fn is_ordinal_number(word: &str) -> bool {
    let digits = ["st", "nd", "rd", "th"].iter().find_map(|ending| word.strip_suffix(ending));
    digits.is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()))
}

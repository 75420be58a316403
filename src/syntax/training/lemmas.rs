//! Learning of the lemmatizer.

use super::{Sentence, inflections};
use crate::syntax::{
    lemmas::{Edit, LONGEST_ENDING, Lemmas, key},
    tagger::Tag,
};
use std::collections::{BTreeMap, BTreeSet};

/// An ending needs that many different words before its edits are believed.
const LEAST_WORDS: u32 = 2;
/// Longer edits are irregular words, not rules.
const LONGEST_EDIT: usize = 4;
/// So many of the most frequent edits are kept for an ending.
const KEPT_EDITS: usize = 3;

/// A form in lower case with its tags.
type Inflected = (String, String, String);

/// Learns the lemmas of all words but proper nouns, whose forms stay, and adds the irregular ones of [`inflections`].
pub(super) fn learn(sentences: &[Sentence]) -> Lemmas {
    let lemmas = usual_lemmas(sentences);
    let mut learned = Lemmas::default();
    for ((_, upos, _), lemma) in &lemmas {
        learned.known.insert(key(lemma, Tag::new(upos, "").upos_hash));
    }
    for (_, _, lemma) in inflections::all() {
        learned.known.insert(key(&lemma, Tag::new("VERB", "").upos_hash));
    }
    add_rules(&mut learned, &lemmas);
    let listed = inflections::all().map(|(form, xpos, lemma)| ((form, "VERB".to_owned(), xpos.to_owned()), lemma));
    for ((form, upos, xpos), lemma) in lemmas.into_iter().chain(listed) {
        let tag = Tag::new(&upos, &xpos);
        if learned.lemma(&form, &tag) != lemma {
            learned.exceptions.insert(key(&form, tag.xpos_hash), lemma);
        }
    }
    learned
}

/// The lemma that each form has most often, in lower case.
fn usual_lemmas(sentences: &[Sentence]) -> BTreeMap<Inflected, String> {
    let mut seen: BTreeMap<Inflected, BTreeMap<String, u32>> = BTreeMap::new();
    for word in sentences.iter().flat_map(|sentence| &sentence.words).filter(|word| word.upos != "PROPN" && word.lemma != "_") {
        let inflected = (word.form.to_lowercase(), word.upos.clone(), word.xpos.clone());
        *seen.entry(inflected).or_default().entry(word.lemma.to_lowercase()).or_default() += 1;
    }
    let usual = |lemmas: BTreeMap<String, u32>| lemmas.into_iter().max_by_key(|(_, count)| *count).map(|(lemma, _)| lemma);
    seen.into_iter().filter_map(|(inflected, lemmas)| Some((inflected, usual(lemmas)?))).collect()
}

fn add_rules(learned: &mut Lemmas, lemmas: &BTreeMap<Inflected, String>) {
    let endings = edits_by_ending(lemmas);
    let edits: BTreeSet<&Edit> = endings.values().flat_map(BTreeMap::keys).collect();
    learned.edits = edits.into_iter().cloned().collect();
    for ((ending, xpos), counts) in &endings {
        if counts.values().sum::<u32>() < LEAST_WORDS {
            continue;
        }
        let mut by_count: Vec<(&Edit, u32)> = counts.iter().map(|(edit, count)| (edit, *count)).collect();
        by_count.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        let place = |edit: &Edit| learned.edits.binary_search(edit).expect("the edits are those of all endings") as u16;
        let kept = by_count.into_iter().take(KEPT_EDITS).map(|(edit, _)| place(edit)).collect();
        learned.rules.insert(key(ending, Tag::new("", xpos).xpos_hash), kept);
    }
}

/// For each ending and Penn tag how many words have which edit.
fn edits_by_ending(lemmas: &BTreeMap<Inflected, String>) -> BTreeMap<(&str, &str), BTreeMap<Edit, u32>> {
    let mut endings: BTreeMap<(&str, &str), BTreeMap<Edit, u32>> = BTreeMap::new();
    for ((form, _, xpos), lemma) in lemmas {
        let Some(edit) = Edit::between(form, lemma).filter(|edit| usize::from(edit.cut).max(edit.append.len()) <= LONGEST_EDIT) else {
            continue;
        };
        for start in (form.len().saturating_sub(LONGEST_ENDING)..=form.len()).filter(|start| form.is_char_boundary(*start)) {
            *endings.entry((&form[start..], xpos)).or_default().entry(edit.clone()).or_default() += 1;
        }
    }
    endings
}

#[cfg(test)]
mod tests {
    use super::{super::Word, *};

    #[test]
    fn rules_reach_words_that_were_not_seen() {
        let word = |(form, lemma): (&str, &str)| Word {
            form: form.to_owned(),
            lemma: lemma.to_owned(),
            upos: "VERB".to_owned(),
            xpos: "VBD".to_owned(),
            head: None,
            relation: "root".to_owned(),
        };
        let words = [("warned", "warn"), ("learned", "learn"), ("supposed", "suppose"), ("closed", "close"), ("met", "meet")].map(word);
        let lemmas = learn(&[Sentence { words: words.into() }]);
        let lemma = |form| lemmas.lemma(form, &Tag::new("VERB", "VBD"));
        assert_eq!([lemma("scorned"), lemma("Proposed"), lemma("met")], ["scorn", "propose", "meet"]);
    }
}

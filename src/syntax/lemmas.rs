//! Dictionary forms. What the treebank writes irregularly is looked up; the rest follows rules that replace an ending, learned for
//! each tag and each ending of up to six letters, the longest ending first (compare the edit trees of Chrupała 2008).

use super::{
    keys::{mix, text},
    tagger::Tag,
    tree::Upos,
};
use rustc_hash::{FxHashMap, FxHashSet};

/// The longest ending that rules look at, in bytes.
pub(super) const LONGEST_ENDING: usize = 6;

/// The replacement of an ending.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Edit {
    /// How many bytes are cut off.
    pub cut: u8,
    pub append: String,
}

impl Edit {
    /// The edit that makes `lemma` out of `form`.
    pub(super) fn between(form: &str, lemma: &str) -> Option<Self> {
        let same = form.char_indices().zip(lemma.chars()).find(|((_, left), right)| left != right);
        let shared = same.map_or(form.len().min(lemma.len()), |((place, _), _)| place);
        let cut = u8::try_from(form.len() - shared).ok()?;
        Some(Self { cut, append: lemma[shared..].to_owned() })
    }

    /// The edited form; `None` where nothing of it would be left, or where a letter would be cut in two.
    fn apply(&self, form: &str) -> Option<String> {
        let kept = form.get(..form.len().checked_sub(usize::from(self.cut))?).filter(|kept| !kept.is_empty())?;
        Some([kept, &self.append].concat())
    }
}

#[derive(Debug, Default)]
pub(super) struct Lemmas {
    /// From the key of a form and its tag to its lemma.
    pub exceptions: FxHashMap<u64, String>,
    /// The keys of lemmas that occur, with their universal tag.
    pub known: FxHashSet<u64>,
    pub edits: Vec<Edit>,
    /// From the key of an ending and a tag to its edits, the most frequent one first.
    pub rules: FxHashMap<u64, Vec<u16>>,
}

/// The key of a form or an ending under a tag's hash.
pub(super) fn key(form: &str, tag: u64) -> u64 {
    mix(tag, text(form.as_bytes()))
}

impl Lemmas {
    /// The lower-case dictionary form. Proper nouns stay as they are: "Talks" may be a name.
    pub(super) fn lemma(&self, form: &str, tag: &Tag) -> String {
        let mut lower = form.to_lowercase();
        if tag.upos == Upos::Propn || !lower.bytes().any(|byte| byte.is_ascii_alphabetic()) {
            return lower;
        }
        if !lower.is_ascii() && lower.contains('’') {
            lower = lower.replace('’', "'");
        }
        if let Some(lemma) = self.exceptions.get(&key(&lower, tag.xpos_hash)) {
            return lemma.clone();
        }
        self.by_rule(&lower, tag).unwrap_or(lower)
    }

    /// The first edit whose result is a known lemma, or else the first one at all.
    pub(super) fn by_rule(&self, lower: &str, tag: &Tag) -> Option<String> {
        let starts = (lower.len().saturating_sub(LONGEST_ENDING)..=lower.len()).filter(|start| lower.is_char_boundary(*start));
        let rules = starts.filter_map(|start| self.rules.get(&key(&lower[start..], tag.xpos_hash)));
        let mut first = None;
        for edit in rules.flatten().filter_map(|edit| self.edits.get(usize::from(*edit))) {
            let Some(lemma) = edit.apply(lower) else { continue };
            if self.known.contains(&key(&lemma, tag.upos_hash)) {
                return Some(lemma);
            }
            first.get_or_insert(lemma);
        }
        first
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_edit_repeats_what_it_was_made_from() {
        for (form, lemma) in [("imposed", "impose"), ("parties", "party"), ("left", "leave"), ("vow", "vow"), ("cafés", "café")] {
            let edit = Edit::between(form, lemma).expect("short words");
            assert_eq!(edit.apply(form).as_deref(), Some(lemma));
        }
        assert_eq!(Edit::between("is", "be").expect("short").apply("is"), None);
        assert_eq!(Edit { cut: 1, append: String::new() }.apply("né"), None);
    }

    #[test]
    fn known_lemmas_win_over_frequent_endings() {
        let tag = Tag::new("VERB", "VBD");
        let edits = vec![Edit { cut: 2, append: String::new() }, Edit { cut: 1, append: String::new() }];
        let rules = [(key("ed", tag.xpos_hash), vec![0, 1])].into_iter().collect();
        let known = [key("impose", tag.upos_hash)].into_iter().collect();
        let exceptions = [(key("met", tag.xpos_hash), "meet".to_owned())].into_iter().collect();
        let lemmas = Lemmas { exceptions, known, edits, rules };
        let lemma = |form| lemmas.lemma(form, &tag);
        assert_eq!([lemma("Imposed"), lemma("vowed"), lemma("MET"), lemma("ed"), lemma("1,000")], ["impose", "vow", "meet", "e", "1,000"]);
        assert_eq!(lemmas.lemma("Imposed", &Tag::new("PROPN", "NNP")), "imposed");
    }
}

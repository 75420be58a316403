//! Repeats a share of the sentences the way that headlines and wires write them, so that tags do not rest on capitals and the
//! final stop alone.

use super::conllu::Sentence;
use fastrand::Rng;

/// One sentence in this many is repeated.
const REPEATED: usize = 4;

/// A variant of a sentence, for one in [`REPEATED`].
pub(super) fn vary(sentence: &Sentence, random: &mut Rng) -> Option<Sentence> {
    if random.usize(..REPEATED) != 0 || sentence.words.len() < 3 {
        return None;
    }
    let mut variant = sentence.clone();
    let kind = random.usize(..8);
    if kind < 6 {
        drop_final_stop(&mut variant);
    }
    for (place, word) in variant.words.iter_mut().enumerate() {
        word.form = match kind {
            0 | 6 => word.form.to_lowercase(),
            1 | 7 => word.form.to_uppercase(),
            2 | 3 if place == 0 || in_capitals(&word.form, &word.upos) => capitalised(&word.form),
            _ => continue,
        };
    }
    Some(variant)
}

/// Takes away the punctuation at the end, unless something hangs from it.
fn drop_final_stop(sentence: &mut Sentence) {
    let last = sentence.words.len() - 1;
    let bears = sentence.words.iter().any(|word| word.head == Some(last));
    if sentence.words[last].upos == "PUNCT" && sentence.words[last].head.is_some() && !bears {
        sentence.words.pop();
    }
}

/// Headlines leave short function words small.
fn in_capitals(form: &str, upos: &str) -> bool {
    form.len() > 3 || !matches!(upos, "ADP" | "CCONJ" | "DET" | "PART" | "SCONJ")
}

fn capitalised(form: &str) -> String {
    let mut letters = form.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::{super::conllu::Word, *};

    fn sentence() -> Sentence {
        let word = |(form, upos, head): (&str, &str, usize)| Word {
            form: form.to_owned(),
            lemma: form.to_owned(),
            upos: upos.to_owned(),
            xpos: String::new(),
            head: head.checked_sub(1),
            relation: String::new(),
        };
        Sentence {
            words: [("Talks", "NOUN", 2), ("ended", "VERB", 0), ("in", "ADP", 4), ("Oslo", "PROPN", 2), (".", "PUNCT", 2)].map(word).into(),
        }
    }

    #[test]
    fn variants_keep_the_tree_and_change_the_looks() {
        let mut random = Rng::with_seed(1);
        let variants: Vec<Sentence> = (0..400).filter_map(|_| vary(&sentence(), &mut random)).collect();
        assert!((60..140).contains(&variants.len()), "{} variants", variants.len());
        let texts: std::collections::BTreeSet<String> =
            variants.iter().map(|variant| variant.words.iter().map(|word| word.form.as_str()).collect::<Vec<_>>().join(" ")).collect();
        for expected in ["TALKS ENDED IN OSLO", "talks ended in oslo .", "Talks Ended in Oslo", "Talks ended in Oslo"] {
            assert!(texts.contains(expected), "{texts:?}");
        }
        assert!(variants.iter().all(|variant| variant.words.iter().zip(sentence().words).all(|(word, old)| word.head == old.head)));
    }

    #[test]
    fn a_stop_that_bears_words_stays() {
        let mut bearing = sentence();
        bearing.words[0].head = Some(4);
        drop_final_stop(&mut bearing);
        assert_eq!(bearing.words.len(), 5);
    }
}

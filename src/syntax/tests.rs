//! The model in the binary, on sentences of our own and on the treebanks' test parts.

use super::*;
use proptest::prelude::*;
use std::{path::Path, sync::LazyLock, time::Instant};

static SYNTAX: LazyLock<Syntax> = LazyLock::new(Syntax::english);

fn parse(sentence: &str) -> (Vec<&str>, Tree) {
    let forms: Vec<&str> = sentence.split_whitespace().collect();
    let tree = SYNTAX.parse(&forms, &mut Scratch::default());
    assert_sound(&tree, forms.len());
    (forms, tree)
}

/// One node a token, one root, every head in the sentence, and no way from a node back to itself.
fn assert_sound(tree: &Tree, tokens: usize) {
    assert_eq!(tree.nodes.len(), tokens);
    assert_eq!(tree.nodes.iter().filter(|node| node.head.is_none()).count(), tokens.min(1));
    for (place, node) in tree.nodes.iter().enumerate() {
        assert!(node.head.is_none_or(|head| head < tokens && head != place));
        assert_eq!(node.relation == Relation::Root, node.head.is_none());
        assert!(tree.ancestors(place).take(tokens).count() < tokens, "a cycle through {place}");
    }
}

/// Checks arcs that are written "dependent relation head", the root as "word root".
fn check(sentence: &str, arcs: &[&str]) {
    let (forms, tree) = parse(sentence);
    let written = |(place, node): (usize, &Node)| {
        let head = node.head.map_or(String::new(), |head| format!(" {}", forms[head]));
        format!("{} {}{head}", forms[place], node.relation.name())
    };
    let found: Vec<String> = tree.nodes.iter().enumerate().map(written).collect();
    for arc in arcs {
        assert!(found.iter().any(|found| found == arc), "{sentence}\nno {arc} in {found:?}");
    }
}

#[test]
fn reads_active_and_passive_clauses() {
    check("Russia expelled two British diplomats on Monday .", &["expelled root", "Russia nsubj expelled", "diplomats obj expelled"]);
    check(
        "Two envoys were ordered out by Moscow after London vowed to retaliate .",
        &["envoys nsubj:pass ordered", "were aux:pass ordered", "Moscow obl:agent ordered", "London nsubj vowed", "retaliate xcomp vowed"],
    );
    check("The minister will not meet his Iranian counterpart .", &["minister nsubj meet", "not advmod meet", "counterpart obj meet"]);
}

#[test]
fn hangs_no_word_on_a_sign() {
    for sentence in [
        "Chile 's president had a phone call with recently elected Peruvian President Juan Soto .",
        "\" No \" , the minister said , \" we will not go \" .",
        "- Trade , aid and visas : talks in Lima ( Peru )",
    ] {
        let (forms, tree) = parse(sentence);
        let signs = tree.nodes.iter().filter_map(|node| node.head).filter(|head| tree.nodes[*head].upos == Upos::Punct);
        assert_eq!(signs.map(|sign| forms[sign]).collect::<Vec<_>>(), Vec::<&str>::new(), "{sentence}");
    }
}

#[test]
fn believes_what_is_known_of_verbs() {
    let forms = ["The", "envoys", "of", "Spain", "arrive", "."];
    let kind = |knows: bool| {
        SYNTAX.tag(&forms, |token| (knows && token == 1).then_some(VerbForm::Plain), &mut Scratch::default()).nth(1).map(|(upos, _)| upos)
    };
    assert_eq!([kind(false), kind(true)], [Some(Upos::Noun), Some(Upos::Verb)]);
}

#[test]
fn reads_headlines_in_any_capitals() {
    let arcs = ["imposes root", "EU nsubj imposes", "sanctions obj imposes"];
    check("EU imposes new sanctions on Belarus", &arcs);
    for sentence in ["eu imposes new sanctions on belarus", "EU IMPOSES NEW SANCTIONS ON BELARUS", "EU Imposes New Sanctions on Belarus"] {
        let (_, tree) = parse(sentence);
        let found: Vec<_> = tree.nodes.iter().map(|node| (node.head, node.relation)).collect();
        let expected = [
            (Some(1), Relation::Nsubj),
            (None, Relation::Root),
            (Some(3), Relation::Amod),
            (Some(1), Relation::Obj),
            (Some(5), Relation::Case),
        ];
        assert_eq!(found[..5], expected, "{sentence}");
    }
}

#[test]
fn gives_dictionary_forms() {
    let sentence = "The leaders met before talks on sanctions that were imposed when envoys left or vowed to be expelled .";
    let (_, tree) = parse(sentence);
    let lemmas: Vec<&str> = tree.nodes.iter().map(|node| node.lemma.as_str()).collect();
    let expected = "the leader meet before talk on sanction that be impose when envoy leave or vow to be expel .";
    assert_eq!(lemmas.join(" "), expected);
}

#[test]
fn weird_input_gives_a_sound_tree() {
    for sentence in [
        "",
        "Yes",
        ". . .",
        "(",
        "— ’ “ 😀 Υes ﬃ \u{301} İstanbul ß",
        &"the ".repeat(500),
        &", and ".repeat(300),
        &"ΑΒΓ 12.5% -LRB- ".repeat(170),
    ] {
        parse(sentence);
    }
    let forms = ["", " ", "\n", "a b", "\u{0}", ""];
    assert_sound(&SYNTAX.parse(&forms, &mut Scratch::default()), forms.len());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn any_tokens_give_one_sound_tree(tokens in prop::collection::vec("\\PC{0,12}|[A-Za-z]{1,9}|[.,;:()\"'-]|to|that|and|is|said", 0..60)) {
        let forms: Vec<&str> = tokens.iter().map(String::as_str).collect();
        let mut scratch = Scratch::default();
        let tree = SYNTAX.parse(&forms, &mut scratch);
        assert_sound(&tree, forms.len());
        // What the working memory held before makes no difference.
        SYNTAX.parse(&["Something", "else", "was", "said", "."], &mut scratch);
        prop_assert_eq!(SYNTAX.parse(&forms, &mut scratch), tree);
    }
}

#[test]
fn the_model_is_small_and_loads_fast() {
    assert!(ENGLISH.len() < 12_000_000, "{} bytes", ENGLISH.len());
    let start = Instant::now();
    Syntax::english();
    // Release builds take less than 50 ms; this one is hardly optimised and its machine may be busy.
    assert!(start.elapsed().as_millis() < 2000, "{:?}", start.elapsed());
}

#[test]
fn a_changed_model_file_is_refused() {
    let mut bytes = ENGLISH.to_vec();
    bytes[ENGLISH.len() / 2] ^= 1;
    assert_eq!(Syntax::read(&bytes).err(), Some(ModelError::Checksum));
}

/// Floors of what the model scores on the treebanks' test parts, which are not part of this project. They may only rise.
#[test]
fn scores_on_the_treebanks_do_not_fall() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/ud");
    if !folder.is_dir() {
        println!("skipped: {} does not exist", folder.display());
        return;
    }
    for (name, upos, heads, relations, lemmas) in [("ewt", 95.6, 86.7, 82.8, 98.4), ("gum", 96.2, 86.4, 82.9, 98.6)] {
        let text = std::fs::read_to_string(folder.join(format!("{name}-test.conllu"))).expect("a treebank");
        let score = training::score(&SYNTAX, &training::read(&text).expect("good CoNLL-U"));
        println!("{name}: {score}");
        let reached = [score.upos_percent(), score.head_percent(), score.relation_percent(), score.lemma_percent()];
        assert!(reached.into_iter().zip([upos, heads, relations, lemmas]).all(|(score, floor)| score >= floor), "{name}: {score}");
    }
}

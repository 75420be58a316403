//! Trains the syntax model from treebanks, or scores the one in the binary.
//!
//! `cargo run --release --example train-syntax -- FOLDER` reads all `*-train.conllu` of the folder and the
//! project's own sentences, writes `src/syntax/english.model` and scores it on all `*-test.conllu`; `-- --score FOLDER` scores the
//! model that is compiled in and measures its speed.

use anyhow::{Context, bail};
use attache::syntax::{
    Syntax,
    training::{Rounds, Sentence, read, score, tokens_per_second, train},
};
use std::{fs, path::Path};

const MODEL: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/syntax/english.model");
/// The sentences of the examples in config/lexicon, as units, with the trees of the model before this one.
const OWN: &str = include_str!("own.conllu");
const ROUNDS: Rounds = Rounds { tagger: 6, jackknife: 5, parser: 13, relations: 7 };

fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["--score", folder] => report(&Syntax::english(), Path::new(folder)),
        [folder] => write_model(Path::new(folder)),
        _ => bail!("expected a folder with treebanks, or --score and a folder"),
    }
}

fn write_model(folder: &Path) -> anyhow::Result<()> {
    let treebanks = treebanks(folder, "-train.conllu")?;
    let sentences: Vec<Sentence> = treebanks.into_iter().flat_map(|(_, sentences)| sentences).collect();
    println!("training on {} sentences; this takes some minutes", sentences.len());
    let model = train(&sentences, &read(OWN).context("own.conllu")?, ROUNDS);
    fs::write(MODEL, &model).with_context(|| format!("cannot write {MODEL}"))?;
    println!("{MODEL}: {} bytes", model.len());
    report(&Syntax::read(&model)?, folder)
}

fn report(syntax: &Syntax, folder: &Path) -> anyhow::Result<()> {
    for (name, sentences) in treebanks(folder, "-test.conllu")? {
        println!("{name}: {}", score(syntax, &sentences));
        println!("{name}: {:.0} tokens a second on one thread", tokens_per_second(syntax, &sentences));
    }
    Ok(())
}

/// The treebanks of a folder whose file names end so, in the order of their names.
fn treebanks(folder: &Path, ending: &str) -> anyhow::Result<Vec<(String, Vec<Sentence>)>> {
    let entries = fs::read_dir(folder).with_context(|| format!("cannot read the folder {}", folder.display()))?;
    let names = entries.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned())).collect::<anyhow::Result<Vec<_>>>()?;
    let mut names: Vec<String> = names.into_iter().filter(|name| name.ends_with(ending)).collect();
    names.sort();
    if names.is_empty() {
        bail!("{} holds no file *{ending}", folder.display());
    }
    let treebank = |name: String| {
        let path = folder.join(&name);
        let text = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        let sentences = read(&text).with_context(|| path.display().to_string())?;
        Ok((name, sentences))
    };
    names.into_iter().map(treebank).collect()
}

//! Words that tell which kind of restriction a sanctions mention is about.

use serde::Deserialize;

use super::{LexiconError, phrases::Phrase, source::File, vocabulary::Measure};

/// The words of one measure.
#[derive(Debug)]
pub struct MeasureWords {
    pub measure: Measure,
    /// Phrases of lemmas that follow each other ("travel ban").
    pub words: Vec<Phrase>,
    /// Two lemmas that stand in one clause ("freeze … asset").
    pub pairs: Vec<[String; 2]>,
    /// Lemmas in the clause that name another measure instead: an oil import ban is an oil embargo.
    pub unless: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct MeasureFile {
    #[serde(rename = "title")]
    _title: String,
    words: Vec<String>,
    #[serde(default)]
    pairs: Vec<[String; 2]>,
    #[serde(default)]
    unless: Vec<String>,
}

pub(super) fn read(file: &File) -> Result<MeasureWords, LexiconError> {
    let entry: MeasureFile = file.parse()?;
    let measure = Measure::from_name(file.id())
        .ok_or_else(|| file.refuse("title", format!("`{}` is no measure; the file's name must be one", file.id())))?;
    if entry.words.iter().any(|word| word.trim().is_empty()) {
        return Err(file.refuse("\"\"", "an empty word; take it out"));
    }
    Ok(MeasureWords {
        measure,
        words: entry.words.iter().map(|word| Phrase::new(word)).collect(),
        pairs: entry.pairs,
        unless: entry.unless,
    })
}

//! What a sanctions mention rests on and whom it lists: legal acts, programmes, entities, bodies that name the sender, watch lists.

mod entities;
mod legal;
mod programmes;
mod senders;

use std::sync::LazyLock;

use attache::{
    extract::{Article, Extraction, Limits, Published, extract},
    lexicon::Lexicon,
    syntax::Syntax,
};

/// The built-in lexicon, or the folder that an author works on, so that data can be tried without a rebuild.
static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| match std::env::var_os("ATTACHE_LEXICON_FOLDER") {
    Some(folder) => Lexicon::from_folder(folder.as_ref()).expect("the lexicon folder is well made"),
    None => Lexicon::built_in(),
});
static SYNTAX: LazyLock<Syntax> = LazyLock::new(Syntax::english);

/// Reads a text that was published on a day, YYYY-MM-DD.
fn read(text: &str, day: &str) -> Extraction {
    let day: jiff::civil::Date = day.parse().expect("YYYY-MM-DD");
    let instant = day.to_zoned(jiff::tz::TimeZone::UTC).expect("a day of our time").timestamp();
    let published = Some(Published { instant, day });
    let article = Article { id: "example".to_owned(), language: "en".to_owned(), published, text: text.to_owned(), ..Article::default() };
    extract(&article, &LEXICON, &SYNTAX, &Limits::default())
}

/// Fails with all findings at once.
fn report(findings: Vec<String>) {
    assert!(findings.is_empty(), "{} wrong:\n{}\n", findings.len(), findings.join("\n"));
}

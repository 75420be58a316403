//! `attache explain`: how a sentence is read, for the author of a rule.

use std::{io::Write, process::ExitCode};

use clap::Args;
use jiff::civil::Date;

use super::common;
use crate::{
    extract::{Explanation, explain as read_aloud},
    settings::Settings,
};

/// Show how a text is read: tokens, tree, actors, which rules fit and why others did not
///
/// Work on a copy of the lexicon without a rebuild: --set lexicon.folder=FOLDER.
#[derive(Debug, Args)]
pub struct ExplainArgs {
    /// The text to read
    #[arg(value_name = "SENTENCE")]
    text: String,
    /// The day of publication, YYYY-MM-DD; decides who is in office and what "Monday" means
    #[arg(long, value_name = "DAY")]
    date: Option<Date>,
    /// The host that publishes the text, such as state.gov; decides whether it is a release, and whose
    #[arg(long, value_name = "HOST")]
    source: Option<String>,
}

/// Prints the explanation to standard output.
///
/// # Errors
/// A lexicon folder that cannot be read, an output that cannot be written.
pub fn run(args: &ExplainArgs, settings: &Settings) -> anyhow::Result<ExitCode> {
    let (lexicon, syntax) = common::lexicon_and_syntax(settings)?;
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for explanation in read_aloud(&args.text, args.date, args.source.as_deref(), &lexicon, &syntax) {
        write(&explanation, &mut out)?;
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

fn write(explanation: &Explanation, out: &mut impl Write) -> std::io::Result<()> {
    for (at, token) in explanation.tokens.iter().enumerate() {
        let node = &token.node;
        let head = node.head.map_or("-".to_owned(), |head| format!("{head} {}", explanation.tokens[head].form));
        writeln!(
            out,
            "{at:>3} {:<18} {:<16} {:<6} {:<6} {:<14} {head}",
            token.form,
            node.lemma,
            format!("{:?}", node.upos),
            format!("{:?}", node.xpos),
            format!("{:?}", node.relation)
        )?;
    }
    for (written, code, naming) in &explanation.mentions {
        writeln!(out, "actor   {written} = {code} ({naming})")?;
    }
    if explanation.is_passed_over {
        writeln!(out, "passed over by extract: no rule is possible with these words, their tags and these actors")?;
    }
    for fit in &explanation.fits {
        let told = if fit.told { "told" } else { "not told: another match speaks of it or tells it better" };
        writeln!(out, "fits    {} at \"{}\": {} > {}  [{told}]", fit.rule, fit.trigger, fit.actors.join("+"), fit.recipients.join("+"))?;
    }
    for (rule, trigger, why) in &explanation.misses {
        writeln!(out, "misses  {rule} at \"{trigger}\": {why}")?;
    }
    writeln!(out)
}

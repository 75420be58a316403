//! `attache schema`: the JSON Schemas of what goes in and what comes out.

use std::{
    io::{self, Write},
    process::ExitCode,
};

use anyhow::Context;

use crate::messages::{article_schema, result_schema};

/// Print the JSON Schema (draft 2020-12) of the articles that are read or of the results that are written.
#[derive(Debug, clap::Args)]
pub struct SchemaArgs {
    /// Which of the two.
    #[arg(value_enum)]
    pub of: SchemaOf,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
pub enum SchemaOf {
    /// What an article may look like when it comes as JSON.
    Article,
    /// What every result looks like.
    Result,
}

/// Runs the subcommand.
pub fn run(args: &SchemaArgs) -> anyhow::Result<ExitCode> {
    let schema = match args.of {
        SchemaOf::Article => article_schema(),
        SchemaOf::Result => result_schema(),
    };
    writeln!(io::stdout(), "{schema:#}").context("standard output cannot be written")?;
    Ok(ExitCode::SUCCESS)
}

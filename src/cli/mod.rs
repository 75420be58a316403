//! The command line: one file a subcommand.

pub mod check_config;
pub mod common;
pub mod dead_letters;
pub mod demo;
pub mod exit;
pub mod explain;
pub mod extract;
pub mod health;
pub mod publish;
pub mod run;
pub mod schema;
pub mod topology;

use std::{
    io::{self, Write},
    process::ExitCode,
};

use clap::{Parser, Subcommand, error::ErrorKind};

use self::common::Common;
use crate::lexicon::Lexicon;

/// Reads news articles from a RabbitMQ queue and reports the diplomatic events and sanctions in them.
#[derive(Debug, Parser)]
#[command(name = "attache", version, about, arg_required_else_help = true, propagate_version = true, after_long_help = AFTER_HELP)]
pub struct CommandLine {
    #[command(flatten)]
    pub common: Common,
    #[command(subcommand)]
    pub command: Command,
}

const AFTER_HELP: &str = "\
Settings come in layers, from the weakest to the strongest: built-in values, the variable AMQP_URL, config/base.toml,
config/<environment>.toml, files of --config, variables ATTACHE__SECTION__KEY, --set. `attache check-config` shows the result.

Exit codes:
  0  done; for health: ready
  1  some of the input failed, or the command did; for health: not ready
  2  wrong settings or wrong usage; starting again will not help
  3  the broker cannot be reached or refuses the login
  4  the broker's exchanges and queues are not as the settings say

Examples:
  attache extract article.html              what is in one article, without a broker
  attache publish articles.jsonl            put articles on the queue
  attache run                               work on the queue until SIGTERM or SIGINT
  attache dead-letters list                 what could not be processed, and why";

#[derive(Debug, Subcommand)]
pub enum Command {
    Run(run::RunArgs),
    Publish(publish::PublishArgs),
    DeadLetters(dead_letters::DeadLettersArgs),
    Topology(topology::TopologyArgs),
    CheckConfig(check_config::CheckConfigArgs),
    Demo(demo::DemoArgs),
    Extract(extract::ExtractArgs),
    Explain(explain::ExplainArgs),
    Health(health::HealthArgs),
    Schema(schema::SchemaArgs),
}

/// Parses the command line and runs the subcommand; returns the exit code.
pub fn main() -> ExitCode {
    match CommandLine::try_parse() {
        Ok(line) => exit::code(dispatch(&line)),
        Err(asked) if asked.kind() == ErrorKind::DisplayVersion => exit::code(print_version()),
        Err(asked) => asked.exit(),
    }
}

/// The two things that results carry as `extractor`. The lexicon is read only when its hash is asked for.
fn print_version() -> anyhow::Result<ExitCode> {
    writeln!(io::stdout(), "attache {} (lexicon {})", env!("CARGO_PKG_VERSION"), Lexicon::built_in().hash())?;
    Ok(ExitCode::SUCCESS)
}

fn dispatch(line: &CommandLine) -> anyhow::Result<ExitCode> {
    let common = &line.common;
    match &line.command {
        Command::Run(args) => run::run(args, &common.load()?.settings),
        Command::Publish(args) => publish::run(args, &common.load()?.settings),
        Command::DeadLetters(args) => dead_letters::run(args, &common.load()?.settings),
        Command::Topology(args) => topology::run(args, &common.load()?.settings),
        Command::CheckConfig(args) => check_config::run(args, &common.load()?),
        Command::Demo(args) => demo::run(args, common.load()?.settings),
        Command::Extract(args) => extract::run(args, &common.load()?.settings),
        Command::Explain(args) => explain::run(args, &common.load()?.settings),
        Command::Schema(args) => schema::run(args),
        Command::Health(args) => health::run(args, &common.load()?.settings),
    }
}

//! `attache check-config`: the settings in force.

use std::{
    io::{self, Write},
    process::ExitCode,
};

use crate::{
    lexicon::{Lexicon, WatchLists},
    settings::{Loaded, reference},
};

/// Check the settings and print them as TOML, each with the place that it comes from and secrets masked.
///
/// The files that they name (secrets, certificates, the lexicon, watch lists) are read as well; the broker is not asked. Exit code 2, with
/// the keys and the reasons on standard error, when something is wrong.
#[derive(Debug, clap::Args)]
pub struct CheckConfigArgs {
    /// Print the reference of all keys instead (docs/settings.md).
    #[arg(long)]
    pub reference: bool,
}

/// Runs the subcommand.
pub fn run(args: &CheckConfigArgs, loaded: &Loaded) -> anyhow::Result<ExitCode> {
    if args.reference {
        io::stdout().write_all(reference().as_bytes())?;
        return Ok(ExitCode::SUCCESS);
    }
    io::stdout().write_all(loaded.to_toml().as_bytes())?;
    let mut problems = loaded.unreadable_files();
    if let Some(folder) = &loaded.settings.lexicon.folder
        && let Err(error) = Lexicon::from_folder(folder)
    {
        problems.push(loaded.problem("lexicon.folder", error.to_string()));
    }
    if let Err(error) = WatchLists::load(&loaded.settings.sanctions.watchlists) {
        problems.push(loaded.problem("sanctions.watchlists", error.to_string()));
    }
    if problems.0.is_empty() { Ok(ExitCode::SUCCESS) } else { Err(problems.into()) }
}

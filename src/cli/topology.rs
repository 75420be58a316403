//! `attache topology`: the exchange and the queues.

use std::{
    io::{self, Write},
    process::ExitCode,
};

use super::run::block_on;
use crate::{
    amqp::{Fault, Options, connect::connect, topology},
    settings::Settings,
};

/// Declare, check or print the exchange and the queues that the settings describe.
///
/// Exit code 3 when the broker cannot be reached; 4 when something is missing or differs, with the name of the argument.
#[derive(Debug, clap::Args)]
pub struct TopologyArgs {
    #[command(subcommand)]
    pub action: TopologyAction,
}

#[derive(Clone, Copy, Debug, clap::Subcommand)]
pub enum TopologyAction {
    /// Make what is missing; what exists has to be as the settings say.
    Declare,
    /// Make nothing; say what is missing or differs.
    Check,
    /// Print what would be declared; the broker is not asked.
    Print,
}

/// Runs the subcommand.
pub fn run(args: &TopologyArgs, settings: &Settings) -> anyhow::Result<ExitCode> {
    let options = Options::from(settings);
    match args.action {
        TopologyAction::Print => {}
        action => block_on(async { ask(action, &options).await.map_err(anyhow::Error::from) })?,
    }
    io::stdout().write_all(describe(&options).as_bytes())?;
    Ok(ExitCode::SUCCESS)
}

async fn ask(action: TopologyAction, options: &Options) -> Result<(), Fault> {
    let connection = connect(options, "topology").await?;
    match action {
        TopologyAction::Declare => topology::declare(&connection, options).await?,
        _ => topology::check(&connection, options).await?,
    }
    let _ = tokio::time::timeout(options.limits.request, connection.close(200, "done".into())).await;
    Ok(())
}

fn describe(options: &Options) -> String {
    let names = &options.names;
    let mut text = format!("exchange {} (topic, durable)\n", names.results_exchange);
    for plan in topology::queue_plans(options) {
        text += &format!("queue {} (durable)\n", plan.name);
        for (argument, value) in &plan.arguments {
            text += &format!("  {argument} = {value}\n");
        }
    }
    if let Some(results) = &names.results {
        text += &format!("binding {} -> {results} ({})\n", names.results_exchange, topology::RESULTS_BINDING);
    }
    text
}

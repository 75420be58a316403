//! The queues and the exchange: what they are, declaring them, and checking that they are as they should be.
//!
//! ```text
//!   results exchange (topic) ──result.#──▶ results
//!   input ──(delivery limit, by the broker)──▶ dead
//!   wait  ──(after its message TTL)──▶ input
//! ```
//! Retry copies are published to `wait` and dead letters to `dead` through the default exchange, so that no binding can go missing.

use lapin::{
    Channel, Connection, ExchangeKind,
    options::{ExchangeDeclareOptions, QueueBindOptions, QueueDeclareOptions},
    types::{AMQPValue, FieldTable, LongString},
};

use super::{
    fault::{Fault, within},
    mismatch::read_refusal,
    options::Options,
    properties::short,
};
use crate::settings::{QueueType, Topology};

/// All results, whatever their relevance.
pub const RESULTS_BINDING: &str = "result.#";

/// A queue with the arguments it is declared with.
#[derive(Clone, Debug, PartialEq)]
pub struct QueuePlan {
    pub name: String,
    pub arguments: Vec<(&'static str, Argument)>,
}

/// The value of a queue argument.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Argument {
    Number(i64),
    Text(String),
}

impl std::fmt::Display for Argument {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Number(number) => number.fmt(formatter),
            Self::Text(text) => text.fmt(formatter),
        }
    }
}

/// The queues that the worker needs, in the order in which they are declared: targets of dead-lettering first.
pub fn queue_plans(options: &Options) -> Vec<QueuePlan> {
    let names = &options.names;
    let mut plans = vec![
        QueuePlan { name: names.dead.clone(), arguments: dead_arguments(options.queues.kind) },
        QueuePlan { name: names.input.clone(), arguments: input_arguments(options) },
        QueuePlan { name: names.wait.clone(), arguments: wait_arguments(options) },
    ];
    if let Some(name) = &names.results {
        plans.push(QueuePlan { name: name.clone(), arguments: kind_arguments(options.queues.kind) });
    }
    plans
}

/// Declares or checks everything, as the options say. Errors name the object and the argument.
pub async fn ensure(connection: &Connection, options: &Options) -> Result<(), Fault> {
    match options.topology {
        Topology::Declare => declare(connection, options).await,
        Topology::Check => check(connection, options).await,
    }
}

/// Creates what is missing; what exists must be as wanted.
pub async fn declare(connection: &Connection, options: &Options) -> Result<(), Fault> {
    let channel = open_channel(connection, options).await?;
    declare_exchange(&channel, options, false).await?;
    for plan in queue_plans(options) {
        declare_queue(&channel, options, &plan, false).await?;
    }
    let Some(results) = &options.names.results else { return Ok(()) };
    let exchange = short(&options.names.results_exchange);
    let bind = channel.queue_bind(short(results), exchange, short(RESULTS_BINDING), QueueBindOptions::default(), FieldTable::default());
    within(options.limits.request, "bind the results queue", bind).await
}

/// Creates nothing. First each object has to exist, then its arguments are compared by declaring it as it should be.
pub async fn check(connection: &Connection, options: &Options) -> Result<(), Fault> {
    let channel = open_channel(connection, options).await?;
    declare_exchange(&channel, options, true).await?;
    for plan in queue_plans(options) {
        declare_queue(&channel, options, &plan, true).await?;
    }
    compare_arguments(connection, options).await
}

async fn compare_arguments(connection: &Connection, options: &Options) -> Result<(), Fault> {
    for plan in queue_plans(options) {
        // A refusal closes the channel, therefore each queue has its own.
        let channel = open_channel(connection, options).await?;
        let compared = declare_queue(&channel, options, &plan, false).await;
        tolerate_missing_right(compared, &plan.name)?;
    }
    let channel = open_channel(connection, options).await?;
    let compared = declare_exchange(&channel, options, false).await;
    tolerate_missing_right(compared, &options.names.results_exchange)
}

/// A user that may not configure the object cannot compare its arguments; that it exists must do.
fn tolerate_missing_right(compared: Result<(), Fault>, object: &str) -> Result<(), Fault> {
    match compared {
        Err(Fault::Mismatch(super::mismatch::Mismatch::Refused { reason, .. })) if reason.contains("ACCESS_REFUSED") => {
            tracing::warn!(
                event = "topology.not_compared",
                object,
                "the user may not configure this object, so its arguments are not compared"
            );
            Ok(())
        }
        other => other,
    }
}

pub(super) async fn open_channel(connection: &Connection, options: &Options) -> Result<Channel, Fault> {
    within(options.limits.request, "open a channel", connection.create_channel()).await
}

async fn declare_exchange(channel: &Channel, options: &Options, passive: bool) -> Result<(), Fault> {
    let name = &options.names.results_exchange;
    let how = ExchangeDeclareOptions { durable: true, passive, ..Default::default() };
    let declared = channel.exchange_declare(short(name), ExchangeKind::Topic, how, FieldTable::default());
    let declared = within(options.limits.request, "declare the results exchange", declared).await;
    declared.map_err(|fault| explain(fault, &format!("exchange {name}")))
}

async fn declare_queue(channel: &Channel, options: &Options, plan: &QueuePlan, passive: bool) -> Result<(), Fault> {
    let how = QueueDeclareOptions { durable: true, passive, ..Default::default() };
    let declared = channel.queue_declare(short(&plan.name), how, table(&plan.arguments));
    let declared = within(options.limits.request, "declare a queue", declared).await;
    declared.map(drop).map_err(|fault| explain(fault, &format!("queue {}", plan.name)))
}

fn explain(fault: Fault, object: &str) -> Fault {
    match fault {
        Fault::Broker { step, error } => match read_refusal(object, &error) {
            Some(mismatch) => Fault::Mismatch(mismatch),
            None => Fault::Broker { step, error },
        },
        other => other,
    }
}

fn kind_arguments(kind: QueueType) -> Vec<(&'static str, Argument)> {
    vec![("x-queue-type", Argument::Text(kind.name().into()))]
}

/// Looking at a dead letter counts as a delivery, and brokers from 4.0 on drop a message after 20 of them unless told otherwise.
fn dead_arguments(kind: QueueType) -> Vec<(&'static str, Argument)> {
    let mut arguments = kind_arguments(kind);
    if kind == QueueType::Quorum {
        arguments.push(("x-delivery-limit", Argument::Number(1_000_000_000)));
    }
    arguments
}

fn input_arguments(options: &Options) -> Vec<(&'static str, Argument)> {
    let mut arguments = dead_lettering(options.queues.kind, &options.names.dead);
    if options.queues.kind == QueueType::Quorum {
        arguments.push(("x-delivery-limit", Argument::Number(options.queues.delivery_limit.into())));
    }
    arguments
}

fn wait_arguments(options: &Options) -> Vec<(&'static str, Argument)> {
    let mut arguments = dead_lettering(options.queues.kind, &options.names.input);
    let milliseconds = i64::try_from(options.queues.wait.as_millis()).unwrap_or(i64::MAX);
    arguments.push(("x-message-ttl", Argument::Number(milliseconds)));
    arguments
}

/// Dead-lettering through the default exchange into `target`. The broker's default strategy may lose messages on the way;
/// `at-least-once`, which asks for `reject-publish`, does not.
fn dead_lettering(kind: QueueType, target: &str) -> Vec<(&'static str, Argument)> {
    let mut arguments = kind_arguments(kind);
    arguments.push(("x-dead-letter-exchange", Argument::Text(String::new())));
    arguments.push(("x-dead-letter-routing-key", Argument::Text(target.to_owned())));
    if kind == QueueType::Quorum {
        arguments.push(("x-dead-letter-strategy", Argument::Text("at-least-once".into())));
        arguments.push(("x-overflow", Argument::Text("reject-publish".into())));
    }
    arguments
}

fn table(arguments: &[(&'static str, Argument)]) -> FieldTable {
    let mut table = FieldTable::default();
    for (name, argument) in arguments {
        let value = match argument {
            Argument::Number(number) => AMQPValue::LongLongInt(*number),
            Argument::Text(text) => AMQPValue::LongString(LongString::from(text.as_str())),
        };
        table.insert(short(name), value);
    }
    table
}

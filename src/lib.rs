//! A RabbitMQ worker that reads news articles and reports diplomatic events and sanctions.
//!
//! An article passes the modules in this order: [`amqp`] takes a delivery from the queue, [`worker`] turns its body into an
//! outcome, for which [`messages`] decodes the body, [`text`] and [`syntax`] read it, [`extract`] finds the events with the
//! help of the [`lexicon`], and [`messages`] writes the result; [`amqp`] publishes it and acknowledges the delivery.
//! [`settings`], [`telemetry`] and [`cli`] stand around that path. Which module may use which is kept by `tests/tidy.rs`.

pub mod amqp;
pub mod cli;
pub mod extract;
pub mod lexicon;
pub mod messages;
pub mod settings;
pub mod syntax;
pub mod telemetry;
pub mod text;
pub mod worker;

//! Where log lines go.

use std::io::Write;

use tracing::Subscriber;
use tracing_subscriber::{EnvFilter, fmt::MakeWriter, layer::SubscriberExt, util::SubscriberInitExt};

use super::lines::{Form, Lines};

/// Why a filter of log levels cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum FilterError {
    #[error("{0}")]
    Unreadable(#[from] tracing_subscriber::filter::ParseError),
    #[error("logging was started before")]
    Started(#[from] tracing_subscriber::util::TryInitError),
}

/// Starts logging, once a process.
pub fn start_logging<W, M>(form: Form, filter: &str, writer: M) -> Result<(), FilterError>
where
    W: Write,
    M: for<'writer> MakeWriter<'writer, Writer = W> + Send + Sync + 'static,
{
    Ok(subscriber(form, filter, writer)?.try_init()?)
}

/// A subscriber that writes lines to any writer.
pub fn subscriber<W, M>(form: Form, filter: &str, writer: M) -> Result<impl Subscriber + Send + Sync, FilterError>
where
    W: Write,
    M: for<'writer> MakeWriter<'writer, Writer = W> + Send + Sync + 'static,
{
    // A line that cannot be written (a closed pipe) is dropped in silence: there is nowhere left to say so, and the work goes on.
    let lines = tracing_subscriber::fmt::layer().event_format(Lines(form)).with_writer(writer).log_internal_errors(false);
    Ok(tracing_subscriber::registry().with(EnvFilter::try_new(filter)?).with(lines))
}

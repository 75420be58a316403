//! How a log event becomes one line.

use std::fmt::{self, Write};

use tracing::{
    Event, Level, Subscriber,
    field::{Field, Visit},
};
use tracing_subscriber::{
    fmt::{FmtContext, FormatEvent, FormatFields, format::Writer},
    registry::LookupSpan,
};

use super::escape::push_escaped;

/// For whom lines are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// One JSON object a line.
    Json,
    /// `time level event key=value …`
    Text { colour: bool },
}

/// Writes each event as one line: time, level, the event's name, its fields in the order of the code, its module.
#[derive(Clone, Copy, Debug)]
pub struct Lines(pub Form);

impl<S, N> FormatEvent<S, N> for Lines
where
    S: Subscriber + for<'span> LookupSpan<'span>,
    N: for<'writer> FormatFields<'writer> + 'static,
{
    fn format_event(&self, _: &FmtContext<'_, S, N>, mut writer: Writer<'_>, event: &Event<'_>) -> fmt::Result {
        let mut fields = Fields { form: self.0, name: String::new(), rest: String::with_capacity(512) };
        event.record(&mut fields);
        if fields.name.is_empty() {
            // Events without a name of ours come from libraries.
            fields.name.push_str("library");
        }
        let (time, level, target) = (jiff::Timestamp::now(), event.metadata().level(), event.metadata().target());
        let Fields { name, rest, .. } = fields;
        match self.0 {
            Form::Json => {
                writeln!(writer, r#"{{"time":"{time:.6}","level":"{level}","event":"{name}"{rest},"target":"{target}"}}"#)
            }
            Form::Text { colour: false } => writeln!(writer, "{time:.3} {level:5} {name}{rest}"),
            Form::Text { colour: true } => {
                writeln!(writer, "\x1b[2m{time:.3}\x1b[0m {}{level:5}\x1b[0m \x1b[1m{name}\x1b[0m{rest}", colour(*level))
            }
        }
    }
}

fn colour(level: Level) -> &'static str {
    match level {
        Level::ERROR => "\x1b[31m",
        Level::WARN => "\x1b[33m",
        Level::INFO => "\x1b[32m",
        _ => "\x1b[2m",
    }
}

/// Collects the fields of one event.
struct Fields {
    form: Form,
    name: String,
    rest: String,
}

impl Fields {
    fn push_key(&mut self, field: &Field) {
        let key = field.name().strip_prefix("r#").unwrap_or(field.name());
        match self.form {
            Form::Json => {
                self.rest.push_str(",\"");
                push_escaped(&mut self.rest, key);
                self.rest.push_str("\":");
            }
            Form::Text { .. } if key == "message" => self.rest.push(' '),
            Form::Text { .. } => {
                self.rest.push(' ');
                self.rest.push_str(key);
                self.rest.push('=');
            }
        }
    }

    fn push_text(&mut self, field: &Field, text: &str) {
        if field.name() == "event" {
            return push_escaped(&mut self.name, text);
        }
        self.push_key(field);
        let bare = matches!(self.form, Form::Text { .. }) && (field.name() == "message" || is_plain(text));
        if bare {
            push_escaped(&mut self.rest, text);
        } else {
            self.rest.push('"');
            push_escaped(&mut self.rest, text);
            self.rest.push('"');
        }
    }

    fn push_number(&mut self, field: &Field, number: impl fmt::Display) {
        self.push_key(field);
        // Writing to a string cannot fail.
        let _ = write!(self.rest, "{number}");
    }
}

/// Whether a value can stand on a line for people without quotation marks.
fn is_plain(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic() && !matches!(byte, b'"' | b'\\' | b'='))
}

impl Visit for Fields {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.push_text(field, &format!("{value:?}"));
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.push_text(field, value);
    }

    fn record_error(&mut self, field: &Field, value: &(dyn std::error::Error + 'static)) {
        self.push_text(field, &value.to_string());
    }

    fn record_f64(&mut self, field: &Field, value: f64) {
        // Three decimals: microseconds of milliseconds, milliseconds of seconds. JSON has no word for infinity.
        match value.is_finite() {
            true => self.push_number(field, (value * 1000.0).round() / 1000.0),
            false => self.push_text(field, &value.to_string()),
        }
    }

    fn record_i64(&mut self, field: &Field, value: i64) {
        self.push_number(field, value);
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        self.push_number(field, value);
    }

    fn record_i128(&mut self, field: &Field, value: i128) {
        self.push_number(field, value);
    }

    fn record_u128(&mut self, field: &Field, value: u128) {
        self.push_number(field, value);
    }

    fn record_bool(&mut self, field: &Field, value: bool) {
        self.push_number(field, value);
    }
}

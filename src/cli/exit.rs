//! From errors to messages and exit codes.

use std::{
    io::{self, ErrorKind, Write},
    process::ExitCode,
};

use crate::{
    amqp::Fault,
    lexicon::{LexiconError, WatchListError},
    settings::{Problems, SecretError},
    telemetry::visible,
};

/// Some of the input failed, or the command did.
pub const FAILED: u8 = 1;
/// Wrong settings or wrong usage (clap exits with it as well).
pub const WRONG_SETTINGS: u8 = 2;
/// The broker cannot be reached or refuses the login.
pub const NO_BROKER: u8 = 3;
/// The broker's exchanges and queues are not as the settings say.
pub const OTHER_TOPOLOGY: u8 = 4;

/// An error with the exit code that it stands for.
#[derive(Debug, thiserror::Error)]
#[error("{reason}")]
pub struct Failure {
    pub code: u8,
    pub reason: String,
}

/// Says on standard error what went wrong, and returns the exit code for it.
pub fn code(outcome: anyhow::Result<ExitCode>) -> ExitCode {
    match outcome {
        Ok(code) => code,
        // Whoever reads our output (`head`) has enough: that is no failure.
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            // Nothing is left to do when standard error cannot be written either.
            let _ = writeln!(io::stderr(), "error: {}", printable(&format!("{error:#}")));
            let code = code_of(&error);
            if code == NO_BROKER {
                let _ = writeln!(io::stderr(), "Is RabbitMQ running there? AMQP_URL or the setting broker.url says where it is.");
            }
            ExitCode::from(code)
        }
    }
}

fn code_of(error: &anyhow::Error) -> u8 {
    if let Some(failure) = error.downcast_ref::<Failure>() {
        return failure.code;
    }
    if let Some(fault) = error.downcast_ref::<Fault>() {
        return code_of_fault(fault);
    }
    let settings = error.is::<Problems>() || error.is::<LexiconError>() || error.is::<WatchListError>() || error.is::<SecretError>();
    if settings { WRONG_SETTINGS } else { FAILED }
}

fn code_of_fault(fault: &Fault) -> u8 {
    match fault {
        Fault::Url(_) | Fault::Certificates(_) => WRONG_SETTINGS,
        Fault::Unreachable { .. } | Fault::TimedOut { .. } => NO_BROKER,
        Fault::Mismatch(_) => OTHER_TOPOLOGY,
        _ => FAILED,
    }
}

fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| cause.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == ErrorKind::BrokenPipe))
}

/// Control characters of foreign text written as escapes, our own line breaks kept.
fn printable(text: &str) -> String {
    text.split('\n').map(visible).collect::<Vec<_>>().join("\n")
}

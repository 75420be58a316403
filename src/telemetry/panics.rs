//! Panics become one log line each.

use std::panic::{PanicHookInfo, set_hook};

/// Logs each panic instead of printing it to standard error.
pub fn log_panics() {
    set_hook(Box::new(log_panic));
}

/// A formatted message may hold article text (slicing a string does), so only messages that stand in the code are logged.
fn log_panic(panic: &PanicHookInfo<'_>) {
    let (file, line) = panic.location().map_or(("unknown", 0), |location| (location.file(), location.line()));
    let cause = panic.payload().downcast_ref::<&'static str>().copied();
    let thread = std::thread::current();
    tracing::error!(event = "panic", thread = thread.name(), file, line, cause);
}

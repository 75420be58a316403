//! The command line: one file a subcommand.

/// Parses the command line and runs the subcommand; returns the exit code.
pub fn main() -> std::process::ExitCode {
    todo!("ops")
}

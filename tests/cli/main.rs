//! The command line as users meet it: the built program, its output and exit codes; and the table of its log lines.

mod commands;
mod extract;
mod log_table;
mod watchlists;

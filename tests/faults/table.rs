//! The table of all faults.

use std::{fmt::Write, sync::Mutex};

use super::{Fault, ledger::Account};

static ROWS: Mutex<Vec<(usize, &'static str, Account)>> = Mutex::new(Vec::new());

/// Notes the account of one fault; `place` is its place in the list of faults.
pub fn note(place: usize, fault: &Fault, account: Account) {
    ROWS.lock().unwrap().push((place, fault.name, account));
}

/// All accounts as a Markdown table, in the order of the list; empty when there are none.
pub fn markdown() -> String {
    let mut rows = ROWS.lock().unwrap();
    rows.sort_by_key(|(place, ..)| *place);
    let mut table = String::new();
    if rows.is_empty() {
        return table;
    }
    let _ =
        writeln!(table, "| fault | messages | results | dead letters | duplicates | lost | unexpected | recovered | seconds to recover |");
    let _ = writeln!(table, "|---|--:|--:|--:|--:|--:|--:|--:|--:|");
    for (_, name, account) in rows.iter() {
        let Account { messages, results, dead_letters, duplicates, .. } = account;
        let (lost, unexpected) = (account.lost.len(), account.unexpected.len());
        let recovered = account.recovered.map_or_else(|| "–".into(), |articles| articles.to_string());
        let seconds = account.recovery.map_or_else(|| "–".into(), |recovery| format!("{:.1}", recovery.as_secs_f64()));
        let _ = writeln!(
            table,
            "| {name} | {messages} | {results} | {dead_letters} | {duplicates} | {lost} | {unexpected} | {recovered} | {seconds} |"
        );
    }
    table
}

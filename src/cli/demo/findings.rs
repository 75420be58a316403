//! The table of what was found.

use std::{
    collections::BTreeMap,
    io::{self, Write},
};

use serde_json::Value;

use crate::{amqp::mailbox::Mail, telemetry::visible};

/// More articles than this are shown by their most certain findings only.
const SHOWN_WHOLE: usize = 40;
/// How many findings of each type or action are shown then.
const SHOWN_EACH: usize = 2;
const DATE: usize = 10;
const KIND: usize = 21;
const STATUS: usize = 12;
const PARTIES: usize = 20;

/// A line of the table.
struct Finding<'r> {
    /// `CONSULT visit`, or for a sanctions mention its action.
    kind: String,
    certainty: f64,
    date: &'r str,
    status: &'r str,
    parties: String,
    sentence: &'r str,
}

/// The terminal's width by the variable `COLUMNS`, which the demo script sets; 100 otherwise.
pub fn width() -> usize {
    std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok()).unwrap_or(100).clamp(90, 180)
}

/// Prints the findings of the results, article by article; of many articles the most certain findings and the counts.
pub fn write(out: &mut impl Write, results: &[Mail], width: usize) -> io::Result<()> {
    let results: Vec<Value> = results.iter().filter_map(|letter| serde_json::from_slice(&letter.body).ok()).collect();
    let findings: Vec<Finding> = results.iter().flat_map(findings).collect();
    if results.len() <= SHOWN_WHOLE { write_articles(out, &results, width) } else { write_most_certain(out, &findings, width) }
}

fn write_articles(out: &mut impl Write, results: &[Value], width: usize) -> io::Result<()> {
    write_heading(out, width)?;
    let mut ordered: Vec<&Value> = results.iter().collect();
    ordered.sort_by_key(|result| text(&result["article"]["id"]));
    for result in ordered {
        write_article_name(out, &result["article"], width)?;
        let found = findings(result);
        for finding in &found {
            write_finding(out, finding, width)?;
        }
        if found.is_empty() {
            writeln!(out, "  nothing found{}", warnings(result))?;
        }
    }
    writeln!(out)
}

fn write_most_certain(out: &mut impl Write, findings: &[Finding], width: usize) -> io::Result<()> {
    let mut kinds: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
    for finding in findings {
        kinds.entry(finding.kind.split(' ').next().unwrap_or_default()).or_default().push(finding);
    }
    write_heading(out, width)?;
    for (kind, mut found) in kinds {
        found.sort_by(|one, other| other.certainty.total_cmp(&one.certainty));
        writeln!(out, "{kind}: {} found, the most certain:", found.len())?;
        for finding in found.into_iter().take(SHOWN_EACH) {
            write_finding(out, finding, width)?;
        }
    }
    writeln!(out)
}

fn write_heading(out: &mut impl Write, width: usize) -> io::Result<()> {
    writeln!(out)?;
    write_columns(out, ["date", "what", "status", "who > whom", "sentence"], width)?;
    writeln!(out, "{}", "─".repeat(width))
}

fn write_article_name(out: &mut impl Write, article: &Value, width: usize) -> io::Result<()> {
    let day = text(&article["published_at"]).get(..10).unwrap_or("undated");
    let name = format!("{} · {day} · {}", text(&article["id"]), text(&article["title"]));
    writeln!(out, "{}", cut(&visible(&name), width))
}

fn write_finding(out: &mut impl Write, finding: &Finding, width: usize) -> io::Result<()> {
    write_columns(out, [finding.date, &finding.kind, finding.status, &finding.parties, finding.sentence], width)
}

fn write_columns(out: &mut impl Write, [date, kind, status, parties, sentence]: [&str; 5], width: usize) -> io::Result<()> {
    let rest = width - (2 + DATE + KIND + STATUS + PARTIES + 4);
    let [kind, status, parties] = [cut(kind, KIND), cut(status, STATUS), cut(parties, PARTIES)];
    let sentence = cut(&visible(&sentence.split_whitespace().collect::<Vec<_>>().join(" ")), rest);
    let line = format!("  {date:DATE$} {kind:KIND$} {status:STATUS$} {parties:PARTIES$} {sentence}");
    writeln!(out, "{}", line.trim_end())
}

fn findings(result: &Value) -> Vec<Finding<'_>> {
    let events = list(&result["events"]).iter().map(|event| {
        let kind = format!("{} {}", text(&event["type"]), text(&event["mode"]));
        finding(event, kind.trim_end().to_owned(), ["actors", "recipients"])
    });
    let sanctions = list(&result["sanctions"]).iter().map(|mention| {
        let kind = format!("sanctions:{}", text(&mention["action"]));
        finding(mention, kind, ["senders", "targets"])
    });
    events.chain(sanctions).collect()
}

fn finding<'r>(found: &'r Value, kind: String, [by, on]: [&str; 2]) -> Finding<'r> {
    let (by, on) = (codes(&found[by]), codes(&found[on]));
    Finding {
        kind,
        certainty: found["confidence"].as_f64().unwrap_or_default(),
        date: found["date"]["value"].as_str().unwrap_or("-").split('/').next().unwrap_or_default(),
        status: text(&found["status"]),
        parties: if on.is_empty() { by } else { format!("{} > {on}", if by.is_empty() { "?" } else { &by }) },
        sentence: text(&found["evidence"]["sentence"]),
    }
}

fn codes(parties: &Value) -> String {
    let codes: Vec<_> = list(parties).iter().map(|party| text(&party["code"])).collect();
    codes.join(" ")
}

fn warnings(result: &Value) -> String {
    let codes: Vec<_> = list(&result["warnings"]).iter().map(|warning| text(&warning["code"])).collect();
    if codes.is_empty() { String::new() } else { format!(" (warning: {})", codes.join(", ")) }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// The beginning of a text, with a mark where it was cut.
fn cut(text: &str, width: usize) -> String {
    if text.chars().count() <= width {
        return text.to_owned();
    }
    let kept: String = text.chars().take(width.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use super::{Mail, write};

    fn shown(results: &[serde_json::Value]) -> String {
        let letters: Vec<_> = results.iter().map(|result| Mail { body: result.to_string().into_bytes(), ..Mail::default() }).collect();
        let mut out = Vec::new();
        write(&mut out, &letters, 100).expect("a vector takes everything");
        String::from_utf8(out).expect("UTF-8")
    }

    fn result(id: &str) -> serde_json::Value {
        serde_json::json!({
            "article": {"id": id, "title": "A title", "published_at": "2018-03-26T00:00:00Z"},
            "events": [{"type": "CONSULT", "mode": "visit", "status": "future", "confidence": 0.5, "actors": [{"code": "AAA"}],
                "recipients": [{"code": "BBB"}], "date": {"value": "2018-04"}, "evidence": {"sentence": "A long\n sentence. ".repeat(20)}}],
            "sanctions": [{"action": "impose", "status": "actual", "senders": [], "targets": [{"code": "CCC"}], "evidence": {"sentence": "S"}}],
            "warnings": [],
        })
    }

    #[test]
    fn a_few_articles_are_shown_whole_and_within_the_width() {
        let table = shown(&[result("one"), serde_json::json!({"article": {"id": "two"}, "warnings": [{"code": "w"}]})]);
        assert!(table.contains("one · 2018-03-26 · A title"), "{table}");
        assert!(table.contains("  2018-04    CONSULT visit         future       AAA > BBB            A long sentence."), "{table}");
        assert!(table.contains("sanctions:impose      actual       ? > CCC"), "{table}");
        assert!(table.contains("nothing found (warning: w)"), "{table}");
        assert!(table.lines().all(|line| line.chars().count() <= 100), "{table}");
    }

    #[test]
    fn many_articles_are_shown_by_counts_and_the_most_certain_findings() {
        let results: Vec<_> = (0..50).map(|number| result(&number.to_string())).collect();
        let table = shown(&results);
        assert!(table.contains("CONSULT: 50 found") && table.lines().count() < 15, "{table}");
    }
}

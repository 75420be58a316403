//! The table of what was found.

use std::{
    collections::{BTreeMap, HashMap},
    io::{self, Write},
};

use serde_json::Value;

use super::tally::{Sent, Tally};
use crate::telemetry::visible;

/// More articles than this are shown by their most certain findings only.
const SHOWN_WHOLE: usize = 40;
/// How many findings of each type or action are shown then.
const SHOWN_EACH: usize = 2;
const DATE: usize = 10;
const KIND: usize = 22;
const STATUS: usize = 12;
const PARTIES: usize = 24;
/// Where the second line of a finding, its sentence, begins.
const INDENT: usize = 4 + DATE;

/// An article with its result, as it came from the queue.
struct Answered<'t> {
    sent: &'t Sent,
    result: Value,
}

/// Two lines of the table.
struct Finding<'r> {
    /// `CONSULT visit`, or for a sanctions mention its action.
    kind: String,
    certainty: f64,
    date: &'r str,
    status: &'r str,
    parties: String,
    sentence: &'r str,
    /// Where in the sentence the word stands that told of it, in characters.
    trigger: usize,
    /// File and line of the article.
    place: &'r str,
}

/// The terminal's width by the variable `COLUMNS`, which the demo script sets; 100 otherwise.
pub fn width() -> usize {
    std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok()).unwrap_or(100).clamp(80, 180)
}

/// Prints what was found, article by article in the order of publishing; of many articles the most certain findings and the counts.
pub fn write(out: &mut impl Write, tally: &Tally, width: usize) -> io::Result<()> {
    let answered = answered(tally);
    write_heading(out, width)?;
    match answered.len() <= SHOWN_WHOLE {
        true => answered.iter().try_for_each(|answered| write_article(out, answered, width))?,
        false => write_most_certain(out, &answered, width)?,
    }
    writeln!(out)
}

fn answered(tally: &Tally) -> Vec<Answered<'_>> {
    let by_id: HashMap<_, _> = tally.results.iter().filter_map(|mail| Some((mail.correlation_id.as_deref()?, &mail.body))).collect();
    let result = |sent: &Sent| serde_json::from_slice(by_id.get(sent.message_id.as_str())?).ok();
    tally.sent.iter().filter_map(|sent| Some(Answered { sent, result: result(sent)? })).collect()
}

fn write_article(out: &mut impl Write, answered: &Answered, width: usize) -> io::Result<()> {
    let article = &answered.result["article"];
    let day = text(&article["published_at"]).get(..10).unwrap_or("undated");
    let parts = [file_name(&answered.sent.place), day, text(&article["title"])];
    let name = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
    writeln!(out, "{}", cut(&visible(&name), width))?;
    let found = findings(answered);
    for finding in &found {
        write_finding(out, finding, "", width)?;
    }
    if found.is_empty() {
        writeln!(out, "  nothing found{}", warnings(&answered.result))?;
    }
    Ok(())
}

fn write_most_certain(out: &mut impl Write, answered: &[Answered], width: usize) -> io::Result<()> {
    let mut kinds: BTreeMap<String, Vec<Finding>> = BTreeMap::new();
    for finding in answered.iter().flat_map(findings) {
        let kind = finding.kind.split(' ').next().unwrap_or_default().to_owned();
        kinds.entry(kind).or_default().push(finding);
    }
    for (kind, mut found) in kinds {
        found.sort_by(|one, other| other.certainty.total_cmp(&one.certainty));
        writeln!(out, "{kind}: {} found; the most certain:", found.len())?;
        for finding in found.iter().take(SHOWN_EACH) {
            write_finding(out, finding, file_name(finding.place), width)?;
        }
    }
    Ok(())
}

fn write_heading(out: &mut impl Write, width: usize) -> io::Result<()> {
    writeln!(out)?;
    write_columns(out, ["date", "what", "status", "who > whom", ""], width)?;
    writeln!(out, "{}", "─".repeat(width))
}

fn write_finding(out: &mut impl Write, finding: &Finding, place: &str, width: usize) -> io::Result<()> {
    write_columns(out, [finding.date, &finding.kind, finding.status, &finding.parties, &visible(place)], width)?;
    let sentence = around(finding.sentence, finding.trigger, width - INDENT);
    writeln!(out, "{:INDENT$}{}", "", visible(&sentence))
}

/// A place stands at the end of the line where there is room for it.
fn write_columns(out: &mut impl Write, [date, kind, status, parties, place]: [&str; 5], width: usize) -> io::Result<()> {
    let rest = width - (2 + DATE + 2 + KIND + 1 + STATUS + 1);
    let parties = if place.is_empty() { cut(parties, rest) } else { format!("{:PARTIES$} {}", cut(parties, PARTIES), place) };
    let line = format!("  {date:DATE$}  {:KIND$} {:STATUS$} {}", cut(kind, KIND), cut(status, STATUS), cut(&parties, rest));
    writeln!(out, "{}", line.trim_end())
}

fn findings<'r>(answered: &'r Answered) -> Vec<Finding<'r>> {
    let (result, place) = (&answered.result, answered.sent.place.as_str());
    let events = list(&result["events"]).iter().map(|event| {
        let kind = format!("{} {}", text(&event["type"]), text(&event["mode"]));
        finding(event, kind.trim_end().to_owned(), ["actors", "recipients"], place)
    });
    let sanctions = list(&result["sanctions"]).iter().map(|mention| {
        let kind = format!("sanctions:{}", text(&mention["action"]));
        finding(mention, kind, ["senders", "targets"], place)
    });
    events.chain(sanctions).collect()
}

fn finding<'r>(found: &'r Value, kind: String, [by, on]: [&str; 2], place: &'r str) -> Finding<'r> {
    let (by, on, evidence) = (codes(&found[by]), codes(&found[on]), &found["evidence"]);
    let at = |place: &Value| place["start"].as_u64().and_then(|at| usize::try_from(at).ok()).unwrap_or_default();
    Finding {
        kind,
        certainty: found["confidence"].as_f64().unwrap_or_default(),
        date: found["date"]["value"].as_str().unwrap_or("-").split('/').next().unwrap_or_default(),
        status: text(&found["status"]),
        parties: if on.is_empty() { by } else { format!("{} > {on}", if by.is_empty() { "?" } else { &by }) },
        sentence: text(&evidence["sentence"]),
        trigger: at(&evidence["trigger"]).saturating_sub(at(evidence)),
        place,
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

fn file_name(place: &str) -> &str {
    place.rsplit('/').next().unwrap_or(place)
}

/// The part of a sentence around its trigger that fits, in whole words and on one line, with marks where it was cut.
fn around(sentence: &str, trigger: usize, width: usize) -> String {
    let words: Vec<&str> = sentence.split_whitespace().collect();
    let before = sentence.chars().take(trigger).collect::<String>().split_whitespace().count().min(words.len());
    let length = |words: &[&str]| words.iter().map(|word| word.chars().count() + 1).sum::<usize>();
    // At most a third of the room is for what stands before the trigger, unless all that follows fits anyway.
    let fits = |from: &usize| length(&words[*from..before]) <= width / 3 || length(&words[*from..]) < width;
    let from = if length(&words) <= width + 1 { 0 } else { (0..before).find(fits).unwrap_or(before) };
    let mark = if from > 0 { "… " } else { "" };
    cut(&format!("{mark}{}", words[from..].join(" ")), width)
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
    use super::{Sent, Tally, around, write};
    use crate::amqp::mailbox::Mail;

    fn shown(results: &[serde_json::Value]) -> String {
        let id = |index: usize| format!("demo-{index}");
        let mail = |(index, result): (usize, &serde_json::Value)| Mail {
            correlation_id: Some(id(index)),
            body: result.to_string().into_bytes(),
            ..Mail::default()
        };
        let sent = (0..results.len()).map(|index| Sent { message_id: id(index), place: format!("folder/{index}.json") }).collect();
        // Results come in any order.
        let tally = Tally { sent, results: results.iter().enumerate().rev().map(mail).collect(), dead_letters: Vec::new() };
        let mut out = Vec::new();
        write(&mut out, &tally, 100).expect("a vector takes everything");
        String::from_utf8(out).expect("UTF-8")
    }

    fn result() -> serde_json::Value {
        serde_json::json!({
            "article": {"title": "A title", "published_at": "2018-03-26T00:00:00Z"},
            "events": [{"type": "CONSULT", "mode": "visit", "status": "future", "confidence": 0.5, "actors": [{"code": "AAA"}],
                "recipients": [{"code": "BBB"}], "date": {"value": "2018-04"}, "evidence": {"sentence": "A long\n sentence. ".repeat(20)}}],
            "sanctions": [{"action": "impose", "status": "actual", "senders": [], "targets": [{"code": "CCC"}], "evidence": {"sentence": "S"}}],
            "warnings": [],
        })
    }

    #[test]
    fn a_few_articles_are_shown_whole_in_their_order_and_within_the_width() {
        let table = shown(&[result(), serde_json::json!({"article": {}, "warnings": [{"code": "w"}]})]);
        assert!(table.contains("0.json · 2018-03-26 · A title"), "{table}");
        assert!(table.contains("  2018-04     CONSULT visit          future       AAA > BBB\n              A long sentence."), "{table}");
        assert!(table.contains("sanctions:impose       actual       ? > CCC"), "{table}");
        assert!(table.ends_with("1.json · undated\n  nothing found (warning: w)\n\n"), "{table}");
        assert!(table.lines().all(|line| line.chars().count() <= 100), "{table}");
    }

    #[test]
    fn many_articles_are_shown_by_counts_and_the_most_certain_findings() {
        let table = shown(&vec![result(); 50]);
        assert!(table.contains("CONSULT: 50 found") && table.lines().count() < 15, "{table}");
        assert!(table.contains(" 0.json"), "the article of each is named: {table}");
    }

    #[test]
    fn a_long_sentence_is_shown_around_its_trigger() {
        let sentence = format!("{} trigger {}", "before ".repeat(30).trim(), "after ".repeat(30).trim());
        for width in [40, 80, 160] {
            let part = around(&sentence, 30 * 7, width);
            assert!(part.starts_with("… before") && part.contains("trigger after") && part.ends_with('…'), "{part}");
            assert!(part.chars().count() <= width, "{part}");
        }
        assert_eq!(around("Short\n and whole.", 9, 40), "Short and whole.");
        assert!(around(&"before ".repeat(30), 29 * 7, 40).ends_with("before"));
    }
}

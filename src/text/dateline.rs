//! Datelines: "VANCOUVER, Dec 19 (Reuters) - …" at the head of a report names where and when it was written.

use super::document::Document;
use super::span::Span;

/// The dateline of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dateline {
    /// The place, with what narrows it down ("Vancouver, British Columbia"); none in "March 3 (UPI) --" and "(Reuters) -".
    pub place: Option<Span>,
    /// The date, when there is one, without the brackets around it.
    pub date: Option<Span>,
    /// Where the report's own first sentence starts, in bytes.
    pub end: usize,
    /// The token that starts there.
    pub first_token: usize,
}

/// Reads the dateline at the start of one of the first few sentences (headline and byline may come before it).
pub fn dateline(document: &Document<'_>) -> Option<Dateline> {
    document.sentences.iter().take(FIRST_SENTENCES).find_map(|sentence| read(document, sentence.tokens.start, sentence.tokens.end))
}

const FIRST_SENTENCES: usize = 6;
/// A dateline is no longer than this: place, region, month, day, year, agency and the marks between them.
const MOST_TOKENS: usize = 18;

fn read(document: &Document<'_>, start: usize, end: usize) -> Option<Dateline> {
    let end = end.min(start + MOST_TOKENS);
    let dash = (start + 1..end).find(|at| is_dash(document, *at) || is_glued_bracket(document, *at))?;
    let (head_end, first_token) = if document.form(dash) == ")" { (dash + 1, dash + 1) } else { (dash, dash + 1) };
    if first_token >= document.tokens.len() {
        return None;
    }
    let head: Vec<&str> = (start..head_end).map(|at| document.form(at)).collect();
    let agency = head.iter().position(|form| *form == "(").unwrap_or(head.len());
    let date = head[..agency].iter().position(|form| is_month(form) || form.parse::<u8>().is_ok()).unwrap_or(agency);
    let place = head[..date].iter().rposition(|form| *form != ",").map_or(0, |last| last + 1);
    let is_place = head[..place].iter().all(|form| *form == "," || is_name(form)) && (place <= 8);
    let marked = agency < head.len() || date < agency || head[..place].iter().any(|form| is_capitals(form));
    if !is_place || !marked || head[agency..].last().is_some_and(|form| *form != ")") || place == 0 && !is_agency(&head[agency..]) {
        return None;
    }
    let span = |from: usize, to: usize| document.tokens[start + from].span.join(document.tokens[start + to - 1].span);
    let date = (date < agency).then(|| head[..agency].iter().rposition(|form| *form != ",").map(|last| span(date, last + 1))).flatten();
    Some(Dateline { place: (place > 0).then(|| span(0, place)), date, end: document.tokens[first_token].span.start, first_token })
}

/// "(Reuters)", "(Al Jazeera)": without a place, only an agency's name in brackets makes a dateline.
fn is_agency(head: &[&str]) -> bool {
    matches!(head, ["(", name @ .., ")"] if !name.is_empty() && name.iter().all(|form| is_name(form)))
}

/// A dash with space on both sides, or after it.
fn is_dash(document: &Document<'_>, at: usize) -> bool {
    let spaced = document.tokens.get(at + 1).is_some_and(|next| next.span.start > document.tokens[at].span.end);
    let apart = document.tokens[at].span.start > document.tokens[at - 1].span.end;
    match document.form(at) {
        "-" | "–" => spaced && apart,
        "--" | "—" => true,
        _ => false,
    }
}

/// "Washington (Agency)The president": some pages leave out dash and space.
fn is_glued_bracket(document: &Document<'_>, at: usize) -> bool {
    let follows = document.tokens.get(at + 1).is_some_and(|next| next.span.start == document.tokens[at].span.end);
    document.form(at) == ")" && follows && document.form(at + 1).starts_with(char::is_uppercase)
}

fn is_month(form: &str) -> bool {
    let start: String = form.chars().take(3).flat_map(char::to_lowercase).collect();
    let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    form.starts_with(char::is_uppercase)
        && months.contains(&start.as_str())
        && (form.len() <= 4 || MONTHS.contains(&form.to_lowercase().trim_end_matches('.')))
}

const MONTHS: &[&str] =
    &["january", "february", "march", "april", "june", "july", "august", "sept", "september", "october", "november", "december"];

fn is_name(form: &str) -> bool {
    form.starts_with(char::is_uppercase) || matches!(form, "-" | "'" | "'s" | "of" | "de" | "al" | "/" | "the" | "and")
}

fn is_capitals(form: &str) -> bool {
    form.chars().count() > 2 && form.chars().all(|c| c.is_uppercase() || matches!(c, '.' | '-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<(&str, Option<&str>, &str)>) {
        let document = Document::new(text);
        let found = dateline(&document).map(|line| {
            let rest = text[line.end..].split_whitespace().next().unwrap_or_default();
            (line.place.map_or("", |place| place.of(text)), line.date.map(|date| date.of(text)), rest)
        });
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn datelines_give_place_and_date() {
        check("OSLO, Dec 19 (Reuters) - Norway said no.", Some(("OSLO", Some("Dec 19"), "Norway")));
        check("LIMA (AP) — Peru said no.", Some(("LIMA", None, "Peru")));
        check("LIMA (AP) -- Peru said no.", Some(("LIMA", None, "Peru")));
        check("TUNIS, Jan. 5 (Xinhua) -- Tunisia said no.", Some(("TUNIS", Some("Jan. 5"), "Tunisia")));
        check("Minister quits\nBy Ann Smith\n\nQUITO, Ecuador – The minister left.", Some(("QUITO, Ecuador", None, "The")));
        check("Washington, D.C., March 3, 2015 - The department", Some(("Washington, D.C.", Some("March 3, 2015"), "The")));
        check("SANTIAGO DE CHILE, 4 May (EFE) – Chile", Some(("SANTIAGO DE CHILE", Some("4 May"), "Chile")));
        check("(Reuters) - Norway said no.", Some(("", None, "Norway")));
        check("Oslo (Agency)Norway said no.", Some(("Oslo", None, "Norway")));
        check("(Agency)Norway said no.", Some(("", None, "Norway")));
        check("March 3 (UPI) -- Norway said no.", Some(("", Some("March 3"), "Norway")));
        let after_a_headline = Document::new("Norway says no to Sweden\n\nOSLO (Agency) - Norway said no.");
        let first_token = dateline(&after_a_headline).expect("a dateline").first_token;
        assert_eq!((first_token, after_a_headline.form(first_token)), (10, "Norway"));
        check("AL-TANF, Syria, July 2 (Agency) - Troops left.", Some(("AL-TANF, Syria", Some("July 2"), "Troops")));
    }

    #[test]
    fn other_dashes_are_no_datelines() {
        check("Norway - a rich country - said no.", None);
        check("The ministers (both of them) - said no.", None);
        check("He came on May 5 - a Tuesday.", None);
        check("(in Norwegian) - Norway said no.", None);
        check("March 3 - Norway said no.", None);
        check("", None);
        check("OSLO -", None);
        check("The ministers (of both)Norway said no.", None);
        check("Norway's parliament (the Storting)(Agency) said no.", None);
    }
}

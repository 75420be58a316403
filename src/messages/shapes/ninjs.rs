//! ninjs, the IPTC's news in JSON: 1.x (lower-case names, `body_text`) and 2.x to 3.x (camel case, lists of objects).

use std::cmp::Reverse;

use serde_json::{Map, Value};

use crate::messages::{
    draft::{Draft, Text},
    json::{first_date, first_text, text_of},
};

/// Keys that only ninjs has; one of them with a `uri` is a ninjs item.
const MARKS: &[&str] = &[
    "versioncreated",
    "versionCreated",
    "firstcreated",
    "firstCreated",
    "contentcreated",
    "contentCreated",
    "pubstatus",
    "pubStatus",
    "body_xhtml",
    "bodies",
    "headlines",
    "descriptions",
    "representationtype",
    "representationType",
    "copyrightholder",
    "copyrightHolder",
    "associations",
];
/// Items of these types hold text; a missing type does too.
const TEXT_TYPES: &[&str] = &["text", "composite"];
const DATE_KEYS: &[&str] =
    &["versioncreated", "versionCreated", "contentcreated", "contentCreated", "firstcreated", "firstCreated", "embargoed"];
const SOURCE_KEYS: &[&str] = &["infosource", "infoSources", "source", "copyrightholder", "copyrightHolder"];
/// Content types of `bodies`, the best first; anything else comes last.
const BODY_TYPES: &[&str] = &["text/plain", "text/html", "text/html5", "application/xhtml+xml", "text/vnd.iptc.nitf"];

pub fn is_it(object: &Map<String, Value>) -> bool {
    let standard = ["$standard", "standard"]
        .iter()
        .filter_map(|key| object.get(*key)?.get("name")?.as_str())
        .any(|name| name.to_ascii_lowercase().contains("ninjs"));
    standard || object.contains_key("uri") && MARKS.iter().any(|mark| object.contains_key(*mark))
}

pub fn read(object: &Map<String, Value>) -> Draft {
    let uri = first_text(object, &["uri"]);
    let kind = first_text(object, &["type"]).map(|kind| kind.to_ascii_lowercase());
    Draft {
        url: first_text(object, &["url", "href"]).or_else(|| uri.clone().filter(|uri| uri.starts_with("http"))),
        id: uri,
        title: first_text(object, &["headline"])
            .or_else(|| in_role(object, "headlines", "main"))
            .or_else(|| first_text(object, &["title"])),
        source: first_text(object, SOURCE_KEYS),
        language: first_text(object, &["language"]),
        date: first_date(object, DATE_KEYS),
        text: text(object),
        withdrawn: first_text(object, &["pubstatus", "pubStatus"])
            .is_some_and(|status| matches!(status.to_ascii_lowercase().as_str(), "canceled" | "cancelled")),
        passed_over: kind.filter(|kind| !TEXT_TYPES.contains(&kind.as_str())),
    }
}

fn text(object: &Map<String, Value>) -> Option<Text> {
    let plain = |keys: &[&str]| first_text(object, keys).map(Text::Plain);
    plain(&["body_text"])
        .or_else(|| first_text(object, &["body_html", "body_xhtml"]).map(Text::Html))
        .or_else(|| best_body(object))
        .or_else(|| first_text(object, &["body_nitf"]).map(Text::Html))
        .or_else(|| qualified(object, "body_"))
        .or_else(|| plain(&["description_text"]))
        .or_else(|| first_text(object, &["description_html", "description_xhtml"]).map(Text::Html))
        .or_else(|| in_role(object, "descriptions", "text").map(Text::Unknown))
        .or_else(|| qualified(object, "description_"))
}

/// ninjs 1.x lets senders qualify a property by an ending of their own: `body_short_html`, `description_caption_xhtml`.
fn qualified(object: &Map<String, Value>, beginning: &str) -> Option<Text> {
    let text = |(key, value): (&String, &Value)| {
        let ending = key.strip_prefix(beginning)?;
        let text = text_of(value)?;
        Some(if ending.contains("html") { Text::Html(text) } else { Text::Unknown(text) })
    };
    object.iter().find_map(text)
}

fn best_body(object: &Map<String, Value>) -> Option<Text> {
    let bodies = object.get("bodies")?.as_array()?;
    let rank = |body: &&Value| {
        let kind = BODY_TYPES.iter().position(|known| *known == content_type(body)).unwrap_or(BODY_TYPES.len());
        // Of several bodies of one kind, the shorter ones are teasers.
        (kind, Reverse(value_of(body).map_or(0, |text| text.len())))
    };
    let best = bodies.iter().filter(|body| value_of(body).is_some()).min_by_key(rank)?;
    let text = value_of(best)?;
    Some(match content_type(best).as_str() {
        "text/plain" => Text::Plain(text),
        "" => Text::Unknown(text),
        _ => Text::Html(text),
    })
}

fn content_type(body: &Value) -> String {
    let whole = body.get("contentType").or_else(|| body.get("contenttype")).and_then(Value::as_str).unwrap_or_default();
    whole.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

fn value_of(body: &Value) -> Option<String> {
    body.get("value").and_then(text_of)
}

/// The entry of a list that has the role, else the first with a text.
fn in_role(object: &Map<String, Value>, key: &str, role: &str) -> Option<String> {
    let entries = object.get(key)?.as_array()?;
    let named = entries.iter().filter(|entry| entry.get("role").and_then(Value::as_str) == Some(role));
    named.chain(entries).find_map(value_of)
}

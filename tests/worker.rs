//! Bodies to outcomes: whatever comes in, exactly one thing comes out, and what comes out is true to its contract.

#[path = "worker/hostile.rs"]
mod hostile;

use std::{cell::RefCell, collections::BTreeMap, io::Write, sync::LazyLock};

use attache::{
    extract::Limits,
    lexicon::{Lexicon, WatchLists},
    messages::{DecodeLimits, result_schema},
    syntax::Syntax,
    worker::{Answer, Envelope, Outcome, Rejection, Worker},
};
use proptest::{
    collection::vec,
    prelude::*,
    sample::select,
    test_runner::{TestCaseError, TestRunner},
};
use serde_json::{Value, json};

static WORKER: LazyLock<Worker> = LazyLock::new(|| Worker::new(Lexicon::built_in(), Syntax::english()));
static SCHEMA: LazyLock<jsonschema::Validator> = LazyLock::new(|| jsonschema::draft202012::new(&result_schema()).expect("a schema"));

fn envelope(content_type: &str) -> Envelope {
    Envelope { content_type: Some(content_type.into()), content_encoding: None, message_id: Some("m-1".into()) }
}

#[track_caller]
fn answered(body: &str, content_type: &str) -> (Answer, Value) {
    match WORKER.process(body.as_bytes(), &envelope(content_type)) {
        Outcome::Answered(answer) => {
            let result = check_result(&answer, body);
            (answer, result)
        }
        Outcome::Rejected(rejection) => panic!("refused: {rejection:?}"),
    }
}

/// Schema, counts, and that every span holds the words that it says. Returns the result.
#[track_caller]
fn check_result(answer: &Answer, body: &str) -> Value {
    let result: Value = serde_json::from_slice(&answer.body).expect("a result is JSON");
    let errors: Vec<String> = SCHEMA.iter_errors(&result).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(errors.is_empty(), "{errors:#?}\n{result:#}");
    let count = |list: &str| result[list].as_array().map_or(0, Vec::len);
    assert_eq!((answer.events, answer.sanctions, answer.warnings), (count("events"), count("sanctions"), count("warnings")));
    let article: Option<Value> = serde_json::from_str(body).ok();
    let sent = article.as_ref().and_then(|article| article["text"].as_str()).unwrap_or(body);
    let text: Vec<char> = result["article"]["text"].as_str().unwrap_or(sent).chars().collect();
    check_spans(&result, &text);
    result
}

/// Holds every `start` and `end` against the words beside them; returns how many it saw.
#[track_caller]
fn check_spans(node: &Value, text: &[char]) -> usize {
    let own = match (node["start"].as_u64(), node["end"].as_u64()) {
        (Some(start), Some(end)) => {
            let slice: String = text[usize::try_from(start).unwrap()..usize::try_from(end).unwrap()].iter().collect();
            for words in [&node["text"], &node["sentence"]].into_iter().filter_map(Value::as_str) {
                assert_eq!(words, slice);
            }
            1
        }
        _ => 0,
    };
    let below: Vec<&Value> =
        node.as_array().map(|items| items.iter().collect()).or_else(|| Some(node.as_object()?.values().collect())).unwrap_or_default();
    own + below.into_iter().map(|child| check_spans(child, text)).sum::<usize>()
}

fn codes(found: &Value, lists: [&str; 2]) -> Vec<String> {
    let parties = lists.iter().flat_map(|list| found[*list].as_array().into_iter().flatten());
    parties.map(|party| party["code"].as_str().unwrap_or_default().to_owned()).collect()
}

#[test]
fn an_event_is_found_with_its_parties_and_day() {
    let body = json!({"id": "a", "published_at": "2018-03-27", "text": "“Élan.” Russia expelled two British diplomats on Monday."});
    let (answer, result) = answered(&body.to_string(), "application/json");
    assert_eq!((answer.article_id.as_str(), answer.relevance, answer.events, answer.sentences), ("a", "events", 1, 2));
    let event = &result["events"][0];
    assert_eq!((&event["type"], &event["mode"], &event["status"]), (&json!("SANCTION"), &json!("expel"), &json!("actual")));
    assert_eq!(codes(event, ["actors", "recipients"]), ["RUS", "GBR"]);
    assert_eq!(event["date"]["value"], "2018-03-26");
    assert!(check_spans(&result, &body["text"].as_str().unwrap().chars().collect::<Vec<_>>()) >= 5);
}

#[test]
fn the_readme_shows_what_comes_out() {
    let readme = std::fs::read_to_string("README.md").expect("README.md");
    let mut blocks = readme.split("```json\n").skip(1).map(|block| block.split("```").next().unwrap_or_default());
    let (article, event) = (blocks.next().expect("an article"), blocks.next().expect("an event"));
    let (_, result) = answered(article, "application/json");
    assert_eq!(result["events"], json!([serde_json::from_str::<Value>(event).expect("JSON")]));
}

#[test]
fn a_sanctions_mention_is_found_with_its_parties() {
    let (answer, result) = answered("The EU imposed sanctions on Belarus.", "text/plain");
    assert_eq!(answer.sanctions, 1);
    let mention = &result["sanctions"][0];
    assert_eq!((&mention["action"], codes(mention, ["senders", "targets"])), (&json!("impose"), vec!["EU".to_owned(), "BLR".to_owned()]));
}

#[test]
fn a_page_is_answered_with_its_text_and_offsets_into_it() {
    let page = "<html><body><nav>France attacked Spain.</nav><article><h1>Envoys</h1><p>Russia expelled two British diplomats on \
        Monday, its foreign ministry said in a long statement about the quarrel between the two countries.</p><p>The embassy in \
        the capital said that the two men would leave with their families within a week, and that it regretted the step.</p></article></body></html>";
    let (answer, result) = answered(page, "text/html");
    assert!(answer.events >= 1 && result["article"]["text"].as_str().is_some_and(|text| !text.contains("France")), "{result:#}");
}

#[test]
fn what_says_nothing_is_answered_empty() {
    let (answer, result) = answered("The weather was fine.", "text/plain");
    assert_eq!((answer.relevance, &result["events"], &result["sanctions"]), ("none", &json!([]), &json!([])));
}

#[test]
fn another_language_and_a_withdrawn_item_are_answered_with_a_warning() {
    let german = "Die Außenminister der beiden Länder trafen sich am Montag in Genf, um über den Vertrag und die Lage zu sprechen.";
    let (_, result) = answered(german, "text/plain");
    assert_eq!((&result["warnings"][0]["code"], &result["events"]), (&json!("unsupported_language"), &json!([])));
    let canceled = json!({"uri": "n:1", "versioncreated": "2020-01-01T00:00:00Z", "pubstatus": "canceled", "body_text": "Russia expelled two British diplomats."});
    let Outcome::Answered(answer) = WORKER.process(canceled.to_string().as_bytes(), &envelope("application/json")) else {
        panic!("refused")
    };
    assert_eq!((answer.events, answer.warnings), (0, 1));
}

#[test]
fn a_result_of_other_watch_lists_has_another_message_id() {
    let worker = Worker::new(Lexicon::built_in(), Syntax::english());
    let id = || match worker.process(b"The weather was fine.", &envelope("text/plain")) {
        Outcome::Answered(answer) => answer.message_id,
        Outcome::Rejected(rejection) => panic!("refused: {rejection:?}"),
    };
    let folder = tempfile::tempdir().expect("a folder");
    let list = folder.path().join("own.csv");
    let mut ids = vec![id(), id()];
    for name in ["Ada", "Grace"] {
        std::fs::write(&list, format!("id,name\n1,{name}\n")).expect("a list");
        worker.watch.exchange(WatchLists::load(std::slice::from_ref(&list)).expect("a good list"));
        ids.extend([id(), id()]);
    }
    assert!(ids.chunks(2).all(|same| same[0] == same[1]), "{ids:?}");
    ids.dedup();
    assert_eq!(ids.len(), 3, "{ids:?}");
}

#[test]
fn a_result_above_its_limit_is_refused() {
    let small = Worker { result_bytes: 100, ..Worker::new(Lexicon::built_in(), Syntax::english()) };
    let Outcome::Rejected(rejection) = small.process(b"Russia expelled two British diplomats.", &envelope("text/plain")) else {
        panic!("answered")
    };
    assert_eq!(rejection.reason, Rejection::RESULT_TOO_LARGE);
}

/// What is cut is said in a warning; what was read before it stays.
#[test]
fn limits_of_reading_cut_with_a_warning() {
    let told = "Russia expelled two British diplomats. Iran met Iraq. France condemned Syria.";
    for (limits, code, message, events) in [
        (Limits { sentences: 1, ..Limits::default() }, "sentences_cut", "the first 1 of 3 sentences (limits.sentences)", 1),
        (
            Limits { tokens_per_sentence: 4, ..Limits::default() },
            "long_sentences",
            "1 sentences of more than 4 tokens (limits.tokens_per_sentence)",
            2,
        ),
        (Limits { events: 2, ..Limits::default() }, "events_cut", "the first 2 of 3 events (limits.events)", 2),
    ] {
        let worker = Worker { limits, ..Worker::new(Lexicon::built_in(), Syntax::english()) };
        let Outcome::Answered(answer) = worker.process(told.as_bytes(), &envelope("text/plain")) else { panic!("refused: {code}") };
        let result = check_result(&answer, told);
        let warning = &result["warnings"][0];
        assert_eq!((warning["code"].as_str(), answer.events), (Some(code), events), "{result:#}");
        assert!(warning["message"].as_str().is_some_and(|text| text.ends_with(message)), "{warning}");
    }
}

/// Wires in capitals are read like any other, and offsets stay those of what was sent.
#[test]
fn capitals_are_read_and_soft_hyphens_and_no_break_spaces_do_not_matter() {
    let plain = "The United States expelled two Russian diplomats on Monday, and the EU imposed sanctions on Belarus.";
    let key = |result: &Value| -> Vec<String> {
        let found = ["events", "sanctions"].iter().flat_map(|list| result[*list].as_array().into_iter().flatten());
        found.map(|found| found["key"].to_string()).collect()
    };
    let (_, expected) = answered(&json!({"text": plain, "date": "2020-10-07"}).to_string(), "application/json");
    assert!(key(&expected).len() >= 2, "{expected:#}");
    for written in [
        plain.to_uppercase(),
        plain.replace(' ', "\u{a0}"),
        plain.replace("pelled", "\u{ad}pelled").replace("sanc", "sanc\u{ad}").replace("Belarus", "\u{200b}Belarus"),
        plain.replace(' ', "  "),
    ] {
        let (_, result) = answered(&json!({"text": written, "date": "2020-10-07"}).to_string(), "application/json");
        assert_eq!(key(&result), key(&expected), "{written:?}");
    }
}

/// Letters with their marks apart (NFD), as some file systems and converters write them, are those with them in one (NFC).
#[test]
fn decomposed_letters_are_read_as_composed_ones() {
    let composed = "T\u{fc}rkiye expelled two envoys of C\u{f4}te d\u{2019}Ivoire.";
    let decomposed = composed.replace('\u{fc}', "u\u{308}").replace('\u{f4}', "o\u{302}");
    for text in [composed, &decomposed] {
        let (_, result) = answered(&json!({"text": text}).to_string(), "application/json");
        assert_eq!(codes(&result["events"][0], ["actors", "recipients"]), ["TUR", "CIV"], "{result:#}");
    }
}

/// An edited version of an article keeps the ids of what did not change; what is new has an id of its own.
#[test]
fn an_edited_article_keeps_the_ids_of_unchanged_events() {
    let ids = |text: &str| -> Vec<String> {
        let (_, result) = answered(&json!({"id": "a-1", "text": text, "date": "2020-10-07"}).to_string(), "application/json");
        result["events"].as_array().into_iter().flatten().map(|event| event["id"].as_str().unwrap_or_default().to_owned()).collect()
    };
    let first = ids("Russia expelled two British diplomats. Iran met Iraq.");
    let edited = ids(
        "Updated. On Wednesday a crowd watched.\n\nFrance condemned Syria.\n\nRussia has expelled two British diplomats. Iran met with Iraq.",
    );
    assert_eq!((first.len(), edited.len()), (2, 3), "{first:?} {edited:?}");
    assert_eq!(first, edited[1..]);
    assert!(!first.contains(&edited[0]));
}

/// Boilerplate with events in it, as pages have it around an article.
#[test]
fn what_surrounds_an_article_tells_no_events() {
    let text = "Russia expels two British diplomats\nBy Jane Sample\nMarch 3, 2018\n\nMOSCOW (Reuters) - Russia expelled two British diplomats on \
        Monday.\n\nFILE PHOTO: Germany's Chancellor Angela Merkel meets French President Emmanuel Macron in Berlin. REUTERS/J. Sample\n\
        Advertisement\nThe embassy regretted the step. Read more: Iran condemns Iraq\nRELATED: China visits Japan\nFollow us on Twitter, \
        where Iran met Iraq.\nFrench President Emmanuel Macron meets Chinese President Xi Jinping. (AP Photo/J. Sample)\nThis story is over 5 \
        years old.\nFYI.\n12 comments\n(Reporting by J. Sample; Editing by Iran met Iraq)";
    let (_, result) = answered(&json!({"text": text, "date": "2018-03-05"}).to_string(), "application/json");
    let events = result["events"].as_array().unwrap();
    assert_eq!(events.len(), 1, "{result:#}");
    assert_eq!(events[0]["evidence"]["sentence"], "Russia expelled two British diplomats on Monday.");
    assert_eq!(events[0]["mentions"], json!([]));
}

#[test]
fn the_same_body_gives_the_same_bytes_and_another_text_another_message() {
    let process = |text: &str| answered(&json!({"id": "a", "text": text}).to_string(), "application/json").0;
    let (one, same, other) = (process("Iran met Iraq."), process("Iran met Iraq."), process("Iran met Oman."));
    assert_eq!((&one.body, &one.message_id), (&same.body, &same.message_id));
    assert_ne!(one.message_id, other.message_id);
}

/// Words that events are told with, in any order; with marks, lines and signs of more than one byte between them.
const WORDS: [&str; 56] = [
    "Russia",
    "Russian",
    "Britain",
    "China",
    "Beijing",
    "Iran",
    "Tehran",
    "the United States",
    "U.S.",
    "Germany",
    "the EU",
    "NATO",
    "the United Nations",
    "Kyiv",
    "President",
    "Foreign Minister",
    "Wang Yi",
    "Mr.",
    "the two countries",
    "diplomats",
    "envoys",
    "sanctions",
    "talks",
    "a treaty",
    "the embassy",
    "oil exports",
    "expelled",
    "imposed",
    "lifted",
    "met",
    "visited",
    "accused",
    "threatened to",
    "condemned",
    "signed",
    "will",
    "did not",
    "had",
    "was",
    "by",
    "with",
    "on",
    "of",
    "in",
    "Monday",
    "March 3",
    "last year",
    "2017",
    "said",
    "that",
    "and",
    "which",
    ",",
    ".",
    ";",
    "–",
];
const AWKWARD: [&str; 14] = ["“", "”", "\n\n", "\t", "Υes", "é", "e\u{301}", "🇷🇺", "\u{200b}", "\u{a0}", "İ", "ß", "ﬁ", "\r\n"];

fn story() -> impl Strategy<Value = String> {
    let word = prop_oneof![9 => select(&WORDS[..]), 1 => select(&AWKWARD[..])];
    vec((word, select(&[" ", " ", " ", ". ", ""][..])), 0..120)
        .prop_map(|parts| parts.into_iter().flat_map(|(word, gap)| [word, gap]).collect())
}

fn any_envelope() -> impl Strategy<Value = Envelope> {
    const TYPES: [&str; 7] = [
        "application/json",
        "text/plain",
        "text/html",
        "text/plain; charset=utf-16",
        "text/html; charset=windows-1252",
        "image/png",
        "nonsense",
    ];
    const ENCODINGS: [&str; 6] = ["", "gzip", "zstd", "deflate", "br", "nonsense"];
    (prop::option::of(select(&TYPES[..])), prop::option::of(select(&ENCODINGS[..])), prop::option::of(".{0,20}")).prop_map(
        |(content_type, encoding, id)| Envelope {
            content_type: content_type.map(Into::into),
            content_encoding: encoding.map(Into::into),
            message_id: id,
        },
    )
}

/// Runs a property on so many cases, and says past the capture of the test runner how many there were and what became of them.
fn for_all<S: Strategy>(property: &str, strategy: S, check: impl Fn(S::Value) -> Result<&'static str, TestCaseError>) {
    const CASES: u32 = 400;
    let counts = RefCell::new(BTreeMap::<&str, u32>::new());
    let mut runner = TestRunner::new(ProptestConfig { cases: CASES, failure_persistence: None, ..ProptestConfig::default() });
    let outcome = runner.run(&strategy, |case| {
        *counts.borrow_mut().entry(check(case)?).or_default() += 1;
        Ok(())
    });
    outcome.unwrap_or_else(|failure| panic!("{property}: {failure}"));
    let counts: Vec<String> = counts.into_inner().into_iter().map(|(what, count)| format!("{count} {what}")).collect();
    // A closed standard error is no reason to fail.
    let _ = writeln!(std::io::stderr(), "property: {property}: {}", counts.join(", "));
}

#[test]
fn any_bytes_have_one_outcome() {
    for_all("any bytes have one outcome", (vec(any::<u8>(), 0..600), any_envelope()), |(body, envelope)| {
        match WORKER.process(&body, &envelope) {
            Outcome::Answered(answer) => {
                let result: Value = serde_json::from_slice(&answer.body).expect("a result is JSON");
                prop_assert!(SCHEMA.is_valid(&result), "{result:#}");
                Ok("answered")
            }
            Outcome::Rejected(rejection) => {
                prop_assert!(Rejection::REASONS.contains(&rejection.reason) && !rejection.detail.is_empty());
                Ok("refused")
            }
        }
    });
}

#[test]
fn any_text_is_answered_with_true_spans() {
    for_all("any text is answered with true spans", (story(), ".{0,40}", "20[0-9]{2}-[0-9]{2}-[0-9]{2}"), |(text, title, day)| {
        let body = json!({"id": "a", "title": title, "text": text, "date": day}).to_string();
        match WORKER.process(body.as_bytes(), &envelope("application/json")) {
            Outcome::Answered(answer) => {
                check_result(&answer, &body);
                Ok(if answer.events + answer.sanctions > 0 { "with events" } else { "without events" })
            }
            Outcome::Rejected(rejection) => {
                prop_assert!(rejection.reason == Rejection::NO_TEXT && text.trim().is_empty(), "{rejection:?}");
                Ok("refused for want of text")
            }
        }
    });
}

#[test]
fn any_page_is_answered_or_refused_for_its_text() {
    const PARTS: [&str; 10] = ["<p>", "</p>", "<div>", "</div>", "<article>", "<br>", "<script>", "&amp;", "<!--", "\u{0}"];
    for_all("any page is answered or refused for its text", vec((select(&PARTS[..]), story()), 1..6), |parts| {
        let page: String = parts.into_iter().flat_map(|(tag, text)| [tag.to_owned(), text]).collect();
        match WORKER.process(page.as_bytes(), &envelope("text/html")) {
            Outcome::Answered(answer) => {
                check_result(&answer, &page);
                Ok("answered")
            }
            // Zero bytes make a page binary, or UTF-16 that is none, where there is little else.
            Outcome::Rejected(rejection) if page.contains('\0') => {
                prop_assert!([Rejection::NO_TEXT, Rejection::UNDECODABLE].contains(&rejection.reason));
                Ok("refused")
            }
            Outcome::Rejected(rejection) => {
                prop_assert_eq!(rejection.reason, Rejection::NO_TEXT);
                Ok("refused")
            }
        }
    });
}

#[test]
fn any_article_within_limits_is_read_within_them() {
    for_all("texts are cut where the limit says", (story(), 1_usize..200), |(text, chars)| {
        let limits = DecodeLimits { text_chars: chars, ..DecodeLimits::default() };
        let Ok((article, warnings)) = attache::messages::decode(text.as_bytes(), &envelope("text/plain"), &limits) else {
            return Ok("refused");
        };
        let (read, sent) = (article.text.chars().count(), text.chars().count());
        prop_assert_eq!(read, sent.min(chars));
        prop_assert_eq!(warnings.iter().any(|warning| warning.code == "text_cut"), sent > chars);
        Ok(if sent > chars { "cut" } else { "whole" })
    });
}

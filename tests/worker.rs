//! Bodies to outcomes: whatever comes in, exactly one thing comes out, and what comes out is true to its contract.

use std::sync::LazyLock;

use attache::{
    lexicon::Lexicon,
    messages::{DecodeLimits, result_schema},
    syntax::Syntax,
    worker::{Answer, Envelope, Outcome, Rejection, Worker},
};
use proptest::{collection::vec, prelude::*, sample::select};
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
fn a_result_above_its_limit_is_refused() {
    let small = Worker { result_bytes: 100, ..Worker::new(Lexicon::built_in(), Syntax::english()) };
    let Outcome::Rejected(rejection) = small.process(b"Russia expelled two British diplomats.", &envelope("text/plain")) else {
        panic!("answered")
    };
    assert_eq!(rejection.reason, Rejection::RESULT_TOO_LARGE);
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

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_have_one_outcome(body in vec(any::<u8>(), 0..600), envelope in any_envelope()) {
        match WORKER.process(&body, &envelope) {
            Outcome::Answered(answer) => {
                let result: Value = serde_json::from_slice(&answer.body).expect("a result is JSON");
                prop_assert!(SCHEMA.is_valid(&result), "{result:#}");
            }
            Outcome::Rejected(rejection) => prop_assert!(Rejection::REASONS.contains(&rejection.reason) && !rejection.detail.is_empty()),
        }
    }

    #[test]
    fn any_text_is_answered_with_true_spans(text in story(), title in ".{0,40}", day in "20[0-9]{2}-[0-9]{2}-[0-9]{2}") {
        let body = json!({"id": "a", "title": title, "text": text, "date": day}).to_string();
        match WORKER.process(body.as_bytes(), &envelope("application/json")) {
            Outcome::Answered(answer) => { check_result(&answer, &body); }
            Outcome::Rejected(rejection) => prop_assert!(rejection.reason == Rejection::NO_TEXT && text.trim().is_empty(), "{rejection:?}"),
        }
    }

    #[test]
    fn any_page_is_answered_or_refused_for_its_text(parts in vec((select(&["<p>", "</p>", "<div>", "</div>", "<article>", "<br>", "<script>", "&amp;", "<!--", "\u{0}"][..]), story()), 1..6)) {
        let page: String = parts.into_iter().flat_map(|(tag, text)| [tag.to_owned(), text]).collect();
        match WORKER.process(page.as_bytes(), &envelope("text/html")) {
            Outcome::Answered(answer) => { check_result(&answer, &page); }
            // Zero bytes make a page binary, or UTF-16 that is none, where there is little else.
            Outcome::Rejected(rejection) if page.contains('\0') => prop_assert!([Rejection::NO_TEXT, Rejection::UNDECODABLE].contains(&rejection.reason)),
            Outcome::Rejected(rejection) => prop_assert_eq!(rejection.reason, Rejection::NO_TEXT),
        }
    }

    #[test]
    fn limits_hold_for_any_text(text in story(), chars in 1_usize..200) {
        let limits = DecodeLimits { text_chars: chars, ..DecodeLimits::default() };
        let decoded = attache::messages::decode(text.as_bytes(), &envelope("text/plain"), &limits);
        if let Ok((article, warnings)) = decoded {
            prop_assert!(article.text.chars().count() <= chars);
            prop_assert!(article.text.chars().count() < chars || !warnings.is_empty() || text.chars().count() == chars);
        }
    }
}

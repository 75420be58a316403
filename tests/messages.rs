//! What comes in and what goes out: bodies of every kind, and results against the published schemas.

use std::io::Write;

use attache::{
    extract::{Article, Warning},
    messages::{DecodeLimits, Envelope, Rejection, decode},
};

const LIMITS: DecodeLimits = DecodeLimits { body_bytes: 20_000, decompressed_bytes: 50_000, json_depth: 16, text_chars: 10_000 };
const SENTENCE: &str = "The two foreign ministers met in Geneva on Tuesday to talk about the treaty.";

fn envelope(content_type: &str, content_encoding: &str) -> Envelope {
    let given = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    Envelope { content_type: given(content_type), content_encoding: given(content_encoding), message_id: Some("m-1".into()) }
}

#[track_caller]
fn read(body: &[u8], content_type: &str, content_encoding: &str) -> (Article, Vec<Warning>) {
    decode(body, &envelope(content_type, content_encoding), &LIMITS).expect("the body is decodable")
}

#[track_caller]
fn read_json(json: &str) -> (Article, Vec<Warning>) {
    read(json.as_bytes(), "", "")
}

#[track_caller]
fn refuse(body: &[u8], content_type: &str, content_encoding: &str) -> Rejection {
    decode(body, &envelope(content_type, content_encoding), &LIMITS).expect_err("the body is refused")
}

fn codes(warnings: &[Warning]) -> Vec<&str> {
    warnings.iter().map(|warning| warning.code).collect()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn zlib(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn raw_deflate(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn brotli(bytes: &[u8]) -> Vec<u8> {
    let mut writer = brotli::CompressorWriter::new(Vec::new(), 4096, 5, 22);
    writer.write_all(bytes).unwrap();
    writer.into_inner()
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    zstd::stream::encode_all(bytes, 3).unwrap()
}

mod refused {
    use super::*;

    #[track_caller]
    fn check(body: &[u8], content_type: &str, content_encoding: &str, reason: &str, detail: &str) {
        let rejection = refuse(body, content_type, content_encoding);
        assert_eq!(rejection.reason, reason, "{rejection}");
        assert!(rejection.detail.contains(detail), "{rejection:?} lacks {detail:?}");
        assert!(Rejection::REASONS.contains(&rejection.reason));
    }

    #[test]
    fn empty_bodies() {
        check(b"", "", "", "empty_body", "expected an article");
        check(b" \n\t", "text/plain", "", "empty_body", "");
        check(b"\xef\xbb\xbf", "", "", "empty_body", "");
        check(&gzip(b""), "", "gzip", "empty_body", "");
    }

    #[test]
    fn broken_json_with_its_place() {
        check(b"{\"text\": \"a\",\n \"b\" 1}", "", "", "invalid_json", "line 2 column 6");
        check(b"{\"text\": \"a\"", "", "", "invalid_json", "line 1 column 12");
        check(b"plain words", "", "", "invalid_json", "line 1 column 1");
        check(b"{\"text\": \"a\"} {\"text\": \"b\"}", "", "", "invalid_json", "trailing characters");
    }

    #[test]
    fn json_that_is_no_article() {
        for (body, found) in [
            ("null", "null"),
            ("true", "a boolean"),
            ("17", "a number"),
            ("\"words\"", "a string"),
            ("[]", "a list of 0"),
            ("[{}, {}]", "a list of 2"),
        ] {
            check(body.as_bytes(), "", "", "not_an_article", found);
        }
        check(br#"{"@context": "https://schema.org", "@type": "Person", "name": "A"}"#, "", "", "not_an_article", "@type");
    }

    #[test]
    fn articles_without_text() {
        for body in
            ["{}", r#"{"title": "Only a headline"}"#, r#"{"text": "  \n"}"#, r#"{"text": null}"#, r#"{"text": []}"#, r#"{"text": {}}"#]
        {
            check(body.as_bytes(), "", "", "no_text", "attache schema article");
        }
        check(br#"{"txt": "A.", "when": 7}"#, "", "", "no_text", r#"the setting fields.text adds others; its keys are "txt", "when""#);
        check(b"<html><script>let a = 1</script></html>", "text/html", "", "no_text", "");
        check(br#"{"uri": "a:1", "type": "text", "versioncreated": "2020-01-01", "headline": "H"}"#, "", "", "no_text", "");
    }

    #[test]
    fn what_is_too_large() {
        check(&vec![b'x'; LIMITS.body_bytes + 1], "text/plain", "", "too_large", "the body has more than 20000 bytes (limits.body_bytes)");
        let unfolded = vec![b'x'; LIMITS.decompressed_bytes + 1];
        for (encoding, body) in
            [("gzip", gzip(&unfolded)), ("deflate", zlib(&unfolded)), ("br", brotli(&unfolded)), ("zstd", zstd(&unfolded))]
        {
            check(&body, "text/plain", encoding, "too_large", encoding);
        }
    }

    #[test]
    fn a_bomb_is_stopped_while_it_unfolds() {
        let bomb = zstd(&vec![0; 1 << 30]);
        let start = std::time::Instant::now();
        check(&gzip(&gzip(&vec![b' '; 1 << 20])), "", "gzip, gzip", "too_large", "");
        check(&bomb[..bomb.len().min(LIMITS.body_bytes)], "", "zstd", "too_large", "50000 bytes");
        assert!(start.elapsed().as_millis() < 500, "only what the limit allows is unfolded");
    }

    #[test]
    fn what_cannot_be_decoded() {
        for encoding in ["gzip", "zstd", "br", "deflate"] {
            check(b"this is not compressed", "text/plain", encoding, "undecodable", encoding);
        }
        let whole = gzip(&[b"words ".as_slice(); 500].concat());
        check(&whole[..whole.len() / 2], "text/plain", "gzip", "undecodable", "gzip");
        check(&[0x89, b'P', b'N', b'G', 0, 0, 0, 13, 1, 2, 3], "text/plain", "", "undecodable", "a PNG picture");
        check(&[7, 0, 0, 0, 0, 13, 1, 2, 3], "text/plain", "", "undecodable", "binary");
        check(&gzip(b"words"), "text/plain", "", "undecodable", "compressed with gzip, which content_encoding does not say");
        check(b"\xff\xfe\x00\xd8", "text/plain", "", "undecodable", "UTF-16LE");
    }

    #[test]
    fn unknown_types_and_encodings() {
        check(b"%PDF-1.4", "application/pdf", "", "unsupported_content_type", "\"application/pdf\"; expected application/json");
        check(b"x", "text/plain", "lz4", "unknown_encoding", "\"lz4\"; expected gzip");
        check(b"x", "text/plain", "gzip, gzip, gzip, gzip", "unknown_encoding", "at most 3");
    }

    #[test]
    fn json_that_is_too_deep() {
        let deep = |levels: usize| format!(r#"{{"text": "{SENTENCE}", "x": {}{}}}"#, "[".repeat(levels), "]".repeat(levels));
        assert_eq!(read_json(&deep(15)).0.text, SENTENCE);
        check(deep(16).as_bytes(), "", "", "too_deep", "deeper than 16 levels");
        let within_a_string = format!(r#"{{"text": "{} \" {SENTENCE}"}}"#, "[{".repeat(100));
        assert!(read_json(&within_a_string).0.text.ends_with(SENTENCE));
    }
}

mod encodings {
    use super::*;

    #[test]
    fn compressed_bodies() {
        let json = format!(r#"{{"text": "{SENTENCE}"}}"#);
        let bytes = json.as_bytes();
        for (encoding, body) in [
            ("", bytes.to_vec()),
            ("identity", bytes.to_vec()),
            ("gzip", gzip(bytes)),
            ("GZIP", gzip(bytes)),
            ("x-gzip", gzip(bytes)),
            ("zstd", zstd(bytes)),
            ("deflate", zlib(bytes)),
            ("deflate", raw_deflate(bytes)),
            ("br", brotli(bytes)),
            ("gzip, br", brotli(&gzip(bytes))),
        ] {
            let (article, warnings) = read(&body, "", encoding);
            assert_eq!((article.text.as_str(), codes(&warnings).as_slice()), (SENTENCE, [].as_slice()), "{encoding}");
        }
    }

    #[track_caller]
    fn check_charset(body: &[u8], content_type: &str, warned: bool) {
        let (article, warnings) = read(body, content_type, "");
        assert_eq!(article.text, "“Café” said the Élysée – the minister’s house in Paris", "{content_type}");
        assert_eq!(codes(&warnings).contains(&"charset"), warned, "{warnings:?}");
    }

    #[test]
    fn charsets() {
        let text = "“Café” said the Élysée – the minister’s house in Paris";
        let windows_1252 = encoding_rs::WINDOWS_1252.encode(text).0;
        let utf_16 = |to_bytes: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(to_bytes).collect::<Vec<u8>>();
        let with_mark = |mark: &[u8], bytes: &[u8]| [mark, bytes].concat();
        check_charset(text.as_bytes(), "text/plain", false);
        check_charset(text.as_bytes(), "text/plain; charset=utf-8", false);
        check_charset(&with_mark(b"\xef\xbb\xbf", text.as_bytes()), "text/plain", false);
        check_charset(text.as_bytes(), "text/plain; charset=iso-8859-1", true);
        check_charset(text.as_bytes(), "text/plain; charset=nonsense", true);
        check_charset(&windows_1252, "text/plain", true);
        check_charset(&windows_1252, "text/plain; charset=windows-1252", true);
        check_charset(&windows_1252, "text/plain; charset=utf-8", true);
        check_charset(&with_mark(b"\xff\xfe", &utf_16(u16::to_le_bytes)), "text/plain", true);
        check_charset(&with_mark(b"\xfe\xff", &utf_16(u16::to_be_bytes)), "text/plain", true);
        check_charset(&utf_16(u16::to_le_bytes), "text/plain; charset=utf-16le", true);
    }

    #[test]
    fn unmarked_utf_16_is_told_by_its_zero_bytes() {
        let body: Vec<u8> = format!(r#"{{"text": "{SENTENCE}"}}"#).encode_utf16().flat_map(u16::to_be_bytes).collect();
        let (article, warnings) = read(&body, "", "");
        assert_eq!((article.text.as_str(), codes(&warnings).as_slice()), (SENTENCE, ["charset"].as_slice()));
    }

    #[test]
    fn a_charset_in_the_encoding_property_is_one() {
        let json = format!(r#"{{"text": "{SENTENCE}"}}"#);
        assert_eq!(read(json.as_bytes(), "application/json", "utf-8").0.text, SENTENCE);
    }

    #[test]
    fn a_stray_byte_does_not_change_the_charset() {
        let mut body = "Café Élysée é é é ".as_bytes().to_vec();
        body.extend(b"\xe9 and the ministers of the two countries met");
        let (article, warnings) = read(&body, "text/plain", "");
        assert!(article.text.starts_with("Café Élysée é é é \u{fffd} and"), "{}", article.text);
        assert_eq!(codes(&warnings), ["charset"]);
    }

    #[test]
    fn a_page_may_name_its_charset() {
        let page = b"<html><head><meta charset='windows-1251'></head><body><p>\xcc\xe8\xed\xe8\xf1\xf2\xf0</p></body></html>";
        assert_eq!(read(page, "text/html", "").0.text.trim(), "Министр");
    }
}

mod documentation {
    use attache::messages::field_names;

    use super::*;

    fn read(path: &str) -> String {
        std::fs::read_to_string(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap_or_default()
    }

    #[test]
    fn names_of_fields_are_those_of_the_program() {
        assert!(read("docs/formats.md").contains(&field_names()), "docs/formats.md should hold this table:\n{}", field_names());
    }

    #[test]
    fn every_reason_and_every_warning_is_documented() {
        let document = read("docs/formats.md");
        let sources =
            ["src/messages/draft.rs", "src/messages/charset.rs", "src/worker.rs", "src/extract/extraction.rs", "src/extract/merge.rs"];
        let sources: Vec<String> = sources.map(read).into();
        let codes: Vec<&str> = sources
            .iter()
            .flat_map(|source| source.split("code: \"").skip(1))
            .map(|rest| rest.split('"').next().unwrap_or_default())
            .collect();
        assert!(codes.len() >= 10, "{codes:?}");
        for name in codes.iter().chain(Rejection::REASONS) {
            assert!(document.contains(&format!("| `{name}` |")), "docs/formats.md has no row for `{name}`");
        }
    }
}

mod schemas {
    use attache::messages::{article_schema, result_schema};
    use serde_json::{Value, json};

    use super::*;

    #[track_caller]
    fn check_committed(name: &str, schema: &Value) {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas").join(format!("{name}.schema.json"));
        let committed = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(
            committed == format!("{schema:#}\n"),
            "schemas/{name}.schema.json is not what the program says; refresh it: cargo run -- schema {name} > schemas/{name}.schema.json"
        );
    }

    #[test]
    fn committed_copies_are_current() {
        check_committed("article", &article_schema());
        check_committed("result", &result_schema());
    }

    #[test]
    fn both_are_valid_drafts() {
        for schema in [article_schema(), result_schema()] {
            assert!(jsonschema::draft202012::meta::is_valid(&schema));
            assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
        }
    }

    #[test]
    fn the_article_schema_agrees_with_decoding() {
        let validator = jsonschema::draft202012::new(&article_schema()).unwrap();
        for (json, valid) in [
            (json!({"text": SENTENCE}), true),
            (json!({"id": 7, "headline": "H", "html": "<p>A</p>", "unknown": {}}), true),
            (json!({"text": [SENTENCE, SENTENCE]}), true),
            (json!({"_source": {"body": SENTENCE}}), true),
            (json!({"uri": "n:1", "versionCreated": "2020-01-01", "bodies": [{"contentType": "text/plain", "value": SENTENCE}]}), true),
            (json!({"uri": "n:1", "versionCreated": "2020-01-01", "pubStatus": "canceled"}), true),
            (json!({"uri": "n:1", "versioncreated": "2020-01-01", "description_caption_html": "<p>A</p>"}), true),
            (json!({"uri": "n:1", "versioncreated": "2020-01-01", "headline": "Only a headline"}), false),
            (json!({"@context": "https://schema.org", "@type": "NewsArticle", "articleBody": SENTENCE}), true),
            (json!({"@graph": [{"@type": "NewsArticle", "articleBody": SENTENCE}]}), true),
            (json!({}), false),
            (json!({"title": "Only a headline"}), false),
            (json!({"text": " "}), false),
            (json!({"text": null}), false),
            (json!({"text": []}), false),
            (json!("text"), false),
            (json!(7), false),
        ] {
            let decoded = decode(json.to_string().as_bytes(), &Envelope::default(), &LIMITS);
            assert_eq!((validator.is_valid(&json), decoded.is_ok()), (valid, valid), "{json}");
        }
    }
}

mod results {
    use attache::{
        extract::{
            Action, DateValue, Entity, EntityKind, Event, EventDate, EventType, Evidence, Extraction, LegalBasis, Measure, Mention, Mode,
            Party, PartyKind, Place, Status, Trigger,
        },
        messages::{encode, result_id, result_schema},
        text::Span,
    };
    use serde_json::Value;

    use super::*;

    const TEXT: &str = "“Élan” said little. Atlantis expelled two envoys of Lemuria on Tuesday, and froze the assets of Acme under Act 7.";

    fn span(words: &str) -> Span {
        let start = TEXT.find(words).unwrap();
        Span::new(start, start + words.len())
    }

    fn party(code: &str, words: &str) -> Party {
        Party { code: code.into(), name: words.into(), kind: PartyKind::State, role: None, sector: Some("GOV".into()), span: span(words) }
    }

    fn evidence() -> Evidence {
        let sentence = span(&TEXT["“Élan” said little. ".len()..]);
        Evidence { sentence, trigger: Trigger { span: span("expelled") } }
    }

    fn tuesday() -> Option<EventDate> {
        Some(EventDate { value: DateValue::Day(jiff::civil::date(2018, 4, 3)), span: span("Tuesday") })
    }

    fn event() -> Event {
        Event {
            kind: EventType::Sanction,
            mode: Some(Mode::Expel),
            contexts: vec!["diplomatic".into()],
            cameo: "161".into(),
            status: Status::Actual,
            actors: vec![party("ATL", "Atlantis")],
            recipients: vec![party("LEM", "Lemuria")],
            date: tuesday(),
            place: Some(Place { country: None, span: span("Lemuria") }),
            source_of_claim: None,
            evidence: evidence(),
            is_remark: false,
            mentions: vec![span("Tuesday")],
            confidence: 0.876_54,
            rule: "expel-diplomats".into(),
        }
    }

    fn mention(action: Action, status: Status, measure: Measure) -> Mention {
        Mention {
            action,
            status,
            senders: vec![party("ATL", "Atlantis")],
            targets: vec![party("LEM", "Lemuria")],
            entities: vec![Entity { kind: EntityKind::Organisation, span: span("Acme") }],
            measures: vec![measure],
            legal_basis: vec![LegalBasis { span: span("Act 7"), id: Some("ACT 7".into()) }],
            programmes: vec!["ATL-LEM".into()],
            date: None,
            evidence: evidence(),
            mentions: Vec::new(),
            confidence: 0.9,
            rule: "freeze".into(),
        }
    }

    fn article() -> Article {
        let json = serde_json::json!({"id": "a-1", "text": TEXT, "title": "T", "date": "2018-04-04"});
        read_json(&json.to_string()).0
    }

    fn extraction() -> Extraction {
        Extraction {
            events: vec![event(), event()],
            sanctions: vec![
                mention(Action::Existing, Status::Actual, Measure::TravelBan),
                mention(Action::Impose, Status::Actual, Measure::AssetFreeze),
                mention(Action::Lift, Status::Negated, Measure::OilEmbargo),
            ],
            warnings: vec![Warning { code: "charset", message: "m".into() }],
            ..Extraction::default()
        }
    }

    fn encoded(article: &Article, extraction: &Extraction) -> Value {
        serde_json::from_slice(&encode(article, extraction, "hash")).unwrap()
    }

    /// Every object with `text`, `start` and `end` must slice to its text.
    fn check_slices(value: &Value, text: &[char]) -> usize {
        let inside: usize = match value {
            Value::Array(values) => values.iter().map(|value| check_slices(value, text)).sum(),
            Value::Object(object) => object.values().map(|value| check_slices(value, text)).sum(),
            _ => return 0,
        };
        let Some(start) = value.get("start").and_then(Value::as_u64) else { return inside };
        let end = value["end"].as_u64().unwrap();
        let slice: String = text[usize::try_from(start).unwrap()..usize::try_from(end).unwrap()].iter().collect();
        let words = value.get("text").or(value.get("sentence"));
        assert!(words.is_none_or(|words| words == slice.as_str()), "{value} is {slice:?}");
        inside + 1
    }

    #[test]
    fn a_result_satisfies_its_schema_and_its_offsets_slice() {
        let result = encoded(&article(), &extraction());
        let validator = jsonschema::draft202012::new(&result_schema()).unwrap();
        let errors: Vec<String> = validator.iter_errors(&result).map(|error| error.to_string()).collect();
        assert_eq!(errors, [""; 0]);
        let characters: Vec<char> = TEXT.chars().collect();
        assert!(check_slices(&result, &characters) >= 30);
        let event = &result["events"][0];
        assert_eq!((&event["quad"], &event["score"], &event["confidence"]), (&"material_conflict".into(), &(-5.5).into(), &0.88.into()));
        assert_eq!(event["key"], "SANCTION:ATL:LEM:2018-04-03");
        assert_eq!(result["article"].get("text"), None, "plain text is not sent back");
    }

    #[test]
    fn the_schema_refuses_what_no_result_is() {
        let validator = jsonschema::draft202012::new(&result_schema()).unwrap();
        let good = encoded(&article(), &extraction());
        for (pointer, wrong) in [
            ("/schema", "attache.result.v2".into()),
            ("/events", Value::Null),
            ("/events/0/type", "PARTY".into()),
            ("/events/0/score", 11.into()),
            ("/events/0/actors/0/kind", "planet".into()),
            ("/events/0/date/value", "Tuesday".into()),
            ("/sanctions/0/measures/0", "frown".into()),
            ("/article/fingerprint", "xyz".into()),
            ("/warnings/0/code", Value::Null),
        ] {
            let mut bad = good.clone();
            *bad.pointer_mut(pointer).unwrap() = wrong;
            assert!(!validator.is_valid(&bad), "{pointer}");
        }
    }

    #[test]
    fn ids_are_stable_and_differ() {
        let first = encoded(&article(), &extraction());
        assert_ne!(first["events"][0]["id"], first["events"][1]["id"]);
        assert_eq!(first["events"][0]["key"], first["events"][1]["key"]);
        let mut moved = extraction();
        moved.events[0].evidence.trigger.span = span("froze");
        assert_eq!(encoded(&article(), &moved)["events"][0]["id"], first["events"][0]["id"], "ids are free of offsets");
        let edited = Article { text: format!("{TEXT} More."), ..article() };
        assert_eq!(encoded(&edited, &extraction())["events"][0]["id"], first["events"][0]["id"], "ids survive edits");
        assert_eq!(result_id(&article(), "h"), result_id(&article(), "h"));
        assert_ne!(result_id(&article(), "h"), result_id(&edited, "h"));
        assert_ne!(result_id(&article(), "h"), result_id(&article(), "other"));
    }

    #[test]
    fn the_summary_has_the_strongest_action_of_each_pair() {
        let result = encoded(&article(), &extraction());
        let expected =
            serde_json::json!([{"sender": "ATL", "target": "LEM", "action": "impose", "measures": ["travel_ban", "asset_freeze"]}]);
        assert_eq!(result["summary"], expected);
    }
}

use std::{net::SocketAddr, path::PathBuf, time::Duration};

use secrecy::ExposeSecret;
use tempfile::TempDir;

use super::*;

mod address;

const SECRET: &str = "s3cr3t-w0rd";

/// A folder of settings with these files, and sources that read nothing else.
struct Place {
    folder: TempDir,
    sources: Sources,
}

fn place(files: &[(&str, &str)]) -> Place {
    let folder = TempDir::new().unwrap();
    for (name, content) in files {
        std::fs::write(folder.path().join(name), content).unwrap();
    }
    let sources = Sources { folder: Some(folder.path().into()), ..Sources::default() };
    Place { folder, sources }
}

impl Place {
    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn variable(mut self, name: &str, text: &str) -> Self {
        self.sources.variables.push((name.into(), text.into()));
        self
    }

    fn flag(mut self, flag: &str) -> Self {
        self.sources.flags.push(flag.into());
        self
    }

    fn file(mut self, name: &str) -> Self {
        self.sources.files.push(self.path(name));
        self
    }

    fn environment(mut self, name: &str) -> Self {
        self.sources.environment = Some(name.into());
        self
    }

    fn load(&self) -> Loaded {
        self.sources.load().unwrap_or_else(|problems| panic!("{problems}"))
    }

    fn settings(&self) -> Settings {
        self.load().settings
    }

    /// The problems, one a line, with the folder's name left out.
    fn problems(&self) -> String {
        let problems = self.sources.load().expect_err("these settings are wrong");
        assert!(!format!("{problems:?}{problems}").contains(SECRET));
        problems.to_string().replace(&format!("{}/", self.folder.path().display()), "")
    }

    fn url(&self) -> String {
        self.settings().broker.url_with_secrets().unwrap().expose_secret().to_owned()
    }
}

#[track_caller]
fn check_problem(place: &Place, expected: &str) {
    let problems = place.problems();
    assert!(problems.lines().any(|line| line.trim() == expected), "expected {expected:?} in {problems}");
}

#[test]
fn each_layer_overrides_those_before_it() {
    let prefetch = |number: u16| format!("[consume]\nprefetch = {number}\n");
    let mut place = place(&[("one.toml", &prefetch(3)), ("two.toml", &prefetch(4))]);
    let check = |place: &Place, prefetch: u16, origin: Option<&str>| {
        let loaded = place.load();
        assert_eq!(loaded.settings.consume.prefetch, prefetch);
        let found = loaded.origins.get("consume.prefetch");
        assert_eq!(found.map(|found| found.rsplit('/').next().unwrap()), origin);
    };
    check(&place, Settings::default().consume.prefetch, None);
    std::fs::write(place.path("base.toml"), prefetch(1)).unwrap();
    check(&place, 1, Some("base.toml"));
    std::fs::write(place.path("local.toml"), prefetch(2)).unwrap();
    check(&place, 2, Some("local.toml"));
    place = place.file("one.toml");
    check(&place, 3, Some("one.toml"));
    place = place.file("two.toml");
    check(&place, 4, Some("two.toml"));
    place = place.variable("ATTACHE__CONSUME__PREFETCH", "5");
    check(&place, 5, Some("variable ATTACHE__CONSUME__PREFETCH"));
    place = place.flag("consume.prefetch=6");
    check(&place, 6, Some("--set"));
    place = place.flag("consume.prefetch=7");
    check(&place, 7, Some("--set"));
}

#[test]
fn layers_leave_each_others_other_keys_alone() {
    let place = place(&[("base.toml", "[consume]\nqueue = \"a\"\n[work]\nthreads = 2"), ("local.toml", "consume.prefetch = 9")])
        .variable("ATTACHE__WORK__DRAIN_SECONDS", "1.5");
    let settings = place.settings();
    assert_eq!((settings.consume.queue.as_str(), settings.consume.prefetch), ("a", 9));
    assert_eq!((settings.work.threads, settings.work.drain_seconds), (2, Duration::from_millis(1500)));
}

#[test]
fn the_environment_chooses_the_second_file() {
    let files = [("local.toml", "consume.prefetch = 1"), ("production.toml", "consume.prefetch = 2")];
    assert_eq!(place(&files).settings().consume.prefetch, 1);
    assert_eq!(place(&files).environment("production").settings().consume.prefetch, 2);
    assert_eq!(place(&files).variable("ATTACHE_ENVIRONMENT", "production").settings().consume.prefetch, 2);
    assert_eq!(place(&files).variable("ATTACHE_ENVIRONMENT", "production").environment("local").settings().consume.prefetch, 1);
    check_problem(&place(&files).environment("staging"), "staging.toml: there is no such file of settings");
    check_problem(&place(&files).environment("../local"), "the environment's name: expected a name of letters, digits, - and _");
}

#[test]
fn files_and_folders_that_were_asked_for_must_be_there() {
    check_problem(&place(&[]).file("missing.toml"), "missing.toml: there is no such file of settings");
    let mut place = place(&[]);
    place.sources.folder = Some(place.path("missing"));
    check_problem(&place, "missing: there is no such folder of settings");
    // Without being asked for, neither is needed.
    Sources::default().load().unwrap();
}

#[test]
fn unknown_keys_are_refused_with_their_place_and_the_nearest_key() {
    let typo = "[consume]\nprefech = 3\n";
    check_problem(&place(&[("base.toml", typo)]), "base.toml: consume.prefech: there is no such key (did you mean consume.prefetch?)");
    check_problem(
        &place(&[("x.toml", typo)]).file("x.toml"),
        "x.toml: consume.prefech: there is no such key (did you mean consume.prefetch?)",
    );
    check_problem(
        &place(&[]).variable("ATTACHE__INPUT__PREFETCH", "3"),
        "variable ATTACHE__INPUT__PREFETCH: input.prefetch: there is no such key (did you mean consume.prefetch?)",
    );
    check_problem(&place(&[]).flag("zzzzz=1"), "--set: zzzzz: there is no such key");
    check_problem(&place(&[("base.toml", "broker = 3")]), "base.toml: broker: is a section: write [broker]");
    check_problem(&place(&[("base.toml", "[nonsense.deep]\nkey = 1")]), "base.toml: nonsense: there is no such key");
}

#[test]
fn all_problems_are_told_at_once() {
    let place = place(&[("base.toml", "a = 1\n[work]\nthreads = \"two\"")]).variable("ATTACHE__TOPOLOGY", "make").flag("nothing");
    for expected in [
        "base.toml: a: there is no such key",
        "base.toml: work.threads: expected a whole number from 0 to 1024, found \"two\"",
        "variable ATTACHE__TOPOLOGY: topology: expected one of \"declare\", \"check\", found \"make\"",
        "--set: expected section.key=value",
    ] {
        check_problem(&place, expected);
    }
}

#[test]
fn values_out_of_range_are_refused() {
    for (flag, expected) in [
        ("consume.prefetch=0", "a whole number from 1 to 65535, found 0"),
        ("consume.prefetch=65536", "a whole number from 1 to 65535, found 65536"),
        ("consume.prefetch=1.5", "a whole number from 1 to 65535, found \"1.5\""),
        ("consume.prefetch=", "a whole number from 1 to 65535, found \"\""),
        ("work.threads=-1", "a whole number from 0 to 1024, found -1"),
        ("work.drain_seconds=nan", "a number from 0 to 3600, found nan"),
        ("work.drain_seconds=-1", "a number from 0 to 3600, found -1"),
        ("broker.tls.enabled=yes", "true or false, found \"yes\""),
        ("consume.queue=", "text of 1 to 255 bytes, found \"\""),
        ("consume.queue=a\tb", "text of 1 to 255 bytes, found \"a\\tb\""),
        ("publish.only=", "a list of one or more of \"events\", \"sanctions\", \"both\", \"none\", found [\"\"]"),
        ("fields.text=story", "a list of JSON pointers, such as \"/story/text\", found [\"story\"]"),
        ("fields.date=/a~2", "a list of JSON pointers, such as \"/story/text\", found [\"/a~2\"]"),
        ("sanctions.watchlists=a.csv,,b.csv", "a list of files, found [\"a.csv\", \"\", \"b.csv\"]"),
        ("publish.only=[]", "a list of one or more of \"events\", \"sanctions\", \"both\", \"none\", found []"),
    ] {
        let key = flag.split_once('=').unwrap().0;
        check_problem(&place(&[]).flag(flag), &format!("--set: {key}: expected {expected}"));
    }
}

#[test]
fn every_choice_of_every_key_can_be_set() {
    let mut choices_seen = 0;
    for key in keys() {
        let (Kind::Choice(choices) | Kind::Choices(choices)) = &key.kind else { continue };
        for choice in choices {
            let loaded = place(&[]).flag(&format!("{}={choice}", key.path)).load();
            assert!(loaded.to_toml().contains(&format!("\"{choice}\"")), "{} = {choice}", key.path);
            choices_seen += 1;
        }
    }
    assert_eq!(choices_seen, 2 + 2 + 4 + 3);
}

#[test]
fn lists_come_with_commas_or_as_toml() {
    let expected = vec![Relevance::Events, Relevance::Both];
    for text in ["events,both", "events, both", "[\"events\", \"both\"]"] {
        let publish = place(&[]).variable("ATTACHE__PUBLISH__ONLY", text).settings().publish;
        assert_eq!(publish.only, expected);
        assert!(publish.takes("events") && publish.takes("both") && !publish.takes("none") && !publish.takes("sanctions"));
    }
}

#[test]
fn pointers_to_fields_come_as_lists() {
    let fields = place(&[]).flag("fields.text=/story/text, /story/~1lead").flag("fields.date=[\"/a,b\"]").settings().fields;
    assert_eq!((fields.text, fields.date), (vec!["/story/text".to_owned(), "/story/~1lead".to_owned()], vec!["/a,b".to_owned()]));
    assert!(fields.title.is_empty());
}

#[test]
fn names_of_relevance_and_queue_type_are_those_of_the_settings() {
    for relevance in Relevance::ALL {
        assert_eq!(serde_json::to_value(relevance).unwrap(), relevance.name());
    }
    for queue_type in [QueueType::Quorum, QueueType::Classic] {
        assert_eq!(serde_json::to_value(queue_type).unwrap(), queue_type.name());
    }
}

#[test]
fn http_listens_on_loopback_unless_told_otherwise() {
    let listen = |value: &str| place(&[("base.toml", &format!("http.listen = {value}"))]).settings().http.listen;
    let loopback: SocketAddr = "127.0.0.1:9464".parse().unwrap();
    assert_eq!(listen("9464"), Some(loopback));
    assert_eq!(listen("\"9464\""), Some(loopback));
    assert_eq!(listen("\"0.0.0.0:9464\""), Some("0.0.0.0:9464".parse().unwrap()));
    assert_eq!(place(&[]).variable("ATTACHE__HTTP__LISTEN", "").settings().http.listen, None);
    check_problem(
        &place(&[]).flag("http.listen=localhost"),
        "--set: http.listen: expected address:port (127.0.0.1:9090, [::1]:9090) or a port, found \"localhost\"",
    );
    check_problem(
        &place(&[("base.toml", "http.listen = 99999")]),
        "base.toml: http.listen: expected address:port (127.0.0.1:9090, [::1]:9090) or a port, found \"99999\"",
    );
}

#[test]
fn settings_that_contradict_each_other_are_refused() {
    check_problem(
        &place(&[]).flag("broker.tls.key_file=key.pem"),
        "broker.tls.certificate_file: needs broker.tls.key_file beside it, and the other way round",
    );
    check_problem(
        &place(&[]).flag("broker.backoff_min_seconds=31"),
        "--set: broker.backoff_min_seconds: is larger than broker.backoff_max_seconds",
    );
    check_problem(&place(&[]).flag("limits.decompressed_bytes=1"), "--set: limits.decompressed_bytes: is smaller than limits.body_bytes");
    check_problem(
        &place(&[]).flag("retry.queue=articles"),
        "--set: retry.queue: is the same queue as consume.queue (\"articles\"): each needs its own",
    );
}

#[test]
fn files_that_are_no_toml_are_refused_with_the_line() {
    let problems = place(&[("base.toml", "[work]\nthreads = 1\nthis is not toml\n")]).problems();
    assert!(problems.contains("base.toml:3: not TOML: "), "{problems}");
}

#[test]
fn what_check_config_prints_can_be_loaded_again() {
    let first = place(&[]).flag("consume.queue=a \"b\" \\ c # d").flag("retry.wait_seconds=0.25").flag("publish.only=none").load();
    let again = place(&[("base.toml", &first.to_toml())]).load();
    assert_eq!(serde_json::to_value(&first.settings).unwrap(), serde_json::to_value(&again.settings).unwrap());
}

#[test]
fn every_built_in_value_passes_its_own_check() {
    for key in keys() {
        if let Some(default) = &key.default {
            let place = place(&[]).flag(&format!("{}={}", key.path, default.trim_matches('"')));
            assert_eq!(place.load().origins.get(&key.path).map(String::as_str), Some("--set"));
        }
    }
}

#[test]
fn the_reference_is_up_to_date_and_every_key_says_what_it_means() {
    for key in keys() {
        assert!(key.about.ends_with('.'), "{} has no comment", key.path);
    }
    let written = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/settings.md")).unwrap();
    assert!(written == reference(), "docs/settings.md is out of date: cargo run -- check-config --reference > docs/settings.md");
}

#[test]
fn the_projects_own_files_are_right() {
    for environment in ["local", "production"] {
        let folder = Some(concat!(env!("CARGO_MANIFEST_DIR"), "/config").into());
        let sources = Sources { folder, environment: Some(environment.into()), ..Sources::default() };
        sources.load().unwrap_or_else(|problems| panic!("{problems}"));
    }
}

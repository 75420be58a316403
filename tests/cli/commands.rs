use std::{
    io::{BufRead, BufReader, Write},
    net::TcpListener,
    process::{Command, Output, Stdio},
};

const SECRET: &str = "s3cr3t-w0rd";

/// The program in an empty folder, so that it finds no settings there, and without the variables of whoever runs the tests.
fn attache(arguments: &[&str], variables: &[(&str, &str)]) -> Output {
    let folder = tempfile::tempdir().unwrap();
    command(arguments).envs(variables.iter().copied()).current_dir(folder.path()).output().unwrap()
}

fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_attache"));
    command.env_clear().args(arguments);
    command
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

#[test]
fn check_config_prints_toml_with_secrets_masked() {
    let url = format!("amqps://u:{SECRET}@mq.example/v");
    let output = attache(&["check-config"], &[("ATTACHE__BROKER__URL", &url), ("ATTACHE__CONSUME__PREFETCH", "7")]);
    assert_eq!((output.status.code(), text(&output.stderr)), (Some(0), ""));
    let printed: toml::Table = text(&output.stdout).parse().unwrap();
    assert_eq!(printed["broker"]["url"].as_str(), Some("amqps://u:********@mq.example/v"));
    assert_eq!(printed["consume"]["prefetch"].as_integer(), Some(7));
}

#[test]
fn wrong_settings_exit_with_2_and_say_key_and_reason() {
    for arguments in [&["check-config"][..], &["health"][..]] {
        let output = attache(arguments, &[("ATTACHE__CONSUME__PREFECH", "7"), ("ATTACHE__WORK__THREADS", "many")]);
        assert_eq!(output.status.code(), Some(2));
        assert_eq!(text(&output.stdout), "");
        let errors = text(&output.stderr);
        assert!(
            errors.contains("variable ATTACHE__CONSUME__PREFECH: consume.prefech: there is no such key (did you mean consume.prefetch?)")
        );
        assert!(errors.contains("variable ATTACHE__WORK__THREADS: work.threads: expected a whole number from 0 to 1024, found \"many\""));
    }
}

#[test]
fn a_filter_or_a_lexicon_that_cannot_be_read_is_a_wrong_setting() {
    let output = attache(&["check-config", "--set", "logs.filter=a=b=c"], &[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("--set: logs.filter: "), "{}", text(&output.stderr));
    let output = attache(&["check-config", "--set", "broker.password_file=missing"], &[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("--set: broker.password_file: cannot read missing: "), "{}", text(&output.stderr));
}

#[test]
fn secrets_are_in_no_output() {
    let url = format!("amqp://u:{SECRET}@127.0.0.1:1/v");
    let refused = format!("http://u:{SECRET}@h");
    let flag = format!("broker.password={SECRET}");
    for (arguments, variables) in [
        (vec!["check-config"], vec![("ATTACHE__BROKER__URL", url.as_str())]),
        (vec!["check-config"], vec![("AMQP_URL", url.as_str())]),
        (vec!["check-config"], vec![("ATTACHE__BROKER__PASSWORD", SECRET)]),
        (vec!["check-config"], vec![("ATTACHE__BROKER__URL", refused.as_str())]),
        (vec!["check-config"], vec![("ATTACHE__BROKER__PASSWRD", SECRET)]),
        (vec!["check-config", "--set", &flag], vec![]),
        (vec!["health"], vec![("ATTACHE__BROKER__URL", url.as_str())]),
    ] {
        let output = attache(&arguments, &variables);
        assert!(!text(&output.stdout).contains(SECRET) && !text(&output.stderr).contains(SECRET), "{arguments:?}");
    }
}

#[test]
fn wrong_usage_exits_with_2() {
    for arguments in [&[][..], &["no-such-command"][..], &["check-config", "--no-such-flag"][..]] {
        assert_eq!(attache(arguments, &[]).status.code(), Some(2), "{arguments:?}");
    }
}

#[test]
fn help_tells_exit_codes_and_each_command() {
    let help = attache(&["--help"], &[]);
    for part in ["Exit codes:", "Examples:", "check-config", "health", "--set", "--environment"] {
        assert!(text(&help.stdout).contains(part), "{part}");
    }
}

#[test]
fn a_reader_that_has_enough_is_no_failure() {
    let mut child = command(&["check-config", "--reference"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // Closed before the program writes, or while it does: both must end in silence.
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), text(&output.stderr)), (Some(0), ""));
}

#[test]
fn health_asks_the_worker_and_tells_what_it_says() {
    for (status, body, code) in [("200 OK", "ok", 0), ("503 Service Unavailable", "starting\u{1b}", 1)] {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let listen = format!("http.listen=0.0.0.0:{}", listener.local_addr().unwrap().port());
        let worker = std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let mut request = BufReader::new(stream.try_clone().unwrap());
            let mut first_line = String::new();
            request.read_line(&mut first_line).unwrap();
            while request.read_line(&mut String::new()).unwrap() > "\r\n".len() {}
            write!(stream, "HTTP/1.0 {status}\r\n\r\n{body}\n").unwrap();
            first_line
        });
        let output = attache(&["health", "--set", &listen], &[]);
        assert_eq!(worker.join().unwrap(), "GET /ready HTTP/1.0\r\n");
        assert_eq!(output.status.code(), Some(code), "{}", text(&output.stderr));
        assert_eq!(text(&output.stdout), format!("{}\n", body.replace('\u{1b}', "\\u001b")));
    }
}

#[test]
fn health_fails_where_nothing_answers_or_nothing_is_asked() {
    // A port that was free a moment ago.
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let output = attache(&["health", "--live", "--set", &format!("http.listen={port}")], &[]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains(&format!("http://127.0.0.1:{port}/live: nothing answers")));
    assert_eq!(attache(&["health"], &[]).status.code(), Some(2));
}

#[test]
fn the_version_names_the_lexicon_that_results_carry() {
    let version = attache(&["--version"], &[]);
    assert_eq!(version.status.code(), Some(0));
    let lexicon = attache::lexicon::Lexicon::built_in();
    assert_eq!(text(&version.stdout), format!("attache {} (lexicon {})\n", env!("CARGO_PKG_VERSION"), lexicon.hash()));
}

#[test]
fn a_missing_file_and_a_missing_broker_are_told_apart() {
    let nowhere = [("AMQP_URL", "amqp://127.0.0.1:1")];
    for command in ["publish", "demo"] {
        let output = attache(&[command, "missing.json"], &nowhere);
        assert_eq!((output.status.code(), text(&output.stderr)), (Some(1), "error: missing.json: there is no such file\n"));
    }
    let output = attache(&["dead-letters", "list"], &nowhere);
    assert_eq!(output.status.code(), Some(3));
    let said = text(&output.stderr);
    assert!(said.starts_with("error: the broker at amqp://127.0.0.1:1 ") && said.contains("AMQP_URL"), "{said}");
}

#[test]
fn explain_reads_a_text_as_the_release_of_its_source() {
    let text_of = |arguments: &[&str]| {
        let output = attache(&[&["explain", "Mali must release the writers."], arguments].concat(), &[]);
        assert_eq!((output.status.code(), text(&output.stderr)), (Some(0), ""));
        text(&output.stdout).to_owned()
    };
    assert!(text_of(&["--source", "state.gov"]).contains("USA > MLI  [told]"));
    assert!(!text_of(&[]).contains("USA"));
}

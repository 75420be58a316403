//! Secrets are in nothing that the program writes, whatever goes wrong and however much is logged; and text from articles cannot
//! forge a line of the log.

use std::{
    io::{Read, Write},
    net::TcpStream,
    process::{Command, Stdio},
    time::Duration,
};

use attache::amqp::sabotage;
use lapin::BasicProperties;
use libtest_mimic::{Failed, Trial};

use super::{
    process::Process,
    proxy::Mode,
    scene::{Scene, Script},
    scenes::{blocking, calm_node},
    support::node::free_port,
};

/// With characters that a URL has to encode.
const SECRET: &str = "pa55#w0rd/of%all";
const ENCODED: &str = "pa55%23w0rd%2Fof%25all";
/// A part that every way of writing it keeps.
const KEPT: &str = "pa55";
const USER: &str = "keeper";
/// Would be a line of its own, and red, if it were written as it is.
const HOSTILE_ID: &str = "id\n{\"level\":\"ERROR\",\"event\":\"forged\"}\r\u{1b}[31m\u{202e}";

pub fn trial(script: Script) -> Trial {
    Trial::test("secrets and forged lines are in no output", move || {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
        let outputs = runtime.block_on(collect(script));
        let mut found = Vec::new();
        for (what, output) in &outputs {
            let leaks = output.lines().filter(|line| line.contains(KEPT));
            found.extend(leaks.map(|line| format!("{what}: {line}")));
        }
        match found.is_empty() {
            true => Ok(()),
            false => Err(Failed::from(found.join("\n"))),
        }
    })
}

/// All that is written where a secret is at hand, by what was done.
async fn collect(script: Script) -> Vec<(String, String)> {
    let node = calm_node().await;
    let mut scene = Scene::on(node, script).await;
    blocking(|| {
        node.control(&["add_user", USER, SECRET]);
        node.control(&["set_permissions", USER, ".*", ".*", ".*"]);
    })
    .await;
    let url = |scheme: &str, password: &str, rest: &str| format!("{scheme}://{USER}:{password}@127.0.0.1:{rest}");
    let port = scene.proxy.port;
    let mut outputs = work(&mut scene, &url("amqp", ENCODED, &format!("{port}/%2f"))).await;
    let failing = [
        ("another password", url("amqp", &format!("{ENCODED}x"), &format!("{port}/%2f"))),
        ("no such vhost", url("amqp", ENCODED, &format!("{port}/none"))),
        ("nobody listens", url("amqp", ENCODED, &format!("{}/%2f", free_port()))),
        ("no TLS there", url("amqps", ENCODED, &format!("{port}/%2f"))),
    ];
    for (what, url) in &failing {
        let mut process = Process::start_with(&scene.stage.options, url, &["--set", "logs.filter=trace"], &[]);
        process.logged("session.failed", 2).await;
        outputs.push((format!("run, {what}"), process.output()));
        for arguments in [&["topology", "check"][..], &["dead-letters", "list"], &["check-config"], &["health"]] {
            outputs.push((format!("{arguments:?}, {what}"), run(arguments, url).await));
        }
    }
    for broken in [url("amqp", ENCODED, "notaport/%2f"), url("http", ENCODED, "1"), ENCODED.to_owned(), SECRET.to_owned()] {
        for arguments in [&["run"][..], &["check-config"], &["topology", "check"]] {
            outputs.push((format!("{arguments:?}, broken URL"), run(arguments, &broken).await));
        }
    }
    outputs
}

/// A worker that logs everything and goes through answers, a panic, lost connections, its pages and its end.
async fn work(scene: &mut Scene, url: &str) -> Vec<(String, String)> {
    let listen = free_port();
    let setting = format!("http.listen=127.0.0.1:{listen}");
    let text = || BasicProperties::default().with_content_type("text/plain".into());
    for body in ["Russia expelled two British diplomats on Monday.", sabotage::PANIC, "{\u{7}\"text\""] {
        scene.stage.put_with(body.as_bytes(), text().with_message_id(HOSTILE_ID.into())).await;
    }
    scene.stage.put_with(HOSTILE_ID.as_bytes(), BasicProperties::default().with_message_id(HOSTILE_ID.into())).await;
    let flags = ["--set", "logs.filter=trace", "--set", &setting];
    let mut process = Process::start_with(&scene.stage.options, url, &flags, &[]);
    process.logged("delivery.settled", 4).await;
    let mut outputs = vec![("arguments".to_owned(), process.arguments())];
    for page in ["/live", "/ready", "/metrics"] {
        outputs.push((page.to_owned(), blocking(move || get(listen, page)).await));
    }
    scene.proxy.set(Mode::Refuse);
    scene.proxy.cut();
    process.logged("session.failed", 2).await;
    outputs.push(("/ready while refused".to_owned(), blocking(move || get(listen, "/ready")).await));
    scene.proxy.set(Mode::Pass);
    process.logged("session.started", 2).await;
    process.signal("TERM");
    process.ended(Duration::from_secs(40)).await;
    let log = process.output();
    check_lines(&log);
    outputs.push(("run".to_owned(), log));
    outputs
}

/// Every line is one JSON object, the program's own.
fn check_lines(log: &str) {
    assert!(log.contains("\"library\""), "libraries were to log too");
    for line in log.lines() {
        let line: serde_json::Value = serde_json::from_str(line).unwrap_or_else(|error| panic!("{error} in the line {line:?}"));
        assert_ne!(line["event"], "forged");
    }
    let printable = |character: char| character == '\n' || !(character.is_control() || character == '\u{202e}');
    assert!(log.chars().all(printable), "a control character is in the log");
}

async fn run(arguments: &[&'static str], url: &str) -> String {
    let (arguments, url) = (arguments.to_vec(), url.to_owned());
    blocking(move || {
        let folder = tempfile::tempdir().unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_attache"));
        command.args(arguments).env_clear().env("AMQP_URL", url).current_dir(folder.path()).stdin(Stdio::null());
        let output = command.output().unwrap();
        [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).concat()
    })
    .await
}

fn get(port: u16, page: &str) -> String {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
    write!(stream, "GET {page} HTTP/1.0\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1."), "{answer}");
    answer
}

//! The built worker with watch lists: SIGHUP reads them anew, and no article is lost on the way.

use std::{
    fs,
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
    sync::mpsc::{Receiver, channel},
    thread,
    time::Duration,
};

use lapin::BasicProperties;
use serde_json::{Value, json};

use super::support::{
    node::Node,
    stage::{Stage, text},
};

/// `attache run` with a list in a folder; dropping it kills it.
struct Process {
    child: Child,
    lines: Receiver<Value>,
}

impl Process {
    fn start(stage: &Stage, list: &Path) -> Self {
        let names = &stage.options.names;
        let mut command = Command::new(env!("CARGO_BIN_EXE_attache"));
        command.env_clear().env("AMQP_URL", Node::shared().url()).arg("run").current_dir(list.parent().unwrap());
        for (key, value) in [
            ("sanctions.watchlists", list.to_str().unwrap()),
            ("consume.queue", &names.input),
            ("retry.queue", &names.wait),
            ("dead_letters.queue", &names.dead),
            ("publish.exchange", &names.results_exchange),
            ("publish.queue", names.results.as_ref().unwrap()),
            ("retry.wait_seconds", "0.05"),
            ("work.threads", "2"),
        ] {
            command.arg("--set").arg(format!("{key}={value}"));
        }
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::inherit()).spawn().unwrap();
        let (sender, lines) = channel();
        let output = BufReader::new(child.stdout.take().unwrap());
        thread::spawn(move || output.lines().map_while(Result::ok).try_for_each(|line| sender.send(serde_json::from_str(&line).unwrap())));
        Self { child, lines }
    }

    /// Waits for a log line.
    fn event(&self, name: &str) -> Value {
        loop {
            let line = self.lines.recv_timeout(Duration::from_secs(60)).unwrap_or_else(|_| panic!("no line {name}"));
            if line["event"] == name {
                return line;
            }
        }
    }

    fn signal(&self, name: &str) {
        assert!(Command::new("kill").args([name, &self.child.id().to_string()]).status().unwrap().success());
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

async fn put(stage: &Stage, id: &str) {
    let article =
        json!({"id": id, "text": "The United States imposed sanctions on the Iranian trader Ada Testova. Grace Example was not named."});
    stage.put_with(article.to_string().as_bytes(), BasicProperties::default().with_message_id(id.into())).await;
}

/// The entries that the results name, and the ids of the articles.
async fn answers(stage: &Stage, count: usize) -> Vec<(String, Vec<String>)> {
    let results = stage.results(count).await;
    let answer = |result: Value| {
        let hits = result["watchlist"].as_array().unwrap().iter().map(|hit| hit["entry"].as_str().unwrap().to_owned());
        (result["article"]["id"].as_str().unwrap().to_owned(), hits.collect())
    };
    results.iter().map(|result| answer(serde_json::from_str(&text(result)).unwrap())).collect()
}

async fn hits(stage: &Stage, id: &str) -> Vec<String> {
    put(stage, id).await;
    answers(stage, 1).await.remove(0).1
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hangup_reads_the_lists_anew_and_a_bad_file_changes_nothing() {
    let stage = Stage::new().await;
    let folder = tempfile::tempdir().unwrap();
    let list = folder.path().join("own.csv");
    fs::write(&list, "id,name\nada,Ada Testova\n").unwrap();
    let process = Process::start(&stage, &list);
    let loaded = process.event("watchlists.loaded");
    assert_eq!((&loaded["files"], &loaded["entries"], &loaded["names"]), (&json!(1), &json!(1), &json!(1)));
    process.event("session.started");
    assert_eq!(hits(&stage, "first").await, ["ada"]);

    fs::write(&list, "id,name\ngrace,Grace Example\n").unwrap();
    process.signal("-HUP");
    process.event("watchlists.loaded");
    assert_eq!(hits(&stage, "second").await, ["grace"]);

    fs::write(&list, "id,name\nada,Ada Testova\n,Grace Example\n").unwrap();
    process.signal("-HUP");
    let refused = process.event("watchlists.refused");
    assert_eq!((&refused["file"], &refused["line"], &refused["reason"]), (&json!(list), &json!(3), &json!("the row has no id")));
    assert_eq!(hits(&stage, "third").await, ["grace"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn no_article_is_lost_or_read_with_half_a_list_while_lists_are_exchanged() {
    const ARTICLES: usize = 120;
    let stage = Stage::new().await;
    let folder = tempfile::tempdir().unwrap();
    let list = folder.path().join("own.csv");
    let write = |id: &str| fs::write(&list, format!("id,name\n{id}1,Ada Testova\n{id}2,Grace Example\n")).unwrap();
    write("a");
    let process = Process::start(&stage, &list);
    process.event("session.started");
    for number in 0..ARTICLES {
        put(&stage, &number.to_string()).await;
        if number % 20 == 10 {
            write(if number % 40 == 10 { "b" } else { "a" });
            process.signal("-HUP");
        }
    }
    let answers = answers(&stage, ARTICLES).await;
    let mut ids: Vec<usize> = answers.iter().map(|(id, _)| id.parse().unwrap()).collect();
    ids.sort_unstable();
    assert_eq!(ids, (0..ARTICLES).collect::<Vec<_>>());
    let whole = |hits: &[String]| hits == ["a1", "a2"] || hits == ["b1", "b2"];
    let half: Vec<_> = answers.iter().filter(|(_, hits)| !whole(hits)).collect();
    assert!(half.is_empty(), "{half:?}");
    process.signal("-TERM");
    process.event("deliveries.totals");
    assert_eq!(stage.ready(&stage.options.names.input).await, 0);
}

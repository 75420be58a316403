use std::{
    io::{self, Write},
    sync::{Arc, Mutex},
    time::Duration,
};

use serde_json::Value as Json;
use tokio::sync::oneshot;

use super::*;

/// Keeps what is logged.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The lines that are logged meanwhile.
fn logged(form: Form, filter: &str, act: impl FnOnce()) -> Vec<String> {
    let log = Log::default();
    let writer = log.clone();
    tracing::subscriber::with_default(subscriber(form, filter, move || writer.clone()).unwrap(), act);
    let bytes = log.0.lock().unwrap().clone();
    String::from_utf8(bytes).unwrap().lines().map(Into::into).collect()
}

fn logged_json(act: impl FnOnce()) -> Vec<Json> {
    logged(Form::Json, "info", act)
        .iter()
        .map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}")))
        .collect()
}

/// Runs a small asynchronous test on this thread, where its log lines are caught.
fn block_on<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future)
}

fn record() -> DeliveryRecord {
    DeliveryRecord { message_id: Some("m-1".into()), attempt: 1, bytes_in: 10, extract_ms: Some(1.23456), ..DeliveryRecord::default() }
}

#[test]
fn outcomes_and_deliveries_in_flight_add_up_to_what_was_received() {
    let ledger = Ledger::new();
    let mut in_flight = Vec::new();
    let mut random = fastrand::Rng::with_seed(7);
    for _ in 0..50 {
        for _ in 0..random.usize(0..20) {
            in_flight.push(ledger.receive(record()));
        }
        for _ in 0..random.usize(0..20).min(in_flight.len()) {
            let delivery = in_flight.swap_remove(random.usize(0..in_flight.len()));
            match random.usize(0..=Outcome::ALL.len()) {
                given_up if given_up == Outcome::ALL.len() => drop(delivery),
                outcome => delivery.settle(Outcome::ALL[outcome]),
            }
        }
        let summary = ledger.take_summary();
        assert_eq!(summary.in_flight_before as u64 + summary.received, summary.settled_in_all() + summary.in_flight as u64);
        assert_eq!(summary.total_times.count(), summary.settled_in_all());
        assert_eq!(summary.in_flight, in_flight.len());
    }
    in_flight.clear();
    let totals = ledger.totals();
    assert!(totals.received > 100 && Outcome::ALL.iter().all(|outcome| totals.of(*outcome) > 0));
    assert_eq!(totals.received, totals.settled_in_all());
    assert_eq!((ledger.in_flight(), ledger.oldest_in_flight()), (0, Duration::ZERO));
}

#[test]
fn deliveries_of_several_threads_are_all_counted() {
    let ledger = Ledger::new();
    std::thread::scope(|scope| {
        for outcome in Outcome::ALL {
            let ledger = &ledger;
            scope.spawn(move || (0..500).for_each(|_| ledger.receive(record()).settle(outcome)));
        }
    });
    let summary = ledger.take_summary();
    assert_eq!(summary.received, 3000);
    assert_eq!(summary.settled, [500; 6]);
}

#[test]
fn the_oldest_delivery_in_flight_is_the_first_that_is_not_settled() {
    let ledger = Ledger::new();
    let first = ledger.receive(record());
    let second = ledger.receive(record());
    assert!(ledger.oldest_in_flight() >= second.elapsed());
    first.settle(Outcome::Answered);
    assert!(ledger.oldest_in_flight() <= second.elapsed());
    assert_eq!(ledger.in_flight(), 1);
}

#[test]
fn time_blocked_counts_once_and_while_it_lasts() {
    let ledger = Ledger::new();
    ledger.set_blocked(false);
    assert_eq!(ledger.totals().blocked, Duration::ZERO);
    ledger.set_blocked(true);
    ledger.set_blocked(true);
    let during = ledger.take_summary().blocked;
    ledger.set_blocked(false);
    let (after, all) = (ledger.take_summary().blocked, ledger.totals().blocked);
    assert_eq!(all, during + after);
    assert_eq!(ledger.totals().blocked, all);
}

#[test]
fn a_delivery_is_one_line_with_everything_that_is_known_of_it() {
    let lines = logged_json(|| {
        let mut delivery = Ledger::new().receive(record());
        delivery.record.article_id = Some("a-1".into());
        delivery.settle(Outcome::Answered);
        drop(Ledger::new().receive(record()));
    });
    let [answered, abandoned] = lines.as_slice() else { panic!("{lines:?}") };
    for (key, value) in
        [("event", "delivery.settled"), ("outcome", "answered"), ("level", "INFO"), ("article.id", "a-1"), ("message.id", "m-1")]
    {
        assert_eq!(answered[key], value, "{key}");
    }
    assert_eq!((&answered["attempt"], &answered["redelivered"], &answered["extract_ms"]), (&1.into(), &false.into(), &1.235.into()));
    assert!(answered["total_ms"].is_number() && answered.get("reason").is_none());
    assert_eq!((&abandoned["outcome"], &abandoned["level"]), (&"abandoned".into(), &"WARN".into()));
}

#[test]
fn foreign_text_cannot_forge_lines_or_steer_a_terminal() {
    let hostile = "x\"}\n{\"event\":\"forged\"}\r\u{1b}[2J\u{7f}\u{85}\u{9b}31m\u{202e}\u{2028}\u{200b}\u{0}\\";
    for form in [Form::Json, Form::Text { colour: false }] {
        let lines =
            logged(form, "info", || tracing::info!(event = "test.hostile", article.id = hostile, error = %hostile, message = hostile));
        assert_eq!(lines.len(), 1, "{lines:?}");
        assert!(!lines[0].chars().any(|character| character.is_control() || "\u{202e}\u{2028}\u{200b}".contains(character)), "{lines:?}");
    }
    let lines = logged_json(|| tracing::info!(event = "test.hostile", article.id = hostile));
    assert_eq!(lines[0]["article.id"], hostile);
    assert_eq!(lines[0]["event"], "test.hostile");
}

#[test]
fn values_are_written_as_what_they_are_and_long_ones_are_cut() {
    let long = "é".repeat(5_000);
    let lines = logged_json(|| {
        tracing::info!(event = "test.values", whole = -3i64, large = u64::MAX, broken = f64::NAN, none = None::<u64>, yes = true, long);
        tracing::debug!(event = "test.hidden");
        tracing::info!(target: "elsewhere", "said {}", 1);
    });
    let [values, library] = lines.as_slice() else { panic!("{lines:?}") };
    assert_eq!((&values["whole"], &values["large"], &values["broken"]), (&(-3).into(), &u64::MAX.into(), &"NaN".into()));
    assert_eq!((&values["yes"], values.get("none")), (&true.into(), None));
    assert_eq!(values["long"].as_str().unwrap().chars().count(), 1_001);
    assert_eq!((&library["event"], &library["message"], &library["target"]), (&"library".into(), &"said 1".into(), &"elsewhere".into()));
    assert!(values["time"].as_str().unwrap().parse::<jiff::Timestamp>().is_ok());
}

#[test]
fn lines_for_people_quote_only_what_needs_it() {
    let lines = logged(Form::Text { colour: false }, "info", || {
        tracing::warn!(event = "test.text", queue = "articles", reason = "not there", "all is well")
    });
    assert!(lines[0].ends_with(" WARN  test.text all is well queue=articles reason=\"not there\""), "{lines:?}");
}

#[test]
fn panics_are_logged_without_text_that_may_come_from_an_article() {
    let before = std::panic::take_hook();
    let lines = logged_json(|| {
        log_panics();
        let text = "a secret article".to_owned();
        let _ = std::panic::catch_unwind(|| panic!("plain"));
        let _ = std::panic::catch_unwind(|| panic!("formatted {text}"));
    });
    std::panic::set_hook(before);
    // Panics of tests on other threads do not reach this thread's subscriber.
    assert_eq!((&lines[0]["event"], &lines[0]["cause"]), (&"panic".into(), &"plain".into()));
    assert!(lines.len() == 2 && lines[1].get("cause").is_none() && lines[1]["line"].is_u64());
}

#[test]
fn the_report_ends_with_a_last_summary_and_the_totals() {
    let lines = logged_json(|| {
        let ledger = Ledger::new();
        ledger.reconnected();
        ledger.receive(record()).settle(Outcome::Retried);
        ledger.receive(record()).settle(Outcome::Answered);
        let _in_flight = ledger.receive(record());
        block_on(report(ledger.clone(), Duration::from_secs(3600), None, async {}));
    });
    let [.., summary, totals, _abandoned] = lines.as_slice() else { panic!("{lines:?}") };
    for (line, event) in [(summary, "deliveries.summary"), (totals, "deliveries.totals")] {
        assert_eq!(line["event"], event);
        let counts = ["received", "answered", "skipped", "dead_lettered", "retried", "requeued", "abandoned", "in_flight", "reconnects"];
        assert_eq!(counts.map(|count| line[count].as_u64().unwrap()), [3, 1, 0, 0, 1, 0, 0, 1, 1]);
    }
    assert!(summary["p50_ms"].is_number() && summary["p99_ms"].is_number() && summary["resident_bytes"].as_u64() > Some(1_000_000));
}

#[test]
fn the_report_writes_a_summary_each_interval() {
    let log = Log::default();
    let writer = log.clone();
    let lines = || log.0.lock().unwrap().iter().filter(|byte| **byte == b'\n').count();
    let third_line = async {
        while lines() < 3 {
            tokio::task::yield_now().await;
        }
    };
    tracing::subscriber::with_default(subscriber(Form::Json, "info", move || writer.clone()).unwrap(), || {
        block_on(report(Ledger::new(), Duration::from_millis(1), None, third_line));
    });
    assert!(lines() >= 5, "three intervals, the last summary, the totals");
}

#[test]
fn health_starts_unready_and_a_failure_is_final() {
    let health = Health::new();
    assert_eq!((health.live(), health.ready()), (Ok(()), Err("starting".into())));
    health.set_ready();
    assert_eq!(health.ready(), Ok(()));
    health.set_not_ready("the broker is away");
    assert_eq!((health.live(), health.ready()), (Ok(()), Err("the broker is away".into())));
    health.fail("threads are stuck");
    health.fail("another reason");
    health.set_ready();
    assert_eq!((health.live(), health.ready()), (Err("threads are stuck".into()), Err("threads are stuck".into())));
}

#[test]
fn http_answers_how_the_worker_is() {
    block_on(async {
        let listener = bind(([127, 0, 0, 1], 0).into()).await.unwrap();
        let address = listener.local_addr().unwrap();
        let (health, ledger, metrics) = (Health::new(), Ledger::new(), install_metrics().unwrap());
        let (stop, stopped) = oneshot::channel::<()>();
        let server = tokio::spawn(serve(listener, health.clone(), metrics, async { stopped.await.unwrap_or_default() }));
        assert_eq!(get(address, "/live").await, (200, "ok\n".into()));
        assert_eq!(get(address, "/ready").await, (503, "starting\n".into()));
        health.set_ready();
        assert_eq!(get(address, "/ready").await.0, 200);
        ledger.receive(record()).settle(Outcome::DeadLettered);
        let (status, text) = get(address, "/metrics").await;
        assert_eq!(status, 200);
        for line in [
            "attache_deliveries_settled_total{outcome=\"dead_lettered\"} ",
            "attache_delivery_seconds_bucket{le=\"0.001\"} ",
            "attache_ready 1",
        ] {
            assert!(text.contains(line), "{line} in {text}");
        }
        assert_eq!(get(address, "/other").await.0, 404);
        stop.send(()).unwrap();
        server.await.unwrap().unwrap();
    });
}

async fn get(address: std::net::SocketAddr, path: &str) -> (u16, String) {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let mut stream = tokio::net::TcpStream::connect(address).await.unwrap();
    stream.write_all(format!("GET {path} HTTP/1.0\r\n\r\n").as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    (head.split(' ').nth(1).unwrap().parse().unwrap(), body.to_owned())
}

//! The worker against a real broker: what it must never do is lose an article.

#[expect(dead_code, reason = "shared with the suite of faults, which uses other parts of it")]
mod support;
#[path = "broker/watchlists.rs"]
mod watchlists;

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicBool, Ordering},
    mpsc,
};

use attache::{
    amqp::{
        Fault, Phase, Until,
        feed::{Article, Feed},
        letters::Letters,
        mismatch::Mismatch,
        topology,
    },
    settings::Topology,
};
use lapin::{
    BasicProperties,
    options::{ExchangeDeleteOptions, QueueDeleteOptions},
    types::{AMQPValue, FieldTable},
};
use support::{
    node::Node,
    stage::{Stage, answer, eventually, header, processor, rejection, text},
};

#[tokio::test(flavor = "multi_thread")]
async fn an_article_is_answered_and_then_acknowledged() {
    let stage = Stage::new().await;
    let mut headers = FieldTable::default();
    headers.insert("traceparent".into(), AMQPValue::LongString("00-abc-def-01".into()));
    headers.insert("other".into(), AMQPValue::LongString("not passed on".into()));
    stage.put_with(b"a", BasicProperties::default().with_message_id("a".into()).with_headers(headers)).await;
    let running = stage.start(processor(answer));

    let result = stage.results(1).await.remove(0);
    assert_eq!(text(&result), "answer to a");
    assert_eq!(result.routing_key.as_str(), "result.events");
    let properties = &result.properties;
    assert_eq!(properties.message_id().as_ref().unwrap().as_str(), "result-of-a");
    assert_eq!(properties.correlation_id().as_ref().unwrap().as_str(), "a");
    assert_eq!(properties.kind().as_ref().unwrap().as_str(), "attache.result.v1");
    assert_eq!(properties.content_type().as_ref().unwrap().as_str(), "application/json");
    assert_eq!(*properties.delivery_mode(), Some(2));
    assert_eq!(header(&result, "traceparent").as_deref(), Some("00-abc-def-01"));
    assert_eq!(header(&result, "other"), None);

    running.stop().await;
    assert_eq!(stage.ready(&stage.options.names.input).await, 0, "acknowledged, therefore not given back");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failure_is_tried_again_and_then_becomes_a_dead_letter() {
    let stage = Stage::new().await;
    let properties = BasicProperties::default()
        .with_message_id("broken".into())
        .with_expiration("3600000".into())
        .with_user_id("guest".into())
        .with_correlation_id("kept".into());
    stage.put_with(b"broken", properties).await;
    stage.put(&["fine"]).await;
    let running = stage.start(processor(|body| if body == "broken" { panic!("it broke") } else { answer(body) }));

    let letter = stage.dead(1).await.remove(0);
    assert_eq!(text(&letter), "broken");
    assert_eq!(header(&letter, "attache-reason").as_deref(), Some("panic"));
    assert_eq!(header(&letter, "attache-stage").as_deref(), Some("extract"));
    assert_eq!(header(&letter, "attache-detail").as_deref(), Some("it broke"));
    assert_eq!(header(&letter, "attache-attempts").as_deref(), Some("3"));
    assert_eq!(header(&letter, "attache-queue"), Some(stage.options.names.input.clone()));
    assert_eq!(header(&letter, "attache-routing-key"), Some(stage.options.names.input.clone()));
    assert_eq!(header(&letter, "attache-exchange").as_deref(), Some(""));
    assert!(header(&letter, "attache-first-failed-at").is_some());
    assert_eq!(header(&letter, "attache-user-id").as_deref(), Some("guest"));
    assert_eq!(header(&letter, "attache-expiration").as_deref(), Some("3600000"));
    assert!(letter.properties.user_id().is_none() && letter.properties.expiration().is_none());
    assert_eq!(letter.properties.correlation_id().as_ref().unwrap().as_str(), "kept");

    assert_eq!(stage.results(1).await.len(), 1, "the other article was not held up");
    running.stop().await;
    assert_eq!(stage.ready(&stage.options.names.wait).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_result_that_no_queue_takes_is_held_until_one_does() {
    let mut stage = Stage::new().await;
    // Check mode, so that the worker does not mend the binding by itself.
    stage.options.topology = Topology::Check;
    let results = stage.options.names.results.take().unwrap();
    let exchange = stage.options.names.results_exchange.as_str();
    let unbind = stage.channel.queue_unbind(results.as_str().into(), exchange.into(), "result.#".into(), FieldTable::default());
    unbind.await.unwrap();
    stage.put(&["a", "b", "c"]).await;
    let running = stage.start(processor(answer));

    eventually("the outlet is refused", async || !running.status.not_taken().is_empty()).await;
    assert!(!running.status.is_ready());
    let reason = running.status.not_taken().remove(0).1;
    assert!(reason.contains("NO_ROUTE"), "{reason}");

    let bind =
        stage.channel.queue_bind(results.as_str().into(), exchange.into(), "result.#".into(), Default::default(), FieldTable::default());
    bind.await.unwrap();
    assert_eq!(stage.take(&results, 3).await.len(), 3);
    eventually("ready again", async || running.status.is_ready()).await;
    running.stop().await;
    assert_eq!(stage.ready(&stage.options.names.input).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_exchange_that_is_deleted_is_declared_anew() {
    let stage = Stage::new().await;
    let running = stage.start(processor(answer));
    eventually("consuming", async || running.status.phase() == Phase::Consuming).await;
    let exchange = stage.options.names.results_exchange.as_str();
    stage.channel.exchange_delete(exchange.into(), ExchangeDeleteOptions::default()).await.unwrap();

    stage.put(&["a", "b"]).await;
    assert_eq!(stage.results(2).await.len(), 2);
    running.stop().await;
    assert_eq!(stage.ready(&stage.options.names.input).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_results_queue_that_is_missing_holds_articles_until_it_is_there() {
    let mut stage = Stage::new().await;
    stage.options.topology = Topology::Check;
    let running = stage.start(processor(answer));
    eventually("consuming", async || running.status.phase() == Phase::Consuming).await;
    let results = stage.options.names.results.clone().unwrap();
    stage.channel.queue_delete(results.as_str().into(), QueueDeleteOptions::default()).await.unwrap();
    stage.put(&["a", "b", "c"]).await;

    let named =
        async || running.status.not_taken().iter().any(|(_, reason)| reason.contains(&results) && reason.contains("does not exist"));
    eventually("the missing queue is named", named).await;
    topology::declare(&stage.connection, &stage.options).await.unwrap();
    assert_eq!(stage.results(3).await.len(), 3);
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_input_queue_that_is_deleted_is_declared_anew_and_consumed() {
    let stage = Stage::new().await;
    let running = stage.start(processor(answer));
    eventually("consuming", async || running.status.phase() == Phase::Consuming).await;
    let input = stage.options.names.input.as_str();
    stage.channel.queue_delete(input.into(), QueueDeleteOptions::default()).await.unwrap();
    eventually("a new session", async || running.status.sessions_lost() == 1 && running.status.is_ready()).await;

    stage.put(&["a"]).await;
    assert_eq!(stage.results(1).await.len(), 1);
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_processed_becomes_one_dead_letter_as_it_came() {
    let stage = Stage::new().await;
    let mut headers = FieldTable::default();
    headers.insert("CC".into(), AMQPValue::FieldArray(vec![AMQPValue::LongString("elsewhere".into())].into()));
    let properties = BasicProperties::default().with_content_type("image/png".into()).with_headers(headers);
    let body = [0xff, 0x00, 0x9f, b'{'];
    stage.put_with(&body, properties).await;
    stage.put(&["fine"]).await;
    let running = stage.start(processor(|body| if body == "fine" { answer(body) } else { rejection("not_text") }));

    let letter = stage.dead(1).await.remove(0);
    assert_eq!(letter.data, body);
    assert_eq!(header(&letter, "attache-reason").as_deref(), Some("not_text"));
    assert_eq!(header(&letter, "attache-attempts").as_deref(), Some("1"));
    assert_eq!(letter.properties.content_type().as_ref().unwrap().as_str(), "image/png");
    assert!(!letter.properties.headers().as_ref().unwrap().contains_key("CC"), "the broker would route by it");
    assert_eq!(stage.results(1).await.len(), 1);
    running.stop().await;
    assert_eq!(stage.ready(&stage.options.names.input).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stop_finishes_what_is_in_flight_and_gives_back_the_rest() {
    let mut stage = Stage::new().await;
    (stage.options.threads, stage.options.in_flight) = (1, 1);
    let (begun, has_begun) = mpsc::channel();
    let (release, held) = mpsc::channel::<()>();
    let hooks = Mutex::new((begun, held));
    stage.put(&["first", "second", "third"]).await;
    let running = stage.start(processor(move |body| {
        let hooks = hooks.lock().unwrap();
        hooks.0.send(body.to_owned()).unwrap();
        let _ = hooks.1.recv();
        answer(body)
    }));
    tokio::task::spawn_blocking(move || assert_eq!(has_begun.recv().unwrap(), "first")).await.unwrap();

    running.switch.request();
    eventually("the rest is back", async || stage.ready(&stage.options.names.input).await == 2).await;
    assert_eq!(stage.ready(stage.options.names.results.as_ref().unwrap()).await, 0, "the first is still in work");
    release.send(()).unwrap();
    drop(release);
    running.stop().await;
    assert_eq!(text(&stage.results(1).await[0]), "answer to first");
    assert_eq!(stage.ready(&stage.options.names.input).await, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn work_past_its_time_is_given_up_and_the_others_go_on() {
    let mut stage = Stage::new().await;
    stage.options.threads = 1;
    stage.options.attempts = 1;
    stage.options.limits.extraction = std::time::Duration::from_millis(200);
    let (release, held) = mpsc::channel::<()>();
    let held = Mutex::new(held);
    stage.put(&["endless", "fine"]).await;
    let running = stage.start(processor(move |body| {
        if body == "endless" {
            let _ = held.lock().unwrap().recv();
        }
        answer(body)
    }));
    let letter = stage.dead(1).await.remove(0);
    assert_eq!(header(&letter, "attache-reason").as_deref(), Some("extraction_timeout"));
    assert_eq!(text(&stage.results(1).await[0]), "answer to fine");
    running.stop().await;
    drop(release);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_broker_that_is_restarted_in_the_middle_loses_nothing() {
    let node = Arc::new(tokio::task::spawn_blocking(Node::start).await.unwrap());
    let stage = Stage::on(&node).await;
    topology::declare(&stage.connection, &stage.options).await.unwrap();
    let articles: Vec<String> = (0..200).map(|number| format!("article-{number}")).collect();
    stage.put(&articles.iter().map(String::as_str).collect::<Vec<_>>()).await;
    let restarted = Arc::new(AtomicBool::new(false));
    let (gate, open) = (Arc::clone(&restarted), mpsc::channel::<()>());
    let (reached, waiting) = open;
    let running = stage.start(processor(move |body| {
        if body == "article-100" && !gate.load(Ordering::SeqCst) {
            let _ = reached.send(());
        }
        answer(body)
    }));
    let (victim, gate) = (Arc::clone(&node), Arc::clone(&restarted));
    tokio::task::spawn_blocking(move || {
        waiting.recv().unwrap();
        gate.store(true, Ordering::SeqCst);
        victim.stop();
        victim.boot();
    })
    .await
    .unwrap();

    // The old connection died with the node.
    let after = Stage { options: stage.options.clone(), ..Stage::on(&node).await };
    // Only then is it certain that all queues have found their leaders again.
    let answered = async || running.status.ledger.totals().of(attache::telemetry::Outcome::Answered) as usize >= articles.len();
    eventually("all are settled", answered).await;
    let mut seen = std::collections::BTreeMap::<String, usize>::new();
    eventually("every article is answered", async || {
        for result in after.take_all(after.options.names.results.as_ref().unwrap()).await {
            *seen.entry(text(&result)).or_default() += 1;
        }
        seen.len() == articles.len()
    })
    .await;
    eventually("ready again", async || running.status.is_ready()).await;
    assert!(running.status.sessions_lost() > 0);
    running.stop().await;
    assert_eq!(after.ready(&after.options.names.input).await, 0);
    assert_eq!(after.ready(&after.options.names.dead).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_queue_with_other_arguments_is_named_with_the_argument() {
    let stage = Stage::new().await;
    for mode in [Topology::Declare, Topology::Check] {
        let mut other = stage.options.clone();
        other.topology = mode;
        other.queues.delivery_limit = 7;
        let fault = topology::ensure(&stage.connection, &other).await.unwrap_err();
        let Fault::Mismatch(Mismatch::Argument { object, argument, wanted, found }) = fault else { panic!("{fault}") };
        assert_eq!(object, format!("queue {}", other.names.input));
        assert_eq!((argument.as_str(), wanted.as_str(), found.as_str()), ("x-delivery-limit", "7", "20"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_check_names_what_is_missing_and_makes_nothing() {
    let node = tokio::task::spawn_blocking(Node::shared).await.unwrap();
    let stage = Stage::on(node).await;
    let missing = topology::check(&stage.connection, &stage.options).await.unwrap_err();
    assert!(missing.to_string().contains(&stage.options.names.results_exchange), "{missing}");
    let still_missing = topology::check(&stage.connection, &stage.options).await.unwrap_err();
    assert_eq!(missing.to_string(), still_missing.to_string());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dead_letter_is_read_without_being_taken_and_replayed_as_it_came() {
    let stage = Stage::new().await;
    let properties = BasicProperties::default().with_message_id("x".into()).with_content_type("text/plain".into());
    stage.put_with(b"x", properties).await;
    let running = stage.start_until(processor(|_| rejection("no_text")), Until::Empty);
    running.task.await.unwrap().unwrap();

    for _ in 0..2 {
        let mut letters = Letters::open(&stage.options).await.unwrap();
        let letter = letters.next_letter().await.unwrap().expect("one letter");
        assert_eq!((letter.id.as_str(), letter.reason.as_str(), letter.body()), ("x", "no_text", &b"x"[..]));
        assert!(!letter.by_broker);
        assert!(letters.next_letter().await.unwrap().is_none());
        letters.close().await;
        eventually("the letter is back", async || stage.ready(&stage.options.names.dead).await == 1).await;
    }
    let mut letters = Letters::open(&stage.options).await.unwrap();
    let letter = letters.next_letter().await.unwrap().unwrap();
    letters.replay(&letter).await.unwrap();
    letters.close().await;

    let article = stage.take(&stage.options.names.input, 1).await.remove(0);
    assert_eq!(article.data, b"x");
    assert_eq!(article.properties.content_type().as_ref().unwrap().as_str(), "text/plain");
    let headers = article.properties.headers().as_ref().map(|headers| headers.inner().clone()).unwrap_or_default();
    assert!(headers.keys().all(|name| name.as_str() == "x-delivery-count"), "{headers:?}");
    assert_eq!(stage.ready(&stage.options.names.dead).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_that_the_broker_moved_is_shown_too() {
    let mut stage = Stage::on(tokio::task::spawn_blocking(Node::shared).await.unwrap()).await;
    stage.options.queues.delivery_limit = 1;
    topology::declare(&stage.connection, &stage.options).await.unwrap();
    stage.put(&["poison"]).await;
    eventually("the broker gives it up", async || {
        stage.give_back_one(&stage.options.names.input).await;
        stage.ready(&stage.options.names.dead).await == 1
    })
    .await;
    let mut letters = Letters::open(&stage.options).await.unwrap();
    let letter = letters.next_letter().await.unwrap().unwrap();
    assert!(letter.by_broker);
    assert_eq!((letter.id.as_str(), letter.reason.as_str()), ("poison", "delivery_limit"));
    assert_eq!(letter.queue.as_ref(), Some(&stage.options.names.input));
    letters.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn many_articles_are_answered_once_each_until_the_queue_is_empty() {
    let stage = Stage::new().await;
    let feed = Feed::open(&stage.options).await.unwrap();
    for number in 0..300 {
        let article = Article { message_id: Some(format!("{number}")), content_type: "text/plain", body: format!("{number}").into_bytes() };
        feed.put(article).await.unwrap();
    }
    feed.close().await;
    let running = stage.start_until(processor(answer), Until::Empty);
    running.task.await.unwrap().unwrap();
    let mut answers: Vec<String> = stage.results(300).await.iter().map(text).collect();
    answers.sort_unstable();
    answers.dedup();
    assert_eq!(answers.len(), 300);
    assert_eq!(running.status.ledger.totals().settled_in_all(), 300);
}

#[tokio::test(flavor = "multi_thread")]
async fn relevances_that_are_not_published_are_acknowledged() {
    let mut stage = Stage::new().await;
    stage.options.publish_only = Some(vec!["sanctions".into()]);
    stage.put(&["a"]).await;
    let running = stage.start_until(processor(answer), Until::Empty);
    running.task.await.unwrap().unwrap();
    assert_eq!(stage.ready(stage.options.names.results.as_ref().unwrap()).await, 0);
    assert_eq!(running.status.ledger.totals().of(attache::telemetry::Outcome::Skipped), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_memory_alarm_holds_articles_and_then_lets_them_go() {
    let node = Arc::new(tokio::task::spawn_blocking(Node::start).await.unwrap());
    let mut stage = Stage::on(&node).await;
    // Far shorter than the alarm: being blocked must not count as a confirm that did not come.
    stage.options.limits.confirm = std::time::Duration::from_millis(500);
    topology::declare(&stage.connection, &stage.options).await.unwrap();
    let (release, held) = mpsc::channel::<()>();
    let held = Mutex::new(held);
    stage.put(&["a"]).await;
    let running = stage.start(processor(move |body| {
        let _ = held.lock().unwrap().recv();
        answer(body)
    }));
    eventually("in flight", async || running.status.ledger.in_flight() == 1).await;

    let set_limit = async |limit: &'static str| {
        let node = Arc::clone(&node);
        tokio::task::spawn_blocking(move || node.control(&["set_vm_memory_high_watermark", limit])).await.unwrap();
    };
    set_limit("0.000001").await;
    drop(release);
    let blocked = async || running.status.health.ready().is_err_and(|reason| reason.contains("blocks"));
    eventually("publishing is blocked", blocked).await;
    set_limit("0.8").await;
    assert_eq!(stage.results(1).await.len(), 1);
    eventually("ready again", async || running.status.is_ready()).await;
    assert_eq!(running.status.sessions_lost(), 0, "the session outlasted the alarm");
    running.stop().await;
    assert_eq!(stage.ready(&stage.options.names.input).await, 0);
}

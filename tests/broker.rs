//! The worker against a real broker: what it must never do is lose an article.

mod support;

use lapin::{
    BasicProperties, ExchangeKind,
    options::{ExchangeDeclareOptions, ExchangeDeleteOptions, QueueDeleteOptions},
    types::{AMQPValue, FieldTable},
};
use support::stage::{Stage, answer, eventually, header, processor, rejection, text};

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
    stage.options.topology = attache::settings::Topology::Check;
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

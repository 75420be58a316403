//! Queues and exchanges that are gone, full or otherwise than they should be.

use attache::{
    amqp::{Phase, topology},
    settings::{QueueType, Topology},
    telemetry::Outcome as Settlement,
};
use lapin::{
    options::{ExchangeDeleteOptions, QueueDeclareOptions, QueueDeleteOptions},
    types::{AMQPValue, FieldTable},
};

use super::{
    super::{
        ledger::{Account, Fate},
        scene::{Scene, Script, answered, loud},
        support::{
            node::Node,
            stage::{Running, answer, eventually, processor, rejection},
        },
    },
    blocking, calm_node,
};

/// So many attempts in a row show that one article tries and the others wait.
const PROBES: usize = 6;

async fn consuming(running: &Running) {
    eventually("consuming", async || running.status.phase() == Phase::Consuming).await;
}

/// The broker cancels the consumer of a queue that is deleted; the worker declares it anew.
pub async fn input_deleted(script: Script) -> Account {
    let mut scene = Scene::on(calm_node().await, script).await;
    scene.put(script.messages / 2).await;
    let running = scene.start();
    // What was in the queue would be gone with it.
    answered(&running, script.messages as u64 / 2).await;
    delete(&scene, &scene.stage.options.names.input).await;
    eventually("a new session", async || running.status.sessions_lost() > 0 && running.status.is_ready()).await;
    scene.heal().await;
    scene.put(script.messages / 2).await;
    scene.finish(running).await
}

/// The same where the worker may not declare: somebody else makes the queue again.
pub async fn input_recreated(script: Script) -> Account {
    let mut scene = Scene::on(calm_node().await, script).await;
    scene.stage.options.topology = Topology::Check;
    let running = scene.start();
    consuming(&running).await;
    delete(&scene, &scene.stage.options.names.input).await;
    loud(&running).await;
    topology::declare(&scene.stage.connection, &scene.stage.options).await.unwrap();
    scene.heal().await;
    scene.put(script.messages).await;
    scene.finish(running).await
}

pub async fn output_exchange_missing(script: Script) -> Account {
    let mut scene = Scene::on(calm_node().await, script).await;
    scene.put(script.messages).await;
    let running = scene.start();
    answered(&running, scene.some()).await;
    let exchange = scene.stage.options.names.results_exchange.as_str();
    scene.stage.channel.exchange_delete(exchange.into(), ExchangeDeleteOptions::default()).await.unwrap();
    scene.heal().await;
    scene.finish(running).await
}

pub async fn output_queue_missing(script: Script) -> Account {
    let mut scene = Scene::on(calm_node().await, script).await;
    scene.stage.options.topology = Topology::Check;
    let running = scene.start();
    consuming(&running).await;
    delete(&scene, scene.stage.options.names.results.as_ref().unwrap()).await;
    scene.put(script.messages).await;
    loud(&running).await;
    topology::declare(&scene.stage.connection, &scene.stage.options).await.unwrap();
    scene.heal().await;
    scene.finish(running).await
}

/// Nothing is bound to the exchange; the worker may not mend it.
pub async fn unroutable(script: Script) -> Account {
    let mut scene = Scene::on(calm_node().await, script).await;
    scene.stage.options.topology = Topology::Check;
    let names = scene.stage.options.names.clone();
    let (queue, exchange) = (names.results.unwrap(), names.results_exchange);
    scene.put(script.messages).await;
    let running = scene.start();
    answered(&running, scene.some()).await;
    let key = topology::RESULTS_BINDING;
    let unbind = scene.stage.channel.queue_unbind(queue.as_str().into(), exchange.as_str().into(), key.into(), FieldTable::default());
    unbind.await.unwrap();
    scene.put(script.messages / 2).await;
    let noticed = async || !running.status.is_ready() || running.status.ledger.totals().settled_in_all() >= scene.ledger.len() as u64;
    eventually("unroutable, or all is over", noticed).await;
    let bind = scene.stage.channel.queue_bind(
        queue.as_str().into(),
        exchange.as_str().into(),
        key.into(),
        Default::default(),
        FieldTable::default(),
    );
    bind.await.unwrap();
    scene.heal().await;
    scene.finish(running).await
}

/// The results queue is full and refuses (`reject-publish`): the broker nacks every result.
pub async fn output_full(script: Script) -> Account {
    let node = calm_node().await;
    let mut scene = Scene::on(node, script).await;
    let queue = scene.stage.options.names.results.clone().unwrap();
    limit_length(node, &queue, 5).await;
    scene.put(script.messages).await;
    let running = scene.start();
    eventually("the results are nacked", async || running.status.not_taken().iter().any(|(_, reason)| reason.contains("full"))).await;
    remove_limit(node, &queue).await;
    scene.heal().await;
    scene.finish(running).await
}

/// While nothing is taken, no more articles are than fit in flight, and one of them tries again and again, with pauses. A queue beside
/// the full one counts the attempts: the broker puts a copy there each time. Classic queues, because a full quorum queue takes a
/// message now and then.
pub async fn one_probe_at_a_time(script: Script) -> Account {
    let node = calm_node().await;
    let mut scene = Scene::undeclared(node.port, &node.url(), script).await;
    scene.stage.options.queues.kind = QueueType::Classic;
    topology::declare(&scene.stage.connection, &scene.stage.options).await.unwrap();
    let in_flight = scene.stage.options.in_flight;
    let queue = scene.stage.options.names.results.clone().unwrap();
    let attempts = format!("{queue}.attempts");
    tap(&scene, &attempts).await;
    limit_length(node, &queue, 1).await;
    scene.put(script.messages.max(2 * in_flight)).await;
    let running = scene.start();
    loud(&running).await;
    let answered = || running.status.ledger.totals().of(Settlement::Answered);
    let unanswered = || running.status.ledger.totals().received - answered();
    eventually("all places are taken", async || unanswered() >= in_flight as u64).await;
    scene.stage.take_all(&attempts).await;
    // Every place may have made a first attempt before the breaker opened, whose copy comes only now; those after them are probes.
    eventually("more attempts", async || scene.stage.ready(&attempts).await as usize >= in_flight + PROBES).await;
    let unanswered = unanswered();
    let ready = running.status.is_ready();
    let tried: Vec<String> = scene.stage.take_all(&attempts).await.iter().map(super::super::support::stage::text).collect();
    remove_limit(node, &queue).await;
    scene.heal().await;
    let mut account = scene.finish(running).await;
    let probes = &tried[tried.len() - PROBES..];
    if probes.iter().any(|probe| *probe != probes[0]) {
        account.unexpected.push(format!("several articles probed in turn: {probes:?}"));
    }
    // One more may have come with the first article, before the pace was known.
    if unanswered > in_flight as u64 + 1 || ready {
        account.unexpected.push(format!("{unanswered} articles were held with {in_flight} places; ready: {ready}"));
    }
    account
}

/// What is held for too long goes round by the retry queue, before the broker takes it away.
pub async fn output_full_for_long(script: Script) -> Account {
    let node = calm_node().await;
    let mut scene = Scene::on(node, script).await;
    scene.stage.options.limits.hold = std::time::Duration::from_millis(700);
    let queue = scene.stage.options.names.results.clone().unwrap();
    limit_length(node, &queue, 5).await;
    scene.put(script.messages).await;
    let running = scene.start();
    let postponed = async || running.status.ledger.totals().of(Settlement::Retried) > script.messages as u64;
    eventually("articles go round", postponed).await;
    remove_limit(node, &queue).await;
    scene.heal().await;
    let status = running.status.clone();
    let mut account = scene.finish(running).await;
    if status.sessions_lost() > 0 {
        account.unexpected.push("the session was lost".into());
    }
    account
}

pub async fn dead_letters_full(script: Script) -> Account {
    let node = calm_node().await;
    let mut scene = Scene::on(node, script).await;
    let queue = scene.stage.options.names.dead.clone();
    limit_length(node, &queue, 2).await;
    put_rejected(&mut scene, script.messages).await;
    let running = scene.start_with(processor(|_| rejection("no_text")));
    eventually("the dead letters are nacked", async || running.status.not_taken().iter().any(|(outlet, _)| *outlet == "dead_letters"))
        .await;
    remove_limit(node, &queue).await;
    scene.heal().await;
    scene.finish(running).await
}

pub async fn dead_letters_missing(script: Script) -> Account {
    let mut scene = Scene::on(calm_node().await, script).await;
    let running = scene.start_with(processor(|body| if body.contains("rejected") { rejection("no_text") } else { answer(body) }));
    consuming(&running).await;
    delete(&scene, &scene.stage.options.names.dead).await;
    scene.put(script.messages / 2).await;
    put_rejected(&mut scene, script.messages / 2).await;
    let buried = async || running.status.ledger.totals().of(Settlement::DeadLettered) > 0;
    eventually("the queue is declared anew", buried).await;
    scene.heal().await;
    scene.finish(running).await
}

pub async fn retry_missing(script: Script) -> Account {
    let mut scene = Scene::on(calm_node().await, script).await;
    let tried = std::sync::Mutex::new(std::collections::BTreeSet::new());
    // Each article fails once.
    let running = scene.start_with(processor(move |body| {
        let first = tried.lock().unwrap().insert(body.to_owned());
        assert!(!first, "the first attempt fails");
        answer(body)
    }));
    consuming(&running).await;
    delete(&scene, &scene.stage.options.names.wait).await;
    scene.put(script.messages).await;
    let postponed = async || running.status.ledger.totals().of(Settlement::Retried) > 0;
    eventually("the queue is declared anew", postponed).await;
    scene.heal().await;
    scene.finish(running).await
}

/// A queue of the same name with other arguments (406): nothing is touched until somebody mends it.
pub async fn other_arguments(script: Script) -> Account {
    let node = calm_node().await;
    let mut scene = Scene::undeclared(node.port, &node.url(), script).await;
    let dead = scene.stage.options.names.dead.clone();
    let mut arguments = FieldTable::default();
    arguments.insert("x-queue-type".into(), AMQPValue::LongString("quorum".into()));
    arguments.insert("x-max-length".into(), AMQPValue::LongLongInt(7));
    let durable = QueueDeclareOptions { durable: true, ..Default::default() };
    scene.stage.channel.queue_declare(dead.as_str().into(), durable, arguments).await.unwrap();
    let running = scene.start();
    let named = async || matches!(running.status.phase(), Phase::Disconnected(reason) if reason.contains(&dead) && reason.contains("x-"));
    eventually("the queue and the argument are named", named).await;
    delete(&scene, &dead).await;
    consuming(&running).await;
    scene.heal().await;
    scene.put(script.messages).await;
    scene.finish(running).await
}

/// A classic queue that gets a copy of all results.
async fn tap(scene: &Scene, queue: &str) {
    let exchange = scene.stage.options.names.results_exchange.as_str();
    let (channel, nothing) = (&scene.stage.channel, FieldTable::default);
    let exclusive = QueueDeclareOptions { exclusive: true, ..Default::default() };
    channel.queue_declare(queue.into(), exclusive, nothing()).await.unwrap();
    channel.queue_bind(queue.into(), exchange.into(), topology::RESULTS_BINDING.into(), Default::default(), nothing()).await.unwrap();
}

async fn put_rejected(scene: &mut Scene, count: usize) {
    for _ in 0..count {
        let id = scene.next_id("rejected");
        scene.put_as(&id, id.as_bytes(), Default::default(), Fate::DeadLetter("no_text")).await;
    }
}

async fn delete(scene: &Scene, queue: &str) {
    scene.stage.channel.queue_delete(queue.into(), QueueDeleteOptions::default()).await.unwrap();
}

/// A policy, because it can be set and removed without declaring the queue anew.
async fn limit_length(node: &'static Node, queue: &str, messages: usize) {
    let (pattern, definition) = (format!("^{queue}$"), format!(r#"{{"max-length":{messages},"overflow":"reject-publish"}}"#));
    let name = queue.to_owned();
    blocking(move || node.control(&["set_policy", &name, &pattern, &definition, "--apply-to", "queues"])).await;
}

async fn remove_limit(node: &'static Node, queue: &str) {
    let name = queue.to_owned();
    blocking(move || node.control(&["clear_policy", &name])).await;
}

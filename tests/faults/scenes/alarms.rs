//! A broker that lives but does not take messages, or no longer waits for acknowledgements.

use std::{
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};

use attache::{
    telemetry::Outcome as Settlement,
    worker::{Answer, Outcome},
};
use lapin::BasicProperties;

use super::{
    super::{
        ledger::{Account, Fate},
        scene::{Gate, Scene, Script, answered},
        support::{
            node::Node,
            stage::{answer, eventually, processor},
        },
    },
    blocking, rough_node,
};

pub async fn memory(script: Script) -> Account {
    alarm(script, ["set_vm_memory_high_watermark", "0.000001"], ["set_vm_memory_high_watermark", "0.8"]).await
}

pub async fn disk(script: Script) -> Account {
    alarm(script, ["set_disk_free_limit", "100000GB"], ["set_disk_free_limit", "50MB"]).await
}

/// While the alarm is on, what is published waits, and what needs no publishing is acknowledged all the same.
async fn alarm(script: Script, raise: [&'static str; 2], clear: [&'static str; 2]) -> Account {
    let (_turn, node) = rough_node().await;
    let mut scene = Scene::on(node, script).await;
    // Far shorter than the alarm: being blocked must not count as a confirm that did not come.
    scene.stage.options.limits.confirm = Duration::from_secs(2);
    scene.stage.options.limits.extraction = Duration::from_secs(100);
    scene.stage.options.publish_only = Some(vec!["events".into()]);
    scene.stage.options.prefetch = 1000;
    scene.stage.options.in_flight = 1000;
    // One for each article: those that are held must not take the threads from those that pass.
    scene.stage.options.threads = script.messages * 2;
    let (passes, skipped) = (scene.some(), script.messages as u64 / 2);
    scene.put(script.messages).await;
    for _ in 0..skipped {
        scene.stage.put(&["of no relevance"]).await;
    }
    let gate = Gate::default();
    let held = gate.clone();
    let running = scene.start_with(processor(move |body| {
        let number = body.rsplit('-').next().and_then(|number| number.parse::<u64>().ok());
        if number.is_none_or(|number| number > passes) {
            held.wait();
        }
        match answer(body) {
            Outcome::Answered(answer) if body == "of no relevance" => Outcome::Answered(Answer { relevance: "none", ..answer }),
            other => other,
        }
    }));
    answered(&running, passes).await;
    let lost_before = running.status.sessions_lost();
    control(node, raise).await;
    gate.open();
    let blocked = async || running.status.health.ready().is_err_and(|reason| reason.contains("blocks"));
    eventually("publishing is blocked", blocked).await;
    let acknowledged = async || running.status.ledger.totals().of(Settlement::Skipped) == skipped;
    eventually("what needs no publishing is done", acknowledged).await;
    let input = scene.stage.options.names.input.clone();
    let left = async || messages_of(node, &input).await == running.status.ledger.in_flight();
    eventually("the broker has its acknowledgements", left).await;
    control(node, clear).await;
    scene.heal().await;
    let status = running.status.clone();
    let mut account = scene.finish(running).await;
    if status.sessions_lost() > lost_before {
        account.unexpected.push("the session was lost in the alarm".into());
    }
    account
}

/// Messages that a queue holds, delivered ones included.
async fn messages_of(node: &'static Node, queue: &str) -> usize {
    let table = blocking(|| node.control(&["--silent", "list_queues", "name", "messages"])).await;
    let row = table.lines().find_map(|line| line.strip_prefix(queue)?.trim().parse().ok());
    row.unwrap_or_else(|| panic!("no queue {queue} in {table}"))
}

/// The broker closes the channel of a consumer that holds a message for too long (406, `consumer_timeout`).
pub async fn acknowledgement_too_late(script: Script) -> Account {
    let (_turn, node) = rough_node().await;
    // For the channels that are opened from here on.
    set_consumer_timeout(node, 2_000, 1_000).await;
    let mut scene = Scene::on(node, script).await;
    let held = scene.next_id("held");
    scene.put_as(&held, held.as_bytes(), BasicProperties::default(), Fate::Result).await;
    scene.put(script.messages).await;
    let first = AtomicBool::new(true);
    let running = scene.start_with(processor(move |body| {
        if body == held && first.swap(false, Ordering::SeqCst) {
            std::thread::sleep(Duration::from_secs(8));
        }
        answer(body)
    }));
    eventually("the broker closes the channel", async || running.status.sessions_lost() > 0).await;
    set_consumer_timeout(node, 1_800_000, 60_000).await;
    scene.heal().await;
    scene.finish(running).await
}

/// In milliseconds: how long a delivery may stay unacknowledged, and how often a channel looks at that.
async fn set_consumer_timeout(node: &'static Node, timeout_ms: u64, look_ms: u64) {
    let set = format!(
        "application:set_env(rabbit, consumer_timeout, {timeout_ms}), application:set_env(rabbit, channel_tick_interval, {look_ms})."
    );
    blocking(move || node.control(&["eval", &set])).await;
}

async fn control(node: &'static Node, arguments: [&'static str; 2]) {
    blocking(move || node.control(&arguments)).await;
}

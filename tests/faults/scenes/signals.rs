//! What happens to the worker's process from outside.

use std::time::{Duration, Instant};

use attache::amqp::sabotage;
use lapin::BasicProperties;

use super::{
    super::{
        ledger::{Account, Fate},
        process::Process,
        proxy::Mode,
        scene::{Scene, Script},
    },
    calm_node,
};

/// Articles that the built program reads; one in ten takes a second.
async fn put_real(scene: &mut Scene, count: usize) {
    for number in 0..count {
        let id = scene.next_id("real");
        let slow = if number % 10 == 5 && number < 60 { sabotage::SLOW } else { "" };
        let body =
            format!(r#"{{"id":"{id}","published_at":"2018-03-27","text":"Russia expelled two British diplomats on Monday. {slow}"}}"#);
        scene.put_as(&id, body.as_bytes(), BasicProperties::default(), Fate::Result).await;
    }
}

pub async fn terminated(script: Script) -> Account {
    stopped_by("TERM", script).await
}

pub async fn interrupted(script: Script) -> Account {
    stopped_by("INT", script).await
}

/// What is in flight is finished, the rest is given back, and the next worker goes on.
async fn stopped_by(signal: &str, script: Script) -> Account {
    let mut scene = Scene::on(calm_node().await, script).await;
    // A machine that is busy with other things must not end a session: that would deliver again, in all order.
    (scene.stage.options.limits.request, scene.stage.options.limits.confirm) = (Duration::from_secs(30), Duration::from_secs(30));
    put_real(&mut scene, script.messages).await;
    let mut first = Process::start(&scene.stage.options, &scene.proxy.url());
    first.logged("delivery.settled", scene.some() as usize).await;
    first.signal(signal);
    let status = first.ended(Duration::from_secs(40)).await;
    assert!(status.success(), "{status}: {}", first.output());
    assert_eq!(first.events("session.drained"), 1);
    scene.heal().await;
    let second = Process::start(&scene.stage.options, &scene.proxy.url());
    let mut account = scene.finish(second).await;
    if account.duplicates > 0 {
        account
            .unexpected
            .push(format!("an orderly end makes no duplicates; {} sessions were lost before it", first.events("session.failed")));
    }
    account
}

/// The second signal ends the process at once, whatever is in work.
pub async fn second_signal(script: Script) -> Account {
    let mut scene = Scene::on(calm_node().await, script).await;
    put_real(&mut scene, script.messages).await;
    let mut first = Process::start(&scene.stage.options, &scene.proxy.url());
    first.logged("delivery.settled", 1).await;
    // With nothing confirmed any more, the drain would take its whole grace.
    scene.proxy.set(Mode::LosePublishes);
    first.signal("TERM");
    first.logged("worker.stopping", 1).await;
    let asked = Instant::now();
    first.signal("TERM");
    let status = first.ended(Duration::from_secs(5)).await;
    assert_eq!(status.code(), Some(130), "after {:?}: {}", asked.elapsed(), first.output());
    scene.proxy.set(Mode::Pass);
    scene.heal().await;
    let second = Process::start(&scene.stage.options, &scene.proxy.url());
    scene.finish(second).await
}

pub async fn terminated_while_disconnected(script: Script) -> Account {
    let mut scene = Scene::on(calm_node().await, script).await;
    put_real(&mut scene, script.messages).await;
    scene.proxy.set(Mode::Refuse);
    let mut first = Process::start(&scene.stage.options, &scene.proxy.url());
    first.logged("session.failed", 2).await;
    first.signal("TERM");
    let status = first.ended(Duration::from_secs(5)).await;
    assert!(status.success(), "{status}: {}", first.output());
    scene.proxy.set(Mode::Pass);
    scene.heal().await;
    let second = Process::start(&scene.stage.options, &scene.proxy.url());
    scene.finish(second).await
}

pub async fn killed(script: Script) -> Account {
    let mut scene = Scene::on(calm_node().await, script).await;
    put_real(&mut scene, script.messages).await;
    for _ in 0..3 {
        let mut victim = Process::start(&scene.stage.options, &scene.proxy.url());
        let some = scene.rng.usize(1..=(script.messages / 6).max(1));
        victim.logged("delivery.settled", some).await;
        victim.signal("KILL");
        assert!(!victim.ended(Duration::from_secs(5)).await.success());
    }
    scene.heal().await;
    let last = Process::start(&scene.stage.options, &scene.proxy.url());
    scene.finish(last).await
}

/// Where Debian's libfaketime lies.
pub fn faketime() -> Option<&'static str> {
    let places = ["/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1", "/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1"];
    places.into_iter().find(|place| std::path::Path::new(place).exists())
}

/// The wall clock jumps an hour ahead and a day back while articles are in work: nothing that the worker waits for may depend on it.
pub async fn clock_jumps(script: Script) -> Account {
    let library = faketime().expect("the list of faults asks before");
    let mut scene = Scene::on(calm_node().await, script).await;
    let folder = tempfile::tempdir().unwrap();
    let clock = folder.path().join("clock");
    std::fs::write(&clock, "+0").unwrap();
    let file = clock.display().to_string();
    let variables = [
        ("LD_PRELOAD", library),
        ("FAKETIME_TIMESTAMP_FILE", file.as_str()),
        ("FAKETIME_NO_CACHE", "1"),
        // The clock that only goes forward is not set by people.
        ("DONT_FAKE_MONOTONIC", "1"),
    ];
    put_real(&mut scene, script.messages / 3).await;
    let mut worker = Process::start_with(&scene.stage.options, &scene.proxy.url(), &[], &variables);
    worker.logged("session.started", 1).await;
    let mut settled = script.messages / 3;
    for jump in ["+1h", "-1d"] {
        worker.logged("delivery.settled", settled / 2).await;
        std::fs::write(&clock, jump).unwrap();
        put_real(&mut scene, script.messages / 3).await;
        settled += script.messages / 3;
    }
    scene.heal().await;
    worker.logged("delivery.settled", settled).await;
    let log = worker.output();
    let times: Vec<&str> = log.lines().filter_map(|line| line.strip_prefix("{\"time\":\"")?.get(..19)).collect();
    assert!(!times.is_sorted(), "the worker did not see the clock jump");
    let lost = worker.events("session.failed");
    let mut account = scene.finish(worker).await;
    if lost > 0 {
        account.unexpected.push(format!("{lost} sessions were lost when the clock jumped"));
    }
    account
}

//! What networks do to connections.

use super::{
    super::{
        ledger::Account,
        proxy::Mode,
        scene::{Gate, Scene, Script, answered, loud},
        support::stage::{answer, eventually, processor},
    },
    calm_node,
};

pub async fn cut(script: Script) -> Account {
    let mut scene = Scene::on(calm_node().await, script).await;
    let running = scene.start();
    for _ in 0..3 {
        let before = running.status.ledger.totals().of(attache::telemetry::Outcome::Answered);
        scene.put(script.messages / 3).await;
        let some = scene.rng.u64(1..=(script.messages as u64 / 6).max(1));
        answered(&running, before + some).await;
        scene.proxy.cut();
    }
    scene.heal().await;
    scene.finish(running).await
}

/// All that is under way on both connections vanishes, and neither side is told.
pub async fn half_open(script: Script) -> Account {
    let mut scene = Scene::on(calm_node().await, script).await;
    scene.put(script.messages).await;
    let running = scene.start();
    answered(&running, scene.some()).await;
    scene.proxy.half_open();
    eventually("the silence is noticed", async || running.status.sessions_lost() > 0).await;
    scene.heal().await;
    scene.finish(running).await
}

pub async fn accepted_but_silent(script: Script) -> Account {
    let mut scene = Scene::on(calm_node().await, script).await;
    scene.put(script.messages).await;
    let running = scene.start();
    answered(&running, scene.some()).await;
    scene.proxy.set(Mode::Silent);
    scene.proxy.cut();
    loud(&running).await;
    let silent = scene.proxy.connections();
    eventually("the worker tries again and again", async || scene.proxy.connections() >= silent + 2).await;
    scene.proxy.set(Mode::Pass);
    scene.heal().await;
    scene.finish(running).await
}

pub async fn refused(script: Script) -> Account {
    let mut scene = Scene::on(calm_node().await, script).await;
    scene.put(script.messages).await;
    let running = scene.start();
    answered(&running, scene.some()).await;
    scene.proxy.set(Mode::Refuse);
    scene.proxy.cut();
    loud(&running).await;
    let refused = scene.proxy.connections();
    eventually("the worker tries again and again", async || scene.proxy.connections() >= refused + 5).await;
    scene.proxy.set(Mode::Pass);
    scene.heal().await;
    scene.finish(running).await
}

pub async fn slow(script: Script) -> Account {
    let mut scene = Scene::on(calm_node().await, script).await;
    scene.put(script.messages).await;
    scene.proxy.set(Mode::Slow);
    let running = scene.start();
    answered(&running, scene.some()).await;
    scene.proxy.set(Mode::Pass);
    scene.heal().await;
    scene.finish(running).await
}

/// Results are confirmed, their acknowledgements vanish, then the connection is cut: duplicates, and never a loss.
pub async fn between_confirm_and_ack(script: Script) -> Account {
    let mut scene = Scene::on(calm_node().await, script).await;
    scene.put(script.messages).await;
    let running = scene.start();
    answered(&running, scene.some()).await;
    scene.proxy.set(Mode::LoseAcknowledgements);
    let before = running.status.ledger.totals().of(attache::telemetry::Outcome::Answered);
    answered(&running, before + script.messages as u64 / 6).await;
    scene.proxy.cut();
    scene.proxy.set(Mode::Pass);
    scene.heal().await;
    let mut account = scene.finish(running).await;
    if account.duplicates == 0 {
        account.unexpected.push("no duplicate, so the fault did not strike".into());
    }
    account
}

/// Results vanish on their way, before the broker has them; then the connection is cut.
pub async fn results_vanish(script: Script) -> Account {
    let mut scene = Scene::on(calm_node().await, script).await;
    scene.put(script.messages).await;
    let running = scene.start();
    answered(&running, scene.some()).await;
    scene.proxy.set(Mode::LosePublishes);
    eventually("results are on their way", async || running.status.ledger.in_flight() >= 3).await;
    loud(&running).await;
    scene.proxy.set(Mode::Pass);
    scene.proxy.cut();
    scene.heal().await;
    scene.finish(running).await
}

/// The connection is cut while one article is in work and later ones are done.
pub async fn cut_with_one_in_work(script: Script) -> Account {
    let mut scene = Scene::on(calm_node().await, script).await;
    // One is held, the others pass one by one, so that their acknowledgements are in order.
    scene.stage.options.in_flight = 2;
    scene.stage.options.limits.extraction = std::time::Duration::from_secs(100);
    let gate = Gate::default();
    let held = gate.clone();
    scene.put(script.messages).await;
    let first = format!("{}-article-1", scene.stage.options.names.input);
    let running = scene.start_with(processor(move |body| {
        if body == first {
            held.wait();
        }
        answer(body)
    }));
    // All that fit in beside the one that is held.
    answered(&running, script.messages as u64 - 1).await;
    scene.proxy.set(Mode::Refuse);
    scene.proxy.cut();
    loud(&running).await;
    gate.open();
    scene.proxy.set(Mode::Pass);
    scene.heal().await;
    scene.finish(running).await
}

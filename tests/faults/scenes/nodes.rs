//! What happens to the broker's process.

use super::{
    super::{
        ledger::Account,
        scene::{Scene, Script, answered, loud},
    },
    blocking, rough_node,
};

pub async fn restarted(script: Script) -> Account {
    let (_turn, node) = rough_node().await;
    let mut scene = Scene::on(node, script).await;
    scene.put(script.messages).await;
    let running = scene.start();
    answered(&running, scene.some()).await;
    blocking(|| node.stop()).await;
    loud(&running).await;
    blocking(|| node.boot()).await;
    scene.reconnect().await;
    scene.heal().await;
    scene.put(script.messages / 2).await;
    scene.finish(running).await
}

pub async fn killed(script: Script) -> Account {
    let (_turn, node) = rough_node().await;
    let mut scene = Scene::on(node, script).await;
    scene.until_queues_are_on_disk().await;
    scene.put(script.messages).await;
    let running = scene.start();
    answered(&running, scene.some()).await;
    blocking(|| node.kill()).await;
    loud(&running).await;
    blocking(|| node.boot()).await;
    scene.reconnect().await;
    scene.heal().await;
    scene.put(script.messages / 2).await;
    scene.finish(running).await
}

/// Long enough that the pauses between attempts have reached their limit.
pub async fn down_for_long(script: Script) -> Account {
    let (_turn, node) = rough_node().await;
    let mut scene = Scene::on(node, script).await;
    scene.put(script.messages).await;
    let running = scene.start();
    answered(&running, scene.some()).await;
    blocking(|| node.stop()).await;
    let lost = running.status.sessions_lost();
    super::super::support::stage::eventually("many attempts", async || running.status.sessions_lost() > lost + 20).await;
    blocking(|| node.boot()).await;
    scene.reconnect().await;
    scene.heal().await;
    scene.finish(running).await
}

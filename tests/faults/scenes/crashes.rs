//! Articles that end the worker's whole process.

use attache::amqp::sabotage;
use lapin::BasicProperties;

use super::{
    super::{
        ledger::{Account, Fate},
        process::Process,
        scene::{Scene, Script},
        support::stage::eventually,
    },
    calm_node,
};

pub async fn abort(script: Script) -> Account {
    crash(script, sabotage::ABORT).await
}

pub async fn stack_overflow(script: Script) -> Account {
    crash(script, sabotage::OVERFLOW).await
}

/// The process is started again after each crash, as an orchestrator would. The article must not take others with it.
async fn crash(script: Script, marker: &str) -> Account {
    let mut scene = Scene::on(calm_node().await, script).await;
    let culprit_after = scene.some() as usize;
    for number in 0..script.messages {
        if number == culprit_after {
            let id = scene.next_id("culprit");
            scene.put_as(&id, marker.as_bytes(), text(), Fate::DeadLetter("crash")).await;
        }
        let id = scene.next_id("innocent");
        scene.put_as(&id, b"Russia expelled two British diplomats on Monday.", text(), Fate::Result).await;
    }
    let mut process = Process::start(&scene.stage.options, &scene.proxy.url());
    let mut crashes = 0;
    eventually("all are settled", async || {
        if process.has_ended() {
            crashes += 1;
            if crashes == 1 {
                scene.heal().await;
            }
            assert!(crashes < 20, "it crashes for ever: {}", process.output());
            process = Process::start(&scene.stage.options, &scene.proxy.url());
        }
        scene.collect().await;
        scene.ledger.is_complete()
    })
    .await;
    assert!(crashes > 0, "the article did not crash it");
    scene.finish(process).await
}

fn text() -> BasicProperties {
    BasicProperties::default().with_content_type("text/plain".into())
}

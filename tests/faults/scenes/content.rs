//! Articles that cannot be processed, or not at the first attempt.

use std::{io::Write, sync::Arc, time::Duration};

use attache::{
    amqp,
    lexicon::Lexicon,
    messages::Envelope,
    syntax::Syntax,
    worker::{Outcome, Worker},
};
use lapin::BasicProperties;

use super::{
    super::{
        ledger::{Account, Fate},
        scene::{Scene, Script},
        support::stage::{answer, eventually, processor},
    },
    calm_node,
};

async fn put_some(scene: &mut Scene, kind: &'static str, count: usize, fate: &Fate) {
    for _ in 0..count {
        let id = scene.next_id(kind);
        scene.put_as(&id, id.as_bytes(), BasicProperties::default(), fate.clone()).await;
    }
}

pub async fn panics(script: Script) -> Account {
    let mut scene = Scene::on(calm_node().await, script).await;
    put_some(&mut scene, "panic", script.messages / 4, &Fate::DeadLetter("panic")).await;
    scene.put(script.messages).await;
    let running = scene.start_with(processor(|body| {
        assert!(!body.contains("panic"), "this one does not work");
        answer(body)
    }));
    scene.finish(running).await
}

pub async fn runs_too_long(script: Script) -> Account {
    let mut scene = Scene::on(calm_node().await, script).await;
    scene.stage.options.limits.extraction = Duration::from_millis(500);
    scene.stage.options.attempts = 2;
    put_some(&mut scene, "endless", 2, &Fate::DeadLetter("extraction_timeout")).await;
    scene.put(script.messages).await;
    let running = scene.start_with(processor(|body| {
        if body.contains("endless") {
            std::thread::sleep(Duration::from_secs(3));
        }
        answer(body)
    }));
    scene.finish(running).await
}

/// Somebody else takes the article and gives it back until the broker itself moves it to the dead letters.
pub async fn poison(script: Script) -> Account {
    let mut scene = Scene::on(calm_node().await, script).await;
    put_some(&mut scene, "poison", 1, &Fate::DeadLetter("by the broker")).await;
    let (input, dead) = (scene.stage.options.names.input.clone(), scene.stage.options.names.dead.clone());
    eventually("the broker gives it up", async || {
        scene.stage.give_back_one(&input).await;
        scene.stage.ready(&dead).await == 1
    })
    .await;
    scene.put(script.messages).await;
    let running = scene.start();
    scene.finish(running).await
}

pub async fn result_too_large(script: Script) -> Account {
    let mut scene = Scene::on(calm_node().await, script).await;
    scene.stage.options.result_bytes = 1000;
    put_some(&mut scene, "large", script.messages / 4, &Fate::DeadLetter("result_too_large")).await;
    scene.put(script.messages).await;
    let running = scene.start_with(processor(|body| match answer(body) {
        Outcome::Answered(mut answer) if body.contains("large") => {
            answer.body.resize(2000, b' ');
            Outcome::Answered(answer)
        }
        other => other,
    }));
    scene.finish(running).await
}

/// Bodies that the real decoder refuses, each with its reason, between articles that it reads.
pub async fn refused_bodies(script: Script) -> Account {
    let mut scene = Scene::on(calm_node().await, script).await;
    let mut worker = Worker::new(Lexicon::built_in(), Syntax::english());
    (worker.decode_limits.body_bytes, worker.decode_limits.decompressed_bytes) = (100_000, 200_000);
    let gzip = || BasicProperties::default().with_content_encoding("gzip".into());
    let bomb = compressed(&vec![b' '; 10_000_000]);
    let deep = [vec![b'['; 5000], vec![b']'; 5000]].concat();
    let plain = BasicProperties::default;
    let bodies: Vec<(&str, Vec<u8>, BasicProperties, &'static str)> = vec![
        ("oversized", vec![b'x'; 150_000], plain(), "too_large"),
        ("invalid", b"{\"text\": ".to_vec(), plain(), "invalid_json"),
        ("bomb", bomb, gzip(), "too_large"),
        ("deep", deep, plain(), "too_deep"),
        ("empty", Vec::new(), plain(), "empty_body"),
        ("picture", vec![0xff, 0xd8, 0xff], plain().with_content_type("image/jpeg".into()), "unsupported_content_type"),
    ];
    for (kind, body, properties, reason) in bodies {
        let id = scene.next_id(kind);
        scene.put_as(&id, &body, properties, Fate::DeadLetter(reason)).await;
    }
    scene.put(script.messages.min(40)).await;
    let json = BasicProperties::default().with_content_type("application/json".into());
    let id = scene.next_id("json");
    scene.put_as(&id, br#"{"text": "Russia expelled two British diplomats."}"#, json, Fate::Result).await;
    let worker = Arc::new(worker);
    // The plain articles of the suite are no JSON: they are sent as text.
    let as_text = move |body: &[u8], envelope: &Envelope| {
        let text = Envelope { content_type: Some("text/plain".into()), ..envelope.clone() };
        let is_plain = std::str::from_utf8(body).is_ok_and(|body| body.contains("-article-"));
        worker.process(body, if is_plain { &text } else { envelope })
    };
    let running = scene.start_with(Arc::new(as_text) as amqp::Processor);
    scene.finish(running).await
}

fn compressed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

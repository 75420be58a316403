//! One worker for a long time among faults at random: nothing lost, and neither memory nor files nor tasks grow.
//!
//! `ATTACHE_SOAK_SECONDS` says how long, `ATTACHE_SOAK_FOLDER` where the table and the plot go.

use std::{
    path::Path,
    time::{Duration, Instant},
};

use lapin::options::ExchangeDeleteOptions;
use libtest_mimic::{Failed, Trial};

use super::{
    ledger::{Account, Fate},
    plot,
    process::Process,
    proxy::Mode,
    scene::{Scene, Script},
    scenes::blocking,
    support::node::Node,
};

const SECONDS: u64 = 120;
/// Articles that may be under way before more are put on.
const UNDER_WAY: usize = 400;
const BATCH: usize = 25;

/// What the worker used at one moment.
#[derive(Clone, Copy, Debug)]
pub struct Sample {
    pub seconds: f64,
    pub settled: usize,
    pub resident_bytes: u64,
    pub open_files: u64,
    pub tasks: u64,
}

#[derive(Clone, Copy, Debug)]
enum Fault {
    Cut,
    HalfOpen,
    Silent,
    Refused,
    Slow,
    AcknowledgementsLost,
    PublishesLost,
    ExchangeDeleted,
    BrokerRestarted,
}

const FAULTS: [Fault; 9] = [
    Fault::Cut,
    Fault::HalfOpen,
    Fault::Silent,
    Fault::Refused,
    Fault::Slow,
    Fault::AcknowledgementsLost,
    Fault::PublishesLost,
    Fault::ExchangeDeleted,
    Fault::BrokerRestarted,
];

pub fn trial(script: Script, seconds: Option<u64>) -> Trial {
    let length = Duration::from_secs(seconds.unwrap_or(SECONDS));
    Trial::test("soak: faults at random", move || {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
        let (account, samples, faults) = runtime.block_on(soak(script, length));
        let report = plot::report(&account, &samples, faults, script.seed);
        println!("{report}");
        if let Some(folder) = std::env::var_os("ATTACHE_SOAK_FOLDER") {
            std::fs::create_dir_all(&folder)?;
            std::fs::write(Path::new(&folder).join("soak.md"), report)?;
            std::fs::write(Path::new(&folder).join("soak.svg"), plot::svg(&samples))?;
        }
        account.check()?;
        check_flat("resident memory", &samples, |sample| sample.resident_bytes as f64, 16e6)?;
        check_flat("open files", &samples, |sample| sample.open_files as f64, 8.0)?;
        check_flat("tasks", &samples, |sample| sample.tasks as f64, 40.0)
    })
}

async fn soak(script: Script, length: Duration) -> (Account, Vec<Sample>, usize) {
    let node: &'static Node = Box::leak(Box::new(blocking(Node::start).await));
    let mut scene = Scene::on(node, script).await;
    let worker = Process::start(&scene.stage.options, &scene.proxy.url());
    let (begun, mut samples, mut faults) = (Instant::now(), Vec::new(), 0);
    while begun.elapsed() < length {
        feed(&mut scene).await;
        if scene.rng.u8(0..4) == 0 {
            faults += 1;
            strike(&mut scene, node).await;
        }
        scene.collect().await;
        samples.extend(sample(&scene, &worker, begun));
        tokio::time::sleep(Duration::from_millis(400)).await;
    }
    scene.heal().await;
    let account = scene.finish(worker).await;
    blocking(|| node.kill()).await;
    (account, samples, faults)
}

async fn feed(scene: &mut Scene) {
    if scene.ledger.len() - scene.ledger.settled() > UNDER_WAY {
        return;
    }
    for _ in 0..BATCH {
        let id = scene.next_id("soak");
        let body = format!(r#"{{"id":"{id}","published_at":"2018-03-27","text":"Russia expelled two British diplomats on Monday."}}"#);
        scene.put_as(&id, body.as_bytes(), Default::default(), Fate::Result).await;
    }
}

async fn strike(scene: &mut Scene, node: &'static Node) {
    let fault = FAULTS[scene.rng.usize(..FAULTS.len())];
    let lasting = Duration::from_millis(scene.rng.u64(200..3000));
    let mode = match fault {
        Fault::Cut => return scene.proxy.cut(),
        Fault::HalfOpen => return scene.proxy.half_open(),
        Fault::ExchangeDeleted => {
            let exchange = scene.stage.options.names.results_exchange.as_str();
            return scene.stage.channel.exchange_delete(exchange.into(), ExchangeDeleteOptions::default()).await.unwrap();
        }
        Fault::BrokerRestarted => {
            blocking(|| node.stop()).await;
            blocking(|| node.boot()).await;
            return scene.reconnect().await;
        }
        Fault::Silent => Mode::Silent,
        Fault::Refused => Mode::Refuse,
        Fault::Slow => Mode::Slow,
        Fault::AcknowledgementsLost => Mode::LoseAcknowledgements,
        Fault::PublishesLost => Mode::LosePublishes,
    };
    scene.proxy.set(mode);
    if matches!(fault, Fault::Silent | Fault::Refused) {
        scene.proxy.cut();
    }
    tokio::time::sleep(lasting).await;
    scene.proxy.set(Mode::Pass);
    if !matches!(fault, Fault::Slow) {
        scene.proxy.cut();
    }
}

/// What the last summary line of the worker's log says.
fn sample(scene: &Scene, worker: &Process, begun: Instant) -> Option<Sample> {
    let log = worker.end_of_output(16 << 10);
    let line = log.lines().rev().find(|line| line.contains("\"deliveries.summary\"") && line.ends_with('}'))?;
    let summary: serde_json::Value = serde_json::from_str(line).ok()?;
    Some(Sample {
        seconds: begun.elapsed().as_secs_f64(),
        settled: scene.ledger.settled(),
        resident_bytes: summary["resident_bytes"].as_u64()?,
        open_files: summary["open_files"].as_u64()?,
        tasks: summary["tasks"].as_u64()?,
    })
}

/// The last quarter must not lie higher than the second, but for what comes and goes.
fn check_flat(what: &str, samples: &[Sample], value: fn(&Sample) -> f64, play: f64) -> Result<(), Failed> {
    let quarter = samples.len() / 4;
    if quarter < 3 {
        return Err(format!("too few samples of {what}: {}", samples.len()).into());
    }
    let (before, after) = (median(&samples[quarter..2 * quarter], value), median(&samples[samples.len() - quarter..], value));
    if after > before * 1.1 + play {
        return Err(format!("{what} grows: {before} in the second quarter, {after} in the last").into());
    }
    Ok(())
}

fn median(samples: &[Sample], value: fn(&Sample) -> f64) -> f64 {
    let mut values: Vec<f64> = samples.iter().map(value).collect();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

//! Every fault that is known to strike a worker between two queues, against real brokers, with a ledger of what became of each article.
//!
//! `scripts/faults` runs it with more messages and prints the table; these variables decide how it goes:
//! `ATTACHE_FAULTS_SEED` (repeats a schedule), `ATTACHE_FAULTS_MESSAGES` (for each fault), `ATTACHE_FAULTS_TABLE` (a file for the table).

mod epmd;
mod ledger;
mod mutants;
mod plot;
mod process;
mod proxy;
mod scene;
mod scenes;
mod secrets;
mod soak;
#[expect(dead_code, reason = "shared with the tests of the broker, which use other parts of it")]
#[path = "../support/mod.rs"]
mod support;
mod table;

use std::{
    pin::Pin,
    process::ExitCode,
    sync::Arc,
    time::{Duration, Instant},
};

use attache::amqp::sabotage::Sabotage;
use libtest_mimic::{Arguments, Failed, Trial};

use crate::{
    ledger::Account,
    scene::Script,
    scenes::{alarms, cluster, content, crashes, login, network, nodes, queues, signals, tls},
};

/// A fault, as it stands in the table.
pub struct Fault {
    name: &'static str,
    scene: Scene,
    /// Why it cannot be tried on this machine, if so.
    skipped: Option<&'static str>,
}

type Scene = fn(Script) -> Pin<Box<dyn Future<Output = Account>>>;

/// One fault may take so long on a machine that is busy with other things; alone it is seconds.
const LIMIT: Duration = Duration::from_secs(300);
const MESSAGES: usize = 60;
/// So many at the beginning of the list strike nodes that take turns.
const ON_NODES: usize = 8;

macro_rules! faults {
    ($($name:literal => $scene:path),* $(,)?) => {
        vec![$( Fault { name: $name, scene: |script| Box::pin($scene(script)), skipped: None } ),*]
    };
}

/// The order is that of the table.
fn faults() -> Vec<Fault> {
    let mut faults = faults![
        "broker restarted" => nodes::restarted,
        "broker killed (kill -9)" => nodes::killed,
        "broker down for long" => nodes::down_for_long,
        "one node of three killed" => cluster::node_lost,
        "cluster parted and healed" => cluster::partition,
        "memory alarm" => alarms::memory,
        "disk alarm" => alarms::disk,
        "acknowledgement too late (406)" => alarms::acknowledgement_too_late,
        "connection cut, three times" => network::cut,
        "connection half open" => network::half_open,
        "connection accepted, then silence" => network::accepted_but_silent,
        "connection refused" => network::refused,
        "slow line" => network::slow,
        "failure between confirm and acknowledgement" => network::between_confirm_and_ack,
        "results vanish on the line" => network::results_vanish,
        "cut with one article in work" => network::cut_with_one_in_work,
        "input queue deleted, consumer cancelled" => queues::input_deleted,
        "input queue deleted and made by others" => queues::input_recreated,
        "output exchange missing" => queues::output_exchange_missing,
        "output queue missing" => queues::output_queue_missing,
        "output unroutable" => queues::unroutable,
        "output full, publishes nacked" => queues::output_full,
        "output full, one article probes" => queues::one_probe_at_a_time,
        "output full for long, articles go round" => queues::output_full_for_long,
        "dead-letter queue full" => queues::dead_letters_full,
        "dead-letter queue missing" => queues::dead_letters_missing,
        "retry queue missing" => queues::retry_missing,
        "queue with other arguments (406)" => queues::other_arguments,
        "wrong password, then the right one" => login::wrong_password,
        "vhost missing" => login::vhost_missing,
        "TLS: another authority, then the right one" => tls::authority_renewed,
        "TLS: another client certificate, then the right one" => tls::client_certificate_renewed,
        "TLS: name, client certificate, port set wrong" => tls::set_wrong,
        "panic in extraction" => content::panics,
        "extraction runs too long" => content::runs_too_long,
        "article given back again and again" => content::poison,
        "oversized, invalid, bomb" => content::refused_bodies,
        "result too large" => content::result_too_large,
        "SIGTERM with work in flight" => signals::terminated,
        "SIGINT with work in flight" => signals::interrupted,
        "second signal" => signals::second_signal,
        "SIGTERM while disconnected" => signals::terminated_while_disconnected,
        "worker killed (kill -9), three times" => signals::killed,
        "wall clock jumps" => signals::clock_jumps,
        "article that aborts the process" => crashes::abort,
        "article that overflows the stack" => crashes::stack_overflow,
    ];
    if signals::faketime().is_none() {
        let clock = faults.iter_mut().find(|fault| fault.name == "wall clock jumps").expect("it is in the list");
        clock.skipped = Some("libfaketime is not installed");
    }
    faults
}

fn main() -> ExitCode {
    let mut arguments = Arguments::from_args();
    // Scenes mostly wait, so a few may do so together.
    arguments.test_threads.get_or_insert(3);
    quiet_extraction();
    let seed = number("ATTACHE_FAULTS_SEED").unwrap_or_else(|| fastrand::u64(0..1_000_000));
    let messages = number("ATTACHE_FAULTS_MESSAGES").map_or(MESSAGES, |messages| usize::try_from(messages).expect("a small number"));
    let script = Script { seed, messages, sabotage: Sabotage::None };
    let mut trials = vec![soak::trial(script, number("ATTACHE_SOAK_SECONDS"))];
    trials.extend(interleaved(faults()).into_iter().map(|(place, fault)| trial(place, fault, script)));
    trials.extend(mutants::trials(script));
    trials.push(secrets::trial(script));
    let conclusion = libtest_mimic::run(&arguments, trials);
    let table = table::markdown();
    if !arguments.list && !table.is_empty() {
        println!("{table}\nseed {seed}, {messages} messages; repeat with ATTACHE_FAULTS_SEED={seed}");
        if let Some(file) = std::env::var_os("ATTACHE_FAULTS_TABLE") {
            std::fs::write(file, table).expect("the table can be written");
        }
    }
    conclusion.exit_code()
}

/// Faults of the nodes take turns and wait for each other: the others, in the second half of the list, fill the time between them.
fn interleaved(faults: Vec<Fault>) -> Vec<(usize, Fault)> {
    let mut nodes: Vec<(usize, Fault)> = faults.into_iter().enumerate().collect();
    let others = nodes.split_off(ON_NODES);
    let mut both = Vec::new();
    let (mut nodes, mut others) = (nodes.into_iter(), others.into_iter());
    loop {
        let pair: Vec<_> = nodes.next().into_iter().chain(others.by_ref().take(3)).collect();
        if pair.is_empty() {
            return both;
        }
        both.extend(pair);
    }
}

/// Panics that a scene asks for would fill the screen.
fn quiet_extraction() {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if std::thread::current().name() != Some("extract") {
            usual(panic);
        }
    }));
}

fn number(variable: &str) -> Option<u64> {
    let text = std::env::var(variable).ok()?;
    Some(text.parse().unwrap_or_else(|_| panic!("{variable} is not a number: {text}")))
}

fn trial(place: usize, fault: Fault, script: Script) -> Trial {
    if let Some(reason) = fault.skipped {
        return Trial::test(fault.name, || Ok(())).with_kind(format!("skipped: {reason}")).with_ignored_flag(true);
    }
    let fault = Arc::new(fault);
    let own = Script { seed: script.seed.wrapping_add(place as u64 * 1_000_003), ..script };
    Trial::test(fault.name, move || {
        let begun = Instant::now();
        let account = play(fault.scene, own)?;
        let verdict = account.check();
        eprintln!("{}: {:.1} s", fault.name, begun.elapsed().as_secs_f64());
        table::note(place, &fault, account);
        verdict.map_err(Failed::from)
    })
}

/// Plays one scene in a runtime of its own.
pub fn play(scene: Scene, script: Script) -> Result<Account, Failed> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let account = runtime.block_on(async { tokio::time::timeout(LIMIT, scene(script)).await });
    // Threads that are stuck on purpose are not waited for.
    runtime.shutdown_background();
    account.map_err(|_| Failed::from(format!("not over within {} s", LIMIT.as_secs())))
}

//! Shows that the suite can fail: the worker with one rule of its promise broken loses articles, and the ledger says so.

use attache::amqp::sabotage::Sabotage;
use libtest_mimic::{Failed, Trial};

use super::{
    Scene, play,
    scene::Script,
    scenes::{network, queues},
};

pub fn trials(script: Script) -> Vec<Trial> {
    vec![
        trial(
            "mutant: acknowledges before the confirm",
            Sabotage::AckBeforeConfirm,
            |script| Box::pin(network::results_vanish(script)),
            script,
        ),
        trial("mutant: publishes without mandatory", Sabotage::NotMandatory, |script| Box::pin(queues::unroutable(script)), script),
        trial(
            "mutant: acknowledges several at once",
            Sabotage::AckMultiple,
            |script| Box::pin(network::cut_with_one_in_work(script)),
            script,
        ),
    ]
}

fn trial(name: &str, sabotage: Sabotage, scene: Scene, script: Script) -> Trial {
    let broken = Script { sabotage, ..script };
    Trial::test(name, move || match play(scene, broken)? {
        account if account.lost.is_empty() => Err(Failed::from(format!("nothing was lost, so the suite would not notice: {account:?}"))),
        account => {
            eprintln!("{sabotage:?}: {} of {} lost, as it must be", account.lost.len(), account.messages);
            Ok(())
        }
    })
}

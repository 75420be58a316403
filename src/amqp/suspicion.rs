//! Articles that may have ended the process: worked on alone, a limited number of times, so that they take no others with them.
//!
//! When a process crashes, everything it held is delivered again, the culprit among many innocent ones; the next process takes
//! these one at a time ([`super::consumer`]), so that only the culprit comes back again. The broker counts that, but it counts lost
//! connections just so. What came back too often is therefore not begun but set aside: a copy goes through the retry queue with a
//! count of its own in a header, and is then worked on while nothing else is. An innocent article is answered so; the culprit
//! ends the process once more, comes back with its count, and becomes a dead letter after `retry.attempts` of them.

use lapin::{BasicProperties, message::Delivery};

use super::{
    options::Options,
    properties::{SUSPECTED, delivery_count, header_count},
};
use crate::settings::QueueType;

/// Deliveries without an acknowledgement, as after lost connections, before an article is suspected.
const UNSETTLED: u64 = 3;

/// How a delivery is to be treated, by how often it came back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Suspicion {
    None,
    /// It came back often: to be set aside, with this count.
    SetAside(u32),
    /// It was set aside: to be worked on alone.
    Alone,
    /// It has been worked on alone so often, and never came to an end.
    GiveUp(u32),
}

impl Suspicion {
    pub fn of(delivery: &Delivery, options: &Options) -> Self {
        let counts = options.queues.kind == QueueType::Quorum;
        Self::judge(times_suspected(&delivery.properties), unsettled(delivery, counts), options.attempts)
    }

    fn judge(suspected: u32, unsettled: u64, attempts: u32) -> Self {
        match (suspected, unsettled) {
            (0, ..UNSETTLED) => Self::None,
            (1.., 0) => Self::Alone,
            (times, _) if times >= attempts.max(1) => Self::GiveUp(times),
            (times, _) => Self::SetAside(times + 1),
        }
    }
}

/// How often the message was set aside.
fn times_suspected(properties: &BasicProperties) -> u32 {
    header_count(properties, SUSPECTED)
}

/// Earlier deliveries that were not acknowledged. A classic queue does not count them: one is suspect enough.
fn unsettled(delivery: &Delivery, counts: bool) -> u64 {
    match delivery.redelivered && !counts {
        true => UNSETTLED,
        false => delivery_count(&delivery.properties),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lost_connections_alone_make_no_suspect() {
        assert_eq!(Suspicion::judge(0, 0, 5), Suspicion::None);
        assert_eq!(Suspicion::judge(0, 2, 5), Suspicion::None);
    }

    #[test]
    fn what_comes_back_too_often_is_set_aside_and_then_worked_on_alone() {
        assert_eq!(Suspicion::judge(0, 3, 5), Suspicion::SetAside(1));
        assert_eq!(Suspicion::judge(1, 0, 5), Suspicion::Alone);
    }

    #[test]
    fn what_never_ends_is_given_up_after_the_attempts() {
        assert_eq!(Suspicion::judge(1, 1, 5), Suspicion::SetAside(2));
        assert_eq!(Suspicion::judge(4, 1, 5), Suspicion::SetAside(5));
        assert_eq!(Suspicion::judge(5, 0, 5), Suspicion::Alone);
        assert_eq!(Suspicion::judge(5, 1, 5), Suspicion::GiveUp(5));
    }
}

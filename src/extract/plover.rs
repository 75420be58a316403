//! PLOVER's tables (manual 0.8, 2021, Open Event Data Alliance, CC BY-SA 4.0): group and conflict-cooperation score of types
//! and modes.

use super::{EventType, Mode, Quad};

/// The group that a type belongs to.
pub fn quad(kind: EventType) -> Quad {
    use EventType::{Accuse, Agree, Aid, Concede, Consult, Cooperate, Reject, Request, Retreat, Sanction, Support, Threaten};
    match kind {
        Agree | Consult | Support | Concede => Quad::VerbalCooperation,
        Cooperate | Aid | Retreat => Quad::MaterialCooperation,
        Request | Accuse | Reject | Threaten => Quad::VerbalConflict,
        Sanction => Quad::MaterialConflict,
    }
}

/// The score from -10 (conflict) to 10 (cooperation): the mode's where the table gives one, else the type's.
pub fn score(kind: EventType, mode: Option<Mode>) -> f64 {
    mode.and_then(|mode| mode_score(kind, mode)).unwrap_or_else(|| type_score(kind))
}

fn type_score(kind: EventType) -> f64 {
    match kind {
        EventType::Agree | EventType::Consult => 2.5,
        EventType::Support => 5.0,
        EventType::Concede => 4.5,
        EventType::Cooperate => 9.5,
        EventType::Aid => 10.0,
        EventType::Retreat => 6.5,
        EventType::Request => 0.0,
        // The manual prints 3 without the sign; its modes and its group say that it is negative.
        EventType::Accuse => -3.0,
        EventType::Reject => -2.0,
        EventType::Threaten => -3.5,
        EventType::Sanction => -6.0,
    }
}

fn mode_score(kind: EventType, mode: Mode) -> Option<f64> {
    let score = match (kind, mode) {
        (EventType::Consult, Mode::Visit | Mode::Multilateral) => 4.0,
        (EventType::Consult, Mode::ThirdParty) => 1.0,
        (EventType::Consult, Mode::Phone) => 1.5,
        (EventType::Retreat, Mode::Withdraw) => 8.0,
        (EventType::Retreat, Mode::Disarm) => 10.0,
        (EventType::Retreat, Mode::Ceasefire) => 7.5,
        (EventType::Retreat, Mode::Release | Mode::Access) => 6.5,
        (EventType::Retreat, Mode::Resign) => 4.5,
        (EventType::Request, Mode::Assist) => 0.5,
        (EventType::Request, Mode::Change | Mode::Yield) => -1.0,
        (EventType::Request, Mode::Meet) => 0.0,
        (EventType::Accuse, Mode::Disapprove) => -2.0,
        (EventType::Accuse, Mode::Investigate | Mode::Allege) => -3.5,
        (EventType::Reject, Mode::Assist) => -1.5,
        (EventType::Reject, Mode::Change | Mode::Yield | Mode::Meet) => -2.0,
        (EventType::Threaten, Mode::Restrict) => -3.0,
        (EventType::Threaten, Mode::Arrest | Mode::Relations | Mode::Expel | Mode::Violence) => -3.5,
        (EventType::Threaten, Mode::Territory) => -4.0,
        (EventType::Sanction, Mode::Convict | Mode::Withdraw | Mode::Discontinue) => -6.0,
        (EventType::Sanction, Mode::Expel) => -5.5,
        _ => return None,
    };
    Some(score)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scores_agree_with_their_group() {
        for kind in EventType::ALL.iter().copied() {
            for mode in Mode::ALL.iter().copied().map(Some).chain([None]) {
                let score = score(kind, mode);
                match quad(kind) {
                    Quad::VerbalCooperation | Quad::MaterialCooperation => assert!(score > 0.0, "{kind:?} {mode:?}"),
                    Quad::VerbalConflict | Quad::MaterialConflict => assert!(score <= 0.5, "{kind:?} {mode:?}"),
                }
            }
        }
    }

    #[test]
    fn the_mode_decides_where_it_has_a_score() {
        assert_eq!(score(EventType::Consult, Some(Mode::Visit)), 4.0);
        assert_eq!(score(EventType::Consult, None), 2.5);
        assert_eq!(score(EventType::Retreat, Some(Mode::Withdraw)), 8.0);
        assert_eq!(score(EventType::Sanction, Some(Mode::Withdraw)), -6.0);
        assert_eq!(score(EventType::Accuse, None), -3.0);
    }
}

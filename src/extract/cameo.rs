//! The CAMEO code closest to a PLOVER type and mode (CAMEO codebook 1.1b3, 2012; the PLOVER conversion table of 2021 read backwards).

use crate::lexicon::{EventType, Mode};

/// For rules that name no code of their own.
pub(super) fn cameo(kind: EventType, mode: Option<Mode>) -> &'static str {
    use EventType::{Accuse, Agree, Aid, Concede, Consult, Cooperate, Reject, Request, Retreat, Sanction, Support, Threaten};
    use Mode::*;
    match (kind, mode) {
        (Agree, _) => "030",
        (Consult, Some(Visit)) => "042",
        (Consult, Some(Phone)) => "041",
        (Consult, Some(ThirdParty)) => "045",
        (Consult, Some(Multilateral)) => "046",
        (Consult, _) => "040",
        (Support, _) => "050",
        (Concede, _) => "080",
        (Cooperate, _) => "060",
        (Aid, _) => "070",
        (Retreat, Some(Release)) => "0841",
        (Retreat, Some(Access)) => "0861",
        (Retreat, Some(Disarm)) => "0862",
        (Retreat, Some(Ceasefire)) => "0871",
        (Retreat, Some(Withdraw)) => "0873",
        (Retreat, _) => "085",
        (Request, Some(Assist)) => "023",
        (Request, Some(Change)) => "024",
        (Request, Some(Yield)) => "025",
        (Request, Some(Meet)) => "026",
        (Request, _) => "020",
        (Accuse, Some(Investigate)) => "090",
        (Accuse, Some(Allege)) => "112",
        (Accuse, _) => "111",
        (Reject, Some(Assist)) => "122",
        (Reject, Some(Change)) => "123",
        (Reject, Some(Yield)) => "124",
        (Reject, Some(Meet)) => "125",
        (Reject, _) => "120",
        (Threaten, Some(Restrict)) => "1312",
        (Threaten, Some(Relations)) => "1313",
        (Threaten, Some(Violence)) => "138",
        (Threaten, Some(Territory)) => "1383",
        (Threaten, _) => "130",
        (Sanction, Some(Expel)) => "166",
        (Sanction, Some(Withdraw)) => "161",
        (Sanction, Some(Convict)) => "173",
        (Sanction, Some(Discontinue)) => "164",
        (Sanction, _) => "163",
    }
}

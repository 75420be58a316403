//! The closed lists: every name that a rule may use and a result may carry.

/// Makes an enum whose values have one name each on the wire and in the lexicon.
macro_rules! named {
    ($(#[$doc:meta])* $name:ident { $($variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name { $($variant),+ }

        impl $name {
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            pub fn name(self) -> &'static str {
                match self { $($name::$variant => $text),+ }
            }

            pub fn from_name(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.name() == name)
            }
        }
    };
}

named! {
    /// PLOVER event types within the scope of diplomacy.
    EventType {
        Agree = "AGREE", Consult = "CONSULT", Support = "SUPPORT", Concede = "CONCEDE", Cooperate = "COOPERATE", Aid = "AID",
        Retreat = "RETREAT", Request = "REQUEST", Accuse = "ACCUSE", Reject = "REJECT", Threaten = "THREATEN", Sanction = "SANCTION",
    }
}

named! {
    /// PLOVER modes of those types.
    Mode {
        Visit = "visit", ThirdParty = "third-party", Multilateral = "multilateral", Phone = "phone", Withdraw = "withdraw", Release = "release",
        Disarm = "disarm", Ceasefire = "ceasefire", Access = "access", Resign = "resign", Assist = "assist", Change = "change", Yield = "yield",
        Meet = "meet", Disapprove = "disapprove", Investigate = "investigate", Allege = "allege", Restrict = "restrict", Arrest = "arrest",
        Relations = "relations", Expel = "expel", Territory = "territory", Violence = "violence", Convict = "convict", Discontinue = "discontinue",
    }
}

named! {
    /// PLOVER's four groups of event types.
    Quad {
        VerbalCooperation = "verbal_cooperation", MaterialCooperation = "material_cooperation",
        VerbalConflict = "verbal_conflict", MaterialConflict = "material_conflict",
    }
}

named! {
    /// Whether the event happened (codebook, section 4).
    Status { Actual = "actual", Future = "future", Hypothetical = "hypothetical", Negated = "negated", Historical = "historical" }
}

named! {
    /// What is done with a sanction (codebook, section 5).
    Action {
        Impose = "impose", Expand = "expand", Extend = "extend", Enforce = "enforce", Threaten = "threaten", Propose = "propose", Ease = "ease",
        Suspend = "suspend", Lift = "lift", Evade = "evade", Oppose = "oppose", Existing = "existing",
    }
}

named! {
    /// Kinds of restriction, in OpenSanctions' vocabulary for programmes.
    Measure {
        AssetFreeze = "asset_freeze", TravelBan = "travel_ban", ArmsEmbargo = "arms_embargo", ExportControl = "export_control",
        ImportRestriction = "import_restriction", OilEmbargo = "oil_embargo", FinancialRestriction = "financial_restriction",
        InvestmentBan = "investment_ban", TransportRestriction = "transport_restriction", ServicesBan = "services_ban",
        TradeEmbargo = "trade_embargo", AidSuspension = "aid_suspension", Diplomatic = "diplomatic", Sectoral = "sectoral",
    }
}

/// What an actor is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PartyKind {
    State,
    Organisation,
    Group,
}

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

named! {
    /// PLOVER's contexts of events.
    Context {
        Military = "military", Intelligence = "intelligence", Executive = "executive", Legislative = "legislative", Election = "election",
        PoliticalInstitutions = "political_institutions", ProDemocracy = "pro_democracy", ProAutocracy = "pro_autocracy",
        Economic = "economic", Legal = "legal", Reparations = "reparations", HumanRights = "human_rights", RightsFreedoms = "rights_freedoms",
        Repression = "repression", HumanSecurity = "human_security", Gender = "gender", Lgbt = "lgbt", ReligionEthnicity = "religion_ethnicity",
        Inequality = "inequality", Diplomatic = "diplomatic", Territory = "territory", Peacekeeping = "peacekeeping", Health = "health",
        Asylum = "asylum", Migration = "migration", Disasters = "disasters", NaturalResource = "natural_resource",
        Environment = "environment", Technology = "technology", Terrorism = "terrorism", Cbrn = "cbrn", Cyber = "cyber",
        Misinformation = "misinformation", Crime = "crime", Corruption = "corruption", IllegalDrugs = "illegal_drugs", Trafficking = "trafficking",
    }
}

named! {
    /// PLOVER's sectors of actors; where a phrase names several, the first of this order holds.
    Sector {
        Mil = "MIL", Leg = "LEG", Jud = "JUD", Spy = "SPY", Cop = "COP", Opp = "OPP", Reb = "REB", Uaf = "UAF", Pty = "PTY", Ngo = "NGO",
        Med = "MED", Bus = "BUS", Edu = "EDU", Cvl = "CVL", Igo = "IGO", Gov = "GOV",
    }
}

/// What an actor is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PartyKind {
    State,
    Organisation,
    Group,
}

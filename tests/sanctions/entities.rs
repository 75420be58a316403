//! Whom a mention lists, and the country that they give it.

use attache::{
    extract::{EntityKind, Measure},
    lexicon::Naming,
};

use super::{LEXICON, read, report};

/// A sentence, the targets of its first mention, and the entities with their kinds.
type Row = (&'static str, &'static str, &'static [(&'static str, EntityKind)]);

use EntityKind::{Organisation, Person, Sector, Vessel};

const ROWS: &[Row] = &[
    ("The United States imposed sanctions on Rosneft and Sberbank.", "RUS", &[("Rosneft", Organisation), ("Sberbank", Organisation)]),
    ("The EU imposed sanctions on Oleg Deripaska.", "RUS", &[("Oleg Deripaska", Person)]),
    ("The United States sanctioned Huawei.", "CHN", &[("Huawei", Organisation)]),
    ("The United States imposed sanctions on Bank Melli.", "IRN", &[("Bank Melli", Organisation)]),
    ("The United States imposed sanctions on the Wagner Group.", "RUS", &[("Wagner Group", Organisation)]),
    ("The United States blacklisted PDVSA.", "VEN", &[("PDVSA", Organisation)]),
    ("The United States imposed sanctions on Nord Stream 2.", "RUS", &[("Nord Stream 2", Organisation)]),
    ("The United Nations blacklisted Ocean Maritime Management.", "PRK", &[("Ocean Maritime Management", Organisation)]),
    (
        "The U.S. Treasury imposed sanctions on two Turkish ministers, Abdulhamit Gul and Suleyman Soylu.",
        "TUR",
        &[("Abdulhamit Gul", Person), ("Suleyman Soylu", Person)],
    ),
    (
        "The European Union sanctions a dozen Iranian officers and companies, including Iran Air and members of the Quds Force.",
        "IRN",
        &[("Iran Air", Organisation), ("Quds Force", Organisation)],
    ),
    ("The U.S. Treasury sanctioned the Syrian banker Karim Testani.", "SYR", &[("Karim Testani", Person)]),
    ("The United States lifts its sanctions on the Brazilian judge Alexandre de Moraes.", "BRA", &[("Alexandre de Moraes", Person)]),
    ("The United States imposed sanctions on the Rwandan military.", "RWA", &[("Rwandan military", Organisation)]),
    ("The EU imposed sanctions on the energy sector of Russia.", "RUS", &[("energy sector", Sector)]),
    ("The EU imposed sanctions on Russia's oil industry.", "RUS", &[("oil industry", Sector)]),
    ("The United States imposed sanctions on the North Korean ship Wise Honest.", "PRK", &[("Wise Honest", Vessel)]),
    ("The United States imposed sanctions on the Iranian tanker Testa Maru.", "IRN", &[("Testa Maru", Vessel)]),
    ("The United States imposed sanctions on Belarusian President Alexander Lukashenko.", "BLR", &[("Alexander Lukashenko", Person)]),
    ("The United States seized the Iranian tanker Testa 4 under its sanctions.", "IRN", &[("Testa 4", Vessel)]),
    ("Russia imposed sanctions on Poland's Senate speaker Bogdan Testowski.", "POL", &[("Bogdan Testowski", Person)]),
    ("China will impose sanctions on American Senators Jane Roe and Ann Poe.", "USA", &[("Jane Roe", Person), ("Ann Poe", Person)]),
    ("The United States imposed sanctions on fifty relatives of Nicaraguan National Assembly members.", "NIC", &[]),
    ("The United States imposed sanctions under the Caesar Act.", "SYR", &[]),
    ("The United States imposed sanctions on Iran.", "IRN", &[]),
];

#[test]
fn entities_are_listed_and_give_the_target() {
    let mut findings = Vec::new();
    for (text, target, wanted) in ROWS {
        let found = read(text, "2022-04-01");
        let Some(mention) = found.sanctions.first() else {
            findings.push(format!("{text:?}: no mention"));
            continue;
        };
        let targets: Vec<&str> = mention.targets.iter().map(|party| party.code.as_str()).collect();
        let entities: Vec<(&str, EntityKind)> = mention.entities.iter().map(|entity| (entity.span.of(text), entity.kind)).collect();
        if targets != [*target] || entities != *wanted {
            findings.push(format!("{text:?}: wanted {target} {wanted:?}, found {targets:?} {entities:?}"));
        }
    }
    report(findings);
}

/// What was done before is not what is restricted.
#[test]
fn measures_are_not_read_from_reasons() {
    let measures = |text: &str| read(text, "2022-04-01").sanctions.first().map(|mention| mention.measures.clone());
    assert_eq!(measures("The UN imposed sanctions on Mali over violations of an arms embargo."), Some(vec![]));
    assert_eq!(measures("The UN imposed sanctions and an arms embargo on Mali over a massacre."), Some(vec![Measure::ArmsEmbargo]));
}

/// A company acts for nobody, and what is said to it is not said to its country.
#[test]
fn companies_are_no_diplomatic_actors() {
    let texts = [
        "Huawei accused the United States of bullying.",
        "Gazprom signed an agreement with Germany.",
        "Rosneft met Indian officials in Delhi.",
        "The United States criticised Human Rights Watch.",
        "Lockheed Martin agreed to sell jets to Poland.",
        "Oleg Deripaska visited Germany.",
    ];
    let told = |text: &&str| {
        let events = read(text, "2022-04-01").events;
        let codes = events.iter().flat_map(|event| event.actors.iter().chain(&event.recipients)).map(|party| party.code.as_str());
        let codes: Vec<&str> = codes.collect();
        ["CHN", "RUS"].iter().any(|code| codes.contains(code)).then(|| format!("{text:?}: {codes:?}"))
    };
    report(texts.iter().filter_map(told).collect());
}

#[test]
fn there_are_entities_enough_and_no_actor_has_their_names() {
    let entities: usize = LEXICON.actors.iter().map(|actor| actor.entities.len()).sum();
    assert!(entities >= 300, "{entities} entities");
    let mut findings = Vec::new();
    for actor in &LEXICON.actors {
        for entity in &actor.entities {
            let document = attache::text::Document::new(&entity.name);
            let words = (0..document.tokens.len()).map(|token| LEXICON.names.word(document.form(token)));
            let senses = LEXICON.names.longest(words).map(|(_, senses)| senses).unwrap_or_default();
            if senses.len() != 1 || !matches!(senses[0].naming, Naming::Entity(_)) {
                findings.push(format!("{} of {}: other actors or entities claim the name: {senses:?}", entity.name, actor.code));
            }
        }
    }
    report(findings);
}

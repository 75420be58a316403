//! Which programme a sentence speaks of.

use super::{LEXICON, read, report};

/// A sentence, its day, and the programmes of all mentions in it.
type Row = (&'static str, &'static str, &'static [&'static str]);

const ROWS: &[Row] = &[
    // By sender, target and day.
    ("The United Nations imposed sanctions on North Korea on Monday.", "2017-09-12", &["UN-DPRK"]),
    ("The Security Council extended sanctions against Libya.", "2020-05-01", &["UN-LBY"]),
    ("The Security Council imposed sanctions on Libya.", "1993-11-11", &["UN-LBY-1992"]),
    ("The United Nations lifted sanctions on Liberia.", "2016-05-25", &["UN-LBR"]),
    ("The United Nations lifted sanctions on Eritrea.", "2018-11-14", &["UN-ERI"]),
    ("The UN imposed sanctions on Iraq.", "1991-02-01", &["UN-IRQ-1990"]),
    ("The UN Security Council renewed sanctions on Mali.", "2021-08-30", &["UN-MLI"]),
    ("The EU imposed sanctions on Russia.", "2022-03-01", &["EU-RUS"]),
    ("The European Union extended sanctions against Belarus.", "2023-02-27", &["EU-BLR"]),
    ("The European Union imposed sanctions on Syria.", "2012-02-27", &["EU-SYR"]),
    ("The EU lifted sanctions on Zimbabwe.", "2014-02-20", &["EU-ZWE"]),
    ("The European Union imposed sanctions on Myanmar.", "2021-03-22", &["EU-MMR"]),
    ("The EU imposed sanctions on Venezuela.", "2018-01-22", &["EU-VEN"]),
    ("Brussels imposed sanctions on Iran.", "2012-01-23", &["EU-IRN"]),
    ("The United States imposed sanctions on Russia.", "2015-03-11", &["US-UKRRUS-REL"]),
    ("The United States imposed sanctions on Russia.", "2022-02-24", &["US-RUSHAR"]),
    ("The United States imposed sanctions on Burma.", "2003-07-28", &["US-BURMA-1997"]),
    ("The United States imposed sanctions on Myanmar.", "2021-02-12", &["US-BURMA"]),
    ("The United States imposed sanctions on Sudan.", "1998-01-01", &["US-SUDAN"]),
    ("The United States lifted sanctions on Ivory Coast.", "2016-09-14", &["US-CIV"]),
    ("The United States imposed sanctions on Zimbabwe.", "2008-07-25", &["US-ZIMBABWE"]),
    ("The United States eased sanctions on Venezuela.", "2023-10-18", &["US-VEN"]),
    ("The US imposed sanctions on Iran.", "2018-11-05", &["US-IRAN"]),
    ("Britain imposed sanctions on Russia.", "2022-02-22", &["GB-RUS"]),
    ("Britain imposed sanctions on Belarus.", "2021-08-09", &["GB-BLR"]),
    ("Canada imposed sanctions on Iran.", "2022-10-03", &["CA-IRN"]),
    ("Canada imposed sanctions on Russia.", "2014-03-18", &["CA-RUS"]),
    ("Switzerland imposed sanctions on Myanmar.", "2021-04-01", &["CH-MYANMAR"]),
    ("Australia imposed sanctions on Russia.", "2022-02-23", &["AU-RUSSIA"]),
    ("Japan extended sanctions on North Korea.", "2021-04-06", &["JP-DPRK"]),
    ("New Zealand imposed sanctions on Russia.", "2022-03-18", &["NZ-RSA2022"]),
    ("ECOWAS imposed sanctions on Mali.", "2022-01-10", &["ECOWAS-MLI"]),
    ("The Arab League imposed sanctions on Syria.", "2011-11-27", &["ARAB_LEAGUE-SYR"]),
    ("Ukraine imposed sanctions on Russia.", "2016-09-17", &["UA-SA1644"]),
    // By the target's companies and people.
    ("The United States imposed sanctions on Rosneft.", "2022-02-24", &["US-RUSHAR"]),
    ("The EU imposed sanctions on Bank Melli.", "2008-06-23", &["EU-IRN"]),
    ("Britain imposed sanctions on Roman Abramovich.", "2022-03-10", &["GB-RUS"]),
    // By an act.
    ("The United States imposed sanctions on Rosneft under Executive Order 13662.", "2022-09-12", &["US-SSI", "US-UKRRUS-REL"]),
    ("The Treasury imposed sanctions on North Korea under E.O. 13810.", "2017-09-26", &["US-DPRK"]),
    ("North Korea is under sanctions imposed by Security Council resolution 2375.", "2017-10-01", &["UN-DPRK"]),
    ("The EU imposed sanctions on Russian officials under Regulation (EU) 2024/2642.", "2024-12-16", &["EU-RUSDA"]),
    ("The EU imposed sanctions on Russian officials under Council Regulation (EU) No 269/2014.", "2022-03-15", &["EU-UKR"]),
    ("The United States imposed sanctions on Russia under CAATSA.", "2018-09-20", &["US-CAATSA"]),
    ("The US imposed new sanctions under the Caesar Act.", "2020-06-17", &["US-SYR"]),
    ("The United States imposed sanctions on Mexican traffickers under the Kingpin Act.", "2013-07-30", &["US-NARCO"]),
    ("The United States imposed sanctions on Chinese officials under the Hong Kong Autonomy Act.", "2021-01-15", &[]),
    ("The United States imposed sanctions on Cuba under the Helms-Burton Act.", "1996-03-12", &["US-CUBA"]),
    ("Britain imposed sanctions on Russian banks under SI 2019/855.", "2022-03-01", &["GB-RUS"]),
    ("The United States imposed sanctions on Nicaraguan officials under the NICA Act.", "2019-04-17", &["US-NICARAGUA"]),
    (
        "Canada imposed sanctions on Russian officials under the Justice for Victims of Corrupt Foreign Officials Act.",
        "2017-11-03",
        &["CA-JVCFOA"],
    ),
    // By a name.
    ("The United States imposed Global Magnitsky sanctions on a Chinese official.", "2020-07-09", &["US-GLOMAG"]),
    ("The United States added Huawei to the Entity List.", "2019-05-16", &["US-BIS-EL"]),
    ("China added Lockheed Martin to its unreliable entity list.", "2023-02-16", &["CN-UEL"]),
    ("Congress voted to lift the Cuba embargo.", "2000-07-20", &["US-CUBA"]),
    ("The Libya Sanctions Committee imposed a travel ban on two Libyan commanders.", "2018-06-07", &["UN-LBY"]),
    (
        "The United States imposed sanctions on a minister of Zimbabwe under the Zimbabwe Sanctions Regulations.",
        "2008-07-25",
        &["US-ZIMBABWE"],
    ),
    // Nothing that is sure.
    ("The United States imposed sanctions on China.", "2020-05-01", &[]),
    ("The EU imposed sanctions on Turkmenistan.", "2020-05-01", &[]),
    ("France imposed sanctions on Iran.", "2011-05-01", &[]),
    ("Sanctions against Russia hurt its economy.", "2022-05-01", &[]),
    ("The United Nations imposed sanctions on Eritrea.", "2022-05-01", &[]),
    ("India imposed sanctions on Pakistan.", "2025-05-01", &[]),
    ("ECOWAS imposed sanctions on Mali.", "2025-01-10", &[]),
];

#[test]
fn programmes_are_linked_by_name_by_act_and_by_sender_target_and_day() {
    assert!(ROWS.len() >= 60, "{} sentences", ROWS.len());
    let mut findings = Vec::new();
    for (text, day, wanted) in ROWS {
        let found = read(text, day);
        let mut linked: Vec<&str> = found.sanctions.iter().flat_map(|mention| &mention.programmes).map(String::as_str).collect();
        linked.sort_unstable();
        linked.dedup();
        if found.sanctions.is_empty() || linked != *wanted {
            findings.push(format!("{text:?} ({day}): wanted {wanted:?}, found {linked:?} in {} mentions", found.sanctions.len()));
        }
    }
    report(findings);
}

#[test]
fn there_are_programmes_enough_and_each_can_be_found() {
    let all = &LEXICON.programmes.all;
    assert!(all.len() >= 120, "{} programmes", all.len());
    let aliased = all.iter().filter(|programme| has_alias(&programme.id)).count();
    assert!(aliased >= 150, "{aliased} programmes with names that texts use");
    let unreachable = |programme: &&attache::lexicon::Programme| {
        let named = LEXICON.programmes.named(&programme.id).is_empty();
        !programme.main && programme.legal.is_empty() && named && !has_alias(&programme.id)
    };
    report(
        all.iter()
            .filter(unreachable)
            .map(|programme| format!("{}: no alias, no act, not main: nothing can find it", programme.id))
            .collect(),
    );
}

/// Whether the file gives names that stand in texts.
fn has_alias(id: &str) -> bool {
    let file = std::fs::read_to_string(format!("config/lexicon/programmes/{id}.toml")).expect("a programme file");
    let file: toml::Table = file.parse().expect("TOML");
    file.get("aliases").and_then(|aliases| aliases.as_array()).is_some_and(|aliases| !aliases.is_empty())
}

#[test]
fn the_acts_of_programmes_are_written_as_references_are() {
    let is_id = |id: &String| LEXICON.law.references(id).iter().any(|reference| reference.id == *id);
    let wrong = |programme: &'static attache::lexicon::Programme| {
        programme.legal.iter().filter(|id| !is_id(id)).map(|id| format!("{}: no reference is ever read as {id:?}", programme.id))
    };
    report(LEXICON.programmes.all.iter().flat_map(wrong).collect());
}

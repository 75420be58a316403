//! Who sanctions whom where only a body, a list or an act says so.

use super::{read, report};

/// A sentence, the senders and the targets of its first mention.
type Row = (&'static str, &'static str, &'static str);

const ROWS: &[Row] = &[
    ("OFAC imposed sanctions on an Iranian bank.", "USA", "IRN"),
    ("The Treasury Department sanctioned the Bank of Dandong.", "USA", "CHN"),
    ("The Treasury sanctioned Bank Melli.", "USA", "IRN"),
    ("The State Department imposed sanctions on Rosoboronexport.", "USA", "RUS"),
    ("The Commerce Department added SMIC to its entity list.", "USA", "CHN"),
    ("Huawei was added to the Entity List.", "USA", "CHN"),
    ("The Bureau of Industry and Security added 14 Chinese companies to the Entity List.", "USA", "CHN"),
    ("The Council of the EU imposed sanctions on Belavia.", "EU", "BLR"),
    ("OFSI imposed an asset freeze on Sovcomflot.", "GBR", "RUS"),
    ("SECO imposed sanctions on Russian banks.", "CHE", "RUS"),
    ("Sanctions on North Korea were imposed under Security Council resolution 1718.", "UN", "PRK"),
    ("Sanctions were imposed on Iranian banks under Executive Order 13902.", "USA", "IRN"),
    ("Sanctions on Russian banks were adopted under Council Regulation (EU) No 833/2014.", "EU", "RUS"),
    ("Sanctions on Russia were imposed under the Russia (Sanctions) (EU Exit) Regulations 2019.", "GBR", "RUS"),
    ("The United States imposed sanctions under the Caesar Act.", "USA", "SYR"),
    ("The United States imposed sanctions under Executive Order 13810.", "USA", "PRK"),
    ("Sanctions against Russia hurt its economy.", "", "RUS"),
];

#[test]
fn senders_and_targets_are_known_from_bodies_lists_and_acts() {
    let mut findings = Vec::new();
    for (text, senders, targets) in ROWS {
        let found = read(text, "2022-04-01");
        let codes = |parties: &[attache::extract::Party]| parties.iter().map(|party| party.code.as_str()).collect::<Vec<_>>().join("+");
        let told = found.sanctions.first().map(|mention| (codes(&mention.senders), codes(&mention.targets)));
        if told != Some(((*senders).to_owned(), (*targets).to_owned())) {
            findings.push(format!("{text:?}: wanted {senders:?} > {targets:?}, found {told:?}"));
        }
    }
    report(findings);
}

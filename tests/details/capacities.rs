//! In which capacity parties act: office and sector of the first actor.

use super::{event, report};

/// Type of the event, sector and role of its first actor, sentence.
const TABLE: &[(&str, &str, &str, &str)] = &[
    ("CONSULT", "GOV", "foreign minister", "Japanese Foreign Minister Kenji Watanabe visited Peru."),
    ("REJECT", "GOV", "-", "Iran rejected a French proposal."),
    ("ACCUSE", "LEG", "-", "The Turkish parliament condemned Germany."),
    ("ACCUSE", "MIL", "-", "The Pakistani army accused India of firing across the line."),
    ("ACCUSE", "MIL", "defence minister", "Israel's defence minister accused Syria of smuggling rockets."),
    ("ACCUSE", "JUD", "-", "A Spanish court indicted four Rwandan officers."),
    ("ACCUSE", "IGO", "-", "The United Nations condemned Myanmar."),
    ("ACCUSE", "SPY", "-", "Germany's intelligence agency accused China of stealing patents."),
    ("ACCUSE", "JUD", "-", "The U.S. Department of Justice indicted four Chinese officers."),
    ("SUPPORT", "GOV", "-", "The People's Republic of China praised Laos."),
    ("CONSULT", "GOV", "secretary of state", "Rex Tillerson visited Mexico."),
];

#[test]
fn parties_have_the_sector_and_role_that_their_words_tell() {
    let mut findings = Vec::new();
    for (kind, sector, role, text) in TABLE {
        match event(text, "2018-01-20", kind) {
            Ok(event) => {
                let found =
                    event.actors.first().map(|actor| (actor.sector.as_deref().unwrap_or("-"), actor.role.as_deref().unwrap_or("-")));
                if found != Some((*sector, *role)) {
                    findings.push(format!("{text}\n    wanted {sector} {role}, found {found:?}"));
                }
            }
            Err(told) => findings.push(told),
        }
    }
    report(findings, TABLE.len());
}

//! Who says that an event happened: the speaker as written and their code, or `-` where the text itself says so.

use super::{event, quote, report};

const DAY: &str = "2018-01-20";

/// Type of the event, speaker, sentence.
const TABLE: &[(&str, &str, &str)] = &[
    ("SANCTION", "Seoul KOR", "Seoul says that Pyongyang expelled two Chinese diplomats."),
    ("SANCTION", "Kremlin RUS", "Ukraine has expelled two Hungarian diplomats, according to the Kremlin."),
    (
        "CONSULT",
        "Chrystia Freeland CAN",
        "Mexico and the United States will hold talks in March, Canadian Foreign Minister Chrystia Freeland said.",
    ),
    ("RETREAT", "Turkey TUR", "Turkey said that Iran had released three Kurdish prisoners to Iraq."),
    ("AID", "U.N. official UN", "Kenya has sent food to Somalia, a U.N. official said."),
    ("SANCTION", "Lavrov RUS", "Poland expelled two Russian diplomats, Lavrov said."),
    ("SANCTION", "analysts -", "Analysts said that China had imposed sanctions on North Korea."),
    ("CONSULT", "state television -", "The presidents of Iran and Iraq met on Sunday, state television reported."),
    ("SANCTION", "-", "Russia expelled two British diplomats on Monday."),
    ("ACCUSE", "-", "Russia accused Britain of staging the attack."),
    ("REJECT", "-", "Iran said that it rejected the American offer."),
    ("AGREE", "-", "Serbia said that it had agreed to meet Kosovo."),
    ("THREATEN", "-", "North Korea warned that it would attack South Korea."),
    ("CONSULT", "-", "After meeting Sergei Lavrov, Rex Tillerson told reporters that he was optimistic."),
    ("SUPPORT", "-", "The prime minister of Japan praised India."),
    ("ACCUSE", "Egypt EGY", "Egypt confirmed that Sudan had accused Ethiopia of breaking the agreement."),
    ("SANCTION", "Israel ISR", "Israel confirmed on Tuesday that Turkey had recalled its ambassador to Israel."),
    ("SANCTION", "Washington Post -", "The Washington Post reports that Germany expelled two Egyptian diplomats."),
    (
        "SANCTION",
        "Palestinian Ministry PSE",
        "The Palestinian Ministry of Foreign Affairs said that Israel expelled two Turkish diplomats.",
    ),
    ("RETREAT", "-", "The European Union lifted all sanctions on Myanmar, citing the improvement of freedoms."),
    ("SANCTION", "-", "Jordan said that it was worried after Israel expelled two Egyptian diplomats."),
    ("RETREAT", "Xi Jinping CHN", "Xi Jinping announced that North Korea had released two American prisoners."),
];

#[test]
fn the_speaker_is_the_source_of_the_claim() {
    let mut findings = Vec::new();
    for (kind, wanted, text) in TABLE {
        let found = event(text, DAY, kind).map(|event| match event.source_of_claim {
            Some(source) => format!("{} {}", quote(text, source.span), source.code.as_deref().unwrap_or("-")),
            None => "-".to_owned(),
        });
        match found {
            Ok(found) if found.eq_ignore_ascii_case(wanted) => {}
            Ok(found) => findings.push(format!("{text}\n    wanted {wanted}, found {found}")),
            Err(told) => findings.push(told),
        }
    }
    report(findings, TABLE.len());
}

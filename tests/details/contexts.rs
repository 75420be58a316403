//! Contexts of events by the words of their clause.

use super::{event, report};

/// Type of the event, contexts that it must have and one that it must not, sentence.
const TABLE: &[(&str, &[&str], &str, &str)] = &[
    ("AGREE", &["natural_resource", "economic"], "cyber", "Norway and Poland agreed on a new gas pipeline and a loan."),
    ("ACCUSE", &["cyber"], "health", "The United States accused North Korea of the hacking of a bank."),
    ("ACCUSE", &["human_rights"], "environment", "Canada condemned Iran for the torture of political prisoners."),
    ("SANCTION", &["intelligence", "diplomatic"], "migration", "Britain expelled two Russian diplomats for espionage."),
    ("COOPERATE", &["military"], "health", "India and Japan held a joint naval exercise."),
    ("AID", &["health"], "military", "China sent a million doses of vaccine to Cambodia."),
    ("REQUEST", &["cbrn"], "asylum", "The United States urged Iran to halt uranium enrichment."),
    ("ACCUSE", &["territory"], "illegal_drugs", "Chile accused Bolivia of crossing the border."),
    ("AID", &["disasters", "human_security"], "cyber", "Japan sent relief to Nepal after the earthquake."),
    ("AID", &["asylum"], "military", "Germany granted asylum to two Belarusian pilots."),
    ("ACCUSE", &["corruption"], "gender", "Switzerland accused Nigeria of corruption."),
    ("REQUEST", &["environment"], "terrorism", "Australia urged Japan to end whaling."),
];

#[test]
fn words_of_the_clause_tell_the_contexts() {
    let mut findings = Vec::new();
    for (kind, wanted, unwanted, text) in TABLE {
        match event(text, "2018-01-20", kind) {
            Ok(event) => {
                let has = |context: &str| event.contexts.iter().any(|other| other == context);
                if !wanted.iter().all(|context| has(context)) || has(unwanted) {
                    findings.push(format!("{text}\n    wanted {wanted:?} and not {unwanted}, found {:?}", event.contexts));
                }
            }
            Err(told) => findings.push(told),
        }
    }
    report(findings, TABLE.len());
}

#[test]
fn words_of_another_clause_tell_nothing() {
    let text = "Russia expelled two British diplomats on Monday, while a court in Lima tried a drug smuggler.";
    let event = event(text, "2018-01-20", "SANCTION").expect("an expulsion");
    assert!(!event.contexts.iter().any(|context| context == "illegal_drugs"), "{:?}", event.contexts);
}

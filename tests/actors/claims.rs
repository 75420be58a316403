//! Names that two actors claim. People may share one when they were not in office together; a seat that stands for an
//! organisation may also be a place of a state.

use std::collections::BTreeMap;

use jiff::{ToSpan, civil::Date};

use super::facts::Actor;

/// Of two people's terms: what a hand-over or a date of a month only may be.
const TOLERANCE_DAYS: i32 = 31;

struct Claim<'a> {
    code: &'a str,
    /// Kind and key: "state.cities".
    by: String,
    /// Of a person: the times in office.
    terms: Option<Vec<(Date, Date)>>,
}

pub fn disputed(actors: &[Actor]) -> Vec<String> {
    let mut claims: BTreeMap<&str, Vec<Claim>> = BTreeMap::new();
    for actor in actors {
        for (key, names) in &actor.surfaces {
            let claim = || Claim { code: &actor.code, by: format!("{}.{key}", actor.kind), terms: None };
            names.iter().for_each(|name| claims.entry(name).or_default().push(claim()));
        }
        for person in &actor.people {
            let terms = || Some(person.terms.iter().map(|term| (term.from.0, term.to.1)).collect());
            let claim = || Claim { code: &actor.code, by: "people".to_owned(), terms: terms() };
            person.all_names().for_each(|name| claims.entry(name).or_default().push(claim()));
        }
    }
    let mut problems = Vec::new();
    for (name, claims) in &claims {
        for (at, first) in claims.iter().enumerate() {
            let rivals = claims[at + 1..].iter().filter(|second| second.code != first.code && !agree(first, second));
            problems.extend(
                rivals.map(|second| format!("`{name}` is claimed by {} ({}) and {} ({})", first.code, first.by, second.code, second.by)),
            );
        }
    }
    problems
}

fn agree(first: &Claim, second: &Claim) -> bool {
    let keys = [first.by.as_str(), second.by.as_str()];
    if keys.contains(&"organisation.capital") && keys.contains(&"state.cities") {
        return true;
    }
    let (Some(first), Some(second)) = (&first.terms, &second.terms) else { return false };
    let together = |a: &(Date, Date), b: &(Date, Date)| a.0.max(b.0).saturating_add(TOLERANCE_DAYS.days()) < a.1.min(b.1);
    !first.iter().any(|a| second.iter().any(|b| together(a, b)))
}

#[test]
fn claims_of_two_codes_are_found() {
    let actor = |code: &str, text: &str| Actor::parse(std::path::Path::new(&format!("{code}.toml")), text);
    let person = |from: &str, to: &str| {
        format!("kind = \"state\"\n[[people]]\nname = \"X Y\"\nterms = [{{ office = \"king\", from = \"{from}\", to = \"{to}\" }}]")
    };
    assert!(disputed(&[actor("AAA", &person("1990", "1999")), actor("BBB", &person("2001", "2002"))]).is_empty());
    assert_eq!(disputed(&[actor("AAA", &person("1990", "1999")), actor("BBB", &person("1998", "2002"))]).len(), 1);
    let state = actor("AAA", "kind = \"state\"\ncities = [\"Seat\"]");
    assert!(disputed(&[actor("ORG", "kind = \"organisation\"\ncapital = [\"Seat\"]"), state]).is_empty());
    let cities = "kind = \"state\"\ncities = [\"Town\"]";
    assert_eq!(disputed(&[actor("AAA", cities), actor("BBB", cities)]).len(), 1);
}

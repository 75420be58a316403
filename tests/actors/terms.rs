//! Times in office: an office has one holder at a time, and the most important ones are never vacant.

use std::collections::BTreeMap;

use jiff::{ToSpan, civil::Date};

use super::facts::{Actor, Checks, Term, Unbroken};

/// Hand-overs, acting holders and dates that give only a month overlap or gape a little.
const TOLERANCE_DAYS: i32 = 31;

pub fn problems(actor: &Actor, checks: &Checks) -> Vec<String> {
    let mut problems = backward(actor);
    problems.extend(overlaps(actor, checks));
    if let Some(unbroken) = checks.unbroken.get(&actor.code).filter(|_| actor.kind != "group") {
        problems.extend(gaps(actor, unbroken));
    }
    problems.into_iter().map(|problem| format!("{}: {problem}", actor.file)).collect()
}

fn backward(actor: &Actor) -> Vec<String> {
    let terms = actor.people.iter().flat_map(|person| person.terms.iter().map(move |term| (person, term)));
    let backward = terms.filter(|(_, term)| term.to.1 < term.from.0);
    backward.map(|(person, term)| format!("{}: the term as {} ends before it begins", person.name, term.office)).collect()
}

/// Two people in one office at a time, by the days that are certain.
fn overlaps(actor: &Actor, checks: &Checks) -> Vec<String> {
    let mut holders: BTreeMap<&str, Vec<(Date, Date, &str)>> = BTreeMap::new();
    for person in &actor.people {
        for term in person.terms.iter().filter(|term| checks.sole_offices.contains(&term.office)) {
            holders.entry(&term.office).or_default().push((term.from.1, term.to.0, &person.name));
        }
    }
    let mut problems = Vec::new();
    for (office, mut terms) in holders {
        terms.sort_unstable();
        for pair in terms.windows(2) {
            let (end, start) = (pair[0].1, pair[1].0);
            if start.saturating_add(TOLERANCE_DAYS.days()) < end {
                problems.push(format!("{office}: {} and {} overlap from {start}", pair[0].2, pair[1].2));
            }
        }
    }
    problems
}

/// Times in which nobody held the office.
fn gaps(actor: &Actor, unbroken: &Unbroken) -> Vec<String> {
    let holds = |term: &&Term| term.office.ends_with(&unbroken.office);
    let mut terms: Vec<(Date, Date)> =
        actor.people.iter().flat_map(|person| &person.terms).filter(holds).map(|term| (term.from.0, term.to.1)).collect();
    terms.sort_unstable();
    let mut latest = Date::new(unbroken.since, 12, 31).expect("a year");
    let mut problems = Vec::new();
    for (start, end) in terms {
        if latest.saturating_add(TOLERANCE_DAYS.days()) < start {
            problems.push(format!("nobody is {} from {latest} to {start}", unbroken.office));
        }
        latest = latest.max(end);
    }
    if latest < Date::MAX {
        problems.push(format!("nobody is {} after {latest}", unbroken.office));
    }
    problems
}

#[test]
fn overlaps_gaps_and_backward_terms_are_found() {
    let checks = Checks::parse(
        "common_words = []\nstate_codes = []\nsole_offices = [\"king\"]\n[unbroken]\nAAA = { office = \"king\", since = 1999 }",
    );
    let actor = |terms: &str| Actor::parse(std::path::Path::new("AAA.toml"), &format!("kind = \"state\"\n{terms}"));
    let reign = |name: &str, from: &str, to: &str| {
        format!("[[people]]\nname = \"{name}\"\nterms = [{{ office = \"king\", from = \"{from}\"{to} }}]\n")
    };
    let fine = actor(&(reign("A", "1990", ", to = \"2004-05\"") + &reign("B", "2004-06-10", "")));
    assert!(problems(&fine, &checks).is_empty(), "{:?}", problems(&fine, &checks));
    let both = actor(&(reign("A", "1990", ", to = \"2004-05\"") + &reign("B", "2003-01", "")));
    assert!(problems(&both, &checks)[0].contains("overlap"));
    let gap = actor(&(reign("A", "1990", ", to = \"2004-05\"") + &reign("B", "2005", "")));
    assert!(problems(&gap, &checks)[0].contains("nobody is king from 2004-05-31"));
    let vacant = actor(&reign("A", "1990", ", to = \"2004-05\""));
    assert!(problems(&vacant, &checks)[0].contains("after 2004-05-31"));
    let backward = actor(&reign("A", "1990", ", to = \"1980\""));
    assert!(problems(&backward, &checks)[0].contains("ends before"));
}

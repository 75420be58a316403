//! The actor files, checked as a whole: what no single file can be seen to be wrong about. `checks.toml` holds what is asked for.

mod claims;
mod facts;
mod terms;

use std::{collections::BTreeSet, fs, path::Path};

use facts::{Actor, Checks};

const ACTORS: &str = "config/lexicon/actors";

fn actors() -> Vec<Actor> {
    let mut actors = Vec::new();
    for kind in ["states", "organisations", "groups"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(ACTORS).join(kind);
        for entry in fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
            let path = entry.expect("a folder entry").path();
            actors.push(Actor::parse(&path, &fs::read_to_string(&path).expect("a text")));
        }
    }
    actors.sort_by(|a, b| a.file.cmp(&b.file));
    assert!(actors.len() > 400, "only {} actor files found", actors.len());
    actors
}

/// Fails with all problems that a check finds in the actor files.
#[track_caller]
fn check(find: impl Fn(&[Actor], &Checks) -> Vec<String>) {
    let problems = find(&actors(), &Checks::read());
    assert!(problems.is_empty(), "{} problems:\n{}", problems.len(), problems.join("\n"));
}

#[test]
fn names_are_no_common_words() {
    check(common_words);
}

#[test]
fn names_are_written_as_in_a_text() {
    check(|actors, _| actors.iter().flat_map(misspelt).collect());
}

#[test]
fn no_two_actors_claim_a_name() {
    check(|actors, _| claims::disputed(actors));
}

#[test]
fn offices_have_neither_gaps_nor_two_holders() {
    check(|actors, checks| actors.iter().flat_map(|actor| terms::problems(actor, checks)).collect());
}

#[test]
fn codes_are_known() {
    check(unknown_codes);
}

/// Surfaces that are ordinary words, unless the file says that they are something else too; for people there is no excuse.
fn common_words(actors: &[Actor], checks: &Checks) -> Vec<String> {
    let is_common = |name: &String| checks.common_words.contains(name);
    let mut problems = Vec::new();
    for actor in actors {
        let names = actor.surfaces.iter().flat_map(|(key, names)| names.iter().map(move |name| (key.as_str(), name)));
        let doubtful = names.filter(|(_, name)| is_common(name) && !actor.ambiguous.contains(*name));
        let people = actor.people.iter().flat_map(|person| person.all_names()).map(|name| ("people", name));
        let all = doubtful.chain(people.filter(|(_, name)| is_common(name)));
        problems.extend(all.map(|(key, name)| format!("{}: {key} holds `{name}`, a common word or surname", actor.file)));
    }
    problems
}

fn misspelt(actor: &Actor) -> Vec<String> {
    let mut problems = Vec::new();
    for (key, names) in &actor.surfaces {
        let mut seen = BTreeSet::new();
        for name in names {
            let why = match name {
                _ if !seen.insert(name) => "stands twice",
                _ if name.starts_with("the ") => "begins with an article: leave it out",
                _ if name.trim() != name || name.is_empty() => "has stray space or is empty",
                _ if name.contains('’') => "has a curly apostrophe: write a straight one",
                _ => continue,
            };
            problems.push(format!("{}: {key}: `{name}` {why}", actor.file));
        }
    }
    let own: BTreeSet<&String> = actor.surfaces.values().flatten().collect();
    let stray = actor.ambiguous.iter().filter(|name| !own.contains(name));
    problems.extend(stray.map(|name| format!("{}: ambiguous: `{name}` is no name of this file", actor.file)));
    problems
}

/// State files that are not ISO 3166-1, codes without a file, and members and groups of nobody.
fn unknown_codes(actors: &[Actor], checks: &Checks) -> Vec<String> {
    let known: BTreeSet<&str> = actors.iter().map(|actor| actor.code.as_str()).collect();
    let states: BTreeSet<&str> = actors.iter().filter(|actor| actor.kind == "state").map(|actor| actor.code.as_str()).collect();
    let listed: BTreeSet<&str> = checks.state_codes.iter().map(String::as_str).collect();
    let mut problems: Vec<String> = listed.difference(&states).map(|code| format!("no file for the ISO 3166-1 code {code}")).collect();
    problems.extend(states.difference(&listed).map(|code| format!("{code}.toml: no ISO 3166-1 code")));
    for actor in actors {
        let strangers = actor.members.iter().filter(|code| !known.contains(code.as_str()));
        problems.extend(strangers.map(|code| format!("{}: the member {code} has no file", actor.file)));
        let is_code = actor.code.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || "_+".contains(c));
        if !is_code || actor.code.len() < 2 {
            problems.push(format!("{}: `{}` is no code: capitals, digits and _ only", actor.file, actor.code));
        }
    }
    problems
}

#[test]
fn the_checks_find_what_is_wrong() {
    let checks = Checks::parse("common_words = [\"May\"]\nstate_codes = [\"AAA\", \"CCC\"]\nsole_offices = []\n[unbroken]");
    let actor = Actor::parse(
        Path::new("BBB.toml"),
        "kind = \"state\"\nname = \"B\"\nnames = [\"B\", \"the B\", \"B\"]\ncities = [\"May\"]\nambiguous = [\"X\"]\nmembers = [\"DDD\"]\n\
         [[people]]\nname = \"Ann May\"\nnames = [\"May\"]\nterms = [{ office = \"queen\", from = \"2000\" }]",
    );
    assert_eq!(common_words(std::slice::from_ref(&actor), &checks).len(), 2);
    assert_eq!(misspelt(&actor).len(), 3);
    assert_eq!(unknown_codes(&[actor], &checks).len(), 4);
}

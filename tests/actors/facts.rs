//! An actor file and the list of checks, as these tests need them.

use std::{collections::BTreeMap, fs, path::Path};

use jiff::civil::Date;
use serde::Deserialize;
use toml::{Table, Value};

/// Keys that hold names of the actor itself.
const SURFACES: [&str; 8] = ["names", "former", "capital", "metonyms", "cities", "organs", "adjectives", "demonyms"];

pub struct Actor {
    /// Below the folder of its kind.
    pub file: String,
    pub code: String,
    pub kind: String,
    /// By key.
    pub surfaces: BTreeMap<String, Vec<String>>,
    pub ambiguous: Vec<String>,
    pub members: Vec<String>,
    pub people: Vec<Person>,
}

pub struct Person {
    pub name: String,
    names: Vec<String>,
    pub terms: Vec<Term>,
}

/// A time in office. Dates may give a month or a year only: then first and last day differ.
pub struct Term {
    pub office: String,
    pub from: (Date, Date),
    pub to: (Date, Date),
}

impl Actor {
    pub fn parse(path: &Path, text: &str) -> Self {
        let file = path.file_name().expect("a file name").to_string_lossy().into_owned();
        let table: Table = text.parse().unwrap_or_else(|error| panic!("{file}: {error}"));
        let word = |key: &str| table.get(key).and_then(Value::as_str).map(str::to_owned);
        let people = table.get("people").and_then(Value::as_array).into_iter().flatten();
        Self {
            code: word("code").unwrap_or_else(|| file.trim_end_matches(".toml").to_owned()),
            kind: word("kind").unwrap_or_else(|| panic!("{file}: no kind")),
            surfaces: SURFACES.iter().map(|key| ((*key).to_owned(), list(&table, key))).collect(),
            ambiguous: list(&table, "ambiguous"),
            members: list(&table, "members"),
            people: people.map(|person| Person::read(&file, person)).collect(),
            file,
        }
    }
}

impl Person {
    fn read(file: &str, person: &Value) -> Self {
        let table = person.as_table().unwrap_or_else(|| panic!("{file}: people is no list of tables"));
        let name = table["name"].as_str().unwrap_or_else(|| panic!("{file}: a person without a name")).to_owned();
        let terms = table["terms"].as_array().into_iter().flatten().map(|term| Term::read(file, term)).collect();
        Self { names: list(table, "names"), name, terms }
    }

    /// The full name first.
    pub fn all_names(&self) -> impl Iterator<Item = &String> {
        std::iter::once(&self.name).chain(self.names.iter().filter(|name| **name != self.name))
    }
}

impl Term {
    fn read(file: &str, term: &Value) -> Self {
        let date =
            |key: &str| term.get(key).map(|date| days(date.as_str().unwrap_or_default()).unwrap_or_else(|| panic!("{file}: {term}")));
        Self {
            office: term["office"].as_str().unwrap_or_else(|| panic!("{file}: {term}")).to_owned(),
            from: date("from").unwrap_or_else(|| panic!("{file}: {term} has no `from`")),
            to: date("to").unwrap_or((Date::MAX, Date::MAX)),
        }
    }
}

/// The first and the last day of `2018`, `2018-03` or `2018-03-26`.
fn days(text: &str) -> Option<(Date, Date)> {
    let parts: Vec<i16> = text.split('-').map(str::parse).collect::<Result<_, _>>().ok()?;
    let date = |year, month, day| Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok();
    match parts[..] {
        [year] => Some((date(year, 1, 1)?, date(year, 12, 31)?)),
        [year, month] => date(year, month, 1).map(|first| (first, first.last_of_month())),
        [year, month, day] => date(year, month, day).map(|day| (day, day)),
        _ => None,
    }
}

fn list(table: &Table, key: &str) -> Vec<String> {
    let entries = table.get(key).and_then(Value::as_array).into_iter().flatten();
    entries.filter_map(|entry| entry.as_str().map(str::to_owned)).collect()
}

/// `checks.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Checks {
    pub common_words: Vec<String>,
    pub state_codes: Vec<String>,
    pub sole_offices: Vec<String>,
    /// By code.
    pub unbroken: BTreeMap<String, Unbroken>,
}

/// An office that somebody holds on every day after the end of a year.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unbroken {
    pub office: String,
    pub since: i16,
}

impl Checks {
    pub fn read() -> Self {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/actors/checks.toml");
        Self::parse(&fs::read_to_string(path).expect("checks.toml"))
    }

    pub fn parse(text: &str) -> Self {
        toml::from_str(text).unwrap_or_else(|error| panic!("checks.toml: {error}"))
    }
}

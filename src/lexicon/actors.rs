//! States, organisations and armed groups: who can be a party to an event, and by which names.

use jiff::civil::Date;
use serde::Deserialize;

use super::{LexiconError, entities::ListedEntity, source::File, vocabulary::PartyKind};

/// One polity or international actor.
#[derive(Debug)]
pub struct Actor {
    /// The code that results carry; a group has the code of the polity that it belongs to.
    pub code: String,
    pub name: String,
    pub kind: PartyKind,
    /// Codes of an organisation's members, where they are listed.
    pub members: Vec<String>,
    /// What its names say that it is, in lower case: "kingdom" of "Kingdom of Norway".
    pub forms: Vec<String>,
    /// Offices that need no polity beside them in its own releases, each as its words in lower case.
    pub titles: Vec<Vec<String>>,
    /// Hosts of the sites on which it publishes its releases.
    pub sites: Vec<String>,
    pub people: Vec<Person>,
    /// Companies, bodies, people and ships of it that sanctions speak of.
    pub entities: Vec<ListedEntity>,
}

/// A person who acts for a polity while in office.
#[derive(Debug)]
pub struct Person {
    pub name: String,
    pub terms: Vec<Term>,
}

/// One time in office; the days are the first and the last that the term may have included.
#[derive(Debug)]
pub struct Term {
    pub office: String,
    pub from: Date,
    pub to: Date,
}

impl Person {
    /// The office held on a day, or the first one listed when the day is not known.
    pub fn office_on(&self, day: Option<Date>) -> Option<&str> {
        let Some(day) = day else { return self.terms.first().map(|term| term.office.as_str()) };
        self.terms.iter().find(|term| term.from <= day && day <= term.to).map(|term| term.office.as_str())
    }

    /// Whether the person had left all offices before a day.
    pub fn left_before(&self, day: Date) -> bool {
        self.terms.iter().all(|term| term.to < day)
    }
}

/// What a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Naming {
    /// Its name, official, short or former.
    Name,
    /// A part that acts for it: an organ, a ministry, a parliament.
    Organ,
    /// Its capital or seat, which may stand for its government or be just a place.
    Capital,
    /// Another of its places, which never stands for it.
    City,
    /// "Russian": stands for it only beside people or bodies that act.
    Adjective,
    /// "Russians".
    Demonym,
    /// The person of this index.
    Person(u16),
    /// The company, body, person or ship of this index, which never acts for it.
    Entity(u16),
}

/// The actor file as it is written. Its keys are documented in config/lexicon/README.md.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ActorFile {
    kind: KindName,
    code: Option<String>,
    name: String,
    names: Vec<String>,
    #[serde(default)]
    former: Vec<String>,
    #[serde(default)]
    adjectives: Vec<String>,
    #[serde(default)]
    demonyms: Vec<String>,
    #[serde(default)]
    capital: Vec<String>,
    #[serde(default)]
    metonyms: Vec<String>,
    #[serde(default)]
    organs: Vec<String>,
    #[serde(default)]
    cities: Vec<String>,
    /// Names that are also something else; they count only with support from the words around them.
    #[serde(default)]
    ambiguous: Vec<String>,
    #[serde(default)]
    members: Vec<String>,
    #[serde(default)]
    titles: Vec<String>,
    #[serde(default)]
    sites: Vec<String>,
    #[serde(default)]
    people: Vec<PersonEntry>,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum KindName {
    State,
    Organisation,
    Group,
}

impl From<KindName> for PartyKind {
    fn from(name: KindName) -> Self {
        match name {
            KindName::State => Self::State,
            KindName::Organisation => Self::Organisation,
            KindName::Group => Self::Group,
        }
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct PersonEntry {
    name: String,
    #[serde(default)]
    names: Vec<String>,
    terms: Vec<TermEntry>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct TermEntry {
    office: String,
    from: String,
    to: Option<String>,
}

/// A name as an actor file claims it.
pub(super) struct Claim {
    pub name: String,
    pub naming: Naming,
    pub ambiguous: bool,
}

/// Reads one actor file: the actor and all the names that it claims.
pub(super) fn read(file: &File) -> Result<(Actor, Vec<Claim>), LexiconError> {
    let entry: ActorFile = file.parse()?;
    let kind = PartyKind::from(entry.kind);
    let code = match entry.code {
        Some(code) => code,
        None if kind == PartyKind::Group => return Err(file.refuse("kind", "a group needs `code`: the polity it belongs to, or its own")),
        None => file.id().to_owned(),
    };
    let mut claims = Vec::new();
    let mut claim = |names: &[String], naming| {
        claims.extend(names.iter().map(|name| Claim { name: name.clone(), naming, ambiguous: entry.ambiguous.contains(name) }));
    };
    claim(&entry.names, Naming::Name);
    claim(&entry.former, Naming::Name);
    claim(&entry.metonyms, Naming::Organ);
    claim(&entry.organs, Naming::Organ);
    claim(&entry.capital, Naming::Capital);
    claim(&entry.cities, Naming::City);
    claim(&entry.adjectives, Naming::Adjective);
    claim(&entry.demonyms, Naming::Demonym);
    let mut people = Vec::new();
    for (at, person) in entry.people.into_iter().enumerate() {
        let naming = Naming::Person(u16::try_from(at).map_err(|_| file.refuse("people", "more than 65,535 people in one file"))?);
        claim(std::slice::from_ref(&person.name), naming);
        claim(&person.names, naming);
        people.push(read_person(file, person)?);
    }
    let titles = entry.titles.iter().map(|title| title.to_lowercase().split(' ').map(str::to_owned).collect()).collect();
    let forms = entry.names.iter().filter_map(|name| name.split_once(" of ")?.0.rsplit(' ').next().map(str::to_lowercase)).collect();
    let (members, sites) = (entry.members, entry.sites);
    Ok((Actor { code, name: entry.name, kind, forms, members, titles, sites, people, entities: Vec::new() }, claims))
}

fn read_person(file: &File, entry: PersonEntry) -> Result<Person, LexiconError> {
    let terms: Result<Vec<Term>, LexiconError> = entry.terms.into_iter().map(|term| read_term(file, term)).collect();
    let terms = terms?;
    if terms.is_empty() {
        return Err(file.refuse(&entry.name, format!("{} has no term of office; give at least one with `from`", entry.name)));
    }
    Ok(Person { name: entry.name, terms })
}

fn read_term(file: &File, entry: TermEntry) -> Result<Term, LexiconError> {
    let from = first_day(&entry.from).ok_or_else(|| file.refuse(&entry.from, bad_date(&entry.from)))?;
    let to = match &entry.to {
        None => Date::MAX,
        Some(to) => last_day(to).ok_or_else(|| file.refuse(to, bad_date(to)))?,
    };
    if to < from {
        return Err(file.refuse(&entry.from, format!("the term as {} ends before it begins", entry.office)));
    }
    Ok(Term { office: entry.office, from, to })
}

fn bad_date(text: &str) -> String {
    format!("`{text}` is no date; write YYYY, YYYY-MM or YYYY-MM-DD")
}

pub(super) fn first_day(text: &str) -> Option<Date> {
    let (year, month, day) = parts(text)?;
    Date::new(year, month.unwrap_or(1), day.unwrap_or(1)).ok()
}

pub(super) fn last_day(text: &str) -> Option<Date> {
    let (year, month, day) = parts(text)?;
    let first = Date::new(year, month.unwrap_or(12), 1).ok()?;
    Date::new(year, first.month(), day.unwrap_or(first.days_in_month())).ok()
}

fn parts(text: &str) -> Option<(i16, Option<i8>, Option<i8>)> {
    let mut parts = text.split('-');
    let year = parts.next()?.parse().ok()?;
    let month = parts.next().map(str::parse).transpose().ok()?;
    let day = parts.next().map(str::parse).transpose().ok()?;
    parts.next().is_none().then_some((year, month, day))
}

//! Companies, bodies, people and ships that sanctions speak of, each with the polity that it belongs to.

use serde::Deserialize;

use super::{
    LexiconError,
    actors::{Claim, Naming},
    source::File,
};

/// One of them: `entities/CODE.toml` lists those of the polity CODE.
#[derive(Debug)]
pub struct ListedEntity {
    pub name: String,
    pub kind: EntityKind,
}

/// What is listed in a sanctions measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EntityKind {
    Person,
    Organisation,
    Vessel,
    Sector,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct EntityFile {
    #[serde(rename = "title")]
    _title: String,
    #[serde(default)]
    organisations: Vec<EntityEntry>,
    #[serde(default)]
    people: Vec<EntityEntry>,
    #[serde(default)]
    vessels: Vec<EntityEntry>,
    /// Names that are also something else; they count only where no other name stands around them.
    #[serde(default)]
    ambiguous: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct EntityEntry {
    name: String,
    #[serde(default)]
    names: Vec<String>,
}

/// Reads one file: the entities and all names that they claim.
pub(super) fn read(file: &File) -> Result<(Vec<ListedEntity>, Vec<Claim>), LexiconError> {
    let EntityFile { organisations, people, vessels, ambiguous, .. } = file.parse()?;
    let groups = [(EntityKind::Organisation, organisations), (EntityKind::Person, people), (EntityKind::Vessel, vessels)];
    let (mut entities, mut claims): (Vec<ListedEntity>, Vec<Claim>) = (Vec::new(), Vec::new());
    for (kind, entry) in groups.into_iter().flat_map(|(kind, entries)| entries.into_iter().map(move |entry| (kind, entry))) {
        let at = u16::try_from(entities.len()).map_err(|_| file.refuse("title", "more than 65,535 entities in one file"))?;
        for name in std::iter::once(&entry.name).chain(&entry.names) {
            if claims.iter().any(|claim| claim.name == *name) {
                return Err(file.refuse(name, format!("`{name}` stands twice")));
            }
            claims.push(Claim { name: name.clone(), naming: Naming::Entity(at), ambiguous: ambiguous.contains(name) });
        }
        entities.push(ListedEntity { name: entry.name, kind });
    }
    if let Some(unknown) = ambiguous.iter().find(|name| !claims.iter().any(|claim| claim.name == **name)) {
        return Err(file.refuse("ambiguous", format!("ambiguous `{unknown}` is no name of this file")));
    }
    Ok((entities, claims))
}

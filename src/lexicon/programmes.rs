//! Sanctions programmes: who sanctions whom under which name and which acts, and who issues sanctions where nobody is named.

use std::ops::Range;

use jiff::civil::Date;
use serde::Deserialize;

use super::{
    LexiconError,
    actors::{first_day, last_day},
    phrasebook::Phrasebook,
    source::File,
    vocabulary::Measure,
};

/// One programme; its id is the file's name ("UN-DPRK").
#[derive(Debug)]
pub struct Programme {
    pub id: String,
    /// Code of the polity that sanctions.
    pub issuer: String,
    /// Codes of the polities that it is about; empty for a thematic programme.
    pub targets: Vec<String>,
    /// Ids of the acts that it rests on, as the law files give them.
    pub legal: Vec<String>,
    /// The first and the last day that it may have been in force.
    pub from: Date,
    pub to: Date,
    pub measures: Vec<Measure>,
    /// What is meant by its issuer's sanctions against its targets where nothing says which.
    pub main: bool,
}

/// All programmes, and the names that stand for them and for issuers.
#[derive(Debug, Default)]
pub struct Programmes {
    pub all: Vec<Programme>,
    aliases: Option<Phrasebook<usize>>,
    issuers: Option<Phrasebook<String>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ProgrammeFile {
    #[serde(rename = "title")]
    _title: String,
    issuer: String,
    #[serde(default)]
    targets: Vec<String>,
    #[serde(default)]
    aliases: Vec<String>,
    #[serde(default)]
    legal: Vec<String>,
    from: String,
    to: Option<String>,
    #[serde(default)]
    measures: Vec<String>,
    #[serde(default)]
    main: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct IssuersFile {
    #[serde(rename = "title")]
    _title: String,
    issuers: Vec<IssuerEntry>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct IssuerEntry {
    code: String,
    names: Vec<String>,
}

impl Programmes {
    /// Reads the programmes and the issuers; `is_code` knows the codes of the actors.
    pub(super) fn read(files: &[File], is_code: impl Fn(&str) -> bool) -> Result<Self, LexiconError> {
        let (mut all, mut names) = (Vec::new(), Vec::new());
        for file in files.iter().filter(|file| file.path.starts_with("programmes/")) {
            let (programme, aliases) = read_programme(file, &is_code)?;
            names.extend(aliases.into_iter().map(|alias| (alias, all.len())));
            all.push(programme);
        }
        let aliases =
            files.iter().find(|file| file.path.starts_with("programmes/")).map(|file| Phrasebook::new(file, names)).transpose()?;
        let issuers = files.iter().find(|file| file.path == "issuers.toml").map(|file| read_issuers(file, &is_code)).transpose()?;
        Ok(Self { all, aliases, issuers })
    }

    /// The programmes that a text names, as indexes, with the places; a name may stand for several.
    pub fn named(&self, text: &str) -> Vec<(Range<usize>, usize)> {
        let found = self.aliases.iter().flat_map(|aliases| aliases.find(text));
        found.flat_map(|(range, named)| named.iter().map(move |programme| (range.clone(), *programme))).collect()
    }

    /// The codes of the issuers whose bodies or lists a text names, with the places.
    pub fn issuers<'p>(&'p self, text: &'p str) -> Vec<(Range<usize>, &'p str)> {
        let found = self.issuers.iter().flat_map(|issuers| issuers.find(text));
        found.filter_map(|(range, codes)| codes.first().map(|code| (range, code.as_str()))).collect()
    }
}

fn read_programme(file: &File, is_code: &impl Fn(&str) -> bool) -> Result<(Programme, Vec<String>), LexiconError> {
    let entry: ProgrammeFile = file.parse()?;
    if let Some(unknown) = std::iter::once(&entry.issuer).chain(&entry.targets).find(|code| !is_code(code)) {
        return Err(file.refuse(unknown, format!("`{unknown}` is no code of an actor")));
    }
    let day = |text: &str, read: fn(&str) -> Option<Date>| {
        read(text).ok_or_else(|| file.refuse(text, format!("`{text}` is no date; write YYYY, YYYY-MM or YYYY-MM-DD")))
    };
    let measure = |name: &String| Measure::from_name(name).ok_or_else(|| file.refuse(name, format!("unknown measure `{name}`")));
    let (from, to) = (day(&entry.from, first_day)?, entry.to.as_deref().map(|to| day(to, last_day)).transpose()?);
    let programme = Programme {
        id: file.id().to_owned(),
        issuer: entry.issuer,
        targets: entry.targets,
        legal: entry.legal,
        from,
        to: to.unwrap_or(Date::MAX),
        measures: entry.measures.iter().map(measure).collect::<Result<_, _>>()?,
        main: entry.main,
    };
    if programme.to < programme.from {
        return Err(file.refuse("from", "the programme ends before it begins"));
    }
    Ok((programme, entry.aliases))
}

fn read_issuers(file: &File, is_code: &impl Fn(&str) -> bool) -> Result<Phrasebook<String>, LexiconError> {
    let entry: IssuersFile = file.parse()?;
    if let Some(unknown) = entry.issuers.iter().find(|issuer| !is_code(&issuer.code)) {
        return Err(file.refuse(&unknown.code, format!("`{}` is no code of an actor", unknown.code)));
    }
    let names = entry.issuers.into_iter().flat_map(|issuer| issuer.names.into_iter().map(move |name| (name, issuer.code.clone())));
    Phrasebook::new(file, names)
}

//! What is wrong with settings.

use std::fmt;

use super::keys;

/// One thing that is wrong: where, with which key, and why. Never holds a secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    pub key: Option<String>,
    /// A file, a variable or a flag.
    pub origin: Option<String>,
    pub reason: String,
}

/// All that is wrong with the settings, so that it can be mended at once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Problems(pub Vec<Problem>);

impl Problems {
    pub fn push(&mut self, problem: Problem) {
        self.0.push(problem);
    }
}

impl Problem {
    pub fn of_key(key: &str, origin: &str, reason: String) -> Self {
        Self { key: Some(key.into()), origin: Some(origin.into()), reason }
    }

    pub fn of_place(origin: &str, reason: String) -> Self {
        Self { key: None, origin: Some(origin.into()), reason }
    }

    pub fn unknown(path: &str, origin: &str) -> Self {
        let meant = keys::nearest(path).map(|nearest| format!(" (did you mean {nearest}?)")).unwrap_or_default();
        Self::of_key(path, origin, format!("there is no such key{meant}"))
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(origin) = &self.origin {
            write!(formatter, "{origin}: ")?;
        }
        if let Some(key) = &self.key {
            write!(formatter, "{key}: ")?;
        }
        formatter.write_str(&self.reason)
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the settings are wrong")?;
        self.0.iter().try_for_each(|problem| write!(formatter, "\n  {problem}"))
    }
}

impl std::error::Error for Problems {}

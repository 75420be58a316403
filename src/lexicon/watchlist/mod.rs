//! The operator's own lists of names: a million of them in one compact automaton a list, found in a text as whole words with case
//! and diacritics folded.

mod automaton;
mod fold;
mod table;

use std::{
    path::{Path, PathBuf},
    sync::{Arc, PoisonError, RwLock},
    time::{Duration, Instant},
};

use sha2::{Digest, Sha256};

use crate::text::Span;
use automaton::Automaton;
use fold::{Folder, Words};

/// All lists that are in force. Immutable; share it between threads.
#[derive(Debug, Default)]
pub struct WatchLists {
    lists: Vec<WatchList>,
    hash: String,
    load_time: Duration,
}

/// One file.
#[derive(Debug)]
struct WatchList {
    /// The file's name without its ending.
    name: String,
    automaton: Automaton,
}

/// A name of a list where it stands in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit<'w> {
    pub list: &'w str,
    /// The id of the entry.
    pub entry: &'w str,
    /// Bytes of the text.
    pub span: Span,
}

/// Why a list was refused.
#[derive(Debug, thiserror::Error)]
#[error("{}:{line}: {problem}", file.display())]
pub struct WatchListError {
    pub file: PathBuf,
    pub line: u64,
    pub problem: String,
}

impl WatchLists {
    /// Reads all files, or none of them.
    ///
    /// # Errors
    /// The first file that cannot be read or is not well made, with its line and the reason.
    pub fn load(files: &[PathBuf]) -> Result<Self, WatchListError> {
        let start = Instant::now();
        let mut lists: Vec<WatchList> = Vec::new();
        let mut hasher = Sha256::new();
        for file in files {
            let name = list_name(file);
            if lists.iter().any(|other| other.name == name) {
                let problem = format!("there is another list called `{name}`; results name lists by their file's name, so rename one");
                return Err(WatchListError { file: file.clone(), line: 1, problem });
            }
            let bytes = std::fs::read(file).map_err(|error| WatchListError {
                file: file.clone(),
                line: 1,
                problem: format!("cannot be read: {error}"),
            })?;
            hasher.update(Sha256::digest(&bytes));
            lists.push(WatchList { name, automaton: table::read(file, &bytes)? });
        }
        let hash =
            if lists.is_empty() { String::new() } else { hasher.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect() };
        Ok(Self { lists, hash, load_time: start.elapsed() })
    }

    /// The hits in a text, left to right; of names that begin or go on within another name of the same list the longest first one.
    pub fn hits(&self, text: &str) -> Vec<Hit<'_>> {
        if self.lists.is_empty() {
            return Vec::new();
        }
        let words = Words::of(text, &mut Folder::default());
        let mut hits: Vec<Hit> = Vec::new();
        for list in &self.lists {
            let hit = |(entry, span)| Hit { list: &list.name, entry, span };
            hits.extend(list.automaton.find(&words).into_iter().map(hit));
        }
        hits.sort_unstable_by_key(|hit| (hit.span, hit.list, hit.entry));
        hits.dedup();
        hits
    }

    pub fn is_empty(&self) -> bool {
        self.lists.is_empty()
    }

    /// Different names once folded.
    pub fn names(&self) -> usize {
        self.lists.iter().map(|list| list.automaton.names()).sum()
    }

    pub fn entries(&self) -> usize {
        self.lists.iter().map(|list| list.automaton.entries()).sum()
    }

    /// Bytes that the automata hold in memory.
    pub fn bytes(&self) -> usize {
        self.lists.iter().map(|list| list.automaton.bytes()).sum()
    }

    pub fn load_time(&self) -> Duration {
        self.load_time
    }

    /// A hash of the files, empty without any: other lists give other results.
    pub fn hash(&self) -> &str {
        &self.hash
    }
}

/// The lists in force, which can be exchanged while articles are read; each article is read with one state of them.
#[derive(Debug, Default)]
pub struct Watch(RwLock<Arc<WatchLists>>);

impl Watch {
    pub fn new(lists: WatchLists) -> Self {
        Self(RwLock::new(Arc::new(lists)))
    }

    pub fn lists(&self) -> Arc<WatchLists> {
        Arc::clone(&self.0.read().unwrap_or_else(PoisonError::into_inner))
    }

    pub fn exchange(&self, lists: WatchLists) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(lists);
    }
}

fn list_name(file: &Path) -> String {
    file.file_stem().unwrap_or(file.as_os_str()).to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests;

//! Typed, checked view of `config/lexicon`: actors, event rules, sets of words.

/// Everything the extraction knows about the world and its words. Immutable; share it between threads.
#[derive(Debug)]
pub struct Lexicon {
    hash: String,
}

impl Lexicon {
    /// The lexicon that is compiled into the binary.
    pub fn built_in() -> Self {
        todo!("lead")
    }

    /// Reads a folder that replaces the built-in lexicon. Errors name the file, the line and what to do.
    pub fn from_folder(folder: &std::path::Path) -> Result<Self, LexiconError> {
        let _ = folder;
        todo!("lead")
    }

    /// A hash of all its files, in hexadecimal; it is stamped on every result.
    pub fn hash(&self) -> &str {
        &self.hash
    }
}

/// Why a lexicon was refused.
#[derive(Debug, thiserror::Error)]
#[error("{file}:{line}: {problem}")]
pub struct LexiconError {
    pub file: String,
    pub line: usize,
    pub problem: String,
}

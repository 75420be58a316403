//! Where the lexicon's files come from: the binary or a folder.

use std::path::Path;

use sha2::{Digest, Sha256};

use super::LexiconError;

/// The lexicon as it was when the program was built.
#[derive(rust_embed::RustEmbed)]
#[folder = "config/lexicon"]
struct Embedded;

/// One file of the lexicon.
pub(super) struct File {
    /// Relative to the lexicon's folder, with `/` between the parts.
    pub path: String,
    pub text: String,
}

impl File {
    /// The file name without its ending: the id of what it describes.
    pub fn id(&self) -> &str {
        let name = self.path.rsplit('/').next().unwrap_or(&self.path);
        name.strip_suffix(".toml").unwrap_or(name)
    }

    pub fn parse<T: serde::de::DeserializeOwned>(&self) -> Result<T, LexiconError> {
        toml::from_str(&self.text).map_err(|error| {
            let line = error.span().map_or(1, |span| self.line_at(span.start));
            self.refuse_at(line, error.message())
        })
    }

    /// An error that points to the first line that holds `needle`.
    pub fn refuse(&self, needle: &str, problem: impl Into<String>) -> LexiconError {
        self.refuse_at(self.text.find(needle).map_or(1, |at| self.line_at(at)), problem)
    }

    fn refuse_at(&self, line: usize, problem: impl Into<String>) -> LexiconError {
        LexiconError { file: self.path.clone(), line, problem: problem.into() }
    }

    fn line_at(&self, byte: usize) -> usize {
        self.text.as_bytes()[..byte.min(self.text.len())].iter().filter(|byte| **byte == b'\n').count() + 1
    }
}

/// All files that are compiled in, by path.
pub(super) fn embedded() -> Vec<File> {
    let mut files: Vec<File> = <Embedded as rust_embed::RustEmbed>::iter()
        .filter(|path| path.ends_with(".toml"))
        .filter_map(|path| {
            let file = <Embedded as rust_embed::RustEmbed>::get(&path)?;
            Some(File { text: String::from_utf8_lossy(&file.data).into_owned(), path: path.into_owned() })
        })
        .collect();
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

/// All `.toml` files below a folder, by path.
pub(super) fn folder(root: &Path) -> Result<Vec<File>, LexiconError> {
    let mut files = Vec::new();
    read_below(root, root, &mut files)?;
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}

fn read_below(root: &Path, folder: &Path, files: &mut Vec<File>) -> Result<(), LexiconError> {
    let refuse = |path: &Path, error: std::io::Error| LexiconError {
        file: path.display().to_string(),
        line: 1,
        problem: format!("cannot be read: {error}; give a readable lexicon folder"),
    };
    for entry in std::fs::read_dir(folder).map_err(|error| refuse(folder, error))? {
        let path = entry.map_err(|error| refuse(folder, error))?.path();
        if path.is_dir() {
            read_below(root, &path, files)?;
        } else if path.extension().is_some_and(|ending| ending == "toml") {
            let text = std::fs::read_to_string(&path).map_err(|error| refuse(&path, error))?;
            let relative = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().replace('\\', "/");
            files.push(File { path: relative, text });
        }
    }
    Ok(())
}

/// The same files give the same hash on every machine.
pub(super) fn hash(files: &[File]) -> String {
    let mut hasher = Sha256::new();
    for file in files {
        for part in [&file.path, &file.text] {
            hasher.update((part.len() as u64).to_le_bytes());
            hasher.update(part.as_bytes());
        }
    }
    hasher.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

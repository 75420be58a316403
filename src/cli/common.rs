//! What all subcommands share: the flags that choose the settings, and what is made of the settings.

use std::{io::IsTerminal, panic, path::PathBuf, thread};

use crate::{
    extract::Limits,
    lexicon::{Lexicon, LexiconError},
    messages::{DecodeLimits, FieldPointers},
    settings::{Fields, LimitSettings, Loaded, LogFormat, Logs, Problems, Settings, Sources},
    syntax::Syntax,
    telemetry::{self, Form},
};

/// Where settings come from.
#[derive(Clone, Debug, Default, clap::Args)]
#[command(next_help_heading = "Settings")]
pub struct Common {
    /// A file of settings; may be given several times, later ones are stronger.
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Vec<PathBuf>,
    /// The folder with base.toml and ENVIRONMENT.toml [default: $ATTACHE_CONFIG_DIR, else ./config].
    #[arg(long, global = true, value_name = "FOLDER")]
    pub config_dir: Option<PathBuf>,
    /// Which ENVIRONMENT.toml is read [default: $ATTACHE_ENVIRONMENT, else local].
    #[arg(long, global = true, value_name = "NAME")]
    pub environment: Option<String>,
    /// A single setting, such as consume.prefetch=32; may be given several times. Not for secrets.
    #[arg(long, global = true, value_name = "KEY=VALUE")]
    pub set: Vec<String>,
}

impl Common {
    /// Reads the settings. The error lists everything that is wrong with them.
    pub fn load(&self) -> Result<Loaded, Problems> {
        let sources = Sources {
            folder: self.config_dir.clone(),
            environment: self.environment.clone(),
            files: self.config.clone(),
            flags: self.set.clone(),
            variables: Vec::new(),
        };
        let loaded = sources.with_process_variables().load()?;
        // The filter's syntax is known to telemetry alone, which the settings do not depend on.
        match telemetry::subscriber(Form::Json, &loaded.settings.logs.filter, std::io::sink) {
            Ok(_) => Ok(loaded),
            Err(error) => Err(Problems(vec![loaded.problem("logs.filter", error.to_string())])),
        }
    }
}

/// Says which file is missing before anything is done with the others.
pub fn check_files(files: &[PathBuf]) -> anyhow::Result<()> {
    for file in files.iter().filter(|file| file.as_os_str() != "-") {
        anyhow::ensure!(!file.is_dir(), "{} is a folder; give the files in it", file.display());
        anyhow::ensure!(file.exists(), "{}: there is no such file", file.display());
    }
    Ok(())
}

/// Bounds of decoding, as the settings have them.
pub fn decode_limits(limits: &LimitSettings) -> DecodeLimits {
    DecodeLimits {
        body_bytes: limits.body_bytes,
        decompressed_bytes: limits.decompressed_bytes,
        json_depth: limits.json_depth,
        text_chars: limits.text_chars,
    }
}

/// Where fields stand, as the settings have it.
pub fn field_pointers(fields: &Fields) -> FieldPointers {
    let Fields { id, title, text, html, date, url, source, language } = fields.clone();
    FieldPointers { id, title, text, html, date, url, source, language }
}

/// Bounds of extraction, as the settings have them.
pub fn extraction_limits(limits: &LimitSettings) -> Limits {
    Limits { sentences: limits.sentences, tokens_per_sentence: limits.tokens_per_sentence, events: limits.events }
}

/// Starts the worker's log lines on standard output, panics included.
pub fn log_to_stdout(logs: &Logs) -> anyhow::Result<()> {
    telemetry::start_logging(form(logs.format, std::io::stdout().is_terminal()), &logs.filter, std::io::stdout)?;
    telemetry::log_panics();
    Ok(())
}

/// Shows what the filter lets through on standard error, for commands whose standard output is their result.
pub fn log_to_stderr(filter: &str) -> anyhow::Result<()> {
    Ok(telemetry::start_logging(form(LogFormat::Text, std::io::stderr().is_terminal()), filter, std::io::stderr)?)
}

fn form(format: LogFormat, on_terminal: bool) -> Form {
    let colour = on_terminal && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    match format {
        LogFormat::Json => Form::Json,
        LogFormat::Auto if !on_terminal => Form::Json,
        LogFormat::Auto | LogFormat::Text => Form::Text { colour },
    }
}

/// The lexicon that the settings name and the syntax model, read at the same time, for together they are nearly all of the start.
pub fn lexicon_and_syntax(settings: &Settings) -> Result<(Lexicon, Syntax), LexiconError> {
    thread::scope(|scope| {
        let syntax = scope.spawn(Syntax::english);
        let lexicon = settings.lexicon.folder.as_ref().map_or_else(|| Ok(Lexicon::built_in()), |folder| Lexicon::from_folder(folder));
        let syntax = syntax.join().unwrap_or_else(|panic| panic::resume_unwind(panic));
        Ok((lexicon?, syntax))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::worker::Worker;

    /// Who uses the library without settings gets the bounds that the settings document.
    #[test]
    fn the_settings_and_the_library_have_the_same_built_in_limits() {
        let settings = LimitSettings::default();
        let worker = Worker::new(Lexicon::built_in(), Syntax::english());
        assert_eq!(decode_limits(&settings), worker.decode_limits);
        assert_eq!(format!("{:?}", extraction_limits(&settings)), format!("{:?}", worker.limits));
        assert_eq!(settings.result_bytes, worker.result_bytes);
    }
}

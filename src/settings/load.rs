//! From the layers to the settings.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use config::{Config, ConfigError, Map, Source, Value, ValueKind};

use super::{
    keys,
    layers::{self, Layer},
    problems::{Problem, Problems},
    sections::Settings,
};

/// Where settings are looked for. Nothing else is read, so the same sources give the same settings.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    /// The folder with `base.toml`; without it `ATTACHE_CONFIG_DIR`, else `config` in the working directory.
    pub folder: Option<PathBuf>,
    /// The name of the second file in that folder; without it `ATTACHE_ENVIRONMENT`, else `local`.
    pub environment: Option<String>,
    /// Files of `--config`; later ones are stronger.
    pub files: Vec<PathBuf>,
    /// The variables of the process.
    pub variables: Vec<(String, String)>,
    /// `section.key=value` of `--set`; later ones are stronger.
    pub flags: Vec<String>,
}

/// Settings, and where each value came from.
#[derive(Clone, Debug)]
pub struct Loaded {
    pub settings: Settings,
    /// By key; what is not in it is built in.
    pub origins: BTreeMap<String, String>,
}

impl Sources {
    /// The variables of this process; a variable that is not Unicode cannot be ours and is left out.
    pub fn with_process_variables(mut self) -> Self {
        self.variables =
            std::env::vars_os().filter_map(|(name, text)| Some((name.into_string().ok()?, text.into_string().ok()?))).collect();
        self
    }

    /// Reads, checks and merges all layers. The error lists everything that is wrong with them.
    pub fn load(&self) -> Result<Loaded, Problems> {
        let mut problems = Problems::default();
        let mut layers = vec![layers::amqp_url(&self.variables)];
        layers.extend(self.folder_layers(&mut problems));
        layers.extend(self.files.iter().map(|file| self.required_file(file, &mut problems)));
        layers.push(layers::variables(&self.variables, &mut problems));
        layers.push(layers::flags(&self.flags, &mut problems));
        layers::resolve_alternatives(&mut layers, &mut problems);
        let loaded = if problems.0.is_empty() { merge(&layers) } else { Err(problems) }?;
        match loaded.contradictions() {
            problems if problems.0.is_empty() => Ok(loaded),
            problems => Err(problems),
        }
    }

    fn variable(&self, name: &str) -> Option<&str> {
        self.variables.iter().find(|(known, text)| known == name && !text.is_empty()).map(|(_, text)| text.as_str())
    }

    /// `base.toml` may be missing, since an installed binary needs no files; so may `local.toml`. An environment or a
    /// folder that was asked for must be there: a typing error would otherwise start the worker with other settings.
    fn folder_layers(&self, problems: &mut Problems) -> Vec<Layer> {
        let asked_folder = self.folder.clone().or_else(|| self.variable("ATTACHE_CONFIG_DIR").map(PathBuf::from));
        let folder = asked_folder.clone().unwrap_or_else(|| "config".into());
        if asked_folder.is_some() && !folder.is_dir() {
            problems.push(Problem::of_place(&folder.display().to_string(), "there is no such folder of settings".into()));
            return Vec::new();
        }
        let asked_environment = self.environment.as_deref().or_else(|| self.variable("ATTACHE_ENVIRONMENT"));
        let base = layers::file(&folder.join("base.toml"), problems).unwrap_or_default();
        let file = match layers::environment_file(&folder, asked_environment.unwrap_or("local")) {
            Ok(file) => file,
            Err(reason) => {
                problems.push(Problem::of_place("the environment's name", reason));
                return vec![base];
            }
        };
        match asked_environment {
            Some(_) => vec![base, self.required_file(&file, problems)],
            None => vec![base, layers::file(&file, problems).unwrap_or_default()],
        }
    }

    fn required_file(&self, file: &Path, problems: &mut Problems) -> Layer {
        layers::file(file, problems).unwrap_or_else(|| {
            problems.push(Problem::of_place(&file.display().to_string(), "there is no such file of settings".into()));
            Layer::new()
        })
    }
}

/// The entries of one layer as the `config` crate reads them.
#[derive(Clone, Debug)]
struct LayerSource(Layer);

impl Source for LayerSource {
    fn clone_into_box(&self) -> Box<dyn Source + Send + Sync> {
        Box::new(self.clone())
    }

    fn collect(&self) -> Result<Map<String, Value>, ConfigError> {
        Ok(self.0.iter().map(|entry| (entry.path.clone(), value(&entry.value, &entry.origin))).collect())
    }
}

fn value(toml: &toml::Value, origin: &str) -> Value {
    let kind = match toml {
        toml::Value::String(text) => ValueKind::String(text.clone()),
        toml::Value::Integer(number) => ValueKind::I64(*number),
        toml::Value::Float(number) => ValueKind::Float(*number),
        toml::Value::Boolean(truth) => ValueKind::Boolean(*truth),
        toml::Value::Array(items) => ValueKind::Array(items.iter().map(|item| value(item, origin)).collect()),
        // No key has such a value: its check refused them.
        toml::Value::Datetime(_) | toml::Value::Table(_) => ValueKind::Nil,
    };
    Value::new(Some(&origin.to_owned()), kind)
}

fn merge(layers: &[Layer]) -> Result<Loaded, Problems> {
    let builder = layers.iter().fold(Config::builder(), |builder, layer| builder.add_source(LayerSource(layer.clone())));
    let settings = builder.build().and_then(Config::try_deserialize).map_err(|error| Problems(vec![refusal(error)]))?;
    let origins = layers.iter().flatten().map(|entry| (entry.path.clone(), entry.origin.clone())).collect();
    Ok(Loaded { settings, origins })
}

/// A value that passed its own check and still cannot be read; for a secret the message could hold it, so it is left out.
fn refusal(error: ConfigError) -> Problem {
    match error {
        ConfigError::At { error, origin, key } => {
            let secret = key.as_deref().and_then(keys::find).is_none_or(|key| key.secret);
            let reason = if secret { "cannot be read".into() } else { error.to_string() };
            Problem { key, origin, reason }
        }
        ConfigError::Type { expected, key, origin, .. } => Problem { key, origin, reason: format!("expected {expected}") },
        _ => Problem { key: None, origin: None, reason: "they cannot be read".into() },
    }
}

impl Loaded {
    /// Settings that are right one by one and wrong together.
    fn contradictions(&self) -> Problems {
        let settings = &self.settings;
        let mut problems = Problems::default();
        let mut refuse = |key: &str, reason: String| problems.push(self.problem(key, reason));
        let broker = &settings.broker;
        if broker.url_file.is_none()
            && let Err(error) = broker.uses_tls()
        {
            refuse(error.key(), error.reason());
        }
        if broker.tls.certificate_file.is_some() != broker.tls.key_file.is_some() {
            refuse("broker.tls.certificate_file", "needs broker.tls.key_file beside it, and the other way round".into());
        }
        if broker.backoff_min_seconds > broker.backoff_max_seconds {
            refuse("broker.backoff_min_seconds", "is larger than broker.backoff_max_seconds".into());
        }
        if settings.limits.decompressed_bytes < settings.limits.body_bytes {
            refuse("limits.decompressed_bytes", "is smaller than limits.body_bytes".into());
        }
        let queues = settings.queues();
        for (at, (key, queue)) in queues.iter().enumerate() {
            if let Some((other, _)) = queues[..at].iter().find(|(_, earlier)| earlier == queue) {
                refuse(key, format!("is the same queue as {other} ({queue:?}): each needs its own"));
            }
        }
        problems
    }

    /// A problem with a key, with the place that its value came from.
    pub fn problem(&self, key: &str, reason: String) -> Problem {
        Problem { key: Some(key.into()), origin: self.origins.get(key).cloned(), reason }
    }

    /// Files that the settings name and that cannot be read now. Secrets may be put there later, so loading does not refuse them.
    pub fn unreadable_files(&self) -> Problems {
        let broker = &self.settings.broker;
        let files = [
            ("broker.tls.ca_file", &broker.tls.ca_file),
            ("broker.tls.certificate_file", &broker.tls.certificate_file),
            ("broker.tls.key_file", &broker.tls.key_file),
        ];
        let mut problems = Problems::default();
        if let Err(error) = broker.url_with_secrets() {
            problems.push(self.problem(error.key(), error.reason()));
        }
        for (key, file) in files.into_iter().filter_map(|(key, file)| Some((key, file.as_ref()?))) {
            if let Err(error) = std::fs::read(file) {
                problems.push(self.problem(key, format!("cannot read {}: {error}", file.display())));
            }
        }
        problems
    }
}

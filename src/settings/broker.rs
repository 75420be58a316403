//! Where the broker is and how to log in, out of a URL, its parts and secret files.

use std::path::{Path, PathBuf};

use secrecy::{ExposeSecret, SecretString};
use url::Url;

use super::{formats, sections::Broker};

/// Why the broker's address or secret cannot be had. Never holds the secret.
#[derive(Debug, thiserror::Error)]
pub enum SecretError {
    #[error("{key}: cannot read {}: {source}", file.display())]
    Unreadable { key: &'static str, file: PathBuf, source: std::io::Error },
    #[error("{key}: {} is empty", file.display())]
    Empty { key: &'static str, file: PathBuf },
    #[error("{key}: {reason}")]
    Url { key: &'static str, reason: String },
}

impl SecretError {
    /// The key whose value is wrong.
    pub fn key(&self) -> &'static str {
        match self {
            Self::Unreadable { key, .. } | Self::Empty { key, .. } | Self::Url { key, .. } => key,
        }
    }

    /// What is wrong, without the key.
    pub fn reason(&self) -> String {
        self.to_string().split_off(self.key().len() + ": ".len())
    }
}

impl Broker {
    /// The URL to connect with, password included; secret files are read at each call, so that a changed secret is used
    /// at the next connection.
    pub fn url_with_secrets(&self) -> Result<SecretString, SecretError> {
        let mut url = self.base_url()?;
        if let Some(password) = self.current_password()? {
            set(&mut url, "broker.password", |url| url.set_password(Some(password.expose_secret())))?;
        }
        if url.username().is_empty() && url.password().is_none() {
            set(&mut url, "broker.user", |url| url.set_username("guest").and_then(|()| url.set_password(Some("guest"))))?;
        }
        Ok(SecretString::from(String::from(url)))
    }

    /// The broker's URL for people: without password, query and fragment. Says where it is read from while it cannot be read.
    pub fn address(&self) -> String {
        match self.base_url() {
            Ok(mut url) => {
                let _ = url.set_password(None);
                formats::without_password(url.as_str())
            }
            Err(error) => format!("({error})"),
        }
    }

    /// Whether the connection is encrypted.
    pub fn uses_tls(&self) -> Result<bool, SecretError> {
        Ok(self.base_url()?.scheme() == "amqps")
    }

    /// The URL, or the default one, with the parts that are set beside it.
    fn base_url(&self) -> Result<Url, SecretError> {
        let (key, text) = self.current_url()?;
        let mut url = Url::parse(text.expose_secret()).map_err(|error| SecretError::Url { key, reason: error.to_string() })?;
        if !matches!(url.scheme(), "amqp" | "amqps") || !url.has_host() {
            return Err(SecretError::Url { key, reason: "expected amqp://host or amqps://host".into() });
        }
        if self.tls.enabled {
            set(&mut url, "broker.tls.enabled", |url| url.set_scheme("amqps"))?;
        }
        self.replace_parts(&mut url)?;
        Ok(url)
    }

    fn replace_parts(&self, url: &mut Url) -> Result<(), SecretError> {
        if let Some(host) = &self.host {
            set(url, "broker.host", |url| url.set_host(Some(&bracketed(host))))?;
        }
        if let Some(port) = self.port {
            set(url, "broker.port", |url| url.set_port(Some(port)))?;
        }
        if let Some(user) = &self.user {
            set(url, "broker.user", |url| url.set_username(user))?;
        }
        if let Some(vhost) = &self.vhost {
            url.set_path(&format!("/{}", percent_encoded(vhost)));
        } else if matches!(url.path(), "" | "/") {
            url.set_path("/%2f");
        }
        Ok(())
    }

    fn current_url(&self) -> Result<(&'static str, SecretString), SecretError> {
        match (&self.url_file, &self.url) {
            (Some(file), _) => Ok(("broker.url_file", read_secret("broker.url_file", file)?)),
            (None, Some(url)) => Ok(("broker.url", url.clone())),
            (None, None) => Ok(("broker.host", SecretString::from("amqp://127.0.0.1"))),
        }
    }

    fn current_password(&self) -> Result<Option<SecretString>, SecretError> {
        match &self.password_file {
            Some(file) => read_secret("broker.password_file", file).map(Some),
            None => Ok(self.password.clone()),
        }
    }
}

/// The content of a secret file without the newline that editors and `echo` leave at its end.
fn read_secret(key: &'static str, file: &Path) -> Result<SecretString, SecretError> {
    let content = std::fs::read_to_string(file).map_err(|source| SecretError::Unreadable { key, file: file.into(), source })?;
    match content.trim_end_matches(['\r', '\n']) {
        "" => Err(SecretError::Empty { key, file: file.into() }),
        secret => Ok(SecretString::from(secret)),
    }
}

fn set<E>(url: &mut Url, key: &'static str, change: impl FnOnce(&mut Url) -> Result<(), E>) -> Result<(), SecretError> {
    change(url).map_err(|_| SecretError::Url { key, reason: "does not fit into a URL".into() })
}

/// IPv6 addresses stand in brackets inside a URL.
fn bracketed(host: &str) -> String {
    if host.contains(':') && !host.starts_with('[') { format!("[{host}]") } else { host.into() }
}

fn percent_encoded(vhost: &str) -> String {
    vhost
        .bytes()
        .map(|byte| match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => char::from(byte).to_string(),
            _ => format!("%{byte:02x}"),
        })
        .collect()
}

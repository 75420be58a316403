//! How single values are written and read; secrets are only ever written masked.

use std::net::SocketAddr;

use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Deserializer, Serializer, de::Error};

/// What stands in for a secret wherever settings are shown.
pub const MASK: &str = "********";

pub fn masked<S: Serializer>(secret: &Option<SecretString>, serializer: S) -> Result<S::Ok, S::Error> {
    match secret {
        Some(_) => serializer.serialize_some(MASK),
        None => serializer.serialize_none(),
    }
}

pub fn url_without_password<S: Serializer>(url: &Option<SecretString>, serializer: S) -> Result<S::Ok, S::Error> {
    match url {
        Some(url) => serializer.serialize_some(&without_password(url.expose_secret())),
        None => serializer.serialize_none(),
    }
}

/// The URL with its password masked; one that cannot be read is masked as a whole, since anything in it may be the password.
pub fn without_password(text: &str) -> String {
    let Ok(mut url) = url::Url::parse(text) else { return MASK.into() };
    // The query may hold anything (`?password=`), and nothing in it is needed to know where the worker connects.
    url.set_query(None);
    url.set_fragment(None);
    if url.password().is_some() && url.set_password(Some(MASK)).is_err() {
        return MASK.into();
    }
    url.into()
}

/// `address:port`, or a port alone, which means loopback.
pub fn listen_address<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<SocketAddr>, D::Error> {
    Option::<String>::deserialize(deserializer)?.map(|text| parse_listen_address(&text).map_err(D::Error::custom)).transpose()
}

pub fn parse_listen_address(text: &str) -> Result<SocketAddr, String> {
    if let Ok(port) = text.parse::<u16>() {
        return Ok(SocketAddr::from(([127, 0, 0, 1], port)));
    }
    text.parse().map_err(|_| format!("expected address:port (127.0.0.1:9090, [::1]:9090) or a port, found {text:?}"))
}

/// Durations as a number of seconds; fractions are allowed.
pub mod seconds {
    use super::*;
    use std::time::Duration;

    pub fn serialize<S: Serializer>(duration: &Duration, serializer: S) -> Result<S::Ok, S::Error> {
        match duration.subsec_nanos() {
            0 => serializer.serialize_u64(duration.as_secs()),
            _ => serializer.serialize_f64(duration.as_secs_f64()),
        }
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Duration, D::Error> {
        Duration::try_from_secs_f64(f64::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

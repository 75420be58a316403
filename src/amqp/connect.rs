//! Opens connections to the broker.

use std::path::Path;

use lapin::{
    AsyncTcpStream, Connection, ConnectionProperties,
    tcp::{OwnedIdentity, OwnedTLSConfig},
    uri::{AMQPScheme, AMQPUri},
};
use secrecy::{ExposeSecret, SecretString};
use tokio::net::lookup_host;

use super::{
    fault::Fault,
    options::{Broker, Options, Tls, UrlSource},
};

/// Connects for the given purpose, which is shown in the broker's list of connections.
pub async fn connect(options: &Options, purpose: &str) -> Result<Connection, Fault> {
    let broker = &options.broker;
    let uri = read_uri(broker).await?;
    let address = address(&uri);
    let tls = read_tls(&broker.tls).await?;
    let name = format!("{} ({purpose})", broker.connection_name);
    // lapin's own recovery stays off: after some errors its consumers hang in silence.
    let properties = ConnectionProperties::default().with_connection_name(name.into());
    let runtime = lapin::runtime::default_runtime().map_err(|error| Fault::Broker { step: "connect", error })?;
    let server_name = broker.tls.server_name.clone().unwrap_or_else(|| uri.authority.host.clone());
    // lapin's own way takes the name to check from the URL; here it may be another one.
    let open = async move |uri: AMQPUri, runtime| {
        let addresses: Vec<_> = lookup_host((uri.authority.host.as_str(), uri.authority.port)).await?.collect();
        let stream = AsyncTcpStream::connect(&runtime, addresses).await?;
        Ok(match uri.scheme {
            AMQPScheme::AMQP => stream,
            AMQPScheme::AMQPS => stream.into_tls(&server_name, tls.as_ref()).await?,
        })
    };
    let connecting = Connection::connector(uri, runtime, open, properties);
    match tokio::time::timeout(options.limits.connect, connecting).await {
        Ok(Ok(connection)) => Ok(connection),
        Ok(Err(error)) => Err(Fault::Unreachable { address, reason: reason(&error) }),
        Err(_) => {
            let reason = format!("no answer to the handshake within {} s", options.limits.connect.as_secs_f32());
            Err(Fault::Unreachable { address, reason })
        }
    }
}

/// The broker's address without user or password.
pub async fn public_address(broker: &Broker) -> String {
    match read_uri(broker).await {
        Ok(uri) => address(&uri),
        Err(fault) => fault.to_string(),
    }
}

fn address(uri: &AMQPUri) -> String {
    format!("{}://{}:{} vhost {}", uri.scheme, uri.authority.host, uri.authority.port, uri.vhost)
}

fn reason(error: &lapin::Error) -> String {
    match error.kind() {
        lapin::ErrorKind::ProtocolError(refusal) => refusal.get_message().to_string(),
        _ => error.to_string(),
    }
}

async fn read_uri(broker: &Broker) -> Result<AMQPUri, Fault> {
    let url: SecretString = match &broker.url {
        UrlSource::Fixed(url) => url.clone(),
        UrlSource::Settings(settings) => settings.url_with_secrets().map_err(|error| Fault::Url(error.to_string()))?,
    };
    // The parser's message is dropped because it may quote the URL and with it the password.
    let mut uri: AMQPUri = url
        .expose_secret()
        .parse()
        .map_err(|_| Fault::Url("it is not of the form amqp://user:password@host:port/vhost (or amqps)".into()))?;
    uri.query.heartbeat = Some(u16::try_from(broker.heartbeat.as_secs()).unwrap_or(u16::MAX).max(1));
    Ok(uri)
}

async fn read_tls(tls: &Tls) -> Result<OwnedTLSConfig, Fault> {
    let cert_chain = match &tls.authorities {
        Some(path) => Some(read_text(path).await?),
        None => None,
    };
    let identity = match &tls.identity {
        Some((certificate, key)) => {
            Some(OwnedIdentity::PKCS8 { pem: read_text(certificate).await?.into_bytes(), key: read_text(key).await?.into_bytes() })
        }
        None => None,
    };
    Ok(OwnedTLSConfig { identity, cert_chain })
}

async fn read_text(path: &Path) -> Result<String, Fault> {
    tokio::fs::read_to_string(path).await.map_err(|error| Fault::Url(format!("{} cannot be read: {error}", path.display())))
}

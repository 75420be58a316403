//! Opens connections to the broker.

use lapin::{
    AsyncTcpStream, Connection, ConnectionProperties,
    uri::{AMQPScheme, AMQPUri},
};
use secrecy::{ExposeSecret, SecretString};
use tokio::net::lookup_host;

use super::{
    fault::Fault,
    options::{Broker, Options, UrlSource},
    tls,
};

/// Connects for the given purpose, which is shown in the broker's list of connections.
pub async fn connect(options: &Options, purpose: &str) -> Result<Connection, Fault> {
    let broker = &options.broker;
    let uri = read_uri(broker).await?;
    let address = address(&uri);
    let connector = match uri.scheme {
        AMQPScheme::AMQP => None,
        AMQPScheme::AMQPS => Some(tls::connector(&broker.tls).await?),
    };
    let name = format!("{} ({purpose})", broker.connection_name);
    // lapin's own recovery stays off: after some errors its consumers hang in silence.
    let properties = ConnectionProperties::default().with_connection_name(name.into());
    let runtime = lapin::runtime::default_runtime().map_err(|error| Fault::Broker { step: "connect", error })?;
    let server_name = broker.tls.server_name.clone().unwrap_or_else(|| uri.authority.host.clone());
    // lapin's own way takes the name to check from the URL; here it may be another one (see also `tls`).
    let open = async move |uri: AMQPUri, runtime| {
        let addresses: Vec<_> = lookup_host((uri.authority.host.as_str(), uri.authority.port)).await?.collect();
        let stream = AsyncTcpStream::connect(&runtime, addresses).await?;
        Ok(match &connector {
            None => stream,
            Some(connector) => stream.into_rustls(connector, &server_name).await?,
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
        lapin::ErrorKind::IOError(failure) => tls::explain(failure).unwrap_or_else(|| error.to_string()),
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

//! TLS to the broker: whom to trust, who to be, and in plain words why it did not come about.
//!
//! The connector is built here and not by lapin, for two reasons: lapin trusts own authorities beside those of the system, never
//! alone, and built without a certificate store it answers a request for TLS with a plain connection.

use std::{io, path::Path};

use rustls_connector::{
    RustlsConnector, RustlsConnectorConfig,
    rustls::{AlertDescription, CertificateError, Error},
    rustls_pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject},
};

use super::{fault::Fault, options::Tls};

/// Reads the certificates anew, so that renewed ones are taken up by the next connection.
pub async fn connector(tls: &Tls) -> Result<RustlsConnector, Fault> {
    let trust = match &tls.authorities {
        Some(file) => RustlsConnectorConfig::default().with_parsable_certificates(certificates(file).await?),
        None => RustlsConnectorConfig::new_with_native_certs()
            .map_err(|error| Fault::Certificates(format!("the system's certificate authorities: {error}")))?,
    };
    let Some((certificate, key)) = &tls.identity else { return trust.connector_with_no_client_auth().map_err(unusable) };
    trust.connector_with_single_cert(certificates(certificate).await?, private_key(key).await?).map_err(unusable)
}

/// Why a connection failed, where TLS is the reason.
pub fn explain(error: &io::Error) -> Option<String> {
    let error = error.get_ref()?.downcast_ref::<Error>()?;
    Some(match error {
        Error::InvalidCertificate(reason) => format!("TLS: {}", explain_certificate(reason)),
        Error::AlertReceived(AlertDescription::CertificateRequired) => {
            "TLS: the broker asks for a client certificate (broker.tls.certificate_file, broker.tls.key_file)".into()
        }
        Error::AlertReceived(alert) => {
            format!("TLS: the broker ended the handshake, perhaps it refuses the client certificate ({alert:?})")
        }
        Error::InvalidMessage(_) => "TLS: the answer is not TLS; is this the port for amqps?".into(),
        other => format!("TLS: {other}"),
    })
}

fn explain_certificate(reason: &CertificateError) -> String {
    match reason {
        // The second one of an authority that was renewed under the same name.
        CertificateError::UnknownIssuer | CertificateError::BadSignature => {
            "no trusted authority signed the broker's certificate (broker.tls.ca_file)".into()
        }
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
            format!("the broker's certificate is for another name (broker.tls.server_name): {reason}")
        }
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => format!("the broker's certificate is out of date: {reason}"),
        other => format!("the broker's certificate is not accepted: {other}"),
    }
}

async fn certificates(file: &Path) -> Result<Vec<CertificateDer<'static>>, Fault> {
    let pem = read(file).await?;
    let certificates: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(&pem).collect();
    match certificates {
        Ok(certificates) if !certificates.is_empty() => Ok(certificates),
        Ok(_) => Err(Fault::Certificates(format!("{} holds no certificate in PEM form", file.display()))),
        Err(error) => Err(Fault::Certificates(format!("{}: {error}", file.display()))),
    }
}

/// The parser's message is left out because it may quote the key.
async fn private_key(file: &Path) -> Result<PrivateKeyDer<'static>, Fault> {
    PrivateKeyDer::from_pem_slice(&read(file).await?)
        .map_err(|_| Fault::Certificates(format!("{} holds no private key in PEM form", file.display())))
}

async fn read(file: &Path) -> Result<Vec<u8>, Fault> {
    tokio::fs::read(file).await.map_err(|error| Fault::Certificates(format!("{} cannot be read: {error}", file.display())))
}

fn unusable(error: io::Error) -> Fault {
    Fault::Certificates(error.to_string())
}

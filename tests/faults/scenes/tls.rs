//! Certificates, made here: an authority of our own, a broker and clients that it signed, and what others signed.

use std::{path::PathBuf, time::Duration};

use attache::amqp::{
    Phase,
    options::{Tls, UrlSource},
};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DistinguishedName, DnType, ExtendedKeyUsagePurpose, IsCa, KeyPair};
use tokio::sync::OnceCell;

use super::{
    super::{
        ledger::Account,
        proxy::Proxy,
        scene::{Scene, Script},
        support::{
            node::{Node, Plan, free_port},
            stage::Running,
        },
    },
    blocking,
};

/// The name in the broker's certificate, which is not its address.
const NAME: &str = "broker.test";

/// Who signs.
struct Authority(CertifiedIssuer<'static, KeyPair>);

/// A certificate and its key, as PEM.
struct Identity {
    certificate: String,
    key: String,
}

/// A broker that takes TLS only with a client certificate of its authority.
struct Guarded {
    node: Node,
    port: u16,
    authority: Authority,
}

/// The files of a worker, to be replaced while it runs.
struct Files {
    folder: tempfile::TempDir,
}

impl Authority {
    fn new() -> Self {
        let mut parameters = CertificateParams::new(Vec::new()).unwrap();
        parameters.distinguished_name = called("authority.test");
        parameters.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        Self(CertifiedIssuer::self_signed(parameters, KeyPair::generate().unwrap()).unwrap())
    }

    fn sign(&self, name: &str, usage: ExtendedKeyUsagePurpose) -> Identity {
        let mut parameters = CertificateParams::new(vec![name.to_owned()]).unwrap();
        parameters.distinguished_name = called(name);
        parameters.extended_key_usages.push(usage);
        let key = KeyPair::generate().unwrap();
        Identity { certificate: parameters.signed_by(&key, &self.0).unwrap().pem(), key: key.serialize_pem() }
    }

    fn client(&self) -> Identity {
        self.sign("worker.test", ExtendedKeyUsagePurpose::ClientAuth)
    }
}

/// Without a name of its own a certificate would look as if it had signed itself.
fn called(name: &str) -> DistinguishedName {
    let mut names = DistinguishedName::new();
    names.push(DnType::CommonName, name);
    names
}

impl Guarded {
    /// One for all scenes; none of them harms it.
    async fn shared() -> &'static Self {
        static SHARED: OnceCell<Guarded> = OnceCell::const_new();
        SHARED.get_or_init(|| blocking(Self::start)).await
    }

    fn start() -> Self {
        let (authority, port) = (Authority::new(), free_port());
        let broker = authority.sign(NAME, ExtendedKeyUsagePurpose::ServerAuth);
        let configuration = format!(
            "listeners.ssl.1 = 127.0.0.1:{port}\n\
             ssl_options.cacertfile = FOLDER/authority.pem\n\
             ssl_options.certfile = FOLDER/broker.pem\n\
             ssl_options.keyfile = FOLDER/broker.key\n\
             ssl_options.verify = verify_peer\n\
             ssl_options.fail_if_no_peer_cert = true\n"
        );
        let files = vec![("authority.pem", authority.0.pem()), ("broker.pem", broker.certificate), ("broker.key", broker.key)];
        Self { node: Node::start_with(&Plan { configuration, files, ..Plan::default() }), port, authority }
    }
}

impl Files {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, content: &str) {
        // Exchanged at once, as those who renew certificates do.
        let new = self.path("new");
        std::fs::write(&new, content).unwrap();
        std::fs::rename(&new, self.path(name)).unwrap();
    }

    fn write_identity(&self, identity: &Identity) {
        self.write("client.pem", &identity.certificate);
        self.write("client.key", &identity.key);
    }

    fn tls(&self, server_name: Option<&str>) -> Tls {
        Tls {
            authorities: Some(self.path("authority.pem")),
            identity: Some((self.path("client.pem"), self.path("client.key"))),
            server_name: server_name.map(str::to_owned),
        }
    }
}

/// A scene whose worker speaks TLS, with everything right.
async fn guarded_scene(script: Script) -> (&'static Guarded, Scene, Files) {
    let guarded = Guarded::shared().await;
    let mut scene = Scene::on(&guarded.node, script).await;
    scene.proxy = Proxy::to(guarded.port);
    scene.stage.options.broker.url = UrlSource::Fixed(scene.proxy.url().replace("amqp://", "amqps://").into());
    let files = Files::new();
    files.write("authority.pem", &guarded.authority.0.pem());
    files.write_identity(&guarded.authority.client());
    scene.stage.options.broker.tls = files.tls(Some(NAME));
    (guarded, scene, files)
}

/// Waits until a session fails with this reason, and says what came instead.
async fn refused_for(running: &Running, reason: &str) {
    let mut last = String::new();
    let refused = tokio::time::timeout(Duration::from_secs(60), async {
        while !last.contains(reason) {
            if let Phase::Disconnected(why) = running.status.phase() {
                last = why;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    });
    let in_time = refused.await.is_ok();
    assert!(in_time, "not refused for {reason:?} but: {last}");
}

/// Wrong authorities, each refused with its reason and nothing sent in plain text, until the right one is there.
pub async fn authority_renewed(script: Script) -> Account {
    let (guarded, mut scene, files) = guarded_scene(script).await;
    scene.put(script.messages).await;
    files.write("authority.pem", &Authority::new().0.pem());
    let running = scene.start();
    refused_for(&running, "no trusted authority signed the broker's certificate").await;
    files.write("authority.pem", "no certificate at all");
    refused_for(&running, "authority.pem holds no certificate").await;
    std::fs::remove_file(files.path("authority.pem")).unwrap();
    refused_for(&running, "authority.pem cannot be read").await;
    files.write("authority.pem", &guarded.authority.0.pem());
    scene.heal().await;
    scene.finish(running).await
}

/// Wrong client certificates, until the right one is there.
pub async fn client_certificate_renewed(script: Script) -> Account {
    let (guarded, mut scene, files) = guarded_scene(script).await;
    scene.put(script.messages).await;
    files.write_identity(&Authority::new().client());
    let running = scene.start();
    refused_for(&running, "perhaps it refuses the client certificate").await;
    files.write("client.key", &guarded.authority.client().key);
    refused_for(&running, "certificates for TLS cannot be used").await;
    files.write("client.key", "no key at all");
    refused_for(&running, "client.key holds no private key").await;
    files.write_identity(&guarded.authority.client());
    scene.heal().await;
    scene.finish(running).await
}

/// What cannot be mended by exchanging a file: each worker is refused with its reason, the next one is set right.
pub async fn set_wrong(script: Script) -> Account {
    let (guarded, mut scene, files) = guarded_scene(script).await;
    scene.put(script.messages).await;
    let right = scene.stage.options.broker.clone();
    let without_client = Tls { identity: None, ..right.tls.clone() };
    let system = Tls { authorities: None, ..right.tls.clone() };
    for (tls, reason) in [
        (files.tls(None), "the broker's certificate is for another name"),
        (files.tls(Some("other.test")), "the broker's certificate is for another name"),
        (without_client, "the broker asks for a client certificate"),
        // They have not signed this broker, or there are none.
        (system, "authorit"),
    ] {
        scene.stage.options.broker.tls = tls;
        let running = scene.start();
        refused_for(&running, reason).await;
        running.stop().await;
    }
    scene.stage.options.broker = right;
    // A port that speaks no TLS must not be spoken to without it.
    scene.proxy.retarget(guarded.node.port);
    let running = scene.start();
    refused_for(&running, "is this the port for amqps?").await;
    scene.proxy.retarget(guarded.port);
    scene.heal().await;
    scene.finish(running).await
}

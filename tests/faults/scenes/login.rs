//! Logins that the broker refuses, until they are mended.

use attache::{
    amqp::{Phase, options::UrlSource, topology},
    settings,
};

use super::{
    super::{
        ledger::Account,
        scene::{Scene, Script},
        support::stage::eventually,
    },
    blocking, calm_node,
};

/// The secret file holds an old password; it is read again for every attempt.
pub async fn wrong_password(script: Script) -> Account {
    let node = calm_node().await;
    let mut scene = Scene::on(node, script).await;
    let user = format!("user-{}", scene.stage.options.names.input);
    let name = user.clone();
    blocking(move || {
        node.control(&["add_user", &name, "the-new-one"]);
        node.control(&["set_permissions", &name, ".*", ".*", ".*"]);
    })
    .await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("password");
    std::fs::write(&file, "the-old-one\n").unwrap();
    let broker = settings::Broker {
        host: Some("127.0.0.1".into()),
        port: Some(scene.proxy.port),
        user: Some(user),
        password_file: Some(file.clone()),
        ..settings::Broker::default()
    };
    scene.stage.options.broker.url = UrlSource::Settings(Box::new(broker));
    scene.put(script.messages).await;
    let running = scene.start();
    let refused = async || matches!(running.status.phase(), Phase::Disconnected(reason) if reason.contains("ACCESS_REFUSED"));
    eventually("the login is refused", refused).await;
    std::fs::write(&file, "the-new-one\n").unwrap();
    scene.heal().await;
    scene.finish(running).await
}

pub async fn vhost_missing(script: Script) -> Account {
    let node = calm_node().await;
    let vhost = format!("v{}", script.seed);
    let url = format!("amqp://guest:guest@127.0.0.1:{}/{vhost}", node.port);
    // The suite itself can connect only once the vhost is there.
    let mut scene = Scene::undeclared(node.port, &node.url(), script).await;
    scene.stage.options.broker.url = UrlSource::Fixed(format!("amqp://guest:guest@127.0.0.1:{}/{vhost}", scene.proxy.port).into());
    let running = scene.start();
    let named = async || matches!(running.status.phase(), Phase::Disconnected(reason) if reason.contains("not found"));
    eventually("the vhost is named", named).await;
    let name = vhost.clone();
    blocking(move || {
        node.control(&["add_vhost", &name]);
        node.control(&["set_permissions", "--vhost", &name, "guest", ".*", ".*", ".*"]);
    })
    .await;
    scene.stage.reconnect(&url).await;
    topology::declare(&scene.stage.connection, &scene.stage.options).await.unwrap();
    scene.heal().await;
    scene.put(script.messages).await;
    scene.finish(running).await
}

//! Three nodes with quorum queues; what they say to each other passes proxies, so that the network between them can part.

use std::collections::BTreeMap;

use tokio::sync::{Mutex, MutexGuard, OnceCell};

use super::{
    super::{
        epmd,
        ledger::Account,
        proxy::{Mode, Proxy},
        scene::{Scene, Script, answered, loud},
        support::{
            node::{Node, Plan, free_port, name},
            stage::eventually,
        },
    },
    blocking,
};

const SIZE: usize = 3;

struct Cluster {
    nodes: Vec<Node>,
    /// By the node that connects and the node that it connects to.
    links: BTreeMap<(usize, usize), Proxy>,
}

/// The cluster, one scene at a time. Whoever has it leaves it whole.
async fn cluster() -> (MutexGuard<'static, ()>, &'static Cluster) {
    static TURN: Mutex<()> = Mutex::const_new(());
    static CLUSTER: OnceCell<Cluster> = OnceCell::const_new();
    let turn = TURN.lock().await;
    (turn, CLUSTER.get_or_init(|| blocking(Cluster::start)).await)
}

impl Cluster {
    fn start() -> Self {
        let ports: Vec<u16> = (0..SIZE).map(|_| free_port()).collect();
        let distribution_ports: Vec<u16> = (0..SIZE).map(|_| free_port()).collect();
        let mut links = BTreeMap::new();
        for from in 0..SIZE {
            for to in (0..SIZE).filter(|to| *to != from) {
                links.insert((from, to), Proxy::to(distribution_ports[to]));
            }
        }
        let cookie = format!("attache{}", fastrand::u64(..));
        let plan = |own: usize| Plan {
            configuration: configuration(&ports),
            port: Some(ports[own]),
            distribution_port: Some(distribution_ports[own]),
            epmd_port: Some(epmd::start(told(own, &ports, &links))),
            cookie: Some(cookie.clone()),
            ..Plan::default()
        };
        let nodes: Vec<Node> = (0..SIZE).map(|own| Node::prepare(&plan(own))).collect();
        // The first one is there before the others look for it.
        nodes[0].boot();
        nodes[1..].iter().for_each(Node::launch);
        nodes[1..].iter().for_each(Node::wait_up);
        let cluster = Self { nodes, links };
        let status = cluster.nodes[0].control(&["cluster_status"]);
        assert!(ports.iter().all(|port| status.contains(&name(*port))), "the nodes do not find each other: {status}");
        cluster
    }

    /// Parts one node from the others, or joins it again.
    fn part(&self, node: usize, mode: Mode) {
        for ((from, to), link) in &self.links {
            if *from == node || *to == node {
                link.set(mode);
                link.cut();
            }
        }
    }

    fn is_whole(&self) -> bool {
        let status = self.nodes[0].control(&["cluster_status", "--formatter", "json"]);
        let status: serde_json::Value = serde_json::from_str(&status).unwrap_or_default();
        status["running_nodes"].as_array().is_some_and(|nodes| nodes.len() == SIZE)
    }
}

fn configuration(ports: &[u16]) -> String {
    let mut lines = String::from(
        "cluster_formation.peer_discovery_backend = classic_config\ncluster_partition_handling = pause_minority\nnet_ticktime = 6\n",
    );
    for (number, port) in ports.iter().enumerate() {
        lines.push_str(&format!("cluster_formation.classic_config.nodes.{} = {}\n", number + 1, name(*port)));
    }
    lines
}

/// What the name service of one node says of the others.
fn told(own: usize, ports: &[u16], links: &BTreeMap<(usize, usize), Proxy>) -> BTreeMap<String, u16> {
    let others = (0..SIZE).filter(|other| *other != own);
    others.map(|other| (name(ports[other]).split('@').next().unwrap().to_owned(), links[&(own, other)].port)).collect()
}

/// The node that the worker is connected to is killed; it goes on with another one.
pub async fn node_lost(script: Script) -> Account {
    let (_turn, cluster) = cluster().await;
    // The suite's own connection is to a node that stays.
    let mut scene = Scene::on(&cluster.nodes[1], script).await;
    scene.until_queues_are_on_disk().await;
    scene.put(script.messages).await;
    scene.proxy.retarget(cluster.nodes[0].port);
    let running = scene.start();
    answered(&running, scene.some()).await;
    blocking(|| cluster.nodes[0].kill()).await;
    loud(&running).await;
    scene.proxy.retarget(cluster.nodes[2].port);
    scene.heal().await;
    scene.put(script.messages / 2).await;
    let account = scene.finish(running).await;
    blocking(|| cluster.nodes[0].boot()).await;
    eventually("the cluster is whole", async || blocking(|| cluster.is_whole()).await).await;
    account
}

/// The node that the worker is connected to is parted from the two others and pauses; later the network heals.
pub async fn partition(script: Script) -> Account {
    let (_turn, cluster) = cluster().await;
    let mut scene = Scene::on(&cluster.nodes[1], script).await;
    scene.put(script.messages).await;
    scene.proxy.retarget(cluster.nodes[0].port);
    let running = scene.start();
    answered(&running, scene.some()).await;
    cluster.part(0, Mode::Refuse);
    loud(&running).await;
    scene.put(script.messages / 2).await;
    cluster.part(0, Mode::Pass);
    scene.heal().await;
    // The worker goes back to the same node, once that takes connections again.
    let account = scene.finish(running).await;
    eventually("the cluster is whole", async || blocking(|| cluster.is_whole()).await).await;
    account
}

//! One function a fault, grouped by where it strikes.

pub mod alarms;
pub mod cluster;
pub mod content;
pub mod crashes;
pub mod login;
pub mod network;
pub mod nodes;
pub mod queues;
pub mod signals;
pub mod tls;

use tokio::sync::{Mutex, MutexGuard, OnceCell};

use super::support::node::Node;

/// The node that no scene harms.
pub async fn calm_node() -> &'static Node {
    tokio::task::spawn_blocking(Node::shared).await.unwrap()
}

/// The node that scenes may harm, one at a time. Whoever has it leaves it running and without alarms.
pub async fn rough_node() -> (MutexGuard<'static, ()>, &'static Node) {
    static TURN: Mutex<()> = Mutex::const_new(());
    static NODE: OnceCell<Node> = OnceCell::const_new();
    let turn = TURN.lock().await;
    (turn, NODE.get_or_init(|| blocking(Node::start)).await)
}

/// Runs what blocks (a node's start or stop) beside the async work.
pub async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    tokio::task::spawn_blocking(work).await.unwrap()
}

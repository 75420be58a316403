//! The request to stop, as a future that any number of tasks can wait on.

use tokio::sync::watch;

/// Asks everything that holds its [`Shutdown`] to stop.
#[derive(Debug)]
pub struct ShutdownSwitch(watch::Sender<bool>);

/// Tells whether stopping was asked for.
#[derive(Clone, Debug)]
pub struct Shutdown(watch::Receiver<bool>);

/// A switch and what it switches. A switch that is dropped counts as thrown.
pub fn shutdown() -> (ShutdownSwitch, Shutdown) {
    let (sender, receiver) = watch::channel(false);
    (ShutdownSwitch(sender), Shutdown(receiver))
}

impl ShutdownSwitch {
    pub fn request(&self) {
        self.0.send_replace(true);
    }
}

impl Shutdown {
    pub fn is_requested(&self) -> bool {
        *self.0.borrow() || self.0.has_changed().is_err()
    }

    /// Waits until stopping is asked for.
    pub async fn requested(&self) {
        let _ = self.0.clone().wait_for(|requested| *requested).await;
    }
}

//! A TCP proxy between the worker and the broker, or between two nodes, that does to connections what networks do.

use std::{
    sync::{
        Arc, LazyLock,
        atomic::{AtomicBool, AtomicU16, AtomicU64, Ordering},
    },
    time::Duration,
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    runtime::Runtime,
    sync::watch,
};

/// Proxies outlive the runtime of the scene that uses them: those between the nodes of a cluster serve all scenes.
static NETWORK: LazyLock<Runtime> =
    LazyLock::new(|| tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap());

/// How slow a slow line is: a piece of at most so many bytes, then a pause.
const SLOW_BYTES: usize = 2048;
const SLOW_PAUSE: Duration = Duration::from_millis(10);

/// What happens to connections.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    Pass,
    /// New connections are closed at once.
    Refuse,
    /// New connections are accepted and never answered.
    Silent,
    /// Little at a time, with pauses.
    Slow,
    /// What the worker sends where it consumes (acknowledgements) vanishes; everything else passes.
    LoseAcknowledgements,
    /// What the worker sends where it publishes vanishes; everything else passes.
    LosePublishes,
}

/// Listens on a port of its own and passes what comes to the target. Dropping it cuts all connections.
pub struct Proxy {
    pub port: u16,
    control: Arc<Control>,
    listening: tokio::task::JoinHandle<()>,
}

struct Control {
    target: AtomicU16,
    mode: watch::Sender<Mode>,
    /// Counted up to cut all connections there are.
    cuts: watch::Sender<u64>,
    connections: AtomicU64,
    /// Connections with a smaller number are half open: both sides send, nothing arrives, nobody is told.
    half_open_below: AtomicU64,
}

/// One connection through the proxy.
struct Line {
    number: u64,
    consumes: AtomicBool,
    publishes: AtomicBool,
    control: Arc<Control>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Direction {
    ToTarget,
    FromTarget,
}

impl Proxy {
    pub fn to(target: u16) -> Self {
        Self::on(0, target)
    }

    /// A proxy on a port that must be known before.
    pub fn on(port: u16, target: u16) -> Self {
        let control = Arc::new(Control {
            target: AtomicU16::new(target),
            mode: watch::Sender::new(Mode::Pass),
            cuts: watch::Sender::new(0),
            connections: AtomicU64::new(0),
            half_open_below: AtomicU64::new(0),
        });
        let listener = std::net::TcpListener::bind(("127.0.0.1", port)).unwrap();
        listener.set_nonblocking(true).unwrap();
        let port = listener.local_addr().unwrap().port();
        let _guard = NETWORK.enter();
        let listener = TcpListener::from_std(listener).unwrap();
        let listening = NETWORK.spawn(listen(listener, Arc::clone(&control)));
        Self { port, control, listening }
    }

    /// The AMQP URL of the broker through this proxy.
    pub fn url(&self) -> String {
        format!("amqp://guest:guest@127.0.0.1:{}/%2f", self.port)
    }

    pub fn set(&self, mode: Mode) {
        self.control.mode.send_replace(mode);
    }

    /// Closes all connections that there are.
    pub fn cut(&self) {
        self.control.cuts.send_modify(|cuts| *cuts += 1);
    }

    /// From now on nothing passes on the connections that there are; new ones pass.
    pub fn half_open(&self) {
        self.control.half_open_below.store(self.connections(), Ordering::SeqCst);
    }

    /// New connections go to another port.
    pub fn retarget(&self, target: u16) {
        self.control.target.store(target, Ordering::SeqCst);
    }

    /// Connections that were accepted so far.
    pub fn connections(&self) -> u64 {
        self.control.connections.load(Ordering::SeqCst)
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.listening.abort();
        self.cut();
    }
}

async fn listen(listener: TcpListener, control: Arc<Control>) {
    loop {
        let Ok((client, _)) = listener.accept().await else { continue };
        let number = control.connections.fetch_add(1, Ordering::SeqCst);
        let line = Line { number, consumes: AtomicBool::new(false), publishes: AtomicBool::new(false), control: Arc::clone(&control) };
        tokio::spawn(line.serve(client));
    }
}

impl Line {
    async fn serve(self, client: TcpStream) {
        let mut cuts = self.control.cuts.subscribe();
        let mode = *self.control.mode.borrow();
        match mode {
            Mode::Refuse => return,
            Mode::Silent => {
                let _ = cuts.changed().await;
                return;
            }
            _ => {}
        }
        let target = self.control.target.load(Ordering::SeqCst);
        let Ok(server) = TcpStream::connect(("127.0.0.1", target)).await else { return };
        let _ = (client.set_nodelay(true), server.set_nodelay(true));
        let (client_reads, client_writes) = client.into_split();
        let (server_reads, server_writes) = server.into_split();
        tokio::select! {
            () = self.pump(client_reads, server_writes, Direction::ToTarget) => {}
            () = self.pump(server_reads, client_writes, Direction::FromTarget) => {}
            _ = cuts.changed() => {}
        }
    }

    async fn pump(&self, mut from: impl AsyncReadExt + Unpin, mut to: impl AsyncWriteExt + Unpin, direction: Direction) {
        let mut buffer = vec![0; 16 << 10];
        while let Ok(count @ 1..) = from.read(&mut buffer).await {
            if direction == Direction::ToTarget {
                self.learn_purpose(&buffer[..count]);
            }
            if !self.vanishes(direction) && self.pass(&mut to, &buffer[..count]).await.is_err() {
                return;
            }
        }
    }

    async fn pass(&self, to: &mut (impl AsyncWriteExt + Unpin), bytes: &[u8]) -> std::io::Result<()> {
        let slow = *self.control.mode.borrow() == Mode::Slow;
        if !slow {
            return to.write_all(bytes).await;
        }
        for piece in bytes.chunks(SLOW_BYTES) {
            tokio::time::sleep(SLOW_PAUSE).await;
            to.write_all(piece).await?;
        }
        Ok(())
    }

    /// The worker tells the broker the purpose of each connection in its name.
    fn learn_purpose(&self, bytes: &[u8]) {
        for (purpose, known) in [("(consume)", &self.consumes), ("(publish)", &self.publishes)] {
            if bytes.windows(purpose.len()).any(|window| window == purpose.as_bytes()) {
                known.store(true, Ordering::SeqCst);
            }
        }
    }

    fn vanishes(&self, direction: Direction) -> bool {
        if self.number < self.control.half_open_below.load(Ordering::SeqCst) {
            return true;
        }
        let lost = match *self.control.mode.borrow() {
            Mode::LoseAcknowledgements => &self.consumes,
            Mode::LosePublishes => &self.publishes,
            _ => return false,
        };
        direction == Direction::ToTarget && lost.load(Ordering::SeqCst)
    }
}

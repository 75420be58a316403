//! One fault's scene: queues of its own, articles, a worker behind a proxy, and the ledger.

use std::{
    sync::{Arc, Condvar, Mutex},
    time::{Duration, Instant},
};

use attache::{
    amqp::{self, Processor, Until, options::UrlSource, sabotage::Sabotage},
    telemetry::Outcome as Settlement,
};
use lapin::BasicProperties;

use super::{
    ledger::{Account, Fate, Ledger},
    process::Process,
    proxy::Proxy,
    support::{
        node::Node,
        stage::{Running, Stage, answer, eventually, header, processor},
    },
};

/// Nothing takes longer than this, also on a machine that is busy with other things.
const LIMIT: Duration = Duration::from_secs(120);
/// After so long without a message anywhere, those that are missing will not come.
const GONE: Duration = Duration::from_secs(4);

/// What decides how a scene goes, so that it can be repeated.
#[derive(Clone, Copy, Debug)]
pub struct Script {
    pub seed: u64,
    pub messages: usize,
    pub sabotage: Sabotage,
}

pub struct Scene {
    pub stage: Stage,
    pub proxy: Proxy,
    pub ledger: Ledger,
    pub rng: fastrand::Rng,
    pub messages: usize,
    url: String,
    healed: Option<Instant>,
    numbered: usize,
}

/// Whatever works on the articles.
pub enum Worker {
    /// In the test's own process, where its state can be looked at.
    Task(Running),
    /// The built program.
    Process(Process),
}

impl Scene {
    /// Queues declared on the node, a proxy before it.
    pub async fn on(node: &Node, script: Script) -> Self {
        let mut scene = Self::undeclared(node.port, &node.url(), script).await;
        scene.stage.options.sabotage = script.sabotage;
        amqp::topology::declare(&scene.stage.connection, &scene.stage.options).await.unwrap();
        scene
    }

    /// The same with nothing declared yet.
    pub async fn undeclared(port: u16, url: &str, script: Script) -> Self {
        let mut stage = Stage::at(url).await;
        let proxy = Proxy::to(port);
        stage.options.broker.url = UrlSource::Fixed(proxy.url().into());
        stage.options.broker.heartbeat = Duration::from_secs(2);
        stage.options.limits.connect = Duration::from_secs(3);
        stage.options.limits.watchdog = Duration::from_secs(1);
        let rng = fastrand::Rng::with_seed(script.seed);
        Self { stage, proxy, ledger: Ledger::default(), rng, messages: script.messages, url: url.into(), healed: None, numbered: 0 }
    }

    /// Puts plain articles on the queue, of which results are expected.
    pub async fn put(&mut self, count: usize) {
        for _ in 0..count {
            let id = self.next_id("article");
            self.put_as(&id, id.as_bytes(), BasicProperties::default(), Fate::Result).await;
        }
    }

    /// Puts one article with this body and fate on the queue.
    pub async fn put_as(&mut self, id: &str, body: &[u8], properties: BasicProperties, fate: Fate) {
        self.stage.put_with(body, properties.with_message_id(id.into())).await;
        self.ledger.put(id, fate);
    }

    pub fn next_id(&mut self, kind: &str) -> String {
        self.numbered += 1;
        format!("{}-{kind}-{}", self.stage.options.names.input, self.numbered)
    }

    /// A worker that takes a few milliseconds for each article.
    pub fn start(&self) -> Running {
        self.start_with(processor(|body| {
            std::thread::sleep(Duration::from_millis(3));
            answer(body)
        }))
    }

    pub fn start_with(&self, processor: Processor) -> Running {
        self.stage.start_until(processor, Until::Stopped)
    }

    /// Some number of articles out of the first half, by the seed: when it is answered, the fault comes.
    pub fn some(&mut self) -> u64 {
        self.rng.u64(1..=(self.messages as u64 / 2).max(1))
    }

    /// The fault is over: from here on the recovery is measured.
    pub async fn heal(&mut self) {
        self.healed = Some(Instant::now());
        self.collect().await;
        self.ledger.note_end_of_fault();
    }

    /// A new connection of the suite itself, after the broker was gone.
    pub async fn reconnect(&mut self) {
        self.stage.reconnect(&self.url).await;
    }

    /// RabbitMQ 3.10 keeps the register of its quorum queues in memory for up to three seconds (Erlang's dets): a node that is killed
    /// within them forgets the queue with all it holds. A queue that is older survives.
    pub async fn until_queues_are_on_disk(&self) {
        tokio::time::sleep(Duration::from_secs(5)).await;
    }

    /// Waits until everything is settled, stops the worker, and makes the account.
    pub async fn finish(mut self, worker: impl Into<Worker>) -> Account {
        let worker = worker.into();
        self.wait_for_all(&worker).await;
        if let Worker::Task(running) = &worker {
            eventually("ready at the end", async || running.status.is_ready()).await;
        }
        let recovery = self.healed.map(|healed| healed.elapsed());
        worker.stop().await;
        self.collect().await;
        let mut account = self.ledger.account(recovery);
        for queue in [self.stage.options.names.input.clone(), self.stage.options.names.wait.clone()] {
            let left = self.stage.ready(&queue).await;
            if left > 0 {
                account.unexpected.push(format!("{left} messages are left in {queue}"));
            }
        }
        account
    }

    /// Takes what there is of results and dead letters.
    pub async fn collect(&mut self) {
        let names = self.stage.options.names.clone();
        for result in self.stage.take_all(names.results.as_deref().expect("the results have a queue")).await {
            let article = result.properties.correlation_id().as_ref().map(ToString::to_string).unwrap_or_default();
            let id = result.properties.message_id().as_ref().map(ToString::to_string).unwrap_or_default();
            self.ledger.found_result(&article, &id);
        }
        for letter in self.stage.take_all(&names.dead).await {
            let article = letter.properties.message_id().as_ref().map(ToString::to_string).unwrap_or_default();
            // Letters that the broker moved have only its own record.
            let reason = header(&letter, "attache-reason").unwrap_or_else(|| "by the broker".into());
            self.ledger.found_letter(&article, &reason);
        }
    }

    /// Until every article is accounted for and nothing is under way; or until it is clear that some are gone.
    async fn wait_for_all(&mut self, worker: &Worker) {
        let deadline = Instant::now() + LIMIT;
        let mut quiet_since = Instant::now();
        loop {
            self.collect().await;
            let under_way = self.under_way(worker).await;
            if self.ledger.is_complete() && !under_way {
                return;
            }
            if under_way {
                quiet_since = Instant::now();
            }
            let gone = quiet_since.elapsed() > GONE && worker.is_idle();
            if gone || Instant::now() > deadline {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    async fn under_way(&self, worker: &Worker) -> bool {
        let names = &self.stage.options.names;
        self.stage.ready(&names.input).await + self.stage.ready(&names.wait).await > 0 || worker.has_articles()
    }
}

impl Worker {
    fn has_articles(&self) -> bool {
        match self {
            Self::Task(running) => running.status.ledger.in_flight() > 0,
            // What the program holds is not seen from outside; the ledger tells when it is done.
            Self::Process(_) => false,
        }
    }

    /// Whether what is missing cannot be inside the worker.
    fn is_idle(&self) -> bool {
        matches!(self, Self::Task(running) if running.status.is_ready())
    }

    async fn stop(self) {
        match self {
            Self::Task(running) => running.stop().await,
            Self::Process(process) => process.stop().await,
        }
    }
}

impl From<Running> for Worker {
    fn from(running: Running) -> Self {
        Self::Task(running)
    }
}

impl From<Process> for Worker {
    fn from(process: Process) -> Self {
        Self::Process(process)
    }
}

/// Holds extraction threads until it is opened.
#[derive(Clone, Default)]
pub struct Gate(Arc<(Mutex<bool>, Condvar)>);

impl Gate {
    pub fn wait(&self) {
        let open = self.0.0.lock().unwrap();
        drop(self.0.1.wait_while(open, |open| !*open).unwrap());
    }

    pub fn open(&self) {
        *self.0.0.lock().unwrap() = true;
        self.0.1.notify_all();
    }
}

/// Waits until the worker has answered so many.
pub async fn answered(running: &Running, count: u64) {
    eventually("some are answered", async || running.status.ledger.totals().of(Settlement::Answered) >= count).await;
}

/// Waits until the worker says that it cannot go on: it must not idle in silence.
pub async fn loud(running: &Running) {
    eventually("the worker says that something is wrong", async || !running.status.is_ready()).await;
}

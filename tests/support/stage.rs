//! A stage for one test: queues of its own on a broker, articles put on, answers taken off, and the worker in between.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use attache::{
    amqp::{self, Fault, Options, Processor, ShutdownSwitch, Status, Until, options::UrlSource},
    messages::{Envelope, Rejection},
    settings::Settings,
    worker::{Answer, Outcome},
};
use lapin::{
    BasicProperties, Channel, Confirmation, Connection, ConnectionProperties,
    message::Delivery,
    options::{BasicAckOptions, BasicGetOptions, BasicNackOptions, BasicPublishOptions, ConfirmSelectOptions, QueueDeclareOptions},
    types::{AMQPValue, FieldTable},
};

use super::node::Node;

/// Names and a connection of one test.
pub struct Stage {
    pub options: Options,
    pub connection: Connection,
    pub channel: Channel,
}

/// A worker that runs in the test's own process.
pub struct Running {
    pub status: Status,
    pub switch: ShutdownSwitch,
    pub task: tokio::task::JoinHandle<Result<(), Fault>>,
}

impl Stage {
    /// Queues of its own on the shared node, declared.
    pub async fn new() -> Self {
        let stage = Self::on(tokio::task::spawn_blocking(Node::shared).await.unwrap()).await;
        amqp::topology::declare(&stage.connection, &stage.options).await.unwrap();
        stage
    }

    /// Names of its own on the given node; nothing is declared.
    pub async fn on(node: &Node) -> Self {
        Self::at(&node.url()).await
    }

    /// The same where the URL says.
    pub async fn at(url: &str) -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let (connection, channel) = connect(url).await;
        Self { options: options(url, number), connection, channel }
    }

    /// A new connection in place of one that is lost.
    pub async fn reconnect(&mut self, url: &str) {
        (self.connection, self.channel) = connect(url).await;
    }

    pub fn start(&self, processor: Processor) -> Running {
        self.start_until(processor, Until::Stopped)
    }

    pub fn start_until(&self, processor: Processor, until: Until) -> Running {
        let status = Status::default();
        let (switch, shutdown) = amqp::shutdown();
        let (options, shown) = (self.options.clone(), status.clone());
        let task = tokio::spawn(async move { amqp::run(options, processor, &shown, shutdown, until).await });
        Running { status, switch, task }
    }

    /// Puts articles on the input queue, with the body as message id.
    pub async fn put(&self, bodies: &[&str]) {
        for body in bodies {
            self.put_with(body.as_bytes(), BasicProperties::default().with_message_id((*body).into())).await;
        }
    }

    pub async fn put_with(&self, body: &[u8], properties: BasicProperties) {
        let mandatory = BasicPublishOptions { mandatory: true, ..Default::default() };
        let input = self.options.names.input.as_str().into();
        let confirm = self.channel.basic_publish("".into(), input, mandatory, body, properties.with_delivery_mode(2)).await;
        let confirmation = confirm.unwrap().await.unwrap();
        assert_eq!(confirmation, Confirmation::Ack(None));
    }

    /// Takes so many messages off a queue, waiting for them, and makes sure that no more are there.
    pub async fn take(&self, queue: &str, count: usize) -> Vec<Delivery> {
        let mut taken = Vec::new();
        eventually(&format!("{count} messages in queue {queue}"), async || {
            taken.extend(self.take_all(queue).await);
            taken.len() >= count
        })
        .await;
        assert_eq!(taken.len(), count, "queue {queue} holds more than expected");
        taken
    }

    /// Takes what a queue has at this moment.
    pub async fn take_all(&self, queue: &str) -> Vec<Delivery> {
        let mut taken = Vec::new();
        while let Some(message) = self.channel.basic_get(queue.into(), BasicGetOptions { no_ack: false }).await.unwrap() {
            message.delivery.ack(BasicAckOptions::default()).await.unwrap();
            taken.push(message.delivery);
        }
        taken
    }

    /// Takes one message, if there is one, and gives it back, as a worker that crashes would.
    pub async fn give_back_one(&self, queue: &str) {
        if let Some(message) = self.channel.basic_get(queue.into(), BasicGetOptions { no_ack: false }).await.unwrap() {
            message.delivery.nack(BasicNackOptions { requeue: true, multiple: false }).await.unwrap();
        }
    }

    pub async fn results(&self, count: usize) -> Vec<Delivery> {
        self.take(self.options.names.results.as_ref().unwrap(), count).await
    }

    pub async fn dead(&self, count: usize) -> Vec<Delivery> {
        self.take(&self.options.names.dead, count).await
    }

    /// Messages that a queue has ready, by a passive declaration.
    pub async fn ready(&self, queue: &str) -> u32 {
        let passive = QueueDeclareOptions { passive: true, ..Default::default() };
        let channel = self.connection.create_channel().await.unwrap();
        channel.queue_declare(queue.into(), passive, FieldTable::default()).await.unwrap().message_count()
    }
}

impl Running {
    /// Asks the worker to stop and waits until all that it holds unacknowledged is back on the queue.
    pub async fn stop(self) {
        self.switch.request();
        tokio::time::timeout(Duration::from_secs(30), self.task).await.expect("the worker stops in time").unwrap().unwrap();
    }
}

/// Looks at a condition until it holds; beside the one in `node` the only place where tests wait by the clock.
pub async fn eventually(what: &str, mut holds: impl AsyncFnMut() -> bool) {
    let deadline = Instant::now() + Duration::from_secs(60);
    while !holds().await {
        assert!(Instant::now() < deadline, "not within 60 s: {what}");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

/// A processor out of a closure over the body as text.
pub fn processor(process: impl Fn(&str) -> Outcome + Send + Sync + 'static) -> Processor {
    Arc::new(move |body: &[u8], _: &Envelope| process(&String::from_utf8_lossy(body)))
}

/// The answer of a test: its message id and body tell the article.
pub fn answer(article: &str) -> Outcome {
    Outcome::Answered(Answer {
        message_id: format!("result-of-{article}"),
        article_id: article.into(),
        relevance: "events",
        body: format!("answer to {article}").into_bytes(),
        events: 1,
        sanctions: 0,
        warnings: 0,
        sentences: 1,
        language: "en".into(),
    })
}

pub fn rejection(reason: &'static str) -> Outcome {
    Outcome::Rejected(Rejection { reason, detail: "the test says so".into() })
}

pub fn header(delivery: &Delivery, name: &str) -> Option<String> {
    match delivery.properties.headers().as_ref()?.inner().get(name)? {
        AMQPValue::LongString(text) => Some(text.to_string()),
        AMQPValue::LongLongInt(number) => Some(number.to_string()),
        other => panic!("header {name} is {other:?}"),
    }
}

pub fn text(delivery: &Delivery) -> String {
    String::from_utf8(delivery.data.clone()).unwrap()
}

async fn connect(url: &str) -> (Connection, Channel) {
    let connection = Connection::connect(url, ConnectionProperties::default()).await.unwrap();
    let channel = connection.create_channel().await.unwrap();
    channel.confirm_select(ConfirmSelectOptions::default()).await.unwrap();
    (connection, channel)
}

fn options(url: &str, number: usize) -> Options {
    let mut options = Options::from(&Settings::default());
    options.broker.url = UrlSource::Fixed(url.into());
    let name = |what: &str| format!("test{number}.{what}");
    options.names.input = name("articles");
    options.names.wait = name("wait");
    options.names.dead = name("dead");
    options.names.results_exchange = name("exchange");
    options.names.results = Some(name("results"));
    options.threads = 2;
    options.attempts = 3;
    options.queues.wait = Duration::from_millis(50);
    // A node that has just come back leaves single requests without an answer; the session is then built anew.
    (options.limits.request, options.limits.confirm) = (Duration::from_secs(4), Duration::from_secs(4));
    options.backoff.first = Duration::from_millis(20);
    options.backoff.longest = Duration::from_millis(200);
    options
}

//! Putting articles on the input queue, each confirmed.

use std::{
    sync::Arc,
    time::{SystemTime, UNIX_EPOCH},
};

use lapin::Connection;

use super::{
    connect::connect,
    fault::Fault,
    options::Options,
    properties,
    publisher::{Parcel, PublishFault, PublishLimits, Publisher},
    topology,
};

/// An article on its way to the queue, as it is in its file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Article {
    pub message_id: Option<String>,
    /// `application/json`, `text/plain` or `text/html`.
    pub content_type: &'static str,
    pub body: Vec<u8>,
}

/// A connection that puts articles on the input queue.
#[derive(Debug)]
pub struct Feed {
    connection: Arc<Connection>,
    publisher: Publisher,
    queue: String,
}

impl Feed {
    /// Connects and makes sure that the queues are there.
    pub async fn open(options: &Options) -> Result<Self, Fault> {
        let connection = Arc::new(connect(options, "put articles").await?);
        topology::ensure(&connection, options).await?;
        let limits = PublishLimits { request: options.limits.request, confirm: options.limits.confirm, sabotage: options.sabotage };
        let publisher = Publisher::new(Arc::clone(&connection), options.publish_channels, limits);
        Ok(Self { connection, publisher, queue: options.names.input.clone() })
    }

    /// Puts one article on the queue. `Ok` means that the broker has it safe. Many may be under way at a time.
    pub async fn put(&self, article: Article) -> Result<(), PublishFault> {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
        let properties = properties::article_properties(article.message_id.as_deref(), article.content_type, now);
        let body = Arc::new(article.body);
        self.publisher.publish(&Parcel { exchange: String::new(), routing_key: self.queue.clone(), body, properties }).await
    }

    pub async fn close(self) {
        let _ = self.connection.close(200, "done".into()).await;
    }
}

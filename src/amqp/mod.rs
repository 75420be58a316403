//! The broker side: takes articles from a queue, has them worked on, publishes what comes of it, and only then acknowledges.
//!
//! The promise: no input is acknowledged before its result, its retry copy or its dead letter is confirmed. Duplicates are
//! possible and carry the same `message_id`. The worker never idles in silence.
//!
//! A delivery passes [`consumer`] (bounded by places in flight), [`pool`] (extraction threads), [`relay`] (what its outcome
//! means), [`outlet`] (held while the broker does not take it) and [`publisher`] (confirmed) before it is acknowledged on its own
//! channel. [`session`] builds all this anew whenever anything fails; lapin's own recovery stays off, because after some
//! errors its consumers hang for ever without an error. [`vigil`] ends a session that would stand still.

pub mod backoff;
pub mod connect;
pub mod consumer;
pub mod fault;
pub mod feed;
pub mod letters;
pub mod mailbox;
pub mod mismatch;
pub mod options;
pub mod outlet;
pub mod pool;
pub mod properties;
pub mod publisher;
pub mod relay;
pub mod sabotage;
pub mod session;
pub mod shutdown;
pub mod status;
pub mod suspicion;
pub mod tls;
pub mod topology;
pub mod vigil;

pub use fault::Fault;
pub use options::Options;
pub use pool::Processor;
pub use session::{Until, run};
pub use shutdown::{Shutdown, ShutdownSwitch, shutdown};
pub use status::{Phase, Status};

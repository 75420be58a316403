//! What can be seen of a running worker: log lines with stable event names (listed in `docs/logs.md`), an account of all
//! deliveries with a summary each interval, metrics, liveness and readiness.

mod deliveries;
mod escape;
mod health;
mod histogram;
mod http;
mod ledger;
mod lines;
mod panics;
mod report;
mod subscriber;

pub use deliveries::{DeliveryRecord, Outcome};
pub use escape::visible;
pub use health::Health;
pub use histogram::Histogram;
pub use http::{bind, serve};
pub use ledger::{InFlight, Ledger, Summary};
pub use lines::{Form, Lines};
pub use metrics_exporter_prometheus::PrometheusHandle;
pub use panics::log_panics;
pub use report::{install_metrics, report};
pub use subscriber::{FilterError, start_logging, subscriber};

#[cfg(test)]
mod tests;

//! `/live`, `/ready` and `/metrics` over HTTP.

use std::net::SocketAddr;

use axum::{
    Router,
    extract::State,
    http::{StatusCode, header},
    response::IntoResponse,
    routing::get,
};
use metrics_exporter_prometheus::PrometheusHandle;
use tokio::net::TcpListener;

use super::health::Health;

/// Takes the address, so that one that is in use is known at the start.
pub async fn bind(address: SocketAddr) -> std::io::Result<TcpListener> {
    TcpListener::bind(address).await
}

/// Answers until `shutdown` is done.
pub async fn serve(
    listener: TcpListener,
    health: Health,
    metrics: PrometheusHandle,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    let routes = Router::new()
        .route("/live", get(async |State(health): State<Health>| verdict(health.live())))
        .route("/ready", get(async |State(health): State<Health>| verdict(health.ready())))
        .with_state(health)
        .route("/metrics", get(async move || ([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], metrics.render())));
    axum::serve(listener, routes).with_graceful_shutdown(shutdown).await
}

fn verdict(condition: Result<(), String>) -> impl IntoResponse {
    match condition {
        Ok(()) => (StatusCode::OK, "ok\n".to_owned()),
        Err(reason) => (StatusCode::SERVICE_UNAVAILABLE, format!("{reason}\n")),
    }
}

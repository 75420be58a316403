//! `attache health`: asks the worker beside it how it is.

use std::{
    io::{Read, Write},
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpStream},
    process::ExitCode,
    time::Duration,
};

use anyhow::{Context, bail};

use crate::{
    settings::{Problem, Problems, Settings},
    telemetry::visible,
};

/// Longer than an idle worker ever needs, shorter than the patience of container engines.
const TIMEOUT: Duration = Duration::from_secs(3);
/// Our own answers are a line long; another server's is not read to its end.
const LONGEST_ANSWER_BYTES: u64 = 16 * 1024;

/// Ask the worker that runs with the same settings whether it is ready; for container health checks, which have no shell.
///
/// Exit code 0 when it is; 1 when it is not or nothing answers; 2 when http.listen is not set.
#[derive(Debug, clap::Args)]
pub struct HealthArgs {
    /// Ask only whether it is alive (/live), not whether it takes articles (/ready).
    #[arg(long)]
    pub live: bool,
}

/// Runs the subcommand.
pub fn run(args: &HealthArgs, settings: &Settings) -> anyhow::Result<ExitCode> {
    let Some(listen) = settings.http.listen else {
        let reason = "is not set, so the worker answers no questions".to_owned();
        return Err(Problems(vec![Problem { key: Some("http.listen".into()), origin: None, reason }]).into());
    };
    let path = if args.live { "/live" } else { "/ready" };
    let (status, text) = ask(reachable(listen), path).with_context(|| format!("http://{listen}{path}"))?;
    writeln!(std::io::stdout(), "{}", visible(text.trim_end()))?;
    Ok(if status == 200 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// A worker that listens on all addresses is asked over loopback.
fn reachable(listen: SocketAddr) -> SocketAddr {
    let ip = match listen.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    SocketAddr::new(ip, listen.port())
}

/// Asks by HTTP/1.0, where the answer ends with the connection; gives the status and the body.
fn ask(address: SocketAddr, path: &str) -> anyhow::Result<(u16, String)> {
    let mut stream = TcpStream::connect_timeout(&address, TIMEOUT).context("nothing answers")?;
    stream.set_read_timeout(Some(TIMEOUT))?;
    stream.set_write_timeout(Some(TIMEOUT))?;
    write!(stream, "GET {path} HTTP/1.0\r\nHost: {address}\r\n\r\n")?;
    let mut answer = Vec::new();
    stream.take(LONGEST_ANSWER_BYTES).read_to_end(&mut answer).context("no answer in time")?;
    let answer = String::from_utf8_lossy(&answer);
    let Some((head, body)) = answer.split_once("\r\n\r\n") else { bail!("the answer is not HTTP") };
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).context("the answer is not HTTP")?;
    Ok((status, body.to_owned()))
}

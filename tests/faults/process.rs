//! The built program as a process of its own.

use std::{
    io::{Read, Seek, SeekFrom},
    path::PathBuf,
    process::{Child, Command, ExitStatus, Stdio},
    time::{Duration, Instant},
};

use attache::amqp::Options;

/// Started with the names of a stage; its log goes to a file. Dropping it kills it.
pub struct Process {
    child: Child,
    log: PathBuf,
    _folder: tempfile::TempDir,
}

impl Process {
    pub fn start(options: &Options, url: &str) -> Self {
        Self::start_with(options, url, &[], &[])
    }

    /// With more flags and environment variables.
    pub fn start_with(options: &Options, url: &str, flags: &[&str], variables: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let log = folder.path().join("log");
        let mut command = Command::new(env!("CARGO_BIN_EXE_attache"));
        command.args(["run", "--config-dir"]).arg(folder.path());
        for setting in settings(options) {
            command.args(["--set", &setting]);
        }
        let output = std::fs::File::create(&log).unwrap();
        let child = command
            .args(flags)
            .env_clear()
            .env("AMQP_URL", url)
            .envs(variables.iter().copied())
            .current_dir(folder.path())
            .stdin(Stdio::null())
            .stderr(output.try_clone().unwrap())
            .stdout(output)
            .spawn()
            .unwrap();
        Self { child, log, _folder: folder }
    }

    /// What others on the machine see of its command line.
    pub fn arguments(&self) -> String {
        std::fs::read_to_string(format!("/proc/{}/cmdline", self.child.id())).unwrap_or_default().replace('\0', " ")
    }

    /// All that it has written so far, on both outputs.
    pub fn output(&self) -> String {
        String::from_utf8_lossy(&std::fs::read(&self.log).unwrap()).into_owned()
    }

    /// The last so many bytes of it.
    pub fn end_of_output(&self, bytes: i64) -> String {
        let mut file = std::fs::File::open(&self.log).unwrap();
        // A shorter file is read from its beginning.
        let _ = file.seek(SeekFrom::End(-bytes));
        let mut end = Vec::new();
        file.read_to_end(&mut end).unwrap();
        String::from_utf8_lossy(&end).into_owned()
    }

    /// How many lines name this event.
    pub fn events(&self, event: &str) -> usize {
        let named = format!("\"event\":\"{event}\"");
        self.output().lines().filter(|line| line.contains(&named)).count()
    }

    /// Waits until so many lines name this event.
    pub async fn logged(&mut self, event: &str, count: usize) {
        let deadline = Instant::now() + Duration::from_secs(90);
        while self.events(event) < count {
            assert!(Instant::now() < deadline, "not logged {count} times: {event}; the log:\n{}", self.output());
            assert!(self.child.try_wait().unwrap().is_none(), "it ended; the log:\n{}", self.output());
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    /// Sends a signal by its name.
    pub fn signal(&self, name: &str) {
        let sent = Command::new("kill").args([&format!("-{name}"), &self.child.id().to_string()]).status().unwrap();
        assert!(sent.success());
    }

    /// Whether it has ended by itself.
    pub fn has_ended(&mut self) -> bool {
        self.child.try_wait().unwrap().is_some()
    }

    /// Waits for its end, at most so long.
    pub async fn ended(&mut self, limit: Duration) -> ExitStatus {
        let deadline = Instant::now() + limit;
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            assert!(Instant::now() < deadline, "still there after {limit:?}; the log:\n{}", self.output());
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    /// Stops it in order.
    pub async fn stop(mut self) {
        // Before that it has not asked for signals yet.
        self.logged("session.started", 1).await;
        self.signal("TERM");
        let status = self.ended(Duration::from_secs(60)).await;
        assert!(status.success(), "{status}; the log:\n{}", self.output());
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn settings(options: &Options) -> Vec<String> {
    let names = &options.names;
    let seconds = |duration: Duration| duration.as_secs_f64();
    vec![
        format!("consume.queue={}", names.input),
        format!("retry.queue={}", names.wait),
        format!("dead_letters.queue={}", names.dead),
        format!("publish.exchange={}", names.results_exchange),
        format!("publish.queue={}", names.results.as_deref().expect("the results have a queue")),
        format!("retry.wait_seconds={}", seconds(options.queues.wait)),
        format!("retry.attempts={}", options.attempts),
        format!("consume.prefetch={}", options.prefetch),
        format!("consume.delivery_limit={}", options.queues.delivery_limit),
        format!("work.threads={}", options.threads),
        format!("broker.backoff_min_seconds={}", seconds(options.backoff.first)),
        format!("broker.backoff_max_seconds={}", seconds(options.backoff.longest)),
        format!("broker.connect_timeout_seconds={}", seconds(options.limits.connect)),
        format!("broker.operation_timeout_seconds={}", seconds(options.limits.request)),
        format!("publish.confirm_timeout_seconds={}", seconds(options.limits.confirm)),
        "logs.format=json".into(),
        "logs.interval_seconds=1".into(),
    ]
}

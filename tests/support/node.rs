//! Private RabbitMQ nodes on loopback, each with its own data folder, ports, cookie and name service.

use std::{
    io::Write,
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::OnceLock,
    time::{Duration, Instant},
};

const TOOLS: &str = "/usr/lib/rabbitmq/bin";

/// Runs beside the tests and outlives them by a moment: when the test process is gone, by whatever end, its pipe closes, and the
/// node, its name service and its folder are removed. Signals to the whole group of processes, such as Ctrl-C, must not end it first.
const CARETAKER: &str = r#"
trap '' TERM INT HUP
epmd=
[ -n "$FOREIGN_EPMD" ] || { epmd -port "$ERL_EPMD_PORT" & epmd=$!; }
cat >/dev/null
[ -s "$FOLDER/pid" ] && kill -9 "$(cat "$FOLDER/pid")" 2>/dev/null
[ -z "$epmd" ] || kill -9 "$epmd" 2>/dev/null
rm -rf "$FOLDER"
"#;

/// A running node. Dropping it kills it.
pub struct Node {
    pub port: u16,
    folder: PathBuf,
    environment: Vec<(&'static str, String)>,
    caretaker: Child,
}

impl Node {
    /// The node that all tests share which do not harm it.
    pub fn shared() -> &'static Node {
        static SHARED: OnceLock<Node> = OnceLock::new();
        SHARED.get_or_init(Node::start)
    }

    /// Starts a node of its own and waits until it takes connections.
    pub fn start() -> Self {
        Self::start_with(&Plan::default())
    }

    /// The same with more lines in its configuration, or as one of a cluster.
    pub fn start_with(plan: &Plan) -> Self {
        let node = Self::prepare(plan);
        node.boot();
        node
    }

    /// Everything that a node needs, with its process not started yet.
    pub fn prepare(plan: &Plan) -> Self {
        assert!(
            Path::new(TOOLS).join("rabbitmq-server").exists(),
            "rabbitmq-server is not installed; run ./scripts/test, which installs it without starting its service"
        );
        let (port, distribution_port) = (plan.port.unwrap_or_else(free_port), plan.distribution_port.unwrap_or_else(free_port));
        let folder = std::env::temp_dir().join(format!("attache-test-{}-{port}", std::process::id()));
        std::fs::create_dir_all(folder.join("log")).unwrap();
        write_configuration(&folder, port, plan);
        let mut environment = environment(&folder, port, distribution_port, plan.epmd_port.unwrap_or_else(free_port));
        if plan.epmd_port.is_some() {
            environment.push(("FOREIGN_EPMD", "yes".into()));
        }
        let caretaker = Command::new("sh")
            .args(["-c", CARETAKER])
            .env_clear()
            .envs(environment.iter().cloned())
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        Self { port, folder, environment, caretaker }
    }

    /// Ends the node's process as a crash of its machine would, but for what the system still writes to disk.
    pub fn kill(&self) {
        let pid = std::fs::read_to_string(self.folder.join("pid")).expect("the node has written its process id");
        let killed = Command::new("kill").args(["-KILL", pid.trim()]).status().unwrap();
        assert!(killed.success());
        let gone = Path::new("/proc").join(pid.trim());
        eventually("the node's process is gone", || !gone.join("exe").exists());
    }

    pub fn url(&self) -> String {
        format!("amqp://guest:guest@127.0.0.1:{}/%2f", self.port)
    }

    /// Starts the node's process, after `start` or `stop`, and waits until it takes connections.
    pub fn boot(&self) {
        self.launch();
        self.wait_up();
    }

    /// Starts the node's process without waiting for it.
    pub fn launch(&self) {
        let _ = std::fs::remove_file(self.folder.join("pid"));
        let status = self.tool("rabbitmq-server").arg("-detached").status().unwrap();
        assert!(status.success(), "the node does not start: {}", self.log());
    }

    /// Ends the node's process as a restart of its service would, cutting all connections.
    pub fn stop(&self) {
        let pid = std::fs::read_to_string(self.folder.join("pid")).expect("the node has written its process id");
        let asked = Command::new("kill").args(["-TERM", pid.trim()]).status().unwrap();
        assert!(asked.success());
        let gone = Path::new("/proc").join(pid.trim());
        eventually("the node's process is gone", || !gone.join("exe").exists());
    }

    /// Runs `rabbitmqctl` against the node.
    pub fn control(&self, arguments: &[&str]) -> String {
        let output = self.tool("rabbitmqctl").stdout(Stdio::piped()).stderr(Stdio::piped()).args(arguments).output().unwrap();
        assert!(output.status.success(), "rabbitmqctl {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    fn tool(&self, name: &str) -> Command {
        let mut command = Command::new(Path::new(TOOLS).join(name));
        command.env_clear().envs(self.environment.iter().cloned()).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        command
    }

    /// An AMQP handshake is answered only by a node that has fully started: others close the connection or do not listen.
    pub fn wait_up(&self) {
        let answers = || {
            let Ok(mut stream) = std::net::TcpStream::connect(("127.0.0.1", self.port)) else { return false };
            let _ = stream.set_read_timeout(Some(Duration::from_secs(5)));
            let mut first = [0];
            stream.write_all(b"AMQP\x00\x00\x09\x01").is_ok() && matches!(std::io::Read::read(&mut stream, &mut first), Ok(1))
        };
        let deadline = Instant::now() + Duration::from_secs(180);
        while !answers() {
            assert!(Instant::now() < deadline, "the node does not come up: {}", self.log());
            std::thread::sleep(Duration::from_millis(100));
        }
        assert!(self.folder.join("pid").exists(), "the node has written its process id");
    }

    fn log(&self) -> String {
        let entries = std::fs::read_dir(self.folder.join("log")).into_iter().flatten().flatten();
        entries.filter_map(|entry| std::fs::read_to_string(entry.path()).ok()).collect()
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        drop(self.caretaker.stdin.take());
        let _ = self.caretaker.wait();
    }
}

/// Looks at a condition until it holds; this is the only place where tests wait by the clock.
pub fn eventually(what: &str, mut holds: impl FnMut() -> bool) {
    let deadline = Instant::now() + Duration::from_secs(30);
    while !holds() {
        assert!(Instant::now() < deadline, "not within 30 s: {what}");
        std::thread::sleep(Duration::from_millis(10));
    }
}

/// What makes a node different from others.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// Lines of its `rabbitmq.conf` beside the usual ones; `FOLDER` stands for the node's own folder.
    pub configuration: String,
    /// Files in that folder, by name.
    pub files: Vec<(&'static str, String)>,
    /// Ports that must be known before it starts; without them, free ones.
    pub port: Option<u16>,
    pub distribution_port: Option<u16>,
    /// A name service that runs already; without it the node has its own.
    pub epmd_port: Option<u16>,
    /// What nodes of one cluster share.
    pub cookie: Option<String>,
}

/// The name of the node that listens on this port.
pub fn name(port: u16) -> String {
    format!("attache{port}@localhost")
}

fn write_configuration(folder: &Path, port: u16, plan: &Plan) {
    let configuration = format!(
        "listeners.tcp.1 = 127.0.0.1:{port}\nvm_memory_high_watermark.absolute = 1GiB\ndisk_free_limit.absolute = 50MB\nlog.file.level = info\n{}",
        plan.configuration.replace("FOLDER", &folder.display().to_string())
    );
    for (name, content) in &plan.files {
        std::fs::write(folder.join(name), content).unwrap();
    }
    if let Some(cookie) = &plan.cookie {
        let file = folder.join(".erlang.cookie");
        std::fs::write(&file, cookie).unwrap();
        std::fs::set_permissions(&file, std::os::unix::fs::PermissionsExt::from_mode(0o400)).unwrap();
    }
    std::fs::write(folder.join("rabbitmq.conf"), configuration).unwrap();
    std::fs::write(folder.join("enabled_plugins"), "[].").unwrap();
    std::fs::write(folder.join("env.conf"), "").unwrap();
}

fn environment(folder: &Path, port: u16, distribution_port: u16, epmd_port: u16) -> Vec<(&'static str, String)> {
    let within = |name: &str| folder.join(name).display().to_string();
    vec![
        ("PATH", std::env::var("PATH").unwrap_or_else(|_| "/usr/sbin:/usr/bin:/sbin:/bin".into())),
        ("LANG", "C.UTF-8".into()),
        ("HOME", folder.display().to_string()),
        ("FOLDER", folder.display().to_string()),
        ("ERL_EPMD_PORT", epmd_port.to_string()),
        ("ERL_EPMD_ADDRESS", "127.0.0.1".into()),
        ("RABBITMQ_NODENAME", name(port)),
        ("RABBITMQ_NODE_IP_ADDRESS", "127.0.0.1".into()),
        ("RABBITMQ_NODE_PORT", port.to_string()),
        ("RABBITMQ_DIST_PORT", distribution_port.to_string()),
        ("RABBITMQ_MNESIA_BASE", within("data")),
        ("RABBITMQ_LOG_BASE", within("log")),
        ("RABBITMQ_PID_FILE", within("pid")),
        ("RABBITMQ_ENABLED_PLUGINS_FILE", within("enabled_plugins")),
        ("RABBITMQ_CONF_ENV_FILE", within("env.conf")),
        ("RABBITMQ_CONFIG_FILE", within("rabbitmq.conf")),
        ("RABBITMQ_FEATURE_FLAGS_FILE", within("feature_flags")),
        ("RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS", "-kernel inet_dist_use_interface {127,0,0,1}".into()),
    ]
}

/// A port that nothing listens on, below those that the system gives to outgoing connections and those of the broker's tools.
pub fn free_port() -> u16 {
    std::iter::repeat_with(|| fastrand::u16(20000..32000))
        .find(|port| TcpListener::bind(("127.0.0.1", *port)).is_ok())
        .expect("the range is large")
}

//! What `deploy/` holds cannot be run everywhere; here it is read, and held against the program that it deploys.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

use attache::{
    amqp::{Options, topology},
    settings::Settings,
};
use yaml_rust2::{Yaml, YamlLoader};

fn read(path: &str) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn yaml(path: &str) -> Vec<Yaml> {
    YamlLoader::load_from_str(&read(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn text(node: &Yaml) -> &str {
    node.as_str().unwrap_or_else(|| panic!("not a text: {node:?}"))
}

fn seconds(duration: &str) -> u64 {
    duration.trim_end_matches('s').parse().unwrap_or_else(|_| panic!("not a number of seconds: {duration}"))
}

/// A variable such as `ATTACHE__WORK__THREADS` has to be a setting, or the worker refuses to start.
fn check_variable(variable: &str) {
    let settings = serde_json::to_value(Settings::default()).expect("settings can be written");
    let path = variable.strip_prefix("ATTACHE__").unwrap_or_else(|| panic!("{variable} is no setting"));
    let mut node = &settings;
    for key in path.to_lowercase().split("__") {
        node = node.get(key).unwrap_or_else(|| panic!("{variable}: there is no such setting"));
    }
}

fn check_outlasts_drain(stop_seconds: u64) {
    let drain = Settings::default().work.drain_seconds;
    assert!(Duration::from_secs(stop_seconds) > drain, "killed after {stop_seconds} s, while work.drain_seconds is {drain:?}");
}

#[test]
fn compose_binds_its_ports_to_loopback_only() {
    let compose = &yaml("deploy/compose.yaml")[0];
    let mut ports = 0;
    for (name, service) in compose["services"].as_hash().expect("services") {
        for port in service["ports"].as_vec().into_iter().flatten() {
            assert!(text(port).starts_with("127.0.0.1:"), "{name:?} publishes {port:?} beyond loopback");
            ports += 1;
        }
    }
    assert_eq!(ports, 1, "the broker's");
}

#[test]
fn compose_limits_every_service_and_mounts_files_that_exist() {
    let compose = &yaml("deploy/compose.yaml")[0];
    for (name, service) in compose["services"].as_hash().expect("services") {
        let limits = &service["deploy"]["resources"]["limits"];
        assert!(limits["cpus"].as_str().is_some() && limits["memory"].as_str().is_some(), "{name:?} has no limits");
        for volume in service["volumes"].as_vec().into_iter().flatten() {
            let source = text(volume).split(':').next().unwrap_or_default();
            let declared = compose["volumes"].as_hash().expect("volumes").contains_key(&Yaml::String(source.into()));
            assert!(declared || Path::new("deploy").join(source).is_file(), "{name:?} mounts {source}, which is not there");
        }
    }
    assert!(Path::new("deploy").join(text(&compose["secrets"]["broker-password"]["file"])).is_file());
}

#[test]
fn compose_workers_wait_for_a_healthy_broker_and_can_be_scaled() {
    let compose = &yaml("deploy/compose.yaml")[0];
    let (worker, broker) = (&compose["services"]["worker"], &compose["services"]["rabbitmq"]);
    assert_eq!(text(&worker["depends_on"]["rabbitmq"]["condition"]), "service_healthy");
    assert_eq!(text(&broker["healthcheck"]["test"][0]), "CMD");
    assert!(worker["container_name"].is_badvalue() && worker["ports"].is_badvalue(), "a name or a port can be had once only");
    check_outlasts_drain(seconds(text(&worker["stop_grace_period"])));
    for (variable, _) in worker["environment"].as_hash().expect("environment") {
        check_variable(text(variable));
    }
    let context = Path::new("deploy").join(text(&worker["build"]["context"]));
    assert!(context.join(text(&worker["build"]["dockerfile"])).is_file());
}

/// The instructions of a Dockerfile, by stage.
fn stages(dockerfile: &str) -> Vec<Vec<(String, String)>> {
    let mut stages: Vec<Vec<(String, String)>> = Vec::new();
    for line in dockerfile.replace("\\\n", " ").lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let (instruction, rest) = line.split_once(' ').unwrap_or_else(|| panic!("no instruction: {line}"));
        if instruction == "FROM" {
            stages.push(Vec::new());
        }
        stages.last_mut().unwrap_or_else(|| panic!("before FROM: {line}")).push((instruction.to_owned(), rest.to_owned()));
    }
    stages
}

#[test]
fn the_image_is_built_in_stages_and_runs_without_root_or_shell() {
    let stages = stages(&read("deploy/Dockerfile"));
    assert_eq!(stages.len(), 2, "one stage builds, one runs");
    let last: BTreeMap<_, _> = stages[1].iter().map(|(instruction, rest)| (instruction.as_str(), rest.as_str())).collect();
    assert!(last["FROM"].contains("distroless") && last["USER"] == "nonroot");
    assert!(!last.contains_key("RUN"), "there is no shell to run it with");
    for instruction in ["ENTRYPOINT", "CMD"] {
        assert!(last[instruction].starts_with('['), "{instruction} without brackets needs a shell");
    }
    assert!(last["HEALTHCHECK"].ends_with(r#"CMD ["/usr/local/bin/attache", "health"]"#));
    for variable in last["ENV"].split_whitespace() {
        check_variable(variable.split('=').next().unwrap_or_default());
    }
}

#[test]
fn the_image_copies_only_what_is_there() {
    let stages = stages(&read("deploy/Dockerfile"));
    let first_is_named_build = stages[0][0].1.ends_with(" AS build");
    let kept = read(".dockerignore");
    for (_, rest) in stages.concat().iter().filter(|(instruction, _)| instruction == "COPY") {
        let words: Vec<_> = rest.split_whitespace().collect();
        if words[0].starts_with("--from=") {
            assert!(first_is_named_build && words[0] == "--from=build", "COPY {rest}: no such stage");
            continue;
        }
        for source in &words[..words.len() - 1] {
            let top = source.split('/').next().unwrap_or_default();
            assert!(is_there(source), "COPY {source}: not there");
            assert!(kept.lines().any(|line| line == format!("!{top}")), "COPY {source}: .dockerignore leaves it out");
        }
    }
}

/// Docker refuses a pattern that no file fits.
fn is_there(source: &str) -> bool {
    match source.split_once("/*") {
        Some((folder, ending)) => {
            let mut entries = fs::read_dir(folder).into_iter().flatten().flatten();
            entries.any(|entry| entry.file_name().to_str().is_some_and(|name| name.ends_with(ending)))
        }
        None => Path::new(source).exists(),
    }
}

#[test]
fn the_settings_that_the_image_carries_are_there() {
    for file in ["config/base.toml", "config/local.toml", "config/production.toml"] {
        assert!(Path::new(file).is_file(), "{file} is missing");
    }
    assert!(!is_there("config/*.yaml") && !is_there("missing/*.toml"), "a pattern that no file fits is noticed");
}

#[test]
fn the_crates_can_be_built_before_the_program_is_copied() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir(folder.path().join("src")).expect("src");
    fs::create_dir(folder.path().join("fuzz")).expect("fuzz");
    for file in ["Cargo.toml", "Cargo.lock", "fuzz/Cargo.toml"] {
        fs::write(folder.path().join(file), read(file)).expect(file);
    }
    fs::write(folder.path().join("src/main.rs"), "fn main() {}").expect("src/main.rs");
    fs::write(folder.path().join("src/lib.rs"), "").expect("src/lib.rs");
    let read = Command::new(env!("CARGO")).args(["metadata", "--offline", "--no-deps", "--format-version=1"]).current_dir(&folder).output();
    let read = read.expect("cargo");
    assert!(read.status.success(), "cargo refuses what the image has at that point: {}", String::from_utf8_lossy(&read.stderr));
}

type Sections = BTreeMap<String, BTreeMap<String, Vec<String>>>;

/// Section, then key, then values of a systemd unit.
fn unit(path: &str) -> Sections {
    let (mut sections, mut section) = (Sections::new(), String::new());
    for line in read(path).lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
        if let Some(name) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            section = name.to_owned();
            continue;
        }
        let (key, value) = line.split_once('=').unwrap_or_else(|| panic!("{path}: neither section nor setting: {line}"));
        assert!(key.chars().all(char::is_alphanumeric) && !section.is_empty(), "{path}: misplaced: {line}");
        sections.entry(section.clone()).or_default().entry(key.to_owned()).or_default().push(value.to_owned());
    }
    sections
}

#[test]
fn the_unit_hardens_and_drains_its_instances() {
    let unit = unit("deploy/systemd/attache@.service");
    assert_eq!(unit.keys().map(String::as_str).collect::<Vec<_>>(), ["Install", "Service", "Unit"]);
    let service = &unit["Service"];
    for setting in ["DynamicUser", "NoNewPrivileges", "PrivateTmp", "ProtectHome", "ProtectKernelTunables", "RestrictNamespaces"] {
        assert_eq!(service[setting], ["yes"], "{setting}");
    }
    assert_eq!(service["ProtectSystem"], ["strict"]);
    assert_eq!(service["CapabilityBoundingSet"], [""]);
    assert_eq!(service["KillSignal"], ["SIGTERM"]);
    assert_eq!(service["ExecStart"], ["/usr/local/bin/attache run --config /etc/attache/%i.toml"]);
    check_outlasts_drain(seconds(&service["TimeoutStopSec"][0]));
    for environment in &service["Environment"] {
        check_variable(environment.split('=').next().unwrap_or_default());
    }
}

#[test]
fn systemd_has_nothing_to_say_about_the_unit() {
    let Ok(verified) = Command::new("systemd-analyze").args(["verify", "deploy/systemd/attache@.service"]).output() else {
        eprintln!("skipped: systemd-analyze is not installed");
        return;
    };
    let said = String::from_utf8_lossy(&verified.stderr).into_owned();
    // The program is not installed where the tests run.
    let complaints: Vec<_> = said.lines().filter(|line| line.contains("attache@") && !line.contains("is not executable")).collect();
    assert!(complaints.is_empty(), "{complaints:#?}");
}

#[test]
fn definitions_declare_the_same_queues_as_the_worker() {
    let definitions: serde_json::Value = serde_json::from_str(&read("deploy/rabbitmq/definitions.json")).expect("JSON");
    let options = Options::from(&Settings::default());
    let plans = topology::queue_plans(&options).into_iter();
    let arguments = |plan: &topology::QueuePlan| plan.arguments.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect();
    let wanted: BTreeMap<String, BTreeMap<String, String>> = plans.map(|plan| (plan.name.clone(), arguments(&plan))).collect();
    let mut found = BTreeMap::new();
    for queue in definitions["queues"].as_array().expect("queues") {
        assert_eq!((&queue["durable"], &queue["auto_delete"]), (&true.into(), &false.into()), "{queue}");
        let plain = |value: &serde_json::Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        let arguments = queue["arguments"].as_object().expect("arguments").iter().map(|(name, value)| (name.clone(), plain(value)));
        found.insert(queue["name"].as_str().expect("name").to_owned(), arguments.collect::<BTreeMap<_, _>>());
    }
    assert_eq!(found, wanted);
    let exchange = &definitions["exchanges"][0];
    assert_eq!((exchange["name"].as_str(), &exchange["type"]), (Some(options.names.results_exchange.as_str()), &"topic".into()));
    assert_eq!(definitions["bindings"][0]["routing_key"], topology::RESULTS_BINDING);
}

#[test]
fn kubernetes_scales_the_deployment_that_it_describes() {
    let deployment = &yaml("deploy/kubernetes/deployment.yaml")[0];
    let scaling = yaml("deploy/kubernetes/scaled-object.yaml");
    let scaled = scaling.iter().find(|document| document["kind"].as_str() == Some("ScaledObject")).expect("a ScaledObject");
    assert_eq!(scaled["spec"]["scaleTargetRef"]["name"], deployment["metadata"]["name"]);
    assert_eq!(text(&scaled["spec"]["triggers"][0]["metadata"]["queueName"]), Settings::default().consume.queue);
    let pod = &deployment["spec"]["template"]["spec"];
    assert_eq!(pod["securityContext"]["runAsNonRoot"].as_bool(), Some(true));
    check_outlasts_drain(pod["terminationGracePeriodSeconds"].as_i64().expect("seconds").unsigned_abs());
    for variable in pod["containers"][0]["env"].as_vec().expect("env") {
        check_variable(text(&variable["name"]));
    }
}

#[test]
fn alerts_ask_for_metrics_that_the_worker_exposes() {
    let exposed: String = rust_files("src/telemetry").iter().map(|path| fs::read_to_string(path).expect("source")).collect();
    let alerts = &yaml("deploy/prometheus/alerts.yaml")[0];
    let rules = alerts["groups"][0]["rules"].as_vec().expect("rules");
    let expressions = rules.iter().flat_map(|rule| text(&rule["expr"]).split(|c: char| !c.is_ascii_alphanumeric() && c != '_'));
    let names: BTreeSet<&str> = expressions.filter(|word| word.starts_with("attache_")).collect();
    assert!(names.len() >= 4, "{names:?}");
    for name in names {
        assert!(exposed.contains(&format!("\"{name}\"")), "alerts.yaml asks for {name}, which src/telemetry does not expose");
    }
}

fn rust_files(folder: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{folder}: {error}"));
    entries.map(|entry| entry.expect("entry").path()).filter(|path| path.extension().is_some_and(|end| end == "rs")).collect()
}

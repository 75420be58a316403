//! Where the broker is, and that its secrets are seen nowhere.

use super::*;

#[test]
fn the_url_comes_from_the_parts() {
    assert_eq!(place(&[]).url(), "amqp://guest:guest@127.0.0.1/%2f");
    let parts = place(&[]).flag("broker.host=mq.example").flag("broker.port=5673").flag("broker.user=a@b").flag("broker.vhost=news/eu");
    assert_eq!(parts.variable("ATTACHE__BROKER__PASSWORD", "p:/@ 1").url(), "amqp://a%40b:p%3A%2F%40%201@mq.example:5673/news%2feu");
    assert_eq!(place(&[]).flag("broker.host=::1").flag("broker.tls.enabled=true").url(), "amqps://guest:guest@[::1]/%2f");
}

#[test]
fn parts_beside_a_url_replace_its_parts() {
    let url = format!("amqps://u:{SECRET}@h:1/v");
    let place = place(&[]).variable("ATTACHE__BROKER__URL", &url);
    assert_eq!(place.url(), url);
    assert!(place.settings().broker.uses_tls().unwrap());
    assert_eq!(place.settings().broker.address(), "amqps://u@h:1/v");
    assert_eq!(place.variable("ATTACHE__BROKER__VHOST", "w").flag("broker.port=2").url(), format!("amqps://u:{SECRET}@h:2/w"));
}

#[test]
fn a_url_of_a_higher_layer_replaces_the_whole_address_below() {
    let base = "[broker]\nhost = \"h\"\nport = 1\nuser = \"u\"\npassword = \"s3cr3t-w0rd\"\nvhost = \"v\"";
    assert_eq!(place(&[("base.toml", base)]).variable("ATTACHE__BROKER__URL", "amqp://other").url(), "amqp://guest:guest@other/%2f");
    // Nor is the password of one server sent to another.
    let url = format!("broker.url = \"amqp://u:{SECRET}@h\"");
    assert_eq!(place(&[("base.toml", &url)]).flag("broker.host=other").url(), "amqp://guest:guest@other/%2f");
    check_problem(
        &place(&[("base.toml", "[broker]\nurl = \"amqp://h\"\nhost = \"h\"")]),
        "base.toml: broker.url: broker.host says the same in another way: set one of them",
    );
}

#[test]
fn amqp_url_counts_where_no_address_is_set() {
    let url = "amqp://a:b@c/d";
    assert_eq!(place(&[]).variable("AMQP_URL", url).url(), url);
    assert_eq!(place(&[]).variable("AMQP_URL", "").url(), "amqp://guest:guest@127.0.0.1/%2f");
    assert_eq!(place(&[("base.toml", "broker.url = \"amqp://x:y@z/w\"")]).variable("AMQP_URL", url).url(), "amqp://x:y@z/w");
    assert_eq!(place(&[]).variable("AMQP_URL", url).flag("broker.host=z").url(), "amqp://guest:guest@z/%2f");
    check_problem(&place(&[]).variable("AMQP_URL", "http://c"), "variable AMQP_URL: broker.url: expected amqp://host or amqps://host");
}

#[test]
fn secret_files_are_read_afresh_and_without_their_last_newline() {
    let place = place(&[("password", "one\n"), ("url", "amqp://u@h/v\r\n")]);
    let place = Place { sources: place.sources.clone(), folder: place.folder };
    let (url, password) = (place.path("url"), place.path("password"));
    let place = place
        .variable("ATTACHE__BROKER__URL_FILE", url.to_str().unwrap())
        .variable("ATTACHE__BROKER__PASSWORD_FILE", password.to_str().unwrap());
    let broker = place.settings().broker;
    let url_now = || broker.url_with_secrets().map(|url| url.expose_secret().to_owned()).map_err(|error| error.to_string());
    assert_eq!(url_now().unwrap(), "amqp://u:one@h/v");
    std::fs::write(&password, "two").unwrap();
    assert_eq!(url_now().unwrap(), "amqp://u:two@h/v");
    std::fs::write(&password, "\n").unwrap();
    assert_eq!(url_now().unwrap_err(), format!("broker.password_file: {} is empty", password.display()));
    std::fs::remove_file(&password).unwrap();
    assert!(url_now().unwrap_err().starts_with(&format!("broker.password_file: cannot read {}: ", password.display())));
    assert_eq!(broker.address(), "amqp://u@h/v");
}

#[test]
fn files_that_cannot_be_read_are_named_with_their_keys() {
    let place = place(&[]).flag("broker.password_file=/nowhere/password").flag("broker.tls.ca_file=/nowhere/ca.pem");
    let problems = place.load().unreadable_files().to_string();
    assert!(problems.contains("--set: broker.password_file: cannot read /nowhere/password: "), "{problems}");
    assert!(problems.contains("--set: broker.tls.ca_file: cannot read /nowhere/ca.pem: "), "{problems}");
}

#[test]
fn secrets_are_masked_wherever_settings_are_shown() {
    for (key, text) in
        [("URL", format!("amqp://u:{SECRET}@h/v")), ("URL", format!("amqp://u@h/v?password={SECRET}")), ("PASSWORD", SECRET.to_owned())]
    {
        let loaded = place(&[]).variable(&format!("ATTACHE__BROKER__{key}"), &text).load();
        let broker = &loaded.settings.broker;
        let shown =
            format!("{loaded:?}{:?}{}{}{}", broker, loaded.to_toml(), broker.address(), serde_json::to_string(&loaded.settings).unwrap());
        assert!(!shown.contains(SECRET), "{shown}");
        assert!(format!("{loaded:?}").contains("REDACTED"));
    }
}

#[test]
fn secrets_are_not_in_the_reasons_for_refusing_them() {
    for base in [
        format!("broker.url = \"{SECRET}\""),
        format!("broker.url = \"http://u:{SECRET}@h\""),
        format!("broker.url = \"amqp://u:{SECRET}@h:99999999/\""),
        format!("broker.url = [\"{SECRET}\"]"),
        format!("broker.password = {{ a = \"{SECRET}\" }}"),
        format!("broker.password = \"{SECRET}\nbroker.port = 1"),
        format!("broker.password = {SECRET}"),
        format!("[broker]\npassword = \"{SECRET}\"\npassword = \"{SECRET}\""),
    ] {
        assert!(!place(&[("base.toml", &base)]).problems().is_empty());
    }
    for flag in
        [format!("broker.password={SECRET}"), format!("broker.url=amqp://u:{SECRET}@h"), SECRET.to_owned(), format!("broker.pass={SECRET}")]
    {
        place(&[]).flag(&flag).problems();
    }
}

#[test]
fn passwords_that_look_like_numbers_stay_as_they_are() {
    for password in ["0123", "1e5", "true", "[1]"] {
        let broker = place(&[]).variable("ATTACHE__BROKER__PASSWORD", password).settings().broker;
        assert_eq!(broker.password.unwrap().expose_secret(), password);
    }
}

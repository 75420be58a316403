//! Settings as people read them: the reference of all keys, and the resolved values as TOML.

use std::fmt::Write;

use serde_json::Value as Json;

use super::{
    keys::{Key, keys},
    load::Loaded,
};

const INTRODUCTION: &str = "\
# Settings

Written by `attache check-config --reference`; a test keeps it equal to the code. `attache check-config` shows the values in
force and where each came from.

Layers, from the weakest to the strongest:

1. the built-in values below;
2. the variable `AMQP_URL` (the broker's URL only);
3. `base.toml`, then `<environment>.toml`, in the folder of `--config-dir`, else of `ATTACHE_CONFIG_DIR`, else `config` in the
   working directory; the environment is `--environment`, else `ATTACHE_ENVIRONMENT`, else `local`. `base.toml` and
   `local.toml` may be missing; an environment or a folder that was asked for may not;
4. files of `--config`, in their order;
5. variables `ATTACHE__SECTION__KEY` (`ATTACHE__CONSUME__PREFETCH=32`; lists with commas; an empty variable counts as not set);
6. `--set section.key=value`.

A key that does not exist is refused, and so is a value of the wrong type or out of range. Secrets are never printed and not
taken from the command line. A URL or a host of a higher layer replaces the whole address of the layers below, login included.
";

/// `docs/settings.md`.
pub fn reference() -> String {
    let mut text = INTRODUCTION.to_owned();
    let mut section = None;
    for key in keys() {
        let (own_section, _) = split(key);
        if section != Some(own_section) {
            section = Some(own_section);
            let title = if own_section.is_empty() { "Top level".into() } else { format!("`[{own_section}]`") };
            push(&mut text, format_args!("\n## {title}\n\n| key | built-in | expected | meaning |\n|---|---|---|---|\n"));
        }
        push(&mut text, format_args!("{}\n", row(key)));
    }
    text
}

fn row(key: &Key) -> String {
    let default = key.default.as_ref().map_or("not set".into(), |default| format!("`{default}`"));
    let secret = if key.secret { " (secret)" } else { "" };
    format!("| `{}` | {default} | {}{secret} | {} |", key.path, key.kind.expected(), key.about)
}

impl Loaded {
    /// All settings as TOML that could be loaded again, but for the secrets, which are masked; each value with its origin.
    pub fn to_toml(&self) -> String {
        // Serialising cannot fail: all fields are plain values.
        let values = serde_json::to_value(&self.settings).unwrap_or_default();
        let mut text = String::new();
        let mut section = "";
        for key in keys() {
            let (own_section, name) = split(key);
            if section != own_section {
                section = own_section;
                push(&mut text, format_args!("\n[{section}]\n"));
            }
            let origin = self.origins.get(&key.path).map_or("built in", String::as_str);
            match values.pointer(&format!("/{}", key.path.replace('.', "/"))) {
                None | Some(Json::Null) => push(&mut text, format_args!("# {name} is not set\n")),
                Some(value) => push(&mut text, format_args!("{name} = {value} # {origin}\n")),
            }
        }
        text
    }
}

/// A key's section, empty for the top level, and its name.
fn split(key: &Key) -> (&str, &str) {
    key.path.rsplit_once('.').unwrap_or(("", &key.path))
}

fn push(text: &mut String, part: std::fmt::Arguments<'_>) {
    // Writing to a string cannot fail.
    let _ = text.write_fmt(part);
}

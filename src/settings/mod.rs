//! Typed, layered settings: each key is a field of [`Settings`], whose comments, ranges and defaults are the reference
//! (`docs/settings.md` is checked against them).
//!
//! Layers, from the weakest to the strongest: the built-in defaults, `AMQP_URL` (the broker's URL only), `base.toml` and
//! `<environment>.toml` in the folder of settings, the files of `--config`, variables `ATTACHE__SECTION__KEY`, and `--set`.

mod broker;
mod choices;
mod defaults;
mod formats;
mod keys;
mod layers;
mod load;
mod problems;
mod reference;
mod sections;

pub use broker::SecretError;
pub use choices::{LogFormat, QueueType, Relevance, Topology};
pub use keys::{Key, Kind, keys};
pub use load::{Loaded, Sources};
pub use problems::{Problem, Problems};
pub use reference::reference;
pub use sections::{
    Broker, Consume, DeadLetters, Fields, Http, LexiconSource, LimitSettings, Logs, Publish, Retry, Sanctions, Settings, Tls, Work,
};

#[cfg(test)]
mod tests;

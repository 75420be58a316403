//! What the tests against a real broker share.

pub mod node;
pub mod stage;

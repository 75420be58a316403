//! Deliberate breaks, so that tests can show that they would notice. Nothing of this is in a release: it takes the feature
//! `sabotage`, which only the tests switch on.

/// Which rule of the promise is broken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sabotage {
    #[default]
    None,
    /// Acknowledges a delivery before its result is confirmed.
    #[cfg(feature = "sabotage")]
    AckBeforeConfirm,
    /// Publishes without `mandatory`, so that the broker drops what no queue takes.
    #[cfg(feature = "sabotage")]
    NotMandatory,
    /// Acknowledges all deliveries before this one along with it.
    #[cfg(feature = "sabotage")]
    AckMultiple,
}

impl Sabotage {
    pub(super) fn acks_before_confirm(self) -> bool {
        #[cfg(feature = "sabotage")]
        return self == Self::AckBeforeConfirm;
        #[cfg(not(feature = "sabotage"))]
        false
    }

    pub(super) fn drops_unroutable(self) -> bool {
        #[cfg(feature = "sabotage")]
        return self == Self::NotMandatory;
        #[cfg(not(feature = "sabotage"))]
        false
    }

    pub(super) fn acks_multiple(self) -> bool {
        #[cfg(feature = "sabotage")]
        return self == Self::AckMultiple;
        #[cfg(not(feature = "sabotage"))]
        false
    }
}

/// An article with this text ends the process at once.
#[cfg(feature = "sabotage")]
pub const ABORT: &str = "attache-sabotage-abort";
/// An article with this text overflows the stack.
#[cfg(feature = "sabotage")]
pub const OVERFLOW: &str = "attache-sabotage-overflow";
/// An article with this text panics.
#[cfg(feature = "sabotage")]
pub const PANIC: &str = "attache-sabotage-panic";
/// An article with this text takes a second.
#[cfg(feature = "sabotage")]
pub const SLOW: &str = "attache-sabotage-slow";

/// Crashes in the way the body asks for, which no article is known to do by itself.
#[cfg(feature = "sabotage")]
pub(super) fn crash_if_asked(body: &[u8]) {
    let asks = |marker: &str| body.windows(marker.len()).any(|window| window == marker.as_bytes());
    if asks(ABORT) {
        std::process::abort();
    }
    if asks(OVERFLOW) {
        std::hint::black_box(overflow(0));
    }
    assert!(!asks(PANIC), "an article asked for a panic");
    if asks(SLOW) {
        std::thread::sleep(std::time::Duration::from_secs(1));
    }
}

#[cfg(feature = "sabotage")]
#[expect(unconditional_recursion, reason = "overflowing the stack is what it is for")]
fn overflow(depth: u64) -> u64 {
    let frame = std::hint::black_box([depth; 512]);
    overflow(depth + 1) + frame[7]
}

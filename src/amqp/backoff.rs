//! Pauses between attempts.

use std::time::Duration;

use super::options::BackoffLimits;

/// Pauses that double up to a limit. Each is drawn between half and the whole of its step, so that many workers do not come back together.
#[derive(Clone, Debug)]
pub struct Backoff {
    limits: BackoffLimits,
    step: Duration,
}

impl Backoff {
    pub fn new(limits: BackoffLimits) -> Self {
        Self { limits, step: limits.first }
    }

    /// The next pause.
    pub fn next_pause(&mut self) -> Duration {
        let step = self.step.min(self.limits.longest);
        self.step = (step * 2).min(self.limits.longest);
        step.mul_f64(0.5 + fastrand::f64() / 2.0)
    }

    /// Starts again from the shortest pause.
    pub fn reset(&mut self) {
        self.step = self.limits.first;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_to_the_limit_and_never_leave_it() {
        let (first, longest) = (Duration::from_millis(100), Duration::from_secs(1));
        let mut backoff = Backoff::new(BackoffLimits { first, longest });
        let pauses: Vec<_> = (0..20).map(|_| backoff.next_pause()).collect();
        assert!(pauses.iter().all(|pause| *pause >= first / 2 && *pause <= longest), "{pauses:?}");
        assert!(pauses[19] >= longest / 2);
        backoff.reset();
        assert!(backoff.next_pause() <= first);
    }
}

//! Percentiles in bounded memory.

use std::time::Duration;

/// Each power of two is cut into this many buckets, so a percentile is at most 1/32 (3%) above the true value.
const STEPS: u64 = 32;
const STEP_BITS: u32 = STEPS.trailing_zeros();
/// Longer durations count as this long: 2^42 µs, 51 days.
const LARGEST: u64 = (1 << 42) - 1;
const BUCKETS: usize = ((42 - STEP_BITS) as usize + 1) * STEPS as usize;

/// Counts durations in buckets that widen with the duration (HDR histogram, G. Tene); 10 kB whatever it counts.
#[derive(Clone, Debug)]
pub struct Histogram {
    buckets: Vec<u64>,
    count: u64,
}

impl Default for Histogram {
    fn default() -> Self {
        Self { buckets: vec![0; BUCKETS], count: 0 }
    }
}

impl Histogram {
    pub fn record(&mut self, duration: Duration) {
        let micros = u64::try_from(duration.as_micros()).unwrap_or(LARGEST).min(LARGEST);
        self.buckets[bucket(micros)] += 1;
        self.count += 1;
    }

    pub fn count(&self) -> u64 {
        self.count
    }

    /// The duration that this share (0 to 1) of all did not exceed, in milliseconds; none without durations.
    pub fn percentile_ms(&self, share: f64) -> Option<f64> {
        let rank = ((share * self.count as f64).ceil() as u64).max(1);
        let mut seen = 0;
        let bucket = self.buckets.iter().position(|count| {
            seen += count;
            seen >= rank
        })?;
        Some(upper_edge(bucket) as f64 / 1000.0)
    }
}

fn bucket(micros: u64) -> usize {
    if micros < STEPS {
        return micros as usize;
    }
    let shift = micros.ilog2() - STEP_BITS;
    (u64::from(shift) * STEPS + (micros >> shift)) as usize
}

/// The largest duration that falls into the bucket, in microseconds.
fn upper_edge(bucket: usize) -> u64 {
    let bucket = bucket as u64;
    if bucket < 2 * STEPS {
        return bucket;
    }
    let shift = bucket / STEPS - 1;
    ((bucket % STEPS + STEPS + 1) << shift) - 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_within_three_percent() {
        let mut histogram = Histogram::default();
        for micros in 1..=100_000u64 {
            histogram.record(Duration::from_micros(micros));
        }
        for (share, exact) in [(0.5, 50.0), (0.95, 95.0), (0.99, 99.0), (1.0, 100.0)] {
            let found = histogram.percentile_ms(share).unwrap();
            assert!((exact..=exact * 1.032).contains(&found), "{share}: {found}");
        }
    }

    #[test]
    fn nothing_has_no_percentile_and_one_duration_has_all() {
        let mut histogram = Histogram::default();
        assert_eq!(histogram.percentile_ms(0.5), None);
        histogram.record(Duration::from_micros(20));
        assert_eq!([0.0, 0.5, 1.0].map(|share| histogram.percentile_ms(share)), [Some(0.02); 3]);
    }

    #[test]
    fn every_duration_falls_into_the_bucket_whose_edge_is_next_above() {
        for exponent in 0..42 {
            for micros in [1u64 << exponent, (1 << exponent) + 1, (2 << exponent) - 1].map(|micros| micros.min(LARGEST)) {
                let bucket = bucket(micros);
                assert!(micros <= upper_edge(bucket), "{micros}");
                assert!(bucket == 0 || micros > upper_edge(bucket - 1), "{micros}");
            }
        }
    }

    #[test]
    fn absurd_durations_stay_inside() {
        let mut histogram = Histogram::default();
        histogram.record(Duration::MAX);
        assert_eq!(histogram.count(), 1);
        assert_eq!(histogram.percentile_ms(0.5), Some(LARGEST as f64 / 1000.0));
    }
}

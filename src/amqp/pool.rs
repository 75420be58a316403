//! Extraction threads beside the async runtime: bounded, each job alone in its panics and its time.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use tokio::sync::oneshot;

use crate::worker::{Envelope, Outcome, Worker};

/// Turns a message into an outcome. The worker in production; tests put in what panics, hangs or refuses.
pub type Processor = Arc<dyn Fn(&[u8], &Envelope) -> Outcome + Send + Sync>;

/// The processor that a worker is.
pub fn processor(worker: Worker) -> Processor {
    Arc::new(move |body, envelope| {
        #[cfg(feature = "sabotage")]
        super::sabotage::crash_if_asked(body);
        worker.process(body, envelope)
    })
}

/// What came of a job.
#[derive(Debug)]
pub enum Verdict {
    Done {
        outcome: Outcome,
        took: Duration,
    },
    /// With the message of the panic.
    Panicked(String),
    /// It ran longer than the limit and was given up; its thread has been replaced.
    TimedOut,
}

/// A fixed number of threads that take jobs from a bounded queue.
#[derive(Debug)]
pub struct Pool {
    jobs: flume::Sender<Job>,
    crew: Arc<Crew>,
    limit: Duration,
}

#[derive(Debug)]
struct Crew {
    inbox: flume::Receiver<Job>,
    processor: Hidden,
    stuck: AtomicUsize,
}

struct Hidden(Processor);

struct Job {
    body: Arc<Vec<u8>>,
    envelope: Envelope,
    started: oneshot::Sender<()>,
    verdict: oneshot::Sender<Verdict>,
    /// Set by whichever comes first: the end of the work, or giving it up.
    settled: Arc<AtomicBool>,
}

impl Pool {
    /// Starts the threads. `limit` is what one job may take once it has begun.
    ///
    /// # Errors
    /// If the system gives no threads.
    pub fn start(threads: usize, limit: Duration, processor: Processor) -> std::io::Result<Self> {
        let (jobs, inbox) = flume::bounded(threads.max(1));
        let crew = Arc::new(Crew { inbox, processor: Hidden(processor), stuck: AtomicUsize::new(0) });
        for _ in 0..threads.max(1) {
            hire(Arc::clone(&crew))?;
        }
        Ok(Self { jobs, crew, limit })
    }

    /// Threads that were given up and have not come back.
    pub fn stuck_threads(&self) -> usize {
        self.crew.stuck.load(Ordering::Relaxed)
    }

    /// Works on one message and waits for what comes of it. Dropping the future leaves the job to run out unheard.
    pub async fn run(&self, body: Arc<Vec<u8>>, envelope: Envelope) -> Verdict {
        let (started, has_started) = oneshot::channel();
        let (verdict, mut has_verdict) = oneshot::channel();
        let settled = Arc::new(AtomicBool::new(false));
        let job = Job { body, envelope, started, verdict, settled: Arc::clone(&settled) };
        if self.jobs.send_async(job).await.is_err() || has_started.await.is_err() {
            return Verdict::Panicked("the extraction threads have ended".into());
        }
        let in_time = tokio::time::timeout(self.limit, &mut has_verdict).await;
        if in_time.is_err() && !settled.swap(true, Ordering::AcqRel) {
            self.replace_thread();
            return Verdict::TimedOut;
        }
        let verdict = match in_time {
            Ok(verdict) => verdict,
            // The work ended in the very moment of giving it up: its verdict is on its way.
            Err(_) => has_verdict.await,
        };
        verdict.unwrap_or_else(|_| Verdict::Panicked("the extraction thread ended without an answer".into()))
    }

    fn replace_thread(&self) {
        self.crew.stuck.fetch_add(1, Ordering::Relaxed);
        if let Err(error) = hire(Arc::clone(&self.crew)) {
            tracing::error!(event = "pool.no_thread", %error, "an extraction thread that is stuck could not be replaced");
        }
    }
}

fn hire(crew: Arc<Crew>) -> std::io::Result<()> {
    std::thread::Builder::new().name("extract".into()).stack_size(STACK_BYTES).spawn(move || work(&crew)).map(drop)
}

/// Room for deeply nested input; JSON depth and sentence lengths are bounded before recursion gets near it.
const STACK_BYTES: usize = 16 << 20;

fn work(crew: &Crew) {
    while let Ok(job) = crew.inbox.recv() {
        let Job { body, envelope, started, verdict, settled } = job;
        // Nobody waits any more: the session was torn down while the job stood in the queue.
        if started.send(()).is_err() {
            continue;
        }
        let begun = Instant::now();
        let result = catch_unwind(AssertUnwindSafe(|| (crew.processor.0)(&body, &envelope)));
        if settled.swap(true, Ordering::AcqRel) {
            // It was given up and another thread has taken this one's place.
            crew.stuck.fetch_sub(1, Ordering::Relaxed);
            return;
        }
        let came_to = match result {
            Ok(outcome) => Verdict::Done { outcome, took: begun.elapsed() },
            Err(panic) => Verdict::Panicked(panic_message(&*panic)),
        };
        let _ = verdict.send(came_to);
    }
}

fn panic_message(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().copied();
    text.or_else(|| panic.downcast_ref::<String>().map(String::as_str)).unwrap_or("a panic without a message").to_owned()
}

impl std::fmt::Debug for Hidden {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Processor")
    }
}

impl std::fmt::Debug for Job {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Job").field("bytes", &self.body.len()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;
    use crate::worker::Rejection;

    fn refused(detail: &str) -> Outcome {
        Outcome::Rejected(Rejection { reason: "test", detail: detail.into() })
    }

    fn pool(limit: Duration, processor: impl Fn(&[u8]) -> Outcome + Send + Sync + 'static) -> Pool {
        Pool::start(1, limit, Arc::new(move |body: &[u8], _: &Envelope| processor(body))).unwrap()
    }

    async fn run(pool: &Pool, body: &str) -> Verdict {
        pool.run(Arc::new(body.as_bytes().to_vec()), Envelope::default()).await
    }

    #[tokio::test]
    async fn a_panic_is_the_verdict_of_its_own_job_only() {
        let pool = pool(Duration::from_secs(60), |body| if body == b"bad" { panic!("no good") } else { refused("fine") });
        assert!(matches!(run(&pool, "bad").await, Verdict::Panicked(text) if text == "no good"));
        assert!(matches!(run(&pool, "good").await, Verdict::Done { .. }));
    }

    #[tokio::test]
    async fn work_past_its_limit_is_given_up_and_its_thread_replaced() {
        let (release, held) = mpsc::channel::<()>();
        let held = std::sync::Mutex::new(held);
        let pool = pool(Duration::from_millis(50), move |body| {
            if body == b"slow" {
                let _ = held.lock().unwrap().recv();
            }
            refused("fine")
        });
        assert!(matches!(run(&pool, "slow").await, Verdict::TimedOut));
        assert_eq!(pool.stuck_threads(), 1);
        assert!(matches!(run(&pool, "quick").await, Verdict::Done { .. }));
        drop(release);
    }
}

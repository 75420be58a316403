//! What a watch list of a million names costs: time to load, memory, and articles a second with and without it.
//!
//!     cargo run --release --example watchlist-bench [-- NAMES [FILE]]
//!
//! NAMES is how many names the list gets (1,000,000 unless given); they are made of syllables, and the same on every machine. FILE
//! holds articles, one JSON object a line; without it those of `samples` are read. Some names of the list are put into each article.

use std::{
    fs::{self, File},
    io::{BufWriter, Write},
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use attache::{
    lexicon::{Lexicon, WatchLists},
    syntax::Syntax,
    worker::{Envelope, Outcome, Worker},
};

/// How long each of the two speeds is measured, in processor time.
const MEASURED: Duration = Duration::from_secs(10);
const SEED: u64 = 2026;
/// Names of the list that stand in each article.
const NAMES_IN_ARTICLE: usize = 3;

fn main() -> anyhow::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let count: usize = arguments.next().map_or(Ok(1_000_000), |count| count.replace('_', "").parse())?;
    let articles = articles(arguments.next().map(PathBuf::from).as_deref())?;
    let folder = tempfile::tempdir()?;
    let list = folder.path().join("synthetic.csv");
    let some_names = write_list(&list, count)?;
    println!("list: {count} names in {} entries, {:.0} MB as CSV", count.div_ceil(2), megabytes(fs::metadata(&list)?.len()));

    let worker = Worker::new(Lexicon::built_in(), Syntax::english());
    let articles: Vec<Vec<u8>> = articles.iter().enumerate().map(|(at, article)| with_names(article, &some_names, at)).collect();
    measure(&worker, &articles, Duration::from_secs(1));
    let without = measure(&worker, &articles, MEASURED);
    let (before, idle) = (memory("VmRSS:"), processor_time());
    let lists = WatchLists::load(&[list])?;
    println!("load: {:.1} s, {:.1} s of them on the processor", lists.load_time().as_secs_f64(), (processor_time() - idle).as_secs_f64());
    println!(
        "memory: {:.0} MB for the automaton, {:.0} MB more resident than before",
        megabytes(lists.bytes() as u64),
        megabytes(memory("VmRSS:") - before)
    );
    println!("memory while loading: {:.0} MB at most", megabytes(memory("VmHWM:")));
    worker.watch.exchange(lists);
    let with = measure(&worker, &articles, MEASURED);
    println!(
        "one thread, {} articles of {:.1} KB, {} names found in each on average",
        articles.len(),
        mean_kilobytes(&articles),
        with.hits_each
    );
    println!("without the list: {:.0} articles a second of processor time", without.articles_a_second);
    println!(
        "with the list:    {:.0} articles a second of processor time, {:.0}% of that",
        with.articles_a_second,
        100.0 * with.articles_a_second / without.articles_a_second
    );
    Ok(())
}

struct Speed {
    articles_a_second: f64,
    hits_each: usize,
}

fn measure(worker: &Worker, articles: &[Vec<u8>], time: Duration) -> Speed {
    let envelope = Envelope { content_type: None, content_encoding: None, message_id: None };
    let (start, mut done, mut hits) = (processor_time(), 0, 0);
    while processor_time() - start < time {
        for article in articles {
            let Outcome::Answered(answer) = worker.process(article, &envelope) else { continue };
            hits += count_hits(&answer.body);
            done += 1;
        }
    }
    Speed { articles_a_second: f64::from(done) / (processor_time() - start).as_secs_f64(), hits_each: hits / (done as usize).max(1) }
}

fn count_hits(result: &[u8]) -> usize {
    String::from_utf8_lossy(result).matches("\"list\":\"synthetic\"").count()
}

/// Writes a list in which each entry has a name and an alias; returns some of the names.
fn write_list(path: &Path, count: usize) -> anyhow::Result<Vec<String>> {
    let (mut random, mut file, mut kept) = (fastrand::Rng::with_seed(SEED), BufWriter::new(File::create(path)?), Vec::new());
    writeln!(file, "id,name,aliases,country,type")?;
    for entry in 0..count.div_ceil(2) {
        let (name, alias) = (name(&mut random), name(&mut random));
        writeln!(file, "Q{entry},{name},{alias},,person")?;
        if entry % (count / 1000).max(1) == 0 {
            kept.push(name);
        }
    }
    file.flush()?;
    Ok(kept)
}

/// Two to four words of two to four syllables, some with diacritics, as names of people and companies are.
fn name(random: &mut fastrand::Rng) -> String {
    const ONSETS: [&str; 20] = ["b", "d", "f", "g", "h", "k", "l", "m", "n", "p", "r", "s", "t", "v", "z", "sh", "kh", "tr", "č", ""];
    const VOWELS: [&str; 8] = ["a", "e", "i", "o", "u", "ai", "é", "ou"];
    const CODAS: [&str; 6] = ["", "", "n", "r", "l", "s"];
    let mut syllable = || [ONSETS[random.usize(..20)], VOWELS[random.usize(..8)], CODAS[random.usize(..6)]].concat();
    let mut words = Vec::new();
    for syllables in [3, 2, 4] {
        let word: String = (0..syllables).map(|_| syllable()).collect();
        let mut letters = word.chars();
        words.extend(letters.next().map(|first| first.to_uppercase().chain(letters).collect::<String>()));
    }
    words.join(" ")
}

/// Bodies of articles: the lines of a file, or the JSON files of `samples`.
fn articles(file: Option<&Path>) -> anyhow::Result<Vec<String>> {
    if let Some(file) = file {
        return Ok(fs::read_to_string(file)?.lines().filter(|line| !line.trim().is_empty()).map(str::to_owned).collect());
    }
    let mut bodies = Vec::new();
    for entry in fs::read_dir("samples")? {
        let path = entry?.path();
        if path.extension().is_some_and(|ending| ending == "json") {
            bodies.push(fs::read_to_string(path)?);
        }
    }
    bodies.sort();
    anyhow::ensure!(!bodies.is_empty(), "no articles in samples");
    Ok(bodies)
}

/// The article as plain JSON with some names at its end.
fn with_names(article: &str, names: &[String], number: usize) -> Vec<u8> {
    let Ok(mut article) = serde_json::from_str::<serde_json::Value>(article) else { return article.as_bytes().to_vec() };
    let told: Vec<&str> = (0..NAMES_IN_ARTICLE).map(|at| names[(number * NAMES_IN_ARTICLE + at) % names.len()].as_str()).collect();
    for key in ["text", "body", "articleBody", "body_text"] {
        if let Some(text) = article[key].as_str() {
            article[key] = format!("{text}\n\nAmong those named were {}.", told.join(", ")).into();
        }
    }
    article.to_string().into_bytes()
}

/// What this thread has had of the processor, so that other programs do not count; the time of day where the system does not say.
fn processor_time() -> Duration {
    static START: std::sync::LazyLock<Instant> = std::sync::LazyLock::new(Instant::now);
    let nanoseconds = fs::read_to_string("/proc/thread-self/schedstat").ok().and_then(|line| line.split(' ').next()?.parse().ok());
    nanoseconds.map_or_else(|| START.elapsed(), Duration::from_nanos)
}

/// A line of /proc/self/status in bytes; 0 where there is no such file.
fn memory(line: &str) -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let kilobytes = status.lines().find_map(|found| found.strip_prefix(line)?.trim().strip_suffix(" kB")?.trim().parse::<u64>().ok());
    kilobytes.unwrap_or_default() * 1024
}

fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}

fn mean_kilobytes(articles: &[Vec<u8>]) -> f64 {
    articles.iter().map(Vec::len).sum::<usize>() as f64 / articles.len() as f64 / 1e3
}

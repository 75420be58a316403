//! The soak's table, and its plot as SVG.

use std::fmt::Write;

use super::{ledger::Account, soak::Sample};

const ROWS: usize = 12;
const WIDTH: f64 = 640.0;
const HEIGHT: f64 = 120.0;
const MARGIN: f64 = 60.0;

/// Markdown: the account, then the use of memory, files and tasks over time.
pub fn report(account: &Account, samples: &[Sample], faults: usize, seed: u64) -> String {
    let mut text = String::new();
    let seconds = samples.last().map_or(0.0, |sample| sample.seconds);
    let Account { messages, results, duplicates, .. } = account;
    let (lost, unexpected) = (account.lost.len(), account.unexpected.len());
    let _ = writeln!(
        text,
        "{messages} articles in {seconds:.0} s with {faults} faults (seed {seed}): {results} results, {duplicates} duplicates, {lost} lost, {unexpected} unexpected.\n"
    );
    let _ = writeln!(text, "| seconds | settled | resident MB | open files | tasks |\n|--:|--:|--:|--:|--:|");
    let step = samples.len().div_ceil(ROWS).max(1);
    for sample in samples.iter().step_by(step).chain(samples.last()) {
        let Sample { seconds, settled, open_files, tasks, .. } = sample;
        let megabytes = sample.resident_bytes as f64 / 1e6;
        let _ = writeln!(text, "| {seconds:.0} | {settled} | {megabytes:.1} | {open_files} | {tasks} |");
    }
    text
}

/// What a curve shows of a sample.
type Value = fn(&Sample) -> f64;

/// Three curves over the same time, each with a scale of its own that begins at zero.
pub fn svg(samples: &[Sample]) -> String {
    let curves: [(&str, Value); 3] = [
        ("resident MB", |sample| sample.resident_bytes as f64 / 1e6),
        ("open files", |sample| sample.open_files as f64),
        ("tasks", |sample| sample.tasks as f64),
    ];
    let (width, height) = (WIDTH + 2.0 * MARGIN, (HEIGHT + MARGIN) * curves.len() as f64 + MARGIN);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" font-family=\"sans-serif\" font-size=\"12\">\n<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n"
    );
    for (number, (name, value)) in curves.into_iter().enumerate() {
        curve(&mut svg, MARGIN + (HEIGHT + MARGIN) * number as f64, name, samples, value);
    }
    svg.push_str("</svg>\n");
    svg
}

fn curve(svg: &mut String, top: f64, name: &str, samples: &[Sample], value: Value) {
    let longest = samples.iter().map(|sample| sample.seconds).fold(1.0, f64::max);
    let highest = samples.iter().map(value).fold(1.0, f64::max);
    let bottom = top + HEIGHT;
    let points: Vec<String> = samples
        .iter()
        .map(|sample| format!("{:.1},{:.1}", MARGIN + WIDTH * sample.seconds / longest, bottom - HEIGHT * value(sample) / highest))
        .collect();
    let right = MARGIN + WIDTH;
    let _ = writeln!(svg, "<text x=\"{MARGIN}\" y=\"{:.0}\">{name}</text>", top - 8.0);
    let _ = writeln!(svg, "<text x=\"{:.0}\" y=\"{top:.0}\" text-anchor=\"end\">{highest:.0}</text>", MARGIN - 6.0);
    let _ = writeln!(svg, "<text x=\"{:.0}\" y=\"{bottom:.0}\" text-anchor=\"end\">0</text>", MARGIN - 6.0);
    let _ = writeln!(svg, "<text x=\"{right:.0}\" y=\"{:.0}\" text-anchor=\"end\">{longest:.0} s</text>", bottom + 16.0);
    let _ = writeln!(svg, "<path d=\"M{MARGIN:.0} {top:.0}V{bottom:.0}H{right:.0}\" fill=\"none\" stroke=\"gray\"/>");
    let _ = writeln!(svg, "<polyline points=\"{}\" fill=\"none\" stroke=\"steelblue\" stroke-width=\"1.5\"/>", points.join(" "));
}

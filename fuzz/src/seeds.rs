//! Writes the inputs that fuzzing starts from: the samples, in every shape, charset and content encoding, and a dictionary of the
//! field names that are read. `fuzz-seeds SAMPLES FOLDER` makes `FOLDER/<target>/…` and `FOLDER/words.dict`.

use std::{
    collections::BTreeSet,
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
};

use attache_fuzz::{ENCODINGS, TYPES, selector};
// Brings the functions that code built for coverage calls.
use libfuzzer_sys as _;
use serde_json::Value;

/// A longer seed makes each run slower and finds nothing more.
const MOST_BYTES: usize = 6_000;
/// Forms of dates that the samples lack.
const DATES: [&str; 12] = [
    "Tue, 19 Dec 2017 14:30:00 GMT",
    "Tue Dec 19 2017 14:30:00 GMT+0100 (Central European Standard Time)",
    "December 19, 2017 at 2:30 p.m. EST",
    "Published: 19 Dec 2017 | 14:05",
    "2017-12-19T14:30:00.123456+02:00",
    "20171219T143000Z",
    "1513693800000",
    "19.12.2017",
    "12/19/2017 2:30 PM",
    "2017-W51-2",
    "19-Dec-2017",
    "+02150",
];
/// Tags, marks and words of dates for the dictionary.
const WORDS: [&str; 18] = [
    "<p>",
    "</p>",
    "<br>",
    "<div>",
    "<table><tr><td>",
    "<article>",
    "<script>",
    "<!--",
    "-->",
    "<!doctype html>",
    "&nbsp;",
    "&#x2014;",
    "GMT+",
    "Dec",
    "p.m.",
    "T00:00:00Z",
    "charset=",
    "\u{feff}",
];

fn main() -> io::Result<()> {
    let mut arguments = std::env::args_os().skip(1).map(PathBuf::from);
    let (Some(samples), Some(folder)) = (arguments.next(), arguments.next()) else {
        return Err(io::Error::other("usage: fuzz-seeds SAMPLES FOLDER"));
    };
    let seeds = Seeds { folder };
    for (number, (kind, bytes)) in read_samples(&samples)?.into_iter().enumerate() {
        seeds.add_sample(number, kind, &bytes)?;
    }
    for (number, date) in DATES.iter().enumerate() {
        seeds.write("dates", &format!("form-{number}"), date.as_bytes())?;
    }
    fs::write(seeds.folder.join("words.dict"), dictionary())
}

/// Each article of the samples with the number of its content type in [`TYPES`].
fn read_samples(folder: &Path) -> io::Result<Vec<(usize, Vec<u8>)>> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>()?;
    paths.sort();
    let mut samples = Vec::new();
    for path in paths {
        let bytes = fs::read(&path)?;
        match path.extension().and_then(|extension| extension.to_str()) {
            Some("json") => samples.push((0, bytes)),
            Some("jsonl") => samples.extend(bytes.split(|byte| *byte == b'\n').filter(|row| !row.is_empty()).map(|row| (0, row.to_vec()))),
            Some("txt") => samples.push((1, bytes)),
            Some("html") => samples.push((2, bytes)),
            _ => {}
        }
    }
    Ok(samples)
}

struct Seeds {
    folder: PathBuf,
}

impl Seeds {
    fn write(&self, target: &str, name: &str, bytes: &[u8]) -> io::Result<()> {
        let folder = self.folder.join(target);
        fs::create_dir_all(&folder)?;
        fs::write(folder.join(name), bytes)
    }

    fn add_sample(&self, number: usize, kind: usize, bytes: &[u8]) -> io::Result<()> {
        let name = format!("sample-{number}");
        let short = &bytes[..bytes.len().min(MOST_BYTES)];
        let target = ["json", "text", "pages"][kind];
        self.write(target, &name, short)?;
        self.write("results", &name, &with_selector(selector(kind, 0), short))?;
        for (encoding, body) in compressed(short)? {
            self.write("encodings", &format!("{name}-{encoding}"), &with_selector(selector(kind, encoding), &body))?;
        }
        for (number, body) in in_charsets(short).into_iter().enumerate() {
            self.write("charsets", &format!("{name}-{number}"), &body)?;
        }
        if let Ok(article) = serde_json::from_slice::<Value>(bytes) {
            self.add_strings(number, &article)?;
        }
        Ok(())
    }

    /// The strings of an article: dates among them, and texts.
    fn add_strings(&self, number: usize, article: &Value) -> io::Result<()> {
        for (key, value) in article.as_object().into_iter().flatten() {
            let Some(text) = value.as_str() else { continue };
            let short: String = text.chars().take(MOST_BYTES).collect();
            let target = if text.len() < 40 && text.starts_with(|first: char| first.is_ascii_digit()) { "dates" } else { "text" };
            self.write(
                target,
                &format!("sample-{number}-{}", key.replace(|letter: char| !letter.is_alphanumeric(), "")),
                short.as_bytes(),
            )?;
        }
        Ok(())
    }
}

fn with_selector(selector: u8, body: &[u8]) -> Vec<u8> {
    [&[selector], body].concat()
}

/// A body in each content encoding that can be read, with its number in [`ENCODINGS`].
fn compressed(body: &[u8]) -> io::Result<Vec<(usize, Vec<u8>)>> {
    let number = |name: &str| ENCODINGS.iter().position(|encoding| *encoding == name).expect("an encoding of the list");
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    gzip.write_all(body)?;
    let mut deflate = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::default());
    deflate.write_all(body)?;
    let mut brotli = brotli::CompressorWriter::new(Vec::new(), 4096, 5, 22);
    brotli.write_all(body)?;
    Ok(vec![
        (number("gzip"), gzip.finish()?),
        (number("deflate"), deflate.finish()?),
        (number("br"), brotli.into_inner()),
        (number("zstd"), zstd::stream::encode_all(body, 3)?),
    ])
}

/// A body in several charsets, each behind the byte that declares it or something else.
fn in_charsets(body: &[u8]) -> Vec<Vec<u8>> {
    let text = String::from_utf8_lossy(body);
    let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let marked = [b"\xff\xfe".as_slice(), &wide].concat();
    let (latin, ..) = encoding_rs::WINDOWS_1252.encode(&text);
    let (japanese, ..) = encoding_rs::SHIFT_JIS.encode(&text);
    let number = |part: &str| TYPES.iter().position(|name| name.contains(part)).unwrap_or(1);
    vec![
        with_selector(selector(number("windows-1252"), 0), &latin),
        with_selector(selector(number("utf-16"), 0), &wide),
        with_selector(selector(1, 0), &marked),
        with_selector(selector(number("shift_jis"), 0), &japanese),
    ]
}

/// Every key of the published schema of articles, and [`WORDS`], as libFuzzer reads them.
fn dictionary() -> String {
    let mut words: BTreeSet<String> = WORDS.iter().map(|word| (*word).to_owned()).collect();
    collect_keys(&attache::messages::article_schema(), &mut words);
    let escape = |byte: &u8| match byte {
        b'"' | b'\\' => format!("\\{}", char::from(*byte)),
        b' '..=b'~' => char::from(*byte).to_string(),
        _ => format!("\\x{byte:02x}"),
    };
    words.iter().map(|word| format!("\"{}\"\n", word.as_bytes().iter().map(escape).collect::<String>())).collect()
}

fn collect_keys(schema: &Value, words: &mut BTreeSet<String>) {
    match schema {
        Value::Array(items) => items.iter().for_each(|item| collect_keys(item, words)),
        Value::Object(fields) => {
            words.extend(fields.get("properties").and_then(Value::as_object).into_iter().flatten().map(|(key, _)| format!("\"{key}\":")));
            fields.values().for_each(|field| collect_keys(field, words));
        }
        _ => {}
    }
}

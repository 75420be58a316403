//! From files to articles, one at a time, so that memory does not grow with the input.

use std::{
    fs::File,
    io::{self, BufRead, BufReader, Read},
    path::Path,
};

use crate::messages::Envelope;

/// Enough to tell what a file holds and to read it fast.
const BUFFER_BYTES: usize = 256 << 10;

/// One article as it stands in a file.
#[derive(Debug, PartialEq, Eq)]
pub struct Row {
    /// Counted from 1; `None` where the whole file is one article.
    pub line: Option<usize>,
    pub body: Vec<u8>,
    pub envelope: Envelope,
}

/// How a file is cut into articles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// One JSON article a line.
    JsonLines,
    /// JSON articles after each other, or a list of them.
    Json,
    Text,
    Html,
    /// Feeds and the like, which decoding refuses.
    Xml,
}

/// Calls `take` with each article of a file ("-" is standard input); `take` says whether it wants more. A row is cut a byte
/// above `row_bytes`, so that decoding refuses it as too large while the rows after it are still read.
pub fn read(path: &Path, row_bytes: usize, take: &mut dyn FnMut(Row) -> bool) -> io::Result<()> {
    let mut input: BufReader<Box<dyn Read>> = BufReader::with_capacity(BUFFER_BYTES, open(path)?);
    let format = match format_of_name(path) {
        Some(format) => format,
        None => sniff(input.fill_buf()?),
    };
    match format {
        Format::JsonLines => lines(&mut input, row_bytes, take),
        Format::Json if input.fill_buf()?.is_empty() => whole(&mut input, path, "application/json", row_bytes, take),
        Format::Json => values(&mut input, row_bytes, take),
        Format::Text => whole(&mut input, path, "text/plain", row_bytes, take),
        Format::Html => whole(&mut input, path, "text/html", row_bytes, take),
        Format::Xml => whole(&mut input, path, "application/xml", row_bytes, take),
    }
}

fn open(path: &Path) -> io::Result<Box<dyn Read>> {
    Ok(if path == Path::new("-") { Box::new(io::stdin()) } else { Box::new(File::open(path)?) })
}

fn format_of_name(path: &Path) -> Option<Format> {
    match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
        "jsonl" | "ndjson" => Some(Format::JsonLines),
        "json" | "jsonld" => Some(Format::Json),
        "txt" | "text" | "md" => Some(Format::Text),
        "html" | "htm" | "xhtml" => Some(Format::Html),
        "xml" | "rss" | "atom" => Some(Format::Xml),
        _ => None,
    }
}

/// By the first sign: a list, a tag, or an object, which is JSON Lines if it ends where its line ends.
fn sniff(beginning: &[u8]) -> Format {
    let beginning = beginning.strip_prefix(b"\xef\xbb\xbf").unwrap_or(beginning).trim_ascii_start();
    match beginning.first() {
        Some(b'[') => Format::Json,
        Some(b'<') if is_feed(beginning) => Format::Xml,
        Some(b'<') => Format::Html,
        Some(b'{') => {
            let mut nesting = Nesting::default();
            let line = beginning.iter().take_while(|byte| **byte != b'\n');
            line.for_each(|byte| nesting.take(*byte));
            if nesting.depth == 0 { Format::JsonLines } else { Format::Json }
        }
        _ => Format::Text,
    }
}

/// XHTML starts with the same declaration as a feed.
fn is_feed(beginning: &[u8]) -> bool {
    let holds = |tag: &[u8]| beginning.windows(tag.len()).any(|window| window == tag);
    [b"<?xml".as_slice(), b"<rss", b"<feed"].iter().any(|tag| beginning.starts_with(tag)) && !holds(b"<html")
}

fn lines(input: &mut dyn BufRead, row_bytes: usize, take: &mut dyn FnMut(Row) -> bool) -> io::Result<()> {
    let mut line = 0;
    loop {
        let mut body = Vec::new();
        let bound = row_bytes as u64 + 2;
        if Read::take(&mut *input, bound).read_until(b'\n', &mut body)? == 0 {
            return Ok(());
        }
        line += 1;
        if body.last() != Some(&b'\n') && body.len() as u64 == bound {
            input.skip_until(b'\n')?;
        }
        // A line break behind it would put the end of a broken row into a second line.
        body.truncate(body.trim_ascii_end().len());
        if !body.trim_ascii().is_empty() && !take(Row { line: Some(line), body, envelope: Envelope::default() }) {
            return Ok(());
        }
    }
}

/// Cuts JSON values apart by their brackets alone; whether each is JSON is for decoding to say.
fn values(input: &mut dyn BufRead, row_bytes: usize, take: &mut dyn FnMut(Row) -> bool) -> io::Result<()> {
    let (mut nesting, mut body, mut in_list, mut line) = (Nesting::default(), Vec::new(), false, 1);
    let mut first_line = line;
    for byte in input.bytes() {
        let byte = byte?;
        line += usize::from(byte == b'\n');
        let between = nesting.depth == 0 && !nesting.in_string;
        match byte {
            b'[' if between && body.is_empty() && !in_list => in_list = true,
            b']' if between && in_list => in_list = false,
            b',' if between && in_list => {}
            _ if between && body.is_empty() && byte.is_ascii_whitespace() => {}
            _ => {
                first_line = if body.is_empty() { line } else { first_line };
                nesting.take(byte);
                if body.len() <= row_bytes {
                    body.push(byte);
                }
                if nesting.depth > 0 || nesting.in_string || !matches!(byte, b'}' | b']') && !ends_bare_value(byte) {
                    continue;
                }
            }
        }
        if !body.is_empty() && !take(Row { line: Some(first_line), body: std::mem::take(&mut body), envelope: Envelope::default() }) {
            return Ok(());
        }
    }
    if !body.trim_ascii().is_empty() {
        take(Row { line: Some(first_line), body, envelope: Envelope::default() });
    }
    Ok(())
}

/// A number or a word outside any object is no article, but must not swallow what follows its line.
fn ends_bare_value(byte: u8) -> bool {
    byte == b'\n'
}

fn whole(input: &mut dyn Read, path: &Path, content_type: &str, row_bytes: usize, take: &mut dyn FnMut(Row) -> bool) -> io::Result<()> {
    let mut body = Vec::new();
    input.take(row_bytes as u64 + 1).read_to_end(&mut body)?;
    let message_id = path.file_name().filter(|name| *name != "-").map(|name| name.to_string_lossy().into_owned());
    take(Row { line: None, body, envelope: Envelope { content_type: Some(content_type.to_owned()), content_encoding: None, message_id } });
    Ok(())
}

/// How deep in objects and lists a JSON text is.
#[derive(Debug, Default)]
struct Nesting {
    depth: usize,
    in_string: bool,
    escaped: bool,
}

impl Nesting {
    fn take(&mut self, byte: u8) {
        match byte {
            _ if self.escaped => self.escaped = false,
            b'\\' if self.in_string => self.escaped = true,
            b'"' => self.in_string = !self.in_string,
            b'{' | b'[' if !self.in_string => self.depth += 1,
            b'}' | b']' if !self.in_string => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    type Cutter = fn(&mut dyn BufRead, usize, &mut dyn FnMut(Row) -> bool) -> io::Result<()>;

    fn cut(format: Cutter, text: &str) -> Vec<(usize, String)> {
        let mut rows = Vec::new();
        let mut take = |row: Row| {
            rows.push((row.line.unwrap(), String::from_utf8(row.body).unwrap().trim().to_owned()));
            true
        };
        format(&mut Cursor::new(text), 40, &mut take).unwrap();
        rows
    }

    fn rows(expected: &[(usize, &str)]) -> Vec<(usize, String)> {
        expected.iter().map(|(line, body)| (*line, (*body).to_owned())).collect()
    }

    #[test]
    fn lines_are_rows() {
        assert_eq!(cut(lines, "{\"a\":1}\n\n  \n{broken\r\n{}"), rows(&[(1, "{\"a\":1}"), (4, "{broken"), (5, "{}")]));
    }

    #[test]
    fn a_long_line_is_cut_and_the_next_is_whole() {
        let found = cut(lines, &format!("{}\n{{}}\n", "x".repeat(100)));
        assert_eq!((found[0].1.len(), &found[1]), (42, &(2, "{}".to_owned())));
    }

    #[test]
    fn values_are_told_apart_by_brackets() {
        assert_eq!(
            cut(values, "[\n {\"a\": \"]}\\\"\"},\n {\"b\": [1, 2]}\n]"),
            rows(&[(2, "{\"a\": \"]}\\\"\"}"), (3, "{\"b\": [1, 2]}")])
        );
        assert_eq!(cut(values, "{\n\"a\": 1}\n{}"), rows(&[(1, "{\n\"a\": 1}"), (3, "{}")]));
        assert_eq!(cut(values, "{\"a\": ["), rows(&[(1, "{\"a\": [")]));
        assert_eq!(cut(values, ""), rows(&[]));
    }

    #[test]
    fn formats_are_told_by_their_first_sign() {
        assert_eq!(sniff(b"\xef\xbb\xbf [{"), Format::Json);
        assert_eq!(sniff(b"{\"a\": 1}\n{"), Format::JsonLines);
        assert_eq!(sniff(b"{\n \"a\": 1}"), Format::Json);
        assert_eq!(sniff(b"<!doctype html>"), Format::Html);
        assert_eq!(sniff(b"<?xml version='1.0'?><html>"), Format::Html);
        assert_eq!(sniff(b"<?xml version='1.0'?><rss>"), Format::Xml);
        assert_eq!(sniff(b"The minister"), Format::Text);
    }
}

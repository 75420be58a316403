/// A stretch of a text in bytes; `end` is exclusive. Both ends lie on character boundaries of the text they were made for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    pub start: usize,
    pub end: usize,
}

impl Span {
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end);
        Self { start, end }
    }

    pub fn of<'t>(&self, text: &'t str) -> &'t str {
        &text[self.start..self.end]
    }

    /// The smallest span that holds both.
    pub fn join(self, other: Span) -> Span {
        Span::new(self.start.min(other.start), self.end.max(other.end))
    }
}

/// Turns byte offsets of one text into Unicode code points, as results count them.
#[derive(Debug)]
pub struct CodePoints {
    /// The number of code points before each `STRIDE`-th byte; empty for pure ASCII, where both counts are the same.
    before: Vec<u32>,
}

/// A compromise: a look-up counts at most this many bytes, and the table stays a 64th of the text.
const STRIDE: usize = 64;

impl CodePoints {
    pub fn new(text: &str) -> Self {
        if text.is_ascii() {
            return Self { before: Vec::new() };
        }
        let mut before = Vec::with_capacity(text.len() / STRIDE + 1);
        let mut count = 0;
        for (at, byte) in text.bytes().enumerate() {
            if at % STRIDE == 0 {
                before.push(count);
            }
            count += u32::from(is_first_byte(byte));
        }
        Self { before }
    }

    /// The number of code points in `text[..byte]`; `text` is the text this was made for.
    pub fn at(&self, text: &str, byte: usize) -> usize {
        if self.before.is_empty() {
            return byte;
        }
        let step = (byte / STRIDE).min(self.before.len() - 1);
        let rest = &text.as_bytes()[step * STRIDE..byte];
        self.before[step] as usize + rest.iter().filter(|byte| is_first_byte(**byte)).count()
    }
}

/// Every UTF-8 byte but a continuation byte starts a code point.
fn is_first_byte(byte: u8) -> bool {
    byte & 0b1100_0000 != 0b1000_0000
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_points_agree_with_a_plain_count() {
        for text in ["", "plain", &"é".repeat(200), &"aΥ—😀".repeat(50)] {
            let points = CodePoints::new(text);
            for (count, (byte, _)) in text.char_indices().enumerate() {
                assert_eq!(points.at(text, byte), count);
            }
            assert_eq!(points.at(text, text.len()), text.chars().count());
        }
    }
}

//! From bytes to text. UTF-8 is the rule; everything else is decoded by the WHATWG tables, with a warning.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::Rejection;
use crate::extract::Warning;

/// More control characters than this, one in so many bytes, and a body is no text.
const BYTES_PER_CONTROL_CHARACTER: usize = 20;

/// Decodes a body. A byte-order mark wins over the declared charset, as in browsers; UTF-8 that is declared as something else
/// is still read as UTF-8 when it holds multi-byte characters, for a text of another charset is hardly ever valid UTF-8.
pub fn decode<'b>(body: &'b [u8], declared: Option<&str>, warnings: &mut Vec<Warning>) -> Result<Cow<'b, str>, Rejection> {
    if let Some((encoding, mark_bytes)) = Encoding::for_bom(body) {
        return by_mark(&body[mark_bytes..], encoding, warnings);
    }
    match declared.map(|label| (label, Encoding::for_label(label.as_bytes()))) {
        Some((label, None)) => {
            warn(warnings, format!("the declared charset {label:?} is unknown"));
            guess(body, warnings)
        }
        Some((_, Some(encoding))) if encoding != UTF_8 => by_declaration(body, encoding, warnings),
        _ => guess(body, warnings),
    }
}

fn by_mark<'b>(body: &'b [u8], encoding: &'static Encoding, warnings: &mut Vec<Warning>) -> Result<Cow<'b, str>, Rejection> {
    if encoding == UTF_8 {
        return guess(body, warnings);
    }
    warn(warnings, format!("the body is {}, told by its byte-order mark", encoding.name()));
    whole(body, encoding)
}

fn by_declaration<'b>(body: &'b [u8], encoding: &'static Encoding, warnings: &mut Vec<Warning>) -> Result<Cow<'b, str>, Rejection> {
    let wide = encoding == UTF_16LE || encoding == UTF_16BE;
    if !wide
        && !body.is_ascii()
        && let Ok(text) = std::str::from_utf8(body)
    {
        warn(warnings, format!("the body is declared as {} but is UTF-8", encoding.name()));
        return Ok(text.into());
    }
    if !body.is_ascii() || wide {
        warn(warnings, format!("the body is decoded from {}, as declared", encoding.name()));
    }
    whole(body, encoding)
}

/// UTF-8, else UTF-16 told by its zero bytes, else Windows-1252, which old systems send without saying so.
fn guess<'b>(body: &'b [u8], warnings: &mut Vec<Warning>) -> Result<Cow<'b, str>, Rejection> {
    if let Some(encoding) = unmarked_utf_16(body) {
        warn(warnings, format!("the body is {}, told by its zero bytes", encoding.name()));
        return whole(body, encoding);
    }
    if is_binary(body) {
        return Err(Rejection::new(Rejection::UNDECODABLE, format!("the body is {}; expected text in UTF-8", binary_format(body))));
    }
    if let Ok(text) = std::str::from_utf8(body) {
        return Ok(text.into());
    }
    if is_mostly_utf_8(body) {
        warn(warnings, "the body is UTF-8 with invalid bytes, which are replaced".to_owned());
        return Ok(String::from_utf8_lossy(body));
    }
    warn(warnings, "the body is not valid UTF-8; decoded as windows-1252".to_owned());
    Ok(WINDOWS_1252.decode_without_bom_handling(body).0)
}

fn whole<'b>(body: &'b [u8], encoding: &'static Encoding) -> Result<Cow<'b, str>, Rejection> {
    encoding
        .decode_without_bom_handling_and_without_replacement(body)
        .ok_or_else(|| Rejection::new(Rejection::UNDECODABLE, format!("the body is not valid {}", encoding.name())))
}

/// A Latin text's first two characters have one zero byte each, always on the same side.
fn unmarked_utf_16(body: &[u8]) -> Option<&'static Encoding> {
    match body {
        [first, 0, second, 0, ..] if *first != 0 && *second != 0 => Some(UTF_16LE),
        [0, first, 0, second, ..] if *first != 0 && *second != 0 => Some(UTF_16BE),
        _ => None,
    }
}

fn is_binary(body: &[u8]) -> bool {
    let controls = body.iter().filter(|byte| byte.is_ascii_control() && !byte.is_ascii_whitespace()).count();
    controls * BYTES_PER_CONTROL_CHARACTER > body.len()
}

/// What binary data is, by its first bytes.
fn binary_format(body: &[u8]) -> &'static str {
    const FORMATS: [(&[u8], &str); 7] = [
        (b"\x1f\x8b", "compressed with gzip, which content_encoding does not say"),
        (b"\x28\xb5\x2f\xfd", "compressed with zstd, which content_encoding does not say"),
        (b"%PDF", "a PDF document"),
        (b"PK\x03\x04", "a ZIP archive or an office document"),
        (b"\x89PNG", "a PNG picture"),
        (b"\xff\xd8\xff", "a JPEG picture"),
        (b"GIF8", "a GIF picture"),
    ];
    FORMATS.iter().find(|(beginning, _)| body.starts_with(beginning)).map_or("binary", |(_, format)| format)
}

/// A few broken characters in a UTF-8 text (cut in the middle, a stray byte) do not make it another charset.
fn is_mostly_utf_8(body: &[u8]) -> bool {
    let (mut valid, mut invalid) = (0, 0);
    for chunk in body.utf8_chunks() {
        valid += chunk.valid().chars().filter(|character| !character.is_ascii()).count();
        invalid += usize::from(!chunk.invalid().is_empty());
    }
    valid > invalid
}

fn warn(warnings: &mut Vec<Warning>, message: String) {
    warnings.push(Warning { code: "charset", message });
}

//! The `content_encoding` property: bodies are decompressed with a bound that holds while it happens, so that a small body
//! cannot unfold into all memory.

use std::io::Read;

use encoding_rs::Encoding;

use super::{DecodeLimits, Rejection};

/// Encodings on top of each other ("gzip, br"): more than this is no honest message.
const MAX_LAYERS: usize = 3;
/// As a power of two: 8 MiB, what the zstd format asks every decoder to support.
const ZSTD_WINDOW_LOG_MAX: u32 = 23;
const BROTLI_BUFFER_BYTES: usize = 16 << 10;

/// A body without its content encoding.
#[derive(Debug)]
pub struct Plain {
    /// `None` when nothing had to be undone.
    pub bytes: Option<Vec<u8>>,
    /// Some senders put the charset here ("utf-8"); it is taken as one.
    pub charset: Option<String>,
}

/// Undoes the content encodings of a body, the last one first.
pub fn undo(body: &[u8], content_encoding: Option<&str>, limits: &DecodeLimits) -> Result<Plain, Rejection> {
    let names: Vec<String> = content_encoding
        .unwrap_or_default()
        .split(',')
        .map(|name| name.trim().to_ascii_lowercase())
        .filter(|name| !name.is_empty())
        .collect();
    if names.len() > MAX_LAYERS {
        return Err(Rejection::new(
            Rejection::UNKNOWN_ENCODING,
            format!("content_encoding names {} encodings; at most {MAX_LAYERS}", names.len()),
        ));
    }
    let mut plain = Plain { bytes: None, charset: None };
    for name in names.iter().rev() {
        match name.as_str() {
            "identity" | "none" | "binary" | "7bit" | "8bit" => {}
            label if Encoding::for_label(label.as_bytes()).is_some() => plain.charset = Some(name.clone()),
            _ => plain.bytes = Some(undo_one(plain.bytes.as_deref().unwrap_or(body), name, limits.decompressed_bytes)?),
        }
    }
    Ok(plain)
}

fn undo_one(body: &[u8], name: &str, limit_bytes: usize) -> Result<Vec<u8>, Rejection> {
    match name {
        "gzip" | "x-gzip" => read_bounded(flate2::read::MultiGzDecoder::new(body), name, limit_bytes),
        "deflate" if has_zlib_header(body) => read_bounded(flate2::read::ZlibDecoder::new(body), name, limit_bytes),
        "deflate" => read_bounded(flate2::read::DeflateDecoder::new(body), name, limit_bytes),
        "br" => read_bounded(brotli::Decompressor::new(body, BROTLI_BUFFER_BYTES), name, limit_bytes),
        "zstd" => read_bounded(zstd_decoder(body).map_err(|error| broken(name, &error))?, name, limit_bytes),
        _ => {
            let shown: String = name.chars().take(100).collect();
            Err(Rejection::new(
                Rejection::UNKNOWN_ENCODING,
                format!("content_encoding is {shown:?}; expected gzip, zstd, deflate, br or none"),
            ))
        }
    }
}

fn zstd_decoder(body: &[u8]) -> std::io::Result<impl Read + '_> {
    let mut decoder = zstd::stream::read::Decoder::with_buffer(body)?;
    decoder.window_log_max(ZSTD_WINDOW_LOG_MAX)?;
    Ok(decoder)
}

/// `deflate` means the zlib format, but many senders leave its header out (RFC 9110, section 8.4.1.2).
fn has_zlib_header(body: &[u8]) -> bool {
    matches!(body, [method, flags, ..] if method & 0x0f == 8 && u16::from_be_bytes([*method, *flags]) % 31 == 0)
}

fn read_bounded(decoder: impl Read, name: &str, limit_bytes: usize) -> Result<Vec<u8>, Rejection> {
    let mut bytes = Vec::new();
    let bound = u64::try_from(limit_bytes).unwrap_or(u64::MAX).saturating_add(1);
    decoder.take(bound).read_to_end(&mut bytes).map_err(|error| broken(name, &error))?;
    if bytes.len() > limit_bytes {
        return Err(Rejection::new(Rejection::TOO_LARGE, format!("the {name} body unfolds to more than {limit_bytes} bytes")));
    }
    Ok(bytes)
}

fn broken(name: &str, error: &std::io::Error) -> Rejection {
    Rejection::new(Rejection::UNDECODABLE, format!("the body is not valid {name}: {error}"))
}

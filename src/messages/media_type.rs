//! The `content_type` property.

use super::Rejection;

/// How a body is to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MediaType {
    Json,
    Text,
    Html,
}

/// A media type with its `charset` parameter, if it has one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContentType {
    pub media_type: MediaType,
    pub charset: Option<String>,
}

/// Reads a `content_type` property; a missing or empty one means JSON.
pub fn read(content_type: Option<&str>) -> Result<ContentType, Rejection> {
    let whole = content_type.unwrap_or_default().trim();
    let (essence, parameters) = whole.split_once(';').unwrap_or((whole, ""));
    let media_type = match essence.trim().to_ascii_lowercase().as_str() {
        "" | "application/json" | "text/json" => MediaType::Json,
        "text/plain" => MediaType::Text,
        "text/html" | "application/xhtml+xml" => MediaType::Html,
        other if other.starts_with("application/") && other.ends_with("+json") => MediaType::Json,
        _ => return Err(refusal(whole)),
    };
    Ok(ContentType { media_type, charset: charset(parameters) })
}

fn charset(parameters: &str) -> Option<String> {
    let (_, value) = parameters
        .split(';')
        .filter_map(|parameter| parameter.split_once('='))
        .find(|(name, _)| name.trim().eq_ignore_ascii_case("charset"))?;
    let value = value.trim().trim_matches(['"', '\'']);
    (!value.is_empty()).then(|| value.to_owned())
}

fn refusal(content_type: &str) -> Rejection {
    let shown: String = content_type.chars().take(100).collect();
    Rejection::new(
        Rejection::UNSUPPORTED_CONTENT_TYPE,
        format!("content_type is {shown:?}; expected application/json, text/plain or text/html"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_usual_types() {
        let of = |text| read(Some(text)).map(|read| (read.media_type, read.charset));
        assert_eq!(read(None).unwrap().media_type, MediaType::Json);
        assert_eq!(of(""), Ok((MediaType::Json, None)));
        assert_eq!(of("application/ld+json"), Ok((MediaType::Json, None)));
        assert_eq!(of("Text/Plain; Charset=\"windows-1252\""), Ok((MediaType::Text, Some("windows-1252".into()))));
        assert_eq!(of("text/html;format=x; charset=utf-16"), Ok((MediaType::Html, Some("utf-16".into()))));
        assert_eq!(of("image/png").unwrap_err().reason, Rejection::UNSUPPORTED_CONTENT_TYPE);
    }
}

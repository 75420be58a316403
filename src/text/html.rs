//! The article's text out of HTML, from whole pages and from feed fragments.

use dom_smoothie::{Config, Readability, TextMode};

/// What a page says.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// The article's text; its blocks are lines.
    pub text: String,
    pub title: Option<String>,
    pub published: Option<String>,
    pub language: Option<String>,
    pub url: Option<String>,
    pub site: Option<String>,
}

/// Reads a page or a fragment.
pub fn read(markup: &str) -> Page {
    let config = Config { text_mode: TextMode::Formatted, ..Config::default() };
    let article = Readability::new(markup, None, Some(config)).and_then(|mut readability| readability.parse());
    match article {
        Ok(article) => Page {
            text: article.text_content.to_string(),
            title: Some(article.title).filter(|title| !title.trim().is_empty()),
            published: article.published_time,
            language: article.lang,
            url: article.url,
            site: article.site_name,
        },
        Err(_) => {
            let document = dom_query::Document::from(markup);
            document.select("head, script, style, noscript, template").remove();
            Page { text: document.formatted_text().to_string(), ..Page::default() }
        }
    }
}

/// Whether a text that is not declared as HTML is HTML all the same: it holds one of HTML's block tags.
pub fn has_block_tags(text: &str) -> bool {
    const TAGS: [&str; 8] = ["p", "br", "div", "ul", "li", "table", "blockquote", "article"];
    let is_tag = |rest: &str| {
        let rest = rest.strip_prefix('/').unwrap_or(rest);
        let end = rest.find(|character: char| !character.is_ascii_alphanumeric()).unwrap_or(rest.len());
        let closes = rest[end..].starts_with(['>', ' ', '/', '\n']);
        closes && TAGS.iter().any(|tag| tag.eq_ignore_ascii_case(&rest[..end]))
    };
    text.match_indices('<').any(|(at, _)| is_tag(&text[at + 1..]))
}

/// A headline: without markup, entities and line breaks.
pub fn one_line(text: &str) -> String {
    let plain = if text.contains(['<', '&']) { dom_query::Document::from(text).text().to_string() } else { text.to_owned() };
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

//! The article's text out of HTML, from whole pages and from feed fragments.
//!
//! Mozilla's Readability finds the article in a page; a fragment is the article already. Both are first rid of what is never
//! part of a text, and then written out with a line for each block.

use std::panic::catch_unwind;

use dom_query::{Document, NodeRef};
use dom_smoothie::Readability;

use super::boilerplate;

/// Pages of people are less deep than 60; tree building takes time that grows with the depth.
const MOST_DEPTH: usize = 1_000;
/// What has more text than this share of the page is the article, whatever its class says.
const LARGEST_SHARE: f64 = 0.4;

/// Never part of an article's text.
const REMOVED: &str = "script, style, noscript, template, svg, math, iframe, object, embed, video, audio, picture, nav, aside, footer, form, button, \
    select, textarea, figcaption, figure, dialog, [hidden], [aria-hidden=true], [role=navigation], [role=banner], [role=complementary], \
    [role=dialog], [role=search]";
/// Attributes that name what an element is for.
const NAMES: [&str; 5] = ["class", "id", "data-component", "data-testid", "itemprop"];
/// Words in such a name that say the same.
#[rustfmt::skip]
const REMOVED_CLASSES: [&str; 49] = [
    "ad", "ads", "advert", "advertisement", "adverts", "author", "breadcrumb", "breadcrumbs", "byline", "caption", "comments", "consent", "cookie",
    "cookies", "copyright", "credit", "credits", "disqus", "gdpr", "instagram", "jwplayer", "menu", "modal", "nav", "navigation", "newsletter",
    "outbrain", "paywall", "popup", "promo", "pullquote", "recirc", "recommended", "related", "relatedposts", "share", "sharebar", "sharedaddy",
    "sharing", "sidebar", "signup", "skip", "social", "sponsored", "subscribe", "taboola", "tags", "toolbar", "tweet",
];
/// Blocks whose end is the end of a line, besides those that the text writer knows.
const BLOCKS: &str = "main, header, dt, dd, address, caption, details, summary, center, fieldset, hgroup, legend";

/// Blocks that may hold nothing but links: menus, share bars, lists of other stories.
const LINK_BLOCKS: &str = "p, ul, ol, div, td, section";
/// With fewer links it may be a sentence that is one, or a name in a table.
const FEWEST_LINKS: usize = 2;
/// No block of links is larger; it bounds the work on nested blocks.
const MOST_LINK_NODES: usize = 400;

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

/// Reads a page or a fragment. Never fails: markup that is too deep to be honest is only stripped of its tags.
pub fn read(markup: &str) -> Page {
    if is_too_deep(markup) {
        return Page { text: without_tags(markup), ..Page::default() };
    }
    let parsed =
        catch_unwind(|| if is_page(markup) { read_page(markup) } else { Page { text: text_of(&cleaned(markup)), ..Page::default() } });
    parsed.unwrap_or_else(|_| Page { text: without_tags(markup), ..Page::default() })
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
    let plain = if text.contains(['<', '&']) && !is_too_deep(text) { Document::from(text).text().to_string() } else { text.to_owned() };
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn is_page(markup: &str) -> bool {
    let lower = markup.to_ascii_lowercase();
    ["<html", "<body", "<head>", "<head ", "<!doctype"].iter().any(|tag| lower.contains(tag))
}

fn read_page(markup: &str) -> Page {
    let article = Readability::with_document(cleaned(markup), None, None).and_then(|mut readability| readability.parse());
    let Ok(article) = article else { return Page { text: text_of(&cleaned(markup)), ..Page::default() } };
    let text = text_of(&Document::from(article.content));
    Page {
        text: if text.is_empty() { text_of(&cleaned(markup)) } else { text },
        title: Some(without_site(&article.title, article.site_name.as_deref())).filter(|title| !title.is_empty()),
        published: article.published_time,
        language: article.lang,
        url: article.url,
        site: article.site_name,
    }
}

/// "Talks resume | The Example" -> "Talks resume".
fn without_site(title: &str, site: Option<&str>) -> String {
    let is_separator = |character: char| character.is_whitespace() || matches!(character, '|' | '-' | '–' | '—' | '·' | ':' | '»');
    let own = site.and_then(|site| title.trim().strip_suffix(site.trim())).filter(|own| own.ends_with(is_separator));
    own.map_or(title, |own| own.trim_end_matches(is_separator)).trim().to_owned()
}

/// The tree without what is never text. JSON-LD scripts stay until Readability has read the page's date out of them.
fn cleaned(markup: &str) -> Document {
    let document = Document::from(markup);
    document
        .select(REMOVED)
        .iter()
        .filter(|selection| !selection.is("script[type='application/ld+json']"))
        .for_each(|selection| selection.remove());
    let whole_bytes = document.body().map_or(0, |body| body.text().len());
    for element in document.select(&NAMES.map(|name| format!("body [{name}]")).join(", ")).nodes() {
        let names = NAMES.map(|name| element.attr(name));
        let says_so = names
            .iter()
            .flatten()
            .flat_map(|name| name.split([' ', '-', '_']))
            .any(|word| REMOVED_CLASSES.binary_search(&word.to_ascii_lowercase().as_str()).is_ok());
        if says_so && element.parent().is_some() && (element.text().len() as f64) < LARGEST_SHARE * whole_bytes as f64 {
            element.remove_from_parent();
        }
    }
    for note in document.select("sup").nodes() {
        if note.text().chars().all(|mark| mark.is_ascii_digit() || matches!(mark, '[' | ']' | ',' | '*' | '†' | ' ')) {
            note.remove_from_parent();
        }
    }
    for block in document.select(LINK_BLOCKS).nodes() {
        if is_links_alone(block) && (block.text().len() as f64) < LARGEST_SHARE * whole_bytes as f64 {
            block.remove_from_parent();
        }
    }
    document
}

fn is_links_alone(block: &NodeRef) -> bool {
    let (mut links, mut nodes) = (0, 0);
    let is_pointer = || {
        let is_cell = block.node_name().is_some_and(|name| &*name == "td");
        !is_cell && !block.text().trim_end().ends_with(['.', '!', '?', '"', '”', '’'])
    };
    has_no_text_beside_links(block, &mut links, &mut nodes) && (links >= FEWEST_LINKS || links == 1 && is_pointer())
}

fn has_no_text_beside_links(node: &NodeRef, links: &mut usize, nodes: &mut usize) -> bool {
    node.children_it(false).all(|child| {
        *nodes += 1;
        if child.node_name().is_some_and(|name| &*name == "a") {
            *links += 1;
            return *nodes < MOST_LINK_NODES;
        }
        let is_text = child.is_text() && child.text().contains(char::is_alphanumeric);
        !is_text && *nodes < MOST_LINK_NODES && has_no_text_beside_links(&child, links, nodes)
    })
}

/// The body's text, a line for each block, without the lines that are boilerplate.
fn text_of(document: &Document) -> String {
    document.select("head, script, style").remove();
    document.select(BLOCKS).rename("div");
    let formatted = document.formatted_text();
    let mut text = String::with_capacity(formatted.len());
    for line in formatted.lines().map(str::trim).filter(|line| !line.is_empty() && !boilerplate::is_line(line)) {
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(line);
    }
    text
}

/// Follows the tags alone: those that need no end tag do not nest, and an end tag closes only what is open.
fn is_too_deep(markup: &str) -> bool {
    const FLAT: [&str; 14] = ["br", "img", "hr", "meta", "link", "input", "p", "li", "source", "td", "tr", "th", "wbr", "option"];
    let mut open: Vec<&str> = Vec::new();
    for (at, _) in markup.match_indices('<') {
        let rest = &markup[at + 1..];
        let (is_end, rest) = rest.strip_prefix('/').map_or((false, rest), |rest| (true, rest));
        let name = &rest[..rest.find(|character: char| !character.is_ascii_alphanumeric()).unwrap_or(rest.len())];
        if name.is_empty() || FLAT.iter().any(|flat| flat.eq_ignore_ascii_case(name)) {
            continue;
        }
        match open.iter().rposition(|opened| opened.eq_ignore_ascii_case(name)) {
            Some(position) if is_end => open.truncate(position),
            _ if is_end => {}
            _ => open.push(name),
        }
        if open.len() > MOST_DEPTH {
            return true;
        }
    }
    false
}

fn without_tags(markup: &str) -> String {
    let mut text = String::new();
    for (index, piece) in markup.split('<').enumerate() {
        let content = if index == 0 { piece } else { piece.split_once('>').map_or("", |(_, content)| content) };
        if !content.trim().is_empty() {
            text.push_str(content.trim());
            text.push('\n');
        }
    }
    text
}

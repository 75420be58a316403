//! schema.org articles as JSON-LD: one object, a list, or within a `@graph`.

use serde_json::{Map, Value};

use crate::messages::{
    Rejection,
    draft::{Draft, Text},
    json::{first_date, first_text, paragraphs_of},
};

/// schema.org's articles that are not called so.
const OTHER_TYPES: &[&str] = &["BlogPosting", "LiveBlogPosting", "SocialMediaPosting", "DiscussionForumPosting", "Report"];
/// Properties whose object may be the article itself.
const HOLDERS: &[&str] = &["@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "item", "hasPart"];

pub fn is_it(value: &Value) -> bool {
    match value {
        Value::Object(object) => ["@context", "@type", "@graph"].iter().any(|key| object.contains_key(*key)),
        Value::Array(values) => values.iter().any(|value| value.is_object() && is_it(value)),
        _ => false,
    }
}

/// Reads the first article in the value that has a text, else the first article.
pub fn read(value: &Value) -> Result<Draft, Rejection> {
    let mut articles = Vec::new();
    collect(value, &mut articles);
    let with_text = articles.iter().find(|article| article.contains_key("articleBody"));
    with_text.or(articles.first()).map(|article| draft(article)).ok_or_else(|| {
        Rejection::new(
            Rejection::NOT_AN_ARTICLE,
            "the JSON-LD holds no object whose @type is an Article; expected NewsArticle, Article or the like",
        )
    })
}

/// As deep as the JSON goes, which is bounded.
fn collect<'v>(value: &'v Value, articles: &mut Vec<&'v Map<String, Value>>) {
    match value {
        Value::Array(values) => values.iter().for_each(|value| collect(value, articles)),
        Value::Object(object) => {
            if is_article(object) {
                articles.push(object);
            }
            HOLDERS.iter().filter_map(|key| object.get(*key)).for_each(|value| collect(value, articles));
        }
        _ => {}
    }
}

fn is_article(object: &Map<String, Value>) -> bool {
    let is_type = |name: &Value| {
        let name = name.as_str().unwrap_or_default().rsplit(['/', '#', ':']).next().unwrap_or_default();
        name.ends_with("Article") || OTHER_TYPES.contains(&name)
    };
    match object.get("@type") {
        Some(Value::Array(names)) => names.iter().any(is_type),
        Some(name) => is_type(name),
        None => object.contains_key("articleBody"),
    }
}

fn draft(article: &Map<String, Value>) -> Draft {
    let text = ["articleBody", "text", "description", "abstract"].iter().find_map(|key| article.get(*key).and_then(paragraphs_of));
    Draft {
        id: first_text(article, &["@id", "identifier"]).or_else(|| first_text(article, &["url"])),
        url: first_text(article, &["url", "mainEntityOfPage", "@id"]).filter(|url| url.starts_with("http")),
        title: first_text(article, &["headline", "name", "alternativeHeadline"]),
        source: first_text(article, &["publisher", "sourceOrganization", "provider"]),
        language: first_text(article, &["inLanguage"]),
        date: first_date(article, &["datePublished", "dateCreated", "uploadDate", "dateModified"]),
        text: text.map(Text::Unknown),
        ..Draft::default()
    }
}

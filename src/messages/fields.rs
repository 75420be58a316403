//! The names that senders give to an article's fields, most specific first. This table is what the published schema says
//! and what decoding reads.

/// One field of an article with all names it may come under.
#[derive(Debug)]
pub struct Field {
    pub keys: &'static [&'static str],
    /// What it holds, for the schema.
    pub meaning: &'static str,
}

pub const ID: Field = Field {
    keys: &["id", "guid", "article_id", "articleId", "_id", "uuid", "uri"],
    meaning: "The sender's id of the article; else the AMQP message_id, else a hash of the content is taken.",
};
pub const TITLE: Field =
    Field { keys: &["title", "headline", "heading", "name"], meaning: "The headline. It gives context; events are not read from it." };
/// Text that is plain, or HTML where it holds block tags.
pub const TEXT: Field = Field {
    keys: &[
        "text",
        "body",
        "content",
        "article",
        "article_text",
        "articleText",
        "articleBody",
        "full_text",
        "fullText",
        "fulltext",
        "maintext",
        "main_text",
        "body_text",
        "bodyText",
        "content_text",
        "plain_text",
        "raw_text",
        "story",
    ],
    meaning: "The article's text: plain, or HTML if it holds block tags. A list of strings is a list of paragraphs.",
};
/// Text that is always HTML.
pub const HTML: Field = Field {
    keys: &["html", "body_html", "bodyHtml", "body_xhtml", "content_html", "contentHtml", "content:encoded", "content_encoded", "encoded"],
    meaning: "The article's text as HTML, a whole page or a fragment.",
};
/// Read only where there is no text and no HTML.
pub const SUMMARY: Field = Field {
    keys: &["description", "summary", "abstract", "excerpt", "lead", "teaser", "snippet"],
    meaning: "A summary, read where there is no whole text.",
};
pub const DATE: Field = Field {
    keys: &[
        "published_at",
        "publishedAt",
        "published",
        "date_published",
        "datePublished",
        "publication_date",
        "publicationDate",
        "publish_date",
        "publishDate",
        "published_date",
        "publishedDate",
        "pubDate",
        "pubdate",
        "pub_date",
        "isoDate",
        "dc:date",
        "date",
        "issued",
        "datetime",
        "timestamp",
        "created_at",
        "createdAt",
        "created",
        "updated_at",
        "updatedAt",
        "updated",
    ],
    meaning: "When it was published: RFC 3339, RFC 2822, a bare date, a date in English words, or seconds or milliseconds since 1970.",
};
pub const URL: Field = Field {
    keys: &["url", "link", "canonical_url", "canonicalUrl", "permalink", "external_url", "web_url", "webUrl", "href"],
    meaning: "Where the article can be read.",
};
pub const SOURCE: Field = Field {
    keys: &["source", "publisher", "outlet", "provider", "site_name", "siteName", "site", "source_name", "domain", "feed"],
    meaning: "Who published it.",
};
pub const LANGUAGE: Field = Field {
    keys: &["language", "lang", "inLanguage", "language_code", "locale", "dc:language"],
    meaning: "The language, as a BCP 47 tag or its English name.",
};
/// All fields with the setting that gives pointers to them; a summary has none.
const ALL: [(&Field, &str); 9] = [
    (&ID, "fields.id"),
    (&TITLE, "fields.title"),
    (&TEXT, "fields.text"),
    (&HTML, "fields.html"),
    (&SUMMARY, ""),
    (&DATE, "fields.date"),
    (&URL, "fields.url"),
    (&SOURCE, "fields.source"),
    (&LANGUAGE, "fields.language"),
];

/// The names as a table in Markdown, for `docs/formats.md`.
pub fn table() -> String {
    let row = |(field, setting): &(&Field, &str)| {
        let names: Vec<String> = field.keys.iter().map(|key| format!("`{key}`")).collect();
        let setting = if setting.is_empty() { "none".to_owned() } else { format!("`{setting}`") };
        format!("| {} | {setting} | {} |\n", names.join(", "), field.meaning)
    };
    let rows: String = ALL.iter().map(row).collect();
    format!("| names, the first that holds something counts | pointers | what it is |\n|---|---|---|\n{rows}")
}

/// Objects that crawlers and search engines wrap an article in.
pub const WRAPPERS: &[&str] = &["article", "item", "entry", "_source", "data", "document", "doc", "post", "payload"];

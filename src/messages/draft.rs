//! What a message says about an article, before it is checked and completed.

use super::{DecodeLimits, Envelope, Rejection, dates, identity};
use crate::{
    extract::{Article, Published, Warning},
    text::{html, language},
};

/// An article's fields as they were found.
#[derive(Debug, Default)]
pub struct Draft {
    pub id: Option<String>,
    pub url: Option<String>,
    pub title: Option<String>,
    pub source: Option<String>,
    pub language: Option<String>,
    pub date: Option<String>,
    pub text: Option<Text>,
    pub withdrawn: bool,
    /// The item's type when it is no text; such an item is answered without being read.
    pub passed_over: Option<String>,
}

/// A text with what is known about its markup.
#[derive(Debug, PartialEq, Eq)]
pub enum Text {
    Plain(String),
    Html(String),
    /// The sender does not say; block tags decide.
    Unknown(String),
}

impl Draft {
    /// This draft with its gaps filled from another.
    pub fn over(self, other: Draft) -> Draft {
        Draft {
            id: self.id.or(other.id),
            url: self.url.or(other.url),
            title: self.title.or(other.title),
            source: self.source.or(other.source),
            language: self.language.or(other.language),
            date: self.date.or(other.date),
            text: self.text.or(other.text),
            ..other
        }
    }

    /// Completes the draft; refuses one without text.
    pub fn into_article(mut self, envelope: &Envelope, limits: &DecodeLimits, warnings: &mut Vec<Warning>) -> Result<Article, Rejection> {
        let (text, text_from_html) = self.take_text(limits, warnings);
        if text.trim().is_empty() && !self.withdrawn && self.passed_over.is_none() {
            return Err(Rejection::new(
                Rejection::NO_TEXT,
                "the article has no text; `attache schema article` prints the fields that are read, the setting fields.text adds others",
            ));
        }
        if let Some(kind) = &self.passed_over {
            warnings.push(Warning { code: "not_text", message: format!("the item's type is {kind:?}; only text items are read") });
        }
        let published = self.published(warnings);
        let title = self.title.map(|title| html::one_line(&title)).filter(|title| !title.is_empty());
        let mut article = Article {
            id: self
                .id
                .map(|id| id.trim().to_owned())
                .or_else(|| envelope.message_id.clone())
                .filter(|id| !id.is_empty())
                .unwrap_or_default(),
            url: self.url.map(|url| url.trim().to_owned()),
            title,
            source: self.source.map(|source| source.trim().to_owned()),
            language: agreed_language(&text, self.language.as_deref(), warnings),
            published,
            text,
            text_from_html,
            withdrawn: self.withdrawn,
            passed_over: self.passed_over.is_some(),
        };
        if article.id.is_empty() {
            article.id = identity::content_id(&article);
        }
        Ok(article)
    }

    fn take_text(&mut self, limits: &DecodeLimits, warnings: &mut Vec<Warning>) -> (String, bool) {
        let (mut text, from_html) = match self.text.take() {
            None => (String::new(), false),
            Some(Text::Plain(text)) => (text, false),
            Some(Text::Unknown(text)) if !html::has_block_tags(&text) => (text, false),
            Some(Text::Html(markup) | Text::Unknown(markup)) => (self.read_page(&markup), true),
        };
        if let Some((end, _)) = text.char_indices().nth(limits.text_chars) {
            warnings.push(Warning {
                code: "text_cut",
                message: format!("the text is longer than {} characters; the rest is not read", limits.text_chars),
            });
            text.truncate(end);
        }
        (text, from_html)
    }

    /// The text of an HTML page; what the page says about itself fills the gaps of the draft.
    fn read_page(&mut self, markup: &str) -> String {
        let page = html::read(markup);
        self.title = self.title.take().or(page.title);
        self.date = self.date.take().or(page.published);
        self.language = self.language.take().or(page.language);
        self.url = self.url.take().or(page.url);
        self.source = self.source.take().or(page.site);
        page.text
    }

    fn published(&self, warnings: &mut Vec<Warning>) -> Option<Published> {
        let date = self.date.as_deref()?;
        let published = dates::read(date);
        if published.is_none() {
            let shown: String = date.chars().take(60).collect();
            warnings.push(Warning {
                code: "unreadable_date",
                message: format!("the publication date {shown:?} cannot be read; relative dates stay unresolved"),
            });
        }
        published
    }
}

/// The detected language, unless the text is too short to tell and the sender says more.
fn agreed_language(text: &str, declared: Option<&str>, warnings: &mut Vec<Warning>) -> String {
    let declared = declared.and_then(language::from_tag);
    let Some(detected) = language::detect(text) else {
        return declared.unwrap_or(language::UNDETERMINED).to_owned();
    };
    match declared {
        Some(declared) if declared != detected.code && detected.is_reliable => {
            let message = format!("the article is declared as {declared:?} but reads as {:?}", detected.code);
            warnings.push(Warning { code: "language_mismatch", message });
            detected.code.to_owned()
        }
        Some(declared) => declared.to_owned(),
        None => detected.code.to_owned(),
    }
}

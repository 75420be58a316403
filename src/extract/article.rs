use jiff::{Timestamp, civil::Date};

/// A news article, decoded: what the extraction reads.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Article {
    /// Never empty: the sender's id, else the AMQP `message_id`, else a hash of the content.
    pub id: String,
    pub url: Option<String>,
    pub title: Option<String>,
    pub source: Option<String>,
    /// The language that the text is in, as an ISO 639-1 code, by detection and the sender's word.
    pub language: String,
    pub published: Option<Published>,
    /// The text that is read and that all offsets count in; for HTML the text taken out of the page.
    pub text: String,
    /// Whether `text` is not what arrived but was taken out of HTML, so that results carry it.
    pub text_from_html: bool,
    /// A withdrawn (`canceled`) item yields no events.
    pub withdrawn: bool,
    /// An item that is no text (a picture, a video) is answered without being read.
    pub passed_over: bool,
}

/// When an article was published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Published {
    pub instant: Timestamp,
    /// The calendar day where it was published; relative dates count from it.
    pub day: Date,
}

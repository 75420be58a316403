//! Lines that news text carries when it was copied from a page: they tell of the page and not of the world.

mod captions;

use super::Span;
use captions::{MOST_WORDS_OF_A_CAPTION, is_caption};

/// A line of more words is a paragraph, whatever it begins with.
const MOST_WORDS: usize = 30;
/// A byline is shorter still.
const MOST_WORDS_OF_A_BYLINE: usize = 9;
/// A longer line is a whole paragraph: nobody wraps text at so many columns.
const LONGEST_WRAPPED_BYTES: usize = 130;

/// Whole lines, in lower case and without what is no letter or digit at both ends.
#[rustfmt::skip]
const LINES: [&str; 172] = [
    "a a a", "about us", "accept all", "accept cookies", "ad", "advertisement", "advertisements", "advertising", "afp", "agence france-presse", "ap",
    "associated press", "back to top", "begin text", "breaking news", "click to expand", "close", "comments", "contact us", "continue reading",
    "continue reading below", "continue reading the main story", "cookie settings", "copy link", "don't miss", "donate", "donate now",
    "editor's note", "editor's picks", "editors' picks", "email", "email this article", "end text", "expand", "explore more", "facebook",
    "file photo", "filed under", "follow us", "font size", "for immediate release", "full coverage", "full story", "fyi", "gallery",
    "get email notifications", "getty images", "have your say", "hide comments", "image", "image caption", "in pictures", "in this article",
    "in this story", "join the conversation", "just in", "key points", "latest", "latest news", "latest stories", "leave a comment", "linkedin",
    "listen to article", "listen to this article", "live", "load more", "loading", "log in", "login", "manage cookies", "media caption", "menu",
    "more coverage", "more from this section", "more on this", "more on this story", "more on this topic", "more stories", "most popular",
    "most popular stories", "most read", "most viewed", "must read", "newsletter", "next", "no comments", "photo", "photo gallery", "photos", "pic",
    "pinterest", "play", "play video", "posted by", "previous", "print", "print this article", "privacy policy", "promoted", "read also",
    "read full story", "read more", "read more stories", "read the full story", "recommended", "recommended for you", "recommended stories", "reddit",
    "register", "register now", "related", "related article", "related articles", "related content", "related coverage", "related links",
    "related news", "related posts", "related stories", "related story", "related topics", "related video", "related videos", "reuters", "save",
    "see all", "see more", "share", "share this", "share this article", "share this page", "share this story", "show comments", "show more",
    "sign in", "sign up", "sign up here", "skip advertisement", "skip to content", "skip to main content", "slideshow", "sponsored",
    "sponsored content", "story continues below", "story continues below advertisement", "subscribe", "subscribe now", "suggested topics",
    "support us", "tags", "telegram", "terms of service", "terms of use", "text size", "the associated press", "top stories", "topics", "trending",
    "tweet", "up next", "via teleconference", "video", "view all", "view comments", "view more", "watch", "watch live", "watch now", "watch video",
    "whatsapp", "you may also like", "you might also like",
];

/// What such a line begins with.
#[rustfmt::skip]
const BEGINNINGS: [&str; 173] = [
    "(c) 2", "acquire licensing", "additional reporting by", "advertisement -", "advertising -", "all contents ©", "all rights reserved",
    "already a subscriber", "also read", "also see:", "article continued", "article continues", "become a member", "by clicking", "by signing up",
    "by subscribing", "by using this", "caption:", "categories:", "category:", "click here", "click to", "connect with us", "continued below",
    "continues below", "cookie policy", "cookies on", "copyright (c)", "copyright 2", "copyright by", "copyright ©", "correction:", "credit:",
    "disclaimer:", "don't miss:", "download our", "download the", "edited by", "editing by", "editor's note:", "editors' note:", "enable javascript",
    "file photo", "file photo:", "file –", "file —", "filed under:", "find more information", "find us on", "follow @", "follow us on",
    "for additional information", "for any media", "for any questions, please", "for further information", "for further updates",
    "for media enquiries", "for media inquiries", "for media queries", "for more information", "for more news", "for press enquiries",
    "for press inquiries", "for the latest updates", "for updates follow", "for updates, follow", "get our", "get the latest", "got a tip",
    "have a news tip", "image caption", "image copyright", "image credit", "image source", "image:", "join our", "join us on", "keywords:",
    "last modified", "last updated", "learn more at", "like us on", "listen:", "media caption", "media contact", "more from", "more on this:",
    "more:", "our site uses", "our standards:", "photo by", "photo courtesy", "photo credit", "photo:", "photograph:", "photos:", "picture credit",
    "picture:", "pictured:", "please enable", "please log", "please sign", "posted:", "press contact", "read also:", "read full", "read more about",
    "read more at", "read more:", "read next", "read the full", "recommended for you", "recommended:", "register now for", "related article:",
    "related stories:", "related story:", "related:", "reporting and editing by", "reporting and writing by", "reporting by", "reprinted with",
    "reproduction in whole", "scroll down", "see also:", "send us", "share on", "share via", "share:", "sign in to", "sign up for", "sign up to",
    "source:", "story continues", "subscribe for", "subscribe now", "subscribe to", "tags:", "tap here", "thank you for reading",
    "thanks for reading", "the below is attributable to", "the following is attributable to", "the following statement is attributable to",
    "the views expressed", "this article has been updated", "this article is more than", "this article originally", "this article was originally",
    "this is a breaking news", "this is a developing story", "this material may not be", "this post originally", "this story has been updated",
    "this story is over", "this story originally", "this story was originally", "this website uses", "to continue reading", "topics:", "tweet us",
    "unauthorized reproduction", "video:", "watch:", "we use cookies", "with additional reporting", "with files from", "with reporting by",
    "write to us", "writing by", "you have reached", "you've reached", "© 2",
];

/// The same, in lines of no more words than a byline: longer ones may tell news.
const SHORT_BEGINNINGS: [&str; 14] = [
    "click",
    "compiled by",
    "contact us",
    "file -",
    "file –",
    "file —",
    "first published",
    "last update",
    "originally published",
    "posted",
    "published",
    "translated by",
    "updated",
    "with input from",
];

/// What such a line ends with.
const ENDINGS: [&str; 5] = [
    "contributed reporting",
    "contributed to this article",
    "contributed to this report",
    "contributed to this story",
    "contributed to reporting",
];
/// Where readers are asked to follow somebody.
const NETWORKS: [&str; 8] = [" @", " #", "facebook", "instagram", "linkedin", "on x", "telegram", "twitter"];

/// What is counted under an article: "12 comments", "3 min read".
const COUNTED: [&str; 9] = ["comment", "comments", "share", "shares", "view", "views", "likes", "min read", "minute read"];
/// What begins behind a sentence, ends with a colon and leads away from the article, up to the end of the line.
const POINTERS: [&str; 13] = [
    "ALSO READ",
    "Also read",
    "READ ALSO",
    "READ MORE",
    "READ",
    "RELATED",
    "Read also",
    "Read more",
    "Related",
    "SEE ALSO",
    "See also",
    "Source",
    "WATCH",
];
/// The credits stand in one of the last brackets of a line.
const MOST_BRACKETS: usize = 4;
const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Credits at the end of a wire story, in brackets behind its last sentence.
const CREDITS: [&str; 6] = ["(Reporting by", "(Additional reporting by", "(Writing by", "(Editing by", "(Compiled by", "(Reporting and"];

/// The stretches of a text that are boilerplate, in order; none overlap. The headline is one of them, since it only says what the
/// article then tells: a first line that repeats the title, or that has no full stop and a blank line, a byline, a date
/// or a whole paragraph behind it.
pub fn spans(text: &str, title: Option<&str>) -> Vec<Span> {
    let mut spans = Vec::new();
    let headline = headline(text);
    let (mut start, mut is_first) = (0, true);
    for line in text.split_inclusive('\n') {
        let content = line.trim_end();
        let repeats_title = is_first && title.is_some_and(|title| letters(title).eq(letters(content)));
        let words = content.split_whitespace().take(MOST_WORDS_OF_A_CAPTION + 1).count();
        if repeats_title || headline == Some(start) || is_short_line(content, words) || is_caption(content, words) {
            spans.push(Span::new(start, start + content.len()));
        } else if let Some(at) = tail(content) {
            spans.push(Span::new(start + at, start + content.len()));
        }
        is_first &= content.trim().is_empty();
        start += line.len();
    }
    spans
}

/// Where the first line starts, if it is a headline by its form and a text follows.
fn headline(text: &str) -> Option<usize> {
    let start = text.len() - text.trim_start().len();
    let (line, rest) = text[start..].split_once('\n')?;
    let closed = line.trim_end().ends_with(['.', '!', '?', ':', ';', ',', '"', '”', '’', ')']);
    let ends_there = |next: &str| next.trim().is_empty() || is_line(next) || next.len() > LONGEST_WRAPPED_BYTES;
    let is_headline = !closed
        && rest.split('\n').next().is_some_and(ends_there)
        && !rest.trim().is_empty()
        && line.split_whitespace().nth(MOST_WORDS).is_none();
    is_headline.then_some(start)
}

/// Whether a whole line is boilerplate. A blank line is not.
pub fn is_line(line: &str) -> bool {
    is_short_line(line, line.split_whitespace().take(MOST_WORDS + 1).count())
}

fn is_short_line(line: &str, words: usize) -> bool {
    if words == 0 || words > MOST_WORDS {
        return false;
    }
    if !line.contains(char::is_alphanumeric) {
        return true;
    }
    let lower = line
        .trim()
        .trim_start_matches(|character: char| !character.is_alphanumeric() && !matches!(character, '@' | '©'))
        .to_lowercase()
        .replace('’', "'");
    let core = lower.trim_end_matches(|character: char| !character.is_alphanumeric());
    LINES.binary_search(&core).is_ok()
        || begins_as_listed(&lower)
        || lower.starts_with('©')
        || ENDINGS.iter().any(|ending| core.ends_with(ending))
        || lower.starts_with("follow ") && NETWORKS.iter().any(|network| lower.contains(network))
        || is_count(core)
        || words <= MOST_WORDS_OF_A_BYLINE
            && (is_byline(line.trim()) || is_date(core) || SHORT_BEGINNINGS.iter().any(|beginning| lower.starts_with(beginning)))
}

/// The table is sorted: whatever a line begins with stands before the place of the line itself.
fn begins_as_listed(lower: &str) -> bool {
    let before = BEGINNINGS.partition_point(|beginning| *beginning <= lower);
    let near = BEGINNINGS[..before].iter().rev().take_while(|beginning| beginning.as_bytes().first() == lower.as_bytes().first());
    near.into_iter().any(|beginning| lower.starts_with(beginning))
}

fn is_count(core: &str) -> bool {
    core.split_once(' ').is_some_and(|(number, what)| {
        number.starts_with(|character: char| character.is_ascii_digit())
            && number.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b',' | b'.' | b'k'))
            && COUNTED.contains(&what)
    })
}

/// "By Jane Doe and John Roe, Staff Writer": every word is a name's, and no sentence ends.
fn is_byline(line: &str) -> bool {
    let Some(names) = line.strip_prefix("By ").or_else(|| line.strip_prefix("BY ")) else { return false };
    let is_name = |word: &str| {
        word.starts_with(char::is_uppercase) || matches!(word, "and" | "for" | "in" | "of" | "the" | "de" | "van" | "von" | "|")
    };
    !line.ends_with(['.', '!', '?']) && names.split_whitespace().all(is_name)
}

/// "Tuesday, March 3, 2018", "3 March 2018": all of the line is a day.
fn is_date(core: &str) -> bool {
    let is_year = |word: &str| word.len() == 4 && word.starts_with(['1', '2']) && word.bytes().all(|byte| byte.is_ascii_digit());
    let is_day = |word: &str| word.len() <= 2 && word.bytes().all(|byte| byte.is_ascii_digit());
    let is_weekday = |word: &str| word.ends_with("day");
    let is_month = |word: &str| MONTHS.iter().any(|month| word.starts_with(month));
    let words = || core.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    words().any(is_year) && words().any(is_month) && words().all(|word| is_year(word) || is_day(word) || is_weekday(word) || is_month(word))
}

/// Where the end of a line stops telling news: credits in brackets, or a pointer to another article.
fn tail(line: &str) -> Option<usize> {
    let brackets = line.rmatch_indices('(').take(MOST_BRACKETS).map(|(at, _)| at);
    let credits = brackets.filter(|at| CREDITS.iter().any(|credit| line[*at..].starts_with(credit))).last();
    let pointer = line.match_indices(':').find_map(|(colon, _)| {
        let pointer = POINTERS.iter().find(|pointer| line[..colon].ends_with(*pointer))?;
        Some(colon - pointer.len()).filter(|at| ends_a_sentence(&line[..*at]))
    });
    credits.into_iter().chain(pointer).min()
}

fn ends_a_sentence(text: &str) -> bool {
    text.trim_end().ends_with(['.', '!', '?', '”', '"', ')']) && text.ends_with(char::is_whitespace)
}

fn letters(text: &str) -> impl Iterator<Item = char> + '_ {
    text.chars().filter(|character| character.is_alphanumeric()).flat_map(char::to_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_headline_by_form_is_boilerplate_and_a_sentence_is_not() {
        let spans_of = |text: &str| spans(text, None).iter().map(|span| span.of(text).to_owned()).collect::<Vec<_>>();
        assert_eq!(spans_of("\nRussia expels two envoys\n\nMOSCOW - Russia expelled two envoys."), ["Russia expels two envoys"]);
        assert!(spans_of("Russia expelled two envoys.\n\nBritain protested.").is_empty());
        assert!(spans_of("Russia expels two envoys").is_empty());
        let paragraph = format!("Russia expelled two envoys {}.", "of the country next door ".repeat(6));
        assert_eq!(spans_of(&format!("Russia expels two envoys\n{paragraph}")), ["Russia expels two envoys"]);
        assert!(spans_of("Russia expelled two envoys of the country\nNext Door, it said.").is_empty());
    }

    #[test]
    fn tables_are_sorted_for_the_search() {
        assert!(LINES.is_sorted() && BEGINNINGS.is_sorted());
    }

    #[test]
    fn lines_of_the_page() {
        for line in [
            "Advertisement",
            "ADVERTISEMENT",
            "FYI.",
            "This story is over 5 years old.",
            "Follow us on Twitter and Facebook",
            "Share this article",
            "Read more: Ministers to meet again in May",
            "Photo: AP",
            "Reporting by Jane Doe; editing by John Roe",
            "By Jane Doe",
            "By JANE DOE, Staff Writer",
            "1,204 comments",
            "3 min read",
            "© 2018 The News Agency",
            "Sign up for our morning newsletter",
            "* Related stories:",
            "Image source, Getty Images",
            "We use cookies to give you the best experience.",
            "###",
            "* * *",
            "Begin text:",
            "End Text",
            "The following is attributable to Spokesperson Jane Doe:",
            "For further information, please contact the press office at press@office.example.",
            "For updates follow @office on the usual networks.",
            "Tuesday, March 3, 2018",
            "3 March 2018",
            "Updated 4:05 p.m. GMT",
            "Editor’s note: this story has been corrected.",
            "FILE PHOTO: the two ministers at an earlier meeting",
            "Don’t miss: how the talks began",
            "Follow our correspondent in Oslo on Twitter",
            "Associated Press writer Jane Doe in Lima contributed to this report.",
            "For additional information, please write to press@office.example.",
        ] {
            assert!(is_line(line), "{line}");
        }
    }

    #[test]
    fn lines_of_the_story() {
        for line in [
            "",
            "   ",
            "By Tuesday the talks had ended.",
            "Related parties were also told to leave the country.",
            "The comments drew protests.",
            "By then the two ministers had left",
            "Share prices fell.",
            "12 soldiers were killed",
            "Advertisement sales fell sharply.",
            "Follow the money, he said.",
            "He sold the image: a king and a queen.",
            "He contributed to this report on the treaty, which both sides signed.",
            "Published on Monday, the report of the two ministers accused the government next door of breaking the treaty.",
            "March 3, 2018 was the day of the summit",
            "2018",
            "The picture agency (Getty Images) was sold to a fund on Monday, its owners said in a statement.",
        ] {
            assert!(!is_line(line) && !is_caption(line, 1), "{line}");
        }
    }

    #[test]
    fn what_leads_away_ends_with_its_line() {
        let text = "The talks ended. Read more: Ministers quarrel again\nNo date was set. RELATED: A history of the talks";
        let found: Vec<&str> = spans(text, None).iter().map(|span| span.of(text)).collect();
        assert_eq!(found, ["Read more: Ministers quarrel again", "RELATED: A history of the talks"]);
        assert_eq!(spans("The firm is related: it said so.", None), []);
    }

    #[test]
    fn spans_are_of_the_text_as_it_stands() {
        let text = "Talks end in Geneva\n\nThe talks ended – at last.\nAdvertisement\r\nNo date was set. (Reporting by J. Doe; Editing by R. Roe)\n";
        let found: Vec<&str> = spans(text, Some("Talks End in Geneva")).iter().map(|span| span.of(text)).collect();
        assert_eq!(found, ["Talks end in Geneva", "Advertisement", "(Reporting by J. Doe; Editing by R. Roe)"]);
        assert_eq!(spans("", None), []);
    }
}

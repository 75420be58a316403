//! Lines that news text carries when it was copied from a page: they tell of the page and not of the world.

use super::Span;

/// A line of more words is a paragraph, whatever it begins with.
const MOST_WORDS: usize = 30;
/// A byline is shorter still.
const MOST_WORDS_OF_A_BYLINE: usize = 9;

/// Whole lines, in lower case and without what is no letter or digit at both ends.
#[rustfmt::skip]
const LINES: [&str; 56] = [
    "ad", "advertisement", "advertisements", "advertising", "back to top", "comments", "continue reading", "continue reading below",
    "continue reading the main story", "copy link", "email", "email this article", "facebook", "follow us", "fyi", "getty images", "image caption",
    "in pictures", "leave a comment", "listen to this article", "loading", "menu", "more on this story", "more on this topic", "more stories",
    "most popular", "most read", "most viewed", "newsletter", "no comments", "photos", "print", "print this article", "read also", "read more",
    "recommended", "recommended stories", "related", "related articles", "related content", "related coverage", "related links", "related stories",
    "related topics", "share", "share this", "share this article", "share this page", "share this story", "skip advertisement", "sponsored content",
    "story continues below", "story continues below advertisement", "top stories", "trending", "view comments",
];

/// What such a line begins with.
#[rustfmt::skip]
const BEGINNINGS: [&str; 64] = [
    "additional reporting by", "all rights reserved", "already a subscriber", "also read", "article continues", "by clicking", "by signing up",
    "by subscribing", "click here", "cookie policy", "cookies on", "copyright ©", "copyright (c)", "credit:", "download our", "download the", "edited by",
    "editing by", "enable javascript", "file photo", "follow @", "follow us on", "for more information", "for more news", "get our", "get the latest",
    "image:", "image source", "join our", "join us on", "last modified", "last updated", "listen:", "more from", "more:", "our standards:", "photo by",
    "photo:", "photograph:", "photos:", "picture:", "please enable", "read also:", "read more about", "read more at", "read more:", "read next",
    "recommended:", "related:", "reporting by", "see also:", "share on", "share via", "sign up for", "sign up to", "source:", "subscribe to",
    "the views expressed", "this article is more than", "this article was originally", "this story is over", "this website uses", "we use cookies",
    "writing by",
];

/// What is counted under an article: "12 comments", "3 min read".
const COUNTED: [&str; 9] = ["comment", "comments", "share", "shares", "view", "views", "likes", "min read", "minute read"];
/// Credits at the end of a wire story, in brackets behind its last sentence.
const CREDITS: [&str; 6] = ["(Reporting by", "(Additional reporting by", "(Writing by", "(Editing by", "(Compiled by", "(Reporting and"];

/// The stretches of a text that are boilerplate, in order; none overlap. The headline is one of them, since it only says what the
/// article then tells: a first line that repeats the title, or that has no full stop and a blank line behind it.
pub fn spans(text: &str, title: Option<&str>) -> Vec<Span> {
    let mut spans = Vec::new();
    let headline = headline(text);
    let (mut start, mut is_first) = (0, true);
    for line in text.split_inclusive('\n') {
        let content = line.trim_end();
        let repeats_title = is_first && title.is_some_and(|title| letters(title).eq(letters(content)));
        if repeats_title || headline == Some(start) || is_line(content) {
            spans.push(Span::new(start, start + content.len()));
        } else if let Some(at) = credits(content) {
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
    let next_is_blank = rest.split('\n').next().is_some_and(|next| next.trim().is_empty());
    let is_headline = !closed && next_is_blank && !rest.trim().is_empty() && line.split_whitespace().count() <= MOST_WORDS;
    is_headline.then_some(start)
}

/// Whether a whole line is boilerplate. A blank line is not.
pub fn is_line(line: &str) -> bool {
    let words = line.split_whitespace().count();
    if words == 0 || words > MOST_WORDS {
        return false;
    }
    let lower =
        line.trim().trim_start_matches(|character: char| !character.is_alphanumeric() && !matches!(character, '@' | '©')).to_lowercase();
    let core = lower.trim_end_matches(|character: char| !character.is_alphanumeric());
    LINES.binary_search(&core).is_ok()
        || BEGINNINGS.iter().any(|beginning| lower.starts_with(beginning))
        || lower.starts_with('©')
        || is_count(core)
        || words <= MOST_WORDS_OF_A_BYLINE && is_byline(line.trim())
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

fn credits(line: &str) -> Option<usize> {
    CREDITS.iter().filter_map(|credit| line.rfind(credit)).min()
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
    }

    #[test]
    fn tables_are_sorted_for_the_search() {
        assert!(LINES.is_sorted());
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
        ] {
            assert_eq!(is_line(line), line != "{line}");
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
        ] {
            assert!(!is_line(line), "{line}");
        }
    }

    #[test]
    fn spans_are_of_the_text_as_it_stands() {
        let text = "Talks end in Geneva\n\nThe talks ended – at last.\nAdvertisement\r\nNo date was set. (Reporting by J. Doe; Editing by R. Roe)\n";
        let found: Vec<&str> = spans(text, Some("Talks End in Geneva")).iter().map(|span| span.of(text)).collect();
        assert_eq!(found, ["Talks end in Geneva", "Advertisement", "(Reporting by J. Doe; Editing by R. Roe)"]);
        assert_eq!(spans("", None), []);
    }
}

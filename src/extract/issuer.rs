//! Whose release an article is, by the site that publishes it. In a government's own words "we" and "the Secretary" are its own,
//! and an Under Secretary whom no list knows acts for it.

use std::ops::Range;

use super::{Article, mentions::ActorMention};
use crate::{
    lexicon::{Lexicon, Naming},
    text::{Document, lower},
};

/// A title with its field and its name has at most this many tokens.
const LONGEST: usize = 24;

/// The polity on whose site the article stands.
pub(super) fn issuer(article: &Article, lexicon: &Lexicon) -> Option<u32> {
    let host = |text: &str| text.split("://").last().and_then(|rest| rest.split('/').next()).unwrap_or_default().to_lowercase();
    let hosts: Vec<String> = [&article.source, &article.url].into_iter().flatten().map(|text| host(text)).collect();
    let below = |host: &str, site: &str| host.strip_suffix(site).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
    let is_of = |site: &String| hosts.iter().any(|host| below(host, site));
    let actor = lexicon.actors.iter().position(|actor| actor.sites.iter().any(is_of))?;
    u32::try_from(actor).ok()
}

/// Whether a release gives what several say together: "Joint Statement on Trade".
pub(super) fn is_joint(title: Option<&str>, lexicon: &Lexicon) -> bool {
    let title = title.unwrap_or_default().to_lowercase();
    let words: Vec<&str> = title.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.windows(2).any(|pair| pair[0] == "joint" && lexicon.classes.statements.contains(pair[1]))
}

/// Adds the people of the issuer who are named by a title that is its own: "Under Secretary for Arms Control Jane Roe".
pub(super) fn add_titled(document: &Document, lexicon: &Lexicon, issuer: u32, mentions: &mut Vec<ActorMention>) {
    let mut at = 0;
    while at < document.tokens.len() {
        let title = title_at(document, lexicon, issuer, at);
        let found = title.and_then(|title| Titled { document, lexicon, mentions }.person(title));
        let Some(tokens) = found else {
            at += 1;
            continue;
        };
        at = tokens.end;
        let first = mentions.partition_point(|mention| mention.tokens.end <= tokens.start);
        let end = mentions.partition_point(|mention| mention.tokens.start < tokens.end);
        mentions.splice(first..end.max(first), [ActorMention { tokens, actor: issuer, naming: Naming::Organ, left_office: false }]);
    }
}

/// The longest title of several words that begins here.
fn title_at(document: &Document, lexicon: &Lexicon, issuer: u32, at: usize) -> Option<Range<usize>> {
    // Both of its first words, before all titles are gone through.
    let is_title = at + 1 < document.tokens.len() && [at, at + 1].iter().all(|token| is_upper(document.form(*token)));
    let first = is_title.then(|| lower(document.form(at)))?;
    let titles = lexicon.actors[issuer as usize].titles.iter().filter(|title| title[0] == *first);
    let titles = titles.filter(|title| title.len() > 1 && at + title.len() <= document.tokens.len());
    let is_written = |word: &str, form: &str| is_upper(form) && *lower(form) == *word;
    let written = |title: &&Vec<String>| title.iter().zip(at..).all(|(word, token)| is_written(word, document.form(token)));
    titles.filter(written).map(|title| at..at + title.len()).max_by_key(|title| title.end)
}

/// What stands around a title.
struct Titled<'a> {
    document: &'a Document<'a>,
    lexicon: &'a Lexicon,
    mentions: &'a [ActorMention],
}

impl Titled<'_> {
    /// The title with its field and the name behind it; nothing where another polity or a greater office stands beside it.
    fn person(&self, title: Range<usize>) -> Option<Range<usize>> {
        let before = title.start.checked_sub(1);
        let owned = before.is_some_and(|before| self.named(before).is_some() || matches!(self.document.form(before), "'s" | "’s"));
        let greater = self.is_office(title.end) || self.form(title.end) == Some("-");
        if owned || greater {
            return None;
        }
        let end = self.end(&title);
        let of_other = self.form(end) == Some("of") && self.named(end + 1).is_some();
        (!of_other).then_some(title.start..end)
    }

    /// Where the field ("for Arms Control and …") and the name behind the title end.
    fn end(&self, title: &Range<usize>) -> usize {
        let (mut end, mut comma, mut in_field) = (title.end, None, false);
        let sentence = self.document.sentences.iter().find(|sentence| sentence.tokens.contains(&title.start));
        let limit = sentence.map_or(title.end, |sentence| sentence.tokens.end).min(title.start + LONGEST);
        while end < limit {
            let Some(form) = self.form(end) else { break };
            let known = self.named(end).is_some_and(|mention| matches!(mention.naming, Naming::Person(_)));
            match form {
                _ if known || self.is_office(end) => break,
                "of" | "for" if self.is_name_next(end) => in_field = true,
                "and" | "the" | "to" if in_field => {}
                "," if in_field && self.is_name_next(end) => comma = comma.or(Some(end)),
                _ if is_upper(form) => {}
                _ => break,
            }
            end += 1;
        }
        // Without an "and" the comma ends the field: "Assistant Secretary for African Affairs, Jane Roe, …".
        let is_list = (title.end..end).any(|token| self.form(token) == Some("and"));
        let mut end = comma.filter(|_| !is_list).unwrap_or(end);
        while end > title.end && !is_upper(self.document.form(end - 1)) {
            end -= 1;
        }
        end
    }

    fn form(&self, token: usize) -> Option<&str> {
        (token < self.document.tokens.len()).then(|| self.document.form(token))
    }

    fn named(&self, token: usize) -> Option<&ActorMention> {
        self.mentions.iter().find(|mention| mention.tokens.contains(&token))
    }

    fn is_office(&self, token: usize) -> bool {
        self.form(token).is_some_and(|form| self.lexicon.classes.offices.contains(&lower(form)))
    }

    fn is_name_next(&self, token: usize) -> bool {
        let next = (token + 1..token + 4).filter_map(|next| self.form(next)).find(|form| !matches!(*form, "the" | "and"));
        next.is_some_and(is_upper)
    }
}

fn is_upper(form: &str) -> bool {
    form.chars().next().is_some_and(char::is_uppercase)
}

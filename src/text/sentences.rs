//! The sentence splitter: after a full stop, a question or an exclamation mark, unless what follows or what came before says otherwise,
//! and at line breaks that end a heading, a list entry or a paragraph.

use std::ops::Range;

use super::document::{Sentence, Token};
use super::lines::{Gap, gaps};
use super::normalise::plain;
use super::span::Span;
use super::vocabulary::{REGIONS, STARTERS, TITLES};

/// Groups tokens into sentences; together they hold every token once. Linear in the text's length.
pub fn sentences(text: &str, tokens: &[Token]) -> Vec<Sentence> {
    let reader = Reader { text, tokens, gaps: gaps(text, tokens) };
    let mut sentences = Vec::new();
    let mut start = 0;
    for end in 1..=tokens.len() {
        if end == tokens.len() || reader.is_boundary(start, end) {
            sentences.push(sentence(tokens, start..end));
            start = end;
        }
    }
    sentences
}

fn sentence(tokens: &[Token], range: Range<usize>) -> Sentence {
    Sentence { span: Span::new(tokens[range.start].span.start, tokens[range.end - 1].span.end), tokens: range }
}

struct Reader<'t> {
    text: &'t str,
    tokens: &'t [Token],
    gaps: Vec<Gap>,
}

impl Reader<'_> {
    /// Whether the sentence from token `start` on ends before token `end`.
    fn is_boundary(&self, start: usize, end: usize) -> bool {
        match self.gaps[end] {
            Gap::Block => true,
            Gap::Line => self.ends_line(start, end) || self.ends_sentence(start, end),
            Gap::Wrap | Gap::Space => is_bullet(self.token(end)) || self.ends_sentence(start, end),
            Gap::None => self.is_glued_boundary(end),
        }
    }

    /// Whether a line with room for more ends its sentence: not if it plainly goes on.
    fn ends_line(&self, start: usize, end: usize) -> bool {
        let (last, next) = (self.token(end - 1), self.token(end));
        let goes_on = matches!(last, "," | "-" | "--" | "—" | "–" | "(") || (next.starts_with(char::is_lowercase) && !next.contains("://"));
        let is_number = end - start <= 2 && self.is_list_number(start, end);
        !is_number && (!goes_on || is_listed(next))
    }

    /// "the end.Next": the space is missing.
    fn is_glued_boundary(&self, end: usize) -> bool {
        let before = end.checked_sub(2).map_or("", |at| self.token(at));
        matches!(self.token(end - 1), "." | "?" | "!")
            && self.gaps[end - 1] == Gap::None
            && before.chars().all(char::is_lowercase)
            && before.len() > 2
            && is_capitalised(self.token(end))
    }

    fn ends_sentence(&self, start: usize, end: usize) -> bool {
        let Some(mark) = self.mark(start, end) else { return false };
        let Some(next) = self.opening(end) else { return true };
        let first = self.token(next);
        let goes_on = first.starts_with(char::is_lowercase) && !self.is_list_letter(end);
        if self.is_citation(end) || goes_on || is_closing(first) || self.is_list_number(start, end) {
            return false;
        }
        match Mark::of(self.token(mark)) {
            Mark::Stop => true,
            Mark::Ellipsis => is_capitalised(first) && first != "I",
            Mark::Title | Mark::None => false,
            Mark::Initial => is_starter(first),
            Mark::Omission => mark > start && is_starter(first),
            Mark::Time => is_capitalised(first) && !is_zone_or_day(first),
            Mark::Abbreviation if self.is_within_brackets(start, mark, end) => false,
            Mark::Abbreviation => {
                // "Ill. (AP)": in brackets with capitals alone stands an agency or another name.
                let opens = next > end && first.contains(char::is_lowercase);
                let is_apart = mark + 1 < end || opens || (next == end && self.is_region(mark));
                is_starter(first) || (is_capitalised(first) && is_apart)
            }
        }
    }

    /// "(E.O.)", "(50 U.S.C. 1601 et seq.)": the dot belongs to what is in the brackets, which opened within the sentence.
    fn is_within_brackets(&self, start: usize, mark: usize, end: usize) -> bool {
        (mark + 1..end).any(|at| matches!(self.token(at), ")" | "]")) && !is_opener(self.token(start))
    }

    /// "Washington, D.C.": within a sentence a comma would follow such a place.
    fn is_region(&self, mark: usize) -> bool {
        let Some(place) = mark.checked_sub(2).filter(|_| self.token(mark - 1) == ",") else { return false };
        let region = self.token(mark).trim_end_matches('.').to_ascii_lowercase();
        REGIONS.contains(&region.as_str()) && is_capitalised(self.token(place)) && !self.token(place).ends_with("day")
    }

    /// "(a)", "(ii)": the letter of a paragraph, which the paragraph follows.
    fn is_list_letter(&self, at: usize) -> bool {
        at + 2 < self.tokens.len() && self.token(at) == "(" && self.token(at + 1).len() <= 3 && self.token(at + 2) == ")"
    }

    /// The token that may end the sentence before `end`: the last one, or the one before closing quotes and brackets.
    fn mark(&self, start: usize, end: usize) -> Option<usize> {
        let earliest = end.saturating_sub(CLOSERS + 1).max(start);
        let mut at = if self.is_citation(end.saturating_sub(3)) && end >= start + 4 { end - 4 } else { end - 1 };
        while at > earliest && is_closer(self.token(at)) && self.gaps[at] == Gap::None {
            at -= 1;
        }
        let token = self.token(at);
        (token.ends_with(['.', '!', '?', '…']) || token == OMISSION).then_some(at)
    }

    /// "[12]", which belongs to the sentence before it.
    fn is_citation(&self, at: usize) -> bool {
        at + 2 < self.tokens.len()
            && self.token(at) == "["
            && self.token(at + 1).bytes().all(|byte| byte.is_ascii_digit())
            && self.token(at + 2) == "]"
    }

    /// The first word from `end` on, after opening quotes and brackets.
    fn opening(&self, end: usize) -> Option<usize> {
        let latest = (end + CLOSERS).min(self.tokens.len());
        (end..latest).find(|at| !is_opener(self.token(*at)))
    }

    /// "1." or "(a)." alone: the number of a list's entry, which the entry follows.
    fn is_list_number(&self, start: usize, end: usize) -> bool {
        let number = self.token(start);
        let short = number.len() <= 3 && number.chars().all(|c| c.is_ascii_digit() || c == '.');
        short && (end - start == 1 || (end - start == 2 && matches!(self.token(start + 1), "." | ")")))
    }

    fn token(&self, at: usize) -> &str {
        self.tokens[at].span.of(self.text)
    }
}

/// No more closing or opening marks than this are looked past.
const CLOSERS: usize = 4;

/// What stands where words of a quotation were left out.
const OMISSION: &str = "[...]";

/// What a token that ends in a mark says about the end of its sentence.
enum Mark {
    Stop,
    Ellipsis,
    /// "Mr.": a name follows.
    Title,
    /// "J.": mostly a name follows.
    Initial,
    /// "[...]": the sentence goes on, or another one starts.
    Omission,
    /// "a.m.": hardly ever followed by a capital within a sentence.
    Time,
    /// "U.S.", "Inc.", "Jan.": names and numbers may follow.
    Abbreviation,
    None,
}

impl Mark {
    fn of(token: &str) -> Self {
        let word = token.trim_end_matches(['.', '!', '?', '…']);
        if word.is_empty() {
            return if token == "…" || token.starts_with("..") { Mark::Ellipsis } else { Mark::Stop };
        }
        if token == OMISSION {
            return Mark::Omission;
        }
        if !token.ends_with('.') {
            return Mark::None;
        }
        let lower = word.to_ascii_lowercase();
        match lower.as_str() {
            "a.m" | "p.m" | "etc" | "al" => Mark::Time,
            title if TITLES.contains(&title) => Mark::Title,
            // Of two parties before a court. The capital is an initial or the number of a king.
            _ if word == "v" => Mark::Title,
            _ if word.chars().count() == 1 => Mark::Initial,
            _ => Mark::Abbreviation,
        }
    }
}

fn is_closer(token: &str) -> bool {
    token.chars().all(|c| matches!(plain(c), '"' | '\'' | ')' | ']'))
}

fn is_opener(token: &str) -> bool {
    token.chars().all(|c| matches!(plain(c), '"' | '\'' | '(' | '['))
}

fn is_closing(token: &str) -> bool {
    matches!(token, "," | ";" | ":" | ")" | "]" | "." | "?" | "!" | "%")
}

fn is_bullet(token: &str) -> bool {
    matches!(token, "•" | "▪" | "■" | "●" | "‣" | "◦" | "►")
}

/// Whether a token at the start of a line makes it an entry of a list.
fn is_listed(token: &str) -> bool {
    is_bullet(token) || matches!(token, "*" | "-" | "–" | "—" | "·" | ">")
}

fn is_capitalised(token: &str) -> bool {
    token.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
}

/// "7 p.m. GMT", "9 a.m. Tuesday".
fn is_zone_or_day(token: &str) -> bool {
    let zone = (2..=4).contains(&token.len()) && token.chars().all(|c| c.is_ascii_uppercase());
    zone || token.ends_with("day") || token.starts_with(|c: char| c.is_ascii_digit()) || MONTHS.iter().any(|month| token.starts_with(month))
}

const MONTHS: &[&str] =
    &["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Eastern", "Pacific", "Central"];

/// Whether a capital here tells the start of a sentence, as the word is none of a name's.
fn is_starter(token: &str) -> bool {
    STARTERS.contains(&token)
}

#[cfg(test)]
mod tests {
    use crate::text::Document;

    /// Checks that a text splits where a `|` stands in it.
    fn check(marked: &str) {
        let text = marked.replace('|', "");
        let document = Document::new(&text);
        let mut found = String::new();
        let mut at = 0;
        for sentence in &document.sentences {
            found.push_str(&text[at..sentence.span.end]);
            at = sentence.span.end;
            if at < text.trim_end().len() {
                found.push('|');
            }
        }
        found.push_str(&text[at..]);
        assert_eq!(found, marked);
    }

    #[test]
    fn abbreviations_stay_within_a_sentence() {
        check("Mr. Smith met Gen. J. Jones and Sen. Ann B. Lee.| They spoke.");
        check("The U.S. Treasury acted.| He is in the U.S.| The visit ended.");
        check("The meeting at 7 p.m. GMT was off.| They left at 9 a.m.| Ministers stayed.");
        check("See No. 5 vs. No. 6.| He said no.| Then he left.");
        check("Acme Inc. said so.| It bought Apex Corp.| The price fell 3.5 percent.");
        check("It signed on Jan. 5 in St. Gallen.| Talks go on.");
        check("Prices, wages, etc. rose.| The U.S.-led force left.");
        check("He works for the U.N. “Never,” he said.".replace(" “", "| “").as_str());
    }

    #[test]
    fn places_and_cases_and_laws() {
        check("They met in Washington, D.C.| President Doe thanked her.");
        check("On Monday, D.C. Mayor Ann Lee spoke.| The Salem, Ill. (AP) report was wrong.");
        check("It ended in the U.S. (Reporting by A. Doe)".replace(" (R", "| (R").as_str());
        check("Smith v. Jones was decided.| King George V.| He ruled.");
        check("It acted under Executive Order (E.O.) 14999 and the Arms Act (22 U.S.C. 90 et seq.) (AA), as amended.");
        check("(She lives in the U.S.)| Norway is far.| (He is back.)| Norway is near.");
        check("Sec. 3.| Reports.| (a) The envoy shall report.| (b) Nothing else.");
        check(
            "“It was late [...] They left.” He nodded [...] and left.".replace("...] They", "...]| They").replace(" He", "| He").as_str(),
        );
    }

    #[test]
    fn quotes_and_brackets_stay_with_their_sentence() {
        check("“We won’t go.”| “They can’t.”| He sat.");
        check("\"Will you go?\" he asked.| \"No!\"");
        check("(He left.)| She stayed (alone).| It ended.[12]| Peace came. [3]| War too.");
        check("“Stop!” the envoy said.| It did not...| But it ended.");
        check("He waited ... and left.");
    }

    #[test]
    fn line_ends_end_headlines_but_not_wrapped_lines() {
        check("Envoys expelled over attack|\nOSLO, Dec 19 (Agency) - Norway expelled two envoys.");
        check("Envoys expelled|\n\nby Ann Smith|\n\nNorway acted.");
        check("Agenda:|\n- trade|\n- arms|\n• visas");
        check("1. Trade was agreed.|\n2. Arms were not.");
        check(
            "The foreign ministers of both countries met on Tuesday in the capital of\nNorway, where they agreed to open talks on the border, and the minister of\n\
             Foreign Affairs, Ann Smith, said that they would meet again in the week of\nMay 5.| She gave no details of what had been said behind the closed doors of\n\
             the residence.",
        );
    }

    #[test]
    fn a_missing_space_is_no_obstacle() {
        check("The talks ended.|Then they left.| See www.example.org.| It is v3.Beta.");
    }
}

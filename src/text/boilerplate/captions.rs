//! Captions of pictures, which stand among the paragraphs of a page.

/// How the brackets at the end of a caption begin, in lower case.
const CREDIT_BRACKETS: [&str; 14] = [
    "(ap photo",
    "(courtesy",
    "(credit",
    "(file photo",
    "(image",
    "(photo",
    "(picture",
    "(screenshot",
    "(via ",
    "[file",
    "[image",
    "[photo",
    "[reuters",
    "[screenshot",
];
/// What photographers' names stand beside at the end of a caption.
const CREDIT_MARKS: [&str; 9] = ["REUTERS/", "via REUTERS", "AP Photo", "/AP", "/AFP", "AFP/", "Getty Images", "/EPA", "/Handout"];
/// What stands between a caption and the name of its photographer, before a colon.
const CREDIT_LABELS: [&str; 5] = ["Credit", "Image", "Photo", "Photograph", "Picture"];
/// Names of photographers and archives are no longer.
const MOST_WORDS_OF_A_CREDIT: usize = 6;
/// Captions are one or two sentences; what is longer is an article in one line.
pub(super) const MOST_WORDS_OF_A_CAPTION: usize = 60;
/// Credits stand within the last words of a caption.
const CREDIT_WORDS: usize = 5;

/// A caption is told by the credit at its end: "(AP Photo/Jane Doe)", "REUTERS/Jane Doe", "[File: Jane Doe/Reuters]".
pub(super) fn is_caption(line: &str, words: usize) -> bool {
    if words == 0 || words > MOST_WORDS_OF_A_CAPTION {
        return false;
    }
    let line = line.trim();
    let end = line.rmatch_indices(' ').nth(CREDIT_WORDS - 1).map_or(0, |(at, _)| at);
    is_numbered_picture(line)
        || ends_in_credit_brackets(line)
        || CREDIT_MARKS.iter().any(|mark| line[end..].contains(mark))
        || ends_in_labelled_credit(line)
}

/// "[2/3] The king in Riyadh": one of several pictures.
fn is_numbered_picture(line: &str) -> bool {
    let number = line.strip_prefix('[').and_then(|rest| rest.split_once(']')).map(|(number, _)| number);
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    number.and_then(|number| number.split_once('/')).is_some_and(|(which, all)| is_number(which) && is_number(all))
}

fn ends_in_credit_brackets(line: &str) -> bool {
    if !line.trim_end_matches('.').ends_with([')', ']']) {
        return false;
    }
    let in_brackets = line.rfind(['(', '[']).map(|at| line[at..].to_lowercase());
    in_brackets.is_some_and(|lower| CREDIT_BRACKETS.iter().any(|credit| lower.starts_with(credit)))
}

/// "The king in Riyadh Image: Jane Doe." – not "He sold the image: a king."
fn ends_in_labelled_credit(line: &str) -> bool {
    let Some((before, credit)) = line.rsplit_once(':') else { return false };
    let is_name = credit.trim().starts_with(char::is_alphanumeric) && credit.split_whitespace().nth(MOST_WORDS_OF_A_CREDIT).is_none();
    is_name && CREDIT_LABELS.iter().any(|label| before.ends_with(label))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn captions_are_told_by_their_credits() {
        for line in [
            "The two ministers meet in Geneva, March 2. REUTERS/Jane Doe",
            "The president shakes hands with the king. (AP Photo/Jane Doe)",
            "The president shakes hands with the king (Photo by Jane Doe/Getty Images).",
            "The king arrives in Riyadh [File: Jane Doe/Reuters]",
            "The king arrives in Riyadh Image: Jane Doe.",
            "The king in Riyadh.Photo: Office of the King",
            "[1/2] The king arrives in Riyadh.",
        ] {
            assert!(is_caption(line, 1), "{line}");
        }
    }
}

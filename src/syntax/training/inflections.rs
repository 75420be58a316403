//! Irregular verbs and verbs that double their last letter, many of which the treebanks lack.

/// One verb a line: lemma, past, participle, and where it doubles its last letter the gerund.
const VERBS: &str = include_str!("inflections.txt");

/// Form, Penn tag and lemma of each listed inflection.
pub(super) fn all() -> impl Iterator<Item = (String, &'static str, String)> {
    VERBS.lines().filter(|line| !line.starts_with('#')).flat_map(|line| {
        let mut columns = line.split_whitespace();
        let lemma = columns.next().unwrap_or_default();
        columns.zip(["VBD", "VBN", "VBG"]).map(move |(form, tag)| (form.to_owned(), tag, lemma.to_owned()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_has_three_or_four_words_and_comes_once() {
        let lines: Vec<Vec<&str>> =
            VERBS.lines().filter(|line| !line.starts_with('#')).map(|line| line.split_whitespace().collect()).collect();
        assert!(lines.iter().all(|columns| matches!(columns.len(), 3 | 4)), "{lines:?}");
        let lemmas: std::collections::BTreeSet<&str> = lines.iter().map(|columns| columns[0]).collect();
        assert_eq!(lemmas.len(), lines.len());
        assert!(all().any(|entry| entry == ("met".to_owned(), "VBD", "meet".to_owned())));
    }
}

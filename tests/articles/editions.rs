//! Reprints and later editions of a story, by their fingerprints.

use attache::messages::fingerprint;

/// In how many of their 64 bits the fingerprints of two texts differ.
pub fn distance(left: &str, right: &str) -> u32 {
    (bits(left) ^ bits(right)).count_ones()
}

pub fn bits(text: &str) -> u64 {
    u64::from_str_radix(&fingerprint(text), 16).expect("16 hexadecimal digits")
}

/// What editors do to a text of lines; none where it has too few of them.
pub fn editions(text: &str) -> Vec<(&'static str, String)> {
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).collect();
    if lines.len() < 5 {
        return Vec::new();
    }
    let join = |lines: &[&str]| lines.join("\n");
    let middle = lines.len() / 2;
    vec![
        ("other spacing and quotes", text.replace('\n', "\n\n").replace(['“', '”'], "\"")),
        ("dateline and credit added", format!("GENEVA (Agency) - {}\n(Reporting by A. Sample; editing by B. Sample)", join(&lines))),
        ("a word changed in each line", lines.iter().map(|line| change_word(line)).collect::<Vec<_>>().join("\n")),
        ("last line cut", join(&lines[..lines.len() - 1])),
        (
            "a line put in",
            join(&[&lines[..middle], &["Later in the day a spokeswoman added that nothing had been decided."], &lines[middle..]].concat()),
        ),
        (
            "first two lines rewritten",
            join(
                &[&["The story was written anew at its beginning, in other words and in another order than before."], &lines[2..]].concat(),
            ),
        ),
        ("first half only", join(&lines[..middle])),
    ]
}

fn change_word(line: &str) -> String {
    let mut words: Vec<&str> = line.split(' ').collect();
    let middle = words.len() / 2;
    words[middle] = "otherwise";
    words.join(" ")
}

#[test]
fn reprints_are_near_and_other_stories_far() {
    let story = include_str!("../../samples/2015-iran-deal.txt");
    let other = include_str!("../../samples/2023-riyadh-tehran.txt");
    for (edit, text) in editions(story).into_iter().take(2) {
        assert!(distance(story, &text) <= 6, "{edit}: {}", distance(story, &text));
    }
    assert!(distance(story, other) > 12, "{}", distance(story, other));
}

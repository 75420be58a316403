//! Pages and fragments of our own making, with what real ones put around and into an article. What is read of each is a snapshot.

use std::path::Path;

use attache::text::html;

/// What stands on the pages beside their articles.
const JUNK: [&str; 46] = [
    "dataLayer",
    "track(",
    "_stats",
    "loadAd",
    "color:",
    "schema.org",
    "World",
    "Politics",
    "Sport",
    "Opinion",
    "Front page",
    "Tides",
    "cookies",
    "Accept",
    "partners",
    "privacy",
    "JavaScript",
    "free articles",
    "Share",
    "Tweet",
    "Facebook",
    "Twitter",
    "Email",
    "@minister",
    "took them long enough",
    "Photograph",
    "Photo:",
    "Advertisement",
    "ADVERTISEMENT",
    "Buy two",
    "Related",
    "RELATED",
    "Read more",
    "Continue reading",
    "Most read",
    "Storm on the coast",
    "Why the border was closed",
    "newsletter",
    "Sign up",
    "Subscribe",
    "Download",
    "comments",
    "reader",
    "correspondent at the court",
    "opens in a new window",
    "Sample Media",
];

#[test]
fn ten_pages() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/articles/pages");
    let mut paths: Vec<_> = std::fs::read_dir(&folder).expect("the pages").map(|entry| entry.expect("a page").path()).collect();
    paths.sort();
    assert_eq!(paths.len(), 10);
    for path in paths {
        let page = html::read(&std::fs::read_to_string(&path).expect("a page"));
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        for junk in JUNK {
            assert!(!page.text.contains(junk), "{name}: {junk:?} in\n{}", page.text);
        }
        let about = [("title", page.title), ("published", page.published), ("language", page.language), ("site", page.site)];
        let about: String = about.into_iter().filter_map(|(key, value)| Some(format!("{key}: {}\n", value?))).collect();
        insta::assert_snapshot!(name, format!("{about}---\n{}", page.text));
    }
}

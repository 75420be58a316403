use super::*;

/// Lists out of the text of a file each, called a, b …
fn lists(files: &[&str]) -> Result<WatchLists, String> {
    let folder = tempfile::tempdir().expect("a folder");
    let paths: Vec<PathBuf> = (0..files.len()).map(|at| folder.path().join(format!("{}.csv", (b'a' + at as u8) as char))).collect();
    for (path, text) in paths.iter().zip(files) {
        std::fs::write(path, text).expect("a file");
    }
    WatchLists::load(&paths).map_err(|error| error.to_string().replace(&format!("{}/", folder.path().display()), ""))
}

#[track_caller]
fn check(list: &str, text: &str, wanted: &[(&str, &str)]) {
    let lists = lists(&[list]).expect("a good list");
    let found: Vec<(&str, &str)> = lists.hits(text).iter().map(|hit| (hit.entry, hit.span.of(text))).collect();
    assert_eq!(found, wanted, "{text:?}");
}

const LIST: &str = "id,name,aliases,country,type\n\
    p1,José Ñandú,Joseph Nandu;J. Ñ.,ve,person\n\
    c1,Ruritania Shipping Co.,RSC,,organisation\n\
    c2,\"Bank of Ruritania, Ltd\",,,\n\
    c3,Bank,,,\n\
    c4,Łódź Ørsted,,,\n\
    p2,N'Golo Straße,,,\n";

#[test]
fn names_are_found_as_whole_words_without_case_and_diacritics() {
    check(LIST, "JOSE NANDU and josé ñandú met", &[("p1", "JOSE NANDU"), ("p1", "josé ñandú")]);
    check(LIST, "Jose\u{301} Nandu", &[("p1", "Jose\u{301} Nandu")]);
    check(LIST, "the Ruritania  Shipping-Co, it said", &[("c1", "Ruritania  Shipping-Co")]);
    check(LIST, "Lodz Orsted; Łódź Ørsted", &[("c4", "Lodz Orsted"), ("c4", "Łódź Ørsted")]);
    check(LIST, "N’Golo Strasse's yacht", &[("p2", "N’Golo Strasse")]);
    check(LIST, "Bankers embank banks", &[]);
    check(LIST, "the bank's chairman", &[("c3", "bank")]);
    check(LIST, "a J. Ñ. B.", &[("p1", "J. Ñ")]);
    check(LIST, "", &[]);
}

#[test]
fn of_names_that_overlap_the_longest_first_one_is_found() {
    check(LIST, "The Bank of Ruritania Ltd failed", &[("c2", "Bank of Ruritania Ltd")]);
    check(LIST, "The Bank of Ruritania Shipping Co", &[("c3", "Bank"), ("c1", "Ruritania Shipping Co")]);
}

#[test]
fn every_entry_and_every_list_that_has_the_name_is_reported() {
    check("id,name\n1,Ada King\n2,ada king\n1,ADA KING\n", "Ada King", &[("1", "Ada King"), ("2", "Ada King")]);
    let both = lists(&["id,name\n1,Ada\n", "id,name\n7,Ada King\n"]).expect("two lists");
    let found: Vec<(&str, &str)> = both.hits("Ada King").iter().map(|hit| (hit.list, hit.entry)).collect();
    assert_eq!(found, [("a", "1"), ("b", "7")]);
    assert_eq!((both.entries(), both.names()), (2, 2));
}

#[test]
fn the_columns_of_opensanctions_are_read() {
    let list = "\"id\",\"schema\",\"name\",\"aliases\",\"birth_date\",\"countries\",\"addresses\",\"identifiers\",\"sanctions\",\"phones\",\"emails\",\"dataset\",\"first_seen\",\"last_seen\",\"last_change\"\n\
        \"NK-1\",\"Person\",\"Boris Testov\",\"Борис Тестов;B. Testov\",\"\",\"ru\",\"\",\"\",\"\",\"\",\"\",\"Test\",\"2024-01-01\",\"2024-01-02\",\"2024-01-02\"\n";
    check(list, "Boris Testov (Борис ТЕСТОВ)", &[("NK-1", "Boris Testov"), ("NK-1", "Борис ТЕСТОВ")]);
}

#[test]
fn a_bad_file_is_refused_with_file_line_and_reason() {
    let refused = |text: &str| lists(&[text]).expect_err("a bad list");
    assert_eq!(refused("name,country\nx,y\n"), "a.csv:1: the first line names no column `id`; it must have `id` and `name`");
    assert_eq!(refused(""), "a.csv:1: the first line names no column `id`; it must have `id` and `name`");
    assert_eq!(refused("id,name\n1,Ada\n,Grace\n"), "a.csv:3: the row has no id");
    assert_eq!(refused("id,name,aliases\n1,---, ;\n"), "a.csv:2: the row has no name with a letter or a digit");
    assert_eq!(
        refused("id,name\n1,Ada\n2,Bank of X, Ltd\n"),
        "a.csv:3: the row has 3 fields, the first line 2; put fields with commas or line ends in double quotes"
    );
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("latin.csv");
    std::fs::write(&path, b"id,name\n1,Ada\n2,Jos\xe9\n").expect("a file");
    assert!(
        WatchLists::load(std::slice::from_ref(&path)).expect_err("not UTF-8").to_string().ends_with("latin.csv:3: the row is not UTF-8")
    );
    let missing = WatchLists::load(&[folder.path().join("none.csv")]).expect_err("no file").to_string();
    assert!(missing.contains("none.csv:1: cannot be read: "), "{missing}");
    let twice = WatchLists::load(&[path.clone(), path]);
    assert!(twice.is_err());
}

#[test]
fn lists_can_be_exchanged_while_they_are_used() {
    let watch = Watch::new(lists(&["id,name\n1,Ada\n"]).expect("a list"));
    let before = watch.lists();
    watch.exchange(lists(&["id,name\n2,Grace\n"]).expect("a list"));
    assert_eq!((before.hits("Ada").len(), watch.lists().hits("Ada").len(), watch.lists().hits("Grace").len()), (1, 0, 1));
    assert_ne!(before.hash(), watch.lists().hash());
    assert!(Watch::default().lists().is_empty());
}

//! References to legal acts, in the ways in which they are written.

use super::{LEXICON, report};

/// A text, and the references in it: what is written, and the one form of it.
type Row = (&'static str, &'static [(&'static str, &'static str)]);

const ROWS: &[Row] = &[
    // United Nations
    ("under resolution 2375 (2017), exports of textiles are banned", &[("resolution 2375 (2017)", "UNSCR 2375")]),
    ("in breach of UNSCR 1718", &[("UNSCR 1718", "UNSCR 1718")]),
    ("UNSCR 1718 (2006) set up the committee", &[("UNSCR 1718 (2006)", "UNSCR 1718")]),
    ("as S/RES/2231 (2015) asks", &[("S/RES/2231 (2015)", "UNSCR 2231")]),
    ("Security Council Resolution 1929 of 2010", &[("Security Council Resolution 1929 of 2010", "UNSCR 1929")]),
    (
        "United Nations Security Council Resolution 2231, an endorsement",
        &[("United Nations Security Council Resolution 2231", "UNSCR 2231")],
    ),
    ("U.N. Security Council resolution 661", &[("U.N. Security Council resolution 661", "UNSCR 661")]),
    ("UN Security Council's Resolution 1970", &[("UN Security Council's Resolution 1970", "UNSCR 1970")]),
    ("the Security Council’s resolution 687", &[("Security Council’s resolution 687", "UNSCR 687")]),
    ("UN resolution 1559", &[("UN resolution 1559", "UNSCR 1559")]),
    ("UN sanctions resolution 1737", &[("UN sanctions resolution 1737", "UNSCR 1737")]),
    ("Security Council resolution (UNSCR) 1973", &[("Security Council resolution (UNSCR) 1973", "UNSCR 1973")]),
    ("Resolution No. 1874 was adopted", &[("Resolution No. 1874", "UNSCR 1874")]),
    ("resolution number 2216", &[("resolution number 2216", "UNSCR 2216")]),
    ("resolution 687 (1991)", &[("resolution 687 (1991)", "UNSCR 687")]),
    ("resolution 242 of the UN Security Council", &[("resolution 242 of the UN Security Council", "UNSCR 242")]),
    (
        "Security Council resolutions 1718, 1874 and 2087",
        &[("Security Council resolutions 1718", "UNSCR 1718"), ("1874", "UNSCR 1874"), ("2087", "UNSCR 2087")],
    ),
    (
        "resolutions 1267 (1999), 1989 (2011) and 2253 (2015)",
        &[("resolutions 1267 (1999)", "UNSCR 1267"), ("1989", "UNSCR 1989"), ("2253", "UNSCR 2253")],
    ),
    ("UNSCRs 2270 and 2321", &[("UNSCRs 2270", "UNSCR 2270"), ("2321", "UNSCR 2321")]),
    ("UNSC Resolution 2653 on the gangs", &[("UNSC Resolution 2653", "UNSCR 2653")]),
    // United States
    ("under Executive Order 13810", &[("Executive Order 13810", "EO 13810")]),
    ("pursuant to E.O. 14024", &[("E.O. 14024", "EO 14024")]),
    ("pursuant to E.O.14024,", &[("E.O.14024", "EO 14024")]),
    ("EO 13818 targets abusers", &[("EO 13818", "EO 13818")]),
    ("EO13382 was used", &[("EO13382", "EO 13382")]),
    ("Executive Order (E.O.) 13224, as amended", &[("Executive Order (E.O.) 13224", "EO 13224")]),
    ("executive order 13769", &[("executive order 13769", "EO 13769")]),
    ("Executive Order No. 12170", &[("Executive Order No. 12170", "EO 12170")]),
    ("Executive Orders 13660, 13661 and 13662", &[("Executive Orders 13660", "EO 13660"), ("13661", "EO 13661"), ("13662", "EO 13662")]),
    ("E.O.s 13846 and 13902", &[("E.O.s 13846", "EO 13846"), ("13902", "EO 13902")]),
    ("E.O. 13692 and E.O. 13850", &[("E.O. 13692", "EO 13692"), ("E.O. 13850", "EO 13850")]),
    ("sanctions under CAATSA", &[("CAATSA", "CAATSA")]),
    (
        "the Countering America's Adversaries Through Sanctions Act.",
        &[("Countering America's Adversaries Through Sanctions Act", "CAATSA")],
    ),
    (
        "the Countering America’s Adversaries Through Sanctions Act of 2017",
        &[("Countering America’s Adversaries Through Sanctions Act of 2017", "CAATSA")],
    ),
    ("Section 231 of CAATSA", &[("CAATSA", "CAATSA")]),
    ("the Magnitsky Act", &[("Magnitsky Act", "Magnitsky Act")]),
    (
        "the Sergei Magnitsky Rule of Law Accountability Act of 2012",
        &[("Sergei Magnitsky Rule of Law Accountability Act of 2012", "Magnitsky Act")],
    ),
    ("the Global Magnitsky Act, which", &[("Global Magnitsky Act", "Global Magnitsky Act")]),
    (
        "the Global Magnitsky Human Rights Accountability Act",
        &[("Global Magnitsky Human Rights Accountability Act", "Global Magnitsky Act")],
    ),
    (
        "the International Emergency Economic Powers Act (IEEPA)",
        &[("International Emergency Economic Powers Act", "IEEPA"), ("IEEPA", "IEEPA")],
    ),
    ("the Caesar Act", &[("Caesar Act", "Caesar Act")]),
    ("the Caesar Syria Civilian Protection Act of 2019", &[("Caesar Syria Civilian Protection Act of 2019", "Caesar Act")]),
    ("the Foreign Narcotics Kingpin Designation Act", &[("Foreign Narcotics Kingpin Designation Act", "Kingpin Act")]),
    ("The Kingpin Act sanctions prohibit", &[("Kingpin Act", "Kingpin Act")]),
    ("the Helms-Burton Act", &[("Helms-Burton Act", "Helms-Burton Act")]),
    ("the Helms–Burton Act of 1996", &[("Helms–Burton Act of 1996", "Helms-Burton Act")]),
    ("the Iran Sanctions Act", &[("Iran Sanctions Act", "Iran Sanctions Act")]),
    ("the Hong Kong Autonomy Act", &[("Hong Kong Autonomy Act", "Hong Kong Autonomy Act")]),
    ("the Uyghur Forced Labor Prevention Act", &[("Uyghur Forced Labor Prevention Act", "UFLPA")]),
    (
        "the North Korea Sanctions and Policy Enhancement Act of 2016",
        &[("North Korea Sanctions and Policy Enhancement Act of 2016", "NKSPEA")],
    ),
    ("the 2019 Protecting Europe's Energy Security Act", &[("Protecting Europe's Energy Security Act", "PEESA")]),
    ("Section 7031(c), which bars", &[("Section 7031(c)", "Section 7031(c)")]),
    ("under Public Law 115-44", &[("Public Law 115-44", "Public Law 115-44")]),
    ("Pub. L. No. 117–78", &[("Pub. L. No. 117–78", "Public Law 117-78")]),
    ("31 CFR Part 560", &[("31 CFR Part 560", "31 CFR Part 560")]),
    ("31 C.F.R. § 589.201", &[("31 C.F.R. § 589.201", "31 CFR Part 589")]),
    ("General License 8J lets", &[("General License 8J", "General License 8J")]),
    ("general licence No. 44", &[("general licence No. 44", "General License 44")]),
    ("GL 13N", &[("GL 13N", "General License 13N")]),
    ("Proclamation 10309", &[("Proclamation 10309", "Proclamation 10309")]),
    ("H.R. 3364 was signed", &[("H.R. 3364", "H.R. 3364")]),
    // European Union
    ("Council Regulation (EU) No 833/2014", &[("Council Regulation (EU) No 833/2014", "Regulation (EU) 833/2014")]),
    ("Regulation (EU) 2022/328", &[("Regulation (EU) 2022/328", "Regulation (EU) 2022/328")]),
    ("Regulation (EU) No. 269/2014", &[("Regulation (EU) No. 269/2014", "Regulation (EU) 269/2014")]),
    ("EU Regulation 269/2014", &[("EU Regulation 269/2014", "Regulation (EU) 269/2014")]),
    ("Council regulation 833/2014", &[("Council regulation 833/2014", "Regulation (EU) 833/2014")]),
    ("Regulation 2020/1998", &[("Regulation 2020/1998", "Regulation (EU) 2020/1998")]),
    ("Reg. (EU) 2016/44", &[("Reg. (EU) 2016/44", "Regulation (EU) 2016/44")]),
    (
        "Regulations (EU) No 269/2014 and No 833/2014",
        &[("Regulations (EU) No 269/2014", "Regulation (EU) 269/2014"), ("833/2014", "Regulation (EU) 833/2014")],
    ),
    ("Council Regulation (EC) No 765/2006", &[("Council Regulation (EC) No 765/2006", "Regulation (EC) 765/2006")]),
    ("Regulation 765/2006", &[("Regulation 765/2006", "Regulation (EC) 765/2006")]),
    ("Regulation (EC) No 2271/96", &[("Regulation (EC) No 2271/96", "Regulation (EC) 2271/96")]),
    ("Regulation (EEC) No 3541/92", &[("Regulation (EEC) No 3541/92", "Regulation (EEC) 3541/92")]),
    (
        "Council Implementing Regulation (EU) 2021/1234",
        &[("Council Implementing Regulation (EU) 2021/1234", "Implementing Regulation (EU) 2021/1234")],
    ),
    ("Council Decision (CFSP) 2022/266", &[("Council Decision (CFSP) 2022/266", "Decision (CFSP) 2022/266")]),
    ("Decision 2014/145/CFSP", &[("Decision 2014/145/CFSP", "Decision 2014/145/CFSP")]),
    ("Council Decision 2010/413/CFSP", &[("Council Decision 2010/413/CFSP", "Decision 2010/413/CFSP")]),
    ("EU Decision 2016/849", &[("EU Decision 2016/849", "Decision (CFSP) 2016/849")]),
    ("Council Common Position 2007/140/CFSP", &[("Council Common Position 2007/140/CFSP", "Common Position 2007/140/CFSP")]),
    ("the EU's blocking statute", &[("EU's blocking statute", "EU Blocking Statute")]),
    // United Kingdom
    (
        "the Russia (Sanctions) (EU Exit) Regulations 2019",
        &[("the Russia (Sanctions) (EU Exit) Regulations 2019", "Russia (Sanctions) Regulations 2019")],
    ),
    (
        "the Republic of Belarus (Sanctions) (EU Exit) Regulations 2019",
        &[("the Republic of Belarus (Sanctions) (EU Exit) Regulations 2019", "Republic of Belarus (Sanctions) Regulations 2019")],
    ),
    ("Myanmar (Sanctions) Regulations 2021", &[("Myanmar (Sanctions) Regulations 2021", "Myanmar (Sanctions) Regulations 2021")]),
    ("under SI 2019/855", &[("SI 2019/855", "SI 2019/855")]),
    ("S.I. 2020/680", &[("S.I. 2020/680", "SI 2020/680")]),
    ("the Sanctions and Anti-Money Laundering Act 2018", &[("Sanctions and Anti-Money Laundering Act 2018", "SAMLA")]),
    (
        "the Global Human Rights Sanctions Regulations 2020",
        &[("Global Human Rights Sanctions Regulations 2020", "Global Human Rights Sanctions Regulations")],
    ),
    ("General Licence INT/2022/1710676", &[("General Licence INT/2022/1710676", "General Licence INT/2022/1710676")]),
    // Others
    ("SR 946.231.176.72", &[("SR 946.231.176.72", "SR 946.231.176.72")]),
    (
        "the Ordinance of 4 March 2022 on Measures connected with Ukraine",
        &[("Ordinance of 4 March 2022 on Measures", "Swiss Ordinance of 4 March 2022")],
    ),
    ("the Swiss Ordinance of 4 March 2022", &[("Swiss Ordinance of 4 March 2022", "Swiss Ordinance of 4 March 2022")]),
    ("the Embargo Act", &[("Embargo Act", "Swiss Embargo Act")]),
    ("SOR/2014-58", &[("SOR/2014-58", "SOR/2014-58")]),
    (
        "the Special Economic Measures (Russia) Regulations",
        &[("Special Economic Measures (Russia) Regulations", "Special Economic Measures (Russia) Regulations")],
    ),
    (
        "the Special Economic Measures Act (SEMA)",
        &[("Special Economic Measures Act", "Special Economic Measures Act"), ("SEMA", "Special Economic Measures Act")],
    ),
    ("the Autonomous Sanctions Regulations 2011", &[("Autonomous Sanctions Regulations 2011", "Autonomous Sanctions Regulations")]),
    ("the Anti-Foreign Sanctions Law", &[("Anti-Foreign Sanctions Law", "Anti-Foreign Sanctions Law")]),
    ("MOFCOM Announcement No. 61", &[("MOFCOM Announcement No. 61", "MOFCOM Announcement 61")]),
    ("Federal Law No. 272-FZ", &[("Federal Law No. 272-FZ", "Federal Law 272-FZ")]),
    ("Presidential Decree No. 133/2017", &[("Presidential Decree No. 133/2017", "Ukrainian Decree 133/2017")]),
    ("the Foreign Exchange and Foreign Trade Act", &[("Foreign Exchange and Foreign Trade Act", "Foreign Exchange and Foreign Trade Act")]),
    ("the Russia Sanctions Act 2022", &[("Russia Sanctions Act 2022", "Russia Sanctions Act")]),
];

/// What only looks like a reference.
const REJECTS: &[&str] = &[
    "House Resolution 755 impeached the president",
    "General Assembly resolution 68/262 on Ukraine",
    "Resolution 2758 of the General Assembly",
    "UN General Assembly Resolution 377",
    "PACE Resolution 2433 (2022)",
    "Human Rights Council resolution 31/36",
    "a New Year's resolution 2024",
    "the resolution of the conflict took 2375 days",
    "a screen with a resolution of 1920 pixels",
    "Governor's order 2020-21",
    "the CEO 14000 employees trust",
    "an executive order of 2017",
    "Directive 2014/65/EU",
    "the regulation of 833 banks in 2014",
    "a decision on 2022/23 fixtures",
    "the SI unit of 2019",
    "Route 31 CFR",
    "CAATSAX is no act",
    "general license plates 8",
    "the Magnitsky family",
    "SR 71 Blackbird",
    "Pages 246-269/2014 report",
];

#[test]
fn references_are_found_in_all_ways_of_writing_them() {
    assert!(ROWS.len() >= 80, "{} ways of writing", ROWS.len());
    let mut findings = Vec::new();
    for (text, wanted) in ROWS {
        let found = LEXICON.law.references(text);
        let found: Vec<(&str, &str)> = found.iter().map(|reference| (&text[reference.range.clone()], reference.id.as_str())).collect();
        if found != *wanted {
            findings.push(format!("{text:?}: wanted {wanted:?}, found {found:?}"));
        }
    }
    report(findings);
}

#[test]
fn what_only_looks_like_a_reference_is_none() {
    let found = |text: &&str| {
        let found = LEXICON.law.references(text);
        (!found.is_empty()).then(|| format!("{text:?}: found {found:?}"))
    };
    report(REJECTS.iter().filter_map(found).collect());
}

//! English words that the tokenizer must know, in small letters.

/// First parts that keep the hyphen, as the treebanks' guidelines list affixes.
pub const PREFIXES: &[&str] = &[
    "e", "non", "re", "anti", "pre", "co", "mid", "pro", "cross", "post", "counter", "over", "semi", "ex", "sub", "multi", "mini", "inter",
    "psycho", "socio", "intra", "un", "pan", "micro", "mis", "arch", "ultra", "extra", "trans",
];

/// Abbreviations in any case; letters and dots in turn need no entry.
pub const ABBREVIATIONS: &[&str] =
    &["etc", "vs", "cf", "al", "seq", "approx", "esp", "ph.d", "inc", "corp", "ltd", "dept", "govt", "blvd", "sgt", "lt"];

/// Abbreviations where a number follows, and other words elsewhere.
pub const NUMBERED: &[&str] = &["no", "nos", "pp", "fig", "figs", "art", "arts", "sec", "ca", "vol", "op", "para", "sun", "mar"];

/// Days of the week, which are other words at the end of a sentence.
pub const DAYS: &[&str] = &["mon", "tue", "tues", "wed", "weds", "thu", "thur", "thurs", "fri", "sat", "sun"];

/// Abbreviations with a capital: titles, companies, months, places.
pub const NAMES: &[&str] = &[
    "mr", "mrs", "ms", "dr", "prof", "st", "sts", "ft", "mt", "gen", "col", "maj", "capt", "cpl", "adm", "cmdr", "brig", "sen", "sens",
    "rep", "reps", "gov", "govs", "rev", "hon", "amb", "pres", "supt", "messrs", "fr", "sr", "jr", "co", "llc", "plc", "bros", "jan",
    "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "ont", "que", "ariz", "calif", "colo", "conn", "fla",
    "ga", "ill", "ind", "kan", "ky", "md", "mass", "mich", "minn", "mo", "nev", "okla", "pa", "tenn", "tex", "va", "vt", "wash", "wis",
    "ave", "rd", "ext", "div", "est", "vol",
];

/// Those of the parts of a country that stand behind a town's name.
pub const REGIONS: &[&str] = &[
    "d.c", "n.y", "n.j", "n.c", "n.h", "n.m", "n.d", "s.c", "s.d", "r.i", "w.va", "b.c", "n.s", "ont", "que", "ariz", "calif", "colo",
    "conn", "fla", "ga", "ill", "ind", "kan", "ky", "md", "mass", "mich", "minn", "mo", "nev", "okla", "pa", "tenn", "tex", "va", "vt",
    "wash", "wis",
];

/// Words that are two, and where the second starts.
pub const SLURRED: &[(&str, usize)] = &[("cannot", 3), ("gonna", 3), ("gotta", 3), ("wanna", 3), ("outta", 3)];

/// Abbreviations that never end a sentence: a name or a number follows.
#[rustfmt::skip]
pub const TITLES: &[&str] = &[
    "mr", "mrs", "ms", "dr", "prof", "gen", "col", "lt", "maj", "capt", "cpl", "sgt", "adm", "cmdr", "brig", "sen", "sens", "rep", "reps",
    "gov", "govs", "rev", "hon", "amb", "pres", "supt", "messrs", "fr", "mt", "ft", "vs", "no", "nos", "p", "pp", "vol", "fig", "art",
    "sec", "ca", "cf", "approx", "e.g", "i.e", "eg", "ie", "viz", "lt.gen", "maj.gen", "brig.gen",
];

/// Words that start a sentence when they have a capital, as they are none of a name's.
#[rustfmt::skip]
pub const STARTERS: &[&str] = &[
    "The", "A", "An", "This", "That", "These", "Those", "There", "He", "She", "It", "They", "We", "You", "His", "Her", "Its", "Their",
    "Our", "My", "In", "On", "At", "For", "From", "To", "By", "With", "As", "After", "Before", "During", "Since", "Until", "While", "When",
    "Where", "If", "Under", "But", "And", "Or", "So", "Yet", "However", "Although", "Though", "Because", "Despite", "Meanwhile", "Both",
    "Some", "Many", "Most", "Several", "All", "Each", "No", "Not", "Now", "Then", "Here", "What", "Who", "Why", "How", "Also", "Earlier",
    "Last", "Such", "Another", "Other", "Among", "According", "Asked",
];

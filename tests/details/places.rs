//! Where events happened: a table of sentences, each with one event and its place, or `-` where the text gives none.

use attache::text::Document;

use super::{LEXICON, event, quote, report};

/// Day of publication, type of the event, place as written and country, sentence.
const TABLE: &[(&str, &str, &str, &str)] = &[
    ("2013-11-25", "CONSULT", "Geneva CHE", "Iranian and American negotiators met in Geneva."),
    ("2018-06-13", "CONSULT", "Singapore SGP", "Donald Trump met Kim Jong Un in Singapore on Tuesday."),
    ("2018-06-13", "CONSULT", "Singapore SGP", "At the Singapore summit Donald Trump held talks with Kim Jong Un."),
    ("2017-02-11", "CONSULT", "White House USA", "Donald Trump met Shinzo Abe at the White House on Friday."),
    ("2015-09-29", "CONSULT", "New York USA", "Barack Obama and Raul Castro met in New York."),
    ("2015-09-29", "CONSULT", "New York City USA", "Barack Obama and Raul Castro held talks in New York City."),
    ("2019-10-15", "CONSULT", "Saudi capital SAU", "Vladimir Putin met King Salman in the Saudi capital on Monday."),
    ("2010-03-03", "CONSULT", "Davos CHE", "The Turkish and Israeli presidents met in the Swiss resort of Davos."),
    ("2018-05-18", "CONSULT", "Sochi RUS", "Syrian President Bashar al-Assad met Vladimir Putin in the Black Sea resort of Sochi."),
    ("2007-04-28", "CONSULT", "Camp David USA", "George W. Bush met Shinzo Abe at Camp David."),
    ("2018-04-28", "CONSULT", "Panmunjom KOR", "Kim Jong Un and Moon Jae-in met at Panmunjom on Friday."),
    ("2005-02-09", "CONSULT", "Sharm el-Sheikh EGY", "Ariel Sharon and Mahmoud Abbas met in Sharm el-Sheikh."),
    ("2015-02-12", "CONSULT", "Minsk BLR", "The leaders of Ukraine and Russia met in Minsk on Wednesday."),
    ("2019-02-28", "CONSULT", "Hanoi VNM", "Donald Trump and Kim Jong Un held a second summit in Hanoi."),
    ("2017-01-24", "CONSULT", "Astana KAZ", "Russian, Turkish and Iranian officials held talks in Astana."),
    ("2015-04-02", "CONSULT", "Lausanne CHE", "Iran and the United States negotiated in Lausanne until dawn."),
    ("2007-02-11", "CONSULT", "Munich DEU", "Vladimir Putin met Angela Merkel on the sidelines of a security conference in Munich."),
    ("2018-01-17", "CONSULT", "Vancouver CAN", "The foreign ministers of Canada and Japan met in Vancouver."),
    ("2023-03-11", "AGREE", "Beijing CHN", "Iran and Saudi Arabia agreed in Beijing on Friday to reopen their embassies."),
    ("1995-11-22", "AGREE", "Dayton USA", "The presidents of Bosnia and Serbia signed a peace agreement in Dayton, Ohio."),
    ("2020-02-29", "AGREE", "Doha QAT", "The United States and the Taliban signed an agreement in Doha on Saturday."),
    ("2014-09-06", "AGREE", "Minsk BLR", "Ukraine and Russia agreed on a ceasefire at talks in Minsk."),
    ("2013-09-14", "AGREE", "Geneva CHE", "In Geneva, Russia and the United States agreed on a plan for Syria's chemical weapons."),
    ("2019-03-24", "AGREE", "Rome ITA", "Italy and China signed a memorandum in Rome."),
    ("2015-12-08", "CONSULT", "Kiev UKR", "U.S. Vice President Joe Biden visited Kiev on Monday."),
    ("2009-07-07", "CONSULT", "Moscow RUS", "Barack Obama arrived in Moscow on Monday for talks with Dmitry Medvedev."),
    ("2014-03-31", "CONSULT", "Paris FRA", "John Kerry flew to Paris to meet Sergei Lavrov."),
    ("2016-09-05", "CONSULT", "Hangzhou CHN", "Barack Obama and Vladimir Putin met for 90 minutes at a summit in Hangzhou, China."),
    ("2008-08-13", "CONSULT", "Helsinki FIN", "Finnish and Russian officials met at a hotel in Helsinki."),
    ("2018-07-17", "CONSULT", "Helsinki FIN", "Donald Trump and Vladimir Putin met behind closed doors in the Finnish capital, Helsinki."),
    ("2010-04-09", "AGREE", "Prague CZE", "Dmitry Medvedev and Barack Obama signed a treaty on nuclear arms in Prague on Thursday."),
    ("2012-07-01", "CONSULT", "Kremlin RUS", "Vladimir Putin received the Chinese foreign minister in the Kremlin."),
    ("2011-05-18", "CONSULT", "Ireland IRL", "The British queen met the Irish president in Ireland."),
    ("2013-06-18", "CONSULT", "Northern Ireland GBR", "Barack Obama met Vladimir Putin in Northern Ireland."),
    ("2016-08-30", "COOPERATE", "-", "Indian and Japanese warships began a joint exercise in the Bay of Bengal."),
    ("2016-03-02", "SANCTION", "-", "The Security Council imposed new sanctions on North Korea."),
    ("2016-04-02", "ACCUSE", "-", "Germany condemned the attack in Kabul by Pakistani militants."),
    ("2019-12-30", "ACCUSE", "-", "Turkey accused France of arming rebels in Libya."),
    ("2015-07-15", "REQUEST", "-", "The United Nations urged Kenya to keep open its camps in Dadaab."),
    ("2017-05-03", "CONSULT", "-", "Donald Trump spoke by phone with Vladimir Putin about the war in Syria."),
    ("2019-11-05", "SANCTION", "-", "France expelled two Russian diplomats over a murder in Marseille."),
    ("2013-03-14", "SUPPORT", "-", "Argentina praised the new pope's words in Spanish about Mexico."),
    ("2019-10-12", "AGREE", "-", "Ethiopia agreed with Eritrea on the opening of roads in the north."),
    ("2013-05-08", "CONSULT", "Moscow RUS", "John Kerry met Sergei Lavrov for talks in Moscow about the war in Syria."),
    ("2004-11-23", "CONSULT", "Brussels BEL", "Turkish ministers met European Union officials in Brussels."),
    ("2022-03-30", "CONSULT", "Istanbul TUR", "Russian and Ukrainian negotiators met at the Dolmabahce palace in Istanbul."),
    ("2000-06-15", "CONSULT", "Pyongyang PRK", "Kim Dae-jung flew to Pyongyang, where he held talks with Kim Jong Il."),
    ("2018-10-08", "CONSULT", "-", "Mike Pompeo met Kim Jong Un on Sunday, a spokeswoman said in Tokyo."),
];

#[test]
fn places_are_where_the_event_happened() {
    let mut findings = Vec::new();
    for (day, kind, wanted, text) in TABLE {
        let found = event(text, day, kind).map(|event| match event.place {
            Some(place) => format!("{} {}", quote(text, place.span), place.country.as_deref().unwrap_or("-")),
            None => "-".to_owned(),
        });
        match found {
            Ok(found) if found == *wanted => {}
            Ok(found) => findings.push(format!("{text}\n    wanted {wanted}, found {found}")),
            Err(told) => findings.push(told),
        }
    }
    report(findings, TABLE.len());
}

/// Capitals, seats and places of talks: the state's code, then names.
const TOWNS: &str = include_str!("towns.txt");

#[test]
fn towns_of_diplomacy_are_known_with_their_country() {
    let mut findings = Vec::new();
    let rows = TOWNS.lines().map(|line| line.split_once(' ').expect("a code and names"));
    let towns: Vec<(&str, &str)> = rows.flat_map(|(code, names)| names.split(", ").map(move |name| (code, name))).collect();
    for (code, name) in &towns {
        let document = Document::new(name);
        let words = (0..document.tokens.len()).map(|token| LEXICON.names.word(document.form(token)));
        let found = LEXICON.names.longest(words).filter(|(length, _)| *length == document.tokens.len());
        let senses = found.map(|(_, senses)| senses).unwrap_or_default();
        if !senses.iter().any(|sense| LEXICON.actors[sense.actor as usize].code == *code) {
            findings.push(format!("{name} is not in {code}: add it to `cities` of the state's file"));
        }
    }
    report(findings, towns.len());
}

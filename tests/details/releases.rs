//! Releases of governments read as whole articles: whose "we" and "the Secretary" are, who "they" are, what is told twice, and when.

use attache::extract::{Article, DateValue, Event, Limits, Party, Published, extract};

use super::{LEXICON, SYNTAX};

/// "CONSULT USA+FJI > 2022-07-13" for each event: type, parties, recipients where there are any, and the day.
fn told(event: &Event) -> String {
    let codes = |parties: &[Party]| parties.iter().map(|party| party.code.as_str()).collect::<Vec<_>>().join("+");
    let date = match event.date.as_ref().map(|date| date.value) {
        Some(DateValue::Day(day)) => day.to_string(),
        Some(DateValue::Interval(first, last)) => format!("{first}/{last}"),
        other => other.map(|other| format!("{other:?}")).unwrap_or_default(),
    };
    let parts = [event.kind.name().to_owned(), codes(&event.actors), ">".to_owned(), codes(&event.recipients), date];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The events of a release that stands on a site.
#[track_caller]
fn check(source: &str, text: &str, expected: &[&str]) {
    let day: jiff::civil::Date = "2022-07-12".parse().expect("a day");
    let instant = day.to_zoned(jiff::tz::TimeZone::UTC).expect("a day of our time").timestamp();
    let article = Article {
        language: "en".to_owned(),
        source: Some(source.to_owned()),
        published: Some(Published { instant, day }),
        text: text.to_owned(),
        ..Article::default()
    };
    let events = extract(&article, &LEXICON, &SYNTAX, &Limits::default()).events;
    let found: Vec<String> = events.iter().map(told).collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn an_official_whom_no_list_knows_acts_for_the_issuer() {
    let text = "Under Secretary for Arms Control and International Security Jane Roe met the foreign minister of Fiji on Monday.";
    check("state.gov", text, &["CONSULT USA+FJI > 2022-07-11"]);
    check("https://www.state.gov/releases/7", text, &["CONSULT USA+FJI > 2022-07-11"]);
}

#[test]
fn a_title_behind_another_polity_is_not_the_issuers() {
    check(
        "state.gov",
        "Norway's Special Envoy Kari Nordmann met the foreign minister of Fiji on Monday.",
        &["CONSULT NOR+FJI > 2022-07-11"],
    );
}

#[test]
fn we_are_the_issuer_but_not_in_a_quotation() {
    check("state.gov", "We condemn the attack by Russia on the port.", &["ACCUSE USA > RUS"]);
    check("reuters.com", "We condemn the attack by Russia on the port.", &[]);
    check("state.gov", "\"We condemn the attack by Russia on the port,\" a bystander said.", &[]);
}

#[test]
fn nobody_is_we_where_several_speak_in_turn() {
    let text = "MR. ROE: We condemn the attack by Russia on the port.\n\nQUESTION: Anything else?\n\nMR. ROE: No.";
    check("state.gov", text, &[]);
}

#[test]
fn they_are_all_who_met() {
    let text = "Secretary of State Antony Blinken met the foreign ministers of Fiji and Tonga on Monday. They condemned Russia's attack on the port.";
    check("state.gov", text, &["CONSULT USA+FJI+TON > 2022-07-11", "ACCUSE USA+FJI+TON > RUS 2022-07-11"]);
}

#[test]
fn a_meeting_told_again_is_one_event() {
    let text = "The prime minister of Fiji visited Norway on Monday.\n\nThis was the first meeting between Norway and Fiji since May. \
                The leaders also discussed fisheries.";
    check("", text, &["CONSULT FJI > NOR 2022-07-11"]);
}

#[test]
fn a_day_behind_two_places_is_that_of_the_visit() {
    check("state.gov", "Under Secretary Roe will travel to Suva, Fiji, on July 20-21.", &["CONSULT USA > FJI 2022-07-20/2022-07-21"]);
}

#[test]
fn the_two_countries_are_those_to_whom_something_was_done() {
    let text = "Ghana expels the envoys of Norway and Fiji. Both countries condemn the step.";
    check("", text, &["SANCTION GHA > NOR+FJI", "ACCUSE NOR+FJI > GHA"]);
}

#[test]
fn a_day_behind_a_person_is_that_of_the_act() {
    let text = "Norway expelled one Russian diplomat on Wednesday and revoked the licence of a consul.";
    check("", text, &["SANCTION NOR > RUS 2022-07-06"]);
}

#[test]
fn a_long_list_of_who_was_met_is_read_to_its_end() {
    let text = "Secretary of State Antony Blinken spoke on Monday with Fijian Foreign Minister Ana Roe, Tongan Foreign Minister Sione Doe, \
                and NATO Secretary General Jens Stoltenberg.";
    check("state.gov", text, &["CONSULT USA+FJI+TON+NATO > 2022-07-11"]);
}

#[test]
fn what_ways_and_chances_are_about_is_not_told() {
    check("state.gov", "The meeting in May offers an opportunity to consult with Fiji on fisheries.", &[]);
}

#[test]
fn partners_of_the_issuer_are_not_the_issuer() {
    check("state.gov", "Our partners condemned the attack by Russia on the port.", &[]);
}

#[test]
fn its_neighbour_is_the_other_of_the_two() {
    let text = "Fiji and Tonga held talks on Monday. Fiji urged its neighbour to lift the ban.";
    check("", text, &["CONSULT FJI+TON > 2022-07-11", "REQUEST FJI > TON 2022-07-11"]);
}

#[test]
fn a_byline_ends_with_its_line() {
    let text = "Jane Doe, Department Spokesperson\n\nThe United States welcomes the end of the curfew in Fiji.";
    check("state.gov", text, &["SUPPORT USA > FJI"]);
}

#[test]
fn a_release_judges_and_demands_in_its_own_name() {
    check("state.gov", "Fiji's junta must release the writers.", &["REQUEST USA > FJI"]);
    check("state.gov", "Fiji's actions violate international law.", &["ACCUSE USA > FJI"]);
    check("state.gov", "Fiji's actions do not violate international law.", &[]);
    check("news.example", "Fiji's junta must release the writers.", &[]);
}

#[test]
fn what_is_said_at_a_meeting_has_been_said() {
    let text = "Secretary Blinken spoke on Monday with Fijian Prime Minister Jane Roe to congratulate her on the vote.";
    check("state.gov", text, &["CONSULT USA+FJI > 2022-07-11", "SUPPORT USA > FJI 2022-07-11"]);
}

#[test]
fn the_day_of_a_feast_or_of_a_summit_is_not_that_of_what_is_said_of_it() {
    check("state.gov", "We congratulate the people of Fiji on your National Day on October 10.", &["SUPPORT USA > FJI"]);
    let text = "The foreign ministers of Fiji and Tonga discussed the outcomes of the March 24 ASEAN summit.";
    check("news.example", text, &["CONSULT FJI+TON >", "CONSULT ASEAN > 2022-03-24"]);
}

#[test]
fn names_are_known_with_and_without_accents() {
    let text = "The Fijian foreign minister Jane Geoană spoke in Suva. Geoana condemned Tonga.";
    check("news.example", text, &["ACCUSE FJI > TON"]);
}

#[test]
fn he_may_be_somebody_without_a_name() {
    check("news.example", "Fiji's president spoke to reporters. He condemned Tonga.", &["ACCUSE FJI > TON"]);
}

#[test]
fn a_day_belongs_to_the_verb_before_a_new_phrase() {
    let text = "The minister of Fiji spoke with Tonga's minister today about the need to protect the reefs.";
    check("news.example", text, &["CONSULT FJI+TON > 2022-07-12"]);
}

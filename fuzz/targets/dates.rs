//! Publication dates.
#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| {
    if let Some(published) = attache::messages::read_date(text) {
        // No zone is more than a day away, so the day and the moment must agree within that.
        let day = published.day.to_zoned(jiff::tz::TimeZone::UTC).expect("a day of the calendar").timestamp();
        let hours = published.instant.duration_since(day).as_hours();
        assert!(published.day.year() >= 1900 && (-24..=48).contains(&hours), "{text:?}: {published:?}");
    }
});

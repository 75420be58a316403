//! HTML, whole pages and fragments.
#![no_main]

use attache::text::html;

libfuzzer_sys::fuzz_target!(|markup: &str| {
    let page = html::read(markup);
    assert!(page.text.lines().all(|line| !line.is_empty() && line.trim() == line), "{:?}", page.text);
    html::one_line(markup);
});

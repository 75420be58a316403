//! Articles as JSON: plain, ninjs, JSON-LD, feeds.
#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| {
    attache_fuzz::check_decoding(text.as_bytes(), &attache_fuzz::envelope("application/json", ""));
});

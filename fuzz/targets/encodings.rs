//! Content encodings, and whatever they unfold to.
#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| {
    if let Some((envelope, body)) = attache_fuzz::message(input) {
        attache_fuzz::check_decoding(body, &envelope);
    }
});

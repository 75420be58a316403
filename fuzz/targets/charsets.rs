//! Charsets, declared and guessed, of bodies that are not compressed.
#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| {
    if let Some((envelope, body)) = attache_fuzz::message(input) {
        let envelope = attache::messages::Envelope { content_encoding: None, ..envelope };
        attache_fuzz::check_decoding(body, &envelope);
    }
});

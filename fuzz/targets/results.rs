//! The whole way, from the bytes of a message to its result.
#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| {
    if let Some((envelope, body)) = attache_fuzz::message(input) {
        attache_fuzz::check_result(body, &envelope);
    }
});

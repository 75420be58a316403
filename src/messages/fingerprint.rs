//! SimHash: texts that share most of their wording get fingerprints that differ in few of their 64 bits
//! (M. Charikar, "Similarity estimation techniques from rounding algorithms", STOC 2002).

/// Words that make one feature: order matters within them, and a changed word changes only this many features.
const WORDS_PER_FEATURE: usize = 3;

/// The SimHash of a text in 16 hexadecimal digits. Case, punctuation and spacing make no difference. Reprints differ in 0 to
/// about 6 bits, edited versions in up to about 12, unrelated texts in about 32.
pub fn fingerprint(text: &str) -> String {
    let features = features(text);
    let counts = count_bits(&features);
    let in_most = |count: &u32| 2 * *count as usize > features.len();
    let bits = counts.iter().enumerate().filter(|(_, count)| in_most(count)).fold(0_u64, |bits, (bit, _)| bits | 1 << bit);
    format!("{bits:016x}")
}

/// A byte's bits, each as a byte of its own.
const SPREAD: [u64; 256] = {
    let mut spread = [0; 256];
    let mut place = 0;
    while place < 256 * 8 {
        let (byte, bit) = (place / 8, place % 8);
        spread[byte] |= ((byte >> bit & 1) as u64) << (8 * bit);
        place += 1;
    }
    spread
};

/// In how many features each bit is set; counted in bytes, eight in a word, for as many features as a byte can count.
fn count_bits(features: &[u64]) -> [u32; 64] {
    let mut counts = [0; 64];
    for features in features.chunks(usize::from(u8::MAX)) {
        let mut sums = [0_u64; 8];
        for feature in features {
            for (sum, byte) in sums.iter_mut().zip(feature.to_le_bytes()) {
                *sum += SPREAD[usize::from(byte)];
            }
        }
        for (count, sum) in counts.iter_mut().zip(sums.iter().flat_map(|sum| sum.to_le_bytes())) {
            *count += u32::from(sum);
        }
    }
    counts
}

/// A hash for each run of words; a text of fewer words is one feature.
fn features(text: &str) -> Vec<u64> {
    let words: Vec<u64> =
        text.split(|character: char| !character.is_alphanumeric()).filter(|word| !word.is_empty()).map(hash_word).collect();
    match words.len() {
        0 => Vec::new(),
        1..WORDS_PER_FEATURE => vec![combine(&words)],
        _ => words.windows(WORDS_PER_FEATURE).map(combine).collect(),
    }
}

const FNV_OFFSET: u64 = 0xcbf2_9ce4_8422_2325;

/// FNV-1a (Fowler, Noll, Vo): the value must never change, so no library hash that might.
fn hash_word(word: &str) -> u64 {
    let mix = |hash: u64, character: u32| (hash ^ u64::from(character)).wrapping_mul(0x0100_0000_01b3);
    if word.is_ascii() {
        return word.bytes().map(|byte| u32::from(byte.to_ascii_lowercase())).fold(FNV_OFFSET, mix);
    }
    word.chars().flat_map(char::to_lowercase).map(u32::from).fold(FNV_OFFSET, mix)
}

/// Mixes the words' hashes so that every bit depends on all of them (the finaliser of MurmurHash3).
fn combine(words: &[u64]) -> u64 {
    words.iter().fold(0, |hash: u64, word| {
        let mut mixed = hash.rotate_left(5) ^ word;
        mixed = (mixed ^ mixed >> 33).wrapping_mul(0xff51_afd7_ed55_8ccd);
        mixed = (mixed ^ mixed >> 33).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
        mixed ^ mixed >> 33
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn distance(left: &str, right: &str) -> u32 {
        let bits = |text: &str| u64::from_str_radix(&fingerprint(text), 16).unwrap();
        (bits(left) ^ bits(right)).count_ones()
    }

    #[test]
    fn is_stable() {
        assert_eq!(fingerprint(""), "0000000000000000");
        assert_eq!(fingerprint("One two three."), fingerprint("ONE  two,\nthree"));
        assert_eq!(fingerprint("The ministers met in Geneva."), "f1c6b9363824fdaf");
    }

    #[test]
    fn bits_are_counted_in_more_features_than_a_byte_can_count() {
        let counts = count_bits(&[vec![u64::MAX; 300], vec![1 << 63 | 1; 7], vec![0; 3]].concat());
        assert_eq!((counts[0], counts[1], counts[62], counts[63]), (307, 300, 300, 307));
    }

    #[test]
    fn edits_stay_near_and_other_texts_far() {
        let story: String = (0..120).map(|number| format!("word{} ", number * 7 % 113)).collect();
        let edited = story.replacen("word7 ", "another ", 1);
        let other: String = (0..120).map(|number| format!("term{} ", number * 5 % 113)).collect();
        assert!(distance(&story, &edited) <= 8, "{}", distance(&story, &edited));
        assert!(distance(&story, &other) >= 16, "{}", distance(&story, &other));
    }
}

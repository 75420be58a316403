use unicode_normalization::UnicodeNormalization;

/// Whether a character separates words: Unicode white space, the no-break spaces among it.
pub fn is_space(c: char) -> bool {
    c.is_whitespace()
}

/// Whether a character is printed as nothing and stands for nothing: soft hyphens, zero-width characters, direction marks, variation
/// selectors and the byte-order mark.
pub fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

/// The character that is read in place of a typographic variant: straight quotes for curly ones, a hyphen for its look-alikes.
pub fn plain(c: char) -> char {
    match c {
        '‘' | '’' | '‚' | '‛' | 'ʼ' | '`' | '´' => '\'',
        '“' | '”' | '„' | '‟' | '«' | '»' => '"',
        '\u{2010}'..='\u{2012}' | '−' | '﹣' | '－' => '-',
        '―' => '—',
        _ if is_space(c) => ' ',
        _ => c,
    }
}

/// A word with all its characters plain and composed (NFC) and the invisible ones left out, or none when it is so already.
pub fn plain_form(word: &str) -> Option<String> {
    if word.is_ascii() {
        return None;
    }
    let form: String = word.chars().filter(|c| !is_invisible(*c)).map(plain).nfc().collect();
    let form = form.replace('…', "...");
    (form != word).then_some(form)
}

/// Whether a character can be part of a word: letters, digits and the marks that combine with them.
pub fn is_word(c: char) -> bool {
    c.is_alphanumeric()
        || matches!(c, '_' | '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}')
}

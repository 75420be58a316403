//! Text from outside may not forge log lines, steer a terminal or hide what it says.

use std::fmt::Write;

/// Longer values are cut: no log line carries whole articles by accident.
const LONGEST_CHARS: usize = 1_000;

/// Appends the text with everything that is not plainly visible written as a JSON escape, and cut where it is too long.
pub fn push_escaped(line: &mut String, text: &str) {
    for (position, character) in text.chars().enumerate() {
        match character {
            _ if position == LONGEST_CHARS => return line.push('…'),
            '"' => line.push_str("\\\""),
            '\\' => line.push_str("\\\\"),
            '\n' => line.push_str("\\n"),
            '\t' => line.push_str("\\t"),
            '\r' => line.push_str("\\r"),
            _ if hidden(character) => push_code(line, character),
            _ => line.push(character),
        }
    }
}

/// The text with control and invisible characters written as escapes, for messages on a terminal.
pub fn visible(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for character in text.chars() {
        if hidden(character) { push_code(&mut line, character) } else { line.push(character) }
    }
    line
}

/// Control characters, line and paragraph separators, marks that turn the direction of reading, and invisible characters.
fn hidden(character: char) -> bool {
    character.is_control() || matches!(character, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

fn push_code(line: &mut String, character: char) {
    for unit in character.encode_utf16(&mut [0; 2]) {
        // Writing to a string cannot fail.
        let _ = write!(line, "\\u{unit:04x}");
    }
}

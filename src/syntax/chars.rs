//! Characters in, Python's opinion of them out: what `str.isspace`, `isalpha` and `isdigit` say.

use std::sync::LazyLock;

use regex::Regex;

/// `str.isspace`: unlike `char::is_whitespace` it counts the information separators.
pub const SPACES: [(u32, u32); 10] = [
    (0x9, 0xd),
    (0x1c, 0x20),
    (0x85, 0x85),
    (0xa0, 0xa0),
    (0x1680, 0x1680),
    (0x2000, 0x200a),
    (0x2028, 0x2029),
    (0x202f, 0x202f),
    (0x205f, 0x205f),
    (0x3000, 0x3000),
];

pub fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\x1c'..='\x1f')
}

/// `str.isalpha` of one character: letters, without the marks that `char::is_alphabetic` includes.
pub fn is_alpha(c: char) -> bool {
    static LETTER: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\p{L}").expect("a constant pattern"));
    if c.is_ascii() { c.is_ascii_alphabetic() } else { LETTER.is_match(c.encode_utf8(&mut [0; 4])) }
}

/// `str.isdigit` of one character: decimal digits of all scripts, and digits with a typographic dress.
pub fn is_digit(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_digit();
    }
    let code = c as u32;
    let after = ZEROS.partition_point(|zero| *zero <= code);
    let decimal = after > 0 && code < ZEROS[after - 1] + 10;
    decimal || DRESSED.iter().any(|(start, end)| (*start..=*end).contains(&code))
}

/// Ranges of the decimal digits (`\d`).
pub fn decimals() -> Vec<(u32, u32)> {
    ZEROS.iter().map(|zero| (*zero, zero + 9)).collect()
}

/// The digit zero of every script; nine more follow each.
#[rustfmt::skip]
const ZEROS: &[u32] = &[
    0x30, 0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xde6, 0xe50, 0xed0,
    0xf20, 0x1040, 0x1090, 0x17e0, 0x1810, 0x1946, 0x19d0, 0x1a80, 0x1a90, 0x1b50, 0x1bb0, 0x1c40, 0x1c50, 0xa620,
    0xa8d0, 0xa900, 0xa9d0, 0xa9f0, 0xaa50, 0xabf0, 0xff10, 0x104a0, 0x10d30, 0x11066, 0x110f0, 0x11136, 0x111d0,
    0x112f0, 0x11450, 0x114d0, 0x11650, 0x116c0, 0x11730, 0x118e0, 0x11950, 0x11c50, 0x11d50, 0x11da0, 0x16a60,
    0x16ac0, 0x16b50, 0x1d7ce, 0x1d7d8, 0x1d7e2, 0x1d7ec, 0x1d7f6, 0x1e140, 0x1e2f0, 0x1e950, 0x1fbf0,
];

/// Superscripts, subscripts, circled and other digits.
#[rustfmt::skip]
const DRESSED: &[(u32, u32)] = &[
    (0xb2, 0xb3), (0xb9, 0xb9), (0x1369, 0x1371), (0x19da, 0x19da), (0x2070, 0x2070), (0x2074, 0x2079),
    (0x2080, 0x2089), (0x2460, 0x2468), (0x2474, 0x247c), (0x2488, 0x2490), (0x24ea, 0x24ea), (0x24f5, 0x24fd),
    (0x24ff, 0x24ff), (0x2776, 0x277e), (0x2780, 0x2788), (0x278a, 0x2792), (0x10a40, 0x10a43), (0x10e60, 0x10e68),
    (0x11052, 0x1105a), (0x1f100, 0x1f10a),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn beyond_ascii() {
        assert!(is_space('\u{a0}') && is_space('\u{1f}') && !is_space('\u{200b}'));
        assert!(is_alpha('é') && is_alpha('习') && !is_alpha('\u{93f}') && !is_alpha('Ⅷ'));
        assert!(is_digit('²') && is_digit('٣') && !is_digit('½'));
    }
}

//! When two texts count as the same.

/// Whether two words are the same without case, width and spaces.
pub(crate) fn same_word(one: &str, other: &str) -> bool {
    folded(one).eq(folded(other))
}

/// A text without case, width, spaces and marks: two that leave the same were asked twice.
pub(crate) fn bare(text: &str) -> String {
    folded(text).filter(|c| c.is_alphanumeric()).collect()
}

fn folded(text: &str) -> impl Iterator<Item = char> + '_ {
    text.chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}'))
        .flat_map(|c| match c {
            // Full-width forms of ASCII stand 0xFEE0 above it.
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0)
                .unwrap_or(c)
                .to_lowercase(),
            _ => c.to_lowercase(),
        })
}

#[cfg(test)]
mod tests {
    use super::same_word;

    #[test]
    fn a_word_is_the_same_in_another_case_or_width() {
        for (one, other) in [
            ("Summer", "sUMMER"),
            ("summer 26", "ｓｕｍｍｅｒ２６"),
            ("夏天", " 夏 天 "),
            ("ÉTÉ", "été"),
            ("su\u{200b}mmer", "summer"),
        ] {
            assert!(same_word(one, other), "{one} {other}");
        }
        assert!(!same_word("summer", "summe"));
        assert!(!same_word("summer", "ѕummer"));
    }
}

//! When two texts count as the same, and when one holds a word.

#[cfg(feature = "nfkc")]
use unicode_normalization::UnicodeNormalization;

/// Whether two words are the same without case, width and spaces.
pub(crate) fn same_word(one: &str, other: &str) -> bool {
    let joined = |text: &str| -> String {
        let kept = folded(text).filter(|c| !c.is_whitespace());
        kept.collect()
    };
    joined(one) == joined(other)
}

/// A text without case, width, spaces and marks: two that leave the same were asked twice.
pub(crate) fn bare(text: &str) -> String {
    folded(text).filter(|c| c.is_alphanumeric()).collect()
}

/// Whether a text holds a word of a block list: as a whole word, or spelled out letter by letter;
/// anywhere, where the word is of a script that writes no spaces.
pub(crate) fn holds(text: &str, word: &str) -> bool {
    let word = bare(word);
    if word.is_empty() {
        return false;
    }
    if word.chars().any(is_written_without_spaces) {
        return bare(text).contains(&word);
    }
    let text: String = folded(text).collect();
    let parts: Vec<&str> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|part| !part.is_empty())
        .collect();
    (0..parts.len()).any(|start| {
        let mut rest = word.as_str();
        for part in &parts[start..] {
            let Some(left) = rest.strip_prefix(part) else {
                return false;
            };
            if left.is_empty() {
                return true;
            }
            rest = left;
        }
        false
    })
}

/// Compatibility forms as the plain ones, lower case, without what nobody sees.
fn folded(text: &str) -> impl Iterator<Item = char> + '_ {
    plain(text)
        .filter(|c| !is_unseen(*c))
        .flat_map(char::to_lowercase)
}

/// Compatibility forms as the plain ones: Unicode's NFKC.
#[cfg(feature = "nfkc")]
fn plain(text: &str) -> impl Iterator<Item = char> + '_ {
    text.nfkc()
}

/// Full-width forms of ASCII as the plain ones, 0xFEE0 below them: all that a practice room knows.
#[cfg(not(feature = "nfkc"))]
fn plain(text: &str) -> impl Iterator<Item = char> + '_ {
    text.chars().map(|c| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        _ => c,
    })
}

/// Marks without width, by which two texts look the same and are not.
const fn is_unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{fe00}'..='\u{fe0f}')
}

/// Thai, Lao, Khmer, Myanmar, kana and Chinese characters.
const fn is_written_without_spaces(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::{bare, holds, same_word};

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

    #[cfg(feature = "nfkc")]
    #[test]
    fn a_word_is_the_same_in_another_spelling_of_the_same_letters() {
        for (one, other) in [
            ("été", "e\u{301}te\u{301}"),
            ("ティー", "ﾃｨｰ"),
            ("ガ", "ｶﾞ"),
            ("ﬀ", "FF"),
        ] {
            assert!(same_word(one, other), "{one} {other}");
        }
    }

    #[test]
    fn a_question_is_the_same_whatever_signs_are_in_it() {
        assert_eq!(bare("Which size ?!"), bare("which  SIZE"));
        assert_eq!(bare("…?!"), "");
    }

    #[test]
    fn a_word_is_held_whole_or_spelled_out_but_not_by_chance() {
        for (text, word) in [
            ("You ass!", "ass"),
            ("you a.s.s", "ass"),
            ("Ａss", "ASS"),
            ("a\u{200b}ss", "ass"),
            ("a bad word here", "bad word"),
            ("这个笨蛋真的", "笨蛋"),
            ("เขาโง่มาก", "โง่"),
        ] {
            assert!(holds(text, word), "{text} holds {word}");
        }
        for (text, word) in [
            ("Which class?", "ass"),
            ("Is this hit by rain?", "shit"),
            ("", "ass"),
            ("anything", " "),
        ] {
            assert!(!holds(text, word), "{text} does not hold {word}");
        }
    }
}

//! One way of writing for what is written in many: case, width, marks, kana and punctuation, without Unicode's tables.

/// A question as it is compared with others to refuse the same one twice.
///
/// Case, width, diacritics, punctuation, kana, traditional characters and the forms of an Arabic letter make no
/// difference; the words, their order, numbers and pictures do. Empty if nothing but punctuation was written.
#[must_use]
pub fn normalised(text: &str) -> String {
    let plain: Vec<char> = plain(text).trim().chars().map(hiragana).collect();
    let dense = |place: usize| plain.get(place).is_some_and(|c| is_dense(*c));
    let mut text = String::new();
    for (place, c) in plain.iter().enumerate() {
        // Where words are not parted, a space means nothing.
        if *c != ' ' || !(dense(place - 1) || dense(place + 1)) {
            text.push(*c);
        }
    }
    text
}

/// The same with katakana, which mark the words of weight, and with every space.
pub(super) fn plain(text: &str) -> String {
    let mut plain = String::new();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let last = plain.chars().next_back().unwrap_or(' ');
        let folded = match narrow(c) {
            // Marks that do not stand by themselves, joiners, and an apostrophe: don't, dont.
            '\''
            | '’'
            | '\u{ad}'
            | '\u{300}'..='\u{36f}'
            | '\u{640}'
            | '\u{64b}'..='\u{65f}'
            | '\u{670}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
            | '\u{1f3fb}'..='\u{1f3ff}' => continue,
            '\u{3099}' | '\u{309b}' | '\u{ff9e}' | '\u{309a}' | '\u{309c}' | '\u{ff9f}' => {
                plain.pop();
                voiced(last, matches!(c, '\u{3099}' | '\u{309b}' | '\u{ff9e}'))
            }
            '.' | ','
                if c != '，'
                    && last.is_ascii_digit()
                    && chars.peek().is_some_and(|c| narrow(*c).is_ascii_digit()) =>
            {
                '.'
            }
            c => letter(c),
        };
        if folded != ' ' || last != ' ' {
            plain.push(folded);
        }
    }
    plain
}

/// Full width to ASCII, half-width katakana to katakana, digits of other scripts to ASCII.
fn narrow(c: char) -> char {
    const HALF: &str = "ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン";
    match c {
        '\u{ff01}'..='\u{ff5e}' => moved(c, -0xfee0),
        '\u{ff66}'..='\u{ff9d}' => HALF.chars().nth(c as usize - 0xff66).unwrap_or(c),
        '٠'..='٩' => moved(c, 0x30 - 0x660),
        '۰'..='۹' => moved(c, 0x30 - 0x6f0),
        c => c,
    }
}

/// A letter in its plainest form; a space for what is none.
fn letter(c: char) -> char {
    /// U+00C0 to U+017F without case and marks.
    const LATIN: &[u8; 192] = b"aaaaaaaceeeeiiiidnooooo ouuuuytsaaaaaaaceeeeiiiidnooooo ouuuuyty\
        aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkkllllllllllnnnnnnnnnoooooooorrrrrrssssssss\
        ttttttuuuuuuuuuuuuwwyyyzzzzzzs";
    match c {
        '0'..='9' | 'a'..='z' | '+' | '%' => c,
        'A'..='Z' | 'Α'..='Ω' | 'А'..='Я' => moved(c, 32),
        '\0'..='©' | '«'..='¿' => ' ',
        'À'..='ſ' => LATIN[c as usize - 0xc0] as char,
        'Ѐ'..='Џ' => moved(c, 80),
        'Ḁ'..='ỿ' => moved(c, i32::from((c as u32).is_multiple_of(2))),
        'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
        'ى' | 'ئ' | 'ی' => 'ي',
        'ة' => 'ه',
        'ؤ' => 'و',
        'ک' => 'ك',
        '،' | '؛' | '؟' | '٪'..='٭' | '۔' => ' ',
        // Punctuation, arrows and boxes; pictures begin at U+2600.
        '\u{2000}'..='\u{25ff}'
        | '\u{3000}'..='\u{3004}'
        | '\u{3006}'..='\u{303f}'
        | '・'
        | '\u{ff5f}'..='\u{ff65}' => ' ',
        '\u{3400}'..='\u{9fff}' => super::words::simplified(c),
        c => c,
    }
}

fn voiced(c: char, dakuten: bool) -> char {
    match c {
        'う' | 'ウ' if dakuten => moved(c, 0x30f4 - 0x30a6),
        'か'..='と' | 'は'..='ほ' | 'カ'..='ト' | 'ハ'..='ホ' if dakuten => moved(c, 1),
        'は'..='ほ' | 'ハ'..='ホ' => moved(c, 2),
        c => c,
    }
}

pub(super) fn hiragana(c: char) -> char {
    match c {
        'ァ'..='ヶ' => moved(c, -0x60),
        c => c,
    }
}

pub(super) fn is_hiragana(c: char) -> bool {
    matches!(c, 'ぁ'..='ゟ')
}

pub(super) fn is_katakana(c: char) -> bool {
    matches!(c, 'ァ'..='ヿ')
}

/// Whether it is of a script that writes words without spaces, or of syllables: Thai to Lao, Burmese, Khmer, kana,
/// Han, Hangul, and pictures.
pub(super) fn is_dense(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        | '\u{2600}'..='\u{d7ff}' | '\u{f900}'..='\u{faff}' | '\u{1f000}'..)
}

fn moved(c: char, by: i32) -> char {
    (c as u32)
        .checked_add_signed(by)
        .and_then(char::from_u32)
        .unwrap_or(c)
}

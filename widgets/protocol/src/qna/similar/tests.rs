//! Questions that are alike, in small.

use super::*;

fn alike(one: &str, other: &str) -> u8 {
    let (one, other) = (Sketch::new(one), Sketch::new(other));
    assert_eq!(similarity(&one, &other), similarity(&other, &one));
    similarity(&one, &other)
}

#[test]
fn writing_the_same_in_another_way_makes_the_same_question() {
    for (one, other) in [
        ("Is it in M?", "  is   it in Ｍ ?!"),
        ("Don't you have size 5.5?", "DONT YOU HAVE, SIZE ５.５"),
        ("¿Cuánto cuesta el envío?", "cuanto cuesta el envi\u{301}o"),
        ("有 M 碼 嗎？", "有M码吗"),
        ("ガイドはどこ?", "ｶﾞｲﾄﾞ は どこ？"),
        ("ガイドはどこ?", "カ\u{3099}イト\u{3099}はどこ"),
        ("هل تشحنون إلى السعودية؟", "هل تشحنون الى السعوديه"),
        ("المقاس ١٥", "المقـاس 15"),
        ("Есть ли?", "есть ли"),
    ] {
        assert_eq!(normalised(one), normalised(other));
        assert_eq!(alike(one, other), 100, "{one}");
    }
    assert_eq!(normalised("ありますか"), normalised("アリマスカ"));
}

#[test]
fn what_says_something_else_stays_another_question() {
    for (one, other) in [
        ("5.5?", "55?"),
        ("❤️?", "🔥?"),
        ("は", "ぱ"),
        ("50%", "50"),
        ("M L", "L M"),
    ] {
        assert_ne!(normalised(one), normalised(other));
    }
}

#[test]
fn punctuation_alone_is_no_question() {
    assert_eq!(normalised(" …?! 。"), "");
    assert_eq!(alike("", ""), 0);
    assert_eq!(alike("?", "Is it in M?"), 0);
}

#[test]
fn a_colour_a_size_and_a_number_must_agree() {
    let red = "Is the red summer dress available in size M?";
    assert!(alike(red, "do you have the red summer dress in M") >= LIKELY);
    assert!(alike(red, "Is the blue summer dress available in size M?") < LIKELY);
    assert!(alike(red, "Is the red summer dress available in size XL?") < LIKELY);
    assert!(alike("Fits a 15 inch laptop?", "Fits a 13 inch laptop?") < LIKELY);
}

#[test]
fn a_question_of_one_language_finds_the_same_of_another_by_its_known_words() {
    assert!(alike("Price?", "多少钱？") >= LIKELY);
    assert!(alike("Is there a discount?", "割引はありますか") >= LIKELY);
}

#[test]
fn the_most_alike_come_first_and_no_more_than_asked_for() {
    let known = [
        "Do you ship to Canada?",
        "Can I wash it?",
        "Do you ship to Canada soon?",
        "Do you deliver to Canada?",
    ]
    .map(Sketch::new);
    let found = |most| -> Vec<usize> {
        similar("ship to canada", known.iter().enumerate(), most)
            .into_iter()
            .map(|(id, _)| id)
            .collect()
    };
    assert_eq!(found(2), [0, 3]);
    assert_eq!(found(9)[..2], [0, 3]);
    assert!(!found(9).contains(&1));
}

#[test]
fn known_words_are_written_as_they_are_compared() {
    for word in words::all() {
        assert_eq!(fold::plain(word), word);
        let letters: Vec<char> = word.chars().collect();
        let found = if fold::is_dense(letters[0]) {
            words::leading(&letters).is_some_and(|(length, _)| length == letters.len())
        } else {
            words::meaning(&letters).is_some()
        };
        assert!(found, "{word} is never met");
    }
}

#[test]
fn any_text_is_taken() {
    let odd = [
        "\u{3099}",
        "ﾞﾟ",
        "1.",
        ".1",
        "1.a",
        "\u{0}\u{10ffff}",
        "ſ",
        "ỿ",
        "ＡＢＣ１２３ｶﾅ漢字",
        "ไม่มี",
        "🏽",
    ];
    for text in odd {
        let _ = (normalised(text), Sketch::new(text));
    }
    let long = "Ａ漢a1 ".repeat(1_000);
    assert_eq!(alike(&long, &long), 100);
}

#[test]
fn an_index_finds_what_comparing_with_all_of_them_finds() {
    let subjects = [
        "jacket",
        "red dress",
        "teapot in M",
        "wool",
        "有 M 码",
        "ガイド",
        "the zip",
        "size 5.5",
    ];
    let asked = [
        "Is the {} waterproof?",
        "Do you ship the {} to Norway?",
        "How do I wash {}",
        "{} price?",
        "is {} red",
    ];
    let known: Vec<Sketch> = asked
        .iter()
        .flat_map(|asked| subjects.map(|subject| Sketch::new(&asked.replace("{}", subject))))
        .collect();
    let mut index = Index::default();
    known.iter().for_each(|sketch| index.add(sketch.clone()));
    assert_eq!(index.len(), known.len());
    for typed in [
        "is this jacket waterproof",
        "wash the wool",
        "red dress price",
        "how much is the teapot",
        "是 M 码吗",
        "the",
        "",
        "?",
    ] {
        for most in [1, 3, 9] {
            let all = similar(typed, known.iter().enumerate(), most);
            assert_eq!(
                index.similar(&Sketch::new(typed), |_| true, most),
                all,
                "{typed}"
            );
            let odd = known.iter().enumerate().filter(|(place, _)| place % 2 == 1);
            let fits = |place: usize| place % 2 == 1;
            assert_eq!(
                index.similar(&Sketch::new(typed), fits, most),
                similar(typed, odd, most)
            );
        }
    }
}

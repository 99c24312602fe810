//! The parts of figures that are pure: intervals, money, chapters, steps and alerts.

mod airtime;
mod alerts;
mod steps;

use super::{Chapter, money, webvtt, wilson};

#[test]
fn an_interval_is_the_one_of_the_textbook_and_stays_within_0_and_1() {
    // Newcombe 1998, table I: 81 of 263, 15 of 148, 0 of 20, 1 of 29.
    for (count, of, low, high) in [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ] {
        let rate = wilson(count, of);
        assert!((rate.low - low).abs() < 1e-4, "{rate:?}");
        assert!((rate.high - high).abs() < 1e-4, "{rate:?}");
    }
    assert_eq!(wilson(0, 0).rate, None);
    assert!(wilson(7, 7).high <= 1.0);
}

#[test]
fn money_is_written_with_every_digit_that_it_has() {
    for (value, text) in [
        (0, "0.00"),
        (3_000, "0.30"),
        (199_000, "19.90"),
        (1, "0.0001"),
        (12_990_000, "1299.00"),
        (u128::from(u64::MAX), "1844674407370955.1615"),
    ] {
        assert_eq!(money(value), text);
    }
}

#[test]
fn chapters_are_counted_from_the_recording_and_hold_no_markup() {
    let chapter = |from, to, label: &str| Chapter {
        from,
        to,
        acts: 9,
        activity: "a".into(),
        label: label.into(),
    };
    let chapters = [
        chapter(0, 60_000, "Before"),
        chapter(90_000, 150_000, "Tea --> <b>now</b>?\n\nNext & last"),
        chapter(3_690_500, 3_750_500, ""),
    ];
    assert_eq!(
        webvtt(&chapters, 90_000),
        "WEBVTT\n\n2\n00:00:00.000 --> 00:01:00.000\nTea --&gt; &lt;b&gt;now&lt;/b&gt;? Next &amp; last\n\
         \n3\n01:00:00.500 --> 01:01:00.500\n…\n"
    );
}

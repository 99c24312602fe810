//! How long streamers and shows were on air, and how many viewers they had.

use crate::collector::{Counted, MINUTE};
use crate::facts::{By, Mark, Moment, Scope, Sums};
use crate::insights::airtime;
use crate::insights::figures::Value;
use liveroom_protocol::id::ShowId;
use liveroom_protocol::identity::Label;
use liveroom_protocol::show::Show;
use liveroom_protocol::time::Timestamp;

/// A show of three minutes and a half: lin for a minute and a half, then nobody for a minute, then lin and kim.
fn evening() -> (Sums, Counted) {
    let show = ShowId::parse("show-1").expect("it is an id");
    let mut sums = Sums::default();
    for (at, what, on_air) in [
        (0, Moment::ShowStarted, vec!["lin"]),
        (90_000, Moment::HandedOver, vec![]),
        (150_000, Moment::HandedOver, vec!["kim", "lin"]),
        (210_000, Moment::ShowEnded, vec!["kim", "lin"]),
    ] {
        let label = |name: &str| Label::parse(name).expect("it is a label");
        sums.marks.push(Mark {
            at: Timestamp(at),
            what,
            activity: None,
            show: Some(show.clone()),
            on_air: on_air.into_iter().map(label).collect(),
        });
    }
    sums.shows.push(Show {
        id: show,
        title: None,
        tags: Vec::new(),
        started_at: Timestamp(0),
        ended_at: Some(Timestamp(210_000)),
        on_air: Vec::new(),
    });
    let mut counted = Counted::default();
    let viewers = [5, 9, 3, 4].into_iter().zip(0_u64..);
    counted
        .viewers
        .extend(viewers.map(|(most, minute)| (minute * MINUTE, most)));
    (sums, counted)
}

/// How long each was on air, and the most viewers then.
fn told(scope: &Scope, by: By) -> Vec<(String, u64, u64)> {
    let (sums, counted) = evening();
    let times = airtime::of(&sums, scope, Timestamp(10 * MINUTE), by);
    let rows = times.into_iter().map(|(key, spans)| {
        let values = airtime::values(&spans, &counted);
        let count = |figure: &str| match values.get(figure) {
            Some(Value::Count(count)) => *count,
            Some(Value::Money(_)) | None => 0,
        };
        (key, count("on_air_ms"), count("viewers_most"))
    });
    rows.collect()
}

#[test]
fn a_streamer_was_on_air_from_a_hand_over_to_the_next() {
    let scope = Scope {
        to: 4 * MINUTE,
        ..Scope::default()
    };
    let rows = [
        (String::new(), 60_000, 9),
        ("kim".to_owned(), 60_000, 4),
        ("lin".to_owned(), 150_000, 9),
    ];
    assert_eq!(told(&scope, By::Streamer), rows);
    assert_eq!(told(&scope, By::Show), [("show-1".to_owned(), 210_000, 9)]);
    assert_eq!(told(&scope, By::Tag), []);
}

#[test]
fn a_part_of_the_time_has_a_part_of_it() {
    let scope = Scope {
        from: 2 * MINUTE,
        to: 3 * MINUTE,
        ..Scope::default()
    };
    assert_eq!(told(&scope, By::Show), [("show-1".to_owned(), 60_000, 3)]);
    let other = Scope {
        show: Some("show-2".to_owned()),
        to: 4 * MINUTE,
        ..Scope::default()
    };
    assert_eq!(told(&other, By::Streamer), []);
}

//! What is counted as reports arrive: once each, the same after a migration, and safe from whatever is sent.

use super::*;
use crate::collector::{Counted, MINUTE, Step, Within};
use liveroom_protocol::id::RoomId;
use liveroom_protocol::identity::{Label, Standing};
use liveroom_protocol::time::Timestamp;

fn within() -> Within {
    Within {
        room: RoomId::parse("den").expect("it is an id"),
        show: None,
        from: 0,
        to: 1 << 60,
    }
}

fn counted(bench: &Bench) -> Counted {
    bench.collector.counted(&within()).expect("it reads")
}

fn seen(id: &str, session: &str, data: &Value) -> Value {
    let mut seen = report(id, 1);
    seen["session"] = json!(session);
    seen["data"] = data.clone();
    seen
}

#[tokio::test]
async fn a_report_is_counted_once_whatever_is_sent_again() {
    let bench = bench();
    let batch = json!([
        report("a", 1),
        report("b", 2),
        ledger("l", 3, 1, &json!({"queue_full": 1}))
    ]);
    bench.batch(&batch).await;
    let once = counted(&bench);
    assert_eq!(once.counts.iter().map(|count| count.count).sum::<u64>(), 2);
    assert_eq!(once.reach.len(), 1);
    assert!(once.reach[0].has(Step::Seen) && !once.reach[0].has(Step::Acted));
    assert_eq!(once.dropped.values().sum::<u64>(), 1);
    bench.batch(&batch).await;
    let mut other = report("a", 1);
    other["data"] = json!({"room": "other"});
    bench.batch(&json!([other])).await;
    assert_eq!(counted(&bench), once, "again, or another under its name");
}

#[tokio::test]
async fn a_file_of_version_1_is_counted_when_it_is_opened() {
    let bench = bench();
    let on_air = json!({"room": "den", "activity": "p", "widget": "poll", "on_air": ["lin", "kim"], "me": "m"});
    let order = json!({"room": "den", "activity": "d", "widget": "deal", "value": "19.90", "currency": "EUR"});
    let mut ordered = seen("c", "t", &order);
    ordered["type"] = json!("live.deal.order");
    bench
        .batch(&json!([
            seen("a", "s", &on_air),
            seen("b", "s", &json!({})),
            ordered,
            ledger("l", 3, 1, &json!({"gone": 2}))
        ]))
        .await;
    let before = counted(&bench);
    assert_eq!(before.values[0].3, 199_000);
    let Bench { collector, folder } = bench;
    drop(collector);
    let path = folder.path().join("engagement.db");
    let file = rusqlite::Connection::open(&path).expect("it opens");
    file.execute_batch(
        "DROP TABLE places; DROP TABLE counts; DROP TABLE page_loads; DROP TABLE steps; DROP TABLE order_values;
         DROP TABLE viewers; DROP TABLE room_bytes; PRAGMA user_version = 1;",
    )
    .expect("it becomes a file of version 1");
    drop(file);
    let collector = Collector::open(&path).expect("it opens again");
    let bench = Bench { collector, folder };
    assert_eq!(counted(&bench), before);
}

/// Of which tiers the browsers of a room's reports are.
fn tiers(bench: &Bench) -> Vec<Option<String>> {
    let groups = counted(bench).groups;
    groups
        .into_values()
        .map(|group| group.tier.map(String::from))
        .collect()
}

fn gold() -> Standing {
    Standing {
        tier: Label::try_from(String::from("gold")).ok(),
        ..Standing::default()
    }
}

#[tokio::test]
async fn a_file_of_version_2_learns_of_tiers_from_then_on() {
    let bench = bench();
    let me = json!({"activity": "p", "widget": "poll", "me": "m"});
    bench.batch(&json!([seen("a", "s", &me)])).await;
    let before = counted(&bench);
    let Bench { collector, folder } = bench;
    drop(collector);
    let path = folder.path().join("engagement.db");
    let file = rusqlite::Connection::open(&path).expect("it opens");
    file.execute_batch("ALTER TABLE page_loads DROP COLUMN standing; DROP TABLE room_bytes; PRAGMA user_version = 2;")
        .expect("it becomes a file of version 2");
    drop(file);
    let collector = Collector::open(&path).expect("it opens again");
    let bench = Bench { collector, folder };
    assert_eq!(counted(&bench), before);
    bench.collector.know(&within().room, "m", &gold());
    bench.batch(&json!([seen("b", "s", &me)])).await;
    assert_eq!(tiers(&bench), [Some(String::from("gold"))]);
}

#[tokio::test]
async fn a_tier_is_of_its_room_and_goes_with_its_viewer() {
    let bench = bench();
    let other = RoomId::parse("other").expect("it is an id");
    let me = json!({"activity": "p", "widget": "poll", "me": "m"});
    bench.collector.know(&other, "m", &gold());
    bench.batch(&json!([seen("a", "s", &me)])).await;
    assert_eq!(tiers(&bench), [], "of another room");
    bench.collector.know(&within().room, "m", &gold());
    bench.batch(&json!([seen("b", "s", &me)])).await;
    assert_eq!(tiers(&bench), [Some(String::from("gold"))]);
    let room = within().room;
    let now = Clock::System.now();
    let erased = bench.collector.erase(&room, "m", "first", now).await;
    assert_eq!(erased.expect("it is erased").page_loads, 1);
    assert_eq!(tiers(&bench), [], "it is not told of whom nobody knows");
    assert_eq!(counted(&bench).reach.len(), 1, "who is counted still");
}

#[tokio::test]
async fn who_leaves_a_tier_is_of_it_no_more() {
    for other_load in [false, true] {
        let bench = bench();
        let me = json!({"activity": "p", "widget": "poll", "me": "m"});
        bench.collector.know(&within().room, "m", &gold());
        bench.batch(&json!([seen("a", "s", &me)])).await;
        assert_eq!(tiers(&bench), [Some(String::from("gold"))]);
        bench
            .collector
            .know(&within().room, "m", &Standing::default());
        let load = if other_load { "t" } else { "s" };
        bench.batch(&json!([seen("b", load, &me)])).await;
        assert_eq!(tiers(&bench), [None], "on another page load: {other_load}");
    }
}

#[tokio::test]
async fn what_is_expired_says_of_no_tier() {
    let bench = bench();
    let me = json!({"activity": "p", "widget": "poll", "me": "m"});
    bench.collector.know(&within().room, "m", &gold());
    bench.batch(&json!([seen("a", "s", &me)])).await;
    let all = Timestamp(Clock::System.now().0 + 60_000);
    let deleted = bench
        .collector
        .expire(&std::collections::HashMap::new(), all)
        .await;
    assert!(deleted.expect("it is deleted") > 0);
    assert_eq!(tiers(&bench), []);
    assert_eq!(counted(&bench).reach.len(), 1, "how far it got is counted");
}

#[tokio::test]
async fn a_browser_is_its_viewer_as_soon_as_the_page_knows() {
    let bench = bench();
    let me = json!({"activity": "p", "widget": "poll", "me": "m"});
    let nobody = json!({"activity": "p", "widget": "poll"});
    bench
        .batch(&json!([
            seen("a", "s", &nobody),
            seen("b", "s", &me),
            seen("c", "t", &me),
            seen("d", "u", &nobody)
        ]))
        .await;
    assert_eq!(
        counted(&bench).reach.len(),
        2,
        "two tabs of one viewer, and another browser"
    );
}

#[tokio::test]
async fn whatever_numbers_are_sent_a_sum_breaks_nothing() {
    let bench = bench();
    let most = json!({"activity": "d", "widget": "deal", "value": "999999999999.9999", "currency": "EUR", "ms": u64::MAX});
    for n in 0..2_000 {
        if n % 200 == 0 {
            let orders: Vec<Value> = (n..n + 200)
                .map(|n| {
                    let mut order = seen(&n.to_string(), "s", &most);
                    order["type"] = json!("live.deal.order");
                    order
                })
                .collect();
            let (status, _) = bench.batch(&json!(orders)).await;
            assert_eq!(status, StatusCode::ACCEPTED);
        }
    }
    let all = counted(&bench);
    assert_eq!(
        all.values[0].3, 9_000_000_000_000_000_000,
        "the sum is full"
    );
    assert_eq!(
        all.counts[0].ms,
        2_000 * 86_400_000,
        "a report tells of a day at most"
    );
    let odd = [
        json!({"at": u64::MAX}),
        json!({"at": "soon"}),
        json!([1]),
        json!("x"),
        json!(null),
        json!({"activity": "a b", "widget": "piano", "on_air": "lin", "show": {}, "channel": "c".repeat(5_000)}),
    ];
    for (n, data) in odd.iter().enumerate() {
        let (status, receipt) = bench
            .batch(&json!([seen(&format!("odd{n}"), "s", data)]))
            .await;
        assert_eq!(
            (status, &receipt["stored"]),
            (StatusCode::ACCEPTED, &json!(1)),
            "{data}"
        );
    }
    let all = counted(&bench);
    assert!(all.places.values().all(|place| place.channel.len() < 100));
}

#[tokio::test]
async fn what_is_of_no_room_or_of_a_practice_room_is_in_no_figure() {
    let bench = bench();
    let mut elsewhere = report("a", 1);
    elsewhere["source"] = json!("https://example.com/");
    let practice = seen("b", "s", &json!({"channel": "practice"}));
    let mut served = report("c", 1);
    served["source"] = json!("https://live.example/v1/rooms/den");
    bench.batch(&json!([elsewhere, practice, served])).await;
    let all = counted(&bench);
    assert_eq!(all.counts.iter().map(|count| count.count).sum::<u64>(), 1);
}

#[tokio::test]
async fn what_was_dropped_is_of_the_show_and_not_of_practice() {
    let bench = bench();
    let of = async |id: &str, session: &str, data: Value, dropped: u64| {
        let mut lost = ledger(&format!("{id}-l"), 2, 1, &json!({"queue_full": dropped}));
        lost["session"] = json!(session);
        let (status, _) = bench.batch(&json!([seen(id, session, &data), lost])).await;
        assert_eq!(status, StatusCode::ACCEPTED);
    };
    of("a", "s", json!({"show": "one"}), 1).await;
    of("b", "t", json!({"show": "two"}), 10).await;
    of("c", "u", json!({"channel": "practice"}), 100).await;
    let sum = |show: Option<&str>| {
        let show = show.map(ToOwned::to_owned);
        let counted = bench.collector.counted(&Within { show, ..within() });
        let counted = counted.expect("it reads");
        counted.dropped.values().sum::<u64>()
    };
    assert_eq!([sum(None), sum(Some("one")), sum(Some("two"))], [11, 1, 10]);
}

#[tokio::test]
async fn since_when_somebody_is_here_is_the_minute_after_the_last_one_that_was_empty() {
    let bench = bench();
    let den = RoomId::parse("den").expect("it is an id");
    let since = |minute: u64| {
        let since = bench.collector.here_since(&den, minute * MINUTE);
        since.expect("it reads").map(|at| at / MINUTE)
    };
    assert_eq!(since(9), None);
    for minute in [1, 2, 3, 5, 6] {
        let viewers = vec![(den.clone(), 2)];
        let noted = bench
            .collector
            .0
            .store
            .viewers(viewers, minute * MINUTE)
            .await;
        noted.expect("it is written");
    }
    for (minute, known) in [
        (3, Some(1)),
        (4, Some(1)),
        (6, Some(5)),
        (7, Some(5)),
        (8, None),
    ] {
        assert_eq!(since(minute), known, "{minute}");
    }
    let other = RoomId::parse("other").expect("it is an id");
    let other = bench.collector.here_since(&other, 6 * MINUTE);
    assert_eq!(other.expect("it reads"), None);
}

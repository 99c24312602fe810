//! A room's share of the file: what is full is one room's, what is deleted makes room, and what is counted is what is there.

use super::*;
use liveroom_protocol::id::RoomId;
use liveroom_protocol::time::Timestamp;
use std::collections::HashMap;

/// Rooms of 8,000 bytes: some twelve of these reports.
fn small() -> Bench {
    bench_with(Limits {
        room_bytes: 8_000,
        ..Limits::default()
    })
}

fn of(room: &str, id: &str) -> Value {
    let mut report = report(id, 1);
    report["source"] = json!(format!("urn:liveroom:{room}"));
    report["data"] = json!({"room": room, "me": format!("{room}-m")});
    report
}

/// Sends single reports until one is not taken; says how many were.
async fn fill(bench: &Bench, room: &str) -> (usize, StatusCode) {
    for number in 0.. {
        let batch = json!([of(room, &format!("{room}-{number}"))]);
        let (status, _) = bench.batch(&batch).await;
        if status != StatusCode::ACCEPTED {
            return (number, status);
        }
    }
    unreachable!("it fills up")
}

/// The bytes that are counted of each room, and those of its rows as SQLite knows them.
fn counted(bench: &Bench) -> Vec<(String, u64, u64)> {
    let file = rusqlite::Connection::open(bench.folder.path().join("engagement.db"));
    let file = file.expect("it opens");
    let mut rows = file
        .prepare(
            "SELECT room, bytes, (SELECT coalesce(sum(300 + octet_length(source) + octet_length(id) + octet_length(kind)
                 + octet_length(data) + octet_length(subject) + octet_length(time) + octet_length(session) + octet_length(sent)), 0)
             FROM reports WHERE source = 'urn:liveroom:' || room) FROM room_bytes ORDER BY room",
        )
        .expect("it is SQL");
    let rows = rows.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)));
    let rows: rusqlite::Result<Vec<_>> = rows.expect("it reads").collect();
    rows.expect("it reads")
}

fn agrees(bench: &Bench) {
    for (room, said, is) in counted(bench) {
        assert_eq!(said, is, "{room}");
    }
}

#[tokio::test]
async fn a_full_room_is_told_to_wait_and_no_other_is() {
    let bench = small();
    let (taken, status) = fill(&bench, "den").await;
    assert!((10..20).contains(&taken), "{taken}");
    assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE);
    // A batch is taken whole or not at all.
    let both = json!([of("hall", "a"), of("den", "z")]);
    let (status, why) = bench.batch(&both).await;
    // What is stored is said to be, although there is room for nothing new.
    let (known, receipt) = bench.batch(&json!([of("den", "den-0")])).await;
    assert_eq!(
        (known, &receipt["known"]),
        (StatusCode::ACCEPTED, &json!(1))
    );
    assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(why["error"], "this room has as many reports as it may keep");
    let (status, _) = bench.batch(&json!([of("hall", "a")])).await;
    assert_eq!(status, StatusCode::ACCEPTED);
    agrees(&bench);
}

#[tokio::test]
async fn what_is_known_takes_no_more_and_what_is_deleted_makes_room() {
    let bench = small();
    for _ in 0..30 {
        let (status, _) = bench.batch(&json!([of("den", "a")])).await;
        assert_eq!(status, StatusCode::ACCEPTED, "the same again");
    }
    agrees(&bench);
    fill(&bench, "den").await;
    let room = RoomId::parse("den").expect("it is an id");
    let now = Clock::System.now();
    let erased = bench.collector.erase(&room, "den-m", "first", now).await;
    assert!(erased.expect("it is erased").reports > 10);
    agrees(&bench);
    assert_eq!(counted(&bench)[0].1, 0);
    let (status, _) = bench.batch(&json!([of("hall", "a")])).await;
    assert_eq!(status, StatusCode::ACCEPTED);
    let all = Timestamp(now.0 + 60_000);
    let deleted = bench.collector.expire(&HashMap::new(), all).await;
    assert!(deleted.expect("it is deleted") > 0);
    agrees(&bench);
    assert_eq!(counted(&bench)[1].1, 0);
}

#[tokio::test]
async fn a_full_file_of_an_earlier_version_is_opened_all_the_same() {
    let limits = Limits {
        file_bytes: 200 * 1024,
        ..Limits::default()
    };
    let bench = bench_with(limits.clone());
    let (taken, _) = fill(&bench, "den").await;
    assert!(taken > 50, "{taken}");
    let Bench { collector, folder } = bench;
    drop(collector);
    let path = folder.path().join("engagement.db");
    let file = rusqlite::Connection::open(&path).expect("it opens");
    file.execute_batch(
        "ALTER TABLE page_loads DROP COLUMN standing; DROP TABLE room_bytes; PRAGMA user_version = 2; VACUUM;",
    )
    .expect("it becomes an earlier one");
    drop(file);
    let collector = Collector::open_with(&path, limits, Clock::System).expect("it opens again");
    let bench = Bench { collector, folder };
    agrees(&bench);
    let (_, receipt) = bench.batch(&json!([of("den", "den-0")])).await;
    assert_eq!(receipt["known"], 1);
}

#[tokio::test]
async fn a_file_of_an_earlier_version_is_measured_when_it_is_opened() {
    for version in [1, 2] {
        let bench = bench();
        bench
            .batch(&json!([of("den", "a"), of("den", "b"), of("hall", "c")]))
            .await;
        let before = counted(&bench);
        let Bench { collector, folder } = bench;
        drop(collector);
        let path = folder.path().join("engagement.db");
        let file = rusqlite::Connection::open(&path).expect("it opens");
        let tables = match version {
            1 => {
                "DROP TABLE places; DROP TABLE counts; DROP TABLE page_loads; DROP TABLE steps; DROP TABLE order_values; DROP TABLE viewers;"
            }
            _ => "ALTER TABLE page_loads DROP COLUMN standing;",
        };
        file.execute_batch(&format!(
            "{tables} DROP TABLE room_bytes; PRAGMA user_version = {version};"
        ))
        .expect("it becomes an earlier one");
        drop(file);
        let collector = Collector::open(&path).expect("it opens again");
        let bench = Bench { collector, folder };
        assert_eq!(counted(&bench), before);
        agrees(&bench);
    }
}

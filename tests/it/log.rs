//! The log in SQLite: what every log promises, and what this one does when the disk is full, damaged or shared.

use liveroom_demo::log::{Kept, SqliteLog};
use liveroom_demo::{Clock, Error, Turned};
use liveroom_protocol::id::{Epoch, RequestId, RoomId};
use liveroom_protocol::time::{Span, Timestamp};
use liveroom_rules::log::conformance::conformance;
use liveroom_rules::log::{Append, Log};
use liveroom_rules::private::PrivateValue;
use liveroom_rules::private::erase::Erasure;
use liveroom_rules::pseudonym::Pseudonym;
use liveroom_rules::record::{Entry, Founding, Position, What, Who};
use rusqlite::Connection;
use std::path::Path;
use tempfile::TempDir;

fn room() -> RoomId {
    RoomId::parse("demo").expect("a word is an id")
}

fn open(folder: &Path) -> SqliteLog {
    SqliteLog::open(folder, Clock::Turned(Turned::at(Timestamp(1_000))), None)
        .expect("a log opens in an empty folder")
        .0
}

fn tick(number: u64) -> Append {
    Append {
        entry: Entry {
            who: Who::Room,
            id: RequestId::parse(format!("tick-{number}")).expect("a word is an id"),
            what: What::Tick,
        },
        private: Vec::new(),
    }
}

fn founding() -> Append {
    Append {
        entry: Entry {
            who: Who::Room,
            id: RequestId::parse("found").expect("a word is an id"),
            what: What::Found(Founding {
                rules: liveroom_rules::RULES,
                epoch: Epoch::parse("e").expect("a letter is an id"),
                room: room(),
            }),
        },
        private: Vec::new(),
    }
}

async fn write(log: &SqliteLog, ticks: u64) {
    let appends = std::iter::once(founding()).chain((1..ticks).map(tick));
    log.append(&room(), appends.collect())
        .await
        .expect("a sound log takes an append");
}

#[tokio::test]
async fn the_log_keeps_what_every_log_promises() {
    let folder = TempDir::new().unwrap();
    conformance(&open(folder.path())).await;
}

#[tokio::test]
async fn a_log_opened_again_goes_on_where_it_was() {
    let folder = TempDir::new().unwrap();
    let clock = Turned::at(Timestamp(5_000));
    let open = || SqliteLog::open(folder.path(), Clock::Turned(clock.clone()), None).unwrap();
    let (log, writer) = open();
    let made = log.make(&room()).await.unwrap();
    let secret = *log.secret().bytes();
    write(&log, 3).await;
    drop(log);
    writer.join().unwrap();

    // The machine's clock was set back meanwhile: the log's time is not.
    clock.set(Timestamp(2_000));
    let (log, _) = open();
    assert_eq!(
        log.make(&room()).await.unwrap(),
        made,
        "a room keeps its key"
    );
    assert_eq!(*log.secret().bytes(), secret);
    log.append(&room(), vec![tick(3)]).await.unwrap();
    clock.turn(Span(10_000));
    log.append(&room(), vec![tick(4)]).await.unwrap();
    let batch = log.follow(&room(), 0).await.unwrap();
    let times: Vec<u64> = batch.records.iter().map(|record| record.at.0).collect();
    assert_eq!(times, [5_000, 5_000, 5_000, 5_000, 12_000]);
}

#[tokio::test]
async fn a_full_disk_takes_all_of_an_append_or_nothing() {
    let folder = TempDir::new().unwrap();
    let clock = Clock::Turned(Turned::at(Timestamp(1)));
    let (log, writer) = SqliteLog::open(folder.path(), clock, Some(80 * 1024)).unwrap();
    log.append(&room(), vec![founding()]).await.unwrap();
    let mut written: Position = 1;
    let refused = loop {
        assert!(written < 5_000, "80 KiB never fill up");
        match log.append(&room(), (0..10).map(tick).collect()).await {
            Ok(()) => written += 10,
            Err(unavailable) => break unavailable,
        }
    };
    assert!(refused.0.contains("full"), "{refused:?}");
    let mut read = Vec::new();
    while (read.len() as Position) < written {
        read.extend(
            log.follow(&room(), read.len() as Position)
                .await
                .unwrap()
                .records,
        );
    }
    assert_eq!(read.len() as Position, written);
    drop(log);
    writer.join().unwrap();

    // With room on the disk again it goes on without a gap.
    let log = open(folder.path());
    log.append(&room(), vec![tick(0)]).await.unwrap();
    let after = log.follow(&room(), written).await.unwrap();
    assert_eq!(after.records[0].position, written + 1);
}

#[tokio::test]
async fn damage_is_found_where_it_is() {
    let harms = [
        (
            "UPDATE records SET body = replace(body, 'tick-3', 'tick-9') WHERE position = 4",
            4,
        ),
        ("UPDATE records SET at = at + 1 WHERE position = 4", 4),
        ("UPDATE records SET sum = 0 WHERE position = 1", 1),
        ("DELETE FROM records WHERE position = 3", 3),
        (
            "UPDATE records SET body = CAST(x'ff' AS TEXT) WHERE position = 5",
            5,
        ),
    ];
    for (harm, at) in harms {
        let folder = TempDir::new().unwrap();
        let log = open(folder.path());
        write(&log, 6).await;
        let other = Connection::open(folder.path().join("log.db")).unwrap();
        assert_eq!(other.execute(harm, []).unwrap(), 1, "{harm}");
        let batch = log.follow(&room(), 0).await.unwrap();
        assert_eq!(batch.damaged, Some(at), "{harm}");
        assert_eq!(batch.records.len() as Position, at - 1, "{harm}");
    }
}

#[tokio::test]
async fn a_file_of_noise_is_no_log() {
    let folder = TempDir::new().unwrap();
    std::fs::write(folder.path().join("log.db"), [b'x'; 4096]).unwrap();
    let opened = SqliteLog::open(folder.path(), Clock::System, None);
    let error = opened.err().expect("noise does not open");
    assert!(matches!(error, Error::Damaged { .. }), "{error}");
}

/// Orders to erase the first viewer.
fn erasure(position: Position) -> Erasure {
    Erasure {
        position,
        whose: Some(Pseudonym(1)),
        place: format!("erase/{position}"),
    }
}

#[tokio::test]
async fn erasing_a_viewer_takes_theirs_and_nothing_else() {
    let folder = TempDir::new().unwrap();
    let log = open(folder.path());
    let value = |key: &str, owner| PrivateValue {
        key: key.to_owned(),
        owner,
        value: key.to_owned(),
    };
    let values = vec![
        value("name/1", Some(Pseudonym(1))),
        value("claim/1", Some(Pseudonym(1))),
        value("name/2", Some(Pseudonym(2))),
        value("right/poll", None),
    ];
    let private = values.clone();
    log.append(
        &room(),
        vec![Append {
            private,
            ..founding()
        }],
    )
    .await
    .unwrap();
    assert_eq!(log.erase(&room(), erasure(2)).await, Ok(2));
    let mut left = log.private(&room()).unwrap();
    left.sort_by(|a, b| a.key.cmp(&b.key));
    assert_eq!(left, values[2..]);
    // Once for each order; another finds nothing more.
    assert_eq!(log.erase(&room(), erasure(2)).await, Ok(0));
    assert_eq!(log.erase(&room(), erasure(3)).await, Ok(0));
}

#[tokio::test]
async fn a_place_is_emptied_unless_a_record_names_it_that_was_not_folded_yet() {
    let folder = TempDir::new().unwrap();
    let log = open(folder.path());
    let value = |key: &str| PrivateValue {
        key: key.to_owned(),
        owner: None,
        value: "words".to_owned(),
    };
    let named = |number: u64, key: &str| {
        let mut append = tick(number);
        append.entry.id = RequestId::parse(key).expect("a word is an id");
        append.private = vec![value(key)];
        append
    };
    let appends = vec![
        founding(),
        named(1, "one"),
        named(2, "two"),
        named(3, "two"),
    ];
    log.append(&room(), appends).await.unwrap();
    log.forget(&room(), vec!["one".to_owned(), "two".to_owned()], 3);
    // What is asked later is done later.
    write(&log, 1).await;
    let left: Vec<String> = (log.private(&room()).unwrap().into_iter())
        .map(|value| value.key)
        .collect();
    assert_eq!(left, ["two"]);
    log.forget(&room(), vec!["two".to_owned()], 4);
    write(&log, 1).await;
    assert!(log.private(&room()).unwrap().is_empty());
}

#[tokio::test]
async fn sealing_leaves_the_views_and_destroys_the_key() {
    let folder = TempDir::new().unwrap();
    let (log, writer) = SqliteLog::open(folder.path(), Clock::System, None).unwrap();
    let Kept::Live(key) = log.make(&room()).await.unwrap() else {
        panic!("a room that was made is live");
    };
    write(&log, 3).await;
    log.seal(&room(), "the views".to_owned()).await.unwrap();
    let sealed = Kept::Sealed("the views".to_owned());
    assert_eq!(log.room(&room()).await.unwrap().as_ref(), Some(&sealed));
    assert_eq!(
        log.make(&room()).await.unwrap(),
        sealed,
        "it cannot be made again"
    );
    drop(log);
    writer.join().unwrap();
    for file in ["log.db", "log.db-wal"] {
        let bytes = std::fs::read(folder.path().join(file)).unwrap_or_default();
        let found = bytes.windows(key.len()).any(|window| window == key);
        assert!(!found, "the key of a sealed room lies in {file}");
    }
}

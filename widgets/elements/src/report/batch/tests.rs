//! Batches by example.

use super::*;
use liveroom_protocol::engagement::{Dropped, Report};
use liveroom_protocol::limits::BATCH_BYTES;
use serde_json::Value;

fn row(sequence: u64, padding: usize) -> Row {
    let text = Object::new()
        .text("specversion", "1.0")
        .text("id", &sequence.to_string())
        .text("source", "urn:liveroom:den")
        .text("type", "live.poll.seen")
        .text("time", "2026-11-22T20:15:00.000Z")
        .text("datacontenttype", "application/json")
        .raw("data", &Object::new().text("x", &"é".repeat(padding)).end())
        .end();
    Row {
        sequence,
        at: 1_000,
        text,
    }
}

fn lot(rows: Vec<Row>) -> Lot {
    Lot {
        session: "s1".into(),
        source: "urn:liveroom:den".into(),
        ledger: Ledger {
            created: 9,
            stored: 3,
            dropped: [(Dropped::QueueFull, 2)].into(),
        },
        rows,
        most: 100,
        bytes: BATCH_BYTES,
        now: 61_000,
        id: "l1".into(),
    }
}

fn read(batch: &Batch) -> Vec<Report<Value>> {
    serde_json::from_str(batch.body.as_deref().expect("there is a body")).expect("it is a batch")
}

#[test]
fn a_batch_is_its_reports_and_then_the_ledger() {
    let batch = batch(&lot(vec![row(6, 1), row(7, 1)]));
    assert_eq!(batch.take, [0, 1]);
    let reports = read(&batch);
    let numbers: Vec<u64> = reports.iter().map(|report| report.sequence).collect();
    assert_eq!(numbers, [6, 7, 9]);
    for report in &reports {
        assert_eq!(report.session, "s1");
        assert_eq!(report.senttime.as_deref(), Some("1970-01-01T00:01:01.000Z"));
    }
    let last = &reports[2];
    assert_eq!((last.kind.as_str(), last.id.as_str()), (LEDGER, "l1"));
    let ledger: Ledger = serde_json::from_value(last.data.clone()).expect("it is a ledger");
    assert_eq!((ledger.created, ledger.stored), (9, 3));
    assert_eq!(ledger.dropped[&Dropped::QueueFull], 2);
}

#[test]
fn the_ledger_counts_what_its_batch_holds() {
    let mut early = lot(vec![row(1, 1), row(2, 1)]);
    early.ledger = Ledger::default();
    early.most = 1;
    assert_eq!(read(&batch(&early))[1].data["created"], 1);
    early.most = 2;
    assert_eq!(read(&batch(&early))[2].data["created"], 2);
}

#[test]
fn no_batch_is_larger_than_its_limit_and_none_is_empty() {
    for bytes in [0, 500, 900, 5_000, 20_000, BATCH_BYTES] {
        let mut lot = lot((1..=100).map(|n| row(n, 400)).collect());
        lot.bytes = bytes;
        let batch = batch(&lot);
        let size = batch.body.as_ref().map_or(0, String::len);
        assert!(size <= bytes, "{size} of {bytes}");
        assert_eq!(batch.take.is_empty(), bytes <= 900);
        // Another record would not have fitted.
        assert!(batch.take.is_empty() || bytes - size < 1_200);
        assert_eq!(batch.take, (0..batch.take.len()).collect::<Vec<_>>());
    }
}

#[test]
fn at_least_one_report_goes_where_most_says_none() {
    let mut lot = lot(vec![row(1, 1), row(2, 1)]);
    lot.most = 0;
    assert_eq!(batch(&lot).take, [0]);
}

#[test]
fn what_is_too_old_or_damaged_comes_out_before_anything_is_sent() {
    let mut rows = vec![row(1, 1), row(2, 1), row(3, 1), row(4, 1), row(5, 1)];
    rows[1].text = String::from("{\"half\":");
    rows[2].text = String::new();
    rows[3].text = String::from("{}");
    let mut lot = lot(rows);
    lot.rows[4].at = AGE_MS + 1;
    lot.now = AGE_MS + 1_001;
    let batch = batch(&lot);
    assert_eq!(batch.too_old, [0, 1, 2, 3]);
    assert_eq!(batch.damaged, [] as [usize; 0]);
    lot.now = 5_000;
    let batch = super::batch(&lot);
    assert_eq!(batch.damaged, [1, 2, 3]);
    assert_eq!((batch.body, batch.take), (None, vec![]));
}

#[test]
fn a_device_clock_set_back_makes_nothing_too_old() {
    let mut lot = lot(vec![row(1, 1)]);
    lot.now = 0;
    assert_eq!(batch(&lot).take, [0]);
}

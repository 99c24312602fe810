//! Batches by example.

use super::*;
use liveroom_protocol::engagement::{Dropped, Ledger, Report};
use liveroom_protocol::limits::BATCH_BYTES;
use serde_json::Value;

fn text(sequence: u64, padding: usize) -> String {
    Object::new()
        .text("specversion", "1.0")
        .text("id", &sequence.to_string())
        .text("source", "urn:liveroom:den")
        .text("type", "live.poll.seen")
        .text("time", "2026-11-22T20:15:00.000Z")
        .text("datacontenttype", "application/json")
        .raw("data", &Object::new().text("x", &"é".repeat(padding)).end())
        .end()
}

fn lot(first: u64, texts: &[String]) -> Lot<'_> {
    Lot {
        session: "s1",
        source: "urn:liveroom:den",
        created: 9,
        settled: r#"{"stored":3,"dropped":{"queue_full":2}}"#,
        rows: (first..)
            .zip(texts)
            .map(|(sequence, text)| Row {
                sequence,
                at: 1_000,
                text,
            })
            .collect(),
        most: 100,
        bytes: BATCH_BYTES,
        now: 61_000,
        id: "l1",
    }
}

fn read(batch: &Batch) -> Vec<Report<Value>> {
    serde_json::from_str(batch.body.as_deref().expect("there is a body")).expect("it is a batch")
}

#[test]
fn a_batch_is_its_reports_and_then_the_ledger() {
    let texts = [text(6, 1), text(7, 1)];
    let batch = batch(&lot(6, &texts));
    assert_eq!(batch.take, 2);
    let reports = read(&batch);
    let numbers: Vec<u64> = reports.iter().map(|report| report.sequence).collect();
    assert_eq!(numbers, [6, 7, 9]);
    let body = batch.body.as_deref().expect("there is a body");
    assert!(body.contains(r#""sequence":"0000000006""#), "{body}");
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
    let texts = [text(1, 1), text(2, 1)];
    let mut early = lot(1, &texts);
    early.created = 0;
    early.most = 1;
    assert_eq!(read(&batch(&early))[1].data["created"], 1);
    early.most = 2;
    assert_eq!(read(&batch(&early))[2].data["created"], 2);
}

#[test]
fn no_batch_is_larger_than_its_limit_and_none_is_empty() {
    let texts: Vec<String> = (1..=100).map(|n| text(n, 400)).collect();
    for bytes in [0, 500, 900, 5_000, 20_000, BATCH_BYTES] {
        let mut lot = lot(1, &texts);
        lot.bytes = bytes;
        let batch = batch(&lot);
        let size = batch.body.as_ref().map_or(0, String::len);
        assert!(size <= bytes, "{size} of {bytes}");
        assert_eq!(batch.take == 0, bytes <= 900);
        // Another record would not have fitted.
        assert!(batch.take == 0 || bytes - size < 1_200);
    }
}

#[test]
fn at_least_one_report_goes_where_most_says_none() {
    let texts = [text(1, 1), text(2, 1)];
    let mut lot = lot(1, &texts);
    lot.most = 0;
    assert_eq!(batch(&lot).take, 1);
}

#[test]
fn what_is_too_old_or_damaged_comes_out_before_anything_is_sent() {
    let half = String::from("{\"half\":");
    let texts = [
        text(1, 1),
        half,
        String::new(),
        String::from("{}"),
        text(5, 1),
    ];
    let mut lot = lot(1, &texts);
    lot.rows[4].at = AGE_MS + 1;
    lot.now = AGE_MS + 1_001;
    assert_eq!(batch(&lot).too_old, [0, 1, 2, 3]);
    lot.now = 5_000;
    let batch = batch(&lot);
    assert_eq!(batch.damaged, [1, 2, 3]);
    assert_eq!((batch.body, batch.take), (None, 0));
}

#[test]
fn a_device_clock_set_back_makes_nothing_too_old() {
    let texts = [text(1, 1)];
    let mut lot = lot(1, &texts);
    lot.now = 0;
    assert_eq!(batch(&lot).take, 1);
}

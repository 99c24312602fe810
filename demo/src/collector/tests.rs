//! The collector through its HTTP, and what it then holds.

use super::*;
use axum::body::{Body, to_bytes};
use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, Request, StatusCode};
use liveroom_protocol::engagement::BATCH_TYPE;
use serde_json::{Value, json};
use std::net::SocketAddr;
use tempfile::TempDir;
use tower::ServiceExt;

const ROOM: &str = "urn:liveroom:den";

struct Bench {
    collector: Collector,
    folder: TempDir,
}

fn bench() -> Bench {
    bench_with(Limits::default())
}

fn bench_with(limits: Limits) -> Bench {
    let folder = tempfile::tempdir().expect("there is a folder");
    let path = folder.path().join("engagement.db");
    let collector = Collector::open_with(&path, limits, Clock::System).expect("it opens");
    Bench { collector, folder }
}

impl Bench {
    async fn send(&self, request: Request<Body>) -> (StatusCode, HeaderMap, Value) {
        let response = self.collector.router().oneshot(request).await;
        let response = response.expect("a router answers");
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, usize::MAX).await.expect("it is whole");
        let body = serde_json::from_slice(&body).unwrap_or_default();
        (parts.status, parts.headers, body)
    }

    async fn post(&self, kind: &str, body: impl Into<Body>) -> (StatusCode, Value) {
        let request = Request::post("/v1/engagement").header("content-type", kind);
        let request = request.body(body.into()).expect("it is a request");
        let (status, _, body) = self.send(request).await;
        (status, body)
    }

    async fn batch(&self, reports: &Value) -> (StatusCode, Value) {
        self.post(BATCH_TYPE, reports.to_string()).await
    }
}

fn report(id: &str, sequence: u64) -> Value {
    json!({"specversion": "1.0", "id": id, "source": ROOM, "type": "live.poll.seen", "subject": "p",
        "time": "2026-11-22T20:15:00.000Z", "session": "s", "sequence": sequence, "senttime": "2026-11-22T20:15:05.000Z",
        "datacontenttype": "application/json", "data": {"room": "den"}})
}

fn ledger(id: &str, created: u64, stored: u64, dropped: &Value) -> Value {
    let mut ledger = report(id, created);
    ledger["type"] = json!("live.room.ledger");
    ledger["data"] = json!({"created": created, "stored": stored, "dropped": dropped});
    ledger
}

#[tokio::test]
async fn a_report_is_stored_once_whatever_is_sent_again() {
    let bench = bench();
    let (status, receipt) = bench.batch(&json!([report("a", 1), report("b", 2)])).await;
    assert_eq!(status, StatusCode::ACCEPTED);
    assert_eq!(receipt, json!({"stored": 2, "known": 0, "conflicts": 0}));
    let mut later = report("a", 1);
    later["senttime"] = json!("2026-11-22T20:16:00.000Z");
    let (_, receipt) = bench
        .batch(&json!([later, report("c", 3), report("c", 3)]))
        .await;
    assert_eq!(receipt, json!({"stored": 1, "known": 2, "conflicts": 0}));
    let reports = bench.collector.reports(Which::default()).expect("it reads");
    let ids: Vec<&str> = reports.iter().map(|report| report.id.as_str()).collect();
    assert_eq!(ids, ["a", "b", "c"]);
    assert_eq!(reports[0].sent.as_deref(), Some("2026-11-22T20:15:05.000Z"));
    assert_eq!((reports[0].again, reports[2].again), (1, 1));
}

#[tokio::test]
async fn another_report_under_a_taken_name_is_a_conflict_and_the_first_stays() {
    let bench = bench();
    bench.batch(&json!([report("a", 1)])).await;
    let mut other = report("a", 1);
    other["data"] = json!({"room": "other"});
    let (status, receipt) = bench.batch(&json!([other])).await;
    assert_eq!(status, StatusCode::ACCEPTED);
    assert_eq!(receipt, json!({"stored": 0, "known": 0, "conflicts": 1}));
    let mut elsewhere = report("a", 1);
    elsewhere["source"] = json!("urn:liveroom:other");
    let (_, receipt) = bench.batch(&json!([elsewhere])).await;
    assert_eq!(receipt["stored"], 1, "a name is taken within its source");
    let which = Which {
        source: Some(ROOM),
        ..Which::default()
    };
    let reports = bench.collector.reports(which).expect("it reads");
    assert_eq!(reports[0].data, json!({"room": "den"}));
    assert_eq!((reports.len(), reports[0].conflicts), (1, 1));
}

#[tokio::test]
async fn the_three_types_are_taken_and_no_other() {
    let bench = bench();
    for (kind, status) in [
        ("application/cloudevents-batch+json", 202),
        ("application/cloudevents+json; charset=utf-8", 202),
        ("Text/Plain;charset=UTF-8", 202),
        ("application/json", 415),
        ("multipart/form-data", 415),
        ("", 415),
    ] {
        let (got, _) = bench.post(kind, report("a", 1).to_string()).await;
        assert_eq!(got.as_u16(), status, "{kind}");
    }
    let packed = Request::post("/v1/engagement").header("content-type", BATCH_TYPE);
    let packed = packed
        .header("content-encoding", "gzip")
        .body(Body::from("x"));
    let (status, ..) = bench.send(packed.expect("it is a request")).await;
    assert_eq!(status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
}

#[tokio::test]
async fn a_batch_with_one_bad_report_stores_none() {
    let bench = bench();
    let (status, body) = bench.batch(&json!([report("a", 1), {"id": "b"}])).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    let why = body["error"].as_str().expect("it says why");
    assert!(why.starts_with("report 1: "), "{why}");
    assert_eq!(bench.collector.count(Which::default()).ok(), Some(0));
}

#[tokio::test]
async fn what_is_too_large_is_413() {
    let bench = bench();
    let (status, _) = bench.post(BATCH_TYPE, " ".repeat(BODY_BYTES + 1)).await;
    assert_eq!(status, StatusCode::PAYLOAD_TOO_LARGE);
    let many =
        vec![json!({"specversion": "1.0", "id": "a", "source": "s", "type": "t"}); REPORTS + 1];
    let (status, _) = bench.batch(&json!(many)).await;
    assert_eq!(status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn any_page_may_ask_and_read_the_answer() {
    let bench = bench();
    let ask = Request::options("/v1/engagement").header("origin", "https://any.example");
    let ask = ask.body(Body::empty()).expect("it is a request");
    let (status, headers, _) = bench.send(ask).await;
    assert_eq!(status, StatusCode::NO_CONTENT);
    assert_eq!(headers["access-control-allow-headers"], "content-type");
    assert_eq!(headers["access-control-allow-methods"], "POST");
    for body in ["[]", "nonsense"] {
        let post = Request::post("/v1/engagement").header("content-type", BATCH_TYPE);
        let (_, headers, _) = bench
            .send(post.body(body.into()).expect("it is a request"))
            .await;
        assert_eq!(headers["access-control-allow-origin"], "*", "{body}");
        assert_eq!(headers["access-control-expose-headers"], "retry-after");
        assert!(!headers.contains_key("access-control-allow-credentials"));
    }
    let get = Request::get("/v1/engagement").body(Body::empty());
    let (status, ..) = bench.send(get.expect("it is a request")).await;
    assert_eq!(status, StatusCode::METHOD_NOT_ALLOWED);
}

#[tokio::test]
async fn an_address_that_sends_too_much_is_told_to_wait() {
    let bench = bench_with(Limits {
        per_second: 1,
        burst: 2,
        ..Limits::default()
    });
    let from = |address: &str| {
        let address: SocketAddr = address.parse().expect("it is an address");
        let request = Request::post("/v1/engagement").header("content-type", BATCH_TYPE);
        let mut request = request.body(Body::from("[]")).expect("it is a request");
        request.extensions_mut().insert(ConnectInfo(address));
        request
    };
    for expected in [202, 202, 429] {
        let (status, headers, _) = bench.send(from("192.0.2.1:5000")).await;
        assert_eq!(status.as_u16(), expected);
        assert_eq!(headers.contains_key("retry-after"), expected == 429);
    }
    let (status, ..) = bench.send(from("192.0.2.2:5000")).await;
    assert_eq!(status, StatusCode::ACCEPTED);
}

#[tokio::test]
async fn a_full_store_asks_for_patience_and_keeps_what_it_has() {
    let bench = bench_with(Limits {
        file_bytes: 160 * 1024,
        ..Limits::default()
    });
    let mut full = None;
    let mut stored = 0;
    for n in 0..200 {
        let mut large = report(&n.to_string(), n + 1);
        large["data"] = json!("x".repeat(4_000));
        let request = Request::post("/v1/engagement").header("content-type", BATCH_TYPE);
        let request = request.body(Body::from(json!([large]).to_string()));
        let (status, headers, _) = bench.send(request.expect("it is a request")).await;
        if status == StatusCode::ACCEPTED {
            stored += 1;
        } else {
            full = Some((status, headers["retry-after"].clone()));
            break;
        }
    }
    let (status, seconds) = full.expect("it filled up");
    assert_eq!(
        (status, seconds.as_bytes()),
        (StatusCode::SERVICE_UNAVAILABLE, &b"60"[..])
    );
    assert_eq!(bench.collector.count(Which::default()).ok(), Some(stored));
}

#[tokio::test]
async fn a_page_load_balances_with_the_ledger_that_knew_most() {
    let bench = bench();
    let dropped = json!({"queue_full": 2});
    bench
        .batch(&json!([report("a", 1), ledger("l1", 1, 0, &json!({}))]))
        .await;
    bench
        .batch(&json!([report("d", 4), ledger("l2", 5, 1, &dropped)]))
        .await;
    // Anybody can send anything.
    let mut nonsense = ledger("l3", 0, 0, &dropped);
    nonsense["data"] = json!({"created": "many"});
    nonsense["session"] = json!("other");
    bench.batch(&json!([nonsense])).await;
    let sessions = bench.collector.sessions(ROOM).expect("it reads");
    assert_eq!(sessions.len(), 2);
    assert_eq!((sessions[0].stored, sessions[0].highest), (2, 4));
    assert_eq!(sessions[0].ledger.created, 5);
    assert_eq!(sessions[0].waiting(), 1);
    assert_eq!(sessions[1].ledger.created, 0);
}

#[tokio::test]
async fn what_was_acknowledged_is_there_after_opening_again() {
    let Bench { collector, folder } = bench();
    let bench = Bench { collector, folder };
    bench.batch(&json!([report("a", 1)])).await;
    let Bench { collector, folder } = bench;
    drop(collector);
    let path = folder.path().join("engagement.db");
    let collector = Collector::open(&path).expect("it opens again");
    assert_eq!(collector.count(Which::default()).ok(), Some(1));
    let other = folder.path().join("other.db");
    std::fs::write(&other, "no database".repeat(100)).expect("it is written");
    assert!(matches!(Collector::open(&other), Err(Failed::Open { .. })));
}

#[tokio::test]
async fn many_senders_at_once_lose_nothing() {
    let bench = bench();
    let mut senders = tokio::task::JoinSet::new();
    for sender in 0..50_u64 {
        let router = bench.collector.router();
        senders.spawn(async move {
            for n in 0..20 {
                // Each report comes from two senders.
                let id = format!("{}-{n}", sender / 2);
                let body = json!([report(&id, n + 1)]).to_string();
                let request = Request::post("/v1/engagement").header("content-type", "text/plain");
                let request = request.body(Body::from(body)).expect("it is a request");
                let answer = router.clone().oneshot(request).await.expect("it answers");
                assert_eq!(answer.status(), StatusCode::ACCEPTED);
            }
        });
    }
    senders.join_all().await;
    let reports = bench.collector.reports(Which::default()).expect("it reads");
    assert_eq!(reports.len(), 500);
    assert!(
        reports
            .iter()
            .all(|report| report.again == 1 && report.conflicts == 0)
    );
}

mod counted;
mod share;
mod sources;

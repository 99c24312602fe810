//! How much of one room is taken.

use super::*;
use liveroom_protocol::time::{Span, Timestamp};

fn batch(from: u64, room: &str) -> Value {
    let reports = (from..from + 10).map(|n| {
        let mut report = report(&n.to_string(), n + 1);
        report["source"] = json!(format!("https://live.example/v1/rooms/{room}"));
        report
    });
    Value::from_iter(reports)
}

#[tokio::test]
async fn a_room_that_sends_too_much_waits_and_no_other_with_it() {
    let clock = crate::Turned::at(Timestamp(1_000));
    let folder = tempfile::tempdir().expect("there is a folder");
    let limits = Limits {
        room_per_second: 10,
        room_burst: 30,
        ..Limits::default()
    };
    let path = folder.path().join("engagement.db");
    let collector =
        Collector::open_with(&path, limits, Clock::Turned(clock.clone())).expect("it opens");
    let bench = Bench { collector, folder };
    for from in [0, 10, 20] {
        let (status, _) = bench.batch(&batch(from, "loud")).await;
        assert_eq!(status, StatusCode::ACCEPTED);
    }
    let request = Request::post("/v1/engagement").header("content-type", BATCH_TYPE);
    let request = request.body(Body::from(batch(30, "loud").to_string()));
    let (status, headers, said) = bench.send(request.expect("it is a request")).await;
    assert_eq!(status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(headers["retry-after"], "1");
    assert_eq!(said["error"], "too many reports of this room");
    let (status, _) = bench.batch(&batch(0, "quiet")).await;
    assert_eq!(status, StatusCode::ACCEPTED);
    clock.turn(Span(1_000));
    let (status, _) = bench.batch(&batch(30, "loud")).await;
    assert_eq!(status, StatusCode::ACCEPTED, "a second brings room for ten");
    assert_eq!(bench.collector.count(Which::default()).ok(), Some(50));
}

#[tokio::test]
async fn a_batch_of_many_sources_is_none_that_a_page_sends() {
    let bench = bench();
    let crowd = (0..17).map(|n| {
        let mut report = report(&n.to_string(), 1);
        report["source"] = json!(format!("urn:liveroom:r{n}"));
        report
    });
    let (status, _) = bench.batch(&Value::from_iter(crowd)).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert_eq!(bench.collector.count(Which::default()).ok(), Some(0));
}

#[tokio::test]
async fn one_address_does_not_shut_a_room_out_for_the_others() {
    let clock = crate::Turned::at(Timestamp(1_000));
    let folder = tempfile::tempdir().expect("there is a folder");
    let limits = Limits {
        room_per_second: 10,
        room_burst: 60,
        ..Limits::default()
    };
    let path = folder.path().join("engagement.db");
    let collector = Collector::open_with(&path, limits, Clock::Turned(clock)).expect("it opens");
    let bench = Bench { collector, folder };
    let from = async |address: &str, from: u64| {
        let request = Request::post("/v1/engagement").header("content-type", BATCH_TYPE);
        let body = Body::from(batch(from, "loud").to_string());
        let mut request = request.body(body).expect("it is a request");
        let address: SocketAddr = address.parse().expect("it is an address");
        request.extensions_mut().insert(ConnectInfo(address));
        bench.send(request).await.0
    };
    for n in [0, 10, 20] {
        assert_eq!(from("10.0.0.1:9", n).await, StatusCode::ACCEPTED);
    }
    for n in 3..20 {
        let refused = from("10.0.0.1:9", n * 10).await;
        assert_eq!(refused, StatusCode::TOO_MANY_REQUESTS);
    }
    assert_eq!(from("10.0.0.2:9", 200).await, StatusCode::ACCEPTED);
}

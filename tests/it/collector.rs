//! What anybody may send to the collector: each has a clear status, nothing of it breaks anything, and what is well is still taken.

use liveroom_demo::collector::{BODY_BYTES, DEPTH, REPORTS, Which};
use liveroom_protocol::engagement::BATCH_TYPE;
use liveroom_protocol::identity::Role;
use liveroom_tests::House;
use liveroom_tests::house::NOON;
use reqwest::{Body, Client, StatusCode};
use serde_json::{Value, json};

const SOURCE: &str = "urn:liveroom:demo";

async fn post(house: &House, kind: &str, body: impl Into<Body>) -> (StatusCode, Value) {
    let request = Client::new().post(house.url("/v1/engagement"));
    let request = request.header("content-type", kind).body(body);
    let answer = request.send().await.expect("the server answers");
    let status = answer.status();
    (status, answer.json().await.expect("it says why in JSON"))
}

fn report(id: &str) -> Value {
    json!({"specversion": "1.0", "id": id, "source": SOURCE, "type": "live.poll.seen", "subject": "p",
        "time": "2026-05-04T12:00:00.000Z", "session": "s", "sequence": "0000000001",
        "datacontenttype": "application/json", "data": {"room": "demo", "activity": "p", "widget": "poll"}})
}

fn with(name: &str, value: Value) -> Value {
    let mut report = report("changed");
    report[name] = value;
    report
}

fn stored(house: &House) -> u64 {
    let collector = &house.running().collector;
    collector.count(Which::default()).expect("it can be read")
}

#[tokio::test]
async fn any_bytes_and_wrong_types_are_refused_whole_and_said_so() {
    let house = House::open().await;
    let deep = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    let mut bodies: Vec<Vec<u8>> = [
        "",
        " ",
        "null",
        "7",
        "\"text\"",
        "{}",
        "[{}]",
        "[[]]",
        "[null]",
        "{\"a\":",
        "[1,",
        "<html>",
        "\u{feff}[]",
    ]
    .into_iter()
    .map(Into::into)
    .collect();
    bodies.extend([
        vec![0; 100],
        vec![0xff; 1_000],
        b"[{\"id\":\"\xc3\x28\"}]".to_vec(),
        (0..=255).cycle().take(50_000).collect(),
        deep(DEPTH + 1).into(),
        deep(60_000).into(),
        "{\"a\":".repeat(20_000).into(),
    ]);
    for (name, value) in [
        ("specversion", json!("0.3")),
        ("specversion", json!(1.0)),
        ("id", json!("")),
        ("id", json!({"a": 1})),
        ("source", json!(7)),
        ("type", json!(null)),
        ("subject", json!([])),
        ("time", json!(1_700_000_000)),
        ("session", json!(true)),
        ("senttime", json!("x".repeat(3_000))),
        ("datacontenttype", json!("application/xml")),
        ("data_base64", json!("AAAA")),
    ] {
        // One bad report among good ones: the batch is one thing.
        bodies.push(
            json!([report("good"), with(name, value)])
                .to_string()
                .into(),
        );
    }
    for body in bodies {
        let shown = String::from_utf8_lossy(&body[..body.len().min(60)]).into_owned();
        for kind in [BATCH_TYPE, "application/cloudevents+json", "text/plain"] {
            let (status, said) = post(&house, kind, body.clone()).await;
            assert_eq!(status, StatusCode::BAD_REQUEST, "{kind} {shown:?}");
            let why = said["error"].as_str().expect("it says why");
            assert!(!why.is_empty() && why.len() < 300, "{why}");
            house.turn(1_000);
        }
    }
    assert_eq!(stored(&house), 0);
    let (status, receipt) = post(&house, BATCH_TYPE, json!([report("good")]).to_string()).await;
    assert_eq!(
        (status, &receipt["stored"]),
        (StatusCode::ACCEPTED, &json!(1))
    );
    house.close().await;
}

#[tokio::test]
async fn what_is_too_large_is_not_read_to_its_end() {
    let house = House::open().await;
    let many = json!(vec![report("same"); REPORTS + 1]).to_string();
    assert!(many.len() > BODY_BYTES);
    for body in [" ".repeat(10_000_000), " ".repeat(BODY_BYTES + 1), many] {
        let length = body.len();
        let request = Client::new().post(house.url("/v1/engagement"));
        let request = request.header("content-type", BATCH_TYPE).body(body).send();
        match request.await {
            Ok(answer) => assert_eq!(answer.status(), StatusCode::PAYLOAD_TOO_LARGE, "{length}"),
            // A server that reads no further may end the line before all was sent.
            Err(error) => assert!(length == 10_000_000 && !error.is_timeout(), "{error}"),
        }
    }
    let small = json!({"specversion": "1.0", "id": "a", "source": SOURCE, "type": "t"});
    let (status, _) = post(
        &house,
        BATCH_TYPE,
        json!(vec![small; REPORTS + 1]).to_string(),
    )
    .await;
    assert_eq!(status, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(stored(&house), 0);
    house.close().await;
}

#[tokio::test]
async fn a_source_that_is_no_room_of_the_server_is_refused() {
    let house = House::open().await;
    let long = format!("https://far.example/{}", "x".repeat(1_500));
    for source in [
        "urn:liveroom:nowhere",
        "https://far.example/v1/rooms/nowhere",
        "https://far.example/",
        "urn:liveroom:",
        "urn:liveroom:a b",
        "../../demo",
        "javascript:alert(1)",
        &long,
    ] {
        let batch = json!([report("good"), with("source", json!(source))]).to_string();
        let (status, said) = post(&house, BATCH_TYPE, batch).await;
        assert_eq!(status, StatusCode::FORBIDDEN, "{source}");
        assert!(
            said["error"].as_str().is_some_and(|why| why.len() < 300),
            "{said}"
        );
    }
    assert_eq!(stored(&house), 0);
    let crowd = (0..40).map(|n| with("source", json!(format!("urn:liveroom:r{n}"))));
    let (status, _) = post(&house, BATCH_TYPE, Value::from_iter(crowd).to_string()).await;
    assert_eq!(
        status,
        StatusCode::BAD_REQUEST,
        "a page reports of one room"
    );
    // The room's address on whatever name the server has, behind whatever proxy.
    let named = with("source", json!("https://live.example/v1/rooms/demo"));
    let (status, _) = post(&house, BATCH_TYPE, json!([named]).to_string()).await;
    assert_eq!(status, StatusCode::ACCEPTED);
    house.close().await;
}

#[tokio::test]
async fn clocks_that_are_years_off_and_ids_used_again_change_no_figure() {
    let house = House::open().await;
    let far = |id: &str, time: &str, at: Value| {
        let mut report = report(id);
        report["time"] = json!(time);
        report["senttime"] = json!(time);
        report["data"]["at"] = at;
        report
    };
    let batch = json!([
        far("past", "1970-01-01T00:00:00.000Z", json!(0)),
        far(
            "future",
            "9999-12-31T23:59:59.999Z",
            json!(253_402_300_799_999_u64)
        ),
        far("none", "yesterday", json!(-5)),
        far("huge", "2026-05-04T12:00:00.000Z", json!(1e300)),
    ]);
    let (status, receipt) = post(&house, BATCH_TYPE, batch.to_string()).await;
    assert_eq!(
        (status, &receipt["stored"]),
        (StatusCode::ACCEPTED, &json!(4))
    );
    let mut other = report("past");
    other["data"] =
        json!({"room": "demo", "activity": "other", "widget": "deal", "value": "999999"});
    other["type"] = json!("live.deal.order");
    let (status, receipt) = post(&house, BATCH_TYPE, json!([other]).to_string()).await;
    assert_eq!(status, StatusCode::ACCEPTED);
    assert_eq!(receipt, json!({"stored": 0, "known": 0, "conflicts": 1}));
    let reports = house.running().collector.reports(Which::default());
    let reports = reports.expect("it can be read");
    assert_eq!(
        (reports.len(), reports[0].kind.as_str()),
        (4, "live.poll.seen")
    );
    let orders = house.running().collector.count(Which {
        kind: Some("live.deal.order"),
        ..Which::default()
    });
    assert_eq!(orders.expect("it can be read"), 0);
    // They are counted in the minute in which they came, and no time is shown that was not.
    let asked = Client::new().get(house.url("/v1/rooms/demo/insights"));
    let asked = asked.bearer_auth(house.token(Role::Analyst, "ana"));
    let told = asked.send().await.expect("the server answers");
    let told: Value = told.json().await.expect("it is JSON");
    let times = told["minutes"].as_array().into_iter().flatten();
    let seen: Vec<_> = times.map(|step| (&step["at"], &step["browsers"])).collect();
    assert_eq!(seen, [(&json!(NOON), &json!(1))], "{}", told["minutes"]);
    house.close().await;
}

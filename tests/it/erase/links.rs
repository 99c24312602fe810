//! Who shared a link is erased: its code, which follows from their name in reports, is found nowhere, and what came by it stays counted.

use super::{House, Role, command, lies_in};
use reqwest::StatusCode;
use serde_json::{Value, json};

const ME: &str = "0123456789abcdef0123456789abcdef";
/// `live-ref  demo ME` by SHA-256, the first 12 bytes in base64url: as `sha256sum` and `basenc` reckon it.
const CODE: &str = "RixvWzVy41Ba585w";
/// Of somebody else's link.
const OTHER: &str = "AAAAAAAAAAAAAAAA";

async fn report(house: &House, reports: &[(&str, &str, Value)]) {
    let made = reports.iter().enumerate().map(|(number, (session, kind, data))| {
        let mut all = json!({"room": "demo", "at": house.clock.now().0});
        for (name, value) in data.as_object().into_iter().flatten() {
            all[name] = value.clone();
        }
        // Anybody may say that a page named the server so.
        let source = match *session {
            "d" => String::from("https://elsewhere.example/v1/rooms/demo"),
            _ => String::from("urn:liveroom:demo"),
        };
        json!({"specversion": "1.0", "id": format!("{session}-{number}"), "source": source, "type": kind,
            "session": session, "sequence": number + 1, "data": all})
    });
    let sent = reqwest::Client::new()
        .post(house.url("/v1/engagement"))
        .header("content-type", "text/plain")
        .body(Value::from_iter(made).to_string());
    let status = sent.send().await.expect("it answers").status();
    assert_eq!(status, StatusCode::ACCEPTED);
}

/// Arrivals by link, the codes in order.
async fn links(house: &House) -> Vec<(String, u64)> {
    let asked = reqwest::Client::new()
        .get(house.url("/v1/rooms/demo/insights"))
        .bearer_auth(house.token(Role::Owner, "boss"));
    let told = asked.send().await.expect("the server answers");
    let told: Value = told.json().await.expect("it is JSON");
    let links = told["referrals"].as_array().expect("links").iter();
    let link = |link: &Value| {
        let code = link["code"].as_str().expect("a code");
        (code.to_owned(), link["arrivals"].as_u64().expect("a count"))
    };
    links.map(link).collect()
}

#[tokio::test]
async fn a_link_of_who_is_erased_leads_back_to_nobody_and_stays_counted() {
    let house = House::open().await;
    house.open_tea().await;
    let share = json!({"me": ME, "act": "share", "referral": CODE});
    let by = |code: &str, me: char| json!({"me": me.to_string().repeat(32), "referral": code});
    let arrived = "live.room.arrived";
    report(
        &house,
        &[
            ("a", "live.room.acted", share),
            ("b", arrived, by(CODE, 'b')),
            ("c", arrived, by(CODE, 'c')),
            ("d", arrived, by(OTHER, 'd')),
        ],
    )
    .await;
    let other = (OTHER.to_owned(), 1);
    assert_eq!(links(&house).await, [(CODE.to_owned(), 2), other.clone()]);
    let erase = json!({"type": "viewer.erase", "me": ME});
    let (status, told) = command(&house, Role::Owner, "e", &erase).await;
    assert_eq!(status, StatusCode::OK, "{told}");
    assert_eq!(told["receipt"]["erased"]["reports"], 1, "{told}");
    assert!(!lies_in(house.folder(), CODE));
    assert!(lies_in(house.folder(), OTHER));
    let after = links(&house).await;
    assert_ne!(after[0].0, CODE);
    assert_eq!((after[0].1, &after[1]), (2, &other));
    house.close().await;
}

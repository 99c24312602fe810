//! Whose figures: a partner's brand and nobody else's, and members by tier and by segment.

use super::brand::fair;
use super::*;
use liveroom_protocol::message::Seat;
use liveroom_tests::house::hello;

/// A partner of Harbour, who asks for another brand and for all.
async fn as_partner(house: &House, path: &str) -> String {
    let mut claims = house.claims(Role::Partner, "pat");
    claims.brand = serde_json::from_value(json!("Harbour")).ok();
    let asked = Client::new().get(house.url(&format!("/v1/rooms/demo/{path}")));
    let answer = asked.bearer_auth(house.sign(&claims)).send().await;
    let answer = answer.expect("the server answers");
    assert_eq!(answer.status(), StatusCode::OK, "{path}");
    answer.text().await.expect("it is text")
}

#[tokio::test]
async fn a_partner_is_told_of_its_own_brand_whatever_it_asks_for() {
    let house = House::open().await;
    fair(&house).await;
    for path in [
        "insights?by=all",
        "insights?by=all&brand=Glacier",
        "export.csv?by=all&brand=Glacier",
        "export.json?by=all&brand=Glacier",
        "moments.vtt?brand=Glacier",
    ] {
        let text = as_partner(&house, path).await;
        for word in ["Glacier", "ice", "sled", "Sled", "s-1", "cold"] {
            let whole = |part: &str| !text.contains(part);
            let quoted = [
                format!("\"{word}\""),
                format!(",{word},"),
                format!("{word}?"),
            ];
            assert!(
                quoted.iter().all(|part| whole(part)),
                "{word} in {path}: {text}"
            );
        }
    }
    let told: Value =
        serde_json::from_str(&as_partner(&house, "insights?by=all").await).expect("it is JSON");
    assert_eq!(told["scope"]["brand"], "Harbour");
    assert_eq!(*total(&told, "votes"), 1);
    house.close().await;
}

#[tokio::test]
async fn what_members_did_is_told_by_tier_and_by_segment() {
    let house = House::open().await;
    let mut desk = house.desk().await;
    desk.must(json!({ "type": "poll.open", "activity": "tea", "question": "Tea?", "options": ["Yes", "No"] }))
        .await;
    for (sub, tier, segments) in [
        ("ann", Some("gold"), vec!["north", "early"]),
        ("bob", Some("gold"), vec!["south"]),
        ("cem", Some("blue"), vec!["north"]),
        ("dee", None, vec![]),
    ] {
        let mut claims = house.claims(Role::Viewer, sub);
        claims.tier = serde_json::from_value(json!(tier)).expect("a tier");
        claims.segments = serde_json::from_value(json!(segments)).expect("segments");
        let hello = hello(Some(house.sign(&claims)), Seat::Viewer);
        let mut page = liveroom_tests::Client::greet(&house, hello).await;
        assert!(page.vote("tea", &["1"]).await.ok, "{sub}");
    }
    for (by, rows) in [
        ("tier", vec![("gold", 2), ("blue", 1), ("", 1)]),
        (
            "segment",
            vec![("north", 2), ("early", 1), ("south", 1), ("", 1)],
        ),
    ] {
        let told = insights(&house, &format!("?by={by}")).await;
        for (key, votes) in &rows {
            let room = &row(&told, key)["room"];
            assert_eq!(
                (&room["votes"], &room["participants"]),
                (&json!(votes), &json!(votes)),
                "{by} {key}"
            );
        }
        let all = told["rows"].as_array().map(Vec::len);
        assert_eq!(all, Some(rows.len()), "{by}: {told}");
    }
    house.close().await;
}

//! Whose figures: a partner's brand and nobody else's, and members by tier and by segment.

use super::brand::fair;
use super::*;
use liveroom_protocol::message::{Seat, ToRoom};
use liveroom_tests::Client as Page;
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
        let mut page = Page::greet(&house, hello).await;
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

/// A member's page: what its reports call its viewer.
async fn member(house: &House, sub: &str, tier: Option<&str>, segments: &[&str]) -> (Page, String) {
    let mut claims = house.claims(Role::Viewer, sub);
    claims.tier = serde_json::from_value(json!(tier)).expect("a tier");
    claims.segments = serde_json::from_value(json!(segments)).expect("segments");
    let hello = hello(Some(house.sign(&claims)), Seat::Viewer);
    let page = Page::greet(house, hello).await;
    let welcome = page.seen.welcome.as_ref().expect("it is welcome");
    let me = welcome.me.clone().expect("it has a name");
    (page, me)
}

/// Browsers that got as far as each step of the funnel of a row.
fn steps(row: &Value) -> Value {
    let funnel = &row["funnel"];
    json!([
        funnel["browsers"],
        funnel["seen"],
        funnel["acted"]["count"],
        funnel["outcome"]["count"]
    ])
}

#[tokio::test]
async fn how_far_members_got_is_told_by_what_the_room_knows_of_whoever_reports() {
    let house = House::open().await;
    let mut desk = house.desk().await;
    desk.must(tea_of("Harbour")).await;
    let (_ann, ann) = member(&house, "ann", Some("gold"), &["north", "early"]).await;
    let (_bob, bob) = member(&house, "bob", Some("gold"), &["south"]).await;
    let (_dee, dee) = member(&house, "dee", None, &[]).await;
    // Whoever says of themselves what they are not, and names nobody whom the room knows.
    let liar = json!({ "tier": "gold", "me": "0".repeat(32) });
    let mut pages = Reporter::new(&house);
    let of = |me: &str| json!({ "activity": "tea", "widget": "poll", "me": me });
    for (session, data, kinds) in [
        ("a", of(&ann), &["seen", "acted", "outcome"][..]),
        ("b", of(&bob), &["seen", "acted"]),
        ("b2", of(&bob), &["seen"]),
        ("d", of(&dee), &["seen", "acted"]),
        (
            "x",
            json!({ "activity": "tea", "widget": "poll", "tier": liar["tier"], "me": liar["me"] }),
            &["seen"],
        ),
    ] {
        for kind in kinds {
            pages.report(session, &format!("live.poll.{kind}"), &data);
        }
    }
    pages.send().await;
    for (by, rows) in [
        ("tier", vec![("gold", [2, 2, 2, 1]), ("", [2, 2, 1, 0])]),
        (
            "segment",
            vec![
                ("north", [1, 1, 1, 1]),
                ("early", [1, 1, 1, 1]),
                ("south", [1, 1, 1, 0]),
                ("", [2, 2, 1, 0]),
            ],
        ),
    ] {
        let told = insights(&house, &format!("?by={by}")).await;
        for (key, got) in &rows {
            assert_eq!(steps(row(&told, key)), json!(got), "{by} {key}");
        }
        let reports = &row(&told, "")["reports"];
        assert_eq!(
            reports["visible_ms"],
            Value::Null,
            "what no row knows is told in none"
        );
    }
    house.close().await;
}

#[tokio::test]
async fn a_tier_that_a_viewer_came_to_while_the_page_was_open_is_theirs() {
    let house = House::open().await;
    let mut desk = house.desk().await;
    desk.must(tea_of("Harbour")).await;
    let (mut page, me) = member(&house, "ann", None, &[]).await;
    let mut claims = house.claims(Role::Viewer, "ann");
    claims.tier = serde_json::from_value(json!("gold")).expect("a tier");
    let token = house.sign(&claims);
    page.send(&ToRoom::Renew { token }).await;
    // What comes after it is answered after it.
    assert!(page.vote("tea", &["1"]).await.ok);
    let mut pages = Reporter::new(&house);
    pages.report(
        "a",
        "live.poll.seen",
        &json!({ "activity": "tea", "widget": "poll", "me": me }),
    );
    pages.send().await;
    let told = insights(&house, "?by=tier").await;
    assert_eq!(steps(row(&told, "gold")), json!([1, 1, 0, 0]));
    house.close().await;
}

//! Profiles over the public surface: set by the owner, checked before anything is written, frozen, exported, two people.

use liveroom_protocol::identity::Role;
use liveroom_protocol::message::{FromRoom, Seat, ToRoom};
use liveroom_tests::house::hello;
use liveroom_tests::{Client, House};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

/// What an address answers to someone.
async fn ask(
    house: &House,
    method: Method,
    path: &str,
    who: (Role, &str),
    body: &Value,
) -> (StatusCode, Value) {
    let answer = reqwest::Client::new()
        .request(method, house.url(&format!("/v1/rooms/demo{path}")))
        .bearer_auth(house.token(who.0, who.1))
        .json(body)
        .send()
        .await
        .expect("the server answers");
    (answer.status(), answer.json().await.expect("it is JSON"))
}

async fn text(house: &House, path: &str) -> String {
    let answer = reqwest::Client::new()
        .get(house.url(&format!("/v1/rooms/demo{path}")))
        .bearer_auth(house.token(Role::Owner, "olga"))
        .send()
        .await
        .expect("the server answers");
    answer.text().await.expect("a text")
}

const OLGA: (Role, &str) = (Role::Owner, "olga");
const SAM: (Role, &str) = (Role::Streamer, "sam");
const OPAL: (Role, &str) = (Role::Operator, "opal");

fn deal(kind: &str, about: &Value) -> Value {
    json!({ "type": kind, "activity": "cup", "title": "最佳 Cup", "sku": "cup", "price": { "amount": "9", "currency": "CNY" },
        "variants": [{ "stock": 3 }], "seller": { "name": "Example" }, "about": about })
}

#[tokio::test]
async fn a_desk_is_told_what_is_missing_and_it_opens_once_it_is_there() {
    let house = House::open().await;
    let cn = json!({ "profile": "cn" });
    let put = |who| ask(&house, Method::PUT, "", who, &cn);
    assert_eq!(put(SAM).await.0, StatusCode::FORBIDDEN);
    assert_eq!(put(OLGA).await.0, StatusCode::OK);
    let wrong = json!({ "profile": "mars" });
    assert_eq!(
        ask(&house, Method::PUT, "", OLGA, &wrong).await.0,
        StatusCode::BAD_REQUEST
    );

    let records = house.records();
    let bare = deal("deal.open", &json!({}));
    let (status, told) = ask(&house, Method::POST, "/check", SAM, &bare).await;
    assert_eq!(status, StatusCode::OK, "{told}");
    assert_eq!(told["ok"], json!(false));
    assert_eq!(told["refusal"]["reason"], "incomplete");
    assert_eq!(told["profile"], json!({ "name": "cn", "version": 1 }));
    let missing = |told: &Value| -> Vec<(String, String)> {
        let all = told["missing"].as_array().cloned().unwrap_or_default();
        let text = |value: &Value| value.as_str().expect("a text").to_owned();
        all.iter()
            .map(|one| (text(&one["field"]), text(&one["severity"])))
            .collect()
    };
    let own = |field: &str, severity: &str| (field.to_owned(), severity.to_owned());
    assert_eq!(
        missing(&told),
        [own("about.ad", "missing"), own("title", "warning")]
    );
    assert!(
        told["missing"][0]["source"]
            .as_str()
            .is_some_and(|source| source.contains("广告法"))
    );
    assert_eq!(house.records(), records, "nothing is written");

    let (status, refused) = ask(&house, Method::POST, "/commands", SAM, &bare).await;
    assert_eq!(
        (status, &refused["refusal"]["reason"]),
        (StatusCode::CONFLICT, &json!("incomplete"))
    );
    // A list is answered as a list, as if it were given in its order.
    let list = json!([deal("deal.prepare", &json!({})), { "type": "open", "activity": "cup" }]);
    let (_, told) = ask(&house, Method::POST, "/check", SAM, &list).await;
    assert_eq!(told[0]["ok"], json!(true), "to prepare is no opening");
    assert_eq!(missing(&told[0]), missing(&told[1]));
    assert_eq!(told[1]["refusal"]["reason"], "incomplete");

    let whole = deal("deal.open", &json!({ "ad": "广告" }));
    let (status, opened) = ask(&house, Method::POST, "/commands", SAM, &whole).await;
    assert_eq!(
        status,
        StatusCode::OK,
        "a warning refuses nothing: {opened}"
    );
    house.close().await;
}

#[tokio::test]
async fn what_opened_keeps_its_profile_and_audit_and_export_say_which() {
    let house = House::open().await;
    let set = |name: &str| json!({ "type": "room.set", "profile": name });
    for command in [
        set("us"),
        json!({ "type": "deal.open", "activity": "cup", "title": "Cup", "sku": "cup",
        "price": { "amount": "9", "currency": "USD" }, "variants": [{ "stock": 3 }], "about": { "ad": "Ad" } }),
        set("eu"),
        json!({ "type": "pause", "activity": "cup" }),
    ] {
        let (status, answer) = ask(&house, Method::POST, "/commands", OLGA, &command).await;
        assert_eq!(status, StatusCode::OK, "{answer}");
    }
    let house = house.restart().await;
    let (_, audit) = ask(&house, Method::GET, "/audit", OLGA, &json!({})).await;
    let lines = audit.as_array().expect("a list");
    let told: Vec<String> = lines
        .iter()
        .map(|line| {
            format!(
                "{} {}",
                line["what"].as_str().unwrap(),
                line["profile"]["name"].as_str().unwrap_or("-")
            )
        })
        .collect();
    assert_eq!(
        told,
        ["room.set us", "deal.open us", "room.set eu", "pause us"]
    );
    let csv = text(&house, "/audit?format=csv").await;
    assert!(
        csv.lines()
            .next()
            .is_some_and(|head| head.ends_with(",profile,detail")),
        "{csv}"
    );
    assert!(csv.contains(",us 1,\r\n"), "{csv}");
    let export = text(&house, "/export.csv").await;
    assert!(
        export.lines().any(|line| line.starts_with("activity,cup,")
            && line.contains(",profile,")
            && line.contains(",us 1,")),
        "{export}"
    );
    // The desk alone is told; a viewer's page is not.
    let mut desk = house.desk().await;
    desk.until("the deal", |seen| seen.ruled("cup").is_some())
        .await;
    let ruled = desk.seen.ruled("cup").expect("it opened under a profile");
    assert_eq!(
        ruled.profile.map(|stamp| stamp.to_string()).as_deref(),
        Some("us 1")
    );
    let mut viewer = house.viewer().await;
    viewer
        .until("the deal", |seen| {
            seen.room.is_some() && seen.activities.contains_key("cup")
        })
        .await;
    assert!(viewer.seen.ruled("cup").is_none());
    let room = viewer.seen.room.clone().expect("news of the room");
    assert_eq!((room.profile, room.approval), (None, false));
    house.close().await;
}

#[tokio::test]
async fn two_people_see_what_opens() {
    let house = House::open().await;
    let (status, _) = ask(&house, Method::PUT, "", OLGA, &json!({ "approval": true })).await;
    assert_eq!(status, StatusCode::OK);
    let give = |who, command: Value| {
        let house = &house;
        async move {
            let (status, answer) = ask(house, Method::POST, "/commands", who, &command).await;
            (status, answer["refusal"]["reason"].clone())
        }
    };
    let open = json!({ "type": "open", "activity": "cup" });
    let approve = json!({ "type": "approve", "activity": "cup" });
    let prepared = deal("deal.prepare", &json!({}));
    assert_eq!(give(SAM, prepared).await.0, StatusCode::OK);
    assert_eq!(
        give(SAM, open.clone()).await,
        (StatusCode::CONFLICT, json!("needs-approval"))
    );
    assert_eq!(give(SAM, approve.clone()).await.0, StatusCode::FORBIDDEN);
    let (_, told) = ask(&house, Method::POST, "/check", SAM, &open).await;
    assert_eq!(told["needs_approval"], json!(true));
    assert_eq!(give(OPAL, approve).await.0, StatusCode::OK);
    assert_eq!(give(SAM, open).await.0, StatusCode::OK);
    house.close().await;
}

#[tokio::test]
async fn a_desk_asks_over_its_line_and_a_viewer_is_told_nothing() {
    let house = House::open().await;
    let (status, _) = ask(&house, Method::PUT, "", OLGA, &json!({ "profile": "cn" })).await;
    assert_eq!(status, StatusCode::OK);
    let check: ToRoom = serde_json::from_value(
        json!({ "type": "check", "number": 7, "commands": [deal("deal.open", &json!({}))] }),
    )
    .expect("a message");
    let mut desk = Client::greet(
        &house,
        hello(Some(house.token(Role::Streamer, "sam")), Seat::Desk),
    )
    .await;
    desk.send(&check).await;
    let told = loop {
        if let FromRoom::Checked(checks) = desk.next().await {
            break checks;
        }
    };
    assert_eq!((told.number, told.checked.len()), (7, 1));
    assert_eq!(told.checked[0].missing[0].rule, "cn.ad_label");
    let mut viewer = house.account("vera").await;
    viewer.send(&check).await;
    let refused = loop {
        if let FromRoom::Refused { refusal, .. } = viewer.next().await {
            break refusal.reason;
        }
    };
    assert_eq!(refused, liveroom_protocol::Reason::NotAllowed);
    house.close().await;
}

#[tokio::test]
async fn bad_checks_are_refused_with_a_status() {
    let house = House::open().await;
    let open = json!({ "type": "open", "activity": "cup" });
    for (body, status) in [
        (json!("open"), StatusCode::BAD_REQUEST),
        (json!({ "type": "open" }), StatusCode::BAD_REQUEST),
        (json!(vec![open.clone(); 33]), StatusCode::PAYLOAD_TOO_LARGE),
        (json!([]), StatusCode::OK),
    ] {
        let (told, answer) = ask(&house, Method::POST, "/check", SAM, &body).await;
        assert_eq!(told, status, "{answer}");
    }
    let viewer = (Role::Viewer, "vera");
    assert_eq!(
        ask(&house, Method::POST, "/check", viewer, &open).await.0,
        StatusCode::FORBIDDEN
    );
    house.close().await;
}

//! What a back end reads of a room: from a cursor, once each, the same after every restart, and of a room that has ended.

use liveroom_protocol::identity::Role;
use liveroom_tests::{Client, House};
use reqwest::StatusCode;
use serde_json::{Value, json};
use std::path::Path;

async fn ask(house: &House, role: Role, query: &str) -> (StatusCode, Value) {
    let request = reqwest::Client::new().get(house.url(&format!("/v1/rooms/demo/events{query}")));
    let answer = request.bearer_auth(house.token(role, "shop")).send().await;
    let answer = answer.expect("the server answers");
    (answer.status(), answer.json().await.expect("JSON"))
}

async fn read(house: &House, query: &str) -> Vec<Value> {
    let (status, told) = ask(house, Role::Shop, query).await;
    assert_eq!(status, StatusCode::OK, "{told}");
    told.as_array().expect("a batch").clone()
}

fn kinds(events: &[Value]) -> Vec<&str> {
    let kinds = events.iter().map(|event| event["type"].as_str());
    kinds.map(|kind| kind.unwrap_or_default()).collect()
}

/// A deal that two viewers claimed, and a poll.
async fn with_sale(house: &House) -> Client {
    let mut desk = house.desk().await;
    desk.must(json!({"type": "show.start"})).await;
    desk.must(json!({"type": "deal.open", "activity": "mug", "title": "A mug", "sku": "m-1",
        "price": {"amount": "9.90", "currency": "EUR"}, "variants": [{"id": "red", "stock": 20}], "reserve_ms": 60_000}))
        .await;
    for name in ["ann", "bob"] {
        let mut page = house.account(name).await;
        let claim = json!({"type": "deal.claim", "variant": "red"});
        assert!(page.does("mug", claim).await.ok);
    }
    desk.must(liveroom_tests::house::tea()).await;
    desk
}

#[tokio::test]
async fn a_back_end_reads_on_from_the_last_event_that_it_has() {
    let house = House::open().await;
    let _desk = with_sale(&house).await;
    let all = read(&house, "").await;
    assert_eq!(
        kinds(&all),
        [
            "live.room.show_started",
            "live.deal.opened",
            "live.deal.claimed",
            "live.deal.claimed",
            "live.poll.opened"
        ]
    );
    assert_eq!(all[0]["source"], "urn:liveroom:demo");
    let claim = &all[2];
    assert_eq!(claim["subject"], "mug");
    assert_eq!(claim["time"], "2026-05-04T12:00:00.000Z");
    assert_eq!(claim["data"]["price"]["amount"], "9.90");
    assert!(!claim.to_string().contains("ann"), "{claim}");
    // Two by two.
    let mut after = String::new();
    let mut parts = Vec::new();
    loop {
        let query = match after.as_str() {
            "" => "?limit=2".to_owned(),
            after => format!("?limit=2&after={after}"),
        };
        let part = read(&house, &query).await;
        let Some(last) = part.last() else { break };
        after = last["id"].as_str().expect("an id").to_owned();
        assert!(part.len() <= 2);
        parts.extend(part);
    }
    assert_eq!(parts, all);
    house.close().await;
}

#[tokio::test]
async fn events_are_the_same_after_a_restart_and_without_their_file() {
    let house = House::open().await;
    drop(with_sale(&house).await);
    // What falls due is told too, at its moment.
    house.turn(61_000);
    let mut all = Vec::new();
    while all.len() < 7 {
        let after = all.last().map_or(String::new(), |event: &Value| {
            format!("&after={}", event["id"].as_str().expect("an id"))
        });
        all.extend(read(&house, &format!("?wait=20{after}")).await);
    }
    assert_eq!(kinds(&all[5..]), ["live.deal.expired", "live.deal.expired"]);
    let text = serde_json::to_string(&all).expect("JSON");
    let house = house.restart().await;
    assert_eq!(
        serde_json::to_string(&read(&house, "").await).expect("JSON"),
        text
    );
    let house = house
        .restart_after(|folder| {
            for name in ["events.db", "events.db-wal", "events.db-shm"] {
                let _ = std::fs::remove_file(folder.join(name));
            }
            assert!(!folder.join("events.db").exists());
        })
        .await;
    assert_eq!(
        serde_json::to_string(&read(&house, "").await).expect("JSON"),
        text
    );
    house.close().await;
}

#[tokio::test]
async fn who_waits_is_told_at_once_and_who_is_too_early_again() {
    let house = House::open().await;
    let mut desk = house.desk().await;
    desk.must(json!({"type": "show.start"})).await;
    let first = read(&house, "").await;
    let after = first[0]["id"].as_str().expect("an id").to_owned();
    assert!(read(&house, &format!("?after={after}")).await.is_empty());
    let query = format!("?wait=25&after={after}");
    let (waited, ()) = tokio::join!(read(&house, &query), async {
        desk.must(json!({"type": "show.end"})).await;
    });
    assert_eq!(kinds(&waited), ["live.room.show_ended"]);
    house.close().await;
}

#[tokio::test]
async fn a_room_that_has_ended_is_told_to_its_end() {
    let house = House::open().await;
    let mut desk = with_sale(&house).await;
    desk.must(json!({"type": "room.seal"})).await;
    drop(desk);
    let all = read(&house, "").await;
    assert_eq!(
        all.last().map(|event| event["type"].clone()),
        Some(json!("live.room.sealed"))
    );
    // Also where the file was lost between its end and the reading.
    let house = house
        .restart_after(|folder| {
            for name in ["events.db", "events.db-wal", "events.db-shm"] {
                let _ = std::fs::remove_file(folder.join(name));
            }
        })
        .await;
    assert_eq!(read(&house, "?wait=20").await, all);
    house.close().await;
}

/// A stopped server's log, put in the place of another; what was not yet written into its file lies beside it.
fn put(from: &Path, to: &Path) {
    for name in ["log.db-shm", "log.db-wal", "log.db"] {
        let _ = std::fs::remove_file(to.join(name));
        if from.join(name).exists() {
            std::fs::copy(from.join(name), to.join(name)).expect("a copy");
        }
    }
}

#[tokio::test]
async fn of_a_room_that_was_made_anew_nothing_of_before_is_told() {
    let house = House::open().await;
    let desk = with_sale(&house).await;
    drop(desk);
    let before = read(&house, "").await;
    let last = before.last().expect("there are some")["id"].clone();
    let nothing = tempfile::TempDir::new().expect("a folder");
    let house = house
        .restart_after(|folder| put(nothing.path(), folder))
        .await;
    assert_eq!(read(&house, "").await, Vec::<Value>::new());
    let query = format!("?after={}", last.as_str().expect("an id"));
    let (status, told) = ask(&house, Role::Shop, &query).await;
    assert_eq!(
        (status, &told["refusal"]["reason"]),
        (StatusCode::CONFLICT, &json!("other-run"))
    );
    house.close().await;
}

#[tokio::test]
async fn a_log_that_was_restored_from_a_backup_takes_its_events_back() {
    let house = House::open().await;
    let mut desk = house.desk().await;
    desk.must(json!({"type": "show.start"})).await;
    drop(desk);
    let before = read(&house, "").await;
    let backup = tempfile::TempDir::new().expect("a folder");
    let house = house
        .restart_after(|folder| put(folder, backup.path()))
        .await;
    let mut desk = house.desk().await;
    desk.must(json!({"type": "show.end"})).await;
    drop(desk);
    assert_eq!(read(&house, "").await.len(), 2);
    let house = house
        .restart_after(|folder| put(backup.path(), folder))
        .await;
    assert_eq!(read(&house, "").await, before);
    let mut desk = house.desk().await;
    desk.must(json!({"type": "show.on_air", "on_air": ["lin"]}))
        .await;
    assert_eq!(
        kinds(&read(&house, "").await),
        ["live.room.show_started", "live.room.handed_over"]
    );
    house.close().await;
}

#[tokio::test]
async fn a_crowd_makes_no_events() {
    let house = House::open().await;
    house.open_tea().await;
    for name in ["ann", "bob", "cat", "dan"] {
        let mut page = house.account(name).await;
        let vote = json!({"type": "poll.vote", "choices": ["1"]});
        assert!(page.does("tea", vote).await.ok);
    }
    assert_eq!(kinds(&read(&house, "").await), ["live.poll.opened"]);
    house.close().await;
}

#[tokio::test]
async fn only_the_shop_and_the_staff_read_and_only_what_can_be_read() {
    let house = House::open().await;
    house.open_tea().await;
    for (role, may) in [
        (Role::Owner, true),
        (Role::Streamer, true),
        (Role::Operator, true),
        (Role::Moderator, true),
        (Role::Analyst, true),
        (Role::Shop, true),
        (Role::Viewer, false),
        (Role::Relay, false),
    ] {
        let (status, told) = ask(&house, role, "").await;
        assert_eq!(status.is_success(), may, "{role:?}: {told}");
    }
    let nobody = house.get("/v1/rooms/demo/events").await;
    assert_eq!(nobody.status(), StatusCode::UNAUTHORIZED);
    for (query, status) in [
        ("?after=x", StatusCode::BAD_REQUEST),
        ("?after=e-1-99999999999", StatusCode::BAD_REQUEST),
        ("?after=another-1-0", StatusCode::CONFLICT),
        ("?limit=0", StatusCode::BAD_REQUEST),
        ("?limit=101", StatusCode::BAD_REQUEST),
        ("?limit=-1", StatusCode::BAD_REQUEST),
        ("?wait=26", StatusCode::BAD_REQUEST),
    ] {
        let (found, told) = ask(&house, Role::Shop, query).await;
        assert_eq!(found, status, "{query}: {told}");
    }
    let elsewhere = reqwest::Client::new()
        .get(house.url("/v1/rooms/none/events"))
        .bearer_auth(house.token(Role::Shop, "shop"))
        .send()
        .await
        .expect("an answer");
    assert_eq!(
        elsewhere.status(),
        StatusCode::UNAUTHORIZED,
        "a token of another room"
    );
    house.close().await;
}

//! A viewer who took part without an account signs in during the show: one ballot, on every road, after every restart.

use liveroom_protocol::Reason;
use liveroom_protocol::identity::Role;
use liveroom_protocol::message::{Hello, Seat};
use liveroom_tests::house::hello;
use liveroom_tests::{Client, House};
use serde_json::{Value, json};

/// As the kit greets once its page has a token: with the device key that the browser keeps.
fn both(house: &House, sub: &str, device: &str) -> Hello {
    Hello {
        device: Some(device.to_owned()),
        ..hello(Some(house.token(Role::Viewer, sub)), Seat::Viewer)
    }
}

/// Votes without an account; gives the browser's key.
async fn voted(house: &House, choice: &str) -> String {
    let mut page = house.viewer().await;
    assert!(page.vote("tea", &[choice]).await.ok);
    page.device.clone().expect("it was given a key")
}

/// What the desk sees in the end.
async fn counts(house: &House, votes: [u32; 2], voters: u32) {
    let mut desk = house.desk().await;
    desk.until("the votes", |seen| {
        let tally = seen.tally("tea");
        tally.is_some_and(|tally| tally.votes.as_deref() == Some(&votes) && tally.voters == voters)
    })
    .await;
}

#[tokio::test]
async fn one_who_signs_in_has_one_ballot_and_sees_it() {
    let house = House::open().await;
    house.open_tea().await;
    let device = voted(&house, "2").await;
    let mut ann = Client::greet(&house, both(&house, "ann", &device)).await;
    ann.until("the browser's ballot", |seen| seen.mine("tea") == ["2"])
        .await;
    counts(&house, [0, 1], 1).await;
    assert!(ann.vote("tea", &["1"]).await.ok);
    drop(ann);
    // Signed out, the same browser has no second one.
    let signed_out = Hello {
        device: Some(device.clone()),
        ..hello(None, Seat::Viewer)
    };
    let mut page = Client::greet(&house, signed_out).await;
    let answer = page.vote("tea", &["2"]).await;
    let reason = answer.refusal.map(|refusal| refusal.reason);
    assert_eq!(reason, Some(Reason::NeedsSignIn));
    let before = house.records();
    // Coming again writes nothing more, and a restart changes nothing.
    let mut again = Client::greet(&house, both(&house, "ann", &device)).await;
    again
        .until("the ballot", |seen| seen.mine("tea") == ["1"])
        .await;
    assert_eq!(house.records(), before);
    let house = house.restart().await;
    counts(&house, [1, 0], 1).await;
    house.close().await;
}

#[tokio::test]
async fn an_account_that_voted_elsewhere_keeps_its_own() {
    let house = House::open().await;
    house.open_tea().await;
    let mut phone = house.account("ann").await;
    assert!(phone.vote("tea", &["1"]).await.ok);
    let device = voted(&house, "2").await;
    counts(&house, [1, 1], 2).await;
    let _laptop = Client::greet(&house, both(&house, "ann", &device)).await;
    counts(&house, [1, 0], 1).await;
    // Nobody else's key, and no key that was made up, moves anything.
    let _other = Client::greet(&house, both(&house, "bob", "made-up")).await;
    counts(&house, [1, 0], 1).await;
    let told: Value = figures(&house).await;
    let all = told["figures"].as_array().expect("figures");
    let participants = all.iter().find(|one| one["figure"] == "participants");
    assert_eq!(participants.expect("it is one")["value"], 1, "one viewer");
    house.close().await;
}

#[tokio::test]
async fn the_slow_road_does_the_same() {
    let house = House::open().await;
    house.open_tea().await;
    let device = voted(&house, "2").await;
    let greeting = serde_json::to_value(both(&house, "ann", &device)).expect("JSON");
    let mut message = json!({"type": "hello"});
    message
        .as_object_mut()
        .expect("an object")
        .extend(greeting.as_object().expect("an object").clone());
    let said = reqwest::Client::new()
        .post(house.url("/v1/rooms/demo/messages"))
        .json(&json!([message]))
        .send()
        .await
        .expect("the server answers");
    let said: Value = said.json().await.expect("JSON");
    let news = said.as_array().expect("messages").iter();
    let items = news.filter_map(|message| message["news"].as_array());
    let mine = items.flatten().find(|item| !item["mine"].is_null());
    assert_eq!(mine.expect("a part")["mine"]["choices"], json!(["2"]));
    counts(&house, [0, 1], 1).await;
    house.close().await;
}

async fn figures(house: &House) -> Value {
    let request = reqwest::Client::new().get(house.url("/v1/rooms/demo/insights"));
    let owner = house.token(Role::Owner, "owner");
    let answer = request.bearer_auth(owner).send().await;
    let answer = answer.expect("the server answers");
    answer.json().await.expect("JSON")
}

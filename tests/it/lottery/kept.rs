//! What stays with a viewer when a draw or a deal is put away; who is excluded is told; and what lists of entrants cost.

use super::{draft, enter, enter_all, get, refusal};
use liveroom_protocol::Reason;
use liveroom_protocol::identity::Role;
use liveroom_protocol::lottery::Proof;
use liveroom_rules::draw;
use liveroom_tests::House;
use reqwest::{Client, StatusCode};
use serde_json::{Value, json};

/// What the shop's server posts.
async fn from_shop(house: &House, command: Value) {
    let request = Client::new()
        .post(house.url("/v1/rooms/demo/commands"))
        .bearer_auth(house.token(Role::Shop, "shop"))
        .json(&command);
    let answer = request.send().await.expect("an answer");
    assert_eq!(answer.status(), StatusCode::OK, "{command}");
}

/// Whether a page has the card of an activity.
fn knows(page: &liveroom_tests::Client, activity: &str) -> bool {
    page.seen
        .activities
        .get(activity)
        .is_some_and(|known| known.card.is_some())
}

#[tokio::test]
async fn a_winner_finds_a_draw_that_was_put_away_until_the_prize_is_handed_over() {
    let house = House::open().await;
    let mut desk = house.desk().await;
    desk.must(draft(json!({"prizes": [{"name": "A mug"}]})))
        .await;
    let mut pages = enter_all(&house, 2).await;
    for kind in ["close", "lottery.draw", "put_away"] {
        desk.must(json!({"type": kind, "activity": "mugs"})).await;
    }
    // One page is told that it is gone, the other keeps it.
    let marker = json!({"type": "poll.open", "activity": "tea", "question": "Tea?", "options": ["Yes", "No"]});
    desk.must(marker).await;
    for page in &mut pages {
        page.until("what came after", |seen| seen.card("tea").is_some())
            .await;
    }
    assert_eq!(pages.iter().filter(|page| knows(page, "mugs")).count(), 1);
    let winner = usize::from(knows(&pages[1], "mugs"));
    desk.until("the desk has put it away", |seen| {
        !seen.activities.contains_key("mugs")
    })
    .await;

    // Away and back, also when the server was; and it can be claimed.
    drop((pages, desk));
    let house = house.restart().await;
    let mut loser = house.account(&format!("v{}", 1 - winner)).await;
    let mut page = house.account(&format!("v{winner}")).await;
    let listed = |page: &liveroom_tests::Client| {
        let welcome = page.seen.welcome.as_ref().expect("a welcome");
        welcome.activities.iter().any(|id| id.as_str() == "mugs")
    };
    assert!(listed(&page) && !listed(&loser));
    page.until("card and win", |seen| {
        seen.card_of("mugs")["drawn_at"].is_u64()
            && seen.mine_of("mugs")["wins"][0]["standing"] == "waiting"
    })
    .await;
    loser
        .until("all there is", |seen| seen.card("tea").is_some())
        .await;
    assert!(!knows(&loser, "mugs"));
    assert!(
        page.does("mugs", json!({"type": "lottery.claim", "win": 0}))
            .await
            .ok
    );
    assert!(knows(&page, "mugs"), "it is claimed, and not handed over");
    from_shop(
        &house,
        json!({"type": "lottery.fulfil", "activity": "mugs", "win": 0}),
    )
    .await;
    page.until("it is off this page too", |seen| {
        !seen.activities.contains_key("mugs")
    })
    .await;
    assert!(!listed(&house.account(&format!("v{winner}")).await));
    house.close().await;
}

#[tokio::test]
async fn a_buyer_finds_a_deal_that_was_put_away_until_the_reservation_is_over() {
    let house = House::open().await;
    let mut desk = house.desk().await;
    desk.must(json!({"type": "deal.open", "activity": "pot", "title": "Pot", "sku": "P", "price": {"amount": "9.90", "currency": "EUR"},
        "variants": [{"id": "red", "name": "Red", "stock": 2}], "reserve_ms": 60_000}))
        .await;
    let mut ann = house.account("ann").await;
    let claim = json!({"type": "deal.claim", "variant": "red", "quantity": 1});
    assert!(ann.does("pot", claim).await.ok);
    drop(ann);
    desk.must(json!({"type": "put_away", "activity": "pot"}))
        .await;
    let mut ann = house.account("ann").await;
    ann.until("the deal", |seen| {
        seen.card_of("pot")["title"] == "Pot"
            && seen.mine_of("pot")["claims"][0]["standing"] == "reserved"
    })
    .await;
    assert!(
        ann.seen.mine_of("pot")["claims"][0]["ticket"].is_string(),
        "it can be ordered"
    );
    house.turn(60_001);
    ann.until("it lapsed", |seen| !seen.activities.contains_key("pot"))
        .await;
    house.close().await;
}

#[tokio::test]
async fn a_draw_that_was_promised_is_put_away_and_reset_only_with_a_reason() {
    let house = House::open().await;
    let mut desk = house.desk().await;
    desk.must(draft(json!({}))).await;
    enter_all(&house, 2).await;
    let order = |kind: &str| json!({"type": kind, "activity": "mugs"});
    for closed in [false, true] {
        for kind in ["put_away", "reset"] {
            let answer = desk.order(order(kind)).await;
            assert_eq!(refusal(&answer), Some(Reason::StillOpen), "{kind} {closed}");
        }
        if !closed {
            desk.must(order("close")).await;
        }
    }
    desk.must(json!({"type": "cancel", "activity": "mugs", "reason": "The mugs broke"}))
        .await;
    desk.must(order("reset")).await;
    let told: Proof = serde_json::from_value(get(&house, "mugs?run=1").await).expect("a proof");
    draw::verify(&told).expect("it holds");
    assert_eq!(told.cancelled.as_deref(), Some("The mugs broke"));
    assert!(told.drawn.is_some(), "whoever would have won can be seen");
    house.close().await;
}

#[tokio::test]
async fn who_is_excluded_is_told_at_once_and_everybody_sees_how_many_are() {
    let house = House::open().await;
    let mut desk = house.desk().await;
    desk.must(draft(
        json!({"exclusions": ["Staff", "Minor"], "tickets": {"each": 2}}),
    ))
    .await;
    let mut pages = enter_all(&house, 3).await;
    let name = pages[1].seen.mine_of("mugs")["entrant"].clone();
    desk.must(
        json!({"type": "lottery.exclude", "activity": "mugs", "entrant": name, "reason": "Minor"}),
    )
    .await;
    pages[1]
        .until("why", |seen| seen.mine_of("mugs")["excluded"] == "Minor")
        .await;
    for page in &mut pages {
        page.until("how many", |seen| {
            let tally = seen.tally_of("mugs");
            tally["excluded"] == json!([0, 1]) && tally["tickets"] == 4 && tally["entrants"] == 3
        })
        .await;
    }
    assert!(pages[0].seen.mine_of("mugs")["excluded"].is_null());
    assert!(
        !pages[0]
            .seen
            .tally_of("mugs")
            .to_string()
            .contains(name.as_str().expect("a name"))
    );
    desk.must(json!({"type": "close", "activity": "mugs"}))
        .await;
    pages[1]
        .until("the most", |seen| seen.tally_of("mugs")["most"] == 2)
        .await;
    assert_eq!(refusal(&enter(&mut pages[1]).await), Some(Reason::Closed));
    house.close().await;
}

#[tokio::test]
async fn an_address_pays_for_lists_by_their_size_and_for_nothing_else_by_that() {
    const ENTRANTS: usize = 300;
    let house = House::open().await;
    let mut desk = house.desk().await;
    desk.must(draft(json!({}))).await;
    enter_all(&house, ENTRANTS).await;
    desk.must(json!({"type": "close", "activity": "mugs"}))
        .await;
    let (client, list) = (Client::new(), house.url("/v1/rooms/demo/draws/mugs"));
    let ask = async || client.head(&list).send().await.expect("an answer");
    // One, and one for each kilobyte of it: 45 bytes an entrant.
    let cost = 1 + u64::try_from(ENTRANTS * 45 / 1_024).expect("a few");
    let mut asked = 0;
    let refused = loop {
        let answer = ask().await;
        if answer.status() != StatusCode::OK {
            break answer;
        }
        asked += 1;
        assert!(asked < 10_000, "it is never too much");
    };
    assert_eq!(refused.status(), StatusCode::TOO_MANY_REQUESTS);
    assert!(refused.headers().contains_key("retry-after"));
    assert_eq!(asked, 65_536_u64.div_ceil(cost));
    // A way to the root, and a vote, cost what they did.
    assert_eq!(
        get(&house, "mugs?roll=no").await["closed"]["entrants"],
        ENTRANTS
    );
    house.turn(2 * cost);
    assert_eq!(ask().await.status(), StatusCode::OK, "time pays");
    house.close().await;
}

//! What is taken out of a room's activities, against the document: a survey, a prize draw, a deal, questions.

use super::asker::Asker;
use liveroom_protocol::identity::{Label, Role};
use liveroom_protocol::message::Seat;
use liveroom_tests::house::hello;
use liveroom_tests::{Client, House};
use serde_json::{Value, json};

/// A viewer with an account and a name.
async fn named(house: &House, sub: &str) -> Client {
    let mut claims = house.claims(Role::Viewer, sub);
    claims.name = Label::parse(&format!("The {sub}")).ok();
    Client::greet(house, hello(Some(house.sign(&claims)), Seat::Viewer)).await
}

async fn does(page: &mut Client, activity: &str, action: Value) {
    let answer = page.does(activity, action.clone()).await;
    assert!(answer.ok, "{action}: {answer:?}");
}

/// A survey that somebody answered in words.
pub(super) async fn poll(house: &House, asker: &mut Asker) {
    let mut desk = house.desk().await;
    desk.must(json!({"type": "poll.open", "activity": "how", "question": "How was it?", "options": ["Good", "Bad"], "comment": "What else?"}))
        .await;
    let mut ann = named(house, "ann").await;
    let words = json!({"type": "poll.answer", "choices": ["1"], "comment": "More fish"});
    does(&mut ann, "how", words).await;
    let moderator = house.token(Role::Moderator, "mia");
    let path = "/v1/rooms/demo/comments?activity=how";
    let comments = asker.gets(path, &moderator).await;
    assert_eq!(comments[0]["text"], "More fish");
    asker.gets(&format!("{path}&format=csv"), &moderator).await;
}

/// A draw from its opening to what a winner wrote, and one that was called off.
pub(super) async fn lottery(house: &House, asker: &mut Asker) {
    let mut desk = house.desk().await;
    desk.must(json!({"type": "lottery.open", "activity": "pot", "title": "Pot", "prizes": [{"name": "Pot"}],
        "claim": {"kind": "form", "fields": [{"label": "Street"}]}}))
        .await;
    let open = asker.gets("/v1/rooms/demo/draws/pot", "").await;
    assert!(open.get("closed").is_none(), "{open}");
    let (mut ann, mut bob) = (named(house, "ann").await, named(house, "bob").await);
    for page in [&mut ann, &mut bob] {
        does(page, "pot", json!({"type": "lottery.enter"})).await;
    }
    let owner = house.token(Role::Owner, "olga");
    let listed = asker.gets("/v1/rooms/demo/desk/pot?text=", &owner).await;
    assert_eq!(listed["entrants"].as_array().map(Vec::len), Some(2));
    for kind in ["close", "lottery.draw"] {
        desk.must(json!({"type": kind, "activity": "pot"})).await;
    }
    let again = json!({"type": "lottery.forfeit", "activity": "pot", "win": 0, "reason": "Sent back", "redraw": true});
    desk.must(again).await;
    let form = json!([{"label": "Street", "value": "Quay"}]);
    let claim = json!({"type": "lottery.claim", "win": 1, "form": form});
    // Which of them was drawn second is not the test's to say.
    let claimed = [&mut ann, &mut bob].map(|page| page.does("pot", claim.clone()));
    let [first, second] = claimed;
    assert!(first.await.ok != second.await.ok, "one of them won");

    let drawn = asker.gets("/v1/rooms/demo/draws/pot", "").await;
    assert_eq!(drawn["drawn"]["winners"][1]["instead_of"], 0);
    let entrant = drawn["drawn"]["winners"][1]["entrant"]
        .as_str()
        .expect("an id");
    for query in [
        "roll=no",
        "roll=only",
        &format!("entrant={entrant}"),
        &format!("entrant={}", "0".repeat(32)),
    ] {
        asker
            .gets(&format!("/v1/rooms/demo/draws/pot?{query}"), "")
            .await;
    }
    let path = "/v1/rooms/demo/claims?activity=pot";
    for role in [Role::Shop, Role::Streamer] {
        let token = house.token(role, "shop");
        let prizes = asker.gets(path, &token).await;
        let told = prizes["wins"][1].get("form").is_some();
        assert_eq!(told, role == Role::Shop, "{prizes}");
        asker.gets(&format!("{path}&format=csv"), &token).await;
    }
    desk.must(json!({"type": "lottery.open", "activity": "off", "title": "Off", "prizes": [{"name": "None"}]}))
        .await;
    desk.must(json!({"type": "close", "activity": "off"})).await;
    desk.must(json!({"type": "cancel", "activity": "off", "reason": "Rain"}))
        .await;
    let off = asker.gets("/v1/rooms/demo/draws/off", "").await;
    assert_eq!(off["cancelled"], "Rain");
}

/// A deal with a claim that was settled, one that its page spoke of, and one that has a code.
pub(super) async fn deal(house: &House, asker: &mut Asker) {
    let mut desk = house.desk().await;
    let deal = |id: &str, by: &str| {
        json!({"type": "deal.open", "activity": id, "title": "A mug", "sku": "m-1", "limit": 2,
        "price": {"amount": "9.90", "currency": "EUR"}, "variants": [{"id": "red", "name": "Red", "stock": 5}], "by": {"kind": by}})
    };
    desk.must(deal("mug", "cart")).await;
    desk.must(deal("cup", "code")).await;
    let mut ann = house.account("ann").await;
    let mut claims = Vec::new();
    for id in ["mug", "mug", "cup"] {
        does(
            &mut ann,
            id,
            json!({"type": "deal.claim", "variant": "red"}),
        )
        .await;
        let mine = ann.seen.mine_of(id)["claims"].clone();
        claims.push(
            mine.as_array()
                .and_then(|all| all.last())
                .expect("a claim")
                .clone(),
        );
    }
    let worth = json!({"amount": "9.90", "currency": "EUR"});
    let begun = json!({"type": "deal.order", "claim": claims[1]["claim"], "order": {"step": "taken", "order": "o-2", "value": worth}});
    does(&mut ann, "mug", begun).await;
    let shop = house.token(Role::Shop, "shop");
    let sold = json!({"type": "deal.settle", "activity": "mug", "claim": claims[0]["claim"],
        "settle": {"outcome": "sold", "order": "o-1", "value": worth}});
    asker
        .asks(200, "POST /v1/rooms/demo/commands", &shop, sold)
        .await;
    let rows = asker
        .gets("/v1/rooms/demo/claims?activity=mug", &shop)
        .await;
    let rows = rows["claims"].as_array().expect("claims");
    assert!(
        rows.iter()
            .any(|row| row["order"] == "o-1" && row["standing"] == "sold")
    );
    assert!(rows.iter().any(|row| row["page"]["order"] == "o-2"));
    asker
        .gets("/v1/rooms/demo/claims?activity=mug&format=csv", &shop)
        .await;
    let coded = asker
        .gets("/v1/rooms/demo/claims?activity=cup", &shop)
        .await;
    let code = coded["claims"][0]["code"].as_str().expect("a code");
    let found = asker
        .gets(&format!("/v1/rooms/demo/claims?code={code}"), &shop)
        .await;
    assert_eq!(found, coded);
    let owner = house.token(Role::Owner, "olga");
    let listed = asker.gets("/v1/rooms/demo/desk/cup?text=", &owner).await;
    assert_eq!(listed["open"], 1, "{listed}");
    asker.gets("/v1/rooms/demo/ticket-key", &shop).await;
}

/// Questions with all that can happen to them.
pub(super) async fn questions(house: &House, asker: &mut Asker) {
    // One viewer may act only so often while the clock stands.
    house.turn(10_000);
    let mut desk = house.desk().await;
    desk.must(json!({"type": "qna.open", "activity": "ask", "title": "Ask us", "approval": false, "replies": true, "every_ms": 0}))
        .await;
    let mut ann = named(house, "ann").await;
    for text in [
        "Is it waterproof?",
        "Is it blue?",
        "Does it keep water out?",
    ] {
        does(&mut ann, "ask", json!({"type": "qna.ask", "text": text})).await;
    }
    does(
        &mut ann,
        "ask",
        json!({"type": "qna.reply", "question": 1, "text": "It is"}),
    )
    .await;
    let mut bob = house.account("bob").await;
    does(&mut bob, "ask", json!({"type": "qna.vote", "question": 2})).await;
    for (question, change) in [
        (1, json!({"to": "answer", "text": "Yes"})),
        (2, json!({"to": "pin", "pinned": true})),
        (3, json!({"to": "merge", "into": 1})),
    ] {
        desk.must(json!({"type": "qna.change", "activity": "ask", "question": question, "change": change}))
            .await;
    }
    let moderator = house.token(Role::Moderator, "mia");
    let path = "/v1/rooms/demo/questions?activity=ask";
    let asked = asker.gets(path, &moderator).await;
    assert_eq!(asked[0]["answer"]["text"], "Yes");
    assert_eq!(asked[1]["votes"], 1);
    asker.gets(&format!("{path}&format=csv"), &moderator).await;
}

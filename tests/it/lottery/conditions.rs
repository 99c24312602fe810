//! What an entry and a draw may hang on, and the room alone does not know: time seen, the page's word, public randomness.

use super::{draft, enter, enter_all, get, refusal};
use liveroom_protocol::Reason;
use liveroom_protocol::identity::{Label, Role};
use liveroom_protocol::lottery::Proof;
use liveroom_rules::draw;
use liveroom_tests::House;
use serde_json::{Value, json};

#[tokio::test]
async fn watch_time_is_what_the_lines_saw_and_outlives_the_server() {
    let house = House::open().await;
    let mut desk = house.desk().await;
    let mut ann = house.account("ann").await;
    house.turn(30_000);
    let condition = json!({"conditions": [{"kind": "watched", "for_ms": 60_000}]});
    desk.must(draft(condition)).await;
    ann.until("how long", |seen| {
        seen.mine_of("mugs")["watched_ms"].is_u64()
    })
    .await;
    assert_eq!(
        ann.seen.mine_of("mugs")["watched_ms"],
        30_000,
        "time before the draw counts"
    );
    assert_eq!(ann.seen.mine_of("mugs")["met"], json!([false]));
    let early = enter(&mut ann).await;
    assert_eq!(refusal(&early), Some(Reason::ConditionNotMet));

    // A second page of the same viewer counts no time twice.
    let second = house.account("ann").await;
    house.turn(10_000);
    drop(second);
    house.turn(10_000);
    let mut late = house.account("bob").await;
    assert_eq!(
        refusal(&enter(&mut late).await),
        Some(Reason::ConditionNotMet)
    );
    late.until("how long", |seen| {
        seen.mine_of("mugs")["watched_ms"].is_u64()
    })
    .await;
    assert_eq!(late.seen.mine_of("mugs")["watched_ms"], 0);
    assert_eq!(
        refusal(&enter(&mut ann).await),
        Some(Reason::ConditionNotMet),
        "50 s of 60"
    );

    // While she is away nothing is added.
    let house = house.restart().await;
    house.turn(100_000);
    let mut ann = house.account("ann").await;
    ann.until("how long", |seen| {
        seen.mine_of("mugs")["watched_ms"].is_u64()
    })
    .await;
    assert_eq!(ann.seen.mine_of("mugs")["watched_ms"], 50_000);
    house.turn(10_000);
    // The log may be told that she is back a while after she was greeted, on a busy machine: then it is some seconds more.
    let mut more = 0;
    while !enter(&mut ann).await.ok {
        more += 1;
        assert!(more < 60, "60 s of 60");
        house.turn(1_000);
    }
    house.close().await;
}

#[tokio::test]
async fn what_the_page_attests_is_signed_for_this_viewer_and_this_room() {
    let house = House::open().await;
    let mut desk = house.desk().await;
    desk.must(draft(
        json!({"conditions": [{"kind": "attested", "what": "followed"}]}),
    ))
    .await;
    let mut ann = house.account("ann").await;
    let says = |sub: &str, words: &[&str]| {
        let mut claims = house.claims(Role::Viewer, sub);
        claims.attest = words
            .iter()
            .map(|word| Label::parse(word).expect("a word"))
            .collect();
        claims
    };
    let action = || serde_json::from_value(json!({"type": "lottery.enter"})).expect("an action");
    let other_room = {
        let mut claims = says("ann", &["followed"]);
        claims.aud = liveroom_protocol::id::RoomId::parse("elsewhere").expect("a name");
        house.sign(&claims)
    };
    let ended = {
        let mut claims = says("ann", &["followed"]);
        claims.exp = house.clock.now().0 / 1_000 - 60;
        house.sign(&claims)
    };
    let nobodys = "eyJhbGciOiJub25lIn0.eyJhdWQiOiJkZW1vIiwic3ViIjoiYW5uIiwiYXR0ZXN0IjpbImZvbGxvd2VkIl0sImV4cCI6OTk5OTk5OTk5OX0.";
    for (attest, reason) in [
        (None, Reason::ConditionNotMet),
        (
            Some(house.sign(&says("bob", &["followed"]))),
            Reason::BadAttest,
        ),
        (Some(other_room), Reason::BadAttest),
        (Some(ended), Reason::BadAttest),
        (Some(nobodys.to_owned()), Reason::BadAttest),
        (Some("x".to_owned()), Reason::BadAttest),
        (
            Some(house.sign(&says("ann", &["shared"]))),
            Reason::ConditionNotMet,
        ),
        (
            Some(house.sign(&says("ann", &["followed"; 9]))),
            Reason::BadAttest,
        ),
    ] {
        let answer = ann.act_with("mugs", action(), attest.clone()).await;
        assert_eq!(refusal(&answer), Some(reason), "{attest:?}");
        house.turn(2_000);
    }
    let good = house.sign(&says("ann", &["shared", "followed"]));
    assert!(ann.act_with("mugs", action(), Some(good.clone())).await.ok);
    let log = std::fs::read(house.folder().join("log.db")).expect("the log");
    let signature = good
        .rsplit('.')
        .next()
        .expect("a signature")
        .as_bytes()
        .to_vec();
    assert!(
        !log.windows(signature.len())
            .any(|window| window == signature),
        "no token is kept"
    );
    house.close().await;
}

#[tokio::test]
async fn a_public_round_counts_only_with_the_leagues_signature() {
    const ROUND: u32 = 123;
    const SIGNATURE: &str = "b75c69d0b72a5d906e854e808ba7e2accb1542ac355ae486d591aa9d43765482e26cd02df835d3546d23c4b13e0dfc92";
    let house = House::open().await;
    let mut desk = house.desk().await;
    desk.must(draft(json!({"round": ROUND}))).await;
    enter_all(&house, 3).await;
    desk.must(json!({"type": "close", "activity": "mugs"}))
        .await;
    let drawing = |signature: Value| json!({"type": "lottery.draw", "activity": "mugs", "signature": signature});
    let bent = SIGNATURE.replacen('b', "a", 1);
    for wrong in [Value::Null, json!(bent), json!("0".repeat(96))] {
        let answer = desk.order(drawing(wrong)).await;
        assert!(!answer.ok, "{answer:?}");
    }
    desk.must(drawing(json!(SIGNATURE))).await;
    let proof: Proof = serde_json::from_value(get(&house, "mugs").await).expect("a proof");
    draw::verify(&proof).expect("the draw holds");
    house.close().await;
}

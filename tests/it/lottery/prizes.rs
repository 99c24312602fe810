//! Prizes over real sockets: a word typed in another way, a win sent back, drawn anew, let lapse, called off.

use super::{draft, enter, enter_all, get, refusal};
use liveroom_protocol::Reason;
use liveroom_protocol::lottery::Proof;
use liveroom_rules::draw;
use liveroom_tests::{Client, House};
use serde_json::{Value, json};

/// Closes the draw and draws.
async fn draw(desk: &mut Client) {
    for kind in ["close", "lottery.draw"] {
        desk.must(json!({"type": kind, "activity": "mugs"})).await;
    }
}

/// Which of these pages has the win of this number, by what its viewer is told.
async fn winner(pages: &mut [Client], win: u32) -> usize {
    let mut found = None;
    for (place, page) in pages.iter_mut().enumerate() {
        page.until("the draw", |seen| seen.card_of("mugs")["drawn_at"].is_u64())
            .await;
        // Asked from the room, so that what is on its way to the page counts.
        let claim = json!({"type": "lottery.claim", "win": win});
        if page.does("mugs", claim).await.ok {
            assert_eq!(found.replace(place), None, "a win is one viewer's");
        }
    }
    found.expect("somebody has it")
}

async fn proof(house: &House) -> Proof {
    let proof: Proof = serde_json::from_value(get(house, "mugs").await).expect("a proof");
    draw::verify(&proof).expect("the draw holds");
    proof
}

fn entry(word: &str) -> Value {
    json!({"type": "lottery.enter", "keyword": word})
}

#[tokio::test]
async fn a_word_counts_in_any_case_and_width_and_is_told_to_nobody() {
    let house = House::open().await;
    let mut desk = house.desk().await;
    desk.must(draft(
        json!({"conditions": [{"kind": "keyword", "word": "Spring 春", "shown": false}]}),
    ))
    .await;
    for (number, (word, reason)) in [
        ("Spring 春", None),
        ("ＳＰＲＩＮＧ　春", None),
        ("  spring 春 ", None),
        ("spring", Some(Reason::WrongKeyword)),
        ("Spring 夏", Some(Reason::WrongKeyword)),
    ]
    .into_iter()
    .enumerate()
    {
        let mut page = house.account(&format!("v{number}")).await;
        let answer = page.does("mugs", entry(word)).await;
        assert_eq!(refusal(&answer), reason, "{word}");
        assert!(!format!("{:?}", page.seen.card_of("mugs")).contains('春'));
    }
    let mut silent = house.account("silent").await;
    assert_eq!(
        refusal(&enter(&mut silent).await),
        Some(Reason::WrongKeyword)
    );
    let public = house.get("/v1/rooms/demo").await.text().await;
    assert!(!public.expect("a text").contains('春'));
    // An account enters once, whichever page it is on.
    let mut twice = house.account("v0").await;
    let answer = twice.does("mugs", entry("Spring 春")).await;
    assert_eq!(refusal(&answer), Some(Reason::AlreadyEntered));
    house.close().await;
}

#[tokio::test]
async fn a_win_that_is_sent_back_is_drawn_anew_and_stays_in_the_proof() {
    let house = House::open().await;
    let mut desk = house.desk().await;
    desk.must(draft(json!({"prizes": [{"name": "A mug"}]})))
        .await;
    let mut pages = enter_all(&house, 4).await;
    draw(&mut desk).await;
    let first = winner(&mut pages, 0).await;
    desk.must(json!({"type": "lottery.forfeit", "activity": "mugs", "win": 0, "reason": "Sent back", "redraw": true}))
        .await;
    pages[first]
        .until("it is no longer theirs", |seen| {
            seen.mine_of("mugs")["wins"][0]["standing"] == "forfeited"
        })
        .await;
    let second = winner(&mut pages, 1).await;
    assert_ne!(first, second, "whoever sent it back is not drawn again");
    let drawn = proof(&house).await.drawn.expect("it is drawn");
    assert_eq!(drawn.winners.len(), 2);
    assert_eq!(drawn.winners[0].forfeited.as_deref(), Some("Sent back"));
    assert_eq!(drawn.winners[1].instead_of, Some(0));
    house.close().await;
}

#[tokio::test]
async fn a_prize_that_nobody_claims_in_time_lapses_by_itself() {
    let house = House::open().await;
    let mut desk = house.desk().await;
    desk.must(draft(
        json!({"prizes": [{"name": "A mug"}], "claim_within_ms": 60_000}),
    ))
    .await;
    let mut pages = enter_all(&house, 1).await;
    draw(&mut desk).await;
    pages[0]
        .until("the win", |seen| {
            seen.mine_of("mugs")["wins"][0]["standing"] == "waiting"
        })
        .await;
    house.turn(60_001);
    pages[0]
        .until("it lapsed", |seen| {
            seen.mine_of("mugs")["wins"][0]["standing"] == "forfeited"
        })
        .await;
    let claim = json!({"type": "lottery.claim", "win": 0});
    assert!(!pages[0].does("mugs", claim).await.ok);
    house.close().await;
}

#[tokio::test]
async fn a_draw_that_is_called_off_tells_who_would_have_won_and_gives_nothing() {
    let house = House::open().await;
    let mut desk = house.desk().await;
    desk.must(draft(json!({}))).await;
    let mut pages = enter_all(&house, 3).await;
    desk.must(json!({"type": "close", "activity": "mugs"}))
        .await;
    desk.must(json!({"type": "cancel", "activity": "mugs", "reason": "The mugs broke"}))
        .await;
    let late = desk
        .order(json!({"type": "lottery.draw", "activity": "mugs"}))
        .await;
    assert!(!late.ok, "{late:?}");
    let told = proof(&house).await;
    assert_eq!(told.cancelled.as_deref(), Some("The mugs broke"));
    assert!(told.drawn.is_some(), "the seed is told");
    for page in &mut pages {
        page.until("the end", |seen| {
            seen.card_of("mugs")["cancelled"] == "The mugs broke"
        })
        .await;
        let claim = json!({"type": "lottery.claim", "win": 0});
        assert!(!page.does("mugs", claim).await.ok);
    }
    house.close().await;
}

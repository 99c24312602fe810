//! Too much of anything: it is refused with a word on when to ask again, is not written, and hinders nobody else.

use liveroom_protocol::Reason;
use liveroom_protocol::message::{FromRoom, ToRoom};
use liveroom_tests::House;
use liveroom_tests::client::Closed;

#[tokio::test]
async fn who_asks_too_fast_is_told_when_to_ask_again() {
    let house = House::open().await;
    house.open_tea().await;
    let before = house.records();
    let mut page = house.account("eve").await;
    let mut other = house.account("eve").await;
    let mut taken = 0;
    let refusal = loop {
        let line = if taken % 2 == 0 {
            &mut page
        } else {
            &mut other
        };
        let answer = line.vote("tea", &[["1", "2"][taken % 2]]).await;
        match answer.refusal {
            None => taken += 1,
            Some(refusal) => break refusal,
        }
    };
    assert_eq!(
        (taken, refusal.reason),
        (10, Reason::TooFast),
        "two lines are one viewer"
    );
    assert_eq!(
        house.records(),
        before + 10,
        "what comes too fast is not written"
    );
    house.turn(refusal.again_in_ms.expect("it says when"));
    assert!(page.vote("tea", &["1"]).await.ok);
    assert!(
        house.account("ada").await.vote("tea", &["1"]).await.ok,
        "others are not hindered"
    );
    house.close().await;
}

#[tokio::test]
async fn who_never_stops_is_cut_off() {
    let house = House::open().await;
    house.open_tea().await;
    let mut page = house.account("eve").await;
    for number in 0..200 {
        page.send(&ToRoom::Ping {
            sent: f64::from(number),
        })
        .await;
    }
    assert_eq!(
        page.closed().await,
        Closed {
            code: 4429,
            reason: Some(Reason::TooFast)
        }
    );
    house.close().await;
}

#[tokio::test]
async fn device_keys_are_not_minted_without_end_for_one_address() {
    let house = House::open().await;
    let mut minted = 0;
    loop {
        assert!(minted <= 500, "one address has had {minted} keys");
        let mut page = house.viewer().await;
        page.send(&ToRoom::Mint).await;
        match page.reply().await {
            FromRoom::Device { .. } => minted += 1,
            FromRoom::Refused { refusal, .. } => {
                assert_eq!(refusal.reason, Reason::TooFast);
                break;
            }
            other => panic!("{other:?}"),
        }
    }
    house.turn(500);
    house.viewer().await.introduce().await;
    house.close().await;
}

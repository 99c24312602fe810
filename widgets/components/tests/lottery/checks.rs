//! What a check of a draw says on the card.

use super::{CLOSED, IN, beans, draw, draw_as, drawn, has, has_not};
use liveroom::{Check, PublicRound, Scene, Wrong};
use liveroom_protocol::time::Timestamp;

#[tokio::test]
async fn a_check_says_its_level_or_what_is_wrong_and_never_where_the_page_drives() {
    let shown = |check: Check, driven: bool| async move {
        let scene = Scene {
            now: Some(Timestamp(1_000_000)),
            driven,
            ..Scene::default()
        };
        draw_as(scene, check, &drawn(""), CLOSED, IN).await
    };
    let checked = |unpredictable| Check::Checked {
        unpredictable,
        listed: true,
        round: unpredictable.then(|| PublicRound {
            number: "1000".into(),
            signature: "b75c".into(),
            address: "https://api.drand.sh/52db/public/1000".into(),
        }),
    };
    has(
        &shown(Check::Unasked, false).await,
        &["Check this draw", "295 kB"],
    );
    has_not(
        &shown(Check::Unasked, false).await,
        &["Is my entry on the list?"],
    );
    has(&shown(Check::Checking(42), false).await, &["Checking, 42%"]);
    has(
        &shown(checked(false), false).await,
        &[
            "Checked",
            "could still have added entrants",
            "Your entry is on the list.",
        ],
    );
    has(
        &shown(checked(true), false).await,
        &[
            "unpredictable if the signature",
            "did not check its signature",
            "Signature of round 1000",
            "b75c",
            r#"href="https://api.drand.sh/52db/public/1000""#,
        ],
    );
    has_not(&shown(checked(false), false).await, &["unpredictable"]);
    for (wrong, words) in [
        (Wrong::Fixed, "its number or rules"),
        (Wrong::List, "its list"),
    ] {
        let html = shown(Check::Swapped(wrong), false).await;
        has(&html, &["does not hold", words]);
        has_not(&html, &["Check this draw", "Checked", "has drawn again"]);
    }
    let failed = Check::Failed {
        wrong: Wrong::List,
        detail: String::from("its root is another"),
    };
    has(
        &shown(failed, false).await,
        &["does not hold", "its root is another"],
    );
    has_not(
        &shown(checked(true), true).await,
        &["Checked", "Check this draw"],
    );
}

#[tokio::test]
async fn who_has_entered_may_see_from_closing_on_whether_they_are_on_the_list() {
    let fixed = beans(r#","root":"0f0f""#);
    let own = r#"{"entered":true,"tickets":2,"entrant":"aa11"}"#;
    let asks = "Is my entry on the list?";
    has(&draw(&fixed, CLOSED, own).await, &[asks, "a few kB"]);
    has_not(&draw(&beans(""), CLOSED, own).await, &[asks]);
    has_not(&draw(&fixed, CLOSED, "{}").await, &[asks]);
    let listed = draw_as(Scene::default(), Check::Listed(2), &fixed, CLOSED, own).await;
    has(&listed, &["on the list that was fixed", "2 tickets"]);
    has_not(&listed, &[asks, "Check this draw"]);
}

//! Lotteries drawn to text from messages as a room sends them.

use liveroom::{Check, Lottery, LotteryProps, Scene};
use liveroom_protocol::time::Timestamp;
use serde::de::DeserializeOwned;
use std::rc::Rc;
use yew::{Html, LocalServerRenderer, Properties, component, html};

mod checks;
mod excluded;

#[derive(Clone, PartialEq, Properties)]
struct Show {
    lottery: LotteryProps,
}

#[component]
fn Page(show: &Show) -> Html {
    html! { <Lottery ..show.lottery.clone() /> }
}

fn read<T: DeserializeOwned>(text: &str) -> Rc<T> {
    Rc::new(serde_json::from_str(text).expect("a message of the protocol"))
}

async fn draw_as(scene: Scene, check: Check, card: &str, tally: &str, mine: &str) -> String {
    let lottery = yew::props!(LotteryProps {
        card: read(card),
        tally: read(tally),
        mine: read(mine),
        told_at: Some(Timestamp(1_000_000)),
        check,
        scene: Rc::new(scene),
    });
    LocalServerRenderer::<Page>::with_props(Show { lottery })
        .hydratable(false)
        .render()
        .await
}

async fn draw_at(now: u64, card: &str, tally: &str, mine: &str) -> String {
    let scene = Scene {
        now: Some(Timestamp(now)),
        ..Scene::default()
    };
    draw_as(scene, Check::Unasked, card, tally, mine).await
}

async fn draw(card: &str, tally: &str, mine: &str) -> String {
    draw_at(1_000_000, card, tally, mine).await
}

fn has(html: &str, wanted: &[&str]) {
    for piece in wanted {
        assert!(html.contains(piece), "{piece} is missing in {html}");
    }
}

fn has_not(html: &str, unwanted: &[&str]) {
    for piece in unwanted {
        assert!(!html.contains(piece), "{piece} is in {html}");
    }
}

const OPEN: &str = r#"{"phase":"open","entrants":1203,"tickets":1204}"#;
const CLOSED: &str = r#"{"phase":"closed","entrants":1203,"tickets":1204}"#;
const IN: &str = r#"{"entered":true,"tickets":3}"#;

fn beans(more: &str) -> String {
    let card = r#"{"title":"Beans","prizes":[{"name":"Grinder","value":{"amount":"89.00","currency":"EUR"}},{"name":"Bag","count":4}],"commitment":"5b0c"MORE}"#;
    card.replace("MORE", more)
}

fn drawn(more: &str) -> String {
    let winners = r#","drawn_at":900000,"winners":[{"win":0,"prize":0,"name":"A***","entrant":"00"},{"win":1,"prize":1,"name":"B***","entrant":"01"}]MORE"#;
    beans(&winners.replace("MORE", more))
}

#[tokio::test]
async fn all_that_matters_is_said_before_entering() {
    let card = beans(
        r#","rules":"https://shop.example/rules","organiser":"Roasters","who":{"tiers":["Gold"]},
        "conditions":[{"kind":"watched","for_ms":600000},{"kind":"voted"}],"exclusions":["Employees"]"#,
    );
    let tally = r#"{"phase":"open","entrants":1203,"tickets":1204,"closes_at":1300000}"#;
    let html = draw(&card, tally, r#"{"met":[false,true],"watched_ms":192000}"#).await;
    has(
        &html,
        &[
            "Grinder",
            "worth 89.00",
            "4 ×",
            "If you enter now: 1 ticket of 1,205 for 5 prizes",
            "1,203 entrants",
            "Watch for 10:00",
            "3:12 so far",
            "For tier",
            "Roasters",
            r#"href="https://shop.example/rules""#,
            "May be excluded",
            "Employees",
            "How this draw can be checked",
            "5b0c",
            "Enter the draw",
            "ends",
        ],
    );
    has_not(
        &html,
        &["style=", "javascript:", "Check this draw", "<input"],
    );
}

#[tokio::test]
async fn watch_time_counts_on_by_the_rooms_clock() {
    let card = beans(r#","conditions":[{"kind":"watched","for_ms":600000}]"#);
    let mine = r#"{"met":[false],"watched_ms":192000}"#;
    has(
        &draw_at(1_030_900, &card, OPEN, mine).await,
        &["3:42 so far"],
    );
    let html = draw_at(1_408_000, &card, OPEN, mine).await;
    has(&html, &[">met<"]);
    has_not(&html, &["so far"]);
}

#[tokio::test]
async fn a_word_is_asked_for_by_a_field_and_only_until_it_was_sent() {
    let card = beans(r#","conditions":[{"kind":"keyword"}]"#);
    let html = draw(&card, OPEN, "{}").await;
    has(
        &html,
        &["<input", "required", "Type the word from the show"],
    );
    let html = draw(&card, OPEN, IN).await;
    has(
        &html,
        &[
            "You are in the draw",
            "You have 3 tickets of 1,204 for 5 prizes",
        ],
    );
    has_not(&html, &["<input", "To enter"]);
}

#[tokio::test]
async fn one_who_may_have_more_tickets_is_told_of_one() {
    let card = beans(r#","tickets":{"each":1,"tiers":[{"tier":"gold","tickets":3}]}"#);
    let html = draw(&card, OPEN, "{}").await;
    has(
        &html,
        &["If you enter now: 1 ticket of 1,205 for 5 prizes", "gold"],
    );
}

#[tokio::test]
async fn closed_it_waits_for_the_draw_and_cancelled_it_says_why() {
    has(
        &draw(&beans(""), CLOSED, IN).await,
        &["You are in. The draw follows."],
    );
    let html = draw(&beans(r#","cancelled":"it broke""#), CLOSED, IN).await;
    has(&html, &["Cancelled", "it broke"]);
    has_not(&html, &["The draw follows"]);
}

#[tokio::test]
async fn names_settle_for_the_same_while_for_everybody() {
    let card = drawn("");
    let html = draw_at(902_399, &card, CLOSED, IN).await;
    has(&html, &["Drawing", "reel", "aria-hidden"]);
    has_not(&html, &["Winners", "not drawn this time"]);
    let html = draw_at(902_400, &card, CLOSED, IN).await;
    has(&html, &["Winners", "A***", "You were not drawn this time."]);
    has_not(&html, &["reel"]);
    // Without a clock nothing can settle: the result is there.
    let html = draw_as(Scene::default(), Check::Unasked, &card, CLOSED, IN).await;
    has(&html, &["Winners"]);
}

#[tokio::test]
async fn an_own_win_comes_first_with_its_claim() {
    let mine = |more: &str| {
        r#"{"entered":true,"tickets":1,"wins":[{"win":1,"prize":1,"claim_by":2000000MORE}]}"#
            .replace("MORE", more)
    };
    let html = draw(&drawn(""), CLOSED, &mine("")).await;
    has(
        &html,
        &[
            "You have won",
            "claim it by",
            "Claim the prize",
            "winner--own",
        ],
    );
    let form =
        r#","claim":{"kind":"form","fields":[{"label":"Name"},{"label":"Size","optional":true}]}"#;
    let html = draw(&drawn(form), CLOSED, &mine("")).await;
    assert_eq!(html.matches("<input").count(), 2);
    assert_eq!(html.matches(" required").count(), 1);
    has(&html, &["Only the shop can read this.", "(optional)"]);
    let code = r#","claim":{"kind":"code"}"#;
    let claimed = mine(r#","standing":"claimed","code":"8F2K""#);
    let html = draw(&drawn(code), CLOSED, &claimed).await;
    has(&html, &["8F2K", "You have claimed it."]);
    has_not(&html, &["Claim, and show my code"]);
    let page = r#","claim":{"kind":"link","address":"/prizes"}"#;
    has(
        &draw(&drawn(page), CLOSED, &mine("")).await,
        &[r#"href="/prizes""#, r#"rel="noopener noreferrer""#],
    );
    let lost = mine(r#","standing":"forfeited""#);
    has(
        &draw(&drawn(""), CLOSED, &lost).await,
        &["not claimed in time"],
    );
}

#[tokio::test]
async fn forfeited_wins_stay_with_their_reason_and_private_winners_are_a_number() {
    let winners = |names: &str| {
        let all = r#","drawn_at":900000,"winners":[{"win":0,"prize":0NAME,"standing":"forfeited","reason":"not reached"},{"win":1,"prize":1NAME},{"win":2,"prize":0NAME}]"#;
        beans(&all.replace("NAME", names))
    };
    let html = draw(&winners(r#","name":"A***""#), CLOSED, "{}").await;
    has(
        &html,
        &["forfeited: ", "not reached", "2 of 5 prizes drawn"],
    );
    assert_eq!(html.matches("<li class=\"winner").count(), 3);
    let html = draw(&winners(""), CLOSED, "{}").await;
    has(
        &html,
        &["told in private", "2 of 5 prizes drawn", "not reached"],
    );
    assert_eq!(html.matches("<li class=\"winner").count(), 1);
}

#[tokio::test]
async fn an_overlay_has_nothing_to_press_and_a_chip_is_the_head_alone() {
    let overlay = Scene {
        overlay: true,
        taking_part: false,
        now: Some(Timestamp(1_000_000)),
        ..Scene::default()
    };
    let html = draw_as(overlay, Check::Unasked, &drawn(""), CLOSED, "{}").await;
    has(&html, &["card--overlay", "A***"]);
    has_not(&html, &["<button", "<a ", "<details", "<input"]);
    let chip = Scene {
        chip: true,
        ..Scene::default()
    };
    let html = draw_as(chip, Check::Unasked, &beans(""), OPEN, "{}").await;
    has_not(&html, &["Grinder", "Enter the draw"]);
}

#[tokio::test]
async fn the_label_is_shown_and_the_card_can_be_reported() {
    let html = draw(&beans(r#","about":{"ad":"Anzeige"}"#), OPEN, "{}").await;
    has(&html, &[r#"class="ad""#, "Anzeige", "Report this"]);
}

//! Polls drawn to text from messages as a room sends them.

use liveroom::{Link, Poll, PollProps, Scene};
use liveroom_protocol::Reason;
use liveroom_protocol::time::Timestamp;
use serde::de::DeserializeOwned;
use std::rc::Rc;
use yew::{Html, LocalServerRenderer, Properties, component, html};

#[derive(Clone, PartialEq, Properties)]
struct Show {
    poll: PollProps,
}

#[component]
fn Page(show: &Show) -> Html {
    html! { <Poll ..show.poll.clone() /> }
}

fn read<T: DeserializeOwned>(text: &str) -> Rc<T> {
    Rc::new(serde_json::from_str(text).expect("a message of the protocol"))
}

async fn draw_in(scene: Scene, card: &str, tally: &str, mine: &str) -> String {
    let poll = yew::props!(PollProps {
        card: read(card),
        tally: read(tally),
        mine: read(mine),
        scene: Rc::new(scene),
    });
    LocalServerRenderer::<Page>::with_props(Show { poll })
        .hydratable(false)
        .render()
        .await
}

async fn draw(card: &str, tally: &str, mine: &str) -> String {
    draw_in(Scene::default(), card, tally, mine).await
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

const COLOURS: &str = r#"{"question":"Which?","options":[{"id":"1","text":"Coral"},{"id":"2","text":"Moss"},{"id":"3","text":"Ink"}]}"#;

fn colours(more: &str) -> String {
    COLOURS.replacen('{', &["{", more, ","].concat(), 1)
}

#[tokio::test]
async fn a_poll_is_a_form_of_native_controls_with_nothing_that_a_strict_page_refuses() {
    let html = draw(
        COLOURS,
        r#"{"phase":"open","voters":3,"votes":[2,1,0]}"#,
        "{}",
    )
    .await;
    has(
        &html,
        &[
            "<form",
            "<fieldset",
            "<legend",
            r#"type="radio""#,
            r#"type="submit""#,
            ">Vote<",
        ],
    );
    has(
        &html,
        &["share-67", "share-33", "share-0", "67%", "3 voters"],
    );
    has_not(&html, &["style=", "id=", "onclick", "aria-live"]);
    let several = draw(&colours(r#""max_choices":2"#), r#"{"phase":"open"}"#, "{}").await;
    has(&several, &[r#"type="checkbox""#, "Up to 2 choices"]);
}

#[tokio::test]
async fn text_from_outside_is_text() {
    let card =
        r#"{"question":"<script>a</script>","options":[{"id":"1","text":"<b>"},{"id":"2"}]}"#;
    let html = draw(card, "{}", "{}").await;
    has(&html, &["&lt;script&gt;", "&lt;b&gt;", "Option 2"]);
    has_not(&html, &["<script", "<b>"]);
}

#[tokio::test]
async fn hidden_numbers_are_not_drawn_and_it_is_said_when_they_will_be() {
    for (results, said) in [
        ("after_voting", "results once you have voted"),
        ("after_closing", "results when it closes"),
        ("on_reveal", "results when they are revealed"),
    ] {
        let card = colours(&[r#""results":""#, results, "\""].concat());
        let html = draw(&card, r#"{"phase":"open","voters":9}"#, "{}").await;
        has(&html, &[said, "9 voters"]);
        has_not(&html, &["poll__bar", "poll__share", "0%"]);
    }
}

#[tokio::test]
async fn a_vote_that_stands_can_be_changed_and_withdrawn_while_it_may() {
    let (open, mine) = (
        r#"{"phase":"open","voters":1,"votes":[1,0,0]}"#,
        r#"{"choices":["1"]}"#,
    );
    let html = draw(COLOURS, open, mine).await;
    has(
        &html,
        &[
            "Vote counted",
            "Withdraw vote",
            "poll__option--chosen",
            "checked",
        ],
    );
    let html = draw(&colours(r#""can_change":false"#), open, mine).await;
    has(&html, &["Vote counted", r#"aria-disabled="true""#]);
    has_not(&html, &["Withdraw vote"]);
}

#[tokio::test]
async fn what_is_over_stays_in_place_and_says_so() {
    let html = draw(
        COLOURS,
        r#"{"phase":"closed","voters":4,"votes":[2,2,0]}"#,
        "{}",
    )
    .await;
    has(
        &html,
        &[
            r#"type="submit""#,
            "Closed",
            "A tie: ",
            "50%",
            "poll__option--leading",
        ],
    );
    let html = draw(
        COLOURS,
        r#"{"phase":"closed","voters":0,"votes":[0,0,0]}"#,
        "{}",
    )
    .await;
    has(&html, &["Nobody voted"]);
    has_not(&html, &["poll__bar", "%"]);
}

#[tokio::test]
async fn a_quiz_marks_the_right_answer_in_words_once_it_is_revealed() {
    let tally = r#"{"phase":"closed","voters":2,"votes":[1,1,0],"revealed":true}"#;
    let asked = draw(&colours(r#""quiz":true"#), r#"{"phase":"open"}"#, "{}").await;
    has_not(&asked, &["Right answer", "You were right"]);
    let told =
        colours(r#""quiz":true,"right":["2"],"board":[{"rank":1,"name":"1F2E","after_ms":1940}]"#);
    let right = draw(&told, tally, r##"{"choices":["2"],"label":"1F2E"}"##).await;
    has(
        &right,
        &[
            "You were right.",
            ">Right answer<",
            "1.9 s",
            "1F2E",
            ">you<",
        ],
    );
    let wrong = draw(&told, tally, r#"{"choices":["1"]}"#).await;
    has(
        &wrong,
        &["Not right this time.", ">Your answer<", ">Right answer<"],
    );
    has_not(&wrong, &[">you<"]);
}

#[tokio::test]
async fn a_scale_has_its_ends_in_words_and_an_average() {
    let card = r#"{"question":"How was it?","scale":{"min":1,"max":2,"low":"Poor","high":"Fine"},"options":[{"id":"1","text":"1"},{"id":"2","text":"2"}]}"#;
    let html = draw(card, r#"{"phase":"open","voters":4,"votes":[1,3]}"#, "{}").await;
    has(
        &html,
        &[
            "poll__choices--scale",
            "Rating",
            "Poor",
            "Fine",
            "Average 1.8",
        ],
    );
}

#[tokio::test]
async fn it_is_said_who_may_vote_and_exactly_what_anonymous_means() {
    let html = draw(COLOURS, r#"{"phase":"open"}"#, "{}").await;
    has(
        &html,
        &[
            "Anonymous",
            "one vote a browser",
            "see numbers only",
            "Until the room is sealed",
        ],
    );
    let card = colours(
        r#""level":"verified","named":true,"who":{"tiers":["Gold"],"roles":["moderator"],"points":1500}"#,
    );
    let html = draw(&card, r#"{"phase":"open"}"#, "{}").await;
    has(
        &html,
        &[
            "Names on the board",
            "one vote a verified person",
            "For tier: ",
            "Gold",
            "For role: ",
            "From 1,500 points",
        ],
    );
    has_not(&html, &["Anonymous"]);
}

#[tokio::test]
async fn the_time_is_said_in_words_and_digits_and_only_by_the_rooms_clock() {
    let tally = r#"{"phase":"open","closes_at":73000000}"#;
    let at = |now| Scene {
        now,
        ..Scene::default()
    };
    let html = draw_in(at(None), COLOURS, tally, "{}").await;
    has(&html, &["ends 20:16"]);
    has_not(&html, &["clock__left"]);
    let html = draw_in(at(Some(Timestamp(72_916_000))), COLOURS, tally, "{}").await;
    has(&html, &["1:24", r#"role="timer""#]);
    let html = draw_in(at(Some(Timestamp(72_993_500))), COLOURS, tally, "{}").await;
    has(&html, &["0:07", "clock--last"]);
    let html = draw_in(at(Some(Timestamp(73_000_000))), COLOURS, tally, "{}").await;
    has(&html, &["ending", r#"type="radio""#]);
    let paused = r#"{"phase":"paused","left_ms":45000}"#;
    has(&draw(COLOURS, paused, "{}").await, &["Paused", "0:45 left"]);
}

#[tokio::test]
async fn a_refusal_and_a_lost_line_say_what_to_do() {
    let open = r#"{"phase":"open"}"#;
    let refused = Scene {
        refusal: Some(Reason::NeedsSignIn.into()),
        ..Scene::default()
    };
    has(
        &draw_in(refused, COLOURS, open, "{}").await,
        &["Not accepted. Sign in on this page first"],
    );
    let since = Some(Timestamp(72_000_000));
    let lost = Scene {
        link: Link::Lost { since },
        ..Scene::default()
    };
    has(
        &draw_in(lost, COLOURS, open, "{}").await,
        &["Not connected since 20:00. What you see may be old."],
    );
}

#[tokio::test]
async fn a_chip_is_one_line_and_an_overlay_has_nothing_to_press() {
    let open = r#"{"phase":"open","voters":2,"votes":[1,1,0]}"#;
    let chip = draw_in(
        Scene {
            chip: true,
            ..Scene::default()
        },
        COLOURS,
        open,
        "{}",
    )
    .await;
    has(&chip, &["poll--chip", r#"aria-expanded="false""#, "Open"]);
    has_not(&chip, &["<form", "Anonymous"]);
    let scene = Scene {
        overlay: true,
        taking_part: false,
        ..Scene::default()
    };
    let overlay = draw_in(scene, COLOURS, open, "{}").await;
    has(&overlay, &["poll--overlay", "50%", "Coral"]);
    has_not(&overlay, &["<input", "<button", "<details"]);
}

#[tokio::test]
async fn called_off_it_says_why_and_sums_up_nothing() {
    let card = colours(r#""cancelled":"Moss is not made any more""#);
    let html = draw(&card, r#"{"phase":"closed","voters":3}"#, "{}").await;
    has(&html, &["Cancelled", "Moss is not made any more"]);
    has_not(&html, &["3 voters"]);
    let html = draw(
        COLOURS,
        r#"{"phase":"closed","voters":3,"votes":[2,1,0]}"#,
        "{}",
    )
    .await;
    has(&html, &["3 voters"]);
}

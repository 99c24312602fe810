//! What is burnt into a picture: true when it is seen, and nothing that may be wrong.

use super::{Try, WELCOME, news};
use crate::connection::Input;
use liveroom_protocol::time::Timestamp;

const OVERLAY: &str = r#"{"room":"demo","server":"https://live.example","mode":"overlay"}"#;
/// The room's clock when it welcomed the page, and when the activity closes.
const JOINED: u64 = 1_767_225_601_000;
const CLOSES: &str = "1767225661000";

fn overlay() -> Try {
    let mut page = Try::new(OVERLAY);
    page.on(|room, at| room.line(Input::Opened, at));
    page.told(WELCOME);
    page
}

fn closing(time: &str) -> String {
    [
        r#"{"type":"news","epoch":"e1","news":[{"activity":"colour","run":1,"rev":3,"card":{"widget":"poll","time":""#,
        time,
        r#"","opened_at":1767225601000,"grace_ms":9000},"tally":{"widget":"poll","phase":"open","closes_at":"#,
        CLOSES,
        "}}]}",
    ]
    .concat()
}

/// What the widget takes for now.
fn clock(page: &Try) -> Option<Timestamp> {
    let mount = page.room.mounted(1)?;
    mount.look.as_ref()?.scene.now
}

fn leaving(page: &Try) -> bool {
    let mount = page.room.mounted(1).expect("it is mounted");
    mount.look.as_ref().is_some_and(|look| look.scene.leaving)
}

#[test]
fn a_countdown_of_the_room_is_reckoned_for_the_delay_and_one_in_picture_time_is_not() {
    for (time, ahead) in [("room", 8_000), ("picture", 0)] {
        let mut page = overlay();
        page.told(r#"{"type":"room","rev":2,"delay_ms":8000,"state":"live"}"#);
        page.told(&closing(time));
        page.looks();
        assert_eq!(clock(&page), Some(Timestamp(JOINED + ahead)), "{time}");
        page.now += 55_000;
        page.looks();
        let seen = (JOINED + 55_000 + ahead).min(CLOSES.parse().expect("a number"));
        assert_eq!(
            clock(&page),
            Some(Timestamp(seen)),
            "{time}: never past the end"
        );
    }
}

#[test]
fn what_nobody_confirms_any_more_goes_from_the_picture_and_comes_back_with_the_line() {
    let mut page = overlay();
    page.told(&news(3, 5));
    page.looks();
    page.on(|room, at| room.line(Input::Closed, at));
    page.now += 4_999;
    page.looks();
    assert!(page.shown().is_some() && !leaving(&page));
    page.now += 1;
    assert!(page.room.due().is_some_and(|due| due <= page.now));
    page.looks();
    assert!(leaving(&page), "it goes gently");
    page.now = page.room.ticks().expect("it goes");
    page.looks();
    assert!(page.shown().is_none());
    assert_eq!(page.room.ticks(), None, "nothing is left to do");
    page.on(|room, at| room.line(Input::Opened, at));
    page.told(WELCOME);
    page.told(&news(4, 6));
    page.looks();
    assert!(page.shown().is_some() && !leaving(&page));
}

#[test]
fn a_page_that_slept_shows_nothing_old_for_a_moment() {
    let mut page = overlay();
    page.told(&news(3, 5));
    page.looks();
    page.on(|room, at| room.line(Input::Closed, at));
    page.now += 3_600_000;
    page.looks();
    assert!(page.shown().is_none());
}

#[test]
fn a_page_that_slept_with_its_line_open_shows_nothing_until_the_room_has_answered() {
    let mut page = overlay();
    page.told(&news(3, 5));
    page.looks();
    page.now += 3_600_000;
    page.on(|room, at| room.line(Input::Woken, at));
    page.looks();
    assert!(page.shown().is_none());
    page.now += 80;
    let asked = page.now;
    page.on(|room, at| room.line(Input::Ponged(asked), at));
    page.looks();
    assert!(page.shown().is_some() && !leaving(&page));
}

#[test]
fn what_is_put_away_fades_and_what_follows_at_once_does_not() {
    let mut page = overlay();
    page.told(&news(3, 5));
    page.looks();
    let gone = r#"{"type":"news","epoch":"e1","news":[{"activity":"colour","run":1,"rev":9,"gone":true}]}"#;
    page.told(gone);
    page.looks();
    assert!(leaving(&page));
    page.now = page.room.ticks().expect("it goes");
    page.looks();
    assert!(page.shown().is_none());
    let mut viewer = Try::new(super::SERVED);
    viewer.join();
    viewer.told(&news(3, 5));
    viewer.looks();
    viewer.told(gone);
    viewer.looks();
    assert!(viewer.shown().is_none(), "a page lets it go at once");
}

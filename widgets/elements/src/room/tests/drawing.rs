//! What is drawn again, and when.

use super::{SERVED, Try, news};

#[test]
fn nothing_is_drawn_again_that_did_not_change() {
    let mut page = Try::new(SERVED);
    page.join();
    page.told(&news(3, 0));
    assert_eq!(page.looks(), 1);
    assert_eq!(page.looks(), 0);
    page.told(&news(2, 9));
    assert_eq!(page.looks(), 0, "older");
    page.told(&news(4, 1));
    assert_eq!(page.looks(), 1);
    page.told(&news(4, 1));
    assert_eq!(
        page.looks(),
        1,
        "told again is new: no contents are compared"
    );
    assert_eq!(page.looks(), 0);
}

#[test]
fn a_countdown_is_drawn_when_its_text_changes_and_not_in_between() {
    let mut page = Try::new(SERVED);
    page.join();
    page.told(r#"{"type":"news","epoch":"e1","news":[{"activity":"colour","run":1,"rev":3,"card":{"widget":"poll"},
        "tally":{"widget":"poll","phase":"open","closes_at":1767225611500}}]}"#);
    assert_eq!(page.looks(), 1);
    let due = page.room.ticks().expect("it counts");
    page.now = due - 1;
    assert_eq!(page.looks(), 0);
    page.now = due;
    assert_eq!(page.looks(), 1);
    page.on(|room, at| room.hide(true, at));
    page.on(|room, _| room.unmount(1));
    assert_eq!(page.looks(), 0);
}

//! The page's own answers to what is typed.

use super::{Options, SERVED, Try};
use crate::decode::hint;
use crate::effect::Effect;
use liveroom_protocol::Widget;

const ASK: &str = r#"{"type":"news","epoch":"e1","news":[{"activity":"ask","run":1,"rev":3,
    "card":{"widget":"qna","title":"Ask us"},"tally":{"widget":"qna","phase":"open"}}]}"#;

/// What is said aloud after some time.
fn said(page: &mut Try) -> Vec<String> {
    page.looks();
    page.now += 6_000;
    page.on(|room, at| room.wake(at));
    let said = page.done().into_iter().filter_map(|effect| match effect {
        Effect::Say(line) => Some(line),
        _ => None,
    });
    said.collect()
}

#[test]
fn an_answer_is_shown_in_the_element_where_it_was_typed_and_said_once() {
    let mut page = Try::new(SERVED);
    page.on(|room, _| room.mount(2, Widget::Qna, Options::default()));
    page.join();
    page.told(ASK);
    said(&mut page);
    for _ in 0..2 {
        page.on(|room, _| room.hint(2, hint(r#"{"answer":{"text":"Yes.","automatic":true}}"#)));
        let look = page.room.mounted(2).and_then(|mount| mount.look.clone());
        let before = look.and_then(|look| look.scene.hint.clone());
        let lines = said(&mut page);
        let look = page.room.mounted(2).and_then(|mount| mount.look.clone());
        let shown = look
            .and_then(|look| look.scene.hint.clone())
            .expect("shown");
        assert!(shown.answer.automatic && shown.answer.text == "Yes.");
        assert_eq!(lines.is_empty(), before.is_some());
    }
    page.on(|room, _| room.hint(2, hint("")));
    assert!(said(&mut page).is_empty());
    let look = page.room.mounted(2).and_then(|mount| mount.look.clone());
    assert_eq!(look.and_then(|look| look.scene.hint.clone()), None);
}

#[test]
fn an_address_that_is_none_is_left_out_of_an_answer() {
    let link = |link: &str| {
        let text = [r#"{"answer":{"text":"Yes."},"link":""#, link, r#""}"#].concat();
        hint(&text)
            .expect("an answer")
            .link
            .clone()
            .map(String::from)
    };
    for good in ["https://shop.example/care", "/care"] {
        assert_eq!(link(good).as_deref(), Some(good));
    }
    for bad in [
        "javascript:alert(1)",
        "//evil.example",
        "http://shop.example",
        "care",
    ] {
        assert_eq!(link(bad), None, "{bad}");
    }
    assert_eq!(hint(r#"{"link":"/care"}"#), None);
    assert_eq!(hint("["), None);
}

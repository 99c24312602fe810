//! The word of others: what a page attests of its viewer, and a room's refusal of a page.

use super::{Effect, Input, RequestId, SERVED, Try, Verdict, news, sends};

#[test]
fn what_the_page_attests_goes_with_the_action_and_no_further() {
    let mut page = Try::new(SERVED);
    page.on(|room, at| room.device(Some("k1".into()), at));
    page.join();
    page.told(&news(3, 0));
    page.vote(Verdict::Responds);
    assert!(!sends(&page.sent(), "act"), "the page is waited for");
    let id = RequestId::parse("r1").expect("an id");
    page.on(|room, at| room.page_accepts(&id, Some("a.b.c"), at));
    let done = page.done();
    let attests = |text: &str| text.contains(r#""attest":"a.b.c""#);
    assert!(
        done.iter()
            .any(|effect| matches!(effect, Effect::Send(text) if attests(text)))
    );
    assert!(
        done.iter()
            .any(|effect| matches!(effect, Effect::Hold { text, .. } if attests(text))),
        "a trap does not forget it"
    );
    assert!(
        done.iter()
            .all(|effect| !matches!(effect, Effect::Outcome { .. } | Effect::Report(_)))
    );
}

#[test]
fn a_room_that_refuses_a_page_again_and_again_is_spoken_of_once() {
    let mut page = Try::new(SERVED);
    let errors = |page: &mut Try| {
        let done = page.done().into_iter();
        done.filter(|effect| matches!(effect, Effect::Error { .. }))
            .count()
    };
    for times in [1, 0, 0] {
        page.on(|room, at| room.line(Input::Opened, at));
        page.told(r#"{"type":"refused","refusal":{"reason":"not-found"},"closing":true}"#);
        assert_eq!(errors(&mut page), times);
        page.now += 60_000;
        page.on(|room, at| room.wake(at));
    }
    page.join();
    page.told(r#"{"type":"refused","refusal":{"reason":"not-found"},"closing":true}"#);
    let done = page.done();
    let barred = Effect::Barred(r#"{"reason":"not-found"}"#.into());
    assert!(done.contains(&barred), "{done:?}");
    let told = done.iter().find_map(|effect| match effect {
        Effect::Error { message, .. } => Some(message.as_str()),
        _ => None,
    });
    assert_eq!(told, Some("the room refused this page: not-found"));
}

//! The word of others: what a page attests of its viewer, until when it vouches for them, and a room's refusal of a page.

use super::{
    Attributes, Effect, Input, RequestId, Room, SERVED, Try, Verdict, WELCOME, news, sends,
};

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

#[test]
fn a_token_is_renewed_in_time_also_after_a_trap() {
    let provided = SERVED.replace('}', r#","provider":true}"#);
    let mut fresh = Try {
        room: Room::default(),
        now: 1_000,
        effects: Vec::new(),
    };
    // The room says that it is 1,767,225,601,000; the token is good for ten minutes more.
    let ends = Some(1_767_225_601_000 + 600_000);
    fresh.on(|room, at| room.receive(WELCOME, true, at));
    fresh.on(|room, at| room.token(Some("a.b.c".into()), ends, false, at));
    fresh.on(|room, at| room.configure(&Attributes::read(&provided), true, at));
    assert!(!fresh.done().contains(&Effect::AskToken), "it has one");
    fresh.told(r#"{"type":"pong","sent":1000.0,"at":1767225601000}"#);
    while fresh.now < 541_000 {
        assert!(!fresh.done().contains(&Effect::AskToken), "{}", fresh.now);
        fresh.now = fresh.room.due().expect("the next ping");
        fresh.on(|room, at| room.wake(at));
        let pong = fresh.now.to_string();
        let at = (1_767_225_600_000 + fresh.now).to_string();
        fresh.told(&[r#"{"type":"pong","sent":"#, &pong, r#","at":"#, &at, "}"].concat());
    }
    assert_eq!(fresh.now, 541_000, "a minute before its end");
    assert!(fresh.done().contains(&Effect::AskToken));
}

#[test]
fn a_token_is_for_one_room_and_the_page_is_asked_for_each() {
    let provided = SERVED.replace('}', r#","provider":true}"#);
    let mut page = Try::new(&provided);
    assert!(page.done().contains(&Effect::AskToken));
    page.on(|room, at| room.token(Some("a.b.c".into()), None, true, at));
    page.join();
    assert!(!page.done().contains(&Effect::AskToken));
    // Another seat in the same room is another matter.
    let at_desk = provided.replace('}', r#","desk":true}"#);
    page.on(|room, at| room.configure(&Attributes::read(&at_desk), false, at));
    assert!(!page.done().contains(&Effect::AskToken));
    let other = provided.replace("demo", "other");
    page.on(|room, at| room.configure(&Attributes::read(&other), false, at));
    let done = page.done();
    assert!(done.contains(&Effect::HangUp) && done.contains(&Effect::AskToken));
    assert!(
        !done
            .iter()
            .any(|effect| matches!(effect, Effect::OpenLine(_)))
    );
}

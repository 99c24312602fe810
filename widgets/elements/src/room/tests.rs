//! A room from outside: what happens goes in, effects and looks come out.

use super::{At, Options, Room, Verdict};
use crate::clock::Now;
use crate::config::Attributes;
use crate::connection::Input;
use crate::effect::{Effect, Told};
use crate::face::Face;
use liveroom_protocol::id::RequestId;
use liveroom_protocol::poll::Vote;
use liveroom_protocol::{Action, Reason, Widget};

mod drawing;
mod hint;
mod overlay;
mod similar;
mod word;

const SERVED: &str = r#"{"room":"demo","server":"https://live.example"}"#;

/// A room and its time.
struct Try {
    room: Room,
    now: u64,
    effects: Vec<Effect>,
}

impl Try {
    fn new(attributes: &str) -> Self {
        let mut page = Self {
            room: Room::default(),
            now: 1_000,
            effects: Vec::new(),
        };
        page.on(|room, at| room.configure(&Attributes::read(attributes), false, at));
        page.on(|room, _| room.mount(1, Widget::Poll, Options::default()));
        page
    }

    fn at(&self) -> At {
        At {
            now: Now {
                steady: self.now,
                date: 1_767_225_600_000 + self.now,
            },
            chance: 0.5,
        }
    }

    fn on(&mut self, happens: impl FnOnce(&mut Room, At)) {
        let at = self.at();
        happens(&mut self.room, at);
        self.effects.extend(self.room.effects());
    }

    fn told(&mut self, frame: &str) {
        self.on(|room, at| room.receive(frame, false, at));
    }

    /// The effects so far, which are forgotten.
    fn done(&mut self) -> Vec<Effect> {
        std::mem::take(&mut self.effects)
    }

    /// The frames sent so far.
    fn sent(&mut self) -> Vec<String> {
        let sent = self.done().into_iter().filter_map(|effect| match effect {
            Effect::Send(text) => Some(text),
            Effect::Post { body, .. } => Some(body),
            _ => None,
        });
        sent.collect()
    }

    fn join(&mut self) {
        self.on(|room, at| room.line(Input::Opened, at));
        self.told(WELCOME);
    }

    /// The viewer votes in the only element.
    fn vote(&mut self, verdict: Verdict) -> bool {
        let at = self.at();
        self.room.draw(f64::NAN, at);
        let choices = vec![liveroom_protocol::id::OptionId::parse("red").expect("an id")];
        let id = RequestId::parse("r1").expect("an id");
        let begun = self.room.begin(1, Action::PollVote(Vote { choices }), id);
        let Some((begun, detail)) = begun else {
            return false;
        };
        assert!(detail.contains(r#""act":"vote""#), "{detail}");
        self.on(|room, at| room.acted(begun, verdict, at));
        true
    }

    fn looks(&mut self) -> usize {
        let at = self.at();
        self.room.draw(f64::NAN, at).len()
    }

    fn shown(&self) -> Option<&Face> {
        let mount = self.room.mounted(1)?;
        mount.look.as_ref().map(|look| &look.face)
    }
}

const WELCOME: &str = r#"{"type":"welcome","version":1,"room":"demo","epoch":"e1","recovered":false,"at":1767225601000,
    "role":"viewer","seat":"viewer","activities":["colour"]}"#;

fn news(rev: u64, voters: u32) -> String {
    let (rev, voters) = (rev.to_string(), voters.to_string());
    [
        r#"{"type":"news","epoch":"e1","news":[{"activity":"colour","run":1,"rev":"#,
        &rev,
        r#","card":{"widget":"poll","question":"Q?","options":[{"id":"red"},{"id":"blue"}]},
            "tally":{"widget":"poll","phase":"open","voters":"#,
        &voters,
        "}}]}",
    ]
    .concat()
}

fn sends(frames: &[String], kind: &str) -> bool {
    let kind = [r#""type":""#, kind, "\""].concat();
    frames.iter().any(|frame| frame.contains(&kind))
}

#[test]
fn a_viewer_without_a_token_is_given_a_key_before_the_vote_leaves() {
    let mut page = Try::new(SERVED);
    page.join();
    page.told(&news(3, 0));
    page.done();
    assert!(page.vote(Verdict::Go));
    let sent = page.sent();
    assert!(sends(&sent, "mint") && !sends(&sent, "act"), "{sent:?}");
    page.told(r#"{"type":"device","device":"k1"}"#);
    assert!(page.effects.contains(&Effect::KeepDevice("k1".into())));
    assert!(sends(&page.sent(), "act"));
    assert!(!page.vote(Verdict::Go), "one at a time");
    page.told(r#"{"type":"answer","id":"r1","ok":true,"position":4,"mine":{"activity":"colour","run":1,"rev":4,"mine":{"widget":"poll","choices":["red"]}}}"#);
    let done = page.done();
    assert!(done.iter().any(|effect| matches!(effect, Effect::Outcome { detail, refusal: None, .. } if detail.contains(r#""ok":true"#))));
    assert!(done.contains(&Effect::Release(RequestId::parse("r1").expect("an id"))));
    assert_eq!(page.looks(), 1);
    let Some(Face::Poll(poll)) = page.shown() else {
        panic!("it is shown");
    };
    assert_eq!(poll.mine.choices.len(), 1);
}

#[test]
fn a_refused_key_refuses_the_vote() {
    let mut page = Try::new(SERVED);
    page.join();
    page.told(&news(3, 0));
    page.vote(Verdict::Go);
    page.done();
    page.told(r#"{"type":"refused","refusal":{"reason":"too-fast"}}"#);
    let outcome = page.done().into_iter().find_map(|effect| match effect {
        Effect::Outcome { refusal, .. } => refusal,
        _ => None,
    });
    assert_eq!(outcome.map(|refusal| refusal.reason), Some(Reason::TooFast));
}

#[test]
fn what_was_not_answered_is_sent_again_on_the_next_line_under_its_id() {
    let mut page = Try::new(SERVED);
    page.on(|room, at| room.device(Some("k1".into()), at));
    page.join();
    page.told(&news(3, 0));
    page.done();
    page.vote(Verdict::Go);
    let first: Vec<String> = page.sent();
    page.on(|room, at| room.line(Input::Closed, at));
    page.now += 2_000;
    page.on(|room, at| room.wake(at));
    page.join();
    let again = page.sent();
    let act = |frames: &[String]| {
        frames
            .iter()
            .find(|frame| frame.contains(r#""type":"act""#))
            .cloned()
    };
    assert!(act(&first).is_some());
    assert_eq!(act(&first), act(&again));
    assert!(
        again
            .iter()
            .any(|hello| hello.contains(r#""epoch":"e1","rev":3"#)),
        "{again:?}"
    );
}

#[test]
fn where_sockets_are_blocked_everything_goes_by_http() {
    let mut page = Try::new(SERVED);
    for _ in 0..3 {
        page.on(|room, at| room.line(Input::Closed, at));
        page.now += 10_000;
        page.on(|room, at| room.wake(at));
    }
    let sent = page.sent();
    assert!(sends(&sent, "hello") && sends(&sent, "ping"), "{sent:?}");
    page.told(WELCOME);
    page.told(&news(3, 0));
    page.told(r#"{"type":"pong","sent":31000.0,"at":1767225601000}"#);
    page.on(|room, at| room.line(Input::Posted(true), at));
    assert!(
        {
            let at = page.at();
            page.room.status(at)
        }
        .contains(r#""connection":"slow""#)
    );
    page.vote(Verdict::Go);
    let asks = page.sent();
    assert!(sends(&asks, "mint") && sends(&asks, "hello"), "{asks:?}");
    page.told(r#"{"type":"device","device":"k1"}"#);
    page.on(|room, at| room.line(Input::Posted(true), at));
    let acts = page.sent();
    assert!(
        sends(&acts, "act") && acts[0].contains(r#""device":"k1""#),
        "{acts:?}"
    );
    // No answer: the same again, under the same id.
    page.on(|room, at| room.line(Input::Posted(false), at));
    page.now += 10_000;
    page.on(|room, at| room.wake(at));
    assert!(sends(&page.sent(), "act"));
}

#[test]
fn a_page_that_drives_its_room_has_fifteen_seconds_to_answer() {
    let mut page = Try::new("{}");
    page.told(&news(0, 0));
    page.vote(Verdict::Go);
    assert_eq!(page.room.due(), Some(16_000));
    page.now = 16_000;
    page.done();
    page.on(|room, at| room.wake(at));
    let refused = page.done().into_iter().any(|effect| {
        matches!(effect, Effect::Report(Told::Refused { reason, .. }) if reason == "unanswered")
    });
    assert!(refused);
    assert_eq!(page.room.due(), None);
}

#[test]
fn after_a_trap_the_line_and_what_waits_are_taken_up() {
    let mut page = Try::new(SERVED);
    page.on(|room, at| room.device(Some("k1".into()), at));
    page.join();
    page.told(&news(3, 0));
    page.vote(Verdict::Go);
    let held = page.done().into_iter().find_map(|effect| match effect {
        Effect::Hold { text, .. } => Some(text),
        _ => None,
    });
    let mut fresh = Try {
        room: Room::default(),
        now: page.now,
        effects: Vec::new(),
    };
    fresh.on(|room, _| room.take_up(&held.expect("it was held")));
    fresh.on(|room, at| room.receive(WELCOME, true, at));
    fresh.on(|room, at| room.receive(&news(3, 7), true, at));
    fresh.on(|room, at| room.device(Some("k1".into()), at));
    assert!(fresh.sent().is_empty());
    fresh.on(|room, at| room.configure(&Attributes::read(SERVED), true, at));
    let sent = fresh.sent();
    assert!(
        sends(&sent, "act") && sends(&sent, "ping") && !sends(&sent, "hello"),
        "{sent:?}"
    );
    fresh.on(|room, _| room.mount(1, Widget::Poll, Options::default()));
    assert_eq!(fresh.looks(), 1);
}

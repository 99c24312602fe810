//! What the room would say to what is composed and to what is prepared: asked a moment after something changed, never while
//! somebody types on. A room without a profile, where one person is enough, is asked nothing.

use crate::board::{Activity, Board};
use crate::form::Form;
use liveroom_protocol::Command;
use liveroom_protocol::id::ActivityId;
use liveroom_protocol::limits::MESSAGES;
use liveroom_protocol::message::{FromRoom, ToRoom};
use liveroom_protocol::phase::Phase;
use liveroom_protocol::profile::{Check, Checked};
use std::rc::Rc;

/// After so many ticks without an answer it is asked again; the room may have been too busy for it.
const PATIENCE: u8 = 10;

/// What is asked, and what was answered.
#[derive(Default)]
pub(crate) struct Checks {
    /// What there was to ask at the last tick: what is still the same at the next one is asked.
    seen: String,
    /// What was asked last, and of what.
    asked: String,
    number: u32,
    of: Vec<Option<ActivityId>>,
    /// Ticks since then without an answer; none once it came.
    waits: Option<u8>,
    told: Vec<(Option<ActivityId>, Rc<Checked>)>,
}

impl Checks {
    /// Half a second later: the message to the room, if there is something to ask.
    pub(crate) fn tick(&mut self, form: &Form, board: &Board) -> Option<String> {
        let room = &board.room;
        if room.profile.is_none() && !room.approval {
            *self = Self {
                number: self.number,
                ..Self::default()
            };
            return None;
        }
        let asks = asks(form, board);
        let (of, commands): (Vec<_>, Vec<_>) = asks.into_iter().unzip();
        // The same commands are asked again once the room, or what it holds, is another.
        let ruled: Vec<_> = board
            .activities()
            .iter()
            .map(|known| (known.run(), known.ruled().clone(), known.is_on()))
            .collect();
        let state = format!("{:?}{:?}{}", room.profile, ruled, room.approval);
        let text = serde_json::to_string(&commands).ok()? + &state;
        self.waits = self.waits.map(|ticks| ticks.saturating_add(1));
        if text != self.seen {
            self.seen = text;
            return None;
        }
        let late = self.waits.is_some_and(|ticks| ticks >= PATIENCE);
        if text == self.asked && !late {
            return None;
        }
        self.asked = text;
        self.number = self.number.wrapping_add(1);
        self.of = of;
        self.waits = Some(0);
        let number = self.number;
        serde_json::to_string(&ToRoom::Check(Check { number, commands })).ok()
    }

    /// Takes an answer; one to an earlier question is nothing.
    pub(crate) fn hear(&mut self, message: &FromRoom) {
        if let FromRoom::Checked(checks) = message
            && checks.number == self.number
        {
            self.waits = None;
            let told = checks.checked.iter().cloned().map(Rc::new);
            self.told = self.of.iter().cloned().zip(told).collect();
        }
    }

    /// Forgets what was asked on a line that is gone.
    pub(crate) fn forget(&mut self) {
        self.asked.clear();
        self.waits = None;
    }

    /// What the room would say to what is composed.
    pub(crate) fn composed(&self) -> Option<Rc<Checked>> {
        self.find(None)
    }

    /// What it would say if a prepared activity were opened.
    pub(crate) fn of(&self, id: &ActivityId) -> Option<Rc<Checked>> {
        self.find(Some(id))
    }

    fn find(&self, id: Option<&ActivityId>) -> Option<Rc<Checked>> {
        let mut told = self.told.iter();
        let found = told.find(|(of, _)| of.as_ref() == id);
        found.map(|(_, checked)| Rc::clone(checked))
    }
}

/// What is asked: to prepare what is composed, as far as it is whole, and to open what is prepared.
fn asks(form: &Form, board: &Board) -> Vec<(Option<ActivityId>, Command)> {
    let composed = form.command(false).ok().map(|command| (None, command));
    let ready = |known: &Activity| known.times().phase == Phase::Ready;
    let prepared = board.activities().into_iter().filter(ready).map(|known| {
        let activity = known.id().clone();
        (Some(activity.clone()), Command::Open { activity })
    });
    composed
        .into_iter()
        .chain(prepared)
        .take(MESSAGES)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use liveroom_protocol::profile::{Checks as Answer, Profile, Stamp};

    fn board() -> Board {
        let mut board = Board::default();
        board.room.profile = Some(Stamp {
            name: Profile::Cn,
            version: 1,
        });
        board
    }

    fn form(question: &str) -> Form {
        let mut form = Form::default();
        question.clone_into(&mut form.question);
        for (place, text) in ["Red", "Blue"].into_iter().enumerate() {
            text.clone_into(&mut form.options[place].text);
        }
        form
    }

    fn answer(number: u32, ok: bool) -> FromRoom {
        let checked = Checked {
            ok,
            ..Checked::default()
        };
        FromRoom::Checked(Answer {
            number,
            checked: vec![checked],
        })
    }

    #[test]
    fn it_is_asked_once_nobody_types_on_and_not_again_until_something_changed() {
        let (mut checks, board) = (Checks::default(), board());
        for question in ["R", "Re", "Red?"] {
            assert_eq!(checks.tick(&form(question), &board), None);
        }
        let asked = checks.tick(&form("Red?"), &board).expect("a question");
        assert!(asked.contains("poll.prepare") && asked.contains("Red?"));
        assert_eq!(checks.tick(&form("Red?"), &board), None);
        checks.hear(&answer(1, true));
        assert!(checks.composed().is_some_and(|told| told.ok));
        checks.tick(&form("Blue?"), &board);
        assert!(checks.tick(&form("Blue?"), &board).is_some());
        // A late answer to what was asked before says nothing of this.
        checks.hear(&answer(1, false));
        assert!(checks.composed().is_some_and(|told| told.ok));
        checks.hear(&answer(2, false));
        assert!(checks.composed().is_some_and(|told| !told.ok));
    }

    #[test]
    fn what_is_not_answered_is_asked_again_and_a_room_without_a_profile_is_asked_nothing() {
        let (mut checks, mut board) = (Checks::default(), board());
        let form = form("Red?");
        let mut asked = 0;
        for _ in 0..24 {
            asked += u32::from(checks.tick(&form, &board).is_some());
        }
        assert_eq!(asked, 3);
        board.room.profile = None;
        for _ in 0..24 {
            assert_eq!(checks.tick(&form, &board), None);
        }
        assert!(checks.composed().is_none());
    }
}

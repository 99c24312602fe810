//! A long list in an element: when it is put in order again, and how more of it is asked for.

use super::mount::Mount;
use super::{At, Room};
use crate::config::Server;
use crate::effect::Effect;
use crate::face::Face;
use crate::write;
use liveroom::{Known, Listing};
use liveroom_protocol::id::ActivityId;
use liveroom_protocol::message::More;
use liveroom_protocol::qna::{Order, Words};
use std::rc::Rc;

/// A long list that an element shows, when it was last put in order.
#[derive(Clone, Debug)]
pub(super) struct Turned {
    questions: Rc<Vec<Known>>,
    /// On the steady clock.
    at: u64,
    turn: u32,
}

/// How long a list stays in an order at least: what moves more often cannot be read.
const TURN_MS: u64 = 2_000;

impl Room {
    pub(super) fn listing(
        &self,
        mount: &mut Mount,
        activity: &ActivityId,
        face: &Face,
        at: At,
    ) -> Listing {
        mount.turns = None;
        let Face::Qna(qna) = face else {
            return Listing::default();
        };
        let now = at.now.steady;
        let turned = match mount.turned.take() {
            Some(last) if Rc::ptr_eq(&last.questions, &qna.questions) => last,
            Some(last) if now < last.at + TURN_MS => {
                mount.turns = Some(last.at + TURN_MS);
                last
            }
            last => Turned {
                questions: Rc::clone(&qna.questions),
                at: now,
                turn: last.map_or(1, |last| last.turn + 1),
            },
        };
        let turn = turned.turn;
        mount.turned = Some(turned);
        Listing {
            held: mount.held,
            turn,
            waiting: self.acts.votes(activity),
            told: self.acts.told,
            asks: self.config.server != Server::Page,
        }
    }

    /// The viewer has paused: asks whether what is typed was asked before, where the room has more than this page knows.
    pub fn similar(&mut self, element: u32, text: &str) {
        let look = self.mounted(element).and_then(|mount| mount.look.as_ref());
        if let Some(look) = look
            && let Face::Qna(qna) = &look.face
            && qna.questions.len() < qna.tally.questions as usize
            && self.config.server != Server::Page
            && self.connection.is_live()
            && let Ok(text) = Words::parse(text)
        {
            let frame = write::similar(&look.activity, &text);
            self.effects.push(Effect::Send(frame));
        }
    }

    /// The viewer wants more of the list that an element shows. A line that is lost brings nothing, and is asked again.
    pub fn more(&mut self, element: u32, order: Order, after: u32) {
        let look = self.mounted(element).and_then(|mount| mount.look.as_ref());
        let Some(activity) = look.map(|look| look.activity.clone()) else {
            return;
        };
        let more = write::more(&More {
            activity,
            order,
            after,
            find: None,
        });
        if self.connection.is_live() {
            self.effects.push(Effect::Send(more));
        } else {
            self.wants = Some(more);
        }
    }
}

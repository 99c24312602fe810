//! The line for a room's one live region when a poll opens, nears its end, closes, is called off or revealed. Pure.

use super::{Sheet, button, foot, quiz};
use crate::parts::clock::last_began;
use crate::scene::Scene;
use liveroom_protocol::phase::Phase;
use liveroom_protocol::poll::{Card, Mine, Tally};

/// A poll at one moment, as this viewer knows it. The time is the scene's.
#[derive(Clone, Copy)]
pub struct Moment<'a> {
    /// The card.
    pub card: &'a Card,
    /// The tally.
    pub tally: &'a Tally,
    /// This viewer's own part.
    pub mine: &'a Mine,
    /// The surroundings.
    pub scene: &'a Scene,
}

/// Returns what is to be said between two moments of one poll: at most one line, the most important one, never a figure alone.
///
/// `before` is None when the poll is first seen; then only an open poll is worth a line.
pub fn announcement(before: Option<Moment>, after: Moment) -> Option<String> {
    let sheet = Sheet {
        card: after.card,
        tally: after.tally,
        mine: after.mine,
        scene: after.scene,
    };
    let was = before.map(|before| before.tally.phase);
    if let Some(reason) = &sheet.card.cancelled {
        let news = before.is_some_and(|before| before.card.cancelled.is_none());
        return news.then(|| sheet.scene.words.cancelled(reason));
    }
    let revealed = before.is_some_and(|before| before.card.right.is_none());
    if revealed && let Some(verdict) = quiz::verdict_words(sheet) {
        return Some(verdict);
    }
    match (was, after.tally.phase) {
        (None | Some(Phase::Ready | Phase::Closed), Phase::Open) => Some(opened(sheet)),
        (Some(Phase::Open | Phase::Paused), Phase::Closed) => Some(closed(sheet)),
        (Some(Phase::Open), phase @ Phase::Paused) | (Some(Phase::Paused), phase @ Phase::Open) => {
            Some(sheet.scene.words.say(button::phase_key(phase)).to_owned())
        }
        (Some(Phase::Open), Phase::Open) => {
            let last = last_began(after.tally.closes_at?, before?.scene.now?, after.scene.now?);
            last.then(|| sheet.scene.words.say("time.ten").to_owned())
        }
        (_, Phase::Ready | Phase::Paused | Phase::Closed) => None,
    }
}

fn opened(sheet: Sheet) -> String {
    let key = if sheet.card.quiz {
        "poll.new_quiz"
    } else if sheet.card.scale.is_some() {
        "poll.new_rating"
    } else {
        "poll.new_poll"
    };
    sheet
        .scene
        .words
        .fill(key, "{question}", &sheet.card.question)
}

fn closed(sheet: Sheet) -> String {
    let mut text = sheet.scene.words.say("poll.has_closed").to_owned();
    if let Some(leader) = foot::leader(sheet) {
        text.push_str(sheet.scene.words.say("join"));
        text.push_str(&leader);
    }
    text
}

#[cfg(test)]
mod tests;

//! The line for a room's one live region when a draw opens, nears its end, closes, is cancelled or drawn. Pure.

use super::{Sheet, claim};
use crate::parts::clock::last_began;
use crate::parts::frame::phase_key;
use crate::scene::Scene;
use crate::words::apart;
use liveroom_protocol::lottery::{Card, Mine, Standing, Tally};
use liveroom_protocol::phase::Phase;

/// A lottery at one moment, as this viewer knows it. The time is the scene's.
#[derive(Clone, Copy)]
pub struct LotteryMoment<'a> {
    /// The card.
    pub card: &'a Card,
    /// The tally.
    pub tally: &'a Tally,
    /// This viewer's own part.
    pub mine: &'a Mine,
    /// The surroundings.
    pub scene: &'a Scene,
}

impl<'a> LotteryMoment<'a> {
    fn sheet(self) -> Sheet<'a> {
        Sheet {
            card: self.card,
            tally: self.tally,
            mine: self.mine,
            scene: self.scene,
            told_at: None,
            fresh: false,
        }
    }
}

/// Returns what is to be said between two moments of one lottery: at most one line, never a number of entrants.
///
/// `before` is None when it is first seen; then an open one is worth a line, and a prize that waits for this viewer.
pub fn lottery_announcement(before: Option<LotteryMoment>, after: LotteryMoment) -> Option<String> {
    let sheet = after.sheet();
    let words = &after.scene.words;
    let was = before.map(LotteryMoment::sheet);
    let say = |key: &str| Some(words.say(key).to_owned());
    if sheet.is_told() {
        return match was {
            Some(was) if was.is_told() => None,
            Some(_) => result(sheet),
            None => claim::won(sheet).filter(|_| {
                let mut wins = sheet.mine.wins.iter();
                wins.any(|win| win.standing == Standing::Waiting)
            }),
        };
    }
    if let Some(reason) = &after.card.cancelled {
        let news = was.is_some_and(|was| was.card.cancelled.is_none());
        return news.then(|| words.cancelled(reason));
    }
    match (was.map(|was| was.tally.phase), after.tally.phase) {
        (None | Some(Phase::Ready | Phase::Closed), Phase::Open) => {
            Some(words.fill("lottery.new", "{title}", &apart(&after.card.title)))
        }
        (Some(Phase::Open | Phase::Paused), Phase::Closed) => say("lottery.has_closed"),
        (Some(Phase::Open), phase @ Phase::Paused) | (Some(Phase::Paused), phase @ Phase::Open) => {
            say(phase_key(phase))
        }
        (Some(Phase::Open), Phase::Open) => {
            let last = last_began(after.tally.closes_at?, before?.scene.now?, after.scene.now?);
            last.then(|| words.say("time.ten").to_owned())
        }
        (_, Phase::Ready | Phase::Paused | Phase::Closed) => None,
    }
}

/// What the draw came to, for this viewer first.
fn result(sheet: Sheet) -> Option<String> {
    let words = &sheet.scene.words;
    let own = claim::won(sheet).filter(|_| sheet.scene.taking_part);
    let lost = || {
        let hoped = sheet.mine.entered && sheet.mine.excluded.is_none();
        hoped.then(|| words.say("lottery.not_won").to_owned())
    };
    let line = own.or_else(lost);
    let mut text = words.say("lottery.has_drawn").to_owned();
    if let Some(line) = line {
        text.push_str(words.say("join"));
        text.push_str(&line);
    }
    Some(text)
}

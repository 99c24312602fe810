//! The buttons of an activity in their steady places: eight, of which a widget may have no use for the fourth.

use super::{Control, Slot};
use crate::board::{Activity, Deal, Lottery, Poll};
use liveroom_protocol::phase::Phase;

/// The buttons of an activity. A place is the same in every widget and every phase.
pub(crate) fn slots(activity: &Activity) -> Vec<Slot> {
    let phase = activity.times().phase;
    let ended = ended(activity);
    let slot = |control, next, not_now: Option<&'static str>| Slot {
        control,
        next: next && not_now.is_none(),
        not_now,
    };
    let running = match phase {
        Phase::Ready => Some("It has not opened."),
        Phase::Closed => Some("It has closed."),
        Phase::Open | Phase::Paused => None,
    };
    let first = match phase {
        Phase::Closed => slot(Control::Reopen, false, ended),
        Phase::Ready => slot(Control::Open, true, ended),
        Phase::Open | Phase::Paused => slot(Control::Open, false, Some("It is open.")),
    };
    let pause = match phase {
        Phase::Paused => slot(Control::Resume, true, None),
        Phase::Open | Phase::Ready | Phase::Closed => slot(Control::Pause, false, running),
    };
    let own = match activity {
        Activity::Poll(poll, _) => Some(reveal(poll)),
        Activity::Lottery(lottery) => Some(draw(lottery)),
        Activity::Deal(deal) => Some(price(deal)),
        Activity::Qna(..) => None,
    };
    let busy = own.is_some_and(|own| own.next);
    let closes = phase == Phase::Open && !busy;
    let mut slots = vec![first, slot(Control::Close, closes, running), pause];
    slots.extend(own);
    slots.extend([
        slot(Control::HalfMinute, false, running),
        slot(Control::Minute, false, running),
        slot(Control::Reset, false, reset(activity)),
        slot(Control::PutAway, phase == Phase::Closed && !busy, None),
    ]);
    slots
}

/// Why it cannot open, or open again.
fn ended(activity: &Activity) -> Option<&'static str> {
    match activity {
        _ if activity.cancelled().is_some() => Some("It was called off."),
        Activity::Poll(poll, _) if poll.tally.revealed && poll.card.quiz => {
            Some("Its right answers are known: reset it for a new run.")
        }
        Activity::Lottery(lottery) if lottery.card.drawn_at.is_some() => {
            Some("It has been drawn: reset it for a new run.")
        }
        Activity::Poll(..) | Activity::Lottery(_) | Activity::Qna(..) | Activity::Deal(_) => None,
    }
}

/// Why it cannot begin again.
fn reset(activity: &Activity) -> Option<&'static str> {
    use liveroom_protocol::lottery::Standing;
    let open = |lottery: &Lottery| {
        let mut wins = lottery.card.winners.iter();
        wins.any(|win| matches!(win.standing, Standing::Waiting | Standing::Claimed))
    };
    match activity {
        // A draw's terms are fixed when it is prepared: reset it takes on the rules that the room has followed since.
        Activity::Lottery(_) if activity.times().phase == Phase::Ready => None,
        _ if activity.times().phase == Phase::Ready => Some("Nothing has happened in it yet."),
        Activity::Lottery(lottery) if open(lottery) => {
            Some("Prizes wait to be claimed or handed over: make another lottery.")
        }
        Activity::Deal(deal) if deal.taken() > 0 => {
            Some("Some units are claimed or sold: make another deal.")
        }
        Activity::Poll(..) | Activity::Lottery(_) | Activity::Qna(..) | Activity::Deal(_) => None,
    }
}

fn reveal(poll: &Poll) -> Slot {
    let (phase, revealed) = (poll.tally.phase, poll.tally.revealed);
    let untold = phase == Phase::Closed && !revealed && (!poll.is_told() || poll.card.quiz);
    let not_now = match phase {
        _ if poll.card.cancelled.is_some() => Some("It was called off."),
        _ if revealed => Some("It has been revealed."),
        Phase::Ready => Some("It has not opened."),
        Phase::Open | Phase::Paused if poll.card.quiz => {
            Some("Close it first: nobody may answer who knows the answer.")
        }
        _ if poll.is_told() && !poll.card.quiz => Some("Viewers see the results already."),
        Phase::Open | Phase::Paused | Phase::Closed => None,
    };
    Slot {
        control: Control::Reveal,
        next: untold && not_now.is_none(),
        not_now,
    }
}

fn draw(lottery: &Lottery) -> Slot {
    let card = &lottery.card;
    let not_now = match lottery.tally.phase {
        _ if card.cancelled.is_some() => Some("It was called off."),
        Phase::Ready => Some("It has not opened."),
        Phase::Open | Phase::Paused => Some("Close it first: nobody may enter once it is drawn."),
        Phase::Closed if lottery.tally.entrants == 0 => Some("Nobody has entered."),
        Phase::Closed if *lottery.left().end() == 0 => Some("All prizes are drawn."),
        Phase::Closed if card.round.is_some() && card.drawn_at.is_none() => {
            Some("Its terms name a public round: draw it below, with the round's signature.")
        }
        Phase::Closed => None,
    };
    Slot {
        control: Control::Draw,
        next: not_now.is_none() && *lottery.left().start() > 0,
        not_now,
    }
}

fn price(deal: &Deal) -> Slot {
    let not_now = match deal.tally.phase {
        _ if !deal.card.price_hidden => Some("Viewers see the price."),
        Phase::Ready => Some("It has not opened."),
        Phase::Open | Phase::Paused | Phase::Closed => None,
    };
    Slot {
        control: Control::Reveal,
        next: not_now.is_none() && deal.tally.phase == Phase::Open,
        not_now,
    }
}

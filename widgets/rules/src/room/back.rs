//! What a streamer wishes undone: an activity within 5 s of its opening, and all that is on the screen.

use super::Room;
use crate::activity::Body;
use crate::record::Ordered;
use liveroom_protocol::limits::TAKE_BACK_MS;
use liveroom_protocol::phase::Phase;
use liveroom_protocol::{Reason, Refusal};

/// What is published of a lottery that was taken back when somebody had entered.
const REASON: &str = "taken back within 5 seconds";

impl Room {
    /// Withdraws an activity as if it had not been: a new run of it, ready, which nobody sees.
    ///
    /// Whoever entered a lottery was promised a draw: what can be known of it is told as of one that was called off,
    /// so that everybody can see that nobody took it back because of who would have won.
    /// What is being ordered of a deal may be paid already: only the shop gives that back, so the deal goes, and its claims stay.
    pub(super) fn take_back(&mut self, number: usize, ordered: &Ordered) -> Result<usize, Refusal> {
        let target = &self.activities[number];
        let opened = match (target.phase, target.opened_at) {
            (Phase::Ready, _) | (_, None) => return Err(Reason::NotOpen.into()),
            (Phase::Open | Phase::Paused | Phase::Closed, Some(opened)) => opened,
        };
        if self.at.since(opened).0 > TAKE_BACK_MS {
            return Err(Refusal::because(
                Reason::TooLate,
                "it can be taken back for 5 seconds after it opens: close it, or put it away",
            ));
        }
        let mut before = target.due();
        let promised = match &target.body {
            Body::Lottery(lottery) if lottery.drawing().is_some() => {
                return Err(Refusal::because(
                    Reason::TooLate,
                    "it has been drawn: a draw stays as it fell",
                ));
            }
            Body::Lottery(lottery) => lottery.entrants() > 0 && lottery.cancelled().is_none(),
            Body::Poll(_) | Body::Qna(_) | Body::Deal(_) => false,
        };
        let (position, id, profile) = (self.position, self.id.clone(), self.setup.profile);
        if promised {
            // What may be refused is asked before anything is changed.
            if let Body::Lottery(lottery) = &target.body {
                lottery.next(ordered.fixed.as_ref(), (&id, profile), target.run + 1)?;
            }
            self.activities[number].shut(position);
            self.close_roll(number);
        }
        let target = &mut self.activities[number];
        match &mut target.body {
            Body::Lottery(lottery) if promised => {
                lottery.cancel(REASON, ordered.told.as_deref())?;
            }
            Body::Deal(deal) => {
                if deal.cancelled().is_none() {
                    deal.cancel(REASON)?;
                }
                let stays = deal.is_ordered();
                if stays {
                    target.put_away(position)?;
                }
                // A shop is told what went back before it is forgotten.
                self.schedule(number, before);
                if stays {
                    return Ok(number);
                }
                before = self.activities[number].due();
            }
            Body::Poll(_) | Body::Lottery(_) | Body::Qna(_) => {}
        }
        let target = &mut self.activities[number];
        target.renew(position, ordered.fixed.as_ref(), (&id, profile))?;
        target.opens_at = None;
        target.opened = None;
        target.show = None;
        target.announced = false;
        self.schedule(number, before);
        Ok(number)
    }

    /// Hides everything from viewers and overlays, or brings it back.
    pub(super) fn clear(&mut self, cleared: bool) -> Result<(), Refusal> {
        if self.cleared == cleared {
            return Err(match cleared {
                true => Refusal::because(Reason::Closed, "the screen is cleared already"),
                false => Refusal::because(Reason::StillOpen, "the screen is not cleared"),
            });
        }
        self.cleared = cleared;
        self.rev = self.position;
        Ok(())
    }
}

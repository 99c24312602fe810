//! What a streamer, or the room itself, orders of a lottery: to draw, to exclude, to forfeit, to hand over.

use super::{Drawing, Lottery, Won};
use crate::activity::Ordering;
use crate::draw::{Chosen, Pool, Terms, randomness};
use crate::events::Moved;
use crate::room::command::other_widget;
use liveroom_protocol::lottery::{Signature, Standing as Fate};
use liveroom_protocol::phase::Phase;
use liveroom_protocol::time::Timestamp;
use liveroom_protocol::{Command, Reason, Refusal};

impl Lottery {
    pub(crate) fn order(
        &mut self,
        phase: Phase,
        ordering: &Ordering<'_>,
        command: &Command,
    ) -> Result<(), Refusal> {
        if self.cancelled.is_some() {
            return Err(Reason::CalledOff.into());
        }
        match command {
            Command::LotteryDraw {
                winners, signature, ..
            } => {
                if phase != Phase::Closed {
                    return Err(Refusal::because(Reason::StillOpen, "close it first"));
                }
                // What may be refused is asked before the seed is told.
                let pieces = self.next_pieces(*winners)?;
                self.begin_drawing(ordering, *signature)?;
                for prize in pieces {
                    // Fewer entrants than prizes: the rest is not awarded.
                    if !self.draw_one(prize, None, ordering) {
                        break;
                    }
                }
                Ok(())
            }
            Command::LotteryExclude {
                entrant, reason, ..
            } => self.exclude(*entrant, reason.as_str()),
            Command::LotteryForfeit {
                win,
                reason,
                redraw,
                ..
            } => self.forfeit(*win, reason.as_str(), *redraw, ordering),
            Command::LotteryFulfil { win, .. } => self.fulfil(*win, ordering.at),
            _ => Err(other_widget()),
        }
    }

    /// Takes in the seed, and the public round where the terms name one.
    fn begin_drawing(
        &mut self,
        ordering: &Ordering<'_>,
        signature: Option<Signature>,
    ) -> Result<(), Refusal> {
        if self.drawing.is_some() {
            return Ok(());
        }
        let closing = self.closing.as_ref().ok_or(Reason::StillOpen)?;
        let seed = ordering
            .told
            .and_then(|told| self.seed_of(told))
            .ok_or_else(|| {
                Refusal::because(
                    Reason::Unavailable,
                    "the seed that was committed to is not there: cancel it",
                )
            })?;
        let signature = match (self.draft.round, signature) {
            (Some(_), None) => {
                return Err(Refusal::because(
                    Reason::Malformed,
                    "its terms name a public round: give the round's signature",
                ));
            }
            (None, Some(_)) => {
                return Err(Refusal::because(
                    Reason::Malformed,
                    "its terms name no public round",
                ));
            }
            (_, signature) => signature.map(|hex| hex.0),
        };
        let public = signature.as_ref().map(randomness);
        self.drawing = Some(Drawing {
            at: ordering.at,
            seed,
            signature,
            pool: Pool::new(&closing.roll, &seed, &closing.root, public.as_ref()),
            wins: Vec::new(),
        });
        Ok(())
    }

    /// The next prizes to draw, in the order of the terms; redraws are counted apart.
    fn next_pieces(&self, winners: Option<u32>) -> Result<Vec<u32>, Refusal> {
        if winners == Some(0) {
            return Err(Refusal::because(
                Reason::Malformed,
                "draw at least one winner",
            ));
        }
        let terms = Terms::parse(&self.terms)
            .map_err(|_| Refusal::because(Reason::Unavailable, "its terms cannot be read"))?;
        let drawn = self
            .wins()
            .iter()
            .filter(|win| win.instead_of.is_none())
            .count();
        let most = winners.map_or(usize::MAX, |winners| winners as usize);
        let pieces: Vec<u32> = terms.pieces().skip(drawn).take(most).collect();
        if pieces.is_empty() {
            return Err(Refusal::because(Reason::Closed, "all prizes are drawn"));
        }
        Ok(pieces)
    }

    fn draw_one(&mut self, prize: u32, instead_of: Option<u32>, ordering: &Ordering<'_>) -> bool {
        let claim_by = ordering.at.after(self.claim_within());
        let (Some(closing), Some(drawing)) = (&self.closing, &mut self.drawing) else {
            return false;
        };
        let Some(Chosen { place, word }) = drawing.pool.next() else {
            return false;
        };
        self.touched.push(closing.viewers[place]);
        self.moved
            .extend(u32::try_from(drawing.wins.len()).map(|win| Moved::Win {
                win,
                to: Fate::Waiting,
            }));
        drawing.wins.push(Won {
            prize,
            place,
            who: closing.viewers[place],
            word,
            claim_by,
            fate: Fate::Waiting,
            settled_at: None,
            reason: None,
            instead_of,
            form: None,
        });
        true
    }

    fn forfeit(
        &mut self,
        number: u32,
        reason: &str,
        redraw: bool,
        ordering: &Ordering<'_>,
    ) -> Result<(), Refusal> {
        let wins = self.drawing.as_mut().map(|drawing| &mut drawing.wins);
        let win = wins
            .and_then(|wins| wins.get_mut(number as usize))
            .ok_or(Reason::NoWin)?;
        match win.fate {
            Fate::Fulfilled => {
                return Err(Refusal::because(Reason::Closed, "it has been handed over"));
            }
            // Not claimed in time: only another reason and another draw can follow.
            Fate::Forfeited if win.reason.is_some() => return Err(Reason::TooLate.into()),
            Fate::Waiting | Fate::Claimed | Fate::Forfeited => {}
        }
        if win.fate != Fate::Forfeited {
            self.moved.push(Moved::Win {
                win: number,
                to: Fate::Forfeited,
            });
        }
        win.fate = Fate::Forfeited;
        win.settled_at = Some(ordering.at);
        win.reason = Some(reason.to_owned());
        self.touched.push(win.who);
        let prize = win.prize;
        if redraw {
            self.draw_one(prize, Some(number), ordering);
        }
        Ok(())
    }

    fn fulfil(&mut self, number: u32, at: Timestamp) -> Result<(), Refusal> {
        let wins = self.drawing.as_mut().map(|drawing| &mut drawing.wins);
        let win = wins
            .and_then(|wins| wins.get_mut(number as usize))
            .ok_or(Reason::NoWin)?;
        match win.fate {
            Fate::Claimed => {
                win.fate = Fate::Fulfilled;
                win.settled_at.get_or_insert(at);
                self.moved.push(Moved::Win {
                    win: number,
                    to: Fate::Fulfilled,
                });
                self.touched.push(win.who);
                Ok(())
            }
            // Told again, since whoever asks again was told so before.
            Fate::Fulfilled => {
                self.touched.push(win.who);
                Ok(())
            }
            Fate::Waiting => Err(Refusal::because(Reason::NotOpen, "it has not been claimed")),
            Fate::Forfeited => Err(Reason::TooLate.into()),
        }
    }
}

//! What only one widget can be ordered, and what ends one with a reason.

use super::{Activity, Body};
use crate::record::{Hidden, Position};
use crate::room::command::other_widget;
use liveroom_protocol::phase::Phase;
use liveroom_protocol::time::Timestamp;
use liveroom_protocol::{Command, Refusal};

/// What an order brings with it.
pub(crate) struct Ordering<'a> {
    /// The number of the rules that decide it, see [`crate::RULES`].
    pub(crate) rules: u32,
    /// Where it stands in the log.
    pub(crate) position: Position,
    /// When.
    pub(crate) at: Timestamp,
    /// A secret that it makes known.
    pub(crate) told: Option<&'a str>,
    /// Words that lie beside the log.
    pub(crate) hidden: Option<&'a Hidden>,
}

impl Activity {
    /// Does what only its widget can be ordered, or says why not.
    pub(crate) fn order(
        &mut self,
        ordering: &Ordering<'_>,
        command: &Command,
    ) -> Result<(), Refusal> {
        let phase = self.phase;
        match (&mut self.body, command) {
            (
                Body::Lottery(lottery),
                Command::LotteryDraw { .. }
                | Command::LotteryExclude { .. }
                | Command::LotteryForfeit { .. }
                | Command::LotteryFulfil { .. },
            ) => lottery.order(phase, ordering, command)?,
            (
                Body::Qna(qna),
                Command::QnaChange {
                    question, change, ..
                },
            ) => {
                qna.change(ordering, *question, change)?;
                // Questions are cards of their own.
                self.tally_rev = ordering.position;
                return Ok(());
            }
            (Body::Deal(deal), Command::DealSettle { claim, settle, .. }) => {
                deal.settle(claim, settle)?;
                self.tally_rev = ordering.position;
                return Ok(());
            }
            (Body::Deal(deal), Command::DealStock { variant, by, .. }) => {
                deal.restock(variant, *by)?;
                self.tally_rev = ordering.position;
                return Ok(());
            }
            (_, Command::Cancel { reason, .. }) => self.cancel(ordering, reason.as_str())?,
            _ => return Err(other_widget()),
        }
        self.card_rev = ordering.position;
        self.tally_rev = ordering.position;
        Ok(())
    }

    fn cancel(&mut self, ordering: &Ordering<'_>, reason: &str) -> Result<(), Refusal> {
        self.body.cancel(ordering, reason)?;
        match self.phase {
            Phase::Open | Phase::Paused => self.shut(ordering.position),
            // What was announced is told to be off.
            Phase::Ready => {
                self.opens_at = None;
                self.phase = Phase::Closed;
            }
            Phase::Closed => {}
        }
        Ok(())
    }
}

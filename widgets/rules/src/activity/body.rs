//! What is a widget's own in an activity: the closed list, one variant a widget.

use super::Ordering;
use crate::deal::Deal;
use crate::events::Moved;
use crate::lottery::Lottery;
use crate::poll::Poll;
use crate::pseudonym::Pseudonym;
use crate::qna::Qna;
use liveroom_protocol::identity::Level;
use liveroom_protocol::time::Timestamp;
use liveroom_protocol::{Reason, Refusal, Widget};

/// What is the widget's own: the closed list.
#[derive(Clone, Debug)]
pub enum Body {
    /// A poll.
    Poll(Box<Poll>),
    /// A lottery.
    Lottery(Box<Lottery>),
    /// A list of questions.
    Qna(Box<Qna>),
    /// A deal.
    Deal(Box<Deal>),
}

impl Body {
    /// Which widget it is.
    pub const fn widget(&self) -> Widget {
        match self {
            Self::Poll(_) => Widget::Poll,
            Self::Lottery(_) => Widget::Lottery,
            Self::Qna(_) => Widget::Qna,
            Self::Deal(_) => Widget::Deal,
        }
    }

    /// The least identity that it takes.
    pub const fn level(&self) -> Level {
        match self {
            Self::Poll(poll) => poll.level,
            Self::Lottery(lottery) => lottery.level,
            Self::Qna(qna) => qna.level,
            Self::Deal(deal) => deal.level,
        }
    }

    /// When something of the widget's own falls due.
    pub(super) fn due(&self) -> Option<Timestamp> {
        match self {
            Self::Poll(_) | Self::Qna(_) => None,
            Self::Lottery(lottery) => lottery.due(),
            Self::Deal(deal) => deal.due(),
        }
    }

    /// Does what has fallen due by a moment, and says whether anything changed.
    pub(super) fn fall_due(&mut self, moment: Timestamp) -> bool {
        match self {
            Self::Poll(_) | Self::Qna(_) => false,
            Self::Lottery(lottery) => lottery.fall_due(moment),
            Self::Deal(deal) => deal.fall_due(moment),
        }
    }

    /// Takes out who was told nothing yet of what changed for them.
    pub(crate) fn take_touched(&mut self) -> Vec<Pseudonym> {
        match self {
            Self::Poll(_) => Vec::new(),
            Self::Lottery(lottery) => std::mem::take(&mut lottery.touched),
            Self::Qna(qna) => std::mem::take(&mut qna.touched),
            Self::Deal(deal) => std::mem::take(&mut deal.touched),
        }
    }

    /// Takes out what moved and was not told yet.
    pub(crate) fn take_moved(&mut self) -> Vec<Moved> {
        match self {
            Self::Poll(_) | Self::Qna(_) => Vec::new(),
            Self::Lottery(lottery) => std::mem::take(&mut lottery.moved),
            Self::Deal(deal) => std::mem::take(&mut deal.moved),
        }
    }

    /// Whether it may open.
    pub(super) fn open(&self) -> Result<(), Refusal> {
        match self {
            Self::Poll(_) | Self::Lottery(_) | Self::Qna(_) | Self::Deal(_) => Ok(()),
        }
    }

    /// Why it was called off, if it was.
    pub fn cancelled(&self) -> Option<&str> {
        match self {
            Self::Poll(poll) => poll.cancelled.as_deref(),
            Self::Lottery(lottery) => lottery.cancelled(),
            Self::Qna(qna) => qna.cancelled.as_deref(),
            Self::Deal(deal) => deal.cancelled(),
        }
    }

    /// Calls it off, or says why not.
    pub(super) fn cancel(&mut self, ordering: &Ordering<'_>, reason: &str) -> Result<(), Refusal> {
        if self.cancelled().is_some() {
            return Err(Reason::CalledOff.into());
        }
        match self {
            Self::Lottery(lottery) => return lottery.cancel(reason, ordering.told),
            Self::Deal(deal) => return deal.cancel(reason),
            Self::Poll(_) | Self::Qna(_) if ordering.rules < 3 => {
                return Err(Refusal::because(
                    Reason::Unsupported,
                    "in a room as old as this one a lottery or a deal is cancelled; close or reset a poll or a list of questions",
                ));
            }
            Self::Poll(poll) => poll.cancelled = Some(reason.to_owned()),
            Self::Qna(qna) => qna.cancelled = Some(reason.to_owned()),
        }
        Ok(())
    }

    /// Whether it may open again.
    pub(super) fn reopen(&self) -> Result<(), Refusal> {
        match self {
            Self::Poll(_) | Self::Qna(_) if self.cancelled().is_some() => {
                Err(Reason::CalledOff.into())
            }
            Self::Poll(_) | Self::Qna(_) => Ok(()),
            Self::Lottery(lottery) => lottery.reopen(),
            Self::Deal(deal) => deal.reopen(),
        }
    }

    /// Whether it may be put away.
    pub(super) fn may_be_put_away(&self) -> Result<(), Refusal> {
        match self {
            Self::Poll(_) | Self::Qna(_) | Self::Deal(_) => Ok(()),
            Self::Lottery(lottery) => lottery.may_go(),
        }
    }

    /// Who waits for something of it, or is waited for: they are still told of it when it is off every other page.
    pub(crate) fn holders(&self) -> Box<dyn Iterator<Item = Pseudonym> + '_> {
        match self {
            Self::Poll(_) | Self::Qna(_) => Box::new(std::iter::empty()),
            Self::Lottery(lottery) => Box::new(lottery.holders()),
            Self::Deal(deal) => Box::new(deal.holders()),
        }
    }

    /// Whether it may be emptied for a new run.
    pub(super) fn may_reset(&self) -> Result<(), Refusal> {
        match self {
            Self::Poll(_) | Self::Qna(_) => Ok(()),
            Self::Lottery(lottery) => lottery.may_reset(),
            Self::Deal(deal) => deal.may_reset(),
        }
    }

    /// Empties it for a new run.
    pub(super) fn reset(&mut self) {
        match self {
            Self::Poll(poll) => poll.reset(),
            Self::Lottery(lottery) => {
                let past = crate::view::proof(lottery);
                lottery.reset(past);
            }
            Self::Qna(qna) => qna.reset(),
            Self::Deal(deal) => deal.reset(),
        }
    }

    /// Takes in the secret that is told at the reveal, and what follows from it.
    pub(super) fn reveal(
        &mut self,
        told: Option<&str>,
        opened_at: Option<Timestamp>,
    ) -> Result<(), Refusal> {
        match self {
            // What counts nothing has no results.
            Self::Poll(poll) if poll.cancelled.is_some() => Err(Reason::CalledOff.into()),
            Self::Poll(poll) => {
                poll.reveal(told, opened_at);
                Ok(())
            }
            Self::Deal(deal) => deal.reveal(),
            Self::Lottery(_) | Self::Qna(_) => Err(Refusal::because(
                Reason::Unsupported,
                "only a poll and a hidden price can be revealed",
            )),
        }
    }

    /// Whether what viewers do is seen on the card too: winners' claims are, entries are not.
    pub(crate) fn shows_acts_on_card(&self) -> bool {
        match self {
            Self::Lottery(lottery) => lottery.drawing().is_some(),
            Self::Poll(_) | Self::Qna(_) | Self::Deal(_) => false,
        }
    }

    /// Whether a reveal must wait until it has closed, lest the secret be acted upon.
    pub(super) const fn reveals_after_closing(&self, hidden: bool) -> bool {
        match self {
            Self::Poll(_) => hidden,
            Self::Lottery(_) | Self::Qna(_) | Self::Deal(_) => false,
        }
    }
}

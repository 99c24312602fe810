//! What happens in an activity's life, the same for every widget.

use super::{Activity, Body, bounded};
use crate::record::{Fixed, Position};
use liveroom_protocol::id::{RoomId, ShowId};
use liveroom_protocol::phase::Phase;
use liveroom_protocol::profile::Stamp;
use liveroom_protocol::time::{Span, Timestamp};
use liveroom_protocol::{Reason, Refusal};

impl Activity {
    pub(crate) fn open(
        &mut self,
        position: Position,
        at: Timestamp,
        show: Option<ShowId>,
    ) -> Result<(), Refusal> {
        self.is_ready()?;
        self.begin(position, at);
        self.show = show;
        Ok(())
    }

    /// Whether it is as it was prepared, and can be opened.
    pub(crate) fn is_ready(&self) -> Result<(), Refusal> {
        match self.phase {
            Phase::Ready => self.body.open(),
            Phase::Open | Phase::Paused => Err(Reason::StillOpen.into()),
            Phase::Closed => {
                let why = "it has closed: reopen it, or reset it for a new run";
                Err(Refusal::because(Reason::Closed, why))
            }
        }
    }

    pub(super) fn begin(&mut self, position: Position, at: Timestamp) {
        self.phase = Phase::Open;
        self.opens_at = None;
        self.held = None;
        self.opened = Some(position);
        self.opened_at = Some(at);
        self.closes_at = self.lasts.map(|span| at.after(span));
        self.left = None;
        self.card_rev = position;
        self.tally_rev = position;
    }

    pub(crate) fn close(&mut self, position: Position) -> Result<(), Refusal> {
        match self.phase {
            Phase::Open | Phase::Paused => {
                self.shut(position);
                Ok(())
            }
            Phase::Ready => Err(Reason::NotOpen.into()),
            Phase::Closed => Err(Reason::Closed.into()),
        }
    }

    /// Closes it whatever it was; also what falling due does.
    pub(crate) fn shut(&mut self, position: Position) {
        self.phase = Phase::Closed;
        self.left = None;
        self.tally_rev = position;
    }

    pub(crate) fn extend(
        &mut self,
        position: Position,
        at: Timestamp,
        by: Span,
    ) -> Result<(), Refusal> {
        let by = bounded(by)?;
        match self.phase {
            Phase::Open => self.closes_at = Some(self.closes_at.unwrap_or(at).after(by)),
            Phase::Paused => {
                self.left = Some(Span(self.left.unwrap_or_default().0.saturating_add(by.0)))
            }
            Phase::Ready => return Err(Reason::NotOpen.into()),
            Phase::Closed => {
                return Err(Refusal::because(
                    Reason::Closed,
                    "it has closed: reopen it to go on",
                ));
            }
        }
        self.tally_rev = position;
        Ok(())
    }

    pub(crate) fn pause(&mut self, position: Position, at: Timestamp) -> Result<(), Refusal> {
        match self.phase {
            Phase::Open => {
                self.left = self.closes_at.map(|deadline| deadline.since(at));
                self.closes_at = None;
                self.phase = Phase::Paused;
                self.tally_rev = position;
                Ok(())
            }
            Phase::Paused => Err(Reason::Paused.into()),
            Phase::Ready => Err(Reason::NotOpen.into()),
            Phase::Closed => Err(Reason::Closed.into()),
        }
    }

    pub(crate) fn resume(&mut self, position: Position, at: Timestamp) -> Result<(), Refusal> {
        match self.phase {
            Phase::Paused => {
                self.closes_at = self.left.take().map(|left| at.after(left));
                self.phase = Phase::Open;
                self.tally_rev = position;
                Ok(())
            }
            Phase::Open => Err(Reason::StillOpen.into()),
            Phase::Ready => Err(Reason::NotOpen.into()),
            Phase::Closed => Err(Reason::Closed.into()),
        }
    }

    pub(crate) fn reopen(
        &mut self,
        position: Position,
        at: Timestamp,
        lasts: Option<Span>,
    ) -> Result<(), Refusal> {
        let lasts = lasts.map(bounded).transpose()?;
        self.may_reopen()?;
        let opened_at = self.opened_at;
        self.begin(position, at);
        self.opened_at = opened_at;
        self.closes_at = lasts.map(|span| at.after(span));
        self.reopened = true;
        Ok(())
    }

    /// Whether it may open again after closing.
    pub(crate) fn may_reopen(&self) -> Result<(), Refusal> {
        match self.phase {
            // Whoever has seen the right answers must not answer again.
            Phase::Closed if self.revealed && self.hidden.is_some() => Err(Refusal::because(
                Reason::Closed,
                "its right answers are known: reset it for a new run",
            )),
            Phase::Closed => self.body.reopen(),
            Phase::Open | Phase::Paused => Err(Reason::StillOpen.into()),
            Phase::Ready => Err(Reason::NotOpen.into()),
        }
    }

    pub(crate) fn reset(
        &mut self,
        position: Position,
        at: Timestamp,
        fixed: Option<&Fixed>,
        of: (&RoomId, Option<Stamp>),
    ) -> Result<(), Refusal> {
        self.body.may_reset()?;
        let was_open = matches!(self.phase, Phase::Open | Phase::Paused);
        self.renew(position, fixed, of)?;
        if was_open {
            self.begin(position, at);
        }
        Ok(())
    }

    /// Makes a new run of it with nothing in it, ready; or says why not, and nothing is changed.
    pub(crate) fn renew(
        &mut self,
        position: Position,
        fixed: Option<&Fixed>,
        of: (&RoomId, Option<Stamp>),
    ) -> Result<(), Refusal> {
        // What may be refused is asked before anything is changed.
        let next = match &self.body {
            Body::Lottery(lottery) => Some(lottery.next(fixed, of, self.run + 1)?),
            Body::Poll(_) | Body::Qna(_) | Body::Deal(_) => None,
        };
        self.body.reset();
        self.run += 1;
        if let (Body::Lottery(lottery), Some(next)) = (&mut self.body, next) {
            lottery.begin(next);
        }
        self.flags.clear();
        self.acted = false;
        self.corrected = false;
        self.reopened = false;
        self.revealed = false;
        self.phase = Phase::Ready;
        self.opened_at = None;
        self.closes_at = None;
        self.left = None;
        self.profile = None;
        self.held = None;
        self.card_rev = position;
        self.tally_rev = position;
        Ok(())
    }

    pub(crate) fn reveal(&mut self, position: Position, told: Option<&str>) -> Result<(), Refusal> {
        if self.phase == Phase::Ready {
            return Err(Reason::NotOpen.into());
        }
        if self.phase != Phase::Closed && self.body.reveals_after_closing(self.hidden.is_some()) {
            return Err(Refusal::because(
                Reason::StillOpen,
                "close it first: nobody may answer who knows the answer",
            ));
        }
        self.body.reveal(told, self.opened_at)?;
        self.revealed = true;
        self.card_rev = position;
        self.tally_rev = position;
        Ok(())
    }

    pub(crate) fn put_away(&mut self, position: Position) -> Result<(), Refusal> {
        self.body.may_be_put_away()?;
        if matches!(self.phase, Phase::Open | Phase::Paused) {
            self.shut(position);
        }
        self.put_away = true;
        self.card_rev = position;
        self.tally_rev = position;
        Ok(())
    }
}

//! The life that all widgets share: ready, open, paused, closed, put away, and a new run.

use crate::lottery::terms;
use crate::pseudonym::Pseudonym;
use crate::record::{Fixed, Hidden, Position};
use liveroom_protocol::about::About;
use liveroom_protocol::id::{ActivityId, RoomId, ShowId};
use liveroom_protocol::limits::OPEN_MS;
use liveroom_protocol::phase::Phase;
use liveroom_protocol::time::{Span, Timestamp};
use liveroom_protocol::{Reason, Refusal};
use std::collections::HashSet;

mod body;
mod order;

pub use body::Body;
pub(crate) use order::Ordering;

/// One running instance of a widget.
#[derive(Clone, Debug)]
pub struct Activity {
    /// Its name in the room.
    pub id: ActivityId,
    /// Counted up by a reset, from 1.
    pub run: u32,
    /// Where it is in its life.
    pub phase: Phase,
    /// Viewers may see it although it is not open yet.
    pub announced: bool,
    /// The record that opened it last.
    pub opened: Option<Position>,
    /// When it was opened last.
    pub opened_at: Option<Timestamp>,
    /// When it opens by itself.
    pub opens_at: Option<Timestamp>,
    /// When it closes by itself, without the grace.
    pub closes_at: Option<Timestamp>,
    /// While paused: how much of its time is left.
    pub left: Option<Span>,
    /// How long it is open when it opens.
    pub lasts: Option<Span>,
    /// How much longer than its deadline it takes actions.
    pub grace: Span,
    /// It was opened again after closing.
    pub reopened: bool,
    /// Its results, and its secret, are shown.
    pub revealed: bool,
    /// It is off every page.
    pub put_away: bool,
    /// The show it was opened in.
    pub show: Option<ShowId>,
    /// Where its secret lies.
    pub hidden: Option<Hidden>,
    /// Its label, and what it is about.
    pub about: About,
    /// Who reported it to those who run the room.
    pub flags: HashSet<Pseudonym>,
    /// The record that changed its card last.
    pub card_rev: Position,
    /// The record that changed its tally last.
    pub tally_rev: Position,
    /// What is the widget's own.
    pub body: Body,
}

impl Activity {
    /// An activity that has not opened yet, with nothing but its name and what is the widget's own.
    pub(crate) fn ready(id: ActivityId, position: Position, body: Body) -> Self {
        Self {
            id,
            run: 1,
            phase: Phase::Ready,
            announced: false,
            opened: None,
            opened_at: None,
            opens_at: None,
            closes_at: None,
            left: None,
            lasts: None,
            grace: Span::default(),
            reopened: false,
            revealed: false,
            put_away: false,
            show: None,
            hidden: None,
            about: About::default(),
            flags: HashSet::new(),
            card_rev: position,
            tally_rev: position,
            body,
        }
    }

    /// The moment at which something falls due: its opening, its deadline with the grace, or what is the widget's own.
    pub fn due(&self) -> Option<Timestamp> {
        let own = match self.phase {
            Phase::Ready => self.opens_at.filter(|_| !self.put_away),
            Phase::Open => self.closes_at.map(|deadline| deadline.after(self.grace)),
            Phase::Paused | Phase::Closed => None,
        };
        match (own, self.body.due()) {
            (Some(own), Some(body)) => Some(own.min(body)),
            (own, body) => own.or(body),
        }
    }

    /// Does what has fallen due at a moment, its own before the widget's; whatever was due then is due no more.
    pub(crate) fn fall_due(&mut self, moment: Timestamp, position: Position) {
        match self.phase {
            Phase::Ready if self.opens_at.is_some_and(|opens| opens <= moment) => {
                let opens = self.opens_at.unwrap_or(moment);
                self.begin(position, opens);
            }
            Phase::Open
                if self
                    .closes_at
                    .is_some_and(|deadline| deadline.after(self.grace) <= moment) =>
            {
                self.shut(position);
            }
            Phase::Ready | Phase::Open | Phase::Paused | Phase::Closed => {}
        }
        if self.body.fall_due(moment) {
            self.card_rev = position;
            self.tally_rev = position;
        }
    }

    /// Whether its card says that names are shown.
    pub const fn shows_names(&self) -> bool {
        match &self.body {
            Body::Poll(poll) => poll.draft.named,
            // Winners, and those who ask by name.
            Body::Lottery(_) | Body::Qna(_) => true,
            Body::Deal(_) => false,
        }
    }

    /// Whether viewers may see it.
    pub fn is_shown(&self) -> bool {
        !self.put_away && (self.announced || self.opened.is_some())
    }

    /// Whether an action may be taken now; why not, else.
    pub fn takes_actions(&self, run: Option<u32>) -> Result<(), Refusal> {
        if self.put_away {
            return Err(Reason::Closed.into());
        }
        if run.is_some_and(|run| run != self.run) {
            return Err(Reason::OtherRun.into());
        }
        match self.phase {
            Phase::Open => Ok(()),
            Phase::Ready => Err(Reason::NotOpen.into()),
            Phase::Paused => Err(Reason::Paused.into()),
            Phase::Closed => Err(Reason::Closed.into()),
        }
    }

    pub(crate) fn open(
        &mut self,
        position: Position,
        at: Timestamp,
        show: Option<ShowId>,
    ) -> Result<(), Refusal> {
        match self.phase {
            Phase::Ready => {
                self.body.open()?;
                self.begin(position, at);
                self.show = show;
                Ok(())
            }
            Phase::Open | Phase::Paused => Err(Reason::StillOpen.into()),
            Phase::Closed => {
                let why = "it has closed: reopen it, or reset it for a new run";
                Err(Refusal::because(Reason::Closed, why))
            }
        }
    }

    fn begin(&mut self, position: Position, at: Timestamp) {
        self.phase = Phase::Open;
        self.opens_at = None;
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
        match self.phase {
            // Whoever has seen the right answers must not answer again.
            Phase::Closed if self.revealed && self.hidden.is_some() => Err(Refusal::because(
                Reason::Closed,
                "its right answers are known: reset it for a new run",
            )),
            Phase::Closed => {
                self.body.reopen()?;
                let opened_at = self.opened_at;
                self.begin(position, at);
                self.opened_at = opened_at;
                self.closes_at = lasts.map(|span| at.after(span));
                self.reopened = true;
                Ok(())
            }
            Phase::Open | Phase::Paused => Err(Reason::StillOpen.into()),
            Phase::Ready => Err(Reason::NotOpen.into()),
        }
    }

    pub(crate) fn reset(
        &mut self,
        position: Position,
        at: Timestamp,
        fixed: Option<&Fixed>,
        room: &RoomId,
    ) -> Result<(), Refusal> {
        self.body.may_reset()?;
        if let Body::Lottery(lottery) = &mut self.body {
            let terms = terms(&lottery.draft, room, self.run + 1)?;
            lottery.fix(fixed, terms, self.run + 1)?;
        }
        let was_open = matches!(self.phase, Phase::Open | Phase::Paused);
        self.run += 1;
        self.body.reset();
        self.flags.clear();
        self.reopened = false;
        self.revealed = false;
        self.phase = Phase::Ready;
        self.opened_at = None;
        self.closes_at = None;
        self.left = None;
        self.card_rev = position;
        self.tally_rev = position;
        if was_open {
            self.begin(position, at);
        }
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
        if matches!(self.phase, Phase::Open | Phase::Paused) {
            self.shut(position);
        }
        self.put_away = true;
        self.card_rev = position;
        self.tally_rev = position;
        Ok(())
    }
}

/// A time that something may stay open.
pub(crate) fn bounded(span: Span) -> Result<Span, Refusal> {
    if (1..=OPEN_MS).contains(&span.0) {
        Ok(span)
    } else {
        Err(Refusal::because(
            Reason::Malformed,
            "a time to be open is 1 ms to 7 days",
        ))
    }
}

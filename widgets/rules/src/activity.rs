//! The life that all widgets share: ready, open, paused, closed, put away, and a new run.

use crate::pseudonym::Pseudonym;
use crate::record::{Hidden, Position};
use liveroom_protocol::about::About;
use liveroom_protocol::id::{ActivityId, ShowId};
use liveroom_protocol::identity::Eligible;
use liveroom_protocol::limits::OPEN_MS;
use liveroom_protocol::phase::Phase;
use liveroom_protocol::profile::Stamp;
use liveroom_protocol::time::{Span, Timestamp};
use liveroom_protocol::{Reason, Refusal};
use std::collections::HashSet;

mod body;
mod correct;
mod life;
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
    /// A viewer has acted in this run; what was withdrawn counts too.
    pub acted: bool,
    /// Its words were corrected after that.
    pub corrected: bool,
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
    /// The profile under which it opened last.
    pub profile: Option<Stamp>,
    /// It is announced once it is approved.
    pub announces: bool,
    /// Who composed it.
    pub composed: Option<Pseudonym>,
    /// Who else approved what was composed.
    pub approved: Option<Pseudonym>,
    /// It was to open by itself and did not: why.
    pub held: Option<String>,
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
            acted: false,
            corrected: false,
            revealed: false,
            put_away: false,
            show: None,
            hidden: None,
            about: About::default(),
            profile: None,
            announces: false,
            composed: None,
            approved: None,
            held: None,
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

    /// Whether it opens by itself by a moment.
    pub(crate) fn opens_by(&self, moment: Timestamp) -> bool {
        let opens = self.opens_at.is_some_and(|opens| opens <= moment);
        self.phase == Phase::Ready && !self.put_away && opens
    }

    /// Does not open by itself after all, and says why to those who run the room.
    pub(crate) fn hold_back(&mut self, position: Position, why: String) {
        self.opens_at = None;
        self.held = Some(why);
        self.tally_rev = position;
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

    /// Whom it is for.
    pub const fn who(&self) -> &Eligible {
        match &self.body {
            Body::Poll(poll) => &poll.draft.who,
            Body::Lottery(lottery) => &lottery.draft.who,
            Body::Qna(qna) => &qna.draft.who,
            Body::Deal(deal) => &deal.draft.who,
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

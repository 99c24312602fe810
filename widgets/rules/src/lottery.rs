//! A lottery's own rules: who may enter, with how many tickets, who wins, and what becomes of a prize.

use crate::draw::{EntrantId, Key};
use crate::events::Moved;
use crate::permit;
use crate::pseudonym::Pseudonym;
use crate::record::{Fixed, Hidden, Position};
use liveroom_protocol::identity::{Level, Standing};
use liveroom_protocol::lottery::{Claim, ClaimBy, Condition, Draft, Proof, Standing as Fate};
use liveroom_protocol::time::{Span, Timestamp};
use liveroom_protocol::{Reason, Refusal};
use std::collections::HashMap;

mod again;
mod conditions;
mod draft;
mod drawing;
mod excluded;
mod order;
mod roll;
mod sign_in;

pub(crate) use conditions::met;
pub use draft::terms;
pub(crate) use draft::{heard, prepare};
pub use drawing::{Closing, Drawing, Won};
use excluded::Excluded;
pub(crate) use roll::{barred, is_barred};

/// What a viewer's action brings with it; the same for all widgets.
pub(crate) struct Acting<'a> {
    /// Who acts.
    pub(crate) who: Pseudonym,
    /// What the room knew of them.
    pub(crate) standing: &'a Standing,
    /// Words that lie beside the log.
    pub(crate) hidden: Option<&'a Hidden>,
    /// When.
    pub(crate) at: Timestamp,
    /// Where it stands in the log.
    pub(crate) position: Position,
}

/// A lottery with its entrants and winners.
#[derive(Clone, Debug)]
pub struct Lottery {
    /// What the streamer composed.
    pub draft: Box<Draft>,
    /// The least identity it takes.
    pub level: Level,
    /// The published rules of this run, as they are hashed.
    pub terms: String,
    /// What was fixed before the first entry.
    pub fixed: Fixed,
    key: Key,
    /// Tickets by entrant.
    entries: HashMap<Pseudonym, u32>,
    /// Entrants in the order in which they came.
    came: Vec<Pseudonym>,
    tickets: u64,
    excluded: Excluded,
    /// The number of the rules that decide it, see [`crate::RULES`].
    rules: u32,
    /// How often viewers won in earlier runs.
    won_before: HashMap<Pseudonym, u32>,
    /// Who stands on the roll under which other name, since they signed in after it was fixed.
    entered_as: HashMap<Pseudonym, Pseudonym>,
    /// Once closed.
    closing: Option<Closing>,
    /// Once drawn from.
    drawing: Option<Drawing>,
    /// The seed of a draw that was called off once somebody had entered: everybody may see who would have won.
    seed_told: Option<[u8; 32]>,
    /// The proofs of earlier runs, in their order.
    past: Vec<Proof>,
    /// Why it was called off.
    cancelled: Option<String>,
    /// Viewers whose own part changed without their asking.
    pub(crate) touched: Vec<Pseudonym>,
    /// Wins that moved and were not told yet.
    pub(crate) moved: Vec<Moved>,
}

impl Lottery {
    /// Enters a viewer, or says why not; it is open. `barred`: who has won too often elsewhere to win here.
    pub(crate) fn enter(
        &mut self,
        acting: &Acting<'_>,
        met: &[bool],
        barred: bool,
    ) -> Result<bool, Refusal> {
        permit::admits(acting.standing, self.level, &self.draft.who)?;
        if self.entries.contains_key(&acting.who) {
            return Err(Reason::AlreadyEntered.into());
        }
        for (condition, met) in self.draft.conditions.iter().zip(met) {
            if !met {
                return Err(match condition {
                    Condition::Keyword { .. } => Reason::WrongKeyword.into(),
                    Condition::Watched { .. }
                    | Condition::Voted { .. }
                    | Condition::Attested { .. }
                    | Condition::Unknown => Reason::ConditionNotMet.into(),
                });
            }
        }
        let tickets = self.tickets_for(acting.standing);
        self.entries.insert(acting.who, tickets);
        self.came.push(acting.who);
        self.tickets += u64::from(tickets);
        self.note_entrant(acting.who, barred);
        Ok(true)
    }

    /// How many tickets someone of this standing has: the most of what fits.
    pub fn tickets_for(&self, standing: &Standing) -> u32 {
        let rule = &self.draft.tickets;
        let of_tier = rule
            .tiers
            .iter()
            .filter(|tier| Some(&tier.tier) == standing.tier.as_ref())
            .map(|tier| tier.tickets)
            .max();
        of_tier.unwrap_or(0).max(rule.each)
    }

    /// Claims a prize, or says why not.
    pub(crate) fn claim(&mut self, acting: &Acting<'_>, claim: &Claim) -> Result<bool, Refusal> {
        let by_form = matches!(self.draft.claim, ClaimBy::Form { .. });
        let win = self
            .drawing
            .as_mut()
            .and_then(|drawing| drawing.wins.get_mut(claim.win as usize))
            .filter(|win| win.who == acting.who)
            .ok_or(Reason::NoWin)?;
        match win.fate {
            Fate::Waiting if by_form && acting.hidden.is_none() => {
                Err(Refusal::because(Reason::Malformed, "the form is missing"))
            }
            Fate::Waiting => {
                win.fate = Fate::Claimed;
                win.form = acting.hidden.cloned();
                self.moved.push(Moved::Win {
                    win: claim.win,
                    to: Fate::Claimed,
                });
                Ok(true)
            }
            Fate::Claimed | Fate::Fulfilled => Err(Reason::AlreadyClaimed.into()),
            Fate::Forfeited => Err(Reason::TooLate.into()),
        }
    }

    /// When the next prize is no longer to be claimed.
    pub(crate) fn due(&self) -> Option<Timestamp> {
        let wins = self.drawing.iter().flat_map(|drawing| &drawing.wins);
        wins.filter(|win| win.fate == Fate::Waiting)
            .map(|win| win.claim_by)
            .min()
    }

    /// Declares forfeited what was not claimed in time; says whether anything was.
    pub(crate) fn fall_due(&mut self, moment: Timestamp) -> bool {
        let mut changed = false;
        let wins = self.drawing.iter_mut();
        let wins = wins.flat_map(|drawing| &mut drawing.wins);
        for (number, win) in (0..).zip(wins) {
            if win.fate == Fate::Waiting && win.claim_by <= moment {
                win.fate = Fate::Forfeited;
                self.moved.push(Moved::Win {
                    win: number,
                    to: Fate::Forfeited,
                });
                self.touched.push(win.who);
                changed = true;
            }
        }
        changed
    }

    /// Calls it off. What was drawn stays drawn: nothing is half drawn.
    pub(crate) fn cancel(&mut self, reason: &str, told: Option<&str>) -> Result<(), Refusal> {
        if self.cancelled.is_some() {
            return Err(Reason::CalledOff.into());
        }
        if self.drawing.is_some() {
            return Err(Refusal::because(
                Reason::Closed,
                "it has been drawn: declare single wins forfeited",
            ));
        }
        // A list that is fixed by this very order is as good as one that was fixed before it.
        if self.closing.is_some() || (self.rules >= 2 && !self.entries.is_empty()) {
            self.seed_told = told.and_then(|told| self.seed_of(told));
        }
        self.cancelled = Some(reason.to_owned());
        Ok(())
    }

    /// It never opens again: whoever knows the seed could try lists of entrants until one pleases.
    pub(crate) fn reopen(&self) -> Result<(), Refusal> {
        match self.cancelled {
            Some(_) => Err(Reason::CalledOff.into()),
            None => Err(Refusal::because(
                Reason::Closed,
                "its list of entrants is fixed: reset it for a new run",
            )),
        }
    }

    /// Whoever has entered was promised a draw: it is drawn, or called off with a reason, before it goes from every page.
    pub(crate) fn may_go(&self) -> Result<(), Refusal> {
        let promised =
            !self.entries.is_empty() && self.drawing.is_none() && self.cancelled.is_none();
        if self.rules >= 2 && promised {
            return Err(Refusal::because(
                Reason::StillOpen,
                "somebody has entered: draw it, or cancel it with a reason, first",
            ));
        }
        Ok(())
    }

    /// A run that was not drawn nor called off, or whose prizes are not all settled, stays.
    pub(crate) fn may_reset(&self) -> Result<(), Refusal> {
        self.may_go()?;
        let mut wins = self.drawing.iter().flat_map(|drawing| &drawing.wins);
        if wins.any(|win| matches!(win.fate, Fate::Waiting | Fate::Claimed)) {
            return Err(Refusal::because(
                Reason::StillOpen,
                "prizes wait to be claimed or handed over: make another lottery",
            ));
        }
        Ok(())
    }

    /// Whether it is drawn by itself, and was not yet.
    pub fn draws_itself(&self) -> bool {
        self.draft.draws_itself && self.drawing.is_none() && self.cancelled.is_none()
    }

    /// A viewer's tickets, if they have entered.
    pub fn tickets_of(&self, who: Pseudonym) -> Option<u32> {
        self.entries.get(&who).copied()
    }

    /// A viewer's name in the list of entrants.
    pub fn entrant(&self, who: Pseudonym) -> EntrantId {
        self.key
            .entrant(self.entered_as.get(&who).copied().unwrap_or(who))
    }

    /// How many viewers have entered.
    pub fn entrants(&self) -> u32 {
        u32::try_from(self.entries.len()).unwrap_or(u32::MAX)
    }

    /// Why it was called off.
    pub fn cancelled(&self) -> Option<&str> {
        self.cancelled.as_deref()
    }

    /// How long a prize can be claimed.
    pub fn claim_within(&self) -> Span {
        let default = Span(liveroom_protocol::limits::CLAIM_DEFAULT_MS);
        self.draft.claim_within_ms.unwrap_or(default)
    }
}

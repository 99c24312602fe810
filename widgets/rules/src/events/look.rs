//! An activity compared with what was told of it last: what happened to it since.

use super::moves::{claim, fate, of_claim, of_win};
use super::{Happened, Moved};
use crate::activity::{Activity, Body};
use liveroom_protocol::event::{By, Data, What};
use liveroom_protocol::identity::Label;
use liveroom_protocol::lottery::Standing as Fate;
use liveroom_protocol::phase::Phase;
use liveroom_protocol::time::Timestamp;

/// Units of an open deal at which it is said that few are left, as `stock_low` of the figures has it where nobody says otherwise.
const FEW: u32 = 3;

/// What was told of an activity last.
#[derive(Clone, Debug)]
pub(super) struct Told {
    phase: Phase,
    run: u32,
    held: bool,
    revealed: bool,
    put_away: bool,
    cancelled: bool,
    drawn: bool,
    /// Units in all, to see when more come.
    total: u32,
    /// It was said that few are left, and that none is: once, until more come.
    few: bool,
    none: bool,
}

impl Default for Told {
    fn default() -> Self {
        Self {
            phase: Phase::Ready,
            run: 1,
            held: false,
            revealed: false,
            put_away: false,
            cancelled: false,
            drawn: false,
            total: 0,
            few: false,
            none: false,
        }
    }
}

/// A look at an activity that has changed.
pub(super) struct Look<'a> {
    pub(super) activity: &'a mut Activity,
    pub(super) at: Timestamp,
    pub(super) by: By,
    pub(super) found: &'a mut Vec<Happened>,
}

impl Look<'_> {
    /// Tells what happened since, and gives what is told now.
    pub(super) fn since(&mut self, before: &Told) -> Told {
        let moved = self.activity.body.take_moved();
        let mut told = before.clone();
        if self.activity.run != told.run {
            told = Told {
                run: self.activity.run,
                total: told.total,
                put_away: told.put_away,
                ..Told::default()
            };
            self.tell(What::Reset, Data::default());
        }
        let held = self.activity.held.is_some();
        if held && !told.held {
            self.tell(What::HeldBack, Data::default());
        }
        told.held = held;
        self.phase(told.phase);
        told.phase = self.activity.phase;
        if self.activity.revealed && !told.revealed {
            self.tell(What::Revealed, Data::default());
        }
        told.revealed = self.activity.revealed;
        let cancelled = self.cancelled();
        self.drawn(told.drawn, &moved);
        told.drawn = self.is_drawn();
        for one in moved {
            self.moved(one, cancelled && !told.cancelled);
        }
        if cancelled && !told.cancelled {
            self.tell(What::Cancelled, Data::default());
        }
        told.cancelled = cancelled;
        if self.activity.put_away && !told.put_away {
            self.tell(What::PutAway, Data::default());
        }
        told.put_away = self.activity.put_away;
        self.stock(&mut told);
        told
    }

    fn tell(&mut self, what: What, data: Data) {
        let data = Data {
            run: Some(self.activity.run),
            show: self.activity.show.clone(),
            by: Some(self.by),
            ..data
        };
        self.found.push(Happened {
            at: self.at,
            what,
            subject: Some(self.activity.id.clone()),
            widget: Some(self.activity.body.widget()),
            data,
        });
    }

    fn phase(&mut self, before: Phase) {
        let what = match (before, self.activity.phase) {
            (Phase::Ready | Phase::Closed, Phase::Open) => What::Opened,
            (Phase::Paused, Phase::Open) => What::Resumed,
            (Phase::Open, Phase::Paused) => What::Paused,
            (Phase::Open | Phase::Paused, Phase::Closed) => What::Closed,
            // What was announced and called off never opened.
            (Phase::Ready, Phase::Closed | Phase::Paused)
            | (Phase::Open | Phase::Paused | Phase::Closed, Phase::Ready)
            | (Phase::Closed, Phase::Paused)
            | (Phase::Open, Phase::Open)
            | (Phase::Closed, Phase::Closed)
            | (Phase::Paused, Phase::Paused)
            | (Phase::Ready, Phase::Ready) => return,
        };
        let opens = self.activity.phase == Phase::Open;
        let data = Data {
            until: self.activity.closes_at.filter(|_| opens),
            ..Data::default()
        };
        self.tell(what, data);
    }

    fn cancelled(&self) -> bool {
        self.activity.body.cancelled().is_some()
    }

    fn is_drawn(&self) -> bool {
        match &self.activity.body {
            Body::Lottery(lottery) => lottery.drawing().is_some(),
            Body::Poll(_) | Body::Qna(_) | Body::Deal(_) => false,
        }
    }

    /// A lottery was drawn from: also where nobody had entered, and not where a forfeited prize went to another.
    fn drawn(&mut self, before: bool, moved: &[Moved]) {
        let Body::Lottery(lottery) = &self.activity.body else {
            return;
        };
        let first = |win: u32| {
            let won = lottery.wins().get(win as usize);
            won.is_some_and(|won| won.instead_of.is_none())
        };
        let more = moved
            .iter()
            .any(|one| matches!(one, Moved::Win { win, to: Fate::Waiting } if first(*win)));
        if more || (lottery.drawing().is_some() && !before) {
            let data = Data {
                entrants: Some(lottery.entrants()),
                winners: u32::try_from(lottery.wins().len()).ok(),
                ..Data::default()
            };
            self.tell(What::Drawn, data);
        }
    }

    /// `now_cancelled`: it was called off by the same order.
    fn moved(&mut self, moved: Moved, now_cancelled: bool) {
        match (&self.activity.body, moved) {
            (Body::Deal(deal), Moved::Claim { place, from, to }) => {
                let Some(what) = claim(from, to, self.by, now_cancelled) else {
                    return;
                };
                let data = of_claim(deal, place, what, from, to);
                self.tell(what, data);
            }
            (Body::Lottery(lottery), Moved::Win { win, to }) => {
                let (what, data) = (fate(to), of_win(lottery, win, to));
                self.tell(what, data);
            }
            (Body::Poll(_) | Body::Lottery(_) | Body::Qna(_) | Body::Deal(_), _) => {}
        }
    }

    /// Says once that few units are left, and once that none is, until more come.
    fn stock(&mut self, told: &mut Told) {
        let Body::Deal(deal) = &self.activity.body else {
            return;
        };
        let (mut left, mut total) = (0_u32, 0_u32);
        for shelf in deal.shelves() {
            let stock = shelf.stock();
            left = left.saturating_add(stock.left);
            total = total.saturating_add(stock.total);
        }
        if total > told.total {
            told.none = false;
            // A deal of three units is no alert when it opens.
            told.few = left <= FEW;
        }
        told.total = total;
        if self.activity.phase != Phase::Open {
            return;
        }
        let alert = if left == 0 && !told.none {
            told.none = true;
            told.few = true;
            "sold_out"
        } else if left <= FEW && !told.few {
            told.few = true;
            "stock_low"
        } else {
            return;
        };
        let data = Data {
            alert: Label::parse(alert).ok(),
            figure: Some(left.into()),
            ..Data::default()
        };
        self.tell(What::Alert, data);
    }
}

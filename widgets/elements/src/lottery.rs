//! What the page needs to know of a lottery besides how it is drawn.

use crate::decode::{FATES, word_of};
use crate::face::Opening;
use crate::report::object::{Object, list};
use liveroom::{Check, LotteryMoment, PublicRound, REVEAL_MS, Scene, Wrong, lottery_announcement};
use liveroom_protocol::Action;
use liveroom_protocol::lottery::{Card, Condition, Mine, Standing, Tally, Win};
use liveroom_protocol::phase::{Pace, Phase};
use liveroom_protocol::time::{Span, Timestamp};
use std::rc::Rc;

/// A lottery as this page knows it. Shared, so that handing it to a component copies nothing.
#[derive(Clone, Debug, Default)]
pub struct Lottery {
    /// The card.
    pub card: Rc<Card>,
    /// The tally.
    pub tally: Rc<Tally>,
    /// This viewer's own part.
    pub mine: Rc<Mine>,
    /// When that was told, where time is counted on from it.
    pub told_at: Option<Timestamp>,
    /// How far this viewer's check of the draw has come.
    pub check: Check,
}

impl PartialEq for Lottery {
    /// The same parts, not equal ones: a part is never changed once it was taken.
    fn eq(&self, other: &Self) -> bool {
        let Self {
            card,
            tally,
            mine,
            told_at,
            check,
        } = other;
        Rc::ptr_eq(&self.card, card)
            && Rc::ptr_eq(&self.tally, tally)
            && Rc::ptr_eq(&self.mine, mine)
            && self.told_at == *told_at
            && self.check == *check
    }
}

impl Lottery {
    /// Takes a card. What was checked of another draw is not checked of this one.
    pub fn take(&mut self, card: Card) {
        let drawn = |card: &Card| {
            let winners = card.winners.iter().map(|winner| {
                let lost = winner.standing == Standing::Forfeited;
                (winner.prize, winner.entrant.clone(), lost)
            });
            (
                card.commitment.clone(),
                card.root.clone(),
                winners.collect::<Vec<_>>(),
            )
        };
        if self.check != Check::Unasked && drawn(&self.card) != drawn(&card) {
            self.check = Check::Unasked;
        }
        self.card = Rc::new(card);
    }

    /// Takes this viewer's part.
    pub fn take_mine(&mut self, mine: Mine) {
        self.mine = Rc::new(mine);
        self.told_at = None;
    }

    /// Notes what time it is, if something is counted on from when it was told.
    pub fn note(&mut self, now: Option<Timestamp>) {
        if self.mine.watched_ms.is_some() && self.told_at.is_none() {
            self.told_at = now;
        }
    }

    /// Where it is in its life.
    pub fn phase(&self) -> Phase {
        self.tally.phase
    }

    /// What is counted down: its opening or its end, the moment when names have settled, how long a prize can be claimed,
    /// and how long this viewer has still to watch.
    pub fn deadlines(&self) -> Vec<Timestamp> {
        let own = match self.tally.phase {
            Phase::Ready => self.tally.opens_at,
            Phase::Open => self.tally.closes_at,
            Phase::Paused | Phase::Closed => None,
        };
        let told = self
            .card
            .drawn_at
            .map(|at| Timestamp(at.0.saturating_add(REVEAL_MS)));
        let wins = self.mine.wins.iter();
        let waiting = wins.filter(|win| win.standing == Standing::Waiting);
        let mut ends: Vec<Timestamp> = own.into_iter().chain(told).collect();
        ends.extend(waiting.filter_map(|win| win.claim_by));
        ends.extend(self.watched_at());
        ends
    }

    /// When this viewer will have watched for as long as is asked for.
    fn watched_at(&self) -> Option<Timestamp> {
        let (from, seen) = (self.told_at?, self.mine.watched_ms?);
        let due = self
            .card
            .conditions
            .iter()
            .find_map(|condition| match condition {
                Condition::Watched { for_ms } => Some(for_ms.0),
                _ => None,
            })?;
        let wanted = !self.mine.entered && self.tally.phase != Phase::Closed;
        wanted.then(|| Timestamp(from.0.saturating_add(due.saturating_sub(seen.0))))
    }

    /// When it opened: the same instant for everybody.
    pub fn opening(&self) -> Opening {
        Opening {
            pace: Pace::Room,
            at: self.card.opened_at,
            programme: None,
            grace: Span(0),
        }
    }

    /// What this viewer has in it if the room accepts `action` and says no more.
    pub fn accepted(&self, action: &Action) -> Mine {
        let mut mine = (*self.mine).clone();
        match action {
            Action::LotteryEnter(_) => {
                mine.entered = true;
                mine.tickets = self.card.tickets.each;
                mine.met = vec![true; self.card.conditions.len()];
            }
            Action::LotteryClaim(claim) => {
                for win in mine.wins.iter_mut().filter(|win| win.win == claim.win) {
                    win.standing = Standing::Claimed;
                }
            }
            _ => {}
        }
        mine
    }

    /// Begins a check, if there is what it needs and none is under way: of the whole draw, or of this viewer's own entry.
    pub fn ask_check(&mut self, whole: bool) -> bool {
        let there = if whole {
            self.card.drawn_at.is_some()
        } else {
            self.card.root.is_some() && self.mine.entrant.is_some()
        };
        let begins = there && self.check.awaits(whole);
        if begins {
            self.check = Check::Checking(0);
        }
        begins
    }

    /// Takes how far the check has come: hundredths read, or at the end a word for what was found, a line break and more of it.
    pub fn checked(&mut self, whole: u8, found: Option<&str>) {
        // What was begun of another draw is not told of this one.
        if !matches!(self.check, Check::Checking(_)) {
            return;
        }
        self.check = match found {
            None => Check::Checking(whole.min(100)),
            Some(found) => {
                let (word, detail) = found.split_once('\n').unwrap_or((found, ""));
                outcome(word, detail)
            }
        };
    }

    /// What was fixed is another than this page first saw: no check can mend that.
    pub fn swapped(&mut self, wrong: &str) {
        self.check = Check::Swapped(wrong_of(wrong));
    }

    /// What is worth saying aloud between two moments.
    pub fn announcement(before: Option<(&Self, &Scene)>, after: (&Self, &Scene)) -> Option<String> {
        lottery_announcement(before.map(moment), moment(after))
    }
}

fn outcome(word: &str, detail: &str) -> Check {
    match word {
        "checked" | "unpredictable" => {
            let (listed, round) = detail.split_once('\n').unwrap_or((detail, ""));
            Check::Checked {
                unpredictable: word == "unpredictable",
                listed: listed == "listed",
                round: public_round(round),
            }
        }
        "listed" => Check::Listed(detail.parse().unwrap_or_default()),
        _ => Check::Failed {
            wrong: wrong_of(word),
            detail: detail.to_owned(),
        },
    }
}

fn wrong_of(word: &str) -> Wrong {
    match word {
        "fixed" => Wrong::Fixed,
        "list" => Wrong::List,
        "winners" => Wrong::Winners,
        "card" => Wrong::Card,
        "unlisted" => Wrong::Unlisted,
        _ => Wrong::Unread,
    }
}

/// Number, signature and address, with spaces between.
fn public_round(text: &str) -> Option<PublicRound> {
    let (number, rest) = text.split_once(' ')?;
    let (signature, address) = rest.split_once(' ')?;
    Some(PublicRound {
        number: number.to_owned(),
        signature: signature.to_owned(),
        address: address.to_owned(),
    })
}

fn moment<'a>((lottery, scene): (&'a Lottery, &'a Scene)) -> LotteryMoment<'a> {
    LotteryMoment {
        card: &lottery.card,
        tally: &lottery.tally,
        mine: &lottery.mine,
        scene,
    }
}

/// This viewer's part, to be told.
pub fn write(mine: &Mine) -> String {
    let mut object = Object::new()
        .text("widget", "lottery")
        .raw("entered", if mine.entered { "true" } else { "false" })
        .number("tickets", mine.tickets.into())
        .maybe("entrant", mine.entrant.as_deref())
        .maybe("excluded", mine.excluded.as_deref());
    if !mine.met.is_empty() {
        let met = mine.met.iter().map(|met| met.to_string());
        object = object.raw("met", &list(met));
    }
    if let Some(watched) = mine.watched_ms {
        object = object.number("watched_ms", watched.0);
    }
    object.raw("wins", &list(mine.wins.iter().map(win))).end()
}

fn win(win: &Win) -> String {
    let mut object = Object::new()
        .number("win", win.win.into())
        .number("prize", win.prize.into())
        .text("standing", word_of(FATES, win.standing));
    if let Some(by) = win.claim_by {
        object = object.number("claim_by", by.0);
    }
    object.maybe("code", win.code.as_deref()).end()
}

//! One activity of any widget as this page knows it: the closed list over which the rest of the crate is written.

use crate::deal::Deal;
use crate::lottery::Lottery;
use crate::poll::Poll;
use crate::qna::Qna;
use liveroom::Scene;
use liveroom_protocol::about::About;
use liveroom_protocol::news::Entry;
use liveroom_protocol::phase::{Pace, Phase};
use liveroom_protocol::qna::{QuestionId, Row};
use liveroom_protocol::time::{Span, Timestamp};
use liveroom_protocol::{Action, Card, Mine, Tally, Widget};
use std::rc::Rc;

/// Card, tally and mine of one activity.
#[derive(Clone, Debug, PartialEq)]
pub enum Face {
    /// Of a poll.
    Poll(Poll),
    /// Of a lottery.
    Lottery(Lottery),
    /// Of a list of questions.
    Qna(Qna),
    /// Of a deal.
    Deal(Deal),
}

/// When an activity opened, and by whose time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Opening {
    /// Whose time it keeps.
    pub pace: Pace,
    /// When it opened, on the room's clock.
    pub at: Option<Timestamp>,
    /// Programme time of the trigger.
    pub programme: Option<Timestamp>,
    /// How much longer than its deadline an action is taken.
    pub grace: Span,
}

impl Face {
    /// Nothing known yet of an activity of this kind.
    pub fn new(widget: Widget) -> Self {
        match widget {
            Widget::Poll => Self::Poll(Poll::default()),
            Widget::Lottery => Self::Lottery(Lottery::default()),
            Widget::Qna => Self::Qna(Qna::default()),
            Widget::Deal => Self::Deal(Deal::default()),
        }
    }

    /// The kind that a part belongs to; `None` for one that this page does not know.
    pub fn widget_of(
        card: Option<&Card>,
        tally: Option<&Tally>,
        mine: Option<&Mine>,
        entry: Option<&Entry>,
    ) -> Option<Widget> {
        let card = card.map(|card| match card {
            Card::Poll(_) => Some(Widget::Poll),
            Card::Lottery(_) => Some(Widget::Lottery),
            Card::Qna(_) => Some(Widget::Qna),
            Card::Deal(_) => Some(Widget::Deal),
            Card::Unknown => None,
        });
        let tally = tally.map(|tally| match tally {
            Tally::Poll(_) => Some(Widget::Poll),
            Tally::Lottery(_) => Some(Widget::Lottery),
            Tally::Qna(_) => Some(Widget::Qna),
            Tally::Deal(_) => Some(Widget::Deal),
            Tally::Unknown => None,
        });
        let mine = mine.map(|mine| match mine {
            Mine::Poll(_) => Some(Widget::Poll),
            Mine::Lottery(_) => Some(Widget::Lottery),
            Mine::Qna(_) => Some(Widget::Qna),
            Mine::Deal(_) => Some(Widget::Deal),
            Mine::Unknown => None,
        });
        let entry = entry.map(|entry| match entry {
            Entry::Qna(_) => Some(Widget::Qna),
            // Only a desk is sent what was written in a survey.
            Entry::Poll(_) | Entry::Unknown => None,
        });
        card.or(tally).or(mine).or(entry).flatten()
    }

    /// Its kind.
    pub fn widget(&self) -> Widget {
        match self {
            Self::Poll(_) => Widget::Poll,
            Self::Lottery(_) => Widget::Lottery,
            Self::Qna(_) => Widget::Qna,
            Self::Deal(_) => Widget::Deal,
        }
    }

    /// What its card says that it is about, and the product that a deal sells.
    pub fn about(&self) -> (&About, Option<&str>) {
        match self {
            Self::Poll(poll) => (&poll.card.about, None),
            Self::Lottery(lottery) => (&lottery.card.about, None),
            Self::Qna(qna) => (&qna.card.about, None),
            Self::Deal(deal) => (&deal.card.about, Some(&deal.card.sku)),
        }
    }

    /// Takes a new card; one of another kind is left.
    pub fn take_card(&mut self, card: Card) -> bool {
        match (self, card) {
            (Self::Poll(poll), Card::Poll(card)) => poll.card = Rc::new(card),
            (Self::Lottery(lottery), Card::Lottery(card)) => lottery.take(card),
            (Self::Qna(qna), Card::Qna(card)) => qna.card = Rc::new(card),
            (Self::Deal(deal), Card::Deal(card)) => deal.card = Rc::new(card),
            (Self::Poll(_) | Self::Lottery(_) | Self::Qna(_) | Self::Deal(_), _) => return false,
        }
        true
    }

    /// Takes a new tally; one of another kind is left.
    pub fn take_tally(&mut self, tally: Tally) -> bool {
        match (self, tally) {
            (Self::Poll(poll), Tally::Poll(tally)) => poll.tally = Rc::new(tally),
            (Self::Lottery(lottery), Tally::Lottery(tally)) => lottery.tally = Rc::new(tally),
            (Self::Qna(qna), Tally::Qna(tally)) => qna.count(tally),
            (Self::Deal(deal), Tally::Deal(tally)) => deal.tally = Rc::new(tally),
            (Self::Poll(_) | Self::Lottery(_) | Self::Qna(_) | Self::Deal(_), _) => return false,
        }
        true
    }

    /// Takes this viewer's new part; one of another kind is left.
    pub fn take_mine(&mut self, mine: Mine) -> bool {
        match (self, mine) {
            (Self::Poll(poll), Mine::Poll(mine)) => poll.mine = Rc::new(mine),
            (Self::Lottery(lottery), Mine::Lottery(mine)) => lottery.take_mine(mine),
            (Self::Qna(qna), Mine::Qna(mine)) => qna.mine = Rc::new(mine),
            (Self::Deal(deal), Mine::Deal(mine)) => deal.mine = Rc::new(mine),
            (Self::Poll(_) | Self::Lottery(_) | Self::Qna(_) | Self::Deal(_), _) => return false,
        }
        true
    }

    /// Takes cards of their own within the activity: the numbers of those that were taken. One of another kind, or an
    /// older one, is left.
    pub fn take_entries(&mut self, entries: Vec<Entry>) -> Vec<QuestionId> {
        let Self::Qna(qna) = self else {
            return Vec::new();
        };
        let taken = entries.into_iter().filter_map(|entry| match entry {
            Entry::Qna(question) => qna.take(question),
            Entry::Poll(_) | Entry::Unknown => None,
        });
        let taken: Vec<QuestionId> = taken.collect();
        if !taken.is_empty() {
            qna.settle();
        }
        taken
    }

    /// Takes a page of a long list, or what of it is like what is typed; the numbers of those that were taken.
    pub fn take_page(&mut self, rows: &[Row], entries: Vec<Entry>, like: bool) -> Vec<QuestionId> {
        let new = match self {
            Self::Qna(qna) if like => qna.unknown(rows),
            _ => Vec::new(),
        };
        let taken = self.take_entries(entries);
        if let Self::Qna(qna) = self {
            qna.page(rows);
            qna.offer(&new);
        }
        taken
    }

    /// This viewer's part, to be told.
    pub fn mine(&self) -> Mine {
        match self {
            Self::Poll(poll) => Mine::Poll((*poll.mine).clone()),
            Self::Lottery(lottery) => Mine::Lottery((*lottery.mine).clone()),
            Self::Qna(qna) => Mine::Qna((*qna.mine).clone()),
            Self::Deal(deal) => Mine::Deal((*deal.mine).clone()),
        }
    }

    /// Forgets this viewer's part, and what was within the activity: another run has begun.
    pub fn forget_mine(&mut self) {
        match self {
            Self::Poll(poll) => poll.mine = Rc::default(),
            Self::Lottery(lottery) => lottery.take_mine(Default::default()),
            Self::Qna(qna) => {
                qna.mine = Rc::default();
                qna.questions = Rc::default();
            }
            Self::Deal(deal) => deal.mine = Rc::default(),
        }
    }

    /// Where it is in its life.
    pub fn phase(&self) -> Phase {
        match self {
            Self::Poll(poll) => poll.phase(),
            Self::Lottery(lottery) => lottery.phase(),
            Self::Qna(qna) => qna.phase(),
            Self::Deal(deal) => deal.phase(),
        }
    }

    /// Notes what time it is, where something is counted on from when it was told.
    pub fn note(&mut self, now: Option<Timestamp>) {
        match self {
            Self::Lottery(lottery) => lottery.note(now),
            Self::Poll(_) | Self::Qna(_) | Self::Deal(_) => {}
        }
    }

    /// Every moment that is counted down now: when it opens or closes by itself, and what else has an end.
    pub fn deadlines(&self) -> Vec<Timestamp> {
        match self {
            Self::Poll(poll) => poll.deadline().into_iter().collect(),
            Self::Lottery(lottery) => lottery.deadlines(),
            Self::Qna(qna) => qna.deadline().into_iter().collect(),
            Self::Deal(deal) => deal.deadlines(),
        }
    }

    /// When it opened, and by whose time.
    pub fn opening(&self) -> Opening {
        match self {
            Self::Poll(poll) => poll.opening(),
            Self::Lottery(lottery) => lottery.opening(),
            Self::Qna(qna) => qna.opening(),
            Self::Deal(deal) => deal.opening(),
        }
    }

    /// What the viewer has if the room accepts `action` and says no more.
    pub fn accepted(&self, action: &Action) -> Mine {
        match self {
            Self::Poll(poll) => Mine::Poll(poll.accepted(action)),
            Self::Lottery(lottery) => Mine::Lottery(lottery.accepted(action)),
            Self::Qna(qna) => Mine::Qna(qna.accepted(action)),
            Self::Deal(deal) => Mine::Deal(deal.accepted(action)),
        }
    }

    /// What is worth saying aloud between two moments of one activity.
    pub fn announcement(before: Option<(&Self, &Scene)>, after: (&Self, &Scene)) -> Option<String> {
        match after {
            (Self::Poll(after), now) => {
                let before = before.and_then(|(before, then)| match before {
                    Self::Poll(before) => Some((before, then)),
                    _ => None,
                });
                Poll::announcement(before, (after, now))
            }
            (Self::Lottery(after), now) => {
                let before = before.and_then(|(before, then)| match before {
                    Self::Lottery(before) => Some((before, then)),
                    _ => None,
                });
                Lottery::announcement(before, (after, now))
            }
            (Self::Qna(after), now) => {
                let before = before.and_then(|(before, then)| match before {
                    Self::Qna(before) => Some((before, then)),
                    _ => None,
                });
                Qna::announcement(before, (after, now))
            }
            (Self::Deal(after), now) => {
                let before = before.and_then(|(before, then)| match before {
                    Self::Deal(before) => Some((before, then)),
                    _ => None,
                });
                Deal::announcement(before, (after, now))
            }
        }
    }
}

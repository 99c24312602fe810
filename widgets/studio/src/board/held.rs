//! The newest parts of one activity, each with the rev by which a newer one is told from an older.

use super::activity::{Activity, Known, Looked, Questions};
use super::seen::Seen;
use liveroom_protocol::id::ActivityId;
use liveroom_protocol::message::Page;
use liveroom_protocol::news::{Entry, Item};
use liveroom_protocol::poll::Comment;
use liveroom_protocol::profile::Ruled;
use liveroom_protocol::qna::{Question, QuestionId};
use liveroom_protocol::{Card, Tally, deal, lottery, poll, qna};
use std::collections::BTreeMap;
use std::rc::Rc;

/// One activity as far as it is known; shown once both its parts are.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Held {
    /// Its name.
    pub(super) id: ActivityId,
    run: u32,
    flags: u32,
    ruled: Ruled,
    card: Part<CardOf>,
    tally: Part<TallyOf>,
    entries: BTreeMap<QuestionId, Rc<Question>>,
    /// The same as a list, made when they change and shared with whoever draws them.
    listed: Rc<Questions>,
    looked: Option<Looked>,
    comments: BTreeMap<u32, Comment>,
    written: Rc<Vec<Comment>>,
    /// What there is to be seen to in it, of whichever run.
    pub(super) seen: Seen,
}

#[derive(Clone, Debug, PartialEq)]
enum CardOf {
    Poll(Rc<poll::Card>),
    Lottery(Rc<lottery::Card>),
    Qna(Rc<qna::Card>),
    Deal(Rc<deal::Card>),
}

#[derive(Clone, Debug, PartialEq)]
enum TallyOf {
    Poll(Rc<poll::Tally>),
    Lottery(Rc<lottery::Tally>),
    Qna(Rc<qna::Tally>),
    Deal(Rc<deal::Tally>),
}

#[derive(Clone, Debug, PartialEq)]
struct Part<T> {
    rev: u64,
    known: Option<T>,
}

impl<T> Part<T> {
    const UNKNOWN: Self = Self {
        rev: 0,
        known: None,
    };

    fn take(&mut self, rev: u64, news: T) -> bool {
        let newer = self.known.is_none() || rev >= self.rev;
        if newer {
            *self = Self {
                rev,
                known: Some(news),
            };
        }
        newer
    }
}

impl Held {
    /// An activity of which nothing is known yet.
    pub(super) fn new(id: ActivityId, run: u32) -> Self {
        Self {
            id,
            run,
            flags: 0,
            ruled: Ruled::default(),
            card: Part::UNKNOWN,
            tally: Part::UNKNOWN,
            entries: BTreeMap::new(),
            listed: Rc::default(),
            looked: None,
            comments: BTreeMap::new(),
            written: Rc::default(),
            seen: Seen::default(),
        }
    }

    /// Takes what is not older than what is known.
    pub(super) fn take(&mut self, item: Item) {
        if item.run < self.run {
            return;
        }
        if item.run > self.run {
            // The numbers of the run before are not those of this one; the card may come in a message of its own.
            self.run = item.run;
            self.card.rev = 0;
            self.tally = Part::UNKNOWN;
            self.flags = 0;
            self.ruled = Ruled::default();
            self.entries.clear();
            self.listed = Rc::default();
            self.looked = None;
            self.comments.clear();
            self.written = Rc::default();
        }
        if let Some(card) = item.card.and_then(card_of) {
            self.card.take(item.rev, card);
        }
        if let Some(tally) = item.tally.and_then(tally_of)
            && self.tally.take(item.rev, tally)
        {
            self.flags = item.flags;
            self.ruled = item.ruled.map(|ruled| *ruled).unwrap_or_default();
        }
        let mut changed = false;
        for entry in item.entries {
            changed |= self.enter(entry);
        }
        if changed {
            self.list();
        }
    }

    /// Takes a page that was asked for.
    pub(super) fn look(&mut self, mut page: Page) {
        if page.run == self.run {
            for entry in std::mem::take(&mut page.entries) {
                self.enter(entry);
            }
            Looked::take(&mut self.looked, page);
            self.list();
        }
    }

    fn list(&mut self) {
        self.listed = Rc::new(Questions {
            known: self.entries.values().cloned().collect(),
            looked: self.looked.clone(),
        });
        self.written = Rc::new(self.comments.values().cloned().collect());
    }

    fn enter(&mut self, entry: Entry) -> bool {
        match entry {
            Entry::Qna(question) => {
                let known = self.entries.get(&question.id);
                let newer = known.is_none_or(|known| question.rev >= known.rev);
                if newer {
                    self.entries.insert(question.id, Rc::new(question));
                }
                newer
            }
            Entry::Poll(comment) => {
                let known = self.comments.get(&comment.id);
                let newer = known.is_none_or(|known| comment.rev >= known.rev);
                if newer {
                    self.comments.insert(comment.id, comment);
                }
                newer
            }
            Entry::Unknown => false,
        }
    }

    /// The activity, once it can be shown.
    pub(super) fn whole(&self) -> Option<Activity> {
        let whole = match (self.card.known.as_ref()?, self.tally.known.as_ref()?) {
            (CardOf::Poll(card), TallyOf::Poll(tally)) => {
                Activity::Poll(self.known(card, tally), Rc::clone(&self.written))
            }
            (CardOf::Lottery(card), TallyOf::Lottery(tally)) => {
                Activity::Lottery(self.known(card, tally))
            }
            (CardOf::Qna(card), TallyOf::Qna(tally)) => {
                Activity::Qna(self.known(card, tally), Rc::clone(&self.listed))
            }
            (CardOf::Deal(card), TallyOf::Deal(tally)) => Activity::Deal(self.known(card, tally)),
            // A card of one widget and a tally of another: no room sends that.
            _ => return None,
        };
        Some(whole)
    }

    fn known<C, T>(&self, card: &Rc<C>, tally: &Rc<T>) -> Known<C, T> {
        Known {
            id: self.id.clone(),
            run: self.run,
            flags: self.flags,
            ruled: self.ruled.clone(),
            card: Rc::clone(card),
            tally: Rc::clone(tally),
        }
    }
}

fn card_of(card: Card) -> Option<CardOf> {
    match card {
        Card::Poll(card) => Some(CardOf::Poll(Rc::new(card))),
        Card::Lottery(card) => Some(CardOf::Lottery(Rc::new(card))),
        Card::Qna(card) => Some(CardOf::Qna(Rc::new(card))),
        Card::Deal(card) => Some(CardOf::Deal(Rc::new(card))),
        Card::Unknown => None,
    }
}

fn tally_of(tally: Tally) -> Option<TallyOf> {
    match tally {
        Tally::Poll(tally) => Some(TallyOf::Poll(Rc::new(tally))),
        Tally::Lottery(tally) => Some(TallyOf::Lottery(Rc::new(tally))),
        Tally::Qna(tally) => Some(TallyOf::Qna(Rc::new(tally))),
        Tally::Deal(tally) => Some(TallyOf::Deal(Rc::new(tally))),
        Tally::Unknown => None,
    }
}

//! Which questions are listed, and in which order. Pure.

use crate::same::same;
use liveroom_protocol::qna::{Order, Question, QuestionId, Standing};
use std::rc::Rc;

/// A question as the page knows it, with its votes as they were last told.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// The question. Shared, so that a list of thousands is copied in no time.
    pub question: Rc<Question>,
    /// Its votes.
    pub votes: u32,
    /// It came for what is typed alone: its place in the list is not known.
    pub offered: bool,
}

same!(Known: question; votes offered);

/// How the list is used at this moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listing {
    /// Pointer or focus is in the card: nothing may jump under it.
    pub held: bool,
    /// Counted up from 1 whenever the list may be put in order anew; 0, and so by default: with every change.
    pub turn: u32,
    /// The questions whose vote is on its way.
    pub waiting: Vec<QuestionId>,
    /// How many actions have been answered, votes left aside: one may be answered before it was ever drawn as on its way.
    pub told: u32,
    /// There is a room that can be asked for what is not known yet.
    pub asks: bool,
}

/// How many rows are shown at first, and how many come with each *Show more*.
pub(super) const STEP: usize = 10;

/// Whether a question stands in the list.
pub(super) fn is_listed(question: &Question) -> bool {
    let stands = match question.standing {
        Standing::Shown | Standing::Answering | Standing::Answered => true,
        Standing::Waiting | Standing::Dismissed => false,
    };
    stands && question.merged_into.is_none()
}

/// Returns the question with this number.
pub(super) fn find(known: &[Known], id: QuestionId) -> Option<&Known> {
    let place = known.binary_search_by(|known| known.question.id.cmp(&id));
    known.get(place.ok()?)
}

/// Returns the numbers of all that is listed in an order: what is being answered and what is pinned before the rest.
pub(super) fn ordered(known: &[Known], order: Order) -> Vec<QuestionId> {
    let wanted = |known: &&Known| {
        let open = known.question.standing != Standing::Answered && known.question.answer.is_none();
        !known.offered && is_listed(&known.question) && (open || order != Order::Unanswered)
    };
    // One number a question, so that they are sorted as numbers: first the rank, then the votes, then the number itself.
    let key = |known: &Known| {
        let question = &known.question;
        let rank = match (question.standing, question.pinned) {
            (Standing::Answering, _) => 0_u128,
            (_, true) => 1,
            (_, false) => 2,
        };
        match order {
            Order::Newest => rank << 64 | u128::from(!question.id),
            // The other orders are the desk's.
            _ => rank << 64 | u128::from(!known.votes) << 32 | u128::from(question.id),
        }
    };
    let mut keys: Vec<u128> = known.iter().filter(wanted).map(key).collect();
    keys.sort_unstable();
    let id = |key: u128| {
        let low = (key & u128::from(u32::MAX)) as u32;
        if order == Order::Newest { !low } else { low }
    };
    keys.into_iter().map(id).collect()
}

/// Where a row went when the list was last put in order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Moved {
    /// It stayed.
    #[default]
    No,
    /// Towards the top.
    Up,
    /// Away from it.
    Down,
}

/// The order as it is shown, which is not always the newest: it waits while the list is being used.
#[derive(Debug, Default)]
pub(super) struct Shown {
    order: Order,
    turn: u32,
    seen: Option<Rc<Vec<Known>>>,
    /// The numbers of the rows, of all that are known.
    pub(super) ids: Vec<QuestionId>,
    before: Vec<QuestionId>,
    /// How often rows have moved: each move is drawn by another animation, so that it runs again.
    pub(super) moves: u32,
}

impl Shown {
    /// Puts the list in order if it may be; whether a newer order waits.
    pub(super) fn settle(
        &mut self,
        known: &Rc<Vec<Known>>,
        order: Order,
        listing: &Listing,
        used: bool,
    ) -> bool {
        let first = self.seen.is_none() || self.order != order;
        let other = !self
            .seen
            .as_ref()
            .is_some_and(|seen| Rc::ptr_eq(seen, known));
        let due = other && (listing.turn == 0 || listing.turn != self.turn);
        if !first && (!due || used) {
            return due;
        }
        let ids = ordered(known, order);
        self.before = match first {
            true => Vec::new(),
            false => std::mem::take(&mut self.ids),
        };
        if !first && ids != self.before {
            self.moves += 1;
        }
        self.ids = ids;
        self.order = order;
        self.turn = listing.turn;
        self.seen = Some(Rc::clone(known));
        false
    }

    /// Adds what is known and has no row yet, below the others, while fewer rows than wanted are there.
    pub(super) fn fill(&mut self, known: &[Known], order: Order, wanted: usize) {
        if self.ids.len() < wanted && self.ids.len() < known.len() {
            let mut more = ordered(known, order);
            more.retain(|id| !self.ids.contains(id));
            self.ids.append(&mut more);
        }
    }

    /// The next time, the list is put in order whatever is being used.
    pub(super) fn forget(&mut self) {
        self.seen = None;
    }

    /// Where the row at a place came from, of the first `rows`.
    pub(super) fn moved(&self, place: usize, rows: usize) -> Moved {
        let near = self.before.iter().take(rows + STEP);
        let id = self.ids.get(place);
        match near.clone().position(|before| Some(before) == id) {
            Some(before) if before > place => Moved::Up,
            Some(before) if before < place => Moved::Down,
            Some(_) => Moved::No,
            None if self.before.is_empty() => Moved::No,
            None => Moved::Up,
        }
    }
}

#[cfg(test)]
mod tests;

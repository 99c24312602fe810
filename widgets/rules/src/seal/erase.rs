//! Words and names are taken out of an ended room: piece by piece, since nobody can say any more whose a piece is.

use super::{Line, Sealed};
use liveroom_protocol::Card;
use liveroom_protocol::erase::{Part, Piece};
use liveroom_protocol::id::ActivityId;
use liveroom_protocol::lottery::Winner;
use liveroom_protocol::news::{Entry, Item};
use liveroom_protocol::poll::BoardRow;
use liveroom_protocol::qna::{Question, QuestionId, Reply};
use liveroom_protocol::time::Timestamp;
use std::collections::BTreeSet;

/// What stands where a name was and nothing else tells one from another.
const NOBODY: &str = "#";

/// Which parts of an ended room lose their words or their name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pieces<'a> {
    /// These.
    These(&'a [Piece]),
    /// All words, all names, or both: their time has run out.
    All {
        /// Questions, replies, comments, answers for one asker.
        words: bool,
        /// Names of askers, winners and on boards.
        names: bool,
    },
}

/// How many parts lost something.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lost {
    /// Each part once, however many forms showed it.
    words: BTreeSet<(ActivityId, u8, u32, u32)>,
    names: BTreeSet<(ActivityId, u8, u32, u32)>,
}

impl Lost {
    /// How many had words.
    pub fn words(&self) -> usize {
        self.words.len()
    }

    /// How many had a name.
    pub fn names(&self) -> usize {
        self.names.len()
    }
}

impl Sealed {
    /// Takes words and names out of every form of the room. Numbers, winners and proofs stay. Says what was there.
    ///
    /// Whoever ordered it is in the audit log; without an order, and with nothing there, nothing changes.
    pub fn erase(&mut self, pieces: Pieces<'_>, who: Option<&str>, at: Timestamp) -> Lost {
        let mut taking = Taking {
            pieces,
            rev: self.position + 1,
            lost: Lost::default(),
            desk: true,
            replies: Vec::new(),
        };
        // The desk's form first: by it a reply is named, since viewers were not shown all of them.
        self.all.iter_mut().for_each(|item| taking.from(item));
        taking.desk = false;
        self.shown.iter_mut().for_each(|item| taking.from(item));
        let lost = taking.lost;
        if who.is_some() || lost != Lost::default() {
            // As a record would have counted: pages that come again take what is newer.
            self.position += 1;
            self.audit.push(Line {
                position: self.position,
                at,
                who: who.unwrap_or("room").to_owned(),
                what: if who.is_some() {
                    "viewer.erase"
                } else {
                    "retention"
                }
                .to_owned(),
                name: None,
                by: None,
                activity: None,
                detail: None,
                key: None,
                label: None,
                refused: None,
                on_air: Vec::new(),
                profile: None,
            });
        }
        lost
    }
}

struct Taking<'a> {
    pieces: Pieces<'a>,
    rev: u64,
    lost: Lost,
    /// The form that is gone through is the desk's.
    desk: bool,
    /// Replies that were taken out of the desk's form.
    replies: Vec<(ActivityId, QuestionId, Reply)>,
}

impl Taking<'_> {
    fn from(&mut self, item: &mut Item) {
        let before = (self.lost.words.len(), self.lost.names.len());
        let seen = item.clone();
        let activity = item.activity.clone();
        match &mut item.card {
            Some(Card::Lottery(card)) => {
                for winner in &mut card.winners {
                    self.winner(&activity, winner);
                }
            }
            Some(Card::Poll(card)) => {
                for (row, place) in (0..).zip(&mut card.board) {
                    self.board(&activity, row, place);
                }
            }
            Some(Card::Qna(_) | Card::Deal(_) | Card::Unknown) | None => {}
        }
        for entry in &mut item.entries {
            match entry {
                Entry::Qna(question) => self.question(&activity, question),
                Entry::Poll(comment) => {
                    let id = comment.id;
                    if self.words(&activity, Part::Comment(id)) && comment.text.take().is_some() {
                        comment.rev = self.rev;
                        self.lost.words.insert((activity.clone(), 1, id, 0));
                    }
                }
                Entry::Unknown => {}
            }
        }
        let after = (self.lost.words.len(), self.lost.names.len());
        if before != after || seen != *item {
            item.rev = self.rev;
        }
    }

    fn winner(&mut self, activity: &ActivityId, winner: &mut Winner) {
        if !self.names(activity, Part::Win(winner.win)) {
            return;
        }
        let label = winner.entrant.as_ref().and_then(|entrant| entrant.get(..4));
        let label = label.map_or(NOBODY.to_owned(), |four| {
            format!("#{}", four.to_uppercase())
        });
        if winner.name.as_ref().is_some_and(|name| *name != label) {
            winner.name = Some(label);
            self.lost.names.insert((activity.clone(), 2, winner.win, 0));
        }
    }

    fn board(&mut self, activity: &ActivityId, row: u32, place: &mut BoardRow) {
        // A name that begins so is the room's own label.
        if self.names(activity, Part::Board(row)) && !place.name.starts_with('#') {
            NOBODY.clone_into(&mut place.name);
            self.lost.names.insert((activity.clone(), 3, row, 0));
        }
    }

    fn question(&mut self, activity: &ActivityId, question: &mut Question) {
        let (id, before) = (question.id, question.clone());
        if self.words(activity, Part::Question(id)) {
            if question.text.take().is_some() {
                self.lost.words.insert((activity.clone(), 0, id, 0));
            }
            if question
                .answer
                .as_ref()
                .is_some_and(|answer| answer.private)
            {
                question.answer = None;
            }
        }
        if self.names(activity, Part::Question(id)) && question.by.take().is_some() {
            self.lost.names.insert((activity.clone(), 0, id, 0));
        }
        self.replies(activity, question);
        if *question != before {
            question.rev = self.rev;
        }
    }

    fn replies(&mut self, activity: &ActivityId, question: &mut Question) {
        let id = question.id;
        if !self.desk {
            let taken = |reply: &Reply| {
                self.replies
                    .iter()
                    .any(|(of, to, taken)| (of, *to) == (activity, id) && taken == reply)
            };
            question.replies.retain(|reply| !taken(reply));
            let names = self.names_all();
            question
                .replies
                .iter_mut()
                .filter(|_| names)
                .for_each(|reply| reply.by = None);
            return;
        }
        for (place, reply) in (0..).zip(&mut question.replies) {
            let part = Part::Reply(id, place);
            if self.words(activity, part) && !reply.text.is_empty() {
                self.replies.push((activity.clone(), id, reply.clone()));
                reply.text.clear();
                self.lost.words.insert((activity.clone(), 4, id, place));
            }
            if self.names(activity, part) && reply.by.take().is_some() {
                self.lost.names.insert((activity.clone(), 4, id, place));
            }
        }
    }

    fn names_all(&self) -> bool {
        matches!(self.pieces, Pieces::All { names: true, .. })
    }

    fn words(&self, activity: &ActivityId, part: Part) -> bool {
        self.takes(activity, part, |words, _| words)
    }

    fn names(&self, activity: &ActivityId, part: Part) -> bool {
        self.takes(activity, part, |_, names| names)
    }

    fn takes(&self, activity: &ActivityId, part: Part, which: fn(bool, bool) -> bool) -> bool {
        match self.pieces {
            Pieces::All { words, names } => which(words, names),
            Pieces::These(pieces) => pieces
                .iter()
                .any(|piece| piece.part == part && piece.activity == *activity),
        }
    }
}

//! The frames of an activity's entries, cards of their own that its tally names: each serialised once, by audience.

use super::frame;
use crate::record::Position;
use crate::view::View;
use liveroom_protocol::id::Epoch;
use liveroom_protocol::message::{FromRoom, News};
use liveroom_protocol::news::{Entry, Item};
use std::collections::HashMap;
use std::sync::Arc;

/// The entries that one audience is shown.
#[derive(Clone, Debug, Default)]
pub(in crate::session) struct Entries {
    each: Vec<One>,
    /// All of them in one frame, for who has none; nothing where there are none.
    all: Option<Arc<str>>,
}

#[derive(Clone, Debug)]
struct One {
    id: u32,
    rev: Position,
    frame: Arc<str>,
}

impl Entries {
    /// Writes the frames of a view; those whose rev is that of `before` are taken from there.
    pub(super) fn of(view: &View, before: Option<&Self>, epoch: Option<&Epoch>) -> Self {
        let known = |id: u32, rev: Position| {
            let mut each = before?.each.iter();
            each.find(|one| (one.id, one.rev) == (id, rev))
        };
        let each: Vec<One> = view
            .entries
            .iter()
            .filter_map(|entry| {
                let (id, rev) = name(entry)?;
                Some(known(id, rev).cloned().unwrap_or_else(|| One {
                    id,
                    rev,
                    frame: write(view, vec![entry.clone()], rev, epoch),
                }))
            })
            .collect();
        let same = before.filter(|before| {
            before.each.len() == each.len()
                && each.iter().all(|one| known(one.id, one.rev).is_some())
        });
        let all = match same {
            Some(before) => before.all.clone(),
            None if each.is_empty() => None,
            None => {
                let rev = each.iter().map(|one| one.rev).max().unwrap_or_default();
                Some(write(view, view.entries.clone(), rev, epoch))
            }
        };
        Self { each, all }
    }

    /// All in one frame, of a room that has ended and changes no more.
    pub(super) const fn whole(all: Arc<str>) -> Self {
        Self {
            each: Vec::new(),
            all: Some(all),
        }
    }

    /// Whether there are none.
    pub(in crate::session) const fn is_empty(&self) -> bool {
        self.each.is_empty() && self.all.is_none()
    }

    /// The frames that are due to who has these, after which they have them all. What is no longer listed is forgotten.
    pub(in crate::session) fn due(
        &self,
        has: &mut HashMap<u32, Position>,
        frames: &mut Vec<Arc<str>>,
    ) {
        if has.is_empty() {
            frames.extend(self.all.clone());
        } else {
            let new = self
                .each
                .iter()
                .filter(|one| has.get(&one.id).is_none_or(|rev| *rev < one.rev));
            frames.extend(new.map(|one| Arc::clone(&one.frame)));
        }
        *has = self.each.iter().map(|one| (one.id, one.rev)).collect();
    }
}

fn name(entry: &Entry) -> Option<(u32, Position)> {
    match entry {
        Entry::Qna(question) => Some((question.id, question.rev)),
        Entry::Poll(comment) => Some((comment.id, comment.rev)),
        Entry::Unknown => None,
    }
}

fn write(view: &View, entries: Vec<Entry>, rev: Position, epoch: Option<&Epoch>) -> Arc<str> {
    let item = Item {
        activity: view.activity.clone(),
        run: view.run,
        rev,
        card: None,
        tally: None,
        mine: None,
        entries,
        flags: 0,
        ruled: None,
        gone: false,
    };
    frame(&FromRoom::News(News {
        epoch: epoch.cloned(),
        at: None,
        news: vec![item],
    }))
}

//! The frames of a room that has ended, made from what was sealed.

use super::entries::Entries;
use super::{Forms, Page, Sheet, frame};
use crate::seal::Sealed;
use liveroom_protocol::message::{FromRoom, News};
use liveroom_protocol::news::Item;
use liveroom_protocol::phase::Phase;
use liveroom_protocol::{Card, Tally};
use std::sync::Arc;

impl Sheet {
    /// Writes the frames of a room that has ended.
    pub fn sealed(sealed: &Sealed) -> Self {
        let desk = |shown: &Item| {
            sealed
                .all
                .iter()
                .find(|item| item.activity == shown.activity)
        };
        let page = |shown: &Item| {
            let forms = |card: bool| {
                let write = |item: &Item| write(sealed, item, card);
                let public = write(shown);
                let acted = Arc::clone(&public);
                let desk = desk(shown).map_or_else(|| Arc::clone(&public), write);
                Forms {
                    rev: shown.rev,
                    by: [public, acted, desk],
                }
            };
            Page {
                activity: shown.activity.clone(),
                run: shown.run,
                shown: true,
                held: None,
                phase: Phase::Closed,
                card: forms(true),
                tally: forms(false),
                entries: [Some(shown), Some(shown), desk(shown)].map(|item| match item {
                    Some(item) if !item.entries.is_empty() => {
                        Entries::whole(write_entries(sealed, item))
                    }
                    _ => Entries::default(),
                }),
                desk: None,
            }
        };
        Self {
            epoch: Some(sealed.epoch.clone()),
            position: sealed.position,
            pages: sealed.shown.iter().map(page).collect(),
            cleared: false,
            room: (
                (sealed.news.rev, sealed.news.state),
                [(); 2].map(|()| Some(frame(&FromRoom::Room(sealed.news.clone())))),
            ),
        }
    }
}

fn write_entries(sealed: &Sealed, item: &Item) -> Arc<str> {
    let only = Item {
        card: None,
        tally: None,
        ..item.clone()
    };
    frame(&FromRoom::News(News {
        epoch: Some(sealed.epoch.clone()),
        at: None,
        news: vec![only],
    }))
}

fn write(sealed: &Sealed, item: &Item, card: bool) -> Arc<str> {
    let only = |part: Option<Card>, other: Option<Tally>| Item {
        activity: item.activity.clone(),
        run: item.run,
        rev: item.rev,
        card: part,
        tally: other,
        mine: None,
        entries: Vec::new(),
        flags: 0,
        ruled: None,
        gone: false,
    };
    let item = if card {
        only(item.card.clone(), None)
    } else {
        only(None, item.tally.clone())
    };
    frame(&FromRoom::News(News {
        epoch: Some(sealed.epoch.clone()),
        at: None,
        news: vec![item],
    }))
}

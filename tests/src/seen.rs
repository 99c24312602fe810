//! What a page has been told so far, kept as the protocol says a page keeps it.

use liveroom_protocol::desk::Desk;
use liveroom_protocol::id::{ActivityId, Epoch};
use liveroom_protocol::message::{FromRoom, RoomNews, Welcome};
use liveroom_protocol::news::Entry;
use liveroom_protocol::news::Item;
use liveroom_protocol::profile::Ruled;
use liveroom_protocol::qna::Question;
use liveroom_protocol::{Card, Mine, Tally, poll};
use serde::Serialize;
use serde_json::Value;
use std::collections::{BTreeMap, HashMap};

/// What a page knows.
#[derive(Debug, Default)]
pub struct Seen {
    /// The welcome.
    pub welcome: Option<Welcome>,
    /// The room itself.
    pub room: Option<RoomNews>,
    /// The activities, by name.
    pub activities: HashMap<String, Known>,
    /// What a desk was told that it can see to, by activity.
    pub desk: HashMap<String, Desk>,
    /// Frames that held a tally.
    pub tallies: usize,
    /// Frames of any kind.
    pub frames: usize,
    epoch: Option<Epoch>,
}

/// What a page knows of one activity.
#[derive(Debug, Default)]
pub struct Known {
    /// The run.
    pub run: u32,
    /// The card with its rev.
    pub card: Option<(u64, Card)>,
    /// The tally with its rev.
    pub tally: Option<(u64, Tally)>,
    /// The viewer's own part with its rev.
    pub mine: Option<(u64, Mine)>,
    /// How many viewers have reported it, as the desk is told with the tally.
    pub flags: u32,
    /// What the desk was told of its profile and approval.
    pub ruled: Option<Box<Ruled>>,
    /// Questions, by number.
    pub questions: BTreeMap<u32, Question>,
}

impl Seen {
    /// Takes a message in.
    pub fn take(&mut self, message: &FromRoom) {
        self.frames += 1;
        match message {
            FromRoom::Welcome(welcome) => {
                if self.epoch.as_ref() != Some(&welcome.epoch) {
                    self.activities.clear();
                }
                self.epoch = Some(welcome.epoch.clone());
                let shown =
                    |id: &String| welcome.activities.iter().any(|shown| shown.as_str() == id);
                self.activities.retain(|id, _| shown(id));
                self.welcome = Some(welcome.clone());
            }
            FromRoom::Room(news) => self.room = Some(news.clone()),
            FromRoom::News(news) => news.news.iter().for_each(|item| self.item(item)),
            FromRoom::Answer(answer) => answer.mine.iter().for_each(|item| self.item(item)),
            FromRoom::Desk(desk) => {
                let activity = desk.activity.as_str().to_owned();
                self.desk.insert(activity, desk.clone());
            }
            FromRoom::Page(_)
            | FromRoom::Similar(_)
            | FromRoom::Checked(_)
            | FromRoom::Device { .. }
            | FromRoom::Pong { .. }
            | FromRoom::Refused { .. }
            | FromRoom::Unknown => {}
        }
    }

    fn item(&mut self, item: &Item) {
        if item.gone {
            self.activities.remove(item.activity.as_str());
            return;
        }
        self.tallies += usize::from(item.tally.is_some());
        let known = self
            .activities
            .entry(item.activity.as_str().to_owned())
            .or_default();
        if item.run < known.run {
            return;
        }
        if item.run > known.run {
            *known = Known {
                run: item.run,
                ..Known::default()
            };
        }
        if item.tally.is_some() {
            known.flags = item.flags;
            known.ruled.clone_from(&item.ruled);
        }
        newer(&mut known.card, item.rev, item.card.as_ref());
        newer(&mut known.tally, item.rev, item.tally.as_ref());
        newer(&mut known.mine, item.rev, item.mine.as_ref());
        for entry in &item.entries {
            if let Entry::Qna(question) = entry {
                known.questions.insert(question.id, question.clone());
            }
        }
    }

    /// A poll's card.
    pub fn card(&self, activity: &str) -> Option<&poll::Card> {
        match &self.activities.get(activity)?.card.as_ref()?.1 {
            Card::Poll(card) => Some(card),
            Card::Lottery(_) | Card::Qna(_) | Card::Deal(_) | Card::Unknown => None,
        }
    }

    /// A poll's tally.
    pub fn tally(&self, activity: &str) -> Option<&poll::Tally> {
        match &self.activities.get(activity)?.tally.as_ref()?.1 {
            Tally::Poll(tally) => Some(tally),
            Tally::Lottery(_) | Tally::Qna(_) | Tally::Deal(_) | Tally::Unknown => None,
        }
    }

    /// A poll's votes, in the card's order; nothing while this page may not know.
    pub fn votes(&self, activity: &str) -> Option<&[u32]> {
        self.tally(activity)?.votes.as_deref()
    }

    /// What this viewer chose in a poll; nothing without a vote.
    pub fn mine(&self, activity: &str) -> Vec<&str> {
        let known = self
            .activities
            .get(activity)
            .and_then(|known| known.mine.as_ref());
        match known {
            Some((_, Mine::Poll(mine))) => mine.choices.iter().map(|id| id.as_str()).collect(),
            Some((_, Mine::Lottery(_) | Mine::Qna(_) | Mine::Deal(_) | Mine::Unknown)) | None => {
                Vec::new()
            }
        }
    }

    /// An activity's card as JSON; null without one. So below.
    pub fn card_of(&self, activity: &str) -> Value {
        let known = self.activities.get(activity);
        json(known.and_then(|known| known.card.as_ref()))
    }

    /// Its tally.
    pub fn tally_of(&self, activity: &str) -> Value {
        let known = self.activities.get(activity);
        json(known.and_then(|known| known.tally.as_ref()))
    }

    /// This viewer's own part of it.
    pub fn mine_of(&self, activity: &str) -> Value {
        let known = self.activities.get(activity);
        json(known.and_then(|known| known.mine.as_ref()))
    }

    /// The texts of the questions that this page has, by number.
    pub fn asked(&self, activity: &str) -> Vec<&str> {
        let known = self.activities.get(activity).into_iter();
        let questions = known.flat_map(|known| known.questions.values());
        questions
            .filter_map(|question| question.text.as_deref())
            .collect()
    }

    /// What the desk was told of an activity's profile and approval.
    pub fn ruled(&self, activity: &str) -> Option<&Ruled> {
        self.activities.get(activity)?.ruled.as_deref()
    }

    /// How many viewers have reported an activity; zero to all but the desk.
    pub fn flags(&self, activity: &str) -> u32 {
        self.activities.get(activity).map_or(0, |known| known.flags)
    }

    /// The activities that this page shows.
    pub fn shown(&self) -> Vec<ActivityId> {
        let mut shown: Vec<ActivityId> = self
            .activities
            .keys()
            .map(|id| ActivityId::parse(id.clone()).expect("a room sends ids"))
            .collect();
        shown.sort();
        shown
    }
}

fn json<T: Serialize>(part: Option<&(u64, T)>) -> Value {
    part.map_or(Value::Null, |(_, part)| {
        serde_json::to_value(part).expect("what came as JSON can be written")
    })
}

/// Takes a part if it is not older than the one that is known.
fn newer<T: Clone>(known: &mut Option<(u64, T)>, rev: u64, part: Option<&T>) {
    let Some(part) = part else { return };
    if known.as_ref().is_none_or(|(before, _)| *before <= rev) {
        *known = Some((rev, part.clone()));
    }
}

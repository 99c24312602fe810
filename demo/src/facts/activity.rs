//! An activity as figures name it, and how it stands.

use super::By;
use liveroom_protocol::about::About;
use liveroom_protocol::deal::Standing;
use liveroom_protocol::id::ActivityId;
use liveroom_protocol::identity::{Label, Level};
use liveroom_protocol::lottery::Standing as Won;
use liveroom_protocol::phase::Phase;
use liveroom_protocol::profile::Stamp;
use liveroom_protocol::time::Timestamp;
use liveroom_rules::activity::{self, Body};

/// An activity as figures name it. What it has is of its present run.
#[derive(Clone, Debug, PartialEq)]
pub struct Activity {
    /// Its name in the room.
    pub id: ActivityId,
    /// The widget.
    pub widget: &'static str,
    /// What its card says first.
    pub label: String,
    /// Where it is in its life.
    pub phase: Phase,
    /// The show it was opened in.
    pub show: Option<String>,
    /// When it was opened.
    pub opened_at: Option<Timestamp>,
    /// The least identity that it takes: whom a viewer of its figures stands for.
    pub level: Level,
    /// The profile that it opened under, and its version.
    pub profile: Option<Stamp>,
    /// Products, brand and tags; a deal's own product among them.
    pub about: About,
    /// Viewers who take part.
    pub participants: u64,
    /// Units left and units in all.
    pub stock: Option<(u64, u64)>,
    /// Winners; of a lottery that was drawn.
    pub winners: Option<u64>,
    /// Claims and prizes that wait for their end.
    pub open_claims: u64,
}

impl Activity {
    pub(super) fn of(known: &activity::Activity) -> Self {
        let mut about = known.about.clone();
        let (label, participants, stock, winners, open_claims) = match &known.body {
            Body::Poll(poll) => (
                poll.draft.question.as_str().to_owned(),
                poll.voters().into(),
                None,
                None,
                0,
            ),
            Body::Lottery(lottery) => {
                let wins = lottery.wins();
                let open = wins
                    .iter()
                    .filter(|win| matches!(win.fate, Won::Waiting | Won::Claimed))
                    .count();
                let drawn = lottery.drawing().is_some();
                (
                    lottery.draft.title.as_str().to_owned(),
                    lottery.entrants().into(),
                    None,
                    drawn.then_some(wins.len() as u64),
                    open as u64,
                )
            }
            Body::Qna(qna) => (
                qna.draft.title.as_str().to_owned(),
                qna.participants() as u64,
                None,
                None,
                0,
            ),
            Body::Deal(deal) => {
                if !about.products.contains(&deal.draft.sku) {
                    about.products.push(deal.draft.sku.clone());
                }
                let stock = deal.stock();
                let sum = |of: fn(&liveroom_protocol::deal::Stock) -> u32| {
                    stock.iter().map(|stock| u64::from(of(stock))).sum()
                };
                let viewers: std::collections::BTreeSet<_> =
                    deal.claims().map(|(_, held)| held.who).collect();
                let open = deal.claims().filter(|(_, held)| {
                    matches!(held.standing, Standing::Reserved | Standing::Ordering)
                });
                (
                    deal.draft.title.as_str().to_owned(),
                    viewers.len() as u64,
                    Some((sum(|stock| stock.left), sum(|stock| stock.total))),
                    None,
                    open.count() as u64,
                )
            }
        };
        Self {
            id: known.id.clone(),
            widget: known.body.widget().name(),
            label,
            phase: known.phase,
            show: known.show.as_ref().map(ToString::to_string),
            opened_at: known.opened_at,
            level: known.body.level(),
            profile: known.profile,
            about,
            participants,
            stock,
            winners,
            open_claims,
        }
    }

    /// Under which names its figures are counted; nothing where that is not an activity's own.
    pub fn keys(&self, by: By) -> Vec<String> {
        let text = |label: &Label| label.as_str().to_owned();
        match by {
            By::Activity => vec![self.id.to_string()],
            By::Widget => vec![self.widget.to_owned()],
            By::Product => named(self.about.products.iter().map(text)),
            By::Brand => named(self.about.brand.iter().map(text)),
            By::Tag => named(self.about.tags.iter().map(text)),
            By::Streamer | By::Show | By::Channel | By::Segment | By::Tier => Vec::new(),
        }
    }
}

/// The empty name stands for none.
pub(super) fn named(names: impl Iterator<Item = String>) -> Vec<String> {
    let mut names: Vec<String> = names.collect();
    names.sort();
    names.dedup();
    if names.is_empty() {
        names.push(String::new());
    }
    names
}

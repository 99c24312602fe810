//! What all who take part share: whether the server is up, how far it is, and everything that anybody was told.

use crate::deal::{DEAL, PER_VARIANT, VARIANTS};
use liveroom_protocol::deal::{Stock, Taken, Tally};
use liveroom_protocol::id::ClaimId;
use liveroom_protocol::message::FromRoom;
use std::collections::BTreeMap;
use std::fmt;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::{Semaphore, watch};

/// Lines that are opened at the same time.
const CONNECTING: usize = 100;
/// Claims that are on their way at the same time.
const CLAIMING: usize = 200;

/// How far it is.
#[derive(Clone, Debug, Default)]
pub(crate) struct Counts {
    /// Buyers who are there, or were.
    pub(crate) joined: usize,
    /// Watchers who are there, or were.
    pub(crate) watching: usize,
    /// Claims that were acknowledged.
    pub(crate) claimed: usize,
    /// Orders that were paid.
    pub(crate) paid: usize,
    /// Units of which a liar said that they are ordered.
    pub(crate) lied: u32,
    /// Orders that the shop is working on.
    pub(crate) open: usize,
    /// Tallies that anybody was sent.
    pub(crate) tallies: u64,
    /// The stock as a watcher was told last.
    pub(crate) stock: Vec<Stock>,
}

impl Counts {
    /// No unit is left or reserved, the shop has nothing to do, and only liars are still ordering.
    pub(crate) fn at_rest(&self) -> bool {
        let sum = |part: fn(&Stock) -> u32| self.stock.iter().map(part).sum::<u32>();
        self.stock.len() == VARIANTS.len()
            && sum(|stock| stock.left + stock.reserved) == 0
            && sum(|stock| stock.ordering) == self.lied
            && self.open == 0
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { claimed, paid, .. } = self;
        write!(f, "{claimed} claims are acknowledged, {paid} orders paid")
    }
}

/// What all share.
pub(crate) struct Scene {
    /// Where the server listens.
    pub(crate) address: SocketAddr,
    /// Lets lines be opened.
    pub(crate) connecting: Semaphore,
    /// Lets claims be sent.
    pub(crate) claiming: Semaphore,
    up: watch::Sender<bool>,
    over: watch::Sender<bool>,
    counts: watch::Sender<Counts>,
    told: Mutex<Told>,
}

/// What was told.
#[derive(Default)]
struct Told {
    /// Every claim that was acknowledged, as it was then.
    claims: BTreeMap<ClaimId, Taken>,
    /// The first thing that was wrong.
    fault: Option<String>,
}

impl Scene {
    /// Nothing has happened, and the server is up.
    pub(crate) fn new(address: SocketAddr) -> Arc<Self> {
        Arc::new(Self {
            address,
            connecting: Semaphore::new(CONNECTING),
            claiming: Semaphore::new(CLAIMING),
            up: watch::Sender::new(true),
            over: watch::Sender::new(false),
            counts: watch::Sender::new(Counts::default()),
            told: Mutex::default(),
        })
    }

    /// Says whether the server is up.
    pub(crate) fn up(&self, up: bool) {
        self.up.send_replace(up);
    }

    /// Waits until the server is up.
    pub(crate) async fn is_up(&self) {
        let up = self.up.subscribe().wait_for(|up| *up).await.is_ok();
        assert!(up, "who says so lives as long as who listens");
    }

    /// Nothing is left to be had: everybody goes home.
    pub(crate) fn end(&self) {
        self.over.send_replace(true);
    }

    /// Whether it is over, and when.
    pub(crate) fn over(&self) -> watch::Receiver<bool> {
        self.over.subscribe()
    }

    /// How far it is.
    pub(crate) fn counts(&self) -> watch::Receiver<Counts> {
        self.counts.subscribe()
    }

    /// Counts something.
    pub(crate) fn count(&self, how: impl FnOnce(&mut Counts)) {
        self.counts.send_modify(how);
    }

    /// Keeps what somebody was told of an own claim; what stands in it never changes.
    pub(crate) fn acknowledged(&self, taken: &Taken) {
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        let first = told
            .claims
            .insert(taken.claim.clone(), taken.clone())
            .is_none();
        drop(told);
        if first {
            self.count(|counts| counts.claimed += 1);
        }
    }

    /// Looks at a frame: its tally of the deal, if it has one, after it was checked.
    pub(crate) fn look(&self, frame: FromRoom) -> Option<Tally> {
        let FromRoom::News(news) = frame else {
            return None;
        };
        let items = news.news.into_iter();
        let tally = items
            .filter(|item| item.activity.as_str() == DEAL)
            .find_map(|item| item.tally)?;
        let liveroom_protocol::Tally::Deal(tally) = tally else {
            return None;
        };
        self.count(|counts| counts.tallies += 1);
        if tally.stock.len() != VARIANTS.len() || !tally.stock.iter().all(adds_up) {
            self.wrong(format!("a tally does not add up: {:?}", tally.stock));
        }
        Some(tally)
    }

    /// Keeps what is wrong.
    pub(crate) fn wrong(&self, fault: String) {
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        told.fault.get_or_insert(fault);
    }

    /// The first thing that was wrong.
    pub(crate) fn fault(&self) -> Option<String> {
        let told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        told.fault.clone()
    }

    /// Every claim that was acknowledged.
    pub(crate) fn claims(&self) -> BTreeMap<ClaimId, Taken> {
        let told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        told.claims.clone()
    }
}

/// Whether the numbers of a variant add up, to as many as there are.
fn adds_up(stock: &Stock) -> bool {
    let Stock {
        left,
        reserved,
        ordering,
        sold,
        total,
    } = *stock;
    left + reserved + ordering + sold == total && total == PER_VARIANT
}

//! The server's clock: the system's, or one that a test turns.

use liveroom_protocol::time::{Span, Timestamp};
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use tokio::sync::watch;

/// Where the time comes from. The binary knows only [`Clock::System`].
#[derive(Clone, Debug)]
pub enum Clock {
    /// The machine's wall clock.
    System,
    /// A clock that stands until it is turned.
    Turned(Turned),
}

/// A clock that stands until it is turned; its clones are the same clock.
#[derive(Clone, Debug)]
pub struct Turned(Arc<watch::Sender<Timestamp>>);

impl Turned {
    /// A clock that stands at `at`.
    pub fn at(at: Timestamp) -> Self {
        Self(Arc::new(watch::Sender::new(at)))
    }

    /// Turns it on by `span`.
    pub fn turn(&self, span: Span) {
        self.0.send_modify(|at| *at = at.after(span));
    }

    /// Sets it, also back.
    pub fn set(&self, at: Timestamp) {
        self.0.send_replace(at);
    }

    /// What it shows.
    pub fn now(&self) -> Timestamp {
        *self.0.borrow()
    }
}

impl Clock {
    /// What the clock shows.
    pub fn now(&self) -> Timestamp {
        match self {
            Self::System => {
                let since = SystemTime::now()
                    .duration_since(UNIX_EPOCH)
                    .unwrap_or_default();
                Timestamp(u64::try_from(since.as_millis()).unwrap_or(u64::MAX))
            }
            Self::Turned(clock) => clock.now(),
        }
    }

    /// Waits until the clock shows `at` or later; forever without an instant.
    pub async fn reach(&self, at: Option<Timestamp>) {
        let Some(at) = at else {
            return std::future::pending().await;
        };
        match self {
            // The wall clock may be set meanwhile, so it is looked at again once a minute.
            Self::System => {
                while self.now() < at {
                    let left = at.since(self.now()).0.min(60_000);
                    tokio::time::sleep(Duration::from_millis(left)).await;
                }
            }
            Self::Turned(Turned(clock)) => {
                let mut shown = clock.subscribe();
                // The clock lives as long as `self`, so waiting on it does not fail.
                let _ = shown.wait_for(|now| *now >= at).await;
            }
        }
    }
}

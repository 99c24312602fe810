//! What is looked up in a room: answered from the fold, so that it says nothing that is not durable.

use super::Room;
use super::ask::{Ask, Staff};
use crate::facts::Facts;
use crate::status::unavailable;
use liveroom_protocol::message::{FromRoom, More, Seat, Similar};
use liveroom_protocol::profile::{Check, Checked, Checks};
use liveroom_protocol::{Command, Reason, Refusal};
use liveroom_rules::room;
use liveroom_rules::seal::{self, Line, Names, Sealed};
use liveroom_rules::view::{self, Audience};
use std::collections::HashSet;
use std::future::Future;
use std::pin::Pin;
use tokio::sync::oneshot;

/// Looks at a room, and at what its records add up to.
pub(super) type Look = Box<dyn FnOnce(&room::Room, &Facts) + Send>;

/// A message that comes once the room was looked at.
pub type Found = Pin<Box<dyn Future<Output = FromRoom> + Send>>;

impl Room {
    /// All that remains of a room that has ended.
    pub(crate) fn ended(&self) -> Option<&Sealed> {
        self.0.ended.as_deref()
    }

    /// What a room that lives says of itself. The look is short: nobody else is served meanwhile.
    ///
    /// # Errors
    /// `sealed` once it has ended, `unavailable` while it is opened anew.
    pub(crate) async fn look<T: Send + 'static>(
        &self,
        look: impl FnOnce(&room::Room) -> T + Send + 'static,
    ) -> Result<T, Refusal> {
        self.look_at_facts(move |room, _| look(room)).await
    }

    /// The same, with the facts.
    pub(crate) async fn look_at_facts<T: Send + 'static>(
        &self,
        look: impl FnOnce(&room::Room, &Facts) -> T + Send + 'static,
    ) -> Result<T, Refusal> {
        let (done, seen) = oneshot::channel();
        let look: Look = Box::new(move |room, facts| {
            // Whoever asked may have gone.
            let _ = done.send(look(room, facts));
        });
        self.0
            .asks
            .send(Ask::Look(look))
            .await
            .map_err(|_| self.silent())?;
        seen.await.map_err(|_| self.silent())
    }

    /// Takes out of memory what lies beside the log no more.
    pub(crate) async fn lose(&self, places: HashSet<String>) {
        // A room that is over has nothing in memory.
        let _ = self.0.asks.send(Ask::Lose(places)).await;
    }

    /// Who ordered what.
    pub async fn audit(&self) -> Result<Vec<Line>, Refusal> {
        match self.ended() {
            Some(sealed) => Ok(sealed.audit.clone()),
            None => self.look(|room| seal::audit(room, Names::Told)).await,
        }
    }

    /// A page of a list of questions, as a seat is shown it.
    pub(crate) fn page(&self, asked: More, seat: Seat) -> Found {
        let room = self.clone();
        Box::pin(async move {
            let audience = Audience::of(seat);
            let found = room.look(move |room| view::page(room, &asked, audience));
            match found.await.and_then(|page| page) {
                Ok(page) => FromRoom::Page(page),
                Err(refusal) => FromRoom::Refused {
                    refusal,
                    closing: false,
                },
            }
        })
    }

    /// The questions like what is typed, as a seat sees them. What is typed is kept nowhere.
    pub(crate) fn similar(&self, asked: Similar, seat: Seat) -> Found {
        let room = self.clone();
        Box::pin(async move {
            let audience = Audience::of(seat);
            let found = room.look(move |room| view::similar(room, &asked, audience));
            match found.await.and_then(|found| found) {
                Ok(found) => FromRoom::Similar(found),
                Err(refusal) => FromRoom::Refused {
                    refusal,
                    closing: false,
                },
            }
        })
    }

    /// What the room would say to commands, by number.
    pub(crate) fn checks(&self, staff: Staff, asked: Check) -> Found {
        let room = self.clone();
        Box::pin(async move {
            match room.check(staff, asked.commands).await {
                Ok(checked) => FromRoom::Checked(Checks {
                    number: asked.number,
                    checked,
                }),
                Err(refusal) => FromRoom::Refused {
                    refusal,
                    closing: false,
                },
            }
        })
    }

    /// What the room would say to commands, of which none is given.
    ///
    /// # Errors
    /// As [`Self::look`], and `too-large` for too many at once.
    pub(crate) async fn check(
        &self,
        staff: Staff,
        commands: Vec<Command>,
    ) -> Result<Vec<Checked>, Refusal> {
        let (Staff { role, who, name: _ }, held) = (staff, self.clone());
        self.look(move |room| {
            let key = held.key().ok_or(Reason::Sealed)?;
            room.check(key, role, who, commands)
        })
        .await?
    }

    /// Why its task does not answer.
    pub(super) fn silent(&self) -> Refusal {
        use liveroom_protocol::message::State;
        match self.0.published.borrow().news.state {
            State::Sealed => Reason::Sealed.into(),
            State::Live | State::Damaged => unavailable(),
        }
    }
}

//! What can be seen of a room.

use super::{AuditLine, Room, Setup};
use crate::activity::Activity;
use crate::pseudonym::Pseudonym;
use crate::record::{Entry, Position};
use liveroom_protocol::id::{ActivityId, Epoch, RoomId};
use liveroom_protocol::message::State;
use liveroom_protocol::show::Show;
use liveroom_protocol::time::Timestamp;

impl Room {
    /// The room's name.
    pub const fn id(&self) -> &RoomId {
        &self.id
    }

    /// The log's own name; absent before its first record.
    pub fn epoch(&self) -> Option<&Epoch> {
        self.founding.as_ref().map(|founding| &founding.epoch)
    }

    /// The position of the last record folded.
    pub const fn position(&self) -> Position {
        self.position
    }

    /// The time of the last record folded.
    pub const fn at(&self) -> Timestamp {
        self.at
    }

    /// When the next thing falls due.
    pub fn next_due(&self) -> Option<Timestamp> {
        self.due.first().map(|(deadline, _)| *deadline)
    }

    /// How it is set up.
    pub const fn setup(&self) -> &Setup {
        &self.setup
    }

    /// Whether it takes requests.
    pub const fn state(&self) -> State {
        self.state
    }

    /// Viewers whose own part the last record changed without their asking, and in which activity: winners, say.
    pub fn touched(&self) -> impl Iterator<Item = (Pseudonym, &ActivityId)> {
        self.touched
            .iter()
            .map(|(who, number)| (*who, &self.activities[*number].id))
    }

    /// Whether the last record, an action that was accepted, changed anything: the same vote once more does not.
    pub const fn changed(&self) -> bool {
        self.changed
    }

    /// How many votes became another of the same viewer's as they signed in with the last record, by the number of the activity.
    pub fn merged(&self) -> &[(usize, usize)] {
        &self.merged
    }

    /// An activity by its name.
    pub fn activity(&self, id: &ActivityId) -> Option<&Activity> {
        self.numbers.get(id).map(|number| &self.activities[*number])
    }

    /// The place of an activity among all.
    pub fn activity_number(&self, id: &ActivityId) -> Option<usize> {
        self.numbers.get(id).copied()
    }

    /// All activities, in the order in which they were made.
    pub fn activities(&self) -> &[Activity] {
        &self.activities
    }

    /// The show that runs, or the last one.
    pub const fn show(&self) -> Option<&Show> {
        self.show.as_ref()
    }

    /// Who ordered what, in order.
    pub fn audit(&self) -> &[AuditLine] {
        &self.audit
    }

    /// Whether a request of this one's id was accepted, and its words lie where this one's do.
    pub fn has_taken(&self, entry: &Entry) -> bool {
        self.accepted.named(entry.who, &entry.id, &entry.what)
    }

    /// Whether what was taken out of a record lies beside the log.
    pub fn has_words_of(&self, entry: &Entry) -> bool {
        let hidden = entry.what.hidden();
        hidden.is_some_and(|hidden| self.private.value(&hidden.key).is_some())
    }

    /// The secret of an activity, if it has one that still lies beside the log.
    pub fn secret(&self, activity: &ActivityId) -> Option<&str> {
        let hidden = self.activity(activity)?.hidden.as_ref()?;
        self.private.value(&hidden.key)
    }
}

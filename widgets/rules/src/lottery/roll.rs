//! The roll: who stands in the draw, fixed at closing.

use super::{Closing, Lottery};
use crate::activity::Body;
use crate::draw::{self, Entrant};
use crate::pseudonym::Pseudonym;
use crate::room::Room;
use liveroom_protocol::lottery::{EntrantName, Standing as Fate};
use liveroom_protocol::time::Timestamp;
use liveroom_protocol::{Reason, Refusal};

/// Viewers who do not win here, since they won in one of the lotteries that the draft names; sorted.
pub(crate) fn barred(room: &Room, lottery: &Lottery) -> Vec<Pseudonym> {
    let mut barred: Vec<Pseudonym> = lottery
        .draft
        .not_after
        .iter()
        .filter_map(|id| match &room.activity(id)?.body {
            Body::Lottery(other) => Some(other.wins()),
            Body::Poll(_) | Body::Qna(_) | Body::Deal(_) => None,
        })
        .flatten()
        .filter(|win| win.fate != Fate::Forfeited)
        .map(|win| win.who)
        .collect();
    barred.sort_unstable();
    barred.dedup();
    barred
}

impl Lottery {
    /// Fixes the roll, once it has closed; says whether that is new.
    pub(crate) fn close(&mut self, barred: &[Pseudonym], at: Timestamp) -> bool {
        if self.closing.is_some() {
            return false;
        }
        let reasons = self.draft.exclusions.len() + usize::from(!self.draft.not_after.is_empty());
        let elsewhere = u8::try_from(reasons).unwrap_or(u8::MAX);
        let mut roll: Vec<(Entrant, Pseudonym)> = self
            .entries
            .iter()
            .map(|(who, tickets)| {
                let id = self.key.entrant(*who);
                let entrant = match self.excluded.get(&id) {
                    Some(reason) => Entrant::excluded(id, *reason),
                    None if barred.binary_search(who).is_ok() => Entrant::excluded(id, elsewhere),
                    None => Entrant::new(id, *tickets),
                };
                (entrant, *who)
            })
            .collect();
        roll.sort_unstable_by_key(|(entrant, _)| entrant.id);
        let (roll, viewers): (Vec<Entrant>, Vec<Pseudonym>) = roll.into_iter().unzip();
        self.closing = Some(Closing {
            at,
            root: draw::root(&roll),
            tickets: roll.iter().map(|entrant| u64::from(entrant.tickets)).sum(),
            roll,
            viewers,
        });
        true
    }

    /// Excludes an entrant before it closes, for one of the reasons that were published.
    pub(super) fn exclude(&mut self, entrant: EntrantName, reason: &str) -> Result<(), Refusal> {
        if self.closing.is_some() {
            return Err(Refusal::because(
                Reason::Closed,
                "the list of entrants is fixed",
            ));
        }
        let number = self
            .draft
            .exclusions
            .iter()
            .position(|known| known.as_str() == reason)
            .and_then(|place| u8::try_from(place + 1).ok())
            .ok_or_else(|| {
                Refusal::because(
                    Reason::Malformed,
                    "the reason is none of those that were published at opening",
                )
            })?;
        self.excluded.insert(entrant.0, number);
        Ok(())
    }
}

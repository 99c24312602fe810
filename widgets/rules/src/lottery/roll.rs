//! The roll: who stands in the draw, fixed at closing.

use super::{Closing, Lottery};
use crate::activity::Body;
use crate::draw::{self, Entrant};
use crate::pseudonym::Pseudonym;
use crate::room::Room;
use liveroom_protocol::lottery::Standing as Fate;
use liveroom_protocol::time::Timestamp;
use std::collections::{BTreeSet, HashMap};

/// Viewers who do not win here, since they have won too often in the lotteries that the draft names; sorted.
pub(crate) fn barred(room: &Room, lottery: &Lottery) -> Vec<Pseudonym> {
    let mut wins: HashMap<Pseudonym, u32> = HashMap::new();
    for other in named(room, lottery) {
        for (who, won) in other.won() {
            *wins.entry(who).or_default() += won;
        }
    }
    wins.retain(|_, won| *won > lottery.draft.wins_allowed);
    let mut barred: Vec<Pseudonym> = wins.into_keys().collect();
    barred.sort_unstable();
    barred
}

/// Whether one viewer is of those.
pub(crate) fn is_barred(room: &Room, lottery: &Lottery, who: Pseudonym) -> bool {
    let wins = named(room, lottery)
        .flat_map(Lottery::won)
        .filter(|(winner, _)| *winner == who);
    wins.map(|(_, won)| won).sum::<u32>() > lottery.draft.wins_allowed
}

/// The lotteries that the draft names, each once.
fn named<'a>(room: &'a Room, lottery: &'a Lottery) -> impl Iterator<Item = &'a Lottery> {
    let names: BTreeSet<_> = lottery.draft.not_after.iter().collect();
    let known = names.into_iter().filter_map(|id| room.activity(id));
    known.filter_map(|activity| match &activity.body {
        Body::Lottery(other) => Some(&**other),
        Body::Poll(_) | Body::Qna(_) | Body::Deal(_) => None,
    })
}

impl Lottery {
    /// The entrants with their tickets, the newest first, of those whose number is below `before`: they are numbered from 0
    /// as they come.
    pub fn entrants_before(&self, before: u64) -> impl Iterator<Item = (u64, Pseudonym, u32)> {
        let some = usize::try_from(before).unwrap_or(usize::MAX);
        let some = &self.came[..some.min(self.came.len())];
        let numbered = some.iter().enumerate().rev();
        numbered.filter_map(|(number, who)| Some((number as u64, *who, self.tickets_of(*who)?)))
    }

    /// Fixes the roll, once it has closed; says whether that is new.
    pub(crate) fn close(&mut self, barred: &[Pseudonym], at: Timestamp) -> bool {
        if self.closing.is_some() {
            return false;
        }
        let elsewhere = self.elsewhere();
        let mut roll: Vec<(Entrant, Pseudonym)> = self
            .entries
            .iter()
            .map(|(who, tickets)| {
                let id = self.key.entrant(*who);
                let entrant = match self.excluded.reason(&id) {
                    Some(reason) => Entrant::excluded(id, reason),
                    None if barred.binary_search(who).is_ok() => Entrant::excluded(id, elsewhere),
                    None => Entrant::new(id, *tickets),
                };
                (entrant, *who)
            })
            .collect();
        roll.sort_unstable_by_key(|(entrant, _)| entrant.id);
        let (roll, viewers): (Vec<Entrant>, Vec<Pseudonym>) = roll.into_iter().unzip();
        // Whoever was told otherwise, or nothing yet, is told what was fixed.
        let fixed = roll.iter().zip(&viewers);
        let excluded = fixed.filter(|(entrant, _)| entrant.excluded > 0);
        self.touched.extend(excluded.map(|(_, who)| *who));
        self.touched.extend(self.excluded.entrants());
        self.closing = Some(Closing {
            at,
            root: draw::root(&roll),
            excluded: self.by_reason(roll.iter().map(|entrant| entrant.excluded)),
            most: roll
                .iter()
                .map(|entrant| entrant.tickets)
                .max()
                .unwrap_or(0),
            tickets: roll.iter().map(|entrant| u64::from(entrant.tickets)).sum(),
            roll,
            viewers,
        });
        true
    }

    /// Whether a viewer's name may be shown: to everybody as a winner's, to the desk as an entrant's.
    pub(crate) fn names(&self, who: Pseudonym) -> bool {
        self.tickets_of(who).is_some() || self.wins().iter().any(|win| win.who == who)
    }

    /// The places of forms that are still needed: their prizes wait to be handed over, or were settled since.
    pub fn needed_forms(&self, settled_since: Timestamp) -> impl Iterator<Item = &str> {
        let needed = self.wins().iter().filter(move |win| match win.fate {
            Fate::Waiting | Fate::Claimed => true,
            Fate::Fulfilled | Fate::Forfeited => {
                win.settled_at.is_some_and(|at| at > settled_since)
            }
        });
        needed
            .filter_map(|win| win.form.as_ref())
            .map(|form| form.key.as_str())
    }

    /// Who has won here and not forfeited it, in this run and those before, and how often; a viewer may come more than once.
    fn won(&self) -> impl Iterator<Item = (Pseudonym, u32)> {
        let before = self.won_before.iter().map(|(who, won)| (*who, *won));
        let now = self.wins().iter().filter(|win| win.fate != Fate::Forfeited);
        before.chain(now.map(|win| (win.who, 1)))
    }

    /// Takes the winners of the run that ends to those of the runs before.
    pub(super) fn keep_winners(&mut self) {
        let wins = self.drawing.iter().flat_map(|drawing| &drawing.wins);
        for win in wins.filter(|win| win.fate != Fate::Forfeited && self.rules >= 2) {
            *self.won_before.entry(win.who).or_default() += 1;
        }
    }
}

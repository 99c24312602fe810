//! The lists of entrants of draws that somebody checks: taken out of the room once, so that a crowd that asks does not hold it up.

use super::Room;
use liveroom_protocol::id::ActivityId;
use liveroom_protocol::lottery::{Closing, Hex, Inclusion, Proof};
use liveroom_protocol::{Reason, Refusal};
use liveroom_rules::activity::Body;
use liveroom_rules::draw::{Entrant, EntrantId, Hash, Tree};
use liveroom_rules::{room, view};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// Rolls of a room that are kept at hand; the oldest goes.
const KEPT: usize = 3;

/// The list of entrants of one draw.
#[derive(Debug)]
pub(crate) struct Roll {
    root: Hash,
    pub(crate) entrants: Vec<Entrant>,
    /// Made for whoever asks first whether they were in it.
    tree: OnceLock<Tree>,
}

/// The rolls at hand.
#[derive(Debug, Default)]
pub(super) struct Rolls {
    kept: Mutex<Vec<Arc<Roll>>>,
    /// Held by whoever takes one out: all others of the crowd wait for that one, and have none of their own.
    taking: tokio::sync::Mutex<()>,
}

impl Room {
    /// The proof of a draw as far as it has come, without its list of entrants: of a run, counted from 1, or of the present one.
    ///
    /// # Errors
    /// `not-found` where there is no such lottery or run, or viewers are not shown it yet.
    pub(crate) async fn proof(
        &self,
        activity: &ActivityId,
        run: Option<u32>,
    ) -> Result<Proof, Refusal> {
        if let Some(sealed) = self.ended() {
            let past = sealed.past.get(activity).map_or(&[][..], Vec::as_slice);
            let present = sealed.proofs.get(activity).ok_or_else(no_draw)?;
            let found = of_run(past, run).map_or(Some(present), |past| past);
            return found.map(without_roll).ok_or_else(no_draw);
        }
        let activity = activity.clone();
        let seen = self.look(move |room| {
            // What was never announced nor opened is the desk's own; what was put away can still be checked.
            let known = room.activity(&activity)?;
            let shown = known.is_shown() || known.opened.is_some();
            match &known.body {
                // The runs before were seen, also of one that was taken back.
                Body::Lottery(lottery) => match of_run(lottery.past(), run) {
                    Some(past) => past.map(without_roll),
                    None => shown.then(|| view::proof_without_roll(lottery)),
                },
                Body::Poll(_) | Body::Qna(_) | Body::Deal(_) => None,
            }
        });
        seen.await?.ok_or_else(no_draw)
    }

    /// The list of entrants that belongs to a proof; nothing before it is closed.
    pub(crate) async fn roll(
        &self,
        activity: &ActivityId,
        proof: &Proof,
    ) -> Result<Option<Arc<Roll>>, Refusal> {
        let Some(closed) = &proof.closed else {
            return Ok(None);
        };
        let root = closed.root.0;
        let take = async {
            let entrants = match self.ended() {
                Some(sealed) => {
                    let past = sealed.past.get(activity).into_iter().flatten();
                    let mut proofs = past.chain(sealed.proofs.get(activity));
                    proofs.find_map(|proof| listed(proof, &root))
                }
                None => {
                    let activity = activity.clone();
                    self.look(move |room| entrants(room, &activity, &root))
                        .await?
                }
            };
            // It was opened anew meanwhile: whoever asks again is told the new state.
            entrants.ok_or_else(crate::status::unavailable)
        };
        self.0.rolls.once(root, take).await.map(Some)
    }
}

impl Roll {
    /// What shows one entrant that they are on it; nothing if they are not. The first call hashes the whole roll.
    pub(crate) fn inclusion(&self, entrant: &EntrantId) -> Option<Inclusion> {
        let place = self
            .entrants
            .binary_search_by_key(entrant, |other| other.id)
            .ok()?;
        let tree = self.tree.get_or_init(|| Tree::new(&self.entrants));
        Some(Inclusion {
            entry: Hex(self.entrants[place].bytes()),
            place: u32::try_from(place).ok()?,
            entrants: u32::try_from(self.entrants.len()).ok()?,
            path: tree.path(place)?.into_iter().map(Hex).collect(),
        })
    }
}

impl Rolls {
    /// The roll of this root: the one at hand, else the one that is taken out.
    async fn once(
        &self,
        root: Hash,
        take: impl Future<Output = Result<Vec<Entrant>, Refusal>>,
    ) -> Result<Arc<Roll>, Refusal> {
        if let Some(roll) = self.at_hand(&root) {
            return Ok(roll);
        }
        let _taking = self.taking.lock().await;
        if let Some(roll) = self.at_hand(&root) {
            return Ok(roll);
        }
        let roll = Arc::new(Roll {
            root,
            entrants: take.await?,
            tree: OnceLock::new(),
        });
        self.keep(Arc::clone(&roll));
        Ok(roll)
    }

    fn at_hand(&self, root: &Hash) -> Option<Arc<Roll>> {
        let rolls = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        rolls.iter().find(|roll| roll.root == *root).cloned()
    }

    fn keep(&self, roll: Arc<Roll>) {
        let mut rolls = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if rolls.iter().any(|kept| kept.root == roll.root) {
            return;
        }
        if rolls.len() >= KEPT {
            rolls.remove(0);
        }
        rolls.push(roll);
    }
}

fn entrants(room: &room::Room, activity: &ActivityId, root: &Hash) -> Option<Vec<Entrant>> {
    let Body::Lottery(lottery) = &room.activity(activity)?.body else {
        return None;
    };
    match lottery.closing().filter(|closing| closing.root == *root) {
        Some(closing) => Some(closing.roll.clone()),
        None => lottery.past().iter().find_map(|past| listed(past, root)),
    }
}

/// The entrants that a whole proof lists, if their list is the one that is looked for.
fn listed(proof: &Proof, root: &Hash) -> Option<Vec<Entrant>> {
    let closed = proof.closed.as_ref()?;
    let roll = closed.roll.as_ref().filter(|_| closed.root.0 == *root)?;
    Some(roll.iter().map(|entry| Entrant::read(&entry.0)).collect())
}

/// Which of the past runs is asked for, if there is one of that number; nothing if it is the present run.
fn of_run(past: &[Proof], run: Option<u32>) -> Option<Option<&Proof>> {
    let place = (run? as usize).checked_sub(1);
    (place != Some(past.len())).then(|| past.get(place?))
}

/// A proof without its list, which may be too long to be copied for nothing.
fn without_roll(proof: &Proof) -> Proof {
    let closed = proof.closed.as_ref().map(|closed| Closing {
        roll: None,
        ..*closed
    });
    Proof {
        algorithm: proof.algorithm.clone(),
        terms: proof.terms.clone(),
        commitment: proof.commitment,
        closed,
        drawn: proof.drawn.clone(),
        cancelled: proof.cancelled.clone(),
    }
}

fn no_draw() -> Refusal {
    Refusal::because(
        Reason::NotFound,
        "there is no such lottery, or no such run of it, in this room",
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::future::join_all;
    use std::sync::atomic::{AtomicU32, Ordering};

    #[tokio::test]
    async fn a_crowd_that_asks_at_once_shares_one_list() {
        let (rolls, taken) = (Rolls::default(), AtomicU32::new(0));
        let asks = (0..100).map(|_| {
            rolls.once([7; 32], async {
                taken.fetch_add(1, Ordering::Relaxed);
                // As long as the room takes to answer, the others ask.
                tokio::task::yield_now().await;
                Ok(Vec::new())
            })
        });
        let given = join_all(asks).await;
        assert_eq!(taken.load(Ordering::Relaxed), 1);
        let first = given[0].as_ref().expect("a list");
        for roll in &given {
            assert!(Arc::ptr_eq(first, roll.as_ref().expect("a list")));
        }
    }
}

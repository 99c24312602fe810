//! What everybody is told of two lotteries, beside what a naive room says of them.

use super::naive::ELSEWHERE;
use super::play::Play;
use super::{REASONS, id, of, who};
use liveroom_protocol::lottery::Standing as Fate;
use liveroom_rules::draw;
use liveroom_rules::view::{self, Audience};

impl Play {
    /// All that anybody is told is what the naive room says.
    pub(super) fn compare(&self) {
        for place in 0..2 {
            let (room, naive) = (&self.stage.room, &self.naive.draws[place]);
            let activity = room.activity(&id(place)).unwrap();
            let seen = view::look(activity, &room.private, Audience::Public);
            let (liveroom_protocol::Card::Lottery(card), liveroom_protocol::Tally::Lottery(tally)) =
                (seen.card, seen.tally)
            else {
                panic!("a lottery");
            };

            assert_eq!(
                (tally.phase, seen.run, activity.put_away),
                (naive.phase, naive.run, naive.away)
            );
            let tickets: u32 = naive
                .entries
                .iter()
                .filter(|(who, _)| !naive.out.contains_key(who))
                .map(|(_, tickets)| tickets)
                .sum();
            assert_eq!(
                (tally.entrants as usize, tally.tickets),
                (naive.entries.len(), tickets.into())
            );
            let count = |reason| naive.out.values().filter(|out| **out == reason).count() as u32;
            let counts = if naive.out.is_empty() {
                vec![]
            } else {
                (0..=ELSEWHERE).map(count).collect()
            };
            assert_eq!(tally.excluded, counts);
            let told = card.winners.iter();
            let told: Vec<_> = told.map(|winner| (winner.prize, winner.standing)).collect();
            let drawn: Vec<_> = naive.wins.iter().map(|win| (win.prize, win.fate)).collect();
            assert_eq!(told, drawn);
            assert_eq!(
                (
                    card.cancelled.is_some(),
                    card.root.is_some(),
                    card.drawn_at.is_some()
                ),
                (naive.cancelled, naive.fixed, naive.drawn)
            );
            self.compare_viewers(place);
            self.compare_proofs(place, tickets.into());
        }
    }

    /// What each viewer alone is told.
    fn compare_viewers(&self, place: usize) {
        let (room, naive) = (&self.stage.room, &self.naive.draws[place]);
        for viewer in 0..5 {
            let mine = view::mine(room, who(viewer), &id(place)).and_then(|item| item.mine);
            let Some(liveroom_protocol::Mine::Lottery(mine)) = mine else {
                assert!(naive.away && !naive.entries.contains_key(&viewer));
                continue;
            };
            let out = naive.out.get(&viewer).map(|reason| REASONS[*reason]);
            let tickets = naive
                .entries
                .get(&viewer)
                .filter(|_| out.is_none())
                .copied()
                .unwrap_or_default();
            assert_eq!(
                (mine.entered, mine.tickets, mine.excluded.as_deref()),
                (naive.entries.contains_key(&viewer), tickets, out)
            );
            let wins: Vec<u32> = (0..)
                .zip(&naive.wins)
                .filter(|(_, win)| win.who == viewer)
                .map(|(number, _)| number)
                .collect();
            assert_eq!(
                mine.wins.iter().map(|win| win.win).collect::<Vec<_>>(),
                wins
            );
            let open = naive
                .wins
                .iter()
                .any(|win| win.who == viewer && matches!(win.fate, Fate::Waiting | Fate::Claimed));
            let told = view::told(room, who(viewer))
                .iter()
                .any(|told| told.id == id(place));
            assert_eq!(
                told,
                open || !naive.away,
                "a winner is told until the prize is settled"
            );
        }
    }

    /// What anyone can check: it, and every run before it, each with how it ended.
    fn compare_proofs(&self, place: usize, tickets: u64) {
        let (room, naive) = (&self.stage.room, &self.naive.draws[place]);
        let proof = view::proof(of(room, place));
        let checked = draw::verify(&proof).expect("the draw is sound");
        assert_eq!(checked.tickets, if naive.fixed { tickets } else { 0 });
        assert_eq!(of(room, place).past().len(), naive.past.len());
        for (past, (cancelled, wins)) in of(room, place).past().iter().zip(&naive.past) {
            draw::verify(past).expect("the run before is sound");
            assert_eq!(past.cancelled.is_some(), *cancelled);
            assert_eq!(
                past.drawn.as_ref().map_or(0, |drawn| drawn.winners.len()),
                *wins
            );
            let entered = past.closed.as_ref().map_or(0, |closed| closed.entrants);
            assert!(
                entered == 0 || past.drawn.is_some(),
                "a run with entrants tells its seed"
            );
        }
    }
}

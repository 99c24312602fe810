//! Makes honest draws of all sizes and kinds.

use liveroom_protocol::lottery::{Closing, Drawing, Drawn, Hex, Proof};
use liveroom_protocol::time::Timestamp;
use liveroom_rules::draw::{
    ALGORITHM, Chosen, Entrant, Pool, Round, Terms, canonical, commitment, randomness, root,
};
use liveroom_tests::chance::Chance;
use serde_json::{Value, json};

/// Rounds of quicknet as they were signed, from <https://api.drand.sh>.
const ROUNDS: [(u32, &str); 3] = [
    (
        123,
        "b75c69d0b72a5d906e854e808ba7e2accb1542ac355ae486d591aa9d43765482e26cd02df835d3546d23c4b13e0dfc92",
    ),
    (
        1_000,
        "b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125e342b73a8dd2bacbe47e4b6b63ed5e39",
    ),
    (
        657_413,
        "b713718a38ae728dfd477991af2822e08d2f305e47718cef9f7848ce4050e7be41076862b98fad56e91a6b85b89cd97b",
    ),
];

pub(crate) struct Maker {
    chance: Chance,
}

impl Maker {
    pub(crate) fn new(seed: u64) -> Self {
        Self {
            chance: Chance::new(seed),
        }
    }

    fn bytes<const N: usize>(&mut self) -> [u8; N] {
        std::array::from_fn(|_| self.chance.number().to_be_bytes()[0])
    }

    fn one_in(&mut self, many: u64) -> bool {
        self.chance.below(many) == 0
    }

    /// A roll; one in eight is excluded where there is more than one size of ticket.
    pub(crate) fn roll(&mut self, size: u32, tickets: &[u32]) -> Vec<Entrant> {
        let mut roll: Vec<Entrant> = (0..size)
            .map(|_| {
                let id = self.bytes();
                if tickets.len() > 1 && self.one_in(8) {
                    return Entrant::excluded(id, 1 + self.chance.below(2) as u8);
                }
                let which = self.chance.below(tickets.len() as u64) as usize;
                Entrant::new(id, tickets[which])
            })
            .collect();
        roll.sort();
        roll
    }

    fn terms(&mut self, counts: &[u32], tickets: &[u32], round: Option<u32>) -> String {
        let prizes: Vec<Value> = (1..)
            .zip(counts)
            .map(|(number, count)| json!({"name": format!("Prize {number} \"“賞”\" \u{1}\n"), "count": count, "value": {"amount": 4_999, "currency": "EUR"}}))
            .collect();
        let tiers: Vec<Value> = (1..)
            .zip(&tickets[1..])
            .map(|(number, tickets)| json!({"tier": format!("tier-{number}"), "tickets": tickets}))
            .collect();
        let mut terms = json!({
            "algorithm": ALGORITHM,
            "room": "demo",
            "activity": format!("lottery-{}", self.chance.below(1_000)),
            "run": self.chance.below(3),
            "title": "Spring 🌸 \\ draw\u{7f}",
            "prizes": prizes,
            "tickets": {"each": tickets[0], "tiers": tiers},
            "exclusions": ["Staff and their families", "Won in an earlier draw"],
            "conditions": [{"kind": "keyword"}, {"kind": "watched", "for_ms": 60_000}, null, true, -5],
        });
        if let Some(number) = round {
            terms["round"] = json!(Round::quicknet(number));
        }
        canonical(&terms).expect("terms without fractions")
    }

    /// A draw: closed and drawn; unless `forfeit` is 0, in rounds, with one win in so many forfeited and, while somebody is left, redrawn.
    fn draw(&mut self, size: u32, counts: &[u32], tickets: &[u32], forfeit: u64) -> Proof {
        let round = self.one_in(3).then(|| self.chance.below(3) as usize);
        let round = round.map(|which| ROUNDS[which]);
        let terms = self.terms(counts, tickets, round.map(|(number, _)| number));
        let roll = self.roll(size, tickets);
        let at = match round {
            // Half of them close in time.
            Some((number, _)) => {
                Round::quicknet(number).at().0 - 1_000 + 1_000 * self.chance.below(2)
            }
            None => 1_767_225_600_000,
        };
        let seed = self.bytes();
        let signature = round.and_then(|(_, hex)| Hex::parse(hex));
        let mut proof = proof(terms, &roll, seed, signature, Timestamp(at));
        if forfeit > 0 {
            self.rounds(&mut proof, &roll, forfeit);
        }
        proof
    }

    /// Draws in rounds, with forfeits and redraws between them; now and then it stops before the end.
    fn rounds(&mut self, proof: &mut Proof, roll: &[Entrant], forfeit: u64) {
        let (Some(closed), Some(drawing)) = (&proof.closed, &mut proof.drawn) else {
            return;
        };
        let mut pool = pool(roll, drawing, closed.root);
        let mut winners: Vec<Drawn> = Vec::new();
        let mut pieces: Vec<u32> = drawing.winners.iter().map(|it| it.prize).collect();
        let mut old = 0;
        while !pieces.is_empty() {
            let round = 1 + self.chance.below(pieces.len() as u64) as usize;
            let prizes = pieces.drain(..round);
            winners.extend(prizes.map_while(|prize| drawn(roll, pool.next()?, prize, None)));
            while old < winners.len() {
                if self.one_in(forfeit) {
                    winners[old].forfeited = Some(format!("Not claimed in time ({old})"));
                    let prize = winners[old].prize;
                    let next = pool.next();
                    let again = next.and_then(|next| drawn(roll, next, prize, Some(old)));
                    winners.extend(again);
                }
                old += 1;
            }
            if self.one_in(6) {
                break;
            }
        }
        drawing.winners = winners;
    }

    /// A draw with prizes, weights, exclusions, a forfeit and a redraw, for spoiling.
    pub(crate) fn drawn(&mut self, size: u32) -> Proof {
        loop {
            let proof = self.draw(size, &[1, 2], &[1, 3], 3);
            let winners = proof.drawn.as_ref().map_or(&[][..], |it| &it.winners);
            let first = winners.iter().take_while(|it| it.instead_of.is_none());
            let (first, all) = (first.count(), winners.len());
            let roll = proof.closed.as_ref().and_then(|it| it.roll.as_deref());
            let excluded = roll.is_some_and(|roll| roll.iter().any(|entry| entry.0[20] > 0));
            // Spoilers need all prizes drawn, then a redraw, an exclusion, and somebody who did not win.
            if first == 3 && all > 3 && all < 6 && excluded {
                return proof;
            }
        }
    }

    /// A draw with fewer entrants than prizes, in which one of them has won twice.
    pub(crate) fn drawn_from_nobody(&mut self) -> Proof {
        let mut proof = self.draw(3, &[9], &[1], 0);
        if let Some(drawing) = &mut proof.drawn {
            drawing.winners.extend_from_within(..1);
        }
        proof
    }

    /// All kinds of honest draws, with their names.
    pub(crate) fn honest(&mut self) -> Vec<(String, Proof)> {
        let mut all = Vec::new();
        for size in 0..=70 {
            for (kind, counts, tickets, forfeit) in [
                ("one prize", &[1][..], &[1][..], 0),
                ("equal tickets", &[1, 3, 1], &[1], 0),
                ("weights", &[2, 2], &[1, 2, 50], 0),
                ("more prizes than entrants", &[30, 30, 40], &[2, 7], 0),
                ("redraws", &[1, 4], &[1, 10], 2),
                ("all redrawn", &[2, 3], &[1], 1),
                ("heavy tickets", &[3], &[u32::MAX, 1], 4),
            ] {
                let mut proof = self.draw(size, counts, tickets, forfeit);
                let stage = self.stage(&mut proof);
                all.push((format!("{size} entrants, {kind}{stage}"), proof));
            }
        }
        for size in [1_000, 4_095, 4_096, 4_097, 100_000] {
            let proof = self.draw(size, &[1, 9, 90], &[1, 2, 5], 10);
            all.push((format!("{size} entrants"), proof));
        }
        all.push(("a word passed over".to_owned(), self.passed_over()));
        all
    }

    /// Now and then a draw is seen before its end, or cancelled.
    fn stage(&mut self, proof: &mut Proof) -> &'static str {
        let would_be = |proof: &mut Proof| {
            if let Some(drawing) = &mut proof.drawn {
                drawing.winners.clear();
            }
        };
        match self.chance.below(12) {
            0 => proof.drawn = None,
            1 => (proof.closed, proof.drawn) = (None, None),
            2 => proof.cancelled = Some("After the draw".to_owned()),
            3 => would_be(proof),
            4 => proof.drawn = None,
            _ => return "",
        }
        match self.chance.below(2) {
            _ if proof.drawn.as_ref().is_some_and(|it| it.winners.is_empty()) => {
                proof.cancelled = Some("The prize broke".to_owned());
                ", cancelled before drawing"
            }
            0 => {
                proof.cancelled = Some("No time \u{1f642}".to_owned());
                ", cancelled"
            }
            _ => ", as far as it is",
        }
    }

    /// A draw among so many tickets that a word was passed over; that takes looking for.
    fn passed_over(&mut self) -> Proof {
        let terms = self.terms(&[1_000], &[u32::MAX], None);
        let roll = self.roll(100_000, &[u32::MAX]);
        loop {
            let seed = self.bytes();
            let proof = proof(
                terms.clone(),
                &roll,
                seed,
                None,
                Timestamp(1_767_225_600_000),
            );
            let last = proof.drawn.as_ref().and_then(|it| it.winners.last());
            if last.is_some_and(|last| last.word >= 1_000) {
                return proof;
            }
        }
    }
}

/// Someone who was drawn.
fn drawn(roll: &[Entrant], chosen: Chosen, prize: u32, old: Option<usize>) -> Option<Drawn> {
    Some(Drawn {
        prize,
        entrant: Hex(roll.get(chosen.place)?.id),
        word: chosen.word,
        forfeited: None,
        instead_of: old.and_then(|old| u32::try_from(old).ok()),
    })
}

/// The pool of a draw.
fn pool(roll: &[Entrant], drawing: &Drawing, root: Hex<32>) -> Pool {
    let random = drawing.signature.map(|it| randomness(&it.0));
    Pool::new(roll, &drawing.seed.0, &root.0, random.as_ref())
}

/// The proof of a draw without redraws.
fn proof(
    terms: String,
    roll: &[Entrant],
    seed: [u8; 32],
    signature: Option<Hex<48>>,
    at: Timestamp,
) -> Proof {
    let mut drawing = Drawing {
        seed: Hex(seed),
        signature,
        winners: Vec::new(),
    };
    let root = Hex(root(roll));
    let read = Terms::parse(&terms).expect("terms with all that is needed");
    drawing.winners = pool(roll, &drawing, root)
        .zip(read.pieces())
        .filter_map(|(chosen, prize)| drawn(roll, chosen, prize, None))
        .collect();
    Proof {
        algorithm: ALGORITHM.to_owned(),
        commitment: Hex(commitment(&seed, &terms)),
        terms,
        closed: Some(Closing {
            at,
            entrants: u32::try_from(roll.len()).expect("a roll of a test"),
            tickets: roll.iter().map(|it| u64::from(it.tickets)).sum(),
            root,
            roll: Some(roll.iter().map(|it| Hex(it.bytes())).collect()),
        }),
        drawn: Some(drawing),
        cancelled: None,
    }
}

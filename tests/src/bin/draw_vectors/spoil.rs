//! Spoils an honest proof in every way that a check must find, with the word for what is wrong.

use liveroom_protocol::lottery::{Closing, Drawing, Hex, Proof};
use liveroom_rules::draw::{Entrant, root};

type Spoiler = fn(&mut Closing, &mut Drawing);

const SPOILERS: &[(&str, &str, Spoiler)] = &[
    ("another seed", "commitment", |_, drawn| {
        drawn.seed.0[31] ^= 1;
    }),
    ("one entrant more", "roll_count", |closed, _| {
        edit(closed, |roll| roll.push(Entrant::new([255; 16], 1)));
    }),
    ("one entrant less", "roll_count", |closed, _| {
        edit(closed, |roll| roll.truncate(roll.len() - 1));
    }),
    ("two entrants exchanged", "roll_order", |closed, _| {
        edit(closed, |roll| roll.swap(0, 1));
    }),
    ("an entrant twice", "roll_order", |closed, _| {
        edit(closed, |roll| roll[1] = roll[0]);
    }),
    ("tickets that nobody has", "roll_tickets", |closed, _| {
        edit(closed, |roll| able(roll).tickets = 2);
    }),
    (
        "no tickets and not excluded",
        "roll_tickets",
        |closed, _| {
            edit(closed, |roll| able(roll).tickets = 0);
        },
    ),
    ("excluded with tickets", "roll_excluded", |closed, _| {
        edit(closed, |roll| able(roll).excluded = 1);
    }),
    ("excluded for no reason", "roll_excluded", |closed, _| {
        edit(closed, |roll| {
            let able = able(roll);
            (able.tickets, able.excluded) = (0, 3);
        });
    }),
    ("excluded after closing", "roll_sum", |closed, _| {
        edit(closed, |roll| {
            let able = able(roll);
            (able.tickets, able.excluded) = (0, 1);
        });
    }),
    (
        "excluded after closing, sum set right",
        "root",
        |closed, _| {
            edit(closed, |roll| {
                let able = able(roll);
                (able.tickets, able.excluded) = (0, 1);
            });
            sum(closed);
        },
    ),
    ("another reason", "root", |closed, _| {
        edit(closed, |roll| {
            let one = roll.iter_mut().find(|it| it.excluded > 0);
            one.expect("somebody is excluded").excluded ^= 3;
        });
    }),
    ("let in again", "root", |closed, _| {
        edit(closed, |roll| {
            let one = roll.iter_mut().find(|it| it.excluded > 0);
            let one = one.expect("somebody is excluded");
            (one.tickets, one.excluded) = (1, 0);
        });
        sum(closed);
    }),
    ("another tier's tickets", "roll_sum", |closed, _| {
        edit(closed, |roll| {
            let able = able(roll);
            able.tickets = 4 - able.tickets;
        });
    }),
    ("a wrong sum", "roll_sum", |closed, _| closed.tickets += 1),
    ("another root", "root", |closed, _| closed.root.0[0] ^= 128),
    (
        "an entrant put in the place of another",
        "root",
        |closed, _| {
            edit(closed, |roll| roll[0].id[15] ^= 1);
        },
    ),
    (
        "an entrant added after closing, all set right but the winners",
        "winner",
        |closed, _| {
            edit(closed, |roll| roll.push(Entrant::new([255; 16], 1)));
            closed.entrants += 1;
            sum(closed);
            edit(closed, |_| ());
            closed.root = Hex(root(&read(closed)));
        },
    ),
    ("a first draw missing", "winner_prize", |_, drawn| {
        drawn.winners.remove(0);
    }),
    ("a first draw too many", "winners_count", |_, drawn| {
        drawn.winners[3].instead_of = None;
    }),
    ("two prizes exchanged", "winner_prize", |_, drawn| {
        (drawn.winners[0].prize, drawn.winners[1].prize) = (1, 0);
    }),
    ("a redraw of another prize", "winner_prize", |_, drawn| {
        drawn.winners[3].prize ^= 1;
    }),
    ("another winner", "winner", |closed, drawn| {
        drawn.winners[0].entrant = loser(closed, drawn);
    }),
    ("two winners exchanged", "winner", |_, drawn| {
        let first = drawn.winners[1].entrant;
        drawn.winners[1].entrant = drawn.winners[2].entrant;
        drawn.winners[2].entrant = first;
    }),
    ("another redrawn", "winner", |closed, drawn| {
        drawn.winners[3].entrant = loser(closed, drawn);
    }),
    ("a winner who is not on the roll", "winner", |_, drawn| {
        drawn.winners[0].entrant = Hex([9; 16]);
    }),
    ("another word", "winner_word", |_, drawn| {
        drawn.winners[1].word += 1
    }),
    ("a redraw of a win that stands", "redraw", |_, drawn| {
        let old = drawn.winners[3].instead_of.map_or(0, |old| old as usize);
        drawn.winners[old].forfeited = None;
    }),
    ("a redraw of itself", "redraw", |_, drawn| {
        drawn.winners[3].instead_of = Some(3);
        drawn.winners[3].forfeited = Some("so".to_owned());
    }),
    ("a redraw of no win", "redraw", |_, drawn| {
        drawn.winners[3].instead_of = Some(u32::MAX);
    }),
    ("a win redrawn twice", "redraw", |_, drawn| {
        let again = drawn.winners[3].clone();
        drawn.winners.insert(4, again);
    }),
    (
        "a redraw that stands for nothing",
        "winners_count",
        |_, drawn| {
            let mut last = drawn.winners[3].clone();
            last.instead_of = None;
            drawn.winners.push(last);
        },
    ),
];

/// Every spoilt proof of an honest one: its name, the word for what is wrong, and itself.
pub(crate) fn proofs(honest: &Proof) -> Vec<(&'static str, &'static str, Proof)> {
    let mut all = Vec::new();
    for (name, due, spoil) in SPOILERS {
        let mut proof = honest.clone();
        if let (Some(closed), Some(drawn)) = (&mut proof.closed, &mut proof.drawn) {
            spoil(closed, drawn);
        }
        all.push((*name, *due, proof));
    }
    let mut whole = |name, due, spoil: fn(&mut Proof)| {
        let mut proof = honest.clone();
        spoil(&mut proof);
        all.push((name, due, proof));
    };
    whole("another algorithm", "algorithm", |it| {
        it.algorithm.push('x')
    });
    whole("another commitment", "commitment", |it| {
        it.commitment.0[3] ^= 1
    });
    whole("drawn and never closed", "stage", |it| it.closed = None);
    whole("the roll kept back", "roll_missing", |it| {
        if let Some(closed) = &mut it.closed {
            closed.roll = None;
        }
    });
    whole("terms changed after opening", "commitment", |it| {
        it.terms = it.terms.replace("Prize 1", "Price 1");
    });
    whole("a signature put in or left out", "signature", |it| {
        if let Some(drawn) = &mut it.drawn {
            drawn.signature = match drawn.signature {
                Some(_) => None,
                None => Some(Hex([7; 48])),
            };
        }
    });
    if honest
        .drawn
        .as_ref()
        .is_some_and(|it| it.signature.is_some())
    {
        whole("another signature", "winner", |it| {
            if let Some(signature) = it.drawn.as_mut().and_then(|it| it.signature.as_mut()) {
                signature.0[47] ^= 1;
            }
        });
    }
    all
}

/// A path, and spoilt ones: what it is, the place, the count and the hashes.
pub(crate) fn paths(
    place: u32,
    count: u32,
    path: &[[u8; 32]],
) -> Vec<(&'static str, u32, u32, Vec<[u8; 32]>)> {
    let path = path.to_vec();
    let mut all = vec![
        ("true", place, count, path.clone()),
        ("a place beyond", count, count, path.clone()),
        (
            "one too long",
            place,
            count,
            [&path[..], &[[3; 32]]].concat(),
        ),
    ];
    if let Some((_, short)) = path.split_last() {
        let mut bent = path.clone();
        bent[0][0] ^= 1;
        all.push(("one too short", place, count, short.to_vec()));
        all.push(("a bit bent", place, count, bent));
        all.push((
            "the neighbour's place",
            neighbour(place, count),
            count,
            path,
        ));
    }
    all
}

fn neighbour(place: u32, count: u32) -> u32 {
    match place ^ 1 {
        beside if beside < count => beside,
        _ => place - 1,
    }
}

fn read(closed: &Closing) -> Vec<Entrant> {
    let roll = closed.roll.as_deref().unwrap_or_default();
    roll.iter().map(|entry| Entrant::read(&entry.0)).collect()
}

fn edit(closed: &mut Closing, how: impl FnOnce(&mut Vec<Entrant>)) {
    let mut roll = read(closed);
    how(&mut roll);
    closed.roll = Some(roll.iter().map(|it| Hex(it.bytes())).collect());
}

fn sum(closed: &mut Closing) {
    closed.tickets = read(closed).iter().map(|it| u64::from(it.tickets)).sum();
}

fn able(roll: &mut [Entrant]) -> &mut Entrant {
    let able = roll.iter_mut().find(|it| it.tickets > 0);
    able.expect("somebody can win")
}

/// Somebody on the roll who did not win.
fn loser(closed: &Closing, drawn: &Drawing) -> Hex<16> {
    let won = |id: &Hex<16>| drawn.winners.iter().any(|it| it.entrant == *id);
    let loser = read(closed).iter().map(|it| Hex(it.id)).find(|id| !won(id));
    loser.expect("not everybody won")
}

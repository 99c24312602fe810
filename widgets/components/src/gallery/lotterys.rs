//! A lottery through its life: announced, open, entered, closed, drawn, won, claimed; of every kind, for every viewer.

use super::lottery_cards::{
    beans, by_form, cancelled, drawn, long, many, members, private, redrawn, showing, word,
};
use super::{NOW, State, lottery_surroundings};
use crate::lottery::{Check, PublicRound, Wrong};
use crate::scene::Scene;
use liveroom_protocol::lottery::{Card, ClaimBy, Mine, Standing, Tally, Win};
use liveroom_protocol::phase::Phase;
use liveroom_protocol::phase::Phase::{Closed, Open, Paused, Ready};
use liveroom_protocol::time::{Span, Timestamp};

const DAY: u64 = 86_400_000;

/// Returns a lottery in every state, in the order of its life.
pub(super) fn states() -> Vec<State> {
    let mut states = open();
    states.extend(over());
    states.extend(won());
    states.extend(checked());
    states.extend(lottery_surroundings::states());
    states
}

/// How far the check of the draw has come in a state.
pub(super) fn check(name: &str) -> Check {
    let failed = |wrong, detail: &str| Check::Failed {
        wrong,
        detail: detail.to_owned(),
    };
    match name {
        "lottery-on-list" => Check::Listed(3),
        "lottery-checking" => Check::Checking(42),
        "lottery-checked" => Check::Checked {
            unpredictable: false,
            listed: true,
            round: None,
        },
        "lottery-checked-unpredictable" => Check::Checked {
            unpredictable: true,
            listed: false,
            round: Some(PublicRound {
                number: "18000000".into(),
                signature: "b75c69d0b72a5d906e854e808ba7e2acb1542ac355ae486d".repeat(2),
                address: "https://api.drand.sh/52db9ba7/public/18000000".into(),
            }),
        },
        "lottery-swapped" => Check::Swapped(Wrong::List),
        "lottery-check-failed" => failed(
            Wrong::Winners,
            "win 2 falls to 7f3a2233445566778899aabbccddeeff, and not to whom the proof says",
        ),
        "lottery-check-unread" => failed(Wrong::Unread, ""),
        _ => Check::Unasked,
    }
}

fn open() -> Vec<State> {
    let soon = Tally {
        opens_at: Some(Timestamp(NOW.0 + 95_000)),
        entrants: 0,
        tickets: 0,
        ..tally(Ready)
    };
    let paused = Tally {
        left_ms: Some(Span(45_000)),
        ..tally(Paused)
    };
    let half = Mine {
        met: vec![false, false, true],
        watched_ms: Some(Span(192_000)),
        ..Mine::default()
    };
    let nobody = Tally {
        entrants: 0,
        tickets: 0,
        ..tally(Open)
    };
    vec![
        state("lottery-ready", beans(), soon, Mine::default()),
        state("lottery-open", beans(), tally(Open), Mine::default()),
        state("lottery-open-empty", beans(), nobody, Mine::default()),
        state("lottery-conditions", word(), tally(Open), half),
        state("lottery-members", members(), tally(Open), Mine::default()),
        state("lottery-long", long(), closing(400_000), Mine::default()),
        state("lottery-entered", beans(), tally(Open), entered()),
        state("lottery-nearly-over", beans(), closing(7_000), entered()),
        state("lottery-paused", beans(), paused, Mine::default()),
        state("lottery-excluded", members(), excluded(Open), out()),
    ]
}

fn over() -> Vec<State> {
    let closed = || tally(Closed);
    let nobody = Tally {
        entrants: 0,
        tickets: 0,
        ..closed()
    };
    let now = Card {
        drawn_at: Some(Timestamp(NOW.0 - 900)),
        ..drawn()
    };
    vec![
        state("lottery-waits", beans(), closed(), entered()),
        state("lottery-waits-others", beans(), closed(), Mine::default()),
        state("lottery-nobody", beans(), nobody, Mine::default()),
        state("lottery-cancelled", cancelled(), closed(), entered()),
        state("lottery-drawing", now, closed(), entered()),
        state("lottery-drawn", drawn(), claimed(1), entered()),
        state("lottery-drawn-excluded", drawn(), excluded(Closed), out()),
        state("lottery-drawn-others", drawn(), claimed(1), Mine::default()),
        state("lottery-redrawn", redrawn(), claimed(2), entered()),
        state("lottery-private", private(), closed(), entered()),
        state("lottery-many", many(), claimed(11), Mine::default()),
    ]
}

fn won() -> Vec<State> {
    let by = |claim: ClaimBy| Card { claim, ..drawn() };
    let page = || ClaimBy::Link {
        address: String::from("/prizes").try_into().expect("an address"),
    };
    let standing = |standing| wins(&[(1, 1, standing)]);
    let mut coded = standing(Standing::Claimed);
    for win in &mut coded.wins {
        win.code = Some("8F2K-Q7TD".into());
    }
    let two = wins(&[(0, 0, Standing::Waiting), (1, 1, Standing::Claimed)]);
    let waiting = || standing(Standing::Waiting);
    vec![
        state("lottery-won", drawn(), claimed(0), waiting()),
        state("lottery-won-form", by_form(), claimed(0), waiting()),
        state("lottery-won-code", by(ClaimBy::Code), claimed(0), waiting()),
        state("lottery-won-coded", by(ClaimBy::Code), claimed(1), coded),
        state("lottery-won-page", by(page()), claimed(0), waiting()),
        state("lottery-won-twice", drawn(), claimed(1), two),
        state(
            "lottery-won-fulfilled",
            drawn(),
            claimed(1),
            standing(Standing::Fulfilled),
        ),
        state(
            "lottery-lost",
            redrawn(),
            claimed(1),
            wins(&[(0, 0, Standing::Forfeited)]),
        ),
    ]
}

fn checked() -> Vec<State> {
    let shown = |name| state(name, drawn(), claimed(1), entered());
    let fixed = Card {
        root: drawn().root,
        ..beans()
    };
    vec![
        state("lottery-on-list", fixed, tally(Closed), entered()),
        shown("lottery-checking"),
        shown("lottery-checked"),
        state(
            "lottery-checked-unpredictable",
            showing(),
            claimed(1),
            Mine::default(),
        ),
        shown("lottery-check-failed"),
        shown("lottery-check-unread"),
        shown("lottery-swapped"),
    ]
}

/// A state in plain surroundings.
pub(super) fn state(name: &'static str, card: Card, tally: Tally, mine: Mine) -> State {
    State {
        name,
        card: liveroom_protocol::Card::Lottery(card),
        tally: liveroom_protocol::Tally::Lottery(tally),
        mine: liveroom_protocol::Mine::Lottery(mine),
        entries: Vec::new(),
        scene: Scene {
            now: Some(NOW),
            ..Scene::default()
        },
    }
}

/// A tally with an end four and a half minutes away while open.
pub(super) fn tally(phase: Phase) -> Tally {
    Tally {
        phase,
        closes_at: (phase == Open).then_some(Timestamp(NOW.0 + 270_000)),
        entrants: 1_203,
        tickets: 1_204,
        ..Tally::default()
    }
}

fn closing(left: u64) -> Tally {
    Tally {
        closes_at: Some(Timestamp(NOW.0 + left)),
        ..tally(Open)
    }
}

fn claimed(claimed: u32) -> Tally {
    Tally {
        claimed,
        ..tally(Closed)
    }
}

/// One who has entered.
pub(super) fn entered() -> Mine {
    Mine {
        entered: true,
        tickets: 3,
        entrant: Some("aa112233445566778899aabbccddeeff".into()),
        met: vec![true; 3],
        ..Mine::default()
    }
}

/// One who has entered and cannot win.
fn out() -> Mine {
    Mine {
        tickets: 0,
        excluded: Some("Employee of the organiser".into()),
        ..entered()
    }
}

/// Numbers of a draw of which some are excluded.
fn excluded(phase: Phase) -> Tally {
    Tally {
        excluded: vec![2, 1],
        most: if phase == Closed { 3 } else { 0 },
        ..tally(phase)
    }
}

/// One who has won: number, prize, and what became of it.
pub(super) fn wins(wins: &[(u32, u32, Standing)]) -> Mine {
    let win = |&(win, prize, standing): &(u32, u32, Standing)| Win {
        win,
        prize,
        standing,
        claim_by: Some(Timestamp(NOW.0 + 2 * DAY)),
        code: None,
    };
    Mine {
        wins: wins.iter().map(win).collect(),
        ..entered()
    }
}

//! A naive room with two lotteries: lists, no hashes, no indices. What it says is what the rules must say.

use liveroom_protocol::lottery::Standing as Fate;
use liveroom_protocol::phase::Phase;
use std::collections::{BTreeMap, BTreeSet};

/// How long an open lottery lasts, and how long a prize can be claimed.
pub(super) const LASTS: u64 = 9_000;
pub(super) const CLAIM: u64 = 5_000;
/// How long one must have watched to enter.
pub(super) const WATCH: u64 = 1_000;
/// The pieces, in the order in which they are drawn: two cups, a pot.
pub(super) const PIECES: [u32; 3] = [0, 0, 1];

/// Somebody was drawn.
#[derive(Clone, Debug)]
pub(super) struct Win {
    pub(super) who: u8,
    pub(super) prize: u32,
    pub(super) fate: Fate,
    pub(super) said: bool,
    pub(super) redraw: bool,
    by: u64,
}

/// One lottery.
#[derive(Clone, Debug, Default)]
pub(super) struct Draw {
    pub(super) phase: Phase,
    pub(super) run: u32,
    closes: Option<u64>,
    left: u64,
    pub(super) away: bool,
    pub(super) cancelled: bool,
    /// Tickets by entrant.
    pub(super) entries: BTreeMap<u8, u32>,
    /// Reasons by whoever was excluded, entered or not; the last reason is a win elsewhere.
    named: BTreeMap<u8, usize>,
    /// Entrants who cannot win, as is known; fixed at closing.
    pub(super) out: BTreeMap<u8, usize>,
    pub(super) fixed: bool,
    pub(super) drawn: bool,
    pub(super) wins: Vec<Win>,
    /// Wins of earlier runs that were not forfeited.
    before: Vec<u8>,
    /// How each earlier run ended: whether it was called off, and its winners.
    pub(super) past: Vec<(bool, usize)>,
    itself: bool,
}

/// The room: two lotteries, of which neither lets win who won in either before, and who has watched how long.
#[derive(Clone, Debug)]
pub(super) struct Naive {
    pub(super) now: u64,
    pub(super) draws: [Draw; 2],
    allowed: usize,
    since: BTreeMap<u8, u64>,
    seen: BTreeMap<u8, u64>,
}

/// The place of a win elsewhere among the reasons.
pub(super) const ELSEWHERE: usize = 2;

impl Naive {
    pub(super) fn new(now: u64, allowed: usize, itself: bool) -> Self {
        let draw = |itself| Draw {
            phase: Phase::Open,
            run: 1,
            closes: Some(now + LASTS),
            itself,
            ..Draw::default()
        };
        Self {
            now,
            draws: [draw(itself), draw(false)],
            allowed,
            since: BTreeMap::new(),
            seen: BTreeMap::new(),
        }
    }

    fn is_barred(&self, who: u8) -> bool {
        let won = |draw: &Draw| {
            let now = draw
                .wins
                .iter()
                .filter(|win| win.fate != Fate::Forfeited && win.who == who);
            now.count() + draw.before.iter().filter(|winner| **winner == who).count()
        };
        self.draws.iter().map(won).sum::<usize>() > self.allowed
    }

    pub(super) fn watch(&mut self, who: u8, came: bool) {
        match (came, self.since.get(&who).copied()) {
            (true, None) => {
                self.since.insert(who, self.now);
            }
            (false, Some(since)) => {
                *self.seen.entry(who).or_default() += self.now - since;
                self.since.remove(&who);
            }
            (true, Some(_)) | (false, None) => {}
        }
    }

    pub(super) fn watched(&self, who: u8) -> u64 {
        let here = self.since.get(&who).map_or(0, |since| self.now - since);
        self.seen.get(&who).copied().unwrap_or_default() + here
    }

    /// Time passes, and what falls due does so moment by moment.
    pub(super) fn wait(&mut self, ms: u64) {
        self.now += ms;
        loop {
            let moments = (0..2).filter_map(|place| {
                let draw = &self.draws[place];
                let wins = draw.wins.iter().filter(|win| win.fate == Fate::Waiting);
                let closes = draw.closes.filter(|_| draw.phase == Phase::Open);
                wins.map(|win| win.by)
                    .chain(closes)
                    .min()
                    .map(|at| (at, place))
            });
            let Some((at, place)) = moments.min().filter(|(at, _)| *at <= self.now) else {
                return;
            };
            let draw = &mut self.draws[place];
            let closing =
                draw.phase == Phase::Open && draw.closes.is_some_and(|closes| closes <= at);
            for win in &mut draw.wins {
                if win.fate == Fate::Waiting && win.by <= at {
                    win.fate = Fate::Forfeited;
                }
            }
            if closing {
                self.close(place);
            }
        }
    }

    fn close(&mut self, place: usize) {
        let barred: BTreeSet<u8> = (0..8).filter(|who| self.is_barred(*who)).collect();
        let draw = &mut self.draws[place];
        draw.phase = Phase::Closed;
        draw.fixed = true;
        draw.out.clear();
        for who in draw.entries.keys() {
            let reason = draw.named.get(who).copied();
            let reason = reason.or_else(|| barred.contains(who).then_some(ELSEWHERE));
            draw.out.extend(reason.map(|reason| (*who, reason)));
        }
    }

    pub(super) fn enter(&mut self, place: usize, who: u8, gold: bool, word: bool) -> bool {
        let (watched, barred) = (self.watched(who), self.is_barred(who));
        let draw = &mut self.draws[place];
        let may = draw.phase == Phase::Open && !draw.away && !draw.entries.contains_key(&who);
        if !may || !word || watched < WATCH {
            return false;
        }
        draw.entries.insert(who, if gold { 3 } else { 1 });
        let reason = draw.named.get(&who).copied();
        draw.out.extend(
            reason
                .or(barred.then_some(ELSEWHERE))
                .map(|reason| (who, reason)),
        );
        true
    }

    pub(super) fn exclude(&mut self, place: usize, who: u8, reason: usize) -> bool {
        let draw = &mut self.draws[place];
        if draw.away || draw.cancelled || draw.fixed {
            return false;
        }
        draw.named.insert(who, reason);
        if draw.entries.contains_key(&who) {
            draw.out.insert(who, reason);
        }
        true
    }

    /// Who was drawn is the stream's to say; `chosen` gives it, and how many there can be follows here.
    pub(super) fn draw(&mut self, place: usize, most: usize, chosen: impl Fn(usize) -> u8) -> bool {
        let now = self.now;
        let draw = &mut self.draws[place];
        let first = draw.wins.iter().filter(|win| !win.redraw).count();
        if draw.away
            || draw.cancelled
            || !draw.fixed
            || draw.phase != Phase::Closed
            || first == PIECES.len()
        {
            return false;
        }
        draw.drawn = true;
        for prize in PIECES.iter().skip(first).take(most) {
            draw.one(*prize, false, now, &chosen);
        }
        true
    }

    pub(super) fn forfeit(
        &mut self,
        place: usize,
        number: usize,
        redraw: bool,
        chosen: impl Fn(usize) -> u8,
    ) -> bool {
        let now = self.now;
        let draw = &mut self.draws[place];
        let Some(win) = draw
            .wins
            .get_mut(number)
            .filter(|win| !draw.cancelled && win.fate != Fate::Fulfilled && !win.said)
        else {
            return false;
        };
        (win.fate, win.said) = (Fate::Forfeited, true);
        let prize = win.prize;
        if redraw {
            draw.one(prize, true, now, &chosen);
        }
        true
    }

    pub(super) fn claim(&mut self, place: usize, who: u8, number: usize) -> bool {
        let win = self.draws[place].wins.get_mut(number);
        let Some(win) = win.filter(|win| win.who == who && win.fate == Fate::Waiting) else {
            return false;
        };
        win.fate = Fate::Claimed;
        true
    }

    pub(super) fn fulfil(&mut self, place: usize, number: usize) -> bool {
        let win = self.draws[place].wins.get_mut(number);
        let Some(win) = win.filter(|win| matches!(win.fate, Fate::Claimed | Fate::Fulfilled))
        else {
            return false;
        };
        win.fate = Fate::Fulfilled;
        true
    }

    /// What all activities share, by its name.
    pub(super) fn direct(&mut self, place: usize, what: &str) -> bool {
        let now = self.now;
        let draw = &mut self.draws[place];
        let promised = !draw.entries.is_empty() && !draw.drawn && !draw.cancelled;
        let open = draw
            .wins
            .iter()
            .any(|win| matches!(win.fate, Fate::Waiting | Fate::Claimed));
        let live = matches!(draw.phase, Phase::Open | Phase::Paused);
        let may = !draw.away
            && match what {
                "close" => live,
                "pause" => draw.phase == Phase::Open,
                "resume" => draw.phase == Phase::Paused,
                "open" => draw.phase == Phase::Ready,
                "reset" => !promised && !open,
                "put_away" => !promised,
                "cancel" => !draw.cancelled && !draw.drawn,
                _ => false,
            };
        match what {
            _ if !may => {}
            "pause" => {
                draw.left = draw.closes.map_or(0, |closes| closes - now);
                draw.phase = Phase::Paused;
            }
            "resume" => {
                draw.closes = Some(now + draw.left);
                draw.phase = Phase::Open;
            }
            "open" => draw.begin(now),
            "reset" => {
                let won = draw.wins.iter().filter(|win| win.fate != Fate::Forfeited);
                draw.before.extend(won.map(|win| win.who));
                draw.past.push((draw.cancelled, draw.wins.len()));
                *draw = Draw {
                    run: draw.run + 1,
                    before: std::mem::take(&mut draw.before),
                    past: std::mem::take(&mut draw.past),
                    itself: draw.itself,
                    ..Draw::default()
                };
                if live {
                    draw.begin(now);
                }
            }
            "cancel" => {
                draw.cancelled = true;
                if draw.phase == Phase::Ready {
                    draw.phase = Phase::Closed;
                }
            }
            _ => draw.away |= what == "put_away",
        }
        let closes = live && matches!(what, "close" | "put_away" | "cancel");
        if may && (closes || (what == "cancel" && !self.draws[place].fixed)) {
            self.close(place);
        }
        may
    }

    /// What the room itself draws now.
    pub(super) fn due(&self, place: usize) -> bool {
        let draw = &self.draws[place];
        draw.itself && draw.phase == Phase::Closed && !draw.drawn && !draw.cancelled
    }
}

impl Draw {
    fn begin(&mut self, now: u64) {
        self.phase = Phase::Open;
        self.closes = Some(now + LASTS);
    }

    /// Whoever can still be drawn: has a ticket, and was not drawn before.
    fn one(&mut self, prize: u32, redraw: bool, now: u64, chosen: &impl Fn(usize) -> u8) {
        let drawn: BTreeSet<u8> = self.wins.iter().map(|win| win.who).collect();
        let mut pool = self
            .entries
            .keys()
            .filter(|who| !self.out.contains_key(who) && !drawn.contains(who));
        if pool.next().is_some() {
            let who = chosen(self.wins.len());
            assert!(
                self.entries.contains_key(&who)
                    && !self.out.contains_key(&who)
                    && !drawn.contains(&who)
            );
            self.wins.push(Win {
                who,
                prize,
                fate: Fate::Waiting,
                said: false,
                redraw,
                by: now + CLAIM,
            });
        }
    }
}

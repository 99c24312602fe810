//! An activity as the desk shows it: one of the four widgets, once its card and its tally are known.

use liveroom_protocol::id::ActivityId;
use liveroom_protocol::limits::QUESTIONS_PAGE;
use liveroom_protocol::message::{More, Page};
use liveroom_protocol::phase::Phase;
use liveroom_protocol::poll::Comment;
use liveroom_protocol::profile::Ruled;
use liveroom_protocol::qna::{Question, QuestionId, Row};
use liveroom_protocol::time::{Span, Timestamp};
use liveroom_protocol::{deal, lottery, poll, qna};
use std::collections::HashSet;
use std::ops::RangeInclusive;
use std::rc::Rc;

/// A card and a tally of one run of an activity.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Known<C, T> {
    /// Its name.
    pub(crate) id: ActivityId,
    /// Which run of it.
    pub(crate) run: u32,
    /// How many viewers have reported it.
    pub(crate) flags: u32,
    /// What holds for it in a room with a profile, or with two people.
    pub(crate) ruled: Ruled,
    /// Its card, as the desk alone may see it.
    pub(crate) card: Rc<C>,
    /// Its tally, with the numbers that viewers may not see.
    pub(crate) tally: Rc<T>,
}

/// A poll.
pub(crate) type Poll = Known<poll::Card, poll::Tally>;
/// A lottery.
pub(crate) type Lottery = Known<lottery::Card, lottery::Tally>;
/// A list of questions, without them.
pub(crate) type Qna = Known<qna::Card, qna::Tally>;
/// A deal.
pub(crate) type Deal = Known<deal::Card, deal::Tally>;

/// An activity of any widget.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Activity {
    /// A poll, a quiz, a scale, a survey; and what was written in a survey, oldest first.
    Poll(Poll, Rc<Vec<Comment>>),
    /// A lottery.
    Lottery(Lottery),
    /// A list of questions, and what is known of its questions.
    Qna(Qna, Rc<Questions>),
    /// A deal.
    Deal(Deal),
}

/// The questions of a list that the desk knows.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Questions {
    /// All of them, by number; shared, since a list of thousands is made anew with each that comes.
    pub(crate) known: Vec<Rc<Question>>,
    /// What the desk looked up last.
    pub(crate) looked: Option<Looked>,
}

/// What the desk looked up in a list: as many pages of it as it asked for.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Looked {
    /// What was asked for first.
    pub(crate) asked: More,
    /// The numbers and votes that came.
    pub(crate) rows: Vec<Row>,
    /// How many there are in all.
    pub(crate) total: u32,
}

impl Questions {
    /// A question by its number.
    pub(crate) fn find(&self, id: QuestionId) -> Option<&Question> {
        let place = self.known.binary_search_by(|known| known.id.cmp(&id));
        place.ok().map(|place| &*self.known[place])
    }
}

impl Looked {
    /// Takes a page, in its place among those that came before; another look begins anew.
    pub(super) fn take(looked: &mut Option<Self>, page: Page) {
        let Page {
            asked, list, total, ..
        } = page;
        let after = asked.after as usize;
        let first = More { after: 0, ..asked };
        let same = looked.take().filter(|looked| looked.asked == first);
        let mut rows = same.map_or_else(Vec::new, |looked| looked.rows);
        let place = after.min(rows.len());
        let end = (after + QUESTIONS_PAGE).clamp(place, rows.len());
        rows.splice(place..end, list);
        // What moved up between two pages is shown once.
        let mut seen = HashSet::new();
        rows.retain(|row| seen.insert(row.0));
        rows.truncate(total as usize);
        *looked = Some(Self {
            asked: first,
            rows,
            total,
        });
    }
}

/// Where an activity is in its life, and until when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Times {
    /// Where it is.
    pub(crate) phase: Phase,
    /// When it opens by itself.
    pub(crate) opens_at: Option<Timestamp>,
    /// When it closes by itself.
    pub(crate) closes_at: Option<Timestamp>,
    /// While paused: how much time is left of it.
    pub(crate) left: Option<Span>,
}

/// Every tally tells its times by the same names, and yet is a type of its own.
macro_rules! times {
    ($tally:expr, $opens_at:expr) => {
        Times {
            phase: $tally.phase,
            opens_at: $opens_at,
            closes_at: $tally.closes_at,
            left: $tally.left_ms,
        }
    };
}

impl Activity {
    /// Its name.
    pub(crate) const fn id(&self) -> &ActivityId {
        match self {
            Self::Poll(poll, _) => &poll.id,
            Self::Lottery(lottery) => &lottery.id,
            Self::Qna(qna, _) => &qna.id,
            Self::Deal(deal) => &deal.id,
        }
    }

    /// Which run of it.
    pub(crate) const fn run(&self) -> u32 {
        match self {
            Self::Poll(poll, _) => poll.run,
            Self::Lottery(lottery) => lottery.run,
            Self::Qna(qna, _) => qna.run,
            Self::Deal(deal) => deal.run,
        }
    }

    /// How many viewers have reported it as a whole.
    pub(crate) const fn flags(&self) -> u32 {
        match self {
            Self::Poll(poll, _) => poll.flags,
            Self::Lottery(lottery) => lottery.flags,
            Self::Qna(qna, _) => qna.flags,
            Self::Deal(deal) => deal.flags,
        }
    }

    /// What holds for it in a room with a profile, or with two people.
    pub(crate) const fn ruled(&self) -> &Ruled {
        match self {
            Self::Poll(poll, _) => &poll.ruled,
            Self::Lottery(lottery) => &lottery.ruled,
            Self::Qna(qna, _) => &qna.ruled,
            Self::Deal(deal) => &deal.ruled,
        }
    }

    /// What it is called, or asks.
    pub(crate) fn title(&self) -> &str {
        match self {
            Self::Poll(poll, _) => &poll.card.question,
            Self::Lottery(lottery) => &lottery.card.title,
            Self::Qna(qna, _) => &qna.card.title,
            Self::Deal(deal) => &deal.card.title,
        }
    }

    /// When it was opened.
    pub(crate) fn opened_at(&self) -> Option<Timestamp> {
        match self {
            Self::Poll(poll, _) => poll.card.opened_at,
            Self::Lottery(lottery) => lottery.card.opened_at,
            Self::Qna(qna, _) => qna.card.opened_at,
            Self::Deal(deal) => deal.card.opened_at,
        }
    }

    /// Why it was called off.
    pub(crate) fn cancelled(&self) -> Option<&str> {
        match self {
            Self::Poll(poll, _) => poll.card.cancelled.as_deref(),
            Self::Qna(qna, _) => qna.card.cancelled.as_deref(),
            Self::Lottery(lottery) => lottery.card.cancelled.as_deref(),
            Self::Deal(deal) => deal.card.cancelled.as_deref(),
        }
    }

    /// Where it is in its life.
    pub(crate) fn times(&self) -> Times {
        match self {
            Self::Poll(poll, _) => times!(poll.tally, None),
            Self::Lottery(lottery) => times!(lottery.tally, lottery.tally.opens_at),
            Self::Qna(qna, _) => times!(qna.tally, qna.tally.opens_at),
            Self::Deal(deal) => times!(deal.tally, deal.tally.opens_at),
        }
    }

    /// Whether viewers can act, or will be able to go on.
    pub(crate) fn is_on(&self) -> bool {
        self.times().is_on()
    }
}

impl Times {
    /// Whether viewers can act, or will be able to go on.
    pub(crate) const fn is_on(self) -> bool {
        matches!(self.phase, Phase::Open | Phase::Paused)
    }

    /// Whether it closes by itself, or did, or will: before it opens nobody can tell from its card.
    pub(crate) const fn has_deadline(self) -> bool {
        !self.is_on() || self.closes_at.is_some() || self.left.is_some()
    }
}

impl Poll {
    /// Whether viewers see the numbers now, as far as one rule holds for all of them.
    pub(crate) fn is_told(&self) -> bool {
        use liveroom_protocol::poll::Results;
        let closed = self.tally.phase == Phase::Closed;
        let told = match self.card.results {
            Results::Always => true,
            Results::AfterVoting | Results::AfterClosing => closed,
            Results::OnReveal => false,
        };
        self.card.cancelled.is_none() && (self.tally.revealed || told)
    }
}

impl Lottery {
    /// How many prizes there are, of all kinds.
    pub(crate) fn pieces(&self) -> u32 {
        let counts = self.card.prizes.iter().map(|prize| prize.count);
        counts.fold(0, u32::saturating_add)
    }

    /// How many prizes are left to draw, at least and at most. A card does not say which winners were drawn instead of others:
    /// of those whose win was taken back, each may have been replaced.
    pub(crate) fn left(&self) -> RangeInclusive<u32> {
        let wins = &self.card.winners;
        let last = wins.iter().map(|win| win.prize).max();
        if wins.len() as u64 >= u64::from(self.tally.entrants) && last.is_some() {
            return 0..=0;
        }
        let (mut least, mut most) = (0, 0);
        for (place, prize) in (0..).zip(&self.card.prizes) {
            if last > Some(place) {
                continue;
            }
            let of = wins.iter().filter(|win| win.prize == place);
            let all = u32::try_from(of.clone().count()).unwrap_or(u32::MAX);
            let back = of.filter(|win| win.standing == lottery::Standing::Forfeited);
            let back = u32::try_from(back.count()).unwrap_or(u32::MAX);
            // The first winner of a prize was drawn instead of nobody.
            let sure = all.saturating_sub(back).max(all.min(1));
            least += prize.count.saturating_sub(all);
            most += prize.count.saturating_sub(sure);
        }
        least..=most
    }

    /// How many winners stand: those whose win was not forfeited.
    pub(crate) fn standing(&self) -> u32 {
        let wins = self.card.winners.iter();
        let stand = wins.filter(|winner| winner.standing != lottery::Standing::Forfeited);
        u32::try_from(stand.count()).unwrap_or(u32::MAX)
    }
}

impl Deal {
    /// How many units are claimed, being ordered, or sold.
    pub(crate) fn taken(&self) -> u32 {
        let stock = self.tally.stock.iter();
        stock.fold(0, |sum, stock| {
            sum.saturating_add(stock.total.saturating_sub(stock.left))
        })
    }
}

//! The parts of a lottery, as the room and a page write them.

use super::Fields;
use super::about::{about, money, who};
use super::poll::votes;
use super::words::{LEVELS, PHASES, Words};
use liveroom_protocol::Action;
use liveroom_protocol::lottery::{
    Card, Claim, ClaimBy, Condition, Enter, Field, FormField, Mine, Prize, Shown, Standing, Tally,
    Tickets, TierTickets, Win, Winner,
};
use liveroom_protocol::time::{Span, Timestamp};

/// How winners are shown.
pub(super) const SHOWN: &Words<Shown> = &[
    ("masked", Shown::Masked),
    ("public", Shown::Public),
    ("private", Shown::Private),
];

/// What became of a win.
pub const FATES: &Words<Standing> = &[
    ("waiting", Standing::Waiting),
    ("claimed", Standing::Claimed),
    ("fulfilled", Standing::Fulfilled),
    ("forfeited", Standing::Forfeited),
];

/// Reads the card.
pub(super) fn card(card: Fields<'_>) -> Card {
    Card {
        title: card.owned("title").unwrap_or_default(),
        prizes: card.each("prizes", prize),
        conditions: card.each("conditions", condition),
        tickets: card.object("tickets").map(tickets).unwrap_or_default(),
        rules: card.maybe("rules"),
        organiser: card.owned("organiser"),
        free_entry: card.owned("free_entry"),
        delivery: card.owned("delivery"),
        level: card.word("level", LEVELS).unwrap_or_default(),
        who: who(card),
        winners_shown: card.word("winners_shown", SHOWN).unwrap_or_default(),
        claim: card.object("claim").and_then(claim_by).unwrap_or_default(),
        claim_within_ms: card.number("claim_within_ms").map(Span),
        draws_itself: card.flag("draws_itself"),
        exclusions: card.texts("exclusions"),
        round: card.field("round").map(|_| card.small("round")),
        not_after: card.texts("not_after"),
        wins_allowed: card.small("wins_allowed"),
        opened_at: card.number("opened_at").map(Timestamp),
        commitment: card.owned("commitment"),
        root: card.owned("root"),
        drawn_at: card.number("drawn_at").map(Timestamp),
        winners: card.each("winners", |winner| Some(read_winner(winner))),
        cancelled: card.owned("cancelled"),
        about: about(card),
    }
}

/// Reads the tally.
pub(super) fn tally(tally: Fields<'_>) -> Tally {
    Tally {
        phase: tally.word("phase", PHASES).unwrap_or_default(),
        opens_at: tally.number("opens_at").map(Timestamp),
        closes_at: tally.number("closes_at").map(Timestamp),
        left_ms: tally.number("left_ms").map(Span),
        entrants: tally.small("entrants"),
        tickets: tally.count("tickets"),
        excluded: tally.each("excluded", |item| votes(item.json)),
        most: tally.small("most"),
        claimed: tally.small("claimed"),
    }
}

/// Reads this viewer's part.
pub(super) fn mine(mine: Fields<'_>) -> Mine {
    Mine {
        entered: mine.flag("entered"),
        tickets: mine.small("tickets"),
        entrant: mine.owned("entrant"),
        excluded: mine.owned("excluded"),
        met: mine.each("met", |item| item.json.flag()),
        watched_ms: mine.number("watched_ms").map(Span),
        wins: mine.each("wins", |win| Some(read_win(win))),
    }
}

/// Reads what a viewer does.
pub(super) fn action(action: Fields<'_>, kind: &str) -> Option<Action> {
    match kind {
        "lottery.enter" => Some(Action::LotteryEnter(Enter {
            keyword: action.maybe("keyword"),
        })),
        "lottery.claim" => Some(Action::LotteryClaim(Claim {
            win: action.small("win"),
            form: action.each("form", |field| {
                Some(Field {
                    label: field.parse("label")?,
                    value: field.parse("value")?,
                })
            }),
        })),
        _ => {
            action.miss("action");
            None
        }
    }
}

fn prize(prize: Fields<'_>) -> Option<Prize> {
    Some(Prize {
        name: prize.parse("name")?,
        count: one(prize, "count"),
        value: prize.object("value").and_then(money),
        image: prize.maybe("image"),
    })
}

fn condition(condition: Fields<'_>) -> Option<Condition> {
    Some(match condition.text("kind")? {
        "keyword" => Condition::Keyword {
            word: condition.maybe("word"),
            shown: condition.flag("shown"),
        },
        "watched" => Condition::Watched {
            for_ms: Span(condition.number("for_ms")?),
        },
        "voted" => Condition::Voted {
            poll: condition.maybe("poll"),
        },
        "attested" => Condition::Attested {
            what: condition.parse("what")?,
        },
        _ => Condition::Unknown,
    })
}

fn tickets(tickets: Fields<'_>) -> Tickets {
    Tickets {
        each: one(tickets, "each"),
        tiers: tickets.each("tiers", |tier| {
            Some(TierTickets {
                tier: tier.parse("tier")?,
                tickets: tier.small("tickets"),
            })
        }),
    }
}

/// A number that is 1 where it is absent.
fn one(fields: Fields<'_>, name: &str) -> u32 {
    fields.number(name).map_or(1, |_| fields.small(name))
}

fn claim_by(claim: Fields<'_>) -> Option<ClaimBy> {
    Some(match claim.text("kind") {
        Some("press") => ClaimBy::Press,
        Some("form") => ClaimBy::Form {
            fields: claim.each("fields", |field| {
                Some(FormField {
                    label: field.parse("label")?,
                    optional: field.flag("optional"),
                })
            }),
        },
        Some("code") => ClaimBy::Code,
        Some("link") => ClaimBy::Link {
            address: claim.parse("address")?,
        },
        _ => {
            claim.miss("claim");
            return None;
        }
    })
}

fn read_winner(winner: Fields<'_>) -> Winner {
    Winner {
        win: winner.small("win"),
        prize: winner.small("prize"),
        name: winner.owned("name"),
        entrant: winner.owned("entrant"),
        standing: winner.word("standing", FATES).unwrap_or_default(),
        reason: winner.owned("reason"),
    }
}

fn read_win(win: Fields<'_>) -> Win {
    Win {
        win: win.small("win"),
        prize: win.small("prize"),
        standing: win.word("standing", FATES).unwrap_or_default(),
        claim_by: win.number("claim_by").map(Timestamp),
        code: win.owned("code"),
    }
}

//! A poll's card, tally and mine, as a page reads them.

use super::words::{LEVELS, PACES, PHASES, RESULTS, ROLES};
use super::{Fields, Read, Unreadable};
use liveroom::json::Json;
use liveroom_protocol::identity::Eligible;
use liveroom_protocol::poll::{BoardRow, Card, Choice, Mine, Scale, Tally};
use liveroom_protocol::time::{Span, Timestamp};

/// Reads a card.
pub(super) fn card(card: Fields<'_>) -> Read<Card> {
    let time = |name| card.number(name).map(Timestamp);
    Ok(Card {
        question: card.owned("question").unwrap_or_default(),
        options: card
            .list("options")
            .iter()
            .map(|option| choice(Fields(option)))
            .collect::<Read<_>>()?,
        max_choices: card.number("max_choices").map_or(1, small),
        scale: card.object("scale").map(scale).transpose()?,
        quiz: card.flag("quiz"),
        results: card.word("results", RESULTS).unwrap_or_default(),
        can_change: card.field("can_change").and_then(Json::flag) != Some(false),
        named: card.flag("named"),
        level: card.word("level", LEVELS).unwrap_or_default(),
        who: card
            .object("who")
            .map(eligible)
            .transpose()?
            .unwrap_or_default(),
        time: card.word("time", PACES).unwrap_or_default(),
        opened_at: time("opened_at"),
        programme_at: time("programme_at"),
        grace_ms: Span(card.number("grace_ms").unwrap_or_default()),
        reopened: card.flag("reopened"),
        right: card
            .field("right")
            .map(|_| card.each("right"))
            .transpose()?,
        board: card
            .list("board")
            .iter()
            .map(|row| board_row(Fields(row)))
            .collect(),
    })
}

/// Reads a tally.
pub(super) fn tally(tally: Fields<'_>) -> Read<Tally> {
    let votes = |value: &Json<'_>| {
        value
            .whole()
            .map(|votes| u32::try_from(votes).unwrap_or(u32::MAX))
    };
    Ok(Tally {
        phase: tally.word("phase", PHASES).unwrap_or_default(),
        closes_at: tally.number("closes_at").map(Timestamp),
        left_ms: tally.number("left_ms").map(Span),
        voters: tally.small("voters"),
        votes: match tally.field("votes") {
            Some(_) => {
                let list = tally
                    .list("votes")
                    .iter()
                    .map(votes)
                    .collect::<Option<Vec<u32>>>();
                Some(list.ok_or(Unreadable("votes"))?)
            }
            None => None,
        },
        revealed: tally.flag("revealed"),
    })
}

/// Reads what a viewer did.
pub fn mine(mine: Fields<'_>) -> Read<Mine> {
    Ok(Mine {
        voted: mine.flag("voted"),
        choices: mine.each("choices")?,
        label: mine.owned("label"),
    })
}

fn choice(option: Fields<'_>) -> Read<Choice> {
    let text = option.owned("text").unwrap_or_default();
    Ok(Choice {
        id: option.parse("id")?,
        text,
        image: option.owned("image"),
    })
}

fn scale(scale: Fields<'_>) -> Read<Scale> {
    let end = |name| scale.number(name).map(small).ok_or(Unreadable(name));
    Ok(Scale {
        min: end("min")?,
        max: end("max")?,
        low: scale.maybe("low")?,
        high: scale.maybe("high")?,
    })
}

fn eligible(who: Fields<'_>) -> Read<Eligible> {
    let role = |value: &Json<'_>| {
        ROLES
            .iter()
            .find(|(word, _)| value.text() == Some(word))
            .map(|(_, role)| *role)
    };
    Ok(Eligible {
        tiers: who.each("tiers")?,
        segments: who.each("segments")?,
        roles: who.list("roles").iter().filter_map(role).collect(),
    })
}

fn board_row(row: Fields<'_>) -> BoardRow {
    BoardRow {
        rank: row.small("rank"),
        name: row.owned("name").unwrap_or_default(),
        after_ms: Span(row.number("after_ms").unwrap_or_default()),
    }
}

fn small(number: u64) -> u8 {
    u8::try_from(number).unwrap_or(u8::MAX)
}

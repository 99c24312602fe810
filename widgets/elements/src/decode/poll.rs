//! A poll's card, tally and mine, as a page reads them.

use super::Fields;
use super::about::{about, who};
use super::words::{LEVELS, PACES, PHASES, RESULTS};
use liveroom::json::Json;
use liveroom_protocol::Action;
use liveroom_protocol::poll::{Answers, BoardRow, Card, Choice, Mine, Part, Scale, Tally};
use liveroom_protocol::time::{Span, Timestamp};

/// Reads a card.
pub(super) fn card(card: Fields<'_>) -> Card {
    Card {
        question: card.owned("question").unwrap_or_default(),
        options: card.each("options", choice),
        max_choices: card.number("max_choices").map_or(1, small),
        scale: card.object("scale").map(scale),
        quiz: card.flag("quiz"),
        results: card.word("results", RESULTS).unwrap_or_default(),
        can_change: card.field("can_change").and_then(Json::flag) != Some(false),
        named: card.flag("named"),
        level: card.word("level", LEVELS).unwrap_or_default(),
        who: who(card),
        time: card.word("time", PACES).unwrap_or_default(),
        opened_at: card.number("opened_at").map(Timestamp),
        programme_at: card.number("programme_at").map(Timestamp),
        grace_ms: Span(card.count("grace_ms")),
        reopened: card.flag("reopened"),
        right: card.field("right").map(|_| card.texts("right")),
        board: card.each("board", |row| Some(board_row(row))),
        corrected: card.flag("corrected"),
        cancelled: card.owned("cancelled"),
        about: about(card),
        parts: card.each("parts", part),
        comment: card.owned("comment"),
    }
}

fn part(part: Fields<'_>) -> Option<Part> {
    Some(Part {
        question: part.owned("question").unwrap_or_default(),
        options: part.each("options", choice),
        max_choices: part.number("max_choices").map_or(1, small),
        scale: part.object("scale").map(scale),
    })
}

/// Reads a survey's answers.
pub(super) fn answers(action: Fields<'_>) -> Action {
    Action::PollAnswer(Answers {
        choices: action.texts("choices"),
        parts: parts(action),
        comment: action.maybe("comment"),
    })
}

/// Lists of ids, a question each.
fn parts<T: TryFrom<String>>(fields: Fields<'_>) -> Vec<Vec<T>> {
    let lists = fields.field("parts").and_then(Json::list);
    lists
        .unwrap_or_default()
        .iter()
        .map(|ids| {
            let ids = ids.list().unwrap_or_default().iter();
            ids.filter_map(|id| T::try_from(id.text()?.to_owned()).ok())
                .collect()
        })
        .collect()
}

/// Reads a tally.
pub(super) fn tally(tally: Fields<'_>) -> Tally {
    Tally {
        phase: tally.word("phase", PHASES).unwrap_or_default(),
        closes_at: tally.number("closes_at").map(Timestamp),
        left_ms: tally.number("left_ms").map(Span),
        voters: tally.small("voters"),
        votes: tally
            .field("votes")
            .map(|_| tally.each("votes", |item| votes(item.json))),
        revealed: tally.flag("revealed"),
        parts: tally
            .field("parts")
            .and_then(Json::list)
            .map_or_else(Vec::new, |lists| {
                let counts = |list: &Json<'_>| {
                    list.list()
                        .unwrap_or_default()
                        .iter()
                        .filter_map(votes)
                        .collect()
                };
                lists.iter().map(counts).collect()
            }),
    }
}

/// Reads what a viewer did.
pub(super) fn mine(mine: Fields<'_>) -> Mine {
    Mine {
        voted: mine.flag("voted"),
        choices: mine.texts("choices"),
        label: mine.owned("label"),
        parts: parts(mine),
        commented: mine.flag("commented"),
    }
}

pub(super) fn votes(item: &Json<'_>) -> Option<u32> {
    item.whole()
        .map(|votes| u32::try_from(votes).unwrap_or(u32::MAX))
}

fn choice(option: Fields<'_>) -> Option<Choice> {
    let id = option.parse("id")?;
    Some(Choice {
        id,
        text: option.owned("text").unwrap_or_default(),
        image: option.owned("image"),
    })
}

fn scale(scale: Fields<'_>) -> Scale {
    if scale.number("min").is_none() || scale.number("max").is_none() {
        scale.miss("scale");
    }
    Scale {
        min: small(scale.count("min")),
        max: small(scale.count("max")),
        low: scale.maybe("low"),
        high: scale.maybe("high"),
    }
}

fn board_row(row: Fields<'_>) -> BoardRow {
    BoardRow {
        rank: row.small("rank"),
        name: row.owned("name").unwrap_or_default(),
        after_ms: Span(row.count("after_ms")),
    }
}

fn small(number: u64) -> u8 {
    u8::try_from(number).unwrap_or(u8::MAX)
}

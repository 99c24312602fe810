//! The parts of a list of questions, as the room and a page write them.

use super::about::{about, who};
use super::words::{LEVELS, PHASES, Words};
use super::{Fields, own};
use liveroom::Hint;
use liveroom::json::Json;
use liveroom_protocol::Action;
use liveroom_protocol::message::{More, Page};
use liveroom_protocol::news::Entry;
use liveroom_protocol::qna::{
    Answer, Ask, Card, Mine, Order, Question, Reply, ReplyTo, Row, Standing, Tally,
};
use liveroom_protocol::time::{Span, Timestamp};
use std::rc::Rc;

/// What became of a question.
pub const STANDINGS: &Words<Standing> = &[
    ("waiting", Standing::Waiting),
    ("shown", Standing::Shown),
    ("answering", Standing::Answering),
    ("answered", Standing::Answered),
    ("dismissed", Standing::Dismissed),
];

/// Orders of a page of questions.
pub const ORDERS: &Words<Order> = &[
    ("top", Order::Top),
    ("newest", Order::Newest),
    ("unanswered", Order::Unanswered),
];

/// Reads the card.
pub(super) fn card(card: Fields<'_>) -> Card {
    Card {
        title: card.owned("title").unwrap_or_default(),
        approval: card.field("approval").and_then(Json::flag) != Some(false),
        anonymous: card.flag("anonymous"),
        replies: card.flag("replies"),
        tags: card.texts("tags"),
        most: card.small("most"),
        level: card.word("level", LEVELS).unwrap_or_default(),
        who: who(card),
        opened_at: time(card, "opened_at"),
        corrected: card.flag("corrected"),
        cancelled: card.owned("cancelled"),
        about: about(card),
    }
}

/// Reads the tally.
pub(super) fn tally(tally: Fields<'_>) -> Tally {
    Tally {
        phase: tally.word("phase", PHASES).unwrap_or_default(),
        opens_at: time(tally, "opens_at"),
        closes_at: time(tally, "closes_at"),
        left_ms: tally.number("left_ms").map(Span),
        questions: tally.small("questions"),
        answered: tally.small("answered"),
        waiting: count(tally, "waiting"),
        list: tally.each("list", row),
    }
}

/// Reads this viewer's part.
pub(super) fn mine(mine: Fields<'_>) -> Mine {
    Mine {
        asked: mine.each("asked", question),
        voted: mine.each("voted", |item| whole(item.json)),
        again_at: time(mine, "again_at"),
    }
}

/// Reads a question as an entry of its own.
pub(super) fn entry(entry: Fields<'_>) -> Option<Entry> {
    match entry.text("widget") {
        Some("qna") => question(entry).map(Entry::Qna),
        _ => Some(Entry::Unknown),
    }
}

/// Reads a page of the list.
pub(super) fn page(page: Fields<'_>) -> Option<Page> {
    Some(Page {
        asked: More {
            activity: page.parse("activity")?,
            order: page.word("order", ORDERS).unwrap_or_default(),
            after: page.small("after"),
            find: None,
        },
        run: page.small("run"),
        list: page.each("list", row),
        entries: page.each("entries", entry),
        total: page.small("total"),
    })
}

/// Reads what a viewer does.
pub(super) fn action(action: Fields<'_>, kind: &str) -> Option<Action> {
    let question = || action.small("question");
    match kind {
        "qna.ask" => Some(Action::QnaAsk(Ask {
            text: action.maybe("text"),
            anonymous: action.flag("anonymous"),
            tags: action.texts("tags"),
        })),
        "qna.vote" => Some(Action::QnaVote {
            question: question(),
        }),
        "qna.withdraw" => Some(Action::QnaWithdraw {
            question: question(),
        }),
        "qna.reply" => Some(Action::QnaReply(ReplyTo {
            question: question(),
            text: action.maybe("text"),
        })),
        _ => {
            action.miss("action");
            None
        }
    }
}

fn question(question: Fields<'_>) -> Option<Question> {
    Some(Question {
        id: question.small("id"),
        rev: question.count("rev"),
        text: question.owned("text"),
        by: question.owned("by"),
        asked_at: Timestamp(question.count("asked_at")),
        tags: question.texts("tags"),
        standing: question.word("standing", STANDINGS).unwrap_or_default(),
        pinned: question.flag("pinned"),
        answer: question.object("answer").map(answer),
        // Only the desk answers.
        answer_rev: None,
        replies: question.each("replies", |reply| Some(self::reply(reply))),
        merged_into: count(question, "merged_into"),
        flags: count(question, "flags"),
        similar: Vec::new(),
    })
}

fn answer(answer: Fields<'_>) -> Answer {
    if answer.text("text").is_none() {
        answer.miss("answer");
    }
    Answer {
        text: answer.owned("text").unwrap_or_default(),
        automatic: answer.flag("automatic"),
        private: answer.flag("private"),
    }
}

/// Reads what the page answers to what is typed. An address that is none is left out.
pub fn hint(text: &str) -> Option<Rc<Hint>> {
    own(text, |hint| {
        Some(Rc::new(Hint {
            answer: hint.object("answer").map(answer)?,
            link: hint.maybe("link"),
        }))
    })
}

fn reply(reply: Fields<'_>) -> Reply {
    if reply.text("text").is_none() {
        reply.miss("replies");
    }
    Reply {
        text: reply.owned("text").unwrap_or_default(),
        by: reply.owned("by"),
        waiting: reply.flag("waiting"),
    }
}

/// A question's number and its votes.
fn row(row: Fields<'_>) -> Option<Row> {
    match row.json.list()? {
        [id, votes] => Some(Row(whole(id)?, whole(votes)?)),
        _ => None,
    }
}

fn whole(json: &Json<'_>) -> Option<u32> {
    json.whole().and_then(|number| u32::try_from(number).ok())
}

fn count(fields: Fields<'_>, name: &str) -> Option<u32> {
    fields.field(name).map(|_| fields.small(name))
}

fn time(fields: Fields<'_>, name: &str) -> Option<Timestamp> {
    fields.number(name).map(Timestamp)
}

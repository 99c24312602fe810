//! What a room sends, as a page reads it.

use super::words::{LEVELS, ROLES, SEATS, STATES, reason};
use super::{Fields, Read, Unreadable, poll, tree};
use liveroom::json::Json;
use liveroom_protocol::message::{Act, Answer, News, RoomNews, Welcome};
use liveroom_protocol::news::Item;
use liveroom_protocol::poll::Vote;
use liveroom_protocol::show::Show;
use liveroom_protocol::time::{Span, Timestamp};
use liveroom_protocol::{Action, Card, Mine, Refusal, Tally};

/// A frame of the room, or of the page that drives it.
#[derive(Debug, PartialEq)]
pub enum Frame {
    /// The answer to hello.
    Welcome(Welcome),
    /// A device key.
    Device(Device),
    /// News of activities.
    News(News),
    /// The room's own state.
    Room(RoomNews),
    /// The answer to a request.
    Answer(Answer),
    /// The time.
    Pong(Pong),
    /// A refusal of what was no request.
    Refused(Refused),
    /// Of a kind that this kit does not know.
    Unknown,
}

/// A device key.
#[derive(Debug, PartialEq)]
pub struct Device {
    /// The key.
    pub device: String,
}

/// The time.
#[derive(Debug, PartialEq)]
pub struct Pong {
    /// The asker's number.
    pub sent: Option<f64>,
    /// The room's clock.
    pub at: Timestamp,
}

/// A refusal of what was no request.
#[derive(Debug, PartialEq)]
pub struct Refused {
    /// Why.
    pub refusal: Refusal,
    /// The line is closed after this.
    pub closing: bool,
}

/// Reads a frame.
pub fn frame(text: &str) -> Read<Frame> {
    let tree = tree(text)?;
    let frame = Fields(&tree);
    Ok(match frame.text("type").ok_or(Unreadable("type"))? {
        "news" => Frame::News(news(frame)?),
        "answer" => Frame::Answer(answer(frame)?),
        "room" => Frame::Room(room(frame)?),
        "pong" => Frame::Pong(Pong {
            sent: frame.field("sent").and_then(Json::number),
            at: time(frame, "at")?,
        }),
        "welcome" => Frame::Welcome(welcome(frame)?),
        "device" => Frame::Device(Device {
            device: frame.owned("device").ok_or(Unreadable("device"))?,
        }),
        "refused" => {
            let refusal = refusal(frame.object("refusal").ok_or(Unreadable("refusal"))?);
            Frame::Refused(Refused {
                refusal,
                closing: frame.flag("closing"),
            })
        }
        _ => Frame::Unknown,
    })
}

/// Reads a request that the shell kept.
pub fn act(text: &str) -> Read<Act> {
    let tree = tree(text)?;
    let act = Fields(&tree);
    let action = act.object("action").ok_or(Unreadable("action"))?;
    Ok(Act {
        id: act.parse("id")?,
        activity: act.parse("activity")?,
        run: act.field("run").map(|_| act.small("run")),
        action: match action.text("type") {
            Some("poll.vote") => Action::PollVote(Vote {
                choices: action.each("choices")?,
            }),
            Some("poll.withdraw") => Action::PollWithdraw,
            _ => return Err(Unreadable("action")),
        },
    })
}

fn welcome(frame: Fields<'_>) -> Read<Welcome> {
    Ok(Welcome {
        version: u16::try_from(frame.small("version")).unwrap_or(u16::MAX),
        room: frame.parse("room")?,
        epoch: frame.parse("epoch")?,
        recovered: frame.flag("recovered"),
        at: time(frame, "at")?,
        role: frame.word("role", ROLES).unwrap_or_default(),
        level: frame.word("level", LEVELS),
        seat: frame.word("seat", SEATS).unwrap_or_default(),
        activities: frame.each("activities")?,
        me: frame.owned("me"),
    })
}

fn news(frame: Fields<'_>) -> Read<News> {
    Ok(News {
        epoch: frame.maybe("epoch")?,
        at: frame.number("at").map(Timestamp),
        news: frame
            .list("news")
            .iter()
            .map(|value| item(Fields(value)))
            .collect::<Read<_>>()?,
    })
}

fn item(item: Fields<'_>) -> Read<Item> {
    let part = |name| item.object(name).map(|part| (part, part.text("widget")));
    Ok(Item {
        activity: item.parse("activity")?,
        run: item.small("run"),
        rev: item.number("rev").unwrap_or_default(),
        card: match part("card") {
            Some((card, Some("poll"))) => Some(Card::Poll(poll::card(card)?)),
            Some(_) => Some(Card::Unknown),
            None => None,
        },
        tally: match part("tally") {
            Some((tally, Some("poll"))) => Some(Tally::Poll(poll::tally(tally)?)),
            Some(_) => Some(Tally::Unknown),
            None => None,
        },
        mine: match part("mine") {
            Some((mine, Some("poll"))) => Some(Mine::Poll(poll::mine(mine)?)),
            Some(_) => Some(Mine::Unknown),
            None => None,
        },
        gone: item.flag("gone"),
    })
}

fn room(frame: Fields<'_>) -> Read<RoomNews> {
    Ok(RoomNews {
        rev: frame.number("rev").unwrap_or_default(),
        show: frame.object("show").map(show).transpose()?,
        delay_ms: Span(frame.number("delay_ms").unwrap_or_default()),
        state: frame.word("state", STATES).unwrap_or_default(),
        viewers: frame.field("viewers").map(|_| frame.small("viewers")),
    })
}

fn show(show: Fields<'_>) -> Read<Show> {
    Ok(Show {
        id: show.parse("id")?,
        title: show.owned("title"),
        tags: show.each("tags")?,
        started_at: time(show, "started_at")?,
        ended_at: show.number("ended_at").map(Timestamp),
        on_air: show.each("on_air")?,
    })
}

fn answer(frame: Fields<'_>) -> Read<Answer> {
    Ok(Answer {
        id: frame.parse("id")?,
        ok: frame.flag("ok"),
        position: frame.number("position"),
        activity: frame.maybe("activity")?,
        refusal: frame.object("refusal").map(refusal),
        mine: frame.object("mine").map(item).transpose()?,
    })
}

fn refusal(refusal: Fields<'_>) -> Refusal {
    Refusal {
        reason: reason(refusal.text("reason").unwrap_or_default()),
        message: refusal.owned("message"),
        again_in_ms: refusal.number("again_in_ms"),
    }
}

fn time(frame: Fields<'_>, name: &'static str) -> Read<Timestamp> {
    frame.number(name).map(Timestamp).ok_or(Unreadable(name))
}

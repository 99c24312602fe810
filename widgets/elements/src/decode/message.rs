//! What a room sends, as a page reads it.

use super::words::{FAULTS, LEVELS, ROLES, SEATS, STATES, reason};
use super::{Fields, Read, deal, lottery, poll, qna, whole};
use liveroom::json::Json;
use liveroom_protocol::message::{Act, Answer, News, Page, RoomNews, Welcome};
use liveroom_protocol::news::Item;
use liveroom_protocol::poll::Vote;
use liveroom_protocol::show::Show;
use liveroom_protocol::time::{Span, Timestamp};
use liveroom_protocol::{Action, Card, Mine, Reason, Refusal, Tally, Widget};

/// A frame of the room, or of the page that drives it.
#[derive(Debug, PartialEq)]
pub enum Frame {
    /// The answer to hello.
    Welcome(Welcome),
    /// A device key.
    Device(Device),
    /// News of activities.
    News(News),
    /// A page of a long list.
    Page(Page),
    /// The room's own state.
    Room(RoomNews),
    /// The answer to a request.
    Answer(Box<Answer>),
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
    whole(text, |frame| {
        Some(match frame.text("type") {
            Some("news") => Frame::News(news(frame)),
            Some("answer") => Frame::Answer(Box::new(answer(frame)?)),
            Some("room") => Frame::Room(room(frame)),
            // Both tell questions that were asked for.
            Some("page" | "similar") => Frame::Page(qna::page(frame)?),
            Some("pong") => Frame::Pong(Pong {
                sent: frame.field("sent").and_then(Json::number),
                at: time(frame, "at"),
            }),
            Some("welcome") => Frame::Welcome(welcome(frame)?),
            Some("device") => Frame::Device(Device {
                device: frame.parse("device")?,
            }),
            Some("refused") => Frame::Refused(Refused {
                refusal: refusal(frame).unwrap_or_else(|| {
                    frame.miss("refusal");
                    Reason::Unknown.into()
                }),
                closing: frame.flag("closing"),
            }),
            Some(_) => Frame::Unknown,
            None => {
                frame.miss("type");
                return None;
            }
        })
    })
}

/// Reads a request that the shell kept.
pub fn act(text: &str) -> Read<Act> {
    whole(text, |act| {
        let (id, activity) = (act.parse("id")?, act.parse("activity")?);
        let done = done(act.object("action").unwrap_or(act))?;
        Some(Act {
            id,
            activity,
            run: act.field("run").map(|_| act.small("run")),
            action: done,
            attest: act.owned("attest"),
        })
    })
}

/// Reads an action.
pub fn action(text: &str) -> Read<Action> {
    whole(text, done)
}

fn done(action: Fields<'_>) -> Option<Action> {
    match action.text("type") {
        Some("poll.vote") => Some(Action::PollVote(Vote {
            choices: action.texts("choices"),
        })),
        Some("poll.withdraw") => Some(Action::PollWithdraw),
        Some("poll.answer") => Some(poll::answers(action)),
        Some(kind) if kind.starts_with("lottery.") => lottery::action(action, kind),
        Some(kind) if kind.starts_with("qna.") => qna::action(action, kind),
        Some(kind) if kind.starts_with("deal.") => deal::action(action, kind),
        Some("flag") => flag(action),
        _ => {
            action.miss("action");
            None
        }
    }
}

fn flag(action: Fields<'_>) -> Option<Action> {
    Some(Action::Flag {
        widget: widget(action)?,
        why: action.word("why", FAULTS)?,
        question: action.field("question").map(|_| action.small("question")),
    })
}

/// Reads a viewer's part as a page wrote it, with or without the name of the widget in it.
pub fn mine(widget: Widget, text: &str) -> Read<Mine> {
    match widget {
        Widget::Poll => whole(text, |mine| Some(Mine::Poll(poll::mine(mine)))),
        Widget::Lottery => whole(text, |mine| Some(Mine::Lottery(lottery::mine(mine)))),
        Widget::Qna => whole(text, |mine| Some(Mine::Qna(qna::mine(mine)))),
        Widget::Deal => whole(text, |mine| Some(Mine::Deal(deal::mine(mine)))),
    }
}

fn welcome(frame: Fields<'_>) -> Option<Welcome> {
    let (room, epoch) = (frame.parse("room")?, frame.parse("epoch")?);
    Some(Welcome {
        version: u16::try_from(frame.small("version")).unwrap_or(u16::MAX),
        room,
        epoch,
        recovered: frame.flag("recovered"),
        at: time(frame, "at"),
        role: frame.word("role", ROLES).unwrap_or_default(),
        level: frame.word("level", LEVELS),
        seat: frame.word("seat", SEATS).unwrap_or_default(),
        activities: frame.texts("activities"),
        me: frame.owned("me"),
    })
}

fn news(frame: Fields<'_>) -> News {
    News {
        epoch: frame.maybe("epoch"),
        at: frame.number("at").map(Timestamp),
        news: frame.each("news", item),
    }
}

fn item(item: Fields<'_>) -> Option<Item> {
    let activity = item.parse("activity")?;
    Some(Item {
        activity,
        run: item.small("run"),
        rev: item.count("rev"),
        card: item.object("card").map(|card| match widget(card) {
            Some(Widget::Poll) => Card::Poll(poll::card(card)),
            Some(Widget::Lottery) => Card::Lottery(lottery::card(card)),
            Some(Widget::Qna) => Card::Qna(qna::card(card)),
            Some(Widget::Deal) => Card::Deal(deal::card(card)),
            None => Card::Unknown,
        }),
        tally: item.object("tally").map(|tally| match widget(tally) {
            Some(Widget::Poll) => Tally::Poll(poll::tally(tally)),
            Some(Widget::Lottery) => Tally::Lottery(lottery::tally(tally)),
            Some(Widget::Qna) => Tally::Qna(qna::tally(tally)),
            Some(Widget::Deal) => Tally::Deal(deal::tally(tally)),
            None => Tally::Unknown,
        }),
        mine: item.object("mine").map(|mine| match widget(mine) {
            Some(Widget::Poll) => Mine::Poll(poll::mine(mine)),
            Some(Widget::Lottery) => Mine::Lottery(lottery::mine(mine)),
            Some(Widget::Qna) => Mine::Qna(qna::mine(mine)),
            Some(Widget::Deal) => Mine::Deal(deal::mine(mine)),
            None => Mine::Unknown,
        }),
        entries: item.each("entries", qna::entry),
        flags: item.small("flags"),
        // Of a desk alone, as what follows `blocked` is.
        ruled: None,
        gone: item.flag("gone"),
    })
}

/// The widget that a part belongs to; nothing for one that this page does not know.
fn widget(part: Fields<'_>) -> Option<Widget> {
    let name = part.text("widget")?;
    Widget::ALL.into_iter().find(|widget| widget.name() == name)
}

fn room(frame: Fields<'_>) -> RoomNews {
    RoomNews {
        rev: frame.count("rev"),
        show: frame.object("show").and_then(show),
        delay_ms: Span(frame.count("delay_ms")),
        state: frame.word("state", STATES).unwrap_or_default(),
        cleared: frame.flag("cleared"),
        viewers: frame.field("viewers").map(|_| frame.small("viewers")),
        blocked: None,
        profile: None,
        approval: false,
    }
}

fn show(show: Fields<'_>) -> Option<Show> {
    let id = show.parse("id")?;
    Some(Show {
        id,
        title: show.owned("title"),
        tags: show.texts("tags"),
        started_at: time(show, "started_at"),
        ended_at: show.number("ended_at").map(Timestamp),
        on_air: show.texts("on_air"),
    })
}

fn answer(frame: Fields<'_>) -> Option<Answer> {
    let id = frame.parse("id")?;
    Some(Answer {
        id,
        ok: frame.flag("ok"),
        position: frame.number("position"),
        activity: frame.maybe("activity"),
        refusal: refusal(frame),
        // Of a desk alone, which reads it from the text.
        secret: None,
        mine: frame.object("mine").and_then(item),
    })
}

fn refusal(frame: Fields<'_>) -> Option<Refusal> {
    let refusal = frame.object("refusal")?;
    Some(Refusal {
        reason: reason(refusal.text("reason").unwrap_or_default()),
        message: refusal.owned("message"),
        again_in_ms: refusal.number("again_in_ms"),
    })
}

fn time(frame: Fields<'_>, name: &'static str) -> Timestamp {
    Timestamp(frame.number(name).unwrap_or_else(|| {
        frame.miss(name);
        0
    }))
}

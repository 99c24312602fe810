//! Frames of this page and details of its events, written by hand as they are read.

use crate::decode::{FAILURES, FAULTS, ORDERS, SEATS, reason_name, word_of};
use crate::report::object::{Object, list};
use liveroom::json::quoted;
use liveroom_protocol::deal::Order;
use liveroom_protocol::id::{ActivityId, OptionId};
use liveroom_protocol::message::{Act, Hello, More};
use liveroom_protocol::money::Money;
use liveroom_protocol::qna::Words;
use liveroom_protocol::{Action, Mine, Refusal};

/// `hello`.
pub fn hello(hello: &Hello) -> String {
    let object = Object::new()
        .text("type", "hello")
        .number("version", hello.version.into())
        .raw("kinds", &list(hello.kinds.iter().map(|kind| quoted(kind))))
        .maybe("token", hello.token.as_deref())
        .maybe("device", hello.device.as_deref())
        .text("seat", word_of(SEATS, hello.seat))
        .maybe("epoch", hello.epoch.as_ref().map(|epoch| epoch.as_str()));
    match hello.rev {
        Some(rev) => object.number("rev", rev).end(),
        None => object.end(),
    }
}

/// `act`.
pub fn act(act: &Act) -> String {
    let object = Object::new()
        .text("type", "act")
        .text("id", act.id.as_str())
        .text("activity", act.activity.as_str());
    let object = match act.run {
        Some(run) => object.number("run", run.into()),
        None => object,
    };
    object
        .raw("action", &action(&act.action))
        .maybe("attest", act.attest.as_deref())
        .end()
}

/// `more`.
pub fn more(more: &More) -> String {
    Object::new()
        .text("type", "more")
        .text("activity", more.activity.as_str())
        .text("order", word_of(ORDERS, more.order))
        .number("after", more.after.into())
        .end()
}

/// `similar`.
pub fn similar(activity: &ActivityId, text: &Words) -> String {
    typed("similar")
        .text("activity", activity.as_str())
        .text("text", text.as_str())
        .end()
}

/// An action.
pub fn action(action: &Action) -> String {
    match action {
        Action::PollVote(vote) => Object::new()
            .text("type", "poll.vote")
            .raw("choices", &choices(&vote.choices))
            .end(),
        Action::PollWithdraw => typed("poll.withdraw").end(),
        Action::PollAnswer(answers) => typed("poll.answer")
            .raw("choices", &choices(&answers.choices))
            .raw("parts", &list(answers.parts.iter().map(|ids| choices(ids))))
            .maybe(
                "comment",
                answers.comment.as_ref().map(|text| text.as_str()),
            )
            .end(),
        Action::LotteryEnter(enter) => typed("lottery.enter")
            .maybe("keyword", enter.keyword.as_ref().map(|word| word.as_str()))
            .end(),
        Action::LotteryClaim(claim) => typed("lottery.claim")
            .number("win", claim.win.into())
            .raw(
                "form",
                &list(claim.form.iter().map(|field| {
                    Object::new()
                        .text("label", field.label.as_str())
                        .text("value", field.value.as_str())
                        .end()
                })),
            )
            .end(),
        Action::QnaAsk(ask) => {
            let object =
                typed("qna.ask").maybe("text", ask.text.as_ref().map(|text| text.as_str()));
            let object = match ask.anonymous {
                true => object.raw("anonymous", "true"),
                false => object,
            };
            object
                .raw(
                    "tags",
                    &list(ask.tags.iter().map(|tag| quoted(tag.as_str()))),
                )
                .end()
        }
        Action::QnaVote { question } => typed("qna.vote")
            .number("question", (*question).into())
            .end(),
        Action::QnaWithdraw { question } => typed("qna.withdraw")
            .number("question", (*question).into())
            .end(),
        Action::QnaReply(reply) => typed("qna.reply")
            .number("question", reply.question.into())
            .maybe("text", reply.text.as_ref().map(|text| text.as_str()))
            .end(),
        Action::DealClaim(claim) => typed("deal.claim")
            .text("variant", claim.variant.as_str())
            .number("quantity", claim.quantity.into())
            .end(),
        Action::DealRelease { claim } => typed("deal.release").text("claim", claim.as_str()).end(),
        Action::DealOrder { claim, order } => typed("deal.order")
            .text("claim", claim.as_str())
            .raw("order", &step(order))
            .end(),
        Action::Flag {
            widget,
            why,
            question,
        } => {
            let object = typed("flag")
                .text("widget", widget.name())
                .text("why", word_of(FAULTS, *why));
            match question {
                Some(question) => object.number("question", (*question).into()).end(),
                None => object.end(),
            }
        }
    }
}

fn typed(kind: &str) -> Object {
    Object::new().text("type", kind)
}

fn step(order: &Order) -> String {
    let step = |name: &str| Object::new().text("step", name);
    match order {
        Order::Begun => step("begun").end(),
        Order::Taken { order, value } => {
            let object = step("taken").maybe("order", order.as_ref().map(|order| order.as_str()));
            match value {
                Some(value) => object.raw("value", &money(value)).end(),
                None => object.end(),
            }
        }
        Order::Failed { reason } => step("failed")
            .text("reason", word_of(FAILURES, *reason))
            .end(),
    }
}

/// An amount of money.
pub fn money(money: &Money) -> String {
    Object::new()
        .text("amount", money.amount.as_str())
        .text("currency", money.currency.as_str())
        .end()
}

/// A room's no.
pub fn refusal(refusal: &Refusal) -> String {
    let object = Object::new()
        .text("reason", reason_name(refusal.reason))
        .maybe("message", refusal.message.as_deref());
    match refusal.again_in_ms {
        Some(ms) => object.number("again_in_ms", ms).end(),
        None => object.end(),
    }
}

/// A viewer's own part.
pub fn mine(mine: &Mine) -> String {
    match mine {
        Mine::Poll(mine) => {
            let object = Object::new().text("widget", "poll");
            let object = if mine.voted {
                object.raw("voted", "true")
            } else {
                object
            };
            object
                .raw("choices", &choices(&mine.choices))
                .maybe("label", mine.label.as_deref())
                .end()
        }
        // Each widget writes its own.
        Mine::Lottery(mine) => crate::lottery::write(mine),
        Mine::Qna(mine) => crate::qna::write(mine),
        Mine::Deal(mine) => crate::deal::write(mine),
        Mine::Unknown => String::from("null"),
    }
}

fn choices(ids: &[OptionId]) -> String {
    list(ids.iter().map(|id| quoted(id.as_str())))
}

#[cfg(test)]
mod tests {
    use super::{act, action, hello, mine, more, refusal, similar};
    use liveroom_protocol::message::ToRoom;
    use liveroom_protocol::{Action, Mine, Refusal};

    /// Every golden message whose name begins so.
    fn golden(start: &str) -> Vec<String> {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/wire");
        let files = std::fs::read_dir(folder).expect("the golden messages");
        let paths = files.map(|file| file.expect("a file").path());
        let named = paths.filter(|path| {
            let name = path.file_name().and_then(|name| name.to_str());
            name.is_some_and(|name| name.starts_with(start))
        });
        let texts: Vec<String> = named
            .map(|path| std::fs::read_to_string(path).expect("a text"))
            .collect();
        assert!(!texts.is_empty());
        texts
    }

    #[test]
    fn what_is_written_reads_as_the_protocol_has_it() {
        let kinds = [
            "to_room.hello",
            "to_room.act",
            "to_room.more.",
            "to_room.similar",
        ];
        let texts = kinds.map(golden).concat();
        for text in texts {
            let frame: ToRoom = serde_json::from_str(&text).expect("a frame");
            let written = match &frame {
                ToRoom::Hello(frame) => hello(frame),
                ToRoom::Act(frame) => act(frame),
                ToRoom::More(frame) => more(frame),
                ToRoom::Similar(frame) => similar(&frame.activity, &frame.text),
                _ => panic!("{text}"),
            };
            let read: ToRoom = serde_json::from_str(&written).expect("a frame");
            assert_eq!(read, frame);
        }
    }

    #[test]
    fn every_action_is_written_as_the_protocol_has_it() {
        for text in golden("action.") {
            let done: Action = serde_json::from_str(&text).expect("an action");
            assert_eq!(crate::decode::action(&text).as_ref(), Ok(&done), "{text}");
            let read: Action = serde_json::from_str(&action(&done)).expect("an action");
            assert_eq!(read, done);
        }
    }

    #[test]
    fn refusals_and_a_viewers_part_read_as_the_protocol_has_them() {
        let full = r#"{"reason":"too-fast","message":"a \"b\"","again_in_ms":800}"#;
        for text in [full, r#"{"reason":"closed"}"#] {
            let no: Refusal = serde_json::from_str(text).expect("a refusal");
            assert_eq!(refusal(&no), text);
        }
        for text in [
            r##"{"widget":"poll","voted":true,"choices":["a","b"],"label":"#3F2A"}"##,
            r#"{"widget":"poll","choices":[]}"#,
        ] {
            let own: Mine = serde_json::from_str(text).expect("mine");
            let read: Mine = serde_json::from_str(&mine(&own)).expect("mine");
            assert_eq!(read, own);
        }
    }
}

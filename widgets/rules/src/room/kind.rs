//! What a command is called, and which of them a machine may be allowed to give.

use liveroom_protocol::Command;

/// The command's type on the wire.
pub const fn kind(command: &Command) -> &'static str {
    match command {
        Command::ShowStart(_) => "show.start",
        Command::ShowEnd => "show.end",
        Command::OnAir { .. } => "show.on_air",
        Command::PollPrepare(_) => "poll.prepare",
        Command::PollOpen(_) => "poll.open",
        Command::LotteryPrepare(_) => "lottery.prepare",
        Command::LotteryOpen(_) => "lottery.open",
        Command::LotteryDraw { .. } => "lottery.draw",
        Command::LotteryExclude { .. } => "lottery.exclude",
        Command::LotteryForfeit { .. } => "lottery.forfeit",
        Command::LotteryFulfil { .. } => "lottery.fulfil",
        Command::QnaPrepare(_) => "qna.prepare",
        Command::QnaOpen(_) => "qna.open",
        Command::QnaChange { .. } => "qna.change",
        Command::QnaBlock { .. } => "qna.block",
        Command::DealPrepare(_) => "deal.prepare",
        Command::DealOpen(_) => "deal.open",
        Command::DealSettle { .. } => "deal.settle",
        Command::DealStock { .. } => "deal.stock",
        Command::Cancel { .. } => "cancel",
        Command::Open { .. } => "open",
        Command::Close { .. } => "close",
        Command::Extend { .. } => "extend",
        Command::Pause { .. } => "pause",
        Command::Resume { .. } => "resume",
        Command::Reopen { .. } => "reopen",
        Command::Reset { .. } => "reset",
        Command::Reveal { .. } => "reveal",
        Command::PutAway { .. } => "put_away",
        Command::RoomSet(_) => "room.set",
        Command::RoomSeal => "room.seal",
        Command::KeyMake(_) => "key.make",
        Command::KeyRevoke { .. } => "key.revoke",
    }
}

/// The types of commands that a machine's key may name: all that an operator may give.
pub const AUTOMATED: [&str; 27] = [
    "show.start",
    "show.end",
    "show.on_air",
    "poll.prepare",
    "poll.open",
    "lottery.prepare",
    "lottery.open",
    "lottery.draw",
    "lottery.exclude",
    "lottery.forfeit",
    "qna.prepare",
    "qna.open",
    "qna.change",
    "qna.block",
    "deal.prepare",
    "deal.open",
    "deal.stock",
    "cancel",
    "open",
    "close",
    "extend",
    "pause",
    "resume",
    "reopen",
    "reset",
    "reveal",
    "put_away",
];


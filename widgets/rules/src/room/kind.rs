//! What a command is called.

use liveroom_protocol::Command;

/// The command's type on the wire.
pub(crate) const fn kind(command: &Command) -> &'static str {
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
    }
}

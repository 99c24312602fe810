//! What more a command said, for the audit log: numbers, ids and choices from closed lists as `name=value`, and nobody's words.

use liveroom_protocol::Command;
use liveroom_protocol::command::Settings;
use liveroom_protocol::key::Make;
use serde::Serialize;
use serde_json::Value;
use std::fmt::Display;

/// Nothing where the command's type and its activity say all.
pub(super) fn detail(command: &Command) -> Option<String> {
    let mut said = Said::default();
    match command {
        Command::LotteryDraw { winners, .. } => said.may("winners", winners.as_ref()),
        Command::LotteryExclude { entrant, .. } => said.that("entrant", entrant),
        Command::LotteryForfeit { win, redraw, .. } => {
            said.that("win", win);
            said.that("redraw", redraw);
        }
        Command::LotteryFulfil { win, .. } => said.that("win", win),
        Command::QnaChange {
            question, change, ..
        } => {
            said.that("question", question);
            said.word("change", change, "to");
        }
        Command::QnaBlock {
            question, blocked, ..
        } => {
            said.that("question", question);
            said.that("blocked", blocked);
        }
        Command::DealSettle { claim, settle, .. } => {
            said.that("claim", claim);
            said.word("settle", settle, "outcome");
        }
        Command::DealStock { variant, by, .. } => {
            said.that("variant", variant);
            said.that("by", by);
        }
        Command::Extend { by_ms, .. } => said.that("by_ms", by_ms.0),
        Command::Reopen { closes_in_ms, .. } => {
            said.may("closes_in_ms", closes_in_ms.map(|span| span.0).as_ref());
        }
        Command::RoomSet(settings) => said.settings(settings),
        Command::KeyMake(make) => said.key(make),
        Command::ShowStart(_)
        | Command::ShowEnd
        | Command::OnAir { .. }
        | Command::PollPrepare(_)
        | Command::PollOpen(_)
        | Command::LotteryPrepare(_)
        | Command::LotteryOpen(_)
        | Command::QnaPrepare(_)
        | Command::QnaOpen(_)
        | Command::DealPrepare(_)
        | Command::DealOpen(_)
        | Command::Cancel { .. }
        | Command::Approve { .. }
        | Command::Open { .. }
        | Command::Close { .. }
        | Command::Pause { .. }
        | Command::Resume { .. }
        | Command::Reset { .. }
        | Command::Reveal { .. }
        | Command::TakeBack { .. }
        | Command::Correct(_)
        | Command::PutAway { .. }
        | Command::ViewerErase(_)
        | Command::ScreenClear
        | Command::ScreenRestore
        | Command::RoomSeal
        | Command::KeyRevoke { .. } => {}
    }
    Some(said.0.join(" ")).filter(|text| !text.is_empty())
}

#[derive(Default)]
struct Said(Vec<String>);

impl Said {
    fn that(&mut self, name: &str, value: impl Display) {
        self.0.push(format!("{name}={value}"));
    }

    fn may(&mut self, name: &str, value: Option<&impl Display>) {
        if let Some(value) = value {
            self.that(name, value);
        }
    }

    /// Which of a closed list it is, by the word that the wire has for it.
    fn word(&mut self, name: &str, value: &impl Serialize, tag: &str) {
        if let Some(word) = json(value)[tag].as_str() {
            self.that(name, word);
        }
    }

    fn settings(&mut self, settings: &Settings) {
        let Settings {
            level,
            delay_ms,
            origins,
            blocked,
            page,
            retention,
            profile,
            approval,
        } = settings;
        for (name, value) in [
            ("level", json(level)),
            ("delay_ms", json(delay_ms)),
            ("page", json(page)),
            ("profile", json(profile)),
            ("approval", json(approval)),
        ] {
            match value {
                Value::Null => {}
                Value::String(word) => self.that(name, word),
                other => self.that(name, other),
            }
        }
        if let Some(origins) = origins {
            self.that("origins", origins.join(","));
        }
        // The words themselves are the owner's to read, in the room.
        self.may("blocked", blocked.as_ref().map(Vec::len).as_ref());
        for (class, days) in json(retention).as_object().into_iter().flatten() {
            self.that(&format!("retention.{class}"), days);
        }
    }

    fn key(&mut self, make: &Make) {
        let scope = json(&make.scope);
        for (name, value) in scope.as_object().into_iter().flatten() {
            match value {
                Value::String(word) => self.that(name, word),
                Value::Array(words) => {
                    let words = words.iter().filter_map(Value::as_str);
                    self.that(name, words.collect::<Vec<_>>().join(","));
                }
                other => self.that(name, other),
            }
        }
        self.may("ends_at", make.ends_at.map(|ends| ends.0).as_ref());
    }
}

fn json(value: &impl Serialize) -> Value {
    serde_json::to_value(value).unwrap_or_default()
}

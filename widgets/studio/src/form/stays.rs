//! What no field can say of a draft that is changed in the composer: it stays as it was, where its field says what it said.

use super::Form;
use liveroom_protocol::{Command, deal, lottery, poll, qna};

impl Form {
    /// Gives a command that was read from these fields what the draft had that they are a change of: a time to the millisecond, a
    /// moment of the programme, what was left to the room.
    pub(super) fn stay(&self, command: &mut Command) {
        let Some(was) = self.was.as_deref() else {
            return;
        };
        // What the fields said before anybody changed them.
        let untouched = Self::default().of_draft(was).and_then(|form| {
            let form = Self { was: None, ..form };
            form.command(false).ok()
        });
        match (command, untouched.as_ref(), was) {
            (
                Command::PollPrepare(new) | Command::PollOpen(new),
                Some(Command::PollPrepare(read)),
                Command::PollPrepare(was),
            ) => stay_poll(new, read, was),
            (
                Command::LotteryPrepare(new) | Command::LotteryOpen(new),
                Some(Command::LotteryPrepare(read)),
                Command::LotteryPrepare(was),
            ) => stay_lottery(new, read, was),
            (
                Command::QnaPrepare(new) | Command::QnaOpen(new),
                Some(Command::QnaPrepare(read)),
                Command::QnaPrepare(was),
            ) => stay_qna(new, read, was),
            (
                Command::DealPrepare(new) | Command::DealOpen(new),
                Some(Command::DealPrepare(read)),
                Command::DealPrepare(was),
            ) => stay_deal(new, read, was),
            // Another widget is composed by now, or the fields could never say it.
            _ => {}
        }
    }
}

fn stay_poll(new: &mut poll::Draft, read: &poll::Draft, was: &poll::Draft) {
    stays(&mut new.options, &read.options, &was.options);
    stays(&mut new.right, &read.right, &was.right);
    stays(&mut new.max_choices, &read.max_choices, &was.max_choices);
    stays(&mut new.results, &read.results, &was.results);
    stays(&mut new.named, &read.named, &was.named);
    stays(&mut new.closes_in_ms, &read.closes_in_ms, &was.closes_in_ms);
    stays(&mut new.grace_ms, &read.grace_ms, &was.grace_ms);
    stays(&mut new.programme_at, &read.programme_at, &was.programme_at);
}

fn stay_lottery(new: &mut lottery::Draft, read: &lottery::Draft, was: &lottery::Draft) {
    stays(&mut new.conditions, &read.conditions, &was.conditions);
    stays(&mut new.claim, &read.claim, &was.claim);
    stays(
        &mut new.claim_within_ms,
        &read.claim_within_ms,
        &was.claim_within_ms,
    );
    stays(&mut new.closes_in_ms, &read.closes_in_ms, &was.closes_in_ms);
}

fn stay_qna(new: &mut qna::Draft, read: &qna::Draft, was: &qna::Draft) {
    stays(&mut new.every_ms, &read.every_ms, &was.every_ms);
    stays(&mut new.closes_in_ms, &read.closes_in_ms, &was.closes_in_ms);
}

fn stay_deal(new: &mut deal::Draft, read: &deal::Draft, was: &deal::Draft) {
    stays(&mut new.reserve_ms, &read.reserve_ms, &was.reserve_ms);
    stays(&mut new.closes_in_ms, &read.closes_in_ms, &was.closes_in_ms);
}

/// What reads as it did is what it was.
fn stays<T: Clone + PartialEq>(new: &mut T, read: &T, was: &T) {
    if new == read {
        new.clone_from(was);
    }
}

#[cfg(test)]
mod tests;

//! What a streamer's command does to a room.

use super::Room;
use super::opening::person;
use crate::activity::{Activity, Body, Ordering};
use crate::record::{Ordered, Who};
use crate::{deal, lottery, poll, qna};
use liveroom_protocol::id::ActivityId;
use liveroom_protocol::identity::Role;
use liveroom_protocol::limits::{ACTIVITIES, ACTIVITIES_SHOWN};
use liveroom_protocol::message::State;
use liveroom_protocol::qna::QuestionId;
use liveroom_protocol::{Command, Reason, Refusal, event};

impl Room {
    /// Does what is ordered, or says why not; gives the number of the activity it was about.
    pub(super) fn command(
        &mut self,
        who: Who,
        role: Role,
        ordered: &Ordered,
    ) -> Result<Option<usize>, Refusal> {
        let command = &ordered.command;
        self.permits(who, role, command)?;
        match command {
            Command::ShowStart(start) => self.start_show(start).map(|()| None),
            Command::ShowEnd => self.end_show().map(|()| None),
            Command::OnAir { on_air } => self.go_on_air(on_air).map(|()| None),
            Command::PollPrepare(_)
            | Command::LotteryPrepare(_)
            | Command::QnaPrepare(_)
            | Command::DealPrepare(_) => self
                .make(who, ordered)
                .and_then(|made| self.add(made))
                .map(Some),
            Command::PollOpen(_)
            | Command::LotteryOpen(_)
            | Command::QnaOpen(_)
            | Command::DealOpen(_) => self
                .make(who, ordered)
                .and_then(|made| self.may_open(&made).map(|()| made))
                .and_then(|made| self.add(made))
                .and_then(|number| self.open(number))
                .map(Some),
            Command::Approve { activity } => self.approve(who, activity).map(Some),
            Command::QnaBlock {
                activity,
                question,
                blocked,
            } => self.block(activity, *question, *blocked).map(Some),
            Command::Open { activity } => self
                .number(activity)
                .and_then(|number| self.open(number))
                .map(Some),
            Command::ViewerErase(_) => {
                self.forget(ordered.whose);
                Ok(None)
            }
            Command::ScreenClear => self.clear(true).map(|()| None),
            Command::ScreenRestore => self.clear(false).map(|()| None),
            Command::Correct(_) => self.correct(who, ordered).map(Some),
            Command::RoomSet(settings) => self.set_up(settings, ordered.profile).map(|()| None),
            Command::RoomSeal => {
                self.seal();
                Ok(None)
            }
            Command::Close { activity }
            | Command::Extend { activity, .. }
            | Command::Pause { activity }
            | Command::Resume { activity }
            | Command::Reopen { activity, .. }
            | Command::Reset { activity }
            | Command::Reveal { activity }
            | Command::TakeBack { activity }
            | Command::PutAway { activity }
            | Command::LotteryDraw { activity, .. }
            | Command::LotteryExclude { activity, .. }
            | Command::LotteryForfeit { activity, .. }
            | Command::LotteryFulfil { activity, .. }
            | Command::QnaChange { activity, .. }
            | Command::DealSettle { activity, .. }
            | Command::DealStock { activity, .. }
            | Command::Cancel { activity, .. } => self.direct(activity, ordered).map(Some),
            Command::KeyMake(make) => self.make_key(who, make, ordered).map(|()| None),
            Command::KeyRevoke { key } => self.revoke_key(key).map(|()| None),
        }
    }

    /// What all widgets share after their making.
    pub(super) fn direct(
        &mut self,
        activity: &ActivityId,
        ordered: &Ordered,
    ) -> Result<usize, Refusal> {
        let Ordered {
            command,
            hidden,
            told,
            fixed,
            ..
        } = ordered;
        let number = self.number(activity)?;
        let (position, at) = (self.position, self.at);
        let (room, profile) = (self.id.clone(), self.setup.profile);
        self.may_begin_again(number, command)?;
        let rules = self.rules();
        let target = &mut self.activities[number];
        if target.put_away && !outlives_putting_away(command) {
            return Err(Refusal::because(Reason::NotFound, "it was put away"));
        }
        let before = target.due();
        match command {
            Command::Close { .. } => target.close(position),
            Command::Extend { by_ms, .. } => target.extend(position, at, *by_ms),
            Command::Pause { .. } => target.pause(position, at),
            Command::Resume { .. } => target.resume(position, at),
            Command::Reopen { closes_in_ms, .. } => target.reopen(position, at, *closes_in_ms),
            Command::Reset { .. } => target.reset(position, at, fixed.as_ref(), (&room, profile)),
            Command::Reveal { .. } => target.reveal(position, told.as_deref()),
            Command::PutAway { .. } => target.put_away(position),
            Command::Correct(correction) => target.correct(position, correction),
            Command::TakeBack { .. } => return self.take_back(number, ordered),
            Command::LotteryDraw { .. }
            | Command::LotteryExclude { .. }
            | Command::LotteryForfeit { .. }
            | Command::LotteryFulfil { .. }
            | Command::QnaChange { .. }
            | Command::DealSettle { .. }
            | Command::DealStock { .. }
            | Command::Cancel { .. } => {
                let ordering = Ordering {
                    rules,
                    position,
                    at,
                    told: told.as_deref(),
                    hidden: hidden.as_ref(),
                };
                target.order(&ordering, command)
            }
            Command::ShowStart(_)
            | Command::ShowEnd
            | Command::OnAir { .. }
            | Command::PollPrepare(_)
            | Command::PollOpen(_)
            | Command::LotteryPrepare(_)
            | Command::LotteryOpen(_)
            | Command::QnaPrepare(_)
            | Command::QnaOpen(_)
            | Command::QnaBlock { .. }
            | Command::DealPrepare(_)
            | Command::DealOpen(_)
            | Command::Approve { .. }
            | Command::Open { .. }
            | Command::ViewerErase(_)
            | Command::ScreenClear
            | Command::ScreenRestore
            | Command::RoomSet(_)
            | Command::RoomSeal
            | Command::KeyMake(_)
            | Command::KeyRevoke { .. } => {
                unreachable!("`command` sends only the commands above here")
            }
        }?;
        self.freeze(number);
        self.schedule(number, before);
        Ok(number)
    }

    /// Makes an activity out of what was composed, not open yet.
    pub(super) fn make(&self, who: Who, ordered: &Ordered) -> Result<Activity, Refusal> {
        let Ordered {
            command,
            hidden,
            fixed,
            told: _,
            issued: _,
            whose: _,
            profile: _,
        } = ordered;
        let (position, at, level) = (self.position, self.at, self.setup.level);
        let made = match command {
            Command::PollPrepare(draft) | Command::PollOpen(draft) => {
                poll::prepare((**draft).clone(), hidden.clone(), position, level)
            }
            Command::LotteryPrepare(draft) | Command::LotteryOpen(draft) => {
                lottery::prepare(draft, fixed.as_ref(), self)
            }
            Command::QnaPrepare(draft) | Command::QnaOpen(draft) => {
                qna::prepare(draft, position, at, level)
            }
            Command::DealPrepare(draft) | Command::DealOpen(draft) => {
                deal::prepare(draft, position, at)
            }
            _ => Err(Reason::Malformed.into()),
        }?;
        // What only one person has seen is not announced either.
        let waits = self.setup.approval;
        Ok(Activity {
            composed: person(who),
            announced: made.announced && !waits,
            announces: made.announced && waits,
            ..made
        })
    }

    /// Silences whoever asked a question, in the whole room, or lets them speak again.
    fn block(
        &mut self,
        activity: &ActivityId,
        question: QuestionId,
        blocked: bool,
    ) -> Result<usize, Refusal> {
        let number = self.number(activity)?;
        let Body::Qna(qna) = &self.activities[number].body else {
            return Err(other_widget());
        };
        let asker = qna.asker(question)?;
        if blocked {
            self.silenced.insert(asker);
        } else {
            self.silenced.remove(&asker);
        }
        Ok(number)
    }

    /// Whether an activity of this name fits beside so many others that are not there yet.
    pub(super) fn fits(&self, id: &ActivityId, others: usize) -> Result<(), Refusal> {
        if self.numbers.contains_key(id) {
            return Err(Refusal::because(
                Reason::Taken,
                "another activity of this room has that name",
            ));
        }
        let shown = self
            .activities
            .iter()
            .filter(|other| !other.put_away)
            .count();
        if shown + others >= ACTIVITIES_SHOWN || self.activities.len() + others >= ACTIVITIES {
            return Err(Refusal::because(
                Reason::TooMany,
                "put some activities away first",
            ));
        }
        Ok(())
    }

    fn add(&mut self, activity: Activity) -> Result<usize, Refusal> {
        self.fits(&activity.id, 0)?;
        let number = self.activities.len();
        self.numbers.insert(activity.id.clone(), number);
        self.activities.push(activity);
        self.schedule(number, None);
        Ok(number)
    }

    fn seal(&mut self) {
        if self
            .show
            .as_ref()
            .is_some_and(|show| show.ended_at.is_none())
        {
            self.end_show().expect("a show is running");
        }
        self.close_all();
        self.events.room(event::What::Sealed, None);
        // Nobody could bring it back any more.
        self.cleared = false;
        self.state = State::Sealed;
        self.rev = self.position;
    }
}

/// What is still settled when it is off every page.
const fn outlives_putting_away(command: &Command) -> bool {
    matches!(
        command,
        Command::DealSettle { .. } | Command::LotteryFulfil { .. } | Command::LotteryForfeit { .. }
    )
}

/// The refusal of what is another widget's.
pub(crate) fn other_widget() -> Refusal {
    Refusal::because(Reason::Malformed, "the activity is of another widget")
}

//! What a streamer's command does to a room.

use super::{AuditLine, Room};
use crate::activity::Activity;
use crate::record::{Hidden, Ordered, Who};
use crate::{permit, poll};
use liveroom_protocol::command::Settings;
use liveroom_protocol::id::ActivityId;
use liveroom_protocol::identity::Role;
use liveroom_protocol::limits::{ACTIVITIES, ACTIVITIES_SHOWN, DELAY_MS, LABELS};
use liveroom_protocol::message::State;
use liveroom_protocol::{Command, Reason, Refusal, poll as wire};

impl Room {
    /// Does what is ordered, or says why not; gives the number of the activity it was about.
    pub(super) fn command(
        &mut self,
        who: Who,
        role: Role,
        ordered: &Ordered,
    ) -> Result<Option<usize>, Refusal> {
        let Ordered {
            command,
            hidden,
            told,
        } = ordered;
        if !permit::may(role, command) {
            return Err(Reason::NotAllowed.into());
        }
        let number = match command {
            Command::ShowStart(start) => self.start_show(start).map(|()| None),
            Command::ShowEnd => self.end_show().map(|()| None),
            Command::OnAir { on_air } => self.go_on_air(on_air).map(|()| None),
            Command::PollPrepare(draft) => self.prepare_poll(draft, hidden.clone()).map(Some),
            Command::PollOpen(draft) => self
                .prepare_poll(draft, hidden.clone())
                .and_then(|number| self.open(number))
                .map(Some),
            Command::Open { activity } => self
                .number(activity)
                .and_then(|number| self.open(number))
                .map(Some),
            Command::RoomSet(settings) => self.set_up(settings).map(|()| None),
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
            | Command::PutAway { activity } => {
                self.direct(activity, command, told.as_deref()).map(Some)
            }
        }?;
        self.audit.push(AuditLine {
            position: self.position,
            at: self.at,
            who,
            what: kind(command),
            activity: number.map(|number| self.activities[number].id.clone()),
            on_air: self
                .show
                .as_ref()
                .map(|show| show.on_air.clone())
                .unwrap_or_default(),
        });
        Ok(number)
    }

    /// What all widgets share after their making.
    fn direct(
        &mut self,
        activity: &ActivityId,
        command: &Command,
        told: Option<&str>,
    ) -> Result<usize, Refusal> {
        let number = self.number(activity)?;
        let (position, at) = (self.position, self.at);
        let target = &mut self.activities[number];
        if target.put_away {
            return Err(Refusal::because(Reason::NotFound, "it was put away"));
        }
        let before = target.due();
        match command {
            Command::Close { .. } => target.close(position),
            Command::Extend { by_ms, .. } => target.extend(position, at, *by_ms),
            Command::Pause { .. } => target.pause(position, at),
            Command::Resume { .. } => target.resume(position, at),
            Command::Reopen { closes_in_ms, .. } => target.reopen(position, at, *closes_in_ms),
            Command::Reset { .. } => {
                target.reset(position, at);
                Ok(())
            }
            Command::Reveal { .. } => target.reveal(position, told),
            Command::PutAway { .. } => target.put_away(position),
            Command::ShowStart(_)
            | Command::ShowEnd
            | Command::OnAir { .. }
            | Command::PollPrepare(_)
            | Command::PollOpen(_)
            | Command::Open { .. }
            | Command::RoomSet(_)
            | Command::RoomSeal => unreachable!("`command` sends only the commands above here"),
        }?;
        self.schedule(number, before);
        Ok(number)
    }

    fn prepare_poll(
        &mut self,
        draft: &wire::Draft,
        hidden: Option<Hidden>,
    ) -> Result<usize, Refusal> {
        let activity = poll::prepare(draft.clone(), hidden, self.position, self.setup.level)?;
        self.add(activity)
    }

    fn add(&mut self, activity: Activity) -> Result<usize, Refusal> {
        if self.numbers.contains_key(&activity.id) {
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
        if shown >= ACTIVITIES_SHOWN || self.activities.len() >= ACTIVITIES {
            return Err(Refusal::because(
                Reason::TooMany,
                "put some activities away first",
            ));
        }
        let number = self.activities.len();
        self.numbers.insert(activity.id.clone(), number);
        self.activities.push(activity);
        Ok(number)
    }

    fn open(&mut self, number: usize) -> Result<usize, Refusal> {
        let show = self
            .show
            .as_ref()
            .filter(|show| show.ended_at.is_none())
            .map(|show| show.id.clone());
        let (position, at) = (self.position, self.at);
        let target = &mut self.activities[number];
        if target.put_away {
            return Err(Refusal::because(Reason::NotFound, "it was put away"));
        }
        let before = target.due();
        target.open(position, at, show)?;
        self.schedule(number, before);
        Ok(number)
    }

    fn set_up(&mut self, settings: &Settings) -> Result<(), Refusal> {
        let Settings {
            level,
            delay_ms,
            origins,
        } = settings;
        if delay_ms.is_some_and(|delay| delay.0 > DELAY_MS) {
            return Err(Refusal::because(
                Reason::Malformed,
                "delay_ms is at most 120000",
            ));
        }
        if origins
            .as_ref()
            .is_some_and(|list| list.len() > LABELS || list.iter().any(|origin| !is_origin(origin)))
        {
            return Err(Refusal::because(
                Reason::Malformed,
                "origins are at most 32, each like https://shop.example",
            ));
        }
        if let Some(level) = level {
            self.setup.level = *level;
        }
        if let Some(delay) = delay_ms {
            self.setup.delay = *delay;
        }
        if let Some(origins) = origins {
            self.setup.origins.clone_from(origins);
        }
        self.rev = self.position;
        Ok(())
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
        self.state = State::Sealed;
        self.rev = self.position;
    }
}

/// Whether a text is an origin as browsers send it: a scheme, an authority, nothing after it.
fn is_origin(text: &str) -> bool {
    let rest = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|rest| {
        (1..=255).contains(&rest.len())
            && rest
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b':' | b'[' | b']'))
    })
}

/// The command's type on the wire.
pub(crate) const fn kind(command: &Command) -> &'static str {
    match command {
        Command::ShowStart(_) => "show.start",
        Command::ShowEnd => "show.end",
        Command::OnAir { .. } => "show.on_air",
        Command::PollPrepare(_) => "poll.prepare",
        Command::PollOpen(_) => "poll.open",
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

//! What the room would say to commands, without anything being written: for a desk that composes, and for a dry run of a list.

use super::Room;
use crate::activity::Activity;
use crate::private;
use crate::profile::Subject;
use crate::pseudonym::{Pseudonym, RoomKey};
use crate::record::{Ordered, What, Who};
use liveroom_protocol::id::{ActivityId, RequestId};
use liveroom_protocol::identity::Role;
use liveroom_protocol::limits::MESSAGES;
use liveroom_protocol::message::Order;
use liveroom_protocol::profile::Checked;
use liveroom_protocol::run::{self, Cue, Rehearsed, Run};
use liveroom_protocol::{Command, Reason, Refusal};

/// What commands before this one would have composed.
type Composed = Vec<Activity>;

impl Room {
    /// What the room would say to commands that compose or open, as if they came in this order from someone of this role.
    ///
    /// # Errors
    /// `too-large` for more than 32 commands.
    pub fn check(
        &self,
        key: &RoomKey,
        role: Role,
        who: Pseudonym,
        commands: Vec<Command>,
    ) -> Result<Vec<Checked>, Refusal> {
        if commands.len() > MESSAGES {
            let why = format!("at most {MESSAGES} commands at once");
            return Err(Refusal::because(Reason::TooLarge, why));
        }
        let mut composed = Composed::new();
        let checked = (1..).zip(commands).map(|(number, command)| {
            let id = RequestId::parse(format!("check-{number}")).map_err(|_| Reason::Malformed)?;
            let order = Order { id, command };
            let entry = self.entry(key, role, who, order)?;
            Ok(self.would(Who::Staff(role, who), &entry, &mut composed))
        });
        let told = checked.map(|checked| {
            checked.unwrap_or_else(|refusal: Refusal| Checked {
                refusal: Some(refusal),
                profile: self.setup.profile,
                ..Checked::default()
            })
        });
        Ok(told.collect())
    }

    /// A dry run: what the room would refuse of a run of show today, and what it would warn of, each cue by itself; nothing becomes of
    /// it. Whether a second person approves it is not asked: nobody has seen it yet.
    pub fn rehearse(&self, role: Role, run: &Run) -> Rehearsed {
        let mut all = Rehearsed::default();
        for (cue, each) in run.cues.iter().enumerate() {
            let Checked {
                refusal, missing, ..
            } = self.tried(role, each);
            let refusal = refusal.filter(|refusal| refusal.reason != Reason::NeedsApproval);
            match refusal.or_else(|| self.nothing_missing(&missing).err()) {
                Some(refusal) => all.refused.push(run::Missing {
                    cue,
                    refusal,
                    missing,
                }),
                None if missing.is_empty() => {}
                None => all.warned.push(run::Warned { cue, missing }),
            }
        }
        all
    }

    /// What the room would say to a cue.
    fn tried(&self, role: Role, cue: &Cue) -> Checked {
        // What is secret of a draw that is never made is no secret.
        const KEY: RoomKey = RoomKey::new([0; 32]);
        const WHO: Pseudonym = Pseudonym(0);
        let known = cue.name().and_then(|name| self.activity(name));
        if known.is_some_and(|known| known.is_ready().is_err()) {
            let why = "it was opened in this room already: give it a new name to open it again";
            return Checked {
                refusal: Some(Refusal::because(Reason::Taken, why)),
                ..Checked::default()
            };
        }
        // What is prepared is opened as it stands.
        let command = known.map_or_else(
            || cue.draft.clone(),
            |known| Command::Open {
                activity: known.id.clone(),
            },
        );
        let said = self.check(&KEY, role, WHO, vec![command]).ok();
        said.and_then(|mut said| said.pop()).unwrap_or_default()
    }

    /// The command as the log would hold it.
    fn entry(
        &self,
        key: &RoomKey,
        role: Role,
        who: Pseudonym,
        order: Order,
    ) -> Result<Ordered, Refusal> {
        let is_about_opening = Subject::of(&order.command).is_some()
            || matches!(order.command, Command::Open { .. } | Command::Reopen { .. });
        if !is_about_opening {
            let why = "only what composes or opens an activity can be checked";
            return Err(Refusal::because(Reason::Unsupported, why));
        }
        self.permits(Who::Staff(role, who), role, &order.command)?;
        let What::Command(ordered) = private::order(key, role, who, order, self)?.entry.what else {
            return Err(Reason::Malformed.into());
        };
        Ok(ordered)
    }

    fn would(&self, who: Who, ordered: &Ordered, composed: &mut Composed) -> Checked {
        let mut checked = Checked {
            profile: self.setup.profile,
            ..Checked::default()
        };
        let refusal = match &ordered.command {
            Command::Open { activity } => {
                let new = composed.iter().find(|made| made.id == *activity);
                match new.map_or_else(|| self.at_hand(activity), Ok) {
                    Ok(known) => {
                        let refusal = known.is_ready().and_then(|()| self.may_open(known));
                        self.look_at(known, &mut checked);
                        refusal.err()
                    }
                    Err(refusal) => Some(refusal),
                }
            }
            Command::Reopen { activity, .. } => match self.at_hand(activity) {
                Ok(known) => {
                    let refusal = known.may_reopen().and_then(|()| self.may_open(known));
                    self.look_at(known, &mut checked);
                    refusal.err()
                }
                Err(refusal) => Some(refusal),
            },
            command => match self.make(who, ordered) {
                Ok(made) => {
                    self.look_at(&made, &mut checked);
                    let opened = opens(command).then(|| self.may_open(&made)).transpose();
                    let refusal = opened
                        .and_then(|_| self.fits_among(&made.id, composed))
                        .err();
                    composed.extend(Some(made).filter(|_| refusal.is_none()));
                    refusal
                }
                Err(refusal) => Some(refusal),
            },
        };
        checked.ok = refusal.is_none();
        checked.refusal = refusal;
        checked
    }

    fn look_at(&self, activity: &Activity, checked: &mut Checked) {
        checked.missing = self.missing(&Subject::body(&activity.body), Some(&activity.id));
        checked.needs_approval = self.lacks_approval(activity);
    }

    fn fits_among(&self, id: &ActivityId, composed: &Composed) -> Result<(), Refusal> {
        if composed.iter().any(|made| made.id == *id) {
            let why = "another activity of this list has that name";
            return Err(Refusal::because(Reason::Taken, why));
        }
        self.fits(id, composed.len())
    }

    fn at_hand(&self, activity: &ActivityId) -> Result<&Activity, Refusal> {
        let known = &self.activities[self.number(activity)?];
        if known.put_away {
            return Err(Refusal::because(Reason::NotFound, "it was put away"));
        }
        Ok(known)
    }
}

/// Whether a command opens at once what it composes.
const fn opens(command: &Command) -> bool {
    matches!(
        command,
        Command::PollOpen(_) | Command::LotteryOpen(_) | Command::QnaOpen(_) | Command::DealOpen(_)
    )
}

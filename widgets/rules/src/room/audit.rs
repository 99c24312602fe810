//! Who ordered what, and what came of it: one line for each command that the fold took or refused.

mod detail;

use super::{Room, Verdict};
use crate::permit::kind;
use crate::record::{Entry, Position, What, Who};
use liveroom_protocol::id::{ActivityId, KeyId};
use liveroom_protocol::identity::Label;
use liveroom_protocol::profile::Stamp;
use liveroom_protocol::time::Timestamp;
use liveroom_protocol::{Command, Reason};

/// One command: who ordered what, when, and what came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditLine {
    /// Where it stands in the log.
    pub position: Position,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub who: Who,
    /// The key that they bear.
    pub by: Option<KeyId>,
    /// What, as the command's type; `key.use` when someone came by an invitation.
    pub what: &'static str,
    /// To which activity.
    pub activity: Option<ActivityId>,
    /// What more it said: numbers, ids and choices as `name=value`, with spaces between them; nobody's words.
    pub detail: Option<String>,
    /// To which key.
    pub key: Option<KeyId>,
    /// Why it was refused; it changed nothing then.
    pub refused: Option<Reason>,
    /// Who was on air.
    pub on_air: Vec<Label>,
    /// The profile that the activity then followed, or that the room took on.
    pub profile: Option<Stamp>,
}

impl Room {
    /// Writes a line of what was ordered. What is asked again and was accepted before has its line already.
    pub(super) fn note(&mut self, entry: &Entry, verdict: &Verdict) {
        let (what, key, command) = match &entry.what {
            What::Command(ordered) => {
                let command = &ordered.command;
                (kind(command), about(command), Some(command))
            }
            What::Come(come) => ("key.use", Some(&come.invitation), None),
            What::Found(_)
            | What::Act(_)
            | What::Tick
            | What::Watch(_)
            | What::Vacated
            | What::SignIn(_) => return,
        };
        let (activity, refused) = match verdict {
            Verdict::Accepted { position, .. } if *position != self.position => return,
            Verdict::Accepted { activity, .. } => (activity.clone(), None),
            // Only one that could be named.
            Verdict::Refused(refusal) => {
                let named = command.and_then(Command::activity);
                (named.cloned(), Some(refusal.reason))
            }
        };
        let by = match entry.who {
            Who::Staff(_, bearer) => self.keys().of(bearer).map(|key| key.id.clone()),
            Who::Room | Who::Viewer(_) => None,
        };
        let profile = match (&entry.what, verdict) {
            (
                _,
                Verdict::Accepted {
                    activity: Some(activity),
                    ..
                },
            ) => self.activity(activity).and_then(|known| known.profile),
            (What::Command(ordered), Verdict::Accepted { .. }) => ordered.profile,
            (_, Verdict::Accepted { .. } | Verdict::Refused(_)) => None,
        };
        let on_air = self.show.as_ref().map(|show| show.on_air.clone());
        self.audit.push(AuditLine {
            position: self.position,
            at: self.at,
            who: entry.who,
            by,
            what,
            activity,
            detail: command.and_then(detail::detail),
            key: key.cloned(),
            refused,
            on_air: on_air.unwrap_or_default(),
            profile,
        });
    }
}

fn about(command: &Command) -> Option<&KeyId> {
    match command {
        Command::KeyMake(make) => make.key.as_ref(),
        Command::KeyRevoke { key } => Some(key),
        _ => None,
    }
}

//! Which requests were accepted, so that asking again changes nothing and is told the same.
//!
//! Some 50 bytes a request for the life of the room; never the answer's text, which is made anew.
//! A refusal is not remembered: it changed nothing, and asking again later may be accepted.

use crate::record::{Hidden, Ordered, Position, What, Who};
use liveroom_protocol::id::RequestId;
use liveroom_protocol::identity::Standing;
use liveroom_protocol::limits::REQUESTS_PER_VIEWER;
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

/// The memory of a room.
#[derive(Clone, Debug, Default)]
pub(crate) struct Accepted {
    requests: HashMap<(Who, u64), Memory>,
    counts: HashMap<Who, u32>,
}

#[derive(Clone, Copy, Debug)]
struct Memory {
    position: Position,
    print: u64,
    /// Which activity it was about, by its number in the room; `u32::MAX` for none.
    activity: u32,
    /// Stands for the place beside the log that it named.
    place: u32,
}

/// What the memory says of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Known {
    /// Never accepted.
    New,
    /// Accepted before, there, about that activity.
    Before(Position, Option<usize>),
    /// The id was accepted with another content.
    Reused,
    /// The viewer has used up what a room remembers.
    TooMany,
}

impl Accepted {
    /// Looks a request up.
    pub(crate) fn known(&self, who: Who, id: &RequestId, what: &What) -> Known {
        match self.requests.get(&(who, print(id))) {
            Some(memory) if memory.print == print_of(what) => {
                let activity = (memory.activity != u32::MAX).then_some(memory.activity as usize);
                Known::Before(memory.position, activity)
            }
            Some(_) => Known::Reused,
            None if matches!(who, Who::Viewer(_))
                && self
                    .counts
                    .get(&who)
                    .is_some_and(|n| *n >= REQUESTS_PER_VIEWER) =>
            {
                Known::TooMany
            }
            None => Known::New,
        }
    }

    /// Whether a request of this id was accepted whose words lie where this one's do.
    pub(crate) fn named(&self, who: Who, id: &RequestId, what: &What) -> bool {
        let memory = self.requests.get(&(who, print(id)));
        memory.is_some_and(|memory| memory.place == place(what.hidden()))
    }

    /// Everybody who was accepted with a request.
    pub(crate) fn requesters(&self) -> impl Iterator<Item = Who> {
        self.counts.keys().copied()
    }

    /// Remembers a request that was accepted.
    pub(crate) fn remember(
        &mut self,
        who: Who,
        id: &RequestId,
        what: &What,
        position: Position,
        activity: Option<usize>,
    ) {
        let activity = activity
            .and_then(|number| u32::try_from(number).ok())
            .unwrap_or(u32::MAX);
        self.requests.insert(
            (who, print(id)),
            Memory {
                position,
                print: print_of(what),
                activity,
                place: place(what.hidden()),
            },
        );
        *self.counts.entry(who).or_default() += 1;
    }
}

/// What makes a request the same one. What the room has measured of a viewer, what the page attests, and the points they hold
/// change while a request is asked again, and make no other one of it. Neither does where its words lie: their print tells. Nor does what a
/// server adds to a command, which follows from where the room stands when it is asked: a reset that is asked again would fix
/// another run.
fn print_of(what: &What) -> u64 {
    match what {
        What::Act(act) => {
            let Standing {
                level,
                role,
                tier,
                segments,
                points: _,
                watched_ms: _,
                attested: _,
                named: _,
                channel: _,
            } = &act.standing;
            print(&(
                (&act.activity, act.run, &act.action, words(what)),
                (level, role, tier, segments),
            ))
        }
        What::Command(Ordered {
            command,
            hidden: _,
            told: _,
            fixed: _,
            issued: _,
            // Whom it names, its print tells.
            whose: _,
            // The same command means the newest version there is.
            profile: _,
        }) => print(&(command, words(what))),
        What::Found(_)
        | What::Tick
        | What::Watch(_)
        | What::Vacated
        | What::Come(_)
        | What::SignIn(_) => print(what),
    }
}

fn words(what: &What) -> Option<&str> {
    what.hidden().map(|hidden| hidden.print.as_str())
}

/// 32 bits that stand for a place. It is compared with that of the same request only, and holds that request's name.
fn place(hidden: Option<&Hidden>) -> u32 {
    hidden.map_or(0, |hidden| print(&hidden.key) as u32)
}

/// 64 bits that stand for a value in this process. They are scoped by who asked, so a collision hurts only whoever made it.
fn print(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

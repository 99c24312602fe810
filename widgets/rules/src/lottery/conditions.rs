//! What must be met to enter: looked up in the room, or in what the room knew of the viewer at that moment.

use super::Lottery;
use crate::activity::Body;
use crate::pseudonym::Pseudonym;
use crate::room::Room;
use crate::words::same_word;
use liveroom_protocol::id::ActivityId;
use liveroom_protocol::identity::Standing;
use liveroom_protocol::lottery::Condition;
use liveroom_protocol::text::Text;

/// Whether each condition is met, in the draft's order.
pub(crate) fn met<const N: usize>(
    room: &Room,
    lottery: &Lottery,
    who: Pseudonym,
    standing: &Standing,
    keyword: Option<&Text<N>>,
) -> Vec<bool> {
    let conditions = lottery.draft.conditions.iter();
    conditions
        .map(|condition| match condition {
            Condition::Keyword { word, .. } => word
                .as_ref()
                .zip(keyword)
                .is_some_and(|(word, typed)| same_word(word.as_str(), typed.as_str())),
            Condition::Watched { for_ms } => standing
                .watched_ms
                .is_some_and(|watched| watched >= *for_ms),
            Condition::Voted { poll } => has_voted(room, who, poll.as_ref()),
            Condition::Attested { what } => standing.attested.contains(what),
            Condition::Unknown => false,
        })
        .collect()
}

fn has_voted(room: &Room, who: Pseudonym, poll: Option<&ActivityId>) -> bool {
    room.activities().iter().any(|activity| {
        poll.is_none_or(|wanted| activity.id == *wanted)
            // The votes of a poll that was called off count nothing.
            && matches!(&activity.body, Body::Poll(poll) if poll.cancelled.is_none() && poll.has_voted(who))
    })
}

//! Which claim or prize has a code, so that a shop needs no list of all of them.

use super::claims::{self, Claims};
use crate::room::Room;
use liveroom_protocol::deal::OrderBy;
use liveroom_protocol::id::ActivityId;
use liveroom_protocol::lottery::ClaimBy;
use liveroom_protocol::{Reason, Refusal};
use liveroom_rules::activity::Body;
use liveroom_rules::private::TICKET_KEY;
use liveroom_rules::{room, ticket};

/// How many claims are gone through at once: nobody else is served meanwhile.
const LOOKED_AT: usize = 5_000;

/// What became of a look.
enum Looked {
    Found(Claims),
    /// There are more, before this position.
    More(u64),
    Nowhere,
}

/// Finds what has a code, in an activity or in all of the room; case does not matter.
///
/// # Errors
/// When there is no such code or no such activity, or the room does not answer.
pub(super) async fn find(
    room: &Room,
    activity: Option<ActivityId>,
    code: &str,
) -> Result<Claims, Refusal> {
    let code = code.trim().to_ascii_uppercase();
    let among = match activity {
        Some(activity) => vec![activity],
        None => room.look(coded).await?,
    };
    for activity in among {
        let mut before = u64::MAX;
        loop {
            let (activity, code) = (activity.clone(), code.clone());
            let look = move |room: &room::Room| look(room, &activity, &code, before);
            match room.look(look).await?? {
                Looked::Found(claims) => return Ok(claims),
                Looked::More(next) => before = next,
                Looked::Nowhere => break,
            }
        }
    }
    Err(Refusal::because(
        Reason::NotFound,
        "nothing in this room has that code",
    ))
}

/// The activities that give codes.
fn coded(room: &room::Room) -> Vec<ActivityId> {
    let gives = |body: &Body| match body {
        Body::Deal(deal) => matches!(deal.draft.by, OrderBy::Code),
        Body::Lottery(lottery) => matches!(lottery.draft.claim, ClaimBy::Code),
        Body::Poll(_) | Body::Qna(_) => false,
    };
    let activities = room.activities().iter();
    activities
        .filter(|activity| gives(&activity.body))
        .map(|activity| activity.id.clone())
        .collect()
}

fn look(
    room: &room::Room,
    activity: &ActivityId,
    code: &str,
    before: u64,
) -> Result<Looked, Refusal> {
    let known = room.activity(activity).ok_or(Reason::NotFound)?;
    let deal = match &known.body {
        Body::Deal(deal) => deal,
        Body::Lottery(_) => {
            return Ok(match claims::of(room, activity, true)?.with_code(code) {
                Some(found) => Looked::Found(found),
                None => Looked::Nowhere,
            });
        }
        Body::Poll(_) | Body::Qna(_) => return Ok(Looked::Nowhere),
    };
    let Some(key) = room.private.value(TICKET_KEY) else {
        return Ok(Looked::Nowhere);
    };
    if !matches!(deal.draft.by, OrderBy::Code) {
        return Ok(Looked::Nowhere);
    }
    let (mut last, mut seen) = (before, 0);
    for (place, claim, held) in deal.claims_before(before).take(LOOKED_AT) {
        (last, seen) = (place, seen + 1);
        if ticket::code(key, &[activity.as_str(), claim.as_str()]) == code {
            return Ok(Looked::Found(Claims::Deal {
                activity: activity.clone(),
                coded: true,
                rows: vec![claims::reserved(room, activity, deal, claim, held, true)],
            }));
        }
    }
    Ok(if seen == LOOKED_AT {
        Looked::More(last)
    } else {
        Looked::Nowhere
    })
}

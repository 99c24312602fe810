//! What those who run the room can see to in an activity: the newest of its open claims or entrants, and what they look up.
//! Every part has a bound: ten thousand entrants slow neither the desk nor the room.

use crate::activity::{Activity, Body};
use crate::deal::{Deal, Held};
use crate::lottery::Lottery;
use crate::private::{Private, TICKET_KEY, name_key};
use crate::pseudonym::Pseudonym;
use crate::room::Room;
use crate::ticket;
use liveroom_protocol::deal::{OpenClaim, OpenClaims, OrderBy, Standing};
use liveroom_protocol::desk::{Desk, Listed};
use liveroom_protocol::id::{ActivityId, ClaimId};
use liveroom_protocol::limits::FIELD_CHARS;
use liveroom_protocol::lottery::{Entered, EntrantName, Entrants, Hex};
use liveroom_protocol::{Reason, Refusal};

/// How many are told without being asked for.
const TOLD: usize = 20;
/// How many are found at most at once.
const FOUND: usize = 50;
/// How many are gone through at most for that: nobody else is served meanwhile.
const LOOKED_AT: usize = 5_000;

/// What the desk is told whenever an activity's tally is news; nothing of what cannot be seen to.
pub fn desk(room: &Room, activity: &Activity) -> Option<Desk> {
    let listed = match &activity.body {
        Body::Lottery(lottery) => {
            let newest = lottery.entrants_before(u64::MAX).take(TOLD);
            let entered = |(_, who, tickets)| entered(lottery, &room.private, who, tickets);
            Listed::Lottery(Entrants {
                entrants: newest.map(entered).collect(),
            })
        }
        Body::Deal(deal) => {
            let some = deal.open_claims().take(TOLD);
            let claims = some.map(|(claim, held)| open_claim(deal, claim, held));
            Listed::Deal(OpenClaims {
                open: deal.count_open(),
                claims: claims.collect(),
            })
        }
        Body::Poll(_) | Body::Qna(_) => return None,
    };
    Some(told(room, activity, listed, None))
}

/// What the desk looks up, the newest first, of those before `before`: entrants by a part of the viewer's name or by the
/// beginning of their name in the draw; claims by their name, or by the number or the code of their order. Without a text
/// all entrants, and the open claims.
///
/// # Errors
/// When there is no such activity, or nothing in it to be looked up; when the text is longer than [`FIELD_CHARS`].
pub fn find(
    room: &Room,
    activity: &ActivityId,
    text: &str,
    before: Option<u64>,
) -> Result<Desk, Refusal> {
    if text.chars().count() > FIELD_CHARS {
        let why = format!("ask with a text of at most {FIELD_CHARS} characters");
        return Err(Refusal::because(Reason::Malformed, why));
    }
    let known = room.activity(activity).ok_or(Reason::NotFound)?;
    let before = before.unwrap_or(u64::MAX);
    let text = text.trim();
    let (listed, next) = match &known.body {
        Body::Lottery(lottery) => {
            let (entrants, next) = find_entrants(room, lottery, text, before);
            (Listed::Lottery(Entrants { entrants }), next)
        }
        Body::Deal(deal) => {
            let (claims, next) = find_claims(room, activity, deal, text, before);
            let open = deal.count_open();
            (Listed::Deal(OpenClaims { open, claims }), next)
        }
        Body::Poll(_) | Body::Qna(_) => {
            return Err(Refusal::because(
                Reason::NotFound,
                "only lotteries and deals have anything to look up",
            ));
        }
    };
    Ok(told(room, known, listed, next))
}

fn told(room: &Room, activity: &Activity, listed: Listed, next: Option<u64>) -> Desk {
    Desk {
        epoch: room.epoch().cloned(),
        activity: activity.id.clone(),
        run: activity.run,
        rev: activity.tally_rev,
        listed,
        next,
    }
}

fn find_entrants(
    room: &Room,
    lottery: &Lottery,
    text: &str,
    before: u64,
) -> (Vec<Entered>, Option<u64>) {
    let wanted = text.to_lowercase();
    let is_hex = wanted.len() >= 4 && wanted.bytes().all(|byte| byte.is_ascii_hexdigit());
    let fits = |who: Pseudonym| {
        let name = room.private.value(&name_key(who));
        name.is_some_and(|name| name.to_lowercase().contains(&wanted))
            || (is_hex && name_in(lottery, who).to_string().starts_with(&wanted))
    };
    page(lottery.entrants_before(before), |(number, who, tickets)| {
        let found = wanted.is_empty() || fits(who);
        let entered = found.then(|| entered(lottery, &room.private, who, tickets));
        (number, entered)
    })
}

fn find_claims(
    room: &Room,
    activity: &ActivityId,
    deal: &Deal,
    text: &str,
    before: u64,
) -> (Vec<OpenClaim>, Option<u64>) {
    let named = ClaimId::parse(text).ok();
    if let Some((claim, held)) =
        named.and_then(|claim| Some((claim.clone(), deal.claim_named(&claim)?)))
    {
        return (vec![open_claim(deal, claim, held)], None);
    }
    let key = matches!(deal.draft.by, OrderBy::Code)
        .then(|| room.private.value(TICKET_KEY))
        .flatten();
    let fits = |claim: &ClaimId, held: &Held| {
        let orders = [&held.settled.order, &held.page.order];
        let mut orders = orders.into_iter().flatten();
        orders.any(|order| order.as_str().eq_ignore_ascii_case(text))
            || key.is_some_and(|key| {
                let code = ticket::code(key, &[activity.as_str(), claim.as_str()]);
                code.eq_ignore_ascii_case(text)
            })
    };
    page(deal.claims_before(before), |(place, claim, held)| {
        let found = if text.is_empty() {
            matches!(held.standing, Standing::Reserved | Standing::Ordering)
        } else {
            fits(&claim, held)
        };
        (place, found.then(|| open_claim(deal, claim, held)))
    })
}

/// What is found among rows until there is enough of it, or enough was gone through; and before which to look on.
fn page<T, R>(
    rows: impl Iterator<Item = T>,
    pick: impl Fn(T) -> (u64, Option<R>),
) -> (Vec<R>, Option<u64>) {
    let mut rows = rows.peekable();
    let mut found = Vec::new();
    let mut last = None;
    for row in rows.by_ref().take(LOOKED_AT) {
        let (number, picked) = pick(row);
        last = Some(number);
        found.extend(picked);
        if found.len() >= FOUND {
            break;
        }
    }
    let next = last.filter(|_| rows.peek().is_some());
    (found, next)
}

fn name_in(lottery: &Lottery, who: Pseudonym) -> EntrantName {
    Hex(lottery.entrant(who))
}

fn entered(lottery: &Lottery, private: &Private, who: Pseudonym, tickets: u32) -> Entered {
    Entered {
        entrant: name_in(lottery, who),
        name: private.value(&name_key(who)).map(str::to_owned),
        tickets,
        excluded: lottery.why_excluded(who).map(str::to_owned),
    }
}

fn open_claim(deal: &Deal, claim: ClaimId, held: &Held) -> OpenClaim {
    OpenClaim {
        claim,
        variant: deal.shelves()[held.variant].id.clone(),
        quantity: held.quantity,
        standing: held.standing,
        until: held.until,
        settled: held.settled.clone(),
        page: held.page.clone(),
        failure: held.failure,
    }
}

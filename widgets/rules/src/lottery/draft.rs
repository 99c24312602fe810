//! What a draft must be to become a lottery, and the terms that are published of it.

use super::{Excluded, Lottery};
use crate::activity::{Activity, Body, bounded};
use crate::deal::labels;
use crate::draw::{self, ALGORITHM, Key, Round};
use crate::record::Fixed;
use crate::room::Room;
use liveroom_protocol::id::RoomId;
use liveroom_protocol::identity::Level;
use liveroom_protocol::limits::{
    CLAIM_MS, CONDITIONS, FORM_FIELDS, LABELS, PRIZES, PRIZES_IN_ALL, TICKETS,
};
use liveroom_protocol::lottery::{ClaimBy, Condition, Draft};
use liveroom_protocol::profile::Stamp;
use liveroom_protocol::time::Span;
use liveroom_protocol::{Reason, Refusal};
use serde_json::{Value, json};
use std::collections::HashMap;

/// The longest watch time that can be asked for: a day.
const WATCH_MS: u64 = 24 * 3_600_000;

/// Why somebody is excluded who won in another draw of the room.
pub(super) const WON_ELSEWHERE: &str = "won in an earlier draw of this room";

/// Makes an activity out of a draft, not open yet; or says what is wrong with the draft.
pub(crate) fn prepare(
    draft: &Draft,
    fixed: Option<&Fixed>,
    room: &Room,
) -> Result<Activity, Refusal> {
    let (position, at) = (room.position, room.at);
    let Some(id) = draft.activity.clone() else {
        return malformed("an activity has no name");
    };
    check(draft)?;
    let (fixed, key) = self::fixed(fixed, 1, room.setup.profile)?;
    let terms = terms(draft, &room.id, 1, fixed.profile)?;
    let body = Body::Lottery(Box::new(Lottery {
        level: draft.level.unwrap_or(Level::Token),
        draft: Box::new(draft.clone()),
        terms,
        fixed,
        key: Key::new(key),
        entries: HashMap::new(),
        came: Vec::new(),
        tickets: 0,
        excluded: Excluded::default(),
        rules: room.rules(),
        won_before: HashMap::new(),
        entered_as: HashMap::new(),
        closing: None,
        drawing: None,
        seed_told: None,
        past: Vec::new(),
        cancelled: None,
        touched: Vec::new(),
        moved: Vec::new(),
    }));
    Ok(Activity {
        announced: draft.announce || draft.opens_in_ms.is_some(),
        opens_at: draft
            .opens_in_ms
            .map(bounded)
            .transpose()?
            .map(|span| at.after(span)),
        lasts: draft.closes_in_ms.map(bounded).transpose()?,
        about: draft.about.clone(),
        ..Activity::ready(id, position, body)
    })
}

/// What is fixed for a run, and its key. The profile that it was fixed under must be the room's: its terms name it.
pub(super) fn fixed(
    fixed: Option<&Fixed>,
    run: u32,
    profile: Option<Stamp>,
) -> Result<(Fixed, [u8; 32]), Refusal> {
    let fixed = fixed
        .filter(|fixed| fixed.run == run)
        .ok_or(Reason::OtherRun)?;
    if fixed.profile != profile {
        return Err(Refusal::because(
            Reason::Unavailable,
            "the room's profile was changed meanwhile: ask again",
        ));
    }
    match (bytes(&fixed.key), bytes(&fixed.commitment)) {
        (Some(key), Some(_)) => Ok((fixed.clone(), key)),
        _ => malformed("a draw's key and commitment have 64 hexadecimal digits"),
    }
}

fn check(draft: &Draft) -> Result<(), Refusal> {
    let pieces = draft
        .prizes
        .iter()
        .fold(0_u32, |sum, prize| sum.saturating_add(prize.count));
    if !(1..=PRIZES).contains(&draft.prizes.len())
        || draft.prizes.iter().any(|prize| prize.count == 0)
        || pieces > PRIZES_IN_ALL
    {
        return malformed(
            "a lottery has 1 to 20 kinds of prizes, of each at least one, and at most 1,000 in all",
        );
    }
    if draft.conditions.len() > CONDITIONS {
        return malformed("a lottery has at most 8 conditions");
    }
    for condition in &draft.conditions {
        match condition {
            Condition::Keyword { word: None, .. } => {
                return malformed("a keyword condition has a word");
            }
            Condition::Watched { for_ms } if !(1..=WATCH_MS).contains(&for_ms.0) => {
                return malformed("for_ms is 1 ms to a day");
            }
            Condition::Unknown => return malformed("a condition is of an unknown kind"),
            Condition::Keyword { .. }
            | Condition::Watched { .. }
            | Condition::Voted { .. }
            | Condition::Attested { .. } => {}
        }
    }
    let tickets = &draft.tickets;
    let fits = |tickets: u32| (1..=TICKETS).contains(&tickets);
    if !fits(tickets.each)
        || tickets.tiers.len() > LABELS
        || tickets.tiers.iter().any(|tier| !fits(tier.tickets))
    {
        return malformed("an entry has 1 to 100 tickets");
    }
    if let ClaimBy::Form { fields } = &draft.claim
        && !(1..=FORM_FIELDS).contains(&fields.len())
    {
        return malformed("a claim form has 1 to 10 fields");
    }
    if draft
        .claim_within_ms
        .is_some_and(|Span(span)| !(1..=CLAIM_MS).contains(&span))
    {
        return malformed("claim_within_ms is 1 ms to 60 days");
    }
    if draft.wins_allowed > PRIZES_IN_ALL {
        return malformed("wins_allowed is at most 1,000");
    }
    if draft.not_after.len() > LABELS || draft.exclusions.len() > LABELS {
        return malformed("at most 32 other lotteries, and at most 32 reasons to exclude");
    }
    if draft.round.is_some() && draft.draws_itself {
        return malformed(
            "a lottery with a public round is drawn by hand: the room does not fetch it",
        );
    }
    labels(&draft.who, &draft.about)
}

/// The published rules of a run, in the one form that is hashed; see `DRAW.md`.
///
/// # Errors
/// When they are longer than a draw's terms may be.
pub fn terms(
    draft: &Draft,
    room: &RoomId,
    run: u32,
    profile: Option<Stamp>,
) -> Result<String, Refusal> {
    let activity = draft.activity.as_ref().map_or("", |id| id.as_str());
    let mut exclusions: Vec<&str> = draft.exclusions.iter().map(|text| text.as_str()).collect();
    if !draft.not_after.is_empty() {
        exclusions.push(WON_ELSEWHERE);
    }
    let mut terms = json!({
        "algorithm": ALGORITHM,
        "room": room,
        "activity": activity,
        "run": run,
        "title": draft.title,
        "prizes": draft.prizes,
        "conditions": draft.conditions.iter().map(public).collect::<Vec<_>>(),
        "tickets": {
            "each": draft.tickets.each,
            "tiers": draft.tickets.tiers,
        },
        "exclusions": exclusions,
        "not_after": draft.not_after,
        "who": draft.who,
        "level": draft.level.unwrap_or(Level::Token),
        "claim_within_ms": draft.claim_within_ms,
        "draws_itself": draft.draws_itself,
    });
    for prize in terms["prizes"].as_array_mut().into_iter().flatten() {
        // A count of one is left out on the wire, and said here.
        if prize["count"].is_null() {
            prize["count"] = json!(1);
        }
    }
    if let Some(rules) = &draft.rules {
        terms["rules"] = json!(rules);
    }
    if let Some(organiser) = &draft.organiser {
        terms["organiser"] = json!(organiser);
    }
    if let Some(way) = &draft.free_entry {
        terms["free_entry"] = json!(way);
    }
    if let Some(delivery) = &draft.delivery {
        terms["delivery"] = json!(delivery);
    }
    if let Some(profile) = profile {
        terms["profile"] = json!(profile);
    }
    if draft.wins_allowed > 0 {
        terms["wins_allowed"] = json!(draft.wins_allowed);
    }
    if let Some(round) = draft.round {
        terms["round"] = json!(Round::quicknet(round));
    }
    draw::canonical(&terms)
        .map_err(|_| Refusal::because(Reason::TooLarge, "the rules are longer than 65,536 bytes"))
}

/// A condition without the word that only those who listen shall know.
pub(crate) fn public(condition: &Condition) -> Value {
    json!(heard(condition))
}

/// A condition as viewers may know it.
pub(crate) fn heard(condition: &Condition) -> Condition {
    match condition {
        Condition::Keyword { shown: false, .. } => Condition::Keyword {
            word: None,
            shown: false,
        },
        Condition::Keyword { .. }
        | Condition::Watched { .. }
        | Condition::Voted { .. }
        | Condition::Attested { .. }
        | Condition::Unknown => condition.clone(),
    }
}

/// 32 bytes out of 64 hexadecimal digits.
pub(super) fn bytes(text: &str) -> Option<[u8; 32]> {
    liveroom_protocol::lottery::Hex::<32>::parse(text).map(|hex| hex.0)
}

fn malformed<T>(why: &str) -> Result<T, Refusal> {
    Err(Refusal::because(Reason::Malformed, why))
}

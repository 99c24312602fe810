//! How a viewer's action becomes an entry of the log, parted from all words.

use super::{PrivateValue, fingerprint, hide};
use crate::activity::Body;
use crate::log::Append;
use crate::pseudonym::{Pseudonym, RoomKey};
use crate::record::{Act, Entry, Hidden, What, Who};
use crate::room::Room;
use crate::words::{bare, holds, same_word};
use liveroom_protocol::id::{ActivityId, RequestId};
use liveroom_protocol::identity::Standing;
use liveroom_protocol::lottery::{ClaimBy, Condition, Field, FormField};
use liveroom_protocol::phase::Phase;
use liveroom_protocol::{Action, Reason, Refusal, message};

/// Makes the log's entry of a viewer's action: what was typed goes beside the log, or stays out of it.
///
/// `standing` holds what the page attests with it already; the signed claim itself goes nowhere.
///
/// # Errors
/// When it is plainly refusable: words that are missing, blocked or not the keyword. The fold decides all else.
pub fn act(
    key: &RoomKey,
    who: Pseudonym,
    mut standing: Standing,
    act: message::Act,
    room: &Room,
) -> Result<Append, Refusal> {
    let message::Act {
        id,
        activity,
        run,
        mut action,
        attest: _,
    } = act;
    // What somebody holds lies in the log only where it decides something.
    let least = room.activity(&activity).and_then(|it| it.who().points);
    standing.points = least.and(standing.points);
    let secret = part(key, who, (&activity, &id), &mut action, room)?;
    let (hidden, value) = secret.unzip();
    Ok(Append {
        entry: Entry {
            who: Who::Viewer(who),
            id,
            what: What::Act(Act {
                activity,
                run,
                standing,
                action,
                hidden,
            }),
        },
        private: value.into_iter().collect(),
    })
}

/// Takes the words out of an action.
fn part(
    key: &RoomKey,
    who: Pseudonym,
    (activity, id): (&ActivityId, &RequestId),
    action: &mut Action,
    room: &Room,
) -> Result<Option<(Hidden, PrivateValue)>, Refusal> {
    let place = |kind: &str| format!("{kind}/{activity}/{:016x}", fingerprint(who, id));
    match action {
        Action::QnaAsk(ask) => {
            let text = words(ask.text.take(), room)?;
            let same = match bare(&text) {
                // Only signs: then they are what was asked.
                bare if bare.is_empty() => text.clone(),
                bare => bare,
            };
            // Two askers of one activity who write the same write the same print.
            let kind = format!("question/{activity}");
            Ok(Some(hide(
                key,
                place("question"),
                &kind,
                &same,
                Some(who),
                text,
            )))
        }
        Action::QnaReply(reply) => {
            let text = words(reply.text.take(), room)?;
            let same = text.clone();
            Ok(Some(hide(
                key,
                place("reply"),
                "reply",
                &same,
                Some(who),
                text,
            )))
        }
        Action::PollAnswer(answers) => match answers.comment.take() {
            Some(comment) => {
                let text = words(Some(comment), room)?;
                let same = text.clone();
                let (place, kind) = (place("comment"), "comment");
                Ok(Some(hide(key, place, kind, &same, Some(who), text)))
            }
            None => Ok(None),
        },
        Action::LotteryEnter(enter) => {
            if let Some(typed) = enter.keyword.take() {
                let word = keyword(room, activity).ok_or(Reason::WrongKeyword)?;
                if same_word(word, typed.as_str()) {
                    // The room's own word, whatever was typed.
                    enter.keyword = liveroom_protocol::text::Text::parse(word).ok();
                } else if room
                    .activity(activity)
                    .is_some_and(|it| it.phase == Phase::Open)
                {
                    return Err(Reason::WrongKeyword.into());
                }
                // Where it is not open the fold says so of any word: else words could be tried before it opens.
            }
            Ok(None)
        }
        Action::LotteryClaim(claim) => {
            let form = std::mem::take(&mut claim.form);
            let Some(fields) = form_of(room, activity) else {
                return Ok(None);
            };
            let text = filled(fields, &form)?;
            let same = text.clone();
            Ok(Some(hide(
                key,
                place("claim"),
                "claim",
                &same,
                Some(who),
                text,
            )))
        }
        Action::PollVote(_)
        | Action::PollWithdraw
        | Action::QnaVote { .. }
        | Action::QnaWithdraw { .. }
        | Action::DealClaim(_)
        | Action::DealRelease { .. }
        | Action::DealOrder { .. }
        | Action::Flag { .. } => Ok(None),
    }
}

/// The words of a question or a reply, if the room takes them.
fn words(text: Option<liveroom_protocol::qna::Words>, room: &Room) -> Result<String, Refusal> {
    let text = text.ok_or_else(|| Refusal::because(Reason::Malformed, "a text is missing"))?;
    let mut blocked = room.setup().blocked.iter();
    if blocked.any(|word| holds(text.as_str(), word.as_str())) {
        return Err(Reason::Blocked.into());
    }
    Ok(text.as_str().to_owned())
}

fn keyword<'a>(room: &'a Room, activity: &ActivityId) -> Option<&'a str> {
    let Body::Lottery(lottery) = &room.activity(activity)?.body else {
        return None;
    };
    let mut conditions = lottery.draft.conditions.iter();
    conditions.find_map(|condition| match condition {
        Condition::Keyword { word, .. } => word.as_ref().map(|word| word.as_str()),
        Condition::Watched { .. }
        | Condition::Voted { .. }
        | Condition::Attested { .. }
        | Condition::Unknown => None,
    })
}

fn form_of<'a>(room: &'a Room, activity: &ActivityId) -> Option<&'a [FormField]> {
    let Body::Lottery(lottery) = &room.activity(activity)?.body else {
        return None;
    };
    match &lottery.draft.claim {
        ClaimBy::Form { fields } => Some(fields),
        ClaimBy::Press | ClaimBy::Code | ClaimBy::Link { .. } => None,
    }
}

/// A filled form as it lies beside the log: JSON, the asked fields in their order and nothing else.
fn filled(fields: &[FormField], form: &[Field]) -> Result<String, Refusal> {
    let mut kept = Vec::with_capacity(fields.len());
    for field in fields {
        match form.iter().find(|filled| filled.label == field.label) {
            Some(filled) => kept.push(filled.clone()),
            None if field.optional => {}
            None => {
                let why = format!("the form asks for {}", field.label.as_str());
                return Err(Refusal::because(Reason::Malformed, why));
            }
        }
    }
    Ok(serde_json::to_string(&kept).expect("fields are texts"))
}

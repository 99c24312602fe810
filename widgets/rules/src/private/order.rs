//! How a streamer's command becomes an entry of the log, parted from its secrets; and what the room orders itself.

use super::{PrivateValue, erase, fingerprint, hide, write_right};
use crate::activity::Body;
use crate::draw;
use crate::key::{Key, digest};
use crate::log::Append;
use crate::profile;
use crate::pseudonym::{Identity, Pseudonym, RoomKey};
use crate::record::{Come, Entry, Fixed, Hidden, Issued, Ordered, Position, SignIn, What, Who};
use crate::room::Room;
use liveroom_protocol::id::{ActivityId, KeyId, RequestId};
use liveroom_protocol::identity::{Label, Role};
use liveroom_protocol::lottery::Hex;
use liveroom_protocol::message::State;
use liveroom_protocol::phase::Phase;
use liveroom_protocol::qna::Change;
use liveroom_protocol::{Command, Reason, Refusal, key, lottery, message, poll, qna};
use sha2::{Digest, Sha256};

/// Makes the log's entry of a streamer's command, and parts it from its secrets.
///
/// An activity without a name gets one made from the request's id, so that asking again names it the same.
/// A reveal takes with it what the room holds privately to be told.
/// Right answers that are no options are refused here: once hidden, nobody could check them.
pub fn order(
    key: &RoomKey,
    role: Role,
    who: Pseudonym,
    order: message::Order,
    room: &Room,
) -> Result<Append, Refusal> {
    let message::Order { id, mut command } = order;
    let request = fingerprint(who, &id);
    let by = Who::Staff(role, who);
    name(&mut command, request);
    let mut whose = None;
    let secret = match &mut command {
        Command::ViewerErase(erase) => {
            let (viewer, told) = erase::whom(key, request, std::mem::take(erase), room)?;
            whose = viewer;
            Some(told)
        }
        Command::PollPrepare(draft) | Command::PollOpen(draft) => {
            right_answers(key, request, draft)?
        }
        Command::QnaChange {
            activity,
            question,
            change:
                Change::Answer {
                    text,
                    private: true,
                    ..
                },
        } => private_answer(key, request, (activity, *question), text, room)?,
        Command::KeyMake(make) => Some(label(key, request, make)?),
        _ => None,
    };
    let issued = match &command {
        Command::KeyMake(make) => make.key.as_ref().map(|made| issue(key, by, &id, made)),
        _ => None,
    };
    let told = match &command {
        Command::Reveal { activity } => room.secret(activity).map(str::to_owned),
        Command::LotteryDraw { activity, .. }
        | Command::Cancel { activity, .. }
        | Command::TakeBack { activity } => seed(key, room, activity),
        _ => None,
    };
    let fixed = match &command {
        Command::LotteryPrepare(draft) | Command::LotteryOpen(draft) => {
            Some(fix(key, draft, room, 1)?)
        }
        Command::Reset { activity } | Command::TakeBack { activity } => {
            match room.activity(activity) {
                Some(known) => match &known.body {
                    Body::Lottery(lottery) => Some(fix(key, &lottery.draft, room, known.run + 1)?),
                    Body::Poll(_) | Body::Qna(_) | Body::Deal(_) => None,
                },
                None => None,
            }
        }
        _ => None,
    };
    let profile = match &command {
        Command::RoomSet(settings) => settings.profile.and_then(profile::stamp),
        _ => None,
    };
    let (hidden, value) = secret.unzip();
    let what = What::Command(Ordered {
        command,
        hidden,
        told,
        fixed,
        issued,
        whose,
        profile,
    });
    Ok(Append {
        entry: Entry { who: by, id, what },
        private: value.into_iter().collect(),
    })
}

/// Someone comes by an invitation: what the log is told, with their name beside it. `id` names their own key.
pub fn come(
    key: &RoomKey,
    invitation: &Key,
    id: RequestId,
    name: Option<&Label>,
) -> Result<Append, Refusal> {
    let own = KeyId::parse(id.as_str()).map_err(|_| Reason::Malformed)?;
    let bearer = key.pseudonym(&Identity::Key(own.clone()));
    let who = Who::Staff(invitation.scope.role(), bearer);
    let issued = issue(key, who, &id, &own);
    let private = name.map(|name| super::name(bearer, name));
    let what = What::Come(Come {
        invitation: invitation.id.clone(),
        key: own,
        issued,
    });
    Ok(Append {
        entry: Entry { who, id, what },
        private: private.into_iter().collect(),
    })
}

/// An account comes in a browser that is known by a device key: what the log is told. `position`: where the log ends.
pub fn sign_in(device: Pseudonym, account: Pseudonym, position: Position) -> Append {
    // The same may happen again later, and is another request then.
    let id = format!("in-{position}-{device}");
    let id = RequestId::parse(id).expect("letters and digits are an id");
    Append {
        entry: Entry {
            who: Who::Viewer(account),
            id,
            what: What::SignIn(SignIn { device }),
        },
        private: Vec::new(),
    }
}

/// What a key that a request makes is told by.
fn issue(key: &RoomKey, by: Who, id: &RequestId, made: &KeyId) -> Issued {
    Issued {
        digest: digest(&key.secret(by, id)),
        bearer: key.pseudonym(&Identity::Key(made.clone())),
    }
}

/// Takes what people call a key out of the command that makes it.
fn label(
    key: &RoomKey,
    request: u64,
    make: &mut key::Make,
) -> Result<(Hidden, PrivateValue), Refusal> {
    let missing = || Refusal::because(Reason::Malformed, "a key has a label");
    let text = make.label.take().ok_or_else(missing)?;
    let value = text.as_str().to_owned();
    let (place, same) = (format!("key/{request:016x}"), value.clone());
    Ok(hide(key, place, "key", &same, None, value))
}

/// Gives an activity without a name one, and a key.
fn name(command: &mut Command, request: u64) {
    if let Command::KeyMake(make) = command {
        make.key.get_or_insert_with(|| {
            KeyId::parse(format!("key-{:08x}", request as u32))
                .expect("a word and eight digits are an id")
        });
    }
    let (widget, name) = match command {
        Command::PollPrepare(draft) | Command::PollOpen(draft) => ("poll", &mut draft.activity),
        Command::LotteryPrepare(draft) | Command::LotteryOpen(draft) => {
            ("lottery", &mut draft.activity)
        }
        Command::QnaPrepare(draft) | Command::QnaOpen(draft) => ("qna", &mut draft.activity),
        Command::DealPrepare(draft) | Command::DealOpen(draft) => ("deal", &mut draft.activity),
        _ => return,
    };
    name.get_or_insert_with(|| fresh(widget, request));
}

/// What a run of a lottery fixes before its first entry: its key and its seed follow from the room's.
fn fix(key: &RoomKey, draft: &lottery::Draft, room: &Room, run: u32) -> Result<Fixed, Refusal> {
    let activity = draft.activity.as_ref().ok_or(Reason::Malformed)?;
    let profile = room.setup().profile;
    let terms = crate::lottery::terms(draft, room.id(), run, profile)?;
    let seed = draw::seed(key, activity, run);
    Ok(Fixed {
        run,
        key: Hex(*draw::Key::derive(key, activity, run).bytes()).to_string(),
        commitment: Hex(draw::commitment(&seed, &terms)).to_string(),
        profile,
    })
}

/// The seed of a lottery's present run.
fn seed(key: &RoomKey, room: &Room, activity: &ActivityId) -> Option<String> {
    let known = room.activity(activity)?;
    matches!(known.body, Body::Lottery(_))
        .then(|| Hex(draw::seed(key, activity, known.run)).to_string())
}

/// What the room itself has to order now: lotteries that draw themselves have closed.
///
/// The names of the requests follow from what they are about, so that several servers order it once.
pub fn room_orders(key: &RoomKey, room: &Room) -> Vec<Append> {
    let due = room.activities().iter().filter(|activity| {
        let itself = matches!(&activity.body, Body::Lottery(lottery) if lottery.draws_itself());
        itself && activity.phase == Phase::Closed && room.state() == State::Live
    });
    due.map(|activity| {
        let command = Command::LotteryDraw {
            activity: activity.id.clone(),
            winners: None,
            signature: None,
        };
        let print = Sha256::digest(format!("draw/{}/{}", activity.id, activity.run));
        let name = print[..8]
            .iter()
            .fold(String::from("draw-"), |mut name, byte| {
                name.push_str(&format!("{byte:02x}"));
                name
            });
        let what = What::Command(Ordered {
            command,
            hidden: None,
            told: seed(key, room, &activity.id),
            fixed: None,
            issued: None,
            whose: None,
            profile: None,
        });
        Append {
            entry: Entry {
                who: Who::Room,
                id: RequestId::parse(name).expect("a word and 16 digits are an id"),
                what,
            },
            private: Vec::new(),
        }
    })
    .collect()
}

/// Takes the right answers out of a draft.
fn right_answers(
    key: &RoomKey,
    request: u64,
    draft: &mut poll::Draft,
) -> Result<Option<(Hidden, PrivateValue)>, Refusal> {
    let right = std::mem::take(&mut draft.right);
    if right.is_empty() {
        return Ok(None);
    }
    let options = crate::poll::options(draft)?;
    if right
        .iter()
        .any(|id| !options.iter().any(|option| option.id == *id))
    {
        return Err(Refusal::because(
            Reason::UnknownOption,
            "a right answer is none of the options' ids",
        ));
    }
    let value = write_right(&right);
    let activity = draft.activity.as_ref().map_or("", |id| id.as_str());
    let place = format!("right/{activity}/{request:016x}");
    let (kind, same) = (place.clone(), value.clone());
    Ok(Some(hide(key, place, &kind, &same, None, value)))
}

/// Takes an answer that is for the asker alone out of a command. It is theirs: erasing them deletes it.
fn private_answer(
    key: &RoomKey,
    request: u64,
    (activity, question): (&ActivityId, u32),
    text: &mut Option<qna::Words>,
    room: &Room,
) -> Result<Option<(Hidden, PrivateValue)>, Refusal> {
    let text = text
        .take()
        .ok_or_else(|| Refusal::because(Reason::Malformed, "an answer has a text"))?;
    let asker = match room.activity(activity).map(|known| &known.body) {
        Some(Body::Qna(list)) => list.asker(question)?,
        _ => return Err(Reason::UnknownQuestion.into()),
    };
    let place = format!("answer/{activity}/{request:016x}");
    let (kind, value) = ("answer", text.as_str().to_owned());
    let same = value.clone();
    Ok(Some(hide(key, place, kind, &same, Some(asker), value)))
}

/// A name for an activity, the same for the same request.
fn fresh(widget: &str, request: u64) -> ActivityId {
    ActivityId::parse(format!("{widget}-{:08x}", request as u32))
        .expect("a widget's name and eight digits are an id")
}

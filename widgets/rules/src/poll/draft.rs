//! What a draft must be to become a poll.

use super::survey::Asked;
use super::{Poll, Survey};
use crate::activity::{Activity, Body, bounded};
use crate::record::{Hidden, Position};
use liveroom_protocol::id::OptionId;
use liveroom_protocol::identity::Level;
use liveroom_protocol::limits::{GRACE_MS, LABELS, OPTIONS_MAX, OPTIONS_MIN, PARTS};
use liveroom_protocol::phase::Pace;
use liveroom_protocol::poll::{Choice, Draft, OptionDraft, PartDraft, Results, Scale};
use liveroom_protocol::{Reason, Refusal};
use std::collections::HashMap;

/// Makes an activity out of a draft, not open yet; or says what is wrong with the draft.
pub(crate) fn prepare(
    draft: Draft,
    hidden: Option<Hidden>,
    position: Position,
    room_level: Level,
) -> Result<Activity, Refusal> {
    let options = options(&draft)?;
    if usize::from(draft.max_choices) > options.len() {
        return malformed("max_choices is more than there are options");
    }
    if draft.who.tiers.len() + draft.who.segments.len() + draft.who.roles.len() > LABELS {
        return malformed("at most 32 tiers, segments and roles");
    }
    if draft.grace_ms.0 > GRACE_MS || (draft.grace_ms.0 > 0 && draft.time == Pace::Room) {
        return malformed("grace_ms is at most 30000, and only in picture time");
    }
    if draft.board && hidden.is_none() {
        return malformed("a board needs right answers");
    }
    let Some(id) = draft.activity.clone() else {
        return malformed("an activity has no name");
    };
    if draft.parts.len() > PARTS || (hidden.is_some() && !draft.parts.is_empty()) {
        return malformed("a survey has at most nine further questions, and no right answers");
    }
    let parts = draft.parts.iter().map(part).collect::<Result<_, _>>()?;
    let lasts = draft.closes_in_ms.map(bounded).transpose()?;
    let (announced, grace) = (draft.announce, draft.grace_ms);
    let about = draft.about.clone();
    let body = Body::Poll(Box::new(Poll {
        level: draft.level.unwrap_or(room_level),
        results: draft.results.unwrap_or(if hidden.is_some() {
            Results::OnReveal
        } else {
            Results::Always
        }),
        votes: vec![0; options.len()],
        options,
        survey: Survey::new(parts),
        ballots: HashMap::new(),
        right: None,
        board: Vec::new(),
        cancelled: None,
        draft,
    }));
    Ok(Activity {
        announced,
        lasts,
        grace,
        hidden,
        about,
        ..Activity::ready(id, position, body)
    })
}

fn part(draft: &PartDraft) -> Result<Asked, Refusal> {
    let options = listed(&draft.options, draft.scale.as_ref())?;
    if usize::from(draft.max_choices) > options.len() {
        return malformed("max_choices is more than there are options");
    }
    Ok(Asked {
        question: draft.question.as_str().to_owned(),
        max_choices: draft.max_choices,
        scale: draft.scale.clone(),
        votes: vec![0; options.len()],
        options,
    })
}

/// The ids of the options that a draft will have; for checking right answers before they are hidden.
pub fn options(draft: &Draft) -> Result<Vec<Choice>, Refusal> {
    listed(&draft.options, draft.scale.as_ref())
}

fn listed(options: &[OptionDraft], scale: Option<&Scale>) -> Result<Vec<Choice>, Refusal> {
    let options = match scale {
        Some(_) if !options.is_empty() => {
            return malformed("a poll has options or a scale, not both");
        }
        Some(scale) if scale.min > 1 || scale.max > 10 || scale.max < scale.min + 1 => {
            return malformed("a scale goes from 0 or 1 to at most 10");
        }
        Some(scale) => (scale.min..=scale.max).map(step).collect(),
        None => options
            .iter()
            .enumerate()
            .map(|(place, option)| choice(place, option))
            .collect::<Vec<_>>(),
    };
    if !(OPTIONS_MIN..=OPTIONS_MAX).contains(&options.len()) {
        return malformed("a poll has 2 to 20 options");
    }
    let twice = options
        .iter()
        .enumerate()
        .any(|(place, option)| options[..place].iter().any(|before| before.id == option.id));
    if twice {
        return malformed("two options have the same id");
    }
    Ok(options)
}

fn choice(place: usize, option: &OptionDraft) -> Choice {
    let (id, text, image) = match option {
        OptionDraft::Text(text) => (None, text, None),
        OptionDraft::Full { id, text, image } => (id.clone(), text, image.as_ref()),
    };
    Choice {
        id: id.unwrap_or_else(|| numbered(place + 1)),
        text: text.as_str().to_owned(),
        image: image.map(|image| image.as_str().to_owned()),
    }
}

fn step(value: u8) -> Choice {
    Choice {
        id: numbered(usize::from(value)),
        text: value.to_string(),
        image: None,
    }
}

fn numbered(number: usize) -> OptionId {
    OptionId::parse(number.to_string()).expect("a number is an id")
}

fn malformed<T>(why: &str) -> Result<T, Refusal> {
    Err(Refusal::because(Reason::Malformed, why))
}

//! A poll as each audience may know it.

use super::Audience;
use crate::activity::Activity;
use crate::poll::{Place, Poll};
use crate::private::{Private, name_key, read_right};
use crate::pseudonym::Pseudonym;
use liveroom_protocol::limits::COMMENTS;
use liveroom_protocol::news::Entry;
use liveroom_protocol::phase::Phase;
use liveroom_protocol::poll::{BoardRow, Card, Comment, Mine, Part, Results, Tally};
use sha2::{Digest, Sha256};

/// The card; the desk knows right answers before they are told.
pub(super) fn card(
    activity: &Activity,
    poll: &Poll,
    private: &Private,
    audience: Audience,
) -> Card {
    let draft = &poll.draft;
    let right = match audience {
        Audience::Desk => poll.right().map(<[_]>::to_vec).or_else(|| {
            let hidden = activity.hidden.as_ref()?;
            private.value(&hidden.key).map(read_right)
        }),
        Audience::Public | Audience::Acted => poll.right().map(<[_]>::to_vec),
    };
    Card {
        question: draft.question.as_str().to_owned(),
        options: poll.options.clone(),
        max_choices: draft.max_choices,
        scale: draft.scale.clone(),
        quiz: activity.hidden.is_some(),
        results: poll.results,
        can_change: draft.can_change,
        named: draft.named,
        level: poll.level,
        who: draft.who.clone(),
        time: draft.time,
        opened_at: activity.opened_at,
        programme_at: draft.programme_at,
        grace_ms: draft.grace_ms,
        reopened: activity.reopened,
        right,
        board: poll
            .board()
            .iter()
            .filter(|_| poll.cancelled.is_none())
            .map(|place| board_row(activity, poll, private, place))
            .collect(),
        parts: poll
            .survey
            .parts
            .iter()
            .map(|part| Part {
                question: part.question.clone(),
                options: part.options.clone(),
                max_choices: part.max_choices,
                scale: part.scale.clone(),
            })
            .collect(),
        comment: draft.comment.as_ref().map(|text| text.as_str().to_owned()),
        corrected: activity.corrected,
        cancelled: poll.cancelled.clone(),
        about: activity.about.clone(),
    }
}

/// The numbers, as far as this audience may know them.
pub(super) fn tally(activity: &Activity, poll: &Poll, audience: Audience) -> Tally {
    let closed = activity.phase == Phase::Closed;
    // The votes of what was called off count nothing: only the desk sees what they were.
    let off = poll.cancelled.is_some() && audience != Audience::Desk;
    let told = !off
        && (activity.revealed
            || match (poll.results, audience) {
                (_, Audience::Desk) | (Results::Always, _) => true,
                (Results::AfterVoting, Audience::Acted) => true,
                (Results::AfterVoting, Audience::Public) | (Results::AfterClosing, _) => closed,
                (Results::OnReveal, _) => false,
            });
    Tally {
        phase: activity.phase,
        closes_at: activity.closes_at,
        left_ms: activity.left,
        voters: poll.voters(),
        votes: told.then(|| poll.votes().to_vec()),
        parts: match told {
            true => poll
                .survey
                .parts
                .iter()
                .map(|part| part.votes.clone())
                .collect(),
            false => Vec::new(),
        },
        revealed: activity.revealed,
    }
}

fn board_row(activity: &Activity, poll: &Poll, private: &Private, place: &Place) -> BoardRow {
    BoardRow {
        rank: place.rank,
        name: board_name(activity, poll, private, place.who),
        after_ms: place.after,
    }
}

/// The name on a board: the viewer's own where the card says that names are shown and there is one,
/// else four digits that stand for the viewer in this run alone.
fn board_name(activity: &Activity, poll: &Poll, private: &Private, who: Pseudonym) -> String {
    let own = poll
        .draft
        .named
        .then(|| private.value(&name_key(who)))
        .flatten();
    own.map_or_else(|| label(activity, who), str::to_owned)
}

fn label(activity: &Activity, who: Pseudonym) -> String {
    let bytes = Sha256::digest(format!("board/{}/{}/{who}", activity.id, activity.run));
    let (head, _) = bytes
        .split_first_chunk::<2>()
        .expect("SHA-256 has 32 bytes");
    format!("#{:04X}", u16::from_be_bytes(*head))
}

/// What a viewer did in it.
pub(super) fn mine(activity: &Activity, poll: &Poll, private: &Private, who: Pseudonym) -> Mine {
    Mine {
        choices: poll.choices(who),
        voted: poll.has_voted(who),
        parts: poll.survey.choices(who),
        commented: poll.survey.has_written(who),
        label: poll
            .draft
            .board
            .then(|| board_name(activity, poll, private, who)),
    }
}

/// What was written in a survey, newest last, at most so many; only the desk reads it, and without names.
pub(super) fn comments(
    poll: &Poll,
    private: &Private,
    audience: Audience,
    most: usize,
) -> Vec<Entry> {
    match audience {
        Audience::Public | Audience::Acted => Vec::new(),
        Audience::Desk => {
            let newest = poll.survey.comments().rev().take(most);
            let mut comments: Vec<Entry> = newest
                .map(|(id, written)| {
                    Entry::Poll(Comment {
                        id,
                        rev: written.rev,
                        text: private.value(&written.hidden.key).map(str::to_owned),
                    })
                })
                .collect();
            comments.reverse();
            comments
        }
    }
}

/// The newest of them.
pub(super) fn entries(poll: &Poll, private: &Private, audience: Audience) -> Vec<Entry> {
    comments(poll, private, audience, COMMENTS)
}

//! All that was written in a survey, without names, as the desk knows it.

use super::{Column, Rows, Table, columns};
use liveroom_protocol::id::ActivityId;
use liveroom_protocol::news::Entry;
use liveroom_protocol::poll::Comment;
use liveroom_protocol::{Reason, Refusal};
use liveroom_rules::activity::Body;
use liveroom_rules::room::Room;
use liveroom_rules::view::{self, Audience};
use serde::Serialize;

/// The comments in the order of writing.
#[derive(Serialize)]
#[serde(transparent)]
pub(super) struct Comments(Vec<Comment>);

/// What was written in a survey; what its author took back, or was erased with them, is left out.
pub(super) fn of(room: &Room, activity: &ActivityId) -> Result<Comments, Refusal> {
    let known = room.activity(activity).ok_or(Reason::NotFound)?;
    let Body::Poll(_) = &known.body else {
        return Err(Refusal::because(
            Reason::NotFound,
            "this activity is no survey",
        ));
    };
    let entries = view::all_entries(known, &room.private, Audience::Desk);
    let comments = entries.into_iter().filter_map(|entry| match entry {
        Entry::Poll(comment) => comment.text.is_some().then_some(comment),
        Entry::Qna(_) | Entry::Unknown => None,
    });
    Ok(Comments(comments.collect()))
}

impl Rows for Comments {
    fn columns(&self) -> Vec<Column> {
        columns::COMMENTS.to_vec()
    }

    fn fill(&self, table: &mut Table) {
        for Comment { id, text, .. } in &self.0 {
            table.row([id.to_string().as_str(), text.as_deref().unwrap_or_default()]);
        }
    }
}

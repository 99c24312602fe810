//! What is asked of a list of questions: a page of it, what holds some words, what is like what is typed.

use super::{Reader, question, told};
use crate::activity::Body;
use crate::private::Private;
use crate::qna::Qna;
use crate::room::Room;
use crate::view::Audience;
use crate::words::bare;
use liveroom_protocol::message::{Found, More, Page, Similar};
use liveroom_protocol::news::Entry;
use liveroom_protocol::qna::{Order, Row};
use liveroom_protocol::{Reason, Refusal};

/// A page that was asked for.
///
/// # Errors
/// When there is no such list, or this audience is not shown it.
pub fn page(room: &Room, asked: &More, audience: Audience) -> Result<Page, Refusal> {
    let activity = room
        .activity(&asked.activity)
        .filter(|activity| audience == Audience::Desk || activity.is_shown())
        .ok_or(Reason::NotFound)?;
    let Body::Qna(qna) = &activity.body else {
        return Err(Reason::NotFound.into());
    };
    let reader = match audience {
        Audience::Desk => Reader::Desk,
        Audience::Public | Audience::Acted => Reader::Everybody,
    };
    let of_desk = match asked.order {
        Order::Top | Order::Newest | Order::Unanswered => asked.find.is_some(),
        Order::Waiting | Order::Dismissed => true,
    };
    if of_desk && reader != Reader::Desk {
        return Err(Reason::NotAllowed.into());
    }
    let (list, total) = match &asked.find {
        Some(words) => find(qna, &room.private, words.as_str(), asked.after),
        None => qna.page(asked.order, asked.after),
    };
    let questions = told(activity, qna, &room.private, reader, &list);
    let entries = questions.into_iter().map(Entry::Qna).collect();
    Ok(Page {
        asked: asked.clone(),
        run: activity.run,
        list,
        entries,
        total,
    })
}

/// Those that hold these words, whatever became of them, or that have this number.
fn find(qna: &Qna, private: &Private, words: &str, after: u32) -> (Vec<Row>, u32) {
    let wanted = bare(words);
    let number = words.trim().trim_start_matches('#').parse().ok();
    qna.found(after, |id, asked| {
        let text = || private.value(&asked.hidden.key);
        let holds = |text: &str| !wanted.is_empty() && bare(text).contains(&wanted);
        number == Some(id) || text().is_some_and(holds)
    })
}

/// The questions that are likely the same as what is typed, of those that an audience sees in the list.
///
/// # Errors
/// When there is no such list, or this audience is not shown it.
pub fn similar(room: &Room, asked: &Similar, audience: Audience) -> Result<Found, Refusal> {
    let activity = room
        .activity(&asked.activity)
        .filter(|activity| audience == Audience::Desk || activity.is_shown())
        .ok_or(Reason::NotFound)?;
    let Body::Qna(qna) = &activity.body else {
        return Err(Reason::NotFound.into());
    };
    // Nobody is offered what waits or was dismissed, at the desk neither: there it is found by its words.
    let seen = |id| {
        qna.question(id)
            .is_ok_and(|asked| asked.is_shown() && room.private.value(&asked.hidden.key).is_some())
    };
    let ids = room.private.alike.like(activity, asked.text.as_str(), seen);
    let entries = ids
        .iter()
        .filter_map(|id| question(qna, *id, &room.private, Reader::Everybody));
    Ok(Found {
        activity: activity.id.clone(),
        run: activity.run,
        entries: entries.map(Entry::Qna).collect(),
        list: ids.into_iter().map(|id| qna.row(id)).collect(),
    })
}

//! What the streamer does: opens the poll, and looks at what the room tells everybody.

use liveroom_protocol::message::FromRoom;
use liveroom_protocol::{Tally, poll};
use liveroom_tests::ballots::Count;
use liveroom_tests::desk::command;
use liveroom_tests::process::{Fault, Process, ROOM};
use serde_json::json;

/// The name of the poll.
pub(crate) const POLL: &str = "approval";

/// Opens a poll with these options, of which any number may be chosen.
pub(crate) async fn open(server: &Process, options: &[String]) -> Result<(), Fault> {
    let poll = json!({
        "type": "poll.open",
        "activity": POLL,
        "question": "Whom do you approve of?",
        "options": options,
        "max_choices": 0,
    });
    command(server, &poll).await
}

/// The public tally as someone who joins late is told it.
pub(crate) async fn snapshot(server: &Process) -> Result<Count, Fault> {
    let answer = reqwest::get(server.url(&format!("/v1/rooms/{ROOM}"))).await?;
    let frames: Vec<FromRoom> = answer.error_for_status()?.json().await?;
    let mut tallies = frames
        .into_iter()
        .filter_map(|frame| match frame {
            FromRoom::News(news) => Some(news.news),
            _ => None,
        })
        .flatten()
        .filter(|item| item.activity.as_str() == POLL)
        .filter_map(|item| item.tally);
    match tallies.next_back() {
        Some(Tally::Poll(poll::Tally {
            voters,
            votes: Some(votes),
            ..
        })) => Ok(Count { voters, votes }),
        other => Err(format!("the snapshot has no numbers: {other:?}").into()),
    }
}

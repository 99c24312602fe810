//! What the streamer does: gets a token, opens the poll, and looks at what the room tells everybody.

use liveroom_protocol::message::FromRoom;
use liveroom_protocol::{Tally, poll};
use liveroom_tests::ballots::Count;
use liveroom_tests::process::{Fault, Process, ROOM};
use liveroom_tests::voter::address;
use serde_json::{Value, json};
use std::net::IpAddr;

/// The name of the poll.
pub(crate) const POLL: &str = "approval";

/// A token that the development server mints for whoever asks; here from the address of a viewer's own.
pub(crate) async fn token(
    server: &Process,
    role: &str,
    sub: &str,
    number: usize,
) -> Result<String, Fault> {
    let asked = json!({ "room": ROOM, "role": role, "sub": sub });
    let answer = reqwest::Client::builder()
        .local_address(IpAddr::V4(address(number)))
        .build()?
        .post(server.url("/v1/tokens"))
        .json(&asked)
        .send()
        .await?;
    let answer: Value = answer.error_for_status()?.json().await?;
    let token = answer["token"]
        .as_str()
        .ok_or("an answer without a token")?;
    Ok(token.to_owned())
}

/// Opens a poll with these options, of which any number may be chosen.
pub(crate) async fn open(server: &Process, options: &[String]) -> Result<(), Fault> {
    let command = json!({
        "type": "poll.open",
        "activity": POLL,
        "question": "Whom do you approve of?",
        "options": options,
        "max_choices": 0,
    });
    let answer = reqwest::Client::new()
        .post(server.url(&format!("/v1/rooms/{ROOM}/commands")))
        .bearer_auth(token(server, "streamer", "desk", 0).await?)
        .header("idempotency-key", "open")
        .json(&command)
        .send()
        .await?;
    match answer.status().is_success() {
        true => Ok(()),
        false => Err(format!("the poll was not opened: {}", answer.text().await?).into()),
    }
}

/// The public tally as someone who joins late is told it.
pub(crate) async fn snapshot(server: &Process) -> Result<Count, Fault> {
    let answer = reqwest::get(server.url(&format!("/v1/rooms/{ROOM}"))).await?;
    let frames: Vec<FromRoom> = answer.error_for_status()?.json().await?;
    let tallies = frames
        .into_iter()
        .filter_map(|frame| match frame {
            FromRoom::News(news) => Some(news.news),
            _ => None,
        })
        .flatten()
        .filter(|item| item.activity.as_str() == POLL)
        .filter_map(|item| item.tally);
    match tallies.last() {
        Some(Tally::Poll(poll::Tally {
            voters,
            votes: Some(votes),
            ..
        })) => Ok(Count { voters, votes }),
        other => Err(format!("the snapshot has no numbers: {other:?}").into()),
    }
}

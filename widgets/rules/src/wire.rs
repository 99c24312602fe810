//! Frames from outside, decoded or refused; nothing else in the room reads bytes that a stranger wrote.

use liveroom_protocol::command::Settings;
use liveroom_protocol::limits::{MESSAGES, RELAYED};
use liveroom_protocol::message::ToRoom;
use liveroom_protocol::relay::Relayed;
use liveroom_protocol::run::Run;
use liveroom_protocol::{Command, Reason, Refusal};
use serde::de::DeserializeOwned;

/// Decodes one message of at most `limit` bytes.
pub fn to_room(bytes: &[u8], limit: usize) -> Result<ToRoom, Refusal> {
    read(bytes, limit)
}

/// Decodes the messages of one HTTP request.
pub fn to_room_all(bytes: &[u8], limit: usize) -> Result<Vec<ToRoom>, Refusal> {
    let messages: Vec<ToRoom> = read(bytes, limit)?;
    if messages.len() > MESSAGES {
        return Err(Refusal::because(
            Reason::TooLarge,
            format!("at most {MESSAGES} messages at once"),
        ));
    }
    Ok(messages)
}

/// Decodes a command of at most `limit` bytes.
pub fn command(bytes: &[u8], limit: usize) -> Result<Command, Refusal> {
    read(bytes, limit)
}

/// Decodes the commands of one HTTP request, in their order.
pub fn commands(bytes: &[u8], limit: usize) -> Result<Vec<Command>, Refusal> {
    let commands: Vec<Command> = read(bytes, limit)?;
    if commands.len() > MESSAGES {
        return Err(Refusal::because(
            Reason::TooLarge,
            format!("at most {MESSAGES} commands at once"),
        ));
    }
    Ok(commands)
}

/// Decodes what a relay sends for viewers of other platforms.
pub fn relayed(bytes: &[u8], limit: usize) -> Result<Vec<Relayed>, Refusal> {
    let acts: Vec<Relayed> = read(bytes, limit)?;
    if acts.len() > RELAYED {
        return Err(Refusal::because(
            Reason::TooLarge,
            format!("at most {RELAYED} acts at once"),
        ));
    }
    Ok(acts)
}

/// Decodes how a room is to be set up.
pub fn settings(bytes: &[u8], limit: usize) -> Result<Settings, Refusal> {
    read(bytes, limit)
}

/// Decodes a run of show of at most `limit` bytes, and sees that a desk can go through it.
pub fn run(bytes: &[u8], limit: usize) -> Result<Run, Refusal> {
    let run: Run = read(bytes, limit)?;
    run.checked()
        .map_err(|no| Refusal::because(Reason::Malformed, no.to_string()))
}

fn read<T: DeserializeOwned>(bytes: &[u8], limit: usize) -> Result<T, Refusal> {
    if bytes.len() > limit {
        return Err(Refusal::because(
            Reason::TooLarge,
            format!("at most {limit} bytes"),
        ));
    }
    serde_json::from_slice(bytes).map_err(|error| {
        // What serde says may quote the sender's own words back to them; it is cut so that it stays a sentence.
        let said: String = error.to_string().chars().take(300).collect();
        Refusal::because(Reason::Malformed, said)
    })
}

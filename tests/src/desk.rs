//! What a streamer does over HTTP: gets a token from a development server, and commands.

use crate::process::{Fault, Process, ROOM};
use crate::voter::address;
use serde_json::{Value, json};
use std::net::IpAddr;

/// A token that the development server mints for whoever asks; asked for from the address of the viewer `number`.
pub async fn token(
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

/// Gives a command, which the room must do.
pub async fn command(server: &Process, command: &Value) -> Result<(), Fault> {
    let answer = reqwest::Client::new()
        .post(server.url(&format!("/v1/rooms/{ROOM}/commands")))
        .bearer_auth(token(server, "streamer", "desk", 0).await?)
        .json(command)
        .send()
        .await?;
    if answer.status().is_success() {
        Ok(())
    } else {
        Err(format!("{command} was refused: {}", answer.text().await?).into())
    }
}

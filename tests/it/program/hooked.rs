//! A server that is killed between a delivery and its answer: it delivers again, under the same name.

use super::program;
use liveroom_tests::Receiver;
use liveroom_tests::desk;
use liveroom_tests::process::{Fault, Process, ROOM};
use liveroom_tests::receiver::Answer;
use serde_json::json;
use tempfile::TempDir;

#[tokio::test]
async fn what_was_delivered_and_not_taken_when_it_was_killed_is_delivered_again()
-> Result<(), Fault> {
    program();
    let folder = TempDir::new()?;
    let mut server = Process::start_with(folder.path(), None, &["--hooks-local"]).await?;
    let mut receiver = Receiver::open().await;
    receiver.answers([Answer::Hang]);
    let owner = desk::token(&server, "owner", "desk", 0).await?;
    let made = reqwest::Client::new()
        .put(server.url(&format!("/v1/rooms/{ROOM}/hooks/shop")))
        .bearer_auth(owner)
        .json(&json!({"url": receiver.url()}))
        .send()
        .await?;
    assert!(made.status().is_success(), "{}", made.text().await?);
    desk::command(&server, &json!({"type": "show.start"})).await?;
    let first = receiver.hears().await;
    // It was heard, and not answered.
    server.kill().await?;
    server.restart().await?;
    let again = receiver.hears().await;
    assert_eq!(again.line("webhook-id"), first.line("webhook-id"));
    assert_eq!(again.body, first.body);
    // It was taken now, and what follows comes alone.
    desk::command(&server, &json!({"type": "show.end"})).await?;
    assert_eq!(receiver.hears().await.kinds(), ["live.room.show_ended"]);
    server.kill().await
}

//! A server that is killed in the middle of a sale, a draw and a list of questions.

use super::program;
use liveroom_protocol::message::{Answer, ToRoom};
use liveroom_tests::desk;
use liveroom_tests::process::{Fault, Process, ROOM};
use liveroom_tests::voter::{Line, Voter};
use serde_json::{Value, json};
use tempfile::TempDir;

/// Viewers of each widget.
const VIEWERS: usize = 12;
/// Units, fewer than want one.
const UNITS: usize = 5;

fn act(activity: &str, action: &Value) -> Result<ToRoom, Fault> {
    let act = json!({"type": "act", "id": format!("once-{activity}"), "activity": activity, "action": action});
    Ok(serde_json::from_value(act)?)
}

async fn say(line: &mut Line, request: &ToRoom) -> Result<Answer, Fault> {
    let ToRoom::Act(act) = request else {
        return Err("only acts are said here".into());
    };
    line.say(request).await?;
    line.answer(&act.id).await
}

/// One viewer enters, asks and claims; how far they were answered before the line was cut.
async fn take_part(mut voter: Voter, server: std::net::SocketAddr) -> (Voter, Vec<bool>) {
    let mut answers = Vec::new();
    let mut all = async || -> Result<(), Fault> {
        let mut line = voter.join(server).await?;
        let question = format!("Question of {}?", voter.number);
        for (activity, action) in [
            ("mugs", json!({"type": "lottery.enter"})),
            ("ask", json!({"type": "qna.ask", "text": question})),
            ("deal", json!({"type": "deal.claim", "variant": "1"})),
        ] {
            let answer = say(&mut line, &act(activity, &action)?).await?;
            answers.push(answer.ok);
        }
        Ok(())
    };
    // The kill cuts it.
    let _ = all().await;
    (voter, answers)
}

/// The tally of an activity as anybody is told it.
async fn tally(server: &Process, activity: &str) -> Result<Value, Fault> {
    let path = format!("/v1/rooms/{ROOM}");
    let told: Value = reqwest::get(server.url(&path)).await?.json().await?;
    let messages = told.as_array().into_iter().flatten();
    let news = messages.flat_map(|message| message["news"].as_array().into_iter().flatten());
    let mut item = news.filter(|item| item["activity"] == activity && item["tally"].is_object());
    Ok(item
        .next_back()
        .map_or(Value::Null, |item| item["tally"].clone()))
}

fn count(answers: &[(Voter, Vec<bool>)], place: usize) -> u64 {
    let yes = answers
        .iter()
        .filter(|(_, told)| told.get(place) == Some(&true));
    yes.count() as u64
}

#[tokio::test]
async fn a_kill_loses_no_entry_no_question_and_no_claim() -> Result<(), Fault> {
    program();
    let folder = TempDir::new()?;
    let mut server = Process::start(folder.path(), None).await?;
    for open in [
        json!({"type": "lottery.open", "activity": "mugs", "title": "Mugs", "prizes": [{"name": "A mug"}]}),
        json!({"type": "qna.open", "activity": "ask", "title": "Ask", "approval": false}),
        json!({"type": "deal.open", "activity": "deal", "title": "A mug", "sku": "m", "price": {"amount": "9", "currency": "EUR"}, "variants": [{"stock": UNITS}], "reserve_ms": 600_000}),
    ] {
        desk::command(&server, &open).await?;
    }
    let mut voters = Vec::new();
    for number in 1..=VIEWERS {
        let token = desk::token(&server, "viewer", &format!("v{number}"), number).await?;
        voters.push(Voter {
            number,
            token: Some(token),
            device: None,
        });
    }
    let address = server.address;
    let parts: Vec<_> = voters
        .into_iter()
        .map(|voter| tokio::spawn(take_part(voter, address)))
        .collect();
    // Killed in the middle: as soon as somebody's question is in.
    while tally(&server, "ask").await?["questions"]
        .as_u64()
        .is_none_or(|questions| questions < 2)
    {}
    server.kill().await?;
    let mut answered = Vec::new();
    for part in parts {
        answered.push(part.await?);
    }
    server.restart().await?;
    let kept = |told: &Value, name: &str| told[name].as_u64().unwrap_or(0);
    let stock = tally(&server, "deal").await?["stock"][0].clone();
    assert!(kept(&tally(&server, "mugs").await?, "entrants") >= count(&answered, 0));
    assert!(kept(&tally(&server, "ask").await?, "questions") >= count(&answered, 1));
    assert!(kept(&stock, "reserved") >= count(&answered, 2), "{stock}");

    // All ask again under the same names, and nothing is done twice.
    let mut claimed = 0;
    for (voter, before) in answered {
        let (_, after) = take_part(voter, address).await;
        assert!(after.len() == 3 && after[0] && after[1], "{after:?}");
        assert!(
            before.get(2) != Some(&true) || after[2],
            "a claim that was told stays"
        );
        claimed += usize::from(after[2]);
    }
    assert_eq!(claimed, UNITS);
    let told = tally(&server, "deal").await?;
    assert_eq!(told["stock"][0]["reserved"], UNITS);
    assert_eq!(tally(&server, "mugs").await?["entrants"], VIEWERS);
    assert_eq!(tally(&server, "ask").await?["questions"], VIEWERS);
    server.kill().await
}

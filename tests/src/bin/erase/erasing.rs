//! The erasing itself: at rest, with the server killed in the middle, asked again, with reports that come late.

use crate::crowd::{Crowd, Deed, Person};
use crate::places::files;
use crate::room::Room;
use liveroom_tests::process::{Fault, Process};
use serde_json::{Value, json};
use std::path::Path;
use std::time::Duration;

/// The id of the order to erase somebody.
fn id(person: &Person) -> String {
    // Nothing of theirs: what a request is called lies in the log.
    format!("erase-{}", &fold(&person.mark))
}

fn fold(text: &str) -> String {
    let sum = text.bytes().fold(7_u64, |sum, byte| {
        sum.wrapping_mul(1_000_003) ^ u64::from(byte)
    });
    format!("{sum:x}")
}

fn at_rest_first(crowd: &Crowd) -> impl Iterator<Item = &Person> {
    crowd.leaving().filter(|person| person.mark.ends_with("1x"))
}

fn under_fire(crowd: &Crowd) -> impl Iterator<Item = &Person> {
    crowd
        .leaving()
        .filter(|person| !person.mark.ends_with("1x"))
}

/// Erases the first of each kind; the receipt says at once that all is done.
pub(crate) async fn at_rest(room: &Room, crowd: &Crowd) -> Result<(), Fault> {
    for person in at_rest_first(crowd) {
        let answer = room.command_as(&id(person), &person.named()).await?;
        complete(person, &answer["receipt"])?;
    }
    Ok(())
}

/// Erases the others while the server is killed, each a little later in the middle of it, and asks again under the same id.
pub(crate) async fn killed(
    server: &mut Process,
    room: &Room,
    crowd: &Crowd,
) -> Result<String, Fault> {
    let mut unanswered = 0;
    for (number, person) in under_fire(crowd).enumerate() {
        let asking = {
            let (room, id, order) = (room.clone(), id(person), person.named());
            tokio::spawn(async move {
                room.command_as(&id, &order)
                    .await
                    .map_err(|why| why.to_string())
            })
        };
        // No time is waited for: a moment of chance is what is wanted.
        tokio::time::sleep(Duration::from_millis(3 * number as u64)).await;
        server.kill().await?;
        unanswered += usize::from(asking.await?.is_err());
        server.restart().await?;
        let answer = room.command_as(&id(person), &person.named()).await?;
        complete(person, &answer["receipt"])?;
    }
    Ok(format!(
        "The server was killed {} times while it erased, {unanswered} times before it answered, and did the rest.",
        under_fire(crowd).count()
    ))
}

/// Asks for every receipt once more, and for the list of them.
pub(crate) async fn receipts(room: &Room, crowd: &Crowd) -> Result<String, Fault> {
    let list: Vec<Value> = serde_json::from_str(&room.read("/erasures").await?)?;
    if list.len() != crowd.leaving().count() {
        return Err(format!("{} receipts", list.len()).into());
    }
    for person in crowd.leaving() {
        let again = room.command_as(&id(person), &person.named()).await?;
        complete(person, &again["receipt"])?;
        if !list.contains(&again["receipt"]) {
            return Err(format!("{}: asked again it is {again}", person.mark).into());
        }
    }
    Ok(format!(
        "{} receipts say what was erased, the same when asked again.",
        list.len()
    ))
}

/// Whether a receipt says all that was theirs, and that nothing waits.
fn complete(person: &Person, receipt: &Value) -> Result<(), Fault> {
    let erased = &receipt["erased"];
    let mut wanted = vec![("reports", 6), ("page_loads", 2)];
    match person.deed {
        Deed::Wins => wanted.extend([("forms", 1), ("names", 1)]),
        Deed::Votes => wanted.push(("names", 1)),
        Deed::Asks => wanted.extend([("questions", 1), ("replies", 1), ("answers", 1)]),
        Deed::Comments => wanted.push(("comments", 1)),
        Deed::Buys => {}
    }
    let wrong = wanted.iter().find(|(what, count)| erased[what] != *count);
    let done = receipt["pending"] == json!([]) && receipt["kept"][0]["class"] == "ballots";
    if wrong.is_some() || !done {
        return Err(format!("{}: {wrong:?} is not what {receipt} says", person.mark).into());
    }
    Ok(())
}

/// What browsers had kept comes late, and is dropped.
pub(crate) async fn late(room: &Room, crowd: &Crowd) -> Result<String, Fault> {
    let mut dropped = 0;
    for person in crowd.leaving() {
        let told = room.reports(&person.reports()).await?;
        if told["erased"] != 6 || told["stored"] != 0 {
            return Err(format!("{}: late reports were answered with {told}", person.mark).into());
        }
        dropped += 6;
    }
    Ok(format!("{dropped} reports that came late were dropped."))
}

/// Whoever comes again writes anew, and has no second ballot and no second unit.
pub(crate) async fn come_again(room: &Room, crowd: &Crowd) -> Result<String, Fault> {
    let reason = |answer: &Value| {
        answer["refusal"]["reason"]
            .as_str()
            .unwrap_or("none")
            .to_owned()
    };
    for person in at_rest_first(crowd) {
        let (activity, action, wanted) = match person.deed {
            Deed::Wins | Deed::Votes => continue,
            Deed::Buys => {
                let claim = json!({"type": "deal.claim", "variant": "red", "quantity": 1});
                ("deal", claim, "limit-reached")
            }
            Deed::Asks => {
                let ask = json!({"type": "qna.ask", "text": "What is new?"});
                ("ask", ask, "none")
            }
            Deed::Comments => {
                // A ballot may be changed; it stays the one.
                let answer = json!({"type": "poll.answer", "choices": ["2"]});
                ("how", answer, "none")
            }
        };
        let answer = person.tries(room, "again", activity, action).await?;
        if reason(&answer) != wanted {
            return Err(format!("{}: coming again was answered with {answer}", person.mark).into());
        }
    }
    let news: Vec<Value> = serde_json::from_str(&room.read("").await?)?;
    let items = news.iter().filter_map(|message| message["news"].as_array());
    let how = |item: &&Value| item["activity"] == "how" && !item["tally"].is_null();
    let how = items.flatten().find(how).ok_or("no survey")?;
    if how["tally"]["voters"] != 4 {
        return Err(format!("a second ballot: {how}").into());
    }
    Ok("Who comes again may write, and has no second ballot and no second unit.".to_owned())
}

/// The room ends; a piece of it is erased by what it is, since nobody knows any more whose it is.
pub(crate) async fn of_ended(room: &Room, folder: &Path, crowd: &Crowd) -> Result<String, Fault> {
    let asker = crowd.staying().find(|person| person.deed == Deed::Asks);
    let asker = asker.ok_or("nobody asked")?;
    let list: Vec<Value> = serde_json::from_str(&room.read("/questions?activity=ask").await?)?;
    let theirs = |question: &&Value| question["text"].as_str() == Some(&asker.word("question"));
    let question = list.iter().find(theirs).ok_or("no question")?["id"].clone();
    let replies = list[0]["replies"].as_array().ok_or("no replies")?;
    let place = replies
        .iter()
        .position(|reply| reply["text"].as_str() == Some(&asker.word("reply")));
    room.command(&json!({"type": "room.seal"})).await?;
    let account = room.try_command("by-account", &asker.named()).await?;
    if account["refusal"]["reason"] != "sealed" && account["reason"] != "sealed" {
        return Err(format!("an account was looked for in an ended room: {account}").into());
    }
    let pieces = json!([{"activity": "ask", "question": question}, {"activity": "ask", "reply": [list[0]["id"], place]}]);
    let erase = json!({"type": "viewer.erase", "pieces": pieces});
    let answer = room.command_as("pieces", &erase).await?;
    if answer["receipt"]["erased"]["pieces"] != 2 {
        return Err(format!("an ended room answered {answer}").into());
    }
    let reports = json!({"type": "viewer.erase", "me": asker.me});
    let reports = room.command_as("reports", &reports).await?;
    if reports["receipt"]["erased"]["reports"] != 6 {
        return Err(format!("an ended room answered {reports}").into());
    }
    let again = room.command_as("pieces", &erase).await?;
    if again["receipt"] != answer["receipt"] {
        return Err(format!("asked again it is {again}").into());
    }
    let mark = asker.mark.as_bytes();
    let found =
        |(_, bytes): &(String, Vec<u8>)| bytes.windows(mark.len()).any(|window| window == mark);
    let left: Vec<String> = files(folder)?
        .into_iter()
        .filter(found)
        .map(|(place, _)| place)
        .collect();
    let shown = room.read("").await?.contains(&asker.mark);
    if !left.is_empty() || shown {
        return Err(
            format!("of a piece of an ended room this is left: {left:?}, shown: {shown}").into(),
        );
    }
    Ok("Pieces of an ended room are erased too, and reports of it.".to_owned())
}

//! Whether every promise was kept: what must be the same is, and nothing is found.

use crate::crowd::{Crowd, Deed};
use crate::places::Found;
use crate::room::Room;
use liveroom_tests::process::Fault;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// All numbers of a room, and the proof of its draw.
#[derive(Debug, PartialEq)]
pub(crate) struct Numbers {
    /// Tallies by activity.
    tallies: Vec<(String, Value)>,
    /// Winners by number and entrant.
    winners: Vec<(Value, Value, Value)>,
    /// Claims by standing.
    claims: Vec<(Value, Value)>,
    proof: Value,
    /// How often reports were counted, and how many browsers got how far.
    reports: Vec<Value>,
}

impl Numbers {
    pub(crate) async fn of(room: &Room, folder: &Path) -> Result<Self, Fault> {
        let news = settled(room).await?;
        let items = news.iter().filter_map(|message| message["news"].as_array());
        let items: Vec<&Value> = items.flatten().collect();
        let mut tallies: Vec<(String, Value)> = items
            .iter()
            .filter(|item| !item["tally"].is_null())
            .map(|item| (item["activity"].to_string(), item["tally"].clone()))
            .collect();
        tallies.sort_by(|a, b| a.0.cmp(&b.0));
        if tallies.len() != 5 {
            return Err(format!("{} tallies", tallies.len()).into());
        }
        let card = items
            .iter()
            .find(|item| item["activity"] == "pot" && !item["card"].is_null());
        let winners = card.and_then(|item| item["card"]["winners"].as_array());
        let winners = winners.ok_or("no winners")?.iter();
        let claims: Value = serde_json::from_str(&room.read("/claims?activity=deal").await?)?;
        let claims = claims["claims"].as_array().ok_or("no claims")?.iter();
        let proof = room.read("/draws/pot").await?;
        fs::write(proof_file(folder), &proof)?;
        Ok(Self {
            tallies,
            winners: winners
                .map(|won| {
                    (
                        won["win"].clone(),
                        won["entrant"].clone(),
                        won["standing"].clone(),
                    )
                })
                .collect(),
            claims: claims
                .map(|claim| (claim["claim"].clone(), claim["standing"].clone()))
                .collect(),
            proof: serde_json::from_str(&proof)?,
            reports: counted(folder)?,
        })
    }
}

/// A room's news once every order in it is settled there too: what is answered is told to all a moment later.
async fn settled(room: &Room) -> Result<Vec<Value>, Fault> {
    loop {
        let news: Vec<Value> = serde_json::from_str(&room.read("").await?)?;
        let items = news.iter().filter_map(|message| message["news"].as_array());
        let ordering = |item: &Value| item["tally"]["stock"][0]["ordering"].as_u64();
        if items.flatten().filter_map(ordering).sum::<u64>() == 0 {
            return Ok(news);
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
}

/// The sums that figures are made of, as another program reads them.
fn counted(folder: &Path) -> Result<Vec<Value>, Fault> {
    let file = rusqlite::Connection::open(folder.join("data/engagement.db"))?;
    let sums = [
        "SELECT sum(count) FROM counts",
        "SELECT count(*) FROM page_loads",
        "SELECT count(*) FROM steps",
        "SELECT count(DISTINCT coalesce(me, session)) FROM steps JOIN page_loads ON page_loads.id = page_load",
    ];
    let read = |sql: &str| file.query_row(sql, [], |row| row.get::<_, i64>(0));
    let sums: rusqlite::Result<Vec<Value>> = sums
        .into_iter()
        .map(|sql| read(sql).map(Value::from))
        .collect();
    Ok(sums?)
}

fn proof_file(folder: &Path) -> PathBuf {
    folder.join("proof.json")
}

/// Everybody was found where they had been: in the folder, and where their deed is exported.
pub(crate) fn was_there(crowd: &Crowd, found: &Found) -> Result<String, Fault> {
    let mut places = 0;
    for person in crowd.leaving() {
        let by_mark = found
            .get(&person.mark)
            .ok_or_else(|| format!("{} was nowhere", person.mark))?;
        let by_me = found
            .get(&person.me)
            .ok_or_else(|| format!("{} had no reports", person.mark))?;
        let export = match person.deed {
            Deed::Wins => "GET /claims?activity=pot",
            Deed::Votes => "GET ",
            Deed::Asks => "GET /questions?activity=ask",
            Deed::Comments => "GET /comments?activity=how",
            // Of a buyer an export has numbers alone.
            Deed::Buys => "",
        };
        let exported = export.is_empty() || by_mark.contains(export);
        if !exported || !by_me.iter().any(|place| place.contains("engagement.db")) {
            return Err(format!(
                "{} was looked for and found in {by_mark:?}, {by_me:?}",
                person.mark
            )
            .into());
        }
        places += by_mark.len() + by_me.len();
    }
    Ok(format!(
        "{} viewers were there, found in {places} places of the folder and the exports.",
        crowd.leaving().count()
    ))
}

/// Nothing is found of anybody who was erased.
pub(crate) fn nothing_left(crowd: &Crowd, found: &Found) -> Result<String, Fault> {
    if !found.is_empty() {
        return Err(format!("of those who were erased this is left: {found:#?}").into());
    }
    Ok(format!(
        "Nothing of {} viewers is in any byte of the folder, nor in any export.",
        crowd.leaving().count()
    ))
}

/// Whoever was not erased is still there.
pub(crate) fn stayed(crowd: &Crowd, found: &Found) -> Result<String, Fault> {
    for person in crowd.staying() {
        if !found.contains_key(&person.mark) || !found.contains_key(&person.me) {
            return Err(format!("{} was not to be erased", person.mark).into());
        }
    }
    Ok(format!(
        "{} others are where they were.",
        crowd.staying().count()
    ))
}

/// Every number is what it was.
pub(crate) fn same(before: &Numbers, after: &Numbers) -> Result<String, Fault> {
    if before != after {
        return Err(format!("numbers changed: {before:#?} became {after:#?}").into());
    }
    Ok(format!(
        "{} tallies, {} winners, {} claims, the proof and the counted reports are as before.",
        after.tallies.len(),
        after.winners.len(),
        after.claims.len()
    ))
}

/// The proof that is served now holds, by the program that anybody can check it with.
pub(crate) async fn draw_holds(room: &Room, folder: &Path) -> Result<String, Fault> {
    fs::write(proof_file(folder), room.read("/draws/pot").await?)?;
    let program = std::env::var_os("LIVEROOM_SERVER").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/debug/liveroom-server"),
        PathBuf::from,
    );
    let checked = Command::new(program)
        .arg("verify-draw")
        .arg(proof_file(folder))
        .output()?;
    if !checked.status.success() {
        let said = String::from_utf8_lossy(&checked.stderr);
        return Err(format!("the proof does not hold: {said}").into());
    }
    Ok("The proof of the draw holds.".to_owned())
}

//! Opens a log of a million votes in a real server: `./tests/bench open`.
//!
//! The log is written by the server's own writer, a vote each of a million viewers. Then the server is started on it and asked for the
//! room by HTTP: `open_s` is the time until that is answered. Meanwhile another room of the same server is asked again and again.

use liveroom_demo::Clock;
use liveroom_demo::log::SqliteLog;
use liveroom_protocol::id::{Epoch, RequestId, RoomId};
use liveroom_protocol::identity::{Role, Standing};
use liveroom_protocol::message::{Act, FromRoom, Order};
use liveroom_protocol::{Action, Tally, poll};
use liveroom_rules::log::{Append, Log};
use liveroom_rules::pseudonym::{Pseudonym, RoomKey};
use liveroom_rules::record::{Entry, Founding, What, Who};
use liveroom_rules::{RULES, private, room::Room};
use liveroom_tests::chance::Chance;
use liveroom_tests::figure::Figure;
use liveroom_tests::process::{Fault, Process, ROOM};
use serde_json::json;
use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// How many vote.
const VOTES: u32 = 1_000_000;
/// Votes of one append.
const BATCH: u32 = 10_000;
/// Options of the poll.
const OPTIONS: usize = 4;
/// The room with the large log.
const BIG: &str = "big";
/// How often the other room is asked.
const ASK: Duration = Duration::from_millis(50);

#[tokio::main]
async fn main() -> ExitCode {
    match bench().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => {
            eprintln!("bench open: {fault}");
            ExitCode::FAILURE
        }
    }
}

async fn bench() -> Result<(), Fault> {
    let folder = tempfile::tempdir()?;
    let data = folder.path().join("data");
    std::fs::create_dir(&data)?;
    eprintln!("{VOTES} votes are written.");
    let began = Instant::now();
    let wanted = write(&data).await?;
    say("write_s", began.elapsed().as_secs_f64(), "s");
    let log = std::fs::metadata(data.join("log.db"))?.len();
    say("log_mb", log as f64 / 1e6, "MB");
    let mut server = Process::start(folder.path(), None).await?;
    let before = server.rss_mb()?;
    let began = Instant::now();
    let opening = tokio::spawn(votes(server.url(&format!("/v1/rooms/{BIG}"))));
    let other = server.url(&format!("/v1/rooms/{ROOM}"));
    let mut slowest = Duration::ZERO;
    while !opening.is_finished() {
        let asked = Instant::now();
        reqwest::get(&other).await?.error_for_status()?;
        slowest = slowest.max(asked.elapsed());
        tokio::time::sleep(ASK).await;
    }
    let (told, opened) = opening.await??;
    say("open_s", (opened - began).as_secs_f64(), "s");
    say("other_room_slowest_ms", slowest.as_secs_f64() * 1e3, "ms");
    say("cpu_s", server.cpu()?.all_s(), "s");
    say("rss_before_mb", before, "MB");
    say("rss_mb", server.rss_mb()?, "MB");
    say("rss_peak_mb", server.rss_peak_mb()?, "MB");
    say("exact", f64::from(u8::from(told == wanted)), "1 if it is");
    server.kill().await?;
    match told == wanted {
        true => Ok(()),
        false => Err(format!("the room says {told:?}, and {wanted:?} were written").into()),
    }
}

fn say(figure: &str, value: f64, unit: &str) {
    let (bench, who) = ("open", "liveroom");
    Figure {
        bench,
        who,
        figure,
        value,
        unit,
    }
    .print();
}

/// Writes the room's log, and says how many chose each option.
async fn write(data: &Path) -> Result<Vec<u32>, Fault> {
    let full = |why: liveroom_rules::log::Unavailable| why.0;
    let (log, writer) = SqliteLog::open(data, Clock::System, None)?;
    let id = RoomId::parse(BIG)?;
    log.make(&id).await.map_err(full)?;
    let mut beginning = vec![Append {
        entry: Entry {
            who: Who::Room,
            id: RequestId::parse("found")?,
            what: What::Found(Founding {
                rules: RULES,
                epoch: Epoch::parse("bench")?,
                room: id.clone(),
            }),
        },
        private: Vec::new(),
    }];
    let room = Room::new(id.clone());
    beginning.push(open(log.secret(), &room)?);
    log.append(&id, beginning).await.map_err(full)?;
    let mut chance = Chance::new(2002);
    let mut wanted = vec![0; OPTIONS];
    for _ in 0..VOTES / BATCH {
        let mut votes = Vec::new();
        for _ in 0..BATCH {
            let option = usize::try_from(chance.below(OPTIONS as u64))?;
            wanted[option] += 1;
            votes.push(vote(log.secret(), &room, &mut chance, option)?);
        }
        log.append(&id, votes).await.map_err(full)?;
    }
    drop(log);
    tokio::task::spawn_blocking(move || writer.join())
        .await?
        .map_err(|_| "the writer of the log ended badly")?;
    Ok(wanted)
}

fn open(key: &RoomKey, room: &Room) -> Result<Append, Fault> {
    let options: Vec<String> = (1..=OPTIONS)
        .map(|place| format!("Option {place}"))
        .collect();
    let draft = json!({ "type": "poll.open", "activity": "poll", "question": "Which?", "options": options });
    let order = Order {
        id: RequestId::parse("open")?,
        command: serde_json::from_value(draft)?,
    };
    private::order(key, Role::Streamer, Pseudonym(1), order, room)
        .map_err(|refusal| format!("{refusal:?}").into())
}

/// A vote of a viewer of chance, under an id as long as the kit's.
fn vote(key: &RoomKey, room: &Room, chance: &mut Chance, option: usize) -> Result<Append, Fault> {
    let who = u128::from(chance.number()) << 64 | u128::from(chance.number());
    let act = Act {
        id: RequestId::parse(format!("{:016x}{:06x}", chance.number(), option))?,
        activity: liveroom_protocol::id::ActivityId::parse("poll")?,
        run: Some(1),
        action: Action::PollVote(poll::Vote {
            choices: vec![liveroom_protocol::id::OptionId::parse(
                (option + 1).to_string(),
            )?],
        }),
        attest: None,
    };
    private::act(key, Pseudonym(who), Standing::default(), act, room)
        .map_err(|refusal| format!("{refusal:?}").into())
}

/// The votes of the room's only poll, and when they were told.
async fn votes(url: String) -> Result<(Vec<u32>, Instant), Fault> {
    let answer = reqwest::get(url).await?.error_for_status()?;
    let frames: Vec<FromRoom> = answer.json().await?;
    let told = Instant::now();
    let tally = frames
        .into_iter()
        .filter_map(|frame| match frame {
            FromRoom::News(news) => Some(news.news),
            _ => None,
        })
        .flatten()
        .find_map(|item| item.tally);
    match tally {
        Some(Tally::Poll(poll::Tally {
            votes: Some(votes), ..
        })) => Ok((votes, told)),
        other => Err(format!("the room tells no votes: {other:?}").into()),
    }
}

//! Records the log of a made-up show under the present rules: `cargo run -p liveroom-tests --bin record_log NAME`.
//!
//! Run once for each number of the rules; what lies in `tests/logs/` is never recorded again.

use liveroom_protocol::id::{Epoch, OptionId, RequestId, RoomId};
use liveroom_protocol::identity::{Label, Level, Role, Standing};
use liveroom_protocol::message::{Act, Order};
use liveroom_protocol::poll::Vote;
use liveroom_protocol::time::Timestamp;
use liveroom_protocol::{Action, Command};
use liveroom_rules::log::Append;
use liveroom_rules::pseudonym::{Identity, RoomKey};
use liveroom_rules::record::{Entry, Founding, Record, What, Who};
use liveroom_rules::room::Room;
use liveroom_rules::{RULES, private};
use liveroom_tests::recorded::{self, Line};
use std::error::Error;
use std::fs;
use std::path::Path;

struct Recorder {
    room: Room,
    key: RoomKey,
    now: u64,
    lines: Vec<Line>,
}

impl Recorder {
    fn push(&mut self, entry: Entry) -> Result<(), Box<dyn Error>> {
        self.now += 137;
        let record = Record {
            position: self.lines.len() as u64 + 1,
            at: Timestamp(self.now),
            entry,
        };
        let verdict = self
            .room
            .fold(&record)
            .map_err(|damage| format!("{damage:?}"))?;
        self.lines.push(recorded::line(&record, &verdict));
        Ok(())
    }

    fn order(&mut self, role: Role, id: &str, json: &str) -> Result<(), Box<dyn Error>> {
        let command: Command = serde_json::from_str(json)?;
        let who = self.key.pseudonym(&Identity::Account(format!("{role:?}")));
        let order = Order {
            id: RequestId::parse(id)?,
            command,
        };
        let Append { entry, private } = private::order(&self.key, role, who, order, &self.room)
            .map_err(|refusal| format!("{refusal:?}"))?;
        private
            .into_iter()
            .for_each(|value| self.room.private.keep(value));
        self.push(entry)
    }

    fn act(
        &mut self,
        who: &str,
        id: &str,
        activity: &str,
        choices: &[&str],
    ) -> Result<(), Box<dyn Error>> {
        let name = self.key.pseudonym(&Identity::Device(who.to_owned()));
        let choices: Vec<OptionId> = choices
            .iter()
            .map(|id| OptionId::parse(*id))
            .collect::<Result<_, _>>()?;
        let action = if choices.is_empty() {
            Action::PollWithdraw
        } else {
            Action::PollVote(Vote { choices })
        };
        let act = Act {
            id: RequestId::parse(id)?,
            activity: liveroom_protocol::id::ActivityId::parse(activity)?,
            run: None,
            action,
            attest: None,
        };
        let gold = who.starts_with('g');
        let standing = Standing {
            level: if gold { Level::Token } else { Level::Device },
            tier: if gold {
                Some(Label::parse("gold")?)
            } else {
                None
            },
            ..Standing::default()
        };
        let Append { entry, private } = private::act(&self.key, name, standing, act, &self.room)
            .map_err(|refusal| format!("{refusal:?}"))?;
        private
            .into_iter()
            .for_each(|value| self.room.private.keep(value));
        self.push(entry)
    }
}

fn show(log: &mut Recorder) -> Result<(), Box<dyn Error>> {
    let streamer = Role::Streamer;
    log.order(
        streamer,
        "s1",
        r#"{"type":"show.start","title":"Spring launch","on_air":["anna"]}"#,
    )?;
    log.order(streamer, "s2", r#"{"type":"poll.open","activity":"colour","question":"Which colour next?","options":["Red","Blue","Green"],"closes_in_ms":9000}"#)?;
    for (viewer, id, choices) in [
        ("v1", "a", ["1"]),
        ("v2", "a", ["2"]),
        ("v1", "b", ["2"]),
        ("v1", "a", ["1"]),
        ("v1", "b", ["3"]),
        ("v3", "a", ["9"]),
    ] {
        log.act(viewer, id, "colour", &choices)?;
    }
    log.act("v2", "c", "colour", &[])?;
    log.act("v2", "d", "colour", &[])?;
    log.order(
        Role::Moderator,
        "m1",
        r#"{"type":"pause","activity":"colour"}"#,
    )?;
    log.act("v4", "a", "colour", &["1"])?;
    log.order(
        Role::Moderator,
        "m2",
        r#"{"type":"reveal","activity":"colour"}"#,
    )?;
    log.order(streamer, "s3", r#"{"type":"resume","activity":"colour"}"#)?;
    log.order(
        streamer,
        "s4",
        r#"{"type":"extend","activity":"colour","by_ms":1000}"#,
    )?;
    log.act("v4", "a", "colour", &["1"])?;
    log.now += 20_000;
    log.act("v5", "a", "colour", &["1"])?;
    log.order(
        streamer,
        "s5",
        r#"{"type":"reopen","activity":"colour","closes_in_ms":60000}"#,
    )?;
    log.act("v5", "a", "colour", &["1"])?;
    log.order(streamer, "s6", r#"{"type":"poll.prepare","activity":"quiz","question":"Which is a mammal?","options":[{"id":"shark","text":"Shark"},{"id":"bat","text":"Bat"}],"right":["bat"],"board":true,"can_change":false,"who":{"tiers":["gold"]}}"#)?;
    log.order(streamer, "s7", r#"{"type":"open","activity":"quiz"}"#)?;
    for (viewer, choice) in [
        ("g1", "bat"),
        ("g2", "shark"),
        ("v1", "bat"),
        ("g3", "bat"),
        ("g1", "shark"),
    ] {
        log.act(viewer, &format!("q{choice}"), "quiz", &[choice])?;
    }
    log.order(streamer, "s8", r#"{"type":"show.on_air","on_air":["ben"]}"#)?;
    log.order(streamer, "s9", r#"{"type":"close","activity":"quiz"}"#)?;
    log.order(streamer, "s10", r#"{"type":"reveal","activity":"quiz"}"#)?;
    log.order(streamer, "s11", r#"{"type":"poll.open","activity":"rating","question":"How was it?","scale":{"min":1,"max":5},"grace_ms":8000,"closes_in_ms":2000,"results":"after_closing"}"#)?;
    log.now += 3_000;
    log.act("v1", "r", "rating", &["5"])?;
    log.now += 9_000;
    log.push(Entry {
        who: Who::Room,
        id: RequestId::parse("tick-1")?,
        what: What::Tick,
    })?;
    log.order(streamer, "s12", r#"{"type":"reset","activity":"rating"}"#)?;
    log.order(
        streamer,
        "s13",
        r#"{"type":"put_away","activity":"colour"}"#,
    )?;
    log.order(streamer, "s14", r#"{"type":"show.end"}"#)
}

fn main() -> Result<(), Box<dyn Error>> {
    let name = std::env::args().nth(1).ok_or("give the log a name")?;
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("logs");
    let file = folder.join(format!("{name}.jsonl"));
    if file.exists() {
        return Err(format!("{name} was recorded already: its decisions stand").into());
    }
    let id = RoomId::parse("demo")?;
    let mut log = Recorder {
        room: Room::new(id.clone()),
        key: RoomKey::new([9; 32]),
        now: 1_767_225_600_000,
        lines: Vec::new(),
    };
    let founding = Founding {
        rules: RULES,
        epoch: Epoch::parse("recorded")?,
        room: id,
    };
    log.push(Entry {
        who: Who::Room,
        id: RequestId::parse("found")?,
        what: What::Found(founding),
    })?;
    show(&mut log)?;
    let lines: Result<Vec<String>, _> = log.lines.iter().map(serde_json::to_string).collect();
    fs::write(file, lines?.join("\n") + "\n")?;
    // What can be seen without anything private: that is what a replay has.
    let seen = recorded::replay("demo", &log.lines);
    fs::write(
        folder.join(format!("{name}.seen.json")),
        serde_json::to_string_pretty(&seen)? + "\n",
    )?;
    Ok(())
}

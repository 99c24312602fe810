//! Records the log of a made-up show under the present rules: `cargo run -p liveroom-tests --bin record_log NAME`.
//!
//! Run once for each number of the rules; what lies in `tests/logs/` is never recorded again.

use liveroom_protocol::id::{Epoch, RequestId, RoomId};
use liveroom_protocol::identity::{Label, Level, Role, Standing};
use liveroom_protocol::message::{Act, Order};
use liveroom_protocol::time::Timestamp;
use liveroom_rules::log::Append;
use liveroom_rules::pseudonym::{Identity, Pseudonym, RoomKey};
use liveroom_rules::record::{Entry, Founding, Record, What, Who};
use liveroom_rules::room::Room;
use liveroom_rules::{RULES, private};
use liveroom_tests::recorded::{self, Line};
use serde_json::{Value, json};
use std::error::Error;
use std::fs;
use std::path::Path;

mod deal;
mod lottery;
mod poll;
mod qna;

type Fault = Box<dyn Error>;

/// A room whose every record is written down with what it said of it.
struct Recorder {
    room: Room,
    key: RoomKey,
    now: u64,
    lines: Vec<Line>,
}

impl Recorder {
    fn push(&mut self, entry: Entry) -> Result<(), Fault> {
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

    fn append(&mut self, Append { entry, private }: Append) -> Result<(), Fault> {
        private
            .into_iter()
            .for_each(|value| self.room.private.keep(value));
        self.push(entry)
    }

    /// A record of the room itself, or of what a server saw.
    fn fact(&mut self, who: Who, id: &str, what: What) -> Result<(), Fault> {
        let id = RequestId::parse(id)?;
        self.push(Entry { who, id, what })
    }

    /// What the room has to order itself by now.
    fn order_itself(&mut self) -> Result<(), Fault> {
        for order in private::room_orders(&self.key, &self.room) {
            self.append(order)?;
        }
        Ok(())
    }

    fn order(&mut self, role: Role, id: &str, json: &str) -> Result<(), Fault> {
        let who = self.key.pseudonym(&Identity::Account(format!("{role:?}")));
        let order = Order {
            id: RequestId::parse(id)?,
            command: serde_json::from_str(json)?,
        };
        let append = private::order(&self.key, role, who, order, &self.room)
            .map_err(|refusal| format!("{id}: {refusal:?}"))?;
        self.append(append)
    }

    /// A viewer's pseudonym in the room.
    fn viewer(&self, who: &str) -> Pseudonym {
        self.key.pseudonym(&Identity::Device(who.to_owned()))
    }

    /// A viewer acts: `g…` have the tier gold, `a…` an account, all others a device.
    fn act(&mut self, who: &str, id: &str, activity: &str, action: Value) -> Result<(), Fault> {
        let gold = who.starts_with('g');
        let account = gold || who.starts_with('a');
        let standing = Standing {
            level: if account { Level::Token } else { Level::Device },
            tier: if gold {
                Some(Label::parse("gold")?)
            } else {
                None
            },
            ..Standing::default()
        };
        self.act_as(who, standing, id, activity, action)
    }

    /// A viewer of whom the room knows this acts.
    fn act_as(
        &mut self,
        who: &str,
        standing: Standing,
        id: &str,
        activity: &str,
        action: Value,
    ) -> Result<(), Fault> {
        let act = Act {
            id: RequestId::parse(id)?,
            activity: liveroom_protocol::id::ActivityId::parse(activity)?,
            run: None,
            action: serde_json::from_value(action)?,
            attest: None,
        };
        let append = private::act(&self.key, self.viewer(who), standing, act, &self.room)
            .map_err(|refusal| format!("{id}: {refusal:?}"))?;
        self.append(append)
    }

    /// A viewer votes; with no choice, takes the vote back.
    fn vote(&mut self, who: &str, id: &str, activity: &str, choices: &[&str]) -> Result<(), Fault> {
        let action = if choices.is_empty() {
            json!({"type": "poll.withdraw"})
        } else {
            json!({"type": "poll.vote", "choices": choices})
        };
        self.act(who, id, activity, action)
    }

    /// The name of the claim that the last record made.
    fn claim(&self) -> String {
        format!("c{}", self.lines.len())
    }
}

fn main() -> Result<(), Fault> {
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
    log.fact(Who::Room, "found", What::Found(founding))?;
    poll::show(&mut log)?;
    lottery::show(&mut log)?;
    qna::show(&mut log)?;
    deal::show(&mut log)?;
    log.order(Role::Streamer, "end", r#"{"type":"show.end"}"#)?;
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

//! The two servers: how each is started, joined, voted in and listened to.

use liveroom_protocol::message::ToRoom;
use liveroom_tests::desk::command;
use liveroom_tests::process::{Cpu, Fault, Process, status_mb};
use liveroom_tests::voter::{Line, Voter, vote};
use serde::Deserialize;
use serde_json::json;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::process::Stdio;
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

/// The name of the poll.
const POLL: &str = "poll";

/// Which server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// The room server.
    Liveroom,
    /// socket.io.
    SocketIo,
}

impl Kind {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Liveroom => "liveroom",
            Self::SocketIo => "socket.io",
        }
    }
}

/// A running server.
pub(crate) enum Peer {
    /// The room server, with its folder, which goes when it goes.
    Liveroom { server: Process, _folder: TempDir },
    /// Node with socket.io, and where it listens.
    SocketIo(Child, SocketAddr),
}

impl Peer {
    /// Starts one, with an open poll.
    pub(crate) async fn start(kind: Kind) -> Result<Self, Fault> {
        match kind {
            Kind::Liveroom => {
                let folder = tempfile::tempdir()?;
                let server = Process::start(folder.path(), None).await?;
                let options: Vec<String> = (1..=crate::OPTIONS)
                    .map(|place| format!("Option {place}"))
                    .collect();
                let poll = json!({ "type": "poll.open", "activity": POLL, "question": "Which?", "options": options });
                command(&server, &poll).await?;
                Ok(Self::Liveroom {
                    server,
                    _folder: folder,
                })
            }
            Kind::SocketIo => {
                let script =
                    Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/room/socket.io.mjs");
                let mut child = Command::new("node")
                    .arg(script)
                    .env("NODE_ENV", "production")
                    .stdin(Stdio::piped())
                    .stdout(Stdio::piped())
                    .kill_on_drop(true)
                    .spawn()?;
                let out = child.stdout.take().ok_or("node has no output")?;
                let line = BufReader::new(out).lines().next_line().await?;
                let port = line
                    .ok_or("the socket.io server ended at once")?
                    .trim()
                    .parse()?;
                Ok(Self::SocketIo(
                    child,
                    SocketAddr::from((Ipv4Addr::LOCALHOST, port)),
                ))
            }
        }
    }

    /// How viewers come in.
    pub(crate) const fn entrance(&self) -> Entrance {
        match self {
            Self::Liveroom { server, .. } => Entrance(Kind::Liveroom, server.address),
            Self::SocketIo(_, address) => Entrance(Kind::SocketIo, *address),
        }
    }

    fn id(&self) -> Option<u32> {
        match self {
            Self::Liveroom { server, .. } => server.id(),
            Self::SocketIo(child, _) => child.id(),
        }
    }

    /// Processor time so far.
    pub(crate) fn cpu(&self) -> Result<Cpu, Fault> {
        Cpu::of(self.id())
    }

    /// Megabytes of memory now.
    pub(crate) fn rss_mb(&self) -> Result<f64, Fault> {
        status_mb(self.id(), "VmRSS:")
    }

    /// Ends it.
    pub(crate) async fn stop(&mut self) -> Result<(), Fault> {
        match self {
            Self::Liveroom { server, .. } => server.kill().await,
            Self::SocketIo(child, _) => Ok(child.kill().await?),
        }
    }
}

/// What was heard.
pub(crate) enum Heard {
    /// The tally, and how far it counts.
    Tally {
        rev: u64,
        voters: u32,
        votes: Vec<u32>,
    },
    /// A vote was taken.
    Answer { position: u64 },
    /// The server wants to hear this.
    Ping(&'static str),
    /// Anything else.
    Other,
}

#[derive(Deserialize)]
struct Counted {
    voters: u32,
    votes: Vec<u32>,
}

#[derive(Deserialize)]
struct Item {
    rev: u64,
    tally: Option<Counted>,
}

#[derive(Deserialize)]
struct Frame<'a> {
    #[serde(rename = "type")]
    kind: &'a str,
    #[serde(default)]
    news: Vec<Item>,
    #[serde(default)]
    ok: bool,
    #[serde(default)]
    position: u64,
}

#[derive(Deserialize)]
struct Emitted {
    rev: u64,
    #[serde(flatten)]
    counted: Counted,
}

#[derive(Deserialize)]
struct Taken {
    ok: bool,
    position: u64,
}

/// How viewers come in, vote, and understand what they hear.
#[derive(Clone, Copy)]
pub(crate) struct Entrance(Kind, SocketAddr);

impl Entrance {
    /// A viewer comes in, and is ready to vote.
    pub(crate) async fn join(self, number: usize) -> Result<Line, Fault> {
        let Self(kind, server) = self;
        match kind {
            Kind::Liveroom => {
                let mut voter = Voter {
                    number,
                    ..Voter::default()
                };
                voter.join(server).await
            }
            // Engine.IO 4 in its WebSocket transport: 0 opens, 40 joins the namespace, 42 is an event, 43 its answer.
            Kind::SocketIo => {
                let mut line =
                    Line::open(server, number, "/socket.io/?EIO=4&transport=websocket").await?;
                line.send("40".to_owned()).await?;
                while !matches!(io_said(&line.text().await?)?, Heard::Tally { .. }) {}
                Ok(line)
            }
        }
    }

    /// A vote as text.
    pub(crate) fn vote(self, number: usize, option: usize) -> Result<String, Fault> {
        let id = format!("vote-{number}");
        match self.0 {
            Kind::Liveroom => {
                let request: ToRoom = vote(&id, POLL, &[option])?;
                Ok(serde_json::to_string(&request)?)
            }
            Kind::SocketIo => {
                let vote =
                    json!({ "viewer": format!("viewer-{number}"), "id": id, "choice": option + 1 });
                Ok(format!("421{}", json!(["vote", vote])))
            }
        }
    }

    /// Understands a text.
    pub(crate) fn read(self, text: &str) -> Result<Heard, Fault> {
        match self.0 {
            Kind::Liveroom => room_said(text),
            Kind::SocketIo => io_said(text),
        }
    }
}

fn room_said(text: &str) -> Result<Heard, Fault> {
    let frame: Frame<'_> = serde_json::from_str(text)?;
    let tally = frame
        .news
        .into_iter()
        .rev()
        .find_map(|item| Some((item.rev, item.tally?)));
    match (frame.kind, tally) {
        ("news", Some((rev, Counted { voters, votes }))) => Ok(Heard::Tally { rev, voters, votes }),
        ("answer", _) if frame.ok => Ok(Heard::Answer {
            position: frame.position,
        }),
        ("answer" | "refused", _) => Err(format!("the room said no: {text}").into()),
        _ => Ok(Heard::Other),
    }
}

fn io_said(text: &str) -> Result<Heard, Fault> {
    if text == "2" {
        return Ok(Heard::Ping("3"));
    }
    if let Some(event) = text.strip_prefix("42") {
        let (_, Emitted { rev, counted }): (&str, Emitted) = serde_json::from_str(event)?;
        let Counted { voters, votes } = counted;
        return Ok(Heard::Tally { rev, voters, votes });
    }
    if let Some(answer) = text.strip_prefix("431") {
        let [Taken { ok: true, position }] = serde_json::from_str::<[Taken; 1]>(answer)? else {
            return Err(format!("the server said no: {text}").into());
        };
        return Ok(Heard::Answer { position });
    }
    Ok(Heard::Other)
}

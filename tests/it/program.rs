//! The server as a program: what it prints, how it fails, and that a kill loses nothing it acknowledged.

use liveroom_protocol::id::RequestId;
use liveroom_protocol::message::FromRoom;
use liveroom_tests::Seen;
use liveroom_tests::process::{Fault, Process};
use liveroom_tests::voter::{Voter, vote};
use serde_json::{Value, json};
use std::path::PathBuf;
use std::process::{Output, Stdio};
use std::sync::OnceLock;
use tempfile::TempDir;
use tokio::process::Command;

mod hooked;
mod killed;

/// The program, built as it stands unless `LIVEROOM_SERVER` names one.
fn program() -> &'static PathBuf {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    PROGRAM.get_or_init(|| match std::env::var_os("LIVEROOM_SERVER") {
        Some(path) => path.into(),
        None => {
            let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
            let top = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
            let build = ["build", "--quiet", "--package", "liveroom-demo"];
            let built = std::process::Command::new(cargo)
                .args(build)
                .current_dir(top)
                .status();
            assert!(
                built.is_ok_and(|status| status.success()),
                "the server does not build"
            );
            PathBuf::from(top).join("target/debug/liveroom-server")
        }
    })
}

async fn run(arguments: &[&str]) -> Output {
    let mut command = Command::new(program());
    command
        .args(arguments)
        .stdin(Stdio::null())
        .kill_on_drop(true);
    command.output().await.expect("the program can be run")
}

#[tokio::test]
async fn what_prevents_a_start_is_said_in_one_sentence() {
    let folder = TempDir::new().expect("a temporary folder can be made");
    let path = |name: &str| folder.path().join(name).display().to_string();
    std::fs::write(path("file"), "x").expect("a file can be written");
    std::fs::create_dir(path("noise")).expect("a folder can be made");
    std::fs::write(path("noise/log.db"), [b'x'; 8_192]).expect("a file can be written");
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("there is a free port");
    let port = listener
        .local_addr()
        .expect("it listens")
        .port()
        .to_string();
    let (data, file, noise, missing) = (
        path("data"),
        path("file/below"),
        path("noise"),
        path("missing"),
    );
    let cases = [
        (vec!["--data", &data, "--port", &port], "is taken"),
        (vec!["--data", &file], "cannot write in"),
        (vec!["--data", &noise, "--port", "0"], "is damaged"),
        (
            vec!["--data", &data, "--port", "0", "--key", &missing],
            "missing",
        ),
        (
            vec!["--data", &data, "--port", "0", "--bind", "203.0.113.7"],
            "cannot listen on",
        ),
    ];
    for (arguments, said) in cases {
        let output = run(&arguments).await;
        let words = String::from_utf8_lossy(&output.stderr);
        assert!(!output.status.success(), "{arguments:?}");
        assert!(
            words.contains(said) && words.trim().lines().count() == 1,
            "{arguments:?}: {words}"
        );
    }
    for arguments in [
        &["--room", "a b"][..],
        &["--port", "70000"],
        &["--public-url", "shop"],
        &["--nothing"],
    ] {
        let output = run(arguments).await;
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
    }
}

/// What the room shows to anybody.
async fn shown(server: &Process) -> Result<Seen, Fault> {
    let said: Vec<FromRoom> = reqwest::get(server.url("/v1/rooms/demo"))
        .await?
        .json()
        .await?;
    let mut seen = Seen::default();
    said.iter().for_each(|message| seen.take(message));
    Ok(seen)
}

async fn open_poll(server: &Process) -> Result<(), Fault> {
    let http = reqwest::Client::new();
    let asked = json!({ "room": "demo", "role": "streamer", "sub": "lin" });
    let answer: Value = http
        .post(server.url("/v1/tokens"))
        .json(&asked)
        .send()
        .await?
        .json()
        .await?;
    let poll = json!({ "type": "poll.open", "activity": "tea", "question": "Tea?", "options": ["Green", "Black"] });
    let request = http
        .post(server.url("/v1/rooms/demo/commands"))
        .bearer_auth(answer["token"].as_str().unwrap_or_default());
    let answer: Value = request.json(&poll).send().await?.json().await?;
    if answer["ok"] == true {
        Ok(())
    } else {
        Err(answer.to_string().into())
    }
}

/// Votes once, and says whether that was acknowledged.
async fn cast(mut voter: Voter, server: std::net::SocketAddr) -> (Voter, bool) {
    let mut once = async || -> Result<bool, Fault> {
        let id = RequestId::parse("ballot").map_err(|error| error.to_string())?;
        let mut line = voter.join(server).await?;
        line.say(&vote(id.as_str(), "tea", &[1])?).await?;
        Ok(line.answer(&id).await?.ok)
    };
    let acknowledged = once().await.unwrap_or(false);
    (voter, acknowledged)
}

#[tokio::test]
async fn a_kill_loses_nothing_that_was_acknowledged() -> Result<(), Fault> {
    const VOTERS: usize = 60;
    program();
    let folder = TempDir::new()?;
    let mut server = Process::start(folder.path(), None).await?;
    open_poll(&server).await?;
    let address = server.address;
    let voters = (0..VOTERS).map(|number| Voter {
        number,
        ..Voter::default()
    });
    let casting: Vec<_> = voters
        .map(|voter| tokio::spawn(cast(voter, address)))
        .collect();
    // Killed in the middle: as soon as a third of the votes are in.
    while shown(&server)
        .await?
        .tally("tea")
        .is_none_or(|tally| tally.voters < 20)
    {}
    server.kill().await?;
    let mut voters = Vec::new();
    for cast in casting {
        voters.push(cast.await?);
    }
    let acknowledged = u32::try_from(
        voters
            .iter()
            .filter(|(_, acknowledged)| *acknowledged)
            .count(),
    )?;
    server.restart().await?;
    let kept = shown(&server)
        .await?
        .tally("tea")
        .map_or(0, |tally| tally.voters);
    assert!(
        kept >= acknowledged,
        "{kept} votes are left of {acknowledged} that were acknowledged"
    );
    // Whoever got no answer asks again, with the same id; whoever did, too.
    for (voter, _) in voters {
        let (_, acknowledged) = cast(voter, server.address).await;
        assert!(acknowledged);
    }
    let seen = shown(&server).await?;
    assert_eq!(
        seen.tally("tea").map(|tally| tally.voters),
        u32::try_from(VOTERS).ok()
    );
    server.kill().await
}

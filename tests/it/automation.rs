//! The button and the bot of the documents, run as printed against a real server, with keys that name what they may do.

use liveroom_protocol::identity::Role;
use liveroom_tests::House;
use liveroom_tests::client::PATIENCE;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Instant;
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::process::Command;

/// Writes the program of the document in a language into a folder.
fn program(folder: &TempDir, language: &str, name: &str) -> PathBuf {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../demo/AUTOMATION.md");
    let text = std::fs::read_to_string(file).expect("the document is there");
    let start = format!("\n```{language}\n");
    let (_, rest) = text.split_once(&start).expect("it has such a program");
    let (program, _) = rest.split_once("\n```").expect("it ends");
    let path = folder.path().join(name);
    std::fs::write(&path, program).expect("a temporary file can be written");
    path
}

/// A key that may open polls and close them.
async fn key(house: &House) -> String {
    let mut owner = house.staff(Role::Owner).await;
    let scope = json!({ "kind": "automation", "commands": ["poll.open", "close"] });
    let made = json!({ "type": "key.make", "label": "Stream Deck", "scope": scope });
    owner.must(made).await.secret.expect("a secret")
}

fn run(house: &House, key: &str, command: &str, program: &Path) -> Command {
    let mut run = Command::new(command);
    run.arg(program)
        .env("SERVER", house.url(""))
        .env("ROOM", "demo")
        .env("KEY", key)
        .kill_on_drop(true);
    run
}

#[tokio::test]
async fn a_press_of_the_button_opens_one_poll_however_often_it_is_sent() {
    let house = House::open().await;
    let folder = TempDir::new().expect("a temporary folder can be made");
    let (key, button) = (key(&house).await, program(&folder, "sh", "button.sh"));
    let press = async |command: &str| -> Value {
        let mut button = run(&house, &key, "bash", &button);
        let ran = button.arg(command).env("PRESS", "press-1").output().await;
        let ran = ran.expect("bash and curl are at hand");
        let said = String::from_utf8_lossy(&ran.stdout).into_owned();
        serde_json::from_str(&said).unwrap_or_else(|_| panic!("{said}: {ran:?}"))
    };
    let poll = r#"{"type":"poll.open","activity":"colour","question":"Red or blue?","options":["Red","Blue"],"closes_in_ms":60000}"#;
    let first = press(poll).await;
    assert_eq!(
        (&first["ok"], &first["activity"]),
        (&json!(true), &json!("colour"))
    );
    assert_eq!(press(poll).await, first, "sent again it is the same press");
    // What the key does not name it does not do.
    let refused = press(r#"{"type":"room.seal"}"#).await;
    assert_eq!(refused["refusal"]["reason"], "not-allowed", "{refused}");
    let mut page = house.viewer().await;
    page.until("the poll", |seen| seen.card("colour").is_some())
        .await;
    house.close().await;
}

/// A way to the server that cuts the answer to the second request, the order, after the server gave it.
async fn cutting(house: &House) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let (server, address) = (house.address(), listener.local_addr().expect("an address"));
    tokio::spawn(async move {
        for number in 1.. {
            let (mut page, _) = listener.accept().await.expect("somebody comes");
            let mut way = TcpStream::connect(server)
                .await
                .expect("the server is there");
            tokio::spawn(async move {
                if number != 2 {
                    return drop(tokio::io::copy_bidirectional(&mut page, &mut way).await);
                }
                let (mut asks, _hears) = page.split();
                let (mut answers, mut asked) = way.split();
                let mut answer = [0; 1_024];
                tokio::select! {
                    _ = tokio::io::copy(&mut asks, &mut asked) => {}
                    _ = answers.read(&mut answer) => {}
                }
            });
        }
    });
    format!("http://{address}")
}

#[tokio::test]
async fn a_press_whose_answer_is_cut_off_is_tried_again_and_opens_one_poll() {
    let house = House::open().await;
    let folder = TempDir::new().expect("a temporary folder can be made");
    let (key, button) = (key(&house).await, program(&folder, "sh", "button.sh"));
    let mut press = run(&house, &key, "bash", &button);
    let press = press
        .env("SERVER", cutting(&house).await)
        .arg(r#"{"type":"poll.open","question":"Red or blue?","options":["Red","Blue"]}"#);
    let ran = press.output().await.expect("bash and curl are at hand");
    let said: Value = serde_json::from_slice(&ran.stdout).unwrap_or_else(|_| panic!("{ran:?}"));
    assert_eq!(said["ok"], true, "{said}");
    let mut page = house.viewer().await;
    let activity = said["activity"].as_str().expect("it has a name");
    page.until("the poll", |seen| seen.card(activity).is_some())
        .await;
    let news = house.get("/v1/rooms/demo").await.text().await;
    let news = news.expect("it is text");
    assert_eq!(news.matches("Red or blue?").count(), 1, "{news}");
    house.close().await;
}

#[tokio::test]
async fn the_bot_obeys_moderators_and_nobody_else() {
    let house = House::open().await;
    let folder = TempDir::new().expect("a temporary folder can be made");
    let (key, bot) = (key(&house).await, program(&folder, "js", "bot.mjs"));
    let mut bot = run(&house, &key, "node", &bot);
    let bot = bot
        .env("MODERATORS", "mia")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped());
    let mut bot = bot.spawn().expect("node is at hand");
    let chat = "tom\t!poll Mine? | Yes | No\nmia\tGood evening!\nmia\t!poll Red or \"blue\"? | Red | Blue\nmia\t!close\nmia\t!poll Alone?\n";
    let mut line = bot.stdin.take().expect("it is piped");
    line.write_all(chat.as_bytes()).await.expect("it listens");
    drop(line);
    let said = bot.wait_with_output().await.expect("it ends");
    let said = String::from_utf8_lossy(&said.stdout).into_owned();
    let lines: Vec<&str> = said.lines().collect();
    assert_eq!(
        lines[..2],
        ["mia: the poll is open", "mia: the poll is closed"],
        "{said}"
    );
    assert!(lines[2].starts_with("mia: no ("), "{said}");
    // What was done is told to all a moment later.
    let start = Instant::now();
    loop {
        let news = house.get("/v1/rooms/demo").await.text().await;
        let news = news.expect("text");
        assert!(!news.contains("Mine?"), "{news}");
        if news.contains(r#"Red or \"blue\"?"#) {
            break;
        }
        assert!(start.elapsed() < PATIENCE, "{news}");
    }
    house.close().await;
}

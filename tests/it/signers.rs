//! The signers of the documents, each run as printed where its language is at hand, and believed by a real server.

use liveroom_demo::{Clock, Config, serve};
use serde_json::{Value, json};
use std::path::Path;
use std::process::Command;

const SECRET: &str = "a secret that a shop and its room server share";
const PRIVATE: &str = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIIUcKWXmzNgfUgMBqltJ80pQQVWAi2ecHGhIf+yqtIjN\n-----END PRIVATE KEY-----\n";
const PUBLIC: &str = "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAi0/IIBfDq9ekGW31Vc2JyVApRIduFf6ZcqtbqZ4Rn3k=\n-----END PUBLIC KEY-----\n";

/// The programs of the document: language and text.
fn programs() -> Vec<(String, String)> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../demo/SIGNERS.md");
    let text = std::fs::read_to_string(file).expect("the document is there");
    let blocks = text.split("\n```").skip(1).step_by(2);
    blocks
        .filter_map(|block| block.split_once('\n'))
        .map(|(language, program)| (language.to_owned(), program.to_owned()))
        .collect()
}

/// Runs a program; nothing where its language is not at hand.
fn run(folder: &Path, language: &str, program: &str) -> Option<String> {
    let (command, file) = match language {
        "js" => ("node", "sign.mjs"),
        "python" => ("python3", "sign.py"),
        "php" => ("php", "sign.php"),
        "java" => ("java", "Sign.java"),
        other => panic!("what is {other}?"),
    };
    let path = folder.join(file);
    std::fs::write(&path, program).expect("a temporary file can be written");
    let ran = Command::new(command)
        .arg(&path)
        .env("SECRET", SECRET)
        .env("PRIVATE_KEY", PRIVATE)
        .output();
    let ran = match ran {
        Ok(ran) => ran,
        Err(why) if why.kind() == std::io::ErrorKind::NotFound => {
            println!("signers: {command} is not on this machine, its signer was NOT run");
            return None;
        }
        Err(why) => panic!("{command}: {why}"),
    };
    let said = String::from_utf8_lossy(&ran.stderr);
    assert!(ran.status.success(), "{language}: {said}");
    Some(
        String::from_utf8(ran.stdout)
            .expect("text")
            .trim()
            .to_owned(),
    )
}

/// Who a server with this key takes the bearer of a token for.
async fn welcomed(key: &str, token: &str) -> Value {
    let folder = tempfile::TempDir::new().expect("a temporary folder can be made");
    let file = folder.path().join("key");
    std::fs::write(&file, key).expect("a temporary file can be written");
    let mut config = Config::in_folder(folder.path().join("data"));
    config.dev = true;
    config.key = Some(file);
    let running = serve(config, Clock::System).await.expect("it starts");
    let answer = reqwest::Client::new()
        .post(format!("http://{}/v1/rooms/demo/messages", running.address))
        .json(&json!([{ "type": "hello", "version": 1, "token": token }]))
        .send()
        .await
        .expect("the server answers");
    let said = answer.json().await.expect("it is JSON");
    running.stop().await;
    said
}

#[tokio::test]
async fn every_signer_signs_what_the_room_believes() {
    let folder = tempfile::TempDir::new().expect("a temporary folder can be made");
    let programs = programs();
    let languages: Vec<&str> = programs.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(languages, ["js", "python", "php", "java", "js"]);
    let mut ran = 0;
    for (language, program) in &programs {
        let Some(token) = run(folder.path(), language, program) else {
            continue;
        };
        let key = if program.contains("EdDSA") {
            PUBLIC
        } else {
            SECRET
        };
        let said = welcomed(key, &token).await;
        assert_eq!(said[0]["type"], json!("welcome"), "{language}: {said}");
        assert_eq!(said[0]["level"], json!("token"), "{language}: {said}");
        ran += 1;
    }
    assert!(
        ran >= 2,
        "Node is needed by all tests: at least its signers run"
    );
}

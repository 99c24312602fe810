//! The page's readers and the protocol's own read the same.

use super::{Fields, Frame, act, frame, own, reason, words};
use liveroom_protocol::message::{FromRoom, News, RoomNews, ToRoom};
use liveroom_protocol::news::Entry;
use std::fs;
use std::path::Path;

fn golden(kind: &str) -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/wire");
    fs::read_dir(folder)
        .expect("the golden files")
        .map(|entry| entry.expect("a file").path())
        .map(|path| (path.display().to_string(), path))
        .filter(|(name, _)| name.contains(kind))
        .map(|(name, path)| (name, fs::read_to_string(path).expect("a text")))
        .collect()
}

/// News without what the desk alone is told, and no page reads.
fn for_pages(mut news: News) -> News {
    for item in &mut news.news {
        item.ruled = None;
    }
    for entry in news.news.iter_mut().flat_map(|item| &mut item.entries) {
        if let Entry::Qna(question) = entry {
            question.similar.clear();
            question.answer_rev = None;
        }
    }
    news
}

#[test]
fn every_golden_message_of_a_room_is_read_as_the_protocol_reads_it() {
    let files = golden("from_room.");
    assert!(files.len() > 10);
    for (name, text) in files {
        let read = frame(&text).unwrap_or_else(|error| panic!("{name}: {error:?}"));
        let same = match (serde_json::from_str(&text).expect("a message"), read) {
            (FromRoom::Welcome(wanted), Frame::Welcome(read)) => wanted == read,
            (FromRoom::Device { device }, Frame::Device(read)) => device == read.device,
            (FromRoom::News(wanted), Frame::News(read)) => for_pages(wanted) == read,
            (FromRoom::Room(wanted), Frame::Room(read)) => {
                // The desk alone is told these.
                RoomNews {
                    blocked: None,
                    profile: None,
                    approval: false,
                    ..wanted
                } == read
            }
            (FromRoom::Page(wanted), Frame::Page(read)) => wanted == read,
            (FromRoom::Similar(wanted), Frame::Page(read)) => {
                (wanted.activity, wanted.run, wanted.list, wanted.entries, 0)
                    == (
                        read.asked.activity,
                        read.run,
                        read.list,
                        read.entries,
                        read.total,
                    )
            }
            (FromRoom::Answer(wanted), Frame::Answer(read)) => wanted == *read,
            (FromRoom::Pong { sent, at }, Frame::Pong(read)) => (sent, at) == (read.sent, read.at),
            (FromRoom::Refused { refusal, closing }, Frame::Refused(read)) => {
                (refusal, closing) == (read.refusal, read.closing)
            }
            // What is for the desk alone no page of a viewer reads.
            (FromRoom::Unknown | FromRoom::Desk(_) | FromRoom::Checked(_), Frame::Unknown) => true,
            _ => false,
        };
        assert!(same, "{name} is read differently");
    }
}

#[test]
fn what_may_be_left_out_has_the_protocols_defaults() {
    let short = r#"{"type":"news","news":[{"activity":"p","card":{"widget":"poll","options":[{"id":"1"}]},
        "tally":{"widget":"poll"},"mine":{"widget":"poll"}},
        {"activity":"h","card":{"widget":"hologram"},"tally":{"widget":"hologram"},"mine":{"widget":"hologram"}}]}"#;
    let FromRoom::News(wanted) = serde_json::from_str(short).expect("news") else {
        panic!("news")
    };
    assert_eq!(frame(short), Ok(Frame::News(wanted)));
    assert_eq!(frame(r#"{"type":"hologram"}"#), Ok(Frame::Unknown));
}

#[test]
fn an_act_that_was_kept_is_read_as_it_was_written() {
    for (name, text) in golden("to_room.act") {
        let ToRoom::Act(wanted) = serde_json::from_str(&text).expect("an act") else {
            panic!("{name}")
        };
        assert_eq!(act(&text), Ok(wanted), "{name}");
    }
}

#[test]
fn every_word_means_what_the_protocol_says() {
    fn agree<T: Copy + PartialEq + std::fmt::Debug + serde::Serialize>(words: &words::Words<T>) {
        for (word, meaning) in words {
            assert_eq!(serde_json::to_value(meaning).expect("a word"), *word);
        }
    }
    agree(words::LEVELS);
    agree(words::ROLES);
    agree(words::SEATS);
    agree(words::STATES);
    agree(words::PHASES);
    agree(words::PACES);
    agree(words::RESULTS);
    agree(super::STANDINGS);
    agree(super::ORDERS);
    agree(words::REASONS);
    // The reasons are a closed list without a gap: each follows the one before it.
    for (number, (word, reason_meant)) in words::REASONS.iter().enumerate() {
        assert_eq!(
            *reason_meant as usize, number,
            "a reason before {word} has no word"
        );
    }
    assert_eq!(words::REASONS.len(), reason("never heard of") as usize);
}

#[test]
fn what_cannot_be_read_is_named_and_nothing_panics() {
    for bad in [
        "",
        "null",
        "[]",
        "{}",
        r#"{"type":1}"#,
        r#"{"type":"news","news":[{}]}"#,
        r#"{"type":"pong"}"#,
        r#"{"type":"news","news":[{"activity":"p","card":{"widget":"poll","options":[{}]}}]}"#,
        r#"{"type":"news","news":[{"activity":"p","tally":{"widget":"poll","votes":[-1]}}]}"#,
        r#"{"type":"answer","id":"../x"}"#,
        r#"{"type":"device"}"#,
        r#"{"type":"welcome"}"#,
        r#"{"type":"refused"}"#,
    ] {
        assert!(frame(bad).is_err(), "{bad}");
    }
    let smalls = |fields: Fields<'_>| ["n", "m", "f", "s"].map(|name| fields.small(name));
    assert_eq!(
        own(r#"{"n":1e30,"m":-5,"f":2.9,"s":"x"}"#, smalls),
        [u32::MAX, 0, 2, 0]
    );
}

//! What a poll with right answers does: it keeps them, tells them once, and knows who was quick.

use crate::stage::{Stage, accepted};
use liveroom_protocol::Reason;
use liveroom_rules::view::Audience::{Acted, Desk, Public};

#[test]
fn right_answers_are_in_no_page_and_not_in_the_log_before_the_reveal() {
    let mut stage = Stage::new();
    let quiz = stage.order(
        r#"{"type":"poll.open","activity":"quiz","question":"?","options":[{"id":"fox","text":"a"},{"id":"owl","text":"b"}],"right":["owl"],"board":true}"#,
    );
    let log: String = stage
        .log
        .iter()
        .map(|record| record.entry.to_json())
        .collect();
    assert!(
        !log.contains(r#""right":["owl"]"#) && log.contains("hidden"),
        "{log}"
    );
    assert!(stage.card(&quiz, Public).quiz && stage.card(&quiz, Public).right.is_none());
    assert_eq!(
        stage.card(&quiz, Desk).right.map(|right| right.len()),
        Some(1)
    );
    for (who, choice) in [(1, "fox"), (2, "owl"), (3, "owl")] {
        stage.now += 500;
        accepted(stage.vote(who, &quiz, &[choice]));
    }
    assert!(
        stage.tally(&quiz, Acted).votes.is_none(),
        "a quiz keeps its numbers until the reveal"
    );
    assert_eq!(
        stage.refused(r#"{"type":"reveal","activity":"quiz"}"#),
        Reason::StillOpen
    );
    stage.order(r#"{"type":"close","activity":"quiz"}"#);
    stage.order(r#"{"type":"reveal","activity":"quiz"}"#);
    let card = stage.card(&quiz, Public);
    assert_eq!(card.right.unwrap()[0].as_str(), "owl");
    let board: Vec<(u32, u64)> = card
        .board
        .iter()
        .map(|row| (row.rank, row.after_ms.0))
        .collect();
    assert_eq!(board, [(1, 1_000), (2, 1_500)]);
    assert_eq!(
        stage.refused(r#"{"type":"reopen","activity":"quiz"}"#),
        Reason::Closed
    );
}

#[test]
fn a_right_answer_that_is_no_option_is_never_revealed() {
    let mut stage = Stage::new();
    assert_eq!(
        stage.refused(r#"{"type":"poll.open","question":"?","options":["a","b"],"right":["9"]}"#),
        Reason::UnknownOption
    );
}

#[test]
fn the_board_names_the_ten_quickest_whole_answers_in_their_order() {
    let mut stage = Stage::new();
    let quiz = stage.order(
        r#"{"type":"poll.open","question":"Which two?","options":["a","b","c"],"max_choices":2,"right":["1","3"],"board":true}"#,
    );
    for who in 1..=14_u128 {
        // Two at each instant; every third answer is only half right, and is none.
        stage.now += if who % 2 == 1 { 100 } else { 0 };
        let choices: &[&str] = if who % 3 == 0 { &["1"] } else { &["3", "1"] };
        accepted(stage.vote(who, &quiz, choices));
    }
    stage.order(&format!(r#"{{"type":"close","activity":"{quiz}"}}"#));
    stage.order(&format!(r#"{{"type":"reveal","activity":"{quiz}"}}"#));
    let board: Vec<(u32, u64)> = stage
        .card(&quiz, Public)
        .board
        .iter()
        .map(|row| (row.rank, row.after_ms.0))
        .collect();
    // 1 2 | 4 | 5 | 7 8 | 10 | 11 | 13 14
    let times = [
        (1, 100),
        (1, 100),
        (3, 200),
        (4, 300),
        (5, 400),
        (5, 400),
        (7, 500),
        (8, 600),
        (9, 700),
        (9, 700),
    ];
    assert_eq!(board, times);
}

#[test]
fn with_one_choice_any_right_answer_is_right() {
    let mut stage = Stage::new();
    let quiz = stage.order(
        r#"{"type":"poll.open","question":"Name a mammal","options":["bat","fox","owl"],"right":["1","2"],"board":true}"#,
    );
    for (who, choice) in [(1, "1"), (2, "3"), (3, "2")] {
        accepted(stage.vote(who, &quiz, &[choice]));
    }
    stage.order(&format!(r#"{{"type":"close","activity":"{quiz}"}}"#));
    stage.order(&format!(r#"{{"type":"reveal","activity":"{quiz}"}}"#));
    assert_eq!(stage.card(&quiz, Public).board.len(), 2);
}

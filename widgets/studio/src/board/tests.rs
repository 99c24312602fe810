//! What the desk makes of the room's messages.

use super::{Activity, Board, Poll};
use liveroom_protocol::desk::Listed;
use liveroom_protocol::message::FromRoom;

const WELCOME: &str = r#"{"type":"welcome","version":1,"room":"demo","epoch":"e","recovered":true,"at":1,"role":"operator","seat":"desk","activities":["b"]}"#;

fn hear(board: &mut Board, messages: &[&str]) {
    for text in messages {
        let message: FromRoom =
            serde_json::from_str(text).unwrap_or_else(|error| panic!("{text}: {error}"));
        board.hear(message);
    }
}

fn item(activity: &str, run: u32, rev: u64, parts: &str) -> String {
    format!(
        r#"{{"type":"news","epoch":"e","news":[{{"activity":"{activity}","run":{run},"rev":{rev}{parts}}}]}}"#
    )
}

fn card(activity: &str, run: u32, rev: u64, question: &str) -> String {
    let card = format!(
        r#","card":{{"widget":"poll","question":"{question}","options":[{{"id":"1"}},{{"id":"2"}}]}}"#
    );
    item(activity, run, rev, &card)
}

fn tally(activity: &str, run: u32, rev: u64, voters: u32) -> String {
    item(
        activity,
        run,
        rev,
        &format!(r#","tally":{{"widget":"poll","phase":"open","voters":{voters}}}"#),
    )
}

fn only(board: &Board) -> Poll {
    let mut all = board.activities();
    assert_eq!(all.len(), 1);
    match all.remove(0) {
        Activity::Poll(poll, _) => poll,
        other => panic!("not a poll: {other:?}"),
    }
}

#[test]
fn a_poll_is_shown_once_both_its_parts_are_known() {
    let mut board = Board::default();
    hear(&mut board, &[&tally("a", 1, 4, 2)]);
    assert!(board.activities().is_empty());
    hear(&mut board, &[&card("a", 1, 3, "Q")]);
    assert_eq!(only(&board).tally.voters, 2);
}

#[test]
fn a_tally_never_goes_backwards() {
    let mut board = Board::default();
    hear(
        &mut board,
        &[
            &card("a", 1, 3, "Q"),
            &tally("a", 1, 9, 7),
            &tally("a", 1, 8, 6),
        ],
    );
    assert_eq!(only(&board).tally.voters, 7);
}

#[test]
fn a_new_run_starts_from_its_own_numbers() {
    let mut board = Board::default();
    hear(
        &mut board,
        &[
            &card("a", 1, 3, "Q"),
            &tally("a", 1, 9, 7),
            &card("a", 2, 10, "Q2"),
        ],
    );
    assert!(
        board.activities().is_empty(),
        "the old numbers are not shown under the new run"
    );
    hear(&mut board, &[&tally("a", 2, 10, 0), &tally("a", 1, 11, 8)]);
    assert_eq!((only(&board).run, only(&board).tally.voters), (2, 0));
}

#[test]
fn another_log_is_another_room() {
    let mut board = Board::default();
    hear(
        &mut board,
        &[&card("a", 1, 300, "Q"), &tally("a", 1, 300, 7)],
    );
    hear(
        &mut board,
        &[&card("a", 1, 3, "Q").replace(r#""e""#, r#""f""#)],
    );
    assert!(board.activities().is_empty());
    hear(
        &mut board,
        &[&tally("a", 1, 3, 1).replace(r#""e""#, r#""f""#)],
    );
    assert_eq!(only(&board).tally.voters, 1);
}

#[test]
fn a_welcome_forgets_what_was_put_away_meanwhile() {
    let mut board = Board::default();
    hear(
        &mut board,
        &[
            &card("a", 1, 3, "Q"),
            &tally("a", 1, 3, 7),
            &card("b", 1, 4, "R"),
            &tally("b", 1, 4, 0),
        ],
    );
    hear(&mut board, &[WELCOME]);
    assert_eq!(only(&board).card.question, "R");
    assert!(board.seated);
    hear(&mut board, &[&item("b", 1, 5, r#","gone":true"#)]);
    assert!(board.activities().is_empty());
}

#[test]
fn a_count_of_viewers_is_kept_until_the_next() {
    let mut board = Board::default();
    hear(
        &mut board,
        &[
            r#"{"type":"room","rev":1,"viewers":12}"#,
            r#"{"type":"room","rev":2}"#,
        ],
    );
    assert_eq!(board.room.viewers, Some(12));
}

#[test]
fn what_this_version_does_not_know_is_nothing() {
    let mut board = Board::default();
    let strange = r#","card":{"widget":"karaoke"},"tally":{"widget":"karaoke"}"#;
    hear(
        &mut board,
        &[r#"{"type":"karaoke"}"#, &item("k", 1, 1, strange)],
    );
    assert!(board.activities().is_empty());
}

#[test]
fn a_refusal_that_closes_the_line_is_known_until_the_room_greets_again() {
    let mut board = Board::default();
    let refused = r#"{"type":"refused","refusal":{"reason":"not-allowed"},"closing":CLOSING}"#;
    hear(&mut board, &[&refused.replace("CLOSING", "false")]);
    assert_eq!(board.refused, None);
    hear(&mut board, &[&refused.replace("CLOSING", "true")]);
    assert!(board.refused.is_some());
    hear(&mut board, &[WELCOME]);
    assert_eq!(board.refused, None);
}

fn desk(run: u32, rev: u64, open: u32) -> String {
    format!(
        r#"{{"type":"desk","epoch":"e","activity":"d","run":{run},"rev":{rev},"widget":"deal","open":{open},"claims":[]}}"#
    )
}

fn open(board: &Board, run: u32) -> Option<u32> {
    let id = liveroom_protocol::id::ActivityId::parse("d").expect("an id");
    match board.seen(&id, run).listed()? {
        Listed::Deal(claims) => Some(claims.open),
        Listed::Lottery(_) | Listed::Unknown => None,
    }
}

#[test]
fn what_there_is_to_be_seen_to_is_the_newest_of_its_run_and_of_this_log() {
    let mut board = Board::default();
    hear(&mut board, &[&desk(1, 7, 3), &desk(1, 6, 9)]);
    assert_eq!(open(&board, 1), Some(3));
    hear(&mut board, &[&desk(2, 8, 0), &desk(1, 9, 5)]);
    assert_eq!((open(&board, 1), open(&board, 2)), (None, Some(0)));
    hear(
        &mut board,
        &[&desk(1, 1, 1).replace(r#""epoch":"e""#, r#""epoch":"f""#)],
    );
    assert_eq!((open(&board, 1), open(&board, 2)), (Some(1), None));
}

fn page(order: &str, after: u32, rows: std::ops::Range<u32>, total: u32) -> String {
    let list: Vec<String> = rows.map(|id| format!("[{id},0]")).collect();
    format!(
        r#"{{"type":"page","activity":"q","order":"{order}","after":{after},"run":1,"list":[{}],"entries":[],"total":{total}}}"#,
        list.join(",")
    )
}

fn looked(board: &Board) -> Vec<u32> {
    match &board.activities()[0] {
        Activity::Qna(_, questions) => {
            let looked = questions.looked.as_ref().expect("a page came");
            looked.rows.iter().map(|row| row.0).collect()
        }
        other => panic!("no questions: {other:?}"),
    }
}

#[test]
fn pages_that_were_looked_up_follow_each_other_and_another_look_begins_anew() {
    let mut board = Board::default();
    let both = r#","card":{"widget":"qna","title":"Ask"},"tally":{"widget":"qna","phase":"open"}"#;
    hear(&mut board, &[&item("q", 1, 1, both)]);
    hear(
        &mut board,
        &[&page("top", 0, 1..51, 70), &page("top", 50, 51..71, 70)],
    );
    assert_eq!(looked(&board), (1..71).collect::<Vec<u32>>());
    // The first page once more: one was dismissed, and the next has moved up.
    hear(&mut board, &[&page("top", 0, 2..52, 69)]);
    assert_eq!(looked(&board), (2..71).collect::<Vec<u32>>());
    hear(&mut board, &[&page("dismissed", 0, 1..2, 1)]);
    assert_eq!(looked(&board), [1]);
    hear(&mut board, &[&page("dismissed", 0, 1..1, 0)]);
    assert!(looked(&board).is_empty());
    hear(&mut board, &[&item("q", 2, 9, both)]);
    hear(&mut board, &[&page("top", 0, 1..3, 2)]);
    assert!(
        matches!(&board.activities()[0], Activity::Qna(_, questions) if questions.looked.is_none()),
        "it is of the run before"
    );
}

#[test]
fn ten_thousand_pieces_of_news_leave_no_more_behind_than_the_last_of_each() {
    let mut board = Board::default();
    hear(&mut board, &[&card("a", 1, 1, "Q")]);
    for rev in 2..10_002 {
        hear(&mut board, &[&tally("a", 1, rev, 10)]);
    }
    assert_eq!(board.activities().len(), 1);
    let question = |id: u64| {
        item(
            "q",
            1,
            id + 2,
            &format!(
                r#","entries":[{{"widget":"qna","id":{id},"rev":{id},"text":"Why?"}}],"tally":{{"widget":"qna","phase":"open"}}"#
            ),
        )
    };
    hear(
        &mut board,
        &[&item(
            "q",
            1,
            1,
            r#","card":{"widget":"qna","title":"Ask"}"#,
        )],
    );
    for id in 1..2_001 {
        hear(&mut board, &[&question(id)]);
    }
    let listed = |board: &Board| match &board.activities()[1] {
        Activity::Qna(_, questions) => std::rc::Rc::clone(questions),
        other => panic!("{other:?}"),
    };
    let before = listed(&board);
    hear(&mut board, &[&question(2_001)]);
    let after = listed(&board);
    assert_eq!(after.known.len(), 2_001);
    // The list is made anew, and nothing that is in it.
    let same = before.known.iter().zip(&after.known);
    assert!(same.clone().all(|(a, b)| std::rc::Rc::ptr_eq(a, b)) && same.count() == 2_000);
    // A number that changes makes no list at all.
    hear(
        &mut board,
        &[&item(
            "q",
            1,
            9_000,
            r#","tally":{"widget":"qna","phase":"open","questions":5}"#,
        )],
    );
    assert!(std::rc::Rc::ptr_eq(&after, &listed(&board)));
}

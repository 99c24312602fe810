//! What a page makes of news about questions.

use super::*;
use crate::decode;
use liveroom_protocol::message::FromRoom;

const GOLDEN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/wire/");

fn question(id: QuestionId, rev: u64, text: &str) -> Question {
    Question {
        id,
        rev,
        text: Some(text.into()),
        standing: Standing::Shown,
        ..Question::default()
    }
}

fn list(rows: &[(QuestionId, u32)]) -> Tally {
    Tally {
        list: rows.iter().map(|(id, votes)| Row(*id, *votes)).collect(),
        ..Tally::default()
    }
}

fn votes(qna: &Qna) -> Vec<(QuestionId, u32)> {
    let rows = qna.questions.iter();
    rows.map(|known| (known.question.id, known.votes)).collect()
}

#[test]
fn votes_find_their_questions_whichever_comes_first() {
    let mut qna = Qna::default();
    assert_eq!(qna.take(question(2, 1, "b")), Some(2));
    qna.count(list(&[(1, 5), (2, 7)]));
    assert_eq!(qna.take(question(1, 1, "a")), Some(1));
    qna.settle();
    assert_eq!(votes(&qna), [(1, 5), (2, 7)]);
    // A page that was asked for is older than what the tally tells, and all there is of the rest.
    qna.take(question(3, 1, "c"));
    qna.page(&[Row(1, 4), Row(3, 2)]);
    assert_eq!(votes(&qna), [(1, 5), (2, 7), (3, 2)]);
    // What the first page no longer names keeps its votes.
    qna.count(list(&[(2, 8)]));
    assert_eq!(votes(&qna), [(1, 5), (2, 8), (3, 2)]);
}

#[test]
fn an_older_question_is_left_and_the_same_one_changes_nothing() {
    let mut qna = Qna::default();
    qna.take(question(1, 5, "new"));
    let before = Rc::clone(&qna.questions);
    assert_eq!(qna.take(question(1, 4, "old")), None);
    assert_eq!(qna.take(question(1, 5, "new")), None);
    qna.count(list(&[(1, 0)]));
    assert!(Rc::ptr_eq(&before, &qna.questions));
    assert_eq!(qna.take(question(1, 5, "newer, without revs")), Some(1));
}

#[test]
fn what_a_page_accepts_without_a_word_is_added_to_what_was() {
    let mut qna = Qna::default();
    Rc::make_mut(&mut qna.mine).voted = vec![1, 2];
    let after = |action: &str| qna.accepted(&decode::action(action).expect("an action"));
    assert_eq!(
        after(r#"{"type":"qna.vote","question":3}"#).voted,
        [1, 2, 3]
    );
    assert_eq!(after(r#"{"type":"qna.vote","question":2}"#).voted, [1, 2]);
    assert_eq!(after(r#"{"type":"qna.withdraw","question":1}"#).voted, [2]);
    let asked = after(r#"{"type":"qna.ask","text":"Why?"}"#);
    assert_eq!((asked.asked.len(), asked.voted.len()), (1, 2));
}

#[test]
fn this_viewers_part_is_told_as_it_was_read() {
    let text = std::fs::read_to_string([GOLDEN, "from_room.answer-qna.json"].concat());
    let Ok(FromRoom::Answer(answer)) = serde_json::from_str(&text.expect("a golden file")) else {
        panic!("it is an answer")
    };
    let mine = answer.mine.and_then(|item| item.mine);
    let Some(liveroom_protocol::Mine::Qna(mine)) = mine else {
        panic!("it has a part")
    };
    let written: liveroom_protocol::Mine = serde_json::from_str(&write(&mine)).expect("a part");
    assert_eq!(written, liveroom_protocol::Mine::Qna(mine));
}

//! What is typed is looked for among all that was asked, and what is found stands in no list.

use super::{Options, SERVED, Try, sends};
use crate::face::Face;
use liveroom::Known;
use liveroom_protocol::Widget;

fn asked(questions: u32) -> String {
    let questions = questions.to_string();
    [
        r#"{"type":"news","epoch":"e1","news":[{"activity":"ask","run":1,"rev":3,"card":{"widget":"qna","title":"Ask us"},
        "tally":{"widget":"qna","phase":"open","questions":"#,
        &questions,
        r#","list":[[1,5]]},"entries":[{"widget":"qna","id":1,"rev":2,"text":"Is it warm?","standing":"shown"}]}]}"#,
    ]
    .concat()
}

const FOUND: &str = r#"{"type":"similar","activity":"ask","run":1,"list":[[7,2],[1,5]],"entries":[
    {"widget":"qna","id":7,"rev":2,"text":"Is it blue?","standing":"shown"},
    {"widget":"qna","id":1,"rev":2,"text":"Is it warm?","standing":"shown"}]}"#;

/// The questions that are known, with their votes, and whether they stand in the list.
fn known(page: &mut Try) -> Vec<(u32, u32, bool)> {
    page.looks();
    let look = page.room.mounted(2).and_then(|mount| mount.look.clone());
    let Some(Face::Qna(qna)) = look.map(|look| look.face) else {
        panic!("questions")
    };
    let told = |known: &Known| (known.question.id, known.votes, !known.offered);
    qna.questions.iter().map(told).collect()
}

fn open(questions: u32) -> Try {
    let mut page = Try::new(SERVED);
    page.on(|room, _| room.mount(2, Widget::Qna, Options::default()));
    page.join();
    page.told(&asked(questions));
    page.looks();
    page.done();
    page
}

#[test]
fn the_room_is_asked_where_it_knows_more_than_the_page() {
    let mut page = open(1);
    page.on(|room, _| room.similar(2, "is it blue"));
    assert!(!sends(&page.sent(), "similar"), "all of them are known");
    let mut page = open(9);
    page.on(|room, _| room.similar(2, "  "));
    page.on(|room, _| room.similar(3, "is it blue"));
    assert!(page.sent().is_empty());
    page.on(|room, _| room.similar(2, "is it blue"));
    let sent = page.sent();
    assert!(
        sends(&sent, "similar") && sent[0].contains("is it blue"),
        "{sent:?}"
    );
}

#[test]
fn what_is_found_is_known_and_takes_its_place_in_the_list_when_that_is_told() {
    let mut page = open(9);
    page.told(FOUND);
    assert_eq!(known(&mut page), [(1, 5, true), (7, 2, false)]);
    let told = r#"{"type":"page","activity":"ask","order":"top","after":1,"run":1,"total":9,"list":[[7,2]],"entries":[]}"#;
    page.told(told);
    assert_eq!(known(&mut page), [(1, 5, true), (7, 2, true)]);
    // Found once more it stays where it is.
    page.told(FOUND);
    assert_eq!(known(&mut page), [(1, 5, true), (7, 2, true)]);
}

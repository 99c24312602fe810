//! The orders, and when a row may move.

use super::*;

fn known(id: QuestionId, votes: u32, standing: Standing) -> Known {
    Known {
        question: Rc::new(Question {
            id,
            standing,
            ..Question::default()
        }),
        votes,
        offered: false,
    }
}

fn list() -> Vec<Known> {
    let mut list = vec![
        known(1, 5, Standing::Shown),
        known(2, 9, Standing::Answered),
        known(3, 9, Standing::Shown),
        known(4, 0, Standing::Waiting),
        known(5, 1, Standing::Answering),
        known(6, 0, Standing::Shown),
        known(7, 99, Standing::Dismissed),
        known(8, 50, Standing::Shown),
    ];
    let merged = Question {
        merged_into: Some(1),
        ..(*list[7].question).clone()
    };
    list[7].question = Rc::new(merged);
    let pinned = Question {
        pinned: true,
        ..(*list[5].question).clone()
    };
    list[5].question = Rc::new(pinned);
    list
}

#[test]
fn what_is_answered_now_and_what_is_pinned_stands_above_every_order() {
    let list = list();
    assert_eq!(ordered(&list, Order::Top), [5, 6, 2, 3, 1]);
    assert_eq!(ordered(&list, Order::Newest), [5, 6, 3, 2, 1]);
    assert_eq!(ordered(&list, Order::Unanswered), [5, 6, 3, 1]);
}

#[test]
fn a_question_is_found_by_its_number() {
    let list = list();
    assert_eq!(find(&list, 3).map(|known| known.votes), Some(9));
    assert!(find(&list, 9).is_none());
}

#[test]
fn the_order_waits_while_it_is_used_and_for_its_turn() {
    let turn = |turn| Listing {
        held: true,
        turn,
        ..Listing::default()
    };
    let before = Rc::new(vec![
        known(1, 2, Standing::Shown),
        known(2, 1, Standing::Shown),
    ]);
    let after = Rc::new(vec![
        known(1, 2, Standing::Shown),
        known(2, 3, Standing::Shown),
    ]);
    let mut shown = Shown::default();
    assert!(!shown.settle(&before, Order::Top, &turn(1), true));
    assert_eq!(shown.ids, [1, 2]);
    assert!(
        !shown.settle(&after, Order::Top, &turn(1), false),
        "not its turn"
    );
    assert_eq!(shown.ids, [1, 2]);
    assert!(
        shown.settle(&after, Order::Top, &turn(2), true),
        "a newer order waits"
    );
    assert_eq!(shown.ids, [1, 2]);
    assert!(!shown.settle(&after, Order::Top, &turn(2), false));
    assert_eq!((shown.ids.as_slice(), shown.moves), ([2, 1].as_slice(), 1));
    assert_eq!(
        [shown.moved(0, 2), shown.moved(1, 2)],
        [Moved::Up, Moved::Down]
    );
    let mut more = (*after).clone();
    more.push(known(3, 9, Standing::Shown));
    shown.fill(&more, Order::Top, 2);
    assert_eq!(shown.ids, [2, 1], "as many as are wanted are there");
    shown.fill(&more, Order::Top, 3);
    assert_eq!(shown.ids, [2, 1, 3], "what was asked for comes below");
    shown.forget();
    assert!(
        !shown.settle(&before, Order::Top, &turn(2), true),
        "it was asked for"
    );
    assert_eq!(shown.ids, [1, 2]);
}

#[test]
fn what_came_for_what_is_typed_alone_stands_in_no_list() {
    let mut list = list();
    list[1].offered = true;
    let id = list[1].question.id;
    for order in [Order::Top, Order::Newest, Order::Unanswered] {
        assert!(!ordered(&list, order).contains(&id));
    }
}

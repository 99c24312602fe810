//! What becomes of orders.

use super::*;
use liveroom_protocol::id::RequestId;

fn answer(refusal: Option<Refusal>) -> Answer {
    let id = RequestId::parse("r").expect("an id");
    Answer {
        id,
        ok: refusal.is_none(),
        position: None,
        activity: None,
        refusal,
        secret: None,
        mine: None,
    }
}

fn fate(orders: &Orders) -> &Fate {
    &orders.newest(&About::Show).expect("an order").fate
}

fn one() -> (Orders, u32) {
    let mut orders = Orders::default();
    let number = orders.give("Start the show".into(), About::Show, Timestamp(1_000));
    (orders, number)
}

#[test]
fn a_command_is_sent_and_then_confirmed() {
    let (mut orders, number) = one();
    assert!(orders.is_waiting(&About::Show));
    orders.answer(number, &answer(None));
    assert_eq!(fate(&orders), &Fate::Confirmed);
    assert!(!orders.is_waiting(&About::Show));
}

#[test]
fn a_refusal_is_told_in_the_rooms_own_words() {
    let (mut orders, number) = one();
    let refusal = Refusal::because(Reason::StillOpen, "end the running show first");
    orders.answer(number, &answer(Some(refusal)));
    assert_eq!(
        fate(&orders),
        &Fate::Refused("End the running show first.".into())
    );
}

#[test]
fn a_lost_line_leaves_a_command_unknown_and_a_late_answer_settles_it() {
    let (mut orders, number) = one();
    orders.tick(Timestamp(1_500), true);
    assert_eq!(fate(&orders), &Fate::Sent);
    orders.tick(Timestamp(1_600), false);
    assert_eq!(fate(&orders), &Fate::Unknown);
    orders.answer(number, &answer(None));
    assert_eq!(fate(&orders), &Fate::Confirmed);
}

#[test]
fn without_an_answer_the_desk_says_that_it_does_not_know() {
    let (mut orders, _) = one();
    orders.tick(Timestamp(9_000), true);
    assert_eq!(fate(&orders), &Fate::Unknown);
}

#[test]
fn a_confirmation_is_news_for_a_while_and_a_refusal_until_the_next_command() {
    let (mut orders, number) = one();
    orders.answer(number, &answer(None));
    assert!(orders.news(&About::Show, Timestamp(20_999)).is_some());
    assert!(orders.news(&About::Show, Timestamp(21_000)).is_none());
    orders.answer(number, &answer(Some(Reason::Sealed.into())));
    assert!(orders.news(&About::Show, Timestamp(90_000)).is_some());
}

#[test]
fn old_commands_are_forgotten() {
    let mut orders = Orders::default();
    for _ in 0..50 {
        orders.give("Close".into(), About::Composer, Timestamp(0));
    }
    assert_eq!((orders.all().len(), orders.all()[0].number), (KEPT, 50));
}

//! The page's tokens by table: when it is asked, what is tried, and what is made of a refusal.

use super::{Ends, Input, Line, Output, Reason, Try};

#[test]
fn a_token_is_asked_for_before_the_line_and_again_before_it_ends() {
    let mut page = Try::new(true, true);
    assert_eq!(page.on(Input::Start), [Output::AskToken]);
    assert_eq!(
        page.on(Input::Token(Some(Ends::At(601_000)))),
        [Output::Open]
    );
    page.on(Input::Opened);
    page.on(Input::Welcomed);
    let renewed = loop {
        match page.due().as_slice() {
            [Output::Ping] => page.on(Input::Ponged(page.now)),
            [Output::AskToken] => break page.now,
            [Output::Ping, Output::AskToken] => break page.now,
            other => panic!("{other:?}"),
        };
    };
    assert_eq!(renewed, 541_000, "a minute before its end");
    assert_eq!(
        page.on(Input::Token(Some(Ends::At(1_141_000)))),
        [Output::Renew]
    );
}

#[test]
fn a_page_that_gives_no_token_is_told_once_and_asked_again() {
    let mut page = Try::new(true, true);
    page.on(Input::Start);
    assert_eq!(page.on(Input::Token(None)), [], "who failed has said why");
    assert_eq!(page.due(), [Output::AskToken]);
    assert_eq!(page.due(), [Output::NoToken], "it never answered");
    assert_eq!(page.due(), [Output::AskToken]);
    assert_eq!(page.due(), [], "it was told");
    page.on(Input::Token(Some(Ends::Never)));
    page.on(Input::Opened);
    page.on(Input::Refused(Reason::BadToken));
    assert_eq!(page.due(), [Output::AskToken]);
    assert_eq!(page.due(), [Output::NoToken], "it had given one since");
}

#[test]
fn a_token_just_given_is_tried_once_whatever_this_device_takes_the_time_for() {
    let mut page = Try::new(true, true);
    page.on(Input::Start);
    // An hour of life that this device, whose clock is years ahead, takes for none.
    let given = Input::Token(Some(Ends::At(page.now)));
    assert_eq!(page.on(given), [Output::Open]);
    page.on(Input::Opened);
    let ends = page.now + 3_600_000;
    assert_eq!(page.on(Input::Ends(Ends::At(ends))), []);
    assert_eq!(page.on(Input::Welcomed), [Output::Ping]);
    while page.due() != [Output::AskToken] {
        page.on(Input::Ponged(page.now));
    }
    assert_eq!(page.now, ends - 60_000, "by the room's clock");
    // A line that never opened is another matter: the token may have ended meanwhile.
    let mut away = Try::new(true, true);
    away.on(Input::Start);
    away.on(given);
    away.on(Input::Closed);
    assert_eq!(away.due(), [Output::AskToken]);
}

#[test]
fn a_page_that_gives_ended_tokens_is_asked_less_and_less_often() {
    let mut page = Try::new(true, true);
    page.on(Input::Start);
    let mut asked = Vec::new();
    for _ in 0..8 {
        assert_eq!(page.on(Input::Token(Some(Ends::At(0)))), [Output::Open]);
        page.on(Input::Opened);
        page.on(Input::Refused(Reason::ExpiredToken));
        assert_eq!(page.due(), [Output::AskToken]);
        asked.push(page.now);
    }
    let waits: Vec<u64> = asked.windows(2).map(|two| two[1] - two[0]).collect();
    assert_eq!(waits, [1_000, 2_000, 4_000, 8_000, 15_000, 15_000, 15_000]);
}

#[test]
fn a_line_goes_on_while_its_page_has_no_newer_token() {
    let mut page = Try::new(true, true);
    page.on(Input::Start);
    page.on(Input::Token(Some(Ends::At(81_000))));
    page.on(Input::Opened);
    page.on(Input::Welcomed);
    let ask = |page: &mut Try| {
        while !page.due().contains(&Output::AskToken) {
            page.on(Input::Ponged(page.now));
        }
        page.now
    };
    assert_eq!(ask(&mut page), 61_000, "a quarter of its life before");
    let ended = Input::Token(Some(Ends::At(1_000)));
    assert_eq!(page.on(ended), [Output::NoToken], "it is not handed in");
    assert_eq!(ask(&mut page), 62_500);
    assert_eq!(page.on(ended), []);
    assert_eq!(ask(&mut page), 64_500);
    assert_eq!(page.on(Input::Token(None)), []);
    assert_eq!(ask(&mut page), 67_500);
    assert_eq!(page.connection.line(), Line::Live);
    let good = Input::Token(Some(Ends::At(667_500)));
    assert_eq!(page.on(good), [Output::Renew]);
}

#[test]
fn another_viewers_token_is_said_by_a_new_hello_and_a_newer_one_renews() {
    let mut page = Try::new(false, true);
    page.join();
    assert_eq!(page.on(Input::Token(Some(Ends::Never))), [Output::Renew]);
    page.connection.other = true;
    let other = page.on(Input::Token(Some(Ends::Never)));
    assert_eq!(other, [Output::HangUp, Output::Open]);
    assert_eq!(page.on(Input::Opened), [Output::Hello]);
    // The hello that is under way has the one before.
    assert_eq!(page.on(Input::Token(Some(Ends::Never))), []);
    assert_eq!(page.on(Input::Welcomed), [Output::Renew, Output::Ping]);
}

#[test]
fn a_refusal_on_the_slow_road_is_one_too() {
    let mut page = Try::new(true, true);
    page.on(Input::Start);
    page.on(Input::Token(Some(Ends::Never)));
    while page.due() != [Output::Post] {
        page.on(Input::Closed);
    }
    page.on(Input::Refused(Reason::BadToken));
    page.on(Input::Posted(true));
    assert_eq!(page.due(), [Output::AskToken]);
    assert_eq!(page.on(Input::Token(Some(Ends::Never))), [Output::Post]);
}

#[test]
fn an_ended_token_is_replaced_and_other_refusals_wait_half_a_minute() {
    let mut page = Try::new(true, true);
    page.on(Input::Start);
    page.on(Input::Token(Some(Ends::Never)));
    page.on(Input::Opened);
    assert_eq!(
        page.on(Input::Refused(Reason::ExpiredToken)),
        [Output::HangUp]
    );
    assert_eq!(page.due(), [Output::AskToken]);

    let mut plain = Try::new(false, true);
    plain.on(Input::Start);
    plain.on(Input::Opened);
    assert_eq!(
        plain.on(Input::Refused(Reason::WrongOrigin)),
        [Output::HangUp]
    );
    assert_eq!(plain.due(), [Output::Open]);
    assert!(plain.now >= 31_000, "{}", plain.now);
    assert_eq!(
        plain.connection.line(),
        Line::Joining,
        "refused is not blocked"
    );
}

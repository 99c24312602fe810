//! The policy of the connection by table: what happened, and what is done about it.

use super::{Connection, Ends, Input, Line, Output};
use liveroom_protocol::Reason;

mod tokens;

/// A connection and its time; chance is a half.
struct Try {
    connection: Connection,
    now: u64,
}

impl Try {
    fn new(provider: bool, has_slow_road: bool) -> Self {
        let connection = Connection {
            provider,
            has_slow_road,
            ..Connection::default()
        };
        Self {
            connection,
            now: 1_000,
        }
    }

    /// What is done, without the news that what is said of the connection changed.
    fn on(&mut self, input: Input) -> Vec<Output> {
        let mut out = self.connection.handle(input, self.now, 0.5);
        out.retain(|output| *output != Output::Changed);
        out
    }

    /// Goes on to the time that was asked for.
    fn due(&mut self) -> Vec<Output> {
        self.now = self.connection.due().expect("something is due");
        self.on(Input::Tick)
    }

    fn join(&mut self) {
        assert_eq!(self.on(Input::Start), [Output::Open]);
        assert_eq!(self.on(Input::Opened), [Output::Hello]);
        assert_eq!(self.on(Input::Welcomed), [Output::Ping]);
        assert_eq!(self.on(Input::Ponged(self.now)), []);
    }
}

#[test]
fn a_page_joins_by_socket_and_asks_the_time_three_times_then_once_a_minute() {
    let mut page = Try::new(false, true);
    page.join();
    assert_eq!(page.connection.line(), Line::Live);
    let mut asked = Vec::new();
    for _ in 0..4 {
        assert_eq!(page.due(), [Output::Ping]);
        asked.push(page.now);
        page.on(Input::Ponged(page.now));
    }
    assert_eq!(asked, [2_000, 3_000, 63_000, 123_000]);
}

#[test]
fn a_lost_line_is_tried_again_and_spoken_of_after_two_seconds() {
    let mut page = Try::new(false, true);
    page.join();
    page.now = 5_000;
    assert_eq!(page.on(Input::Closed), []);
    assert_eq!(page.connection.line(), Line::Lost(5_000));
    assert_eq!(page.due(), [Output::Open]);
    assert_eq!(page.now, 5_500, "half of a second");
    page.now = 7_000;
    let told = page.connection.handle(Input::Tick, 7_000, 0.5);
    assert_eq!(told, [Output::Changed]);
    page.on(Input::Opened);
    page.on(Input::Welcomed);
    assert_eq!(page.connection.line(), Line::Live);
}

#[test]
fn a_line_without_an_answer_to_ping_is_dead() {
    let mut page = Try::new(false, true);
    page.join();
    assert_eq!(page.due(), [Output::Ping]);
    while page.now < 12_000 {
        let out = page.due();
        assert!(out == [Output::Ping] || out == [Output::HangUp], "{out:?}");
    }
    assert_eq!(page.now, 12_000);
    assert_eq!(page.connection.line(), Line::Lost(12_000));
}

#[test]
fn a_late_answer_does_not_stand_for_the_one_that_is_missing() {
    let mut page = Try::new(false, true);
    page.join();
    // The first ones come quicker.
    for _ in 0..2 {
        assert_eq!(page.due(), [Output::Ping]);
        page.on(Input::Ponged(page.now));
    }
    page.now += 30_000;
    assert_eq!(page.on(Input::Woken), [Output::Ping]);
    page.on(Input::Ponged(page.now - 30_000));
    page.now += 9_999;
    assert_eq!(page.on(Input::Tick), []);
    page.now += 1;
    assert_eq!(page.on(Input::Tick), [Output::HangUp]);
}

#[test]
fn after_three_sockets_the_messages_go_by_http_and_a_socket_is_tried_once_a_minute() {
    let mut page = Try::new(false, true);
    page.on(Input::Start);
    page.on(Input::Closed);
    for _ in 0..2 {
        assert_eq!(page.due(), [Output::Open]);
        page.on(Input::Closed);
    }
    let mut sockets = Vec::new();
    for _ in 0..32 {
        match page.due().as_slice() {
            [Output::Post] => {
                page.on(Input::Welcomed);
                page.on(Input::Posted(true));
                assert_eq!(page.connection.line(), Line::Slow);
            }
            [Output::Open] => {
                sockets.push(page.now);
                page.on(Input::Closed);
            }
            other => panic!("{other:?}"),
        }
    }
    assert!(
        sockets
            .windows(2)
            .all(|pair| pair[1] - pair[0] == 60_000 - 4_000)
    );
    assert_eq!(sockets.len(), 2);
    // A socket that works ends the slow road.
    while page.due() != [Output::Open] {
        page.on(Input::Posted(true));
    }
    page.on(Input::Opened);
    page.on(Input::Welcomed);
    assert_eq!(page.connection.line(), Line::Live);
}

#[test]
fn what_is_to_be_sent_does_not_wait_for_the_next_question() {
    let mut page = Try::new(false, true);
    page.on(Input::Start);
    for _ in 0..3 {
        page.on(Input::Closed);
        page.due();
    }
    assert_eq!(page.on(Input::Hurry), [], "a question is under way");
    assert_eq!(
        page.on(Input::Posted(true)),
        [Output::Post],
        "and another follows it"
    );
    page.on(Input::Posted(true));
    assert_eq!(page.on(Input::Hurry), [Output::Post]);
}

#[test]
fn a_practice_room_has_no_other_road() {
    let mut page = Try::new(false, false);
    page.on(Input::Start);
    for _ in 0..9 {
        page.on(Input::Closed);
        assert_eq!(page.due(), [Output::Open]);
    }
    assert!(matches!(page.connection.line(), Line::Lost(_)));
}

#[test]
fn waking_tries_at_once_and_asks_the_time() {
    let mut page = Try::new(false, true);
    page.join();
    page.now = 500_000;
    assert_eq!(page.on(Input::Woken), [Output::Ping]);
    page.on(Input::Closed);
    assert_eq!(page.on(Input::Woken), [Output::Open]);
}

#[test]
fn hidden_pages_say_so_also_after_joining_again() {
    let mut page = Try::new(false, true);
    page.join();
    assert_eq!(page.on(Input::Hidden(true)), [Output::Hidden(true)]);
    page.on(Input::Closed);
    page.due();
    page.on(Input::Opened);
    assert_eq!(
        page.on(Input::Welcomed),
        [Output::Hidden(true), Output::Ping]
    );
    assert_eq!(
        page.on(Input::Hidden(false)),
        [Output::Hidden(false), Output::Ping]
    );
}

#[test]
fn a_room_that_is_not_wanted_asks_for_nothing() {
    let mut page = Try::new(false, true);
    page.join();
    assert_eq!(page.on(Input::Stop), [Output::HangUp]);
    assert_eq!(
        (page.connection.due(), page.connection.line()),
        (None, Line::Off)
    );
    assert_eq!(page.on(Input::Closed), []);
}

//! The policy by table.

use super::*;

/// A page has been open for longer than its allowance takes to fill.
const LONG: u64 = 1_000_000;

fn state(failures: u32) -> State {
    State {
        failures,
        ..State::default()
    }
}

#[test]
fn every_class_of_answer_has_its_verdict() {
    let stored = |status| (status, Verdict::Stored);
    let refused = |status| (status, Verdict::Drop(Dropped::Refused));
    let later = |status| (status, Verdict::Later);
    let table = [200, 201, 202, 204, 206, 299].map(stored).into_iter();
    let table = table
        .chain([400, 401, 403, 404, 405, 406, 409, 415, 422, 431, 451, 499].map(refused))
        .chain([408, 425, 429, 500, 501, 502, 503, 504, 511, 599].map(later))
        // No network, a hidden answer, a redirect that was not followed, and what no endpoint should say.
        .chain([0, 100, 103, 301, 302, 304, 307, 308, 600, 999].map(later))
        .chain([(410, Verdict::Drop(Dropped::Gone)), (413, Verdict::Split)]);
    for (status, expected) in table {
        let answer = Answer {
            status,
            ..Answer::default()
        };
        let got = verdict(&mut state(0), answer, 10, 0, 0.5);
        assert_eq!(got, expected, "{status}");
    }
}

#[test]
fn a_sign_in_page_is_no_receipt() {
    let answer = Answer {
        status: 200,
        html: true,
        ..Answer::default()
    };
    let mut state = state(0);
    assert_eq!(verdict(&mut state, answer, 1, 0, 0.0), Verdict::Later);
    assert_eq!(state.failures, 1);
}

#[test]
fn back_off_doubles_from_a_second_to_a_minute_and_is_spread_over_all_of_it() {
    for (failures, longest) in [
        (0, 1_000),
        (1, 2_000),
        (2, 4_000),
        (5, 32_000),
        (6, 60_000),
        (7, 60_000),
        (4_000_000_000, 60_000),
    ] {
        for (chance, delay) in [(0.0, 250), (0.5, longest / 2), (1.0, longest)] {
            let mut state = state(failures);
            let answer = Answer {
                status: 503,
                ..Answer::default()
            };
            assert_eq!(
                verdict(&mut state, answer, 1, 7_000, chance),
                Verdict::Later
            );
            assert_eq!(state.until, 7_000 + delay, "{failures} failures, {chance}");
            assert_eq!(state.failures, failures + 1);
        }
    }
}

#[test]
fn what_the_endpoint_asks_for_is_kept_up_to_five_minutes() {
    for (asked, chance, delay) in [
        (0, 0.5, 250),
        (2_000, 0.0, 2_000),
        (2_000, 1.0, 2_200),
        (300_000, 0.0, 300_000),
        (86_400_000, 0.0, 300_000),
        (u64::MAX, 1.0, 330_000),
    ] {
        let mut state = state(3);
        let answer = Answer {
            status: 429,
            retry_after: Some(asked),
            ..Answer::default()
        };
        assert_eq!(verdict(&mut state, answer, 1, LONG, chance), Verdict::Later);
        assert_eq!((state.until, state.failures), (LONG + delay, 3), "{asked}");
    }
}

#[test]
fn too_large_a_batch_is_halved_until_one_report_is_dropped() {
    let answer = Answer {
        status: 413,
        ..Answer::default()
    };
    let mut state = State::default();
    let mut tried = vec![];
    let mut count = state.most;
    loop {
        tried.push(count);
        match verdict(&mut state, answer, count, 0, 0.0) {
            Verdict::Split => count = state.most,
            other => break assert_eq!(other, Verdict::Drop(Dropped::TooLarge)),
        }
    }
    assert_eq!(tried, [100, 50, 25, 12, 6, 3, 1]);
    let stored = Answer {
        status: 202,
        ..Answer::default()
    };
    verdict(&mut state, stored, 1, 0, 0.0);
    assert_eq!(state.most, 2, "batches grow again with success");
}

/// Sends as soon as it may for so long; the bytes of each request, and when it went.
fn flood(bytes: u32, answer: Answer, lasting: u64) -> Vec<(u64, u64)> {
    let (mut state, mut now, mut sent) = (State::default(), LONG, vec![]);
    while now < LONG + lasting {
        sent.push((now, u64::from(bytes)));
        verdict(&mut state, Answer { bytes, ..answer }, 1, now, 0.0);
        now = now.max(state.until);
    }
    sent
}

#[test]
fn however_much_a_page_reports_it_sends_so_much_a_minute_and_no_more() {
    let hour = 3_600_000;
    for (status, bytes) in [(202, 100), (202, 60_000), (0, 400), (503, 60_000)] {
        let answer = Answer {
            status,
            ..Answer::default()
        };
        let sent = flood(bytes, answer, hour);
        let at_once = sent.iter().filter(|(at, _)| *at == LONG).count() as u64;
        assert!(at_once <= 68, "{at_once} at once");
        let all: u64 = sent.iter().map(|(_, bytes)| bytes).sum();
        assert!(sent.len() as u64 <= 68 + 60 * 20, "{} requests", sent.len());
        assert!(all <= 1_120_000 + 60 * 300_000, "{all} bytes");
    }
    let stored = Answer {
        status: 202,
        ..Answer::default()
    };
    let full = flood(60_000, stored, 1);
    let all: u64 = full.iter().map(|(_, bytes)| bytes).sum();
    assert!(all >= QUEUE_BYTES.into(), "a full queue goes at once");
}

#[test]
fn gone_is_for_the_page_load() {
    let mut state = State::default();
    let answer = Answer {
        status: 410,
        ..Answer::default()
    };
    verdict(&mut state, answer, 5, 0, 0.0);
    let waiting = Waiting {
        count: 5,
        bytes: 500,
        soon: true,
    };
    assert_eq!(wait(&state, &waiting, 0, 0.5), None);
}

#[test]
fn reports_gather_and_outcomes_go_sooner() {
    let waits = |count, bytes, soon, until, chance| {
        let state = State {
            until,
            ..State::default()
        };
        wait(&state, &Waiting { count, bytes, soon }, 1_000, chance)
    };
    assert_eq!(waits(0, 0, false, 0, 0.0), None);
    assert_eq!(waits(1, 300, false, 0, 0.0), Some(3_000));
    assert_eq!(waits(1, 300, false, 0, 1.0), Some(8_000));
    assert_eq!(waits(2, 600, true, 0, 0.0), Some(500));
    assert_eq!(waits(2, 600, true, 0, 1.0), Some(2_500));
    assert_eq!(
        waits(100, 600, false, 0, 0.5),
        Some(0),
        "a full batch goes at once"
    );
    assert_eq!(waits(9, 40_000, false, 0, 0.5), Some(0), "and a heavy one");
    assert_eq!(
        waits(100, 600, true, 61_000, 0.5),
        Some(60_000),
        "never within a back-off"
    );
    assert_eq!(
        waits(1, 300, false, 1_400, 1.0),
        Some(400),
        "and right after it"
    );
}

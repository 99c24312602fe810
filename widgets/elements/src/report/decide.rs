//! The policy as the shell asks it: a kind of question, numbers and text in, JSON out.
//!
//! Nothing is remembered here between two questions, so a trap of the module forgets nothing: state and records are the
//! shell's, and come with each question. Numbers cross as numbers because decoding JSON would cost a page some kilobytes.
//!
//! | kind | numbers | text | answer |
//! |---|---|---|---|
//! | `limits` | | | `{count, bytes, read, report, batch, timeout}` |
//! | `wait` | state (5), count, bytes, soon, now, chance | | `{ms}`, or `{}` for not at all |
//! | `answer` | state (5), status, retry after or -1, html, bytes, count, now, chance | | `{state, verdict, reason?}` |
//! | `batch` | created, most, bytes, now, then sequence and time of each record | session, source, id, what was settled, then each record; a line each | `{take, too_old, damaged, body?}` |

use super::batch::{Lot, Row, batch};
use super::object::{Object, list, quoted};
use super::policy::{self, Answer, State, Verdict, Waiting, verdict, wait};
use liveroom_protocol::engagement::Dropped;
use liveroom_protocol::limits::{BATCH_BYTES, REPORT_BYTES};

/// Answers a question; an empty text for one that is none.
pub fn decide(kind: &str, numbers: &[f64], text: &str) -> String {
    match (kind, numbers) {
        ("limits", _) => limits(),
        (
            "wait",
            &[
                failures,
                most,
                until,
                gone,
                spent,
                count,
                bytes,
                soon,
                now,
                chance,
            ],
        ) => {
            let waiting = Waiting {
                count: small(count),
                bytes: small(bytes),
                soon: soon > 0.0,
            };
            let state = state([failures, most, until, gone, spent]);
            match wait(&state, &waiting, whole(now), chance) {
                Some(ms) => Object::new().number("ms", ms).end(),
                None => Object::new().end(),
            }
        }
        (
            "answer",
            &[
                failures,
                most,
                until,
                gone,
                spent,
                status,
                after,
                html,
                bytes,
                count,
                now,
                chance,
            ],
        ) => {
            let mut state = state([failures, most, until, gone, spent]);
            let answer = Answer {
                status: u16::try_from(small(status)).unwrap_or(0),
                retry_after: (after >= 0.0).then(|| whole(after)),
                html: html > 0.0,
                bytes: small(bytes),
            };
            let verdict = verdict(&mut state, answer, small(count), whole(now), chance);
            meaning(&state, verdict)
        }
        ("batch", &[created, most, bytes, now, ref times @ ..]) => {
            let mut lines = text.split('\n');
            let mut line = || lines.next().unwrap_or_default();
            let (session, source, id, settled) = (line(), line(), line(), line());
            let times = times.chunks_exact(2);
            let rows = times.zip(lines).map(|(time, text)| Row {
                sequence: time.first().copied().map_or(0, whole),
                at: time.last().copied().map_or(0, whole),
                text,
            });
            packed(&Lot {
                session,
                source,
                created: whole(created),
                settled,
                rows: rows.collect(),
                most: small(most) as usize,
                bytes: small(bytes) as usize,
                now: whole(now),
                id,
            })
        }
        _ => String::new(),
    }
}

fn limits() -> String {
    Object::new()
        .number("count", policy::QUEUE_COUNT.into())
        .number("bytes", policy::QUEUE_BYTES.into())
        .number("read", policy::BATCH_COUNT.into())
        .number("report", REPORT_BYTES as u64)
        .number("batch", BATCH_BYTES as u64)
        .number("timeout", policy::TIMEOUT_MS.into())
        .end()
}

fn meaning(state: &State, verdict: Verdict) -> String {
    let numbers = [
        state.failures.into(),
        state.most.into(),
        state.until,
        u64::from(state.gone),
        state.spent,
    ];
    let (word, reason) = match verdict {
        Verdict::Stored => ("stored", None),
        Verdict::Later => ("later", None),
        Verdict::Split => ("split", None),
        Verdict::Drop(reason) => ("drop", Some(name(reason))),
    };
    Object::new()
        .raw("state", &list(numbers.iter().map(u64::to_string)))
        .text("verdict", word)
        .maybe("reason", reason)
        .end()
}

fn packed(lot: &Lot<'_>) -> String {
    let batch = batch(lot);
    let places = |places: &[usize]| list(places.iter().map(usize::to_string));
    let answer = Object::new()
        .number("take", batch.take as u64)
        .raw("too_old", &places(&batch.too_old))
        .raw("damaged", &places(&batch.damaged));
    match batch.body {
        Some(body) => answer.raw("body", &quoted(&body)).end(),
        None => answer.end(),
    }
}

/// The name that a ledger has for it.
const fn name(reason: Dropped) -> &'static str {
    match reason {
        Dropped::QueueFull => "queue_full",
        Dropped::TooOld => "too_old",
        Dropped::TooLarge => "too_large",
        Dropped::Refused => "refused",
        Dropped::Gone => "gone",
        Dropped::Consent => "consent",
        Dropped::Storage => "storage",
    }
}

fn state([failures, most, until, gone, spent]: [f64; 5]) -> State {
    State {
        failures: small(failures),
        most: small(most),
        until: whole(until),
        gone: gone > 0.0,
        spent: whole(spent),
    }
}

/// A number of JavaScript's as a whole one; what is none is 0.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "`as` saturates, and makes 0 of what is no number"
)]
const fn whole(number: f64) -> u64 {
    number as u64
}

/// The same, for what is never large.
fn small(number: f64) -> u32 {
    u32::try_from(whole(number)).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::{decide, name};
    use liveroom_protocol::engagement::Dropped;
    use serde_json::{Value, json};

    fn ask(kind: &str, numbers: &[f64], text: &str) -> Value {
        serde_json::from_str(&decide(kind, numbers, text)).expect("it is JSON")
    }

    #[test]
    fn the_shell_asks_in_numbers_and_is_told_in_json() {
        assert_eq!(ask("limits", &[], "")["batch"], 60_000);
        let fresh = [0.0, 100.0, 0.0, 0.0, 0.0];
        let wait = |rest: &[f64]| ask("wait", &[&fresh, rest].concat(), "");
        assert_eq!(wait(&[1.0, 9.0, 1.0, 5.0, 0.5]), json!({"ms": 1500}));
        assert_eq!(wait(&[0.0, 0.0, 0.0, 5.0, 0.5]), json!({}));
        let answer = |rest: &[f64]| ask("answer", &[&fresh, rest].concat(), "");
        assert_eq!(
            answer(&[410.0, -1.0, 0.0, 40_000.0, 3.0, 300_001.5, 0.25]),
            json!({"state": [0, 100, 108_001, 1, 108_001], "verdict": "drop", "reason": "gone"})
        );
        assert_eq!(
            answer(&[429.0, 2_000.0, 0.0, 9.0, 3.0, 300_000.9, 0.0]),
            json!({"state": [0, 100, 302_000, 0, 103_000], "verdict": "later"})
        );
        assert_eq!(
            answer(&[413.0, -1.0, 0.0, 9.0, 4.0, 0.0, 0.0])["verdict"],
            "split"
        );
        assert_eq!(
            answer(&[200.0, -1.0, 1.0, 9.0, 4.0, 0.0, 0.0])["verdict"],
            "later"
        );
        assert_eq!(answer(&[f64::NAN; 7])["verdict"], "later");
    }

    #[test]
    fn the_shell_hands_records_in_by_the_line() {
        let text = "s\nurn:liveroom:den\nl\n{\"stored\":0,\"dropped\":{}}\n{\"id\":\"a\"}\n{}";
        let numbers = [2.0, 9.0, 900.0, 7.0, 1.0, 7.0, 2.0, 7.0];
        let dropped = ask("batch", &numbers, text);
        assert_eq!(dropped, json!({"take": 0, "too_old": [], "damaged": [1]}));
        let batch = ask("batch", &numbers[..6], text);
        assert_eq!(batch["take"], 1);
        let body = batch["body"].as_str().expect("there is a body");
        let body: Value = serde_json::from_str(body).expect("it is JSON");
        assert_eq!(
            (&body[0]["id"], &body[0]["session"]),
            (&json!("a"), &json!("s"))
        );
        assert_eq!(
            body[1]["data"],
            json!({"created": 2, "stored": 0, "dropped": {}})
        );
    }

    #[test]
    fn what_is_no_question_is_answered_with_nothing() {
        for (kind, numbers) in [
            ("wait", 9),
            ("wait", 11),
            ("answer", 11),
            ("batch", 3),
            ("", 9),
        ] {
            assert_eq!(decide(kind, &vec![1.0; numbers], "a\nb"), "", "{kind}");
        }
    }

    #[test]
    fn reasons_have_the_names_of_the_protocol() {
        for reason in [
            Dropped::QueueFull,
            Dropped::TooOld,
            Dropped::TooLarge,
            Dropped::Refused,
            Dropped::Gone,
            Dropped::Consent,
            Dropped::Storage,
        ] {
            assert_eq!(json!(reason), name(reason));
        }
    }
}

//! What a practice room does when something is wrong: the storage, a record, a page.

use super::*;

#[test]
fn what_could_not_be_written_is_to_be_asked_again() {
    let mut browser = two();
    let (_, place) = browser.tabs[0].hear(0, VOTE, browser.now).unwrap();
    browser.tabs[0].fail(&place, "QuotaExceededError");
    let heard = browser.heard(0);
    assert!(heard.contains(r#""ok":false"#) && heard.contains(r#""reason":"unavailable""#));
    assert!(heard.contains("QuotaExceededError"), "{heard}");
    browser.say(0, VOTE);
    assert!(browser.heard(0).contains(r#""ok":true"#));
}

#[test]
fn what_cannot_be_read_is_refused_and_the_line_goes_on() {
    let mut browser = Browser::new(1);
    browser.tabs[0].join(0, "one".to_owned());
    browser.say(0, "{");
    browser.say(0, r#"{"type":"hello","version":99}"#);
    let heard = browser.heard(0);
    assert!(heard.contains(r#""reason":"malformed""#) && heard.contains(r#""closing":false"#));
    assert!(heard.contains(r#""reason":"unsupported""#) && heard.contains(r#""closing":true"#));
    browser.say(0, r#"{"type":"ping","sent":4.5}"#);
    assert_eq!(browser.heard(0), r#"{"type":"pong","sent":4.5,"at":1000}"#);
}

#[test]
fn a_log_that_was_cleared_is_another_and_everybody_is_welcomed_to_it() {
    let mut browser = two();
    let lost = browser.tabs[0].hear(0, VOTE, browser.now).unwrap();
    drop(lost);
    browser.found("second");
    browser.begin(0);
    let heard = browser.heard(0);
    assert!(heard.contains(r#""id":"a1","ok":false"#), "{heard}");
    assert!(
        heard.contains(r#""epoch":"second","recovered":false"#),
        "{heard}"
    );
    assert!(heard.contains(r#""activities":[]"#), "{heard}");
}

#[test]
fn the_same_log_read_again_is_no_news() {
    let mut browser = two();
    browser.begin(0);
    assert_eq!(browser.heard(0), "");
}

#[test]
fn a_damaged_record_closes_the_room_to_changes() {
    let mut browser = two();
    let batch = Batch {
        records: Vec::new(),
        damaged: Some(3),
    };
    browser.tabs[0].take(&batch, Vec::new(), browser.now);
    assert!(!browser.tabs[0].is_sound());
    assert!(browser.heard(0).contains(r#""state":"damaged""#));
    browser.say(0, VOTE);
    let heard = browser.heard(0);
    assert!(
        heard.contains(r#""reason":"damaged""#) && heard.contains("record 3"),
        "{heard}"
    );
    assert_eq!(browser.records.len(), 2);
    assert_eq!(browser.tabs[0].tick(Timestamp(9_000)), None);
}

#[test]
fn a_sealed_room_forgets_who_is_who() {
    let mut browser = two();
    browser.say(0, VOTE);
    browser.say(
        0,
        r#"{"type":"command","id":"s1","command":{"type":"room.seal"}}"#,
    );
    assert!(browser.tabs[0].must_seal());
    assert!(!browser.tabs[0].must_seal());
    browser.heard(0);
    browser.say(
        0,
        r#"{"type":"command","id":"c9","command":{"type":"show.start"}}"#,
    );
    assert!(browser.heard(0).contains(r#""reason":"sealed""#));
    browser.say(0, HELLO);
    assert!(browser.heard(0).contains("hello has been said"));
    browser.tabs[0].leave(0);
    browser.join(0, "one");
    let heard = browser.heard(0);
    assert!(
        heard.contains(r#""votes":[1,0]"#) && !heard.contains("mine"),
        "{heard}"
    );
    assert!(!heard.contains(r#""me""#), "{heard}");
}

#[test]
fn who_has_not_said_hello_or_sits_in_the_picture_takes_no_part() {
    let mut browser = Browser::new(1);
    browser.tabs[0].join(0, "one".to_owned());
    browser.say(0, OPEN);
    assert!(browser.heard(0).contains(r#""reason":"not-allowed""#));
    browser.say(0, r#"{"type":"hello","version":1,"seat":"overlay"}"#);
    browser.say(0, OPEN);
    assert!(browser.heard(0).contains(r#""reason":"not-allowed""#));
    assert_eq!(browser.records.len(), 1);
}

#[test]
fn words_that_were_refused_are_forgotten_and_those_accepted_under_the_same_id_are_shown() {
    let mut browser = two();
    let ask = |id: &str, text: &str| {
        format!(
            r#"{{"type":"act","id":"{id}","activity":"ask","action":{{"type":"qna.ask","text":"{text}"}}}}"#
        )
    };
    browser.say(0, r#"{"type":"command","id":"q1","command":{"type":"qna.open","activity":"ask","title":"Ask","every_ms":0,"approval":false}}"#);
    browser.say(0, &ask("a1", "Is it warm?"));
    browser.say(1, &ask("x", "IS it warm"));
    assert!(browser.heard(1).contains(r#""reason":"duplicate""#));
    let spare = browser.tabs[0].spare();
    assert_eq!(browser.tabs[1].spare(), spare);
    let [place] = spare.as_slice() else {
        panic!("{spare:?}")
    };
    assert!(
        browser
            .values
            .iter()
            .any(|value| value.key == *place && value.value == "IS it warm")
    );
    browser.values.retain(|value| value.key != *place);
    browser.say(1, &ask("x", "Is it blue?"));
    assert!(browser.tabs.iter_mut().all(|tab| tab.spare().is_empty()));
    browser.tabs[0].send(Timestamp(9_000), true);
    let heard = browser.heard(0);
    assert!(
        heard.contains("Is it blue?") && !heard.contains("IS it warm"),
        "{heard}"
    );
    // Who reads the log later has nothing to delete.
    browser.begin(0);
    assert!(browser.tabs[0].spare().is_empty());
}

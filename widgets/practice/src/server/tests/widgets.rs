//! What prize draws, questions and deals ask of a practice room besides what polls do.

use super::*;
use liveroom_rules::pseudonym::Identity;

fn browser(command: &str) -> Browser {
    let mut browser = Browser::new(2);
    browser.join(0, "one");
    browser.join(1, "two");
    browser.say(
        0,
        &format!(r#"{{"type":"command","id":"c1","command":{command}}}"#),
    );
    browser.heard(0);
    browser.heard(1);
    browser
}

#[test]
fn what_is_asked_in_one_tab_is_read_in_the_other() {
    let mut browser =
        browser(r#"{"type":"qna.open","activity":"ask","title":"Ask","approval":false}"#);
    browser.say(1, r#"{"type":"act","id":"a1","activity":"ask","action":{"type":"qna.ask","text":"Why so blue?"}}"#);
    browser.tabs[0].send(Timestamp(2_000), true);
    for tab in 0..2 {
        let heard = browser.heard(tab);
        assert!(heard.contains("Why so blue?"), "{heard}");
    }
}

#[test]
fn a_lottery_that_draws_itself_is_drawn_once_and_its_winner_is_told() {
    let mut browser = browser(
        r#"{"type":"lottery.open","activity":"win","title":"Win","prizes":[{"name":"Mug"}],"level":"device","draws_itself":true}"#,
    );
    browser.say(
        1,
        r#"{"type":"act","id":"a1","activity":"win","action":{"type":"lottery.enter"}}"#,
    );
    browser.say(
        0,
        r#"{"type":"command","id":"c2","command":{"type":"close","activity":"win"}}"#,
    );
    browser.heard(1);
    // Both tabs order it, and neither a second time.
    let orders: Vec<Append> = (0..2).flat_map(|tab| browser.tabs[tab].orders()).collect();
    assert_eq!(orders.len(), 2);
    for order in orders {
        browser.append((order, Place::default()));
    }
    for tab in 0..2 {
        browser.read(tab);
        assert_eq!(browser.tabs[tab].orders(), Vec::new());
    }
    let heard = browser.heard(1);
    assert_eq!(heard.matches(r#""wins":[{"win":0"#).count(), 1, "{heard}");
}

#[test]
fn what_a_page_attests_is_refused_with_why_since_nobody_here_could_check_it() {
    let mut browser = browser(
        r#"{"type":"lottery.open","activity":"win","title":"Win","prizes":[{"name":"Mug"}],"level":"device","conditions":[{"kind":"attested","what":"followed"}]}"#,
    );
    browser.say(1, r#"{"type":"act","id":"a1","activity":"win","action":{"type":"lottery.enter"},"attest":"a.b.c"}"#);
    let heard = browser.heard(1);
    assert!(
        heard.contains(r#""reason":"bad-attest","message":"a practice room has no key"#),
        "{heard}"
    );
    browser.say(
        1,
        r#"{"type":"act","id":"a2","activity":"win","action":{"type":"lottery.enter"}}"#,
    );
    let heard = browser.heard(1);
    assert!(heard.contains(r#""reason":"condition-not-met""#), "{heard}");
}

#[test]
fn a_claim_has_a_ticket() {
    let mut browser = browser(
        r#"{"type":"deal.open","activity":"sale","title":"Jacket","sku":"j","price":{"amount":"9.00","currency":"EUR"},"variants":[{"stock":1}],"level":"device"}"#,
    );
    browser.say(1, r#"{"type":"act","id":"a1","activity":"sale","action":{"type":"deal.claim","variant":"1"}}"#);
    let heard = browser.heard(1);
    assert!(heard.contains(r#""ticket":"ey"#), "{heard}");
}

#[test]
fn what_is_typed_is_looked_for_among_what_viewers_see_and_written_nowhere() {
    let mut browser = browser(r#"{"type":"qna.open","activity":"ask","title":"Ask","every_ms":0}"#);
    let ask = |id: &str, text: &str| {
        format!(
            r#"{{"type":"act","id":"{id}","activity":"ask","action":{{"type":"qna.ask","text":"{text}"}}}}"#
        )
    };
    browser.say(1, &ask("a1", "Is the jacket waterproof?"));
    browser.say(1, &ask("a2", "Is the zip waterproof?"));
    browser.say(0, r#"{"type":"command","id":"c2","command":{"type":"qna.change","activity":"ask","question":1,"change":{"to":"approve"}}}"#);
    browser.heard(0);
    let records = browser.records.len();
    for (text, found) in [
        ("is this jacket waterproof", true),
        ("is this zip waterproof", false),
    ] {
        browser.say(
            0,
            &format!(r#"{{"type":"similar","activity":"ask","text":"{text}"}}"#),
        );
        let heard = browser.heard(0);
        assert!(heard.contains(r#""type":"similar""#), "{heard}");
        assert_eq!(
            heard.contains("Is the jacket waterproof?"),
            found,
            "{heard}"
        );
        assert!(!heard.contains("zip"), "{heard}");
    }
    assert_eq!(browser.records.len(), records);
}

#[test]
fn a_viewer_is_erased_in_every_tab_and_from_the_store() {
    let mut browser = Browser::new(2);
    for (tab, name) in [(0, "ann"), (1, "bob")] {
        browser.tabs[tab].join(0, name.to_owned());
        browser.say(tab, HELLO);
    }
    browser.say(0, r#"{"type":"command","id":"q1","command":{"type":"qna.open","activity":"ask","title":"Ask","approval":false}}"#);
    for (tab, text) in [(0, "Is ann here?"), (1, "Is bob here?")] {
        let ask = format!(
            r#"{{"type":"act","id":"a","activity":"ask","action":{{"type":"qna.ask","text":"{text}"}}}}"#
        );
        browser.say(tab, &ask);
    }
    let me = RoomKey::new([7; 32])
        .for_reports(RoomKey::new([7; 32]).pseudonym(&Identity::Device("ann".to_owned())));
    browser.heard(1);
    browser.say(
        0,
        &format!(
            r#"{{"type":"command","id":"e","command":{{"type":"viewer.erase","me":"{me}"}}}}"#
        ),
    );
    let places: Vec<Vec<String>> = (0..2).map(|tab| browser.tabs[tab].spare()).collect();
    assert!(places.iter().all(|places| places.len() == 2), "{places:?}");
    browser
        .values
        .retain(|value| !places[0].contains(&value.key));
    assert_eq!(browser.values.len(), 1, "what bob asked");
    let heard = browser.heard(1);
    assert!(
        heard.contains(r#""id":1,"#) && !heard.contains("Is ann"),
        "{heard}"
    );
    // What is asked afterwards is not part of it, also in a tab that comes later.
    let ask = r#"{"type":"act","id":"b","activity":"ask","action":{"type":"qna.ask","text":"Ann again"}}"#;
    browser.now = Timestamp(100_000);
    browser.say(0, ask);
    browser.begin(1);
    assert!(browser.tabs[1].spare().is_empty());
    browser.tabs[1].join(1, "carl".to_owned());
    let hello = browser.tabs[1].hear(1, HELLO, browser.now);
    assert!(hello.is_none());
    let heard = browser.heard(1);
    assert!(
        heard.contains("Ann again") && heard.contains("Is bob") && !heard.contains("Is ann"),
        "{heard}"
    );
}

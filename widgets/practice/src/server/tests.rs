//! A practice room's servers, tried over a log that is a list.

use super::*;
use liveroom_protocol::id::Epoch;
use liveroom_rules::RULES;
use liveroom_rules::log::Append;
use liveroom_rules::record::{Entry, Founding, What, Who};

mod faults;
mod widgets;

const OPEN: &str = r#"{"type":"command","id":"c1","command":{"type":"poll.open","activity":"colour","question":"Which?","options":["Red","Blue"],"closes_in_ms":1000}}"#;
const VOTE: &str =
    r#"{"type":"act","id":"a1","activity":"colour","action":{"type":"poll.vote","choices":["1"]}}"#;
const HELLO: &str = r#"{"type":"hello","version":1}"#;

/// Tabs of one browser over one log.
struct Browser {
    tabs: Vec<Server>,
    records: Vec<Record>,
    values: Vec<PrivateValue>,
    now: Timestamp,
}

impl Browser {
    fn new(tabs: usize) -> Self {
        let mut browser = Self {
            tabs: Vec::new(),
            records: Vec::new(),
            values: Vec::new(),
            now: Timestamp(1_000),
        };
        browser.found("first");
        for _ in 0..tabs {
            browser.tabs.push(Server::new(room()));
        }
        for tab in 0..tabs {
            browser.begin(tab);
        }
        browser
    }

    /// The log is empty, or was emptied, and begins anew.
    fn found(&mut self, epoch: &str) {
        self.records.clear();
        let founding = What::Found(Founding {
            rules: RULES,
            epoch: Epoch::parse(epoch).unwrap(),
            room: room(),
        });
        self.write(Entry {
            who: Who::Room,
            id: RequestId::parse("found").unwrap(),
            what: founding,
        });
    }

    fn begin(&mut self, tab: usize) {
        self.tabs[tab].begin(Some(RoomKey::new([7; 32])));
        self.read(tab);
        self.tabs[tab].open(self.now);
    }

    fn write(&mut self, entry: Entry) -> Position {
        let position = self.records.len() as Position + 1;
        self.records.push(Record {
            position,
            at: self.now,
            entry,
        });
        position
    }

    fn append(&mut self, (append, place): (Append, Place)) {
        self.values.extend(append.private);
        place.set(self.write(append.entry));
    }

    /// One tab reads what is new to it.
    fn read(&mut self, tab: usize) {
        let after = self.tabs[tab].position() as usize;
        let batch = Batch {
            records: self.records[after..].to_vec(),
            damaged: None,
        };
        let lacks = self.tabs[tab].lacks(&batch.records);
        let values = if lacks {
            self.values.clone()
        } else {
            Vec::new()
        };
        self.tabs[tab].take(&batch, values, self.now);
    }

    /// A page says something, and the log takes it if it is to.
    fn say(&mut self, tab: usize, text: &str) {
        if let Some(request) = self.tabs[tab].hear(0, text, self.now) {
            self.append(request);
        }
        for tab in 0..self.tabs.len() {
            self.read(tab);
        }
    }

    /// What a tab's pages were sent since, as one text.
    fn heard(&mut self, tab: usize) -> String {
        let mut frames = Vec::new();
        while let Some((_, frame)) = self.tabs[tab].next_frame() {
            frames.push(frame.to_string());
        }
        frames.join("\n")
    }

    fn join(&mut self, tab: usize, identity: &str) {
        self.tabs[tab].join(0, identity.to_owned());
        self.say(tab, HELLO);
    }
}

fn room() -> RoomId {
    RoomId::parse("demo").unwrap()
}

fn two() -> Browser {
    let mut browser = Browser::new(2);
    browser.join(0, "one");
    browser.join(1, "two");
    browser.say(0, OPEN);
    browser.heard(0);
    browser.heard(1);
    browser
}

#[test]
fn a_page_is_welcomed_as_owner_on_its_device() {
    let mut browser = Browser::new(1);
    browser.join(0, "one");
    let heard = browser.heard(0);
    assert!(heard.starts_with(r#"{"type":"welcome","version":1,"room":"demo","epoch":"first""#));
    assert!(
        heard.contains(r#""role":"owner","level":"device""#),
        "{heard}"
    );
}

#[test]
fn a_vote_is_seen_in_every_tab_and_answered_in_its_own() {
    let mut browser = two();
    browser.now = Timestamp(1_500);
    browser.say(1, VOTE);
    let (other, own) = (browser.heard(0), browser.heard(1));
    assert!(other.contains(r#""votes":[1,0]"#), "{other}");
    assert!(!other.contains("answer"), "{other}");
    assert!(
        own.starts_with(r#"{"type":"answer","id":"a1","ok":true,"position":3"#),
        "{own}"
    );
    assert!(
        own.contains(r#""mine":{"widget":"poll","choices":["1"]"#),
        "{own}"
    );
}

#[test]
fn nothing_is_answered_before_the_log_has_given_it_back() {
    let mut browser = two();
    let request = browser.tabs[0].hear(0, VOTE, browser.now).unwrap();
    assert_eq!(browser.heard(0), "");
    browser.append(request);
    assert_eq!(browser.heard(0), "");
    browser.read(0);
    assert!(browser.heard(0).contains(r#""ok":true"#));
}

#[test]
fn an_answer_is_of_the_record_that_was_asked_for() {
    let mut browser = two();
    browser.say(
        0,
        r#"{"type":"command","id":"c2","command":{"type":"pause","activity":"colour"}}"#,
    );
    // The same viewer in another tab asked the same a moment before, when it was paused.
    browser.tabs[1].leave(0);
    browser.join(1, "one");
    let early = browser.tabs[1].hear(0, VOTE, browser.now).unwrap();
    browser.append(early);
    let late = browser.tabs[0].hear(0, VOTE, browser.now).unwrap();
    let resume = r#"{"type":"command","id":"c3","command":{"type":"resume","activity":"colour"}}"#;
    let resumed = browser.tabs[1].hear(0, resume, browser.now).unwrap();
    browser.append(resumed);
    browser.append(late);
    browser.heard(0);
    browser.heard(1);
    browser.read(0);
    browser.read(1);
    assert!(browser.heard(1).contains(r#""id":"a1","ok":false"#));
    assert!(browser.heard(0).contains(r#""id":"a1","ok":true"#));
}

#[test]
fn a_deadline_asks_for_one_tick_and_again_only_when_it_failed() {
    let mut browser = two();
    assert_eq!(browser.tabs[0].waits(browser.now), Some(Span(1_000)));
    assert_eq!(browser.tabs[0].tick(Timestamp(1_999)), None);
    assert_eq!(
        browser.tabs[0].tick(Timestamp(2_000)),
        Some(Timestamp(2_000))
    );
    assert_eq!(browser.tabs[0].tick(Timestamp(2_100)), None);
    assert_eq!(
        browser.tabs[0].tick(Timestamp(3_000)),
        Some(Timestamp(2_000))
    );
    browser.now = Timestamp(3_000);
    browser.write(Entry {
        who: Who::Room,
        id: RequestId::parse("tick").unwrap(),
        what: What::Tick,
    });
    for tab in 0..2 {
        browser.read(tab);
        assert!(browser.heard(tab).contains(r#""phase":"closed""#));
        assert_eq!(browser.tabs[tab].waits(browser.now), None);
    }
}

#[test]
fn figures_wait_their_turn_and_a_change_of_phase_does_not() {
    let mut browser = two();
    browser.now = Timestamp(1_100);
    browser.say(1, VOTE);
    assert!(!browser.heard(0).contains("votes"));
    assert_eq!(browser.tabs[0].waits(browser.now), Some(Span(150)));
    browser.tabs[0].send(Timestamp(1_250), false);
    assert!(browser.heard(0).contains(r#""votes":[1,0]"#));
    browser.say(
        1,
        r#"{"type":"command","id":"c2","command":{"type":"close","activity":"colour"}}"#,
    );
    assert!(browser.heard(0).contains(r#""phase":"closed""#));
}

#[test]
fn a_quiz_is_revealed_by_a_tab_that_did_not_make_it() {
    let mut browser = two();
    browser.say(0, r#"{"type":"command","id":"q1","command":{"type":"poll.open","activity":"quiz","question":"Which?","options":["Red","Blue"],"right":["2"]}}"#);
    assert!(!browser.heard(1).contains(r#""right":["2"]"#));
    browser.say(
        1,
        r#"{"type":"command","id":"q2","command":{"type":"close","activity":"quiz"}}"#,
    );
    browser.say(
        1,
        r#"{"type":"command","id":"q3","command":{"type":"reveal","activity":"quiz"}}"#,
    );
    assert!(browser.heard(0).contains(r#""right":["2"]"#));
}

#[test]
fn a_viewer_s_other_page_is_told_of_their_vote() {
    let mut browser = two();
    browser.tabs[0].leave(0);
    browser.join(0, "two");
    browser.heard(0);
    browser.now = Timestamp(1_500);
    browser.say(1, VOTE);
    let heard = browser.heard(0);
    assert!(
        heard.contains(r#""mine":{"widget":"poll","choices":["1"]"#),
        "{heard}"
    );
}

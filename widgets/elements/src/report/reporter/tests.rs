//! The reporter over a shell that only writes down what it was asked.

use super::*;
use crate::report::compose::HELD;
use crate::report::port::Composed;
use liveroom_protocol::Widget;
use liveroom_protocol::id::ActivityId;
use liveroom_protocol::time::Timestamp;
use serde_json::{Value, json};
use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::rc::Rc;

mod about;

#[derive(Default)]
struct Shell {
    reports: RefCell<Vec<Composed>>,
    keys: RefCell<BTreeSet<String>>,
    ids: Cell<u32>,
    wish: Cell<Option<u64>>,
    consent: RefCell<Vec<String>>,
}

impl Port for Rc<Shell> {
    fn report(&self, report: &Composed) {
        self.reports.borrow_mut().push(report.clone());
    }
    fn once(&self, key: &str) -> bool {
        self.keys.borrow_mut().insert(key.to_owned())
    }
    fn id(&self) -> String {
        self.ids.set(self.ids.get() + 1);
        format!("id{}", self.ids.get())
    }
    fn wake(&self, ms: u64) {
        self.wish.set(Some(ms));
    }
    fn consent(&self, holds: &str, endpoint: Option<&str>, source: &str) {
        let line = [holds, endpoint.unwrap_or("-"), source].join(" ");
        self.consent.borrow_mut().push(line);
    }
}

impl Shell {
    /// What was reported since the last call: type and data.
    fn told(&self) -> Vec<(String, Value)> {
        let reports = std::mem::take(&mut *self.reports.borrow_mut());
        let read = |text: &str| serde_json::from_str::<Value>(text).expect("it is JSON");
        let told = reports.iter().map(|report| {
            let envelope = read(&report.envelope);
            let kind = envelope["type"].as_str().expect("it has a type");
            (kind.to_owned(), read(&report.data))
        });
        told.collect()
    }

    fn kinds(&self) -> Vec<String> {
        self.told().into_iter().map(|(kind, _)| kind).collect()
    }
}

fn at(ms: u64) -> Moment {
    Moment {
        steady: ms,
        room: Timestamp(1_000_000 + ms),
        stream: None,
    }
}

fn poll() -> About {
    About {
        widget: Widget::Poll,
        activity: ActivityId::parse("p1").expect("it is an id"),
        run: 2,
        endpoint: None,
    }
}

fn reporter(said: Consent) -> (Reporter, Rc<Shell>) {
    let shell = Rc::new(Shell::default());
    let mut reporter = Reporter::new(Rc::clone(&shell));
    reporter.setup(Setup {
        room: "den".into(),
        source: "https://rooms.example/v1/rooms/den".into(),
        channel: "page".into(),
        endpoint: Some("https://reports.example/".into()),
        campaign: None,
    });
    reporter.consent(said, false, &at(0));
    (reporter, shell)
}

#[test]
fn a_report_says_where_when_and_what_and_nothing_else() {
    let (mut reporter, shell) = reporter(Consent::Granted);
    reporter.me(Some("m".into()));
    reporter.show(Some("s7".into()), vec!["ann".into(), "b\"o".into()]);
    let now = Moment {
        stream: Some(Timestamp(77)),
        ..at(5)
    };
    reporter.refused(&poll(), "vote", "closed", &now);
    let report = shell.reports.borrow()[0].clone();
    assert_eq!(report.endpoint.as_deref(), Some("https://reports.example/"));
    assert!(report.soon);
    let envelope: Value = serde_json::from_str(&report.envelope).expect("it is JSON");
    assert_eq!(
        envelope,
        json!({"specversion": "1.0", "id": "id1", "source": "https://rooms.example/v1/rooms/den",
            "type": "live.poll.refused", "subject": "p1", "time": "1970-01-01T00:16:40.005Z",
            "datacontenttype": "application/json"})
    );
    let data: Value = serde_json::from_str(&report.data).expect("it is JSON");
    assert_eq!(
        data,
        json!({"room": "den", "at": 1_000_005, "channel": "page", "me": "m", "show": "s7", "on_air": ["ann", "b\"o"],
            "stream": 77, "activity": "p1", "widget": "poll", "run": 2, "act": "vote", "reason": "closed"})
    );
}

#[test]
fn nothing_leaves_before_consent_and_all_of_it_with_consent() {
    let (mut reporter, shell) = reporter(Consent::Pending);
    reporter.acted(&poll(), "vote", &at(1));
    reporter.outcome(&poll(), "vote", &at(2));
    assert_eq!((shell.kinds(), reporter.held()), (vec![], 2));
    reporter.consent(Consent::Granted, false, &at(9));
    let told = shell.told();
    assert_eq!(told[0].0, "live.poll.acted");
    assert_eq!(told[1].0, "live.poll.outcome");
    assert_eq!(told[1].1["at"], 1_000_002, "as of when it happened");
    assert_eq!(reporter.held(), 0);
}

#[test]
fn what_was_held_is_forgotten_when_denied() {
    let (mut reporter, shell) = reporter(Consent::Pending);
    reporter.acted(&poll(), "vote", &at(1));
    reporter.consent(Consent::Denied, false, &at(2));
    reporter.acted(&poll(), "vote", &at(3));
    reporter.consent(Consent::Granted, false, &at(4));
    reporter.acted(&poll(), "withdraw", &at(5));
    let told = shell.told();
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].1["act"], "withdraw");
}

#[test]
fn what_is_held_is_bounded_and_the_oldest_goes() {
    let (mut reporter, shell) = reporter(Consent::Pending);
    for n in 0..(HELD as u64 + 5) {
        reporter.acted(&poll(), "vote", &at(n));
    }
    assert_eq!(reporter.held(), HELD);
    reporter.consent(Consent::Granted, false, &at(0));
    assert_eq!(shell.told()[0].1["at"], 1_000_005);
}

#[test]
fn privacy_control_holds_nothing() {
    let (mut reporter, shell) = reporter(Consent::Pending);
    reporter.consent(Consent::Pending, true, &at(0));
    reporter.acted(&poll(), "vote", &at(1));
    assert_eq!((reporter.held(), shell.kinds()), (0, vec![]));
    assert_eq!(reporter.consent_holds(), Consent::Denied);
    let last = shell.consent.borrow().last().cloned().expect("it was told");
    assert!(last.starts_with("denied https://reports.example/ https://rooms"));
}

#[test]
fn seen_is_told_once_for_a_page_even_by_a_fresh_reporter() {
    let (mut first, shell) = reporter(Consent::Granted);
    first.front(true, &at(0));
    first.look(1, Some(&poll()), &at(0));
    assert_eq!(shell.wish.get(), Some(1_000));
    first.wake(&at(1_000));
    assert_eq!(shell.kinds(), ["live.poll.seen"]);
    // As after a trap: another reporter over the same shell.
    let mut second = Reporter::new(Rc::clone(&shell));
    second.setup(first.setup.clone());
    second.consent(Consent::Granted, false, &at(1_000));
    second.front(true, &at(1_000));
    second.look(1, Some(&poll()), &at(1_000));
    second.wake(&at(2_500));
    assert_eq!(shell.kinds(), [] as [&str; 0]);
}

#[test]
fn leaving_the_front_sums_up() {
    let (mut reporter, shell) = reporter(Consent::Granted);
    reporter.front(true, &at(0));
    reporter.look(1, Some(&poll()), &at(500));
    reporter.front(false, &at(4_500));
    let told = shell.told();
    assert_eq!(
        (told[0].0.as_str(), &told[0].1["ms"]),
        ("live.poll.visible", &json!(4_000))
    );
    assert_eq!(
        (told[1].0.as_str(), &told[1].1["ms"]),
        ("live.room.watch", &json!(4_500))
    );
    reporter.close(&at(9_000));
    assert_eq!(shell.kinds(), [] as [&str; 0]);
}

#[test]
fn a_storm_of_errors_is_a_report_a_minute_and_code() {
    let (mut reporter, shell) = reporter(Consent::Granted);
    for ms in 0..60_001 {
        reporter.error("connection", &at(ms));
    }
    reporter.error("trap", &at(60_001));
    let codes: Vec<Value> = shell
        .told()
        .into_iter()
        .map(|t| t.1["code"].clone())
        .collect();
    assert_eq!(codes, ["connection", "connection", "trap"]);
    for n in 0..100 {
        reporter.error(&n.to_string(), &at(60_002));
    }
    assert_eq!(
        shell.told().len(),
        30,
        "never more codes than are remembered"
    );
}

#[test]
fn the_page_reports_what_it_likes_within_bounds() {
    let (mut reporter, shell) = reporter(Consent::Granted);
    assert_eq!(reporter.page("page.like", "{\"n\":1}", &at(0)), Ok(()));
    assert_eq!(reporter.page("share", "null", &at(0)), Ok(()));
    let told = shell.told();
    assert_eq!(
        (told[0].0.as_str(), &told[0].1["page"]),
        ("page.like", &json!({"n": 1}))
    );
    assert_eq!(
        (told[1].0.as_str(), &told[1].1["page"]),
        ("page.share", &Value::Null)
    );
    let long = "x".repeat(65);
    for kind in ["", "page.", "a b", "<b>", "é", long.as_str()] {
        assert_eq!(
            reporter.page(kind, "{}", &at(0)),
            Err(NotReported::Kind),
            "{kind}"
        );
    }
    for data in ["", "{", "undefined", "{} {}"] {
        assert_eq!(
            reporter.page("x", data, &at(0)),
            Err(NotReported::Data),
            "{data}"
        );
    }
    let large = json!("x".repeat(REPORT_BYTES)).to_string();
    assert_eq!(
        reporter.page("x", &large, &at(0)),
        Err(NotReported::TooLarge)
    );
    assert_eq!(shell.told(), []);
}

#[test]
fn a_widget_may_have_an_endpoint_of_its_own_and_a_room_none() {
    let (mut reporter, shell) = reporter(Consent::Granted);
    let own = About {
        endpoint: Some("https://other.example/".into()),
        ..poll()
    };
    reporter.acted(&own, "vote", &at(0));
    reporter.setup(Setup {
        endpoint: None,
        ..reporter.setup.clone()
    });
    reporter.acted(&poll(), "vote", &at(0));
    let reports = shell.reports.borrow();
    assert_eq!(
        reports[0].endpoint.as_deref(),
        Some("https://other.example/")
    );
    assert_eq!(reports[1].endpoint, None, "the page is told all the same");
}

//! When fewer take part, and when nothing is reported: what is news to somebody who runs a show, and what is not.

use crate::collector::{Counted, MINUTE};
use crate::facts::{Activity, Mark, Moment, Sums};
use crate::insights::{Recent, alerts};
use liveroom_protocol::about::About;
use liveroom_protocol::alert::Thresholds;
use liveroom_protocol::id::ActivityId;
use liveroom_protocol::identity::Level;
use liveroom_protocol::phase::Phase;
use liveroom_protocol::time::Timestamp;

/// The six minutes before 60, and the one that runs.
struct Room {
    sums: Sums,
    counted: Counted,
}

impl Room {
    /// A room in which these were connected and acted in the first activity, minute by minute.
    fn new(minutes: [(u32, u32); 6]) -> Self {
        let mut room = Self {
            sums: Sums::default(),
            counted: Counted::default(),
        };
        for (minute, (viewers, active)) in (54..).zip(minutes) {
            let at = minute * MINUTE;
            room.counted.viewers.insert(at, viewers);
            if active > 0 {
                room.sums.active.insert(at, active);
                room.sums.acts.insert((at, 0), active.into());
            }
        }
        room
    }

    /// With an activity that opened and closed at these minutes.
    fn with(mut self, id: &str, widget: &'static str, turns: &[(u64, Moment)]) -> Self {
        let id = ActivityId::parse(id).expect("it is an id");
        let open = turns.last().is_none_or(|(_, what)| *what == Moment::Opened);
        self.sums
            .marks
            .extend(turns.iter().map(|(minute, what)| Mark {
                at: Timestamp(minute * MINUTE),
                what: *what,
                activity: Some(id.clone()),
                show: None,
                on_air: Vec::new(),
            }));
        self.sums.activities.push(Activity {
            id,
            widget,
            label: String::new(),
            phase: if open { Phase::Open } else { Phase::Closed },
            show: None,
            opened_at: None,
            level: Level::Device,
            profile: None,
            about: About::default(),
            participants: 0,
            stock: None,
            winners: None,
            open_claims: 0,
        });
        self
    }

    /// What is told of participation: of a thousand viewers so many, and so many before.
    fn fell(&self) -> Option<(u64, u64)> {
        let told = self.told(None, None);
        let fell = told
            .first()
            .map(|alert| (alert.value, alert.before.unwrap_or_default()));
        assert!(told.len() < 2, "{told:?}");
        fell
    }

    fn told(
        &self,
        last_report: Option<u64>,
        here: Option<u64>,
    ) -> Vec<liveroom_protocol::alert::Alert> {
        let recent = Recent {
            sums: &self.sums,
            counted: &self.counted,
            last_report: last_report.map(|minute| minute * MINUTE),
            here_since: here.map(|minute| minute * MINUTE),
            now: Timestamp(60 * MINUTE + 30_000),
            viewers: 100,
        };
        alerts(&recent, &Thresholds::USUAL)
    }
}

const LIVELY: [(u32, u32); 6] = [
    (100, 40),
    (100, 20),
    (100, 30),
    (100, 0),
    (100, 1),
    (100, 2),
];

#[test]
fn that_fewer_take_part_is_told_while_they_could() {
    let room = Room::new(LIVELY).with("tea", "poll", &[(54, Moment::Opened)]);
    assert_eq!(room.fell(), Some((10, 300)));
    let long = Room::new(LIVELY).with("tea", "poll", &[]);
    assert_eq!(long.fell(), Some((10, 300)), "it was open before");
    let next = [(57, Moment::Closed)];
    let next =
        Room::new(LIVELY)
            .with("tea", "poll", &next)
            .with("ice", "poll", &[(58, Moment::Opened)]);
    assert_eq!(
        next.fell(),
        Some((15, 300)),
        "another poll, and the minutes in which it ran"
    );
}

#[test]
fn that_nobody_votes_once_the_poll_has_closed_is_no_news() {
    let closed = [(54, Moment::Opened), (57, Moment::Closed)];
    let room = || Room::new(LIVELY).with("tea", "poll", &closed);
    assert_eq!(room().fell(), None);
    // Questions may be asked all the time, which is not what they did.
    assert_eq!(room().with("ask", "qna", &[]).fell(), None);
    // The next one has opened in the minute that runs: nobody knows yet.
    assert_eq!(
        room().with("ice", "poll", &[(60, Moment::Opened)]).fell(),
        None
    );
    let paused = [(57, Moment::Paused), (60, Moment::Opened)];
    assert_eq!(Room::new(LIVELY).with("tea", "poll", &paused).fell(), None);
}

#[test]
fn fewer_of_fewer_viewers_are_not_fewer() {
    let left = [(100, 40), (100, 40), (100, 40), (10, 4), (10, 4), (10, 4)];
    assert_eq!(Room::new(left).with("tea", "poll", &[]).fell(), None);
    let came = [
        (10, 4),
        (10, 4),
        (10, 4),
        (1_000, 4),
        (1_000, 4),
        (1_000, 4),
    ];
    assert_eq!(
        Room::new(came).with("tea", "poll", &[]).fell(),
        Some((4, 400))
    );
    let few = [(10, 1), (10, 1), (10, 2), (10, 0), (10, 0), (10, 0)];
    assert_eq!(
        Room::new(few).with("tea", "poll", &[]).fell(),
        None,
        "four are too few to tell"
    );
}

#[test]
fn silence_is_counted_since_somebody_is_here_who_could_report() {
    let room = Room::new([(0, 0); 6]);
    let silent = |last, here| {
        let told = room.told(last, here);
        told.first().map(|alert| alert.value)
    };
    for (last, here, minutes) in [
        (Some(55), Some(10), Some(5)),
        (Some(56), Some(10), None),
        // The show began just now: the last report is of yesterday's.
        (Some(1), Some(56), None),
        (Some(1), Some(54), Some(6)),
        // Nothing was ever reported.
        (None, Some(50), Some(10)),
        (None, Some(58), None),
        (None, None, None),
    ] {
        assert_eq!(silent(last, here), minutes, "{last:?} {here:?}");
    }
}

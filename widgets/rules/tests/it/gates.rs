//! Whom a poll takes, by role and by segment; by tier and by identity, see the poll's own rows.

use crate::stage::{Stage, accepted, reason, vote};
use liveroom_protocol::Reason;
use liveroom_protocol::id::ActivityId;
use liveroom_protocol::identity::{Label, Level, Role, Standing};

/// Opens a poll for these alone.
fn open(stage: &mut Stage, who: &str) -> ActivityId {
    stage.order(&format!(
        r#"{{"type":"poll.open","question":"Which?","options":["Red","Blue"],"who":{who}}}"#
    ))
}

#[test]
fn a_poll_for_roles_and_segments_takes_those_alone_and_all_that_is_asked_for_must_fit() {
    let mut stage = Stage::new();
    let crew = open(&mut stage, r#"{"roles":["moderator","streamer"]}"#);
    let north = open(&mut stage, r#"{"segments":["north","east"]}"#);
    let both = open(
        &mut stage,
        r#"{"roles":["viewer"],"segments":["north"],"tiers":["gold"]}"#,
    );
    let label = |name: &str| Label::parse(name).unwrap();
    let standing = |role, segments: &[&str], tier: Option<&str>| Standing {
        level: Level::Token,
        role,
        segments: segments.iter().map(|name| label(name)).collect(),
        tier: tier.map(label),
        ..Standing::default()
    };
    let mut tries = 0;
    let mut as_who = |poll: &ActivityId, who: Standing| {
        tries += 1;
        stage.act_as(tries, "v", poll, vote(&["1"]), who)
    };
    for role in [Role::Viewer, Role::Operator, Role::Owner] {
        let refused = reason(as_who(&crew, standing(role, &[], None)));
        assert_eq!(refused, Reason::NotEligible, "{role:?}");
    }
    for role in [Role::Moderator, Role::Streamer] {
        accepted(as_who(&crew, standing(role, &[], None)));
    }
    for segments in [&[][..], &["west"], &["North"]] {
        let refused = reason(as_who(&north, standing(Role::Viewer, segments, None)));
        assert_eq!(refused, Reason::NotEligible, "{segments:?}");
    }
    accepted(as_who(
        &north,
        standing(Role::Viewer, &["west", "east"], None),
    ));
    for (role, segments, tier) in [
        (Role::Moderator, &["north"][..], Some("gold")),
        (Role::Viewer, &["south"], Some("gold")),
        (Role::Viewer, &["north"], Some("silver")),
        (Role::Viewer, &["north"], None),
    ] {
        let refused = reason(as_who(&both, standing(role, segments, tier)));
        assert_eq!(refused, Reason::NotEligible, "{role:?} {segments:?}");
    }
    accepted(as_who(
        &both,
        standing(Role::Viewer, &["north"], Some("gold")),
    ));
}

#[test]
fn points_are_asked_for_at_the_least_and_lie_in_the_log_only_where_they_are() {
    let mut stage = Stage::new();
    let rich = open(&mut stage, r#"{"points":100}"#);
    let everyone = open(&mut stage, "{}");
    let holding = |points| Standing {
        level: Level::Token,
        points,
        ..Standing::default()
    };
    for (who, points) in [("a", None), ("b", Some(0)), ("c", Some(99))] {
        let refused = reason(stage.act_as(1, who, &rich, vote(&["1"]), holding(points)));
        assert_eq!(refused, Reason::NotEligible, "{points:?}");
    }
    accepted(stage.act_as(1, "d", &rich, vote(&["1"]), holding(Some(100))));
    // The same request, asked again when some were spent or won, is the same request.
    for points in [Some(5), Some(u64::MAX)] {
        accepted(stage.act_as(1, "d", &rich, vote(&["1"]), holding(points)));
    }
    accepted(stage.act_as(1, "e", &everyone, vote(&["1"]), holding(Some(7_777))));
    let log = format!("{:?}", stage.log);
    assert!(log.contains("points: Some(100)"), "{log}");
    assert!(!log.contains("7777"), "{log}");
}

//! What the room says to commands before they are given: one by one, as if in their order, and nothing changes.

use super::*;

#[test]
fn a_whole_list_is_answered_as_if_it_were_given_in_its_order() {
    let mut stage = room("cn");
    stage.order(&poll("poll.prepare", "old", "{}"));
    let before = (stage.room.position(), stage.log.len());
    let told = checked(
        &stage,
        &[
            &poll("poll.prepare", "new", "{}"),
            r#"{"type":"open","activity":"new"}"#,
            &poll("poll.open", "new", "{}"),
            &poll("poll.open", "old", "{}"),
            r#"{"type":"open","activity":"nowhere"}"#,
            &poll("poll.open", "one", r#"{"options":["Red"]}"#),
            &deal("deal.prepare", "deal", r#"{"about":{}}"#),
            r#"{"type":"open","activity":"deal"}"#,
            r#"{"type":"close","activity":"old"}"#,
            r#"{"type":"reopen","activity":"old"}"#,
        ],
    );
    let reasons: Vec<_> = told
        .iter()
        .map(|one| one.refusal.as_ref().map(|refusal| refusal.reason))
        .collect();
    assert_eq!(
        reasons,
        [
            None,
            None,
            Some(Reason::Taken),
            Some(Reason::Taken),
            Some(Reason::NotFound),
            Some(Reason::Malformed),
            None,
            Some(Reason::Incomplete),
            Some(Reason::Unsupported),
            Some(Reason::NotOpen),
        ]
    );
    for one in &told {
        assert_eq!(one.ok, one.refusal.is_none());
        assert_eq!(
            one.profile,
            Some(Stamp {
                name: Profile::Cn,
                version: 1
            })
        );
    }
    // What is only prepared is told what it will lack.
    assert_eq!(told[6].missing[0].field, "about.ad");
    assert_eq!((stage.room.position(), stage.log.len()), before);
    assert_eq!(stage.room.activities().len(), 1);
}

#[test]
fn whoever_may_not_give_a_command_is_told_nothing_of_it() {
    let stage = room("cn");
    for role in Role::ALL {
        let command: Command =
            serde_json::from_str(&deal("deal.open", "a", r#"{"about":{}}"#)).unwrap();
        let told = stage
            .room
            .check(&KEY, role, STAFF, vec![command])
            .expect("one");
        let may = matches!(role, Role::Owner | Role::Streamer | Role::Operator);
        assert_eq!(told[0].missing.is_empty(), !may, "{role:?}");
        let reason = told[0].refusal.as_ref().map(|refusal| refusal.reason);
        assert_eq!(
            reason,
            Some(if may {
                Reason::Incomplete
            } else {
                Reason::NotAllowed
            })
        );
    }
}

#[test]
fn too_many_at_once_are_refused_as_a_whole() {
    let stage = room("cn");
    let open: Command = serde_json::from_str(r#"{"type":"open","activity":"a"}"#).unwrap();
    let told = stage.room.check(&KEY, Role::Owner, STAFF, vec![open; 33]);
    assert_eq!(told.expect_err("too many").reason, Reason::TooLarge);
}

#[test]
fn a_list_that_is_longer_than_the_room_has_places_is_told_where() {
    let mut stage = Stage::new();
    for number in 0..48 {
        stage.order(&poll("poll.prepare", &format!("p{number}"), "{}"));
    }
    let list: Vec<String> = (0..3)
        .map(|number| poll("poll.prepare", &format!("n{number}"), "{}"))
        .collect();
    let list: Vec<&str> = list.iter().map(String::as_str).collect();
    let told = checked(&stage, &list);
    let ok: Vec<bool> = told.iter().map(|one| one.ok).collect();
    assert_eq!(ok, [true, true, false]);
}

//! What the desk is told of a lottery's entrants, and whom it finds.

use super::{CLOSE, ENTER, enter_all, id, lottery, open};
use crate::stage::{Stage, accepted, account};
use liveroom_protocol::desk::{Desk, Listed};
use liveroom_protocol::identity::{Label, Role};
use liveroom_protocol::lottery::{Entered, Hex};
use liveroom_rules::private;
use liveroom_rules::pseudonym::Pseudonym;
use liveroom_rules::view;

fn listed(desk: Desk) -> Vec<Entered> {
    match desk.listed {
        Listed::Lottery(entrants) => entrants.entrants,
        other => panic!("{other:?}"),
    }
}

fn told(stage: &Stage) -> Vec<Entered> {
    let activity = stage.room.activity(&id()).expect("it is there");
    listed(view::desk(&stage.room, activity).expect("a lottery has entrants"))
}

fn find(stage: &Stage, text: &str) -> Vec<Entered> {
    listed(view::find(&stage.room, &id(), text, None).expect("it is there"))
}

fn call(stage: &mut Stage, who: u128, name: &str) {
    let name = Label::parse(name).unwrap();
    stage
        .room
        .private
        .keep(private::name(Pseudonym(who), &name));
}

#[test]
fn an_entrant_is_found_by_name_and_excluded_by_what_the_desk_was_told() {
    let mut stage = open(r#","exclusions":["Works for us"]"#);
    enter_all(&mut stage, 10..13);
    call(&mut stage, 11, "Änne Berg");
    let all = told(&stage);
    assert_eq!(all.len(), 3, "the newest first");
    assert_eq!(all[1].name.as_deref(), Some("Änne Berg"));
    let [anne] = &find(&stage, " änne ")[..] else {
        panic!("one has that name")
    };
    let entrant = Hex(lottery(&stage).entrant(Pseudonym(11)));
    assert_eq!((anne.entrant, &anne.excluded), (entrant, &None));
    let exclude = format!(
        r#"{{"type":"lottery.exclude","activity":"l","entrant":"{entrant}","reason":"Works for us"}}"#
    );
    accepted(stage.order_as(Role::Streamer, &exclude));
    let begin = &entrant.to_string().to_uppercase()[..8];
    assert_eq!(
        find(&stage, begin)[0].excluded.as_deref(),
        Some("Works for us")
    );
    assert_eq!(told(&stage)[1].excluded.as_deref(), Some("Works for us"));
    let text = serde_json::to_string(&told(&stage)).unwrap();
    assert!(!text.contains(&Pseudonym(11).to_string()));
}

#[test]
fn of_ten_thousand_entrants_the_desk_is_told_a_few_and_finds_any() {
    let mut stage = open("");
    for who in 0..10_000 {
        accepted(stage.act_as(
            1_000 + who,
            &format!("e{who}"),
            &id(),
            serde_json::from_str(ENTER).unwrap(),
            account(),
        ));
    }
    assert_eq!(told(&stage).len(), 20);
    // The first of all who entered: beyond what is looked at at once.
    call(&mut stage, 1_000, "Early");
    let first = view::find(&stage.room, &id(), "early", None).unwrap();
    let next = first.next.expect("there is more to look at");
    assert_eq!(listed(first), []);
    let second = view::find(&stage.room, &id(), "early", Some(next)).unwrap();
    assert_eq!(second.next, None);
    assert_eq!(listed(second)[0].name.as_deref(), Some("Early"));
    let page = view::find(&stage.room, &id(), "", Some(9_000)).unwrap();
    assert_eq!((page.next, listed(page).len()), (Some(8_950), 50));
}

#[test]
fn a_new_run_begins_with_nobody() {
    let mut stage = open("");
    enter_all(&mut stage, 10..12);
    stage.order(CLOSE);
    stage.order(r#"{"type":"cancel","activity":"l","reason":"A mistake"}"#);
    stage.order(r#"{"type":"reset","activity":"l"}"#);
    assert_eq!(told(&stage), []);
    assert_eq!(find(&stage, ""), []);
}

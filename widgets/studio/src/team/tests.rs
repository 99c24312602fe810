//! What is typed of a key, what its secret is shown as, and how keys and deeds read.

use super::*;

#[test]
fn an_invitation_says_what_it_lacks() {
    let mut typed = Typed::default();
    assert_eq!(typed.make(Timestamp(0)), Err("Say for whom it is."));
    typed.label = "Mia".into();
    let made = typed.make(Timestamp(5)).expect("it lacks nothing");
    assert_eq!(made.ends_at, Some(Timestamp(24 * 3_600_000 + 5)));
    typed.holder = Holder::Person(Role::Partner);
    assert_eq!(typed.make(Timestamp(0)), Err("A partner has a brand."));
    typed.brand = "Harbour".into();
    typed.uses = "101".into();
    assert_eq!(typed.make(Timestamp(0)), Err("1 to 100 people."));
}

#[test]
fn a_machine_is_named_and_one_that_gives_commands_names_them() {
    let scope = |typed: &Typed| typed.make(Timestamp(0)).map(|make| make.scope);
    let mut typed = Typed {
        label: "Screen".into(),
        holder: Holder::Overlay,
        ..Typed::default()
    };
    assert_eq!(scope(&typed), Ok(Scope::Overlay));
    typed.holder = Holder::Relay;
    assert_eq!(scope(&typed), Ok(Scope::Relay));
    typed.holder = Holder::Automation;
    assert!(scope(&typed).is_err_and(|says| says.starts_with("Name the commands")));
    typed.commands = "poll.open, close,".into();
    let commands = ["poll.open", "close"].map(|word| Label::parse(word).expect("a label"));
    let commands = commands.to_vec();
    assert_eq!(scope(&typed), Ok(Scope::Automation { commands }));
}

#[test]
fn a_secret_is_a_link_only_if_it_was_an_invitation_that_was_asked_for() {
    let answer: Answer =
        serde_json::from_str(r#"{"id":"a","ok":true,"secret":"lk_1"}"#).expect("an answer");
    let mut team = Team::default();
    for (holder, invites) in [(Holder::Overlay, false), (Typed::default().holder, true)] {
        let typed = Typed {
            label: "It".into(),
            holder,
            ..Typed::default()
        };
        let make = typed.make(Timestamp(0)).expect("it lacks nothing");
        team.asked(&Command::KeyMake(Box::new(make)));
        let page = || "https://live.example/studio?room=demo".to_owned();
        assert!(team.answered(&answer, page));
        let secret = team.secret.clone().expect("it is told");
        let text = match invites {
            true => "https://live.example/studio?room=demo#key=lk_1",
            false => "lk_1",
        };
        assert_eq!((secret.invites, secret.text.as_str()), (invites, text));
    }
}

#[test]
fn a_line_of_the_audit_log_says_who_did_what_and_what_came_of_it() {
    let told = |text: &str| {
        let deed: Deed = serde_json::from_str(text).expect("a line");
        format!("{}: {}: {}", deed.at.0, deed.who(), deed.says())
    };
    let close = r#"{"position":4,"at":1000,"who":"moderator:00","name":"Mia","what":"close","activity":"tea","refused":"closed"}"#;
    assert_eq!(
        told(close),
        "1000: Mia (moderator): close tea: refused, closed"
    );
    let make =
        r#"{"position":5,"at":2000,"who":"owner:00","what":"key.make","key":"k","label":"Crew"}"#;
    assert_eq!(told(make), "2000: owner: key.make Crew");
    let stock = r#"{"position":6,"at":3000,"who":"owner:00","what":"deal.stock","activity":"mug","detail":"variant=red by=-1"}"#;
    assert_eq!(told(stock), "3000: owner: deal.stock mug variant=red by=-1");
    let set =
        r#"{"position":7,"at":4000,"who":"owner:00","what":"room.set","detail":"approval=false"}"#;
    assert_eq!(told(set), "4000: owner: room.set approval=false");
}

#[test]
fn only_keys_that_are_good_for_something_are_listed() {
    let list = r#"[{"key":"a","scope":{"kind":"overlay"},"good":false},
        {"key":"b","label":"Crew","scope":{"kind":"invitation","role":"partner","brand":"Harbour","uses":3},"used":1,"good":true},
        {"key":"c","name":"Mia","of":"b","scope":{"kind":"invitation","role":"operator","uses":3},"good":true}]"#;
    let mut team = Team::default();
    team.hear(Ok(serde_json::from_str(list).expect("a list of keys")));
    let keys = team.keys.and_then(Result::ok).expect("they are known");
    let told: Vec<(&str, String)> = keys.iter().map(|key| (key.title(), key.says())).collect();
    let crew = "invitation: partner of Harbour, 1 of 3 came".to_owned();
    assert_eq!(told, [("Crew", crew), ("Mia", "operator".to_owned())]);
}

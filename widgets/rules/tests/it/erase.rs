//! A viewer is erased: no word, no name, and every number as it was.

use crate::stage::{KEY, STAFF, Stage, accepted, account, reason, request};
use liveroom_protocol::erase::Piece;
use liveroom_protocol::id::ActivityId;
use liveroom_protocol::identity::{Label, Role, Standing};
use liveroom_protocol::message::{Order, Seat};
use liveroom_protocol::news::Entry;
use liveroom_protocol::time::Timestamp;
use liveroom_protocol::{Command, Reason};
use liveroom_rules::private::{self, erase};
use liveroom_rules::pseudonym::{Identity, Pseudonym};
use liveroom_rules::room::{Room, Verdict};
use liveroom_rules::seal::{self, Pieces, Sealed};
use liveroom_rules::session::{Session, Sheet};
use liveroom_rules::view::{self, Audience};
use std::collections::HashSet;

const ANN: &str = "ann@shop.example";

fn ann() -> u128 {
    KEY.pseudonym(&Identity::Account(ANN.to_owned())).0
}

fn id(name: &str) -> ActivityId {
    ActivityId::parse(name).unwrap()
}

/// Ann asked, replied, commented, was answered privately, won, and stands on a board; so did Bob.
fn full() -> Stage {
    let mut stage = Stage::new();
    for json in [
        r#"{"type":"qna.open","activity":"q","title":"Ask","approval":false,"replies":true,"every_ms":0}"#,
        r#"{"type":"poll.open","activity":"p","question":"?","options":["a","b"],"comment":"What else?"}"#,
        r#"{"type":"poll.open","activity":"z","question":"?","options":["a","b"],"right":["1"],"board":true,"named":true}"#,
        r#"{"type":"lottery.open","activity":"l","title":"Pot","prizes":[{"name":"Pot","count":2}],"claim":{"kind":"form","fields":[{"label":"Street"}]}}"#,
    ] {
        stage.order(json);
    }
    for (who, name) in [(ann(), "Ann"), (20, "Bob")] {
        let label = Label::parse(name).unwrap();
        stage
            .room
            .private
            .keep(private::name(Pseudonym(who), &label));
        let named = Standing {
            named: true,
            ..account()
        };
        for (place, json) in [
            (
                "q",
                format!(r#"{{"type":"qna.ask","text":"Is {name} right?"}}"#),
            ),
            (
                "q",
                format!(r#"{{"type":"qna.reply","question":1,"text":"So says {name}"}}"#),
            ),
            (
                "p",
                format!(r#"{{"type":"poll.answer","choices":["1"],"comment":"Yours, {name}"}}"#),
            ),
            ("z", r#"{"type":"poll.vote","choices":["1"]}"#.to_owned()),
            ("l", r#"{"type":"lottery.enter"}"#.to_owned()),
        ] {
            let request = stage.fresh();
            let action = serde_json::from_str(&json).unwrap();
            accepted(stage.act_as(who, request.as_str(), &id(place), action, named.clone()));
        }
    }
    stage.order(r#"{"type":"qna.change","activity":"q","question":1,"change":{"to":"answer","text":"Ann, call us","private":true}}"#);
    for json in [
        r#"{"type":"close","activity":"l"}"#,
        r#"{"type":"lottery.draw","activity":"l"}"#,
        r#"{"type":"close","activity":"z"}"#,
        r#"{"type":"reveal","activity":"z"}"#,
    ] {
        stage.order(json);
    }
    for who in [ann(), 20] {
        let wins = view::mine(&stage.room, Pseudonym(who), &id("l")).and_then(|item| item.mine);
        let Some(liveroom_protocol::Mine::Lottery(mine)) = wins else {
            panic!("a part in the draw");
        };
        let street = if who == 20 {
            "Bob street"
        } else {
            "Ann street"
        };
        let claim = format!(
            r#"{{"type":"lottery.claim","win":{},"form":[{{"label":"Street","value":"{street}"}}]}}"#,
            mine.wins[0].win
        );
        accepted(stage.does(who, &id("l"), &claim));
    }
    stage
}

/// Orders it as a server does: the fold, and then the private values.
fn erase(stage: &mut Stage, json: &str) -> (Verdict, Vec<String>) {
    let verdict = stage.order_as(Role::Owner, json);
    let record = stage.log.last().unwrap();
    let erasure = erase::ordered(record, &verdict);
    let gone = erasure.map(|erasure| {
        stage.room.private.remove(&erasure.place);
        erasure
            .whose
            .map_or(Vec::new(), |who| stage.room.private.erase(who, |_| false))
    });
    (verdict, gone.unwrap_or_default())
}

fn numbers(room: &Room) -> Vec<String> {
    let tallies = view::view(room, Audience::Desk);
    tallies
        .iter()
        .map(|view| format!("{:?}", view.tally))
        .collect()
}

fn all_seen(room: &Room) -> String {
    let views = Audience::ALL.map(|audience| view::view(room, audience));
    let mine: Vec<_> = [ann(), 20]
        .into_iter()
        .flat_map(|who| ["q", "p", "z", "l"].map(|of| view::mine(room, Pseudonym(who), &id(of))))
        .collect();
    let desk = view::desk(room, room.activity(&id("l")).unwrap());
    format!("{views:?} {mine:?} {desk:?}")
}

#[test]
fn an_account_is_erased_and_no_number_winner_or_proof_is_another() {
    let mut stage = full();
    let (before, proof) = (numbers(&stage.room), proof(&stage));
    assert!(all_seen(&stage.room).contains("Ann"));
    let (verdict, gone) = erase(
        &mut stage,
        &format!(r#"{{"type":"viewer.erase","account":"{ANN}"}}"#),
    );
    accepted(verdict);
    let kinds: HashSet<&str> = gone
        .iter()
        .map(|place| place.split('/').next().unwrap())
        .collect();
    assert_eq!(
        kinds,
        HashSet::from(["name", "question", "reply", "comment", "answer", "claim"])
    );
    assert_eq!(numbers(&stage.room), before);
    assert_eq!(self::proof(&stage), proof);
    let seen = all_seen(&stage.room);
    assert!(!seen.contains("Ann"), "{seen}");
    assert!(seen.contains("Is Bob right?") && seen.contains("Bob"));
    let log = format!("{:?}", stage.log);
    assert!(!log.contains("shop.example") && !log.contains(&KEY.for_reports(Pseudonym(ann()))));
    let last = stage.room.audit().last().unwrap();
    assert_eq!((last.what, last.activity.as_ref()), ("viewer.erase", None));
}

fn proof(stage: &Stage) -> String {
    match &stage.room.activity(&id("l")).unwrap().body {
        liveroom_rules::activity::Body::Lottery(lottery) => format!("{:?}", view::proof(lottery)),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_device_is_erased_by_its_name_in_reports() {
    let mut stage = full();
    let me = KEY.for_reports(Pseudonym(20));
    let (verdict, gone) = erase(
        &mut stage,
        &format!(r#"{{"type":"viewer.erase","me":"{me}"}}"#),
    );
    accepted(verdict);
    assert_eq!(gone.len(), 5, "{gone:?}");
    assert!(!all_seen(&stage.room).contains("Bob"));
    // Somebody of whom the room has nothing has reports perhaps.
    let me = KEY.for_reports(Pseudonym(99));
    let (verdict, gone) = erase(
        &mut stage,
        &format!(r#"{{"type":"viewer.erase","me":"{me}"}}"#),
    );
    accepted(verdict);
    assert!(gone.is_empty());
}

#[test]
fn pages_that_have_the_words_are_told_and_the_same_may_be_asked_anew() {
    let mut stage = full();
    let mut page = Session::new(Seat::Viewer, None, HashSet::new());
    let told: String = page.due(&Sheet::of(&stage.room, None)).concat();
    assert!(told.contains("Is Ann right?"));
    let before = Sheet::of(&stage.room, None);
    erase(
        &mut stage,
        &format!(r#"{{"type":"viewer.erase","account":"{ANN}"}}"#),
    );
    let told: String = page.due(&Sheet::of(&stage.room, Some(&before))).concat();
    assert!(
        told.contains(r#""id":1,"rev""#) && !told.contains("Ann"),
        "{told}"
    );
    assert!(told.contains(r#""win":"#) && told.contains(r#""board":"#));
    // A new start for words alone: a ballot is changed, and no second one cast.
    let again = r#"{"type":"poll.answer","choices":["2"]}"#;
    accepted(stage.does(ann(), &id("p"), again));
    assert_eq!(stage.tally(&id("p"), Audience::Desk).voters, 2);
    let ask = r#"{"type":"qna.ask","text":"Is Ann right?"}"#;
    accepted(stage.does(21, &id("q"), ask));
    let list = stage.look(&id("q"), Audience::Public).unwrap().entries;
    let words: Vec<_> = list
        .into_iter()
        .filter_map(|entry| match entry {
            Entry::Qna(question) => question.text,
            _ => None,
        })
        .collect();
    assert_eq!(words, ["Is Bob right?", "Is Ann right?"]);
}

#[test]
fn who_may_not_and_what_names_nobody_is_refused_and_an_id_means_one_viewer() {
    let mut stage = full();
    let by_account = format!(r#"{{"type":"viewer.erase","account":"{ANN}"}}"#);
    for role in [
        Role::Streamer,
        Role::Operator,
        Role::Moderator,
        Role::Shop,
        Role::Analyst,
    ] {
        assert_eq!(
            reason(stage.order_as(role, &by_account)),
            Reason::NotAllowed
        );
    }
    for json in [
        r#"{"type":"viewer.erase"}"#.to_owned(),
        format!(
            r#"{{"type":"viewer.erase","account":"{ANN}","me":"{}"}}"#,
            "0".repeat(32)
        ),
        r#"{"type":"viewer.erase","pieces":[{"activity":"q","question":1}]}"#.to_owned(),
    ] {
        assert_eq!(
            reason(stage.order_as(Role::Owner, &json)),
            Reason::Malformed,
            "{json}"
        );
    }
    let first = accepted(stage.order_again(Role::Owner, request("e"), &by_account));
    assert_eq!(
        accepted(stage.order_again(Role::Owner, request("e"), &by_account)),
        first
    );
    let other = r#"{"type":"viewer.erase","account":"bob"}"#;
    assert_eq!(
        reason(stage.order_again(Role::Owner, request("e"), other)),
        Reason::IdReused
    );
    // Whoever is named by another way is the same viewer, and the same request.
    let by_me = format!(
        r#"{{"type":"viewer.erase","me":"{}"}}"#,
        KEY.for_reports(Pseudonym(ann()))
    );
    assert_eq!(
        accepted(stage.order_again(Role::Owner, request("e"), &by_me)),
        first
    );
}

#[test]
fn neither_the_account_nor_the_name_in_reports_is_in_what_the_log_is_given() {
    let stage = full();
    let command: Command =
        serde_json::from_str(&format!(r#"{{"type":"viewer.erase","account":"{ANN}"}}"#)).unwrap();
    assert!(
        !format!("{command:?}").contains("shop.example"),
        "nor in what is printed"
    );
    let order = Order {
        id: request("e"),
        command,
    };
    let append = private::order(&KEY, Role::Owner, STAFF, order, &stage.room).unwrap();
    let body = append.entry.to_json();
    assert!(!body.contains("shop.example"), "{body}");
    assert!(!body.contains(&append.private[0].value), "{body}");
    assert_eq!(append.private[0].value, KEY.for_reports(Pseudonym(ann())));
}

#[test]
fn an_ended_room_loses_the_pieces_that_are_named_in_every_form_and_nothing_else() {
    let mut stage = full();
    stage.order_as(Role::Owner, r#"{"type":"room.seal"}"#);
    let mut sealed = seal::seal(&stage.room).unwrap();
    let whole = serde_json::to_string(&sealed).unwrap();
    let text =
        |sealed: &Sealed, word: &str| serde_json::to_string(sealed).unwrap().matches(word).count();
    let question = "Is Ann right?";
    assert!(text(&sealed, question) == 2 && text(&sealed, "So says Ann") == 2);
    let piece = |json: &str| -> Piece { serde_json::from_str(json).unwrap() };
    let rows = [0, 1].map(|row| piece(&format!(r#"{{"activity":"z","board":{row}}}"#)));
    let wins = [0, 1].map(|win| piece(&format!(r#"{{"activity":"l","win":{win}}}"#)));
    let mut pieces = vec![
        piece(r#"{"activity":"q","question":1}"#),
        piece(r#"{"activity":"q","reply":[1,0]}"#),
        piece(r#"{"activity":"p","comment":1}"#),
    ];
    let before = sealed.position;
    let lost = sealed.erase(Pieces::These(&pieces), Some("owner"), Timestamp(9));
    assert_eq!((lost.words(), lost.names()), (3, 2), "{lost:?}");
    for gone in [question, "So says Ann", "Yours, Ann", "Ann, call us"] {
        assert_eq!(text(&sealed, gone), 0, "{gone}");
    }
    assert!(text(&sealed, "So says Bob") == 2 && text(&sealed, "Yours, Bob") == 1);
    assert_eq!(sealed.position, before + 1);
    assert_eq!(
        sealed.audit.last().map(|line| line.what.as_str()),
        Some("viewer.erase")
    );
    // Names of both, since nobody knows which is whose.
    pieces.clear();
    pieces.extend(rows.into_iter().chain(wins));
    let lost = sealed.erase(Pieces::These(&pieces), Some("owner"), Timestamp(9));
    assert_eq!((lost.words(), lost.names()), (0, 4), "{lost:?}");
    assert_eq!(
        text(&sealed, r#""name":"Bob""#) + text(&sealed, r#""name":"Ann""#),
        0
    );
    let proofs = |text: &str| -> serde_json::Value {
        serde_json::from_str::<serde_json::Value>(text).unwrap()["proofs"].clone()
    };
    assert_eq!(
        proofs(&serde_json::to_string(&sealed).unwrap()),
        proofs(&whole)
    );
    // What has run out goes whole, and what is gone is not news.
    let all = Pieces::All {
        words: true,
        names: true,
    };
    assert!(sealed.erase(all, None, Timestamp(10)).words() > 0);
    let position = sealed.position;
    sealed.erase(all, None, Timestamp(11));
    assert_eq!(sealed.position, position);
    assert_eq!(text(&sealed, "Bob") + text(&sealed, "Ann"), 0);
}

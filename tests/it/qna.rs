//! Questions over real sockets: who sees which, who may vote, and what leaves the room.

use liveroom_protocol::Reason;
use liveroom_protocol::identity::{Label, Role};
use liveroom_protocol::message::{Answer, FromRoom, More, Seat, ToRoom};
use liveroom_tests::house::hello;
use liveroom_tests::{Client, House};
use reqwest::StatusCode;
use serde_json::{Value, json};

mod similar;
mod words;

async fn with_questions(more: Value) -> (House, Client) {
    let house = House::open().await;
    let mut desk = house.desk().await;
    let mut draft =
        json!({"type": "qna.open", "activity": "ask", "title": "Ask us", "every_ms": 0});
    for (name, value) in more.as_object().expect("members") {
        draft[name] = value.clone();
    }
    desk.must(draft).await;
    (house, desk)
}

fn refusal(answer: &Answer) -> Option<Reason> {
    answer.refusal.as_ref().map(|refusal| refusal.reason)
}

async fn ask(page: &mut Client, text: &str) -> Answer {
    page.does("ask", json!({"type": "qna.ask", "text": text}))
        .await
}

async fn vote(page: &mut Client, question: u32) -> Answer {
    page.does("ask", json!({"type": "qna.vote", "question": question}))
        .await
}

async fn change(desk: &mut Client, question: u32, change: Value) -> Answer {
    desk.order(
        json!({"type": "qna.change", "activity": "ask", "question": question, "change": change}),
    )
    .await
}

/// A viewer with an account and a name.
async fn named(house: &House, sub: &str, name: &str) -> Client {
    let mut claims = house.claims(Role::Viewer, sub);
    claims.name = Some(Label::parse(name).expect("a name"));
    Client::greet(house, hello(Some(house.sign(&claims)), Seat::Viewer)).await
}

#[tokio::test]
async fn a_question_is_the_desks_until_it_is_approved() {
    let (house, mut desk) = with_questions(json!({})).await;
    let (mut ann, mut bob) = (
        named(&house, "ann", "Ann Smith").await,
        house.account("bob").await,
    );
    assert!(ask(&mut ann, "Is it waterproof?").await.ok);
    assert!(ask(&mut ann, "Where is it sewn?").await.ok);
    desk.until("both", |seen| seen.asked("ask").len() == 2)
        .await;
    let public = house
        .get("/v1/rooms/demo")
        .await
        .text()
        .await
        .expect("a text");
    assert!(
        !public.contains("waterproof") && !public.contains("Ann"),
        "{public}"
    );
    assert_eq!(
        refusal(&vote(&mut bob, 1).await),
        Some(Reason::UnknownQuestion),
        "nobody can vote for what they do not see"
    );
    assert!(change(&mut desk, 1, json!({"to": "approve"})).await.ok);
    bob.until("the question", |seen| {
        seen.asked("ask") == ["Is it waterproof?"]
    })
    .await;
    assert!(vote(&mut bob, 1).await.ok);
    bob.until("the vote", |seen| {
        seen.tally_of("ask")["list"] == json!([[1, 1]])
    })
    .await;
    let public = house
        .get("/v1/rooms/demo")
        .await
        .text()
        .await
        .expect("a text");
    assert!(
        public.contains("waterproof") && !public.contains("sewn"),
        "{public}"
    );
    assert_eq!(ann.seen.mine_of("ask")["asked"][1]["standing"], "waiting");
    house.close().await;
}

#[tokio::test]
async fn what_is_dismissed_or_merged_goes_from_every_page_that_has_it() {
    let (house, mut desk) = with_questions(json!({"approval": false})).await;
    let mut ann = house.account("ann").await;
    for text in ["Is this rude?", "Is it blue?", "Is it azure?"] {
        assert!(ask(&mut ann, text).await.ok);
    }
    let mut bob = house.account("bob").await;
    bob.until("all", |seen| seen.asked("ask").len() == 3).await;
    assert!(change(&mut desk, 1, json!({"to": "dismiss"})).await.ok);
    assert!(
        change(&mut desk, 3, json!({"to": "merge", "into": 2}))
            .await
            .ok
    );
    bob.until("one left", |seen| seen.asked("ask") == ["Is it blue?"])
        .await;
    let late = house
        .get("/v1/rooms/demo")
        .await
        .text()
        .await
        .expect("a text");
    assert!(!late.contains("rude") && !late.contains("azure"), "{late}");
    // What was dismissed by mistake comes back, words and all.
    assert!(change(&mut desk, 1, json!({"to": "approve"})).await.ok);
    bob.until("it is back", |seen| seen.asked("ask").len() == 2)
        .await;
    house.close().await;
}

#[tokio::test]
async fn the_same_words_blocked_words_and_blocked_askers_are_refused() {
    let (house, mut desk) = with_questions(json!({"approval": false})).await;
    desk.must(json!({"type": "room.set", "blocked": ["rubbish", "垃圾"]}))
        .await;
    let (mut ann, mut bob) = (house.account("ann").await, house.account("bob").await);
    assert!(ask(&mut ann, "Which sizes are left?").await.ok);
    for (text, reason) in [
        ("which SIZES are left", Reason::Duplicate),
        ("Ｗhich sizes are left ?!", Reason::Duplicate),
        ("This is RUBBISH", Reason::Blocked),
        ("r u b b i s h", Reason::Blocked),
        ("这是垃圾吗", Reason::Blocked),
    ] {
        assert_eq!(refusal(&ask(&mut bob, text).await), Some(reason), "{text}");
        house.turn(2_000);
    }
    assert!(
        ask(&mut bob, "Where does the rubbishy look come from?")
            .await
            .ok,
        "a word is a whole word"
    );
    desk.must(json!({"type": "qna.block", "activity": "ask", "question": 1, "blocked": true}))
        .await;
    house.turn(2_000);
    let silenced = ask(&mut ann, "May I ask again?").await;
    assert!(!silenced.ok, "{silenced:?}");
    assert!(!vote(&mut ann, 2).await.ok);
    house.close().await;
}

#[tokio::test]
async fn merged_questions_count_nobody_twice_and_a_private_answer_is_the_askers() {
    let (house, mut desk) = with_questions(json!({"approval": false})).await;
    let (mut ann, mut bob, mut cleo) = (
        house.account("ann").await,
        house.account("bob").await,
        house.account("cleo").await,
    );
    assert!(ask(&mut ann, "Is there a warranty?").await.ok);
    assert!(ask(&mut bob, "How long is it guaranteed?").await.ok);
    assert!(vote(&mut ann, 2).await.ok);
    assert!(vote(&mut cleo, 1).await.ok && vote(&mut cleo, 2).await.ok);
    assert!(
        change(&mut desk, 2, json!({"to": "merge", "into": 1}))
            .await
            .ok
    );
    // Of 2: ann and cleo, and bob who asked it; of 1: cleo. Together three people.
    cleo.until("one row", |seen| {
        seen.tally_of("ask")["list"] == json!([[1, 3]])
    })
    .await;
    assert!(
        change(
            &mut desk,
            1,
            json!({"to": "answer", "text": "Two years, for you three.", "private": true})
        )
        .await
        .ok
    );
    ann.until("the answer", |seen| {
        seen.mine_of("ask").to_string().contains("Two years")
    })
    .await;
    let late = house.account("dan").await;
    assert!(!format!("{:?}", cleo.seen).contains("Two years"));
    assert!(!format!("{:?}", late.seen).contains("Two years"));
    let public = house
        .get("/v1/rooms/demo")
        .await
        .text()
        .await
        .expect("a text");
    assert!(!public.contains("Two years"), "{public}");
    house.close().await;
}

#[tokio::test]
async fn a_long_list_comes_in_pages_on_a_line_and_without_one() {
    let (house, mut desk) = with_questions(json!({"approval": false, "most": 100})).await;
    for account in 0..13 {
        let mut page = house.account(&format!("v{account}")).await;
        for number in 0..9 {
            let asked = ask(&mut page, &format!("Question {account} and {number}?")).await;
            assert!(asked.ok, "{asked:?}");
        }
        house.turn(20_000);
    }
    desk.until("all of them", |seen| {
        seen.tally_of("ask")["questions"] == 117
    })
    .await;
    let mut page = house.account("late").await;
    page.until("the first page", |seen| {
        seen.tally_of("ask")["questions"] == 117
    })
    .await;
    assert!(
        page.seen.asked("ask").len() <= 60,
        "not all of them at once"
    );
    let mut all = Vec::new();
    for after in [0, 50, 100, 150] {
        let more: More =
            serde_json::from_value(json!({"activity": "ask", "order": "newest", "after": after}))
                .expect("it is one");
        page.send(&ToRoom::More(more)).await;
        let FromRoom::Page(told) = page.reply().await else {
            panic!("a page")
        };
        assert_eq!(
            (told.asked.after, told.total, told.list.len()),
            (after, 117, told.entries.len())
        );
        all.extend(told.list.iter().map(|row| row.0));
    }
    assert_eq!(all, (1..=117).rev().collect::<Vec<u32>>());
    let posted = reqwest::Client::new()
        .post(house.url("/v1/rooms/demo/messages"))
        .header("origin", house.url(""))
        .json(&[
            ToRoom::Hello(hello(Some(house.token(Role::Viewer, "x")), Seat::Viewer)),
            ToRoom::More(
                serde_json::from_value(json!({"activity": "ask", "order": "top", "after": 100}))
                    .expect("it is one"),
            ),
        ]);
    let told: Value = posted
        .send()
        .await
        .expect("an answer")
        .json()
        .await
        .expect("JSON");
    assert!(told.to_string().contains(r#""type":"page""#), "{told}");
    house.close().await;
}

#[tokio::test]
async fn questions_outlive_the_server_and_are_exported_to_the_desk() {
    let (house, mut desk) = with_questions(json!({"anonymous": true, "tags": ["Size"]})).await;
    let mut ann = named(&house, "ann", "Ann").await;
    assert!(
        ann.does(
            "ask",
            json!({"type": "qna.ask", "text": "=1+1", "tags": ["Size"]})
        )
        .await
        .ok
    );
    assert!(
        ann.does(
            "ask",
            json!({"type": "qna.ask", "text": "Is \"red\" left?", "anonymous": true})
        )
        .await
        .ok
    );
    assert!(
        change(&mut desk, 2, json!({"to": "answer", "text": "Two are."}))
            .await
            .ok
    );
    let house = house.restart().await;
    let export = async |role: Role, format: &str| {
        let request = reqwest::Client::new()
            .get(house.url(&format!(
                "/v1/rooms/demo/questions?activity=ask&format={format}"
            )))
            .bearer_auth(house.token(role, "x"));
        let answer = request.send().await.expect("an answer");
        (answer.status(), answer.text().await.expect("a text"))
    };
    assert_eq!(export(Role::Viewer, "json").await.0, StatusCode::FORBIDDEN);
    let (status, rows) = export(Role::Moderator, "json").await;
    let rows: Value = serde_json::from_str(&rows).expect("JSON");
    assert!(
        status.is_success() && rows.to_string().contains("Two are."),
        "{rows}"
    );
    let (_, table) = export(Role::Streamer, "csv").await;
    assert!(
        table.starts_with('\u{feff}')
            && table.contains("'=1+1")
            && table.contains("\"Is \"\"red\"\" left?\""),
        "{table}"
    );
    house.close().await;
}

//! The run of show over HTTP: who may, what is refused, two desks at once, and a server that starts again.

use liveroom_protocol::identity::Role;
use liveroom_protocol::limits::RUN_BYTES;
use liveroom_tests::House;
use liveroom_tests::house::tea;
use reqwest::{Client, Method, StatusCode};
use serde_json::{Value, json};

fn poll(name: &str, question: &str) -> Value {
    json!({ "draft": { "type": "poll.prepare", "activity": name, "question": question, "options": ["a", "b"] } })
}

fn run(cues: &[Value]) -> String {
    json!({ "schema": 1, "cues": cues }).to_string()
}

struct Said {
    status: StatusCode,
    tag: Option<String>,
    body: Value,
}

struct Asker<'a> {
    house: &'a House,
    role: Role,
}

impl Asker<'_> {
    async fn ask(&self, method: Method, tag: Option<&str>, body: Option<String>) -> Said {
        let name = if method == Method::GET {
            "if-none-match"
        } else {
            "if-match"
        };
        let mut request = Client::new()
            .request(method, self.house.url("/v1/rooms/demo/run"))
            .bearer_auth(self.house.token(self.role, "somebody"));
        if let Some(tag) = tag {
            request = request.header(name, format!("\"{tag}\""));
        }
        if let Some(body) = body {
            request = request
                .header("content-type", "application/json")
                .body(body);
        }
        let answer = request.send().await.expect("the server answers");
        let tag = answer.headers().get("etag");
        Said {
            status: answer.status(),
            tag: tag.map(|tag| tag.to_str().expect("plain text").to_owned()),
            body: answer.json().await.unwrap_or_default(),
        }
    }

    async fn load(&self) -> Said {
        self.ask(Method::GET, None, None).await
    }

    async fn save(&self, tag: Option<&str>, body: String) -> Said {
        self.ask(Method::PUT, tag, Some(body)).await
    }

    async fn rehearse(&self, body: String) -> Said {
        self.ask(Method::POST, None, Some(body)).await
    }
}

const fn of(house: &House, role: Role) -> Asker<'_> {
    Asker { house, role }
}

#[tokio::test]
async fn two_desks_do_not_overwrite_each_other_and_a_restart_keeps_what_was_saved() {
    let house = House::open().await;
    let desk = of(&house, Role::Streamer);
    let none = desk.load().await;
    assert_eq!(
        (none.status, &none.body),
        (StatusCode::OK, &json!({ "version": 0 }))
    );
    assert_eq!(none.tag.as_deref(), Some("\"0\""));
    let first = desk.save(Some("0"), run(&[poll("a", "One?")])).await;
    assert_eq!(
        (first.status, &first.body),
        (StatusCode::OK, &json!({ "version": 1 }))
    );
    let other = of(&house, Role::Operator);
    let late = other.save(Some("0"), run(&[poll("b", "Two?")])).await;
    assert_eq!(late.status, StatusCode::PRECONDITION_FAILED);
    assert_eq!(late.body["refusal"]["reason"], "taken");
    assert_eq!(late.body["version"], 1);
    assert_eq!(
        desk.save(None, run(&[])).await.status,
        StatusCode::PRECONDITION_REQUIRED
    );
    let same = desk.ask(Method::GET, Some("1"), None).await;
    assert_eq!(same.status, StatusCode::NOT_MODIFIED);
    let house = house.restart().await;
    let kept = of(&house, Role::Moderator).load().await;
    assert_eq!(kept.body["version"], 1);
    assert_eq!(kept.body["run"]["cues"][0]["draft"]["question"], "One?");
    assert_eq!(house.records(), 1, "nothing of it lies in a room's log");
}

#[tokio::test]
async fn of_many_desks_that_save_at_once_one_wins() {
    let house = House::open().await;
    let desk = of(&house, Role::Streamer);
    let saves = (0..8).map(|desk_number| {
        let body = run(&[poll("a", &format!("Of desk {desk_number}?"))]);
        desk.save(Some("0"), body)
    });
    let said = futures_util::future::join_all(saves).await;
    let won = said.iter().filter(|said| said.status == StatusCode::OK);
    assert_eq!(won.count(), 1);
    assert_eq!(desk.load().await.body["version"], 1);
}

#[tokio::test]
async fn only_those_who_open_may_plan_and_only_those_at_the_desk_may_read() {
    let house = House::open().await;
    for (role, reads, plans) in [
        (Role::Owner, true, true),
        (Role::Operator, true, true),
        (Role::Moderator, true, false),
        (Role::Analyst, true, false),
        (Role::Shop, false, false),
        (Role::Viewer, false, false),
    ] {
        let asker = of(&house, role);
        let read = asker.load().await.status;
        assert_eq!(read == StatusCode::OK, reads, "{role:?}: {read}");
        let version = asker.load().await.body["version"].to_string();
        let saved = asker.save(Some(&version), run(&[])).await.status;
        let tried = asker.rehearse(run(&[])).await.status;
        assert_eq!(saved == StatusCode::OK, plans, "{role:?}: {saved}");
        assert_eq!(tried == StatusCode::OK, plans, "{role:?}: {tried}");
    }
    let bare = house.get("/v1/rooms/demo/run").await.status();
    assert_eq!(bare, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn what_is_no_run_of_show_is_refused_in_words_and_changes_nothing() {
    let house = House::open().await;
    let desk = of(&house, Role::Streamer);
    let lottery = json!({ "draft": { "type": "lottery.prepare", "activity": "l", "title": "x", "prizes": [{ "name": "y" }] }, "auto": true });
    let many: Vec<Value> = (0..201).map(|n| poll(&format!("p{n}"), "?")).collect();
    let bodies = [
        ("{".to_owned(), StatusCode::BAD_REQUEST),
        ("[]".to_owned(), StatusCode::BAD_REQUEST),
        (r#"{"schema":2}"#.to_owned(), StatusCode::BAD_REQUEST),
        ("[".repeat(100_000), StatusCode::BAD_REQUEST),
        (
            run(&[poll("a", "?"), poll("a", "!")]),
            StatusCode::BAD_REQUEST,
        ),
        (
            run(&[json!({ "draft": { "type": "room.seal" } })]),
            StatusCode::BAD_REQUEST,
        ),
        (run(&[lottery]), StatusCode::BAD_REQUEST),
        (run(&many), StatusCode::BAD_REQUEST),
        (" ".repeat(RUN_BYTES + 1), StatusCode::PAYLOAD_TOO_LARGE),
    ];
    for (body, status) in bodies {
        let cut: String = body.chars().take(60).collect();
        let said = desk.save(Some("0"), body).await;
        assert_eq!(said.status, status, "{cut}");
        assert!(said.body["refusal"]["message"].is_string(), "{cut}");
    }
    for tag in ["x", "-1", "18446744073709551615"] {
        let said = desk.save(Some(tag), run(&[])).await;
        assert_eq!(said.status, StatusCode::PRECONDITION_REQUIRED, "{tag}");
    }
    assert_eq!(desk.load().await.body, json!({ "version": 0 }));
}

#[tokio::test]
async fn a_dry_run_says_what_the_room_would_refuse_and_opens_nothing() {
    let house = House::open().await;
    let mut owner = house.desk().await;
    owner.must(tea()).await;
    let records = house.records();
    let quiz = json!({ "draft": { "type": "poll.prepare", "activity": "q", "question": "?", "options": ["a", "b"], "right": ["9"] } });
    let short = json!({ "draft": { "type": "poll.prepare", "activity": "s", "question": "?", "options": ["a"] } });
    // More than a room shows at once, one after another.
    let mut cues: Vec<Value> = (0..60).map(|n| poll(&format!("p{n}"), "?")).collect();
    cues.extend([poll("tea", "Again?"), quiz, short]);
    let said = of(&house, Role::Streamer).rehearse(run(&cues)).await;
    assert_eq!(said.status, StatusCode::OK);
    let refused: Vec<(u64, &str)> = said.body["refused"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|missing| {
            let reason = missing["refusal"]["reason"].as_str();
            (
                missing["cue"].as_u64().expect("a place"),
                reason.expect("a reason"),
            )
        })
        .collect();
    assert_eq!(
        refused,
        [(60, "taken"), (61, "unknown-option"), (62, "malformed")]
    );
    assert_eq!(house.records(), records);
}

#[tokio::test]
async fn a_dry_run_asks_for_what_the_rooms_profile_does() {
    let house = House::open().await;
    let mut owner = house.staff(Role::Owner).await;
    owner
        .must(json!({ "type": "room.set", "profile": "uk", "approval": true }))
        .await;
    let labelled = |name: &str, label: Value| json!({ "draft": { "type": "poll.prepare", "activity": name, "question": "Which?", "options": ["a", "b"], "about": { "products": ["mug"], "ad": label } } });
    let said = of(&house, Role::Streamer)
        .rehearse(run(&[
            labelled("a", Value::Null),
            labelled("b", json!("Ad")),
        ]))
        .await;
    let refused = said.body["refused"].as_array().expect("a list");
    // A second person approves what is prepared, and has seen nothing yet.
    assert_eq!(refused.len(), 1, "{}", said.body);
    assert_eq!(refused[0]["cue"], 0);
    assert_eq!(refused[0]["refusal"]["reason"], "incomplete");
    let why = refused[0]["refusal"]["message"].as_str();
    assert!(
        why.is_some_and(|why| why.contains("profile uk asks")),
        "{why:?}"
    );
    assert_eq!(refused[0]["missing"][0]["field"], "about.ad");
    house.close().await;
}

#[tokio::test]
async fn a_dry_run_names_what_would_open_and_is_warned_of_apart() {
    let house = House::open().await;
    let mut owner = house.staff(Role::Owner).await;
    owner
        .must(json!({ "type": "room.set", "profile": "cn", "approval": true }))
        .await;
    let lacking = json!({ "draft": { "type": "qna.prepare", "activity": "c", "title": "最佳?", "about": { "products": ["mug"] } } });
    let cues = [poll("a", "Which?"), poll("b", "Which is 最佳?"), lacking];
    let said = of(&house, Role::Streamer).rehearse(run(&cues)).await;
    let warned = said.body["warned"].as_array().expect("a list");
    assert_eq!(warned.len(), 1, "{}", said.body);
    assert_eq!(warned[0]["cue"], 1);
    assert_eq!(warned[0]["missing"][0]["severity"], "warning");
    assert_eq!(warned[0]["missing"][0]["word"], "最佳");
    assert_eq!(warned[0]["refusal"], Value::Null);
    // What is refused has its warnings with it.
    let refused = said.body["refused"].as_array().expect("a list");
    assert_eq!((refused.len(), &refused[0]["cue"]), (1, &json!(2)));
    let severities = refused[0]["missing"].as_array().into_iter().flatten();
    let severities: Vec<_> = severities.map(|one| one["severity"].as_str()).collect();
    assert!(severities.contains(&Some("warning")), "{}", said.body);
    house.close().await;
}

#[tokio::test]
async fn a_dry_run_knows_what_the_room_asked_for_before() {
    let house = House::open().await;
    let mut owner = house.staff(Role::Owner).await;
    let deal = |command: &str, name: &str, price: &str| {
        json!({ "type": command, "activity": name, "title": "A mug", "sku": "m-1",
        "price": { "amount": price, "currency": "EUR" }, "before": "20", "lowest_30_days": "15", "variants": [{ "stock": 2 }] })
    };
    owner.must(deal("deal.open", "cheap", "9")).await;
    owner
        .must(json!({ "type": "room.set", "profile": "eu" }))
        .await;
    let planned = json!({ "draft": deal("deal.prepare", "dear", "12") });
    let said = of(&house, Role::Streamer).rehearse(run(&[planned])).await;
    let missing = said.body["refused"][0]["missing"].as_array();
    let fields = missing.into_iter().flatten().map(|one| &one["field"]);
    assert!(
        fields.into_iter().any(|field| field == "lowest_30_days"),
        "{}",
        said.body
    );
    house.close().await;
}

#[tokio::test]
async fn draws_that_name_each_other_and_themselves_are_no_riddle() {
    let house = House::open().await;
    let draw = |name: &str, after: &[&str]| json!({ "draft": { "type": "lottery.prepare", "activity": name, "title": name, "prizes": [{ "name": "Pot" }], "not_after": after } });
    let body = run(&[draw("a", &["b", "a"]), draw("b", &["a", "b"])]);
    let desk = of(&house, Role::Streamer);
    let said = desk.rehearse(body.clone()).await;
    assert_eq!(
        (said.status, &said.body),
        (StatusCode::OK, &json!({ "refused": [] }))
    );
    assert_eq!(desk.save(Some("0"), body).await.status, StatusCode::OK);
}

#[tokio::test]
async fn what_a_newer_server_saved_is_neither_shown_by_halves_nor_overwritten_unseen() {
    let house = House::open().await;
    let desk = of(&house, Role::Streamer);
    assert_eq!(desk.save(Some("0"), run(&[])).await.status, StatusCode::OK);
    let file = rusqlite::Connection::open(house.folder().join("runs.db")).expect("it opens");
    let newer = r#"{"schema":9,"scenes":[]}"#;
    file.execute("UPDATE runs SET version = 2, body = ?1", [newer])
        .expect("it can be written");
    let said = desk.load().await;
    assert_eq!(said.body["refusal"]["reason"], "unsupported");
    assert_eq!(
        desk.save(Some("1"), run(&[])).await.status,
        StatusCode::PRECONDITION_FAILED
    );
    house.close().await;
}

#[tokio::test]
async fn a_dry_run_takes_what_is_prepared_also_by_one_person_and_refuses_what_was_opened() {
    let house = House::open().await;
    let mut owner = house.staff(Role::Owner).await;
    let poll = |command: &str, name: &str| json!({ "type": command, "activity": name, "question": "Tea?", "options": ["Green", "Black"] });
    owner.must(poll("poll.prepare", "ready")).await;
    owner.must(poll("poll.open", "opened")).await;
    owner
        .must(json!({ "type": "room.set", "approval": true }))
        .await;
    let planned =
        ["new", "ready", "opened"].map(|name| json!({ "draft": poll("poll.prepare", name) }));
    let said = of(&house, Role::Streamer).rehearse(run(&planned)).await;
    let refused = said.body["refused"].as_array().expect("a list");
    assert_eq!(refused.len(), 1, "{refused:?}");
    assert_eq!(
        (&refused[0]["cue"], &refused[0]["refusal"]["reason"]),
        (&json!(2), &json!("taken"))
    );
    house.close().await;
}

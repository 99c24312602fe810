//! Prize draws over real sockets: who may enter, what the room measured, and a draw that anyone can check over HTTP.

use liveroom_protocol::Reason;
use liveroom_protocol::identity::Role;
use liveroom_protocol::lottery::{EntrantName, Inclusion, Proof};
use liveroom_protocol::message::Answer;
use liveroom_rules::draw::{self, Checker, Entrant};
use liveroom_tests::{Client, House};
use reqwest::StatusCode;
use serde_json::{Value, json};

mod conditions;
mod kept;
mod prizes;

fn draft(more: Value) -> Value {
    let mut draft = json!({"type": "lottery.open", "activity": "mugs", "title": "Mugs", "prizes": [{"name": "A mug", "count": 2}]});
    for (name, value) in more.as_object().expect("members") {
        draft[name] = value.clone();
    }
    draft
}

fn refusal(answer: &Answer) -> Option<Reason> {
    answer.refusal.as_ref().map(|refusal| refusal.reason)
}

async fn enter(page: &mut Client) -> Answer {
    page.does("mugs", json!({"type": "lottery.enter"})).await
}

/// Accounts `v0` … enter the draw.
async fn enter_all(house: &House, count: usize) -> Vec<Client> {
    let mut pages = Vec::new();
    for number in 0..count {
        let mut page = house.account(&format!("v{number}")).await;
        assert!(enter(&mut page).await.ok);
        pages.push(page);
    }
    pages
}

async fn get(house: &House, path: &str) -> Value {
    let answer = house.get(&format!("/v1/rooms/demo/draws/{path}")).await;
    assert_eq!(answer.status(), StatusCode::OK, "{path}");
    answer.json().await.expect("JSON")
}

#[tokio::test]
async fn a_draw_is_checked_by_a_stranger_over_http_and_each_entrant_finds_themselves() {
    let house = House::open().await;
    let mut desk = house.desk().await;
    desk.must(draft(json!({}))).await;
    let open = get(&house, "mugs").await;
    assert!(open["closed"].is_null() && open["drawn"].is_null());
    let mut pages = enter_all(&house, 9).await;
    house.turn(5_000);
    desk.must(json!({"type": "close", "activity": "mugs"}))
        .await;
    desk.must(json!({"type": "lottery.draw", "activity": "mugs"}))
        .await;

    // Whole, as one text.
    let whole = get(&house, "mugs").await;
    assert_eq!(whole["commitment"], open["commitment"]);
    let proof: Proof = serde_json::from_value(whole.clone()).expect("a proof");
    draw::verify(&proof).expect("the draw holds");
    let drawn = proof.drawn.as_ref().expect("it is drawn").winners.clone();
    assert_eq!(drawn.len(), 2);

    // In two parts, the list as bytes.
    let short: Proof = serde_json::from_value(get(&house, "mugs?roll=no").await).expect("a proof");
    let roll = house.get("/v1/rooms/demo/draws/mugs?roll=only").await;
    let roll = roll.bytes().await.expect("bytes");
    assert_eq!(roll.len(), 9 * 21);
    let mut checker = Checker::new(short.clone()).expect("it can be checked");
    checker.feed(&roll).expect("its list");
    checker.finish().expect("the draw holds");

    // A few kilobytes for one of them.
    let page = &mut pages[4];
    page.until("the own name", |seen| {
        seen.mine_of("mugs")["entrant"].is_string()
    })
    .await;
    let name = page.seen.mine_of("mugs")["entrant"]
        .as_str()
        .expect("a name")
        .to_owned();
    let answer = get(&house, &format!("mugs?entrant={name}")).await;
    let inclusion: Inclusion = serde_json::from_value(answer["inclusion"].clone()).expect("a path");
    let path: Vec<draw::Hash> = inclusion.path.iter().map(|hash| hash.0).collect();
    let entrant = Entrant::read(&inclusion.entry.0);
    let root = short.closed.expect("closed").root.0;
    assert_eq!(
        EntrantName::parse(&name).map(|name| name.0),
        Some(entrant.id)
    );
    assert!(draw::included(
        &entrant,
        inclusion.place,
        inclusion.entrants,
        &path,
        &root
    ));
    let stranger = get(&house, &format!("mugs?entrant={}", "0".repeat(32))).await;
    assert!(stranger["inclusion"].is_null());

    // The winners know it, and nobody else does.
    let winners: Vec<String> = drawn
        .iter()
        .map(|drawn| drawn.entrant.to_string())
        .collect();
    for page in &mut pages {
        page.until("the end", |seen| seen.card_of("mugs")["drawn_at"].is_u64())
            .await;
        let mine = page.seen.mine_of("mugs");
        let name = mine["entrant"].as_str().unwrap_or_default().to_owned();
        if winners.contains(&name) {
            page.until("the win", |seen| {
                seen.mine_of("mugs")["wins"][0]["standing"] == "waiting"
            })
            .await;
        } else {
            assert!(mine["wins"].is_null(), "{mine}");
        }
    }
    house.close().await;
}

#[tokio::test]
async fn what_is_no_draw_or_no_question_about_one_is_refused() {
    let house = House::open().await;
    let mut desk = house.desk().await;
    house.open_tea().await;
    desk.must(draft(json!({"type": "lottery.prepare"}))).await;
    for (path, status) in [
        ("mugs", StatusCode::NOT_FOUND),
        ("tea", StatusCode::NOT_FOUND),
        ("nothing", StatusCode::NOT_FOUND),
        ("a%20b", StatusCode::NOT_FOUND),
        ("mugs?entrant=zz", StatusCode::BAD_REQUEST),
        ("mugs?roll=some", StatusCode::BAD_REQUEST),
    ] {
        let answer = house.get(&format!("/v1/rooms/demo/draws/{path}")).await;
        assert_eq!(answer.status(), status, "{path}");
    }
    desk.must(json!({"type": "open", "activity": "mugs"})).await;
    let early = house.get("/v1/rooms/demo/draws/mugs?roll=only").await;
    let told: Value = early.json().await.expect("JSON");
    assert!(told.to_string().contains("still-open"), "{told}");
    house.close().await;
}

#[tokio::test]
async fn a_draw_can_be_checked_after_the_room_has_ended() {
    let house = House::open().await;
    let mut desk = house.desk().await;
    desk.must(draft(json!({"draws_itself": true, "closes_in_ms": 10_000})))
        .await;
    enter_all(&house, 3).await;
    house.turn(10_001);
    desk.until("the draw", |seen| seen.card_of("mugs")["drawn_at"].is_u64())
        .await;
    let before = get(&house, "mugs").await;
    desk.must(json!({"type": "room.seal"})).await;
    let house = house.restart().await;
    assert_eq!(get(&house, "mugs").await, before);
    let roll = house.get("/v1/rooms/demo/draws/mugs?roll=only").await;
    assert_eq!(roll.bytes().await.expect("bytes").len(), 3 * 21);
    let proof: Proof = serde_json::from_value(before).expect("a proof");
    draw::verify(&proof).expect("the draw holds");
    house.close().await;
}

#[tokio::test]
async fn what_a_winner_wrote_reaches_the_shop_alone() {
    let house = House::open().await;
    let mut desk = house.desk().await;
    let form = json!({"prizes": [{"name": "A mug"}], "claim": {"kind": "form", "fields": [{"label": "Name"}, {"label": "Note", "optional": true}]}});
    desk.must(draft(form)).await;
    let mut pages = enter_all(&house, 1).await;
    desk.must(json!({"type": "close", "activity": "mugs"}))
        .await;
    desk.must(json!({"type": "lottery.draw", "activity": "mugs"}))
        .await;
    let claim = json!({"type": "lottery.claim", "win": 0, "form": [{"label": "Name", "value": "=cmd|'/c calc'!A1"}, {"label": "Note", "value": "Ring, twice"}]});
    assert!(pages[0].does("mugs", claim).await.ok);
    let ask = async |role: Role, format: &str| {
        let request = reqwest::Client::new()
            .get(house.url(&format!(
                "/v1/rooms/demo/claims?activity=mugs&format={format}"
            )))
            .bearer_auth(house.token(role, "x"));
        let answer = request.send().await.expect("an answer");
        (answer.status(), answer.text().await.expect("a text"))
    };
    for role in [Role::Viewer, Role::Moderator, Role::Analyst] {
        assert_eq!(ask(role, "json").await.0, StatusCode::FORBIDDEN, "{role:?}");
    }
    // Those who run the room read what became of each prize, and nothing that a winner wrote.
    for role in [Role::Operator, Role::Streamer] {
        for format in ["json", "csv"] {
            let (status, rows) = ask(role, format).await;
            assert!(status.is_success() && rows.contains("claimed"), "{rows}");
            for private in ["calc", "Ring", "form", "Note", "code"] {
                assert!(!rows.contains(private), "{role:?} reads {private}: {rows}");
            }
        }
    }
    let (status, rows) = ask(Role::Shop, "json").await;
    assert!(
        status.is_success() && rows.contains("Ring, twice"),
        "{rows}"
    );
    let (_, table) = ask(Role::Shop, "csv").await;
    assert!(
        table.starts_with('\u{feff}')
            && table.contains("'=cmd")
            && table.contains("\"Ring, twice\""),
        "{table}"
    );
    let public = house
        .get("/v1/rooms/demo")
        .await
        .text()
        .await
        .expect("a text");
    desk.until("the claim", |seen| seen.tally_of("mugs")["claimed"] == 1)
        .await;
    assert!(!public.contains("calc") && !desk.seen.card_of("mugs").to_string().contains("calc"));
    desk.must(
        json!({"type": "lottery.forfeit", "activity": "mugs", "win": 0, "reason": "Sent back"}),
    )
    .await;
    house.close().await;
}

#[tokio::test]
async fn the_proof_of_an_earlier_run_stays_before_and_after_the_room_has_ended() {
    let house = House::open().await;
    let mut desk = house.desk().await;
    desk.must(draft(json!({}))).await;
    let mut pages = enter_all(&house, 3).await;
    let end = |kind: &str| json!({"type": kind, "activity": "mugs"});
    desk.must(end("close")).await;
    desk.must(end("lottery.draw")).await;
    for win in 0..2 {
        desk.must(
            json!({"type": "lottery.forfeit", "activity": "mugs", "win": win, "reason": "A test"}),
        )
        .await;
    }
    let first = get(&house, "mugs").await;
    assert_eq!(get(&house, "mugs?run=1").await, first);
    desk.must(end("reset")).await;
    desk.must(end("open")).await;
    assert!(enter(&mut pages[2]).await.ok);
    desk.must(end("close")).await;
    desk.must(end("lottery.draw")).await;
    desk.must(json!({"type": "lottery.prepare", "activity": "never", "title": "Never shown", "prizes": [{"name": "A mug"}]}))
        .await;
    let second = get(&house, "mugs").await;
    assert_ne!(second["commitment"], first["commitment"]);

    let house = {
        check_runs(&house, &first, &second).await;
        desk.must(json!({"type": "room.seal"})).await;
        house.restart().await
    };
    check_runs(&house, &first, &second).await;
    let own = house.get("/v1/rooms/demo/draws/never").await;
    assert_eq!(
        own.status(),
        StatusCode::NOT_FOUND,
        "what no viewer was shown stays the desk's"
    );
    house.close().await;
}

/// Both runs can be checked, and there is no third.
async fn check_runs(house: &House, first: &Value, second: &Value) {
    for (run, kept, entrants) in [(1, first, 3), (2, second, 1)] {
        let told = get(house, &format!("mugs?run={run}")).await;
        assert_eq!(&told, kept);
        let proof: Proof = serde_json::from_value(told).expect("a proof");
        draw::verify(&proof).expect("the draw holds");
        let roll = house
            .get(&format!("/v1/rooms/demo/draws/mugs?run={run}&roll=only"))
            .await;
        assert_eq!(roll.bytes().await.expect("bytes").len(), entrants * 21);
        let short = get(house, &format!("mugs?run={run}&roll=no")).await;
        assert_eq!(short["closed"]["entrants"], entrants);
        let winner = &kept["drawn"]["winners"][0]["entrant"];
        let name = winner.as_str().expect("a name");
        let was_in = get(house, &format!("mugs?run={run}&entrant={name}")).await;
        assert_eq!(was_in["inclusion"]["entrants"], entrants);
    }
    for run in ["0", "3", "4294967295", "-1", "x"] {
        let answer = house
            .get(&format!("/v1/rooms/demo/draws/mugs?run={run}"))
            .await;
        assert!(answer.status().is_client_error(), "{run}");
    }
}

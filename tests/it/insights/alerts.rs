//! What those who run a room are told: at the room's own thresholds, and everywhere the same.

use super::sold::{claim, open_mug};
use super::*;

async fn put(house: &House, role: Role, body: &str) -> Response {
    let request = Client::new().put(house.url("/v1/rooms/demo/alerts"));
    let request = request.bearer_auth(house.token(role, "ana"));
    let request = request.header("content-type", "application/json");
    request
        .body(body.to_owned())
        .send()
        .await
        .expect("the server answers")
}

async fn set(house: &House, thresholds: &Value) {
    let answer = put(house, Role::Streamer, &thresholds.to_string()).await;
    assert_eq!(answer.status(), StatusCode::OK);
}

fn alerts(told: &Value) -> Vec<String> {
    let alerts = told["alerts"].as_array().expect("there are alerts");
    let told = alerts.iter().map(|alert| {
        let name = alert["alert"].as_str().unwrap_or_default();
        format!("{name} {}", alert["value"])
    });
    told.collect()
}

/// What the desk is told, which is what the page of figures is told.
async fn told(house: &House) -> Vec<String> {
    let desk: Value = ask(house, Role::Moderator, "alerts")
        .await
        .json()
        .await
        .expect("it is JSON");
    let figures = insights(house, "").await;
    assert_eq!(figures["alerts"], desk["alerts"]);
    alerts(&desk)
}

/// Turns the clock until something is told, in steps so short that viewers are noted in every minute.
async fn silent(house: &House) -> Vec<String> {
    loop {
        house.turn(10_000);
        let told = told(house).await;
        if !told.is_empty() {
            return told;
        }
    }
}

#[tokio::test]
async fn where_nothing_was_ever_reported_silence_is_told_once_viewers_have_been_here_so_long() {
    let house = House::open().await;
    // Whoever comes to a room that was empty is not met with an alert about the time before.
    house.turn(30 * MINUTE);
    let _ann = house.account("ann").await;
    assert!(told(&house).await.is_empty());
    assert_eq!(silent(&house).await, ["silent_minutes 5"]);
    assert!(house.clock.now().0 >= NOON.0 + 35 * MINUTE);
    house.close().await;
}

#[tokio::test]
async fn an_alert_comes_at_the_threshold_that_was_set_for_the_room() {
    let house = House::open().await;
    open_mug(&house, &json!({})).await;
    let mut ann = house.account("ann").await;
    assert!(told(&house).await.is_empty());
    set(&house, &json!({ "stock_low": 4 })).await;
    assert_eq!(told(&house).await, ["stock_low 4"]);
    claim(&mut ann, 1).await;
    assert_eq!(told(&house).await, ["stock_low 3"]);
    set(&house, &json!({ "stock_low": 0 })).await;
    assert!(told(&house).await.is_empty());
    let mut reporter = Reporter::new(&house);
    for n in 0..10 {
        let data = json!({ "activity": "mug", "widget": "deal", "reason": "too-fast" });
        reporter.report(&format!("s{n}"), "live.deal.refused", &data);
    }
    for n in 0..5 {
        reporter.report(
            &format!("s{n}"),
            "live.room.error",
            &json!({ "code": "trap" }),
        );
    }
    // What a page calls so is no refusal, and no error.
    reporter.report("s1", "page.refused", &json!({ "page": 1 }));
    reporter.report("s1", "page.room.error", &json!({ "page": 1 }));
    reporter.send().await;
    assert_eq!(told(&house).await, ["refusals_rise 10", "errors_rise 5"]);
    set(
        &house,
        &json!({ "stock_low": 0, "refusals_rise": 11, "errors_rise": 0 }),
    )
    .await;
    assert!(told(&house).await.is_empty());
    assert_eq!(silent(&house).await, ["silent_minutes 5"]);
    let house = house.restart().await;
    let kept: Value = ask(&house, Role::Owner, "alerts")
        .await
        .json()
        .await
        .expect("it is JSON");
    assert_eq!(
        kept["thresholds"],
        json!({ "stock_low": 0, "participation_falls": 50, "refusals_rise": 11,
        "errors_rise": 0, "silent_minutes": 5 })
    );
    house.close().await;
}

#[tokio::test]
async fn an_alert_comes_when_fewer_of_the_viewers_take_part_while_they_could() {
    let house = House::open().await;
    house.open_tea().await;
    let mut viewers = Vec::new();
    for name in ["a", "b", "c", "d", "e", "f"] {
        let mut viewer = house.account(name).await;
        assert!(viewer.vote("tea", &["1"]).await.ok);
        viewers.push(viewer);
    }
    house.turn(3 * MINUTE);
    assert!(viewers[0].vote("tea", &["2"]).await.ok);
    house.turn(3 * MINUTE);
    let all = insights(&house, "").await;
    let fell = &all["alerts"][0];
    // Six of them, in one of three minutes; then one.
    assert_eq!(
        (&fell["alert"], &fell["value"], &fell["before"]),
        (&json!("participation_falls"), &json!(55), &json!(333))
    );
    // That it has closed says why.
    let mut desk = house.desk().await;
    desk.must(json!({ "type": "close", "activity": "tea" }))
        .await;
    let closed = insights(&house, "").await;
    let falls = |alert: &&Value| alert["alert"] == "participation_falls";
    let alerts = closed["alerts"].as_array().expect("there are alerts");
    assert_eq!(alerts.iter().find(falls), None);
    house.close().await;
}

#[tokio::test]
async fn of_a_time_that_is_over_nothing_is_told() {
    let house = House::open().await;
    open_mug(&house, &json!({})).await;
    set(&house, &json!({ "stock_low": 4 })).await;
    assert_eq!(
        alerts(&insights(&house, "?show=all").await),
        ["stock_low 4"]
    );
    house.turn(2 * MINUTE);
    let past = insights(&house, &format!("?from={}&to={}", NOON.0, NOON.0 + MINUTE)).await;
    assert!(alerts(&past).is_empty());
    house.close().await;
}

#[tokio::test]
async fn who_sits_at_the_desk_is_told_and_who_runs_the_room_sets_when() {
    let house = House::open().await;
    for (role, sees, sets) in [
        (Role::Owner, true, true),
        (Role::Streamer, true, true),
        (Role::Operator, true, true),
        (Role::Analyst, true, true),
        (Role::Moderator, true, false),
        (Role::Shop, false, false),
        (Role::Viewer, false, false),
    ] {
        let status = |may| {
            if may {
                StatusCode::OK
            } else {
                StatusCode::FORBIDDEN
            }
        };
        assert_eq!(
            ask(&house, role, "alerts").await.status(),
            status(sees),
            "{role:?}"
        );
        assert_eq!(
            put(&house, role, "{}").await.status(),
            status(sets),
            "{role:?}"
        );
    }
    let nobody = house.get("/v1/rooms/demo/alerts").await;
    assert_eq!(nobody.status(), StatusCode::UNAUTHORIZED);
    for body in [
        "",
        "null",
        "[]",
        "7",
        "{\"stock_low\":-1}",
        "{\"stock_low\":1.5}",
        "{\"stock_low\":\"3\"}",
        "{\"stock_low\":100001}",
        "{\"participation_falls\":101}",
        "{\"silent_minutes\":18446744073709551615}",
        "{\"moon_full\":1}",
        "{\"stock_low\":1",
    ] {
        assert_eq!(
            put(&house, Role::Owner, body).await.status(),
            StatusCode::BAD_REQUEST,
            "{body}"
        );
    }
    let large = format!("{{\"stock_low\":1{}}}", " ".repeat(2_000));
    assert_eq!(
        put(&house, Role::Owner, &large).await.status(),
        StatusCode::PAYLOAD_TOO_LARGE
    );
    let kept: Value = ask(&house, Role::Owner, "alerts")
        .await
        .json()
        .await
        .expect("it is JSON");
    assert_eq!(
        kept["thresholds"]["stock_low"], 3,
        "none of them changed anything"
    );
    house.close().await;
}

//! What was written in a survey, exported: for those at the desk, without names, and without what was taken back.

use liveroom_protocol::identity::Role;
use liveroom_tests::House;
use reqwest::StatusCode;
use serde_json::{Value, json};

async fn export(house: &House, role: Role, query: &str) -> (StatusCode, String) {
    let request = reqwest::Client::new()
        .get(house.url(&format!("/v1/rooms/demo/comments?{query}")))
        .bearer_auth(house.token(role, "x"));
    let answer = request.send().await.expect("an answer");
    (answer.status(), answer.text().await.expect("a text"))
}

fn answers(comment: &str) -> Value {
    json!({"type": "poll.answer", "choices": ["1"], "comment": comment})
}

#[tokio::test]
async fn comments_are_exported_to_the_desk_and_moderated_on_their_way_in() {
    let house = House::open().await;
    let mut desk = house.desk().await;
    desk.must(json!({"type": "room.set", "blocked": ["rubbish"]}))
        .await;
    desk.must(json!({"type": "poll.open", "activity": "how", "question": "How was it?", "options": ["Good", "Bad"], "comment": "What else?"}))
        .await;
    desk.must(json!({"type": "qna.open", "activity": "ask", "title": "Ask"}))
        .await;
    let (mut ann, mut bob, mut cleo) = (
        house.account("ann").await,
        house.account("bob").await,
        house.account("cleo").await,
    );
    assert!(ann.does("how", answers("=More \"fish\", please")).await.ok);
    assert!(bob.does("how", answers("Too long")).await.ok);
    assert!(!cleo.does("how", answers("All rubbish")).await.ok);
    assert!(bob.does("how", json!({"type": "poll.withdraw"})).await.ok);
    // More than the desk is shown at once.
    for number in 0..60 {
        let mut page = house.account(&format!("v{number}")).await;
        assert!(
            page.does("how", answers(&format!("Comment {number}")))
                .await
                .ok
        );
        house.turn(1_000);
    }
    for role in [Role::Viewer, Role::Shop] {
        let (status, told) = export(&house, role, "activity=how").await;
        assert_eq!(status, StatusCode::FORBIDDEN, "{told}");
    }
    let (status, told) = export(&house, Role::Moderator, "activity=how").await;
    let rows: Value = serde_json::from_str(&told).expect("JSON");
    let rows = rows.as_array().expect("a list");
    assert_eq!((status, rows.len()), (StatusCode::OK, 61));
    assert_eq!(rows[0]["text"], "=More \"fish\", please");
    assert!(!told.contains("Too long") && !told.contains("rubbish") && !told.contains("ann"));
    let house = house.restart().await;
    let (_, table) = export(&house, Role::Streamer, "activity=how&format=csv").await;
    assert!(
        table.starts_with("\u{feff}comment,text\r\n1,\"'=More \"\"fish\"\", please\"\r\n"),
        "{table}"
    );
    assert_eq!(table.matches("\r\n").count(), 62);
    for wrong in ["activity=ask", "activity=none"] {
        assert_eq!(
            export(&house, Role::Moderator, wrong).await.0,
            StatusCode::NOT_FOUND
        );
    }
    assert_eq!(
        export(&house, Role::Moderator, "format=csv").await.0,
        StatusCode::BAD_REQUEST
    );
    house.close().await;
}

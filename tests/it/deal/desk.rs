//! What those who run a room are told of its claims and entrants, what they look up, and what they take out.

use super::{claim, from_shop, get, settle, with_deal};
use liveroom_protocol::desk::Listed;
use liveroom_protocol::identity::Role;
use liveroom_tests::{Client, House};
use reqwest::StatusCode;
use serde_json::{Value, json};

/// The names of the open claims that a desk was told of.
fn told(desk: &Client) -> Vec<String> {
    match desk.seen.desk.get("mug").map(|desk| &desk.listed) {
        Some(Listed::Deal(open)) => {
            let names = open.claims.iter();
            names.map(|one| one.claim.as_str().to_owned()).collect()
        }
        other => panic!("{other:?}"),
    }
}

fn name(claim: &Value) -> String {
    claim["claim"].as_str().expect("a name").to_owned()
}

async fn text(house: &House, role: Role, path: &str) -> (StatusCode, String) {
    let request = reqwest::Client::new().get(house.url(&format!("/v1/rooms/demo/{path}")));
    let request = request.bearer_auth(house.token(role, "x"));
    let answer = request.send().await.expect("an answer");
    (answer.status(), answer.text().await.expect("a text"))
}

#[tokio::test]
async fn the_desk_is_told_open_claims_as_they_come_and_go_and_a_viewer_is_not() {
    let (house, mut desk) = with_deal(json!({})).await;
    let (mut ann, mut bob) = (house.account("ann").await, house.account("bob").await);
    let first = claim(&mut ann, "red").await.expect("a claim");
    let second = claim(&mut bob, "red").await.expect("a claim");
    let both = |seen: &liveroom_tests::Seen| seen.tally_of("mug")["stock"][0]["reserved"] == 2;
    desk.until("both claims", both).await;
    assert_eq!(told(&desk), [name(&second), name(&first)]);
    from_shop(&house, settle(&first, "sold")).await;
    let sold = |seen: &liveroom_tests::Seen| seen.tally_of("mug")["stock"][0]["sold"] == 1;
    desk.until("the sale", sold).await;
    assert_eq!(told(&desk), [name(&second)]);
    // A desk that sits down late is told the same.
    let mut late = house.desk().await;
    late.until("the sale", sold).await;
    assert_eq!(told(&late), [name(&second)]);
    ann.until("the sale", sold).await;
    assert!(ann.seen.desk.is_empty() && bob.seen.desk.is_empty());
    house.close().await;
}

#[tokio::test]
async fn a_claim_and_an_entrant_are_looked_up_by_those_at_the_desk_alone() {
    let (house, mut desk) = with_deal(json!({})).await;
    let mut ann = house.account("ann").await;
    let held = claim(&mut ann, "red").await.expect("a claim");
    let sold = json!({"outcome": "sold", "order": "S-9"});
    let settle =
        json!({"type": "deal.settle", "activity": "mug", "claim": held["claim"], "settle": sold});
    from_shop(&house, settle).await;
    desk.must(json!({"type": "lottery.open", "activity": "cup", "title": "A cup", "prizes": [{"name": "A cup"}]}))
        .await;
    assert!(ann.does("cup", json!({"type": "lottery.enter"})).await.ok);
    for role in [Role::Viewer, Role::Shop] {
        let (status, _) = get(&house, role, "desk/mug?text=s-9").await;
        assert_eq!(status, StatusCode::FORBIDDEN, "{role:?}");
    }
    let (status, found) = get(&house, Role::Streamer, "desk/mug?text=s-9").await;
    assert_eq!(status, StatusCode::OK, "{found}");
    assert_eq!(
        (
            &found["claims"][0]["claim"],
            &found["claims"][0]["standing"]
        ),
        (&held["claim"], &json!("sold"))
    );
    assert_eq!(found["open"], 0);
    let entrant = ann.seen.mine_of("cup")["entrant"].clone();
    let begin = entrant.as_str().expect("a name")[..8].to_uppercase();
    let (_, found) = get(&house, Role::Moderator, &format!("desk/cup?text={begin}")).await;
    assert_eq!(found["entrants"][0]["entrant"], entrant, "{found}");
    let (_, found) = get(&house, Role::Moderator, "desk/cup?text=nobody").await;
    assert_eq!(found["entrants"], json!([]));
    let long = |chars| format!("desk/mug?text={}", "x".repeat(chars));
    for (path, status) in [
        ("desk/nothing", StatusCode::NOT_FOUND),
        ("desk/mug?before=x", StatusCode::BAD_REQUEST),
        (&long(200), StatusCode::OK),
        (&long(201), StatusCode::BAD_REQUEST),
    ] {
        assert_eq!(get(&house, Role::Streamer, path).await.0, status, "{path}");
    }
    house.close().await;
}

#[tokio::test]
async fn a_shop_looks_a_code_up_without_a_list_of_all_and_nobody_below_it_reads_a_code() {
    let (house, mut desk) = with_deal(json!({"by": {"kind": "code"}, "limit": 2})).await;
    let mut ann = house.account("ann").await;
    claim(&mut ann, "blue").await.expect("a claim");
    let held = claim(&mut ann, "red").await.expect("a claim");
    let code = held["code"].as_str().expect("a code").to_owned();
    for path in ["claims?", "claims?activity=mug&"] {
        let lower = code.to_lowercase();
        let (status, found) = get(&house, Role::Shop, &format!("{path}code={lower}")).await;
        assert_eq!(status, StatusCode::OK, "{found}");
        assert_eq!(found["activity"], "mug");
        let rows = found["claims"].as_array().expect("rows");
        assert_eq!(rows.len(), 1);
        assert_eq!(
            (&rows[0]["claim"], &rows[0]["standing"]),
            (&held["claim"], &json!("reserved"))
        );
    }
    // Used: the shop sees that it was.
    from_shop(&house, settle(&held, "sold")).await;
    let (_, found) = get(&house, Role::Shop, &format!("claims?code={code}")).await;
    assert_eq!(found["claims"][0]["standing"], "sold");
    let (status, _) = get(&house, Role::Shop, "claims?code=AAAAAAAAAA").await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    let (status, _) = get(&house, Role::Shop, "claims").await;
    assert_eq!(status, StatusCode::BAD_REQUEST);

    let (status, _) = get(&house, Role::Streamer, &format!("claims?code={code}")).await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    for format in ["json", "csv"] {
        let path = format!("claims?activity=mug&format={format}");
        let (status, rows) = text(&house, Role::Streamer, &path).await;
        assert!(status.is_success() && rows.contains("sold"), "{rows}");
        assert!(!rows.contains(&code) && !rows.contains("code"), "{rows}");
        let (_, whole) = text(&house, Role::Shop, &path).await;
        assert!(whole.contains(&code), "{whole}");
    }

    // The code of a prize too.
    desk.must(json!({"type": "lottery.open", "activity": "cup", "title": "A cup", "prizes": [{"name": "A cup"}], "claim": {"kind": "code"}}))
        .await;
    assert!(ann.does("cup", json!({"type": "lottery.enter"})).await.ok);
    desk.must(json!({"type": "close", "activity": "cup"})).await;
    desk.must(json!({"type": "lottery.draw", "activity": "cup"}))
        .await;
    let win = json!({"type": "lottery.claim", "win": 0});
    assert!(ann.does("cup", win).await.ok);
    let prize = ann.seen.mine_of("cup")["wins"][0]["code"].clone();
    let path = format!("claims?code={}", prize.as_str().expect("a code"));
    let (_, found) = get(&house, Role::Shop, &path).await;
    assert_eq!(
        (&found["activity"], &found["wins"][0]["prize"]),
        (&json!("cup"), &json!("A cup"))
    );
    house.close().await;
}

#[tokio::test]
async fn what_only_the_page_said_of_an_order_is_exported_as_that() {
    let (house, _desk) = with_deal(json!({})).await;
    let mut ann = house.account("ann").await;
    let held = claim(&mut ann, "red").await.expect("a claim");
    let lie = json!({"type": "deal.order", "claim": held["claim"], "order":
        {"step": "taken", "order": "=1+1", "value": {"amount": "9999", "currency": "USD"}}});
    assert!(ann.does("mug", lie).await.ok);
    from_shop(&house, settle(&held, "sold")).await;
    let (_, rows) = get(&house, Role::Streamer, "claims?activity=mug").await;
    let row = &rows["claims"][0];
    assert_eq!(row["standing"], "sold");
    assert!(row["order"].is_null() && row["value"].is_null(), "{row}");
    assert_eq!(
        (&row["page"]["order"], &row["page"]["value"]["amount"]),
        (&json!("=1+1"), &json!("9999"))
    );
    let (_, table) = text(&house, Role::Streamer, "claims?activity=mug&format=csv").await;
    let mut lines = table.trim_start_matches('\u{feff}').lines();
    assert_eq!(
        lines.next(),
        Some(
            "claim,variant,quantity,standing,until,price,currency,order,value,value_currency,page_order,page_value,page_currency"
        )
    );
    let line = lines.next().expect("a row");
    assert!(
        table.starts_with('\u{feff}') && line.ends_with(",9.90,EUR,,,,'=1+1,9999,USD"),
        "{line}"
    );
    house.close().await;
}

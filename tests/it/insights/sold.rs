//! What was sold, to the last digit, and under whom; exports and chapters of a show.

use super::*;
use liveroom_tests::Client as Page;
use std::collections::BTreeSet;

pub(super) async fn open_mug(house: &House, more: &Value) -> Page {
    let mut desk = house.desk().await;
    let mut mug = json!({ "type": "deal.open", "activity": "mug", "title": "A mug", "sku": "m-1", "limit": 2,
        "price": { "amount": "9.90", "currency": "EUR" }, "variants": [{ "id": "red", "stock": 4 }] });
    for (name, value) in more.as_object().into_iter().flatten() {
        mug[name] = value.clone();
    }
    desk.must(mug).await;
    desk
}

/// Claims units, and gives the claim's name.
pub(super) async fn claim(page: &mut Page, quantity: u32) -> String {
    let claim = json!({ "type": "deal.claim", "variant": "red", "quantity": quantity });
    let answer = page.does("mug", claim).await;
    assert!(answer.ok, "{answer:?}");
    format!("c{}", answer.position.expect("it is in the log"))
}

pub(super) async fn settle(house: &House, claim: &str, outcome: &str) {
    let command = json!({ "type": "deal.settle", "activity": "mug", "claim": claim, "settle": { "outcome": outcome } });
    let request = Client::new().post(house.url("/v1/rooms/demo/commands"));
    let request = request.bearer_auth(house.token(Role::Shop, "shop"));
    let answer = request.json(&command).send().await;
    assert_eq!(answer.expect("it answers").status(), StatusCode::OK);
}

#[tokio::test]
async fn a_sale_is_of_whoever_was_on_air_when_it_was_claimed_and_goes_when_it_is_given_back() {
    let house = House::open().await;
    let mut desk = house.desk().await;
    desk.must(json!({ "type": "show.start", "title": "Evening", "on_air": ["lin"] }))
        .await;
    open_mug(&house, &json!({})).await;
    let (mut ann, mut bob) = (house.account("ann").await, house.account("bob").await);
    let of_ann = claim(&mut ann, 2).await;
    let of_bob = claim(&mut bob, 1).await;
    desk.must(json!({ "type": "show.on_air", "on_air": ["kim"] }))
        .await;
    for claim in [&of_ann, &of_bob] {
        settle(&house, claim, "sold").await;
        settle(&house, claim, "sold").await;
    }
    let sold = insights(&house, "?by=streamer").await;
    assert_eq!(*total(&sold, "orders"), 2);
    assert_eq!(*total(&sold, "units_sold"), 3);
    assert_eq!(*total(&sold, "order_value"), json!({ "EUR": "29.70" }));
    assert_eq!(
        row(&sold, "lin")["room"]["order_value"],
        json!({ "EUR": "29.70" })
    );
    let product = insights(&house, "?by=product").await;
    assert_eq!(row(&product, "m-1")["room"]["units_claimed"], 3);
    settle(&house, &of_bob, "returned").await;
    let house = house.restart().await;
    let kept = insights(&house, "").await;
    assert_eq!(*total(&kept, "orders"), 1);
    assert_eq!(*total(&kept, "order_value"), json!({ "EUR": "19.80" }));
    assert_eq!(kept["activities"][0]["left"], 2);
    assert_eq!(kept["activities"][0]["level"], "token");
    house.close().await;
}

#[tokio::test]
async fn viewers_are_noted_at_their_most_and_kept() {
    let house = House::open().await;
    let one = house.account("ann").await;
    let two = house.account("bob").await;
    drop((one, two));
    // Turned until it was noted: who notes it has a task of its own.
    let most = loop {
        house.turn(10_000);
        let all = insights(&house, "?from=0").await;
        if let Some(most) = all["coverage"]["viewers_most"]
            .as_u64()
            .filter(|most| *most > 1)
        {
            break most;
        }
    };
    assert_eq!(most, 2);
    let house = house.restart().await;
    assert_eq!(insights(&house, "").await["coverage"]["viewers_most"], 2);
    house.close().await;
}

/// Every figure that is in the file is in its dictionary.
fn all_in_dictionary(text: &str) {
    let written = text.lines().map(|line| line.split(',').collect::<Vec<_>>());
    let written: Vec<_> = written.filter(|cells| cells.len() > 5).collect();
    let known: BTreeSet<_> = written
        .iter()
        .filter(|cells| cells[0] == "dictionary")
        .flat_map(|cells| &cells[1..])
        .collect();
    for cells in &written {
        let figures = ["scope", "total", "row", "minute", "moment", "coverage"];
        if figures.contains(&cells[0]) {
            assert!(known.contains(&cells[4]), "{cells:?} is in the dictionary");
        }
    }
}

#[tokio::test]
async fn the_table_is_safe_to_open_in_a_spreadsheet_and_has_its_dictionary() {
    let house = House::open().await;
    open_mug(
        &house,
        &json!({ "title": "=1+1, \"tea\"", "about": { "brand": "@Harbour" } }),
    )
    .await;
    let mut pages = Reporter::new(&house);
    let mug = json!({ "activity": "mug", "widget": "deal" });
    for (session, kinds) in [
        ("a", &["seen", "acted", "outcome", "order"][..]),
        ("b", &["seen"]),
    ] {
        for kind in kinds {
            pages.report(session, &format!("live.deal.{kind}"), &mug);
        }
    }
    pages.send().await;
    let answer = ask(&house, Role::Owner, "export.csv?by=brand").await;
    assert_eq!(answer.headers()["content-type"], "text/csv; charset=utf-8");
    assert_eq!(answer.headers()["cache-control"], "no-store");
    let text = answer.text().await.expect("it is text");
    let mut lines = text
        .strip_prefix('\u{feff}')
        .expect("spreadsheets know it as UTF-8")
        .split("\r\n");
    assert_eq!(
        lines.next(),
        Some("table,key,label,at,figure,population,value,unit,definition,by")
    );
    assert!(
        text.contains("\r\nactivity,mug,\"'=1+1, \"\"tea\"\"\",,left,room,4,deal,,\r\n"),
        "{text}"
    );
    // It says by itself what it is of.
    for line in [
        "scope,,,,room,room,demo,room,,",
        "scope,,,,show,room,all,show,,",
        "scope,,,,from,room,2026-05-04T12:00:00.000Z,ISO 8601,,",
        "scope,,,,to,room,2026-05-04T12:01:00.000Z,ISO 8601,,",
        "scope,,,,made_at,room,2026-05-04T12:00:00.000Z,ISO 8601,,",
        "scope,,,,step,room,60000,milliseconds,,",
        "total,,,,conversion,reports,0.5000,rate,,",
        "total,,,,conversion_of,reports,2,count,,",
        "total,,,,conversion_low,reports,0.0945,rate,,",
        "row,'@Harbour,,,acted_high,reports,0.9055,rate,,brand",
    ] {
        let has = text.lines().any(|known| known == line);
        assert!(has, "{line} in {text}");
    }
    all_in_dictionary(&text);
    for figure in [
        "votes",
        "order_value",
        "seen",
        "watch_ms",
        "claimed_low",
        "ends",
    ] {
        let known =
            |line: &str| line.starts_with("dictionary,") && line.contains(&format!(",{figure},"));
        assert!(text.lines().any(known), "{figure} is in the dictionary");
    }
    let same: Value = ask(&house, Role::Owner, "export.json?by=brand")
        .await
        .json()
        .await
        .expect("it is JSON");
    let rows = same.as_array().map_or(0, Vec::len);
    assert_eq!(rows, text.trim_end().split("\r\n").count() - 1);
    house.close().await;
}

#[tokio::test]
async fn the_lively_moments_are_chapters_of_the_recording() {
    let house = House::open().await;
    let mut desk = house.desk().await;
    desk.must(json!({ "type": "show.start", "title": "Evening" }))
        .await;
    desk.must(tea_of("Harbour")).await;
    assert!(house.account("early").await.vote("tea", &["1"]).await.ok);
    house.turn(10 * MINUTE);
    for name in ["a", "b", "c", "d"] {
        assert!(house.account(name).await.vote("tea", &["1"]).await.ok);
    }
    house.turn(10 * MINUTE);
    assert!(house.account("late").await.vote("tea", &["1"]).await.ok);
    let answer = ask(&house, Role::Analyst, "moments.vtt").await;
    assert_eq!(answer.headers()["content-type"], "text/vtt; charset=utf-8");
    let text = answer.text().await.expect("it is text");
    assert_eq!(text, "WEBVTT\n\n1\n00:10:00.000 --> 00:11:00.000\nTea?\n");
    let csv = ask(&house, Role::Analyst, "export.csv").await;
    let csv = csv.text().await.expect("it is text");
    let began = NOON.0 + 10 * MINUTE;
    let ends = format!(
        "moment,tea,Tea?,{began},ends,room,{},milliseconds since 1970,,",
        began + MINUTE
    );
    assert!(csv.lines().any(|line| line == ends), "{csv}");
    assert!(csv.contains("\r\nscope,,Evening,,show,room,show-1,show,,\r\n"));
    let later = ask(
        &house,
        Role::Analyst,
        &format!("moments.vtt?start={}", NOON.0 - 1_500),
    )
    .await;
    assert!(
        later
            .text()
            .await
            .expect("it is text")
            .contains("00:10:01.500 --> 00:11:01.500")
    );
    house.close().await;
}

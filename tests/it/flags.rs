//! "Report this", over real sockets: each viewer counts once, and only the desk is told.

use liveroom_tests::House;
use serde_json::{Value, json};

#[tokio::test]
async fn what_viewers_report_is_told_to_the_desk_alone_and_each_of_them_counts_once() {
    let house = House::open().await;
    let mut desk = house.desk().await;
    let cards: [(&str, Value); 4] = [
        (
            "poll",
            json!({ "type": "poll.open", "question": "Tea?", "options": ["Green", "Black"] }),
        ),
        (
            "lottery",
            json!({ "type": "lottery.open", "title": "Win tea", "prizes": [{ "name": "Tea" }] }),
        ),
        ("qna", json!({ "type": "qna.open", "title": "Ask" })),
        (
            "deal",
            json!({ "type": "deal.open", "title": "Tea", "sku": "t", "price": { "amount": "1.00", "currency": "EUR" }, "variants": [{ "stock": 5 }] }),
        ),
    ];
    let (mut anna, mut ben) = (house.account("anna").await, house.account("ben").await);
    for (widget, mut command) in cards {
        command["activity"] = json!(widget);
        desk.must(command).await;
        let flag = |why: &str| json!({ "type": "flag", "widget": widget, "why": why });
        assert!(anna.does(widget, flag("misleading")).await.ok);
        assert!(anna.does(widget, flag("other")).await.ok);
        assert!(ben.does(widget, flag("illegal")).await.ok);
        desk.until("two reporters", |seen| seen.flags(widget) == 2)
            .await;
        assert_eq!((anna.seen.flags(widget), ben.seen.flags(widget)), (0, 0));
    }
}

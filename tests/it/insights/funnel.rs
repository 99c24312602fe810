//! How far browsers got towards an order: of deals alone, whatever else they were accepted in.

use super::*;

#[tokio::test]
async fn who_votes_is_no_nearer_to_an_order_for_it() {
    let house = House::open().await;
    let mut pages = Reporter::new(&house);
    let of = |widget: &str| json!({ "activity": format!("the-{widget}"), "widget": widget });
    // Ten see both, and vote; four of them act in the deal, two claim, one orders.
    for number in 0..10 {
        let session = format!("s{number}");
        for kind in ["seen", "acted", "outcome"] {
            pages.report(&session, &format!("live.poll.{kind}"), &of("poll"));
        }
        let far = match number {
            0 => 4,
            1 => 3,
            2 | 3 => 2,
            _ => 1,
        };
        for kind in ["seen", "acted", "outcome", "order"].into_iter().take(far) {
            pages.report(&session, &format!("live.deal.{kind}"), &of("deal"));
        }
    }
    // An order of a poll is none.
    pages.report("s9", "live.poll.order", &of("poll"));
    pages.send().await;
    let all = insights(&house, "").await;
    let funnel = &all["funnel"];
    let rate = |step: &str| (funnel[step]["count"].clone(), funnel[step]["of"].clone());
    for (step, count, of) in [
        ("acted", 10, 10),
        ("outcome", 10, 10),
        ("claimed", 2, 4),
        ("ordered", 1, 2),
        ("conversion", 1, 10),
    ] {
        assert_eq!(rate(step), (json!(count), json!(of)), "{step}");
    }
    assert_eq!(funnel["deal_seen"], 10);
    // Wilson's interval of 1 of 10.
    let [low, high] = ["low", "high"].map(|end| funnel["conversion"][end].as_f64());
    let near = |value: Option<f64>, of: f64| value.is_some_and(|value| (value - of).abs() < 1e-4);
    assert!(near(low, 0.0179) && near(high, 0.4042), "{funnel}");
    for (figure, value) in [("deal_seen", 10), ("claimed", 2), ("ordered", 1)] {
        assert_eq!(*total(&all, figure), value, "{figure}");
    }
    house.close().await;
}

//! What an activity is about, and the campaign, in reports.

use super::*;
use crate::report::compose::named;

#[test]
fn a_report_of_an_activity_names_what_its_card_is_about_and_every_report_the_campaign() {
    let (mut reporter, shell) = reporter(Consent::Granted);
    let about: liveroom_protocol::about::About = serde_json::from_value(json!({
        "products": ["tea-1"], "brand": "Har\"bour", "tags": ["hot", "drink"], "ad": "Ad"}))
    .expect("it is one");
    reporter.card(&poll().activity, &named((&about, Some("pot-1"))));
    reporter.setup(Setup {
        campaign: Some(r#"{"utm_source":"letter"}"#.into()),
        ..reporter.setup.clone()
    });
    reporter.acted(&poll(), "vote", &at(1));
    reporter.room("arrived", r#""referral":"abc""#, &at(2));
    let told = shell.told();
    let (acted, arrived) = (&told[0].1, &told[1].1);
    assert_eq!(acted["products"], json!(["tea-1", "pot-1"]));
    assert_eq!(
        (&acted["brand"], &acted["tags"]),
        (&json!("Har\"bour"), &json!(["hot", "drink"]))
    );
    assert_eq!(acted["campaign"], json!({ "utm_source": "letter" }));
    assert_eq!(told[1].0, "live.room.arrived");
    assert_eq!(
        (&arrived["referral"], &arrived["campaign"]["utm_source"]),
        (&json!("abc"), &json!("letter"))
    );
    assert_eq!(arrived.get("brand"), None);
    reporter.card(&poll().activity, &named((&Default::default(), None)));
    reporter.acted(&poll(), "vote", &at(3));
    assert_eq!(shell.told()[0].1.get("products"), None, "its card changed");
}

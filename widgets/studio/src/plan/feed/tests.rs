//! Tables as shops write them, and what is wrong with some.

use super::{deals, rows};
use crate::form::Form;
use liveroom_protocol::Command;

#[test]
fn a_table_is_read_whatever_stands_between_its_columns() {
    let form = Form::default();
    let cases = [
        "title,sku,price,currency,stock\nTeapot,T,29.90,EUR,5\n",
        "\u{feff}Title;SKU;Price;Currency;Stock\r\nTeapot;T;29,90;EUR;5\r\n",
        "id\ttitle\tprice\tquantity\nT\tTeapot\t29.90 EUR\t5",
        "name,id,regular price,sale_price,inventory\n\"Teapot\",T,\"39.90 EUR\",\"EUR 29.90\",5",
    ];
    for text in cases {
        let cues = deals(text, &form, "").unwrap_or_else(|why| panic!("{text}: {why}"));
        let Command::DealPrepare(deal) = &cues[0].draft else {
            panic!("a deal")
        };
        assert_eq!(
            (deal.title.as_str(), deal.sku.as_str()),
            ("Teapot", "T"),
            "{text}"
        );
        assert_eq!(deal.price.amount.as_str(), "29.90", "{text}");
        assert_eq!(deal.variants[0].stock, 5, "{text}");
    }
    let two = "title,sku,price,currency,stock,variant\nCoat,C,1,EUR,5,M\nCoat,C,1,EUR,6,\"L, \"\"tall\"\"\"\n";
    let Command::DealPrepare(deal) = &deals(two, &form, "").unwrap()[0].draft else {
        panic!("a deal")
    };
    assert_eq!(
        deal.variants[1].name.as_ref().unwrap().as_str(),
        "L, \"tall\""
    );
}

#[test]
fn what_is_wrong_with_a_table_is_said_by_its_line() {
    let form = Form::default();
    for (text, says) in [
        ("", "empty"),
        ("a,b\n1,2", "“title”"),
        ("title,sku,price,currency\nPot,P,cheap,EUR", "Line 2"),
        (
            "title,sku,price,currency\nPot,P,1,EUR\n\n\"Pan\nlong\",Q,,EUR",
            "Line 4",
        ),
        (
            "title,sku,price,currency\n\"Pot,P,1,EUR",
            "Line 2: a quotation mark",
        ),
        (
            "title,sku,price,currency\n\"Pot\"x,P,1,EUR",
            "closing quotation mark",
        ),
    ] {
        let why = deals(text, &form, "1").unwrap_err();
        assert!(why.contains(says), "{text:?}: {why}");
    }
    assert!(rows(&"x\n".repeat(10_002)).is_err());
}

#[test]
fn a_feed_of_xml_is_read_like_a_table() {
    let rss = r#"<?xml version="1.0"?>
<rss xmlns:g="http://base.google.com/ns/1.0" version="2.0"><channel><title>A shop</title>
<item><g:id>T-1</g:id><g:title><![CDATA[Teapot & lid]]></g:title><g:price>39.90 EUR</g:price><g:sale_price>29.90 EUR</g:sale_price>
  <g:shipping><g:price>4.90 EUR</g:price></g:shipping><g:quantity>5</g:quantity></item>
<item><g:id>C-M</g:id><g:item_group_id>C</g:item_group_id><title>Coat</title><g:size>M</g:size><g:price>9 EUR</g:price><g:sale_price>8 EUR</g:sale_price></item>
<item><g:id>C-L</g:id><g:item_group_id>C</g:item_group_id><title>Coat</title><g:size>L</g:size><g:price>9 EUR</g:price><g:sale_price>8 EUR</g:sale_price></item>
</channel></rss>"#;
    let atom = rss
        .replace("<item>", "<entry>")
        .replace("</item>", "</entry>");
    for text in [rss.to_owned(), atom, format!("\u{feff}\n{}", &rss[22..])] {
        let cues =
            deals(&text, &Form::default(), "3").unwrap_or_else(|why| panic!("{text}: {why}"));
        let found: Vec<_> = cues
            .iter()
            .map(|cue| match &cue.draft {
                Command::DealPrepare(deal) => deal,
                other => panic!("{other:?}"),
            })
            .map(|deal| {
                let names = deal.variants.iter().filter_map(|one| one.name.as_ref());
                (
                    deal.title.as_str(),
                    deal.price.amount.as_str(),
                    names.map(|name| name.as_str()).collect::<Vec<_>>(),
                )
            })
            .collect();
        assert_eq!(
            found,
            [
                ("Teapot & lid", "29.90", vec![]),
                ("Coat", "8", vec!["M", "L"])
            ]
        );
    }
}

#[test]
fn what_is_wrong_with_a_feed_is_said() {
    let bomb = r#"<!DOCTYPE b [<!ENTITY a "x"><!ENTITY b "&a;&a;&a;&a;">]><rss><item><id>&b;</id></item></rss>"#;
    let deep = "<a>".repeat(100_000);
    for (text, says) in [
        ("<rss><item></rss>", "no XML that can be read"),
        (bomb, "no XML that can be read"),
        (deep.as_str(), "no XML that can be read"),
        ("<rss><channel/></rss>", "has no items"),
        ("<rss><item><id>T</id></item></rss>", "name no “title”"),
        (
            "\u{feff}<rss><item><id>T</id></item></rss>",
            "The items of the feed name no",
        ),
        (
            "<rss>\n<item><id>T</id><title>Tea</title><price>cheap</price></item></rss>",
            "Line 2: ",
        ),
    ] {
        let why = deals(text, &Form::default(), "1").unwrap_err();
        assert!(why.contains(says), "{why}");
    }
}

#[test]
fn what_names_no_units_is_counted_and_has_as_many_as_are_said() {
    let table = "title,sku,price,currency,stock\nPot,P,1,EUR,5\nCup,C,1,EUR,\nJug,J,1,EUR, \nJug,J,1,EUR,2\n";
    let why = deals(table, &Form::default(), " ").unwrap_err();
    assert!(why.starts_with("2 of 3 products"), "{why}");
    let stocks = |table: &str, units: &str| -> Vec<u32> {
        let table = table
            .replace("stock\n", "stock,variant\n")
            .replace("Jug,J,1,EUR, \n", "Jug,J,1,EUR,,S\n");
        let table = table.replace("Jug,J,1,EUR,2\n", "Jug,J,1,EUR,2,L\n");
        let cues = deals(&table, &Form::default(), units).unwrap_or_else(|why| panic!("{why}"));
        let of = |command: &Command| match command {
            Command::DealPrepare(deal) => deal.variants.iter().map(|one| one.stock).collect(),
            _ => Vec::new(),
        };
        cues.iter().flat_map(|cue| of(&cue.draft)).collect()
    };
    assert_eq!(stocks(table, " 40 "), [5, 40, 40, 2]);
    let why = deals(table, &Form::default(), "many").unwrap_err();
    assert!(why.starts_with("Line 3: "), "{why}");
}

#[test]
fn what_is_typed_of_a_deal_is_meant_for_those_of_a_table_and_another_widgets_label_is_not() {
    use liveroom_protocol::Widget;
    let table = "title,sku,price,currency,stock\nPot,P,1,EUR,5\n";
    let ad = |widget| {
        let form = Form {
            widget,
            ad: "Ad".into(),
            products: "OLD".into(),
            ..Form::default()
        };
        match &deals(table, &form, "").unwrap()[0].draft {
            Command::DealPrepare(deal) => deal.about.clone(),
            other => panic!("{other:?}"),
        }
    };
    let label = ad(Widget::Deal);
    assert!(label.ad.is_some() && label.products.is_empty());
    assert!(ad(Widget::Poll).is_nothing());
}

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
        let cues = deals(text, &form).unwrap_or_else(|why| panic!("{text}: {why}"));
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
    let Command::DealPrepare(deal) = &deals(two, &form).unwrap()[0].draft else {
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
        let why = deals(text, &form).unwrap_err();
        assert!(why.contains(says), "{text:?}: {why}");
    }
    assert!(rows(&"x\n".repeat(10_002)).is_err());
}

//! The reader agrees with serde_json on what is JSON, and on what it says.

use super::{Json, quoted};
use serde_json::Value;

fn same(ours: &Json, theirs: &Value) -> bool {
    match (ours, theirs) {
        (Json::Null, Value::Null) => true,
        (Json::Flag(a), Value::Bool(b)) => a == b,
        (Json::Number(a), Value::Number(b)) => {
            let b = b.as_f64().expect("it is a float");
            (a - b).abs() <= b.abs() * 1e-12
        }
        (Json::Text(a), Value::String(b)) => a == b,
        (Json::List(a), Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
        }
        (Json::Object(a), Value::Object(b)) => {
            a.iter().all(|(name, value)| same(value, &b[&**name]))
        }
        _ => false,
    }
}

#[test]
fn what_is_json_is_read_as_it_is() {
    for text in [
        "null",
        " true ",
        "false",
        "0",
        "-0",
        "1767225600000",
        "-12.5",
        "1e3",
        "2.5E-2",
        "1e-400",
        "9007199254740991",
        r#""""#,
        r#""a\"b\\c\/d\b\f\n\r\t""#,
        r#""\u0041\u00e9\u65e5\ud83d\ude00""#,
        "\"日本😀\u{7f}\"",
        "[]",
        "[1, [2, {}], \"x\"]",
        r#"{"a": 1, "b": {"c": [null]}, "": ""}"#,
        "\t{\"a\"\n:\r1}",
    ] {
        let ours = Json::parse(text).unwrap_or_else(|at| panic!("{text}: {at:?}"));
        let theirs: Value = serde_json::from_str(text).expect("it is JSON");
        assert!(same(&ours, &theirs), "{text}: {ours:?}");
    }
}

#[test]
fn what_is_not_json_is_refused() {
    for text in [
        "",
        " ",
        "nul",
        "tru",
        "+1",
        "01",
        "1.",
        ".5",
        "1e",
        "-",
        "NaN",
        "1e999",
        "\"",
        "\"\n\"",
        "\"\\x\"",
        "\"\\u12\"",
        "\"\\ud800\"",
        "\"\\ud800\\u0041\"",
        "\"\\udc00\"",
        "[1,]",
        "[1 2]",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{a:1}",
        "[",
        "{",
        "1 2",
        "\u{feff}1",
        "'a'",
    ] {
        assert!(serde_json::from_str::<Value>(text).is_err(), "{text}");
        assert!(Json::parse(text).is_err(), "{text}");
    }
}

#[test]
fn what_is_too_deep_is_refused() {
    let deep = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
    assert!(Json::parse(&deep(32)).is_ok());
    assert!(Json::parse(&deep(33)).is_err());
    assert!(Json::parse(&deep(100_000)).is_err());
}

#[test]
fn a_field_that_is_null_is_as_good_as_none() {
    let json =
        Json::parse(r#"{"a":null,"b":2,"c":true,"d":[1],"e":-1,"f":0.5}"#).expect("it is JSON");
    assert_eq!(json.get("a"), None);
    assert_eq!(json.get("b").and_then(Json::whole), Some(2));
    assert_eq!(json.get("c").and_then(Json::flag), Some(true));
    assert_eq!(json.get("d").and_then(Json::list).map(<[_]>::len), Some(1));
    assert_eq!(json.get("e").and_then(Json::whole), None);
    assert_eq!(json.get("f").and_then(Json::whole), None);
    assert_eq!(json.get("f").and_then(Json::number), Some(0.5));
    assert_eq!(Json::Null.get("a"), None);
}

#[test]
fn a_text_is_written_so_that_it_reads_the_same() {
    for text in ["", "a\"b\\", "\u{0}\n\u{1f}", "</script>\u{2028}日本😀"] {
        let read: String = serde_json::from_str(&quoted(text)).expect("it is JSON");
        assert_eq!(read, text);
    }
}

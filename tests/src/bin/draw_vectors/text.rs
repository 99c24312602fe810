//! Spoils the text of a proof and of its terms.

use liveroom_protocol::lottery::Proof;
use serde_json::{Value, json};

/// A name, the word for what is wrong, and the text.
type Spoilt = (String, &'static str, String);

/// Texts that are no proof, and proofs whose terms are none.
pub(crate) fn proofs(honest: &Proof) -> Result<Vec<Spoilt>, serde_json::Error> {
    let whole = serde_json::to_string(honest)?;
    let value = serde_json::to_value(honest)?;
    let mut all = Vec::new();
    malformed(&mut all, &whole, &value);
    terms_form(&mut all, &value, &honest.terms);
    terms(&mut all, &value, serde_json::from_str(&honest.terms)?);
    Ok(all)
}

fn malformed(all: &mut Vec<Spoilt>, whole: &str, value: &Value) {
    let mut text = |name: &str, json: String| all.push((name.to_owned(), "malformed", json));
    text("nothing", String::new());
    text("no JSON", "{".to_owned());
    text("a list", "[]".to_owned());
    text("an empty object", "{}".to_owned());
    text("cut off", whole[..whole.len() / 2].to_owned());
    text("something after it", format!("{whole} x"));
    text(
        "a member twice",
        whole.replacen('{', "{\"algorithm\":\"liveroom-draw-1\",", 1),
    );
    text(
        "a member of a winner twice",
        whole.replacen("\"prize\":", "\"prize\":0,\"prize\":", 1),
    );
    text(
        "no number that JSON knows",
        whole.replacen("\"prize\":0", "\"prize\":NaN", 1),
    );
    text(
        "a number with a fraction",
        whole.replacen("\"prize\":0", "\"prize\":0.0", 1),
    );
    text(
        "a number with an exponent",
        whole.replacen("\"prize\":0", "\"prize\":0e0", 1),
    );
    text(
        "minus zero",
        whole.replacen("\"prize\":0", "\"prize\":-0", 1),
    );
    text(
        "half a character",
        whole.replacen("\"forfeited\":\"", "\"forfeited\":\"\\ud800", 1),
    );
    for (at, with) in [
        ("/algorithm", json!(1)),
        ("/terms", json!({})),
        ("/commitment", json!("00")),
        ("/commitment", json!("A".repeat(64))),
        ("/commitment", json!(null)),
        ("/closed", json!({})),
        ("/closed", json!([])),
        ("/closed", json!([1, 0, 0, "0".repeat(64), []])),
        ("/closed/at", json!(-1)),
        ("/closed/at", json!(1.5)),
        ("/closed/entrants", json!(4_294_967_296_u64)),
        ("/closed/tickets", json!("12")),
        ("/closed/root", json!(true)),
        ("/closed/roll", json!("")),
        ("/closed/roll/0", json!("00")),
        ("/closed/roll/0", json!(null)),
        ("/drawn", json!(true)),
        ("/drawn", json!(["0".repeat(64), null, []])),
        ("/drawn/seed", json!("x".repeat(64))),
        ("/drawn/signature", json!("0")),
        ("/drawn/winners", json!(null)),
        ("/drawn/winners", json!({})),
        ("/drawn/winners/0", json!([0, "0".repeat(32), 0])),
        ("/drawn/winners/0/prize", json!(-1)),
        ("/drawn/winners/0/entrant", json!("0".repeat(31))),
        ("/drawn/winners/0/word", json!(false)),
        ("/drawn/winners/0/forfeited", json!(3)),
        ("/drawn/winners/0/instead_of", json!("0")),
        ("/cancelled", json!(false)),
    ] {
        let mut spoilt = value.clone();
        set(&mut spoilt, at, with.clone());
        text(&format!("{at} is {with}"), spoilt.to_string());
    }
}

fn set(value: &mut Value, at: &str, with: Value) {
    let (parent, name) = at.rsplit_once('/').expect("a pointer");
    match value.pointer_mut(parent) {
        Some(Value::Object(members)) => drop(members.insert(name.to_owned(), with)),
        Some(Value::Array(items)) => items[name.parse::<usize>().expect("a place")] = with,
        _ => unreachable!("the honest proof has {parent}"),
    }
}

fn terms_form(all: &mut Vec<Spoilt>, proof: &Value, honest: &str) {
    let more = |json: &str| honest.replacen('{', &format!("{{{json},"), 1);
    for (name, text) in [
        ("no JSON", "terms".to_owned()),
        ("a list", "[]".to_owned()),
        ("a space", honest.replacen(':', ": ", 1)),
        ("a line at the end", format!("{honest}\n")),
        ("a name twice", more("\"activity\":\"x\"")),
        ("a name out of order", more("\"z\":1")),
        ("a name of capitals", more("\"A\":1")),
        ("an empty name", more("\"\":1")),
        (
            "a name too long",
            more(&format!("\"{}\":1", "a".repeat(65))),
        ),
        ("a fraction", more("\"a\":1.5")),
        ("a fraction of nothing", more("\"a\":1.0")),
        ("an exponent", more("\"a\":1e3")),
        ("minus zero", more("\"a\":-0")),
        ("a number too large", more("\"a\":9007199254740992")),
        ("a number too small", more("\"a\":-9007199254740992")),
        (
            "a number beyond all",
            more(&format!("\"a\":{}", "9".repeat(40))),
        ),
        ("an escape that is not needed", more("\"a\":\"\\u0041\"")),
        ("an escape in capitals", more("\"a\":\"\\u001F\"")),
        ("a long escape", more("\"a\":\"\\u000a\"")),
        ("half a character", more("\"a\":\"\\ud800\"")),
        ("a slash escaped", more("\"a\":\"\\/\"")),
        (
            "too deep",
            more(&format!("\"a\":{}{}", "[".repeat(16), "]".repeat(16))),
        ),
        (
            "too long",
            more(&format!("\"a\":\"{}\"", "a".repeat(65_536))),
        ),
    ] {
        let mut spoilt = proof.clone();
        spoilt["terms"] = json!(text);
        all.push((format!("terms: {name}"), "terms_form", spoilt.to_string()));
    }
}

fn terms(all: &mut Vec<Spoilt>, proof: &Value, honest: Value) {
    for (at, with) in [
        ("/algorithm", json!("liveroom-draw-0")),
        ("/algorithm", json!(null)),
        ("/room", json!(1)),
        ("/activity", json!(null)),
        ("/run", json!(-1)),
        ("/run", json!(4_294_967_296_u64)),
        ("/prizes", json!([])),
        ("/prizes", json!({})),
        ("/prizes", json!([{"name": "x"}])),
        ("/prizes", json!([{"count": 1}])),
        ("/prizes", json!([["x", 1]])),
        ("/prizes", json!([{"name": "x", "count": 0}])),
        (
            "/prizes",
            json!([{"name": "x", "count": 1}, {"name": "x", "count": 0}]),
        ),
        ("/prizes", json!([{"name": "x", "count": 1_001}])),
        (
            "/prizes",
            json!([{"name": "x", "count": 4_294_967_295_u64}, {"name": "x", "count": 2}]),
        ),
        ("/prizes", json!([{"name": "x", "count": true}])),
        ("/tickets", json!(1)),
        ("/tickets", json!([1, []])),
        ("/tickets", json!({"each": 0, "tiers": []})),
        ("/tickets", json!({"each": 1})),
        ("/tickets", json!({"tiers": []})),
        ("/tickets", json!({"each": 1, "tiers": [{"tier": "gold"}]})),
        (
            "/tickets",
            json!({"each": 1, "tiers": [{"tier": "gold", "tickets": 0}]}),
        ),
        ("/tickets", json!({"each": 1, "tiers": [["gold", 2]]})),
        ("/exclusions", json!(null)),
        ("/exclusions", json!([1])),
        ("/exclusions", json!(vec!["x"; 256])),
        ("/round", json!(7)),
        ("/round", json!([liveroom_rules::draw::QUICKNET, 7])),
        ("/round", json!({"chain": liveroom_rules::draw::QUICKNET})),
        (
            "/round",
            json!({"chain": liveroom_rules::draw::QUICKNET, "number": 0}),
        ),
        ("/round", json!({"chain": "0", "number": 1})),
    ] {
        let mut spoilt = honest.clone();
        set(&mut spoilt, at, with.clone());
        let mut whole = proof.clone();
        // A value's own text is canonical where its names are plain and its numbers whole.
        whole["terms"] = json!(spoilt.to_string());
        all.push((format!("terms: {at} is {with}"), "terms", whole.to_string()));
    }
}

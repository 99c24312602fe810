//! Each table that is exported has its dictionary: the same columns in the same order, and what each holds.

use liveroom_protocol::identity::Role;
use liveroom_protocol::schema;
use liveroom_tests::House;
use reqwest::StatusCode;
use serde_json::{Value, json};

async fn table(house: &House, path: &str, role: Role, format: &str) -> Vec<Vec<String>> {
    let mark = if path.contains('?') { '&' } else { '?' };
    let request = reqwest::Client::new()
        .get(house.url(&format!("/v1/rooms/demo/{path}{mark}format={format}")))
        .bearer_auth(house.token(role, "x"));
    let answer = request.send().await.expect("an answer");
    assert_eq!(answer.status(), StatusCode::OK, "{path} as {format}");
    assert_eq!(answer.headers()["content-type"], "text/csv; charset=utf-8");
    let text = answer.text().await.expect("a text");
    let text = text.strip_prefix('\u{feff}').expect("the mark of UTF-8");
    // No cell of these has a quote or a line's end in it.
    let cells = |line: &str| {
        line.splitn(if format == "csv" { usize::MAX } else { 2 }, ',')
            .map(|cell| cell.trim_matches('"').to_owned())
            .collect()
    };
    text.lines().map(cells).collect()
}

/// The words of a closed list, as the schema of the messages has them.
fn words(definition: &str) -> Vec<String> {
    let schema: Value = serde_json::from_str(&schema::json()).expect("a schema");
    let mut found = Vec::new();
    for one in schema["$defs"][definition]["oneOf"]
        .as_array()
        .into_iter()
        .flatten()
    {
        found.extend(one["const"].as_str().map(str::to_owned));
    }
    assert!(
        found.len() > 2,
        "{definition}: {}",
        schema["$defs"][definition]
    );
    found
}

#[tokio::test]
async fn each_column_of_each_table_is_in_its_dictionary() {
    let house = House::open().await;
    let mut desk = house.desk().await;
    for command in [
        json!({"type": "qna.open", "activity": "ask", "title": "Ask"}),
        json!({"type": "poll.open", "activity": "how", "question": "How?", "options": ["Good", "Bad"], "comment": "What else?"}),
        json!({"type": "lottery.open", "activity": "pot", "title": "Teapots", "prizes": [{"name": "Teapot", "count": 1}],
            "claim": {"kind": "form", "fields": [{"label": "Street"}, {"label": "Town"}]}}),
        json!({"type": "deal.open", "activity": "mug", "title": "Mug", "sku": "M",
            "price": {"amount": "9.00", "currency": "EUR"}, "variants": [{"stock": 3}]}),
    ] {
        desk.must(command).await;
    }
    for (path, role, standings) in [
        (
            "questions?activity=ask",
            Role::Moderator,
            words("QuestionStanding"),
        ),
        ("comments?activity=how", Role::Moderator, Vec::new()),
        ("claims?activity=pot", Role::Shop, words("WinStanding")),
        ("claims?activity=pot", Role::Operator, words("WinStanding")),
        ("claims?activity=mug", Role::Shop, words("ClaimStanding")),
        (
            "claims?activity=mug",
            Role::Operator,
            words("ClaimStanding"),
        ),
        ("audit", Role::Owner, Vec::new()),
    ] {
        let columns = table(&house, path, role, "csv").await;
        let dictionary = table(&house, path, role, "dictionary").await;
        assert_eq!(dictionary[0], ["column", "means"]);
        let named: Vec<&String> = dictionary[1..].iter().map(|row| &row[0]).collect();
        assert_eq!(named, columns[0].iter().collect::<Vec<_>>(), "{path}");
        for row in &dictionary[1..] {
            assert!(row[1].ends_with('.'), "{path}: {row:?}");
            for word in standings.iter().filter(|_| row[0] == "standing") {
                assert!(row[1].contains(&format!("`{word}`")), "{path}: {word}");
            }
        }
        let coded = named
            .iter()
            .any(|name| *name == "code" || *name == "Street");
        assert_eq!(coded, path.starts_with("claims") && role == Role::Shop);
    }
    house.close().await;
}

//! Who may do what: every role against every command and every route of a room, over real HTTP, and as the documents print it.

use liveroom_protocol::Command;
use liveroom_protocol::identity::Role;
use liveroom_rules::permit;
use liveroom_tests::House;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;

mod audit;
mod invitations;
mod keys;
mod refused;

/// In the order of the documents.
const ROLES: [Role; 9] = [
    Role::Owner,
    Role::Streamer,
    Role::Operator,
    Role::Moderator,
    Role::Shop,
    Role::Analyst,
    Role::Partner,
    Role::Relay,
    Role::Viewer,
];

/// A route of a room, and who is let in.
struct Route {
    method: &'static str,
    path: &'static str,
    may: fn(Role) -> bool,
}

const fn route(method: &'static str, path: &'static str, may: fn(Role) -> bool) -> Route {
    Route { method, path, may }
}

/// Every route of a room.
const ROUTES: [Route; 31] = [
    route("GET", "", |_| true),
    route("PUT", "", permit::may_own),
    route("GET", "/socket", |_| true),
    route("POST", "/messages", |_| true),
    route("POST", "/commands", permit::may_order),
    route("POST", "/check", permit::may_order),
    route("GET", "/audit", permit::may_read_figures),
    route("GET", "/keys", permit::may_own),
    route("GET", "/erasures", permit::may_own),
    route("GET", "/insights", figures),
    route("GET", "/export.csv", figures),
    route("GET", "/export.json", figures),
    route("GET", "/moments.vtt", figures),
    route("GET", "/draws/tea", |_| true),
    route("GET", "/ticket-key", permit::may_read_forms),
    route("GET", "/claims?activity=tea", permit::may_read_claims),
    route("GET", "/desk/tea", permit::may_see_desk),
    route("GET", "/questions?activity=tea", permit::may_see_desk),
    route("GET", "/comments?activity=tea", permit::may_see_desk),
    route("GET", "/alerts", permit::may_see_desk),
    route("PUT", "/alerts", permit::may_set_alerts),
    route("GET", "/run", permit::may_see_desk),
    route("PUT", "/run", permit::may_plan),
    route("POST", "/run", permit::may_plan),
    route("POST", "/acts", permit::may_relay),
    route("GET", "/events", permit::may_read_events),
    route("GET", "/hooks", permit::may_set_hooks),
    route("GET", "/hooks/shop", permit::may_set_hooks),
    route("PUT", "/hooks/shop", permit::may_set_hooks),
    route("DELETE", "/hooks/shop", permit::may_set_hooks),
    route("POST", "/hooks/shop/test", permit::may_set_hooks),
];

/// A partner reads the figures of its brand, which its token here does not name.
fn figures(role: Role) -> bool {
    permit::figures(role, None).is_ok()
}

fn commands() -> Vec<(String, Value)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("wire");
    let mut all: Vec<(String, Value)> = fs::read_dir(folder)
        .expect("the golden files are there")
        .map(|entry| entry.expect("a file").path())
        .filter(|path| {
            let name = path.file_name().and_then(|name| name.to_str());
            name.is_some_and(|name| name.starts_with("command."))
        })
        .map(|path| {
            let text = fs::read_to_string(&path).expect("it can be read");
            let command: Value = serde_json::from_str(&text).expect("it is JSON");
            let kind = command["type"].as_str().expect("a type").to_owned();
            (kind, command)
        })
        .collect();
    all.sort_by(|one, other| one.0.cmp(&other.0));
    all.dedup_by(|one, other| one.0 == other.0);
    all
}

fn read(command: &Value) -> Command {
    serde_json::from_value(command.clone()).expect("a golden command")
}

#[tokio::test]
async fn every_role_gives_the_commands_that_the_table_says_and_no_others() {
    let house = House::open().await;
    let mut all = commands();
    // It ends the room.
    let last = all.iter().position(|(kind, _)| kind == "room.seal");
    let seal = all.remove(last.expect("there is one"));
    all.push(seal);
    let mut asked = 0;
    for (kind, command) in all {
        for role in ROLES.into_iter().rev() {
            let token = house.token(role, &format!("{kind}-{}", role.word()));
            let answer = reqwest::Client::new()
                .post(house.url("/v1/rooms/demo/commands"))
                .bearer_auth(token)
                .json(&command)
                .send()
                .await
                .expect("the server answers");
            let forbidden = answer.status() == StatusCode::FORBIDDEN;
            let may = permit::may(role, &read(&command));
            assert_eq!(forbidden, !may, "{kind} by {role:?}: {}", answer.status());
            asked += 1;
        }
    }
    println!("roles: {asked} commands by {} roles", ROLES.len());
    house.close().await;
}

#[tokio::test]
async fn every_role_is_let_in_where_the_table_says_and_nowhere_else() {
    let house = House::open().await;
    house.open_tea().await;
    for Route { method, path, may } in ROUTES {
        for role in ROLES {
            let method: Method = method.parse().expect("a method");
            let answer = reqwest::Client::new()
                .request(method.clone(), house.url(&format!("/v1/rooms/demo{path}")))
                .bearer_auth(house.token(role, "somebody"))
                .json(&json!({}))
                .send()
                .await
                .expect("the server answers");
            let status = answer.status();
            assert_ne!(status, StatusCode::UNAUTHORIZED, "{method} {path} {role:?}");
            assert_ne!(status, StatusCode::METHOD_NOT_ALLOWED, "{method} {path}");
            let forbidden = status == StatusCode::FORBIDDEN;
            assert_eq!(forbidden, !may(role), "{method} {path} {role:?}: {status}");
        }
        // Without a token: as a viewer, or not at all.
        let answer = reqwest::Client::new()
            .request(
                method.parse().expect("a method"),
                house.url(&format!("/v1/rooms/demo{path}")),
            )
            .json(&json!({}))
            .send()
            .await
            .expect("the server answers");
        let needs = answer.status() == StatusCode::UNAUTHORIZED;
        assert_eq!(
            needs,
            !may(Role::Viewer),
            "{method} {path}: {}",
            answer.status()
        );
    }
    house.close().await;
}

#[test]
fn a_machine_may_be_allowed_exactly_what_an_operator_may_order() {
    for (kind, command) in commands() {
        // A second person is a person.
        let may = permit::may(Role::Operator, &read(&command)) && kind != "approve";
        assert_eq!(permit::AUTOMATED.contains(&kind.as_str()), may, "{kind}");
    }
}

#[test]
fn the_documents_print_the_tables_as_they_are() {
    let head = |what: &str| {
        let roles = ROLES.map(Role::word).join(" | ");
        format!(
            "| {what} | {roles} |\n|---|{}\n",
            ":-:|".repeat(ROLES.len())
        )
    };
    let row = |what: &str, may: &dyn Fn(Role) -> bool| {
        let marks = ROLES.map(|role| if may(role) { "yes" } else { "" });
        format!("| `{what}` | {} |\n", marks.join(" | "))
    };
    let mut orders = head("command");
    for (kind, command) in commands() {
        orders += &row(&kind, &|role| permit::may(role, &read(&command)));
    }
    let mut routes = head("route");
    for Route { method, path, may } in ROUTES {
        let bare = path
            .split('?')
            .next()
            .unwrap_or_default()
            .replace("tea", "{activity}")
            .replace("/shop", "/{hook}");
        routes += &row(&format!("{method} …{bare}"), &may);
    }
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../demo/ROLES.md");
    let text = fs::read_to_string(file).expect("the document is there");
    for table in [orders, routes] {
        assert!(
            text.contains(&table),
            "demo/ROLES.md lacks this table:\n{table}"
        );
    }
}

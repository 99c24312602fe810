//! The description of the HTTP: every route of the server is in it, and every route in it answers, by the methods that it says and no others.

use liveroom_tests::House;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

mod answers;
mod asker;
mod beside;
mod bodies;
mod described;
mod refusals;
mod widgets;

const METHODS: [&str; 5] = ["get", "put", "post", "delete", "patch"];

async fn described(house: &House) -> Value {
    let answer = house.get("/openapi.json").await;
    assert_eq!(answer.status(), StatusCode::OK);
    answer.json().await.expect("it is JSON")
}

/// The routes that the sources of the server name.
fn routed() -> BTreeSet<String> {
    fn read(folder: &Path, found: &mut BTreeSet<String>) {
        for entry in fs::read_dir(folder).expect("a folder of sources") {
            let path = entry.expect("a file").path();
            if path.is_dir() {
                read(&path, found);
                continue;
            }
            let text = fs::read_to_string(&path).expect("it can be read");
            let pieces = text.split(".route(").skip(1);
            found.extend(pieces.filter_map(|piece| {
                let rest = piece.trim_start().strip_prefix('"')?;
                let (route, _) = rest.split_once('"')?;
                Some(route.replace("{*", "{"))
            }));
        }
    }
    let mut found = BTreeSet::new();
    read(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("../demo/src"),
        &mut found,
    );
    // Named by a constant; and made in a loop, of names.
    found.insert("/v1/engagement".to_owned());
    found.extend(
        [
            "viewer", "studio", "insights", "overlay", "gallery", "doctor",
        ]
        .map(|name| format!("/{name}")),
    );
    found
}

#[tokio::test]
async fn every_route_of_the_server_is_described() {
    let house = House::open().await;
    let described = described(&house).await;
    assert_eq!(described["openapi"], json!("3.1.0"));
    let paths: BTreeSet<String> = described["paths"]
        .as_object()
        .expect("paths")
        .keys()
        .cloned()
        .collect();
    assert_eq!(paths, routed());
    house.close().await;
}

#[tokio::test]
async fn every_route_that_is_described_answers_by_its_methods_and_no_others() {
    let house = House::open().await;
    let described = described(&house).await;
    let mut asked = 0;
    for (path, route) in described["paths"].as_object().expect("paths") {
        let file = if path.starts_with("/pages/") {
            "studio.js"
        } else {
            "tea"
        };
        let real = path
            .replace("{room}", "demo")
            .replace("{activity}", "tea")
            .replace("{hook}", "shop")
            .replace("{path}", file);
        for method in METHODS {
            let answer = reqwest::Client::new()
                .request(
                    method.to_uppercase().parse::<Method>().expect("a method"),
                    house.url(&real),
                )
                .header("content-type", "application/json")
                .body("{}")
                .send()
                .await
                .expect("the server answers");
            let none = answer.status() == StatusCode::METHOD_NOT_ALLOWED;
            // The kit's files are served whole, whatever is asked; so nothing is claimed of it.
            if path != "/kit/{path}" {
                assert_eq!(
                    none,
                    route.get(method).is_none(),
                    "{method} {path}: {}",
                    answer.status()
                );
            }
            if none {
                continue;
            }
            asked += 1;
            // Without a token a route says so where the description asks for one, and nowhere else.
            let secured = route[method]["security"]
                .as_array()
                .is_some_and(|list| !list.is_empty());
            let unknown = answer.status() == StatusCode::UNAUTHORIZED;
            assert_eq!(unknown, secured, "{method} {path}: {}", answer.status());
            assert!(!answer.status().is_server_error(), "{method} {path}");
        }
    }
    println!("openapi: {asked} operations answered");
    house.close().await;
}

#[tokio::test]
async fn what_succeeds_answers_as_it_is_described() {
    let house = House::open().await;
    let described = described(&house).await;
    let owner = house.token(liveroom_protocol::identity::Role::Owner, "olga");
    let hook = json!({ "url": "https://shop.example/hook" });
    for (method, path, body, wanted) in [
        ("PUT", "/v1/rooms/{room}", json!({ "delay_ms": 5 }), 200),
        ("PUT", "/v1/rooms/{room}/hooks/{hook}", hook.clone(), 201),
        ("PUT", "/v1/rooms/{room}/hooks/{hook}", hook, 200),
        ("DELETE", "/v1/rooms/{room}/hooks/{hook}", json!({}), 204),
        ("POST", "/v1/engagement", json!([]), 202),
        ("GET", "/v1/rooms/{room}/run", json!({}), 200),
        ("GET", "/v1/rooms/{room}/insights", json!({}), 200),
        ("GET", "/healthz", json!({}), 200),
    ] {
        let real = path.replace("{room}", "demo").replace("{hook}", "shop");
        let mut request = reqwest::Client::new()
            .request(
                method.parse::<Method>().expect("a method"),
                house.url(&real),
            )
            .body(body.to_string());
        request = match path {
            "/v1/engagement" => {
                request.header("content-type", "application/cloudevents-batch+json")
            }
            _ => request
                .bearer_auth(&owner)
                .header("content-type", "application/json"),
        };
        let answer = request.send().await.expect("the server answers");
        assert_eq!(
            answer.status().as_u16(),
            wanted,
            "{method} {path}: {:?}",
            answer.text().await
        );
        let responses = &described["paths"][path][method.to_lowercase()]["responses"];
        assert!(
            responses.get(wanted.to_string()).is_some(),
            "{method} {path} lacks {wanted}"
        );
    }
    house.close().await;
}

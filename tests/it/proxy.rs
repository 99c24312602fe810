//! A server behind a proxy: whose address a request counts for, and that nobody can choose it.

use liveroom_tests::House;
use reqwest::Client;
use serde_json::{Value, json};

/// Device keys that one address may have minted while the clock stands.
const MINTED: usize = 500;

/// Asks for a device key as a proxy would pass it on, with these lines of `X-Forwarded-For`; says whether one was minted.
async fn mints(house: &House, client: &Client, forwarded: &[&str]) -> bool {
    let mut request = client
        .post(house.url("/v1/rooms/demo/messages"))
        .header("origin", house.url(""))
        .json(&json!([{ "type": "hello", "version": 1 }, { "type": "mint" }]));
    for line in forwarded {
        request = request.header("x-forwarded-for", *line);
    }
    let response = request.send().await.expect("the server answers");
    let said: Vec<Value> = response.json().await.expect("it answers frames");
    let refused = said.iter().find(|frame| frame["type"] == "refused");
    match refused {
        Some(frame) => assert_eq!(frame["refusal"]["reason"], "too-fast", "{frame}"),
        None => assert!(said.iter().any(|frame| frame["type"] == "device")),
    }
    refused.is_none()
}

#[tokio::test]
async fn behind_a_proxy_an_address_is_the_last_that_the_proxy_added() {
    let house = House::with(|config| {
        config.dev = true;
        config.behind_proxy = true;
    })
    .await;
    let client = Client::new();
    for _ in 0..MINTED {
        assert!(mints(&house, &client, &["203.0.113.7"]).await);
    }
    for (forwarded, is_another) in [
        (&["203.0.113.7"][..], false),
        (&["203.0.113.8"], true),
        // Whoever asks may have written what stands before.
        (&["203.0.113.8, 203.0.113.7"], false),
        (&["203.0.113.8", "203.0.113.7"], false),
        (&["203.0.113.8", "203.0.113.9,203.0.113.7"], false),
        (&["203.0.113.7, 203.0.113.8"], true),
        (&["203.0.113.7", "203.0.113.8"], true),
        (&["203.0.113.7,  2001:db8::1 "], true),
        // The same address as the other family writes it.
        (&["::ffff:203.0.113.7"], false),
        // No address: the proxy itself counts.
        (&["203.0.113.7, unknown"], true),
        (&[""], true),
        (&[], true),
    ] {
        let minted = mints(&house, &client, forwarded).await;
        assert_eq!(minted, is_another, "{forwarded:?}");
    }
    house.close().await;
}

#[tokio::test]
async fn without_a_proxy_nobody_says_where_they_are() {
    let house = House::open().await;
    let client = Client::new();
    for number in 0..MINTED {
        let claimed = format!("203.0.113.{}", number % 250);
        assert!(mints(&house, &client, &[&claimed]).await);
    }
    assert!(!mints(&house, &client, &["198.51.100.1"]).await);
    assert!(!mints(&house, &client, &[]).await);
    house.close().await;
}

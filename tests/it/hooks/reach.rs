//! Where nothing is sent: private addresses, whatever their name says and whenever it says so; and who is trusted to be whom.

use super::{ask, local, put, show, start};
use liveroom_demo::hooks::Resolver;
use liveroom_protocol::identity::Role;
use liveroom_tests::{House, Receiver};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use std::net::IpAddr;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

fn addresses(all: &[&str]) -> Vec<IpAddr> {
    let parsed = all.iter().map(|text| text.parse());
    parsed.map(|address| address.expect("an address")).collect()
}

fn authority() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data/hooks/ca.pem")
}

/// What a test delivery says.
async fn tried(house: &House) -> Value {
    let (_, told) = ask(house, Role::Owner, Method::POST, "hooks/shop/test", None).await;
    told
}

#[tokio::test]
async fn an_address_that_is_not_public_is_refused_when_it_is_set() {
    let house = House::open().await;
    for host in [
        "127.0.0.1",
        "10.0.0.1",
        "192.168.1.1",
        "172.16.9.9",
        "169.254.169.254",
        "100.100.100.200",
        "168.63.129.16",
        "0.0.0.0",
        "[::1]",
        "[::]",
        "[fe80::1]",
        "[fd00:ec2::254]",
        "[::ffff:127.0.0.1]",
        "[::ffff:8.8.8.8]",
        "[64:ff9b::7f00:1]",
    ] {
        let (status, told) = put(&house, "shop", &json!({"url": format!("https://{host}/")})).await;
        assert_eq!(status, StatusCode::BAD_REQUEST, "{host}: {told}");
    }
    let (status, told) = put(&house, "shop", &json!({"url": "http://shop.example/"})).await;
    assert_eq!(status, StatusCode::BAD_REQUEST, "{told}");
    house.close().await;
}

#[tokio::test]
async fn a_name_that_points_inside_is_not_spoken_to() {
    let mut receiver = Receiver::open_tls().await;
    let house = House::open().await;
    let port = receiver.address.port();
    // However this machine is written, and by its own name.
    for host in ["localhost", "2130706433", "0x7f000001", "127.1"] {
        let url = format!("https://{host}:{port}/");
        let (status, told) = put(&house, "shop", &json!({"url": url})).await;
        if status == StatusCode::BAD_REQUEST {
            continue;
        }
        let told_then = tried(&house).await;
        assert_eq!(told_then["ok"], false, "{host}: {told}");
        assert!(
            told_then["delivery"]["status"].is_null(),
            "{host}: {told_then}"
        );
        house.turn(60_000);
    }
    assert!(receiver.is_quiet());
    house.close().await;
}

#[tokio::test]
async fn a_name_that_is_pointed_elsewhere_between_two_looks_gains_nothing() {
    let mut inside = Receiver::open_tls().await;
    let looks = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&looks);
    // The second look of one delivery would find this machine: there is none. The second delivery looks again, and is refused.
    let resolver = Resolver::given(move |name| {
        assert_eq!(name, "shop.example");
        match counted.fetch_add(1, Ordering::SeqCst) {
            // Nobody is there, as the system says at once: no packet leaves the machine.
            0 => Vec::new(),
            1 => addresses(&["127.0.0.1"]),
            2 => addresses(&["::ffff:127.0.0.1", "10.0.0.1", "64:ff9b::7f00:1"]),
            _ => addresses(&["169.254.169.254"]),
        }
    });
    let house = House::with(|config| {
        config.dev = true;
        config.resolver = resolver;
        config.hook_ca = Some(authority());
    })
    .await;
    let url = format!("https://shop.example:{}/", inside.address.port());
    put(&house, "shop", &json!({"url": url})).await;
    assert_eq!(
        looks.load(Ordering::SeqCst),
        0,
        "it is looked at when something is sent"
    );
    let first = tried(&house).await;
    assert_eq!(first["delivery"]["said"], "the name has no address");
    for look in 2..=4 {
        let told = tried(&house).await;
        let said = told["delivery"]["said"].as_str().unwrap_or_default();
        assert!(said.contains("private"), "{told}");
        assert_eq!(looks.load(Ordering::SeqCst), look, "once for each delivery");
    }
    assert!(inside.is_quiet());
    house.close().await;
}

#[tokio::test]
async fn what_was_looked_at_is_what_is_connected_to_under_the_names_own_tls() {
    let mut receiver = Receiver::open_tls().await;
    let looks = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&looks);
    let house = House::with(|config| {
        local(config);
        config.hook_ca = Some(authority());
        // Of several addresses those that may not be reached are passed over; a second look would find none.
        config.resolver = Resolver::given(move |_| match counted.fetch_add(1, Ordering::SeqCst) {
            0 => addresses(&["10.0.0.1", "127.0.0.1"]),
            _ => addresses(&["10.0.0.1"]),
        });
    })
    .await;
    let port = receiver.address.port();
    put(
        &house,
        "shop",
        &json!({"url": format!("https://shop.example:{port}/x")}),
    )
    .await;
    let told = tried(&house).await;
    assert_eq!(
        (&told["ok"], looks.load(Ordering::SeqCst)),
        (&json!(true), 1),
        "{told}"
    );
    let heard = receiver.hears().await;
    assert_eq!(heard.line("host"), format!("shop.example:{port}"));
    assert_eq!(tried(&house).await["ok"], false);
    house.close().await;
}

#[tokio::test]
async fn a_receiver_that_is_not_who_it_says_is_told_nothing() {
    let mut receiver = Receiver::open_tls().await;
    let port = receiver.address.port();
    for (name, trusted) in [("shop.example", false), ("other.example", true)] {
        let house = House::with(|config| {
            local(config);
            config.hook_ca = trusted.then(authority);
            config.resolver = Resolver::given(|_| addresses(&["127.0.0.1"]));
        })
        .await;
        put(
            &house,
            "shop",
            &json!({"url": format!("https://{name}:{port}/")}),
        )
        .await;
        let told = tried(&house).await;
        assert_eq!(
            told["delivery"]["said"], "no TLS that can be trusted",
            "{name}"
        );
        let mut desk = house.desk().await;
        start(&mut desk, 1).await;
        loop {
            let told = show(&house, "shop").await;
            if told["failures"] == 1 {
                break;
            }
        }
        house.close().await;
    }
    assert!(receiver.is_quiet());
}

//! What attributes mean, and what is said of those that mean nothing.

use super::{Attributes, Config, Server};
use liveroom_protocol::message::Seat;

fn read(json: &str) -> (Config, Vec<String>) {
    let attributes = Attributes::read(json);
    let (config, faults) = Config::read(&attributes);
    (config, faults.into_iter().map(|fault| fault.0).collect())
}

#[test]
fn a_room_without_a_server_is_driven_by_the_page() {
    let (config, faults) = read("{}");
    assert_eq!(
        (config.server, config.room, faults.len()),
        (Server::Page, None, 0)
    );
}

#[test]
fn a_server_gives_a_socket_and_an_address() {
    let (config, faults) = read(r#"{"room":"demo","server":"https://live.example/"}"#);
    assert!(faults.is_empty());
    assert_eq!(
        config.line().as_deref(),
        Some("wss://live.example/v1/rooms/demo/socket")
    );
    assert_eq!(
        config.address().as_deref(),
        Some("https://live.example/v1/rooms/demo")
    );
    let (plain, _) = read(r#"{"room":"demo","server":"http://127.0.0.1:80"}"#);
    assert_eq!(
        plain.line().as_deref(),
        Some("ws://127.0.0.1:80/v1/rooms/demo/socket")
    );
    assert!(plain.is_elsewhere(&config));
}

#[test]
fn a_practice_room_is_in_this_browser() {
    let (config, _) = read(r#"{"room":"demo","server":"local:"}"#);
    assert_eq!(config.line().as_deref(), Some("local:demo"));
    assert_eq!(config.address(), None);
}

#[test]
fn each_fault_names_its_attribute_and_what_to_do() {
    for (json, start) in [
        (r#"{"server":"local:"}"#, "room=\"\""),
        (r#"{"room":"a b"}"#, "room=\"a b\""),
        (
            r#"{"room":"demo","server":"live.example"}"#,
            "server=\"live.example\"",
        ),
        (
            r#"{"theme":"blue"}"#,
            "theme=\"blue\" on <live-room>: use one of auto, light, dark",
        ),
        (r#"{"mode":"tv"}"#, "mode"),
        (r#"{"dock":"left"}"#, "dock"),
        (r#"{"consent":"yes"}"#, "consent"),
        (r#"{"report":"javascript:x"}"#, "report"),
        (r#"{"uncounted":"a b=c"}"#, "campaign=\"a b=c\""),
    ] {
        let (_, faults) = read(json);
        assert_eq!(faults.len(), 1, "{json}");
        assert!(faults[0].starts_with(start), "{}", faults[0]);
    }
}

#[test]
fn the_desk_sits_at_the_desk_and_an_overlay_takes_no_part() {
    let (overlay, _) = read(r#"{"mode":"overlay"}"#);
    assert_eq!((overlay.seat, overlay.overlay), (Seat::Overlay, true));
    let (desk, _) = read(r#"{"desk":true}"#);
    assert_eq!((desk.seat, desk.overlay), (Seat::Desk, false));
}

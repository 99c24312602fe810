//! The worst that can be sent: it gets a refusal in words or a closed line, changes nothing, and harms nobody else.

use liveroom_protocol::Reason;
use liveroom_protocol::message::{FromRoom, Hello, Seat};
use liveroom_tests::client::Closed;
use liveroom_tests::house::hello;
use liveroom_tests::{Client, House};
use reqwest::StatusCode;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::frame::coding::{Data, OpCode};
use tokio_tungstenite::tungstenite::protocol::frame::{Frame, FrameHeader};

async fn with_tea() -> House {
    let house = House::open().await;
    house.open_tea().await;
    house
}

#[tokio::test]
async fn nonsense_is_refused_in_words_and_changes_nothing() {
    let house = with_tea().await;
    let before = house.records();
    let vote = |choices: String| {
        format!(
            r#"{{"type":"act","id":"a","activity":"tea","action":{{"type":"poll.vote","choices":{choices}}}}}"#
        )
    };
    let nonsense = [
        String::new(),
        "x".to_owned(),
        "null".to_owned(),
        "[]".to_owned(),
        "{}".to_owned(),
        r#"{"type":"explode"}"#.to_owned(),
        r#"{"type":["act"]}"#.to_owned(),
        r#"{"type":"act"}"#.to_owned(),
        r#"{"type":"act","id":"","activity":"tea","action":{"type":"poll.withdraw"}}"#.to_owned(),
        r#"{"type":"act","id":"a b","activity":"tea","action":{"type":"poll.withdraw"}}"#.to_owned(),
        r#"{"type":"act","id":"a","activity":"tea","run":-1,"action":{"type":"poll.withdraw"}}"#.to_owned(),
        r#"{"type":"act","id":"a","activity":"tea","run":99999999999,"action":{"type":"poll.withdraw"}}"#.to_owned(),
        r#"{"type":"act","id":"a","activity":"tea","action":{"type":"poll.rig"}}"#.to_owned(),
        r#"{"type":"ping","sent":"now"}"#.to_owned(),
        r#"{"type":"ping","sent":1e999}"#.to_owned(),
        vote("\"1\"".to_owned()),
        vote("[{}]".to_owned()),
        format!("{}1{}", "[".repeat(5_000), "]".repeat(5_000)),
        format!(r#"{{"type":"mint","x":{}}}"#, "{\"x\":".repeat(3_000)),
        "\u{0}\u{feff}\u{202e}".repeat(100),
    ];
    let mut page = house.account("eve").await;
    for text in nonsense {
        house.turn(1_000);
        page.send_text(text.clone()).await;
        match page.reply().await {
            FromRoom::Refused { refusal, closing } => {
                assert_eq!(
                    (refusal.reason, closing),
                    (Reason::Malformed, false),
                    "{text}"
                );
                assert!(
                    refusal.message.is_some_and(|message| message.len() < 400),
                    "{text}"
                );
            }
            other => panic!("{text}: {other:?}"),
        }
    }
    assert_eq!(
        house.records(),
        before,
        "what cannot be read is not written"
    );
    assert!(page.vote("tea", &["1"]).await.ok, "and the line goes on");
    house.close().await;
}

#[tokio::test]
async fn a_vote_that_makes_no_sense_is_refused_by_its_reason() {
    let house = with_tea().await;
    let mut page = house.account("eve").await;
    let many: Vec<String> = (0..500).map(|n| n.to_string()).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    for (choices, reason) in [
        (&[][..], Reason::NoChoice),
        (&["1", "2"], Reason::TooManyChoices),
        (&["3"], Reason::UnknownOption),
        (&many, Reason::UnknownOption),
    ] {
        house.turn(1_000);
        let answer = page.vote("tea", choices).await;
        assert_eq!(
            answer.refusal.map(|refusal| refusal.reason),
            Some(reason),
            "{} choices",
            choices.len()
        );
    }
    let nowhere = page.vote("nothing", &["1"]).await;
    assert_eq!(
        nowhere.refusal.map(|refusal| refusal.reason),
        Some(Reason::NotFound)
    );
    house.close().await;
}

#[tokio::test]
async fn a_message_beyond_the_limit_is_too_large() {
    let house = with_tea().await;
    let mut page = house.account("eve").await;
    let padded = |bytes: usize| format!(r#"{{"type":"mint","x":"{}"}}"#, "x".repeat(bytes));
    page.send_text(padded(16 * 1024)).await;
    match page.reply().await {
        FromRoom::Refused { refusal, .. } => assert_eq!(refusal.reason, Reason::TooLarge),
        other => panic!("{other:?}"),
    }
    page.send_text(padded(300 * 1024)).await;
    assert_eq!(
        page.closed().await,
        Closed {
            code: 1009,
            reason: Some(Reason::TooLarge)
        }
    );
    let mut desk = house.desk().await;
    desk.send_text(padded(65 * 1024)).await;
    match desk.reply().await {
        FromRoom::Refused { refusal, .. } => assert_eq!(refusal.reason, Reason::TooLarge),
        other => panic!("{other:?}"),
    }
    house.close().await;
}

#[tokio::test]
async fn frames_that_no_page_sends_do_no_harm() {
    let house = with_tea().await;
    let mut page = house.account("eve").await;
    page.send_raw(Message::binary(vec![0, 159, 146, 150])).await;
    assert!(matches!(
        page.reply().await,
        FromRoom::Refused { closing: false, .. }
    ));
    let header = FrameHeader {
        opcode: OpCode::Data(Data::Text),
        ..FrameHeader::default()
    };
    page.send_raw(Message::Frame(Frame::from_payload(
        header,
        vec![0xff, 0xfe].into(),
    )))
    .await;
    assert!(page.closed().await.code >= 1002);
    assert!(house.account("ada").await.vote("tea", &["1"]).await.ok);
    house.close().await;
}

#[tokio::test]
async fn a_hello_of_another_version_or_kind_is_refused() {
    let house = House::open().await;
    let versions = [
        (0, Reason::Unsupported),
        (2, Reason::Unsupported),
        (u16::MAX, Reason::Unsupported),
    ];
    for (version, reason) in versions {
        let mut page = Client::silent(&house).await;
        page.hello(Hello {
            version,
            ..hello(None, Seat::Viewer)
        })
        .await;
        assert_eq!(
            page.closed().await,
            Closed {
                code: 4400,
                reason: Some(reason)
            }
        );
    }
    let mut page = Client::silent(&house).await;
    page.send_text("x".repeat(20_000)).await;
    assert_eq!(
        page.closed().await,
        Closed {
            code: 1009,
            reason: Some(Reason::TooLarge)
        }
    );
    house.close().await;
}

#[tokio::test]
async fn a_forged_device_key_is_as_good_as_none() {
    let house = with_tea().await;
    for device in [
        "",
        ".",
        "0.0",
        &"f".repeat(65),
        &format!("{0}.{0}", "a".repeat(32)),
    ] {
        let known = Hello {
            device: Some(device.to_owned()),
            ..hello(None, Seat::Viewer)
        };
        let mut page = Client::greet(&house, known).await;
        assert_eq!(
            page.seen.welcome.as_ref().map(|welcome| welcome.level),
            Some(None),
            "{device}"
        );
        let refused = page.vote("tea", &["1"]).await;
        assert_eq!(
            refused.refusal.map(|refusal| refusal.reason),
            Some(Reason::NeedsSignIn),
            "{device}"
        );
    }
    house.close().await;
}

#[tokio::test]
async fn bad_bodies_are_refused_by_their_fault() {
    let house = with_tea().await;
    let post = async |path: &str, kind: &str, body: String| {
        let request = reqwest::Client::new()
            .post(house.url(path))
            .header("origin", house.url(""))
            .header("content-type", kind)
            .body(body);
        request.send().await.expect("the server answers").status()
    };
    let messages = "/v1/rooms/demo/messages";
    let json = "application/json";
    let cases = [
        (messages, json, String::new(), StatusCode::BAD_REQUEST),
        (messages, json, "[".repeat(10_000), StatusCode::BAD_REQUEST),
        (messages, json, "[]".to_owned(), StatusCode::BAD_REQUEST),
        (
            messages,
            json,
            r#"[{"type":"mint"}]"#.to_owned(),
            StatusCode::BAD_REQUEST,
        ),
        (
            messages,
            json,
            format!("[{}]", [r#"{"type":"mint"}"#; 33].join(",")),
            StatusCode::PAYLOAD_TOO_LARGE,
        ),
        (
            messages,
            json,
            " ".repeat(70_000),
            StatusCode::PAYLOAD_TOO_LARGE,
        ),
        (
            messages,
            "text/plain",
            "[]".to_owned(),
            StatusCode::BAD_REQUEST,
        ),
        (messages, "", "[]".to_owned(), StatusCode::BAD_REQUEST),
        (
            "/v1/rooms/demo/commands",
            json,
            "{}".to_owned(),
            StatusCode::UNAUTHORIZED,
        ),
        (
            "/v1/tokens",
            json,
            "{\"key\":7}".to_owned(),
            StatusCode::BAD_REQUEST,
        ),
        (
            "/v1/tokens",
            json,
            "{\"key\":\"guess\"}".to_owned(),
            StatusCode::UNAUTHORIZED,
        ),
        (
            "/v1/rooms/nobody/messages",
            json,
            "[]".to_owned(),
            StatusCode::NOT_FOUND,
        ),
    ];
    for (path, kind, body, status) in cases {
        let start: String = body.chars().take(40).collect();
        assert_eq!(
            post(path, kind, body).await,
            status,
            "{path} {kind} {start}"
        );
    }
    house.close().await;
}

#[tokio::test]
async fn what_is_no_http_is_closed_and_the_server_goes_on() {
    let house = with_tea().await;
    let lines: [Vec<u8>; 4] = [
        b"\x16\x03\x01\x02\x00\x01\x00".repeat(10),
        b"GET / HTTP/1.1\r\nhost: a\r\n".iter().copied().chain(b"x: y\r\n".repeat(200)).chain(*b"\r\n").collect(),
        format!("GET /{} HTTP/1.1\r\nhost: a\r\n\r\n", "a".repeat(40_000)).into_bytes(),
        b"POST /v1/rooms/demo/messages HTTP/1.1\r\nhost: a\r\ncontent-length: 99999999999999999999\r\n\r\n".to_vec(),
    ];
    for line in lines {
        let mut stream = TcpStream::connect(house.address())
            .await
            .expect("the server listens");
        // The server may close before all is written, which is as good.
        let _ = stream.write_all(&line).await;
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer).await;
        assert!(
            answer.is_empty() || answer.starts_with(b"HTTP/1.1 4"),
            "{}",
            String::from_utf8_lossy(&answer)
        );
    }
    assert!(house.account("ada").await.vote("tea", &["1"]).await.ok);
    house.close().await;
}

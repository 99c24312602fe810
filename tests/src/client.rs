//! A page on a socket: a viewer, a desk or an overlay, with all it has been told.

use crate::{House, Seen};
use futures_util::{SinkExt, StreamExt};
use liveroom_protocol::Command;
use liveroom_protocol::id::{ActivityId, OptionId, RequestId};
use liveroom_protocol::message::{Act, Answer, FromRoom, Hello, Order, ToRoom};
use liveroom_protocol::news::Action;
use liveroom_protocol::poll::Vote;
use serde_json::Value;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;
use tokio::io::AsyncReadExt;
use tokio::net::{TcpSocket, TcpStream};
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::handshake::client::Request;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, client_async, connect_async};

/// How long a test waits for a message before it says which one did not come.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// A page.
pub struct Client {
    /// What it has been told.
    pub seen: Seen,
    /// The device key that the room minted for it, or that it brought.
    pub device: Option<String>,
    /// It has a token, or a device key: it may act.
    known: bool,
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
}

/// How a room ended a line.
#[derive(Debug, PartialEq, Eq)]
pub struct Closed {
    /// The close code; 1006 if there was none.
    pub code: u16,
    /// The reason that the last message gave.
    pub reason: Option<liveroom_protocol::Reason>,
}

impl Client {
    /// Opens a socket as a page of the server's own and says nothing yet.
    pub async fn silent(house: &House) -> Self {
        let origin = house.url("");
        Self::from_origin(house, Some(&origin))
            .await
            .expect("the server's own page may connect")
    }

    /// Opens a socket as a page of some origin; an error is the refusal of the handshake.
    pub async fn from_origin(house: &House, origin: Option<&str>) -> Result<Self, Error> {
        Self::open(request(house, origin)).await
    }

    async fn open(request: Request) -> Result<Self, Error> {
        let (socket, _) = connect_async(request).await?;
        Ok(Self {
            seen: Seen::default(),
            device: None,
            known: false,
            socket,
        })
    }

    /// Opens a socket, says hello and takes the welcome.
    pub async fn greet(house: &House, hello: Hello) -> Self {
        let mut client = Self::silent(house).await;
        client.hello(hello).await;
        client
            .until("a welcome", |seen| seen.welcome.is_some())
            .await;
        client
    }

    /// A page that has said hello, for which its system keeps only few bytes that it has not read.
    pub async fn small(house: &House, hello: Hello) -> Self {
        let socket = TcpSocket::new_v4().expect("the system has sockets");
        socket
            .set_recv_buffer_size(4 * 1024)
            .expect("a buffer may be small");
        let stream = socket.connect(house.address()).await;
        let stream = MaybeTlsStream::Plain(stream.expect("the server listens"));
        let origin = house.url("");
        let opened = client_async(request(house, Some(&origin)), stream).await;
        let (socket, _) = opened.expect("the server's own page may connect");
        let mut client = Self {
            seen: Seen::default(),
            device: None,
            known: false,
            socket,
        };
        client.hello(hello).await;
        client
    }

    /// Reads what is left on its line until that ends, and says how many bytes it was.
    pub async fn rest(self) -> usize {
        let mut stream = self.socket.into_inner();
        let mut buffer = vec![0; 64 * 1024];
        let mut sum = 0;
        let reading = async {
            // A line that was cut ends with an error or without.
            while let Ok(read @ 1..) = stream.read(&mut buffer).await {
                sum += read;
            }
        };
        let ended = timeout(PATIENCE, reading).await;
        ended.expect("the line ends");
        sum
    }

    /// Says hello.
    pub async fn hello(&mut self, hello: Hello) {
        self.known = hello.token.is_some() || hello.device.is_some();
        self.device.clone_from(&hello.device);
        self.send(&ToRoom::Hello(hello)).await;
    }

    /// Sends a message.
    pub async fn send(&mut self, message: &ToRoom) {
        let text = serde_json::to_string(message).expect("a message is JSON");
        self.send_text(text).await;
    }

    /// Sends any text.
    pub async fn send_text(&mut self, text: impl Into<String>) {
        self.send_raw(Message::text(text.into())).await;
    }

    /// Sends any frame; that the room has gone is seen when it is listened to.
    pub async fn send_raw(&mut self, message: Message) {
        let _ = timeout(PATIENCE, self.socket.send(message)).await;
    }

    /// Takes the next message; the close code once the line is closed.
    pub async fn try_next(&mut self) -> Result<FromRoom, u16> {
        // Signs of life are no messages: they do not make the wait longer.
        let message = timeout(2 * PATIENCE, self.hear()).await;
        message.expect("a message came in time")
    }

    async fn hear(&mut self) -> Result<FromRoom, u16> {
        loop {
            match self.socket.next().await {
                Some(Ok(Message::Text(text))) => {
                    let message = serde_json::from_str(text.as_str())
                        .expect("a room sends what the protocol says");
                    self.seen.take(&message);
                    return Ok(message);
                }
                Some(Ok(Message::Close(frame))) => {
                    return Err(frame.map_or(1005, |frame| frame.code.into()));
                }
                Some(Ok(_)) => {}
                Some(Err(_)) | None => return Err(1006),
            }
        }
    }

    /// Takes the next message.
    pub async fn next(&mut self) -> FromRoom {
        match self.try_next().await {
            Ok(message) => message,
            Err(code) => panic!("the room closed the line with {code}"),
        }
    }

    /// Takes messages until one that is no news.
    pub async fn reply(&mut self) -> FromRoom {
        loop {
            match self.next().await {
                FromRoom::News(_) | FromRoom::Room(_) | FromRoom::Welcome(_) => {}
                other => return other,
            }
        }
    }

    /// Takes messages until what it has seen is as wanted.
    pub async fn until(&mut self, wanted: &str, is_so: impl Fn(&Seen) -> bool) {
        while !is_so(&self.seen) {
            let next = timeout(PATIENCE, self.next()).await;
            assert!(next.is_ok(), "it never saw {wanted}: {:#?}", self.seen);
        }
    }

    /// Takes messages until the room closes the line.
    pub async fn closed(&mut self) -> Closed {
        let mut reason = None;
        loop {
            match self.try_next().await {
                Ok(FromRoom::Refused { refusal, .. }) => reason = Some(refusal.reason),
                Ok(_) => {}
                Err(code) => return Closed { code, reason },
            }
        }
    }

    /// Takes messages until the answer to a request.
    pub async fn answer(&mut self, id: &RequestId) -> Answer {
        loop {
            if let FromRoom::Answer(answer) = self.next().await
                && answer.id == *id
            {
                return answer;
            }
        }
    }

    /// An id for a request that no other page of this test run has used.
    pub fn id() -> RequestId {
        static NEXT: AtomicU32 = AtomicU32::new(1);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        RequestId::parse(format!("r{number}")).expect("a letter and a number are an id")
    }

    /// Asks for a device key, if it may not act without.
    pub async fn introduce(&mut self) {
        if self.known {
            return;
        }
        self.send(&ToRoom::Mint).await;
        loop {
            if let FromRoom::Device { device } = self.next().await {
                self.device = Some(device);
                self.known = true;
                return;
            }
        }
    }

    /// Acts, and takes the answer.
    pub async fn act(&mut self, activity: &str, action: Action) -> Answer {
        self.act_with(activity, action, None).await
    }

    /// Acts with something that the page attests of the viewer, and takes the answer.
    pub async fn act_with(
        &mut self,
        activity: &str,
        action: Action,
        attest: Option<String>,
    ) -> Answer {
        self.introduce().await;
        let id = Self::id();
        let activity = ActivityId::parse(activity).expect("it is an id");
        self.ask(ToRoom::Act(Act {
            id,
            activity,
            run: None,
            action,
            attest,
        }))
        .await
    }

    /// Does what JSON says, and takes the answer.
    pub async fn does(&mut self, activity: &str, action: Value) -> Answer {
        let action: Action = serde_json::from_value(action).expect("it is an action");
        self.act(activity, action).await
    }

    /// Votes, and takes the answer.
    pub async fn vote(&mut self, activity: &str, choices: &[&str]) -> Answer {
        self.act(activity, vote(choices)).await
    }

    /// Orders what JSON says, and takes the answer.
    pub async fn order(&mut self, command: Value) -> Answer {
        let command: Command = serde_json::from_value(command).expect("it is a command");
        let id = Self::id();
        self.ask(ToRoom::Command(Order { id, command })).await
    }

    /// Orders what JSON says, which the room must do.
    pub async fn must(&mut self, command: Value) -> Answer {
        let answer = self.order(command.clone()).await;
        assert!(answer.ok, "{command} was refused: {answer:?}");
        answer
    }

    /// Sends a request, and takes its answer.
    pub async fn ask(&mut self, request: ToRoom) -> Answer {
        let id = match &request {
            ToRoom::Act(act) => act.id.clone(),
            ToRoom::Command(order) => order.id.clone(),
            other => panic!("{other:?} is no request"),
        };
        self.send(&request).await;
        self.answer(&id).await
    }
}

/// A vote for these options.
pub fn vote(choices: &[&str]) -> Action {
    let choices = choices
        .iter()
        .map(|id| OptionId::parse(*id).expect("it is an id"));
    Action::PollVote(Vote {
        choices: choices.collect(),
    })
}

fn request(house: &House, origin: Option<&str>) -> Request {
    let url = format!("ws://{}/v1/rooms/{}/socket", house.address(), house.room());
    let mut request = url.into_client_request().expect("it is an address");
    if let Some(origin) = origin {
        let origin = origin.parse().expect("it is a header");
        request.headers_mut().insert("origin", origin);
    }
    request
}

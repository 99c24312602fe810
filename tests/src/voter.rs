//! A viewer as a program: an address of its own, an identity of its own, and a line that may be cut at any moment.

use crate::process::{Fault, ROOM};
use futures_util::{SinkExt, StreamExt};
use liveroom_protocol::id::{ActivityId, OptionId, RequestId};
use liveroom_protocol::message::{Act, Answer, FromRoom, Hello, ToRoom};
use liveroom_protocol::poll::Vote;
use liveroom_protocol::{Action, VERSION, Widget};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use tokio::net::{TcpSocket, TcpStream};
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use tokio_tungstenite::{WebSocketStream, client_async_with_config};

/// Bytes that a line holds ready for reading: thousands of lines must fit into one program.
const BUFFER: usize = 4 * 1024;

/// The address of a viewer on this machine. Each has another: a server counts requests by address.
pub fn address(number: usize) -> Ipv4Addr {
    let number = u32::try_from(number).unwrap_or(0) + 1;
    Ipv4Addr::from_bits(Ipv4Addr::new(127, 1, 0, 0).to_bits() + number)
}

/// A viewer who remembers who they are.
#[derive(Clone, Debug, Default)]
pub struct Voter {
    /// The number of the viewer, which makes the address.
    pub number: usize,
    /// A token, if the page brings one.
    pub token: Option<String>,
    /// The device key, once the room minted one.
    pub device: Option<String>,
}

/// A line of a viewer.
#[derive(Debug)]
pub struct Line {
    socket: WebSocketStream<TcpStream>,
    /// Bytes of the texts that came.
    pub bytes: u64,
    /// How many texts came.
    pub frames: u64,
}

impl Voter {
    /// Opens a line and says hello. Whoever has neither token nor device key is given a key.
    pub async fn join(&mut self, server: SocketAddr) -> Result<Line, Fault> {
        let mut line = Line::open(server, self.number, &format!("/v1/rooms/{ROOM}/socket")).await?;
        let hello = Hello {
            version: VERSION,
            kinds: Widget::ALL.map(|widget| widget.name().to_owned()).to_vec(),
            token: self.token.clone(),
            device: self.device.clone(),
            ..Hello::default()
        };
        line.say(&ToRoom::Hello(hello)).await?;
        if self.token.is_none() && self.device.is_none() {
            line.say(&ToRoom::Mint).await?;
            self.device = Some(line.minted().await?);
        }
        Ok(line)
    }
}

impl Line {
    /// Opens a socket from the address of the viewer `number`, as one of the server's own pages would.
    pub async fn open(server: SocketAddr, number: usize, path: &str) -> Result<Self, Fault> {
        let socket = TcpSocket::new_v4()?;
        socket.bind(SocketAddr::new(IpAddr::V4(address(number)), 0))?;
        let stream = socket.connect(server).await?;
        stream.set_nodelay(true)?;
        let mut request = format!("ws://{server}{path}").into_client_request()?;
        let origin = format!("http://{server}").parse()?;
        request.headers_mut().insert("origin", origin);
        let small = WebSocketConfig::default()
            .read_buffer_size(BUFFER)
            .write_buffer_size(0);
        let (socket, _) = client_async_with_config(request, stream, Some(small)).await?;
        Ok(Self {
            socket,
            bytes: 0,
            frames: 0,
        })
    }

    /// Sends a message.
    pub async fn say(&mut self, message: &ToRoom) -> Result<(), Fault> {
        self.send(serde_json::to_string(message)?).await
    }

    /// Sends a message that is written already.
    pub async fn send(&mut self, text: String) -> Result<(), Fault> {
        Ok(self.socket.send(Message::text(text)).await?)
    }

    /// Waits for the next text; an error once the line is cut.
    pub async fn text(&mut self) -> Result<String, Fault> {
        loop {
            match self.socket.next().await {
                Some(Ok(Message::Text(text))) => {
                    self.bytes += text.len() as u64;
                    self.frames += 1;
                    return Ok(text.as_str().to_owned());
                }
                Some(Ok(Message::Close(frame))) => {
                    return Err(format!("the room closed the line: {frame:?}").into());
                }
                Some(Ok(_)) => {}
                Some(Err(error)) => return Err(error.into()),
                None => return Err("the line was cut".into()),
            }
        }
    }

    /// Waits for the next message.
    pub async fn hear(&mut self) -> Result<FromRoom, Fault> {
        Ok(serde_json::from_str(&self.text().await?)?)
    }

    /// Waits for the answer to a request.
    pub async fn answer(&mut self, id: &RequestId) -> Result<Answer, Fault> {
        loop {
            match self.hear().await? {
                FromRoom::Answer(answer) if answer.id == *id => return Ok(answer),
                FromRoom::Refused { refusal, .. } => return Err(format!("{refusal:?}").into()),
                _ => {}
            }
        }
    }

    async fn minted(&mut self) -> Result<String, Fault> {
        loop {
            match self.hear().await? {
                FromRoom::Device { device } => return Ok(device),
                FromRoom::Refused { refusal, .. } => return Err(format!("{refusal:?}").into()),
                _ => {}
            }
        }
    }
}

/// A vote as a request, for the options at these places.
pub fn vote(id: &str, activity: &str, places: &[usize]) -> Result<ToRoom, Fault> {
    let choices: Result<Vec<OptionId>, _> = places
        .iter()
        .map(|place| OptionId::parse((place + 1).to_string()))
        .collect();
    Ok(ToRoom::Act(Act {
        id: RequestId::parse(id)?,
        activity: ActivityId::parse(activity)?,
        run: None,
        action: Action::PollVote(Vote { choices: choices? }),
        attest: None,
    }))
}

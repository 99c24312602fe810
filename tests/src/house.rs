//! A room server in this process, on a free port, in a folder of its own, with a clock that the test turns.

use crate::Client;
use liveroom_demo::{Clock, Config, Running, Turned, serve};
use liveroom_protocol::Widget;
use liveroom_protocol::id::RoomId;
use liveroom_protocol::identity::Role;
use liveroom_protocol::message::{Hello, Seat};
use liveroom_protocol::time::{Span, Timestamp};
use liveroom_protocol::token::Claims;
use serde_json::{Value, json};
use std::net::SocketAddr;
use std::path::Path;
use tempfile::TempDir;

/// When a test begins: 2026-05-04 12:00 UTC.
pub const NOON: Timestamp = Timestamp(1_777_896_000_000);

/// A server that a test owns.
///
/// While its clock stands, one viewer may act ten times, one account command forty times, and five hundred device keys are minted:
/// a test that needs more turns the clock.
pub struct House {
    /// Its clock, which stands until the test turns it.
    pub clock: Turned,
    folder: TempDir,
    config: Config,
    running: Running,
}

impl House {
    /// A server as `--dev` starts one, with the room `demo`.
    pub async fn open() -> Self {
        Self::with(|config| config.dev = true).await
    }

    /// A server with other flags.
    pub async fn with(change: impl FnOnce(&mut Config)) -> Self {
        let folder = TempDir::new().expect("a temporary folder can be made");
        let mut config = Config::in_folder(folder.path());
        change(&mut config);
        let clock = Turned::at(NOON);
        let running = start(&config, &clock).await;
        Self {
            clock,
            folder,
            config,
            running,
        }
    }

    /// The same server after a stop: another process on the same folder, port and clock apart.
    pub async fn restart(self) -> Self {
        self.restart_after(|_| {}).await
    }

    /// The same, with something done to the folder while no server runs.
    pub async fn restart_after(self, between: impl FnOnce(&Path)) -> Self {
        self.restart_with(|folder, _| between(folder)).await
    }

    /// The same, with other flags.
    pub async fn restart_with(self, between: impl FnOnce(&Path, &mut Config)) -> Self {
        let Self {
            clock,
            folder,
            mut config,
            running,
        } = self;
        running.stop().await;
        between(folder.path(), &mut config);
        let running = start(&config, &clock).await;
        Self {
            clock,
            folder,
            config,
            running,
        }
    }

    /// Stops it.
    pub async fn close(self) {
        self.running.stop().await;
    }

    /// The room that the helpers below speak of.
    pub fn room(&self) -> &RoomId {
        &self.config.room
    }

    /// The folder with its files.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The server itself.
    pub const fn running(&self) -> &Running {
        &self.running
    }

    /// Where it listens.
    pub const fn address(&self) -> SocketAddr {
        self.running.address
    }

    /// An address of its HTTP.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address())
    }

    /// Asks for an address of its HTTP.
    pub async fn get(&self, path: &str) -> reqwest::Response {
        let asked = reqwest::get(self.url(path)).await;
        asked.expect("the server answers")
    }

    /// How many records its log holds, as another program reads them.
    pub fn records(&self) -> u64 {
        let log = rusqlite::Connection::open(self.folder().join("log.db"));
        let log = log.expect("the log can be opened");
        log.query_row("SELECT count(*) FROM records", [], |row| row.get(0))
            .expect("it has records")
    }

    /// Opens the poll `tea`, with the options `1` and `2`.
    pub async fn open_tea(&self) {
        self.desk().await.must(tea()).await;
    }

    /// Turns the clock.
    pub fn turn(&self, ms: u64) {
        self.clock.turn(Span(ms));
    }

    /// The claims of a token for the room, good for an hour.
    pub fn claims(&self, role: Role, sub: &str) -> Claims {
        Claims {
            aud: self.room().clone(),
            sub: sub.to_owned(),
            exp: self.clock.now().0 / 1_000 + 3_600,
            iat: None,
            role,
            name: None,
            level: None,
            tier: None,
            points: None,
            segments: Vec::new(),
            attest: Vec::new(),
            brand: None,
            key: None,
        }
    }

    /// A token with these claims, signed by the server's own key.
    pub fn sign(&self, claims: &Claims) -> String {
        let keys = &self.running.server().keys;
        keys.sign(claims).expect("a server signs its own tokens")
    }

    /// A token for the room, good for an hour.
    pub fn token(&self, role: Role, sub: &str) -> String {
        self.sign(&self.claims(role, sub))
    }

    /// A viewer without a token, who will ask for a device key before the first action.
    pub async fn viewer(&self) -> Client {
        Client::greet(self, hello(None, Seat::Viewer)).await
    }

    /// A viewer with an account.
    pub async fn account(&self, sub: &str) -> Client {
        let token = self.token(Role::Viewer, sub);
        Client::greet(self, hello(Some(token), Seat::Viewer)).await
    }

    /// The desk, with its owner at it.
    pub async fn desk(&self) -> Client {
        self.staff(Role::Owner).await
    }

    /// The desk, with someone of a role at it.
    pub async fn staff(&self, role: Role) -> Client {
        let token = self.token(role, "desk");
        Client::greet(self, hello(Some(token), Seat::Desk)).await
    }

    /// An overlay.
    pub async fn overlay(&self) -> Client {
        Client::greet(self, hello(None, Seat::Overlay)).await
    }
}

/// The command that opens the poll `tea`, with the options `1` and `2`.
pub fn tea() -> Value {
    json!({ "type": "poll.open", "activity": "tea", "question": "Tea?", "options": ["Green", "Black"] })
}

/// A hello as the kit says it.
pub fn hello(token: Option<String>, seat: Seat) -> Hello {
    Hello {
        version: liveroom_protocol::VERSION,
        kinds: Widget::ALL.map(|widget| widget.name().to_owned()).to_vec(),
        token,
        seat,
        ..Hello::default()
    }
}

async fn start(config: &Config, clock: &Turned) -> Running {
    serve(config.clone(), Clock::Turned(clock.clone()))
        .await
        .expect("a server starts on a free port")
}

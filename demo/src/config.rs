//! What a server is told when it starts: flags of the binary, fields for tests.

use crate::hooks::Resolver;
use crate::origin::Origin;
use liveroom_protocol::id::RoomId;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;

/// A room server: polls, prize draws, Q&A and countdown deals for live rooms.
#[derive(Clone, Debug, clap::Parser)]
#[command(name = "liveroom-server", version, about)]
pub struct Config {
    /// The port to listen on; 0 takes any that is free.
    #[arg(long, default_value_t = 8787)]
    pub port: u16,
    /// The address to listen on.
    #[arg(long, default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    pub bind: IpAddr,
    /// The folder that holds the log and the reports.
    #[arg(long, value_name = "DIR", default_value = "data")]
    pub data: PathBuf,
    /// The folder that holds the built kit, one folder a version in it.
    #[arg(long, value_name = "DIR")]
    pub kit: Option<PathBuf>,
    /// For trying out: makes the room, mints tokens for whoever asks, and lets pages of this machine in.
    #[arg(long)]
    pub dev: bool,
    /// The key of tokens: an Ed25519 public key in PEM, or a secret of at least 32 bytes for HS256.
    #[arg(long, value_name = "FILE")]
    pub key: Option<PathBuf>,
    /// The keys of tokens as a JSON Web Key Set.
    #[arg(long, value_name = "FILE")]
    pub jwks: Option<PathBuf>,
    /// Where browsers find this server, if it is behind a proxy: `https://live.shop.example`.
    #[arg(long, value_name = "URL")]
    pub public_url: Option<Origin>,
    /// The room that the printed addresses lead to, and that `--dev` makes.
    #[arg(long, default_value = "demo", value_parser = room)]
    pub room: RoomId,
    /// Believe the last `X-Forwarded-For` of the proxy in front; without a proxy anybody could write it.
    #[arg(long)]
    pub behind_proxy: bool,
    /// Print a new one-time owner link, as the first start does.
    #[arg(long)]
    pub owner_link: bool,
    /// The most that the log may take on the disk; changes are refused beyond it.
    #[arg(long, value_name = "BYTES")]
    pub log_bytes: Option<u64>,
    /// For trying out: webhooks may be sent to this machine (127.0.0.1, ::1), and without TLS.
    #[arg(long)]
    pub hooks_local: bool,
    /// Certificates, in PEM, by which receivers of webhooks may be known besides those of the public authorities.
    #[arg(long, value_name = "FILE")]
    pub hook_ca: Option<PathBuf>,
    /// How names of receivers are looked up; the program has no such flag.
    #[arg(skip)]
    pub resolver: Resolver,
}

fn room(text: &str) -> Result<RoomId, String> {
    RoomId::parse(text).map_err(|error| error.to_string())
}

impl Config {
    /// What the flags say without any, in a folder, on any free port of this machine.
    pub fn in_folder(data: impl Into<PathBuf>) -> Self {
        Self {
            port: 0,
            bind: IpAddr::V4(Ipv4Addr::LOCALHOST),
            data: data.into(),
            kit: None,
            dev: false,
            key: None,
            jwks: None,
            public_url: None,
            room: RoomId::parse("demo").expect("a word is an id"),
            behind_proxy: false,
            owner_link: false,
            log_bytes: None,
            hooks_local: false,
            hook_ca: None,
            resolver: Resolver::System,
        }
    }

    /// The address to listen on.
    pub fn address(&self) -> SocketAddr {
        SocketAddr::new(self.bind, self.port)
    }
}

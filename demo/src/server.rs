//! Starting and stopping a server, and what all its parts share.

use crate::accept::accept;
use crate::collector::{Collector, Limits};
use crate::device::Devices;
use crate::erase::Eraser;
use crate::events::Events;
use crate::folder::take_folder;
use crate::hooks::{Hooks, Reach};
use crate::keys::Keys;
use crate::listen::listen;
use crate::log::{SqliteLog, Writer};
use crate::metrics::Metrics;
use crate::origin::Door;
use crate::owner::Links;
use crate::rate::{Buckets, Rate};
use crate::retention::delete_in_time;
use crate::room::Ground;
use crate::rooms::Rooms;
use crate::runs::Runs;
use crate::viewers::note_viewers;
use crate::{Clock, Config, Error, routes};
use liveroom_protocol::id::RoomId;
use liveroom_protocol::{Reason, Refusal};
use liveroom_rules::pseudonym::Pseudonym;
use std::fs::File;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Semaphore, mpsc, watch};

mod running;

/// Device keys that one address may have minted: five hundred at once, for the many viewers behind one address of a campus, then two a second.
const MINTS: Rate = Rate {
    burst: 500,
    each_ms: 500,
};

/// Requests of one address: ten thousand at once, then five hundred a second.
const REQUESTS: Rate = Rate {
    burst: 10_000,
    each_ms: 2,
};

/// How long a stopping server waits for what is under way.
const PATIENCE: Duration = Duration::from_secs(5);

/// What all parts of a server share.
pub struct Server {
    /// What it was told.
    pub config: Config,
    /// Its clock.
    pub clock: Clock,
    /// Its rooms.
    pub rooms: Rooms,
    /// The keys of tokens.
    pub keys: Keys,
    /// What mints device keys.
    pub devices: Devices,
    /// Who may come in.
    pub door: Door,
    /// What took reports, and counted them.
    pub collector: Collector,
    /// What back ends are told of its rooms.
    pub events: Events,
    pub(crate) hooks: Hooks,
    pub(crate) log: SqliteLog,
    pub(crate) metrics: Arc<Metrics>,
    pub(crate) runs: Runs,
    pub(crate) links: Links,
    pub(crate) mints: Buckets<u64>,
    pub(crate) requests: Buckets<u64>,
    pub(crate) lists: Buckets<u64>,
    pub(crate) relays: Buckets<Pseudonym>,
    pub(crate) trials: Buckets<RoomId>,
    /// Who may wait for events at once.
    pub(crate) waits: Semaphore,
    /// True once the server stops.
    pub(crate) stop: watch::Receiver<bool>,
}

/// A server that runs.
pub struct Running {
    /// Where it listens.
    pub address: SocketAddr,
    /// The collector, to read back what was reported.
    pub collector: Collector,
    server: Arc<Server>,
    owner_key: Option<String>,
    stop: watch::Sender<bool>,
    /// Closed once all tasks that serve somebody have ended.
    alive: mpsc::Receiver<()>,
    writer: Writer,
    /// The thread that writes events.
    teller: Writer,
    _lock: File,
}

/// Starts a server.
pub async fn serve(config: Config, clock: Clock) -> Result<Running, Error> {
    let lock = take_folder(&config.data)?;
    let first = !config.data.join("log.db").exists();
    let (log, writer) = SqliteLog::open(&config.data, clock.clone(), config.log_bytes)?;
    let keys = keys(&config, &log)?;
    let collector = collector(&config, &log, &clock)?;
    let (events, teller) = events(&config, &clock)?;
    let runs = Runs::open(&config.data.join("runs.db"))?;
    let (listener, address) = listen(config.address()).await?;
    let (stop, stopped) = watch::channel(false);
    let (held, alive) = mpsc::channel(1);
    let metrics = Arc::new(Metrics::new());
    let eraser = Eraser::new(log.clone(), collector.clone());
    let rooms = Rooms::new(Ground {
        log: log.clone(),
        events: events.clone(),
        clock: clock.clone(),
        metrics: Arc::clone(&metrics),
        eraser: eraser.clone(),
        stop: stopped.clone(),
    });
    tokio::spawn(rooms.clone().put_away_idle());
    tokio::spawn(events.clone().look_after(log.clone(), stopped.clone()));
    let hooks = hooks(&config, (&events, &rooms), (&clock, &stopped))?;
    note_viewers(&rooms, &collector, &clock, &stopped);
    delete_in_time(&eraser, &rooms, &clock, &stopped);
    let server = Arc::new(Server {
        clock,
        rooms,
        keys,
        devices: Devices::new(log.secret().bytes()),
        door: Door::new(address, config.public_url.clone(), config.dev),
        collector: collector.clone(),
        events,
        hooks,
        log,
        metrics,
        runs,
        links: Links::default(),
        mints: Buckets::new(MINTS),
        requests: Buckets::new(REQUESTS),
        lists: Buckets::new(routes::LISTS),
        relays: Buckets::new(routes::RELAYS),
        trials: Buckets::new(routes::TRIALS),
        waits: Semaphore::new(routes::WAITS),
        stop: stopped.clone(),
        config,
    });
    if server.config.dev {
        server.develop(address).await?;
    }
    let wanted = first || server.config.dev || server.config.owner_link;
    let owner_key = wanted.then(|| {
        server
            .links
            .make(server.config.room.clone(), server.clock.now())
    });
    let router = routes::all(Arc::clone(&server), &collector);
    tokio::spawn(accept(
        listener,
        router,
        server.config.behind_proxy,
        stopped,
        held,
    ));
    Ok(Running {
        address,
        collector,
        owner_key: owner_key.transpose()?,
        server,
        stop,
        alive,
        writer,
        teller,
        _lock: lock,
    })
}

/// What signs this server's tokens, and whose it trusts.
fn keys(config: &Config, log: &SqliteLog) -> Result<Keys, Error> {
    Keys::open(
        log.secret().bytes(),
        config.key.as_deref(),
        config.jwks.as_deref(),
    )
}

/// What takes reports, of this server's rooms alone.
fn collector(config: &Config, log: &SqliteLog, clock: &Clock) -> Result<Collector, Error> {
    let path = config.data.join("engagement.db");
    let collector = Collector::open_with(&path, Limits::default(), clock.clone())
        .map_err(|error| Error::Collector(error.to_string()))?;
    collector.only_of(log.clone());
    Ok(collector)
}

/// What back ends are told, and the thread that writes it.
fn events(config: &Config, clock: &Clock) -> Result<(Events, Writer), Error> {
    Events::open(&config.data, config.public_url.clone(), clock.clone())
        .map_err(|error| Error::Events(error.to_string()))
}

/// What sends events, going on where it was.
fn hooks(
    config: &Config,
    (events, rooms): (&Events, &Rooms),
    (clock, stopped): (&Clock, &watch::Receiver<bool>),
) -> Result<Hooks, Error> {
    let reach = Reach {
        local: config.hooks_local,
        resolver: config.resolver.clone(),
    };
    let (by, authority) = ((clock.clone(), stopped.clone()), config.hook_ca.as_deref());
    let hooks = Hooks::new(events.clone(), rooms.clone(), reach, authority, by)?;
    tokio::spawn(hooks.clone().resume());
    Ok(hooks)
}

impl Server {
    /// Makes the room of a server in development, and says what that means.
    async fn develop(&self, address: SocketAddr) -> Result<(), Error> {
        if !address.ip().is_loopback() {
            tracing::warn!(
                "--dev makes an owner of whoever reaches {address}: use it on networks you trust"
            );
        }
        let room = &self.config.room;
        let made = self.rooms.make(room).await.map(drop);
        made.map_err(|refusal| Error::Room(room.to_string(), refusal.message.unwrap_or_default()))
    }

    /// A new device key for a room.
    pub(crate) fn mint(&self, room: &RoomId) -> Result<String, Refusal> {
        let failed = |error: Error| Refusal::because(Reason::Unavailable, error.to_string());
        self.devices.mint(room).map_err(failed)
    }
}

//! A room of 5,000 viewers who vote within 5 s: `./tests/bench room`.
//!
//! Every viewer has a connection and an address of its own; one in ten sends the vote twice. The same program does the same job on the
//! room server (each vote durable before it is told) and on a socket.io server (in memory).
//!
//! | figure | is |
//! |---|---|
//! | `seen_p50_ms`, `seen_p99_ms` | from sending a vote to a tally that counts it, at the voter's own connection |
//! | `seen_by_all_p50_ms`, `seen_by_all_p99_ms` | the same, until the last of all connections has it |
//! | `answered_p50_ms`, `answered_p99_ms` | from sending a vote to its answer |
//! | `cpu_s` | the server's processor time from the first vote until all have seen the last; `cpu_user_s` the part of it in the program itself; `join_cpu_s` while they join |
//! | `rss_mb` | the server's memory at the end, with all connections; `rss_empty_mb` before the first |
//! | `viewer_bytes`, `viewer_frames` | what one viewer received on average, as text, the welcome included |
//! | `exact` | 1 if every viewer's last tally is what was voted |

use liveroom_tests::chance::Chance;
use liveroom_tests::figure::Figure;
use liveroom_tests::process::Fault;
use peer::{Kind, Peer};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinSet;
use tokio::time::{Instant, timeout};
use viewer::{Plan, Story, Viewer};

mod peer;
mod told;
mod viewer;

/// How many viewers there are.
const VIEWERS: usize = 5_000;
/// How long they have for their votes.
const WITHIN: Duration = Duration::from_secs(5);
/// Options of the poll.
pub(crate) const OPTIONS: usize = 4;
/// Viewers who join at the same time.
const JOINING: usize = 100;
/// How long joining, or voting, may take before it is given up.
const PATIENCE: Duration = Duration::from_secs(120);

#[tokio::main(worker_threads = 2)]
async fn main() -> ExitCode {
    let mut well = true;
    for kind in [Kind::Liveroom, Kind::SocketIo] {
        match bench(kind).await {
            Ok(exact) => well &= exact,
            Err(fault) => {
                eprintln!("bench room: {}: {fault}", kind.name());
                well = false;
            }
        }
    }
    if well {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

async fn bench(kind: Kind) -> Result<bool, Fault> {
    let say = |figure: &str, value: f64, unit: &str| {
        let (bench, who) = ("room", kind.name());
        Figure {
            bench,
            who,
            figure,
            value,
            unit,
        }
        .print();
    };
    let mut peer = Peer::start(kind).await?;
    say("rss_empty_mb", peer.rss_mb()?, "MB");
    let (cpu, began) = (peer.cpu()?, Instant::now());
    let viewers = timeout(PATIENCE, join(&peer)).await??;
    say("join_s", began.elapsed().as_secs_f64(), "s");
    say("join_cpu_s", peer.cpu()?.since(cpu).all_s(), "s");
    eprintln!(
        "{}: {} viewers are there, and vote.",
        kind.name(),
        viewers.len()
    );
    let cpu = peer.cpu()?;
    let stories = timeout(PATIENCE, vote(viewers)).await??;
    let cpu = peer.cpu()?.since(cpu);
    say("cpu_s", cpu.all_s(), "s");
    say("cpu_user_s", cpu.user_s, "s");
    say("rss_mb", peer.rss_mb()?, "MB");
    peer.stop().await?;
    let told = told::Told::of(&stories)?;
    for (figure, value, unit) in told.figures() {
        say(figure, value, unit);
    }
    Ok(told.exact)
}

/// All viewers join.
async fn join(peer: &Peer) -> Result<Vec<Viewer>, Fault> {
    let places = Arc::new(Semaphore::new(JOINING));
    let mut joining = JoinSet::new();
    for number in 0..VIEWERS {
        let (places, entrance) = (Arc::clone(&places), peer.entrance());
        joining.spawn(async move {
            let _place = places.acquire().await?;
            Viewer::join(entrance, number).await
        });
    }
    let mut viewers = Vec::with_capacity(VIEWERS);
    while let Some(viewer) = joining.join_next().await {
        viewers.push(viewer??);
    }
    Ok(viewers)
}

/// All viewers vote, each at a moment of chance, and stay until all have seen all votes.
async fn vote(viewers: Vec<Viewer>) -> Result<Vec<Story>, Fault> {
    let mut chance = Chance::new(2002);
    let start = Instant::now() + Duration::from_millis(500);
    let micros = u64::try_from(WITHIN.as_micros())?;
    let (all, last) = watch::channel(None);
    let (answered, mut answers) = tokio::sync::mpsc::unbounded_channel();
    let mut voting = JoinSet::new();
    let count = viewers.len();
    for (number, viewer) in viewers.into_iter().enumerate() {
        let plan = Plan {
            at: start + Duration::from_micros(chance.below(micros)),
            option: usize::try_from(chance.below(OPTIONS as u64))?,
            twice: number % 10 == 0,
        };
        voting.spawn(viewer.vote(plan, answered.clone(), last.clone()));
    }
    drop(answered);
    let mut highest = 0;
    for _ in 0..count {
        tokio::select! {
            Some(position) = answers.recv() => highest = highest.max(position),
            // Nobody is done before all know the last vote, so whoever ends here has failed.
            Some(story) = voting.join_next() => return Err(story?.err().unwrap_or_else(|| "a viewer left early".into())),
        }
    }
    all.send_replace(Some(highest));
    let mut stories = Vec::with_capacity(count);
    while let Some(story) = voting.join_next().await {
        stories.push(story??);
    }
    Ok(stories)
}

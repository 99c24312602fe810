//! Lets 2,000 buyers loose on 100 units, in a real server that is killed twice meanwhile: `./tests/run oversell`.
//!
//! Each buyer has a token and a line of their own; all wait for the opening and claim at once, and come back when a unit does. One in
//! ten asks twice, one in ten of the lines is cut before the answer, one in ten of the tabs is killed between payment and answer, one
//! in ten lies that it paid, one in ten leaves what it claimed, one in ten wants more than the limit. The shop's server checks each
//! ticket, charges it once and settles. Then what the room says is held against the shop's books and against what buyers were told.
//! Standard output is one line a promise that was kept; all else goes to standard error.

use liveroom_tests::process::{Fault, Process};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;
use tokio::task::JoinSet;
use tokio::time::timeout;

mod buyer;
mod deal;
mod manner;
mod scene;
mod shop;
mod verdict;
mod watch;

use buyer::Buyer;
use scene::{Counts, Scene};
use shop::Shop;

/// How many want something.
const BUYERS: usize = 2_000;
/// How many watch from before the opening to the end, without taking part.
const WATCHERS: usize = 5;
/// Acknowledged claims after which the server is killed for the first time, with others on their way.
const CLAIMS_BEFORE_KILL: usize = 40;
/// Paid orders after which it is killed again, with settlements on their way.
const PAID_BEFORE_KILL: usize = 50;
/// Who does what follows from this number.
const SEED: u64 = 100;
/// How long all of it may take.
const PATIENCE: Duration = Duration::from_secs(300);

#[tokio::main]
async fn main() -> ExitCode {
    match timeout(PATIENCE, sale()).await {
        Ok(Ok(())) => ExitCode::SUCCESS,
        Ok(Err(fault)) => {
            eprintln!("oversell: {fault}");
            ExitCode::FAILURE
        }
        Err(_) => {
            eprintln!("oversell: it took longer than {} s", PATIENCE.as_secs());
            ExitCode::FAILURE
        }
    }
}

async fn sale() -> Result<(), Fault> {
    let folder = tempfile::tempdir()?;
    let mut server = Process::start(folder.path(), None).await?;
    let told = run(&mut server).await;
    if told.is_err() {
        eprintln!("{}", server.last_words());
    }
    server.kill().await?;
    told
}

async fn run(server: &mut Process) -> Result<(), Fault> {
    let scene = Scene::new(server.address);
    let shop = Shop::open(server, Arc::clone(&scene)).await?;
    let mut watchers = JoinSet::new();
    for number in 0..WATCHERS {
        watchers.spawn(watch::watch(Arc::clone(&scene), BUYERS + number));
    }
    let mut buyers = JoinSet::new();
    for buyer in Buyer::all(server, BUYERS, SEED).await? {
        buyers.spawn(buyer.shop(Arc::clone(&scene), shop.clone()));
    }
    let all_are_there = |counts: &Counts| counts.joined == BUYERS && counts.watching == WATCHERS;
    until(&scene, &mut buyers, all_are_there).await?;
    deal::open(server).await?;
    eprintln!("{BUYERS} buyers wait, and the deal opens.");

    until(&scene, &mut buyers, |counts| {
        counts.claimed >= CLAIMS_BEFORE_KILL
    })
    .await?;
    kill(server, &scene).await?;
    until(&scene, &mut buyers, |counts| {
        counts.paid >= PAID_BEFORE_KILL
    })
    .await?;
    kill(server, &scene).await?;

    // At rest: whatever is not sold is in the hands of a liar, whom the shop never settles.
    until(&scene, &mut buyers, Counts::at_rest).await?;
    scene.end();
    while let Some(buyer) = buyers.join_next().await {
        buyer??;
    }
    while let Some(watcher) = watchers.join_next().await {
        watcher??;
    }
    let export = deal::export(server).await?;
    let last = deal::snapshot(server).await?;
    verdict::give(&scene, &shop.books(), &export, &last)
}

/// Waits for a moment; a buyer who failed ends it.
async fn until(
    scene: &Scene,
    buyers: &mut JoinSet<Result<(), Fault>>,
    is_so: impl Fn(&Counts) -> bool,
) -> Result<(), Fault> {
    let mut counts = scene.counts();
    loop {
        tokio::select! {
            counts = counts.wait_for(&is_so) => {
                counts?;
                return Ok(());
            }
            Some(buyer) = buyers.join_next() => buyer??,
        }
    }
}

async fn kill(server: &mut Process, scene: &Scene) -> Result<(), Fault> {
    scene.up(false);
    server.kill().await?;
    eprintln!("{}, and the server is killed.", *scene.counts().borrow());
    server.restart().await?;
    scene.up(true);
    Ok(())
}

//! Casts a file of real ballots in a real server that is killed while they come: `./tests/run ballots [FILE]`.
//!
//! Each ballot comes over a connection of its own, in an order of chance; one in ten is sent twice, one in ten of the connections is
//! cut before the answer and the ballot is sent again over another. The server is killed twice in mid-run and started again on the
//! same folder; real browser pages watch all along. Then the tally is compared with the file's own: in the snapshot, on every page,
//! and in the snapshot after one more restart. Standard output is two lines, the voters and the
//! tally in the file's order of options; all else goes to standard error.

use liveroom_tests::ballots::{Ballots, Count};
use liveroom_tests::process::{Fault, Process};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;
use tokio::time::timeout;

mod casting;
mod desk;
mod pages;

use casting::Casting;
use pages::Pages;

/// How long all of it may take.
const PATIENCE: Duration = Duration::from_secs(300);

/// The order of the ballots, and who sends twice or is cut, follow from this number.
const SEED: u64 = 2002;

#[tokio::main]
async fn main() -> ExitCode {
    let file = std::env::args().nth(1).map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("data/approval-2002-gy.txt"),
        PathBuf::from,
    );
    match timeout(PATIENCE, replay(&file)).await {
        Ok(Ok(())) => ExitCode::SUCCESS,
        Ok(Err(fault)) => {
            eprintln!("ballots: {fault}");
            ExitCode::FAILURE
        }
        Err(_) => {
            eprintln!("ballots: it took longer than {} s", PATIENCE.as_secs());
            ExitCode::FAILURE
        }
    }
}

async fn replay(file: &Path) -> Result<(), Fault> {
    let text = std::fs::read_to_string(file)
        .map_err(|error| format!("{} cannot be read: {error}", file.display()))?;
    let ballots = Ballots::read(&text).map_err(|why| format!("{}: {why}", file.display()))?;
    let wanted = ballots.count();
    let folder = tempfile::tempdir()?;
    let kit = std::env::var_os("LIVEROOM_KIT").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/kit"),
        PathBuf::from,
    );
    let mut server = Process::start(folder.path(), Some(kit)).await?;
    let told = run(&mut server, ballots, &wanted).await;
    if told.is_err() {
        eprintln!("{}", server.last_words());
    }
    server.kill().await?;
    told
}

async fn run(server: &mut Process, ballots: Ballots, wanted: &Count) -> Result<(), Fault> {
    desk::open(server, &ballots.options).await?;
    let pages = Pages::open(server, ballots.options.len()).await?;
    eprintln!("{} pages watch.", pages::PAGES);
    let options = ballots.options.clone();
    let mut casting = Casting::prepare(server, ballots, SEED).await?;
    casting.run(server, &pages).await?;
    same("the snapshot", wanted, &desk::snapshot(server).await?)?;
    pages.settle(wanted).await?;
    pages.close().await?;
    server.kill().await?;
    server.restart().await?;
    let told = desk::snapshot(server).await?;
    same("the snapshot after a restart", wanted, &told)?;
    for (option, votes) in options.iter().zip(&told.votes) {
        eprintln!("{votes:>6} {option}");
    }
    let votes: Vec<String> = told.votes.iter().map(u32::to_string).collect();
    println!("{} voters", told.voters);
    println!("{}", votes.join(" "));
    eprintln!(
        "The same in the snapshot, on every page, and after one more restart; no page ever showed a number fall."
    );
    Ok(())
}

fn same(what: &str, wanted: &Count, told: &Count) -> Result<(), Fault> {
    if wanted == told {
        Ok(())
    } else {
        Err(format!("{what} says {told:?}; the ballots say {wanted:?}").into())
    }
}

//! Erases viewers from a real server that is killed meanwhile, and looks for what is left of them: `./tests/run erase`.
//!
//! A winner with a claim form, a voter on a quiz's board, an asker with a reply and a private answer, a commenter, a buyer, somebody
//! without an account, and a dozen more take part, each with a name and words of their own and with reports; one of each kind
//! stays. All the others are erased, some while the server is killed. Then the tallies, the stock and the proof of the draw are
//! held against what they were, and every byte of the data folder and every export is searched for what was theirs.
//! Standard output is one line a promise that was kept; all else goes to standard error.

use liveroom_tests::process::{Fault, Process};
use std::process::ExitCode;
use std::time::Duration;
use tokio::time::timeout;

mod crowd;
mod erasing;
mod places;
mod room;
mod verdict;

use crowd::Crowd;
use room::Room;

/// How long all of it may take.
const PATIENCE: Duration = Duration::from_secs(300);

#[tokio::main]
async fn main() -> ExitCode {
    match timeout(PATIENCE, erase()).await {
        Ok(Ok(())) => ExitCode::SUCCESS,
        Ok(Err(fault)) => {
            eprintln!("erase: {fault}");
            ExitCode::FAILURE
        }
        Err(_) => {
            eprintln!("erase: it took longer than {} s", PATIENCE.as_secs());
            ExitCode::FAILURE
        }
    }
}

async fn erase() -> Result<(), Fault> {
    let folder = tempfile::tempdir()?;
    let mut server = Process::start(folder.path(), None).await?;
    let told = run(&mut server, folder.path()).await;
    if told.is_err() {
        eprintln!("{}", server.last_words());
    }
    server.kill().await?;
    told
}

async fn run(server: &mut Process, folder: &std::path::Path) -> Result<(), Fault> {
    let room = Room::open(server).await?;
    let mut crowd = Crowd::come(&room).await?;
    room.draw().await?;
    crowd.claim(&room).await?;
    crowd.report(&room).await?;
    let before = verdict::Numbers::of(&room, folder).await?;
    // What is looked for must be found while it is there, or nothing is proved by not finding it.
    let there = places::search(&room, folder, crowd.leaving()).await?;
    println!("{}", verdict::was_there(&crowd, &there)?);

    erasing::at_rest(&room, &crowd).await?;
    println!("{}", erasing::killed(server, &room, &crowd).await?);
    println!("{}", erasing::receipts(&room, &crowd).await?);
    println!("{}", erasing::late(&room, &crowd).await?);

    let after = verdict::Numbers::of(&room, folder).await?;
    println!("{}", verdict::same(&before, &after)?);
    println!("{}", verdict::draw_holds(&room, folder).await?);
    let left = places::search(&room, folder, crowd.leaving()).await?;
    println!("{}", verdict::nothing_left(&crowd, &left)?);
    let stayed = places::search(&room, folder, crowd.staying()).await?;
    println!("{}", verdict::stayed(&crowd, &stayed)?);
    println!("{}", erasing::come_again(&room, &crowd).await?);
    println!("{}", erasing::of_ended(&room, folder, &crowd).await?);
    Ok(())
}

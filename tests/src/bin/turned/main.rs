//! The room server by a clock that a test puts forward: so many milliseconds ahead of the machine's as the file `LIVEROOM_CLOCK` says.
//!
//! It takes the flags of `liveroom-server`, which has no such clock. The file is read again and again, and outlives a kill.

use clap::Parser;
use liveroom_demo::{Clock, Config, Turned, serve};
use liveroom_protocol::time::{Span, Timestamp};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;
use tokio::time::interval;

/// How often the clock is set.
const STEP: Duration = Duration::from_millis(20);

#[tokio::main]
async fn main() -> ExitCode {
    let Some(file) = std::env::var_os("LIVEROOM_CLOCK").map(PathBuf::from) else {
        eprintln!("turned: name the file of the clock in LIVEROOM_CLOCK");
        return ExitCode::FAILURE;
    };
    let Some(ahead) = read(&file) else {
        eprintln!("turned: {} holds no milliseconds", file.display());
        return ExitCode::FAILURE;
    };
    let clock = Turned::at(shows(ahead));
    let running = match serve(Config::parse(), Clock::Turned(clock.clone())).await {
        Ok(running) => running,
        Err(error) => {
            eprintln!("turned: {error}.");
            return ExitCode::FAILURE;
        }
    };
    print!("{}", running.addresses());
    let (mut ahead, mut step) = (ahead, interval(STEP));
    loop {
        step.tick().await;
        // A file that is being written says nothing new yet.
        ahead = read(&file).unwrap_or(ahead);
        clock.set(shows(ahead));
    }
}

/// The milliseconds in a file.
fn read(file: &Path) -> Option<u64> {
    fs::read_to_string(file).ok()?.trim().parse().ok()
}

/// What a clock shows that is so far ahead.
fn shows(ahead: u64) -> Timestamp {
    Clock::System.now().after(Span(ahead))
}

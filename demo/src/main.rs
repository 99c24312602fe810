//! The room server as a program: reads its flags, serves until it is told to stop; or checks the proof of a draw, or prints
//! the inventory.

use clap::Parser;
use liveroom_demo::inventory::{self, Inventory};
use liveroom_demo::verify_draw::{self, VerifyDraw};
use liveroom_demo::{Clock, Config, serve};
use std::io::IsTerminal;
use std::process::ExitCode;

/// A room server for live rooms.
#[derive(clap::Parser)]
#[command(
    name = "liveroom-server",
    version,
    about,
    args_conflicts_with_subcommands = true
)]
struct Program {
    #[command(flatten)]
    config: Config,
    #[command(subcommand)]
    errand: Option<Errand>,
}

/// What it does instead of serving.
#[derive(clap::Subcommand)]
enum Errand {
    VerifyDraw(VerifyDraw),
    /// Print what is stored of people, where, what for, how long, and how it is erased.
    Inventory(Inventory),
}

#[tokio::main]
async fn main() -> ExitCode {
    tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .with_target(false)
        .init();
    let Program { config, errand } = Program::parse();
    match errand {
        Some(Errand::VerifyDraw(asked)) => return verify_draw::run(&asked),
        Some(Errand::Inventory(asked)) => return inventory::run(&asked),
        None => {}
    }
    // A connection is a file to the system, which lets a program have a thousand unless it asks for more.
    if let Err(error) = rlimit::increase_nofile_limit(u64::MAX) {
        tracing::warn!("the system allows few connections: {error}");
    }
    let running = match serve(config, Clock::System).await {
        Ok(running) => running,
        Err(error) => {
            eprintln!("liveroom-server: {error}.");
            return ExitCode::FAILURE;
        }
    };
    print!("{}", running.addresses());
    stop_asked().await;
    running.stop().await;
    ExitCode::SUCCESS
}

/// Waits for the signals that end a program.
async fn stop_asked() {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = interrupt => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    let _ = interrupt.await;
}

//! The room server as a program: reads its flags, serves until it is told to stop.

use clap::Parser;
use liveroom_demo::{Clock, Config, serve};
use std::io::IsTerminal;
use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .with_target(false)
        .init();
    let config = Config::parse();
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

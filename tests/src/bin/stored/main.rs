//! Prints every report that a collector's file holds, one JSON object a line; for `./tests/run ledger`, which reckons with them.

use liveroom_demo::collector::{Collector, Failed, Which};
use serde_json::json;
use std::io::{BufWriter, Write, stdout};
use std::path::PathBuf;
use std::process::ExitCode;

fn main() -> ExitCode {
    let Some(path) = std::env::args_os().nth(1).map(PathBuf::from) else {
        eprintln!("stored FILE: which engagement.db?");
        return ExitCode::FAILURE;
    };
    match print(&path) {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("{}: {why}", path.display());
            ExitCode::FAILURE
        }
    }
}

fn print(path: &std::path::Path) -> Result<(), Box<dyn std::error::Error>> {
    let mut out = BufWriter::new(stdout().lock());
    for report in read(path)? {
        let line = json!({
            "source": report.source, "id": report.id, "type": report.kind, "session": report.session,
            "sequence": report.sequence, "data": report.data, "again": report.again, "conflicts": report.conflicts,
        });
        writeln!(out, "{line}")?;
    }
    Ok(out.flush()?)
}

fn read(path: &std::path::Path) -> Result<Vec<liveroom_demo::collector::Stored>, Failed> {
    Collector::open(path)?.reports(Which::default())
}

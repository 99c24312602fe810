//! `liveroom-server verify-draw FILE`: checks the proof of a draw in a terminal, without a server and without a network.

use crate::quicknet;
use liveroom_protocol::lottery::Hex;
use liveroom_rules::draw::{Checked, Checker, Fault, Level, Stage, Terms};
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Check the proof of a draw: exit 0 if it holds, 1 if it does not, 2 if it cannot be read.
#[derive(Clone, Debug, clap::Args)]
pub struct VerifyDraw {
    /// The proof, as `/v1/rooms/{room}/draws/{id}` serves it.
    pub file: PathBuf,
    /// The list of entrants as bytes, where the proof has none in it.
    #[arg(long, value_name = "FILE")]
    pub roll: Option<PathBuf>,
    /// Print what it says as JSON.
    #[arg(long)]
    pub json: bool,
}

/// Why there is nothing good to say.
#[derive(Debug, thiserror::Error)]
enum Refused {
    /// A file cannot be read.
    #[error("{}: {why}", file.display())]
    File { file: PathBuf, why: std::io::Error },
    /// The proof does not hold.
    #[error("refused: {}: {_0}", .0.code())]
    Fault(#[from] Fault),
    /// The round's signature is nobody's.
    #[error("refused: signature: this is not the signature of round {0} of quicknet")]
    Signature(u32),
}

/// Does what was asked, and says it on standard output or standard error.
pub fn run(asked: &VerifyDraw) -> ExitCode {
    match check(asked) {
        Ok((_, checked)) if asked.json => {
            println!("{}", serde_json::json!(checked));
            ExitCode::SUCCESS
        }
        Ok((terms, checked)) => {
            print!("{}", told(&terms, &checked));
            ExitCode::SUCCESS
        }
        Err(refused) => {
            eprintln!("liveroom-server: {refused}.");
            match refused {
                Refused::File { .. } => ExitCode::from(2),
                Refused::Fault(_) | Refused::Signature(_) => ExitCode::FAILURE,
            }
        }
    }
}

fn check(asked: &VerifyDraw) -> Result<(Terms, Checked), Refused> {
    let bytes = read(&asked.file)?;
    let json = String::from_utf8(bytes).map_err(|why| Fault::Malformed(why.to_string()))?;
    let mut checker = Checker::read(&json)?;
    drop(json);
    let terms = checker.terms().clone();
    let signature = checker.signature();
    match &asked.roll {
        Some(file) => checker.feed(&read(file)?)?,
        None => checker.roll_inside()?,
    }
    let checked = checker.finish()?;
    match (&terms.round, signature) {
        (Some(round), Some(Hex(signature))) if !quicknet::signed(round.number, &signature) => {
            Err(Refused::Signature(round.number))
        }
        _ => Ok((terms, checked)),
    }
}

fn read(file: &Path) -> Result<Vec<u8>, Refused> {
    std::fs::read(file).map_err(|why| Refused::File {
        file: file.to_owned(),
        why,
    })
}

/// What a check found, for people.
fn told(terms: &Terms, checked: &Checked) -> String {
    let mut text = String::new();
    let mut line = |what: &str, is: String| {
        // Writing into a text does not fail.
        let _ = writeln!(text, "{what:<12}{is}");
    };
    line("result", result(checked).to_owned());
    line("level", level(terms, checked));
    line(
        "draw",
        format!(
            "{} in room {}, run {}",
            terms.activity, terms.room, terms.run
        ),
    );
    line(
        "entrants",
        format!(
            "{} with {} tickets, {} at most",
            checked.entrants, checked.tickets, checked.most_tickets
        ),
    );
    for excluded in &checked.excluded {
        line(
            "excluded",
            format!("{}: {}", excluded.count, excluded.reason),
        );
    }
    line(
        "prizes",
        format!(
            "{}, awarded {}, forfeited {}, redrawn {}, still to be drawn {}",
            checked.prizes, checked.awarded, checked.forfeited, checked.redrawn, checked.undrawn
        ),
    );
    if let Some(reason) = &checked.cancelled {
        line("cancelled", reason.clone());
    }
    for entrant in &checked.would_have_won {
        line("would have", format!("won: {entrant}"));
    }
    text
}

fn result(checked: &Checked) -> &'static str {
    match checked.stage {
        Stage::Open => "it is open: there is nothing to check yet but its terms",
        Stage::Closed => "the list of entrants is the one that was fixed at closing",
        Stage::Drawing => "the winners follow from the list and the seed; not all are drawn",
        Stage::Drawn => "the winners follow from the list and the seed",
        Stage::Cancelled => "it was cancelled, and what it has until then holds",
    }
}

fn level(terms: &Terms, checked: &Checked) -> String {
    match (checked.level, &terms.round) {
        (Level::CheckedUnpredictable, Some(round)) => format!(
            "checked, unpredictable: round {} of quicknet came after closing",
            round.number
        ),
        (Level::Checked, Some(round)) => format!(
            "checked: round {} of quicknet was known at closing",
            round.number
        ),
        (_, None) => {
            "checked: it follows from a seed that was fixed before the first entry".to_owned()
        }
    }
}

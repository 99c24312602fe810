//! The browser pages that watch: every number they ever show is read, and none may fall.

use liveroom_tests::ballots::Count;
use liveroom_tests::process::{Fault, Process, ROOM};
use serde::Deserialize;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};
use tokio::sync::watch;
use tokio::time::timeout;

/// How many pages watch.
pub(crate) const PAGES: usize = 3;

/// How long a page has to show what the room knows, a slow start and a few tries to connect again included.
const PATIENCE: Duration = Duration::from_secs(90);

/// What a page shows at one moment.
#[derive(Debug, Deserialize)]
struct Shown {
    page: usize,
    voters: u32,
    votes: Vec<u32>,
}

/// What all pages have shown so far.
#[derive(Clone, Debug, Default)]
struct State {
    /// What each shows now.
    now: Vec<Count>,
    /// How many times the numbers of any page changed.
    changes: usize,
    /// What is wrong.
    fault: Option<String>,
}

/// The pages.
pub(crate) struct Pages {
    browser: Child,
    state: watch::Receiver<State>,
}

impl Pages {
    /// Opens them, and waits until each shows the poll.
    pub(crate) async fn open(server: &Process, options: usize) -> Result<Self, Fault> {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/watch.mjs");
        let mut command = Command::new("node");
        command.arg(script);
        // Two viewers, and the overlay in the streamer's picture.
        for page in ["viewer", "viewer", "overlay"] {
            command.arg(server.url(&format!("/{page}?room={ROOM}&lang=en")));
        }
        let mut browser = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| format!("node cannot be started: {error}"))?;
        let out = browser.stdout.take().ok_or("the pages have no output")?;
        let first = State {
            now: vec![Count::default(); PAGES],
            ..State::default()
        };
        let (told, state) = watch::channel(first);
        tokio::spawn(async move {
            let mut lines = BufReader::new(out).lines();
            while let Ok(Some(line)) = lines.next_line().await {
                told.send_modify(|state| state.take(&line, options));
            }
        });
        let pages = Self { browser, state };
        pages
            .until("a page does not show the poll", |count| {
                !count.votes.is_empty()
            })
            .await?;
        Ok(pages)
    }

    /// Waits until each page shows at least so many voters.
    pub(crate) async fn see(&self, voters: u32) -> Result<(), Fault> {
        let what = format!("a page does not show {voters} voters");
        self.until(&what, |count| count.voters >= voters).await
    }

    /// Waits until each page shows exactly this.
    pub(crate) async fn settle(&self, wanted: &Count) -> Result<(), Fault> {
        let what = format!("a page does not show {wanted:?} at the end");
        self.until(&what, |count| count == wanted).await?;
        eprintln!(
            "Numbers on the pages changed {} times.",
            self.state.borrow().changes
        );
        Ok(())
    }

    async fn until(&self, what: &str, is_so: impl Fn(&Count) -> bool) -> Result<(), Fault> {
        let mut state = self.state.clone();
        let seen = timeout(
            PATIENCE,
            state.wait_for(|state| state.fault.is_some() || state.now.iter().all(&is_so)),
        )
        .await;
        let last = self.state.borrow();
        match (seen, &last.fault) {
            (_, Some(fault)) => Err(fault.clone().into()),
            (Ok(Ok(_)), None) => Ok(()),
            (Ok(Err(_)), None) => Err("the pages were closed".into()),
            (Err(_), None) => Err(format!("{what}; they show {:?}", last.now).into()),
        }
    }

    /// Closes them.
    pub(crate) async fn close(mut self) -> Result<(), Fault> {
        // The end of its input tells the script to go.
        drop(self.browser.stdin.take());
        let ended = timeout(PATIENCE, self.browser.wait()).await??;
        let fault = self.state.borrow().fault.clone();
        match (ended.success(), fault) {
            (true, None) => Ok(()),
            (_, Some(fault)) => Err(fault.into()),
            (false, None) => Err("the browser ended badly".into()),
        }
    }
}

impl State {
    fn take(&mut self, line: &str, options: usize) {
        let shown: Shown = match serde_json::from_str(line) {
            Ok(shown) => shown,
            Err(error) => return self.wrong(format!("{line}: {error}")),
        };
        let Some(before) = self.now.get(shown.page) else {
            return self.wrong(format!("there is no page {}", shown.page));
        };
        let now = Count {
            voters: shown.voters,
            votes: shown.votes,
        };
        if now.votes.len() != options {
            return self.wrong(format!("page {} shows {now:?}", shown.page));
        }
        let fell = now.voters < before.voters
            || now
                .votes
                .iter()
                .zip(&before.votes)
                .any(|(now, before)| now < before);
        if fell {
            return self.wrong(format!(
                "a number fell on page {}: {before:?}, then {now:?}",
                shown.page
            ));
        }
        self.now[shown.page] = now;
        self.changes += 1;
    }

    fn wrong(&mut self, fault: String) {
        self.fault.get_or_insert(fault);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(lines: &[&str]) -> State {
        let mut state = State {
            now: vec![Count::default(); PAGES],
            ..State::default()
        };
        lines.iter().for_each(|line| state.take(line, 2));
        state
    }

    #[test]
    fn numbers_that_grow_are_kept() {
        let state = after(&[
            r#"{"page":0,"voters":1,"votes":[1,0]}"#,
            r#"{"page":2,"voters":1,"votes":[1,1]}"#,
            r#"{"page":0,"voters":2,"votes":[1,1]}"#,
        ]);
        assert_eq!((state.fault, state.changes), (None, 3));
        assert_eq!((state.now[0].voters, state.now[1].voters), (2, 0));
    }

    #[test]
    fn a_number_that_falls_is_a_fault_and_stays_one() {
        for line in [
            r#"{"page":1,"voters":1,"votes":[2,0]}"#,
            r#"{"page":1,"voters":2,"votes":[1,1]}"#,
        ] {
            let state = after(&[
                r#"{"page":1,"voters":2,"votes":[2,0]}"#,
                line,
                r#"{"page":1,"voters":3,"votes":[3,1]}"#,
            ]);
            let fault = state.fault.expect("it fell");
            assert!(fault.contains("fell on page 1"), "{fault}");
        }
    }
}

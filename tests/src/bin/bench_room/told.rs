//! What all stories together tell: how soon votes were seen, what a viewer received, whether the numbers are right.

use crate::OPTIONS;
use crate::viewer::Story;
use liveroom_tests::process::Fault;
use std::time::Duration;

/// What the viewers tell.
pub(crate) struct Told {
    /// Every viewer's last tally is what was voted.
    pub(crate) exact: bool,
    answered: Vec<Duration>,
    seen: Vec<Duration>,
    seen_by_all: Vec<Duration>,
    bytes: f64,
    frames: f64,
}

impl Told {
    /// Puts the stories together.
    pub(crate) fn of(stories: &[Story]) -> Result<Self, Fault> {
        let mut wanted = vec![0_u32; OPTIONS];
        for story in stories {
            wanted[story.option] += 1;
        }
        let voters = u32::try_from(stories.len())?;
        let exact = stories
            .iter()
            .all(|story| story.votes == wanted && story.voters == voters);
        if !exact {
            eprintln!("voted: {wanted:?}");
        }
        // When each tally was there on the last of all connections: after it, every vote up to its rev was seen by all.
        let mut seen = Vec::new();
        let mut seen_by_all = Vec::new();
        for story in stories {
            let own = first(story, story.position).ok_or("a vote was never seen")?;
            seen.push(own.saturating_duration_since(story.sent));
            let mut latest = own;
            for other in stories {
                latest = latest.max(first(other, story.position).ok_or("a vote was never seen")?);
            }
            seen_by_all.push(latest.saturating_duration_since(story.sent));
        }
        let mean = |of: fn(&Story) -> u64| {
            stories.iter().map(|story| of(story) as f64).sum::<f64>() / f64::from(voters)
        };
        let mut told = Self {
            exact,
            answered: stories
                .iter()
                .map(|story| story.answered.saturating_duration_since(story.sent))
                .collect(),
            seen,
            seen_by_all,
            bytes: mean(|story| story.bytes),
            frames: mean(|story| story.frames),
        };
        for list in [&mut told.answered, &mut told.seen, &mut told.seen_by_all] {
            list.sort_unstable();
        }
        Ok(told)
    }

    /// All of it as figures.
    pub(crate) fn figures(&self) -> Vec<(&'static str, f64, &'static str)> {
        vec![
            ("seen_p50_ms", percentile(&self.seen, 50), "ms"),
            ("seen_p99_ms", percentile(&self.seen, 99), "ms"),
            (
                "seen_by_all_p50_ms",
                percentile(&self.seen_by_all, 50),
                "ms",
            ),
            (
                "seen_by_all_p99_ms",
                percentile(&self.seen_by_all, 99),
                "ms",
            ),
            ("answered_p50_ms", percentile(&self.answered, 50), "ms"),
            ("answered_p99_ms", percentile(&self.answered, 99), "ms"),
            ("viewer_bytes", self.bytes, "bytes"),
            ("viewer_frames", self.frames, "frames"),
            ("exact", f64::from(u8::from(self.exact)), "1 if it is"),
        ]
    }
}

/// When the first tally came that counts the vote at this position.
fn first(story: &Story, position: u64) -> Option<tokio::time::Instant> {
    let place = story.tallies.partition_point(|(rev, _)| *rev < position);
    story.tallies.get(place).map(|(_, at)| *at)
}

/// The smallest of sorted times that is not exceeded by so many in a hundred, in milliseconds.
fn percentile(sorted: &[Duration], percent: usize) -> f64 {
    let rank = (sorted.len() * percent).div_ceil(100).max(1);
    sorted
        .get(rank - 1)
        .map_or(0.0, |time| time.as_secs_f64() * 1_000.0)
}

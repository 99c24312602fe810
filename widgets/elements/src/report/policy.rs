//! When reports are sent, and what an endpoint's answer means for them: pure, with time and chance as arguments.
//!
//! A batch goes some seconds after the first report that waits, so that what belongs together travels together
//! and ten thousand pages that saw the same thing at the same moment do not speak at the same moment.
//! An outcome goes sooner: it ends what a viewer did, and figures follow it.

use liveroom_protocol::engagement::Dropped;
use liveroom_protocol::limits::BATCH_BYTES;

/// Reports of one batch, at most.
pub const BATCH_COUNT: u32 = 100;
/// Reports that wait for one endpoint in one browser, at most; then the oldest is dropped.
pub const QUEUE_COUNT: u32 = 1_000;
/// Bytes that wait for one endpoint in one browser, at most; then the oldest is dropped.
pub const QUEUE_BYTES: u32 = 1_000_000;
/// How long a report waits at most: three days.
pub const AGE_MS: u64 = 3 * 24 * 3_600_000;
/// How long an endpoint may take to answer.
pub const TIMEOUT_MS: u32 = 30_000;
/// Least and most time that reports gather before they are sent.
pub const GATHER_MS: (u64, u64) = (3_000, 8_000);
/// The same once one of them is an outcome, a refusal, an error or the page's own.
pub const SOON_MS: (u64, u64) = (500, 2_500);
/// First and longest step of the back-off.
pub const BACK_OFF_MS: (u64, u64) = (1_000, 60_000);
/// No attempt follows a failed one sooner.
const LEAST_MS: u64 = 250;
/// What a request costs of a page's allowance, in milliseconds: over time a page sends one in so many to an endpoint, 20 a minute.
pub const REQUEST_MS: u64 = 3_000;
/// Bytes of a request that cost a millisecond, if that is more: over time 300 kB a minute.
pub const BYTES_A_MS: u64 = 5;
/// What a page that was quiet may spend at once: 67 requests, and as many bytes as may wait.
pub const SPARE_MS: u64 = 200_000;
/// The longest `Retry-After` that is honoured; a longer one counts as this.
pub const RETRY_AFTER_MS: u64 = 300_000;

/// What is remembered between attempts of one page for one endpoint. The shell keeps it, so that a trap loses nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    /// Attempts that failed since the last that did not.
    pub failures: u32,
    /// Reports in a batch, at most; halved by 413, doubled by success.
    pub most: u32,
    /// No attempt before this time of the steady clock.
    pub until: u64,
    /// The endpoint said 410: nothing more in this page load.
    pub gone: bool,
    /// The page's allowance is spent before this time of the steady clock. See the generic cell rate algorithm,
    /// <https://en.wikipedia.org/wiki/Generic_cell_rate_algorithm>.
    pub spent: u64,
}

impl Default for State {
    fn default() -> Self {
        Self {
            failures: 0,
            most: BATCH_COUNT,
            until: 0,
            gone: false,
            spent: 0,
        }
    }
}

/// What waits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Waiting {
    /// Reports.
    pub count: u32,
    /// Their bytes.
    pub bytes: u32,
    /// One of them is not to wait long.
    pub soon: bool,
}

/// What came of an attempt.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    /// The HTTP status; 0 where there is none to be read: no network, no answer in time, a redirect, an answer that CORS hides.
    pub status: u16,
    /// `Retry-After` in milliseconds, where the endpoint named one and lets it be read.
    pub retry_after: Option<u64>,
    /// The answer is a web page: a network's sign-in page spoke in the endpoint's place.
    pub html: bool,
    /// Bytes that were sent.
    pub bytes: u32,
}

/// What is done with the reports of an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// They are stored.
    Stored,
    /// They wait for another attempt; not before [`State::until`].
    Later,
    /// They are sent again at once in smaller batches.
    Split,
    /// They are dropped.
    Drop(Dropped),
}

/// In how many milliseconds the next attempt is due; `None` if nothing waits or nothing may be sent any more.
///
/// `now` is on the steady clock, `chance` in 0..1.
pub fn wait(state: &State, waiting: &Waiting, now: u64, chance: f64) -> Option<u64> {
    if waiting.count == 0 || state.gone {
        return None;
    }
    if state.until > now {
        // They have gathered already, and belong to an attempt that failed.
        return Some(state.until - now);
    }
    let full = waiting.count >= state.most || waiting.bytes as usize >= BATCH_BYTES * 2 / 3;
    Some(match (full, waiting.soon) {
        (true, _) => 0,
        (false, true) => between(SOON_MS, chance),
        (false, false) => between(GATHER_MS, chance),
    })
}

/// What an answer means for the `count` reports that were sent, and for the next attempt.
///
/// `now` is on the steady clock, `chance` in 0..1.
pub fn verdict(state: &mut State, answer: Answer, count: u32, now: u64, chance: f64) -> Verdict {
    let cost = REQUEST_MS.max(u64::from(answer.bytes) / BYTES_A_MS);
    state.spent = state.spent.max(now.saturating_sub(SPARE_MS)) + cost;
    let verdict = meaning(state, answer, count, now, chance);
    state.until = state.until.max(state.spent);
    verdict
}

fn meaning(state: &mut State, answer: Answer, count: u32, now: u64, chance: f64) -> Verdict {
    match answer.status {
        200..=299 if !answer.html => {
            let most = state.most.saturating_mul(2).min(BATCH_COUNT);
            *state = State {
                most,
                spent: state.spent,
                ..State::default()
            };
            Verdict::Stored
        }
        410 => {
            state.gone = true;
            Verdict::Drop(Dropped::Gone)
        }
        413 if count > 1 => {
            state.most = (count / 2).max(1);
            Verdict::Split
        }
        413 => Verdict::Drop(Dropped::TooLarge),
        408 | 425 | 429 => later(state, answer.retry_after, now, chance),
        400..=499 => Verdict::Drop(Dropped::Refused),
        _ => later(state, answer.retry_after, now, chance),
    }
}

/// Full jitter: any time up to a bound that doubles; or what the endpoint asked for and up to a tenth more.
fn later(state: &mut State, retry_after: Option<u64>, now: u64, chance: f64) -> Verdict {
    let delay = if let Some(asked) = retry_after {
        let asked = asked.min(RETRY_AFTER_MS);
        between((asked, asked + asked / 10), chance)
    } else {
        let (first, longest) = BACK_OFF_MS;
        let bound = (first << state.failures.min(16)).min(longest);
        state.failures = state.failures.saturating_add(1);
        between((0, bound), chance)
    };
    state.until = now + delay.max(LEAST_MS);
    Verdict::Later
}

/// A time between two, by chance.
fn between((least, most): (u64, u64), chance: f64) -> u64 {
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "milliseconds of minutes, and chance is held within 0..1"
    )]
    let share = ((most - least) as f64 * chance.clamp(0.0, 1.0)) as u64;
    least + share
}

#[cfg(test)]
mod tests;

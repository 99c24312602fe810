//! How long to wait before the next try: full jitter, so that a room's viewers do not come back all at once.

/// The longest wait of the first try, doubled for each that follows.
const FIRST_MS: u64 = 1_000;
/// The longest wait of all.
const LAST_MS: u64 = 30_000;

/// Milliseconds before try number `tries` (from 0); `chance` in 0..1.
///
/// Full jitter as in <https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/>.
pub fn backoff(tries: u32, chance: f64) -> u64 {
    let most = FIRST_MS.saturating_mul(1 << tries.min(10)).min(LAST_MS);
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_precision_loss,
        clippy::cast_sign_loss,
        reason = "a share of at most 30,000"
    )]
    let wait = (most as f64 * chance.clamp(0.0, 1.0)) as u64;
    wait
}

#[cfg(test)]
mod tests {
    use super::backoff;

    #[test]
    fn waits_double_up_to_half_a_minute_and_chance_takes_a_share() {
        for (tries, chance, wait) in [
            (0, 0.0, 0),
            (0, 0.5, 500),
            (1, 1.0, 2_000),
            (4, 1.0, 16_000),
            (5, 1.0, 30_000),
            (u32::MAX, 1.0, 30_000),
            (9, 0.1, 3_000),
            (3, 7.0, 8_000),
        ] {
            assert_eq!(backoff(tries, chance), wait, "try {tries}");
        }
    }
}

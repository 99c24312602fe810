//! Shares of votes as whole percentages, who leads, and the average of a scale.

use liveroom_protocol::poll::Scale;

/// Returns each option's whole share of all votes. They add up to 100, or are all 0 before the first vote.
///
/// By the method of the largest remainder (Hamilton's): all shares are rounded down, and the points that are missing go
/// to the largest remainders, of equal ones to the first. For polls where a viewer chooses one option.
pub fn shares_of_votes(votes: &[u32]) -> Vec<u8> {
    let total: u64 = votes.iter().map(|&count| u64::from(count)).sum();
    if total == 0 {
        return vec![0; votes.len()];
    }
    let hundredfold = |count: u32| u64::from(count) * 100;
    let mut shares: Vec<u8> = votes
        .iter()
        .map(|&count| whole(hundredfold(count) / total))
        .collect();
    let given: u8 = shares.iter().sum();
    let mut raised = vec![false; votes.len()];
    for _ in given..100 {
        let mut next = 0;
        for place in 0..votes.len() {
            let remainder = |at: usize| hundredfold(votes[at]) % total;
            if !raised[place] && (raised[next] || remainder(place) > remainder(next)) {
                next = place;
            }
        }
        raised[next] = true;
        shares[next] += 1;
    }
    shares
}

/// Returns each option's whole share of the voters, rounded half up; for polls where a viewer may choose several.
pub fn shares_of_voters(votes: &[u32], voters: u32) -> Vec<u8> {
    let voters = u64::from(voters);
    votes
        .iter()
        .map(|&count| match voters {
            0 => 0,
            _ => whole((u64::from(count) * 200 + voters) / (voters * 2)),
        })
        .collect()
}

/// Returns the places of the options with the most votes: none before the first vote, several in a tie.
pub fn leading(votes: &[u32]) -> Vec<usize> {
    let most = votes.iter().copied().max().unwrap_or(0);
    (0..votes.len())
        .filter(|&place| most > 0 && votes[place] == most)
        .collect()
}

/// Returns the average of a scale in tenths, rounded half up: 42 is 4.2. None before the first vote.
pub fn average_tenths(scale: &Scale, votes: &[u32]) -> Option<u32> {
    let total: u64 = votes.iter().map(|&count| u64::from(count)).sum();
    let sum: u64 = (u64::from(scale.min)..)
        .zip(votes)
        .map(|(step, &count)| step * u64::from(count))
        .sum();
    u32::try_from((sum * 20 + total).checked_div(total * 2)?).ok()
}

/// A share never passes 100, whatever a page sent for votes and voters.
fn whole(share: u64) -> u8 {
    u8::try_from(share.min(100)).unwrap_or(100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_add_up_to_a_hundred() {
        assert_eq!(shares_of_votes(&[1, 1, 1]), [34, 33, 33]);
        assert_eq!(shares_of_votes(&[2, 1]), [67, 33]);
        assert_eq!(
            shares_of_votes(&[1, 1, 1, 1, 1, 1]),
            [17, 17, 17, 17, 16, 16]
        );
        assert_eq!(shares_of_votes(&[0, 7, 0]), [0, 100, 0]);
        assert_eq!(shares_of_votes(&[u32::MAX, u32::MAX]), [50, 50]);
        assert_eq!(shares_of_votes(&[995, 5]), [100, 0]);
        assert_eq!(shares_of_votes(&[0, 0]), [0, 0]);
        assert_eq!(shares_of_votes(&[]), [0_u8; 0]);
    }

    #[test]
    fn shares_add_up_to_a_hundred_for_any_votes() {
        // A small generator of our own, so that the cases are the same in every run.
        let mut seed = 1_u32;
        let mut next = || {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            seed >> 8
        };
        for _ in 0..2_000 {
            let size = 2 + next() % 19;
            let limit = 1 + next() % 5_000;
            let votes: Vec<u32> = (0..size).map(|_| next() % limit).collect();
            let total: u64 = votes.iter().map(|&count| u64::from(count)).sum();
            let shares = shares_of_votes(&votes);
            let sum: u32 = shares.iter().map(|&share| u32::from(share)).sum();
            assert_eq!(sum, if total == 0 { 0 } else { 100 }, "{votes:?}");
            for (count, share) in votes.iter().zip(&shares) {
                let exact = u64::from(*count) * 100;
                let share = u64::from(*share) * total;
                assert!(
                    share < exact + total.max(1) && exact < share + total.max(1),
                    "{votes:?}"
                );
            }
        }
    }

    #[test]
    fn shares_of_voters_stand_each_alone() {
        assert_eq!(shares_of_voters(&[3, 2, 1], 4), [75, 50, 25]);
        assert_eq!(shares_of_voters(&[1, 199], 200), [1, 100]);
        assert_eq!(shares_of_voters(&[1], 0), [0]);
        assert_eq!(shares_of_voters(&[9], 3), [100]);
    }

    #[test]
    fn a_tie_has_several_leaders_and_no_votes_have_none() {
        assert_eq!(leading(&[1, 3, 3]), [1, 2]);
        assert_eq!(leading(&[2, 1]), [0]);
        assert!(leading(&[0, 0]).is_empty());
    }

    #[test]
    fn a_scale_has_an_average() {
        let scale = Scale {
            min: 1,
            max: 5,
            low: None,
            high: None,
        };
        assert_eq!(average_tenths(&scale, &[0, 0, 0, 1, 1]), Some(45));
        assert_eq!(average_tenths(&scale, &[1, 0, 0, 0, 2]), Some(37));
        assert_eq!(average_tenths(&scale, &[0; 5]), None);
        let from_zero = Scale {
            min: 0,
            max: 10,
            low: None,
            high: None,
        };
        assert_eq!(average_tenths(&from_zero, &[1, 1]), Some(5));
    }
}

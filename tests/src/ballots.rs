//! Real ballots from a file, and what they add up to, counted as plainly as can be.
//!
//! | line | says |
//! |---|---|
//! | `# …` | where the ballots are from |
//! | `options A B C` | the names of the options, in their order |
//! | `13 6` | 13 voters approved option 6 alone |
//! | `10 9,10` | 10 voters approved options 9 and 10 |
//! | `13 -` | 13 voters approved none |

use liveroom_protocol::limits::{OPTIONS_MAX, OPTIONS_MIN};

/// The ballots of a file.
#[derive(Debug, PartialEq, Eq)]
pub struct Ballots {
    /// The names of the options.
    pub options: Vec<String>,
    /// One a voter: the places of the approved options, from 0.
    pub cast: Vec<Vec<usize>>,
}

/// What ballots add up to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// How many voted, for none of the options too.
    pub voters: u32,
    /// How many approved each option.
    pub votes: Vec<u32>,
}

impl Ballots {
    /// Reads a file's text; what is wrong with it is said with the number of the line.
    pub fn read(text: &str) -> Result<Self, String> {
        let mut options: Vec<String> = Vec::new();
        let mut cast = Vec::new();
        for (number, line) in text.lines().enumerate() {
            let wrong = |why: &str| format!("line {}: {why}", number + 1);
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let (head, rest) = line
                .split_once(char::is_whitespace)
                .ok_or_else(|| wrong("a ballot is a number of voters and what they approved"))?;
            if head == "options" {
                options = rest.split_whitespace().map(str::to_owned).collect();
                continue;
            }
            let voters: usize = head
                .parse()
                .map_err(|_| wrong("it begins with no number of voters"))?;
            let approved = approved(rest.trim(), options.len()).map_err(wrong)?;
            cast.extend(std::iter::repeat_n(approved, voters));
        }
        if !(OPTIONS_MIN..=OPTIONS_MAX).contains(&options.len()) {
            return Err(format!(
                "a line \"options …\" names {OPTIONS_MIN} to {OPTIONS_MAX} options; here are {}",
                options.len()
            ));
        }
        if cast.is_empty() {
            return Err("there is no ballot in it".to_owned());
        }
        Ok(Self { options, cast })
    }

    /// Counts them.
    pub fn count(&self) -> Count {
        let mut count = Count {
            voters: 0,
            votes: vec![0; self.options.len()],
        };
        for ballot in &self.cast {
            count.voters += 1;
            for &place in ballot {
                count.votes[place] += 1;
            }
        }
        count
    }
}

fn approved(text: &str, options: usize) -> Result<Vec<usize>, &'static str> {
    if text == "-" {
        return Ok(Vec::new());
    }
    let mut places = Vec::new();
    for number in text.split(',') {
        let place = match number.trim().parse::<usize>() {
            Ok(number) if (1..=options).contains(&number) => number - 1,
            _ => return Err("it approves what is no option"),
        };
        if places.contains(&place) {
            return Err("it approves an option twice");
        }
        places.push(place);
    }
    Ok(places)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_real_ballots_add_up_to_what_is_known_of_them() {
        let text = include_str!("../data/approval-2002-gy.txt");
        let ballots = Ballots::read(text).expect("the file can be read");
        let votes = [
            62, 36, 26, 85, 139, 119, 33, 74, 67, 87, 21, 37, 67, 77, 64, 62,
        ];
        let count = Count {
            voters: 365,
            votes: votes.to_vec(),
        };
        assert_eq!(ballots.count(), count);
        assert_eq!((ballots.options.len(), ballots.cast.len()), (16, 365));
    }

    #[test]
    fn what_is_no_ballot_is_said_with_its_line() {
        for (text, why) in [
            ("options A B\n1 3", "line 2: it approves what is no option"),
            ("options A B\n1 0", "line 2: it approves what is no option"),
            ("options A B\n1 1,1", "line 2: it approves an option twice"),
            (
                "# a\noptions A B\nx 1",
                "line 3: it begins with no number of voters",
            ),
            (
                "options A B\n7",
                "line 2: a ballot is a number of voters and what they approved",
            ),
            ("options A B", "there is no ballot in it"),
            (
                "options A\n1 1",
                "a line \"options …\" names 2 to 20 options; here are 1",
            ),
        ] {
            assert_eq!(Ballots::read(text), Err(why.to_owned()), "{text}");
        }
    }
}

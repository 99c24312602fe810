//! The manners of buyers: how they ask, and what they do with what they claimed.

/// What a buyer does with a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Manner {
    /// Orders, pays, and tells the room.
    Honest,
    /// The tab is killed once the shop was paid: the room hears of it from the shop alone.
    Killed {
        /// The room was told that the order has begun; without that the reservation may end before the bank is done.
        begun: bool,
    },
    /// Says that it ordered, and never pays.
    Liar,
    /// Changes its mind.
    Leaves {
        /// It gives its claim back; without that the claim runs out.
        releases: bool,
    },
}

/// How a buyer asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Habits {
    /// Each claim and each order is sent twice.
    pub(crate) twice: bool,
    /// The first line is cut before the answer.
    pub(crate) cut: bool,
    /// Wants more than the limit.
    pub(crate) greedy: bool,
}

/// What the buyer of a number is like: one in ten of each sort, and each sort of asking meets each manner.
pub(crate) const fn of(number: usize) -> (Manner, Habits) {
    let manner = match number / 10 % 10 {
        2 => Manner::Killed {
            begun: (number / 100).is_multiple_of(2),
        },
        5 => Manner::Liar,
        8 => Manner::Leaves {
            releases: (number / 100).is_multiple_of(2),
        },
        _ => Manner::Honest,
    };
    let habits = Habits {
        twice: number % 10 == 3,
        cut: number % 10 == 6,
        greedy: number % 10 == 9,
    };
    (manner, habits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_in_ten_is_of_each_sort() {
        let all: Vec<(Manner, Habits)> = (0..2_000).map(of).collect();
        let count = |is_so: &dyn Fn(&(Manner, Habits)) -> bool| {
            all.iter().filter(|buyer| is_so(buyer)).count()
        };
        assert_eq!(count(&|(manner, _)| *manner == Manner::Liar), 200);
        assert_eq!(
            count(&|(manner, _)| matches!(manner, Manner::Killed { .. })),
            200
        );
        assert_eq!(count(&|(_, habits)| habits.twice), 200);
        assert_eq!(count(&|(_, habits)| habits.cut), 200);
        assert_eq!(
            count(&|(manner, habits)| *manner == Manner::Liar && habits.cut),
            20
        );
    }
}

//! Tickets in a row from which entrants can leave: Fenwick's tree (Software: Practice and Experience 24, 1994), so that a draw among a million is quick.

/// The weights of entrants, with the sum of each stretch that the tree knows.
#[derive(Clone, Debug, Default)]
pub(super) struct Fenwick {
    /// At place `i` (counted from 1): the sum of the `i & -i` weights that end there.
    sums: Vec<u64>,
    total: u64,
}

impl Fenwick {
    /// An empty one with room for so many.
    pub(super) fn with_capacity(many: usize) -> Self {
        Self {
            sums: Vec::with_capacity(many),
            total: 0,
        }
    }

    pub(super) fn push(&mut self, weight: u32) {
        let place = self.sums.len() + 1;
        let weight = u64::from(weight);
        let mut sum = weight;
        let mut below = 1;
        while below < lowest_bit(place) {
            sum += self.sums[place - below - 1];
            below *= 2;
        }
        self.sums.push(sum);
        self.total += weight;
    }

    /// The sum of all that are left.
    pub(super) fn total(&self) -> u64 {
        self.total
    }

    /// Whose ticket this is, counted from 0 over all tickets that are left; it is below the total.
    pub(super) fn holder(&self, ticket: u64) -> usize {
        let mut left = ticket;
        let mut place = 0;
        let mut step = self.sums.len().checked_ilog2().map_or(0, |bits| 1 << bits);
        while step > 0 {
            if let Some(sum) = self.sums.get(place + step - 1).filter(|sum| **sum <= left) {
                left -= sum;
                place += step;
            }
            step /= 2;
        }
        place
    }

    /// Takes all tickets of an entrant out.
    pub(super) fn leave(&mut self, entrant: usize) {
        let weight = self.weight(entrant);
        self.total -= weight;
        let mut place = entrant + 1;
        while let Some(sum) = self.sums.get_mut(place - 1) {
            *sum -= weight;
            place += lowest_bit(place);
        }
    }

    fn weight(&self, entrant: usize) -> u64 {
        let place = entrant + 1;
        let stretch = lowest_bit(place);
        let mut weight = self.sums[entrant];
        let mut below = 1;
        while below < stretch {
            weight -= self.sums[place - below - 1];
            below *= 2;
        }
        weight
    }
}

fn lowest_bit(place: usize) -> usize {
    place & place.wrapping_neg()
}

//! Distinct viewers of some time: known of the whole time that a place had, and of no part of it.

use super::super::bits::Bits;
use super::super::{Deed, Deeds, Facts};
use super::Scope;
use std::collections::BTreeSet;

impl Facts {
    /// Those of some places in which viewers acted also at another time than is asked for.
    pub(super) fn cut(&self, scope: &Scope, places: &BTreeSet<usize>) -> BTreeSet<usize> {
        let before = self.cells.range(..(scope.from, 0)).rev();
        let after = self.cells.range((scope.end().max(scope.from), 0)..);
        let mut cut = BTreeSet::new();
        // The nearest first: while a show runs all are soon found.
        for ((_, number), deeds) in before.chain(after) {
            if cut.len() == places.len() {
                break;
            }
            if places.contains(number) && of_viewers(deeds) {
                cut.insert(*number);
            }
        }
        cut
    }

    /// How many distinct viewers took part in some places. Who did is known of a place's whole time only.
    pub(super) fn people<'a>(
        &self,
        places: impl IntoIterator<Item = &'a usize>,
        cut: &BTreeSet<usize>,
    ) -> Option<u64> {
        let mut people = Bits::default();
        for number in places {
            if cut.contains(number) {
                return None;
            }
            people.add(&self.took_part[*number]);
        }
        Some(people.count())
    }
}

/// Whether viewers did any of it themselves, as against what became of it later.
pub(super) fn of_viewers(deeds: &Deeds) -> bool {
    let later = |deed: &Deed| matches!(deed, Deed::Orders | Deed::UnitsSold | Deed::Refused);
    let mut own = Deed::ALL.iter().filter(|deed| !later(deed));
    own.any(|deed| deeds.get(*deed) > 0)
}

//! Which cards are shrunk to chips: as the viewer chose, and in a dock all but one.

use liveroom_protocol::id::ActivityId;

/// The viewer's choices, remembered for each activity as long as the page lives.
#[derive(Clone, Debug, Default)]
pub struct Chips {
    chosen: Vec<(ActivityId, bool)>,
    /// The one card of the dock.
    card: Option<ActivityId>,
}

impl Chips {
    /// Whether an activity outside a dock is a chip: only if the viewer shrank it.
    pub fn is_chip(&self, activity: &ActivityId) -> bool {
        self.choice(activity) == Some(true)
    }

    /// Whether an activity in the dock is a chip: all but one.
    pub fn is_docked_chip(&self, activity: &ActivityId) -> bool {
        self.card.as_ref() != Some(activity)
    }

    /// The viewer shrank an activity, or brought it back.
    pub fn choose(&mut self, activity: &ActivityId, chip: bool) {
        self.chosen.retain(|(known, _)| known != activity);
        self.chosen.push((activity.clone(), chip));
        if !chip {
            self.card = Some(activity.clone());
        } else if self.card.as_ref() == Some(activity) {
            self.card = None;
        }
    }

    /// Settles which one of the dock is the card: `docked` in the order of opening, the last one opened last.
    /// One that is being used stays; else it is the newest that the viewer did not shrink.
    pub fn settle(&mut self, docked: &[ActivityId], is_used: impl Fn(&ActivityId) -> bool) {
        let stays = |card: &ActivityId| docked.contains(card) && is_used(card);
        if self.card.as_ref().is_some_and(stays) {
            return;
        }
        let newest = docked.last();
        let brought_back = self
            .card
            .as_ref()
            .filter(|card| docked.contains(card) && self.choice(card) == Some(false));
        // What opened after the viewer brought another one back is new to them.
        let newer =
            brought_back.is_none() || newest.is_some_and(|newest| self.choice(newest).is_none());
        if newer {
            let whole = |activity: &&ActivityId| self.choice(activity) != Some(true);
            self.card = docked.iter().rev().find(whole).cloned();
        }
    }

    fn choice(&self, activity: &ActivityId) -> Option<bool> {
        let known = self.chosen.iter().find(|(known, _)| known == activity);
        known.map(|(_, chip)| *chip)
    }
}

#[cfg(test)]
mod tests {
    use super::Chips;
    use liveroom_protocol::id::ActivityId;

    fn ids(names: &[&str]) -> Vec<ActivityId> {
        let id = |name: &&str| ActivityId::parse(*name).expect("it is an id");
        names.iter().map(id).collect()
    }

    fn cards(chips: &Chips, docked: &[ActivityId]) -> Vec<String> {
        let whole = docked.iter().filter(|one| !chips.is_docked_chip(one));
        whole.map(|one| one.as_str().to_owned()).collect()
    }

    #[test]
    fn of_several_the_newest_is_the_card_and_one_in_use_stays_it() {
        let mut chips = Chips::default();
        chips.settle(&ids(&["a"]), |_| false);
        assert_eq!(cards(&chips, &ids(&["a"])), ["a"]);
        let both = ids(&["a", "b"]);
        chips.settle(&both, |one| one.as_str() == "a");
        assert_eq!(cards(&chips, &both), ["a"]);
        chips.settle(&both, |_| false);
        assert_eq!(cards(&chips, &both), ["b"]);
    }

    #[test]
    fn a_viewer_shrinks_any_and_brings_any_back() {
        let mut chips = Chips::default();
        let both = ids(&["a", "b"]);
        chips.settle(&both, |_| false);
        chips.choose(&both[1], true);
        chips.settle(&both, |_| false);
        assert_eq!(cards(&chips, &both), ["a"]);
        chips.choose(&both[0], true);
        chips.settle(&both, |_| false);
        assert!(cards(&chips, &both).is_empty());
        chips.choose(&both[0], false);
        chips.settle(&both, |_| false);
        assert_eq!(cards(&chips, &both), ["a"], "what was brought back stays");
        let three = ids(&["a", "b", "c"]);
        chips.settle(&three, |_| false);
        assert_eq!(cards(&chips, &three), ["c"], "until something new opens");
    }

    #[test]
    fn outside_a_dock_only_the_viewers_choice_counts() {
        let mut chips = Chips::default();
        let [a, b] = [ids(&["a"]).remove(0), ids(&["b"]).remove(0)];
        assert!(!chips.is_chip(&a));
        chips.choose(&a, true);
        assert!(chips.is_chip(&a) && !chips.is_chip(&b));
        chips.choose(&a, false);
        assert!(!chips.is_chip(&a));
    }
}

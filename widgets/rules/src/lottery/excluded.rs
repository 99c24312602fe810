//! Who is excluded, and why: as far as the room knows it before closing, and then as it was fixed.

use super::Lottery;
use super::draft::WON_ELSEWHERE;
use crate::draw::EntrantId;
use crate::profile;
use crate::pseudonym::Pseudonym;
use liveroom_protocol::lottery::EntrantName;
use liveroom_protocol::{Reason, Refusal};
use std::collections::HashMap;

/// What was said of entrants before it closed. A reason is its place among the terms' reasons, from 1.
#[derive(Clone, Debug, Default)]
pub(super) struct Excluded {
    /// By the name on the list; whoever has that name need not have entered yet.
    named: HashMap<EntrantId, u8>,
    /// Those of them who have entered, and who had won elsewhere when they did.
    entrants: HashMap<Pseudonym, u8>,
    /// Who has which name, since somebody was excluded: a name alone does not say whose it is.
    whose: Option<HashMap<EntrantId, Pseudonym>>,
}

impl Excluded {
    /// For what the bearer of a name is excluded by order.
    pub(super) fn reason(&self, name: &EntrantId) -> Option<u8> {
        self.named.get(name).copied()
    }

    /// Whoever has a name is excluded for a reason, unless they were for another.
    pub(super) fn name(&mut self, name: EntrantId, reason: u8) {
        self.named.entry(name).or_insert(reason);
    }

    /// An entrant is one no more.
    pub(super) fn forget(&mut self, who: Pseudonym) {
        self.entrants.remove(&who);
        if let Some(whose) = &mut self.whose {
            whose.retain(|_, known| *known != who);
        }
    }

    /// Who has entered and cannot win, as far as is known.
    pub(super) fn entrants(&self) -> impl Iterator<Item = Pseudonym> {
        self.entrants.keys().copied()
    }
}

impl Lottery {
    /// Excludes an entrant before it closes, for one of the reasons that were published.
    pub(super) fn exclude(&mut self, entrant: EntrantName, reason: &str) -> Result<(), Refusal> {
        if self.closing.is_some() {
            return Err(Refusal::because(
                Reason::Closed,
                "the list of entrants is fixed",
            ));
        }
        let number = self
            .draft
            .exclusions
            .iter()
            .position(|known| known.as_str() == reason)
            .and_then(|place| u8::try_from(place + 1).ok())
            .ok_or_else(|| {
                Refusal::because(
                    Reason::Malformed,
                    "the reason is none of those that were published at opening",
                )
            })?;
        self.may_exclude(&entrant.0)?;
        let key = &self.key;
        let entries = self.entries.keys();
        let whose = self
            .excluded
            .whose
            .get_or_insert_with(|| entries.map(|who| (key.entrant(*who), *who)).collect());
        if let Some(who) = whose.get(&entrant.0).copied() {
            self.touched.push(who);
            if self.rules >= 2 {
                self.excluded.entrants.insert(who, number);
            }
        }
        self.excluded.named.insert(entrant.0, number);
        Ok(())
    }

    /// Whether one more may be excluded: a profile bounds how many, so that no list names who is left to win.
    fn may_exclude(&self, entrant: &EntrantId) -> Result<(), Refusal> {
        let rules = self.fixed.profile.and_then(profile::of);
        let Some(most) = rules.and_then(|rules| rules.may_exclude(self.entrants())) else {
            return Ok(());
        };
        let named = u32::try_from(self.excluded.named.len()).unwrap_or(u32::MAX);
        if self.excluded.named.contains_key(entrant) || named < most {
            return Ok(());
        }
        let why = format!(
            "the room's profile lets {most} of its entrants be excluded: call it off if more may not take part"
        );
        Err(Refusal::because(Reason::TooMany, why))
    }

    /// Takes note of who has just entered: somebody who was excluded already, or has won too often elsewhere.
    pub(super) fn note_entrant(&mut self, who: Pseudonym, barred: bool) {
        let mut reason = barred.then(|| self.elsewhere());
        if let Some(whose) = &mut self.excluded.whose {
            let name = self.key.entrant(who);
            whose.insert(name, who);
            reason = self.excluded.named.get(&name).copied().or(reason);
        }
        if let Some(reason) = reason.filter(|_| self.rules >= 2) {
            self.excluded.entrants.insert(who, reason);
        }
    }

    /// The place of having won elsewhere among the terms' reasons: the last.
    pub(super) fn elsewhere(&self) -> u8 {
        let reasons = self.draft.exclusions.len() + usize::from(!self.draft.not_after.is_empty());
        u8::try_from(reasons).unwrap_or(u8::MAX)
    }

    /// Why an entrant cannot win, as far as the room knows; once it has closed, as the list says.
    pub fn why_excluded(&self, who: Pseudonym) -> Option<&str> {
        let name = self.entrant(who);
        let reason = match &self.closing {
            Some(closing) => {
                let place = closing.roll.binary_search_by_key(&name, |entry| entry.id);
                place.ok().map(|place| closing.roll[place].excluded)
            }
            None => {
                let known = self.excluded.entrants.get(&who).copied();
                known.or_else(|| self.excluded.reason(&name))
            }
        };
        let place = usize::from(reason.filter(|reason| *reason > 0)?) - 1;
        let published = self.draft.exclusions.get(place);
        Some(published.map_or(WON_ELSEWHERE, |text| text.as_str()))
    }

    /// How many entrants are excluded, for each of the terms' reasons; nothing while nobody is.
    pub fn excluded_by_reason(&self) -> Vec<u32> {
        match &self.closing {
            _ if self.rules < 2 => Vec::new(),
            Some(closing) => closing.excluded.clone(),
            None => self.by_reason(self.excluded.entrants.values().copied()),
        }
    }

    /// Counts reasons; 0 is none.
    pub(super) fn by_reason(&self, reasons: impl Iterator<Item = u8>) -> Vec<u32> {
        let mut counts = Vec::new();
        for reason in reasons.filter(|reason| *reason > 0) {
            counts.resize(usize::from(self.elsewhere()), 0_u32);
            if let Some(count) = counts.get_mut(usize::from(reason) - 1) {
                *count = count.saturating_add(1);
            }
        }
        counts
    }

    /// The most tickets that one entrant has, once it has closed.
    pub fn most_tickets(&self) -> u32 {
        let closing = self.closing.as_ref().filter(|_| self.rules >= 2);
        closing.map_or(0, |closing| closing.most)
    }

    /// How many tickets can win, as far as the room knows.
    pub fn tickets(&self) -> u64 {
        let all = |entrants: &mut dyn Iterator<Item = &Pseudonym>| -> u64 {
            let tickets = entrants.filter_map(|who| self.entries.get(who));
            tickets.map(|tickets| u64::from(*tickets)).sum()
        };
        match &self.closing {
            Some(closing) if self.rules >= 2 => closing.tickets,
            Some(_) | None => self.tickets - all(&mut self.excluded.entrants.keys()),
        }
    }
}

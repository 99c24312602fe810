//! What is counted of what viewers do: each deed under one name, and money exactly, by currency.

use std::collections::BTreeMap;

/// What the room accepted from viewers, or from the shop for them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Deed {
    /// Ballots cast: votes in polls, answers to surveys; where the viewer had none.
    Votes,
    /// Ballots changed.
    VotesChanged,
    /// Ballots withdrawn, and the second ones of who signed in.
    VotesWithdrawn,
    /// Entries to draws.
    Entries,
    /// Prizes claimed.
    PrizesClaimed,
    /// Questions asked.
    Questions,
    /// Votes for questions.
    QuestionVotes,
    /// Votes for questions taken back.
    QuestionVotesWithdrawn,
    /// Replies to questions.
    Replies,
    /// Claims of deals.
    Claims,
    /// Units of those claims.
    UnitsClaimed,
    /// Claims given back by their viewers.
    ClaimsReleased,
    /// What pages said of orders: begun, taken, failed.
    OrderSteps,
    /// Claims that were sold, and not given back.
    Orders,
    /// Units of those.
    UnitsSold,
    /// Activities or questions reported to those who run the room.
    Flags,
    /// Requests that the log ordered and the room refused.
    Refused,
}

impl Deed {
    /// All of them.
    pub const ALL: [Self; 17] = [
        Self::Votes,
        Self::VotesChanged,
        Self::VotesWithdrawn,
        Self::Entries,
        Self::PrizesClaimed,
        Self::Questions,
        Self::QuestionVotes,
        Self::QuestionVotesWithdrawn,
        Self::Replies,
        Self::Claims,
        Self::UnitsClaimed,
        Self::ClaimsReleased,
        Self::OrderSteps,
        Self::Orders,
        Self::UnitsSold,
        Self::Flags,
        Self::Refused,
    ];

    /// The name of its figure.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Votes => "votes",
            Self::VotesChanged => "votes_changed",
            Self::VotesWithdrawn => "votes_withdrawn",
            Self::Entries => "entries",
            Self::PrizesClaimed => "prizes_claimed",
            Self::Questions => "questions",
            Self::QuestionVotes => "question_votes",
            Self::QuestionVotesWithdrawn => "question_votes_withdrawn",
            Self::Replies => "replies",
            Self::Claims => "claims",
            Self::UnitsClaimed => "units_claimed",
            Self::ClaimsReleased => "claims_released",
            Self::OrderSteps => "order_steps",
            Self::Orders => "orders",
            Self::UnitsSold => "units_sold",
            Self::Flags => "flags",
            Self::Refused => "room_refused",
        }
    }

    /// Whether a viewer did it: what makes a moment lively.
    pub const fn is_act(self) -> bool {
        !matches!(
            self,
            Self::UnitsClaimed | Self::Orders | Self::UnitsSold | Self::OrderSteps | Self::Refused
        )
    }
}

/// Counts of deeds, and what was earned.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Deeds {
    counts: [u64; Deed::ALL.len()],
    /// By currency, in ten-thousandths.
    value: BTreeMap<String, u128>,
}

impl Deeds {
    /// How many.
    pub const fn get(&self, deed: Deed) -> u64 {
        self.counts[deed as usize]
    }

    /// What units were sold for, in ten-thousandths of each currency.
    pub const fn value(&self) -> &BTreeMap<String, u128> {
        &self.value
    }

    /// All that viewers did.
    pub fn acts(&self) -> u64 {
        let acts = Deed::ALL.into_iter().filter(|deed| deed.is_act());
        acts.map(|deed| self.get(deed)).sum()
    }

    pub(super) const fn add(&mut self, deed: Deed, count: u64) {
        let place = &mut self.counts[deed as usize];
        *place = place.saturating_add(count);
    }

    pub(super) const fn take_back(&mut self, deed: Deed, count: u64) {
        let place = &mut self.counts[deed as usize];
        *place = place.saturating_sub(count);
    }

    pub(super) fn earn(&mut self, currency: &str, value: u128) {
        *self.value.entry(currency.to_owned()).or_default() += value;
    }

    pub(super) fn give_back(&mut self, currency: &str, value: u128) {
        if let Some(sum) = self.value.get_mut(currency) {
            *sum = sum.saturating_sub(value);
        }
        self.value.retain(|_, sum| *sum > 0);
    }

    /// Adds all of another.
    pub fn join(&mut self, other: &Self) {
        for deed in Deed::ALL {
            self.add(deed, other.get(deed));
        }
        for (currency, value) in &other.value {
            self.earn(currency, *value);
        }
    }
}

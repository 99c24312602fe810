//! The terms of a draw: the published rules, of which the draw itself reads some.

use super::check::has_objects;
use super::round::{QUICKNET, Round};
use super::{ALGORITHM, Fault, NotCanonical, canonical};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The most pieces of all prizes together.
const PIECES: u32 = 1_000;

/// What a draw reads of its terms. They may have more members, which are shown and hashed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// [`ALGORITHM`].
    pub algorithm: String,
    /// The room.
    pub room: String,
    /// The activity.
    pub activity: String,
    /// Its run.
    pub run: u32,
    /// The prizes in the order in which they are drawn.
    pub prizes: Vec<Prize>,
    /// Who has how many tickets.
    pub tickets: Tickets,
    /// For what an entrant may be excluded; at most 255.
    pub exclusions: Vec<String>,
    /// The public round whose randomness is mixed in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub round: Option<Round>,
}

/// A prize.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Prize {
    /// What it is.
    pub name: String,
    /// How many of it, at least 1.
    pub count: u32,
}

/// How many tickets an entrant has: what everybody has, or what a tier has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tickets {
    /// Everybody, at least 1.
    pub each: u32,
    /// Members of tiers.
    pub tiers: Vec<TierTickets>,
}

/// The tickets of a tier's members.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TierTickets {
    /// Which tier.
    pub tier: String,
    /// How many, at least 1.
    pub tickets: u32,
}

impl Terms {
    /// Reads terms: canonical JSON with all that a draw needs.
    pub fn parse(text: &str) -> Result<Self, Fault> {
        let value: Value =
            serde_json::from_str(text).map_err(|_| Fault::TermsForm(NotCanonical))?;
        match canonical(&value) {
            Ok(same) if same == text => {}
            _ => return Err(Fault::TermsForm(NotCanonical)),
        }
        if !has_objects(&value) {
            return Err(Fault::Terms(
                "prizes, tickets, tiers and round are objects".to_owned(),
            ));
        }
        let terms = Self::deserialize(value).map_err(|error| Fault::Terms(error.to_string()))?;
        terms
            .sound()
            .map_err(|what| Fault::Terms(what.to_owned()))?;
        Ok(terms)
    }

    fn sound(&self) -> Result<(), &'static str> {
        if self.algorithm != ALGORITHM {
            return Err("they are made for another algorithm");
        }
        let mut pieces = 0_u32;
        for prize in &self.prizes {
            pieces = pieces.saturating_add(prize.count);
            if prize.count == 0 {
                return Err("there is none of a prize");
            }
        }
        if pieces == 0 || pieces > PIECES {
            return Err("there are 1 to 1,000 prizes");
        }
        if self.tickets.each == 0 || self.tickets.tiers.iter().any(|tier| tier.tickets == 0) {
            return Err("whoever enters has a ticket");
        }
        if self.exclusions.len() > 255 {
            return Err("there are at most 255 reasons to exclude");
        }
        match &self.round {
            Some(round) if round.chain != QUICKNET || round.number == 0 => {
                Err("the public round is none of quicknet's")
            }
            _ => Ok(()),
        }
    }

    /// The prize of each piece, in the order in which they are drawn.
    pub fn pieces(&self) -> impl Iterator<Item = u32> + '_ {
        let piece = |(prize, of): (u32, &Prize)| (0..of.count).map(move |_| prize);
        (0..).zip(&self.prizes).flat_map(piece)
    }

    /// Whether the rule gives anyone so many tickets.
    pub fn gives(&self, tickets: u32) -> bool {
        let tiers = &self.tickets.tiers;
        tickets == self.tickets.each || tiers.iter().any(|tier| tier.tickets == tickets)
    }
}

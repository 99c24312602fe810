//! The rules of a place that a room may follow: data, one file a profile and version, read into closed lists.
//!
//! A profile only asks for what is to be stated, refuses, and warns; it never decides who wins or what is shown.
//! None of it is legal advice: each rule says where it comes from, and how well that was read.
//!
//! A version of a file is never altered once rooms may follow it: logs name it, and are decided by it again.
//! What changes is a new file with the next number, beside the old one in [`FILES`].

use liveroom_protocol::Widget;
use liveroom_protocol::money::{Amount, Currency};
pub use liveroom_protocol::profile::{Missing, Profile, Severity, Stamp};
use serde::Deserialize;
use std::sync::LazyLock;

mod demand;
mod subject;

pub(crate) use demand::Known;
pub use subject::Subject;

/// The files, for each profile the newest version last.
const FILES: [&str; 5] = [
    include_str!("../profiles/none.json"),
    include_str!("../profiles/cn.json"),
    include_str!("../profiles/eu.json"),
    include_str!("../profiles/uk.json"),
    include_str!("../profiles/us.json"),
];

/// All versions of all profiles.
static ALL: LazyLock<Vec<Rules>> = LazyLock::new(|| {
    FILES
        .iter()
        .map(|text| serde_json::from_str(text).expect("a profile's file is read by the tests"))
        .collect()
});

/// One version of a profile.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    /// Which profile.
    pub name: Profile,
    /// Which version of it, from 1.
    pub version: u32,
    /// What the place is called in a sentence.
    pub place: String,
    /// What it asks for.
    pub rules: Vec<Rule>,
    /// What it has kept, and for how long.
    pub retention: Vec<Kept>,
}

/// One rule.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Its name: `cn.draw.organiser`.
    pub id: String,
    /// The widgets that it is about.
    pub widgets: Vec<Widget>,
    /// What it demands.
    pub demand: Demand,
    /// What it does where that is not met.
    pub severity: Severity,
    /// What to do, as a sentence.
    pub says: String,
    /// Where it comes from.
    pub source: String,
    /// How well that was read.
    pub read: Read,
    /// Since when the source is in force, where that is known.
    #[serde(default)]
    pub in_force: Option<String>,
}

/// How well the source of a rule was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Read {
    /// Its text.
    Text,
    /// What lawyers or authorities published about it.
    Summary,
    /// Not at all: it is from memory.
    Memory,
    /// It is this kit's own.
    Own,
}

/// What a rule demands. The closed list.
#[derive(Debug, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Demand {
    /// Who organises a draw, and how to reach them.
    Organiser,
    /// The address of a draw's full rules.
    RulesLink,
    /// When a draw closes.
    EndTime,
    /// When a draw is drawn: at its end by itself, or by a public round.
    DrawTime,
    /// How long a prize can be claimed.
    ClaimTime,
    /// How a prize comes to its winner.
    Delivery,
    /// How to enter without buying.
    FreeEntry,
    /// No condition of having bought something.
    NothingBought,
    /// What each prize is worth, in a currency.
    PrizeValue {
        /// Which.
        currency: Currency,
    },
    /// A prize of that currency is worth no more.
    PrizeCap {
        /// Which.
        currency: Currency,
        /// How much.
        most: Amount,
    },
    /// The most tickets are at most so many times those of everybody.
    TicketMultiple {
        /// How many times.
        most: u32,
    },
    /// At most so many of a hundred entrants are excluded by order; one always may be.
    ExcludedShare {
        /// How many.
        percent: u8,
    },
    /// An advertisement label where a product or a brand is named, as every deal does.
    AdLabel {
        /// Words of which it holds one; any label will do, if there are none.
        #[serde(default)]
        holds: Vec<String>,
    },
    /// Questions are shown once they are approved.
    QuestionApproval,
    /// Where a price before is shown: what it is; or it is no more than what this room itself asked in so many days before.
    PriceBasis {
        /// How many.
        days: u16,
    },
    /// Where a price before is shown: the lowest price of 30 days.
    LowestPrice,
    /// A stated price is no more than this room itself asked for the same product.
    OwnPrices {
        /// Which price.
        of: Stated,
        /// In how many days before.
        days: u16,
    },
    /// Who sells.
    Seller,
    /// None of these words in what viewers read.
    Words {
        /// The words.
        words: Vec<String>,
    },
    /// Nothing that could be missing: the room does it by itself, in every activity.
    Kept,
}

/// A price that a deal states besides its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stated {
    /// The price before.
    Before,
    /// The lowest price of the last 30 days.
    Lowest,
}

/// What a profile has kept.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kept {
    /// Which class of what is stored, by its name in `retention`.
    pub class: crate::retention::Class,
    /// For how many days at least.
    pub days: u16,
    /// Where that comes from.
    pub source: String,
    /// How well that was read.
    pub read: Read,
    /// Since when it is in force, where that is known.
    #[serde(default)]
    pub in_force: Option<String>,
}

impl Rules {
    /// The version as rooms and activities name it.
    pub const fn stamp(&self) -> Stamp {
        Stamp {
            name: self.name,
            version: self.version,
        }
    }

    /// What an activity lacks, in the order of the rules.
    pub(crate) fn missing(&self, subject: &Subject<'_>, known: &Known<'_>) -> Vec<Missing> {
        let widget = subject.widget();
        let rules = self.rules.iter();
        rules
            .filter(|rule| rule.widgets.contains(&widget))
            .flat_map(|rule| demand::unmet(rule, subject, known))
            .collect()
    }

    /// How many of so many entrants may be excluded by order; any number, if no rule says.
    pub(crate) fn may_exclude(&self, entrants: u32) -> Option<u32> {
        let percent = self.rules.iter().find_map(|rule| match rule.demand {
            Demand::ExcludedShare { percent } => Some(percent),
            _ => None,
        })?;
        let share = u64::from(entrants) * u64::from(percent) / 100;
        Some(u32::try_from(share).unwrap_or(u32::MAX).max(1))
    }
}

/// All versions of all profiles.
pub fn all() -> &'static [Rules] {
    &ALL
}

/// The newest version of a profile.
pub fn newest(profile: Profile) -> &'static Rules {
    let of = |rules: &&Rules| rules.name == profile;
    ALL.iter()
        .rfind(of)
        .expect("each profile has a file, see the tests")
}

/// What a room that follows a profile from now on notes; nothing where it follows none.
pub fn stamp(profile: Profile) -> Option<Stamp> {
    let followed = Some(profile).filter(|profile| *profile != Profile::None);
    followed.map(|profile| newest(profile).stamp())
}

/// A version of a profile, if this build knows it.
pub fn of(stamp: Stamp) -> Option<&'static Rules> {
    ALL.iter().find(|rules| rules.stamp() == stamp)
}

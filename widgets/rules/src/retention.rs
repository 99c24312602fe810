//! For how long a room keeps what of viewers: bounds, defaults, and what a profile asks for. Days, everywhere.

use crate::profile;
use crate::room::Room;
use liveroom_protocol::erase::Retention;
pub use liveroom_protocol::profile::Profile;
use liveroom_protocol::{Reason, Refusal};
use serde::Deserialize;
use std::collections::HashSet;

/// What is kept for a time, and then deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Class {
    /// Questions, replies, answers for one asker, comments.
    Words,
    /// Names that are shown.
    Names,
    /// What winners wrote into claim forms; never while the prize waits to be handed over.
    Forms,
    /// Single reports of browsers.
    Reports,
    /// The log of a room that has ended.
    Log,
}

/// Three years.
const THREE_YEARS: u16 = 3 * 365;
/// The longest of all: ten years.
const MOST: u16 = 3_650;

impl Class {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::Words,
        Self::Names,
        Self::Forms,
        Self::Reports,
        Self::Log,
    ];

    /// Its name in `retention`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Words => "words",
            Self::Names => "names",
            Self::Forms => "forms",
            Self::Reports => "reports",
            Self::Log => "log",
        }
    }

    /// What the owner says.
    const fn said(self, said: &Retention) -> Option<u16> {
        match self {
            Self::Words => said.words,
            Self::Names => said.names,
            Self::Forms => said.forms,
            Self::Reports => said.reports,
            Self::Log => said.log,
        }
    }

    /// The least and the most that an owner may say, in days.
    ///
    /// Single reports are what tells whether one that comes again was counted: browsers send theirs for up to four days.
    pub const fn bounds(self) -> (u16, u16) {
        match self {
            Self::Words | Self::Names | Self::Forms | Self::Log => (1, MOST),
            Self::Reports => (7, MOST),
        }
    }

    /// For how many days it is kept unless the owner says otherwise.
    pub const fn default(self, profile: Profile) -> u16 {
        match (self, profile) {
            (Self::Words | Self::Names, _) => 365,
            (Self::Forms | Self::Reports, _) => 90,
            (Self::Log, _) => THREE_YEARS,
        }
    }

    /// For how many days a profile has it kept at least, whatever the owner says: as its file states.
    pub fn least(self, profile: Profile) -> u16 {
        let kept = profile::newest(profile).retention.iter();
        let days = kept.filter(|kept| kept.class == self).map(|kept| kept.days);
        days.max().unwrap_or(0).max(self.bounds().0)
    }
}

/// For how many days a room keeps a class: what its owner said, or the default, and never less than its profile asks for.
pub fn days(class: Class, profile: Profile, said: &Retention) -> u16 {
    let wanted = class.said(said).unwrap_or(class.default(profile));
    wanted.max(class.least(profile))
}

/// What a room's owner said, raised to what its profile has kept, and those that its activities opened under: another
/// profile for the room is none for what happened before.
pub fn of_room(room: &Room) -> Retention {
    let opened = room.activities().iter().filter_map(|known| known.profile);
    let followed = room.setup().profile.into_iter().chain(opened);
    let profiles: HashSet<Profile> = followed.map(|stamp| stamp.name).collect();
    let said = room.setup().retention;
    let raised = |class: Class| {
        let least = profiles.iter().map(|profile| class.least(*profile)).max();
        class.said(&said).map(|days| days.max(least.unwrap_or(0)))
    };
    Retention {
        words: raised(Class::Words),
        names: raised(Class::Names),
        forms: raised(Class::Forms),
        reports: raised(Class::Reports),
        log: raised(Class::Log),
    }
}

/// What an owner says on top of what was said before.
pub(crate) fn merged(before: &Retention, said: &Retention) -> Retention {
    Retention {
        words: said.words.or(before.words),
        names: said.names.or(before.names),
        forms: said.forms.or(before.forms),
        reports: said.reports.or(before.reports),
        log: said.log.or(before.log),
    }
}

/// Whether all that an owner says is within its bounds.
pub(crate) fn check(said: &Retention) -> Result<(), Refusal> {
    for class in Class::ALL {
        let (least, most) = class.bounds();
        if class
            .said(said)
            .is_some_and(|days| !(least..=most).contains(&days))
        {
            let why = format!("retention.{} is {least} to {most} days", class.name());
            return Err(Refusal::because(Reason::Malformed, why));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_profile_keeps_a_log_longer_than_its_owner_would() {
        let said = Retention {
            log: Some(30),
            words: Some(2),
            ..Retention::default()
        };
        assert_eq!(days(Class::Log, Profile::None, &said), 30);
        assert_eq!(days(Class::Log, Profile::Cn, &said), 1_095);
        for profile in Profile::ALL {
            assert_eq!(days(Class::Words, profile, &said), 2, "{}", profile.name());
        }
    }

    #[test]
    fn defaults_lie_within_the_bounds_of_every_profile() {
        for (class, profile) in Class::ALL
            .into_iter()
            .flat_map(|class| Profile::ALL.map(|profile| (class, profile)))
        {
            let (least, most) = class.bounds();
            let days = class.default(profile);
            assert!((least..=most).contains(&days) && days >= class.least(profile));
            assert_eq!(super::days(class, profile, &Retention::default()), days);
        }
    }

    #[test]
    fn what_is_out_of_bounds_is_refused_and_the_rest_stays_as_it_was() {
        let said = |days| Retention {
            reports: Some(days),
            ..Retention::default()
        };
        assert!(check(&said(7)).is_ok());
        for days in [0, 6, 3_651] {
            assert!(check(&said(days)).is_err(), "{days}");
        }
        let before = Retention {
            words: Some(9),
            ..said(8)
        };
        assert_eq!(
            merged(&before, &said(7)),
            Retention {
                words: Some(9),
                ..said(7)
            }
        );
    }
}

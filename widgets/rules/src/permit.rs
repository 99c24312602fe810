//! Who may do what: the table of commands, which the protocol has, and who is admitted to act.

pub use crate::room::kind::{AUTOMATED, kind};
pub use liveroom_protocol::permit::{may, may_order};

use liveroom_protocol::identity::{Eligible, Label, Level, Role, Standing};
use liveroom_protocol::{Reason, Refusal};

/// Whether someone of this standing may act where this much is asked for.
pub fn admits(standing: &Standing, level: Level, who: &Eligible) -> Result<(), Refusal> {
    if standing.level < level {
        let reason = if level == Level::Verified {
            Reason::NeedsVerified
        } else {
            Reason::NeedsSignIn
        };
        return Err(reason.into());
    }
    let tier = standing
        .tier
        .as_ref()
        .is_some_and(|tier| who.tiers.contains(tier));
    let segment = standing
        .segments
        .iter()
        .any(|segment| who.segments.contains(segment));
    let role = who.roles.contains(&standing.role);
    let held = standing.points.unwrap_or(0);
    let points = who.points.is_none_or(|least| held >= u64::from(least));
    let fits = (who.tiers.is_empty() || tier)
        && (who.segments.is_empty() || segment)
        && (who.roles.is_empty() || role)
        && points;
    if fits {
        Ok(())
    } else {
        Err(Reason::NotEligible.into())
    }
}

/// Whether a role may sit at the desk, where hidden totals and right answers are seen.
pub const fn may_see_desk(role: Role) -> bool {
    match role {
        Role::Owner | Role::Streamer | Role::Operator | Role::Moderator | Role::Analyst => true,
        Role::Viewer | Role::Shop | Role::Partner | Role::Relay => false,
    }
}

/// Whether a role may plan what is opened.
pub const fn may_plan(role: Role) -> bool {
    match role {
        Role::Owner | Role::Streamer | Role::Operator => true,
        Role::Viewer
        | Role::Moderator
        | Role::Analyst
        | Role::Shop
        | Role::Partner
        | Role::Relay => false,
    }
}

/// Whether a role may read who won or claimed what, and what became of it.
pub const fn may_read_claims(role: Role) -> bool {
    match role {
        Role::Owner | Role::Shop | Role::Streamer | Role::Operator => true,
        Role::Viewer | Role::Moderator | Role::Analyst | Role::Partner | Role::Relay => false,
    }
}

/// Whether a role may read what winners wrote into forms, and codes that buy something.
pub const fn may_read_forms(role: Role) -> bool {
    match role {
        Role::Owner | Role::Shop => true,
        Role::Viewer
        | Role::Moderator
        | Role::Analyst
        | Role::Operator
        | Role::Streamer
        | Role::Partner
        | Role::Relay => false,
    }
}

/// Whether a role may read exports and figures of everything, and the audit log.
pub const fn may_read_figures(role: Role) -> bool {
    match role {
        Role::Owner | Role::Analyst => true,
        Role::Viewer
        | Role::Moderator
        | Role::Operator
        | Role::Streamer
        | Role::Shop
        | Role::Partner
        | Role::Relay => false,
    }
}

/// Whose figures someone may read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Figures {
    /// Everybody's.
    All,
    /// Those of one brand.
    OfBrand(Label),
}

/// Whose figures a role may read; a partner's token says of which brand.
///
/// # Errors
/// `not-allowed` for other roles, and for a partner of no brand.
pub fn figures(role: Role, brand: Option<&Label>) -> Result<Figures, Refusal> {
    match (role, brand) {
        (Role::Partner, Some(brand)) => Ok(Figures::OfBrand(brand.clone())),
        (Role::Partner, None) => Err(Refusal::because(
            Reason::NotAllowed,
            "a partner's token names its brand",
        )),
        (role, _) if may_read_figures(role) => Ok(Figures::All),
        _ => Err(Reason::NotAllowed.into()),
    }
}

/// Whether a role may make the room, set it up, and say who else may do what.
pub const fn may_own(role: Role) -> bool {
    matches!(role, Role::Owner)
}

/// Whether a role may read the room's events: whoever sits at the desk, and the shop.
pub const fn may_read_events(role: Role) -> bool {
    match role {
        Role::Owner
        | Role::Streamer
        | Role::Operator
        | Role::Moderator
        | Role::Analyst
        | Role::Shop => true,
        Role::Viewer | Role::Partner | Role::Relay => false,
    }
}

/// Whether a role may say when those who run the room are told.
pub const fn may_set_alerts(role: Role) -> bool {
    match role {
        Role::Owner | Role::Streamer | Role::Operator | Role::Analyst => true,
        Role::Viewer | Role::Moderator | Role::Shop | Role::Partner | Role::Relay => false,
    }
}

/// Whether a role may say where events are sent.
pub const fn may_set_hooks(role: Role) -> bool {
    matches!(role, Role::Owner)
}

/// Whether a role may act for viewers of other platforms. It may nothing else, and nobody else may.
pub const fn may_relay(role: Role) -> bool {
    matches!(role, Role::Relay)
}

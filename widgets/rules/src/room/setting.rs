//! How a room is set up by its owner.

use super::Room;
use crate::profile;
use liveroom_protocol::command::Settings;
use liveroom_protocol::limits::{BLOCKED, DELAY_MS, LABELS};
use liveroom_protocol::profile::{Profile, Stamp};
use liveroom_protocol::{Reason, Refusal};

impl Room {
    pub(super) fn set_up(
        &mut self,
        settings: &Settings,
        stamp: Option<Stamp>,
    ) -> Result<(), Refusal> {
        let Settings {
            level,
            delay_ms,
            origins,
            blocked,
            page,
            retention,
            profile,
            approval,
        } = settings;
        if delay_ms.is_some_and(|delay| delay.0 > DELAY_MS) {
            return Err(Refusal::because(
                Reason::Malformed,
                "delay_ms is at most 120000",
            ));
        }
        if origins
            .as_ref()
            .is_some_and(|list| list.len() > LABELS || list.iter().any(|origin| !is_origin(origin)))
        {
            return Err(Refusal::because(
                Reason::Malformed,
                "origins are at most 32, each like https://shop.example",
            ));
        }
        if blocked.as_ref().is_some_and(|words| words.len() > BLOCKED) {
            return Err(Refusal::because(
                Reason::Malformed,
                "blocked are at most 200 words",
            ));
        }
        let profile = profile.map(|name| taken_on(name, stamp)).transpose()?;
        if let Some(retention) = retention {
            let kept = crate::retention::merged(&self.setup.retention, retention);
            crate::retention::check(&kept)?;
            self.setup.retention = kept;
        }
        if let Some(level) = level {
            self.setup.level = *level;
        }
        if let Some(delay) = delay_ms {
            self.setup.delay = *delay;
        }
        if let Some(origins) = origins {
            self.setup.origins.clone_from(origins);
        }
        if let Some(blocked) = blocked {
            self.setup.blocked.clone_from(blocked);
        }
        if page.is_some() {
            self.setup.page.clone_from(page);
        }
        if let Some(profile) = profile {
            self.setup.profile = profile;
        }
        if let Some(approval) = approval {
            self.setup.approval = *approval;
        }
        self.rev = self.position;
        Ok(())
    }
}

/// The version of a profile that a room takes on: the one that its record names.
fn taken_on(name: Profile, stamp: Option<Stamp>) -> Result<Option<Stamp>, Refusal> {
    match stamp.filter(|stamp| stamp.name == name) {
        None if name == Profile::None => Ok(None),
        Some(stamp) if profile::of(stamp).is_some() => Ok(Some(stamp)),
        Some(_) | None => Err(Refusal::because(
            Reason::Unsupported,
            "this version of the profile is not known here",
        )),
    }
}

/// Whether a text is an origin as browsers send it: a scheme, an authority, nothing after it.
fn is_origin(text: &str) -> bool {
    let rest = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|rest| {
        (1..=255).contains(&rest.len())
            && rest
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b':' | b'[' | b']'))
    })
}

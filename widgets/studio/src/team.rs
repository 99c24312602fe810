//! Who else may do what, as the desk knows it: the keys of the room, and the link of the one made last.

use liveroom_protocol::Command;
use liveroom_protocol::id::KeyId;
use liveroom_protocol::identity::{Label, Role};
use liveroom_protocol::key::{Make, Scope};
use liveroom_protocol::message::Answer;
use liveroom_protocol::time::{Span, Timestamp};
use serde::Deserialize;

/// The word by which the list of keys comes back.
pub(crate) const TEAM: &str = "\"team\"";

/// The word by which the audit log comes back.
pub(crate) const AUDIT: &str = "\"audit\"";

/// What the desk knows of the team.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Team {
    /// The keys that are good for something, or why they are not known.
    pub(crate) keys: Option<Result<Vec<Known>, String>>,
    /// The newest lines of the audit log, or why they are not known.
    pub(crate) deeds: Option<Result<Vec<Deed>, String>>,
    /// The secret of the one made last at this desk. It is told once.
    pub(crate) secret: Option<Secret>,
    /// Whether the one that was asked for last invites people.
    invites: bool,
}

/// What a key is worth something by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Secret {
    /// The secret itself, or the link with it.
    pub(crate) text: String,
    /// It is for people, who open it as a link.
    pub(crate) invites: bool,
}

/// A line of the audit log, as far as the desk shows it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub(crate) struct Deed {
    pub(crate) position: u64,
    /// When, by the room's clock.
    pub(crate) at: Timestamp,
    who: String,
    #[serde(default)]
    name: Option<String>,
    what: String,
    #[serde(default)]
    activity: Option<String>,
    #[serde(default)]
    key: Option<String>,
    #[serde(default)]
    label: Option<String>,
    #[serde(default)]
    detail: Option<String>,
    #[serde(default)]
    refused: Option<String>,
}

impl Deed {
    /// Who it was: by name, with the role.
    pub(crate) fn who(&self) -> String {
        let role = self.who.split(':').next().unwrap_or_default();
        match &self.name {
            Some(name) => format!("{name} ({role})"),
            None => role.to_owned(),
        }
    }

    /// What was ordered, and what came of it.
    pub(crate) fn says(&self) -> String {
        let about = self.activity.as_ref().or(self.label.as_ref());
        let about = about.or(self.key.as_ref());
        let said = [Some(&self.what), about, self.detail.as_ref()];
        let said: Vec<&str> = said.into_iter().flatten().map(String::as_str).collect();
        let what = said.join(" ");
        match &self.refused {
            Some(reason) => format!("{what}: refused, {reason}"),
            None => what,
        }
    }
}

/// A key as the room's server lists it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub(crate) struct Known {
    pub(crate) key: KeyId,
    #[serde(default)]
    pub(crate) label: Option<String>,
    #[serde(default)]
    pub(crate) name: Option<String>,
    pub(crate) scope: Scope,
    #[serde(default)]
    pub(crate) of: Option<KeyId>,
    #[serde(default)]
    pub(crate) used: u32,
    pub(crate) good: bool,
}

impl Team {
    /// Takes the list of keys: those that are worth nothing any more are left out.
    pub(crate) fn hear(&mut self, keys: Result<Vec<Known>, String>) {
        let good = |mut keys: Vec<Known>| {
            keys.retain(|key| key.good);
            keys
        };
        self.keys = Some(keys.map(good));
    }

    /// Notes what an order asks for.
    pub(crate) fn asked(&mut self, command: &Command) {
        if let Command::KeyMake(make) = command {
            self.invites = matches!(make.scope, Scope::Invitation { .. });
        }
    }

    /// Takes the answer to an order; true if it made a key. People open a link to the server's own desk at `page`, with the secret
    /// behind `#`, where no server's log sees it: other pages do not read it.
    pub(crate) fn answered(&mut self, answer: &Answer, page: impl FnOnce() -> String) -> bool {
        let invites = self.invites;
        let made = answer.secret.clone().map(|secret| match invites {
            true => format!("{}#key={secret}", page()),
            false => secret,
        });
        let made = made.map(|text| Secret { text, invites });
        let is_made = made.is_some();
        self.secret = made.or(self.secret.take());
        is_made
    }
}

impl Known {
    /// Who or what it is of, in words.
    pub(crate) fn title(&self) -> &str {
        let known = self.name.as_deref().or(self.label.as_deref());
        known.unwrap_or_else(|| self.key.as_str())
    }

    /// What it is good for, in words.
    pub(crate) fn says(&self) -> String {
        match (&self.scope, &self.of) {
            (Scope::Overlay, _) => "overlay".to_owned(),
            (Scope::Relay, _) => "relay of another platform".to_owned(),
            (Scope::Automation { commands }, _) => {
                let all: Vec<&str> = commands.iter().map(Label::as_str).collect();
                format!("automation: {}", all.join(", "))
            }
            (Scope::Invitation { role, brand, .. }, Some(_)) => as_whom(*role, brand.as_ref()),
            (Scope::Invitation { role, brand, uses }, None) => format!(
                "invitation: {}, {} of {uses} came",
                as_whom(*role, brand.as_ref()),
                self.used
            ),
        }
    }
}

fn as_whom(role: Role, brand: Option<&Label>) -> String {
    match brand {
        Some(brand) => format!("{} of {}", role.word(), brand.as_str()),
        None => role.word().to_owned(),
    }
}

/// Whom or what a key is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Holder {
    /// People who open a link.
    Person(Role),
    /// A source of OBS.
    Overlay,
    /// A button, a bot.
    Automation,
    /// What brings in another platform's viewers.
    Relay,
}

/// All that a key can be for.
pub(crate) const HOLDERS: [Holder; 8] = [
    Holder::Person(Role::Moderator),
    Holder::Person(Role::Operator),
    Holder::Person(Role::Streamer),
    Holder::Person(Role::Analyst),
    Holder::Person(Role::Partner),
    Holder::Overlay,
    Holder::Automation,
    Holder::Relay,
];

impl Holder {
    /// Its word.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Person(role) => role.word(),
            Self::Overlay => "overlay",
            Self::Automation => "automation",
            Self::Relay => "relay",
        }
    }
}

/// How long a key is good for: in words, and in hours.
pub(crate) const LASTS: [(&str, Option<u64>); 4] = [
    ("4 hours", Some(4)),
    ("a day", Some(24)),
    ("a week", Some(168)),
    ("until it is revoked", None),
];

/// What is typed of a key that is to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Typed {
    pub(crate) label: String,
    pub(crate) holder: Holder,
    pub(crate) brand: String,
    /// The types of the commands that a machine may give, with commas between them.
    pub(crate) commands: String,
    pub(crate) uses: String,
    pub(crate) hours: Option<u64>,
}

impl Default for Typed {
    fn default() -> Self {
        Self {
            label: String::new(),
            holder: Holder::Person(Role::Moderator),
            brand: String::new(),
            commands: String::new(),
            uses: "1".to_owned(),
            hours: Some(24),
        }
    }
}

impl Typed {
    /// What is to be made, or what is missing.
    pub(crate) fn make(&self, now: Timestamp) -> Result<Make, &'static str> {
        let label = Label::parse(self.label.trim()).map_err(|_| "Say for whom it is.")?;
        let scope = match self.holder {
            Holder::Person(role) => self.invitation(role)?,
            Holder::Overlay => Scope::Overlay,
            Holder::Automation => self.automation()?,
            Holder::Relay => Scope::Relay,
        };
        Ok(Make {
            key: None,
            label: Some(label),
            scope,
            ends_at: self
                .hours
                .map(|hours| now.after(Span(hours.saturating_mul(3_600_000)))),
        })
    }

    fn invitation(&self, role: Role) -> Result<Scope, &'static str> {
        let partner = role == Role::Partner;
        let brand = partner.then(|| Label::parse(self.brand.trim()));
        let brand = brand.transpose().map_err(|_| "A partner has a brand.")?;
        let uses = self.uses.trim().parse::<u32>().ok();
        let most = liveroom_protocol::limits::INVITED;
        let uses = uses.filter(|uses| (1..=most).contains(uses));
        Ok(Scope::Invitation {
            role,
            brand,
            uses: uses.ok_or("1 to 100 people.")?,
        })
    }

    fn automation(&self) -> Result<Scope, &'static str> {
        let words = self.commands.split(',').map(str::trim);
        let words = words.filter(|word| !word.is_empty()).map(Label::parse);
        let commands: Result<Vec<Label>, _> = words.collect();
        match commands {
            Ok(commands) if !commands.is_empty() => Ok(Scope::Automation { commands }),
            _ => Err("Name the commands that it may give: poll.open, close."),
        }
    }
}

#[cfg(test)]
mod tests;

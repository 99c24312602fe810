//! Who else may do what, as the desk knows it: the keys of the room, and the link of the one made last.

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
    pub(crate) secret: Option<String>,
}

/// A line of the audit log, as far as the desk shows it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub(crate) struct Deed {
    pub(crate) position: u64,
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
        let what = about.map_or_else(|| self.what.clone(), |it| format!("{} {it}", self.what));
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

    /// Takes the answer to an order; true if it made a key.
    pub(crate) fn answered(&mut self, answer: &Answer) -> bool {
        let made = answer.secret.is_some();
        if made {
            self.secret.clone_from(&answer.secret);
        }
        made
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

/// The roles that a link can give.
pub(crate) const INVITED: [Role; 5] = [
    Role::Moderator,
    Role::Operator,
    Role::Streamer,
    Role::Analyst,
    Role::Partner,
];

/// How long a link is good for: in words, and in hours.
pub(crate) const LASTS: [(&str, Option<u64>); 4] = [
    ("4 hours", Some(4)),
    ("a day", Some(24)),
    ("a week", Some(168)),
    ("until it is revoked", None),
];

/// What is typed of an invitation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Invitation {
    pub(crate) label: String,
    pub(crate) role: Role,
    pub(crate) brand: String,
    pub(crate) uses: String,
    pub(crate) hours: Option<u64>,
}

impl Default for Invitation {
    fn default() -> Self {
        Self {
            label: String::new(),
            role: Role::Moderator,
            brand: String::new(),
            uses: "1".to_owned(),
            hours: Some(24),
        }
    }
}

impl Invitation {
    /// What is to be made, or what is missing.
    pub(crate) fn make(&self, now: Timestamp) -> Result<Make, &'static str> {
        let label = Label::parse(self.label.trim()).map_err(|_| "Say for whom it is.")?;
        let partner = self.role == Role::Partner;
        let brand = partner.then(|| Label::parse(self.brand.trim()));
        let brand = brand.transpose().map_err(|_| "A partner has a brand.")?;
        let uses = self.uses.trim().parse::<u32>().ok();
        let most = liveroom_protocol::limits::INVITED;
        let uses = uses.filter(|uses| (1..=most).contains(uses));
        Ok(Make {
            key: None,
            label: Some(label),
            scope: Scope::Invitation {
                role: self.role,
                brand,
                uses: uses.ok_or("1 to 100 people.")?,
            },
            ends_at: self
                .hours
                .map(|hours| now.after(Span(hours.saturating_mul(3_600_000)))),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_invitation_says_what_it_lacks() {
        let mut typed = Invitation::default();
        assert_eq!(typed.make(Timestamp(0)), Err("Say for whom it is."));
        typed.label = "Mia".into();
        let made = typed.make(Timestamp(5)).expect("it lacks nothing");
        assert_eq!(made.ends_at, Some(Timestamp(24 * 3_600_000 + 5)));
        typed.role = Role::Partner;
        assert_eq!(typed.make(Timestamp(0)), Err("A partner has a brand."));
        typed.brand = "Harbour".into();
        typed.uses = "101".into();
        assert_eq!(typed.make(Timestamp(0)), Err("1 to 100 people."));
    }

    #[test]
    fn a_line_of_the_audit_log_says_who_did_what_and_what_came_of_it() {
        let told = |text: &str| {
            let deed: Deed = serde_json::from_str(text).expect("a line");
            format!("{}: {}", deed.who(), deed.says())
        };
        let close = r#"{"position":4,"who":"moderator:00","name":"Mia","what":"close","activity":"tea","refused":"closed"}"#;
        assert_eq!(told(close), "Mia (moderator): close tea: refused, closed");
        let make = r#"{"position":5,"who":"owner:00","what":"key.make","key":"k","label":"Crew"}"#;
        assert_eq!(told(make), "owner: key.make Crew");
    }

    #[test]
    fn only_keys_that_are_good_for_something_are_listed() {
        let list = r#"[{"key":"a","scope":{"kind":"overlay"},"good":false},
            {"key":"b","label":"Crew","scope":{"kind":"invitation","role":"partner","brand":"Harbour","uses":3},"used":1,"good":true},
            {"key":"c","name":"Mia","of":"b","scope":{"kind":"invitation","role":"operator","uses":3},"good":true}]"#;
        let mut team = Team::default();
        team.hear(Ok(serde_json::from_str(list).expect("a list of keys")));
        let keys = team.keys.and_then(Result::ok).expect("they are known");
        let told: Vec<(&str, String)> = keys.iter().map(|key| (key.title(), key.says())).collect();
        let crew = "invitation: partner of Harbour, 1 of 3 came".to_owned();
        assert_eq!(told, [("Crew", crew), ("Mia", "operator".to_owned())]);
    }
}

//! Which events a hook is sent: all, or those of some types.

use liveroom_protocol::Widget;
use liveroom_protocol::event::What;
use serde::{Deserialize, Serialize};

/// Most types that one hook names.
const MOST: usize = 50;

/// Kinds of events: each whole, `live.deal.claimed`, or all that begin alike, `live.deal.*`. None stands for all.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Kinds(Vec<String>);

impl Kinds {
    /// The same, if every one of them is known.
    ///
    /// # Errors
    /// A sentence with the one that is not.
    pub fn known(self) -> Result<Self, String> {
        if self.0.len() > MOST {
            return Err(format!("at most {MOST} types"));
        }
        let widgets = Widget::ALL.into_iter().map(Some).chain([None]);
        let all: Vec<String> = widgets
            .flat_map(|widget| What::ALL.map(|what| what.kind(widget)))
            .collect();
        let unknown = |asked: &&String| !all.iter().any(|kind| fits(asked, kind));
        match self.0.iter().find(unknown) {
            Some(unknown) => {
                let shown: String = unknown.chars().take(80).collect();
                Err(format!(
                    "there are no events of type {shown}: name one like live.deal.claimed, or live.deal.*"
                ))
            }
            None => Ok(self),
        }
    }

    /// Whether an event of a type is sent.
    pub fn take(&self, kind: &str) -> bool {
        self.0.is_empty() || self.0.iter().any(|asked| fits(asked, kind))
    }
}

fn fits(asked: &str, kind: &str) -> bool {
    match asked.strip_suffix(".*") {
        Some(begin) => kind
            .strip_prefix(begin)
            .is_some_and(|rest| rest.starts_with('.')),
        None => asked == kind,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(all: &[&str]) -> Kinds {
        Kinds(all.iter().map(|kind| (*kind).to_owned()).collect())
    }

    #[test]
    fn types_are_named_whole_or_by_their_beginning() {
        let deals = kinds(&["live.deal.*", "live.room.alert"]);
        for (kind, taken) in [
            ("live.deal.claimed", true),
            ("live.room.alert", true),
            ("live.room.sealed", false),
            ("live.poll.opened", false),
        ] {
            assert_eq!(deals.take(kind), taken, "{kind}");
            assert!(kinds(&[]).take(kind) && kinds(&["live.*"]).take(kind));
        }
        assert!(deals.known().is_ok());
        for wrong in [
            "",
            "*",
            ".*",
            "deal",
            "live.deal",
            "live.hat.*",
            "live.poll.eaten",
            "live.deal.*.*",
        ] {
            assert!(kinds(&[wrong]).known().is_err(), "{wrong}");
        }
        assert!(kinds(&vec!["live.*"; 51]).known().is_err());
    }
}

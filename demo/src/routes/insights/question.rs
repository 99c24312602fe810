//! What is asked of a room's figures, as the query of an address says it.

use crate::facts::{By, Facts, MINUTE, Scope};
use crate::insights::minutes_of;
use liveroom_protocol::identity::Label;
use liveroom_protocol::{Reason, Refusal};

/// The word for all time, and for everything that figures can be told apart by.
const ALL: &str = "all";

/// What is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Question {
    show: Option<String>,
    from: Option<u64>,
    to: Option<u64>,
    brand: Option<String>,
    pub(super) by: Vec<By>,
    /// Of chapters: when the recording begins.
    pub(super) start: Option<u64>,
}

impl Question {
    /// Reads the pairs of a query. A name that is not known is left.
    pub(super) fn read(pairs: &[(String, String)]) -> Result<Self, Refusal> {
        let mut question = Self::default();
        for (name, value) in pairs {
            let number = || {
                let wrong = |_| malformed(format!("{name}= takes milliseconds since 1970"));
                value.parse::<u64>().map_err(wrong)
            };
            match name.as_str() {
                "show" => question.show = Some(value.clone()),
                "brand" => question.brand = Some(value.clone()),
                "from" => question.from = Some(number()?),
                "to" => question.to = Some(number()?),
                "start" => question.start = Some(number()?),
                "by" => question.add(value)?,
                _ => {}
            }
        }
        if question.by.is_empty() {
            question.by.push(By::default());
        }
        Ok(question)
    }

    /// Of one brand's activities, whatever was asked for.
    pub(super) fn only(&mut self, brand: &Label) {
        self.brand = Some(brand.as_str().to_owned());
    }

    fn add(&mut self, words: &str) -> Result<(), Refusal> {
        for word in words.split(',') {
            let known = By::ALL
                .into_iter()
                .filter(|by| by.name() == word || word == ALL);
            let before = self.by.len();
            let mut found = false;
            for by in known {
                found = true;
                if !self.by[..before].contains(&by) {
                    self.by.push(by);
                }
            }
            if !found {
                let names = By::ALL.map(By::name).join(", ");
                return Err(malformed(format!(
                    "by= takes {names}, several of them, or all"
                )));
            }
        }
        Ok(())
    }

    /// Which time and which show that is, in a room whose facts are these; `reported`: between which minutes something was.
    pub(super) fn scope(
        &self,
        facts: &Facts,
        reported: Option<(u64, u64)>,
        now: u64,
    ) -> Result<Scope, Refusal> {
        let shows = facts.shows();
        let show = match self.show.as_deref() {
            Some(ALL) => None,
            Some(name) => {
                let known = shows.iter().find(|show| show.id.as_str() == name);
                let unknown = || Refusal::because(Reason::NotFound, "this room had no such show");
                Some(known.ok_or_else(unknown)?)
            }
            None if self.from.is_some() || self.to.is_some() => None,
            None => shows.last(),
        };
        let extents = [facts.extent(), reported].into_iter().flatten();
        let first = extents.map(|(first, _)| first).min().unwrap_or(now);
        let (from, to) = match show {
            Some(show) => (
                show.started_at.0,
                show.ended_at.map_or(now, |ended| ended.0),
            ),
            None => (first, now),
        };
        // What ends within a minute is counted in that minute.
        let (from, _) = minutes_of(self.from.unwrap_or(from).min(Scope::FAR));
        let to = match self.to.map(|to| to.min(Scope::FAR)) {
            Some(whole) if whole.is_multiple_of(MINUTE) => whole,
            Some(within) => minutes_of(within).1,
            None => minutes_of(to).1,
        };
        if to < from {
            return Err(malformed("to= is before from=".into()));
        }
        Ok(Scope {
            show: show.map(|show| show.id.to_string()),
            from,
            to,
            // The show selects, wherever no end was asked for: a sale is settled when the shop has its money.
            late: show.is_some() && self.to.is_none(),
            brand: self.brand.clone(),
        })
    }
}

fn malformed(why: String) -> Refusal {
    Refusal::because(Reason::Malformed, why)
}

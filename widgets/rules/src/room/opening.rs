//! Whether something may open: what the room's profile asks for, and the approval of a second person.

use super::Room;
use crate::activity::{Activity, Body};
use crate::profile::{self, Known, Subject};
use crate::pseudonym::Pseudonym;
use crate::record::{Ordered, Who};
use liveroom_protocol::id::ActivityId;
use liveroom_protocol::money::Currency;
use liveroom_protocol::phase::Phase;
use liveroom_protocol::profile::{Missing, Severity};
use liveroom_protocol::time::Timestamp;
use liveroom_protocol::{Command, Reason, Refusal};

/// A day, in milliseconds.
const DAY: u64 = 24 * 3_600_000;
/// So many sentences say what is missing; the desk lists all of it.
const SAID: usize = 3;

impl Room {
    /// What the room's profile finds missing in what is composed, and what it warns of; an activity that there is already is
    /// not compared with itself.
    pub fn missing(&self, subject: &Subject<'_>, itself: Option<&ActivityId>) -> Vec<Missing> {
        let Some(rules) = self.setup.profile.and_then(profile::of) else {
            return Vec::new();
        };
        let asked = |sku: &str, currency: Currency, days: u16| {
            self.least_asked(itself, sku, currency, days)
        };
        rules.missing(subject, &Known { asked: &asked })
    }

    /// The least that the room asked for a product in deals that opened in so many days before now, or are open.
    fn least_asked(
        &self,
        itself: Option<&ActivityId>,
        sku: &str,
        currency: Currency,
        days: u16,
    ) -> Option<u64> {
        let since = Timestamp(self.at.0.saturating_sub(u64::from(days) * DAY));
        let others = self.activities.iter();
        let deals = others.filter(|other| {
            let is_open = matches!(other.phase, Phase::Open | Phase::Paused);
            Some(&other.id) != itself
                && (is_open || other.opened_at.is_some_and(|opened| opened >= since))
        });
        let prices = deals.filter_map(|other| match &other.body {
            Body::Deal(deal)
                if deal.draft.sku.as_str() == sku && deal.draft.price.currency == currency =>
            {
                Some(deal.draft.price.amount.ten_thousandths())
            }
            Body::Deal(_) | Body::Poll(_) | Body::Lottery(_) | Body::Qna(_) => None,
        });
        prices.min()
    }

    /// Whether an activity that has not opened may open now.
    ///
    /// # Errors
    /// `needs-approval`, or `incomplete` with what is missing.
    pub(super) fn may_open(&self, activity: &Activity) -> Result<(), Refusal> {
        if let Body::Lottery(lottery) = &activity.body
            && lottery.fixed.profile != self.setup.profile
        {
            return Err(Refusal::because(
                Reason::Incomplete,
                "the room's profile was changed since its terms were fixed: reset it, and open it then",
            ));
        }
        self.lacks_nothing(activity)
    }

    fn lacks_nothing(&self, activity: &Activity) -> Result<(), Refusal> {
        if self.lacks_approval(activity) {
            return Err(Refusal::because(
                Reason::NeedsApproval,
                "somebody who did not compose it approves it first",
            ));
        }
        let missing = self.missing(&Subject::body(&activity.body), Some(&activity.id));
        self.nothing_missing(&missing)
    }

    /// Whether it waits for a second person.
    pub(super) fn lacks_approval(&self, activity: &Activity) -> bool {
        self.setup.approval && activity.approved.is_none()
    }

    /// Whether what is missing keeps something from opening.
    pub(super) fn nothing_missing(&self, missing: &[Missing]) -> Result<(), Refusal> {
        let mut says: Vec<&str> = missing
            .iter()
            .filter(|missing| missing.severity == Severity::Missing)
            .map(|missing| missing.says.as_str())
            .collect();
        says.dedup();
        if says.is_empty() {
            return Ok(());
        }
        let profile = self.setup.profile.map_or("", |stamp| stamp.name.name());
        let more = match says.len().saturating_sub(SAID) {
            0 => String::new(),
            more => format!(" And {more} more."),
        };
        says.truncate(SAID);
        let why = format!(
            "the room's profile {profile} asks: {}{more}",
            says.join(" ")
        );
        Err(Refusal::because(Reason::Incomplete, why))
    }

    /// Whether what has opened before may open again by this command: closed, or emptied while it is open.
    pub(super) fn may_begin_again(&self, number: usize, command: &Command) -> Result<(), Refusal> {
        let target = &self.activities[number];
        let opens = match command {
            Command::Reopen { .. } => target.may_reopen().is_ok(),
            Command::Reset { .. } => matches!(target.phase, Phase::Open | Phase::Paused),
            _ => false,
        };
        if opens {
            self.lacks_nothing(target)
        } else {
            Ok(())
        }
    }

    /// Keeps an activity that is to open by itself from it, if it may not.
    pub(super) fn hold_back(&mut self, number: usize, moment: Timestamp) {
        let target = &self.activities[number];
        if !target.opens_by(moment) {
            return;
        }
        let position = self.position;
        match self.may_open(target) {
            Ok(()) => self.activities[number].profile = self.setup.profile,
            Err(refusal) => {
                let why = refusal.message.unwrap_or_default();
                self.activities[number].hold_back(position, why);
            }
        }
    }

    /// Opens what is prepared, if nothing is missing.
    pub(super) fn open(&mut self, number: usize) -> Result<usize, Refusal> {
        let show = self
            .show
            .as_ref()
            .filter(|show| show.ended_at.is_none())
            .map(|show| show.id.clone());
        let (position, at) = (self.position, self.at);
        let target = &self.activities[number];
        if target.put_away {
            return Err(Refusal::because(Reason::NotFound, "it was put away"));
        }
        target.is_ready()?;
        self.may_open(target)?;
        let before = target.due();
        self.activities[number].open(position, at, show)?;
        self.freeze(number);
        self.schedule(number, before);
        Ok(number)
    }

    /// Notes under which profile an activity has just opened; one that was open before keeps its own.
    pub(super) fn freeze(&mut self, number: usize) {
        let target = &mut self.activities[number];
        if target.phase == Phase::Open && target.opened == Some(self.position) {
            target.profile = self.setup.profile;
        }
    }

    /// Corrects words: whoever does has composed them, and another person approves them.
    pub(super) fn correct(&mut self, who: Who, ordered: &Ordered) -> Result<usize, Refusal> {
        let activity = ordered.command.activity().ok_or(Reason::Malformed)?;
        let number = self.direct(activity, ordered)?;
        self.activities[number].composed = person(who);
        Ok(number)
    }

    /// Approves what somebody else has composed.
    pub(super) fn approve(&mut self, who: Who, activity: &ActivityId) -> Result<usize, Refusal> {
        let number = self.number(activity)?;
        let position = self.position;
        let target = &mut self.activities[number];
        if target.put_away {
            return Err(Refusal::because(Reason::NotFound, "it was put away"));
        }
        let who = person(who).filter(|who| target.composed != Some(*who));
        let Some(who) = who else {
            return Err(Refusal::because(
                Reason::NotAllowed,
                "whoever composed it cannot approve it: another person does",
            ));
        };
        target.approved = Some(who);
        target.announced |= target.announces;
        target.card_rev = position;
        target.tally_rev = position;
        Ok(number)
    }
}

/// Who of the staff someone is.
pub(super) fn person(who: Who) -> Option<Pseudonym> {
    match who {
        Who::Staff(_, name) => Some(name),
        Who::Room | Who::Viewer(_) => None,
    }
}

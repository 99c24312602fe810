//! What the room's people are told while it runs: the newest alerts, less those that somebody at this desk has put away.

use liveroom_protocol::alert::{Alert, Kind};
use liveroom_protocol::id::ActivityId;

/// The alerts as this desk knows them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Alerts {
    alerts: Vec<Alert>,
    away: Vec<Name>,
    /// They were asked for in vain: what is shown may be old.
    pub(crate) stale: bool,
}

impl Alerts {
    /// Takes what the room's server told; nothing: it was asked in vain.
    pub(crate) fn hear(&mut self, alerts: Option<Vec<Alert>>) {
        self.stale = alerts.is_none();
        if let Some(alerts) = alerts {
            self.alerts = alerts;
            let told = &self.alerts;
            // What has passed and comes again is told again.
            self.away
                .retain(|away| told.iter().any(|alert| name(alert) == *away));
        }
    }

    /// Puts one away until it has passed.
    pub(crate) fn put_away(&mut self, alert: &Alert) {
        self.away.push(name(alert));
    }

    /// Those that are shown.
    pub(crate) fn shown(&self) -> Vec<Alert> {
        let shown = self
            .alerts
            .iter()
            .filter(|alert| !sentence(alert).is_empty() && !self.away.contains(&name(alert)));
        shown.cloned().collect()
    }
}

/// What an alert is put away by: what it tells of.
type Name = (Kind, Option<ActivityId>, Option<String>);

fn name(alert: &Alert) -> Name {
    // Two webhooks fail apart; an activity's label may be corrected meanwhile.
    let label = alert.label.clone().filter(|_| alert.activity.is_none());
    (alert.alert, alert.activity.clone(), label)
}

/// An alert in words; nothing for one that this desk does not know.
pub(crate) fn sentence(alert: &Alert) -> String {
    let (value, before) = (alert.value, alert.before.unwrap_or_default());
    match alert.alert {
        Kind::StockLow => {
            let label = alert.label.as_deref().unwrap_or("A deal");
            format!("{label}: {value} left.")
        }
        Kind::ParticipationFalls => {
            format!(
                "Fewer take part: of a thousand viewers {value} a minute in the last three minutes, {before} in the three before."
            )
        }
        Kind::RefusalsRise => {
            format!("More is refused: {value} times in three minutes, {before} before.")
        }
        Kind::ErrorsRise => {
            format!(
                "More fails in viewers' pages: {value} times in three minutes, {before} before."
            )
        }
        Kind::SilentMinutes => {
            format!("No report has come for {value} minutes, although viewers are here.")
        }
        Kind::HookFailing => {
            let label = alert.label.as_deref().unwrap_or("A webhook");
            format!(
                "Webhook {label} has failed for {value} minutes: what happens is not told there."
            )
        }
        Kind::Unknown => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Alerts, sentence};
    use liveroom_protocol::alert::{Alert, Kind};
    use liveroom_protocol::id::ActivityId;

    fn low(activity: &str, left: u64) -> Alert {
        Alert {
            alert: Kind::StockLow,
            value: left,
            before: None,
            activity: Some(ActivityId::parse(activity).expect("it is an id")),
            label: Some("Sea jacket".into()),
        }
    }

    #[test]
    fn what_was_put_away_stays_away_until_it_has_passed() {
        let mut alerts = Alerts::default();
        alerts.hear(Some(vec![low("a", 3), low("b", 1)]));
        alerts.put_away(&low("a", 3));
        assert_eq!(alerts.shown(), [low("b", 1)]);
        alerts.hear(Some(vec![low("a", 2), low("b", 1)]));
        assert_eq!(alerts.shown(), [low("b", 1)], "also with another figure");
        alerts.hear(Some(vec![low("b", 1)]));
        alerts.hear(Some(vec![low("a", 3), low("b", 1)]));
        assert_eq!(alerts.shown(), [low("a", 3), low("b", 1)]);
    }

    #[test]
    fn where_nobody_answers_the_last_ones_stand_and_are_called_old() {
        let mut alerts = Alerts::default();
        alerts.hear(Some(vec![low("a", 3)]));
        alerts.hear(None);
        assert_eq!((alerts.shown().len(), alerts.stale), (1, true));
        alerts.hear(Some(vec![]));
        assert_eq!((alerts.shown().len(), alerts.stale), (0, false));
    }

    #[test]
    fn each_webhook_is_put_away_by_itself() {
        let failing = |label: &str| Alert {
            alert: Kind::HookFailing,
            value: 2,
            before: None,
            activity: None,
            label: Some(label.into()),
        };
        let mut alerts = Alerts::default();
        alerts.hear(Some(vec![failing("crm"), failing("till")]));
        alerts.put_away(&failing("crm"));
        assert_eq!(alerts.shown(), [failing("till")]);
        assert!(sentence(&failing("till")).contains("Webhook till has failed for 2 minutes"));
    }

    #[test]
    fn one_of_a_later_version_is_not_shown() {
        let later: Alert =
            serde_json::from_str(r#"{"alert":"moon_full","value":1}"#).expect("it is one");
        assert_eq!(later.alert, Kind::Unknown);
        let mut alerts = Alerts::default();
        alerts.hear(Some(vec![later]));
        assert_eq!(alerts.shown(), []);
        assert_eq!(sentence(&low("a", 1)), "Sea jacket: 1 left.");
    }
}

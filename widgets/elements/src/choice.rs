//! Which activity one widget shows: the one opened last and not put away, or the named one; never exchanged under a finger.

use crate::store::Store;
use liveroom_protocol::Widget;
use liveroom_protocol::id::ActivityId;

/// What a widget is to show.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// The activity; nothing takes no space.
    pub activity: Option<ActivityId>,
    /// A newer one waits until this one is not being used.
    pub newer: bool,
}

/// Chooses for a widget of a kind, with its `activity` attribute, what it shows now, and whether that is being used.
pub fn choose(
    store: &Store,
    widget: Widget,
    named: Option<&ActivityId>,
    now: Option<&ActivityId>,
    used: bool,
) -> Choice {
    let shown = store.shown(Some(widget));
    let has = |wanted: &ActivityId| shown.iter().any(|entry| entry.activity == *wanted);
    if let Some(named) = named {
        return Choice {
            activity: has(named).then(|| named.clone()),
            newer: false,
        };
    }
    let newest = shown.last().map(|entry| &entry.activity);
    match now {
        Some(now) if used && has(now) => Choice {
            activity: Some(now.clone()),
            newer: newest != Some(now),
        },
        _ => Choice {
            activity: newest.cloned(),
            newer: false,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::choose;
    use crate::picture::Picture;
    use crate::store::Store;
    use liveroom_protocol::Widget;
    use liveroom_protocol::id::ActivityId;
    use liveroom_protocol::message::News;

    fn id(text: &str) -> ActivityId {
        ActivityId::parse(text).expect("it is an id")
    }

    fn store(items: &str) -> Store {
        let mut store = Store::default();
        let news: News = serde_json::from_str(items).expect("it is news");
        store.take(news);
        store.show(&Picture::default());
        store
    }

    const TWO: &str = r#"{"news":[
        {"activity":"a","card":{"widget":"poll"},"tally":{"widget":"poll","phase":"closed"}},
        {"activity":"b","card":{"widget":"poll"},"tally":{"widget":"poll","phase":"open"}}]}"#;

    #[test]
    fn the_one_opened_last_is_shown_unless_another_is_named() {
        let two = store(TWO);
        let seen = |named: Option<&str>, now: Option<&str>, used| {
            let (named, now) = (named.map(id), now.map(id));
            let choice = choose(&two, Widget::Poll, named.as_ref(), now.as_ref(), used);
            (choice.activity.map(String::from), choice.newer)
        };
        let b = Some("b".to_owned());
        assert_eq!(seen(None, None, false), (b.clone(), false));
        assert_eq!(seen(Some("a"), None, false), (Some("a".into()), false));
        assert_eq!(seen(Some("c"), Some("a"), true), (None, false));
        assert_eq!(
            seen(None, Some("a"), true),
            (Some("a".into()), true),
            "in use"
        );
        assert_eq!(seen(None, Some("b"), true), (b.clone(), false));
        assert_eq!(seen(None, Some("gone"), true), (b, false));
    }

    #[test]
    fn a_closed_one_stays_with_its_result() {
        let one = store(
            r#"{"news":[{"activity":"a","card":{"widget":"poll"},"tally":{"widget":"poll","phase":"closed"}}]}"#,
        );
        let choice = choose(&one, Widget::Poll, None, None, false);
        assert_eq!(choice.activity, Some(id("a")));
    }
}

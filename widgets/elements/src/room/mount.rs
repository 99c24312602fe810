//! One widget element of the page, as its room knows it.

use super::listing::Turned;
use super::{Look, Room};
use crate::decode::own;
use crate::effect::Effect;
use crate::report::About;
use liveroom::Hint;
use liveroom_protocol::Widget;
use liveroom_protocol::id::ActivityId;
use std::rc::Rc;

/// What an element says of itself.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The `activity` attribute.
    activity: Option<String>,
    /// The `report` attribute as an address.
    endpoint: Option<String>,
    /// It stands in the room's dock.
    docked: bool,
}

impl Options {
    /// Reads what the shell wrote; what it left out is absent.
    pub fn read(json: &str) -> Self {
        own(json, |fields| Self {
            activity: fields.owned("activity"),
            endpoint: fields.owned("endpoint"),
            docked: fields.flag("docked"),
        })
    }
}

/// An element.
#[derive(Clone)]
pub struct Mount {
    /// Its number.
    pub element: u32,
    /// Its kind.
    pub widget: Widget,
    /// The activity it is bound to.
    pub(super) named: Option<ActivityId>,
    /// It is bound to a name that cannot be: it stays empty.
    pub(super) misnamed: bool,
    /// Where its reports go, if elsewhere than the room's.
    endpoint: Option<String>,
    /// It stands in the dock.
    pub(super) docked: bool,
    /// Focus or pointer is inside.
    pub(super) held: bool,
    /// A choice is made and not sent.
    pub(super) unsent: bool,
    /// The viewer asked for the newer one.
    pub(super) wants_newer: bool,
    /// It is in the viewer's sight.
    in_sight: bool,
    /// What it shows.
    pub(super) look: Option<Look>,
    /// When what it shows is gone from the picture, if it is going, on the steady clock.
    pub(super) leaves: Option<u64>,
    /// When the text of its countdown changes, on the steady clock.
    pub(super) ticks: Option<u64>,
    /// When its list may be put in order anew, if that is due, on the steady clock; and when it last was.
    pub(super) turns: Option<u64>,
    pub(super) turned: Option<Turned>,
    /// What the page answers to what is typed in it.
    pub(super) hint: Option<Rc<Hint>>,
}

impl Mount {
    /// What it shows, for reports.
    pub fn about(&self) -> Option<About> {
        self.look.as_ref().map(|look| About {
            widget: self.widget,
            activity: look.activity.clone(),
            run: look.run,
            endpoint: self.endpoint.clone(),
        })
    }

    /// What it shows while it is in sight.
    pub fn in_sight(&self) -> Option<About> {
        self.about().filter(|_| self.in_sight)
    }
}

impl Room {
    /// An element of this kind stands in the page, or changed.
    pub fn mount(&mut self, element: u32, widget: Widget, options: Options) {
        let named = options.activity.as_deref().and_then(|text| {
            let id = ActivityId::parse(text);
            if id.is_err() {
                self.effects.push(Effect::Error {
                    code: "attribute",
                    message: [
                        "activity=\"",
                        text,
                        "\" on <live-",
                        widget.name(),
                        ">: name an activity by 1 to 64 of A-Z a-z 0-9 - _ .",
                    ]
                    .concat(),
                });
            }
            id.ok()
        });
        let fresh = Mount {
            element,
            widget,
            misnamed: options.activity.is_some() && named.is_none(),
            named,
            endpoint: options.endpoint,
            docked: options.docked,
            held: false,
            unsent: false,
            wants_newer: false,
            in_sight: false,
            look: None,
            leaves: None,
            ticks: None,
            turns: None,
            turned: None,
            hint: None,
        };
        match self
            .mounts
            .iter_mut()
            .find(|mount| mount.element == element)
        {
            Some(mount) => {
                mount.named = fresh.named;
                mount.misnamed = fresh.misnamed;
                mount.endpoint = fresh.endpoint;
            }
            None => self.mounts.push(fresh),
        }
        self.effects.push(Effect::Draw);
    }

    /// The element is gone.
    pub fn unmount(&mut self, element: u32) {
        self.mounts.retain(|mount| mount.element != element);
    }

    /// All elements.
    pub fn mounts(&self) -> &[Mount] {
        &self.mounts
    }

    /// One element.
    pub fn mounted(&self, element: u32) -> Option<&Mount> {
        self.mounts.iter().find(|mount| mount.element == element)
    }

    fn change(&mut self, element: u32, change: impl FnOnce(&mut Mount)) {
        if let Some(mount) = self.mounts.iter_mut().find(|m| m.element == element) {
            change(mount);
            self.effects.push(Effect::Draw);
        }
    }

    /// Focus or pointer is inside the element, or no longer.
    pub fn hold(&mut self, element: u32, held: bool) {
        self.change(element, |mount| mount.held = held);
    }

    /// A choice is made in it and not sent, or no longer.
    pub fn unsent(&mut self, element: u32, unsent: bool) {
        self.change(element, |mount| mount.unsent = unsent);
    }

    /// The viewer asked for the newer activity.
    pub fn newer(&mut self, element: u32) {
        self.change(element, |mount| mount.wants_newer = true);
    }

    /// The page answers what is typed in it; none: it has no answer to that.
    pub fn hint(&mut self, element: u32, hint: Option<Rc<Hint>>) {
        self.change(element, |mount| mount.hint = hint);
    }

    /// It is in the viewer's sight, or no longer.
    pub fn sight(&mut self, element: u32, in_sight: bool) {
        self.change(element, |mount| mount.in_sight = in_sight);
    }

    /// The viewer pressed the head of what it shows: a card becomes a chip, a chip a card.
    pub fn toggle(&mut self, element: u32) {
        let look = self.mounted(element).and_then(|mount| mount.look.as_ref());
        if let Some((activity, chip)) = look.map(|l| (l.activity.clone(), l.scene.chip)) {
            self.chip(&activity, !chip);
        }
    }
}

//! What a widget knows of its surroundings, the same for all widgets.

use crate::deal::Shop;
use crate::format::{Format, PlainFormat};
use crate::qna::Hint;
use crate::words::Words;
use liveroom_protocol::time::Timestamp;
use liveroom_protocol::{Action, Refusal};
use std::rc::Rc;

/// The surroundings of one widget. Two are equal if the widget would look the same in them.
#[derive(Clone)]
pub struct Scene {
    /// The messages; English by default.
    pub words: Rc<Words>,
    /// How numbers and times are written; plain by default.
    pub format: Rc<dyn Format>,
    /// The room's clock as of this render, less the delay of the viewer's picture where the activity keeps picture time.
    /// None, and so by default: no countdown is shown.
    pub now: Option<Timestamp>,
    /// The line to the room; live by default.
    pub link: Link,
    /// The viewer's action that the room has not answered yet.
    pub pending: Option<Pending>,
    /// The room's last no to this viewer, until the next action.
    pub refusal: Option<Refusal>,
    /// Shrunk to a chip.
    pub chip: bool,
    /// Shown in the picture: larger, see-through, nothing to press.
    pub overlay: bool,
    /// It is about to go from the picture.
    pub leaving: bool,
    /// The viewer can act here; false on an overlay and in a preview at the desk. True by default.
    pub taking_part: bool,
    /// A newer activity waits until this one is not being used: it is offered.
    pub newer: bool,
    /// The viewer has reported this card.
    pub flagged: bool,
    /// The page drives the room: no mark is shown that only a room can earn.
    pub driven: bool,
    /// It is a practice room: what is seen in it may be made up, and the card says so.
    pub practice: bool,
    /// What the page's shop adds to a deal; nothing by default.
    pub shop: Shop,
    /// What the page answers to the question that is being typed; nothing by default.
    pub hint: Option<Rc<Hint>>,
}

/// The line to the room.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Link {
    /// What is shown is what the room says.
    #[default]
    Live,
    /// No line: what is shown may be old.
    Lost {
        /// When the line was last alive, on the room's clock.
        since: Option<Timestamp>,
    },
    /// The messages go the slow way, by HTTP.
    Slow,
}

/// An action on its way: shown as such, its outcome never guessed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pending {
    /// What the viewer did.
    pub action: Action,
}

impl Default for Scene {
    fn default() -> Self {
        Self {
            words: Rc::default(),
            format: Rc::new(PlainFormat),
            now: None,
            link: Link::Live,
            pending: None,
            refusal: None,
            chip: false,
            overlay: false,
            leaving: false,
            taking_part: true,
            newer: false,
            flagged: false,
            driven: false,
            practice: false,
            shop: Shop::default(),
            hint: None,
        }
    }
}

impl PartialEq for Scene {
    fn eq(&self, other: &Self) -> bool {
        // Taken apart, so that a new field cannot be forgotten here.
        let Self {
            words,
            format,
            now,
            link,
            pending,
            refusal,
            chip,
            overlay,
            leaving,
            taking_part,
            newer,
            flagged,
            driven,
            practice,
            shop,
            hint,
        } = other;
        Rc::ptr_eq(&self.words, words)
            && std::ptr::addr_eq(Rc::as_ptr(&self.format), Rc::as_ptr(format))
            && self.now == *now
            && self.link == *link
            && self.pending == *pending
            && self.refusal == *refusal
            && self.chip == *chip
            && self.overlay == *overlay
            && self.leaving == *leaving
            && self.taking_part == *taking_part
            && self.newer == *newer
            && self.flagged == *flagged
            && self.driven == *driven
            && self.practice == *practice
            && self.shop == *shop
            && self.hint == *hint
    }
}

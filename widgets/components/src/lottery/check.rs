//! "Check this draw": this browser draws again from what was published, and says what it comes to. Pure: the shell does it.

use super::Sheet;
use super::typed::foreign;
use crate::parts::button::button;
use crate::parts::icon::{Icon, icon};
use crate::parts::notice::notice;
use crate::parts::tag::{el, say, text};
use yew::prelude::*;

/// Kilobytes of the checker, as it is loaded.
const CHECKER_KB: u32 = 250;
/// Bytes of one entrant on the list.
const ENTRANT_BYTES: u32 = 21;

/// How far the check of a draw has come.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Check {
    /// Not asked for.
    #[default]
    Unasked,
    /// So many hundredths of the list are read.
    Checking(u8),
    /// The winners follow from the list and the seed.
    Checked {
        /// A public round that nobody knew at closing is mixed in.
        unpredictable: bool,
        /// This viewer's entry is on the list.
        listed: bool,
    },
    /// They do not, or it could not be found out.
    Failed {
        /// What is wrong.
        wrong: Wrong,
        /// The checker's own words, for whoever can read them. Empty where it had none.
        detail: String,
    },
}

/// What is wrong with a draw.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// The proof or the checker did not load; nothing is known.
    Unread,
    /// Seed or rules are not those that were fixed.
    Fixed,
    /// The list of entrants is not the one that was fixed.
    List,
    /// Others are drawn than those who won.
    Winners,
    /// The card shows other than the proof says.
    Card,
    /// This viewer has entered, and is not on the list.
    Unlisted,
}

impl Wrong {
    fn key(self) -> &'static str {
        match self {
            Self::Unread => "lottery.unread",
            Self::Fixed => "lottery.wrong_fixed",
            Self::List => "lottery.wrong_list",
            Self::Winners => "lottery.wrong_winners",
            Self::Card => "lottery.wrong_card",
            Self::Unlisted => "lottery.wrong_unlisted",
        }
    }
}

/// Draws the control once there is something to check. Where the page drives the room there is no proof to be had.
pub(super) fn check(sheet: Sheet, check: &Check, oncheck: &Callback<()>) -> Html {
    let scene = sheet.scene;
    if !sheet.is_told() || scene.driven || !scene.taking_part {
        return Html::default();
    }
    let words = &scene.words;
    let size = CHECKER_KB + sheet.tally.entrants.saturating_mul(ENTRANT_BYTES) / 1_000;
    let size = words.fill("lottery.check_size", "{n}", &scene.format.number(size));
    let small = |line: String| el("p", "check__means", vec![text(line)]);
    let again = matches!(
        check,
        Check::Failed {
            wrong: Wrong::Unread,
            ..
        }
    );
    let ready = again || *check == Check::Unasked;
    let (label, rest) = match check {
        Check::Unasked => (words.say("lottery.check").to_owned(), vec![small(size)]),
        Check::Checking(whole) => {
            let share = scene.format.percent(*whole);
            (words.fill("lottery.checking", "{n}", &share), vec![])
        }
        Check::Checked {
            unpredictable,
            listed,
        } => {
            let (level, means) = match unpredictable {
                false => ("lottery.checked", "lottery.checked_means"),
                true => ("lottery.unpredictable", "lottery.unpredictable_means"),
            };
            let level = vec![icon(Icon::Check), say(words, level)];
            let mut rest = vec![
                el("p", "check__level", level),
                small(words.say(means).to_owned()),
            ];
            if *listed {
                rest.push(small(words.say("lottery.on_list").to_owned()));
            }
            (words.say("lottery.check_done").to_owned(), rest)
        }
        Check::Failed { wrong, detail } => {
            let mut rest = vec![notice(words.say(wrong.key()).to_owned())];
            if !detail.is_empty() {
                rest.push(foreign("p", "check__means", detail));
            }
            let label = if again {
                "lottery.check"
            } else {
                "lottery.check_done"
            };
            (words.say(label).to_owned(), rest)
        }
    };
    let press = button(
        "link check__ask",
        ready,
        oncheck.reform(|_| ()),
        vec![text(label)],
    );
    let mut parts = vec![press];
    parts.extend(rest);
    el("div", "check", parts)
}

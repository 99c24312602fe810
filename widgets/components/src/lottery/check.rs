//! "Check this draw": this browser draws again from what was published, and says what it comes to. Pure: the shell does it.

use super::Sheet;
use super::facts::digits;
use super::typed::foreign;
use crate::parts::button::button;
use crate::parts::icon::{Icon, icon};
use crate::parts::link::link;
use crate::parts::notice::notice;
use crate::parts::tag::{el, say, text};
use yew::prelude::*;

/// Kilobytes of the checker, as it is loaded.
const CHECKER_KB: u32 = 270;
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
    /// This viewer's entry is on the list that was fixed at closing, with so many tickets; the draw itself was not checked.
    Listed(u32),
    /// The winners follow from the list and the seed.
    Checked {
        /// A public round that nobody knew at closing is mixed in, if its signature is the league's.
        unpredictable: bool,
        /// This viewer's entry is on the list.
        listed: bool,
        /// The round that is mixed in. The check compared its signature with nothing.
        round: Option<PublicRound>,
    },
    /// What was fixed is another than this page first saw, whatever a proof says.
    Swapped(Wrong),
    /// They do not, or it could not be found out.
    Failed {
        /// What is wrong.
        wrong: Wrong,
        /// The checker's own words, for whoever can read them. Empty where it had none.
        detail: String,
    },
}

/// A public round as a proof names it, to be compared with the public record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicRound {
    /// Its number.
    pub number: String,
    /// Its signature, in hexadecimal digits.
    pub signature: String,
    /// Where the public record has it.
    pub address: String,
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

impl Check {
    /// Whether this may still be asked for: the whole draw, or this viewer's own entry alone.
    pub fn awaits(&self, whole: bool) -> bool {
        match self {
            Self::Unasked => true,
            Self::Listed(_) => whole,
            Self::Failed { wrong, .. } => matches!(wrong, Wrong::Unread | Wrong::Unlisted),
            Self::Checking(_) | Self::Checked { .. } | Self::Swapped(_) => false,
        }
    }
}

/// Draws the controls once there is something to check. Where the page drives the room there is no proof to be had.
/// Of a list of a million a viewer need not load more than the way from the own entry to its root.
pub(super) fn check(sheet: Sheet, check: &Check, oncheck: &Callback<bool>) -> Html {
    let scene = sheet.scene;
    if sheet.is_settling() || scene.driven || !scene.taking_part {
        return Html::default();
    }
    if let Check::Swapped(wrong) = check {
        let line = notice(scene.words.say(wrong.key()).to_owned());
        return el("div", "check", vec![line]);
    }
    let is_fixed = sheet.card.root.is_some() && sheet.mine.entrant.is_some();
    let mut parts = Vec::new();
    if sheet.is_told() {
        parts = whole(sheet, check, oncheck);
    } else if let Check::Checking(share) = check {
        parts.push(under_way(sheet, *share));
    } else if let Check::Failed { wrong, .. } = check {
        parts.push(notice(scene.words.say(wrong.key()).to_owned()));
    }
    if let Check::Listed(tickets) = check {
        let tickets = scene
            .words
            .count(&*scene.format, "lottery.tickets", *tickets);
        let line = scene
            .words
            .fill("lottery.on_list_with", "{tickets}", &tickets);
        parts.push(el("p", "check__level", vec![icon(Icon::Check), text(line)]));
    } else if is_fixed && sheet.mine.entered && check.awaits(false) {
        let label = vec![say(&scene.words, "lottery.look_up")];
        parts.push(button(
            "link check__ask",
            true,
            oncheck.reform(|_| false),
            label,
        ));
        parts.push(el(
            "p",
            "check__means",
            vec![say(&scene.words, "lottery.look_up_size")],
        ));
    }
    if parts.is_empty() {
        return Html::default();
    }
    el("div", "check", parts)
}

fn under_way(sheet: Sheet, share: u8) -> Html {
    let share = sheet.scene.format.percent(share);
    let line = sheet.scene.words.fill("lottery.checking", "{n}", &share);
    el("p", "check__means", vec![text(line)])
}

/// The check of the draw itself: its control, and what it came to.
fn whole(sheet: Sheet, check: &Check, oncheck: &Callback<bool>) -> Vec<Html> {
    let scene = sheet.scene;
    let words = &scene.words;
    let size = CHECKER_KB + sheet.tally.entrants.saturating_mul(ENTRANT_BYTES) / 1_000;
    let size = words.fill("lottery.check_size", "{n}", &scene.format.number(size));
    let small = |line: String| el("p", "check__means", vec![text(line)]);
    let ready = check.awaits(true);
    let (label, rest) = match check {
        Check::Unasked | Check::Listed(_) => {
            (words.say("lottery.check").to_owned(), vec![small(size)])
        }
        Check::Checking(whole) => {
            let share = scene.format.percent(*whole);
            (words.fill("lottery.checking", "{n}", &share), vec![])
        }
        Check::Checked {
            unpredictable,
            listed,
            round,
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
            rest.extend(round.iter().flat_map(|round| seen(sheet, round)));
            if *listed {
                rest.push(small(words.say("lottery.on_list").to_owned()));
            }
            (words.say("lottery.check_done").to_owned(), rest)
        }
        Check::Swapped(_) => return Vec::new(),
        Check::Failed { wrong, detail } => {
            let mut rest = vec![notice(words.say(wrong.key()).to_owned())];
            if !detail.is_empty() {
                rest.push(foreign("p", "check__means", detail));
            }
            let label = if ready {
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
        oncheck.reform(|_| true),
        vec![text(label)],
    );
    let mut parts = vec![press];
    parts.extend(rest);
    parts
}

/// The round that was mixed in, and the way to where it can be compared.
fn seen(sheet: Sheet, round: &PublicRound) -> [Html; 2] {
    let words = &sheet.scene.words;
    let name = words.fill("lottery.round_seen", "{n}", &round.number);
    let name = el("span", "digits__name", vec![text(name)]);
    let signature = vec![name, digits(&round.signature)];
    let compare = link(&round.address, vec![say(words, "lottery.compare")], None);
    [
        el("p", "check__means", signature),
        el("p", "check__means", vec![compare]),
    ]
}

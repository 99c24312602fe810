//! The way into the draw: the word if one is asked for, and the one button; after that where the viewer stands.

use super::Sheet;
use super::conditions::asks_word;
use super::typed::{Hand, refusal, submit};
use crate::parts::icon::{Icon, icon};
use crate::parts::tag::{el, say};
use crate::scene::Link;
use liveroom_protocol::Action;
use liveroom_protocol::limits::FIELD_CHARS;
use liveroom_protocol::lottery::Enter;
use liveroom_protocol::phase::Phase;
use liveroom_protocol::text::Text;
use yew::prelude::*;

/// What the button says, and whether it can be pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Button {
    /// Enters.
    Enter,
    /// On its way.
    Sending,
    /// On its way once there is a line again.
    Waiting,
    /// Entered, and others still can.
    Entered,
    /// Nothing can be done; why, or what comes next.
    Rest(&'static str),
}

/// What the button says now.
pub(super) fn button(sheet: Sheet) -> Button {
    let lost = matches!(sheet.scene.link, Link::Lost { .. });
    let entering = sheet
        .scene
        .pending
        .as_ref()
        .is_some_and(|pending| matches!(pending.action, Action::LotteryEnter(_)));
    let entered = sheet.mine.entered;
    match sheet.tally.phase {
        _ if entering && lost => Button::Waiting,
        _ if entering => Button::Sending,
        _ if sheet.card.cancelled.is_some() => Button::Rest("state.closed"),
        _ if sheet.mine.excluded.is_some() => Button::Rest("lottery.out"),
        _ if sheet.is_told() && entered && sheet.mine.wins.is_empty() => {
            Button::Rest("lottery.not_won")
        }
        _ if sheet.is_told() && entered => Button::Rest("lottery.was_in"),
        _ if sheet.is_told() => Button::Rest("lottery.was_not"),
        Phase::Closed if sheet.tally.entrants == 0 => Button::Rest("state.closed"),
        Phase::Closed if entered => Button::Rest("lottery.waits_in"),
        Phase::Closed => Button::Rest("lottery.waits"),
        Phase::Open | Phase::Paused if entered => Button::Entered,
        Phase::Open => Button::Enter,
        phase @ (Phase::Ready | Phase::Paused) => {
            Button::Rest(crate::parts::frame::phase_key(phase))
        }
    }
}

impl Button {
    /// The key of its message.
    pub(super) fn key(self) -> &'static str {
        match self {
            Self::Enter => "lottery.enter",
            Self::Sending => "poll.sending",
            Self::Waiting => "poll.waiting",
            Self::Entered => "lottery.entered",
            Self::Rest(key) => key,
        }
    }
}

/// Draws the form. Its button is there in every state, so that no focus is lost.
pub(super) fn entry(sheet: Sheet, hand: &Hand) -> Html {
    if !sheet.scene.taking_part {
        return Html::default();
    }
    let words = &sheet.scene.words;
    let button = button(sheet);
    let ready = button == Button::Enter && sheet.scene.pending.is_none();
    let asks =
        asks_word(sheet) && matches!(button, Button::Enter | Button::Sending | Button::Waiting);
    let field = match asks {
        true => hand.field(None, say(words, "lottery.word"), true, FIELD_CHARS),
        false => Html::default(),
    };
    let keyword = Text::parse(hand.held.at(None)).ok().filter(|_| asks);
    // Of spaces alone there is nothing to send.
    let act =
        (ready && (keyword.is_some() || !asks)).then_some(Action::LotteryEnter(Enter { keyword }));
    let sign = match button {
        Button::Entered => icon(Icon::Check),
        _ => Html::default(),
    };
    let submit = submit(ready, vec![sign, say(words, button.key())]);
    // What is refused once all is drawn is a claim.
    let refusal = match sheet.is_told() {
        true => Html::default(),
        false => refusal(sheet),
    };
    // To one who has won the line says nothing new: it goes once the focus has left it.
    let acts = match sheet.is_told() && !sheet.mine.wins.is_empty() {
        true => "acts acts--over",
        false => "acts",
    };
    hand.form(act, vec![field, refusal, el("div", acts, vec![submit])])
}

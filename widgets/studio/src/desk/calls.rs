//! The ways back to the desk, made once: a part of it whose properties are as they were is not drawn again.
//!
//! A callback equals itself alone, so that one which is made while drawing has all below it drawn anew with every piece of news.

use super::look::Look;
use super::{Asked, Desk, Drafted, Edit, Give, Msg, Wish};
use crate::control::Control;
use liveroom_protocol::alert::Alert;
use liveroom_protocol::id::ActivityId;
use liveroom_protocol::message::More;
use yew::html::Scope;
use yew::prelude::*;

/// What the parts of the desk ask of it.
pub(super) struct Calls {
    pub(super) ask: Callback<Option<Asked>>,
    pub(super) give: Callback<Give>,
    pub(super) press: Callback<(ActivityId, Control)>,
    pub(super) page: Callback<More>,
    pub(super) draft: Callback<(Drafted, String)>,
    pub(super) copy: Callback<ActivityId>,
    pub(super) choose: Callback<ActivityId>,
    pub(super) look: Callback<Look>,
    pub(super) away: Callback<Alert>,
    pub(super) go: Callback<String>,
    pub(super) edit: Callback<Edit>,
    pub(super) send: Callback<bool>,
    pub(super) take: Callback<()>,
    pub(super) wish: Callback<Wish>,
    pub(super) be: Callback<u32>,
    pub(super) help: Callback<()>,
    pub(super) keys: Callback<bool>,
}

impl Calls {
    pub(super) fn new(desk: &Scope<Desk>) -> Self {
        Self {
            ask: desk.callback(Msg::Ask),
            give: desk.callback(Msg::Give),
            press: desk.callback(|(id, control)| Msg::Press(id, control)),
            page: desk.callback(Msg::Page),
            draft: desk.callback(|(of, question)| Msg::Draft(of, question)),
            copy: desk.callback(Msg::Copy),
            choose: desk.callback(Msg::Choose),
            look: desk.callback(Msg::Look),
            away: desk.callback(Msg::Away),
            go: desk.callback(Msg::GoTo),
            edit: desk.callback(Msg::Typed),
            send: desk.callback(|open| Msg::Compose { open }),
            take: desk.callback(|()| Msg::Wish(Wish::Take)),
            wish: desk.callback(Msg::Wish),
            be: desk.callback(Msg::Audience),
            help: desk.callback(|()| Msg::Help),
            keys: desk.callback(Msg::Keys),
        }
    }
}

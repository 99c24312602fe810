//! The room itself, below what a show needs: its rules, who else may do what, who is forgotten, what was done.

use super::audit::AuditPanel;
use super::blocked::Blocked;
use super::delay::Delay;
use super::forget::ForgetPanel;
use super::law::Law;
use super::orders::FateLine;
use super::team::TeamPanel;
use super::{Asked, Desk, Msg};
use crate::order::About;
use liveroom_protocol::identity::Role;
use liveroom_protocol::profile::Profile;
use std::rc::Rc;
use yew::prelude::*;

/// A setting of the room, folded away: its fields, and the button that sets it, or says why it does not.
pub(super) fn setting(
    title: &'static str,
    deed: &'static str,
    (off, why): (bool, Option<&'static str>),
    onclick: Callback<MouseEvent>,
    fields: Html,
) -> Html {
    html! {
        <details class="fold">
            <summary>{ title }</summary>
            <div class="fold__fields">
                { fields }
                <div class="strip__own">
                    <button type="button" class="button" {onclick} aria-disabled={off.then_some("true")} title={why}>{ deed }</button>
                </div>
            </div>
        </details>
    }
}

impl Desk {
    /// The panel; nothing for those who have no part in it.
    pub(super) fn house(&self, ctx: &Context<Self>) -> Html {
        let owns = self.board.role == Some(Role::Owner);
        if !owns && (self.board.role != Some(Role::Analyst) || self.line.practice) {
            return Html::default();
        }
        html! {
            <section class="house" aria-labelledby="house">
                <h2 class="desk__title" id="house">{ "The room" }</h2>
                if owns {
                    { self.owned(ctx) }
                }
                if !self.line.practice {
                    <AuditPanel team={Rc::clone(&self.team)} look={ctx.link().callback(|()| Msg::LookAudit { all: false })}
                        save={ctx.link().callback(|()| Msg::LookAudit { all: true })} />
                }
                <FateLine order={self.orders.news(&About::Room, self.line.now)} />
            </section>
        }
    }

    /// What is the owner's alone. A practice room has no team, and nobody to forget.
    fn owned(&self, ctx: &Context<Self>) -> Html {
        let (link, stopped) = (ctx.link(), self.stopped());
        let room = &self.board.room;
        let profile = room.profile.map_or(Profile::None, |stamp| stamp.name);
        let give = self.calls.give.clone();
        html! {
            <>
                if let Some(blocked) = room.blocked.clone().map(Rc::new) {
                    <Blocked {blocked} {stopped} give={give.clone()} />
                    <Law law={(profile, room.approval)} {stopped} give={give.clone()} />
                }
                <Delay delay={room.delay_ms} {stopped} give={give.clone()} />
                if !self.line.practice {
                    <TeamPanel team={Rc::clone(&self.team)} now={self.line.now} {stopped} give={give.clone()}
                        look={link.callback(|()| Msg::LookTeam)} />
                    <ForgetPanel receipts={self.receipts.clone()} asked={self.asked == Some(Asked::Forget)} waits={self.orders.is_waiting(&About::Viewer)}
                        order={self.orders.news(&About::Viewer, self.line.now)} {stopped} ask={self.calls.ask.clone()}
                        {give} unask={link.callback(|()| Msg::Unask)} look={link.callback(|()| Msg::LookForgotten)} />
                }
            </>
        }
    }
}

//! The desk as it is drawn: what is on air, the activities, the composer, what was ordered.

use super::activity::Row;
use super::air::Air;
use super::alerts::AlertList;
use super::audience::Audience;
use super::compose::Compose;
use super::help::Help;
use super::orders::Log;
use super::run::RunPanel;
use super::show::ShowPanel;
use super::{Asked, Desk};
use crate::board::Activity;
use crate::format::DeskFormat;
use crate::order::About;
use std::rc::Rc;
use yew::prelude::*;

impl Desk {
    pub(super) fn draw(&self, ctx: &Context<Self>) -> Html {
        let calls = &self.calls;
        let stopped = self.stopped();
        let open = self
            .board
            .activities()
            .into_iter()
            .filter(Activity::is_on)
            .collect::<Vec<_>>();
        let show = self.board.show().cloned().map(Rc::new);
        let (ask, give) = (calls.ask.clone(), calls.give.clone());
        html! {
            <div class="desk">
                <Air line={self.line} show={show.clone()} state={self.board.room.state} {stopped}
                    refused={self.board.refused.clone()} greeted={self.board.role.is_some()} seated={self.board.seated}
                    viewers={self.board.room.viewers} open={open.clone()} cleared={self.board.room.cleared} audience={self.audience}
                    role={self.board.role} order={self.orders.news(&About::Screen, self.line.now)} give={give.clone()} />
                <AlertList alerts={self.alerts.shown()} stale={self.alerts.stale} away={calls.away.clone()} />
                <ShowPanel {show} open={open.len()} asked={self.asked == Some(Asked::ShowEnd)}
                    order={self.orders.news(&About::Show, self.line.now)} stopped={self.directs_not()} {ask} {give} />
                <div class="desk__floor">
                    <div class="desk__left">
                        <Compose form={Rc::clone(&self.form)} tried={self.tried} stopped={self.directs_not()}
                            waits={self.orders.is_waiting(&About::Composer)}
                            order={self.orders.news(&About::Composer, self.line.now)}
                            checked={self.checks.composed()} go={calls.go.clone()}
                            edit={calls.edit.clone()}
                            send={calls.send.clone()}
                            plans={super::role::directs(self.board.role)} editing={self.plan.editing.is_some()}
                            take={calls.take.clone()} />
                    </div>
                    <div class="desk__right">
                        if self.line.practice {
                            <Audience count={self.audience} be={calls.be.clone()} />
                        }
                        if super::role::directs(self.board.role) {
                            <RunPanel plan={Rc::clone(&self.plan)} known={self.board.activities()}
                                started={self.board.show().map(|show| show.started_at)} now={self.line.now}
                                {stopped} order={self.orders.news(&About::Run, self.line.now)}
                                approval={self.board.room.approval} wish={calls.wish.clone()} />
                        }
                        { self.activities() }
                        <Log orders={self.orders.all().to_vec()} format={DeskFormat} />
                        <Help shown={self.help} on={self.keys}
                            toggle={calls.help.clone()}
                            onkeys={calls.keys.clone()} />
                    </div>
                </div>
                { self.house(ctx) }
            </div>
        }
    }

    fn activities(&self) -> Html {
        let calls = &self.calls;
        let rows = self.rows();
        let asked = |activity: &Activity| match &self.asked {
            Some(Asked::Activity(id, run, control))
                if id == activity.id() && *run == activity.run() =>
            {
                Some(*control)
            }
            Some(Asked::Activity(..) | Asked::ShowEnd | Asked::Forget) | None => None,
        };
        let empty = rows.is_empty();
        html! {
            <section class="activities" aria-labelledby="activities">
                <h2 id="activities" class="desk__title">{ "Activities" }</h2>
                if empty {
                    <p class="activities__none">
                        { "Nothing yet. What you prepare or open appears here, with its numbers and its controls." }
                    </p>
                }
                <ul class="activities__list">
                    { for rows.into_iter().map(|(activity, waiting)| {
                        let (asked, chosen) = (asked(&activity), self.chosen.as_ref() == Some(activity.id()));
                        let order = self.orders.news(&About::Activity(activity.id().clone()), self.line.now);
                        let key = activity.id().to_string();
                        let seen = self.board.seen(activity.id(), activity.run());
                        let (look, files) = (calls.look.clone(), !self.line.practice);
                        html! {
                            <Row {key} checked={self.checks.of(activity.id())} {activity} {seen} {look} {files} {waiting} {asked} {chosen} {order} role={self.board.role}
                                now={self.line.now} stopped={self.stopped()}
                                press={calls.press.clone()}
                                give={calls.give.clone()} ask={calls.ask.clone()}
                                page={calls.page.clone()}
                                drafts={Rc::clone(&self.drafts)}
                                draft={calls.draft.clone()}
                                copy={calls.copy.clone()} choose={calls.choose.clone()} />
                        }
                    }) }
                </ul>
            </section>
        }
    }
}

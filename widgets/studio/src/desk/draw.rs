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
use super::{Asked, Desk, Msg, Wish};
use crate::board::Activity;
use crate::format::DeskFormat;
use crate::order::About;
use std::rc::Rc;
use yew::prelude::*;

impl Desk {
    pub(super) fn draw(&self, ctx: &Context<Self>) -> Html {
        let link = ctx.link();
        let stopped = self.stopped();
        let open = self
            .board
            .activities()
            .into_iter()
            .filter(Activity::is_on)
            .collect::<Vec<_>>();
        let show = self.board.show().cloned().map(Rc::new);
        let ask = link.callback(Msg::Ask);
        let give = link.callback(Msg::Give);
        html! {
            <div class="desk">
                <Air line={self.line} show={show.clone()} state={self.board.room.state} {stopped}
                    refused={self.board.refused.clone()} greeted={self.board.role.is_some()} seated={self.board.seated}
                    viewers={self.board.room.viewers} open={open.clone()} cleared={self.board.room.cleared} audience={self.audience}
                    role={self.board.role} order={self.orders.news(&About::Screen, self.line.now)} give={give.clone()} />
                <AlertList alerts={self.alerts.shown()} stale={self.alerts.stale} away={link.callback(Msg::Away)} />
                <ShowPanel {show} open={open.len()} asked={self.asked == Some(Asked::ShowEnd)}
                    order={self.orders.news(&About::Show, self.line.now)} stopped={self.directs_not()} {ask} {give} />
                <div class="desk__floor">
                    <div class="desk__left">
                        <Compose form={Rc::clone(&self.form)} tried={self.tried} stopped={self.directs_not()}
                            waits={self.orders.is_waiting(&About::Composer)}
                            order={self.orders.news(&About::Composer, self.line.now)}
                            checked={self.checks.composed()} go={link.callback(Msg::GoTo)}
                            edit={link.callback(Msg::Typed)}
                            send={link.callback(|open| Msg::Compose { open })}
                            plans={super::role::directs(self.board.role)} editing={self.plan.editing.is_some()}
                            take={link.callback(|()| Msg::Wish(Wish::Take))} />
                    </div>
                    <div class="desk__right">
                        if self.line.practice {
                            <Audience count={self.audience} be={link.callback(Msg::Audience)} />
                        }
                        if super::role::directs(self.board.role) {
                            <RunPanel plan={Rc::clone(&self.plan)} known={self.board.activities()}
                                started={self.board.show().map(|show| show.started_at)} now={self.line.now}
                                {stopped} order={self.orders.news(&About::Run, self.line.now)}
                                served={!self.line.practice} approval={self.board.room.approval} wish={link.callback(Msg::Wish)} />
                        }
                        { self.activities(ctx) }
                        <Log orders={self.orders.all().to_vec()} format={DeskFormat} />
                        <Help shown={self.help} on={self.keys}
                            toggle={link.callback(|()| Msg::Help)}
                            onkeys={link.callback(Msg::Keys)} />
                    </div>
                </div>
                { self.house(ctx) }
            </div>
        }
    }

    fn activities(&self, ctx: &Context<Self>) -> Html {
        let link = ctx.link();
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
                        let look = (!self.line.practice).then(|| link.callback(Msg::Look));
                        html! {
                            <Row {key} checked={self.checks.of(activity.id())} {activity} {seen} {look} {waiting} {asked} {chosen} {order} role={self.board.role}
                                now={self.line.now} stopped={self.stopped()}
                                press={link.callback(|(id, control)| Msg::Press(id, control))}
                                give={link.callback(Msg::Give)} ask={link.callback(Msg::Ask)}
                                page={link.callback(Msg::Page)}
                                drafts={Rc::clone(&self.drafts)}
                                draft={link.callback(|(of, question)| Msg::Draft(of, question))}
                                copy={link.callback(Msg::Copy)} choose={link.callback(Msg::Choose)} />
                        }
                    }) }
                </ul>
            </section>
        }
    }
}

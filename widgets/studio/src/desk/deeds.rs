//! What the desk does when something happens to it.

use super::{Asked, Desk, Give, KEEP, button_id, role, row_id, screen};
use crate::board::Activity;
use crate::border::Port;
use crate::control::{Control, Slot, slots};
use crate::forget::FORGOTTEN;
use crate::form::Field;
use crate::keys::Key;
use crate::line::Line;
use crate::order::About;
use crate::team::TEAM;
use liveroom_protocol::id::ActivityId;
use liveroom_protocol::message::Answer;
use liveroom_protocol::{Command, Widget};
use std::rc::Rc;

impl Desk {
    /// Takes in the line and the time; says whether anything looks different.
    pub(super) fn tick(&mut self, port: &Port, line: Line) -> bool {
        self.line = line;
        self.orders.tick(line.now, line.is_up());
        if self.stopped().is_some() {
            // A second step that waited through a break would be pressed under other circumstances.
            self.asked = None;
            self.checks.forget();
        } else {
            self.follow_plan(port);
            if let Some(question) = self.checks.tick(&self.form, &self.board) {
                port.ask(&question);
            }
        }
        true
    }

    /// Gives an order if one would reach the room; nothing is ever kept to be sent later.
    pub(super) fn give(&mut self, port: &Port, give: &Give) -> Option<u32> {
        if self.stopped().is_some() || self.orders.is_waiting(&give.about) {
            return None;
        }
        // The button of the second step goes with it; the focus must not be lost.
        let asked = self.asked.take().filter(|asked| asked.gives(&give.command));
        self.focus = asked.map(|asked| asked.button()).or(self.focus.take());
        if let Command::Cancel { activity, .. } = &give.command {
            // So does the fold of what was called off.
            self.focus = Some(row_id(activity));
        }
        Rc::make_mut(&mut self.team).asked(&give.command);
        let number = self
            .orders
            .give(give.deed.clone(), give.about.clone(), port.instant());
        match serde_json::to_string(&give.command) {
            Ok(text) => port.order(number, &text),
            Err(_) => self.orders.fail(
                number,
                "The order could not be written: reload the desk.".into(),
            ),
        }
        Some(number)
    }

    pub(super) fn answered(&mut self, port: &Port, number: u32, answer: &Answer) {
        let order = self.orders.answer(number, answer);
        let is_forgotten = order.is_some_and(|order| order.about == About::Viewer);
        if let Some(activity) = order.and_then(|order| order.about.activity()).cloned()
            && answer.ok
        {
            self.look_again(port, &activity);
            self.turn_again(port, &activity);
        }
        let made = Rc::make_mut(&mut self.team).answered(answer, || port.studio());
        if made || (answer.ok && self.team.keys.is_some()) {
            port.look("/keys", TEAM);
        }
        if answer.ok && is_forgotten {
            port.look("/erasures", FORGOTTEN);
        }
        self.opened(port, number, answer);
        if self.composing == Some(number) && answer.ok {
            // Only what the room has taken leaves the composer.
            self.composing = None;
            self.plan_mut().editing = None;
            self.form = Rc::new(self.form.next());
            self.tried = false;
            self.chosen = answer.activity.clone().or(self.chosen.take());
            self.keep(port);
        }
    }

    pub(super) fn compose(&mut self, port: &Port, open: bool) {
        match self.form.command(open) {
            Ok(command) => {
                let what = match self.form.widget {
                    Widget::Poll => "poll",
                    Widget::Lottery => "prize draw",
                    Widget::Qna => "Q&A",
                    Widget::Deal => "deal",
                };
                let deed = if open {
                    format!("Open a new {what}")
                } else {
                    format!("Prepare a {what}")
                };
                self.tried = false;
                self.composing = self.give(
                    port,
                    &Give {
                        deed,
                        about: About::Composer,
                        command,
                    },
                );
            }
            Err(flaws) => {
                self.tried = true;
                self.focus = flaws.first().map(|flaw| field_id(flaw.field));
            }
        }
    }

    pub(super) fn press(&mut self, port: &Port, activity: &ActivityId, control: Control) {
        let Some(shown) = self.activity(activity) else {
            return;
        };
        let about = About::Activity(activity.clone());
        let blocked = self.stopped().is_some() || self.orders.is_waiting(&about);
        let has = |slot: &Slot| slot.control == control && slot.not_now.is_none();
        let refused = role::refused(self.board.role, &control.command(activity.clone()));
        if blocked || refused.is_some() || !slots(&shown).iter().any(has) {
            return;
        }
        self.chosen = Some(activity.clone());
        if control.second_step(&shown).is_some() {
            self.ask(Some(Asked::Activity(
                activity.clone(),
                shown.run(),
                control,
            )));
        } else {
            let command = control.command(activity.clone());
            self.give(
                port,
                &Give {
                    deed: control.deed(&shown).into(),
                    about,
                    command,
                },
            );
        }
    }

    /// Asks for the second step with the focus on the harmless answer, or goes back to where it was asked for.
    pub(super) fn ask(&mut self, asked: Option<Asked>) {
        if asked.is_some() && self.stopped().is_some() {
            return;
        }
        self.focus = match (&asked, &self.asked) {
            (Some(_), _) => Some(KEEP.to_owned()),
            (None, Some(before)) => Some(before.button()),
            (None, None) => None,
        };
        self.asked = asked;
    }

    pub(super) fn copy(&mut self, port: &Port, activity: &ActivityId) {
        let Some(shown) = self.activity(activity) else {
            return;
        };
        self.form = Rc::new(match &shown {
            Activity::Poll(poll, _) => self.form.like(&poll.card),
            Activity::Lottery(lottery) => self.form.like_lottery(&lottery.card),
            Activity::Qna(qna, _) => self.form.like_qna(&qna.card),
            Activity::Deal(deal) => self.form.like_deal(&deal.card, &deal.tally),
        });
        self.tried = false;
        self.plan_mut().editing = None;
        self.focus = Some(self.first_field());
        self.keep(port);
    }

    /// Takes back what opened last, if that is not too long ago.
    fn take_back(&mut self, port: &Port) {
        let now = self.line.now;
        let all = self.board.activities();
        let recent = all
            .iter()
            .filter(|activity| screen::left(activity, now).is_some());
        let last = recent.max_by_key(|activity| activity.opened_at());
        if let Some(last) = last.filter(|_| role::directs(self.board.role)) {
            self.give(port, &screen::back(last));
        }
    }

    pub(super) fn key(&mut self, port: &Port, key: Key) {
        match key {
            Key::Escape if self.help => self.help(),
            Key::Escape => self.ask(None),
            _ if !self.keys => {}
            Key::Help => self.help(),
            Key::Run => self.focus = Some(super::run::NEXT.to_owned()),
            Key::Screen => self.focus = Some(screen::SCREEN.to_owned()),
            Key::Back => self.take_back(port),
            Key::Compose => self.focus = Some(self.first_field()),
            Key::Show => self.focus = Some("show".to_owned()),
            Key::Next => self.step(1),
            Key::Before => self.step(-1),
            Key::Button(place) => {
                let first = || {
                    self.board
                        .activities()
                        .iter()
                        .find(|activity| activity.is_on())
                        .map(|activity| activity.id().clone())
                };
                self.chosen = self
                    .chosen
                    .take()
                    .filter(|id| self.activity(id).is_some())
                    .or_else(first);
                self.focus = self.chosen.as_ref().map(|id| button_id(id, place));
            }
        }
    }

    pub(super) fn help(&mut self) {
        self.help = !self.help;
        self.focus = Some(if self.help { "help" } else { "keys" }.to_owned());
    }

    fn step(&mut self, by: isize) {
        let all = self.board.activities();
        let here = all
            .iter()
            .position(|activity| Some(activity.id()) == self.chosen.as_ref());
        let place = match here {
            Some(here) => here
                .saturating_add_signed(by)
                .min(all.len().saturating_sub(1)),
            None => 0,
        };
        if let Some(activity) = all.get(place) {
            self.chosen = Some(activity.id().clone());
            self.focus = Some(row_id(activity.id()));
        }
    }

    pub(super) fn first_field(&self) -> String {
        field_id(match self.form.widget {
            Widget::Poll => Field::Question,
            Widget::Lottery | Widget::Qna | Widget::Deal => Field::Own("title"),
        })
    }

    fn activity(&self, activity: &ActivityId) -> Option<Activity> {
        self.board
            .activities()
            .into_iter()
            .find(|known| known.id() == activity)
    }
}

/// The name in the page of a field of the composer.
pub(super) fn field_id(field: Field) -> String {
    match field {
        Field::Question => "compose-question".into(),
        Field::Option(place) => format!("compose-option-{place}"),
        Field::Picture(place) => format!("compose-picture-{place}"),
        Field::Options => "compose-option-0".into(),
        Field::Ends => "compose-low".into(),
        Field::Closes => "compose-closes".into(),
        Field::Grace => "compose-grace".into(),
        Field::Who => "compose-tiers".into(),
        Field::Segments => "compose-segments".into(),
        Field::Name => "compose-name".into(),
        Field::Own(name) => format!("compose-{name}"),
        Field::Line(name, place) => format!("compose-{name}-{place}"),
    }
}

//! What the desk does with the run of show.

use super::run::{Wish, opens, prepares};
use super::{Desk, role};
use crate::border::Port;
use crate::order::About;
use crate::plan::{Ask, Plan, examples, feed};
use liveroom_protocol::id::ActivityId;
use liveroom_protocol::message::ToRoom;
use std::rc::Rc;

impl Desk {
    pub(super) fn plan_mut(&mut self) -> &mut Plan {
        Rc::make_mut(&mut self.plan)
    }

    /// Asks the room for the run, tells it what has changed, and opens what opens itself.
    pub(super) fn follow_plan(&mut self, port: &Port) {
        if !role::directs(self.board.role) {
            return;
        }
        let (now, known) = (self.line.now, self.board.activities());
        if let Some(ask) = self.plan_mut().ask(now) {
            send(port, &ask);
        }
        self.plan_mut().pass(&known);
        let started = self.board.show().map(|show| show.started_at);
        let free = !self.board.room.approval && !self.orders.is_waiting(&About::Run);
        if let Some(started) = started.filter(|_| free)
            && let Some(cue) = self.plan_mut().due(started, now, &known)
        {
            self.give(port, &opens(&cue, &known, false));
        }
    }

    pub(super) fn wish(&mut self, port: &Port, wish: Wish) {
        let now = self.line.now;
        match wish {
            Wish::Change(change) => {
                self.follow_move(&change);
                self.plan_mut().change(&change, now);
            }
            Wish::Edit(name) => self.edit(port, name),
            Wish::Step(by) => self.plan_mut().step(by),
            Wish::Open(name) => self.open_cue(port, &name),
            Wish::Auto(on) => self.plan_mut().auto = on,
            Wish::Rehearse if self.line.practice => self.rehearse_here(port),
            Wish::Rehearse => {
                if let Some(ask) = self.plan_mut().rehearse() {
                    send(port, &ask);
                }
            }
            Wish::Settle(theirs) => self.plan_mut().settle(theirs),
            Wish::Bring(kind, text) => {
                let note = match kind {
                    "run" => self
                        .plan_mut()
                        .import(&text, now)
                        .map(|count| format!("{count} brought in.")),
                    _ => feed::deals(&text, &self.form).and_then(|deals| {
                        let count = deals.len();
                        self.plan_mut().add(deals, now)?;
                        Ok(format!("{count} deals added."))
                    }),
                };
                self.plan_mut().note = Some(note.unwrap_or_else(|why| why));
            }
            Wish::Example(place) => {
                let added = self.plan_mut().add(examples::cues(place), now);
                self.plan_mut().note = added.err();
            }
            Wish::Export => port.file("run-of-show.json", &self.plan.export()),
            Wish::Take => self.take_draft(port),
        }
        self.follow_plan(port);
    }

    /// A dry run of the practice room's own.
    fn rehearse_here(&mut self, port: &Port) {
        let known = self.board.activities();
        for ask in self.plan_mut().rehearse_here(&known) {
            // What cannot be written is not asked; the dry run then has no answer.
            if let Ok(text) = serde_json::to_string(&ToRoom::Check(ask)) {
                port.ask(&text);
            }
        }
    }

    /// The focus goes with what is moved by a button.
    fn follow_move(&mut self, change: &crate::plan::Change) {
        if let crate::plan::Change::Move(from, to) = change
            && let Some(name) = self.plan.run.cues.get(*from).and_then(|cue| cue.name())
        {
            let button = if to < from { "cue-up" } else { "cue-down" };
            self.focus = Some(format!("{button}-{name}"));
        }
    }

    fn open_cue(&mut self, port: &Port, name: &ActivityId) {
        let place = self
            .plan
            .run
            .cues
            .iter()
            .position(|cue| cue.name() == Some(name));
        let Some(place) = place else { return };
        let cue = self.plan.run.cues[place].clone();
        let (known, approval) = (self.board.activities(), self.board.room.approval);
        // What was opened before is refused by the room under the same name, whoever opened it.
        let given = self.give(port, &opens(&cue, &known, approval));
        // What is prepared is still to be opened.
        self.opening = given
            .filter(|_| !prepares(&cue, &known, approval))
            .map(|number| (number, name.clone()));
    }

    /// Goes on to what comes next, once the room has opened this. What it refused is still to be opened.
    pub(super) fn opened(&mut self, number: u32, ok: bool) {
        let Some((_, name)) = self.opening.take_if(|(opening, _)| *opening == number) else {
            return;
        };
        let place = (self.plan.run.cues.iter()).position(|cue| cue.name() == Some(&name));
        if let Some(place) = place.filter(|_| ok) {
            self.plan_mut().next = place + 1;
        }
    }

    fn edit(&mut self, port: &Port, name: ActivityId) {
        let mut cues = self.plan.run.cues.iter();
        let cue = cues.find(|cue| cue.name() == Some(&name));
        if let Some(form) = cue.and_then(|cue| self.form.of_draft(&cue.draft)) {
            self.form = Rc::new(form);
            self.tried = false;
            self.plan_mut().editing = Some(name);
            self.focus = Some(self.first_field());
            self.keep(port);
        }
    }

    /// Puts what the composer holds into the run.
    fn take_draft(&mut self, port: &Port) {
        let now = self.line.now;
        match self.form.command(false) {
            Ok(draft) => match self.plan_mut().take(draft, now) {
                Ok(()) => {
                    self.form = Rc::new(self.form.next());
                    self.tried = false;
                    self.keep(port);
                }
                Err(why) => self.plan_mut().note = Some(why),
            },
            Err(flaws) => {
                self.tried = true;
                self.focus = flaws.first().map(|flaw| super::deeds::field_id(flaw.field));
            }
        }
    }
}

fn send(port: &Port, ask: &Ask) {
    port.run(ask.method, &ask.version.to_string(), &ask.body);
}

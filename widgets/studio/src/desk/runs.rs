//! What the desk does with the run of show.

use super::run::{IMPORT, KEEP_RUN, Wish, opens, prepares};
use super::{Desk, role};
use crate::border::Port;
use crate::order::About;
use crate::plan::{Ask, Plan, TOO_LARGE, examples, feed};
use liveroom_protocol::Reason;
use liveroom_protocol::id::ActivityId;
use liveroom_protocol::message::{Answer, ToRoom};
use liveroom_protocol::run::Cue;
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
        let epoch = self.board.epoch.clone();
        self.plan_mut().turn_to(epoch.as_ref());
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
        self.keep_plan(port);
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
            Wish::Bring(kind, text) => self.bring(kind, &text),
            Wish::TooLarge(kind) => {
                let says = match kind {
                    "run" => TOO_LARGE,
                    _ => "The file is too large: a table or a feed may have 1 MiB.",
                };
                self.plan_mut().note = Some(says.into());
            }
            Wish::Replace(yes) => {
                let brought = match yes {
                    true => self.plan_mut().bring(now),
                    false => None,
                };
                let plan = self.plan_mut();
                plan.offered = None;
                plan.note = brought.map(brought_in);
                self.focus = Some(IMPORT.to_owned());
            }
            Wish::Units(text) => self.plan_mut().units = text,
            Wish::Example(place) => {
                let added = self.plan_mut().add(examples::cues(place), now);
                self.plan_mut().note = added.err();
            }
            Wish::Export => port.file("run-of-show.json", &self.plan.export()),
            Wish::Take => self.take_draft(port),
        }
        self.follow_plan(port);
    }

    /// Brings in a run, or deals; a run that would take the place of another is asked about first.
    fn bring(&mut self, kind: &str, text: &str) {
        let now = self.line.now;
        let note = match kind {
            "run" => self.plan_mut().import(text, now).map(|brought| {
                if brought.is_none() {
                    self.focus = Some(KEEP_RUN.to_owned());
                }
                brought.map(brought_in)
            }),
            _ => feed::deals(text, &self.form, &self.plan.units).and_then(|deals| {
                let count = deals.len();
                self.plan_mut().add(deals, now)?;
                Ok(Some(format!("{count} deals added.")))
            }),
        };
        self.plan_mut().note = note.unwrap_or_else(Some);
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

    /// Goes on to what comes next, once the room has opened this, or says that it did before. What it refused otherwise is still to
    /// be opened.
    pub(super) fn opened(&mut self, port: &Port, number: u32, answer: &Answer) {
        let Some((_, name)) = self.opening.take_if(|(opening, _)| *opening == number) else {
            return;
        };
        let refused = answer.refusal.as_ref().map(|refusal| refusal.reason);
        let is_taken = !answer.ok && refused == Some(Reason::Taken);
        if !answer.ok && !is_taken {
            return;
        }
        self.plan_mut().done(&name);
        if is_taken {
            let cue = self
                .plan
                .run
                .cues
                .iter()
                .find(|cue| cue.name() == Some(&name));
            let title = cue.map_or("It", Cue::title).to_owned();
            self.plan_mut().note = Some(format!(
                "“{title}” was opened in this room already, so it is marked as done. “Use it again” opens it under a new name."
            ));
        }
        self.keep_plan(port);
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

fn brought_in(count: usize) -> String {
    format!("{count} brought in.")
}

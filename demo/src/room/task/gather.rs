//! What is asked of a room: turned into entries for the log, as many as wait, or answered from the fold.

use super::{Task, Work};
use crate::quicknet;
use crate::room::ask::Ask;
use crate::room::pending::Caller;
use crate::room::{Joined, Staff, Viewer, refused};
use liveroom_protocol::id::{ActivityId, RequestId};
use liveroom_protocol::identity::Label;
use liveroom_protocol::message::Act;
use liveroom_protocol::{Command, Reason, Refusal};
use liveroom_rules::activity::Body;
use liveroom_rules::log::{Append, Log};
use liveroom_rules::private::{self, PrivateValue};
use liveroom_rules::pseudonym::Pseudonym;
use liveroom_rules::record::Who;
use liveroom_rules::session::Session;
use liveroom_rules::view;
use tokio::sync::mpsc;

/// Requests of one append.
const BATCH: usize = 1_000;

/// What the next append of a room will hold.
#[derive(Default)]
struct Next {
    appends: Vec<Append>,
    /// Names that changed; they replace those that lie beside the log.
    names: Vec<PrivateValue>,
}

impl Task {
    /// Takes what waits, and begins the append of all that must be written.
    pub(super) fn gather(
        &mut self,
        first: Ask,
        asks: &mut mpsc::Receiver<Ask>,
    ) -> Option<Work<()>> {
        let mut next = Next::default();
        let mut ask = Some(first);
        while let Some(one) = ask {
            // Some commands take with them what is looked up in the room, which must have taken all that was asked before.
            if looks_up(&one) && !(next.appends.is_empty() && self.pending.is_empty()) {
                self.held = Some(one);
                break;
            }
            self.take_ask(one, &mut next);
            ask = if next.appends.len() < BATCH {
                asks.try_recv().ok()
            } else {
                None
            };
        }
        let Next { appends, names } = next;
        if appends.is_empty() {
            return None;
        }
        let (log, id) = (self.place.ground.log.clone(), self.room.id().clone());
        Some(Box::pin(async move {
            if !names.is_empty() {
                log.keep(&id, names).await?;
            }
            log.append(&id, appends).await
        }))
    }

    fn take_ask(&mut self, ask: Ask, next: &mut Next) {
        match ask {
            Ask::Join { who, done } => {
                let acted = Session::acted_in(&self.room, who);
                let mine = view::told(&self.room, who)
                    .into_iter()
                    .filter_map(|activity| self.mine(who, &activity.id))
                    .collect();
                // Whoever asked may have gone; so below.
                let _ = done.send(Joined { acted, mine });
            }
            Ask::SignIn {
                device,
                account,
                done,
            } => {
                // Whoever waits is let go where there is nothing to do.
                if self.closed().is_none() && self.room.is_new_here(device, account) {
                    let append = private::sign_in(device, account, self.room.position());
                    self.write(append, Caller::new(done), next);
                }
            }
            Ask::Look(look) => look(&self.room, &self.facts),
            Ask::Lose(places) => self.lose(&places),
            Ask::Act {
                viewer,
                act,
                line,
                done,
            } => {
                let refusal = self.closed().or_else(|| self.unknown(&act.activity));
                if let Some(refusal) = refusal {
                    self.count(&refusal);
                    let _ = done.send(refused(act.id, refusal));
                    return;
                }
                let caller = Caller {
                    line,
                    act: Some((viewer.who, act.activity.clone())),
                    ..Caller::new(done)
                };
                self.write_act(viewer, act, caller, next);
            }
            Ask::Order { staff, order, done } => {
                let Staff { role, who, name } = staff;
                let by = Who::Staff(role, who);
                let forbidden = || self.room.permits(by, role, &order.command).err();
                let unsigned = || self.unsigned(&order.command);
                let refusal = self.closed().or_else(forbidden).or_else(unsigned);
                if let Some(refusal) = refusal {
                    self.count(&refusal);
                    let _ = done.send(refused(order.id, refusal));
                    return;
                }
                let caller = Caller::new(done);
                let id = order.id.clone();
                match private::order(&self.place.key, role, who, order, &self.room) {
                    Ok(mut append) => {
                        append.private.extend(self.named(who, name, next));
                        self.write(append, caller, next);
                    }
                    Err(refusal) => {
                        self.count(&refusal);
                        let _ = caller.done.send(refused(id, refusal));
                    }
                }
            }
            Ask::Come {
                invitation,
                id,
                name,
                done,
            } => {
                let key = &self.place.key;
                let made = match (self.closed(), self.room.keys().get(&invitation)) {
                    (Some(refusal), _) => Err(refusal),
                    (None, None) => Err(Reason::BadToken.into()),
                    (None, Some(known)) => private::come(key, known, id.clone(), name.as_ref()),
                };
                self.write_or_refuse(made, id, Caller::new(done), next);
            }
        }
    }

    /// A name to keep where it is new; one that changed replaces that which lies beside the log.
    fn named(
        &mut self,
        who: Pseudonym,
        name: Option<Label>,
        next: &mut Next,
    ) -> Option<PrivateValue> {
        let name = private::name(who, &name?);
        match self.room.private.value(&name.key) {
            Some(known) if *known == name.value => None,
            Some(_) => {
                self.room.private.replace(name.clone());
                next.names.push(name);
                None
            }
            None => Some(name),
        }
    }

    fn write_act(&mut self, viewer: Viewer, act: Act, caller: Caller, next: &mut Next) {
        let Viewer {
            who,
            mut standing,
            name,
        } = viewer;
        standing.watched_ms = self.watched_in(who, &act.activity);
        let named = self
            .room
            .activity(&act.activity)
            .is_some_and(liveroom_rules::activity::Activity::shows_names);
        let name = self.named(who, name.filter(|_| named), next);
        let id = act.id.clone();
        let made = private::act(&self.place.key, who, standing, act, &self.room);
        let made = made.map(|mut append| {
            append.private.extend(name);
            append
        });
        self.write_or_refuse(made, id, caller, next);
    }

    fn write_or_refuse(
        &mut self,
        made: Result<Append, Refusal>,
        id: RequestId,
        caller: Caller,
        next: &mut Next,
    ) {
        match made {
            Ok(append) => self.write(append, caller, next),
            Err(refusal) => {
                self.count(&refusal);
                let _ = caller.done.send(refused(id, refusal));
            }
        }
    }

    fn write(&mut self, append: Append, caller: Caller, next: &mut Next) {
        for value in &append.private {
            self.room.private.keep(value.clone());
        }
        self.pending.wait(&append.entry, caller);
        next.appends.push(append);
    }

    /// An activity that was never made cannot have taken an action, so that this needs no record.
    fn unknown(&self, activity: &ActivityId) -> Option<Refusal> {
        let missing = self.room.activity(activity).is_none();
        missing
            .then(|| Refusal::because(Reason::NotFound, "there is no such activity in this room"))
    }

    /// A draw by a public round that the league did not sign.
    fn unsigned(&self, command: &Command) -> Option<Refusal> {
        let Command::LotteryDraw {
            activity,
            signature: Some(signature),
            ..
        } = command
        else {
            return None;
        };
        let Body::Lottery(lottery) = &self.room.activity(activity)?.body else {
            return None;
        };
        let signed = |round| quicknet::signed(round, &signature.0);
        (!lottery.draft.round.is_some_and(signed)).then(|| {
            Refusal::because(
                Reason::Malformed,
                "this is not the signature of the round that the lottery named",
            )
        })
    }

    pub(super) fn count(&self, refusal: &Refusal) {
        self.place.ground.metrics.refuse(refusal.reason);
    }
}

fn looks_up(ask: &Ask) -> bool {
    let Ask::Order { order, .. } = ask else {
        return false;
    };
    matches!(
        order.command,
        Command::Reveal { .. }
            | Command::Reset { .. }
            | Command::TakeBack { .. }
            | Command::LotteryDraw { .. }
            | Command::Cancel { .. }
            | Command::QnaChange { .. }
            | Command::ViewerErase(_)
    )
}

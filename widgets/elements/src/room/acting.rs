//! What the viewer does: told to the page first, then sent; and what became of it.

use super::selling::is_told;
use super::{At, Room};
use crate::acts::{PAGE_MS, Pending, Stage};
use crate::config::Server;
use crate::decode::{self, reason_name};
use crate::effect::{Effect, Told};
use crate::report::About;
use crate::report::object::Object;
use crate::write;
use liveroom_protocol::id::{ActivityId, RequestId};
use liveroom_protocol::message::Act;
use liveroom_protocol::{Action, Reason, Refusal};

/// An action that the page has not been told of yet.
pub struct Begun {
    act: Act,
    element: u32,
}

impl Begun {
    /// The request's name.
    pub fn id(&self) -> &str {
        self.act.id.as_str()
    }

    /// The element in which the viewer acts; 0 for none.
    pub fn element(&self) -> u32 {
        self.element
    }
}

/// What the page said to `live-act`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing: it goes on.
    Go,
    /// It was cancelled.
    Cancelled,
    /// The page answers by and by.
    Responds,
}

impl Room {
    /// The viewer acts in an element: the detail of `live-act`. Nothing if it shows nothing, or an action there waits.
    pub fn begin(&self, element: u32, action: Action, id: RequestId) -> Option<(Begun, String)> {
        let look = self.mounted(element)?.look.as_ref()?;
        if self.acts.bars(&look.activity, &action) {
            return None;
        }
        let (activity, run) = (look.activity.clone(), look.run);
        Some(Self::beginning(element, activity, run, action, id))
    }

    pub(super) fn beginning(
        element: u32,
        activity: ActivityId,
        run: u32,
        action: Action,
        id: RequestId,
    ) -> (Begun, String) {
        let detail = Object::new()
            .text("widget", action.widget().name())
            .text("activity", activity.as_str())
            .number("run", run.into())
            .text("act", action.verb())
            .text("id", id.as_str())
            .raw("action", &write::action(&action))
            .end();
        let act = Act {
            id,
            activity,
            run: Some(run),
            action,
            attest: None,
        };
        (Begun { act, element }, detail)
    }

    /// The page was told, and said this.
    pub fn acted(&mut self, begun: Begun, verdict: Verdict, at: At) {
        let Begun { act, element } = begun;
        let about = self.about(&act, element);
        let verb = act.action.verb();
        if !is_told(&act.action) {
            self.report(Told::Acted {
                about: about.clone(),
                act: verb,
            });
        }
        let driven = self.config.server == Server::Page;
        let stage = match verdict {
            Verdict::Cancelled => {
                let reason = reason_name(Reason::Cancelled).to_owned();
                self.report(Told::Refused {
                    about,
                    act: verb,
                    reason,
                });
                return;
            }
            Verdict::Responds if !driven => Stage::Page(u64::MAX),
            Verdict::Go if !driven => Stage::Waiting,
            Verdict::Responds | Verdict::Go => Stage::Page(at.now.steady + PAGE_MS),
        };
        if stage == Stage::Waiting {
            self.hold_request(&act);
        }
        self.acts.begin(Pending {
            act,
            element,
            stage,
        });
        self.effects.push(Effect::Draw);
        self.send_waiting(at);
    }

    /// A request that the shell kept from before a trap: it is sent again under its id.
    pub fn take_up(&mut self, text: &str) {
        if let Ok(act) = decode::act(text) {
            self.acts.begin(Pending {
                act,
                element: 0,
                stage: Stage::Waiting,
            });
        }
    }

    /// The page accepted: in a room that it drives that is the answer, with this viewer's part if it gave one;
    /// in another room the action may now be sent, with what the page attests of the viewer if it does, signed.
    pub fn page_accepts(&mut self, id: &RequestId, more: Option<&str>, at: At) {
        let driven = self.config.server == Server::Page;
        let Some(pending) = self.acts.get(id) else {
            return;
        };
        if !matches!(pending.stage, Stage::Page(_)) {
            return;
        }
        if !driven {
            pending.stage = Stage::Waiting;
            pending.act.attest = more.map(str::to_owned);
            let act = pending.act.clone();
            self.hold_request(&act);
            self.send_waiting(at);
            return;
        }
        let action = &pending.act.action;
        let read = more.map(|text| decode::mine(action.widget(), text));
        let mine = match read {
            Some(Ok(mine)) => mine,
            Some(Err(error)) => {
                self.effects.push(Effect::Error {
                    code: "message",
                    message: [
                        "respondWith: mine cannot be read; compare it with schema.json: ",
                        error.0,
                    ]
                    .concat(),
                });
                return self.refuse_act(id, Refusal::from(Reason::Unanswered));
            }
            None => match self.store.entry(&pending.act.activity) {
                Some(entry) => entry.known().accepted(action),
                None => return,
            },
        };
        let activity = pending.act.activity.clone();
        self.store.set_mine(&activity, mine);
        self.accept_act(id);
    }

    /// The page refused.
    pub fn page_refuses(&mut self, id: &RequestId, reason: Reason, message: Option<String>) {
        let waits = self
            .acts
            .get(id)
            .is_some_and(|pending| matches!(pending.stage, Stage::Page(_)));
        if waits {
            let refusal = Refusal {
                reason,
                message,
                again_in_ms: None,
            };
            self.refuse_act(id, refusal);
        }
    }

    pub(super) fn accept_act(&mut self, id: &RequestId) {
        self.end(id, None);
    }

    pub(super) fn refuse_act(&mut self, id: &RequestId, refusal: Refusal) {
        self.end(id, Some(refusal));
    }

    fn end(&mut self, id: &RequestId, refusal: Option<Refusal>) {
        let Some(Pending { act, element, .. }) = self.acts.answered(id) else {
            return;
        };
        let about = self.about(&act, element);
        let verb = act.action.verb();
        let entry = self.store.entry(&act.activity);
        let mine = entry.map(|entry| entry.known().mine());
        let detail = Object::new()
            .text("widget", about.widget.name())
            .text("activity", act.activity.as_str())
            .text("act", verb);
        let detail = match (&refusal, mine) {
            (Some(refusal), _) => detail
                .raw("ok", "false")
                .raw("refusal", &write::refusal(refusal)),
            (None, Some(mine)) => detail.raw("ok", "true").raw("mine", &write::mine(&mine)),
            (None, None) => detail.raw("ok", "true"),
        };
        let detail = detail.end();
        let told = match &refusal {
            Some(refusal) => vec![Told::Refused {
                about,
                act: verb,
                reason: reason_name(refusal.reason).to_owned(),
            }],
            None => self.told_outcome(about, &act.action),
        };
        self.effects.extend(told.into_iter().map(Effect::Report));
        let whole = matches!(act.action, Action::Flag { question: None, .. });
        if whole && refusal.is_none() {
            self.acts.flag(act.activity.clone());
        }
        self.effects.push(Effect::Release(act.id));
        let accepted = refusal.is_none();
        self.effects.push(Effect::Outcome {
            element,
            detail,
            activity: act.activity.clone(),
            refusal,
        });
        if accepted {
            self.sold(&act.activity, &act.action);
        }
        self.effects.push(Effect::Draw);
    }

    /// The page left it to the kit to say the room's no.
    pub fn show_refusal(&mut self, activity: ActivityId, refusal: Refusal) {
        self.acts.refuse(activity, refusal);
        self.effects.push(Effect::Draw);
    }

    fn about(&self, act: &Act, element: u32) -> About {
        let mount = self.mounted(element).and_then(super::Mount::about);
        About {
            widget: act.action.widget(),
            activity: act.activity.clone(),
            run: act.run.unwrap_or_default(),
            endpoint: mount.and_then(|about| about.endpoint),
        }
    }

    fn report(&mut self, told: Told) {
        self.effects.push(Effect::Report(told));
    }
}

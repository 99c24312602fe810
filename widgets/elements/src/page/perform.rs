//! Does what a room asks for, one effect after another.

use super::{Effect, Inner, Told, at};

impl Inner {
    pub(super) fn perform(&self, effect: Effect) {
        let ask = |what: &str, text: &str, number: f64, more: &str| {
            self.port.ask(what, text, number, Some(more)).is_some()
        };
        let simply = |what: &str, text: &str| self.port.do_with(what, text);
        match effect {
            Effect::AskToken => simply("token", ""),
            Effect::OpenLine(address) => simply("open", &address),
            Effect::HangUp => simply("hang up", ""),
            Effect::Send(text) => simply("send", &text),
            Effect::Post { address, body } => {
                ask("post", &address, 0.0, &body);
            }
            Effect::KeepDevice(device) => simply("keep device", &device),
            Effect::Keep {
                activity,
                part,
                rev,
            } => {
                #[allow(clippy::cast_precision_loss, reason = "a log is shorter than 2^53")]
                let rev = rev as f64;
                // A draw's card is told besides whether what was fixed is another than it was.
                if let Some(wrong) = self.port.ask("keep", activity.as_str(), rev, Some(part)) {
                    self.enter(&mut |room, _| room.swapped(&activity, &wrong));
                }
            }
            Effect::KeepEntries { activity, entries } => {
                let mut names = String::new();
                for entry in entries {
                    names.push_str(&entry.to_string());
                    names.push(' ');
                }
                ask("keep entries", activity.as_str(), 0.0, &names);
            }
            Effect::KeepFrame(part) => {
                ask("keep", "", 0.0, part);
            }
            Effect::Forget(activity) => simply("forget", activity.as_str()),
            Effect::ForgetAll => simply("forget", ""),
            Effect::Hold { id, text } => {
                ask("hold", id.as_str(), 0.0, &text);
            }
            Effect::Release(id) => simply("release", id.as_str()),
            Effect::Answered(id) => simply("answered", id.as_str()),
            Effect::Barred(refusal) => simply("barred", &refusal),
            Effect::Outcome {
                element,
                detail,
                activity,
                refusal,
            } => {
                let cancelled = ask("outcome", &detail, element.into(), "");
                if let Some(refusal) = refusal.filter(|_| !cancelled) {
                    self.enter(&mut |room, _| room.show_refusal(activity.clone(), refusal.clone()));
                }
            }
            Effect::Error { code, message } => {
                ask("error", code, 0.0, &message);
                self.told_reporter(&mut |reporter, now| reporter.error(code, now));
            }
            Effect::Say(line) => simply("say", &line),
            Effect::Check {
                activity,
                address,
                whole,
            } => {
                let whole = f64::from(u8::from(whole));
                ask("check", activity.as_str(), whole, &address);
            }
            Effect::Dock(list) => simply("dock", &list),
            Effect::Draw => simply("frame", ""),
            Effect::Report(told) => self.report(&told),
            Effect::Act { activity, action } => self.act_for(&activity, &action),
            Effect::Order {
                activity,
                claim,
                until,
            } => {
                let left = self.room.borrow_mut().left(until, at());
                #[allow(clippy::cast_precision_loss, reason = "a length of time")]
                ask("order", activity.as_str(), left as f64, &claim);
            }
            Effect::Product(sku) => simply("product", &sku),
        }
    }

    fn report(&self, told: &Told) {
        self.told_reporter(&mut |reporter, now| match told {
            Told::Acted { about, act } => reporter.acted(about, act, now),
            Told::Outcome { about, act } => reporter.outcome(about, act, now),
            Told::Refused { about, act, reason } => reporter.refused(about, act, reason, now),
            Told::Ordered { about, once, value } => {
                reporter.ordered(about, once, value.as_ref(), now);
            }
            Told::Card(activity, about) => reporter.card(activity, about),
            Told::Me(me) => reporter.me(me.clone()),
            Told::Show(show, on_air) => reporter.show(show.clone(), on_air.clone()),
        });
    }
}

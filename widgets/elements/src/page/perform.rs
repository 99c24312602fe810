//! Does what a room asks for, one effect after another.

use super::{Effect, Inner, Told};

impl Inner {
    pub(super) fn perform(&self, effect: Effect) {
        let port = &self.port;
        match effect {
            Effect::AskToken => port.ask_token(),
            Effect::OpenLine(address) => port.open(&address),
            Effect::HangUp => port.hang_up(),
            Effect::Send(text) => port.send(&text),
            Effect::Post { address, body } => port.post(&address, &body),
            Effect::KeepDevice(device) => port.keep_device(&device),
            Effect::Keep {
                activity,
                part,
                rev,
            } => {
                #[allow(clippy::cast_precision_loss, reason = "a log is shorter than 2^53")]
                port.keep(activity.as_str(), part, rev as f64);
            }
            Effect::KeepFrame(part) => port.keep("", part, 0.0),
            Effect::Forget(activity) => port.forget(activity.as_str()),
            Effect::ForgetAll => port.forget(""),
            Effect::Hold { id, text } => port.hold(id.as_str(), &text),
            Effect::Release(id) => port.release(id.as_str()),
            Effect::Answered(id) => port.answered(id.as_str()),
            Effect::Tell {
                element,
                event,
                detail,
            } => port.tell(element, event, &detail),
            Effect::Outcome {
                element,
                detail,
                activity,
                refusal,
            } => {
                let cancelled = port.outcome(element, &detail);
                if let Some(refusal) = refusal.filter(|_| !cancelled) {
                    self.enter(&mut |room, _| room.show_refusal(activity.clone(), refusal.clone()));
                }
            }
            Effect::Error { code, message } => {
                port.error(code, &message);
                self.told_reporter(&mut |reporter, now| reporter.error(code, now));
            }
            Effect::Say(line) => port.say(&line),
            Effect::Dock(list) => port.dock(&list),
            Effect::Draw => port.frame(),
            Effect::Report(told) => self.report(&told),
        }
    }

    fn report(&self, told: &Told) {
        self.told_reporter(&mut |reporter, now| match told {
            Told::Acted { about, act } => reporter.acted(about, act, now),
            Told::Outcome { about, act } => reporter.outcome(about, act, now),
            Told::Refused { about, act, reason } => reporter.refused(about, act, reason, now),
            Told::Me(me) => reporter.me(me.clone()),
            Told::Show(show, on_air) => reporter.show(show.clone(), on_air.clone()),
        });
    }
}

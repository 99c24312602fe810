//! The reporter of one room: what its elements and its connection tell it, and what becomes of that.

use super::compose::Draft;
use super::moment::Moment;
use super::port::Port;
use super::sight::{Sight, Sighting};
use super::{About, Consent, Gate, Setup};
use liveroom::json::Json;
use liveroom_protocol::id::ActivityId;
use liveroom_protocol::limits::REPORT_BYTES;
use liveroom_protocol::money::Money;

/// The same error is reported once in so many milliseconds.
const ERROR_MS: u64 = 60_000;
/// Codes of errors remembered for that.
const ERRORS: usize = 32;

/// Why the page's own report was not taken; for `live-error` and the promise of `report()`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotReported {
    /// The type is not `page.` and 1 to 64 of `A-Z a-z 0-9 . _ -`, with or without the prefix.
    Kind,
    /// The data is not JSON.
    Data,
    /// The data is larger than 8 KiB.
    TooLarge,
}

impl NotReported {
    /// What to do about it, in a sentence.
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::Kind => "report: the type is 1 to 64 of A-Z a-z 0-9 . _ -, such as page.like",
            Self::Data => "report: the data must be something that JSON can hold",
            Self::TooLarge => "report: the data must be at most 8 KiB of JSON",
        }
    }
}

/// Reports of one room. Times are arguments; what it asks of the page goes through its [`Port`].
pub struct Reporter {
    pub(super) port: Box<dyn Port>,
    pub(super) setup: Setup,
    pub(super) gate: Gate,
    pub(super) me: Option<String>,
    pub(super) show: Option<String>,
    pub(super) on_air: Vec<String>,
    /// What cards say that they are about, as fields of JSON; kept when an activity goes, since reports of it may follow.
    pub(super) cards: Vec<(ActivityId, String)>,
    sight: Sight,
    // Both are short, and a ring would cost every page half a kilobyte.
    pub(super) held: Vec<Draft>,
    errors: Vec<(String, u64)>,
}

impl Reporter {
    /// A reporter with nothing set up: consent is pending, nothing is in front.
    pub fn new(port: impl Port + 'static) -> Self {
        Self {
            port: Box::new(port),
            setup: Setup::default(),
            gate: Gate::default(),
            me: None,
            show: None,
            on_air: Vec::new(),
            cards: Vec::new(),
            sight: Sight::default(),
            held: Vec::new(),
            errors: Vec::new(),
        }
    }

    /// Sets it up, at first and whenever an attribute changed.
    pub fn setup(&mut self, setup: Setup) {
        if self.setup != setup {
            self.setup = setup;
            self.tell_consent();
        }
    }

    /// Takes the page's `consent`, and whether the browser's Global Privacy Control is on; see [`Gate`] for what then holds.
    pub fn consent(&mut self, said: Consent, privacy_control: bool, now: &Moment) {
        let before = self.gate.holds();
        self.gate.say(said, privacy_control);
        let holds = self.gate.holds();
        if holds == before {
            return;
        }
        self.tell_consent();
        match holds {
            Consent::Pending => {}
            Consent::Denied => self.held.clear(),
            Consent::Granted => {
                for draft in std::mem::take(&mut self.held) {
                    self.hand_over(draft);
                }
                self.sight.again();
                self.wake(now);
            }
        }
    }

    /// The consent that holds, for `status`.
    pub fn consent_holds(&self) -> Consent {
        self.gate.holds()
    }

    /// How many reports are held until consent is known, for `status`.
    pub fn held(&self) -> usize {
        self.held.len()
    }

    /// Takes the pseudonym that the welcome gave this page.
    pub fn me(&mut self, me: Option<String>) {
        self.me = me;
    }

    /// Takes the show that runs and who is on air; `None` between shows.
    pub fn show(&mut self, show: Option<String>, on_air: Vec<String>) {
        self.show = show;
        self.on_air = on_air;
    }

    /// Takes what an activity's card says that it is about, as fields of JSON.
    pub fn card(&mut self, activity: &ActivityId, about: &str) {
        let mut cards = self.cards.iter_mut();
        match cards.find(|(known, _)| known == activity) {
            Some((_, fields)) => about.clone_into(fields),
            None => self.cards.push((activity.clone(), about.to_owned())),
        }
    }

    /// The tab came to the front, or went from it. Call it from a listener on the *document*:
    /// the shell sends what is left from one on the window, which runs later.
    pub fn front(&mut self, front: bool, now: &Moment) {
        self.sight.front(front, now.steady);
        if !front {
            let sums = self.sight.sums(now.steady);
            self.tell(sums, now);
        }
        self.wake(now);
    }

    /// Element number `element` now has `about` in sight (half of it, 30 % of a very large one, or as much as fills half of the view), or nothing.
    pub fn look(&mut self, element: u32, about: Option<&About>, now: &Moment) {
        self.sight.look(element, about, now.steady);
        self.wake(now);
    }

    /// Time has passed: whatever is due is reported. Called when the port's wish is fulfilled, harmless at any other time.
    pub fn wake(&mut self, now: &Moment) {
        let due = self.sight.due(now.steady);
        self.tell(due, now);
        if let Some(ms) = self.sight.next(now.steady) {
            self.port.wake(ms);
        }
    }

    /// The room goes: what is in sight is summed up and reported.
    pub fn close(&mut self, now: &Moment) {
        self.front(false, now);
    }

    /// The viewer acted; before the room was asked.
    pub fn acted(&mut self, about: &About, act: &str, now: &Moment) {
        let data = self.data(Some(about), now).text("act", act);
        self.emit(about, "acted", data, now, false);
    }

    /// The room accepted it.
    pub fn outcome(&mut self, about: &About, act: &str, now: &Moment) {
        let data = self.data(Some(about), now).text("act", act);
        self.emit(about, "outcome", data, now, true);
    }

    /// An order was made. Each is told but once, whichever tabs of this browser hear of it.
    pub fn ordered(&mut self, about: &About, once: &str, value: Option<&Money>, now: &Moment) {
        let once = ["live-order ", &self.setup.source, " ", once].concat();
        if !self.port.once(&once) {
            return;
        }
        let data = self
            .data(Some(about), now)
            .maybe("value", value.map(|value| value.amount.as_str()))
            .maybe("currency", value.map(|value| value.currency.as_str()));
        self.make(Draft {
            endpoint: about.endpoint.clone(),
            kind: "live.deal.order".to_owned(),
            subject: Some(about.activity.as_str().to_owned()),
            data: data.end(),
            time: now.room.0,
            soon: true,
            once: Some(once),
        });
    }

    /// The room, or the page, refused it.
    pub fn refused(&mut self, about: &About, act: &str, reason: &str, now: &Moment) {
        let data = self.data(Some(about), now);
        let data = data.text("act", act).text("reason", reason);
        self.emit(about, "refused", data, now, true);
    }

    /// Something failed: the code of a `live-error`. The same code counts once a minute.
    pub fn error(&mut self, code: &str, now: &Moment) {
        self.errors.retain(|(_, at)| at + ERROR_MS > now.steady);
        if self.errors.len() >= ERRORS || self.errors.iter().any(|(known, _)| known == code) {
            return;
        }
        self.errors.push((code.to_owned(), now.steady));
        let data = self.data(None, now).text("code", code);
        self.emit_room("live.room.error", data, now, true);
    }

    /// Something of the room as a whole: `acted` or `arrived`, with its own fields as JSON.
    pub fn room(&mut self, what: &str, fields: &str, now: &Moment) {
        let data = self.data(None, now).fields(fields);
        self.emit_room(&["live.room.", what].concat(), data, now, true);
    }

    /// The page's own event: `kind` with or without `page.` before it, `data` as JSON text.
    pub fn page(&mut self, kind: &str, data: &str, now: &Moment) -> Result<(), NotReported> {
        let name = kind.strip_prefix("page.").unwrap_or(kind);
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-');
        if !(1..=64).contains(&name.len()) || !name.bytes().all(plain) {
            return Err(NotReported::Kind);
        }
        if Json::parse(data).is_err() {
            return Err(NotReported::Data);
        }
        let all = self.data(None, now).raw("page", data);
        let kind = ["page.", name].concat();
        let all = all.end();
        if all.len() > REPORT_BYTES {
            return Err(NotReported::TooLarge);
        }
        self.draft(None, kind, None, all, now, true);
        Ok(())
    }

    fn tell(&mut self, sightings: Vec<Sighting>, now: &Moment) {
        // What was seen while nothing may be known of it is not remembered either.
        if self.gate.holds() == Consent::Denied {
            return;
        }
        for sighting in sightings {
            match sighting {
                Sighting::Seen(about) => {
                    let run = about.run.to_string();
                    let key = [
                        &self.setup.source,
                        "\n",
                        about.activity.as_str(),
                        "\n",
                        &run,
                    ]
                    .concat();
                    if self.port.once(&key) {
                        let data = self.data(Some(&about), now);
                        self.emit(&about, "seen", data, now, false);
                    }
                }
                Sighting::Visible(about, ms) => {
                    let data = self.data(Some(&about), now).number("ms", ms);
                    self.emit(&about, "visible", data, now, false);
                }
                Sighting::Watch(ms) => {
                    let data = self.data(None, now).number("ms", ms);
                    self.emit_room("live.room.watch", data, now, false);
                }
            }
        }
    }

    fn tell_consent(&self) {
        let holds = self.gate.holds().name();
        let endpoint = self.setup.endpoint.as_deref();
        self.port.consent(holds, endpoint, &self.setup.source);
    }
}

#[cfg(test)]
mod tests;

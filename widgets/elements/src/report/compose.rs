//! How a report is composed: its data, its envelope, and whether it goes on, is held, or is forgotten.

use super::moment::{Moment, rfc3339};
use super::object::{Object, list, quoted};
use super::port::Composed;
use super::reporter::Reporter;
use super::{About, Consent};
use liveroom_protocol::about as protocol;
use liveroom_protocol::identity::Label;

/// Reports held in memory while consent is pending; then the oldest is forgotten.
pub(crate) const HELD: usize = 200;

/// What happened, composed when it happened.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub(super) endpoint: Option<String>,
    pub(super) kind: String,
    pub(super) subject: Option<String>,
    pub(super) data: String,
    pub(super) time: u64,
    pub(super) soon: bool,
    /// Of all tabs of this browser only the first that has this name makes it.
    pub(super) once: Option<String>,
}

/// What a card says that it is about, as fields of JSON: products with the one that a deal sells, brand, tags.
pub fn named((about, sku): (&protocol::About, Option<&str>)) -> String {
    let mut products: Vec<&str> = about.products.iter().map(Label::as_str).collect();
    if let Some(sku) = sku.filter(|sku| !sku.is_empty() && !products.contains(sku)) {
        products.push(sku);
    }
    let tags = about.tags.iter().map(Label::as_str).collect();
    let mut fields = Object::new().maybe("brand", about.brand.as_ref().map(Label::as_str));
    for (name, texts) in [("products", products), ("tags", tags)] {
        if !texts.is_empty() {
            fields = fields.raw(name, &list(texts.into_iter().map(quoted)));
        }
    }
    fields.bare()
}

impl Reporter {
    /// What every report says.
    pub(super) fn data(&self, about: Option<&About>, now: &Moment) -> Object {
        let mut data = Object::new()
            .text("room", &self.setup.room)
            .number("at", now.room.0)
            .text("channel", &self.setup.channel)
            .maybe("me", self.me.as_deref())
            .maybe("show", self.show.as_deref());
        if !self.on_air.is_empty() {
            data = data.raw("on_air", &list(self.on_air.iter().map(|id| quoted(id))));
        }
        if let Some(stream) = now.stream {
            data = data.number("stream", stream.0);
        }
        if let Some(campaign) = &self.setup.campaign {
            data = data.raw("campaign", campaign);
        }
        match about {
            Some(about) => {
                let mut cards = self.cards.iter();
                let card = cards.find(|(activity, _)| *activity == about.activity);
                data.text("activity", about.activity.as_str())
                    .text("widget", about.widget.name())
                    .number("run", u64::from(about.run))
                    .fields(card.map_or("", |(_, fields)| fields.as_str()))
            }
            None => data,
        }
    }

    pub(super) fn emit(
        &mut self,
        about: &About,
        what: &str,
        data: Object,
        now: &Moment,
        soon: bool,
    ) {
        let kind = ["live.", about.widget.name(), ".", what].concat();
        let subject = Some(about.activity.as_str().to_owned());
        self.draft(about.endpoint.clone(), kind, subject, data.end(), now, soon);
    }

    pub(super) fn emit_room(&mut self, kind: &str, data: Object, now: &Moment, soon: bool) {
        self.draft(None, kind.to_owned(), None, data.end(), now, soon);
    }

    pub(super) fn draft(
        &mut self,
        endpoint: Option<String>,
        kind: String,
        subject: Option<String>,
        data: String,
        now: &Moment,
        soon: bool,
    ) {
        self.make(Draft {
            endpoint,
            kind,
            subject,
            data,
            time: now.room.0,
            soon,
            once: None,
        });
    }

    pub(super) fn make(&mut self, draft: Draft) {
        match self.gate.holds() {
            Consent::Granted => self.hand_over(draft),
            Consent::Pending => {
                if self.held.len() >= HELD {
                    self.held.remove(0);
                }
                self.held.push(draft);
            }
            Consent::Denied => {}
        }
    }

    pub(super) fn hand_over(&self, draft: Draft) {
        let envelope = Object::new()
            .text("specversion", "1.0")
            .text("id", &self.port.id())
            .text("source", &self.setup.source)
            .text("type", &draft.kind)
            .maybe("subject", draft.subject.as_deref())
            .text("time", &rfc3339(draft.time))
            .text("datacontenttype", "application/json")
            .end();
        self.port.report(&Composed {
            endpoint: draft.endpoint.or_else(|| self.setup.endpoint.clone()),
            source: self.setup.source.clone(),
            envelope,
            data: draft.data,
            soon: draft.soon,
            once: draft.once,
        });
    }
}

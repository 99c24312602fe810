//! The attributes of `<live-room>` as the page wrote them, and what they mean. Parsed once; a fault names its attribute.

use crate::decode::own;
use crate::report::Consent;
use liveroom_protocol::id::RoomId;
use liveroom_protocol::message::Seat;

/// The attributes as text, as the shell read them; addresses are absolute where they can be.
#[derive(Clone, Debug, Default)]
pub struct Attributes {
    room: Option<String>,
    server: Option<String>,
    report: Option<String>,
    /// `report` as an address that can be posted to.
    endpoint: Option<String>,
    /// `campaign` as a JSON object, and a word if there was more than that.
    campaign: Option<String>,
    uncounted: Option<String>,
    consent: Option<String>,
    theme: Option<String>,
    mode: Option<String>,
    dock: Option<String>,
    /// The browser's Global Privacy Control.
    privacy_control: bool,
    /// The page gave a `tokenProvider`.
    provider: bool,
    /// `<live-studio>` watches this room.
    desk: bool,
    /// The page gave an `order`, and a `product`.
    order: bool,
    product: bool,
}

impl Attributes {
    /// Reads what the shell wrote; what it left out is absent.
    pub fn read(json: &str) -> Self {
        own(json, |fields| Self {
            room: fields.owned("room"),
            server: fields.owned("server"),
            report: fields.owned("report"),
            endpoint: fields.owned("endpoint"),
            campaign: fields.owned("campaign"),
            uncounted: fields.owned("uncounted"),
            consent: fields.owned("consent"),
            theme: fields.owned("theme"),
            mode: fields.owned("mode"),
            dock: fields.owned("dock"),
            privacy_control: fields.flag("privacy_control"),
            provider: fields.flag("provider"),
            desk: fields.flag("desk"),
            order: fields.flag("order"),
            product: fields.flag("product"),
        })
    }
}

/// Who decides what is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Server {
    /// The page, by `receive`.
    #[default]
    Page,
    /// A practice room in this browser.
    Practice,
    /// A room server at this address, without a slash at its end.
    Remote(String),
}

/// What the attributes mean.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Config {
    /// The room; absent only where the page drives it and gave it no name.
    pub room: Option<RoomId>,
    /// Who decides.
    pub server: Server,
    /// Where this page sits.
    pub seat: Seat,
    /// The page is an overlay in a picture: it takes no part.
    pub overlay: bool,
    /// What is open is shown in the room's dock.
    pub dock: bool,
    /// Whether reports may be kept and sent.
    pub consent: Consent,
    /// The browser asks for privacy.
    pub privacy_control: bool,
    /// Where reports go.
    pub endpoint: Option<String>,
    /// What reports say of the page's campaign, a JSON object.
    pub campaign: Option<String>,
    /// Tokens can be asked for.
    pub provider: bool,
    /// The page has a cart that takes orders.
    pub orders: bool,
    /// The page's shop can be asked for products.
    pub products: bool,
}

/// What an attribute should have been, as a sentence for the developer of the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault(pub String);

const DOCKS: [&str; 6] = [
    "bottom-end",
    "bottom-start",
    "bottom",
    "top-end",
    "top-start",
    "top",
];

impl Config {
    /// Reads the attributes; what cannot be read counts as absent, and is told.
    pub fn read(attributes: &Attributes) -> (Self, Vec<Fault>) {
        let mut faults = Vec::new();
        let mut fault = |attribute: &str, text: &str, wanted: &str| {
            faults.push(Fault(
                [attribute, "=\"", text, "\" on <live-room>: ", wanted].concat(),
            ));
        };
        let mut among = |attribute: &str, text: &Option<String>, words: &[&str]| {
            if let Some(text) = text
                && !words.contains(&text.as_str())
            {
                fault(
                    attribute,
                    text,
                    &["use one of ", &words.join(", ")].concat(),
                );
            }
        };
        among("theme", &attributes.theme, &["auto", "light", "dark"]);
        among("mode", &attributes.mode, &["page", "overlay"]);
        among("dock", &attributes.dock, &DOCKS);
        among(
            "consent",
            &attributes.consent,
            &["pending", "granted", "denied"],
        );

        let server = match attributes.server.as_deref().map(str::trim) {
            None | Some("") => Server::Page,
            Some("local:") => Server::Practice,
            Some(url) if url.starts_with("https://") || url.starts_with("http://") => {
                Server::Remote(url.trim_end_matches('/').to_owned())
            }
            Some(other) => {
                let wanted =
                    "use the address of a room server (https://…), or local: for a practice room";
                fault("server", other, wanted);
                Server::Page
            }
        };
        let named = attributes.room.as_deref().unwrap_or_default();
        let room = RoomId::parse(named).ok();
        if room.is_none() && (server != Server::Page || !named.is_empty()) {
            fault(
                "room",
                named,
                "name the room by 1 to 64 of A-Z a-z 0-9 - _ .",
            );
        }
        if let Some(text) = &attributes.report
            && attributes.endpoint.is_none()
        {
            fault(
                "report",
                text,
                "use an address that reports can be posted to (https://…)",
            );
        }
        if let Some(text) = &attributes.uncounted {
            let wanted = "use at most 8 name=value joined by &, each of at most 100 characters";
            fault("campaign", text, wanted);
        }
        let overlay = attributes.mode.as_deref() == Some("overlay");
        let config = Self {
            server: if room.is_none() { Server::Page } else { server },
            room,
            seat: match (attributes.desk, overlay) {
                (true, _) => Seat::Desk,
                (false, true) => Seat::Overlay,
                (false, false) => Seat::Viewer,
            },
            overlay,
            dock: attributes.dock.is_some(),
            consent: Consent::parse(attributes.consent.as_deref()).unwrap_or_default(),
            privacy_control: attributes.privacy_control,
            endpoint: attributes.endpoint.clone(),
            campaign: attributes.campaign.clone(),
            provider: attributes.provider,
            orders: attributes.order,
            products: attributes.product,
        };
        (config, faults)
    }

    /// The room's own address; `None` where the page or this browser holds the room.
    pub fn address(&self) -> Option<String> {
        match (&self.server, &self.room) {
            (Server::Remote(server), Some(room)) => {
                Some([server, "/v1/rooms/", room.as_str()].concat())
            }
            (Server::Remote(_) | Server::Practice | Server::Page, _) => None,
        }
    }

    /// Where a line to the room is opened: the socket's address, or `local:` and the room's name.
    pub fn line(&self) -> Option<String> {
        match (&self.server, &self.room) {
            (Server::Practice, Some(room)) => Some(["local:", room.as_str()].concat()),
            _ => {
                let socket = [&self.address()?, "/socket"].concat();
                // http becomes ws, https becomes wss.
                Some(["ws", socket.strip_prefix("http")?].concat())
            }
        }
    }

    /// Whether a line to this room is another one than with `other`.
    pub fn is_elsewhere(&self, other: &Self) -> bool {
        (&self.room, &self.server) != (&other.room, &other.server)
    }
}

#[cfg(test)]
mod tests;

//! Which pages may talk to a room: the `Origin` that browsers send, against the room's list.
//!
//! | `Origin` | may |
//! |---|---|
//! | the server's own, or on the room's list | connect |
//! | absent, or `null` (a sandboxed frame, a local file) | connect with a token only |
//! | any other | not connect |
//!
//! With `--dev` pages of this machine may connect too: any port of `localhost`, this server by any IP address, and `null`.

use axum::http::{HeaderMap, header};
use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::str::FromStr;

/// A page's origin: `https://shop.example`, lower case, without the port that its scheme implies.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Origin {
    scheme: &'static str,
    host: String,
    port: u16,
}

impl FromStr for Origin {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const WRONG: &str = "an origin is like https://live.shop.example";
        let text = text.strip_suffix('/').unwrap_or(text);
        let (scheme, rest, implied) = if let Some(rest) = text.strip_prefix("https://") {
            ("https", rest, 443)
        } else if let Some(rest) = text.strip_prefix("http://") {
            ("http", rest, 80)
        } else {
            return Err(WRONG);
        };
        let colon = rest
            .rfind(':')
            .filter(|colon| !rest[*colon..].contains(']'));
        let (host, port) = match colon {
            Some(colon) => (
                &rest[..colon],
                rest[colon + 1..].parse().map_err(|_| WRONG)?,
            ),
            None => (rest, implied),
        };
        let plain =
            |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'[' | b']' | b':');
        if host.is_empty() || host.len() > 255 || !host.bytes().all(plain) {
            return Err(WRONG);
        }
        Ok(Self {
            scheme,
            host: host.to_ascii_lowercase(),
            port,
        })
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let implied = (self.scheme == "https" && self.port == 443)
            || (self.scheme == "http" && self.port == 80);
        write!(f, "{}://{}", self.scheme, self.host)?;
        if implied {
            Ok(())
        } else {
            write!(f, ":{}", self.port)
        }
    }
}

/// Where a request says it comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sender {
    /// No page: a program, or a request that browsers send without an origin.
    Nobody,
    /// A page that has no origin of its own.
    Opaque,
    /// A page.
    Page(Origin),
    /// Something that is no origin.
    Unreadable,
}

/// Whether a sender may talk to a room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Admission {
    /// It may.
    Free,
    /// It may with a token.
    WithToken,
    /// It may not.
    Never,
}

impl Sender {
    /// Reads the `Origin` of a request.
    pub fn of(headers: &HeaderMap) -> Self {
        let mut origins = headers.get_all(header::ORIGIN).iter();
        match (origins.next(), origins.next()) {
            (None, _) => Self::Nobody,
            (Some(only), None) => match only.to_str() {
                Ok("null") => Self::Opaque,
                Ok(text) => text.parse().map_or(Self::Unreadable, Self::Page),
                Err(_) => Self::Unreadable,
            },
            (Some(_), Some(_)) => Self::Unreadable,
        }
    }
}

/// The door of a server.
#[derive(Clone, Debug)]
pub struct Door {
    own: Vec<Origin>,
    port: u16,
    dev: bool,
}

impl Door {
    /// The door of a server that listens on `address` and that browsers find at `public`.
    pub fn new(address: SocketAddr, public: Option<Origin>, dev: bool) -> Self {
        let hosts = [
            "127.0.0.1".to_owned(),
            "localhost".to_owned(),
            "[::1]".to_owned(),
        ];
        let bound = SocketAddr::new(address.ip(), 0).to_string();
        let bound = bound.trim_end_matches(":0").to_owned();
        let port = address.port();
        let here = hosts.into_iter().chain([bound]).map(|host| Origin {
            scheme: "http",
            host,
            port,
        });
        let own = match public {
            Some(public) => vec![public],
            None => here.collect(),
        };
        Self { own, port, dev }
    }

    /// Whether a sender may talk to a room with this list.
    pub fn admits(&self, sender: &Sender, listed: &[String]) -> Admission {
        match sender {
            Sender::Opaque if self.dev => Admission::Free,
            Sender::Nobody | Sender::Opaque => Admission::WithToken,
            Sender::Unreadable => Admission::Never,
            Sender::Page(page) => {
                let on_list = || {
                    listed
                        .iter()
                        .any(|listed| listed.parse().as_ref() == Ok(page))
                };
                if self.own.contains(page)
                    || (self.dev && self.is_of_this_machine(page))
                    || on_list()
                {
                    Admission::Free
                } else {
                    Admission::Never
                }
            }
        }
    }

    /// An address, unlike a name, cannot be pointed here by somebody else.
    fn is_of_this_machine(&self, page: &Origin) -> bool {
        let address = page
            .host
            .trim_start_matches('[')
            .trim_end_matches(']')
            .parse::<IpAddr>();
        page.host == "localhost"
            || address.is_ok_and(|address| address.is_loopback() || page.port == self.port)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(text: &str) -> Sender {
        Sender::Page(text.parse().expect("it is an origin"))
    }

    fn door(dev: bool) -> Door {
        Door::new(([127, 0, 0, 1], 8787).into(), None, dev)
    }

    #[test]
    fn a_page_connects_if_it_is_the_servers_own_or_listed() {
        let listed = [
            "https://shop.example".to_owned(),
            "http://a.example:8080".to_owned(),
        ];
        let cases = [
            ("http://127.0.0.1:8787", true),
            ("http://localhost:8787", true),
            ("https://shop.example", true),
            ("https://SHOP.example:443", true),
            ("http://a.example:8080", true),
            ("http://shop.example", false),
            ("https://shop.example:444", false),
            ("https://shop.example.evil.example", false),
            ("http://localhost:9999", false),
            ("https://127.0.0.1:8787", false),
        ];
        for (text, free) in cases {
            let admission = door(false).admits(&page(text), &listed);
            assert_eq!(admission == Admission::Free, free, "{text}");
        }
    }

    #[test]
    fn who_has_no_origin_needs_a_token() {
        for sender in [Sender::Nobody, Sender::Opaque] {
            assert_eq!(door(false).admits(&sender, &[]), Admission::WithToken);
        }
        assert_eq!(door(true).admits(&Sender::Opaque, &[]), Admission::Free);
        assert_eq!(
            door(true).admits(&Sender::Nobody, &[]),
            Admission::WithToken
        );
        assert_eq!(
            door(true).admits(&Sender::Unreadable, &[]),
            Admission::Never
        );
    }

    #[test]
    fn development_lets_this_machine_in_and_no_other_name() {
        let cases = [
            ("http://localhost:5173", true),
            ("http://127.0.0.1:3000", true),
            ("http://192.168.1.7:8787", true),
            ("http://192.168.1.7:3000", false),
            ("http://localhost.evil.example:8787", false),
            ("http://evil.example:8787", false),
        ];
        for (text, free) in cases {
            let admission = door(true).admits(&page(text), &[]);
            assert_eq!(admission == Admission::Free, free, "{text}");
        }
    }

    #[test]
    fn what_is_no_origin_is_not_read_as_one() {
        for text in [
            "",
            "shop.example",
            "https://",
            "https://a/b",
            "ftp://a",
            "https://a:x",
            "https://a b",
            "null",
        ] {
            assert!(text.parse::<Origin>().is_err(), "{text}");
        }
        let own: Origin = "http://[::1]:8787".parse().expect("it is an origin");
        assert_eq!(own.to_string(), "http://[::1]:8787");
    }
}

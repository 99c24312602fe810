//! Where a hook sends to: an address that is read once, strictly, and never guessed at.

use liveroom_protocol::limits::ADDRESS_BYTES;
use std::net::IpAddr;
use std::str::FromStr;

/// The address of a receiver: `https://shop.example/hooks?from=liveroom`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// With TLS.
    pub tls: bool,
    /// The name or the address, without brackets.
    pub host: String,
    /// The port.
    pub port: u16,
    /// What `Host` says.
    pub authority: String,
    /// The path with its query.
    pub path: String,
}

impl FromStr for Target {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const WRONG: &str = "a webhook's url is like https://shop.example/hooks, at most 2048 bytes, without user, password and #";
        let uri: hyper::Uri = text.parse().map_err(|_| WRONG)?;
        let (tls, implied) = match uri.scheme_str() {
            Some("https") => (true, 443),
            Some("http") => (false, 80),
            Some(_) | None => return Err(WRONG),
        };
        let authority = uri.authority().ok_or(WRONG)?;
        // What comes before an @ has made many a reader take one host for another.
        if text.len() > ADDRESS_BYTES || text.contains(['#', '@', '\\']) {
            return Err(WRONG);
        }
        let port = match authority.as_str().rsplit_once(':') {
            Some((_, port)) if !port.contains(']') => port.parse().map_err(|_| WRONG)?,
            Some(_) | None => implied,
        };
        let host = authority.host();
        let host = host.trim_start_matches('[').trim_end_matches(']');
        if host.is_empty() || port == 0 {
            return Err(WRONG);
        }
        Ok(Self {
            tls,
            host: host.to_ascii_lowercase(),
            port,
            authority: authority.as_str().to_ascii_lowercase(),
            path: uri
                .path_and_query()
                .map_or_else(|| "/".to_owned(), ToString::to_string),
        })
    }
}

impl Target {
    /// The address, if that is what the host is.
    pub fn address(&self) -> Option<IpAddr> {
        self.host.parse().ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_as_it_is_written() {
        for (text, host, port, path) in [
            ("https://shop.example", "shop.example", 443, "/"),
            (
                "https://SHOP.example:8443/a?b=c",
                "shop.example",
                8_443,
                "/a?b=c",
            ),
            ("http://[::1]:80/x", "::1", 80, "/x"),
            ("https://[2001:db8::1]", "2001:db8::1", 443, "/"),
            ("https://127.1/", "127.1", 443, "/"),
        ] {
            let target: Target = text.parse().expect("it is an address");
            assert_eq!(
                (target.host.as_str(), target.port, target.path.as_str()),
                (host, port, path)
            );
        }
        let long = format!("https://shop.example/{}", "a".repeat(2_048));
        for text in [
            "",
            "shop.example",
            "/hooks",
            "ftp://shop.example",
            "https://",
            "https:///x",
            "https://a@b.example",
            "https://a:b@c.example",
            "https://shop.example/#x",
            "https://shop.example\\@evil.example",
            "https://shop.example:0",
            "https://shop.example:99999",
            "https://shop.example:x",
            "https://shop example",
            "javascript:alert(1)",
            &long,
        ] {
            assert!(text.parse::<Target>().is_err(), "{text}");
        }
    }
}

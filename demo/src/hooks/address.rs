//! Which addresses a webhook may be sent to: those of the public internet, and no other.
//!
//! An owner of a room says where events go, and the server stands where that owner does not: its own machine, its network, and its
//! provider's metadata must not be reachable through it. See OWASP, Server-Side Request Forgery, and the special-purpose registries
//! <https://www.iana.org/assignments/iana-ipv4-special-registry> and <https://www.iana.org/assignments/iana-ipv6-special-registry>.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Networks of IPv4 that are no public address, as address and length of the prefix.
const NO_PUBLIC_V4: [([u8; 4], u32); 16] = [
    // This network.
    ([0, 0, 0, 0], 8),
    // Private.
    ([10, 0, 0, 0], 8),
    ([172, 16, 0, 0], 12),
    ([192, 168, 0, 0], 16),
    // Shared by a provider's customers; some clouds have their metadata here.
    ([100, 64, 0, 0], 10),
    // Loopback.
    ([127, 0, 0, 0], 8),
    // Link-local, and the metadata of most clouds.
    ([169, 254, 0, 0], 16),
    // IETF protocols, with the metadata of one cloud.
    ([192, 0, 0, 0], 24),
    // Documentation.
    ([192, 0, 2, 0], 24),
    ([198, 51, 100, 0], 24),
    ([203, 0, 113, 0], 24),
    // Relays of 6to4.
    ([192, 88, 99, 0], 24),
    // Benchmarks of networks.
    ([198, 18, 0, 0], 15),
    // A public address by number, and one cloud's door to each of its machines.
    ([168, 63, 129, 16], 32),
    // Multicast.
    ([224, 0, 0, 0], 4),
    // Reserved, and broadcast.
    ([240, 0, 0, 0], 4),
];

/// Networks within 2000::/3 that are no public address. All that is outside of it is none: loopback, link-local, unique-local, IPv4 written
/// as IPv6 (::ffff:0:0/96), and IPv4 behind a translator (64:ff9b::/96, 64:ff9b:1::/48).
const NO_PUBLIC_V6: [([u16; 3], u32); 4] = [
    // IETF protocols: Teredo, benchmarks, ORCHID.
    ([0x2001, 0, 0], 23),
    // Documentation.
    ([0x2001, 0xdb8, 0], 32),
    ([0x3fff, 0, 0], 20),
    // IPv4 within 6to4.
    ([0x2002, 0, 0], 16),
];

/// Whether an address is one of the public internet.
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

/// Whether a webhook may be sent to an address; `local`: also to this machine.
pub fn may_reach(address: IpAddr, local: bool) -> bool {
    is_public(address) || (local && address.is_loopback())
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let bits = address.to_bits();
    let is_in = |(network, length): ([u8; 4], u32)| {
        let network = Ipv4Addr::from(network).to_bits();
        (bits ^ network) >> (32 - length) == 0
    };
    !NO_PUBLIC_V4.into_iter().any(is_in)
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let bits = address.to_bits();
    let is_in = |([a, b, c], length): ([u16; 3], u32)| {
        let network = Ipv6Addr::new(a, b, c, 0, 0, 0, 0, 0).to_bits();
        (bits ^ network) >> (128 - length) == 0
    };
    is_in(([0x2000, 0, 0], 3)) && !NO_PUBLIC_V6.into_iter().any(is_in)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_the_public_internet_are_reached() {
        for (address, public) in [
            ("1.1.1.1", true),
            ("93.184.216.34", true),
            ("172.15.255.255", true),
            ("172.32.0.0", true),
            ("100.63.255.255", true),
            ("100.128.0.0", true),
            ("223.255.255.255", true),
            ("2606:4700:4700::1111", true),
            ("2a00:1450:4001::200e", true),
            ("2001:200::1", true),
            ("0.0.0.0", false),
            ("0.1.2.3", false),
            ("10.1.2.3", false),
            ("100.64.0.1", false),
            ("100.100.100.200", false),
            ("100.127.255.255", false),
            ("127.0.0.1", false),
            ("127.255.255.254", false),
            ("168.63.129.16", false),
            ("169.254.169.254", false),
            ("172.16.0.1", false),
            ("172.31.255.255", false),
            ("192.0.0.192", false),
            ("192.0.2.1", false),
            ("192.88.99.1", false),
            ("192.168.1.1", false),
            ("198.18.0.1", false),
            ("198.19.255.255", false),
            ("198.51.100.7", false),
            ("203.0.113.7", false),
            ("224.0.0.1", false),
            ("239.255.255.255", false),
            ("240.0.0.1", false),
            ("255.255.255.255", false),
            ("::", false),
            ("::1", false),
            ("::127.0.0.1", false),
            ("::ffff:127.0.0.1", false),
            ("::ffff:1.1.1.1", false),
            ("64:ff9b::7f00:1", false),
            ("64:ff9b::101:101", false),
            ("64:ff9b:1::1", false),
            ("100::1", false),
            ("2001::1", false),
            ("2001:db8::1", false),
            ("2002:7f00:1::1", false),
            ("3fff::1", false),
            ("fc00::1", false),
            ("fd00:ec2::254", false),
            ("fe80::1", false),
            ("fec0::1", false),
            ("ff02::1", false),
        ] {
            let parsed: IpAddr = address.parse().expect("it is an address");
            assert_eq!(is_public(parsed), public, "{address}");
            let loopback = matches!(address, "127.0.0.1" | "127.255.255.254" | "::1");
            assert_eq!(may_reach(parsed, true), public || loopback, "{address}");
            assert_eq!(may_reach(parsed, false), public, "{address}");
        }
    }
}

//! What kind of address it is.

use std::net::{Ipv4Addr, Ipv6Addr};

use super::{Explanation, Line, Subject};
use crate::dissect::Value;
use crate::field::Kind;

/// Tell what kind of address it is.
pub(super) fn remarks(subject: &Subject<'_>, out: &mut Explanation) {
    let text = match (subject.at.field.kind, subject.at.value) {
        (_, Value::Ipv4(a)) => ipv4(Ipv4Addr::from(a)),
        (Kind::Ipv6, Value::Ipv6(a)) => ipv6(Ipv6Addr::from(a)),
        (_, Value::Ether(a)) => ether(a),
        _ => return,
    };
    out.remarks.push(Line::words(text));
}

fn ipv4(a: Ipv4Addr) -> &'static str {
    let [first, second, ..] = a.octets();
    if a.is_unspecified() {
        "All zeros: a host that has no address yet, or any address at all."
    } else if a.is_broadcast() {
        "All ones: every host on this link (RFC 919)."
    } else if a.is_loopback() {
        "Begins with 127: the host itself; such packets never leave it (RFC 1122, section 3.2.1.3)."
    } else if a.is_private() {
        "A private address: used again and again inside networks, never on the Internet (RFC 1918)."
    } else if a.is_link_local() {
        "Begins with 169.254: chosen by the host itself, good on this link only (RFC 3927)."
    } else if a.is_multicast() {
        "From 224 to 239: a group of hosts, not one (multicast, RFC 5771)."
    } else if first == 100 && (64..128).contains(&second) {
        "From 100.64.0.0/10: shared by the customers of a provider (RFC 6598)."
    } else if a.is_documentation() {
        "Set aside for examples in texts (RFC 5737)."
    } else {
        "A public address: one host (or one network's door) on the whole Internet."
    }
}

fn ipv6(a: Ipv6Addr) -> &'static str {
    let first = a.segments()[0];
    if a.is_unspecified() {
        "All zeros: a host that has no address yet."
    } else if a.is_loopback() {
        "The host itself (::1); such packets never leave it."
    } else if a.is_multicast() {
        "Begins with ff: a group of hosts, not one (multicast, RFC 4291, section 2.7)."
    } else if first & 0xffc0 == 0xfe80 {
        "Begins with fe80: good on this link only; every IPv6 interface has one (RFC 4291, section 2.5.6)."
    } else if first & 0xfe00 == 0xfc00 {
        "Begins with fc or fd: used inside networks, never on the Internet (RFC 4193)."
    } else if first == 0x2001 && a.segments()[1] == 0x0db8 {
        "Set aside for examples in texts (RFC 3849)."
    } else {
        "A global address: one interface on the whole Internet."
    }
}

fn ether(a: [u8; 6]) -> &'static str {
    if a == [0xff; 6] {
        "All ones: every interface on this link takes the frame (broadcast)."
    } else if a[0] & 1 != 0 {
        "The lowest bit of the first byte is 1: a group of interfaces (multicast)."
    } else if a[0] & 2 != 0 {
        "One interface. The second lowest bit of the first byte is 1: the address was given by software, not by the maker."
    } else {
        "One interface. The first three bytes name its maker."
    }
}

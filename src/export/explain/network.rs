//! IP and UDP: lengths, fragments, hops; what a type number leads to.

use super::{Explanation, Line, Subject, count, number};
use crate::dissect::tree::PROTOCOL;

/// Tell what there is to tell.
pub(super) fn sums(subject: &Subject<'_>, out: &mut Explanation) {
    let Some(value) = number(subject.at) else {
        return;
    };
    match subject.at.field.abbrev {
        "ip.hdr_len" if value % 4 == 0 => {
            out.sums.push(
                Line::value(value)
                    .and(" = ")
                    .of(value / 4)
                    .and(" × 4: the field counts words of four bytes"),
            );
            if let Some(options) = value.checked_sub(20).filter(|n| *n > 0) {
                out.sums.push(
                    Line::value(value)
                        .and(" = 20 (without options) + ")
                        .of(options)
                        .and(" (options)"),
                );
            }
        }
        "ip.len" => {
            if let Some((header, rest)) = subject
                .number("ip.hdr_len")
                .and_then(|h| Some((h, value.checked_sub(h)?)))
            {
                out.sums.push(
                    Line::value(value)
                        .and(" = ")
                        .of(header)
                        .and(" (this header) + ")
                        .of(rest)
                        .and(" (what it carries)"),
                );
            }
        }
        "ipv6.plen" => out.remarks.push(Line::words(
            "The 40 bytes of the IPv6 header itself are not counted, unlike in IPv4.",
        )),
        "udp.length" => {
            if let Some(data) = value.checked_sub(8) {
                out.sums.push(
                    Line::value(value)
                        .and(" = 8 (this header) + ")
                        .of(data)
                        .and(" (data)"),
                );
            }
        }
        "ip.frag_offset" | "ipv6.fraghdr.offset" => {
            if value % 8 == 0 && value > 0 {
                out.sums.push(
                    Line::value(value)
                        .and(" = ")
                        .of(value / 8)
                        .and(" × 8: the field counts units of eight bytes"),
                );
            }
            out.remarks.push(Line::words(&match value {
                0 => "The packet begins with its first byte: it is whole, or the first fragment."
                    .to_owned(),
                n => format!(
                    "What this fragment carries belongs {} behind the packet's first.",
                    count(n, "byte")
                ),
            }));
        }
        "ip.ttl" | "ipv6.hlim" => hops(value, out),
        "eth.type" | "ip.proto" | "ipv6.nxt" | "vlan.etype" => leads_to(subject, out),
        _ => {}
    }
}

/// More routers than any path has.
const FARTHEST: u64 = 40;

/// How many routers a packet has passed, if it began with one of the usual values.
fn hops(value: u64, out: &mut Explanation) {
    let Some(start) = [64, 128, 255].into_iter().find(|s| *s >= value) else {
        return;
    };
    let passed = start - value;
    // Nothing on the Internet is so far away.
    if passed > FARTHEST {
        out.remarks.push(Line::words(
            "A small number: the sender chose it so, as multicast and traceroute do, or the packet runs in a circle.",
        ));
        return;
    }
    out.sums.push(
        Line::value(value)
            .and(" = ")
            .of(start)
            .and(" (a usual start) − ")
            .of(passed)
            .and(" (routers passed)"),
    );
    out.remarks.push(Line::words(if passed == 0 {
        "Most systems begin with 64, 128 or 255, so the packet has probably passed no router yet."
    } else {
        "Each router takes one away. Most systems begin with 64, 128 or 255; which one it was is a guess."
    }));
}

/// The number says which protocol comes next.
fn leads_to(subject: &Subject<'_>, out: &mut Explanation) {
    let behind = subject.packet.tree.nodes.get(subject.layer.end);
    if let Some(next) = behind.filter(|n| n.is(PROTOCOL)) {
        out.remarks.push(Line::words(&format!(
            "It says what comes behind this header: {}.",
            next.field.label
        )));
    }
}

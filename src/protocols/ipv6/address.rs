//! What an IPv6 address tells besides itself: hardware and IPv4 addresses that it was made from.

use super::fields::*;
use crate::dissect::{Layer, Value};
use crate::field::Field;

/// The fields of one of the two addresses.
pub(super) struct Names {
    mac: &'static Field,
    isatap: &'static Field,
    gateway: &'static Field,
    site: &'static Field,
    server: &'static Field,
    port: &'static Field,
    client: &'static Field,
    embedded: &'static Field,
}

/// Of the sender.
pub(super) static SOURCE: Names = Names {
    mac: &SRC_SLAAC_MAC,
    isatap: &SRC_ISATAP_IPV4,
    gateway: &SRC_6TO4_GW_IPV4,
    site: &SRC_6TO4_SLA_ID,
    server: &SRC_TS_IPV4,
    port: &SRC_TC_PORT,
    client: &SRC_TC_IPV4,
    embedded: &SRC_EMBED_IPV4,
};

/// Of the receiver.
pub(super) static DESTINATION: Names = Names {
    mac: &DST_SLAAC_MAC,
    isatap: &DST_ISATAP_IPV4,
    gateway: &DST_6TO4_GW_IPV4,
    site: &DST_6TO4_SLA_ID,
    server: &DST_TS_IPV4,
    port: &DST_TC_PORT,
    client: &DST_TC_IPV4,
    embedded: &DST_EMBED_IPV4,
};

/// The prefix for IPv4 addresses inside IPv6 ones (RFC 6052 section 2.1).
const WELL_KNOWN: [u8; 12] = [0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0];

/// Show what address `a`, which stands at `at`, was made from.
pub(super) fn show(l: &mut Layer<'_, '_>, names: &'static Names, at: usize, a: [u8; 16]) {
    let v4 = |from: usize| [a[from], a[from + 1], a[from + 2], a[from + 3]];
    // The bit that says "worldwide unique" is inverted on the way (RFC 4291 section 2.5.1); without it the address was
    // made some other way.
    if a[11..13] == [0xff, 0xfe] && a[8] & 2 != 0 {
        let mac = [a[8] ^ 2, a[9], a[10], a[13], a[14], a[15]];
        generated(l, names.mac, at + 8, 8, Value::Ether(mac));
    }
    if a[8] & 0xfc == 0 && a[8] & 1 == 0 && a[9..12] == [0, 0x5e, 0xfe] {
        generated(l, names.isatap, at + 12, 4, Value::Ipv4(v4(12)));
    }
    if a[..2] == [0x20, 0x02] {
        generated(l, names.gateway, at + 2, 4, Value::Ipv4(v4(2)));
        let site = u64::from(u16::from_be_bytes([a[6], a[7]]));
        generated(l, names.site, at + 6, 2, Value::U(site));
    }
    if a[..4] == [0x20, 0x01, 0, 0] {
        generated(l, names.server, at + 4, 4, Value::Ipv4(v4(4)));
        let port = u64::from(!u16::from_be_bytes([a[10], a[11]]));
        generated(l, names.port, at + 10, 2, Value::U(port));
        let client = v4(12).map(|b| !b);
        generated(l, names.client, at + 12, 4, Value::Ipv4(client));
    }
    if a[..12] == WELL_KNOWN {
        let prefix = l.slice(at, 12);
        generated(l, &EMBED_IPV4_PREFIX, at, 12, prefix);
        generated(l, names.embedded, at + 12, 4, Value::Ipv4(v4(12)));
        generated(l, &EMBED_IPV4, at + 12, 4, Value::Ipv4(v4(12)));
    }
}

fn generated(l: &mut Layer<'_, '_>, field: &'static Field, at: usize, len: usize, value: Value) {
    l.computed(field, at, len, value);
}

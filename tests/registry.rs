//! What every declaration of a protocol and of a field must fulfil, so that filters, tree and reference can trust it.

use std::collections::{BTreeMap, BTreeSet};

use wireglass::dissect::{Protocol, Table, Tree, Want};
use wireglass::field::{Field, Kind, Names};

use crate::support::{captures, open, package, registry};

/// Protocols that no capture of `captures/` shows yet.
const NOT_MET: &[&str] = &[
    "ah",
    "ber",
    "capwap.data",
    "db-lsp-disc",
    "dhcpv6.bulk_leasequery",
    "erspan",
    "esp",
    "geneve",
    "gre",
    "gtp",
    "image-gif",
    "ipp",
    "ipv6.dstopts",
    "ipv6.routing",
    "ldap",
    "mmse",
    "mp4",
    "mpls",
    "mptcp",
    "nbss",
    "ocsp",
    "ppi",
    "ppp",
    "pppoed",
    "pppoes",
    "smux",
    "teredo",
    "udplite",
    "vxlan",
    "wlan",
    "xmpp",
];

/// Protocols of which a field's name may begin otherwise, as tshark's does: (protocol, beginning).
const OTHER_BEGINNINGS: &[(&str, &str)] = &[
    ("capwap.data", "capwap"),
    ("ieee8021ad", "ieee8021ah"),
    ("ipv6.routing", "ipv6"),
    ("llc", "locamation-im"),
    ("llc", "mausb"),
    ("pppoed", "pppoe"),
    ("udp", "udplite"),
];

/// Protocols that no document defines.
const WITHOUT_SOURCE: &[&str] = &["data"];

fn protocols() -> &'static [&'static Protocol] {
    registry().protocols()
}

/// Every field, with the protocol that declares it.
fn fields() -> impl Iterator<Item = (&'static Protocol, &'static Field)> {
    protocols().iter().flat_map(|p| {
        let issues = p.issues.iter().map(|i| &i.field);
        p.fields.iter().copied().chain(issues).map(move |f| (*p, f))
    })
}

/// Fail with all of them.
fn none(wrong: Vec<String>) {
    assert!(
        wrong.is_empty(),
        "{} cases:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

/// Whether a filter treats values of both kinds alike.
fn alike(a: Kind, b: Kind) -> bool {
    a == b || (a.is_unsigned() && b.is_unsigned()) || (a.is_signed() && b.is_signed())
}

#[test]
fn protocols_have_a_name_of_their_own() {
    let mut seen = BTreeSet::new();
    for protocol in protocols() {
        let abbrev = protocol.field.abbrev;
        assert!(seen.insert(abbrev), "two protocols are called {abbrev}");
        assert!(!protocol.name.is_empty(), "{abbrev} has no short name");
        assert!(!protocol.field.label.is_empty(), "{abbrev} has no title");
        assert_eq!(protocol.field.kind, Kind::Protocol, "{abbrev}");
    }
}

/// One name may stand for several forms of a field, but a filter must be able to compare them all alike.
#[test]
fn a_name_means_one_kind_of_value() {
    let mut wrong = Vec::new();
    for (name, fields) in registry().all_fields() {
        for field in fields {
            if !alike(field.kind, fields[0].kind) {
                wrong.push(format!(
                    "{name} is {:?} and {:?}",
                    fields[0].kind, field.kind
                ));
            }
        }
    }
    none(wrong);
}

#[test]
fn the_same_field_is_not_declared_twice() {
    let mut seen: BTreeMap<usize, &str> = BTreeMap::new();
    let mut wrong = Vec::new();
    for (protocol, field) in fields() {
        let address = std::ptr::from_ref(field).addr();
        if let Some(other) = seen.insert(address, protocol.field.abbrev) {
            wrong.push(format!(
                "{} is listed in {other} and {}",
                field.abbrev, protocol.field.abbrev
            ));
        }
    }
    none(wrong);
}

#[test]
fn names_begin_with_their_protocol() {
    let mut wrong = Vec::new();
    for (protocol, field) in fields() {
        let own = protocol.field.abbrev;
        let begins = |with: &str| {
            field.abbrev == with
                || field
                    .abbrev
                    .strip_prefix(with)
                    .is_some_and(|rest| rest.starts_with('.'))
        };
        let other = OTHER_BEGINNINGS
            .iter()
            .any(|(p, with)| *p == own && begins(with));
        if !begins(own) && !other {
            wrong.push(format!("{} in {own}", field.abbrev));
        }
    }
    none(wrong);
}

#[test]
fn names_can_be_typed() {
    for (_, field) in fields() {
        let good = field.abbrev.split('.').all(|part| {
            !part.is_empty()
                && part
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || b"_-".contains(&b))
        });
        assert!(good, "{:?} is no name for a filter", field.abbrev);
        assert!(
            !field.label.trim().is_empty(),
            "{} has no label",
            field.abbrev
        );
        assert_ne!(
            field.kind,
            Kind::Text,
            "{}: lines without a name are not declared",
            field.abbrev
        );
    }
}

#[test]
fn every_field_is_explained() {
    let wrong = fields()
        .filter(|(_, field)| {
            let help = field.help.trim();
            help.len() < 10 || help == field.label || !help.ends_with(['.', '?', '!', ')', ':'])
        })
        .map(|(_, field)| format!("{}: {:?}", field.abbrev, field.help));
    none(wrong.collect());
}

/// Most fields say where they are defined. Those that we compute have no place in any document.
#[test]
fn most_fields_name_their_source() {
    let mut wrong = Vec::new();
    for protocol in protocols() {
        let all = protocol.fields.len();
        let with = protocol
            .fields
            .iter()
            .filter(|f| !f.spec.is_empty())
            .count();
        let own = protocol.field.abbrev;
        if with * 3 < all && protocol.spec.is_empty() && !WITHOUT_SOURCE.contains(&own) {
            wrong.push(format!(
                "{own}: {with} of {all} fields say where they are defined, and it does not itself"
            ));
        }
    }
    none(wrong);
}

#[test]
fn masks_fit_their_types() {
    let mut wrong = Vec::new();
    for (_, field) in fields() {
        let bits = match field.kind {
            Kind::Bool => field.pattern_width(),
            kind => kind.bits(),
        };
        if bits < 64 && field.mask >> bits != 0 {
            wrong.push(format!(
                "{}: mask {:#x} in {bits} bits",
                field.abbrev, field.mask
            ));
        }
        if field.mask != 0 && field.kind == Kind::Str {
            wrong.push(format!("{}: a text with a mask", field.abbrev));
        }
    }
    none(wrong);
}

#[test]
fn value_names_are_not_ambiguous() {
    let mut wrong = Vec::new();
    for (_, field) in fields() {
        match field.names {
            Names::Values(values) => {
                let mut seen = BTreeSet::new();
                for (value, name) in values {
                    if !seen.insert(value) {
                        wrong.push(format!(
                            "{}: {value} is named twice, {name:?} is never seen",
                            field.abbrev
                        ));
                    }
                }
            }
            Names::Ranges(ranges) => {
                for (low, high, name) in ranges {
                    if low > high {
                        wrong.push(format!("{}: {name:?} is empty", field.abbrev));
                    }
                }
            }
            Names::Bool(..) if field.kind != Kind::Bool => {
                wrong.push(format!(
                    "{}: words of a boolean for {:?}",
                    field.abbrev, field.kind
                ));
            }
            _ => {}
        }
    }
    none(wrong);
}

/// `ip.src` is also an `ip.addr`: then both must be addresses.
#[test]
fn other_names_of_a_value_have_its_kind() {
    let mut wrong = Vec::new();
    for (_, field) in fields() {
        for other in field.also {
            // The text form of an address: what a resolver would make of it.
            let text = other.kind == Kind::Str && other.abbrev.ends_with("host")
                || other.abbrev.ends_with("_resolved");
            if !alike(field.kind, other.kind) && !text {
                wrong.push(format!(
                    "{} {:?}, {} {:?}",
                    field.abbrev, field.kind, other.abbrev, other.kind
                ));
            }
            if registry().fields_named(other.abbrev).is_empty() {
                wrong.push(format!(
                    "{}: {} is declared nowhere",
                    field.abbrev, other.abbrev
                ));
            }
        }
    }
    none(wrong);
}

#[test]
fn every_key_has_one_owner() {
    let mut owners: BTreeMap<(String, u32), &str> = BTreeMap::new();
    let mut media: BTreeMap<&str, &str> = BTreeMap::new();
    let mut wrong = Vec::new();
    for protocol in protocols() {
        let own = protocol.field.abbrev;
        for (table, key) in protocol.parents {
            if let Some(other) = owners.insert((format!("{table:?}"), *key), own) {
                wrong.push(format!("{table:?} {key}: {other} and {own}"));
            }
            if matches!(table, Table::TcpPort | Table::UdpPort | Table::EtherType) && *key > 0xffff
            {
                wrong.push(format!("{table:?} {key} of {own} does not exist"));
            }
            assert_eq!(
                registry().find(*table, *key).map(|p| p.field.abbrev),
                Some(own)
            );
        }
        for kind in protocol.media {
            if let Some(other) = media.insert(kind, own) {
                wrong.push(format!("{kind}: {other} and {own}"));
            }
            assert_eq!(*kind, kind.to_ascii_lowercase(), "{own}");
        }
    }
    none(wrong);
}

/// A protocol without a capture is one that no other test looks at.
#[test]
fn every_protocol_is_met_in_a_capture() {
    let mut met = BTreeSet::new();
    for capture in captures() {
        let session = open(&package("captures").join(capture)).unwrap();
        let mut view = session.view();
        let mut tree = Tree::new();
        for number in 1..=view.len() {
            view.dissect(number, None, Want::NODES, &mut tree).unwrap();
            met.extend(
                tree.nodes
                    .iter()
                    .filter(|n| n.field.kind == Kind::Protocol)
                    .map(|n| n.field.abbrev),
            );
        }
    }
    let known: BTreeSet<&str> = protocols().iter().map(|p| p.field.abbrev).collect();
    let missing: BTreeSet<&str> = known.difference(&met).copied().collect();
    let stated: BTreeSet<&str> = NOT_MET.iter().copied().collect();
    assert_eq!(
        missing, stated,
        "left: in no capture; right: stated to be so"
    );
}

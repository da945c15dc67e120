//! mDNS, Multicast DNS (RFC 6762): names in a network without a name server. A question goes to all hosts at once
//! (224.0.0.251 or ff02::fb), and whoever has the name answers. Printers, loudspeakers and the like are found by it.
//!
//! The message is that of [`dns`](super); the top bit of a class means "answer me alone" in a question and "forget what
//! you knew" in a record.

use super::{Flavour, message};
use crate::dissect::{Done, Layer, Protocol, Table};

/// Multicast DNS.
pub static MDNS: Protocol = Protocol {
    spec: "RFC 6762",
    parents: &[(Table::UdpPort, 5353)],
    ..Protocol::new("mdns", "Multicast Domain Name System", "MDNS", dissect)
};

fn dissect(l: &mut Layer<'_, '_>) -> Done {
    message(l, Flavour::Multicast)
}

//! LLMNR, Link-Local Multicast Name Resolution (RFC 4795): Windows' way of asking the neighbours for a name when no name
//! server knows it. Anybody may answer, the wrong one too, which is why it is being retired.
//!
//! The message is that of [`dns`](super); two flags have a meaning of their own.

use super::{Flavour, message};
use crate::dissect::{Done, Layer, Protocol, Table};

/// Link-Local Multicast Name Resolution.
pub static LLMNR: Protocol = Protocol {
    spec: "RFC 4795",
    parents: &[(Table::UdpPort, 5355)],
    ..Protocol::new(
        "llmnr",
        "Link-local Multicast Name Resolution",
        "LLMNR",
        dissect,
    )
};

fn dissect(l: &mut Layer<'_, '_>) -> Done {
    message(l, Flavour::LinkLocal)
}

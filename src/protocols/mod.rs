//! The protocols: one file each, and here the one list of all. Adding a protocol is one file, the `mod` line, the row in
//! [`ALL`], and one capture.

use crate::dissect::{Protocol, Registry};

pub mod data;
pub mod eth;
pub mod frame;
pub mod http;
pub mod ip;
pub mod tcp;
pub mod udp;

/// Every protocol. The order only matters for recognition by content: earlier ones are asked first.
pub static ALL: &[&Protocol] = &[
    &frame::FRAME,
    &http::HTTP,
    &http::SSDP,
    &eth::ETH,
    &ip::IP,
    &tcp::TCP,
    &udp::UDP,
    &data::DATA,
];

/// The registry of all protocols.
pub fn registry() -> Registry {
    Registry::new(ALL)
}

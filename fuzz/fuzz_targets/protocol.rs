//! One protocol's dissector gets any bytes: they come as the payload of UDP datagrams or TCP segments on its port, so that no
//! input is lost on headers below. Scanned and dissected with everything on, twice: the same must come out.
//!
//! Input: one byte chooses the protocol (the environment variable `PROTOCOL` names one for all inputs); then messages, each with
//! two bytes, little-endian: the lower 14 bits are its length, bit 14 says that it is lost on the way, bit 15 that the server
//! sends it.
#![no_main]

use std::sync::OnceLock;

use libfuzzer_sys::fuzz_target;
use wireglass::dissect::{Options, Registry, Tree, Want};

#[path = "../../tests/memory.rs"]
mod memory;
#[path = "../panics.rs"]
mod panics;

use memory::{Frame, Memory};

/// Name, whether it travels by TCP, the ports of client and server, and what is said before the bytes of the input: `>` by the
/// client, `<` by the server. New ones at the end: inputs name them by their place.
const PROTOCOLS: &[(&str, bool, u16, u16, &[&str])] = &[
    ("smtp", true, 40000, 25, &[]),
    ("pop", true, 40000, 110, &[]),
    ("imap", true, 40000, 143, &[]),
    ("ftp", true, 40000, 21, &[]),
    ("ftp-data", true, 40000, 20, &[]),
    ("ntp", false, 40000, 123, &[]),
    ("snmp", false, 40000, 161, &[]),
    ("dhcp", false, 68, 67, &[]),
    ("dhcpv6", false, 546, 547, &[]),
    ("ssdp", false, 40000, 1900, &[]),
    ("nbns", false, 137, 137, &[]),
    ("llmnr", false, 40000, 5355, &[]),
    ("telnet", true, 40000, 23, &[]),
    ("imf", true, 40000, 25, MAIL),
    ("mime_multipart", true, 40000, 25, MULTIPART),
    ("nullchat", true, 40000, 4040, &[]),
    ("ctime", true, 40000, 12345, &[]),
    ("numsum", true, 40000, 12346, &[]),
    ("http", true, 40000, 80, &[]),
    ("dns", false, 40000, 53, &[]),
    ("tls", true, 40000, 443, &[]),
    ("snmp-tcp", true, 40000, 161, &[]),
    ("dhcpv6-tcp", true, 40000, 547, &[]),
];

const MAIL: &[&str] = &["<220 a ESMTP\r\n", ">MAIL FROM:<a@b>\r\n", "<250 ok\r\n", ">DATA\r\n", "<354 go\r\n"];

const MULTIPART: &[&str] = &[
    "<220 a ESMTP\r\n",
    ">MAIL FROM:<a@b>\r\n",
    "<250 ok\r\n",
    ">DATA\r\n",
    "<354 go\r\n",
    ">MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n",
];

static REGISTRY: OnceLock<Registry> = OnceLock::new();
static FIXED: OnceLock<Option<usize>> = OnceLock::new();

/// The one protocol that the environment asks for.
fn fixed() -> Option<usize> {
    let name = std::env::var("PROTOCOL").ok()?;
    let at = PROTOCOLS.iter().position(|p| p.0 == name);
    if at.is_none() {
        let names: Vec<_> = PROTOCOLS.iter().map(|p| p.0).collect();
        panic!("PROTOCOL is one of {}", names.join(", "));
    }
    at
}

/// The two ends of a conversation, and how far each has sent.
struct Wire {
    tcp: bool,
    ports: [u16; 2],
    sent: [u32; 2],
    frames: Vec<Frame>,
}

impl Wire {
    fn send(&mut self, server: bool, flags: u8, payload: &[u8], lost: bool) {
        let from = usize::from(server);
        let to = 1 - from;
        let mut upper = Vec::new();
        upper.extend(self.ports[from].to_be_bytes());
        upper.extend(self.ports[to].to_be_bytes());
        if self.tcp {
            upper.extend(self.sent[from].to_be_bytes());
            upper.extend(self.sent[to].to_be_bytes());
            upper.extend([0x50, flags, 0xff, 0xff, 0, 0, 0, 0]);
            let counts = u32::from(flags & 3 != 0);
            self.sent[from] = self.sent[from].wrapping_add(payload.len() as u32 + counts);
        } else {
            upper.extend((8 + payload.len() as u16).to_be_bytes());
            upper.extend([0, 0]);
        }
        upper.extend(payload);
        if lost {
            return;
        }
        let mut bytes = vec![0x45, 0];
        bytes.extend((20 + upper.len() as u16).to_be_bytes());
        bytes.extend([0, 0, 0, 0, 64, if self.tcp { 6 } else { 17 }, 0, 0]);
        let hosts = [[10, 0, 0, 1], [10, 0, 0, 2]];
        bytes.extend(hosts[from]);
        bytes.extend(hosts[to]);
        bytes.extend(upper);
        self.frames.push(Frame {
            original: bytes.len() as u32,
            bytes,
            link: 101,
            time_ns: 1_700_000_000_000_000_000 + self.frames.len() as i64 * 1_000_000,
        });
    }
}

fuzz_target!(|data: &[u8]| {
    panics::count();
    let registry = REGISTRY.get_or_init(wireglass::protocols::registry);
    let Some((chosen, mut rest)) = data.split_first() else {
        return;
    };
    let chosen = FIXED.get_or_init(fixed).unwrap_or(usize::from(*chosen) % PROTOCOLS.len());
    let (_, tcp, client, server, before) = PROTOCOLS[chosen];
    let mut wire = Wire { tcp, ports: [client, server], sent: [1000, 5000], frames: Vec::new() };
    if tcp {
        wire.send(false, 0x02, &[], false);
        wire.send(true, 0x12, &[], false);
    }
    for line in before {
        wire.send(line.starts_with('<'), 0x18, &line.as_bytes()[1..], false);
    }
    while let Some((head, body)) = rest.split_first_chunk::<2>() {
        let head = u16::from_le_bytes(*head);
        let len = usize::from(head & 0x3fff).min(body.len());
        let (payload, after) = body.split_at(len);
        wire.send(head & 0x8000 != 0, 0x18, payload, head & 0x4000 != 0);
        rest = after;
    }
    if tcp {
        if !before.is_empty() {
            wire.send(false, 0x18, b"\r\n.\r\n", false);
        }
        wire.send(false, 0x11, &[], false);
        wire.send(true, 0x11, &[], false);
    }
    if wire.frames.is_empty() {
        return;
    }
    let options = Options { verify_checksums: true };
    let memory = Memory::scan(wire.frames, registry, &options);
    let mut tree = Tree::new();
    let mut texts = Vec::new();
    for index in 0..memory.frames.len() {
        memory.read(index, registry, &options, Want::ALL, &mut tree);
        let mut text = String::new();
        memory.show(index, &tree, &mut text);
        texts.push(text);
    }
    for index in (0..memory.frames.len()).rev() {
        memory.read(index, registry, &options, Want::ALL, &mut tree);
        let mut text = String::new();
        memory.show(index, &tree, &mut text);
        assert_eq!(text, texts[index]);
    }
    panics::none();
});

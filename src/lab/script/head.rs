//! The head of a script: what it is called, who takes part, over what kind of wire.

use std::net::IpAddr;

use super::{Reader, Result, parse_clock, spread, time, unknown, wrong};
use crate::lab::link::{FAULT_NAMES, Fault};
use crate::lab::plan::{Host, HostKind, Transport, Wire};

/// When a script plays that names no time: the moment of the time server's example in the book.
const START: &str = "2015-03-15 12:09:16";

/// What the head says, with its lines.
#[derive(Default)]
struct Head {
    /// Key, value, line.
    entries: Vec<(String, String, u32)>,
}

impl Head {
    fn get(&self, key: &str) -> Option<(&str, u32)> {
        self.entries
            .iter()
            .find(|(k, ..)| k == key)
            .map(|(_, value, line)| (value.as_str(), *line))
    }

    fn text(&self, key: &str) -> String {
        self.get(key).map(|(v, _)| v.to_owned()).unwrap_or_default()
    }
}

/// Keys of the head.
const KEYS: &[&str] = &[
    "title",
    "text",
    "purpose",
    "rules",
    "look",
    "filter",
    "clock",
    "client",
    "server",
    "host",
    "transport",
    "port",
    "from-port",
    "line-end",
    "delay",
    "bandwidth",
    "mtu",
    "window",
    "think",
    "fault",
];
/// Keys that may come more than once.
const MANY: &[&str] = &["filter", "host", "fault"];

impl Reader<'_> {
    pub(super) fn head<'l>(
        &mut self,
        lines: &mut impl Iterator<Item = (u32, &'l str)>,
    ) -> Result<()> {
        let mut head = Head::default();
        let mut last = 0;
        let mut ended = false;
        for (number, line) in lines.by_ref() {
            last = number;
            if line.trim() == "---" {
                ended = true;
                break;
            }
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            if line.starts_with([' ', '\t']) {
                let Some((_, value, _)) = head.entries.last_mut() else {
                    return wrong(
                        number,
                        "an indented line goes on with the one before, and there is none",
                    );
                };
                value.push(' ');
                value.push_str(line.trim());
                continue;
            }
            let Some((key, value)) = line.split_once(':') else {
                return wrong(
                    number,
                    "the head has lines such as `title: A mail`; a line `---` ends it",
                );
            };
            let key = key.trim();
            if !KEYS.contains(&key) {
                return wrong(number, unknown("the head knows no", key, KEYS));
            }
            if head.get(key).is_some() && !MANY.contains(&key) {
                return wrong(number, format!("`{key}` is there twice"));
            }
            head.entries
                .push((key.to_owned(), value.trim().to_owned(), number));
        }
        if !ended {
            return wrong(last, "the head does not end: a line `---` is missing");
        }
        self.take_head(&head, last)
    }

    fn take_head(&mut self, head: &Head, last: u32) -> Result<()> {
        let about = &mut self.plan.about;
        about.title = head.text("title");
        if about.title.is_empty() {
            return wrong(last, "the head has no title");
        }
        about.text = head.text("text");
        about.purpose = head.text("purpose");
        about.rules = head.text("rules");
        about.look = head.text("look");
        about.filters = head
            .entries
            .iter()
            .filter(|(key, ..)| key == "filter")
            .map(|(_, value, _)| value.clone())
            .collect();
        let (clock, line) = head.get("clock").unwrap_or((START, 0));
        self.clock = match parse_clock(clock) {
            Some(clock) => clock,
            None => return wrong(line, "a clock reads 2015-03-15 12:09:16"),
        };
        self.plan.start_ns = self.clock.seconds.saturating_mul(1_000_000_000);
        if let Some((value, line)) = head.get("transport") {
            self.transport = match value {
                "tcp" => Transport::Tcp,
                "udp" => Transport::Udp,
                _ => return wrong(line, "transport is tcp or udp"),
            };
        }
        for (key, slot) in [("port", &mut self.port), ("from-port", &mut self.from_port)] {
            if let Some((value, line)) = head.get(key) {
                *slot = match value.parse() {
                    Ok(port) if port > 0 => port,
                    _ => return wrong(line, "a port is a number from 1 to 65535"),
                };
            }
        }
        if let Some((value, line)) = head.get("line-end") {
            self.line_end = match value {
                "crlf" => b"\r\n",
                "lf" => b"\n",
                "nul" => b"\0",
                "none" => b"",
                _ => return wrong(line, "line-end is crlf, lf, nul or none"),
            };
        }
        for (_, value, line) in head.entries.iter().filter(|(key, ..)| key == "fault") {
            match Fault::parse(value) {
                Some(fault) => self.plan.faults.push(fault),
                None => {
                    let names: Vec<&str> = FAULT_NAMES.iter().map(|(name, _)| *name).collect();
                    return wrong(*line, unknown("there is no fault", value, &names));
                }
            }
        }
        self.take_wire(head)?;
        self.take_hosts(head, last)
    }

    fn take_wire(&mut self, head: &Head) -> Result<()> {
        let wire: &mut Wire = &mut self.plan.wire;
        for (key, slot) in [("delay", &mut wire.delay_ns), ("think", &mut wire.think_ns)] {
            if let Some((value, line)) = head.get(key) {
                *slot = time(value, line)?;
            }
        }
        for (key, slot, from, to) in [
            ("mtu", &mut wire.mtu, 576, 9000),
            ("window", &mut wire.window, 16, 1 << 20),
        ] {
            if let Some((value, line)) = head.get(key) {
                *slot = match value.parse() {
                    Ok(n) if (from..=to).contains(&n) => n,
                    _ => {
                        return wrong(
                            line,
                            format!("{key} is a number of bytes from {from} to {to}"),
                        );
                    }
                };
            }
        }
        if let Some((value, line)) = head.get("bandwidth") {
            wire.bandwidth = match value.parse() {
                Ok(n) => n,
                Err(_) => return wrong(line, "bandwidth is a number of bits a second"),
            };
        }
        Ok(())
    }

    fn take_hosts(&mut self, head: &Head, last: u32) -> Result<()> {
        let mut found: [Option<usize>; 2] = [None, None];
        for (key, value, line) in &head.entries {
            if !matches!(key.as_str(), "client" | "server" | "host") {
                continue;
            }
            let mut words = value.split_whitespace();
            let (Some(name), Some(address), None) = (words.next(), words.next(), words.next())
            else {
                return wrong(
                    *line,
                    "a host is a name and an address: `foo.com 192.0.2.1`",
                );
            };
            let (address, prefix) = match address.split_once('/') {
                Some((address, prefix)) => (address, prefix.parse::<u8>().ok()),
                None => (address, Some(u8::MAX)),
            };
            let (Ok(address), Some(prefix)) = (address.parse::<IpAddr>(), prefix) else {
                return wrong(*line, format!("`{address}` is no IP address"));
            };
            let longest = if address.is_ipv4() { 32 } else { 128 };
            if prefix > longest && prefix != u8::MAX {
                return wrong(*line, format!("a prefix has at most {longest} bits"));
            }
            let taken = self
                .plan
                .hosts
                .iter()
                .find(|h| h.addresses.iter().any(|(a, _)| *a == address));
            if let Some(other) = taken {
                let other = &other.name;
                return wrong(*line, format!("{other} has the address {address} already"));
            }
            if self.plan.hosts.iter().any(|h| h.name == name) {
                return wrong(*line, format!("there are two hosts called {name}"));
            }
            let index = self.plan.hosts.len();
            match key.as_str() {
                "client" => found[0] = Some(index),
                "server" => found[1] = Some(index),
                _ => {}
            }
            let group = address.is_multicast();
            if group {
                self.groups.push((index, address));
            } else if !is_usable(address) {
                return wrong(*line, format!("{address} cannot be a host's own address"));
            }
            self.plan.hosts.push(Host {
                name: name.to_owned(),
                addresses: if group {
                    Vec::new()
                } else {
                    vec![(address, prefix)]
                },
                kind: if group {
                    HostKind::Bare
                } else {
                    HostKind::Stack
                },
                gateway: None,
                segment: 0,
            });
        }
        let [Some(client), Some(server)] = found else {
            return wrong(last, "the head names no client or no server");
        };
        (self.client, self.server) = (client, server);
        let families: Vec<bool> = self
            .plan
            .hosts
            .iter()
            .flat_map(|h| h.addresses.iter().map(|(a, _)| a.is_ipv4()))
            .collect();
        if families.windows(2).any(|pair| pair[0] != pair[1]) {
            return wrong(
                last,
                "the hosts are of two worlds: some have IPv4 addresses, some IPv6",
            );
        }
        spread(&mut self.plan.hosts);
        Ok(())
    }
}

/// Whether a host can have this address.
fn is_usable(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => !v4.is_unspecified() && !v4.is_broadcast(),
        IpAddr::V6(v6) => !v6.is_unspecified(),
    }
}

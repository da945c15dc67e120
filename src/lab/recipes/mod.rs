//! Exchanges whose messages are made in code, because they are not text.

mod dhcp;
mod dns;
mod icmp;
mod ntp;
mod snmp;
mod snmp3;
mod usm;

use std::net::{IpAddr, SocketAddr};

pub(super) use dhcp::{dhcp, dhcpv6};
pub(super) use dns::{dns_a, dns_cname, dns_more, dns_mx};
pub(super) use icmp::{arp, ndp, ping, traceroute};
pub(super) use ntp::ntp;
pub(super) use snmp::{snmp_get, snmp_walk};
pub(super) use snmp3::snmp_v3;

use super::plan::{About, Act, Connection, End, Host, HostKind, Plan, Step, Transport};
use super::script::{parse_clock, spread};

/// A plan being written.
struct Draft(Plan);

impl Draft {
    /// Begins, at the moment of the book's time server.
    fn new(about: About) -> Self {
        let start = parse_clock("2015-03-15 12:09:16").unwrap_or_default();
        Self(Plan {
            about,
            start_ns: start.seconds.saturating_mul(1_000_000_000),
            ..Plan::default()
        })
    }

    /// Adds a host with a TCP/IP.
    fn host(&mut self, name: &str, address: impl Into<IpAddr>) -> usize {
        self.0.hosts.push(Host {
            name: name.to_owned(),
            addresses: vec![(address.into(), u8::MAX)],
            kind: HostKind::Stack,
            gateway: None,
            segment: 0,
        });
        self.0.hosts.len() - 1
    }

    /// Adds a host that only sends and hears frames.
    fn bare(&mut self, name: &str) -> usize {
        self.0.hosts.push(Host {
            name: name.to_owned(),
            addresses: Vec::new(),
            kind: HostKind::Bare,
            gateway: None,
            segment: 0,
        });
        self.0.hosts.len() - 1
    }

    fn address(&self, host: usize) -> IpAddr {
        self.0
            .hosts
            .get(host)
            .and_then(|h| h.addresses.first())
            .map_or(IpAddr::from([0, 0, 0, 0]), |(a, _)| *a)
    }

    /// Adds a connection, the client's port left to chance.
    fn connection(
        &mut self,
        transport: Transport,
        client: usize,
        server: usize,
        port: u16,
    ) -> usize {
        let name = if self.0.connections.is_empty() {
            String::new()
        } else {
            (self.0.connections.len() + 1).to_string()
        };
        self.0.connections.push(Connection {
            name,
            transport,
            client,
            from: SocketAddr::new(self.address(client), 0),
            server: Some(server),
            to: SocketAddr::new(self.address(server), port),
            listening: true,
        });
        self.0.connections.len() - 1
    }

    /// Adds a step.
    fn step(&mut self, act: Act, said: &str, note: &str) -> usize {
        self.0.steps.push(Step {
            act,
            said: said.to_owned(),
            note: note.to_owned(),
            pause_ns: 0,
            line: 0,
        });
        self.0.steps.len() - 1
    }

    /// The last step begins later by so many milliseconds.
    fn later(&mut self, ms: i64) {
        if let Some(step) = self.0.steps.last_mut() {
            step.pause_ns = ms.saturating_mul(1_000_000);
        }
    }

    /// Somebody says something in one piece.
    fn says(&mut self, connection: usize, end: End, bytes: Vec<u8>, said: &str, note: &str) {
        let who = if end == End::Client { "C" } else { "S" };
        let act = Act::Send {
            connection,
            end,
            pieces: vec![bytes],
        };
        self.step(act, &format!("{who}: {said}"), note);
    }

    /// The plan.
    fn done(mut self) -> Plan {
        spread(&mut self.0.hosts);
        self.0
    }
}

/// What a catalogue says.
fn about(
    (id, title, text): (&str, &str, &str),
    purpose: &str,
    rules: &str,
    look: &str,
    filters: &[&str],
) -> About {
    About {
        id: id.to_owned(),
        title: title.to_owned(),
        text: text.to_owned(),
        purpose: purpose.to_owned(),
        rules: rules.to_owned(),
        look: look.to_owned(),
        filters: filters.iter().map(|f| (*f).to_owned()).collect(),
    }
}

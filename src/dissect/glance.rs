//! The quick look: headers in their usual form, read without a layer.
//!
//! Nearly every frame is Ethernet (or a like of it), IP without anything special, and a transport. For these a protocol may
//! bring a [`Glance`] beside its dissector: a few lines that say where the next header stands and who reads it, and that give up
//! on anything but the usual form. What comes out is exactly what [`Dissector::look_ahead`](super::Dissector::look_ahead) finds
//! by running the dissectors, only sooner; `tests/chains.rs` holds one against the other.

use super::ahead::{Foresight, Outlook, foresee, head};
use super::registry::{Protocol, Registry, Table};
use crate::flow::address::{Address, Seed};
use crate::flow::facts::{PATH_ROOT, PathId, Paths};

/// Reads a header in its usual form: how long it is, and in which table under which number the next protocol stands. `None`
/// where anything is unusual: then the dissector looks. It must not find what the dissector would not.
pub type Glance = fn(header: &[u8], seen: &mut Seen) -> Option<(usize, Table, u32)>;

/// What headers say of the packet; each glance adds its own.
#[derive(Clone, Copy, Debug)]
pub struct Seen {
    /// Link type of the frame.
    pub link_type: u16,
    /// How many bytes there are from this header on, by the account of the headers before it. A glance may lower it.
    pub reported: usize,
    /// Network sender.
    pub source: Address,
    /// Network receiver.
    pub destination: Address,
    /// How many IP headers there were.
    pub ip_ordinal: u16,
    /// IP protocol number.
    pub ip_protocol: u8,
    /// TTL or hop limit.
    pub hop_limit: u8,
}

/// From a protocol to the next: what the registry and the chains said when it was asked first.
#[derive(Clone, Copy)]
struct Way {
    from: PathId,
    table: Table,
    key: u32,
    protocol: &'static Protocol,
    index: u16,
    path: PathId,
}

/// The ways met, each at a place that its numbers choose.
pub(super) struct Ways {
    slots: Box<[Option<Way>; WAYS]>,
}

const WAYS: usize = 64;

impl Default for Ways {
    fn default() -> Self {
        Ways {
            slots: Box::new([None; WAYS]),
        }
    }
}

impl Ways {
    #[inline]
    fn next(
        &mut self,
        registry: &Registry,
        paths: &mut Paths,
        (from, table, key): (PathId, Table, u32),
    ) -> Option<Way> {
        let place = (usize::from(from) * 7) ^ (key as usize) ^ (key as usize >> 6) ^ table as usize;
        let slot = &mut self.slots[place % WAYS];
        if let Some(way) = slot
            && (way.from, way.table as u8, way.key) == (from, table as u8, key)
        {
            return Some(*way);
        }
        let protocol = registry.find(table, key)?;
        let identity = std::ptr::from_ref(protocol).addr();
        let index = registry.index_of(protocol);
        let way = Way {
            from,
            table,
            key,
            protocol,
            index,
            path: paths.child_of(from, identity, || index),
        };
        *slot = Some(way);
        Some(way)
    }
}

/// Who takes quick looks.
pub(super) struct Glancer<'a> {
    pub registry: &'a Registry,
    pub root: &'static Protocol,
    pub seed: &'a Seed,
    pub ways: &'a mut Ways,
    pub paths: &'a mut Paths,
}

impl Glancer<'_> {
    /// Look at a frame; `None` where the dissectors must.
    #[inline]
    pub(super) fn look(
        &mut self,
        frame: &[u8],
        reported: usize,
        link_type: u16,
    ) -> Option<Outlook> {
        let mut seen = Seen {
            link_type,
            reported,
            source: Address::None,
            destination: Address::None,
            ip_ordinal: 0,
            ip_protocol: 0,
            hop_limit: 0,
        };
        let root = std::ptr::from_ref(self.root).addr();
        let mut path = self
            .paths
            .child_of(PATH_ROOT, root, || self.registry.index_of(self.root));
        let (mut protocol, mut start, mut depth) = (self.root, 0, 1);
        loop {
            let region = frame.get(start..)?;
            let region = &region[..region.len().min(seen.reported)];
            let (len, table, key) = (protocol.glance?)(region, &mut seen)?;
            let way = self
                .ways
                .next(self.registry, self.paths, (path, table, key))?;
            start += len;
            seen.reported = seen.reported.checked_sub(len)?;
            (protocol, path) = (way.protocol, way.path);
            match protocol.foresight {
                Foresight::Header => depth += 1,
                Foresight::None => return None,
                Foresight::Transport(kind) => {
                    let region = frame.get(start..)?;
                    let region = &region[..region.len().min(seen.reported)];
                    return Some(Outlook {
                        path,
                        transport: way.index,
                        start: u32::try_from(start).ok()?,
                        captured: u32::try_from(region.len()).unwrap_or(u32::MAX),
                        reported: u32::try_from(seen.reported).unwrap_or(u32::MAX),
                        source: seen.source,
                        destination: seen.destination,
                        foreseen: foresee(self.seed, kind, seen.source, seen.destination, region),
                        ip_ordinal: seen.ip_ordinal,
                        ip_protocol: seen.ip_protocol,
                        hop_limit: seen.hop_limit,
                        depth,
                        head: head(region),
                    });
                }
            }
        }
    }
}

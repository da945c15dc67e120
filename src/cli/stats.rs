//! `wireglass stats`: counts over a whole capture.

use std::sync::Arc;

use super::arguments::{Statistic, StatsArguments};
use super::{Ended, OK, read};
use crate::flow::facts::{PATH_ROOT, PathId, Paths};

/// Run the command.
pub(super) fn run(arguments: &StatsArguments) -> Result<u8, Ended> {
    let session = read::open(&arguments.file, false)?;
    session.wait();
    match arguments.what {
        Statistic::Protocols => protocols(&session),
        Statistic::Conversations | Statistic::Endpoints => {}
    }
    read::damage(&session).map_or(Ok(OK), Err)
}

/// Packets and bytes by chain of protocols, as an indented tree.
fn protocols(session: &Arc<crate::session::Session>) {
    let facts = session.facts();
    let mut counts = vec![(0u64, 0u64); facts.paths.len().max(1)];
    for segment in session.snapshot().segments() {
        for (i, len) in segment.original().iter().enumerate() {
            let path = facts.path(segment.first() + i as u32);
            let count = &mut counts[usize::from(path)];
            count.0 += 1;
            count.1 += u64::from(*len);
        }
    }
    // A chain counts for all chains it goes on from: children were made after their parents, so one pass backwards will do.
    for path in (1..counts.len()).rev() {
        if let Some((parent, _)) = PathId::try_from(path).ok().and_then(|p| facts.paths.get(p)) {
            let (packets, bytes) = counts[path];
            counts[usize::from(parent)].0 += packets;
            counts[usize::from(parent)].1 += bytes;
        }
    }
    let registry = session.registry();
    let name = |index: u16| registry.protocol(index).map_or("?", |p| p.field.abbrev);
    print_below(&facts.paths, PATH_ROOT, 0, &counts, &name);
}

fn print_below<'n>(
    paths: &Paths,
    parent: PathId,
    depth: usize,
    counts: &[(u64, u64)],
    name: &dyn Fn(u16) -> &'n str,
) {
    for (protocol, path) in paths.children(parent) {
        let (packets, bytes) = counts[usize::from(*path)];
        let title = format!("{:indent$}{}", "", name(*protocol), indent = depth * 2);
        println!("{title:<40} frames:{packets} bytes:{bytes}");
        print_below(paths, *path, depth + 1, counts, name);
    }
}

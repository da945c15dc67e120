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
        Statistic::Conversations => print_conversations(&session)?,
        Statistic::Endpoints => print_endpoints(&session)?,
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

/// Conversations by layer, the busiest first.
fn print_conversations(session: &Arc<crate::session::Session>) -> Result<(), Ended> {
    for (layer, mut all) in counted(session)? {
        println!("{} conversations: {}", layer.title(), all.len());
        all.sort_by_key(|c| std::cmp::Reverse(c.forward.1 + c.backward.1));
        if !all.is_empty() {
            println!(
                "{:<46} {:<46} {:>9} {:>12} {:>9} {:>12} {:>14}",
                "A", "B", "A>B pkts", "A>B bytes", "B>A pkts", "B>A bytes", "duration s"
            );
        }
        for c in &all {
            let mut duration = String::new();
            crate::export::text::seconds(c.last_ns - c.first_ns, 6, &mut duration);
            println!(
                "{:<46} {:<46} {:>9} {:>12} {:>9} {:>12} {duration:>14}",
                end(c.a),
                end(c.b),
                c.forward.0,
                c.forward.1,
                c.backward.0,
                c.backward.1
            );
        }
        println!();
    }
    Ok(())
}

/// Endpoints by layer, the busiest first.
fn print_endpoints(session: &Arc<crate::session::Session>) -> Result<(), Ended> {
    for (layer, conversations) in counted(session)? {
        let mut all = crate::session::endpoints(&conversations);
        println!("{} endpoints: {}", layer.title(), all.len());
        all.sort_by_key(|e| std::cmp::Reverse(e.sent.1 + e.received.1));
        if !all.is_empty() {
            println!(
                "{:<46} {:>9} {:>12} {:>9} {:>12}",
                "end", "sent pkts", "sent bytes", "rcvd pkts", "rcvd bytes"
            );
        }
        for e in &all {
            println!(
                "{:<46} {:>9} {:>12} {:>9} {:>12}",
                end(e.end),
                e.sent.0,
                e.sent.1,
                e.received.0,
                e.received.1
            );
        }
        println!();
    }
    Ok(())
}

fn counted(
    session: &Arc<crate::session::Session>,
) -> Result<
    Vec<(
        crate::session::CountedLayer,
        Vec<crate::session::Conversation>,
    )>,
    Ended,
> {
    crate::session::conversations(session).map_err(|e| Ended::Message(e, super::DAMAGED))
}

/// An end as people write it: `10.0.0.1:80`, `[::1]:80`.
fn end((address, port): (crate::flow::address::Address, Option<u16>)) -> String {
    use crate::flow::address::Address;
    match (address, port) {
        (Address::V6(_), Some(port)) => format!("[{address}]:{port}"),
        (_, Some(port)) => format!("{address}:{port}"),
        (_, None) => address.to_string(),
    }
}

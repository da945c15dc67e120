//! `wireglass stats`: counts over a whole capture.

use std::collections::HashMap;
use std::sync::Arc;

use super::arguments::{Statistic, StatsArguments};
use super::{Ended, OK, read};
use crate::field::Severity;
use crate::session::{Counting, Zone};

/// Run the command.
pub(super) fn run(arguments: &StatsArguments) -> Result<u8, Ended> {
    let session = read::open(&arguments.file, false, &arguments.decode_as.rules)?;
    session.wait();
    match arguments.what {
        Statistic::Protocols => protocols(&session)?,
        Statistic::Conversations => print_conversations(&session)?,
        Statistic::Endpoints => print_endpoints(&session)?,
        Statistic::Expert => print_expert(&session)?,
        Statistic::Properties => print_properties(&session)?,
    }
    let outcome = read::damage(&session).map_or(Ok(OK), Err);
    // The program ends here; taking the tables of a large capture apart would only cost time.
    std::mem::forget(session);
    outcome
}

/// Packets and bytes by chain of protocols, as an indented tree.
fn protocols(session: &Arc<crate::session::Session>) -> Result<(), Ended> {
    let root = crate::session::chains(session, &Counting::default())
        .map_err(|e| Ended::Message(e, super::DAMAGED))?;
    for chain in &root.below {
        print_chain(chain, 0);
    }
    Ok(())
}

fn print_chain(chain: &crate::session::Chain, depth: usize) {
    let title = format!("{:indent$}{}", "", chain.protocol, indent = depth * 2);
    println!(
        "{title:<40} frames:{} bytes:{}",
        chain.count.0, chain.count.1
    );
    for below in &chain.below {
        print_chain(below, depth + 1);
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
            crate::export::text::seconds(c.last_ns.saturating_sub(c.first_ns), 6, &mut duration);
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

/// What dissectors observed, the gravest first, with how often the same was said.
fn print_expert(session: &Arc<crate::session::Session>) -> Result<(), Ended> {
    let all = crate::session::expert::expert(session, &Counting::default())
        .map_err(|e| Ended::Message(e, super::DAMAGED))?;
    for (severity, title) in [
        (Severity::Error, "Errors"),
        (Severity::Warn, "Warns"),
        (Severity::Note, "Notes"),
        (Severity::Chat, "Chats"),
        (Severity::Comment, "Comments"),
    ] {
        // The same words of the same protocol count together, in the order in which they were first said.
        let mut lines: Vec<(u32, &str, &str, &str, u64)> = Vec::new();
        let mut places = HashMap::new();
        for finding in all.findings.iter().filter(|f| f.severity == severity) {
            for (frame, message) in &finding.items {
                let words = all.messages.get(*message as usize);
                let words = words.map_or(finding.summary, String::as_str);
                let key = (finding.group, finding.protocol.as_str(), words);
                let at = *places.entry(key).or_insert_with(|| {
                    lines.push((*frame, key.0, key.1, key.2, 0));
                    lines.len() - 1
                });
                lines[at].4 += 1;
            }
        }
        if lines.is_empty() {
            continue;
        }
        lines.sort_by_key(|l| l.0);
        let total: u64 = lines.iter().map(|l| l.4).sum();
        println!("\n{title} ({total})\n=============");
        println!("   Frequency      Group           Protocol  Summary");
        for (_, group, protocol, words, count) in lines {
            println!("{count:>12} {group:>10} {protocol:>18}  {words}");
        }
    }
    println!();
    Ok(())
}

/// What the file is.
fn print_properties(session: &Arc<crate::session::Session>) -> Result<(), Ended> {
    let all = crate::session::properties::properties(session, &Counting::default())
        .map_err(|e| Ended::Message(e, super::DAMAGED))?;
    for (i, (title, text)) in all.lines(&Zone::local()).iter().enumerate() {
        match title.is_empty() {
            true if i == 0 => println!("{text}"),
            true => println!("\n{text}"),
            false => println!("  {:<22}{text}", format!("{title}:")),
        }
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
    crate::session::conversations(session, &Counting::default())
        .map_err(|e| Ended::Message(e, super::DAMAGED))
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

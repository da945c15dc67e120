//! Spans of time: between which packets they lie.

use super::{Explanation, Line, Packet, Subject};
use crate::dissect::{Node, Value};
use crate::export::text::seconds;
use crate::field::Kind;

/// Tell between which packets the span lies, where that is so to the nanosecond.
pub(super) fn sums(subject: &Subject<'_>, out: &mut Explanation) {
    if subject.at.field.kind != Kind::RelTime {
        return;
    }
    let (Some(span), Some(here)) = (nanos(subject.at), moment(&subject.packet)) else {
        return;
    };
    let before = subject.packet.number.saturating_sub(1);
    if subject.at.field.abbrev == "frame.time_delta" && before > 0 {
        push(out, span, here, "this packet", here - span, Some(before));
        return;
    }
    let between = subject.others.iter().find_map(|other| {
        let there = moment(other)?;
        let sooner = here.min(there);
        (here.max(there) - sooner == span && span != 0).then_some((there, other.number))
    });
    match between {
        Some((there, frame)) if there <= here => {
            push(out, span, here, "this packet", there, Some(frame));
        }
        Some((there, frame)) => {
            let line = Line::value(text(span))
                .and(" s = ")
                .of(text(there))
                .and(" (")
                .frame(frame);
            out.sums
                .push(line.and(") − ").of(text(here)).and(" (this packet)"));
        }
        None => {}
    }
}

fn push(out: &mut Explanation, span: i64, late: i64, who: &str, early: i64, frame: Option<u32>) {
    let line = Line::value(text(span)).and(" s = ").of(text(late));
    let line = line.and(&format!(" ({who}) − ")).of(text(early));
    out.sums.push(match frame {
        Some(frame) => line.and(" (").frame(frame).and(")"),
        None => line,
    });
}

/// When a packet was captured, nanoseconds since the first.
fn moment(packet: &Packet<'_>) -> Option<i64> {
    nanos(packet.find("frame.time_relative")?)
}

fn nanos(node: &Node) -> Option<i64> {
    match node.value {
        Value::Time { secs, nanos } => secs
            .checked_mul(1_000_000_000)?
            .checked_add(i64::from(nanos)),
        _ => None,
    }
}

/// Seconds to the microsecond, or finer where there is something finer.
fn text(nanos: i64) -> String {
    let mut out = String::new();
    seconds(nanos, if nanos % 1000 == 0 { 6 } else { 9 }, &mut out);
    out
}

//! Packets and bytes over time.

use std::sync::Arc;

use super::job::Counting;
use super::load::Session;
use super::rows::Rows;
use crate::capture::NO_TIME;

/// What is counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Unit {
    /// Packets.
    #[default]
    Packets,
    /// Bytes on the wire.
    Bytes,
    /// Bits on the wire.
    Bits,
}

/// More intervals than this are not counted: a capture of years by the millisecond.
pub const INTERVALS: u64 = 2_000_000;

/// What fell into each interval, from the time of the first frame on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Series {
    /// How much.
    pub values: Vec<u64>,
    /// The first frame in each; 0 = none.
    pub frames: Vec<u32>,
}

/// The time between the first frame and the latest, nanoseconds.
pub fn span_ns(session: &Session) -> i64 {
    let snapshot = session.snapshot();
    let frames = snapshot.frames(snapshot.first()..snapshot.len().saturating_add(1));
    let mut times = frames
        .map(|(_, meta)| meta.time_ns)
        .filter(|t| *t != NO_TIME);
    let Some(first) = times.next() else {
        return 0;
    };
    let last = times.max().unwrap_or(first);
    last.saturating_sub(first)
}

/// Count the frames in `rows` (`None`: all) by intervals of so many nanoseconds. Frames before the first one's time count in the
/// first interval.
pub fn series(
    session: &Arc<Session>,
    rows: Option<&Rows>,
    interval_ns: i64,
    unit: Unit,
    counting: &Counting,
) -> Result<Series, String> {
    let interval = interval_ns.max(1);
    let snapshot = session.snapshot();
    let mut out = Series::default();
    let mut origin = None;
    for (number, meta) in snapshot.frames(snapshot.first()..snapshot.len().saturating_add(1)) {
        if meta.time_ns == NO_TIME {
            continue;
        }
        let origin = *origin.get_or_insert(meta.time_ns);
        if rows.is_some_and(|rows| !rows.contains(number)) {
            continue;
        }
        if number.is_multiple_of(1 << 16) && !counting.goes_on() {
            return Err("given up".into());
        }
        let at = meta.time_ns.saturating_sub(origin).max(0) / interval;
        let at = u64::try_from(at).unwrap_or(0);
        if at >= INTERVALS {
            return Err("There are too many intervals of this length.".into());
        }
        let at = usize::try_from(at).unwrap_or(0);
        if out.values.len() <= at {
            out.values.resize(at + 1, 0);
            out.frames.resize(at + 1, 0);
        }
        out.values[at] += match unit {
            Unit::Packets => 1,
            Unit::Bytes => u64::from(meta.original),
            Unit::Bits => u64::from(meta.original) * 8,
        };
        if out.frames[at] == 0 {
            out.frames[at] = number;
        }
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_fall_into_their_intervals() {
        let path =
            std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("captures/http-keep-alive.pcap");
        let registry = Arc::new(crate::protocols::registry());
        let session = Session::open(&path, registry, Default::default(), Arc::new(|| {}));
        let session = Arc::new(session.unwrap());
        session.wait();
        let counting = Counting::default();
        // By the millisecond: three packets before 0.001 s, two before 0.004 s.
        let of =
            |unit, rows: Option<&Rows>| series(&session, rows, 1_000_000, unit, &counting).unwrap();
        let all = of(Unit::Packets, None);
        assert_eq!(all.values[..5], [3, 0, 0, 2, 0]);
        assert_eq!(all.frames[..5], [1, 0, 0, 4, 0]);
        assert_eq!(all.values.iter().sum::<u64>(), 22);
        assert_eq!(of(Unit::Bytes, None).values[0], 74 + 74 + 66);
        assert_eq!(of(Unit::Bits, None).values[3], (139 + 66) * 8);
        let mut rows = Rows::default();
        (1..=22).for_each(|n| rows.push(n == 4));
        assert_eq!(of(Unit::Packets, Some(&rows)).values, [0, 0, 0, 1]);
        assert!(span_ns(&session) > 52_000_000);
        assert!(series(&session, None, 1, Unit::Packets, &counting).is_err());
    }
}

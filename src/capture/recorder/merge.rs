//! Frames of several interfaces brought into one order, that of their times, as far as they come at nearly the same moment.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use super::parcel::Parcel;
use crate::capture::live::HELD_BACK;

/// So long a parcel waits for those of other interfaces: what the kernel may hold back, and as much again for the threads.
const PATIENCE: Duration = HELD_BACK.saturating_mul(2);

/// The parcels that wait.
pub(super) struct Merge {
    queues: Vec<Queue>,
}

#[derive(Default)]
struct Queue {
    parcels: VecDeque<Parcel>,
    /// The next record of the first parcel.
    next: usize,
}

impl Queue {
    /// Time of the next frame.
    fn head(&self) -> Option<i64> {
        Some(self.parcels.front()?.records.get(self.next)?.time_ns)
    }
}

impl Merge {
    pub(super) fn new(interfaces: usize) -> Self {
        Self {
            queues: (0..interfaces).map(|_| Queue::default()).collect(),
        }
    }

    /// A parcel of this interface. Empty ones are not wanted.
    pub(super) fn push(&mut self, interface: usize, parcel: Parcel) {
        if let Some(queue) = self.queues.get_mut(interface)
            && !parcel.is_empty()
        {
            queue.parcels.push_back(parcel);
        }
    }

    /// When the parcel that has waited longest must go on.
    pub(super) fn due(&self) -> Option<Instant> {
        let fronts = self.queues.iter().filter_map(|q| q.parcels.front());
        fronts.map(|parcel| parcel.sent + PATIENCE).min()
    }

    /// Moves frames in order into `out`, until it is full or nothing is due at this moment (`None`: everything is due). What is
    /// done with is handed to `done`. Within an interface the order stays what it was, whatever its clock did.
    pub(super) fn take(
        &mut self,
        now: Option<Instant>,
        out: &mut Parcel,
        mut done: impl FnMut(usize, Parcel),
    ) {
        while !out.is_full()
            && let Some(due) = self.due()
            && now.is_none_or(|now| due <= now)
        {
            let heads = self.queues.iter().enumerate();
            let Some((_, index)) = heads.filter_map(|(i, q)| Some((q.head()?, i))).min() else {
                return;
            };
            let queue = &mut self.queues[index];
            let Some(front) = queue.parcels.front() else {
                return;
            };
            out.push_from(front, queue.next);
            queue.next += 1;
            if queue.next >= front.records.len() {
                queue.next = 0;
                if let Some(parcel) = queue.parcels.pop_front() {
                    done(index, parcel);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::capture::FileFormat;

    fn parcel(interface: u32, times: &[i64]) -> Parcel {
        let mut parcel = Parcel::default();
        for time in times {
            let frame = [interface as u8; 5];
            parcel.push(FileFormat::Pcapng, interface, *time, 5, &frame);
        }
        parcel
    }

    #[test]
    fn frames_of_several_interfaces_come_in_the_order_of_their_times() {
        let mut merge = Merge::new(2);
        merge.push(0, parcel(0, &[10, 30, 50]));
        merge.push(1, parcel(1, &[20, 25, 60]));
        merge.push(0, parcel(0, &[55, 70]));
        let mut out = Parcel::default();
        // Nothing has waited long enough yet.
        merge.take(Some(Instant::now() - PATIENCE), &mut out, |_, _| ());
        assert!(out.is_empty());
        let mut done = Vec::new();
        merge.take(None, &mut out, |i, _| done.push(i));
        let times: Vec<_> = out.records.iter().map(|r| r.time_ns).collect();
        assert_eq!(times, [10, 20, 25, 30, 50, 55, 60, 70]);
        let from: Vec<_> = out.records.iter().map(|r| r.interface).collect();
        assert_eq!(from, [0, 1, 1, 0, 0, 0, 1, 0]);
        assert_eq!(done, [0, 1, 0]);
        // The bytes went along: block header, then the frame.
        assert_eq!(out.bytes[out.records[0].end + 28..][..5], [1; 5]);
        assert!(merge.due().is_none());
    }

    #[test]
    fn a_clock_set_back_does_not_disturb_the_order_of_an_interface() {
        let mut merge = Merge::new(2);
        merge.push(0, parcel(0, &[100, 110, 20, 30]));
        merge.push(1, parcel(1, &[105, 115]));
        let mut out = Parcel::default();
        merge.take(None, &mut out, |_, _| ());
        let of = |i| {
            let records = out.records.iter().filter(move |r| r.interface == i);
            records.map(|r| r.time_ns).collect::<Vec<_>>()
        };
        assert_eq!(of(0), [100, 110, 20, 30]);
        assert_eq!(of(1), [105, 115]);
    }
}

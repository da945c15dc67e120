//! Hand-made conversations. What is expected of them is what the yardstick (tshark 4.0 with `-2`) shows for them.

use super::*;

const DATA: u16 = ACK | PSH;
/// Milliseconds in nanoseconds.
const MS: i64 = 1_000_000;

/// Plays a conversation: the segments in order, frames counted from 1, and what was said of each.
struct Play {
    stream: Option<Stream>,
    frame: u32,
    base: [u32; 2],
    time_ns: i64,
}

impl Play {
    /// Relative sequence numbers of the two sides count from `base`.
    fn new(base: [u32; 2]) -> Play {
        Play {
            stream: None,
            frame: 0,
            base,
            time_ns: 1_000 * MS,
        }
    }

    fn stream(&self) -> &Stream {
        self.stream.as_ref().expect("a stream")
    }

    #[expect(clippy::too_many_arguments, reason = "one row of a table")]
    /// `way` 0 or 1, at `ms` after the start, relative `seq` and `ack`.
    fn send(
        &mut self,
        ms: i64,
        way: usize,
        flags: u16,
        seq: u32,
        ack: u32,
        window: u16,
        len: u32,
    ) -> Outcome {
        self.send_with(
            ms,
            way,
            flags,
            seq,
            ack,
            window,
            len,
            SegmentOptions::default(),
        )
    }

    #[expect(clippy::too_many_arguments, reason = "one row of a table")]
    fn send_with(
        &mut self,
        ms: i64,
        way: usize,
        flags: u16,
        seq: u32,
        ack: u32,
        window: u16,
        len: u32,
        options: SegmentOptions,
    ) -> Outcome {
        self.frame += 1;
        let segment = Segment {
            frame: self.frame,
            time_ns: self.time_ns + ms * MS,
            seq: self.base[way].wrapping_add(seq),
            ack: if flags & ACK == 0 {
                0
            } else {
                self.base[1 - way].wrapping_add(ack)
            },
            flags,
            window,
            len,
            options,
        };
        let direction = if way == 0 {
            Direction::Forward
        } else {
            Direction::Backward
        };
        self.stream
            .get_or_insert_with(|| Stream::new(&segment, false))
            .segment(&segment, direction)
    }

    /// SYN at 0, SYN/ACK at 10, ACK at 20 ms.
    fn handshake(base: [u32; 2]) -> Play {
        let mut p = Play::new(base);
        p.send(0, 0, SYN, 0, 0, 64000, 0);
        assert_eq!(p.send(10, 1, SYN | ACK, 0, 1, 64000, 0).facts.acks_frame, 1);
        assert_eq!(p.send(20, 0, ACK, 1, 1, 500, 0).facts.acks_frame, 2);
        p
    }
}

fn duplicate(outcome: &Outcome) -> (u32, u32) {
    outcome
        .note
        .map_or((0, 0), |n| (n.duplicate_ack_frame, n.duplicate_ack_num))
}

fn shown(outcome: &Outcome) -> Marks {
    Marks(outcome.facts.marks.0 & !(Marks::HAS_NOTE | Marks::ANALYSED).0)
}

const NOTHING: Marks = Marks(0);

#[test]
fn a_whole_conversation() {
    let mut p = Play::handshake([100, 900]);
    let request = p.send(100, 0, DATA, 1, 1, 500, 10);
    assert_eq!(
        request.facts,
        TcpFacts {
            prev_frame: 3,
            bytes_in_flight: 10,
            push_bytes: 10,
            ..TcpFacts::default()
        }
    );
    assert_eq!(
        p.send(200, 1, ACK, 1, 11, 500, 0).facts,
        TcpFacts {
            prev_frame: 4,
            acks_frame: 4,
            ..TcpFacts::default()
        }
    );
    p.send(300, 0, FIN | ACK, 11, 1, 500, 0);
    assert_eq!(p.send(310, 1, FIN | ACK, 1, 12, 500, 0).facts.acks_frame, 6);
    assert_eq!(p.send(320, 0, ACK, 12, 2, 500, 0).facts.acks_frame, 7);
    let s = p.stream();
    assert_eq!(
        (
            s.base(Direction::Forward, 4),
            s.base(Direction::Backward, 4)
        ),
        (100, 900)
    );
    assert_eq!(s.initial_rtt_ns(), Some(20 * MS));
    assert_eq!(s.window_scale(Direction::Forward), WindowScale::None);
    assert_eq!((s.first_frame(), s.first_time_ns()), (1, 1_000 * MS));
    assert_eq!(s.completeness(1).to_string(), "Complete, WITH_DATA (31)");
}

#[test]
fn marks_in_words() {
    let note = TcpNote {
        duplicate_ack_num: 1,
        duplicate_ack_frame: 5,
        rto_frame: 0,
    };
    assert_eq!(
        Marks::DUPLICATE_ACK.prefix(Some(&note)),
        "[TCP Dup ACK 5#1] "
    );
    let spurious = Marks::RETRANSMISSION | Marks::SPURIOUS_RETRANSMISSION | Marks::ACK_LOST_SEGMENT;
    assert_eq!(
        spurious.prefix(None),
        "[TCP ACKed unseen segment] [TCP Spurious Retransmission] "
    );
    assert_eq!(Marks::ANALYSED.prefix(None), "");
}

#[test]
fn completeness_in_words() {
    let text = |n| Completeness(n).to_string();
    assert_eq!(text(1), "Incomplete, SYN_SENT (1)");
    assert_eq!(text(3), "Incomplete, CLIENT_ESTABLISHED (3)");
    assert_eq!(text(7), "Incomplete, ESTABLISHED (7)");
    assert_eq!(text(15), "Incomplete, DATA (15)");
    assert_eq!(text(39), "Complete, NO_DATA (39)");
    assert_eq!(text(28), "Incomplete (28)");
}

#[test]
fn a_stream_caught_in_the_middle_begins_at_one() {
    let mut p = Play::new([7000, 90]);
    p.send(0, 0, DATA, 5, 40, 500, 10);
    p.send(10, 1, ACK, 40, 15, 500, 0);
    let s = p.stream();
    assert_eq!(
        (
            s.base(Direction::Forward, 1),
            s.base(Direction::Backward, 1)
        ),
        (7004, 129)
    );
    assert_eq!(s.window_scale(Direction::Backward), WindowScale::Unknown);
    assert_eq!(s.initial_rtt_ns(), None);
    // The first frame does not count itself.
    assert_eq!((s.completeness(1).0, s.completeness(2).0), (4, 12));
}

#[test]
fn window_scales_need_both_sides() {
    let scaled = SegmentOptions {
        window_scale: Some(7),
        ..SegmentOptions::default()
    };
    let mut p = Play::new([0, 0]);
    p.send_with(0, 0, SYN, 0, 0, 64000, 0, scaled);
    p.send_with(1, 1, SYN | ACK, 0, 1, 64000, 0, scaled);
    assert_eq!(
        p.stream().window_scale(Direction::Backward),
        WindowScale::Shift(7)
    );
    let mut p = Play::new([0, 0]);
    p.send_with(0, 0, SYN, 0, 0, 64000, 0, scaled);
    p.send(1, 1, SYN | ACK, 0, 1, 64000, 0);
    assert_eq!(
        p.stream().window_scale(Direction::Forward),
        WindowScale::None
    );
}

#[test]
fn loss_duplicate_acks_fast_and_spurious_retransmission_across_the_wrap() {
    // The sequence numbers pass 2^32 in the second data segment.
    let mut p = Play::handshake([u32::MAX - 1500, 900]);
    p.send(100, 0, ACK, 1, 1, 500, 1000);
    assert_eq!(p.send(200, 1, ACK, 1, 1001, 500, 0).facts.acks_frame, 4);
    assert_eq!(
        p.send(300, 0, ACK, 1001, 1, 500, 1000).facts.push_bytes,
        2000
    );
    let lost = p.send(302, 0, ACK, 3001, 1, 500, 1000);
    assert_eq!(
        (shown(&lost), lost.facts.bytes_in_flight),
        (Marks::LOST_SEGMENT, 0)
    );
    for i in 0..3 {
        let after = p.send(303 + i, 0, ACK, 4001 + 1000 * i as u32, 1, 500, 1000);
        assert_eq!((shown(&after), after.facts.bytes_in_flight), (NOTHING, 0));
    }
    assert_eq!(p.send(320, 1, ACK, 1, 2001, 500, 0).facts.acks_frame, 6);
    for i in 1..=3 {
        let again = p.send(320 + i64::from(i), 1, ACK, 1, 2001, 500, 0);
        assert_eq!(
            (shown(&again), duplicate(&again)),
            (Marks::DUPLICATE_ACK, (11, i))
        );
    }
    let fast = p.send(325, 0, DATA, 2001, 1, 500, 1000);
    assert_eq!(
        shown(&fast),
        Marks::RETRANSMISSION | Marks::FAST_RETRANSMISSION
    );
    assert_eq!(
        (fast.facts.bytes_in_flight, fast.facts.push_bytes),
        (5000, 3000)
    );
    assert_eq!(p.send(340, 1, ACK, 1, 7001, 500, 0).facts.acks_frame, 10);
    let spurious = p.send(500, 0, ACK, 3001, 1, 500, 1000);
    assert_eq!(
        shown(&spurious),
        Marks::RETRANSMISSION | Marks::SPURIOUS_RETRANSMISSION
    );
    assert_eq!(spurious.facts.bytes_in_flight, 1000);
    assert_eq!(duplicate(&p.send(510, 1, ACK, 1, 7001, 500, 0)), (16, 1));
}

#[test]
fn timeouts_and_overtaken_segments() {
    let mut p = Play::new([100, 900]);
    let rto = |o: &Outcome| o.note.map_or(0, |n| n.rto_frame);
    p.send(0, 0, SYN, 0, 0, 64000, 0);
    let syn = p.send(1000, 0, SYN, 0, 0, 64000, 0);
    assert_eq!((shown(&syn), rto(&syn)), (Marks::RETRANSMISSION, 1));
    assert_eq!(
        p.send(1010, 1, SYN | ACK, 0, 1, 64000, 0).facts.acks_frame,
        1
    );
    assert_eq!(rto(&p.send(1500, 1, SYN | ACK, 0, 1, 64000, 0)), 3);
    p.send(1510, 0, ACK, 1, 1, 500, 0);
    p.send(2000, 0, DATA, 1, 1, 500, 100);
    assert_eq!(rto(&p.send(2300, 0, DATA, 1, 1, 500, 100)), 6);
    p.send(2400, 1, DATA, 1, 101, 500, 0);
    p.send(2410, 0, DATA, 101, 1, 500, 100);
    assert_eq!(
        shown(&p.send(2411, 0, DATA, 301, 1, 500, 100)),
        Marks::LOST_SEGMENT
    );
    assert_eq!(
        shown(&p.send(2412, 0, DATA, 201, 1, 500, 100)),
        Marks::OUT_OF_ORDER
    );
    assert_eq!(
        shown(&p.send(2500, 0, DATA, 150, 1, 500, 500)),
        Marks::OUT_OF_ORDER
    );
    let ack = p.send(2600, 1, ACK, 1, 650, 500, 0);
    assert_eq!(
        (shown(&ack), ack.facts.acks_frame),
        (Marks::ACK_LOST_SEGMENT, 12)
    );
    p.send(3000, 0, FIN | ACK, 650, 1, 500, 0);
    let fin = p.send(3500, 0, FIN | ACK, 650, 1, 500, 0);
    assert_eq!((shown(&fin), rto(&fin)), (Marks::RETRANSMISSION, 14));
    assert_eq!(p.stream().initial_rtt_ns(), Some(510 * MS));
}

#[test]
fn keep_alives_and_their_answers() {
    let mut p = Play::handshake([100, 900]);
    p.send(100, 0, DATA, 1, 1, 500, 50);
    p.send(150, 1, ACK, 1, 51, 500, 0);
    assert_eq!(
        shown(&p.send(5000, 0, ACK, 50, 1, 500, 0)),
        Marks::KEEP_ALIVE
    );
    assert_eq!(
        shown(&p.send(5100, 1, ACK, 1, 51, 500, 0)),
        Marks::KEEP_ALIVE_ACK
    );
    // With a byte of rubbish it is kept, and acknowledged, as one sent.
    let byte = p.send(9000, 0, ACK, 50, 1, 500, 1);
    assert_eq!(
        (shown(&byte), byte.facts.bytes_in_flight),
        (Marks::KEEP_ALIVE, 1)
    );
    let answer = p.send(9100, 1, ACK, 1, 51, 500, 0);
    assert_eq!(
        (shown(&answer), answer.facts.acks_frame),
        (Marks::KEEP_ALIVE_ACK, 8)
    );
    assert_eq!(shown(&p.send(11000, 0, DATA, 51, 1, 500, 20)), NOTHING);
}

#[test]
fn a_closed_window_is_probed_and_opens() {
    let mut p = Play::handshake([100, 900]);
    p.send(100, 0, DATA, 1, 1, 500, 100);
    assert_eq!(
        shown(&p.send(200, 1, ACK, 1, 101, 0, 0)),
        Marks::ZERO_WINDOW
    );
    for ms in [1000, 3000] {
        assert_eq!(
            shown(&p.send(ms, 0, ACK, 101, 1, 500, 1)),
            Marks::ZERO_WINDOW_PROBE
        );
        let answer = shown(&p.send(ms + 100, 1, ACK, 1, 101, 0, 0));
        assert_eq!(answer, Marks::ZERO_WINDOW | Marks::ZERO_WINDOW_PROBE_ACK);
    }
    assert_eq!(
        shown(&p.send(4000, 1, ACK, 1, 101, 300, 0)),
        Marks::WINDOW_UPDATE
    );
    let data = p.send(4100, 0, DATA, 101, 1, 500, 100);
    assert_eq!(
        (
            shown(&data),
            data.facts.bytes_in_flight,
            data.facts.push_bytes
        ),
        (NOTHING, 100, 102)
    );
}

#[test]
fn a_segment_that_fills_the_scaled_window() {
    let scaled = SegmentOptions {
        window_scale: Some(7),
        ..SegmentOptions::default()
    };
    let mut p = Play::new([100, 900]);
    p.send_with(0, 0, SYN, 0, 0, 64000, 0, scaled);
    p.send_with(10, 1, SYN | ACK, 0, 1, 64000, 0, scaled);
    p.send(20, 0, ACK, 1, 1, 500, 0);
    assert_eq!(
        shown(&p.send(100, 1, ACK, 1, 1, 2, 0)),
        Marks::WINDOW_UPDATE
    );
    assert_eq!(
        shown(&p.send(200, 0, DATA, 1, 1, 500, 256)),
        Marks::WINDOW_FULL
    );
}

#[test]
fn selective_acknowledgments_leave_less_in_flight() {
    let mut p = Play::handshake([100, 900]);
    p.send(100, 0, ACK, 1, 1, 500, 1000);
    p.send(101, 0, ACK, 1001, 1, 500, 1000);
    let options = SegmentOptions {
        sacked: 1000,
        ..SegmentOptions::default()
    };
    p.send_with(110, 1, ACK, 1, 1, 500, 0, options);
    assert_eq!(
        p.send(111, 0, ACK, 2001, 1, 500, 1000)
            .facts
            .bytes_in_flight,
        2000
    );
}

#[test]
fn a_syn_elsewhere_begins_a_new_conversation() {
    let p = Play::handshake([100, 900]);
    let syn = |seq| Segment {
        frame: 4,
        time_ns: 5_000 * MS,
        seq,
        flags: SYN,
        window: 500,
        ..Segment::default()
    };
    assert!(!p.stream().is_reused_by(&syn(100), Direction::Forward));
    assert!(p.stream().is_reused_by(&syn(101), Direction::Forward));
    assert!(p.stream().is_reused_by(&syn(100), Direction::Backward));
    let answer = Segment {
        flags: SYN | ACK,
        ..syn(101)
    };
    assert!(!p.stream().is_reused_by(&answer, Direction::Backward));
    let first = Stream::new(&syn(101), true).segment(&syn(101), Direction::Forward);
    assert_eq!(shown(&first), Marks::REUSED_PORTS);
}

#[test]
fn a_second_syn_ack_elsewhere_moves_the_base() {
    let mut p = Play::new([100, 900]);
    p.send(0, 0, SYN, 0, 0, 500, 0);
    assert_eq!(shown(&p.send(10, 1, SYN | ACK, 0, 1, 500, 0)), NOTHING);
    p.send(20, 0, ACK, 1, 1, 500, 0);
    p.base[1] = 70_000;
    let again = shown(&p.send(30, 1, SYN | ACK, 0, 1, 500, 0));
    assert_eq!(again, Marks::REUSED_PORTS | Marks::LOST_SEGMENT);
    let s = p.stream();
    let bases = [1, 2, 3, 4, 5].map(|frame| s.base(Direction::Backward, frame));
    assert_eq!(bases, [70_000, 900, 900, 70_000, 70_000]);
    // The first SYN/ACK shows the mark in hindsight.
    assert_eq!(
        [1, 2, 3].map(|frame| s.is_reused_at(frame)),
        [false, true, false]
    );
}

#[test]
fn an_announced_stream_does_not_count_its_syn_and_a_quoted_frame_counts_as_one_of_it() {
    let syn = Segment {
        frame: 1,
        flags: SYN,
        ..Segment::default()
    };
    let mut stream = Stream::new(&syn, false);
    stream.set_announced();
    stream.segment(&syn, Direction::Forward);
    assert_eq!(stream.completeness(1), Completeness(0));
    assert_eq!(stream.quoted(2).prev_frame, 1);
    let again = Segment { frame: 3, ..syn };
    assert_eq!(
        stream.segment(&again, Direction::Forward).facts.prev_frame,
        2
    );
}

#[test]
fn whatever_comes_is_bounded() {
    let mut state = 1u64;
    let mut dice = move || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 32) as u32
    };
    let first = Segment {
        frame: 1,
        ..Segment::default()
    };
    let mut stream = Stream::new(&first, false);
    for frame in 1..200_000 {
        let wild = dice() % 4 == 0;
        let segment = Segment {
            frame,
            time_ns: if wild {
                i64::from(dice()) << 32
            } else {
                i64::from(frame)
            },
            seq: if wild {
                dice()
            } else {
                frame.wrapping_mul(100)
            },
            ack: if wild { dice() } else { dice() % 1000 },
            flags: (dice() & 0xfff) as u16,
            window: dice() as u16,
            len: if wild { dice() } else { dice() % 1500 },
            options: SegmentOptions {
                window_scale: (dice() % 50 == 0).then_some(dice() as u8),
                sacked: dice(),
            },
        };
        let direction = if dice() % 3 == 0 {
            Direction::Backward
        } else {
            Direction::Forward
        };
        stream.segment(&segment, direction);
    }
    assert!(
        stream
            .sides
            .iter()
            .all(|side| side.unacked.len() <= 1024 && side.moves().len() <= REBASE_LIMIT)
    );
    // 130,000 streams are not rare.
    assert!(size_of::<Stream>() <= 320, "{}", size_of::<Stream>());
    assert!(size_of::<TcpFacts>() == 20);
}

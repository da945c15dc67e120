use super::*;

/// Writes down what arrives, and checks that each piece is what its frame carried there.
#[derive(Default)]
struct Record {
    bytes: Vec<Option<u8>>,
    frames: Vec<(u32, u32, usize)>,
    reserved: usize,
    limit: Option<usize>,
}

impl Sink for Record {
    fn deliver(&mut self, frame: u32, offset: u32, bytes: &[u8]) {
        self.frames.push((frame, offset, bytes.len()));
        self.bytes.extend(bytes.iter().copied().map(Some));
    }
    fn gap(&mut self, len: u32) {
        self.bytes.extend(std::iter::repeat_n(None, len as usize));
    }
    fn reserve(&mut self, bytes: usize) -> bool {
        let fits = self
            .limit
            .is_none_or(|limit| self.reserved + bytes <= limit);
        if fits {
            self.reserved += bytes;
        }
        fits
    }
    fn release(&mut self, bytes: usize) {
        self.reserved -= bytes;
    }
}

impl Record {
    fn text(&self) -> String {
        self.bytes
            .iter()
            .map(|b| b.map_or('_', char::from))
            .collect()
    }
}

#[test]
fn in_order_payload_goes_straight_on() {
    let (mut s, mut r) = (ByteStream::default(), Record::default());
    s.start(99, &mut r);
    assert_eq!(
        s.segment(1, 54, 100, b"abc", &mut r),
        Taken {
            old: 0,
            new: 3,
            held: 0
        }
    );
    assert_eq!(
        s.segment(2, 54, 103, b"def", &mut r),
        Taken {
            old: 0,
            new: 3,
            held: 0
        }
    );
    assert_eq!(r.frames, [(1, 54, 3), (2, 54, 3)]);
    assert_eq!(r.text(), "abcdef");
}

#[test]
fn a_repeated_segment_is_old_and_an_overlapping_one_partly() {
    let (mut s, mut r) = (ByteStream::default(), Record::default());
    s.segment(1, 54, 100, b"abc", &mut r);
    assert_eq!(
        s.segment(2, 54, 100, b"XYZ", &mut r),
        Taken {
            old: 3,
            new: 0,
            held: 0
        }
    );
    assert_eq!(
        s.segment(3, 54, 101, b"__def", &mut r),
        Taken {
            old: 2,
            new: 3,
            held: 0
        }
    );
    assert_eq!(
        s.segment(4, 54, 99, b"?", &mut r),
        Taken {
            old: 1,
            new: 0,
            held: 0
        }
    ); // a keep-alive
    assert_eq!(r.frames, [(1, 54, 3), (3, 56, 3)]);
    assert_eq!(r.text(), "abcdef");
}

#[test]
fn early_segments_wait_for_the_hole_to_fill() {
    let (mut s, mut r) = (ByteStream::default(), Record::default());
    s.segment(1, 54, 100, b"ab", &mut r);
    assert_eq!(
        s.segment(2, 54, 104, b"ef", &mut r),
        Taken {
            old: 0,
            new: 0,
            held: 2
        }
    );
    assert_eq!(
        s.segment(3, 54, 106, b"gh", &mut r),
        Taken {
            old: 0,
            new: 0,
            held: 2
        }
    );
    assert_eq!((s.held(), r.reserved, r.text().as_str()), (4, 4, "ab"));
    assert_eq!(
        s.segment(4, 54, 102, b"cdE", &mut r),
        Taken {
            old: 0,
            new: 3,
            held: 0
        }
    );
    assert_eq!(r.frames, [(1, 54, 2), (4, 54, 3), (2, 55, 1), (3, 54, 2)]);
    assert_eq!(
        (s.held(), r.reserved, r.text().as_str()),
        (0, 0, "abcdEfgh")
    );
}

#[test]
fn an_acknowledged_hole_is_skipped() {
    let (mut s, mut r) = (ByteStream::default(), Record::default());
    s.segment(1, 0, 100, b"ab", &mut r);
    s.segment(2, 0, 104, b"ef", &mut r);
    s.segment(3, 0, 108, b"ij", &mut r);
    s.acknowledged(103, &mut r); // does not reach what is held
    assert_eq!(r.text(), "ab");
    s.acknowledged(106, &mut r);
    assert_eq!(r.text(), "ab__ef");
    s.acknowledged(112, &mut r);
    assert_eq!(r.text(), "ab__ef__ij");
    // The ACK came first: no need to wait at all.
    assert_eq!(
        s.segment(4, 0, 112, b"mn", &mut r),
        Taken {
            old: 0,
            new: 2,
            held: 0
        }
    );
    assert_eq!(r.text(), "ab__ef__ij__mn");
}

#[test]
fn a_cut_segment_leaves_a_hole_of_its_own_size() {
    let (mut s, mut r) = (ByteStream::default(), Record::default());
    s.segment(1, 0, 100, b"ab", &mut r);
    s.cut(102, 3, &mut r);
    s.segment(2, 0, 105, b"fg", &mut r);
    assert_eq!(r.text(), "ab___fg");
}

#[test]
fn the_end_passes_on_what_is_held() {
    let (mut s, mut r) = (ByteStream::default(), Record::default());
    s.start(99, &mut r);
    s.segment(1, 0, 102, b"cd", &mut r);
    s.segment(2, 0, 105, b"fg", &mut r);
    s.finish(&mut r);
    assert_eq!((r.text().as_str(), r.reserved), ("__cd_fg", 0));
}

#[test]
fn a_syn_elsewhere_begins_anew_and_a_repeated_one_does_not() {
    let (mut s, mut r) = (ByteStream::default(), Record::default());
    s.start(99, &mut r);
    s.segment(1, 0, 100, b"ab", &mut r);
    s.start(99, &mut r);
    assert_eq!(s.segment(2, 0, 102, b"cd", &mut r).new, 2);
    s.start(5000, &mut r);
    assert_eq!(s.segment(3, 0, 5001, b"ef", &mut r).new, 2);
    assert_eq!(r.text(), "abcdef");
}

#[test]
fn what_is_held_has_limits() {
    let (mut s, mut r) = (ByteStream::default(), Record::default());
    s.segment(0, 0, 0, b"x", &mut r);
    let block = vec![b'y'; 1000];
    for i in 0..3000u32 {
        s.segment(i, 0, 10 + i * 1001, &block, &mut r);
        assert!(s.held() <= HOLD_BYTES);
    }
    assert_eq!(&r.bytes[..3], [Some(b'x'), None, None]);
    assert!(r.bytes.len() > 1_900_000);

    // The limit for all streams together, kept by the sink.
    let (mut s, mut r) = (
        ByteStream::default(),
        Record {
            limit: Some(3),
            ..Record::default()
        },
    );
    s.segment(1, 0, 100, b"ab", &mut r);
    s.segment(2, 0, 103, b"de", &mut r);
    assert_eq!(r.text(), "ab");
    s.segment(3, 0, 106, b"gh", &mut r);
    assert_eq!((r.text().as_str(), r.reserved), ("ab_de_gh", 0));
}

/// A small generator of numbers, the same ones every time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % n
    }
}

#[test]
fn whatever_the_order_the_bytes_come_out_as_they_were() {
    for seed in 0..300 {
        let mut dice = Dice(seed);
        let original: Vec<u8> = (0..dice.below(6000) + 1)
            .map(|_| dice.below(256) as u8)
            .collect();
        let base = (u32::MAX - 2000).wrapping_add(dice.below(4000) as u32);
        // Cover it in order, then repeat, overlap and shuffle.
        let mut parts = Vec::new();
        let mut at = 0;
        while at < original.len() {
            let len = (dice.below(400) + 1).min(original.len() - at);
            parts.push((at, len));
            at += len;
        }
        for _ in 0..dice.below(30) {
            let at = dice.below(original.len());
            parts.push((at, dice.below(original.len() - at).min(900)));
        }
        for i in 0..parts.len() {
            let j = (i + dice.below(12)).min(parts.len() - 1);
            parts.swap(i, j);
        }
        let (mut s, mut r) = (ByteStream::default(), Record::default());
        s.start(base.wrapping_sub(1), &mut r);
        for (frame, (at, len)) in parts.iter().enumerate() {
            let seq = base.wrapping_add(*at as u32);
            let payload = &original[*at..at + len];
            let taken = s.segment(frame as u32, 54, seq, payload, &mut r);
            assert_eq!((taken.old + taken.new + taken.held) as usize, *len);
        }
        let out: Vec<u8> = r.bytes.iter().map(|b| b.expect("no hole")).collect();
        assert!(out == original, "seed {seed}");
        assert_eq!((s.held(), r.reserved), (0, 0));
        // Each piece is where its frame says.
        let mut at = 0;
        for (frame, offset, len) in &r.frames {
            let (start, _) = parts[*frame as usize];
            let from = start + *offset as usize - 54;
            assert_eq!(original[from..from + len], original[at..at + len]);
            at += len;
        }
    }
}

#[test]
fn with_losses_the_rest_keeps_its_place() {
    for seed in 0..300 {
        let mut dice = Dice(seed);
        let original: Vec<u8> = (0..3000).map(|i| (i % 251) as u8).collect();
        let base = dice.below(usize::MAX) as u32;
        let (mut s, mut r) = (ByteStream::default(), Record::default());
        s.start(base.wrapping_sub(1), &mut r);
        let mut at = 0;
        let mut kept = vec![false; original.len()];
        let mut last = 0;
        while at < original.len() {
            let len = (dice.below(200) + 1).min(original.len() - at);
            if dice.below(4) > 0 {
                s.segment(
                    1,
                    0,
                    base.wrapping_add(at as u32),
                    &original[at..at + len],
                    &mut r,
                );
                kept[at..at + len].fill(true);
                last = at + len;
            }
            if dice.below(3) == 0 {
                s.acknowledged(base.wrapping_add(dice.below(at + len) as u32), &mut r);
            }
            at += len;
        }
        s.finish(&mut r);
        let expected: Vec<Option<u8>> = (0..last).map(|i| kept[i].then_some(original[i])).collect();
        assert!(r.bytes == expected, "seed {seed}");
    }
}

use super::*;

fn frame(n: u32) -> FrameMeta {
    FrameMeta {
        time_ns: i64::from(n) * 10,
        offset: u64::from(n) * 100,
        captured: n % 7,
        original: n % 7 + 1,
        interface: n % 3,
    }
}

/// Publishing after batches of any size gives the same index.
#[test]
fn every_frame_is_found_whatever_the_batches() {
    let total = SEGMENT_FRAMES as u32 * 2 + 1234;
    for step in [1_usize, 777, 50_000, 200_000] {
        let mut store = Store::new();
        let mut next = 1_u32;
        // One at a time for a stretch only, or the test would be slow.
        let upto = if step == 1 { 5000 } else { total };
        while next <= upto {
            let end = next.saturating_add(step as u32).min(upto + 1);
            let frames: Vec<_> = (next..end).map(frame).collect();
            assert_eq!(store.append(&frames), frames.len());
            let snapshot = store.publish();
            assert_eq!(snapshot.len(), end - 1);
            assert_eq!(snapshot.meta(end - 1), Some(frame(end - 1)));
            next = end;
        }
        let snapshot = store.handle().snapshot();
        assert_eq!(snapshot.meta(0), None);
        assert_eq!(snapshot.meta(upto + 1), None);
        assert_eq!(snapshot.meta(u32::MAX), None);
        for n in 1..=upto {
            assert_eq!(snapshot.meta(n), Some(frame(n)), "frame {n}, step {step}");
        }
        assert!(
            snapshot
                .frames(0..u32::MAX)
                .eq((1..=upto).map(|n| (n, frame(n))))
        );
        assert!(snapshot.frames(70..90).eq((70..90).map(|n| (n, frame(n)))));
        let firsts: Vec<_> = snapshot
            .segments()
            .map(|s| (s.first(), s.len() as u32))
            .collect();
        assert_eq!(firsts[0].0, 1);
        assert!(
            firsts.windows(2).all(|w| w[0].0 + w[0].1 == w[1].0),
            "{firsts:?}"
        );
    }
}

#[test]
fn a_snapshot_does_not_change() {
    let mut store = Store::new();
    store.append(&[frame(1)]);
    let before = store.publish();
    store.append(&[frame(2)]);
    assert_eq!(
        store.handle().snapshot().len(),
        1,
        "appended but not published"
    );
    store.publish();
    assert_eq!(before.len(), 1);
    assert_eq!(before.meta(2), None);
    assert_eq!(store.handle().snapshot().meta(2), Some(frame(2)));
}

#[test]
fn numbers_go_on_when_the_oldest_leave() {
    let mut store = Store::new();
    assert_eq!(store.evict_oldest(), 0);
    let total = SEGMENT_FRAMES as u32 * 2 + 10;
    store.append(&(1..=total).map(frame).collect::<Vec<_>>());
    let whole = store.publish();
    assert_eq!(store.evict_oldest(), SEGMENT_FRAMES);
    let rest = store.publish();
    assert_eq!((whole.first(), whole.len()), (1, total));
    assert_eq!(
        (rest.first(), rest.len()),
        (SEGMENT_FRAMES as u32 + 1, total)
    );
    assert_eq!(rest.meta(SEGMENT_FRAMES as u32), None);
    assert_eq!(
        whole.meta(SEGMENT_FRAMES as u32),
        Some(frame(SEGMENT_FRAMES as u32))
    );
    store.append(&[frame(total + 1)]);
    let more = store.publish();
    for n in [
        SEGMENT_FRAMES as u32 + 1,
        SEGMENT_FRAMES as u32 * 2,
        total,
        total + 1,
    ] {
        assert_eq!(more.meta(n), Some(frame(n)));
    }
    assert!(
        more.frames(0..u32::MAX)
            .map(|(n, _)| n)
            .eq(SEGMENT_FRAMES as u32 + 1..=total + 1)
    );
}

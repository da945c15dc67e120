//! The chain of protocols of a frame, as the scan saw it, and how far it can be trusted.

use crate::flow::facts::{Facts, PathId, Piece};

/// Whether a chain has a protocol.
pub(super) fn has(facts: &Facts, path: PathId, protocol: u16) -> bool {
    let mut at = path;
    while let Some((parent, here)) = facts.paths.get(at) {
        if here == protocol {
            return true;
        }
        at = parent;
    }
    false
}

/// Whether the frame's chain may differ from what dissecting it shows: the scan does not look into messages that it puts
/// together, and learns too late of one that had to wait for a segment before it (its bytes went for plain data until then).
/// `data` is the index of plain data.
pub(super) fn is_open(
    facts: &Facts,
    path: PathId,
    number: u32,
    pieces: &[Piece],
    data: u16,
) -> bool {
    pieces.iter().any(|piece| {
        facts.messages.get(piece.message as usize).is_some_and(|m| {
            m.last_frame == number && (m.spans.len() > 1 || !has(facts, path, m.protocol))
        })
    }) || (!pieces.is_empty() && has(facts, path, data))
}

/// For each of the frames `from..=to`: its chain, and whether it is open.
pub(super) fn of_frames(
    facts: &Facts,
    from: u32,
    to: u32,
    data: u16,
) -> impl Iterator<Item = (PathId, bool)> + '_ {
    let mut pieces = &facts.pieces[facts.pieces.partition_point(|p| p.span.frame < from)..];
    (from..=to).map(move |number| {
        let path = facts.path(number);
        let here = pieces.iter().take_while(|p| p.span.frame == number).count();
        let open = is_open(facts, path, number, &pieces[..here], data);
        pieces = &pieces[here..];
        (path, open)
    })
}

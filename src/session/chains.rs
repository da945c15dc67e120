//! The chain of protocols of a frame, as the scan saw it, and how far it can be trusted.

use crate::flow::facts::{Facts, PathId};

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

/// For each of the frames `from..=to`: its chain, and whether it is open ([`Facts::chain`]).
pub(super) fn of_frames(
    facts: &Facts,
    from: u32,
    to: u32,
) -> impl Iterator<Item = (PathId, bool)> + '_ {
    (from..=to).map(|number| facts.chain(number))
}

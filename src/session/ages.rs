//! What the scan found out, in two ages at most: a live capture that has filled half of its memory begins a new one, and lets go
//! of the one before. A conversation that goes on from one age to the next is taken up in the new one as if its beginning had not
//! been captured.

use crate::flow::facts::Facts;

/// About what the scan remembers of a conversation besides the facts, bytes.
const A_CONVERSATION: usize = 256;

/// About how much memory these facts take, and what is remembered to make them.
pub(super) fn memory(facts: &Facts) -> usize {
    facts.memory() + (facts.tcp.len() + facts.udp.len()) * A_CONVERSATION
}

/// The facts of all frames that are held.
#[derive(Default)]
pub struct Ages {
    before: Facts,
    now: Facts,
}

impl Ages {
    /// The facts that a frame belongs to.
    pub fn of(&self, frame: u32) -> &Facts {
        if frame <= self.now.before() {
            &self.before
        } else {
            &self.now
        }
    }

    /// Each age with its frames: from the one behind this number on. The oldest first.
    pub(super) fn each(&self) -> [&Facts; 2] {
        [&self.before, &self.now]
    }

    /// The age of the newest frame.
    pub(super) fn now(&mut self) -> &mut Facts {
        &mut self.now
    }

    /// About how much memory they take.
    pub(super) fn memory(&self) -> usize {
        memory(&self.before) + memory(&self.now)
    }

    /// Begin a new age behind the newest frame. Returns the number of the last frame of which nothing is known any more, and
    /// the facts about it and those before, to be cleared away.
    pub(super) fn begin(&mut self) -> (u32, Facts) {
        let next = Facts::behind(self.now.len());
        let oldest = std::mem::replace(&mut self.now, next);
        let gone = std::mem::replace(&mut self.before, oldest);
        (self.before.before(), gone)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_age_follows_the_other() {
        let mut ages = Ages::default();
        for n in 1..=5 {
            ages.now().begin_frame();
            assert_eq!(ages.of(n).len(), n);
        }
        ages.now().leave_open(5);
        let (gone, facts) = ages.begin();
        assert_eq!((gone, facts.len()), (0, 0));
        assert!(ages.of(5).chain(5).1, "known from before");
        ages.now().begin_frame();
        ages.now().leave_open(6);
        assert_eq!(ages.of(6).before(), 5);
        assert!(ages.of(6).chain(6).1);
        assert!(!ages.of(5).chain(4).1);
        let (gone, facts) = ages.begin();
        assert_eq!((gone, facts.len()), (5, 5));
        assert!(!ages.of(5).chain(5).1, "forgotten");
        assert!(ages.of(6).chain(6).1);
    }
}

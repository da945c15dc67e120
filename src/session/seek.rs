//! Looking for a frame in the background: the next or the previous one of a conversation.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use super::chains::has;
use super::filtering::Predicate;
use super::load::{Session, Wake};
use super::rows::Rows;
use crate::dissect::{Tree, Want};

/// Frames looked at under one lock.
const PIECE: u32 = 4096;

/// What is looked for.
#[derive(Clone)]
pub enum Target {
    /// A frame of the same transport conversation as this one.
    SameStream(u32),
    /// A frame that passes.
    Passing(Arc<dyn Predicate>),
}

/// Whether the search goes to the end or to the beginning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heading {
    /// To higher numbers.
    Forward,
    /// To lower numbers.
    Backward,
}

/// A search at work. Dropping it ends it.
pub struct Seek {
    found: Arc<Mutex<Option<Option<u32>>>>,
    cancel: Arc<AtomicBool>,
}

impl Seek {
    /// Begin to look behind (or before) frame `from`; only among `rows`, if there are any.
    pub fn start(
        session: &Arc<Session>,
        target: Target,
        from: u32,
        heading: Heading,
        rows: Option<Arc<Rows>>,
        wake: Wake,
    ) -> Seek {
        let found: Arc<Mutex<Option<Option<u32>>>> = Arc::default();
        let cancel: Arc<AtomicBool> = Arc::default();
        let session = Arc::clone(session);
        let spawned = std::thread::Builder::new().name("seek".into()).spawn({
            let (found, cancel) = (Arc::clone(&found), Arc::clone(&cancel));
            move || {
                let search = || look(&session, &target, from, heading, rows.as_deref(), &cancel);
                // A fault ends the search without a find; it is not left at work for ever.
                let number = catch_unwind(AssertUnwindSafe(search)).unwrap_or(None);
                *found.lock().unwrap_or_else(PoisonError::into_inner) = Some(number);
                wake();
            }
        });
        let seek = Seek { found, cancel };
        if spawned.is_err() {
            *seek.found.lock().unwrap_or_else(PoisonError::into_inner) = Some(None);
        }
        seek
    }

    /// What came of it, once it has ended: the frame, or that there is none.
    pub fn outcome(&self) -> Option<Option<u32>> {
        *self.found.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Seek {
    fn drop(&mut self) {
        self.cancel.store(true, Ordering::Relaxed);
    }
}

fn look(
    session: &Arc<Session>,
    target: &Target,
    from: u32,
    heading: Heading,
    rows: Option<&Rows>,
    cancel: &AtomicBool,
) -> Option<u32> {
    let (first, last) = {
        let snapshot = session.snapshot();
        (snapshot.first(), snapshot.len())
    };
    let is_row = |n: &u32| rows.is_none_or(|rows| rows.contains(*n));
    let (mut view, mut tree) = (session.view(), Tree::new());
    let mut at = from;
    loop {
        if cancel.load(Ordering::Relaxed) {
            return None;
        }
        let piece: Vec<u32> = match heading {
            Heading::Forward => {
                let start = at.checked_add(1).filter(|s| *s <= last)?;
                at = last.min(start.saturating_add(PIECE - 1));
                (start..=at).filter(is_row).collect()
            }
            Heading::Backward => {
                let end = at.checked_sub(1).filter(|e| *e >= first.max(1))?;
                at = first.max(1).max(end.saturating_sub(PIECE - 1));
                (at..=end).rev().filter(is_row).collect()
            }
        };
        let found = match target {
            Target::SameStream(like) => same_stream(session, *like, &piece),
            Target::Passing(predicate) => {
                let decided: Vec<Option<bool>> = {
                    let ages = session.facts();
                    let decide = |n: &u32| {
                        let facts = ages.of(*n);
                        let (path, open) = facts.chain(*n);
                        predicate.decide(facts, path, open)
                    };
                    piece.iter().map(decide).collect()
                };
                let mut candidates = piece.iter().zip(decided);
                candidates.find_map(|(number, decided)| {
                    let passes = match decided {
                        Some(passes) => passes,
                        None => {
                            view.dissect(*number, None, Want::NODES, &mut tree).is_ok()
                                && predicate.matches(&tree, view.bytes())
                        }
                    };
                    passes.then_some(*number)
                })
            }
        };
        if found.is_some() {
            return found;
        }
    }
}

/// The first of these frames that has the same transport conversation.
fn same_stream(session: &Session, like: u32, piece: &[u32]) -> Option<u32> {
    let tcp = session.registry().protocol_named("tcp");
    let tcp = tcp.map(|tcp| session.registry().index_of(tcp));
    let ages = session.facts();
    let own = ages.of(like);
    let wanted = own.transport(like, 0)?.stream;
    let is_tcp = |n: u32| tcp.is_some_and(|tcp| has(own, own.chain(n).0, tcp));
    // Conversations of TCP and of UDP are counted apart, and those of each age.
    let kind = is_tcp(like);
    piece.iter().copied().find(|n| {
        std::ptr::eq(ages.of(*n), own)
            && own.transport(*n, 0).is_some_and(|t| t.stream == wanted)
            && is_tcp(*n) == kind
    })
}

//! Filtering: every frame is tried against a predicate, on all cores, in the background; the rows grow as they are found.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::chains::{has, of_frames};
use super::columns::{Columns, Plan};
use super::load::{Session, Wake};
use super::rows::Rows;
use super::work::in_order;
use crate::dissect::registry::Lacks;
use crate::dissect::{Registry, Tree, Want};
use crate::field::Field;
use crate::filter::Filter;
use crate::flow::facts::{Facts, PathId, Piece};

/// What frames are tried against: a compiled display filter.
pub trait Predicate: Send + Sync {
    /// What the chain of protocols alone says about a frame: it matches, it does not, or `None` when it must be dissected.
    /// `open`: the frame may hold more protocols than its chain says.
    fn decide(&self, facts: &Facts, path: PathId, open: bool) -> Option<bool>;
    /// How deep a frame with this chain must be dissected ([`Want::until`]); `None`: wholly.
    fn until(&self, _facts: &Facts, _path: PathId, _open: bool) -> Option<u8> {
        None
    }
    /// What holds for frames with this chain (which is not open) if some of its protocols lack what is asked for.
    fn without(&self, _facts: &Facts, _path: PathId, _registry: &Registry) -> Option<Without> {
        None
    }
    /// What must be there of a frame that is tried.
    fn want(&self) -> Want {
        Want::NODES
    }
    /// Whether this frame matches.
    fn matches(&self, tree: &Tree, frame: &[u8]) -> bool;
    /// How to answer from columns, where they suffice.
    fn columns(&self, _registry: &Registry) -> Option<Plan> {
        None
    }
    /// Whether the answer for a frame hangs on the answers for those before it, so that frames go one after the other.
    fn in_turn(&self) -> bool {
        false
    }
}

/// Frames need not be read if the facts say that certain protocols in them lack the fields that are asked for.
#[derive(Default)]
pub struct Without {
    /// Who must lack what: index in the registry, how to ask, the fields.
    protocols: Vec<(u16, Lacks, Vec<&'static Field>)>,
    /// Whether such a frame matches.
    passes: bool,
}

impl Without {
    /// Whether a frame with these pieces of messages matches, if that can be told.
    fn decide(&self, facts: &Facts, pieces: &[Piece]) -> Option<bool> {
        let lack = |(_, lacks, fields): &(u16, Lacks, Vec<_>)| lacks(facts, pieces, fields);
        self.protocols.iter().all(lack).then_some(self.passes)
    }
}

/// What is known of the frames with one chain of protocols.
struct Known {
    decided: Option<bool>,
    until: Option<u8>,
    without: Option<Without>,
}

impl Predicate for Filter {
    fn decide(&self, facts: &Facts, path: PathId, open: bool) -> Option<bool> {
        self.decide(&|protocol| {
            // An open chain may lack protocols, and may name bytes as data that turned out to belong to a message.
            (!open).then(|| has(facts, path, protocol))
        })
    }

    fn until(&self, facts: &Facts, path: PathId, open: bool) -> Option<u8> {
        if open {
            return None;
        }
        let mut chain = Vec::new();
        let mut at = path;
        while let Some((parent, here)) = facts.paths.get(at) {
            chain.push(here);
            at = parent;
        }
        chain.reverse();
        self.until(&chain)
    }

    fn want(&self) -> Want {
        self.want()
    }

    fn matches(&self, tree: &Tree, frame: &[u8]) -> bool {
        self.matches(tree, frame)
    }

    fn without(&self, facts: &Facts, path: PathId, registry: &Registry) -> Option<Without> {
        let touch = self.touches();
        let mut without = Without::default();
        for index in touch
            .protocols
            .iter()
            .copied()
            .filter(|p| has(facts, path, *p))
        {
            let protocol = registry.protocol(index)?;
            let Some(lacks) = protocol.lacks else {
                continue;
            };
            let of_it = |f: &&'static Field| {
                std::ptr::eq(*f, &protocol.field)
                    || protocol.fields.iter().any(|own| std::ptr::eq(*own, *f))
                    || protocol
                        .issues
                        .iter()
                        .any(|own| std::ptr::eq(&own.field, *f))
            };
            let fields = touch.fields.iter().map(|f| f.0).filter(of_it).collect();
            without.protocols.push((index, lacks, fields));
        }
        let lacking = |p: u16| without.protocols.iter().any(|(index, ..)| *index == p);
        without.passes = (!without.protocols.is_empty())
            .then(|| self.decide(&|p| Some(!lacking(p) && has(facts, path, p))))??;
        Some(without)
    }

    fn columns(&self, registry: &Registry) -> Option<Plan> {
        Plan::of(self, registry)
    }

    fn in_turn(&self) -> bool {
        self.touches().names.contains(&"frame.time_delta_displayed")
    }
}

/// Frames tried as one piece of work.
const PIECE: u32 = 16_384;
/// The first piece is shared out in so many, so that the first rows do not wait for all of it.
const FIRST: u32 = 8;
/// About as many rows as a list shows at once.
const PAGE: u32 = 64;

/// How a running filter stands.
#[derive(Clone, Debug, Default)]
pub struct FilterState {
    /// The frames found so far.
    pub rows: Arc<Rows>,
    /// Whether all frames of the capture (loaded to its end) were tried.
    pub done: bool,
    /// A frame could not be read; filtering ended there.
    pub error: Option<String>,
}

/// A filter at work in the background. Dropping it ends it.
pub struct FilterRun {
    state: Arc<Mutex<FilterState>>,
    cancel: Arc<AtomicBool>,
}

impl FilterRun {
    /// Begin to filter; goes on while the capture is loading, until its end.
    pub fn start(session: &Arc<Session>, predicate: Arc<dyn Predicate>, wake: Wake) -> FilterRun {
        let state: Arc<Mutex<FilterState>> = Arc::default();
        let cancel: Arc<AtomicBool> = Arc::default();
        let run = FilterRun {
            state: Arc::clone(&state),
            cancel: Arc::clone(&cancel),
        };
        let session = Arc::clone(session);
        let spawned = std::thread::Builder::new().name("filter".into()).spawn({
            let state = Arc::clone(&state);
            move || {
                let mut rows = Rows::default();
                let begun = Instant::now();
                loop {
                    let loaded = session.is_loaded();
                    let before = rows.seen();
                    let publish = |rows: &Rows, done: bool, error: Option<String>| {
                        *lock(&state) = FilterState {
                            rows: Arc::new(rows.clone()),
                            done,
                            error,
                        };
                        wake();
                    };
                    let mut last: Option<Instant> = None;
                    // A fault while filtering ends the filter with a word; it is not left at work for ever.
                    let outcome = catch_unwind(AssertUnwindSafe(|| {
                        extend(&session, predicate.as_ref(), &mut rows, &cancel, |rows| {
                            // The first rows at once; then often enough for the eye, and seldom enough not to copy the
                            // bitmap all the time.
                            let due = match last {
                                Some(last) => last.elapsed() > Duration::from_millis(50),
                                None => {
                                    rows.len() >= PAGE
                                        || begun.elapsed() > Duration::from_millis(50)
                                }
                            };
                            if due {
                                last = Some(Instant::now());
                                publish(rows, false, None);
                            }
                        })
                    }))
                    .unwrap_or_else(|_| Err("a fault in the program ended it".into()));
                    if cancel.load(Ordering::Relaxed) {
                        return;
                    }
                    let finished =
                        outcome.is_err() || (loaded && rows.seen() == session.snapshot().len());
                    if rows.seen() != before || finished {
                        publish(&rows, finished, outcome.err());
                    }
                    if finished {
                        return;
                    }
                    std::thread::sleep(Duration::from_millis(20));
                }
            }
        });
        if let Err(error) = spawned {
            *lock(&run.state) = FilterState {
                done: true,
                error: Some(format!("the filter cannot run: {error}")),
                ..FilterState::default()
            };
        }
        run
    }

    /// How it stands.
    pub fn state(&self) -> FilterState {
        lock(&self.state).clone()
    }
}

impl Drop for FilterRun {
    fn drop(&mut self) {
        self.cancel.store(true, Ordering::Relaxed);
    }
}

/// Filter a whole loaded capture.
pub fn filter_all(session: &Arc<Session>, predicate: &dyn Predicate) -> Result<Rows, String> {
    let mut rows = Rows::default();
    extend(
        session,
        predicate,
        &mut rows,
        &AtomicBool::new(false),
        |_| {},
    )?;
    Ok(rows)
}

/// Try all frames that are there and were not tried yet.
fn extend(
    session: &Arc<Session>,
    predicate: &dyn Predicate,
    rows: &mut Rows,
    cancel: &AtomicBool,
    mut each: impl FnMut(&Rows),
) -> Result<(), String> {
    let start = rows.seen() + 1;
    let end = session.snapshot().len();
    if start > end {
        return Ok(());
    }
    if predicate.in_turn() {
        return extend_in_turn(session, predicate, rows, cancel, each);
    }
    let pieces = u64::from(FIRST - 1 + (end - start + 1).div_ceil(PIECE));
    let mut error = None;
    let plan = predicate.columns(session.registry());
    in_order(
        pieces,
        || (session.view(), Tree::new()),
        |(view, tree), piece| {
            let (from, to) = piece_of(start, end, u32::try_from(piece).unwrap_or(0));
            if from > to {
                return Ok(Vec::new());
            }
            let mut found = Vec::with_capacity((to - from) as usize + 1);
            // The chains of protocols first, under one lock; most frames need no more.
            {
                let ages = session.facts();
                // Frames that have left the memory match nothing; of a few that are still there, nothing is known.
                let held = session.snapshot().first();
                let known = ages.each()[0].before() + 1;
                for number in from..to.saturating_add(1).min(known) {
                    found.push(((number < held).then_some(false), None));
                }
                for facts in ages.each() {
                    let from = from.max(facts.before() + 1);
                    let to = to.min(facts.len());
                    let mut known: Vec<[Option<Known>; 2]> = Vec::new();
                    known.resize_with(facts.paths.len().max(1), || [None, None]);
                    let mut pieces = facts.pieces_between(from, to);
                    let mut columns = plan
                        .as_ref()
                        .map(|plan| Columns::new(plan, facts, session.registry()));
                    for (number, (path, open)) in (from..).zip(of_frames(facts, from, to)) {
                        let slot = &mut known[usize::from(path)][usize::from(open)];
                        let known = slot.get_or_insert_with(|| {
                            let decided = predicate.decide(facts, path, open);
                            let asked = decided.is_none() && !open;
                            let without = || predicate.without(facts, path, session.registry());
                            Known {
                                decided,
                                until: predicate.until(facts, path, open),
                                without: asked.then(without).flatten(),
                            }
                        });
                        let (mut decided, until) = (known.decided, known.until);
                        if let Some(without) = &known.without {
                            let own = of_frame(&mut pieces, number);
                            decided = without.decide(facts, own);
                        }
                        if decided.is_none()
                            && !open
                            && let Some(columns) = &mut columns
                        {
                            let passes = |tree: &Tree| predicate.matches(tree, &[]);
                            decided = columns.decide(number, path, tree, passes);
                        }
                        found.push((decided, until));
                    }
                }
            }
            let mut members = Vec::with_capacity(found.len());
            for (number, (decided, until)) in (from..=to).zip(found) {
                let want = Want {
                    until,
                    ..predicate.want()
                };
                members.push(match decided {
                    // What is told from the chain of protocols does not hold for what the user ignores.
                    Some(member) if !view.marks().ignored.contains(number) => member,
                    _ => match view.dissect(number, None, want, tree) {
                        Ok(_) => predicate.matches(tree, view.bytes()),
                        Err(e) => return Err(e.to_string()),
                    },
                });
            }
            Ok(members)
        },
        |result: Result<Vec<bool>, String>| match result {
            Ok(found) => {
                found.iter().for_each(|m| rows.push(*m));
                each(rows);
                !cancel.load(Ordering::Relaxed)
            }
            Err(e) => {
                error = Some(e);
                false
            }
        },
    );
    error.map_or(Ok(()), Err)
}

/// The first and last frame of a piece of work; one behind the end has none, its last comes before its first.
fn piece_of(start: u32, end: u32, piece: u32) -> (u32, u32) {
    let (from, frames) = match piece.checked_sub(FIRST) {
        None => (piece * (PIECE / FIRST), PIECE / FIRST),
        Some(piece) => ((piece + 1).saturating_mul(PIECE), PIECE),
    };
    let from = start.saturating_add(from);
    (from, end.min(from.saturating_add(frames - 1)))
}

/// The pieces of a frame, at or behind the front of the list; what lies before them is dropped from it.
fn of_frame<'p>(pieces: &mut &'p [Piece], number: u32) -> &'p [Piece] {
    let before = pieces.iter().take_while(|p| p.span.frame < number).count();
    let rest = &pieces[before..];
    let own = rest.iter().take_while(|p| p.span.frame == number).count();
    *pieces = rest;
    &rest[..own]
}

/// The same, one frame after the other: each is told which was the last that passed.
fn extend_in_turn(
    session: &Arc<Session>,
    predicate: &dyn Predicate,
    rows: &mut Rows,
    cancel: &AtomicBool,
    mut each: impl FnMut(&Rows),
) -> Result<(), String> {
    let (mut view, mut tree) = (session.view(), Tree::new());
    let mut before = rows.len().checked_sub(1).and_then(|row| rows.select(row));
    for number in rows.seen() + 1..=session.snapshot().len() {
        view.dissect(number, before, predicate.want(), &mut tree)
            .map_err(|e| e.to_string())?;
        let member = predicate.matches(&tree, view.bytes());
        rows.push(member);
        if member {
            before = Some(number);
        }
        if number % PIECE == 0 {
            each(rows);
            if cancel.load(Ordering::Relaxed) {
                return Ok(());
            }
        }
    }
    Ok(())
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_of_work_cover_every_frame_once_and_begin_small() {
        for (start, end) in [(1, 1), (1, 5_000), (7, PIECE + 6), (100, 3 * PIECE + 99)] {
            let pieces = FIRST - 1 + (end - start + 1).div_ceil(PIECE);
            let mut next = start;
            for piece in 0..pieces {
                let (from, to) = piece_of(start, end, piece);
                if from <= to {
                    assert_eq!(from, next, "{start} to {end}, piece {piece}");
                    next = to + 1;
                }
            }
            assert_eq!(next, end + 1, "{start} to {end}");
        }
        assert_eq!(piece_of(1, u32::MAX - 1, 0), (1, 2_048));
    }
}

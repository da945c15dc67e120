//! The list in another order: what a column shows of each frame is made into a number by all cores, then frames are put in
//! order by those. Stable (frames with equal values stay in capture order), and it can be given up at any time.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::list_columns::values;
use super::load::{Session, Wake};
use super::rows::Rows;
use super::view::View;
use super::work::in_order;
use crate::capture::NO_TIME;
use crate::dissect::tree::Value;
use crate::dissect::{Tree, Want};
use crate::field::Field;
use crate::flow::address::Address;

/// Frames looked at as one piece of work.
const PIECE: usize = 2048;
/// Longer texts are compared up to here, bytes.
const LONG: usize = 160;

/// What the list is sorted by.
#[derive(Clone, Debug)]
pub enum SortKey {
    /// Frame number.
    Number,
    /// Time of capture.
    Time,
    /// Time since the frame captured before.
    SinceCaptured,
    /// Sender, by number: 10.0.0.9 comes before 10.0.0.10.
    Source,
    /// Receiver.
    Destination,
    /// Protocol name.
    Protocol,
    /// Length on the wire.
    Length,
    /// The line about the packet.
    Info,
    /// The first value of a field: all declarations that share its name.
    Field(Vec<&'static Field>),
}

/// Frames in an order.
#[derive(Debug, Default)]
pub struct Sorted {
    numbers: Vec<u32>,
    /// By frame number: its place + 1, 0 for none.
    places: Vec<u32>,
}

impl Sorted {
    fn new(numbers: Vec<u32>) -> Sorted {
        let last = numbers.iter().copied().max().unwrap_or(0);
        let mut places = vec![0; last as usize + 1];
        for (place, number) in (1..).zip(&numbers) {
            places[*number as usize] = place;
        }
        Sorted { numbers, places }
    }

    /// How many frames there are.
    pub fn len(&self) -> u32 {
        u32::try_from(self.numbers.len()).unwrap_or(u32::MAX)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.numbers.is_empty()
    }

    /// The frame at a place, from 0.
    pub fn at(&self, place: u32) -> Option<u32> {
        self.numbers.get(place as usize).copied()
    }

    /// The place of a frame.
    pub fn place(&self, number: u32) -> Option<u32> {
        self.places.get(number as usize)?.checked_sub(1)
    }
}

/// How a running sort stands.
#[derive(Clone, Debug, Default)]
pub struct SortState {
    /// The order, when it is there.
    pub order: Option<Arc<Sorted>>,
    /// A frame could not be read, so there is no order.
    pub error: Option<String>,
}

/// A sort at work in the background. Dropping it ends it.
pub struct SortRun {
    state: Arc<Mutex<SortState>>,
    cancel: Arc<AtomicBool>,
    done: Arc<AtomicU32>,
    of: u32,
}

impl SortRun {
    /// Begin to sort the frames that are there, or those of `rows`.
    pub fn start(
        session: &Arc<Session>,
        key: SortKey,
        descending: bool,
        rows: Option<Arc<Rows>>,
        wake: Wake,
    ) -> SortRun {
        let snapshot = session.snapshot();
        let first = snapshot.first().max(1);
        let run = SortRun {
            state: Arc::default(),
            cancel: Arc::default(),
            done: Arc::default(),
            of: match &rows {
                Some(rows) => rows.len(),
                None => (snapshot.len() + 1).saturating_sub(first),
            },
        };
        let last = snapshot.len();
        let session = Arc::clone(session);
        let spawned = std::thread::Builder::new().name("sort".into()).spawn({
            let (state, cancel) = (Arc::clone(&run.state), Arc::clone(&run.cancel));
            let done = Arc::clone(&run.done);
            move || {
                let numbers: Vec<u32> = match rows {
                    Some(rows) => rows.iter().filter(|n| *n >= first).collect(),
                    None => (first..=last).collect(),
                };
                let sort = || {
                    sorted(&session, numbers, &key, descending, &cancel, |n| {
                        done.fetch_add(n, Ordering::Relaxed);
                    })
                };
                let result = catch_unwind(AssertUnwindSafe(sort))
                    .unwrap_or_else(|_| Err("a fault in the program ended it".into()));
                *lock(&state) = match result {
                    Ok(None) => return,
                    Ok(Some(order)) => SortState {
                        order: Some(Arc::new(order)),
                        error: None,
                    },
                    Err(error) => SortState {
                        order: None,
                        error: Some(error),
                    },
                };
                wake();
            }
        });
        if let Err(error) = spawned {
            lock(&run.state).error = Some(error.to_string());
        }
        run
    }

    /// How it stands.
    pub fn state(&self) -> SortState {
        lock(&self.state).clone()
    }

    /// Which share of the frames has been looked at, 0 to 1.
    pub fn progress(&self) -> f32 {
        let done = self.done.load(Ordering::Relaxed);
        done as f32 / self.of.max(1) as f32
    }
}

impl Drop for SortRun {
    fn drop(&mut self) {
        self.cancel.store(true, Ordering::Relaxed);
    }
}

/// What is compared: a number, or a text that is kept once however many frames have it.
enum Part {
    Number(u64),
    Text(Vec<u8>),
}

/// Put frames in order; `None` when it was given up.
fn sorted(
    session: &Arc<Session>,
    mut numbers: Vec<u32>,
    key: &SortKey,
    descending: bool,
    cancel: &AtomicBool,
    mut progress: impl FnMut(u32),
) -> Result<Option<Sorted>, String> {
    if matches!(key, SortKey::Number) {
        if descending {
            numbers.reverse();
        }
        return Ok(Some(Sorted::new(numbers)));
    }
    let pieces = numbers.len().div_ceil(PIECE);
    let mut ranks: Vec<u64> = Vec::with_capacity(numbers.len());
    let mut texts: HashMap<Vec<u8>, u64, foldhash::fast::RandomState> = HashMap::default();
    let mut error = None;
    in_order(
        pieces as u64,
        || (session.view(), Tree::new()),
        |(view, tree), piece| {
            let from = usize::try_from(piece).unwrap_or(usize::MAX) * PIECE;
            let here = &numbers[from..numbers.len().min(from + PIECE)];
            let parts = here.iter().map(|n| {
                // Given up: what is missing is never looked at.
                if cancel.load(Ordering::Relaxed) {
                    return Ok(Part::Number(0));
                }
                part(view, tree, *n, key)
            });
            parts.collect::<Result<Vec<Part>, String>>()
        },
        |result| match result {
            Ok(parts) => {
                progress(u32::try_from(parts.len()).unwrap_or(0));
                for part in parts {
                    ranks.push(match part {
                        Part::Number(number) => number,
                        Part::Text(text) => {
                            let next = texts.len() as u64;
                            *texts.entry(text).or_insert(next)
                        }
                    });
                }
                !cancel.load(Ordering::Relaxed)
            }
            Err(e) => {
                error = Some(e);
                false
            }
        },
    );
    if let Some(error) = error {
        return Err(error);
    }
    if cancel.load(Ordering::Relaxed) || ranks.len() != numbers.len() {
        return Ok(None);
    }
    if !texts.is_empty() {
        // The texts in their order, then each frame gets its text's place there.
        let mut list: Vec<(Vec<u8>, u64)> = texts.into_iter().collect();
        list.sort_unstable();
        let mut places = vec![0; list.len()];
        for (place, (_, id)) in (0u64..).zip(&list) {
            places[*id as usize] = place;
        }
        for rank in &mut ranks {
            *rank = places.get(*rank as usize).copied().unwrap_or(0);
        }
    }
    let mut pairs: Vec<(u64, u32)> = ranks.into_iter().zip(numbers).collect();
    if cancel.load(Ordering::Relaxed) {
        return Ok(None);
    }
    match descending {
        // By number within equals: the same as stable, both ways.
        false => pairs.sort_unstable(),
        true => pairs.sort_unstable_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1))),
    }
    let numbers = pairs.into_iter().map(|(_, number)| number).collect();
    Ok(Some(Sorted::new(numbers)))
}

/// A signed number in the order of unsigned ones.
fn unsigned(number: i64) -> u64 {
    number.cast_unsigned() ^ (1 << 63)
}

/// A number that leaves 0 for "no value".
fn from_one(number: u64) -> Part {
    Part::Number(number.saturating_add(1))
}

fn part(view: &mut View, tree: &mut Tree, number: u32, key: &SortKey) -> Result<Part, String> {
    let meta = view.meta(number);
    let time = |n: u32| view.meta(n).map(|m| m.time_ns).filter(|t| *t != NO_TIME);
    match key {
        SortKey::Number => return Ok(Part::Number(u64::from(number))),
        SortKey::Length => {
            let length = meta.map_or(0, |m| m.original);
            return Ok(Part::Number(u64::from(length)));
        }
        SortKey::Time => return Ok(Part::Number(time(number).map_or(0, unsigned))),
        SortKey::SinceCaptured => {
            let before = number.checked_sub(1).and_then(time);
            let since = time(number)
                .zip(before)
                .map_or(0, |(now, then)| now.saturating_sub(then));
            return Ok(Part::Number(unsigned(since)));
        }
        _ => {}
    }
    let want = match key {
        SortKey::Field(_) => Want::NODES,
        _ => Want::COLUMNS,
    };
    view.dissect(number, None, want, tree)
        .map_err(|e| e.to_string())?;
    let text = |text: &str| Part::Text(text.as_bytes()[..text.len().min(LONG)].to_vec());
    Ok(match key {
        SortKey::Source => Part::Text(of_address(tree.columns.source)),
        SortKey::Destination => Part::Text(of_address(tree.columns.destination)),
        SortKey::Protocol => text(&tree.columns.protocol),
        SortKey::Field(fields) => of_field(view, tree, fields),
        _ => text(&tree.columns.info),
    })
}

/// An address so that bytes are in the order of addresses, those of a kind together.
fn of_address(address: Address) -> Vec<u8> {
    let (kind, bytes): (u8, &[u8]) = match &address {
        Address::None => (0, &[]),
        Address::Ether(a) => (1, a),
        Address::V4(a) => (2, a),
        Address::V6(a) => (3, a),
    };
    let mut out = Vec::with_capacity(bytes.len() + 1);
    out.push(kind);
    out.extend_from_slice(bytes);
    out
}

fn of_field(view: &View, tree: &Tree, fields: &[&'static Field]) -> Part {
    let node = tree.nodes.iter().find(|n| {
        let also = |f: &&Field| n.field.also.iter().any(|a| std::ptr::eq(*a, *f));
        fields.iter().any(|f| std::ptr::eq(*f, n.field) || also(f))
    });
    // All values of a field are numbers or none is, by its kind; frames without it come first.
    let texts = fields.first().is_some_and(|f| {
        use crate::field::Kind;
        matches!(
            f.kind,
            Kind::Str | Kind::Bytes | Kind::Oid | Kind::Ether | Kind::Ipv4 | Kind::Ipv6
        )
    });
    match (node.map(|n| n.value), node) {
        (Some(Value::Ipv4(a)), Some(_)) => Part::Text(a.to_vec()),
        (Some(Value::Ipv6(a)), Some(_)) => Part::Text(a.to_vec()),
        (Some(Value::Ether(a)), Some(_)) => Part::Text(a.to_vec()),
        (Some(Value::U(n)), Some(_)) if !texts => from_one(n),
        (Some(Value::I(n)), Some(_)) if !texts => from_one(unsigned(n)),
        (Some(Value::F(n)), Some(_)) if !texts => {
            // The bits of floating numbers, as signed ones, are nearly in order: negative ones are turned round.
            let bits = n.to_bits().cast_signed();
            let turned = bits ^ (((bits >> 63).cast_unsigned()) >> 1).cast_signed();
            from_one(unsigned(turned))
        }
        (Some(Value::Time { secs, nanos }), Some(_)) if !texts => {
            let nanos = secs
                .saturating_mul(1_000_000_000)
                .saturating_add(i64::from(nanos));
            from_one(unsigned(nanos))
        }
        (Some(_), Some(_)) if texts => {
            let mut text = String::new();
            values(tree, view.bytes(), fields, &mut text);
            let end = text.len().min(LONG);
            Part::Text(text.as_bytes()[..end].to_vec())
        }
        (Some(_), _) => from_one(0),
        (None, _) if texts => Part::Text(Vec::new()),
        (None, _) => Part::Number(0),
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

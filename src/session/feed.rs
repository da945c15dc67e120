//! What the window shows, made in the background: the rows in sight and the packet chosen. The window asks each time it is drawn
//! and paints what is there; the feed's thread works on the newest request only.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use super::colours::{Colours, Hue, Paint, Reach};
use super::list_columns::values;
use super::load::{Session, Wake};
use super::relations::{Relations, Talk, relations, talk};
use super::times::Moment;
use super::view::View;
use crate::capture::{FrameMeta, NO_TIME};
use crate::dissect::{Tree, Value, Want};
use crate::field::{Field, Kind, Severity};

/// A line of the packet list, ready to paint.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListRow {
    /// Frame number.
    pub number: u32,
    /// Its times; that of the frame displayed before is for the window to fill in.
    pub moment: Option<Moment>,
    /// Sender.
    pub source: String,
    /// Receiver.
    pub destination: String,
    /// Protocol name.
    pub protocol: String,
    /// Length on the wire.
    pub length: u32,
    /// The line about it.
    pub info: String,
    /// Whether something is wrong with it: a warning or an error.
    pub trouble: bool,
    /// What the field columns show ([`Recipe::columns`]).
    pub more: Vec<String>,
    /// What the colour rules give it.
    pub paint: Option<Paint>,
    /// The conversation that it belongs to.
    pub talk: Option<Talk>,
    /// Which order of [`Feed::forget`] it was made after.
    age: u32,
}

/// What rows have besides the usual columns.
#[derive(Default)]
pub struct Recipe {
    /// Columns of fields: all declarations that share a name.
    pub columns: Vec<Vec<&'static Field>>,
    /// The colour rules.
    pub colours: Colours,
}

/// A dissected packet with its bytes.
pub struct Detail {
    /// Frame number.
    pub number: u32,
    /// Its tree, with labels.
    pub tree: Tree,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Why it could not be read, if so.
    pub error: Option<String>,
    /// Packets that it refers to, for its explanations: the first few.
    pub related: Vec<Related>,
    /// What other packets have to do with it.
    pub relations: Relations,
}

/// A packet that another one refers to.
pub struct Related {
    /// Frame number.
    pub number: u32,
    /// Its tree, with labels.
    pub tree: Tree,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

#[derive(Default)]
struct Request {
    rows: VecDeque<u32>,
    detail: Option<u32>,
    /// Packets for windows of their own.
    packets: VecDeque<u32>,
    /// Frames whose colours are wanted for the map beside the list.
    paints: VecDeque<u32>,
    recipe: Option<Arc<Recipe>>,
    forget: bool,
    refresh: bool,
    /// The frames whose rows were asked for last.
    sight: Vec<u32>,
    quit: bool,
    /// The thread is at work on what it took.
    busy: bool,
}

#[derive(Default)]
struct Ready {
    rows: HashMap<u32, Arc<ListRow>>,
    detail: Option<Arc<Detail>>,
    packets: HashMap<u32, Arc<Detail>>,
    paints: HashMap<u32, Option<Paint>>,
    /// Counts the orders to make everything anew. What is older is still shown, until it is made.
    age: u32,
}

/// The background maker of rows and details. Dropping it ends its thread.
pub struct Feed {
    request: Arc<(Mutex<Request>, Condvar)>,
    ready: Arc<Mutex<Ready>>,
}

/// Rows kept ready; when there are more, all are made anew as they come into sight.
const KEPT_ROWS: usize = 20_000;
/// Packets that are dissected besides the chosen one, for its explanations.
const RELATED: usize = 8;

impl Feed {
    /// Start the thread.
    pub fn start(session: &Arc<Session>, wake: Wake) -> Feed {
        let request: Arc<(Mutex<Request>, Condvar)> = Arc::default();
        let ready: Arc<Mutex<Ready>> = Arc::default();
        let worker = Worker {
            session: Arc::clone(session),
            request: Arc::clone(&request),
            ready: Arc::clone(&ready),
            wake,
        };
        // Without a thread nothing would ever be shown; the rows stay empty, and the cause is the system's.
        let _ = std::thread::Builder::new()
            .name("feed".into())
            .spawn(move || worker.run());
        Feed { request, ready }
    }

    /// The rows of these frames, as far as they are ready; the others are asked for.
    pub fn rows(&self, numbers: impl Iterator<Item = u32>) -> Vec<(u32, Option<Arc<ListRow>>)> {
        let (found, age): (Vec<_>, u32) = {
            let ready = lock(&self.ready);
            let row = |n: u32| (n, ready.rows.get(&n).cloned());
            (numbers.map(row).collect(), ready.age)
        };
        let missing: VecDeque<u32> = found
            .iter()
            .filter(|(_, row)| row.as_ref().is_none_or(|r| r.age != age))
            .map(|(n, _)| *n)
            .collect();
        let mut request = lock(&self.request.0);
        request.sight.clear();
        request
            .sight
            .extend(found.iter().map(|(number, _)| *number));
        if missing != request.rows {
            request.rows = missing;
            self.request.1.notify_one();
        }
        found
    }

    /// The rows of these frames, as far as they are ready; nothing is asked for.
    pub fn ready_rows(
        &self,
        numbers: impl Iterator<Item = u32>,
    ) -> Vec<(u32, Option<Arc<ListRow>>)> {
        let ready = lock(&self.ready);
        numbers.map(|n| (n, ready.rows.get(&n).cloned())).collect()
    }

    /// The packet with this number, if it is ready; otherwise it is asked for, and what was shown before stays.
    pub fn detail(&self, number: u32) -> Option<Arc<Detail>> {
        let shown = lock(&self.ready).detail.clone();
        if shown.as_ref().is_none_or(|d| d.number != number) {
            let mut request = lock(&self.request.0);
            if request.detail != Some(number) {
                request.detail = Some(number);
                self.request.1.notify_one();
            }
        }
        shown
    }

    /// A packet for a window of its own: asked for until it is there, then handed over once.
    pub fn packet(&self, number: u32) -> Option<Arc<Detail>> {
        let packet = lock(&self.ready).packets.remove(&number);
        if packet.is_none() {
            let mut request = lock(&self.request.0);
            if !request.packets.contains(&number) {
                request.packets.push_back(number);
                self.request.1.notify_one();
            }
        }
        packet
    }

    /// The colours of these frames, as far as they are known (`None`: not yet); the others are asked for, and made when
    /// there is nothing more urgent. The second number changes when more are known.
    pub fn paints(&self, numbers: &[u32]) -> (Vec<Option<Option<Paint>>>, usize) {
        let (found, known): (Vec<_>, usize) = {
            let ready = lock(&self.ready);
            let paint = |n: &u32| ready.paints.get(n).copied();
            (numbers.iter().map(paint).collect(), ready.paints.len())
        };
        let missing = numbers.iter().zip(&found).filter(|(_, p)| p.is_none());
        let missing: VecDeque<u32> = missing.map(|(n, _)| *n).collect();
        let mut request = lock(&self.request.0);
        if missing != request.paints {
            request.paints = missing;
            self.request.1.notify_one();
        }
        (found, known)
    }

    /// How many frames' colours are known, and how often everything was made anew.
    pub fn paints_known(&self) -> (usize, u32) {
        let ready = lock(&self.ready);
        (ready.paints.len(), ready.age)
    }

    /// From here on rows are made with these columns and colours.
    pub fn set_recipe(&self, recipe: Arc<Recipe>) {
        lock(&self.request.0).recipe = Some(recipe);
        self.forget();
    }

    /// Whether all that was asked for is ready.
    pub fn is_idle(&self) -> bool {
        let request = lock(&self.request.0);
        request.is_empty() && !request.busy
    }

    /// Make anew what is in sight, while what is there stays until then: a live capture has gone on, answers may now be known.
    pub fn refresh(&self) {
        lock(&self.request.0).refresh = true;
        self.request.1.notify_one();
    }

    /// Make everything anew: history has gone on (the capture is loaded), answers may now be known.
    pub fn forget(&self) {
        lock(&self.request.0).forget = true;
        lock(&self.ready).age += 1;
        self.request.1.notify_one();
    }
}

impl Drop for Feed {
    fn drop(&mut self) {
        lock(&self.request.0).quit = true;
        self.request.1.notify_one();
    }
}

/// Rows so near to those in sight are kept when these are made anew.
const NEAR: u32 = 200;

struct Worker {
    session: Arc<Session>,
    request: Arc<(Mutex<Request>, Condvar)>,
    ready: Arc<Mutex<Ready>>,
    wake: Wake,
}

impl Request {
    fn is_empty(&self) -> bool {
        self.rows.is_empty()
            && self.detail.is_none()
            && self.packets.is_empty()
            && self.paints.is_empty()
            && self.recipe.is_none()
            && !self.forget
            && !self.refresh
    }
}

enum Task {
    Recipe(Arc<Recipe>),
    Packet(u32),
    Paints(Vec<u32>),
    Rows(Vec<u32>),
    Detail(u32),
    Forget,
    Refresh(Vec<u32>),
}

impl Worker {
    fn run(&self) {
        let mut view = self.session.view();
        let mut tree = Tree::new();
        let mut recipe: Arc<Recipe> = Arc::default();
        while let Some(task) = self.next_task() {
            view.refresh();
            match task {
                Task::Recipe(new) => recipe = new,
                Task::Packet(number) => {
                    let packet = detail(&mut view, number);
                    lock(&self.ready).packets.insert(number, Arc::new(packet));
                }
                Task::Paints(numbers) => {
                    let age = lock(&self.ready).age;
                    let paints = numbers.iter().map(|n| {
                        let read = view.dissect(*n, None, Want::NODES, &mut tree);
                        let paint = read.ok().and_then(|_| {
                            let ruled = recipe.colours.of(&tree, view.bytes());
                            ruled.or_else(|| is_trouble(&tree).then_some(TROUBLE))
                        });
                        (*n, paint)
                    });
                    let paints: Vec<_> = paints.collect();
                    let mut ready = lock(&self.ready);
                    if ready.age == age {
                        if ready.paints.len() > KEPT_PAINTS {
                            ready.paints.clear();
                        }
                        ready.paints.extend(paints);
                    }
                }
                Task::Forget => {
                    self.session.give_back();
                    let mut ready = lock(&self.ready);
                    ready.paints.clear();
                    let shown = ready.detail.as_ref().map(|d| d.number);
                    drop(ready);
                    if let Some(number) = shown {
                        let detail = detail(&mut view, number);
                        lock(&self.ready).detail = Some(Arc::new(detail));
                    }
                }
                Task::Refresh(numbers) => {
                    let age = lock(&self.ready).age;
                    let rows: Vec<_> = numbers
                        .iter()
                        .filter_map(|n| row(&mut view, *n, &mut tree, &recipe))
                        .map(|row| (row.number, Arc::new(ListRow { age, ..row })))
                        .collect();
                    let shown = {
                        let mut ready = lock(&self.ready);
                        // Rows far from here are made anew when they come into sight; those near may be on the screen.
                        let first = numbers.iter().min().map_or(0, |n| n.saturating_sub(NEAR));
                        let last = numbers.iter().max().map_or(0, |n| n.saturating_add(NEAR));
                        ready.rows.retain(|n, _| (first..=last).contains(n));
                        ready.rows.extend(rows);
                        ready.detail.as_ref().map(|d| d.number)
                    };
                    if let Some(number) = shown {
                        let detail = detail(&mut view, number);
                        lock(&self.ready).detail = Some(Arc::new(detail));
                    }
                }
                Task::Detail(number) => {
                    let detail = detail(&mut view, number);
                    lock(&self.ready).detail = Some(Arc::new(detail));
                }
                Task::Rows(numbers) => {
                    let age = lock(&self.ready).age;
                    let rows: Vec<_> = numbers
                        .iter()
                        .filter_map(|n| row(&mut view, *n, &mut tree, &recipe))
                        .map(|row| ListRow { age, ..row })
                        .collect();
                    let mut ready = lock(&self.ready);
                    if ready.rows.len() > KEPT_ROWS {
                        ready.rows.clear();
                    }
                    ready
                        .rows
                        .extend(rows.into_iter().map(|r| (r.number, Arc::new(r))));
                }
            }
            (self.wake)();
        }
    }

    /// Wait for something to do; `None` to end. The chosen packet comes before the rows.
    fn next_task(&self) -> Option<Task> {
        let mut request = lock(&self.request.0);
        request.busy = false;
        loop {
            if request.quit {
                return None;
            }
            request.busy = !request.is_empty();
            if let Some(recipe) = request.recipe.take() {
                return Some(Task::Recipe(recipe));
            }
            if std::mem::take(&mut request.forget) {
                return Some(Task::Forget);
            }
            if let Some(number) = request.detail.take() {
                return Some(Task::Detail(number));
            }
            if !request.rows.is_empty() {
                let some = request.rows.len().min(64);
                return Some(Task::Rows(request.rows.drain(..some).collect()));
            }
            if std::mem::take(&mut request.refresh) {
                return Some(Task::Refresh(request.sight.clone()));
            }
            if let Some(number) = request.packets.pop_front() {
                return Some(Task::Packet(number));
            }
            if !request.paints.is_empty() {
                let some = request.paints.len().min(64);
                return Some(Task::Paints(request.paints.drain(..some).collect()));
            }
            request = self
                .request
                .1
                .wait(request)
                .unwrap_or_else(PoisonError::into_inner);
        }
    }
}

/// The list's line of a frame; a frame that cannot be read says so in its line.
fn row(view: &mut View, number: u32, tree: &mut Tree, recipe: &Recipe) -> Option<ListRow> {
    let meta = view.meta(number)?;
    let want = Want {
        nodes: true,
        labels: false,
        columns: true,
        ..Want::NOTHING
    };
    let base = ListRow {
        number,
        moment: Some(moment(view, number, &meta)),
        length: meta.original,
        ..ListRow::default()
    };
    Some(match view.dissect(number, None, want, tree) {
        Ok(_) => ListRow {
            source: tree.columns.source.to_string(),
            destination: tree.columns.destination.to_string(),
            protocol: tree.columns.protocol.clone(),
            info: tree.columns.info.clone(),
            trouble: is_trouble(tree),
            more: recipe
                .columns
                .iter()
                .map(|fields| {
                    let mut text = String::new();
                    values(tree, view.bytes(), fields, &mut text);
                    text
                })
                .collect(),
            paint: recipe.colours.of(tree, view.bytes()),
            talk: talk(tree),
            ..base
        },
        Err(error) => ListRow {
            info: format!("cannot be read: {error}"),
            trouble: true,
            ..base
        },
    })
}

/// A warning or an error anywhere in the packet.
fn is_trouble(tree: &Tree) -> bool {
    let bad = |n: &crate::dissect::Node| n.severity > Severity::Note as u8 + 1;
    tree.nodes.iter().any(bad)
}

/// The colour of packets with trouble that no rule has.
const TROUBLE: Paint = Paint {
    hue: Hue::Red,
    reach: Reach::Line,
};

/// Colours kept for the map; when there are more, all are made anew.
const KEPT_PAINTS: usize = 200_000;

/// The times that the list may show of a frame.
fn moment(view: &View, number: u32, meta: &FrameMeta) -> Moment {
    let before = number.checked_sub(1).and_then(|n| view.meta(n));
    Moment {
        time_ns: meta.time_ns,
        relative_ns: view.relative_ns(number, meta),
        captured_before_ns: before.map(|m| m.time_ns).filter(|t| *t != NO_TIME),
        displayed_before_ns: None,
        is_reference: view.marks().references.contains(number),
    }
}

fn detail(view: &mut View, number: u32) -> Detail {
    let mut tree = Tree::new();
    let error = match view.dissect(number, number.checked_sub(1), Want::ALL, &mut tree) {
        Ok(_) => None,
        Err(error) => Some(error.to_string()),
    };
    let bytes = view.bytes().to_vec();
    let related = related(view, number, &tree);
    let relations = relations(view.session(), number, &tree);
    Detail {
        number,
        relations,
        tree,
        bytes,
        error,
        related,
    }
}

/// The packets that a tree has links to.
fn related(view: &mut View, number: u32, tree: &Tree) -> Vec<Related> {
    let mut found: Vec<Related> = Vec::new();
    for node in tree.nodes.iter().filter(|n| n.field.kind == Kind::Frame) {
        let Value::U(target) = node.value else {
            continue;
        };
        let Ok(target) = u32::try_from(target) else {
            continue;
        };
        if target == number || found.iter().any(|r| r.number == target) {
            continue;
        }
        let mut tree = Tree::new();
        let before = target.checked_sub(1);
        if let Ok(true) = view.dissect(target, before, Want::ALL, &mut tree) {
            found.push(Related {
                number: target,
                tree,
                bytes: view.bytes().to_vec(),
            });
        }
        if found.len() == RELATED {
            break;
        }
    }
    found
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

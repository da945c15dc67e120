//! What the window shows, made in the background: the rows in sight and the packet chosen. The window asks each time it is drawn
//! and paints what is there; the feed's thread works on the newest request only.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use super::load::{Session, Wake};
use super::view::View;
use crate::dissect::{Tree, Value, Want};
use crate::field::{Kind, Severity};

/// A line of the packet list, ready to paint.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListRow {
    /// Frame number.
    pub number: u32,
    /// Time since the first frame, nanoseconds.
    pub relative_ns: i64,
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
        let found: Vec<_> = {
            let ready = lock(&self.ready);
            numbers.map(|n| (n, ready.rows.get(&n).cloned())).collect()
        };
        let missing: VecDeque<u32> = found
            .iter()
            .filter(|(_, row)| row.is_none())
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

    /// Whether all that was asked for is ready.
    pub fn is_idle(&self) -> bool {
        let request = lock(&self.request.0);
        request.rows.is_empty()
            && request.detail.is_none()
            && !request.forget
            && !request.refresh
            && !request.busy
    }

    /// Make anew what is in sight, while what is there stays until then: a live capture has gone on, answers may now be known.
    pub fn refresh(&self) {
        lock(&self.request.0).refresh = true;
        self.request.1.notify_one();
    }

    /// Make everything anew: history has gone on (the capture is loaded), answers may now be known.
    pub fn forget(&self) {
        lock(&self.request.0).forget = true;
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

enum Task {
    Rows(Vec<u32>),
    Detail(u32),
    Forget,
    Refresh(Vec<u32>),
}

impl Worker {
    fn run(&self) {
        let mut view = self.session.view();
        let mut tree = Tree::new();
        while let Some(task) = self.next_task() {
            view.refresh();
            match task {
                Task::Forget => {
                    self.session.give_back();
                    let mut ready = lock(&self.ready);
                    ready.rows.clear();
                    let shown = ready.detail.take().map(|d| d.number);
                    drop(ready);
                    if let Some(number) = shown {
                        let detail = detail(&mut view, number);
                        lock(&self.ready).detail = Some(Arc::new(detail));
                    }
                }
                Task::Refresh(numbers) => {
                    let rows: Vec<_> = numbers
                        .iter()
                        .filter_map(|n| row(&mut view, *n, &mut tree))
                        .map(|row| (row.number, Arc::new(row)))
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
                    let rows: Vec<_> = numbers
                        .iter()
                        .filter_map(|n| row(&mut view, *n, &mut tree))
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
            request.busy = request.forget
                || request.refresh
                || request.detail.is_some()
                || !request.rows.is_empty();
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
            request = self
                .request
                .1
                .wait(request)
                .unwrap_or_else(PoisonError::into_inner);
        }
    }
}

/// The list's line of a frame; a frame that cannot be read says so in its line.
fn row(view: &mut View, number: u32, tree: &mut Tree) -> Option<ListRow> {
    let meta = view.meta(number)?;
    let want = Want {
        nodes: true,
        labels: false,
        columns: true,
        until: None,
    };
    let base = ListRow {
        number,
        relative_ns: view.relative_ns(&meta),
        length: meta.original,
        ..ListRow::default()
    };
    Some(match view.dissect(number, None, want, tree) {
        Ok(_) => ListRow {
            source: tree.columns.source.to_string(),
            destination: tree.columns.destination.to_string(),
            protocol: tree.columns.protocol.clone(),
            info: tree.columns.info.clone(),
            trouble: tree
                .nodes
                .iter()
                .any(|n| n.severity > Severity::Note as u8 + 1),
            ..base
        },
        Err(error) => ListRow {
            info: format!("cannot be read: {error}"),
            trouble: true,
            ..base
        },
    })
}

fn detail(view: &mut View, number: u32) -> Detail {
    let mut tree = Tree::new();
    let error = match view.dissect(number, number.checked_sub(1), Want::ALL, &mut tree) {
        Ok(_) => None,
        Err(error) => Some(error.to_string()),
    };
    let bytes = view.bytes().to_vec();
    let related = related(view, number, &tree);
    Detail {
        number,
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

//! What the window costs with a large capture open: processor time of a redraw, and how long a filter takes until its first
//! rows and until its last. See README.md here.
//!
//! Without arguments a capture of 1.4 million frames is made from those of `captures/` (in a temporary folder) and measured;
//! `WIREGLASS_BENCH=FILE` takes a file of yours, `WIREGLASS_FRAMES=N` makes one of so many frames.
#![allow(clippy::unwrap_used, missing_docs)]

use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};

use egui::{
    Context, Event, Key, Modifiers, MouseWheelSource, MouseWheelUnit, PointerButton, Pos2,
    RawInput, Rect, TouchPhase, Vec2, ViewportId, ViewportInfo,
};
use wireglass::dissect::Options;
use wireglass::filter;
use wireglass::session::{FilterRun, Session};
use wireglass::ui::App;

/// Frames that a made capture has.
const FRAMES: usize = 1_400_000;

/// How often each is tried.
const ROUNDS: u32 = 3;

/// Filters: what they ask for, and the text.
const FILTERS: &[(&str, &str)] = &[
    ("columns", "tcp"),
    ("columns", "dns"),
    ("columns", "tcp.port == 80"),
    ("columns", "ip.addr == 10.9.9.9"),
    ("columns", "tcp.stream == 7"),
    ("columns", "tcp.analysis.retransmission"),
    ("field", "tcp.flags.syn == 1"),
    ("field", "frame.len > 1000"),
    ("field", "ip.ttl < 32"),
    ("field", "http.request.method == \"GET\""),
    ("field", "dns.qry.name contains \"example\""),
    ("field", "tcp.time_delta > 0.5"),
    ("field", "frame contains \"GET /\""),
    ("deep", "http.file_data contains \"nowhere to be found\""),
];

fn main() {
    // `cargo bench` says so; all else is not for us.
    let folder = tempfile::tempdir().unwrap();
    let path = match std::env::var_os("WIREGLASS_BENCH") {
        Some(path) => PathBuf::from(path),
        None => {
            let frames = std::env::var("WIREGLASS_FRAMES").ok();
            let frames = frames.and_then(|n| n.parse().ok()).unwrap_or(FRAMES);
            let path = folder.path().join("large.pcap");
            make(&path, frames);
            path
        }
    };
    opening(&path);
    redraws(&path);
    filters(&path);
}

// ---- opening ----------------------------------------------------------------------------------------------------------

/// From choosing the file until its first rows can be painted, and until the last frame is counted.
fn opening(path: &Path) {
    println!("\nopening                         first rows        whole   memory");
    for _ in 0..3 {
        let mut screen = Screen::new(Vec2::new(1280.0, 800.0));
        screen.redraw(Vec::new());
        let begun = Instant::now();
        screen.app.open(path, &screen.ctx.clone());
        while screen.app.time_of_row(8).is_none() {
            screen.redraw(Vec::new());
            std::thread::sleep(Duration::from_millis(1));
        }
        let first = begun.elapsed();
        while !screen.app.is_idle() {
            screen.redraw(Vec::new());
            std::thread::sleep(Duration::from_millis(2));
        }
        println!(
            "{:<28} {:>10.1} ms {:>9.0} ms {:>5} MB",
            "",
            ms(first),
            ms(begun.elapsed()),
            resident() >> 20
        );
    }
}

// ---- redraws ----------------------------------------------------------------------------------------------------------

/// The window without a window: its picture is laid out and cut into triangles, as for a graphics card.
struct Screen {
    ctx: Context,
    app: App,
    size: Vec2,
    began: Instant,
}

impl Screen {
    fn new(size: Vec2) -> Screen {
        let ctx = Context::default();
        let app = App::new(&ctx);
        Screen {
            ctx,
            app,
            size,
            began: Instant::now(),
        }
    }

    /// Draw once; returns what that took of this thread's processor time.
    fn redraw(&mut self, events: Vec<Event>) -> Duration {
        let mut input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, self.size)),
            time: Some(self.began.elapsed().as_secs_f64()),
            focused: true,
            events,
            ..RawInput::default()
        };
        let info = ViewportInfo {
            native_pixels_per_point: Some(1.0),
            focused: Some(true),
            ..ViewportInfo::default()
        };
        input.viewports.insert(ViewportId::ROOT, info);
        let before = thread_time();
        let app = &mut self.app;
        let output = self.ctx.run_ui(input, |ui| {
            app.update(&ui.ctx().clone());
            app.show(ui);
        });
        let shapes = output.shapes.clone();
        let triangles = self.ctx.tessellate(shapes, output.pixels_per_point);
        let spent = thread_time() - before;
        std::hint::black_box(triangles);
        output.drop_without_applying_deltas();
        spent
    }

    fn rest(&mut self) {
        let mut rounds = 0;
        while rounds < 3 {
            self.redraw(Vec::new());
            rounds = if self.app.is_idle() { rounds + 1 } else { 0 };
            std::thread::sleep(Duration::from_millis(2));
        }
    }

    /// Draw with these events, time and again, and say what it took; between two pictures the other threads may work.
    fn measure(&mut self, what: &str, times: usize, mut events: impl FnMut(usize) -> Vec<Event>) {
        self.rest();
        let mut spent = Vec::with_capacity(times);
        let all = process_time();
        for at in 0..times {
            spent.push(self.redraw(events(at)));
            std::thread::sleep(Duration::from_millis(8));
        }
        let all = (process_time() - all) / u32::try_from(times).unwrap();
        spent.sort();
        println!(
            "{what:<36} {:>6.2} {:>6.2} {:>6.2} {:>9.2} ms",
            ms(spent[times / 2]),
            ms(spent[times * 95 / 100]),
            ms(spent[times - 1]),
            ms(all)
        );
    }
}

fn redraws(path: &Path) {
    let begun = Instant::now();
    for size in [Vec2::new(1280.0, 800.0), Vec2::new(1920.0, 1080.0)] {
        let mut screen = Screen::new(size);
        screen.redraw(Vec::new());
        screen.app.open(path, &screen.ctx.clone());
        screen.rest();
        println!(
            "\nredraw at {} x {} (ready after {:.1} s)  median    95 %    most  all threads",
            size.x,
            size.y,
            begun.elapsed().as_secs_f64()
        );
        all_redraws(&mut screen, "");
        screen.app.set_filter("tcp");
        screen.app.open(path, &screen.ctx.clone());
        all_redraws(&mut screen, ", filtered");
    }
}

fn all_redraws(screen: &mut Screen, how: &str) {
    let list = Pos2::new(screen.size.x / 2.0, 200.0);
    screen.measure(&format!("at rest{how}"), 200, |_| Vec::new());
    screen.measure(&format!("a packet further{how}"), 200, |_| {
        vec![key(Key::ArrowDown, true), key(Key::ArrowDown, false)]
    });
    screen.measure(&format!("wheel{how}"), 400, |at| {
        let notches = if at < 200 { -3.0 } else { 3.0 };
        vec![Event::PointerMoved(list), wheel(notches)]
    });
    let bar = screen.size.x - 6.0;
    let (top, bottom) = (80.0, screen.size.y * 0.5);
    screen.measure(&format!("scroll bar drawn{how}"), 400, |at| {
        let share = (at as f32 / 399.0).min(1.0);
        let to = Pos2::new(bar, top + (bottom - top) * share);
        let mut events = vec![Event::PointerMoved(to)];
        if at == 0 || at == 399 {
            events.push(Event::PointerButton {
                pos: to,
                button: PointerButton::Primary,
                pressed: at == 0,
                modifiers: Modifiers::NONE,
            });
        }
        events
    });
}

fn key(key: Key, pressed: bool) -> Event {
    Event::Key {
        key,
        physical_key: None,
        pressed,
        repeat: false,
        modifiers: Modifiers::NONE,
    }
}

fn wheel(lines: f32) -> Event {
    Event::MouseWheel {
        unit: MouseWheelUnit::Line,
        delta: Vec2::new(0.0, lines),
        phase: TouchPhase::Move,
        source: MouseWheelSource::Unknown,
        modifiers: Modifiers::NONE,
    }
}

// ---- filters ----------------------------------------------------------------------------------------------------------

/// How long a filter takes from being applied until as many rows as the list shows are there, and until all are.
fn filters(path: &Path) {
    let registry = Arc::new(wireglass::protocols::registry());
    let wake: Arc<dyn Fn() + Send + Sync> = Arc::new(|| {});
    let session = Session::open(path, Arc::clone(&registry), Options::default(), wake).unwrap();
    session.wait();
    let session = Arc::new(session);
    println!(
        "\nfilter, {} frames                                        first rows      whole  processor     rows",
        session.snapshot().len()
    );
    for (kind, text) in FILTERS {
        let mut best: Option<(Duration, Duration, u32)> = None;
        let before = spent_by_all();
        for _ in 0..ROUNDS {
            let filter = Arc::new(filter::compile(text, &registry).unwrap());
            let bell = Arc::new((Mutex::new(false), Condvar::new()));
            let wake = {
                let bell = Arc::clone(&bell);
                Arc::new(move || {
                    *bell.0.lock().unwrap() = true;
                    bell.1.notify_one();
                })
            };
            let begun = Instant::now();
            let run = FilterRun::start(&session, filter, wake);
            let mut first = None;
            let state = loop {
                let mut rung = bell.0.lock().unwrap();
                while !*rung {
                    rung = bell.1.wait(rung).unwrap();
                }
                *rung = false;
                drop(rung);
                let state = run.state();
                if state.rows.len() >= 20 || state.done {
                    first.get_or_insert_with(|| begun.elapsed());
                }
                if state.done {
                    break state;
                }
            };
            let this = (first.unwrap(), begun.elapsed(), state.rows.len());
            if best.is_none_or(|best| this.1 < best.1) {
                best = Some(this);
            }
        }
        let (first, whole, rows) = best.unwrap();
        let spent = (spent_by_all() - before) / ROUNDS;
        println!(
            "{kind:<8} {text:<50} {:>8.1} ms {:>7.1} ms {:>7.1} ms {rows:>8}",
            ms(first),
            ms(whole),
            ms(spent)
        );
    }
}

// ---- the capture ------------------------------------------------------------------------------------------------------

/// Write so many frames: those of `captures/`, over and over, each round with hosts of its own.
fn make(path: &Path, wanted: usize) {
    let mut frames = Vec::new();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("captures");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "pcap"))
        .collect();
    files.sort();
    let registry = Arc::new(wireglass::protocols::registry());
    for file in files {
        let wake: Arc<dyn Fn() + Send + Sync> = Arc::new(|| {});
        let registry = Arc::clone(&registry);
        let Ok(session) = Session::open(&file, registry, Options::default(), wake) else {
            continue;
        };
        session.wait();
        let session = Arc::new(session);
        let mut view = session.view();
        for number in 1..=view.len() {
            let meta = view.meta(number).unwrap();
            let ethernet = view.interfaces()[meta.interface as usize].link_type == 1;
            if ethernet && view.read(&meta).is_ok() {
                frames.push((meta.original, view.bytes().to_vec()));
            }
        }
    }
    let mut out = BufWriter::new(std::fs::File::create(path).unwrap());
    for word in [0xa1b2_c3d4u32, 0x0004_0002, 0, 0, 262_144, 1] {
        out.write_all(&word.to_le_bytes()).unwrap();
    }
    let known = frames.len();
    assert!(known > 0, "no captures to make one from");
    for at in 0..wanted {
        let (original, frame) = &mut frames[at % known];
        let round = (at / known) as u16;
        let at_address = match frame.get(12..14) {
            Some([0x08, 0x00]) => &[26, 30][..],
            Some([0x86, 0xdd]) => &[24, 40],
            _ => &[],
        };
        for place in at_address {
            if let Some(address) = frame.get_mut(*place..place + 2) {
                address.copy_from_slice(&0x0a00u16.wrapping_add(round).to_be_bytes());
            }
        }
        let words = [
            1_600_000_000 + (at / 10_000) as u32,
            (at % 10_000 * 100) as u32,
            frame.len() as u32,
            *original,
        ];
        for word in words {
            out.write_all(&word.to_le_bytes()).unwrap();
        }
        out.write_all(frame).unwrap();
    }
    out.flush().unwrap();
    println!("made a capture of {wanted} frames from {known}");
}

// ---- clocks -----------------------------------------------------------------------------------------------------------

/// Processor time of this thread, from the system's scheduler.
fn thread_time() -> Duration {
    // The scheduler counts when it is asked to choose.
    std::thread::yield_now();
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let word = text.split(' ').next().and_then(|w| w.parse().ok());
    Duration::from_nanos(word.unwrap_or(0))
}

/// Processor time of all threads that are alive.
fn process_time() -> Duration {
    let tasks = std::fs::read_dir("/proc/self/task").unwrap();
    let times = tasks.filter_map(|task| {
        let text = std::fs::read_to_string(task.ok()?.path().join("schedstat")).ok()?;
        text.split(' ').next()?.parse::<u64>().ok()
    });
    Duration::from_nanos(times.sum())
}

/// Processor time of all threads there were, in hundredths of a second.
fn spent_by_all() -> Duration {
    let text = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let words = text.rsplit(')').next().unwrap_or("").split_whitespace();
    let ticks: u64 = words
        .skip(11)
        .take(2)
        .filter_map(|w| w.parse::<u64>().ok())
        .sum();
    Duration::from_millis(ticks * 10)
}

/// Memory of this process, bytes.
fn resident() -> u64 {
    let text = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
    let pages = text.split(' ').nth(1).and_then(|w| w.parse::<u64>().ok());
    pages.unwrap_or(0) * 4096
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

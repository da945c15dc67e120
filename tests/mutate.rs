//! Every byte comes from a stranger: captures cut short and with flipped bits are read, shown and filtered.
//!
//! Nothing may panic (a panic caught at the dissector's border counts), and a frame must look the same whenever it is
//! dissected: dissecting is a pure function of bytes and facts. All is seeded, so what fails once fails again.
//!
//! `WIREGLASS_CAPTURES=FOLDER` takes in the captures of another folder too.

use std::collections::BTreeSet;
use std::panic::PanicHookInfo;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, Once, PoisonError};
use std::time::{Duration, Instant};

use wireglass::dissect::{Options, Tree, Want};
use wireglass::filter::{self, Filter};

use crate::memory::{Frame, Memory};
use crate::support::{CAPTURES, files_below, open, package, registry};

/// A frame of a mutated capture may take this long; the slowest honest one takes a hundredth of it.
const PATIENCE: Duration = Duration::from_secs(2);

/// Filters that look at many kinds of values, in many ways.
const FILTERS: &[&str] = &[
    "ip.addr == 192.0.2.1 or ipv6.addr == 2001:db8::/32",
    "frame contains \"the\" and not tcp.flags.syn == 1",
    "eth.addr[0:3] == 02:00:00 || tcp.payload[1:] contains 0a",
    "http.host matches \"^www\" or dns.qry.name matches \"(?i)ORG$\"",
    "len(frame) > 100 and lower(dns.qry.name) != \"x\" and udp.port in {53, 5000..6000}",
];

/// A small generator of numbers (xorshift); good enough to choose bits, and the same everywhere.
struct Random(u64);

impl Random {
    fn new(seed: u64) -> Random {
        Random(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, end: usize) -> usize {
        (self.next() >> 11) as usize % end.max(1)
    }
}

/// Panics in our own code or in libraries, wherever they were caught.
static PANICS: Mutex<Vec<String>> = Mutex::new(Vec::new());
/// Tests of this file run one after the other, so that a panic belongs to one of them.
static TURN: Mutex<()> = Mutex::new(());

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Take notice of panics from now on.
fn watch() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let usual = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info: &PanicHookInfo<'_>| {
            if info
                .location()
                .is_some_and(|l| l.file().starts_with("tests"))
            {
                usual(info);
            } else {
                lock(&PANICS).push(info.to_string());
            }
        }));
    });
}

/// Fail if anything panicked.
fn no_panic(doing: &str) {
    let panics = std::mem::take(&mut *lock(&PANICS));
    assert!(panics.is_empty(), "{doing}: {}", panics.join("\n"));
}

fn filters() -> Vec<Filter> {
    FILTERS
        .iter()
        .map(|text| {
            filter::compile(text, registry()).unwrap_or_else(|e| panic!("{}", e.render(text)))
        })
        .collect()
}

/// The captures to take.
fn sources() -> Vec<PathBuf> {
    let mut files = files_below(&package("captures"), CAPTURES);
    match std::env::var_os("WIREGLASS_CAPTURES") {
        Some(folder) => files.extend(files_below(Path::new(&folder), CAPTURES)),
        None => println!("WIREGLASS_CAPTURES is not set: only captures/ is taken"),
    }
    files
}

/// The frames of a capture, at most `most`.
fn frames(path: &Path, most: u32) -> Vec<Frame> {
    let Some(session) = open(path) else {
        return Vec::new();
    };
    let mut view = session.view();
    let mut frames = Vec::new();
    for number in 1..=view.len().min(most) {
        let meta = view.meta(number).unwrap();
        view.read(&meta).unwrap();
        frames.push(Frame {
            bytes: view.bytes().to_vec(),
            original: meta.original,
            link: view
                .interfaces()
                .get(meta.interface as usize)
                .map_or(u16::MAX, |i| i.link_type),
            time_ns: meta.time_ns,
        });
    }
    frames
}

/// Share out work among the processors. `work` gets a path.
fn in_parallel(paths: &[PathBuf], work: impl Fn(&Path) + Sync) {
    let next = AtomicUsize::new(0);
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some(path) = paths.get(next.fetch_add(1, Ordering::Relaxed)) {
                    work(path);
                }
            });
        }
    });
}

/// Scan the frames, show and filter the last `shown` of them, forth and back: both must be the same.
fn read_all(frames: Vec<Frame>, shown: usize, filters: &[Filter], doing: &dyn Fn() -> String) {
    let options = Options {
        verify_checksums: true,
    };
    let begin = Instant::now();
    let memory = Memory::scan(frames, registry(), &options);
    let count = memory.frames.len();
    let first = count - shown.min(count);
    let mut tree = Tree::new();
    let mut forth = Vec::with_capacity(shown);
    for index in first..count {
        memory.read(index, registry(), &options, Want::ALL, &mut tree);
        let mut text = String::new();
        memory.show(index, &tree, &mut text);
        for filter in filters {
            text.push(if filter.matches(&tree, &memory.frames[index].bytes) {
                '1'
            } else {
                '0'
            });
        }
        forth.push(text);
    }
    for index in (first..count).rev() {
        let mut tree = Tree::new();
        memory.read(index, registry(), &options, Want::ALL, &mut tree);
        let mut text = String::new();
        memory.show(index, &tree, &mut text);
        let before = &forth[index - first];
        assert!(
            before.starts_with(&text),
            "{}, frame {}: dissected twice, it differs\n{before}\n{text}",
            doing(),
            index + 1
        );
    }
    let took = begin.elapsed();
    assert!(
        took < PATIENCE * (count as u32 / 100 + 1),
        "{}: took {took:?}",
        doing()
    );
    no_panic(&doing());
}

/// Frames of different kinds: the first of each chain of protocols, and a few that differ in length.
fn sample(frames: &[Frame], most: usize) -> Vec<usize> {
    let memory = Memory::scan(frames.to_vec(), registry(), &Options::default());
    let mut seen = BTreeSet::new();
    let mut chosen = Vec::new();
    for (index, frame) in frames.iter().enumerate() {
        let kind = (
            memory.facts.chain(index as u32 + 1).0,
            frame.bytes.len().ilog2(),
        );
        if seen.insert(kind) && chosen.len() < most {
            chosen.push(index);
        }
    }
    chosen
}

#[test]
fn every_prefix_of_a_frame() {
    let _turn = lock(&TURN);
    watch();
    let begin = Instant::now();
    let count = AtomicUsize::new(0);
    in_parallel(&sources(), |path| {
        let frames = frames(path, 200);
        for index in sample(&frames, 8) {
            // What came shortly before gives the frame its history: a request, the first fragments.
            let before = &frames[index.saturating_sub(3)..index];
            let whole = &frames[index];
            // All of a head, then every ninth place: bodies repeat themselves.
            let places = (0..whole.bytes.len()).filter(|n| *n < 200 || n % 9 == 0);
            for len in places {
                // Cut by the one who recorded, or shorter on the wire already.
                for original in [whole.original, len as u32] {
                    let mut cut = before.to_vec();
                    cut.push(Frame {
                        bytes: whole.bytes[..len].to_vec(),
                        original,
                        ..*whole
                    });
                    count.fetch_add(1, Ordering::Relaxed);
                    read_all(cut, 1, &[], &|| {
                        format!("{path:?}, frame {}, {len} of {original} bytes", index + 1)
                    });
                }
            }
        }
    });
    println!("{} prefixes in {:?}", count.into_inner(), begin.elapsed());
}

/// Change a frame in one of the ways in which the world does it.
fn damage(frame: &mut Frame, random: &mut Random) {
    let len = frame.bytes.len();
    if len == 0 {
        return;
    }
    // Heads matter more than bodies.
    let place = |random: &mut Random| match random.below(2) {
        0 => random.below(len.min(80)),
        _ => random.below(len),
    };
    match random.below(8) {
        0..4 => {
            let at = place(random);
            frame.bytes[at] ^= 1 << random.below(8);
        }
        4 => {
            let at = place(random);
            frame.bytes[at] = [0, 0xff, 0x7f, 0x80][random.below(4)];
        }
        5 => {
            let (at, to) = (place(random), place(random));
            let byte = frame.bytes[at];
            frame.bytes[to] = byte;
        }
        6 => {
            let at = place(random);
            frame.bytes.drain(at..(at + 1 + random.below(4)).min(len));
        }
        _ => {
            let at = place(random);
            let byte = random.next() as u8;
            frame.bytes.insert(at, byte);
        }
    }
    frame.original = frame.original.max(frame.bytes.len() as u32);
}

#[test]
fn flipped_bits_in_frames() {
    let _turn = lock(&TURN);
    watch();
    let begin = Instant::now();
    let count = AtomicUsize::new(0);
    let filters = filters();
    in_parallel(&sources(), |path| {
        let frames = frames(path, 150);
        if frames.is_empty() {
            return;
        }
        let rounds = (2400 / frames.len()).clamp(6, 60);
        for seed in 0..rounds as u64 {
            let mut random = Random::new(seed + 1);
            let mut damaged = frames.clone();
            for frame in &mut damaged {
                for _ in 0..random.below(4) {
                    damage(frame, &mut random);
                }
            }
            // Frames may also come twice, change places, or not at all.
            let (a, b) = (random.below(damaged.len()), random.below(damaged.len()));
            match random.below(4) {
                0 => damaged.swap(a, b),
                1 => damaged.insert(a, damaged[b].clone()),
                2 if damaged.len() > 1 => drop(damaged.remove(a)),
                _ => {}
            }
            let len = damaged.len();
            count.fetch_add(len, Ordering::Relaxed);
            read_all(damaged, len, &filters, &|| format!("{path:?}, seed {seed}"));
        }
    });
    println!("{} frames in {:?}", count.into_inner(), begin.elapsed());
}

#[test]
fn flipped_bits_in_files() {
    let _turn = lock(&TURN);
    watch();
    let begin = Instant::now();
    let mut count = 0;
    let folder = tempfile::tempdir().unwrap();
    for path in sources() {
        let whole = std::fs::read(&path).unwrap();
        if whole.len() > 1 << 20 {
            continue;
        }
        for seed in 0..16u64 {
            let mut random = Random::new(seed + 1);
            let mut bytes = whole.clone();
            for _ in 0..=random.below(3) {
                // Half of the places in the file's own header and first blocks.
                let near = [bytes.len(), 200][random.below(2)].min(bytes.len());
                match (random.below(6), near) {
                    (_, 0) => {}
                    (0, _) => bytes.truncate(random.below(bytes.len())),
                    (1, _) => bytes[random.below(near)] = 0xff,
                    (2, _) => bytes[random.below(near)] = 0,
                    (_, _) => bytes[random.below(near)] ^= 1 << random.below(8),
                }
            }
            let target = folder.path().join("damaged");
            std::fs::write(&target, &bytes).unwrap();
            let doing = format!("{path:?}, file, seed {seed}");
            let before = Instant::now();
            if let Some(session) = open(&target) {
                assert!(session.is_loaded(), "{doing}");
                let mut view = session.view();
                let mut tree = Tree::new();
                for number in 1..=view.len().min(2000) {
                    // A frame that cannot be read any more is an error, which is what it should be.
                    let _ = view.dissect(number, None, Want::ALL, &mut tree);
                }
            }
            assert!(
                before.elapsed() < PATIENCE * 4,
                "{doing}: {:?}",
                before.elapsed()
            );
            no_panic(&doing);
            count += 1;
        }
    }
    println!("{count} files in {:?}", begin.elapsed());
}

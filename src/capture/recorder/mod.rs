//! Recording: frames from interfaces into a file, as fast as they come.
//!
//! ```text
//!  interface ─► capture thread ─► parcels ─► writer thread ─► file ─► whoever reads it as it grows (Growth)
//!               (one each; copies             (order, limits,
//!                and nothing else)             files, counters)
//! ```
//!
//! A capture thread copies each frame once, out of the kernel's buffer into a [`Parcel`] in the form that the file has, and
//! waits for nobody as long as the disk is no more than [`WAITING`] parcels behind; then the kernel's buffer fills, and the
//! kernel counts what it has to drop. A parcel is sent off as soon as no more frames are waiting, so what a sudden end of the
//! program could lose is what came within the last tenth of a second. If somebody looks at the frames, those of a slow link are
//! not even held back by the kernel ([`prompt`]).

mod files;
mod merge;
mod parcel;
mod pipe;
mod prompt;

use std::collections::HashSet;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, SyncSender, channel, sync_channel};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

pub(super) use files::stamp;
use files::{End, Files};
pub use files::{Output, Ring};
use merge::Merge;
use parcel::Parcel;
use prompt::Prompt;

use super::live::{LiveError, Tap, TapCounts, TapOptions, TapStopper};
use super::{CaptureInfo, CaptureWriter, FileFormat, Growth, Interface, Section};
use super::{Resolution, info::Statistics};

/// Parcels that may wait for the disk: 32 MB.
const WAITING: usize = 512;
/// Frames taken from libpcap in one go.
const BATCH: usize = 1024;
/// How often it is looked whether the interfaces are still up.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// How often the kernel is asked what it dropped.
const COUNT_EVERY: Duration = Duration::from_millis(200);

/// When a capture ends by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct StopAfter {
    /// After so many frames.
    pub packets: Option<u64>,
    /// When the (only) file has so many bytes.
    pub bytes: Option<u64>,
    /// After so many files.
    pub files: Option<u32>,
    /// After so much time.
    pub time: Option<Duration>,
}

/// What to capture, and where to put it.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    /// Interfaces, each with how it is listened to.
    pub taps: Vec<(String, TapOptions)>,
    /// Where the frames go. The first can be read while it grows, if it is one file.
    pub outputs: Vec<Output>,
    /// Kind of file. A pcap file holds frames of one interface only.
    pub format: FileFormat,
    /// When to end.
    pub stop: StopAfter,
    /// Comments on the whole capture (pcapng).
    pub comments: Vec<String>,
    /// Whether the user's group may read the files.
    pub group: bool,
    /// Whether somebody looks at the frames as they come: then those of one slow link are not held back (of several, each has to
    /// wait for the others).
    pub prompt: bool,
}

/// Why a capture could not begin.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RecorderError {
    /// An interface cannot be listened to.
    #[error(transparent)]
    Live(#[from] LiveError),
    /// The file cannot be written.
    #[error("{0}")]
    Output(String),
    /// What was asked for makes no sense.
    #[error("{0}")]
    Plan(String),
}

/// What one interface has counted.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct InterfaceCounters {
    /// Its name.
    pub name: String,
    /// Link type of its frames.
    pub link_type: u16,
    /// Frames from it that were written.
    pub written: u64,
    /// What the kernel counted.
    pub kernel: TapCounts,
}

/// What was counted so far.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Counters {
    /// Frames written.
    pub packets: u64,
    /// Their bytes on the wire.
    pub bytes: u64,
    /// Frames that were taken from the kernel and could not be written (the disk was full).
    pub unwritten: u64,
    /// Each interface.
    pub interfaces: Vec<InterfaceCounters>,
}

impl Counters {
    /// Frames that the kernel dropped, at all interfaces.
    pub fn dropped(&self) -> u64 {
        self.interfaces.iter().map(|i| i.kernel.dropped).sum()
    }

    /// Frames that the interfaces dropped.
    pub fn interface_dropped(&self) -> u64 {
        let each = self.interfaces.iter();
        each.map(|i| i.kernel.interface_dropped).sum()
    }
}

/// How a capture ended.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ended {
    /// What went wrong, in words for the user; nothing if it was stopped or reached its limit.
    pub faults: Vec<String>,
    /// The files that there are now.
    pub files: Vec<PathBuf>,
}

/// A running capture. Dropping it stops it.
pub struct Recorder {
    shared: Arc<Shared>,
    path: PathBuf,
    began: Instant,
    /// Locks the file for as long as this is there, so that others see that it is not left over.
    _lock: Option<File>,
}

#[derive(Default)]
struct Shared {
    growth: Arc<Growth>,
    counters: Mutex<Counters>,
    stoppers: Vec<TapStopper>,
    /// The frames come through a pipe, which nothing but its other end can end.
    pipe: bool,
    ended: Mutex<Option<Ended>>,
    has_ended: Condvar,
}

impl Shared {
    fn stop(&self) {
        self.stoppers.iter().for_each(TapStopper::stop);
        if self.pipe {
            self.end(Ended::default());
        }
    }

    /// The capture has ended, and the files are complete. What was said first holds.
    fn end(&self, ended: Ended) {
        self.growth.end();
        lock(&self.ended).get_or_insert(ended);
        self.has_ended.notify_all();
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Recorder {
    /// Begins to capture. When it returns, frames are being taken, and the first output has its head.
    pub fn start(plan: &Plan) -> Result<Self, RecorderError> {
        if plan.taps.is_empty() {
            return Err(RecorderError::Plan("no interface to capture on".into()));
        }
        if plan.taps.len() > 1 && plan.format != FileFormat::Pcapng {
            return Err(RecorderError::Plan(
                "a pcap file holds the frames of one interface; write pcapng, or capture on one"
                    .into(),
            ));
        }
        let mut taps = Vec::new();
        for (device, options) in &plan.taps {
            let mut tap = Tap::open(device, options)?;
            if plan.prompt && !tap.stamps_once() {
                // No interface of Linux; others have a buffer that immediate mode takes nothing from.
                let options = TapOptions {
                    immediate: true,
                    ..options.clone()
                };
                drop(tap);
                tap = Tap::open(device, &options)?;
            }
            taps.push(tap);
        }
        let info = describe(plan, &taps);
        let mut head = Vec::new();
        CaptureWriter::new(&mut head, plan.format, &info)
            .and_then(|mut writer| writer.flush())
            .map_err(|error| RecorderError::Output(error.to_string()))?;
        let mut outputs = Vec::new();
        for output in &plan.outputs {
            let mut files = Files::new(output.clone(), head.clone()).limits(
                plan.stop.bytes,
                plan.stop.files,
                plan.group,
            );
            files.begin().map_err(RecorderError::Output)?;
            outputs.push(files);
        }
        let growth = Growth::default();
        growth.advance(outputs.first().map_or(0, Files::written));
        let path = outputs
            .first()
            .map_or_else(PathBuf::new, |o| o.path().to_owned());
        let interfaces = taps.iter().map(|tap| InterfaceCounters {
            name: tap.device().to_owned(),
            link_type: tap.link().link_type(),
            ..InterfaceCounters::default()
        });
        let shared = Arc::new(Shared {
            growth: Arc::new(growth),
            counters: Mutex::new(Counters {
                interfaces: interfaces.collect(),
                ..Counters::default()
            }),
            stoppers: taps.iter_mut().map(Tap::stopper).collect(),
            ..Shared::default()
        });
        // Taken apart when anything below fails: dropping it ends the threads that run already.
        let recorder = Self::of(Arc::clone(&shared), &path);
        let began = recorder.began;
        let (to_writer, parcels) = sync_channel(WAITING);
        let mut empties = Vec::new();
        let failed = |error: std::io::Error| RecorderError::Plan(format!("no thread: {error}"));
        let prompt = match plan.taps.as_slice() {
            [(_, options)] if plan.prompt && !options.monitor => taps
                .first()
                .filter(|tap| tap.stamps_once())
                .map(|_| Prompt::new(to_writer.clone())),
            _ => None,
        };
        for (index, tap) in taps.into_iter().enumerate() {
            let (give_back, empty) = channel();
            empties.push(give_back);
            let taker = Taker {
                tap,
                index,
                format: plan.format,
                shared: Arc::clone(&shared),
                full: to_writer.clone(),
                empty,
                prompt: prompt.clone(),
            };
            std::thread::Builder::new()
                .name("capture".into())
                .spawn(move || taker.run())
                .map_err(failed)?;
        }
        drop(to_writer);
        if let (Some(prompt), Some((device, options))) = (prompt, plan.taps.first()) {
            let (device, options, format) = (device.clone(), options.clone(), plan.format);
            std::thread::Builder::new()
                .name("prompt".into())
                .spawn(move || prompt.run(&device, &options, format, 0))
                .map_err(failed)?;
        }
        let writer = Writer {
            merge: (empties.len() > 1).then(|| Merge::new(empties.len())),
            joined: Parcel::default(),
            outputs,
            stop: plan.stop,
            info,
            format: plan.format,
            empties,
            ended: Ended::default(),
            stopped: false,
            start_ns: now_ns(),
            began,
            interfaces: plan.taps.iter().map(|(name, _)| name.clone()).collect(),
            looked: began,
            told_off: HashSet::new(),
            shared,
        };
        std::thread::Builder::new()
            .name("write".into())
            .spawn(move || writer.run(&parcels))
            .map_err(failed)?;
        Ok(recorder)
    }

    fn of(shared: Arc<Shared>, path: &Path) -> Self {
        // Some file systems cannot lock; then a running capture may be offered as a left-over one.
        let lock = File::open(path).ok().filter(|file| file.try_lock().is_ok());
        Self {
            shared,
            path: path.to_path_buf(),
            began: Instant::now(),
            _lock: lock,
        }
    }

    /// Whether the frames come through a pipe.
    pub fn is_pipe(&self) -> bool {
        self.shared.pipe
    }

    /// Ends it: what the kernel has received by now is still taken and written.
    pub fn stop(&self) {
        self.shared.stop();
    }

    /// What was counted so far.
    pub fn counters(&self) -> Counters {
        lock(&self.shared.counters).clone()
    }

    /// How it ended, if it has: then all files are complete.
    pub fn ended(&self) -> Option<Ended> {
        lock(&self.shared.ended).clone()
    }

    /// Waits for its end, but no longer than this.
    pub fn wait(&self, patience: Duration) -> Option<Ended> {
        let ended = lock(&self.shared.ended);
        let (ended, _) = self
            .shared
            .has_ended
            .wait_timeout_while(ended, patience, |ended| ended.is_none())
            .unwrap_or_else(PoisonError::into_inner);
        ended.clone()
    }

    /// When it began.
    pub fn began(&self) -> Instant {
        self.began
    }

    /// The first output's first file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// How far that file is.
    pub fn growth(&self) -> Arc<Growth> {
        Arc::clone(&self.shared.growth)
    }
}

impl Drop for Recorder {
    fn drop(&mut self) {
        self.stop();
    }
}

/// What the file says about the capture.
fn describe(plan: &Plan, taps: &[Tap]) -> CaptureInfo {
    let system = std::fs::read_to_string("/proc/sys/kernel/osrelease")
        .map(|release| format!("Linux {}", release.trim()))
        .unwrap_or_else(|_| std::env::consts::OS.to_owned());
    let descriptions = super::live::devices().unwrap_or_default();
    let interfaces = plan
        .taps
        .iter()
        .zip(taps)
        .map(|((device, options), tap)| Interface {
            link_type: tap.link().link_type(),
            snap_len: options.snap_len,
            name: Some(device.clone()),
            description: descriptions
                .iter()
                .find(|d| d.name == *device)
                .and_then(|d| d.description.clone()),
            filter: Some(options.filter.trim().to_owned()).filter(|f| !f.is_empty()),
            os: Some(system.clone()),
            resolution: Resolution::Decimal(9),
            ..Interface::default()
        });
    let mut info = CaptureInfo::with_interfaces(interfaces.collect());
    if plan.format == FileFormat::Pcap {
        info.format = FileFormat::Pcap;
    }
    info.sections = vec![Section {
        os: Some(system),
        application: Some(concat!("Wireglass ", env!("CARGO_PKG_VERSION")).to_owned()),
        comments: plan.comments.clone(),
        ..Section::default()
    }];
    info
}

fn now_ns() -> i64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    now.map_or(0, |now| i64::try_from(now.as_nanos()).unwrap_or(i64::MAX))
}

/// What a capture thread sends.
enum Message {
    Frames(usize, Parcel),
    /// Frames of the only interface that are not held back; the parcel is not given back.
    Ahead(Parcel),
    /// Its interface has ended, well or not.
    Ended(Option<LiveError>),
}

/// A capture thread.
struct Taker {
    tap: Tap,
    index: usize,
    format: FileFormat,
    shared: Arc<Shared>,
    full: SyncSender<Message>,
    empty: Receiver<Parcel>,
    /// The second tap of the interface, if it has one.
    prompt: Option<Arc<Prompt>>,
}

impl Taker {
    fn run(mut self) {
        let error = self.take_all();
        let Self {
            tap,
            index,
            format,
            shared,
            full,
            empty,
            prompt,
        } = self;
        let mut parcel = empty.try_recv().unwrap_or_default();
        parcel.clear();
        let interface = index as u32;
        let mut ahead = prompt.as_ref().map(|prompt| prompt.end());
        let rest = match error {
            Some(error) => Err(error),
            None => tap.take_rest(|time, original, frame| {
                if let Some(ahead) = &mut ahead
                    && !ahead.again(time, original)
                {
                    return;
                }
                parcel.push(format, interface, time, original, frame);
                if parcel.is_full() {
                    let next = empty.try_recv().unwrap_or_default();
                    send(&full, index, std::mem::replace(&mut parcel, next));
                    parcel.clear();
                }
            }),
        };
        drop(ahead);
        send(&full, index, parcel);
        if let Ok(counts) = rest {
            count(&shared, index, counts);
        }
        // The writer waits for all capture threads, so it is there.
        let _ = full.send(Message::Ended(rest.err()));
    }

    /// Takes frames until told to stop (`None`) or the interface fails.
    fn take_all(&mut self) -> Option<LiveError> {
        let mut counted = Instant::now();
        let (format, interface) = (self.format, self.index as u32);
        while !self.tap.is_stopped() {
            let mut parcel = self.empty.try_recv().unwrap_or_default();
            parcel.clear();
            let mut error = None;
            loop {
                let taken = self.tap.take(BATCH, |time, original, frame| {
                    parcel.push(format, interface, time, original, frame);
                });
                match taken {
                    Ok(taken) if taken < BATCH || parcel.is_full() || self.tap.is_stopped() => {
                        break;
                    }
                    Ok(_) => {}
                    Err(failed) => {
                        error = Some(failed);
                        break;
                    }
                }
            }
            match &self.prompt {
                Some(prompt) => prompt.pass(parcel, |left| send(&self.full, self.index, left)),
                None => send(&self.full, self.index, parcel),
            }
            if error.is_some() || counted.elapsed() >= COUNT_EVERY {
                counted = Instant::now();
                let counts = self.tap.counts();
                count(&self.shared, self.index, counts);
            }
            if error.is_some() {
                return error;
            }
        }
        None
    }
}

fn send(full: &SyncSender<Message>, index: usize, mut parcel: Parcel) {
    if !parcel.is_empty() {
        parcel.sent = Instant::now();
        // The writer outlives the capture threads.
        let _ = full.send(Message::Frames(index, parcel));
    }
}

fn count(shared: &Shared, index: usize, counts: TapCounts) {
    if let Some(interface) = lock(&shared.counters).interfaces.get_mut(index) {
        interface.kernel = counts;
    }
}

/// The writer thread.
struct Writer {
    shared: Arc<Shared>,
    outputs: Vec<Files>,
    merge: Option<Merge>,
    /// Frames of several interfaces in order.
    joined: Parcel,
    stop: StopAfter,
    info: CaptureInfo,
    format: FileFormat,
    /// Where emptied parcels go, by interface.
    empties: Vec<Sender<Parcel>>,
    ended: Ended,
    /// Nothing more is written.
    stopped: bool,
    start_ns: i64,
    began: Instant,
    /// Names of the interfaces.
    interfaces: Vec<String>,
    /// When it was last looked whether they are still up.
    looked: Instant,
    /// Those that are not.
    told_off: HashSet<usize>,
}

impl Writer {
    fn run(mut self, parcels: &Receiver<Message>) {
        loop {
            match parcels.recv_timeout(self.patience()) {
                Ok(Message::Frames(index, parcel)) => self.frames(index, parcel),
                Ok(Message::Ahead(parcel)) => {
                    self.write(parcel);
                }
                Ok(Message::Ended(error)) => self.ended.faults.extend(error.map(|e| e.to_string())),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => break,
            }
            self.merged(Some(Instant::now()));
            self.clocks();
        }
        self.merged(None);
        let tail = self.tail();
        for files in &mut self.outputs {
            let failed = files.finish(&tail).err();
            // A full disk was told already, and nothing but the statistics is missing.
            if self.ended.faults.is_empty() {
                self.ended.faults.extend(failed);
            }
            self.ended.files.extend(files.all());
        }
        if let Some(files) = self.outputs.first() {
            self.shared.growth.advance(files.written());
        }
        self.shared.end(self.ended);
    }

    /// How long there is nothing to do if no frames come.
    fn patience(&self) -> Duration {
        let now = Instant::now();
        let limit = self.stop.time.map(|time| self.began + time);
        let merge = self.merge.as_ref().and_then(Merge::due);
        let files = self.outputs.iter().filter_map(Files::due);
        let next = files
            .chain(merge)
            .chain(limit.filter(|_| !self.stopped))
            .min();
        next.map_or(Duration::from_secs(1), |next| {
            next.saturating_duration_since(now)
        })
        .clamp(Duration::from_millis(1), Duration::from_secs(1))
    }

    fn frames(&mut self, index: usize, parcel: Parcel) {
        match &mut self.merge {
            Some(merge) => merge.push(index, parcel),
            None => {
                let parcel = self.write(parcel);
                self.give_back(index, parcel);
            }
        }
    }

    /// Writes what several interfaces gave, as far as it is due.
    fn merged(&mut self, now: Option<Instant>) {
        let Some(mut merge) = self.merge.take() else {
            return;
        };
        loop {
            let mut joined = std::mem::take(&mut self.joined);
            joined.clear();
            merge.take(now, &mut joined, |index, parcel| {
                self.give_back(index, parcel);
            });
            let more = !joined.is_empty();
            self.joined = self.write(joined);
            if !more {
                break;
            }
        }
        self.merge = Some(merge);
    }

    fn give_back(&self, index: usize, parcel: Parcel) {
        if let Some(empty) = self.empties.get(index) {
            // The capture thread may have ended.
            let _ = empty.send(parcel);
        }
    }

    /// Writes a parcel and returns it, to be used again.
    fn write(&mut self, mut parcel: Parcel) -> Parcel {
        if parcel.is_empty() {
            return parcel;
        }
        let had = parcel.records.len();
        if self.stopped {
            if !self.ended.faults.is_empty() {
                lock(&self.shared.counters).unwritten += had as u64;
            }
            return parcel;
        }
        if let Some(most) = self.stop.packets {
            let written = lock(&self.shared.counters).packets;
            let left = usize::try_from(most.saturating_sub(written)).unwrap_or(usize::MAX);
            if had >= left {
                parcel.truncate(left);
                self.halt();
            }
        }
        let mut outputs = std::mem::take(&mut self.outputs);
        let mut whole = parcel.records.len();
        for (place, files) in outputs.iter_mut().enumerate() {
            let written = files.write(&parcel, &|| self.tail());
            if place == 0 {
                whole = written.frames;
                self.shared.growth.advance(files.written());
            }
            if let Some(end) = written.end {
                if let End::Failed(message) = end {
                    self.ended.faults.push(message);
                    lock(&self.shared.counters).unwritten +=
                        (parcel.records.len() - written.frames) as u64;
                }
                self.halt();
            }
        }
        self.outputs = outputs;
        let mut counters = lock(&self.shared.counters);
        for record in parcel.records.iter().take(whole) {
            counters.packets += 1;
            counters.bytes += u64::from(record.original);
            if let Some(interface) = counters.interfaces.get_mut(record.interface as usize) {
                interface.written += 1;
            }
        }
        drop(counters);
        parcel
    }

    fn halt(&mut self) {
        self.stopped = true;
        self.shared.stop();
    }

    /// What time alone brings about.
    fn clocks(&mut self) {
        if self.stopped {
            return;
        }
        if self
            .stop
            .time
            .is_some_and(|time| self.began.elapsed() >= time)
        {
            // What came before is still on its way, and is written.
            self.shared.stop();
            self.stop.time = None;
        }
        if self.looked.elapsed() >= LOOK_EVERY {
            self.looked = Instant::now();
            let names = self.interfaces.iter().enumerate();
            let off = names.filter(|(_, name)| Tap::is_switched_off(name));
            for index in off.map(|(index, _)| index).collect::<Vec<_>>() {
                // Those that are still there go on.
                if let Some(stopper) = self.shared.stoppers.get(index)
                    && self.told_off.insert(index)
                {
                    stopper.stop();
                    let name = self.interfaces.get(index).map_or("", String::as_str);
                    self.ended
                        .faults
                        .push(format!("{name}: the interface went down"));
                }
            }
        }
        let mut outputs = std::mem::take(&mut self.outputs);
        for files in &mut outputs {
            if files.due().is_some_and(|due| due <= Instant::now()) {
                match files.switch(&|| self.tail()) {
                    Ok(()) => {}
                    Err(End::Full) => self.halt(),
                    Err(End::Failed(message)) => {
                        self.ended.faults.push(message);
                        self.halt();
                    }
                }
            }
        }
        self.outputs = outputs;
    }

    /// What a file ends with: the counters of each interface (pcapng).
    fn tail(&self) -> Vec<u8> {
        if self.format != FileFormat::Pcapng {
            return Vec::new();
        }
        let end = now_ns();
        let statistics = |(index, interface): (usize, &InterfaceCounters)| Statistics {
            interface: index as u32,
            start_ns: Some(self.start_ns),
            end_ns: Some(end),
            received: Some(interface.kernel.received),
            dropped: Some(interface.kernel.interface_dropped),
            accepted: None,
            os_dropped: Some(interface.kernel.dropped),
            delivered: Some(interface.written),
        };
        let mut info = self.info.clone();
        let counters = lock(&self.shared.counters);
        info.statistics = counters
            .interfaces
            .iter()
            .enumerate()
            .map(statistics)
            .collect();
        drop(counters);
        let mut bytes = Vec::new();
        // The head is written once more, to be cut off: into memory that cannot fail.
        let head = {
            let mut head = Vec::new();
            let _ =
                CaptureWriter::new(&mut head, self.format, &self.info).and_then(|mut w| w.flush());
            head.len()
        };
        let _ = CaptureWriter::new(&mut bytes, self.format, &self.info)
            .and_then(|writer| writer.finish(&info));
        bytes.split_off(head.min(bytes.len()))
    }
}

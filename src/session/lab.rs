//! The Lab for the window: what can be played, and a play whose frames come one after the other.
//!
//! An exchange is played at once, in a thread. Its frames are then let go one by one, as the window asks for them: they are
//! appended to a capture file that the session reads while it grows, as it does with a live capture. So a play is an open
//! capture like any other, and nobody who waits for the next packet holds up the window.

use std::io::{Seek as _, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use tempfile::TempDir;

use super::decode_as;
use super::load::{Session, Wake};
use crate::capture::Growth;
use crate::capture::{CaptureWriter, FileError, FileFormat, FrameMeta};
use crate::dissect::{Options, Registry, Table};
use crate::lab;

/// An exchange that the catalogue has.
#[derive(Clone, Debug)]
pub struct Exchange {
    /// Its name; that of a user's script is its file's.
    pub id: String,
    /// The file, if it is a script of the user's.
    pub file: Option<PathBuf>,
    /// What the catalogue says of it.
    pub about: lab::About,
    /// Who takes part: names and first addresses.
    pub hosts: Vec<(String, String)>,
    /// How it reads as a dialogue, a step a line.
    pub dialogue: Vec<String>,
    /// Why it cannot be played: not yet made, or a broken script.
    pub refused: Option<String>,
    /// Why it cannot be played over sockets.
    pub not_over_sockets: Option<&'static str>,
    /// Why it cannot be played against a real host.
    pub not_against_hosts: Option<&'static str>,
    /// What is played, if it can be.
    plan: Option<Arc<lab::Plan>>,
    /// Whether streams and datagrams belong to it, in this order.
    pub speaks: (bool, bool),
}

impl Exchange {
    fn of_plan(id: &str, file: Option<PathBuf>, plan: lab::Plan) -> Exchange {
        let over = |transport| plan.connections.iter().any(|c| c.transport == transport);
        let hosts = plan.hosts.iter().map(|host| {
            let address = host.addresses.first();
            let address = address.map_or_else(String::new, |(address, _)| address.to_string());
            (host.name.clone(), address)
        });
        Exchange {
            id: id.to_owned(),
            file,
            hosts: hosts.collect(),
            dialogue: plan.steps.iter().map(|step| said(&step.said)).collect(),
            refused: None,
            not_over_sockets: lab::sockets_refuse(&plan),
            not_against_hosts: lab::host_refuses(&plan),
            speaks: (over(lab::Transport::Tcp), over(lab::Transport::Udp)),
            about: plan.about.clone(),
            plan: Some(Arc::new(plan)),
        }
    }

    fn refused(id: &str, file: Option<PathBuf>, about: lab::About, why: String) -> Exchange {
        Exchange {
            id: id.to_owned(),
            file,
            about,
            hosts: Vec::new(),
            dialogue: Vec::new(),
            refused: Some(why),
            not_over_sockets: None,
            not_against_hosts: None,
            plan: None,
            speaks: (false, false),
        }
    }

    /// A script of the user's. One that is none is listed as well, with the line and the reason.
    pub fn of_file(path: &Path) -> Exchange {
        let id = path
            .file_stem()
            .map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
        let file = Some(path.to_path_buf());
        match lab::open(&path.to_string_lossy()) {
            Ok(plan) => Exchange::of_plan(&id, file, plan),
            Err(error) => {
                let about = lab::About {
                    id: id.clone(),
                    title: id.clone(),
                    ..lab::About::default()
                };
                Exchange::refused(&id, file, about, error.to_string())
            }
        }
    }

    /// Whether it is what somebody looks for: each word occurs in what the catalogue says of it.
    pub fn fits(&self, words: &str) -> bool {
        let about = &self.about;
        let all = [
            &self.id,
            &about.title,
            &about.text,
            &about.purpose,
            &about.rules,
            &about.look,
        ];
        let mut all: Vec<String> = all.iter().map(|text| text.to_lowercase()).collect();
        if let Some(why) = &self.refused {
            all.push(format!("not yet {}", why.to_lowercase()));
        }
        words
            .to_lowercase()
            .split_whitespace()
            .all(|word| all.iter().any(|text| text.contains(word)))
    }

    /// Where in the texts it is: `Week 2: Web Protocols`. A script of the user's is where it is.
    pub fn places(&self) -> Vec<String> {
        match self.file {
            Some(_) => vec!["Your scripts".to_owned()],
            None => places(&self.about.text),
        }
    }

    /// Exactly what would be sent to a host. Sends nothing, and looks nothing up.
    pub fn intent(&self, target: &lab::Target) -> Result<lab::Intent, String> {
        lab::intent(self.plan()?, target).map_err(|error| error.to_string())
    }

    fn plan(&self) -> Result<&lab::Plan, String> {
        let refused = || self.refused.clone().unwrap_or_default();
        self.plan.as_deref().ok_or_else(refused)
    }
}

/// The first line of what a step says, without its end.
fn said(text: &str) -> String {
    let mut lines = text.trim_end().lines();
    let first = lines.next().unwrap_or_default().to_owned();
    match lines.count() {
        0 => first,
        n => format!("{first}   (and {n} more)"),
    }
}

/// The chapters that a text names: `W2 (...); Learning Python Network Programming, ch. 1 and 7` has three.
fn places(text: &str) -> Vec<String> {
    const BOOK: &str = "Learning Python Network Programming";
    let mut places = Vec::new();
    for part in text
        .split(';')
        .map(str::trim)
        .filter(|part| !part.is_empty())
    {
        if part.starts_with("W2") {
            places.push("Week 2: Web Protocols".to_owned());
            continue;
        }
        let Some(within) = part.strip_prefix(BOOK) else {
            places.push(capital(part));
            continue;
        };
        // What stands in brackets says more about the place, and may hold anything.
        let within = within.split('(').next().unwrap_or_default();
        for word in within.split([' ', ',']) {
            if word.parse::<u32>().is_ok() {
                places.push(format!("{BOOK}, chapter {word}"));
            } else if word == "appendix" {
                places.push(format!("{BOOK}, appendix"));
            }
        }
    }
    if places.is_empty() {
        places.push("Beyond the texts".to_owned());
    }
    places
}

/// A heading begins with a capital letter.
fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|c| c.to_uppercase().to_string());
    first.unwrap_or_default() + letters.as_str()
}

/// Scripts of the user's that are listed at most.
const SCRIPTS: usize = 1000;

/// Everything that can be played, and what cannot be yet: first the user's scripts, if there is a folder of them. Reads files.
pub fn exchanges(folder: Option<&Path>) -> Vec<Exchange> {
    let mut all = Vec::new();
    if let Some(entries) = folder.and_then(|folder| std::fs::read_dir(folder).ok()) {
        let mut files: Vec<PathBuf> = entries
            .flatten()
            .map(|entry| entry.path())
            .filter(|path| path.extension().is_some_and(|ending| ending == "lab"))
            .take(SCRIPTS)
            .collect();
        files.sort();
        all.extend(files.iter().map(|path| Exchange::of_file(path)));
    }
    for entry in lab::CATALOGUE {
        let id = entry.id;
        let exchange = match entry.plan() {
            Ok(plan) => Exchange::of_plan(id, None, plan),
            Err(error) => {
                let (title, text, reason) = entry.line();
                let about = lab::About {
                    id: id.to_owned(),
                    title,
                    text,
                    ..lab::About::default()
                };
                let why = reason.map_or_else(|| error.to_string(), str::to_owned);
                Exchange::refused(id, None, about, why)
            }
        };
        all.push(exchange);
    }
    all
}

/// How to play.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Way {
    /// In the simulated world.
    Simulated(lab::Choice),
    /// Over real sockets of this machine.
    Loopback(lab::Loopback),
    /// The client alone, against a host.
    Host(lab::Target),
}

/// What reads ports that were moved: rules for "Decode as", in the words of the command line.
pub fn rules_of_moved(registry: &Registry, moved: &[lab::Moved]) -> Vec<String> {
    moved
        .iter()
        .filter_map(|moved| {
            let (table, layer) = match moved.transport {
                lab::Transport::Tcp => (Table::TcpPort, "tcp.port"),
                lab::Transport::Udp => (Table::UdpPort, "udp.port"),
            };
            let port = u32::from(moved.meant);
            let name = registry
                .protocols()
                .iter()
                .find(|p| p.parents.contains(&(table, port)))?
                .field
                .abbrev;
            Some(format!("{layer}=={},{name}", moved.used))
        })
        .collect()
}

/// A play that is ready to be looked at.
pub struct Ready {
    /// The capture; its frames come as they are let go.
    pub session: Session,
    /// All that there is to know of it.
    pub played: Arc<lab::Played>,
}

/// A play in its thread. Dropping it ends the thread and takes its file away.
pub struct LabRun {
    shared: Arc<Shared>,
    /// Goes last, when nobody writes there any more.
    _folder: Arc<TempDir>,
}

#[derive(Default)]
struct Shared {
    /// A play over sockets is to end.
    stop: Arc<AtomicBool>,
    state: Mutex<State>,
    changed: Condvar,
    growth: Arc<Growth>,
}

#[derive(Default)]
struct State {
    outcome: Option<Result<Ready, String>>,
    /// How many frames may be seen.
    wanted: usize,
    quit: bool,
    /// What a host and the client have said so far.
    told: Vec<String>,
    /// What went wrong after the play had begun.
    fault: Option<String>,
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait(&self, released: usize) -> Option<usize> {
        let state = self.lock();
        let state = self
            .changed
            .wait_while(state, |s| s.wanted <= released && !s.quit)
            .unwrap_or_else(PoisonError::into_inner);
        (!state.quit).then_some(state.wanted)
    }
}

impl LabRun {
    /// Play an exchange, in a thread. `within` is the folder for temporary files.
    pub fn start(
        exchange: &Exchange,
        way: Way,
        within: &Path,
        registry: Arc<Registry>,
        wake: Wake,
    ) -> Result<LabRun, String> {
        let failed = |error: std::io::Error| format!("The exchange cannot be played: {error}");
        let folder = std::fs::create_dir_all(within).and_then(|()| {
            // Only this user can read it.
            tempfile::Builder::new()
                .prefix("wireglass-lab-")
                .tempdir_in(within)
        });
        let folder = Arc::new(folder.map_err(failed)?);
        let shared: Arc<Shared> = Arc::default();
        let run = LabRun {
            shared: Arc::clone(&shared),
            _folder: Arc::clone(&folder),
        };
        let exchange = exchange.clone();
        std::thread::Builder::new()
            .name("lab".into())
            .spawn(move || {
                let begun = play(&exchange, &way, &folder, &shared, registry, &wake);
                match begun {
                    Ok(release) => {
                        wake();
                        if let Err(error) = release.run(&shared) {
                            shared.lock().fault = Some(format!("The play cannot go on: {error}"));
                        }
                        shared.growth.end();
                    }
                    Err(why) => shared.lock().outcome = Some(Err(why)),
                }
                wake();
            })
            .map_err(failed)?;
        Ok(run)
    }

    /// The play, or why there is none; once.
    pub fn outcome(&self) -> Option<Result<Ready, String>> {
        self.shared.lock().outcome.take()
    }

    /// What a real host and the client have said so far.
    pub fn told(&self) -> Vec<String> {
        self.shared.lock().told.clone()
    }

    /// Let go the frames up to this number. Those that are out stay out.
    pub fn release(&self, number: u32) {
        let mut state = self.shared.lock();
        state.wanted = state.wanted.max(number as usize);
        drop(state);
        self.shared.changed.notify_all();
    }

    /// What went wrong after the play had begun, once.
    pub fn fault(&self) -> Option<String> {
        self.shared.lock().fault.take()
    }

    /// Open the capture once more, as far as it is, with other rules for who reads what.
    pub fn reload(
        &self,
        path: &Path,
        registry: Arc<Registry>,
        wake: Wake,
    ) -> Result<Session, FileError> {
        let growth = Arc::clone(&self.shared.growth);
        Session::growing(path, growth, registry, Options::default(), wake)
    }

    /// What the file of an exchange is called.
    pub fn file_name(exchange: &Exchange) -> String {
        format!("{}.pcapng", file_name(&exchange.id))
    }
}

impl Drop for LabRun {
    fn drop(&mut self) {
        self.shared.lock().quit = true;
        self.shared.stop.store(true, Ordering::Relaxed);
        self.shared.changed.notify_all();
        self.shared.growth.end();
    }
}

/// The frames that are still to come.
struct Release {
    file: std::fs::File,
    bytes: Vec<u8>,
    /// Where the head ends, and each frame.
    ends: Vec<usize>,
}

impl Release {
    /// Append frames as they are asked for, until all are out.
    fn run(mut self, shared: &Shared) -> std::io::Result<()> {
        let all = self.ends.len().saturating_sub(1);
        let mut released = 0;
        while released < all {
            let Some(wanted) = shared.wait(released) else {
                return Ok(());
            };
            let wanted = wanted.min(all);
            let (from, to) = (self.ends[released], self.ends[wanted]);
            self.file.seek(SeekFrom::Start(from as u64))?;
            self.file.write_all(&self.bytes[from..to])?;
            shared.growth.advance(to as u64);
            released = wanted;
        }
        Ok(())
    }
}

/// Play, write the head of the file, and begin to read behind it.
fn play(
    exchange: &Exchange,
    way: &Way,
    folder: &TempDir,
    shared: &Shared,
    registry: Arc<Registry>,
    wake: &Wake,
) -> Result<Release, String> {
    let plan = exchange.plan()?;
    let mut not_recorded = None;
    let played = match way {
        Way::Simulated(choice) => lab::play(plan, choice).map_err(|e| e.to_string())?,
        Way::Loopback(how) => lab::play_loopback_until(plan, *how, &[], &shared.stop)
            .map_err(|error| with_advice(&error))?,
        Way::Host(target) => {
            let mut how = lab::Against::new(target.clone());
            how.cancel = Arc::clone(&shared.stop);
            let mut tell = |told| {
                let line = match told {
                    lab::Told::Address(address) => format!("talking to {address}"),
                    lab::Told::Said(text) => text.trim_end().to_owned(),
                };
                shared.lock().told.push(line);
                wake();
            };
            let done = lab::play_against(plan, &how, &mut tell).map_err(|e| with_advice(&e))?;
            not_recorded = done.not_recorded;
            done.played
        }
    };
    if played.frames.is_empty() {
        return Err(match (not_recorded, &played.failed) {
            (Some(why), _) => format!("the packets could not be recorded: {why}"),
            (None, Some(why)) => format!("no packet went over the wire: {why}"),
            (None, None) => "no packet went over the wire: there was nothing to say".to_owned(),
        });
    }
    if shared.lock().quit {
        return Err("cancelled".into());
    }
    let (bytes, ends) = written(&played).map_err(|error| error.to_string())?;
    let path = folder.path().join(LabRun::file_name(exchange));
    let unwritten = |error: std::io::Error| format!("{}: {error}", path.display());
    let mut file = std::fs::File::create_new(&path).map_err(unwritten)?;
    let head = ends.first().copied().unwrap_or(0);
    file.write_all(&bytes[..head]).map_err(unwritten)?;
    shared.growth.advance(head as u64);
    let mut rules = registry.rules().to_vec();
    let moved = rules_of_moved(&registry, &played.moved);
    rules.extend(decode_as::parse_all(&moved, &registry)?);
    let registry = match moved.is_empty() {
        true => registry,
        false => Arc::new(registry.decoding_as(rules)),
    };
    let growth = Arc::clone(&shared.growth);
    let session = Session::growing(
        &path,
        growth,
        registry,
        Options::default(),
        Arc::clone(wake),
    )
    .map_err(|error| error.to_string())?;
    let played = Arc::new(played);
    shared.lock().outcome = Some(Ok(Ready { session, played }));
    Ok(Release { file, bytes, ends })
}

/// Why it failed; and what helps, if it is the right to capture that is missing.
fn with_advice(error: &lab::PlayError) -> String {
    match lab::wants_rights(error) {
        Some(_) => format!(
            "{error}. What gives the right to capture is told on the page for captures (Ctrl+K)"
        ),
        None => error.to_string(),
    }
}

/// A name that is a file's on every system.
fn file_name(id: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
    let name: String = id
        .chars()
        .take(80)
        .map(|c| if plain(c) { c } else { '_' })
        .collect();
    match name.trim_matches('.') {
        "" => "exchange".to_owned(),
        name => name.to_owned(),
    }
}

/// Bytes that are written while somebody else looks how many there are.
#[derive(Clone, Default)]
struct Buffer(Arc<Mutex<Vec<u8>>>);

impl Buffer {
    fn lock(&self) -> MutexGuard<'_, Vec<u8>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Write for Buffer {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.lock().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// The capture as a file, with the places where its head and its frames end.
fn written(played: &lab::Played) -> Result<(Vec<u8>, Vec<usize>), crate::capture::WriteError> {
    let info = played.info();
    let buffer = Buffer::default();
    let mut writer = CaptureWriter::new(buffer.clone(), FileFormat::Pcapng, &info)?;
    writer.flush()?;
    let mut ends = vec![buffer.lock().len()];
    for (index, frame) in played.frames.iter().enumerate() {
        let len = frame.bytes.len() as u32;
        let meta = FrameMeta {
            time_ns: frame.time_ns,
            captured: len,
            original: len,
            ..FrameMeta::default()
        };
        let number = index as u32 + 1;
        let comments = info.comments.get(&number).map_or(&[][..], Vec::as_slice);
        writer.frame(&meta, &frame.bytes, comments)?;
        writer.flush()?;
        ends.push(buffer.lock().len());
    }
    drop(writer);
    let bytes = std::mem::take(&mut *buffer.lock());
    Ok((bytes, ends))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::{Duration, Instant};

    fn quiet() -> Wake {
        Arc::new(|| {})
    }

    fn begin(id: &str, within: &Path) -> (LabRun, Ready) {
        let all = exchanges(None);
        let exchange = all.iter().find(|e| e.id == id).unwrap();
        let way = Way::Simulated(lab::Choice::usual());
        let registry = Arc::new(crate::protocols::registry());
        let run = LabRun::start(exchange, way, within, registry, quiet()).unwrap();
        let end = Instant::now() + Duration::from_secs(20);
        loop {
            if let Some(outcome) = run.outcome() {
                return (run, outcome.map_err(|e| panic!("{e}")).unwrap());
            }
            assert!(Instant::now() < end, "the play does not begin");
            std::thread::sleep(Duration::from_millis(2));
        }
    }

    fn until(session: &Session, frames: u32) {
        let end = Instant::now() + Duration::from_secs(20);
        while session.snapshot().len() < frames {
            assert!(Instant::now() < end, "frame {frames} does not come");
            std::thread::sleep(Duration::from_millis(2));
        }
    }

    #[test]
    fn frames_come_as_they_are_let_go_and_the_file_goes_with_the_play() {
        let within = tempfile::tempdir().unwrap();
        let (run, ready) = begin("tcp-handshake", within.path());
        assert_eq!(ready.session.snapshot().len(), 0);
        run.release(2);
        until(&ready.session, 2);
        std::thread::sleep(Duration::from_millis(50));
        assert_eq!(ready.session.snapshot().len(), 2);
        assert!(!ready.session.is_loaded());
        // Asking for less changes nothing.
        run.release(1);
        run.release(u32::MAX);
        ready.session.wait();
        let all = ready.played.frames.len() as u32;
        assert_eq!(ready.session.snapshot().len(), all);
        let comments = ready.session.state().info.comments.get(&1).cloned();
        assert!(
            comments.unwrap_or_default()[0].starts_with("Step "),
            "the step is told"
        );
        assert_eq!(std::fs::read_dir(within.path()).unwrap().count(), 1);
        drop((run, ready));
        let end = Instant::now() + Duration::from_secs(20);
        while std::fs::read_dir(within.path()).unwrap().count() > 0 {
            assert!(Instant::now() < end, "the play's folder stays");
            std::thread::sleep(Duration::from_millis(2));
        }
    }

    #[test]
    fn the_file_of_a_whole_play_is_the_one_that_the_command_line_writes() {
        let plan = lab::find("smtp").unwrap();
        let played = lab::play(&plan, &lab::Choice::usual()).unwrap();
        let mut file = Vec::new();
        played.write(&mut file).unwrap();
        let (bytes, ends) = written(&played).unwrap();
        assert_eq!(bytes, file);
        assert_eq!(ends.len(), played.frames.len() + 1);
    }

    #[test]
    fn every_row_is_listed_and_a_broken_script_with_line_and_reason() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(
            folder.path().join("mine.lab"),
            "title: Mine\nclient: a 192.0.2.1\nserver: b 192.0.2.2\nport: 7000\n---\nopen\nC: hello\nS: hi\nclose C\nclose S\n",
        )
        .unwrap();
        std::fs::write(
            folder.path().join("broken.lab"),
            "title: Broken\n---\nX: what\n",
        )
        .unwrap();
        std::fs::write(folder.path().join("notes.txt"), "no script").unwrap();
        let all = exchanges(Some(folder.path()));
        assert_eq!(all.len(), lab::CATALOGUE.len() + 2);
        assert_eq!(all[0].id, "broken");
        let why = all[0].refused.clone().unwrap();
        assert!(why.contains("line "), "{why}");
        assert_eq!(all[1].about.title, "Mine");
        assert_eq!(all[1].refused, None);
        assert_eq!(
            all[1].dialogue,
            [
                "(a connects to port 7000 of b)",
                "C: hello",
                "S: hi",
                "close C",
                "close S"
            ]
        );
        let looked: Vec<&str> = all
            .iter()
            .filter(|e| e.fits("three-way HANDSHAKE"))
            .map(|e| e.id.as_str())
            .collect();
        assert!(looked.contains(&"tcp-handshake"), "{looked:?}");
        assert!(!looked.contains(&"ping"), "{looked:?}");
    }

    #[test]
    fn chapters_are_read_from_what_the_catalogue_says() {
        let book = "Learning Python Network Programming";
        assert_eq!(
            places(&format!("W2 (Week 2: Web Protocols); {book}, ch. 1 and 7")),
            [
                "Week 2: Web Protocols".to_owned(),
                format!("{book}, chapter 1"),
                format!("{book}, chapter 7")
            ]
        );
        assert_eq!(
            places(&format!(
                "{book}, ch. 1 (in-order delivery, 2 more) and appendix"
            )),
            [format!("{book}, chapter 1")]
        );
        assert_eq!(
            places(&format!("{book}, ch. 1 and appendix")),
            [format!("{book}, chapter 1"), format!("{book}, appendix")]
        );
        assert_eq!(places("beyond the texts"), ["Beyond the texts"]);
        assert_eq!(places(""), ["Beyond the texts"]);
    }

    #[test]
    fn names_become_file_names() {
        assert_eq!(file_name("tcp-loss"), "tcp-loss");
        assert_eq!(file_name("../a b"), "_a_b");
        assert_eq!(file_name(".."), "exchange");
    }
}

//! Capturing in the window: starting, stopping, restarting, keeping; nothing that was captured is thrown away unasked.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, TryRecvError, channel};
use std::time::{Duration, Instant};

use egui::{CentralPanel, Context, Frame, RichText, Ui};

use super::{App, wake};
use crate::capture::cache::{self, LeftOver};
use crate::capture::{Plan, Recorder};
use crate::dissect::{Options, Registry};
use crate::session::{FilterCheck, Session, Wake, Watch, WatchState};
use crate::ui::theme::Palette;
use crate::ui::views::capture::{self, CapturePanel};
use crate::ui::views::capture_bar::{self, Bar};

/// What the window knows of capturing.
pub(super) struct Capturing {
    /// The choices.
    pub(super) panel: CapturePanel,
    /// Looks at the interfaces while the page is shown.
    pub(super) watch: Option<Watch>,
    /// Whether the interfaces are watched at all: not in tests that show files.
    watches: bool,
    check: FilterCheck,
    /// The page is shown although a capture is open.
    pub(super) page: bool,
    pub(super) starting: Option<Receiver<Result<Begun, String>>>,
    /// A capture whose packets are shown when it has ended.
    hidden: Option<Arc<Recorder>>,
    /// What is being captured, to begin it anew.
    again: Option<Plan>,
    rate: Rate,
    pub(super) left: Vec<LeftOver>,
    looking: Option<Receiver<Vec<LeftOver>>>,
    /// What waits for the answer to "keep this capture?".
    pub(super) asks: Option<After>,
    pub(super) saving: Option<Receiver<Option<Result<PathBuf, String>>>>,
    /// The capture that is open is in a file of the user's.
    saved: bool,
    /// When what is in sight was made anew, and how many packets there were then.
    refreshed: Option<(Instant, u32)>,
    /// Where captures are kept while they run.
    folder: PathBuf,
    /// The user wants to see all packets, whatever memory they take.
    whole: bool,
    /// What the settings have of the choices.
    kept: Vec<String>,
}

impl Default for Capturing {
    fn default() -> Capturing {
        Capturing {
            panel: CapturePanel::default(),
            watch: None,
            watches: false,
            check: FilterCheck::default(),
            page: false,
            starting: None,
            hidden: None,
            again: None,
            rate: Rate::default(),
            left: Vec::new(),
            looking: None,
            asks: None,
            saving: None,
            saved: false,
            refreshed: None,
            folder: cache::folder(),
            whole: false,
            kept: Vec::new(),
        }
    }
}

/// What began.
pub(super) enum Begun {
    Shown(Box<Session>),
    Hidden(Arc<Recorder>),
}

/// What to do once the capture is kept, or thrown away.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum After {
    Quit,
    Close,
    Open(PathBuf),
    Merge(Vec<PathBuf>),
    Start,
    Restart,
    Lab,
}

/// How fast packets come.
#[derive(Default)]
struct Rate {
    last: Option<(Instant, u64, u64)>,
    packets: f64,
    bits: f64,
}

impl Rate {
    fn look(&mut self, packets: u64, bytes: u64) {
        let now = Instant::now();
        let Some((then, p, b)) = self.last else {
            self.last = Some((now, packets, bytes));
            return;
        };
        let seconds = now.duration_since(then).as_secs_f64();
        if seconds >= 0.5 {
            self.packets = packets.saturating_sub(p) as f64 / seconds;
            self.bits = bytes.saturating_sub(b) as f64 * 8.0 / seconds;
            self.last = Some((now, packets, bytes));
        }
    }
}

impl App {
    /// Watch the interfaces whenever the page for captures is shown, and look for captures that a crash has left.
    pub fn prepare_captures(&mut self, ctx: &Context) {
        self.capturing.watches = true;
        let kept = self.library.settings().lines(CapturePanel::SECTION);
        self.capturing.panel.take(kept);
        self.capturing.kept = self.capturing.panel.lines();
        let (sender, receiver) = channel();
        let wake = wake(ctx);
        let folder = self.capturing.folder.clone();
        // Without a thread, left-over captures are offered next time.
        let looks = std::thread::Builder::new()
            .name("left-over".into())
            .spawn(move || {
                let _ = sender.send(cache::left_over(&folder));
                wake();
            });
        self.capturing.looking = looks.ok().map(|_| receiver);
    }

    /// Keep captures in this folder while they run, in place of the user's cache.
    pub fn keep_captures_in(&mut self, folder: &Path) {
        self.capturing.folder = folder.to_path_buf();
    }

    /// So much memory, in MB, a capture may take for its packets.
    pub fn capture_memory(&mut self, megabytes: u32) {
        self.capturing.panel.memory_mb = megabytes;
        // That is for this session only.
        self.capturing.kept = self.capturing.panel.lines();
    }

    /// The same in bytes.
    pub(super) fn memory_budget(&self) -> usize {
        match self.capturing.whole {
            true => usize::MAX,
            false => (self.capturing.panel.memory_mb as usize).saturating_mul(1_000_000),
        }
    }

    /// Bring the packets back that have left the memory. A running capture goes on.
    fn show_all_captured(&mut self, ctx: &Context) {
        self.capturing.whole = true;
        self.load_again(ctx);
    }

    /// Choose interfaces (`-` alone is standard input) and a capture filter; begin at once if asked to.
    pub fn capture_on(
        &mut self,
        interfaces: Vec<String>,
        filter: &str,
        begin: bool,
        ctx: &Context,
    ) {
        self.capturing.panel.chosen = interfaces;
        filter.clone_into(&mut self.capturing.panel.filter);
        self.capturing.page = true;
        if begin || self.capturing.panel.chosen == ["-"] {
            self.start_capture(ctx);
        }
    }

    /// Where captures without a name are.
    pub(super) fn captures_folder(&self) -> &Path {
        &self.capturing.folder
    }

    /// Whether a capture runs.
    pub fn is_capturing(&self) -> bool {
        self.capturing.starting.is_some()
            || self.capturing.hidden.is_some()
            || self.recorder().is_some_and(|r| r.ended().is_none())
    }

    /// Whether packets are captured, or were captured just now.
    pub(super) fn has_captured(&self) -> bool {
        self.is_capturing() || self.recorder().is_some()
    }

    pub(super) fn recorder(&self) -> Option<&Arc<Recorder>> {
        let shown = self.open.as_ref().and_then(|open| open.session.recorder());
        shown.or(self.capturing.hidden.as_ref())
    }

    /// Whether packets would be lost to the user if the capture were closed.
    fn unsaved(&self) -> bool {
        let hidden = self.capturing.hidden.as_ref();
        hidden.is_some_and(|recorder| recorder.counters().packets > 0)
            || self.merged.as_ref().is_some_and(|merged| !merged.saved)
            || self.open.as_ref().is_some_and(|open| {
                open.session.recorder().is_some()
                    && !self.capturing.saved
                    && !open.session.snapshot().is_empty()
            })
    }

    /// Do something that closes the capture; asks first if it is not kept anywhere. False: the answer is waited for.
    pub(super) fn may_close(&mut self, after: After) -> bool {
        if self.unsaved() && self.shell.preferences.ask_unsaved {
            self.capturing.asks = Some(after);
            return false;
        }
        true
    }

    /// The capture is closed: nobody needs its file in the cache any more.
    pub(super) fn forget_capture(&mut self) {
        self.capturing.page = false;
        if let Some(recorder) = self.capturing.hidden.take() {
            recorder.stop();
            // If it stays, the next start offers it.
            let _ = std::fs::remove_file(recorder.path());
        }
        // Whoever merged files and did not keep the outcome was asked.
        self.merged = None;
        let Some(open) = self.open.take() else { return };
        let cached = open
            .session
            .recorder()
            .map(|recorder| recorder.path().to_path_buf())
            .filter(|path| path.starts_with(&self.capturing.folder));
        if let Some(recorder) = open.session.recorder() {
            recorder.stop();
        }
        super::shell::remove_sample(open.session.path());
        // From a page that is shown now, files may have come and gone.
        self.recent_may_have_changed();
        drop(open);
        self.lab.forget();
        self.capturing.saved = false;
        if let Some(path) = cached {
            // If it stays, the next start offers it.
            let _ = std::fs::remove_file(path);
        }
    }

    /// Ctrl+E.
    pub(super) fn start_or_stop(&mut self, ctx: &Context) {
        if let Some(recorder) = self.recorder().filter(|r| r.ended().is_none()) {
            recorder.stop();
        } else if self.capturing.panel.chosen.is_empty() {
            self.capturing.page = true;
        } else {
            self.start_capture(ctx);
        }
    }

    /// Begin what the page asks for.
    pub(super) fn start_capture(&mut self, ctx: &Context) {
        if self.capturing.starting.is_some() || !self.may_close(After::Start) {
            return;
        }
        self.capturing.again = None;
        self.begin(ctx);
    }

    /// Whether there is a capture that can begin anew.
    pub(super) fn can_restart(&self) -> bool {
        let file = self
            .open
            .as_ref()
            .is_some_and(|o| o.session.recorder().is_none());
        !file && self.capturing.again.is_some() && self.capturing.starting.is_none()
    }

    /// Look anew which interfaces there are; the page shows them.
    pub(super) fn refresh_interfaces(&mut self) {
        self.capturing.watch = None;
        if !self.is_page_shown() {
            self.capturing.page = true;
        }
    }

    /// Ctrl+R: begin anew what is or was captured.
    pub(super) fn restart_capture(&mut self, ctx: &Context) {
        if !self.can_restart() {
            return;
        }
        if let Some(recorder) = self.recorder() {
            recorder.stop();
        }
        if self.may_close(After::Restart) {
            self.begin(ctx);
        }
    }

    pub(super) fn begin(&mut self, ctx: &Context) {
        if self.recorder().is_some() {
            self.forget_capture();
        }
        let (sender, receiver) = channel();
        let wake = wake(ctx);
        let registry = Arc::clone(&self.registry);
        let pipe = self.capturing.panel.chosen == ["-"];
        let shown = self.capturing.panel.real_time;
        let options = self.options();
        let old = self.capturing.again.take();
        let file = match cache::new_file(&self.capturing.folder) {
            Ok(file) => file,
            Err(error) => {
                self.notice = Some(format!(
                    "{}: captures cannot be kept there: {error}",
                    self.capturing.folder.display()
                ));
                return;
            }
        };
        let plan = match old {
            Some(mut plan) => {
                if let Some(first) = plan.outputs.first_mut() {
                    *first = crate::capture::Output::File(file.clone());
                }
                plan
            }
            None => self.capturing.panel.plan(file.clone()),
        };
        self.capturing.again = (!pipe).then(|| plan.clone());
        self.capturing.whole = false;
        let budget = self.memory_budget();
        self.capturing.rate = Rate::default();
        self.notice = None;
        let begins = std::thread::Builder::new()
            .name("begin".into())
            .spawn(move || {
                let begun = match pipe {
                    true => pipe_session(&file, budget, registry, options, &wake),
                    false => match Recorder::start(&plan) {
                        Ok(recorder) if shown => {
                            session(Arc::new(recorder), budget, registry, options, &wake)
                        }
                        Ok(recorder) => Ok(Begun::Hidden(Arc::new(recorder))),
                        Err(error) => Err(error.to_string()),
                    },
                };
                if begun.is_err() {
                    // Nothing is in it.
                    let _ = std::fs::remove_file(&file);
                }
                let _ = sender.send(begun);
                wake();
            });
        match begins {
            Ok(_) => self.capturing.starting = Some(receiver),
            Err(error) => self.notice = Some(format!("The capture cannot begin: {error}")),
        }
    }

    /// Take in what happened to captures since the last drawing.
    pub(super) fn poll_capture(&mut self, ctx: &Context) {
        match self.capturing.starting.as_ref().map(Receiver::try_recv) {
            Some(Ok(begun)) => {
                self.capturing.starting = None;
                match begun {
                    Ok(Begun::Shown(session)) => self.show_capture(*session, ctx),
                    Ok(Begun::Hidden(recorder)) => {
                        self.capturing.hidden = Some(recorder);
                        self.capturing.page = false;
                    }
                    Err(error) => self.notice = Some(error),
                }
            }
            Some(Err(TryRecvError::Disconnected)) => self.capturing.starting = None,
            Some(Err(TryRecvError::Empty)) | None => {}
        }
        if self
            .capturing
            .hidden
            .as_ref()
            .is_some_and(|r| r.ended().is_some())
            && let Some(recorder) = self.capturing.hidden.take()
        {
            let (budget, options) = (self.memory_budget(), self.options());
            let registry = Arc::clone(&self.registry);
            match session(recorder, budget, registry, options, &wake(ctx)) {
                Ok(Begun::Shown(session)) => self.show_capture(*session, ctx),
                Ok(Begun::Hidden(_)) => {}
                Err(error) => self.notice = Some(error),
            }
        }
        if let Some(Ok(left)) = self.capturing.looking.as_ref().map(Receiver::try_recv) {
            self.capturing.looking = None;
            self.capturing.left = left;
        }
        match self.capturing.saving.as_ref().map(Receiver::try_recv) {
            Some(Ok(result)) => {
                self.capturing.saving = None;
                match result {
                    Some(Ok(_)) => {
                        self.capturing.saved = true;
                        if let Some(merged) = &mut self.merged {
                            merged.saved = true;
                        }
                        self.go_on(ctx);
                    }
                    Some(Err(error)) => self.notice = Some(error),
                    None => {}
                }
            }
            Some(Err(TryRecvError::Disconnected)) => self.capturing.saving = None,
            Some(Err(TryRecvError::Empty)) | None => {}
        }
        if ctx.input(|i| i.viewport().close_requested()) {
            match self.may_close(After::Quit) {
                true => self.forget_capture(),
                false => ctx.send_viewport_cmd(egui::ViewportCommand::CancelClose),
            }
        }
        if self.recorder().is_some_and(|r| r.ended().is_none()) {
            self.refresh_shown();
            // Counters go on even if no packet comes.
            ctx.request_repaint_after(Duration::from_millis(250));
        }
        if self.is_page_shown() && self.capturing.watches {
            if self.capturing.watch.is_none() {
                self.capturing.watch = Some(Watch::start(wake(ctx)));
            }
        } else {
            self.capturing.watch = None;
        }
    }

    /// What came since may have answered what is in sight.
    fn refresh_shown(&mut self) {
        const EVERY: Duration = Duration::from_secs(1);
        let Some(open) = &self.open else { return };
        let (last, packets) = self.capturing.refreshed.unwrap_or((Instant::now(), 0));
        let now = open.session.snapshot().len();
        if now != packets && (last.elapsed() >= EVERY || self.capturing.refreshed.is_none()) {
            open.feed.refresh();
            self.capturing.refreshed = Some((Instant::now(), now));
        }
    }

    fn show_capture(&mut self, session: Session, ctx: &Context) {
        self.capturing.page = false;
        self.capturing.saved = false;
        let names = session.recorder().map(|r| names(r)).unwrap_or_default();
        self.attach(session, &names, ctx);
        self.packets.list.follow_end = self.capturing.panel.auto_scroll;
    }

    /// Whether the page with the interfaces is what the window shows.
    pub(super) fn is_page_shown(&self) -> bool {
        self.capturing.page || (self.open.is_none() && self.capturing.hidden.is_none())
    }

    /// The page with the interfaces.
    pub(super) fn capture_page(&mut self, ui: &mut Ui) {
        let ctx = ui.ctx().clone();
        let palette = Palette::here(ui);
        let state = match &self.capturing.watch {
            Some(watch) => watch.state(),
            None => WatchState::default(),
        };
        let panel = &mut self.capturing.panel;
        let link = panel.chosen.first().and_then(|name| {
            let watched = state.interfaces.iter().find(|w| w.device.name == *name)?;
            Some(watched.links.first()?.link_type())
        });
        let verdict = self
            .capturing
            .check
            .verdict(&panel.filter, link.unwrap_or(1), &wake(&ctx));
        let input = capture::Input {
            state: &state,
            verdict,
            left: &self.capturing.left,
            open: self.open.is_some(),
            starting: self.capturing.starting.is_some(),
        };
        let mut action = None;
        CentralPanel::no_frame()
            .frame(Frame::new().fill(palette.ground))
            .show(ui, |ui| action = panel.show(ui, &input));
        let lines = self.capturing.panel.lines();
        if lines != self.capturing.kept && !ctx.input(|i| i.pointer.any_down()) {
            self.capturing.kept.clone_from(&lines);
            self.library.settings().set(CapturePanel::SECTION, lines);
        }
        match action {
            Some(capture::Action::Start) => self.start_capture(&ctx),
            Some(capture::Action::OpenFile) => self.ask_for_file(&ctx),
            Some(capture::Action::Back) => self.capturing.page = false,
            Some(capture::Action::OpenLeft(path)) => self.open(&path, &ctx),
            Some(capture::Action::DeleteLeft(path)) => self.delete_left(&path),
            None => {}
        }
    }

    /// Delete a capture that was left over.
    pub(super) fn delete_left(&mut self, path: &Path) {
        match std::fs::remove_file(path) {
            Ok(()) => self.capturing.left.retain(|left| left.path != path),
            Err(error) => self.notice = Some(format!("{}: {error}", path.display())),
        }
    }

    /// In place of the packets, while they are not shown.
    pub(super) fn hidden_capture(&self, ui: &mut Ui) -> bool {
        if self.capturing.hidden.is_none() {
            return false;
        }
        let palette = Palette::here(ui);
        CentralPanel::no_frame()
            .frame(Frame::new().fill(palette.ground))
            .show(ui, |ui| {
                ui.centered_and_justified(|ui| {
                    let words = "The packets are shown when the capture has ended.";
                    ui.label(RichText::new(words).color(palette.dim));
                });
            });
        true
    }

    /// The counters and buttons of a live capture.
    pub(super) fn capture_bar(&mut self, ui: &mut Ui) {
        let Some(bar) = self.bar() else { return };
        let ctx = ui.ctx().clone();
        match capture_bar::show(ui, &bar) {
            Some(capture_bar::Action::Stop) => self.start_or_stop(&ctx),
            Some(capture_bar::Action::Restart) => self.restart_capture(&ctx),
            Some(capture_bar::Action::Follow(follow)) => self.packets.list.follow_end = follow,
            Some(capture_bar::Action::Save) => self.save_capture(&ctx),
            Some(capture_bar::Action::ShowAll) => self.show_all_captured(&ctx),
            None => {}
        }
    }

    fn bar(&mut self) -> Option<Bar> {
        let recorder = self.recorder()?;
        let counters = recorder.counters();
        let (ended, pipe) = (recorder.ended(), recorder.is_pipe());
        let names = names(recorder);
        let file = recorder.path().display().to_string();
        let snapshot = self.open.as_ref().map(|open| open.session.snapshot());
        let scanned = snapshot.as_ref().map_or(0, |s| u64::from(s.len()));
        let evicted = snapshot.map_or(0, |s| u64::from(s.first().saturating_sub(1)));
        // What comes through a pipe is counted when it is read.
        let received = if pipe { scanned } else { counters.packets };
        self.capturing.rate.look(received, counters.bytes);
        let filter = self.capturing.again.as_ref().and_then(|p| p.taps.first());
        Some(Bar {
            names,
            filter: filter
                .map(|(_, options)| options.filter.clone())
                .unwrap_or_default(),
            running: ended.is_none(),
            faults: ended.map(|e| e.faults).unwrap_or_default(),
            received,
            displayed: self.displayed(),
            dropped: counters.dropped(),
            interface_dropped: counters.interface_dropped(),
            evicted,
            file,
            whole: self.open.as_ref().map_or(0, |open| {
                let held = scanned.saturating_sub(evicted).max(1);
                (open.session.memory() as u64).saturating_mul(scanned) / held
            }),
            packets_per_second: self.capturing.rate.packets,
            bits_per_second: self.capturing.rate.bits,
            following: self.packets.list.follow_end,
            real_time: self.open.is_some(),
            saved: self.capturing.saved,
            saving: self.capturing.saving.is_some(),
        })
    }
}

/// What is captured on.
pub(super) fn names(recorder: &Recorder) -> String {
    let counters = recorder.counters();
    let names: Vec<_> = counters.interfaces.iter().map(|i| i.name.clone()).collect();
    names.join(", ")
}

/// Follow a capture.
fn session(
    recorder: Arc<Recorder>,
    budget: usize,
    registry: Arc<Registry>,
    options: Options,
    wake: &Wake,
) -> Result<Begun, String> {
    Session::live(recorder, budget, registry, options, Arc::clone(wake))
        .map(|session| Begun::Shown(Box::new(session)))
        .map_err(|error| error.to_string())
}

/// Follow what comes through standard input, once its head is there.
fn pipe_session(
    file: &Path,
    budget: usize,
    registry: Arc<Registry>,
    options: Options,
    wake: &Wake,
) -> Result<Begun, String> {
    /// Both formats can be told by so many bytes.
    const HEAD: u64 = 28;
    let recorder = Recorder::copy(Box::new(std::io::stdin()), "standard input", file)
        .map_err(|error| error.to_string())?;
    let growth = recorder.growth();
    loop {
        let (written, ended) = growth.wait_beyond(HEAD - 1, Duration::from_secs(1));
        if written >= HEAD || (ended && written > 0) {
            break;
        }
        if ended {
            return Err("standard input ended before anything came".into());
        }
    }
    session(Arc::new(recorder), budget, registry, options, wake)
}

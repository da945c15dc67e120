//! The Lab in the window: the catalogue, a play in its thread, and stepping through it.
//!
//! The packet in sight is the chosen one: stepping back and on chooses packets, and stepping on behind the last that is out
//! lets the next go. So list, tree, bytes, ladder and words always show the same packet.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};

use egui::{CentralPanel, Context, Frame, Key, Modifiers, Popup, Ui};

use super::capturing::After;
use super::{App, wake};
use crate::capture::FileError;
use crate::export::ladder::layout::Scale;
use crate::lab::Played;
use crate::session::Session;
use crate::session::lab::{Exchange, LabRun, Ready, exchanges};
use crate::session::ladder::{LadderRun, Overlay, Scope};
use crate::ui::theme::Palette;
use crate::ui::views::lab::lesson::{self, Action, SPEEDS, USUAL_SPEED};
use crate::ui::views::lab::{self, Catalogue, Setting};
use crate::ui::views::ladder::{self, LadderAction, LadderView, Later, Picture};
use crate::ui::widgets::split::{Split, Way, pane};

/// What the window knows of the Lab.
pub(super) struct LabState {
    /// The catalogue is shown.
    pub(super) page: bool,
    catalogue: Catalogue,
    exchanges: Option<Vec<Exchange>>,
    reading: Option<Receiver<Vec<Exchange>>>,
    /// Scripts that were opened like captures: listed, wherever they are.
    opened: Vec<PathBuf>,
    /// What is about to begin.
    starting: Option<Starting>,
    /// What waits for the answer whether a capture is kept.
    waiting: Option<(Exchange, Setting, bool)>,
    play: Option<Play>,
    failed: Option<String>,
    /// What a real host and the client have said.
    told: Vec<String>,
    layout: Layout,
    speed: usize,
    /// Where plays are kept while they are looked at.
    folder: PathBuf,
}

struct Starting {
    run: LabRun,
    exchange: Exchange,
    setting: Setting,
    paused: bool,
}

/// Where the borders are in a lesson.
struct Layout {
    above_and_below: Split,
    ladder_and_words: Split,
    list_and_packet: Split,
}

/// The exchange that is played.
struct Play {
    run: LabRun,
    exchange: Exchange,
    setting: Setting,
    played: Arc<Played>,
    ladder: LadderRun,
    view: LadderView,
    faults: Vec<usize>,
    /// Where steps of the conversation begin: numbers of packets, ascending.
    steps: Vec<u32>,
    running: bool,
    /// The packet that is to be in sight as soon as it is there.
    want: Option<u32>,
    /// When the packet in sight came into it, seconds of the window's clock.
    since: f64,
    /// The packet that was in sight when the picture was drawn last.
    last: u32,
    /// The arrow of the packet in sight grows: it came, it was not gone back to.
    grows: bool,
    /// How many packets were out when what is in sight was made anew.
    refreshed: u32,
    /// The lesson is shown, not the usual window.
    lesson: bool,
}

impl Default for LabState {
    fn default() -> LabState {
        LabState {
            page: false,
            catalogue: Catalogue::default(),
            exchanges: None,
            reading: None,
            opened: Vec::new(),
            starting: None,
            waiting: None,
            play: None,
            failed: None,
            told: Vec::new(),
            layout: Layout {
                above_and_below: Split::new(0.62, 120.0),
                ladder_and_words: Split::new(0.62, 280.0),
                list_and_packet: Split::new(0.5, 240.0),
            },
            speed: USUAL_SPEED,
            folder: std::env::temp_dir(),
        }
    }
}

impl LabState {
    /// Whether nothing is under way.
    pub(super) fn is_idle(&self) -> bool {
        let rests = |play: &Play| {
            let drawn = u32::try_from(play.ladder.shown().len()).unwrap_or(u32::MAX);
            !play.running && play.want.is_none() && drawn >= play.refreshed
        };
        self.reading.is_none() && self.starting.is_none() && self.play.as_ref().is_none_or(rests)
    }

    /// Whether what is open is a play, all of whose packets that were asked for are there.
    pub(super) fn rests(&self) -> bool {
        self.play.is_some() && self.is_idle()
    }

    /// Whether what is open is a play.
    pub(super) fn is_on(&self) -> bool {
        self.play.is_some()
    }

    /// What the play's capture is called.
    pub(super) fn file_name(&self) -> Option<String> {
        let play = self.play.as_ref()?;
        Some(LabRun::file_name(&play.exchange))
    }

    /// A capture is shown now: nothing else is about to be.
    pub(super) fn attached(&mut self) {
        self.page = false;
        self.starting = None;
    }

    /// The play is closed.
    pub(super) fn forget(&mut self) {
        self.play = None;
    }
}

/// Where steps of the conversation begin.
fn beginnings(played: &Played) -> Vec<u32> {
    let mut begin: Vec<u32> = played
        .steps
        .iter()
        .filter_map(|step| step.frames.first().copied())
        .collect();
    begin.push(1);
    begin.sort_unstable();
    begin.dedup();
    begin
}

impl Play {
    fn all(&self) -> u32 {
        u32::try_from(self.played.frames.len()).unwrap_or(u32::MAX)
    }

    /// The last packet of the step that comes next, or of this one where it is not at its end.
    fn next_step(&self, at: u32) -> u32 {
        let begins = self.steps.iter().copied().find(|first| *first > at + 1);
        begins.map_or(self.all(), |first| first - 1)
    }

    /// The last packet of the step before.
    fn previous_step(&self, at: u32) -> u32 {
        let here = self.steps.iter().rev().copied().find(|first| *first <= at);
        here.map_or(1, |first| first.saturating_sub(1).max(1))
    }

    /// Have a packet in sight, and let go all up to it.
    fn go_to(&mut self, number: u32) {
        let number = number.clamp(1, self.all().max(1));
        self.run.release(number);
        self.want = Some(number);
    }
}

impl App {
    /// Show the catalogue.
    pub(super) fn open_lab(&mut self, ctx: &Context) {
        self.capturing.page = false;
        self.lab.page = true;
        self.lab.failed = None;
        self.lab.catalogue.opened();
        self.read_catalogue(ctx);
    }

    /// Keep plays in this folder while they are looked at, in place of the one for temporary files.
    pub fn keep_plays_in(&mut self, folder: &Path) {
        self.lab.folder = folder.to_path_buf();
    }

    /// A script of the user's is opened like a capture: its page is shown.
    pub(super) fn open_script(&mut self, path: &Path, ctx: &Context) {
        let path = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
        if !self.lab.opened.contains(&path) {
            self.lab.opened.push(path.clone());
        }
        let id = path.file_stem().unwrap_or_default();
        self.lab.catalogue.show_all();
        // The list from before does not have it.
        self.lab.exchanges = None;
        self.lab.catalogue.chosen = Some((id.to_string_lossy().into_owned(), Some(path)));
        self.open_lab(ctx);
    }

    /// The folder for scripts of the user's.
    fn scripts(&mut self) -> Option<PathBuf> {
        Some(self.library.settings().folder()?.join("lab"))
    }

    fn read_catalogue(&mut self, ctx: &Context) {
        if self.lab.reading.is_some() {
            return;
        }
        let (sender, receiver) = channel();
        let wake = wake(ctx);
        let folder = self.scripts();
        let opened = self.lab.opened.clone();
        let reads = std::thread::Builder::new()
            .name("catalogue".into())
            .spawn(move || {
                let listed = exchanges(folder.as_deref());
                let known = |path: &PathBuf| listed.iter().any(|e| e.file.as_ref() == Some(path));
                let mut all: Vec<Exchange> = opened
                    .iter()
                    .filter(|path| !known(path))
                    .map(|path| Exchange::of_file(path))
                    .collect();
                all.extend(listed);
                // The window may be gone by now.
                let _ = sender.send(all);
                wake();
            });
        match reads {
            Ok(_) => self.lab.reading = Some(receiver),
            Err(error) => self.notice = Some(format!("The catalogue cannot be read: {error}")),
        }
    }

    /// Play an exchange in place of what is open; paused: nothing goes by itself.
    fn begin_play(&mut self, exchange: Exchange, setting: Setting, paused: bool, ctx: &Context) {
        self.lab.failed = None;
        self.lab.waiting = Some((exchange, setting, paused));
        if self.may_close(After::Lab) {
            self.go_on_with_lab(ctx);
        }
    }

    /// What was open may be closed now.
    pub(super) fn go_on_with_lab(&mut self, ctx: &Context) {
        let Some((exchange, setting, paused)) = self.lab.waiting.take() else {
            return;
        };
        let registry = Arc::clone(&self.registry);
        self.lab.told.clear();
        let folder = &self.lab.folder;
        let begun = setting
            .way()
            .and_then(|way| LabRun::start(&exchange, way, folder, registry, wake(ctx)));
        match begun {
            Ok(run) => {
                self.lab.starting = Some(Starting {
                    run,
                    exchange,
                    setting,
                    paused,
                });
            }
            Err(error) => self.lab.failed = Some(error),
        }
    }

    /// Take in what the Lab's threads have, and let the play go on.
    pub(super) fn poll_lab(&mut self, ctx: &Context) {
        if let Some(all) = self.lab.reading.as_ref().and_then(|r| r.try_recv().ok()) {
            self.lab.reading = None;
            self.lab.exchanges = Some(all);
        }
        if let Some(starting) = &self.lab.starting {
            self.lab.told = starting.run.told();
        }
        let outcome = self.lab.starting.as_ref().and_then(|s| s.run.outcome());
        if let Some(outcome) = outcome
            && let Some(starting) = self.lab.starting.take()
        {
            match outcome {
                Ok(ready) => self.show_play(starting, ready, ctx),
                Err(why) => {
                    self.lab.failed = Some(format!("It could not be played: {why}"));
                    self.lab.page = true;
                }
            }
        }
        self.go_on_playing(ctx);
    }

    fn show_play(&mut self, starting: Starting, ready: Ready, ctx: &Context) {
        let title = starting.exchange.about.title.clone();
        self.attach(ready.session, &title, ctx);
        self.lab.page = false;
        let played = ready.played;
        let Some(ladder) = self.ladder_of_play(&played, ctx) else {
            return;
        };
        let mut view = LadderView::default();
        (view.absolute, view.later) = (false, Later::Dimmed);
        (view.explains, view.tools) = (false, false);
        self.lab.play = Some(Play {
            faults: lab::faults_of(&starting.exchange),
            steps: beginnings(&played),
            run: starting.run,
            exchange: starting.exchange,
            setting: starting.setting,
            played,
            ladder,
            view,
            running: !starting.paused,
            want: None,
            since: f64::NEG_INFINITY,
            last: 0,
            grows: false,
            refreshed: 0,
            lesson: true,
        });
    }

    fn ladder_of_play(&self, played: &Played, ctx: &Context) -> Option<LadderRun> {
        let session = &self.open.as_ref()?.session;
        let overlay = Arc::new(Overlay::of_play(played));
        let scope = Scope::Rows(None);
        Some(LadderRun::start(session, scope, Some(overlay), wake(ctx)))
    }

    /// The play was opened once more.
    pub(super) fn renew_ladder(&mut self, ctx: &Context) {
        let played = self.lab.play.as_ref().map(|play| Arc::clone(&play.played));
        let ladder = played.and_then(|played| self.ladder_of_play(&played, ctx));
        if let (Some(play), Some(ladder)) = (&mut self.lab.play, ladder) {
            play.ladder = ladder;
            play.view.begin_anew();
        }
    }

    fn go_on_playing(&mut self, ctx: &Context) {
        let now = ctx.input(|i| i.time);
        let have = self
            .open
            .as_ref()
            .map_or(0, |open| open.session.snapshot().len());
        let (pace, chosen) = (SPEEDS[self.lab.speed].1, self.chosen);
        let Some(play) = &mut self.lab.play else {
            return;
        };
        if let Some(fault) = play.run.fault() {
            self.notice = Some(fault);
            play.running = false;
            play.want = None;
        }
        if have != play.refreshed {
            play.refreshed = have;
            // What came may have answered what is in sight.
            if let Some(open) = &self.open {
                open.feed.refresh();
            }
        }
        let at = chosen.unwrap_or(0).min(have);
        if at != play.last {
            (play.last, play.since, play.grows) = (at, now, false);
        }
        let mut show = None;
        if let Some(want) = play.want {
            if have >= want {
                play.want = None;
                play.grows = want > play.last;
                (play.last, play.since) = (want, now);
                show = Some(want);
            }
        } else if play.running {
            let due = play.since + pace;
            if at >= play.all() {
                play.running = false;
            } else if now >= due {
                play.go_to(at + 1);
                ctx.request_repaint();
            } else {
                let wait = std::time::Duration::from_secs_f64((due - now).clamp(0.0, 10.0));
                ctx.request_repaint_after(wait);
            }
        }
        if let Some(number) = show {
            self.choose_frame(number);
            self.packets.list.follow_end = false;
            if let Some(row) = self.chosen_row() {
                self.packets.list.reveal(row);
            }
            ctx.request_repaint();
        }
    }

    /// The exchange that is played, as a lesson.
    pub(super) fn show_lesson(&mut self) {
        self.lab.page = false;
        self.capturing.page = false;
        if let Some(play) = &mut self.lab.play {
            play.lesson = true;
        }
    }

    /// Whether the lesson is what the window shows.
    pub(super) fn in_lesson(&self) -> bool {
        !self.lab.page
            && !self.capturing.page
            && self.lab.play.as_ref().is_some_and(|play| play.lesson)
    }

    /// Space, arrows and page keys drive the play.
    pub(super) fn lab_keys(&mut self, ctx: &Context) {
        if self.lab.page && self.lab.play.is_some() && !Popup::is_any_open(ctx) {
            let back = ctx.input_mut(|i| i.consume_key(Modifiers::NONE, Key::Escape));
            self.lab.page &= !back;
            return;
        }
        if !self.in_lesson() || ctx.text_edit_focused() || Popup::is_any_open(ctx) {
            return;
        }
        let focused = ctx.memory(|m| m.focused().is_some());
        let mut asked = None;
        for (key, action) in [
            (Key::Space, Action::PlayPause),
            (Key::ArrowRight, Action::Step),
            (Key::ArrowLeft, Action::Back),
            (Key::PageDown, Action::NextStep),
            (Key::PageUp, Action::PreviousStep),
            (Key::Home, Action::First),
            (Key::End, Action::Last),
        ] {
            // A button that has the focus is pressed by space; a tree that has it folds with arrows.
            let other = match key {
                Key::Space => focused,
                Key::ArrowLeft | Key::ArrowRight | Key::Home | Key::End => self.tree.focused,
                _ => false,
            };
            if !other && ctx.input_mut(|i| i.consume_key(Modifiers::NONE, key)) {
                asked = Some(action);
            }
        }
        if let Some(action) = asked {
            self.lab_action(action, ctx);
        }
    }

    fn lab_action(&mut self, action: Action, ctx: &Context) {
        let at = self.chosen.unwrap_or(0);
        let Some(play) = &mut self.lab.play else {
            return;
        };
        // What is on its way into sight counts already: keys may come faster than packets.
        let at = play.want.unwrap_or(at);
        match action {
            Action::PlayPause => {
                let end = at >= play.all();
                play.running = !play.running;
                if play.running {
                    play.since = f64::NEG_INFINITY;
                    if end {
                        play.go_to(1);
                    }
                }
                ctx.request_repaint();
                return;
            }
            Action::Speed(speed) => {
                self.lab.speed = speed.min(SPEEDS.len() - 1);
                return;
            }
            Action::Again(setting) => {
                let exchange = play.exchange.clone();
                self.lab.catalogue.setting = setting.clone();
                if setting.wire == lab::WireKind::Host {
                    // What is sent is shown first, each time.
                    self.lab.catalogue.choose(&exchange);
                    return self.open_lab(ctx);
                }
                return self.begin_play(exchange, setting, false, ctx);
            }
            Action::Catalogue => return self.open_lab(ctx),
            Action::Close => {
                play.lesson = false;
                play.running = false;
                play.run.release(u32::MAX);
                return;
            }
            Action::Absolute(absolute) => {
                play.view.absolute = absolute;
                return;
            }
            Action::Save(picture) => return self.save_lesson(picture, ctx),
            Action::Filter(text) => return self.set_and_apply(&text, ctx),
            _ => {}
        }
        let to = match action {
            Action::Back => at.saturating_sub(1).max(1),
            Action::Step => at.saturating_add(1),
            Action::NextStep => play.next_step(at),
            Action::PreviousStep => play.previous_step(at),
            Action::Last => u32::MAX,
            _ => 1,
        };
        play.running = false;
        if at > 0 || !matches!(action, Action::Back | Action::PreviousStep | Action::First) {
            play.go_to(to);
        }
        self.tree.focused = false;
        ctx.request_repaint();
    }

    /// The catalogue in place of the packets.
    pub(super) fn lab_page(&mut self, ui: &mut Ui) {
        let ctx = ui.ctx().clone();
        let palette = Palette::here(ui);
        let folder = self.scripts().map(|folder| folder.display().to_string());
        let applied = self.filter.applied.is_some().then_some(&self.filter.text);
        let input = lab::Input {
            exchanges: self.lab.exchanges.as_deref(),
            folder,
            open: self.open.is_some(),
            starting: self.lab.starting.is_some(),
            filter: applied.map_or("", String::as_str),
            failed: self.lab.failed.as_deref(),
            told: &self.lab.told,
        };
        let mut action = None;
        let catalogue = &mut self.lab.catalogue;
        CentralPanel::no_frame()
            .frame(Frame::new().fill(palette.ground))
            .show(ui, |ui| action = catalogue.show(ui, &input));
        match action {
            Some(lab::Action::Play(paused)) => {
                let all = self.lab.exchanges.as_deref().unwrap_or_default();
                if let Some(exchange) = self.lab.catalogue.exchange(all).cloned() {
                    let setting = self.lab.catalogue.setting.clone();
                    self.begin_play(exchange, setting, paused, &ctx);
                }
            }
            Some(lab::Action::Filter(text)) => self.set_and_apply(&text, &ctx),
            Some(lab::Action::Refused(why)) => self.lab.failed = Some(why),
            Some(lab::Action::Back) => self.lab.page = false,
            Some(lab::Action::Cancel) => {
                self.lab.starting = None;
                self.lab.failed = Some("It was cancelled.".into());
            }
            None => {}
        }
    }

    /// The bar of a play.
    pub(super) fn lab_bar(&mut self, ui: &mut Ui) {
        if !self.in_lesson() {
            return;
        }
        let ctx = ui.ctx().clone();
        let at = self.chosen.unwrap_or(0);
        let Some(play) = &self.lab.play else { return };
        let about = &play.exchange.about;
        let bar = lesson::Bar {
            title: &about.title,
            place: &about.text,
            setting: &play.setting,
            faults: &play.faults,
            at: (at, play.all()),
            running: play.running,
            speed: self.lab.speed,
            absolute: play.view.absolute,
        };
        if let Some(action) = lesson::bar(ui, &bar) {
            self.lab_action(action, &ctx);
        }
    }

    /// The lesson: the ladder and the words above, the packets below.
    pub(super) fn lesson(&mut self, ui: &mut Ui) {
        let palette = Palette::here(ui);
        CentralPanel::no_frame().show(ui, |ui| {
            let layout = &mut self.lab.layout;
            let (above, below) = layout.above_and_below.divide(ui, "lab-rows", Way::Stacked);
            let (mut left, mut right) = (above, above);
            pane(ui, above, palette.panel, |ui| {
                let split = &mut self.lab.layout.ladder_and_words;
                (left, right) = split.divide(ui, "lab-above", Way::Beside);
                pane(ui, right, palette.panel, |ui| self.lab_words(ui));
                pane(ui, left, palette.ground, |ui| self.lab_ladder(ui));
            });
            pane(ui, below, palette.ground, |ui| {
                let split = &mut self.lab.layout.list_and_packet;
                let (list, packet) = split.divide(ui, "lab-below", Way::Beside);
                pane(ui, list, palette.ground, |ui| self.list(ui));
                pane(ui, packet, palette.panel, |ui| self.lower(ui));
            });
        });
    }

    /// The ladder as far as the packet in sight; the arrow there grows.
    fn lab_ladder(&mut self, ui: &mut Ui) {
        /// The large ladder needs so much room, points.
        const ROOM: f32 = 1000.0;
        /// How long an arrow takes to grow, seconds.
        const GROWS: f64 = 0.4;
        let ctx = ui.ctx().clone();
        let chosen = self.chosen;
        let Some(play) = &mut self.lab.play else {
            return;
        };
        // What does not fit helps nobody at the back of the room.
        play.view.scale = match ui.available_width() < ROOM {
            true => Scale::Usual,
            false => Scale::Large,
        };
        let age = ctx.input(|i| i.time) - play.since;
        play.view.growth = match play.grows {
            true => (age / GROWS).clamp(0.0, 1.0) as f32,
            false => 1.0,
        };
        if play.view.growth < 1.0 {
            ctx.request_repaint();
        }
        let shown = {
            let ladder = play.ladder.shown();
            let input = ladder::Input {
                ladder: &ladder,
                cursor: Some(chosen.unwrap_or(0)),
                selected: chosen,
                keys: false,
                streams: None,
            };
            play.view.show(ui, &input)
        };
        play.ladder.want(shown.sight);
        match shown.action {
            Some(LadderAction::Choose(frame)) => {
                play.running = false;
                self.tree.focused = false;
                self.go_to_frame(frame);
            }
            Some(LadderAction::Save(picture)) => self.save_lesson(picture, &ctx),
            Some(LadderAction::Stream(_)) | None => {}
        }
    }

    /// The ladder of the play as a picture.
    fn save_lesson(&mut self, picture: Picture, ctx: &Context) {
        let Some(play) = &self.lab.play else { return };
        let ladder = Arc::new(play.ladder.shown().clone());
        let look = (play.view.scale, play.view.absolute);
        self.draw_ladder(ladder, look, picture, ctx);
    }

    /// The step in sight in plain words.
    fn lab_words(&mut self, ui: &mut Ui) {
        let ctx = ui.ctx().clone();
        let detail = self.detail();
        let applied = self.filter.applied.is_some().then_some(&self.filter.text);
        let Some(play) = &self.lab.play else { return };
        let telling = lesson::Telling {
            played: &play.played,
            at: self.chosen.unwrap_or(0),
            tree: detail.as_deref().map(|detail| &detail.tree),
            filter: applied.map_or("", String::as_str),
        };
        if let Some(action) = lesson::tell(ui, &telling) {
            self.lab_action(action, &ctx);
        }
    }

    /// Open the play that is shown once more, with other rules for who reads what.
    pub(super) fn reload_play(
        &self,
        path: &Path,
        ctx: &Context,
    ) -> Option<Result<Session, FileError>> {
        let play = self.lab.play.as_ref()?;
        let registry = Arc::clone(&self.registry);
        Some(play.run.reload(path, registry, wake(ctx)))
    }
}

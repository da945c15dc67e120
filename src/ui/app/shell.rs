//! What belongs to the window as a whole: preferences and how it stood, the files opened before, the command palette, help.

use std::path::Path;
use std::time::{Duration, Instant};

use egui::Context;

use super::starting::SAMPLE_FOLDER;
use super::{App, tools, wake};
use crate::dissect::Options;
use crate::session::list_columns;
use crate::session::preferences::{Preferences, WindowState, ZOOMS};
use crate::session::recent::{Found, Recent};
use crate::ui::command::Command;
use crate::ui::theme;
use crate::ui::views::command_palette::{self, CommandPalette};
use crate::ui::views::help::{Help, Page};
use crate::ui::views::preferences::{self, Form, PreferencesView};

/// Commands that the palette remembers.
const USED: usize = 5;
/// How often the window's place is written at most.
const EVERY: Duration = Duration::from_secs(2);

/// The state behind it.
#[derive(Default)]
pub(super) struct Shell {
    pub(super) preferences: Preferences,
    window: WindowState,
    /// When the window's place was written last.
    kept: Option<Instant>,
    pub(super) recent: Recent,
    /// Somebody has looked which of the recent files are there.
    looked: bool,
    palette: Option<CommandPalette>,
    used: Vec<Command>,
    help: Option<Help>,
    form: Option<PreferencesView>,
}

impl App {
    /// Take what the settings have, and look like it.
    pub(super) fn load_shell(&mut self, ctx: &Context) {
        let settings = self.library.settings();
        self.shell.preferences = Preferences::load(settings);
        self.shell.window = WindowState::load(settings);
        self.shell.recent = Recent::load(settings);
        self.panes.restore(&self.shell.window);
        theme::install(ctx, &self.shell.preferences);
        self.take_capture_defaults();
    }

    fn take_capture_defaults(&mut self) {
        let defaults = &self.shell.preferences.capture;
        let panel = &mut self.capturing.panel;
        panel.promiscuous = defaults.promiscuous;
        panel.snap_len = defaults.snap_len;
        panel.buffer_mib = defaults.buffer_mib;
        panel.real_time = defaults.real_time;
        panel.auto_scroll = defaults.auto_scroll;
    }

    /// What dissectors are asked for.
    pub(super) fn options(&self) -> Options {
        Options {
            verify_checksums: self.shell.preferences.checksums,
        }
    }

    /// Change what the user prefers: it holds at once, and is kept.
    pub(super) fn prefer(&mut self, ctx: &Context, change: impl FnOnce(&mut Preferences)) {
        let mut new = self.shell.preferences.clone();
        change(&mut new);
        let old = std::mem::replace(&mut self.shell.preferences, new);
        let new = &self.shell.preferences;
        if *new == old {
            return;
        }
        if (new.words, new.mono) != (old.words, old.mono) {
            theme::set_fonts(ctx, new);
        }
        if new.colour_safe != old.colour_safe {
            theme::set_styles(ctx, new);
        }
        if new.theme != old.theme {
            theme::set_theme(ctx, new.theme);
        }
        if new.zoom != old.zoom {
            theme::set_zoom(ctx, new.zoom);
        }
        let (anew, capture) = (new.checksums != old.checksums, new.capture != old.capture);
        new.store(self.library.settings());
        if capture {
            self.take_capture_defaults();
        }
        if anew {
            self.load_again(ctx);
        }
    }

    /// Larger or smaller by so many percent.
    pub(super) fn zoom(&mut self, ctx: &Context, by: i32) {
        self.prefer(ctx, |p| {
            let zoom = (i32::from(p.zoom) + by) / 10 * 10;
            let zoom = u16::try_from(zoom).unwrap_or(0);
            p.zoom = zoom.clamp(*ZOOMS.start(), *ZOOMS.end());
        });
    }

    // ---- the window's place -------------------------------------------------------------------------------------------

    /// Note how the window stands, and keep that now and then.
    pub(super) fn note_window(&mut self, ctx: &Context) {
        let now = &mut self.shell.window;
        // Without a window (in tests) only the panes are known.
        ctx.input(|i| {
            let view = i.viewport();
            let native = view.native_pixels_per_point.unwrap_or(i.pixels_per_point);
            let zoom = i.pixels_per_point / native;
            let full = view.fullscreen == Some(true) || view.minimized == Some(true);
            if let (Some(inner), false) = (view.inner_rect, full) {
                now.maximised = view.maximized == Some(true);
                // Of a window that fills the screen the size before that is kept.
                if !now.maximised {
                    now.size = Some([inner.width() * zoom, inner.height() * zoom]);
                    let corner = view.outer_rect.map(|r| r.min);
                    now.position = corner.map(|c| [c.x * zoom, c.y * zoom]);
                }
            }
        });
        if self.shell.kept.is_none_or(|at| at.elapsed() >= EVERY) {
            self.shell.kept = Some(Instant::now());
            self.keep_window();
        }
    }

    /// Keep how the window stands.
    pub(super) fn keep_window(&mut self) {
        self.panes.note(&mut self.shell.window);
        self.shell.window.store(self.library.settings());
    }

    /// The window is closed: keep how it stood.
    pub fn leave(&mut self) {
        self.keep_window();
        if let Some(open) = &self.open {
            remove_sample(open.session.path());
        }
    }

    // ---- files opened before ------------------------------------------------------------------------------------------

    /// A file was opened.
    pub(super) fn remember_file(&mut self, path: &Path) {
        // Samples come with the program, and their folder goes.
        if self.shell.preferences.recent && sample_folder(path).is_none() {
            self.shell.recent.opened(path, self.library.settings());
            self.shell.looked = false;
        }
    }

    pub(super) fn forget_recent(&mut self) {
        self.shell.recent.clear(self.library.settings());
    }

    pub(super) fn forget_recent_file(&mut self, path: &Path) {
        self.shell.recent.forget(path, self.library.settings());
    }

    /// The files opened before with what is known of them; looks for them in the background when that was not done yet.
    pub(super) fn recent_files(&mut self, ctx: &Context) -> Vec<(std::path::PathBuf, Found)> {
        if !self.shell.looked {
            self.shell.looked = true;
            self.shell.recent.look(wake(ctx));
        }
        let recent = &self.shell.recent;
        let files = recent.files().iter();
        files.map(|f| (f.clone(), recent.found(f))).collect()
    }

    /// The next time somebody asks, it is looked again which files are there.
    pub(super) fn recent_may_have_changed(&mut self) {
        self.shell.looked = false;
    }

    // ---- windows ------------------------------------------------------------------------------------------------------

    pub(super) fn open_palette(&mut self) {
        // Once more on the same key closes it.
        self.shell.palette = match self.shell.palette {
            None => Some(CommandPalette::default()),
            Some(_) => None,
        };
    }

    pub(super) fn open_help(&mut self, page: Page) {
        let help = self.shell.help.get_or_insert_default();
        help.page = page;
    }

    pub(super) fn open_preferences(&mut self) {
        self.shell.form.get_or_insert_default();
    }

    /// Whether the keys belong to the palette.
    pub(super) fn is_palette_open(&self) -> bool {
        self.shell.palette.is_some()
    }

    /// Palette, help and preferences.
    pub(super) fn shell_windows(&mut self, ctx: &Context) {
        self.palette(ctx);
        self.help(ctx);
        self.preferences(ctx);
    }

    fn palette(&mut self, ctx: &Context) {
        let Some(mut palette) = self.shell.palette.take() else {
            return;
        };
        let input = command_palette::Input {
            usable: &|entry| self.usable(entry),
            used: &self.shell.used,
        };
        match palette.show(ctx, &input) {
            Some(command_palette::Action::Run(command)) => {
                self.shell.used.retain(|c| *c != command);
                self.shell.used.insert(0, command);
                self.shell.used.truncate(USED);
                self.run(command, ctx);
            }
            Some(command_palette::Action::Close) => {}
            None => self.shell.palette = Some(palette),
        }
    }

    fn help(&mut self, ctx: &Context) {
        let Some(mut help) = self.shell.help.take() else {
            return;
        };
        let mut open = true;
        let wanted = window(ctx, "Help", [720.0, 560.0])
            .open(&mut open)
            .show(ctx, |ui| help.show(ui, &|entry| self.usable(entry)))
            .and_then(|w| w.inner.flatten());
        let open = open && !escaped(ctx);
        match wanted {
            // What was asked for is to be seen.
            Some(command) => {
                if matches!(command, Command::Help | Command::FirstSteps) {
                    self.shell.help = Some(help);
                }
                self.run(command, ctx);
            }
            None if open => self.shell.help = Some(help),
            None => {}
        }
    }

    fn preferences(&mut self, ctx: &Context) {
        let Some(mut view) = self.shell.form.take() else {
            return;
        };
        let mut form = Form {
            preferences: self.shell.preferences.clone(),
            time: self.packets.times.format,
            decimals: self.packets.times.decimals,
        };
        let before = form.clone();
        let mut open = true;
        let action = window(ctx, "Preferences", [680.0, 560.0])
            .open(&mut open)
            .show(ctx, |ui| view.show(ui, &mut form))
            .and_then(|w| w.inner.flatten());
        if open && !escaped(ctx) {
            self.shell.form = Some(view);
        }
        if (form.time, form.decimals) != (before.time, before.decimals) {
            self.set_time(form.time, form.decimals);
        }
        self.prefer(ctx, |p| *p = form.preferences);
        match action {
            Some(preferences::Action::UsualColumns) => self.usual_columns(),
            Some(preferences::Action::EditColours) => self.edit_colours(),
            Some(preferences::Action::ForgetRecent) => self.forget_recent(),
            Some(preferences::Action::Reset) => {
                self.prefer(ctx, |p| *p = Preferences::default());
                self.set_time(Default::default(), None);
            }
            None => {}
        }
    }

    fn usual_columns(&mut self) {
        self.packets.columns = list_columns::usual();
        self.columns_replaced();
    }
}

/// Whether Escape was pressed and no text field wants it.
fn escaped(ctx: &Context) -> bool {
    !ctx.text_edit_focused()
        && ctx.input_mut(|i| i.consume_key(egui::Modifiers::NONE, egui::Key::Escape))
}

/// A window above the panes, in the middle, never larger than what is behind it.
fn window<'a>(ctx: &Context, title: &'a str, size: [f32; 2]) -> egui::Window<'a> {
    let screen = ctx.content_rect();
    let most = screen.size() - egui::vec2(32.0, 64.0);
    egui::Window::new(title)
        .collapsible(false)
        .frame(tools::frame(ctx))
        .default_size(egui::vec2(size[0], size[1]).min(most))
        .min_size(egui::vec2(420.0, 280.0).min(most))
        .max_size(most)
        .pivot(egui::Align2::CENTER_CENTER)
        .default_pos(screen.center())
}

/// The folder of a sample's own, if the file is one.
fn sample_folder(file: &Path) -> Option<&Path> {
    let folder = file.parent()?;
    let name = folder.file_name()?.to_str()?;
    let temporary = folder.parent()? == std::env::temp_dir();
    (temporary && name.starts_with(SAMPLE_FOLDER)).then_some(folder)
}

/// A sample is closed: it can be made anew at any time.
pub(super) fn remove_sample(file: &Path) {
    if let Some(folder) = sample_folder(file) {
        // If it stays, the system clears its folder for temporary files.
        let _ = std::fs::remove_file(file);
        let _ = std::fs::remove_dir(folder);
    }
}

//! The window. Every frame of the picture only paints what the session has ready: nothing here reads files, dissects or waits.

mod app;
pub mod command;
mod explain;
mod theme;
mod views;
mod widgets;

use std::path::PathBuf;

use crate::session::{Settings, WindowState, decode_as};

pub use app::App;

/// What the window begins with.
#[derive(Clone, Debug, Default)]
pub struct Start {
    /// A capture file.
    pub file: Option<PathBuf>,
    /// A display filter.
    pub filter: Option<String>,
    /// Dark or light; `None`: as the user prefers it.
    pub dark: Option<bool>,
    /// Interfaces to capture on; `-` is standard input.
    pub interfaces: Vec<String>,
    /// The capture filter for them.
    pub capture_filter: String,
    /// Whether to begin to capture at once.
    pub begin: bool,
    /// Memory for the packets of a capture, MB.
    pub memory: Option<u32>,
    /// Rules for "Decode as".
    pub rules: Vec<String>,
}

/// Open the window. Returns when it is closed.
pub fn run(begin: Start) -> Result<(), String> {
    let rules = decode_as::parse_all(&begin.rules, &crate::protocols::registry())?;
    let settings = Settings::of_user();
    let stood = WindowState::load(&settings);
    let mut viewport = egui::ViewportBuilder::default()
        .with_title("Wireglass")
        .with_app_id("wireglass")
        .with_icon(icon())
        .with_inner_size(stood.size.unwrap_or([1280.0, 800.0]))
        .with_min_inner_size([640.0, 400.0])
        .with_maximized(stood.maximised)
        .with_drag_and_drop(true);
    if let Some(position) = stood.position {
        viewport = viewport.with_position(position);
    }
    let options = eframe::NativeOptions {
        viewport,
        renderer: eframe::Renderer::Glow,
        ..eframe::NativeOptions::default()
    };
    let start = Box::new(move |cc: &eframe::CreationContext<'_>| {
        let mut app = App::with_settings(&cc.egui_ctx, settings);
        if let Some(dark) = begin.dark {
            // For this time only.
            cc.egui_ctx.set_theme(match dark {
                true => egui::Theme::Dark,
                false => egui::Theme::Light,
            });
        }
        if let Some(filter) = &begin.filter {
            app.set_filter(filter);
        }
        if !rules.is_empty() {
            app.decode_as(rules, &cc.egui_ctx);
        }
        app.prepare_captures(&cc.egui_ctx);
        if let Some(megabytes) = begin.memory {
            app.capture_memory(megabytes);
        }
        if let Some(file) = &begin.file {
            app.open(file, &cc.egui_ctx);
        }
        if !begin.interfaces.is_empty() || begin.begin {
            let (names, filter) = (begin.interfaces.clone(), begin.capture_filter.as_str());
            app.capture_on(names, filter, begin.begin, &cc.egui_ctx);
        }
        Ok(Box::new(app) as Box<dyn eframe::App>)
    });
    eframe::run_native("wireglass", options, start).map_err(|error| {
        format!(
            "the window cannot be opened: {error}. `wireglass --help` lists what works without one"
        )
    })
}

/// The window's own icon; the system takes a larger one from the desktop file where it is installed.
fn icon() -> egui::IconData {
    let png = include_bytes!("../../assets/icons/wireglass-128.png");
    eframe::icon_data::from_png_bytes(png).unwrap_or_default()
}

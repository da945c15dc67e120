//! The window. Every frame of the picture only paints what the session has ready: nothing here reads files, dissects or waits.

mod app;
pub mod command;
mod explain;
mod theme;
mod views;
mod widgets;

use std::path::PathBuf;

use crate::session::{Settings, decode_as};

pub use app::App;

/// Open the window, with a capture, a display filter and rules for "Decode as" to begin with, dark or light (`None`: as the
/// system has it). Returns when it is closed.
pub fn run(
    file: Option<PathBuf>,
    filter: Option<String>,
    rules: &[String],
    dark: Option<bool>,
) -> Result<(), String> {
    let rules = decode_as::parse_all(rules, &crate::protocols::registry())?;
    let options = eframe::NativeOptions {
        viewport: egui::ViewportBuilder::default()
            .with_title("Wireglass")
            .with_app_id("wireglass")
            .with_inner_size([1280.0, 800.0])
            .with_min_inner_size([640.0, 400.0])
            .with_drag_and_drop(true),
        renderer: eframe::Renderer::Glow,
        ..eframe::NativeOptions::default()
    };
    let start = Box::new(move |cc: &eframe::CreationContext<'_>| {
        let mut app = App::with_settings(&cc.egui_ctx, Settings::of_user());
        cc.egui_ctx.set_theme(match dark {
            None => egui::ThemePreference::System,
            Some(true) => egui::ThemePreference::Dark,
            Some(false) => egui::ThemePreference::Light,
        });
        if let Some(filter) = filter {
            app.set_filter(&filter);
        }
        app.decode_as(rules, &cc.egui_ctx);
        if let Some(file) = file {
            app.open(&file, &cc.egui_ctx);
        }
        Ok(Box::new(app) as Box<dyn eframe::App>)
    });
    eframe::run_native("wireglass", options, start).map_err(|error| {
        format!(
            "the window cannot be opened: {error}. `wireglass --help` lists what works without one"
        )
    })
}

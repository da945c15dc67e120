//! The panel for saving: which file, which form, which packets. Says when a file would be replaced before it is.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::{RichText, TextEdit, Ui};

use crate::export::picture::png;
use crate::session::{Form, Frames, Order, Rows, ranges};
use crate::ui::theme::Palette;

/// Which packets.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scope {
    /// All.
    #[default]
    All,
    /// Those that the filter shows.
    Displayed,
    /// Those that are marked.
    Marked,
    /// The chosen one.
    Chosen,
    /// Those that are named.
    Ranges,
}

/// What the panel saves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// Frames as a capture.
    Capture,
    /// What frames say.
    Dissections,
    /// These bytes.
    Bytes(Vec<u8>),
    /// This picture (SVG), or as points (PNG).
    Picture(String),
}

impl Content {
    /// Whether it is of the capture's packets.
    fn is_of_packets(&self) -> bool {
        matches!(self, Content::Capture | Content::Dissections)
    }

    /// What is written to a file of this name.
    pub fn written(self, path: &Path) -> Result<Vec<u8>, String> {
        match self {
            Content::Bytes(bytes) => Ok(bytes),
            Content::Picture(svg) if is_png(path) => png(&svg, PNG_SCALE),
            Content::Picture(svg) => Ok(svg.into_bytes()),
            Content::Capture | Content::Dissections => Ok(Vec::new()),
        }
    }
}

/// Points of a PNG for each of the drawing: sharp on slides and in print.
const PNG_SCALE: f32 = 3.0;

fn is_png(path: &Path) -> bool {
    path.extension()
        .is_some_and(|e| e.eq_ignore_ascii_case("png"))
}

/// What is known about the capture.
pub struct Known {
    /// The last frame.
    pub last: u32,
    /// The chosen frame.
    pub chosen: Option<u32>,
    /// Those that are marked.
    pub marked: Vec<u32>,
    /// Those that the filter shows, if one is applied.
    pub displayed: Option<Arc<Rows>>,
}

/// The panel.
pub struct SavePanel {
    title: &'static str,
    content: Content,
    /// The file's name, with its folder.
    pub path: String,
    form: Form,
    gzip: bool,
    scope: Scope,
    ranges: String,
    needed: bool,
    /// What went wrong when it was tried.
    pub error: Option<String>,
}

/// What the user did.
pub enum Action {
    /// Ask for a file with the system's dialog.
    Browse,
    /// Save frames.
    Frames(Order),
    /// Save something else: where, and whether it may replace a file.
    Other(PathBuf, bool, Content),
    /// Go away.
    Close,
}

impl SavePanel {
    /// A panel; `near` is the file that the capture came from.
    pub fn new(title: &'static str, content: Content, name: &str, near: &Path) -> SavePanel {
        let folder = near.parent().unwrap_or(Path::new(""));
        let form = match content {
            Content::Dissections => Form::Text,
            _ => Form::Pcapng,
        };
        SavePanel {
            title,
            content,
            path: folder.join(name).to_string_lossy().into_owned(),
            form,
            gzip: false,
            scope: Scope::All,
            ranges: String::new(),
            needed: true,
            error: None,
        }
    }

    /// Begin with the packets that the filter shows.
    pub fn displayed(mut self) -> SavePanel {
        self.scope = Scope::Displayed;
        self
    }

    /// What it is called.
    pub fn title(&self) -> &'static str {
        self.title
    }

    /// The ending that the file's name should have.
    fn extension(&self) -> String {
        let gzip = if self.gzip { ".gz" } else { "" };
        format!("{}{gzip}", self.form.extension())
    }

    /// Give the name the ending of the form chosen.
    fn rename(&mut self) {
        let path = Path::new(&self.path);
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let bare = name.trim_end_matches(".gz");
        let known = ["pcapng", "pcap", "cap", "txt", "csv", "json", "pdml"];
        let stem = match bare.rsplit_once('.') {
            Some((stem, ending)) if known.contains(&ending) => stem,
            _ => bare,
        };
        let name = format!("{stem}.{}", self.extension());
        self.path = path.with_file_name(name).to_string_lossy().into_owned();
    }

    /// Draw it.
    pub fn show(&mut self, ui: &mut Ui, known: &Known) -> Option<Action> {
        let palette = Palette::here(ui);
        ui.set_width(520.0);
        // What can be chosen must be seen before it is.
        let widgets = &mut ui.visuals_mut().widgets;
        widgets.inactive.bg_stroke = egui::Stroke::new(1.0, palette.faint);
        widgets.hovered.bg_stroke = egui::Stroke::new(1.0, palette.dim);
        let mut action = None;
        ui.label(RichText::new("File").color(palette.dim));
        ui.horizontal(|ui| {
            let width = ui.available_width() - 92.0;
            let field = TextEdit::singleline(&mut self.path)
                .desired_width(width)
                .margin(egui::Margin::symmetric(8, 5));
            let response = ui.add(field);
            response.widget_info(|| {
                let mut info =
                    egui::WidgetInfo::labeled(egui::Role::TextInput, true, "File to save");
                info.current_text_value = Some(self.path.clone());
                info
            });
            if response.changed() {
                self.error = None;
            }
            if ui.button("Browse…").clicked() {
                action = Some(Action::Browse);
            }
        });
        if let Content::Picture(_) = self.content {
            ui.add_space(8.0);
            self.picture_forms(ui, palette);
        } else if self.content.is_of_packets() {
            ui.add_space(8.0);
            self.forms(ui, palette);
            ui.add_space(8.0);
            self.scopes(ui, known, palette);
        }
        ui.add_space(12.0);
        let order = self.frames(known);
        let exists = Path::new(&self.path).exists();
        let trouble = self
            .error
            .clone()
            .or_else(|| order.as_ref().err().cloned())
            .map(|e| (e, palette.bad))
            .or_else(|| {
                exists.then(|| {
                    (
                        "There is a file of this name; it would be replaced.".to_owned(),
                        palette.doubt,
                    )
                })
            });
        if let Some((text, colour)) = trouble {
            ui.label(RichText::new(text).color(colour));
            ui.add_space(4.0);
        }
        ui.horizontal(|ui| {
            let title = if exists { "Replace it" } else { "Save" };
            let ready = order.is_ok() && !self.path.trim().is_empty();
            let button = egui::Button::new(RichText::new(title).color(palette.on_accent))
                .fill(palette.accent);
            if ui.add_enabled(ready, button).clicked() {
                let path = PathBuf::from(self.path.trim());
                action = match (&self.content, order) {
                    (content @ (Content::Bytes(_) | Content::Picture(_)), _) => {
                        Some(Action::Other(path, exists, content.clone()))
                    }
                    (_, Ok(frames)) => Some(Action::Frames(Order {
                        path,
                        replace: exists,
                        form: self.form,
                        gzip: self.gzip,
                        frames,
                        needed: self.needed && self.content == Content::Capture,
                    })),
                    (_, Err(_)) => None,
                };
            }
            if ui.button("Cancel").clicked() {
                action = Some(Action::Close);
            }
        });
        action
    }

    /// As lines or as points: the name's ending says it.
    fn picture_forms(&mut self, ui: &mut Ui, palette: &Palette) {
        ui.label(RichText::new("Form").color(palette.dim));
        let path = PathBuf::from(self.path.trim());
        ui.horizontal(|ui| {
            for (title, ending, on) in [
                ("SVG, sharp at every size", "svg", !is_png(&path)),
                ("PNG, for programs that take no SVG", "png", is_png(&path)),
            ] {
                if ui.radio(on, title).clicked() && !on {
                    self.path = path.with_extension(ending).to_string_lossy().into_owned();
                    self.error = None;
                }
            }
        });
    }

    fn forms(&mut self, ui: &mut Ui, palette: &Palette) {
        ui.label(RichText::new("Form").color(palette.dim));
        let forms: &[Form] = match self.content {
            Content::Dissections => &Form::DISSECTIONS,
            _ => &Form::CAPTURES,
        };
        let before = (self.form, self.gzip);
        ui.horizontal_wrapped(|ui| {
            for form in forms {
                ui.radio_value(&mut self.form, *form, form.title());
            }
        });
        ui.checkbox(&mut self.gzip, "Compress with gzip");
        if before != (self.form, self.gzip) {
            self.rename();
            self.error = None;
        }
    }

    fn scopes(&mut self, ui: &mut Ui, known: &Known, palette: &Palette) {
        ui.label(RichText::new("Packets").color(palette.dim));
        ui.radio_value(&mut self.scope, Scope::All, "All packets");
        let displayed = known.displayed.as_ref().map(|rows| rows.len());
        let name = match displayed {
            Some(1) => "Displayed: 1 packet".to_owned(),
            Some(n) => format!("Displayed: {n} packets"),
            None => "Displayed: all, there is no filter".to_owned(),
        };
        ui.radio_value(&mut self.scope, Scope::Displayed, name);
        if !known.marked.is_empty() {
            let name = format!("Marked: {}", known.marked.len());
            ui.radio_value(&mut self.scope, Scope::Marked, name);
        }
        if let Some(chosen) = known.chosen {
            let name = format!("Chosen: packet {chosen}");
            ui.radio_value(&mut self.scope, Scope::Chosen, name);
        }
        ui.horizontal(|ui| {
            ui.radio_value(&mut self.scope, Scope::Ranges, "Numbers");
            let field = TextEdit::singleline(&mut self.ranges)
                .hint_text("1-5, 9, 20-")
                .desired_width(240.0)
                .margin(egui::Margin::symmetric(8, 4));
            let response = ui.add(field);
            response.widget_info(|| {
                let mut info =
                    egui::WidgetInfo::labeled(egui::Role::TextInput, true, "Packet numbers");
                info.current_text_value = Some(self.ranges.clone());
                info
            });
            if response.changed() {
                self.scope = Scope::Ranges;
                self.error = None;
            }
        });
        if self.content == Content::Capture && self.scope != Scope::All {
            ui.checkbox(
                &mut self.needed,
                "With the packets that these are put together from",
            );
        }
    }

    fn frames(&self, known: &Known) -> Result<Frames, String> {
        if !self.content.is_of_packets() {
            return Ok(Frames::All);
        }
        Ok(match self.scope {
            Scope::All => Frames::All,
            Scope::Displayed => known
                .displayed
                .clone()
                .map_or(Frames::All, Frames::Displayed),
            Scope::Marked => Frames::Numbers(known.marked.clone()),
            Scope::Chosen => Frames::Numbers(known.chosen.into_iter().collect()),
            Scope::Ranges => Frames::Numbers(ranges(&self.ranges, known.last)?),
        })
    }
}

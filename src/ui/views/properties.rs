//! What the capture file is: format, times, counts, interfaces, comments, hashes.

use std::sync::Arc;

use egui::{Grid, ProgressBar, RichText, ScrollArea, Ui};

use crate::session::properties::{Properties, properties};
use crate::session::{Counting, Job, Session, Wake, Zone};
use crate::ui::theme::{Palette, mono, strong};

/// The window's state.
pub struct PropertiesWindow {
    job: Job<Properties>,
    lines: Option<Result<Vec<(String, String)>, String>>,
}

impl PropertiesWindow {
    /// Begin to count.
    pub fn new(session: &Arc<Session>, wake: Wake) -> PropertiesWindow {
        let session = Arc::clone(session);
        let work = move |counting: &Counting| properties(&session, counting);
        PropertiesWindow {
            job: Job::start(Counting::default(), wake, work),
            lines: None,
        }
    }

    /// Whether everything is counted.
    pub fn is_idle(&self) -> bool {
        self.lines.is_some()
    }

    /// Draw it.
    pub fn show(&mut self, ui: &mut Ui) {
        let palette = Palette::here(ui);
        if self.lines.is_none()
            && let Some(outcome) = self.job.outcome()
        {
            self.lines = Some(outcome.map(|all| all.lines(&Zone::local())));
        }
        let lines = match &self.lines {
            None => {
                ui.add(ProgressBar::new(self.job.share()).show_percentage());
                return;
            }
            Some(Err(error)) => {
                ui.label(RichText::new(error).color(palette.bad));
                return;
            }
            Some(Ok(lines)) => lines,
        };
        if ui.button("Copy as text").clicked() {
            ui.ctx().copy_text(text(lines));
        }
        ui.add_space(4.0);
        ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
            let groups = lines.chunk_by(|_, next| !next.0.is_empty());
            for (at, group) in groups.enumerate() {
                let Some(((_, head), rows)) = group.split_first() else {
                    continue;
                };
                ui.add_space(if at == 0 { 0.0 } else { 10.0 });
                ui.label(RichText::new(head).font(strong(14.0)).color(palette.text));
                Grid::new(("properties", at))
                    .num_columns(2)
                    .min_col_width(150.0)
                    .spacing([12.0, 4.0])
                    .show(ui, |ui| {
                        for (title, value) in rows {
                            ui.label(RichText::new(title).color(palette.dim));
                            let hash = title.starts_with("SHA");
                            let text = match hash {
                                true => RichText::new(value).font(mono(12.0)),
                                false => RichText::new(value),
                            };
                            ui.add(egui::Label::new(text.color(palette.text)).wrap());
                            ui.end_row();
                        }
                    });
            }
        });
    }
}

/// As the command line prints it.
fn text(lines: &[(String, String)]) -> String {
    let mut out = String::new();
    for (title, value) in lines {
        match title.is_empty() {
            true => {
                out.push_str(if out.is_empty() { "" } else { "\n" });
                out.push_str(value);
            }
            false => out.push_str(&format!("  {:<22}{value}", format!("{title}:"))),
        }
        out.push('\n');
    }
    out
}

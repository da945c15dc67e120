//! Who reads what, by rules of the user ("Decode as"), and loading a capture anew.

use std::sync::Arc;

use egui::Context;

use super::{App, Open, tools, wake};
use crate::dissect::DecodeAs;
use crate::session::Session;
use crate::session::decode_as::{parse, written};
use crate::ui::views::decode_as::{self, DecodeDialog};

/// The settings' section of rules that hold in later sessions.
const RULES: &str = "decode as";

impl App {
    /// Take in the rules that earlier sessions left. One that is no longer understood is passed over.
    pub(super) fn load_decoding(&mut self) {
        let lines = self.library.settings().lines(RULES);
        let rules: Vec<DecodeAs> = lines
            .iter()
            .filter_map(|line| parse(line, &self.registry).ok())
            .flatten()
            .collect();
        if !rules.is_empty() {
            self.registry = Arc::new(self.registry.decoding_as(rules));
        }
    }

    pub(super) fn open_decode_as(&mut self) {
        let keep = !self.library.settings().lines(RULES).is_empty();
        let detail = self.detail();
        let tree = detail.as_ref().map(|d| &d.tree);
        self.tools.decode = Some(DecodeDialog::new(tree, self.registry.rules(), keep));
    }

    pub(super) fn decode_dialog(&mut self, ctx: &Context) {
        let Some(mut dialog) = self.tools.decode.take() else {
            return;
        };
        let mut open = true;
        let action = egui::Window::new("Decode as")
            .open(&mut open)
            .collapsible(false)
            .frame(tools::frame(ctx))
            .resizable(false)
            .pivot(egui::Align2::CENTER_CENTER)
            .default_pos(ctx.content_rect().center())
            .show(ctx, |ui| dialog.show(ui, &self.registry))
            .and_then(|w| w.inner.flatten());
        match action {
            Some(decode_as::Action::Apply(rules, keep)) => {
                let lines: Vec<String> = match keep {
                    true => rules.iter().map(written).collect(),
                    false => Vec::new(),
                };
                self.library.settings().set(RULES, lines);
                self.decode_as(rules, ctx);
            }
            Some(decode_as::Action::Cancel) => {}
            None if open => self.tools.decode = Some(dialog),
            None => {}
        }
    }

    /// From here on these rules of the user say who reads what, in place of those before; an open capture is loaded anew.
    pub fn decode_as(&mut self, rules: Vec<DecodeAs>, ctx: &Context) {
        let same = |a: &DecodeAs, b: &DecodeAs| written(a) == written(b);
        let before = self.registry.rules();
        if rules.len() == before.len() && rules.iter().zip(before).all(|(a, b)| same(a, b)) {
            return;
        }
        self.registry = Arc::new(self.registry.decoding_as(rules));
        self.load_again(ctx);
    }

    /// Load the capture once more: its file may have changed, or who reads what. The chosen packet stays chosen if it is still
    /// there, and what the user noted stays, too.
    pub(super) fn load_again(&mut self, ctx: &Context) {
        let Some(open) = self.open.take() else { return };
        let path = open.session.path().to_path_buf();
        let registry = Arc::clone(&self.registry);
        // A live capture goes on; what was read of it is read anew.
        let session = match open.session.recorder() {
            Some(recorder) => {
                let recorder = Arc::clone(recorder);
                let budget = self.memory_budget();
                Session::live(recorder, budget, registry, self.options(), wake(ctx))
            }
            None => match self.reload_play(&path, ctx) {
                Some(session) => session,
                None => Session::open(&path, registry, self.options(), wake(ctx)),
            },
        };
        let following = self.packets.list.follow_end;
        let chosen = self.chosen;
        match session {
            Ok(session) => {
                session.change_marks(|marks| *marks = (*open.session.marks()).clone());
                self.attach_again(open, session, ctx);
                self.renew_ladder(ctx);
                self.packets.list.follow_end = following;
                self.return_to = chosen;
            }
            Err(error) => {
                self.open = Some(open);
                self.notice = Some(error.to_string());
            }
        }
    }

    /// Show the session in place of the one before, of the same capture.
    fn attach_again(&mut self, before: Open, session: Session, ctx: &Context) {
        let title = match &self.merged {
            Some(merged) => merged.title.clone(),
            None => match before.session.recorder() {
                Some(recorder) => super::capturing::names(recorder),
                None => {
                    let name = before.session.path().file_name().unwrap_or_default();
                    name.to_string_lossy().into_owned()
                }
            },
        };
        let merged = self.merged.take();
        drop(before);
        self.attach(session, &title, ctx);
        self.merged = merged;
    }
}

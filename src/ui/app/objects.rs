//! The files that went over the wire: found in a thread of its own, shown in a window above the panes.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, TryRecvError, channel};

use egui::Context;

use super::{App, wake};
use crate::session::{Carrier, Counting, Job, Object, objects, save_objects};
use crate::ui::views::objects::{Action, ObjectList};

/// What is open, and what is looked for.
#[derive(Default)]
pub(super) struct ObjectsState {
    list: Option<ObjectList>,
    search: Option<Receiver<Result<Vec<Object>, String>>>,
    /// What is being saved: a sentence about it when it is.
    saving: Option<Job<String>>,
}

impl ObjectsState {
    pub(super) fn is_idle(&self) -> bool {
        self.search.is_none() && self.saving.is_none()
    }
}

impl App {
    /// Look for files in the capture.
    pub(super) fn find_objects(&mut self, ctx: &Context) {
        let Some(open) = &self.open else { return };
        let (sender, receiver) = channel();
        let (session, wake) = (Arc::clone(&open.session), wake(ctx));
        let started = std::thread::Builder::new()
            .name("objects".into())
            .spawn(move || {
                // The window may be gone by now; then nobody waits for the answer.
                let _ = sender.send(objects(&session, &Carrier::ALL));
                wake();
            });
        match started {
            Ok(_) => self.objects.search = Some(receiver),
            Err(error) => self.notice = Some(format!("Files cannot be looked for: {error}")),
        }
    }

    /// The window with the list.
    pub(super) fn objects_window(&mut self, ctx: &Context) {
        match self.objects.search.as_ref().map(Receiver::try_recv) {
            Some(Ok(found)) => {
                self.objects.search = None;
                match found {
                    Ok(objects) => {
                        let path = self.open.as_ref().map(|o| o.session.path().to_path_buf());
                        let near = path.and_then(|p| Some(p.parent()?.join("objects")));
                        let folder = near.unwrap_or_default().to_string_lossy().into_owned();
                        self.objects.list = Some(ObjectList {
                            objects,
                            folder,
                            message: None,
                        });
                    }
                    Err(error) => self.notice = Some(error),
                }
            }
            Some(Err(TryRecvError::Disconnected)) => self.objects.search = None,
            Some(Err(TryRecvError::Empty)) | None => {}
        }
        if let Some(outcome) = self.objects.saving.as_ref().and_then(Job::outcome) {
            self.objects.saving = None;
            let message = outcome.map_or_else(|error| error, |text| text.to_string());
            match &mut self.objects.list {
                Some(list) => list.message = Some(message),
                None => self.notice = Some(message),
            }
        }
        let Some(mut list) = self.objects.list.take() else {
            return;
        };
        let mut open = self.open.is_some();
        let action = egui::Window::new("Files in this capture")
            .open(&mut open)
            .collapsible(false)
            .frame(super::tools::frame(ctx))
            .default_width(760.0)
            .pivot(egui::Align2::CENTER_CENTER)
            .default_pos(ctx.content_rect().center())
            .show(ctx, |ui| list.show(ui))
            .and_then(|w| w.inner.flatten());
        match action {
            Some(Action::Go(frame)) => self.go_to_frame(frame),
            Some(Action::Save(at)) => {
                if let Some(object) = list.objects.get(at).cloned() {
                    self.save_objects(&mut list, vec![object], ctx);
                }
            }
            Some(Action::SaveAll) => {
                let all = list.objects.clone();
                self.save_objects(&mut list, all, ctx);
            }
            None => {}
        }
        if open && !ctx.input(|i| i.key_pressed(egui::Key::Escape)) {
            self.objects.list = Some(list);
        }
    }

    /// Save files, in a thread of its own: bodies are put together and unpacked for it.
    fn save_objects(&mut self, list: &mut ObjectList, objects: Vec<Object>, ctx: &Context) {
        let Some(open) = &self.open else { return };
        if self.objects.saving.is_some() {
            return;
        }
        let folder = PathBuf::from(list.folder.trim());
        list.message = Some("Saving…".into());
        let session = Arc::clone(&open.session);
        let work = move |_: &Counting| {
            let files = save_objects(&session, &objects, &folder).map_err(|e| e.to_string())?;
            Ok(match files.as_slice() {
                [one] => format!("Saved: {}", one.display()),
                files => format!("Saved: {} files in {}", files.len(), folder.display()),
            })
        };
        self.objects.saving = Some(Job::start(Counting::default(), wake(ctx), work));
    }
}

//! The files that went over the wire: found in a thread of its own, shown in a window above the panes.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, TryRecvError, channel};

use egui::Context;

use super::{App, wake};
use crate::session::{Carrier, Object, objects, save_objects};
use crate::ui::views::objects::{Action, ObjectList};

/// What is open, and what is looked for.
#[derive(Default)]
pub(super) struct ObjectsState {
    list: Option<ObjectList>,
    search: Option<Receiver<Result<Vec<Object>, String>>>,
}

impl ObjectsState {
    pub(super) fn is_idle(&self) -> bool {
        self.search.is_none()
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
                    self.save_objects(&mut list, &[object]);
                }
            }
            Some(Action::SaveAll) => {
                let all = list.objects.clone();
                self.save_objects(&mut list, &all);
            }
            None => {}
        }
        if open && !ctx.input(|i| i.key_pressed(egui::Key::Escape)) {
            self.objects.list = Some(list);
        }
    }

    fn save_objects(&self, list: &mut ObjectList, objects: &[Object]) {
        let Some(open) = &self.open else { return };
        let folder = PathBuf::from(list.folder.trim());
        list.message = Some(match save_objects(&open.session, objects, &folder) {
            Ok(files) => match files.as_slice() {
                [one] => format!("Saved: {}", one.display()),
                files => format!("Saved: {} files in {}", files.len(), folder.display()),
            },
            Err(error) => error.to_string(),
        });
    }
}

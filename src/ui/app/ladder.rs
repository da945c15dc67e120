//! Ladders: of the chosen packet's conversation, or of the packets displayed; saved as pictures.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, TryRecvError, channel};

use egui::{Context, Ui};

use super::dock::{Tab, stream_of};
use super::{App, wake};
use crate::export::ladder::Ladder;
use crate::export::ladder::layout::Scale;
use crate::export::ladder::svg::{Look, size, svg};
use crate::export::picture::png;
use crate::session::follow::Kind;
use crate::session::ladder::{LadderRun, Scope};
use crate::ui::views::ladder::{Input, LadderAction, LadderView, Picture};

/// Dots of a picture's height, at most.
const DOTS: f32 = 16_000.0;

/// A ladder in a tab.
pub(super) struct LadderTab {
    pub(super) run: LadderRun,
    pub(super) view: LadderView,
}

/// A picture that is being made: what it is, and the bytes.
pub(super) struct Drawing {
    ending: &'static str,
    bytes: Receiver<Result<Vec<u8>, String>>,
}

impl LadderTab {
    pub(super) fn title(&self) -> String {
        match self.run.scope() {
            Scope::Tcp(stream) => format!("Ladder TCP {stream}"),
            Scope::Udp(stream) => format!("Ladder UDP {stream}"),
            Scope::Rows(_) => "Ladder".into(),
        }
    }
}

/// Whether two ladders are of the same conversation. What is displayed changes, so it is never the same.
fn is_same(a: &Scope, b: &Scope) -> bool {
    match (a, b) {
        (Scope::Tcp(a), Scope::Tcp(b)) | (Scope::Udp(a), Scope::Udp(b)) => a == b,
        _ => false,
    }
}

impl App {
    /// Show the ladder of the chosen packet's conversation; of a packet without one, that of the packets displayed.
    pub(super) fn ladder_of_conversation(&mut self, ctx: &Context) {
        let detail = self.detail();
        let of = |kind| detail.as_deref().and_then(|d| stream_of(d, kind));
        let scope = match (of(Kind::Tcp), of(Kind::Udp)) {
            (Some(stream), _) => Scope::Tcp(stream),
            (None, Some(stream)) => Scope::Udp(stream),
            (None, None) => return self.ladder_of_displayed(ctx),
        };
        self.show_ladder(scope, ctx);
    }

    /// Show the ladder of the packets displayed.
    pub(super) fn ladder_of_displayed(&mut self, ctx: &Context) {
        let rows = self.open.as_ref().and_then(|open| open.run.as_ref());
        let scope = Scope::Rows(rows.map(|run| run.state().rows));
        self.show_ladder(scope, ctx);
    }

    fn show_ladder(&mut self, scope: Scope, ctx: &Context) {
        let Some(open) = &self.open else { return };
        let same =
            |tab: &Tab| matches!(tab, Tab::Ladder(ladder) if is_same(ladder.run.scope(), &scope));
        if self.dock.show_tab(same) {
            return;
        }
        let run = LadderRun::start(&open.session, scope, None, wake(ctx));
        let mut view = LadderView::default();
        view.focused = true;
        // What is displayed is shown in the tab of what was displayed.
        let open_rows = |tab: &Tab| {
            matches!(tab, Tab::Ladder(ladder)
                if matches!(ladder.run.scope(), Scope::Rows(_))
                && matches!(run.scope(), Scope::Rows(_)))
        };
        if self.dock.show_tab(open_rows)
            && let Some(Tab::Ladder(ladder)) = self.dock.active_mut()
        {
            ladder.run = run;
            ladder.view.begin_anew();
            return;
        }
        self.dock
            .add(Tab::Ladder(Box::new(LadderTab { run, view })));
    }

    /// Draw the ladder of the tab in sight.
    pub(super) fn ladder_tab(&mut self, ui: &mut Ui) {
        let chosen = self.chosen;
        let typing = ui.ctx().memory(|m| m.focused().is_some());
        let Some(open) = &self.open else { return };
        let Some(Tab::Ladder(tab)) = self.dock.active_mut() else {
            return;
        };
        let streams = match tab.run.scope() {
            Scope::Tcp(stream) => Some((*stream, Kind::Tcp.streams(&open.session))),
            Scope::Udp(stream) => Some((*stream, Kind::Udp.streams(&open.session))),
            Scope::Rows(_) => None,
        };
        let shown = {
            let ladder = tab.run.shown();
            let input = Input {
                ladder: &ladder,
                cursor: None,
                selected: chosen,
                keys: (tab.view.focused || tab.view.fills) && !typing,
                streams,
            };
            tab.view.show(ui, &input)
        };
        tab.run.want(shown.sight);
        let ctx = ui.ctx().clone();
        match shown.action {
            Some(LadderAction::Choose(frame)) => self.go_to_frame(frame),
            Some(LadderAction::Save(picture)) => self.draw_active(picture, &ctx),
            Some(LadderAction::Stream(stream)) => self.other_stream(stream, &ctx),
            None => {}
        }
    }

    /// The ladder of another stream in the same tab.
    fn other_stream(&mut self, stream: u32, ctx: &Context) {
        let (Some(open), Some(Tab::Ladder(tab))) = (&self.open, self.dock.active_mut()) else {
            return;
        };
        let scope = match tab.run.scope() {
            Scope::Udp(_) => Scope::Udp(stream),
            _ => Scope::Tcp(stream),
        };
        tab.run = LadderRun::start(&open.session, scope, None, wake(ctx));
        tab.view.begin_anew();
    }

    fn draw_active(&mut self, picture: Picture, ctx: &Context) {
        let Some(Tab::Ladder(tab)) = self.dock.active_mut() else {
            return;
        };
        let (scale, absolute) = (tab.view.scale, tab.view.absolute);
        let ladder = tab.run.shown().clone();
        self.draw_ladder(Arc::new(ladder), (scale, absolute), picture, ctx);
    }

    /// Make a picture of a ladder in the background, and ask where it goes. In the colours of the window.
    pub(super) fn draw_ladder(
        &mut self,
        ladder: Arc<Ladder>,
        (scale, absolute): (Scale, bool),
        picture: Picture,
        ctx: &Context,
    ) {
        let look = Look {
            width: if scale == Scale::Large {
                1500.0
            } else {
                1000.0
            },
            scale,
            absolute,
            dark: ctx.theme() == egui::Theme::Dark,
        };
        let ending = match picture {
            Picture::Svg => "-ladder.svg",
            Picture::Png => "-ladder.png",
        };
        let (sender, bytes) = channel();
        let wake = wake(ctx);
        let begun = std::thread::Builder::new()
            .name("picture".into())
            .spawn(move || {
                // The window may be gone by now; then nobody waits for it.
                let _ = sender.send(drawn(&ladder, &look, picture));
                wake();
            });
        match begun {
            Ok(_) => self.dock.drawing = Some(Drawing { ending, bytes }),
            Err(error) => self.notice = Some(format!("The picture cannot be made: {error}")),
        }
    }

    /// Take in a picture that was made.
    pub(super) fn poll_drawing(&mut self) {
        let Some(drawing) = &self.dock.drawing else {
            return;
        };
        let outcome = match drawing.bytes.try_recv() {
            Ok(outcome) => outcome,
            Err(TryRecvError::Empty) => return,
            Err(TryRecvError::Disconnected) => Err("a fault in the program ended it".into()),
        };
        let ending = drawing.ending;
        self.dock.drawing = None;
        match outcome {
            Ok(bytes) => self.save_as_bytes("Save the ladder", bytes, ending),
            Err(error) => self.notice = Some(format!("The picture cannot be made: {error}")),
        }
    }
}

/// The picture of a ladder.
fn drawn(ladder: &Ladder, look: &Look, picture: Picture) -> Result<Vec<u8>, String> {
    let rows = 0..ladder.len();
    if picture == Picture::Svg {
        return Ok(svg(ladder, rows, look).into_bytes());
    }
    // Two dots for each point, if that is not too many; of a long ladder the beginning.
    let [_, height] = size(ladder, &rows, look);
    let scale = if height * 2.0 <= DOTS { 2.0 } else { 1.0 };
    let mut rows = rows;
    while rows.end > 1 && size(ladder, &rows, look)[1] * scale > DOTS {
        rows.end -= rows.end.div_ceil(16).min(rows.end - 1);
    }
    png(&svg(ladder, rows, look), scale)
}

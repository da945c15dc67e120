//! A ladder: life lines and an arrow for each packet. Only the rows in sight are laid out; the shapes are those of the saved picture.

use std::ops::Range;

use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{
    Align2, Color32, CornerRadius, FontId, Painter, Pos2, Rect, RichText, ScrollArea, Sense, Shape,
    Stroke, Ui, Vec2, WidgetInfo,
};

use crate::export::ladder::layout::{self, Align, Face, Ink, Scale, Sheet};
use crate::export::ladder::{End, Ladder, step};
use crate::session::colours::Hue;
use crate::ui::theme::{EDGE, Palette, mono, strong, words};
use crate::ui::widgets::bar::{bar, switch};
use crate::ui::widgets::row_list::{BAR, RowList, keyboard};

/// What arrows look like to which a play has not come yet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Later {
    /// They are not there.
    #[default]
    Absent,
    /// They are there, faintly.
    Dimmed,
}

/// The form of a saved picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Picture {
    /// Lines, of any size.
    Svg,
    /// Dots.
    Png,
}

/// What the user asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LadderAction {
    /// Choose this packet in the list.
    Choose(u32),
    /// Save it as a picture.
    Save(Picture),
    /// Show the stream with this number in place of this one.
    Stream(u32),
}

/// What is drawn.
pub struct Input<'a> {
    /// The ladder.
    pub ladder: &'a Ladder,
    /// The frame up to which a play has come; `None`: all are there.
    pub cursor: Option<u32>,
    /// The chosen frame.
    pub selected: Option<u32>,
    /// Keys that move in lists are for this one.
    pub keys: bool,
    /// The number of the stream, and how many there are, to step from one to the next.
    pub streams: Option<(u32, u32)>,
}

/// What came of it.
pub struct Shown {
    /// What the user asks for.
    pub action: Option<LadderAction>,
    /// The rows in sight: their arrows are needed.
    pub sight: Range<usize>,
}

/// The view: what of its look is kept between drawings.
pub struct LadderView {
    /// How large it is.
    pub scale: Scale,
    /// The numbers on the wire stand beside the relative ones.
    pub absolute: bool,
    /// What arrows behind the cursor look like.
    pub later: Later,
    /// How much of the arrow at the cursor is drawn, 0 to 1.
    pub growth: f32,
    /// The chosen packet is told in plain words below.
    pub explains: bool,
    /// The line of controls stands above.
    pub tools: bool,
    /// It wants the whole window.
    pub fills: bool,
    /// It was clicked last, so keys are for it.
    pub focused: bool,
    list: RowList,
    /// Where the picture was scrolled to already.
    revealed: Option<u32>,
    /// The cursor at the last drawing.
    came: Option<u32>,
}

impl Default for LadderView {
    fn default() -> LadderView {
        LadderView {
            scale: Scale::Usual,
            absolute: true,
            later: Later::Absent,
            growth: 1.0,
            explains: true,
            tools: true,
            fills: false,
            focused: false,
            list: RowList::default(),
            revealed: None,
            came: None,
        }
    }
}

impl LadderView {
    /// Another ladder in the same view: how it is shown stays.
    pub fn begin_anew(&mut self) {
        self.list = RowList::default();
        self.revealed = None;
        self.came = None;
    }

    /// Draw it into the rest of `ui`.
    pub fn show(&mut self, ui: &mut Ui, input: &Input<'_>) -> Shown {
        let palette = Palette::here(ui);
        let mut action = None;
        if self.tools {
            action = self.bar(ui, input);
        }
        let mut area = ui.available_rect_before_wrap();
        if self.explains {
            let height = match self.scale {
                Scale::Usual => 74.0,
                Scale::Large => 124.0,
            };
            let below = area.split_top_bottom_at_y((area.max.y - height).max(area.center().y));
            area = below.0;
            self.explanation(ui, input, below.1, palette);
        }
        let sight = self.drawing(ui, input, area, palette, &mut action);
        ui.advance_cursor_after_rect(ui.max_rect());
        Shown { action, sight }
    }

    /// The line of controls.
    fn bar(&mut self, ui: &mut Ui, input: &Input<'_>) -> Option<LadderAction> {
        let mut action = None;
        bar(ui, |ui| {
            ui.add_space(EDGE - 4.0);
            let mut large = self.scale == Scale::Large;
            if switch(ui, "Large", true, &mut large) {
                self.scale = if large { Scale::Large } else { Scale::Usual };
                self.revealed = None;
            }
            switch(ui, "Absolute numbers", true, &mut self.absolute);
            switch(ui, "Explain", true, &mut self.explains);
            switch(ui, "Fill the window", true, &mut self.fills);
            if let Some((stream, streams)) = input.streams {
                ui.separator();
                for (sign, name, to) in [
                    ("←", "Previous stream", stream.checked_sub(1)),
                    (
                        "→",
                        "Next stream",
                        stream.checked_add(1).filter(|s| *s < streams),
                    ),
                ] {
                    let button = ui.add_enabled(to.is_some(), egui::Button::new(sign));
                    button.widget_info(|| {
                        WidgetInfo::labeled(egui::Role::Button, to.is_some(), name)
                    });
                    if button.on_hover_text(name).clicked() {
                        action = to.map(LadderAction::Stream);
                    }
                }
            }
            ui.separator();
            for (text, picture) in [("Save SVG…", Picture::Svg), ("Save PNG…", Picture::Png)] {
                let button = ui.add_enabled(!input.ladder.is_empty(), egui::Button::new(text));
                if button
                    .on_hover_text("Save the drawing as a picture")
                    .clicked()
                {
                    action = Some(LadderAction::Save(picture));
                }
            }
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                ui.add_space(EDGE);
                let palette = Palette::here(ui);
                let ladder = input.ladder;
                let rows = super::status::grouped(ladder.len() as u64);
                let mut text = match ladder.len() {
                    1 => "1 packet".to_owned(),
                    _ => format!("{rows} packets"),
                };
                if ladder.left_out > 0 {
                    let more = super::status::grouped(ladder.left_out);
                    text.push_str(&format!(", and {more} more that are not shown"));
                } else if !ladder.done {
                    text.push('…');
                }
                ui.label(RichText::new(text).color(palette.dim).small());
            });
        });
        action
    }

    /// How many rows are shown.
    fn rows(&self, input: &Input<'_>) -> usize {
        match (self.later, input.cursor) {
            (Later::Absent, Some(cursor)) => input.ladder.rows_until(cursor),
            _ => input.ladder.len(),
        }
    }

    /// The row that the head and the words are about: the chosen one, or the last that has come.
    fn row_told(&self, input: &Input<'_>) -> Option<usize> {
        let rows = match input.cursor {
            Some(cursor) => input.ladder.rows_until(cursor),
            None => input.ladder.len(),
        };
        let chosen = input.selected.and_then(|frame| input.ladder.row_of(frame));
        chosen.filter(|row| *row < rows).or(rows.checked_sub(1))
    }

    fn explanation(&self, ui: &mut Ui, input: &Input<'_>, area: Rect, palette: &Palette) {
        let painter = ui.painter().with_clip_rect(area);
        painter.rect_filled(area, 0, palette.panel);
        painter.hline(area.x_range(), area.min.y, (1.0, palette.line));
        let ladder = input.ladder;
        let Some(arrow) = self.row_told(input).and_then(|row| ladder.arrow(row)) else {
            return;
        };
        let large = self.scale == Scale::Large;
        let size = if large { 20.0 } else { 13.0 };
        let inner = area.shrink2(Vec2::new(EDGE, if large { 10.0 } else { 8.0 }));
        let mut child = ui.new_child(egui::UiBuilder::new().max_rect(inner));
        child.set_clip_rect(area.intersect(ui.clip_rect()));
        ScrollArea::vertical()
            .id_salt("ladder-words")
            .auto_shrink(false)
            .show(&mut child, |ui| {
                let head = format!(
                    "Packet {} · {} · {} → {}",
                    arrow.frame,
                    ladder.time(arrow),
                    ladder.name(Some(arrow.from)),
                    ladder.name(arrow.to)
                );
                ui.label(RichText::new(head).size(size * 0.85).color(palette.dim));
                ui.label(RichText::new(step(ladder, arrow)).size(size));
            });
    }

    /// Head and rows. Returns the rows in sight.
    fn drawing(
        &mut self,
        ui: &mut Ui,
        input: &Input<'_>,
        area: Rect,
        palette: &Palette,
        action: &mut Option<LadderAction>,
    ) -> Range<usize> {
        let ladder = input.ladder;
        ui.painter().rect_filled(area, 0, palette.ground);
        if let Some(error) = &ladder.error {
            let text = format!("The ladder cannot be drawn: {error}");
            let at = area.min + Vec2::new(EDGE, 20.0);
            ui.painter()
                .text(at, Align2::LEFT_CENTER, text, words(13.0), palette.bad);
        }
        // In a wide pane the drawing stands in the middle.
        let room = area.width() - BAR;
        let width = room.min(Sheet::comfortable(ladder, self.scale));
        let left = area.min.x + ((room - width) / 2.0).round();
        let sheet = Sheet::new(ladder, width, self.scale, self.absolute);
        let rows = self.rows(input);
        let told = self.row_told(input);
        let ends = told.map_or(Vec::new(), |row| ladder.ends_at(row));
        let head = Rect::from_min_size(area.min, Vec2::new(area.width(), sheet.head_height()));
        let body = Rect::from_min_max(Pos2::new(area.min.x, head.max.y), area.max);
        let brush = Brush {
            painter: ui.painter().with_clip_rect(head.intersect(ui.clip_rect())),
            palette,
            origin: Pos2::new(left, area.min.y),
            ground: palette.ground,
        };
        brush.paint(&layout::head(&sheet, ladder, &ends));
        self.name_lines(ui, (&sheet, left), ladder, &ends, head);
        self.move_into_sight(input, rows);
        let height = sheet.row_height();
        let mut child = ui.new_child(egui::UiBuilder::new().max_rect(body));
        child.set_clip_rect(body.intersect(ui.clip_rect()));
        let id = "ladder";
        let sight = self.list.show(&mut child, id, rows as u64, height);
        let painter = child
            .painter()
            .with_clip_rect(sight.area.intersect(child.clip_rect()));
        let range = sight.rows.start as usize..sight.rows.end as usize;
        let brush = Brush {
            painter,
            palette,
            origin: Pos2::new(left, sight.y),
            ground: palette.ground,
        };
        // The lines end a little behind the last row.
        let end = sight.y + (rows - range.start.min(rows)) as f32 * height + height * 0.3;
        let end = end.min(sight.area.max.y) - sight.y;
        let top = body.min.y - sight.y - height * 0.1;
        let selected = input.selected.and_then(|f| ladder.row_of(f));
        if let Some(row) = selected.filter(|row| range.contains(row)) {
            let y = sight.y + (row - range.start) as f32 * height;
            let at = Pos2::new(sight.area.min.x, y);
            let rect = Rect::from_min_size(at, Vec2::new(sight.area.width(), height));
            let rect = rect.shrink2(Vec2::new(4.0, 1.0));
            brush.painter.rect_filled(rect, 6, palette.selection);
        }
        brush.paint(&layout::lines(
            &sheet,
            ladder,
            top.max(-height),
            end.max(0.0),
        ));
        // Packets that were sent early reach into the rows above: one more row is laid out on either side.
        let laid = range.start..(range.end + 3).min(rows);
        let mut rest = Vec::new();
        for row in laid {
            let Some(arrow) = ladder.arrow(row) else {
                continue;
            };
            let y = (row as f64 - range.start as f64) as f32 * height;
            let chosen = input.selected == Some(arrow.frame);
            let after = input.cursor.is_some_and(|cursor| arrow.frame > cursor);
            let growth = match input.cursor {
                Some(cursor) if cursor == arrow.frame => self.growth,
                _ => 1.0,
            };
            let shapes = layout::row(&sheet, ladder, row, arrow, y, growth, chosen);
            let ground = if chosen {
                palette.selection
            } else {
                palette.ground
            };
            rest.push((row, y, ground, after, shapes));
        }
        for (_, _, ground, after, shapes) in &rest {
            brush.on(*ground, *after).paint(&shapes.behind);
        }
        for (_, _, ground, after, shapes) in &rest {
            brush.on(*ground, *after).paint(&shapes.before);
        }
        for (row, y, ..) in rest.iter().filter(|r| range.contains(&r.0)) {
            let Some(arrow) = ladder.arrow(*row) else {
                continue;
            };
            let at = Pos2::new(sight.area.min.x, sight.y + y);
            let rect = Rect::from_min_size(at, Vec2::new(sight.area.width(), height));
            let response = child.interact(
                rect.intersect(sight.area),
                child.scope_id().with((id, row)),
                Sense::click(),
            );
            let on = input.selected == Some(arrow.frame);
            response.widget_info(|| {
                WidgetInfo::selected(egui::Role::ListItem, true, on, arrow.in_words(ladder))
            });
            if response.clicked() {
                self.focused = true;
                self.revealed = Some(arrow.frame);
                *action = Some(LadderAction::Choose(arrow.frame));
            }
            if response.hovered() && !arrow.line.is_empty() {
                response.on_hover_text(&arrow.line);
            }
        }
        if child.input(|i| i.pointer.any_pressed()) {
            let over = child.input(|i| i.pointer.interact_pos());
            self.focused = over.is_some_and(|at| ui.max_rect().contains(at));
        }
        if input.keys {
            let page = ((sight.area.height() / height) as u64).max(1);
            let chosen = input.selected.and_then(|f| ladder.row_of(f));
            let moved = keyboard(&child, chosen.map(|r| r as u64), rows as u64, page);
            if let Some(frame) = moved.and_then(|row| ladder.frame(row as usize)) {
                *action = Some(LadderAction::Choose(frame));
            }
        }
        range
    }

    /// What is new comes into sight: the chosen packet, or the one that the play has come to.
    fn move_into_sight(&mut self, input: &Input<'_>, rows: usize) {
        if input.cursor != self.came {
            self.came = input.cursor;
            if let Some(row) = input.cursor.map(|c| input.ladder.rows_until(c)) {
                self.list.reveal((row.saturating_sub(1)).min(rows) as u64);
            }
        }
        if input.selected != self.revealed
            && let Some(row) = input.selected.and_then(|f| input.ladder.row_of(f))
            && row < rows
        {
            self.revealed = input.selected;
            self.list.reveal(row as u64);
        }
    }

    /// The heads of the lines, for those who do not see them.
    fn name_lines(
        &self,
        ui: &mut Ui,
        (sheet, left): (&Sheet, f32),
        ladder: &Ladder,
        ends: &[Option<End>],
        head: Rect,
    ) {
        for (at, line) in ladder.lines.iter().enumerate() {
            let x = left + sheet.line_x(at);
            let rect = Rect::from_center_size(
                Pos2::new(x, head.center().y),
                Vec2::new(80.0, head.height() - 8.0),
            );
            let response = ui.interact(
                rect.intersect(head),
                ui.scope_id().with(("ladder-line", at)),
                Sense::hover(),
            );
            let mut name = line.name.clone();
            for part in [
                line.address.clone(),
                ends.get(at)
                    .copied()
                    .flatten()
                    .map_or(String::new(), |e| e.words()),
            ] {
                if !part.is_empty() {
                    name.push_str(", ");
                    name.push_str(&part);
                }
            }
            response.widget_info(|| WidgetInfo::labeled(egui::Role::ColumnHeader, true, &name));
            let state = ends.get(at).copied().flatten().and_then(|e| e.state);
            if let Some(state) = state {
                response.on_hover_text(format!("{}: {}", state.name(), state.meaning()));
            }
        }
    }
}

/// Paints shapes.
struct Brush<'a> {
    painter: Painter,
    palette: &'a Palette,
    /// Where the shapes' upper left corner is.
    origin: Pos2,
    /// What is behind texts that cover lines.
    ground: Color32,
}

impl Brush<'_> {
    /// The same on another ground, or fainter.
    fn on(&self, ground: Color32, faint: bool) -> Brush<'_> {
        let mut painter = self.painter.clone();
        if faint {
            painter.multiply_opacity(0.35);
        }
        Brush {
            painter,
            palette: self.palette,
            origin: self.origin,
            ground,
        }
    }

    fn at(&self, [x, y]: [f32; 2]) -> Pos2 {
        self.origin + Vec2::new(x, y)
    }

    fn colour(&self, ink: Ink) -> Color32 {
        let p = self.palette;
        match ink {
            Ink::Ground => self.ground,
            Ink::Raised => p.raised,
            Ink::Selection => p.selection,
            Ink::Line => p.tint(p.faint, 0.5),
            Ink::Text => p.text,
            // Secondary text would be hard to read on the ground of what is chosen.
            Ink::Dim | Ink::Faint if self.ground == p.selection => p.text,
            Ink::Dim => p.dim,
            Ink::Faint => p.faint,
            Ink::Bad => p.bad,
            Ink::Doubt => p.doubt,
            Ink::Side(side) => match side % 6 {
                0 => p.side(0),
                1 => p.side(1),
                2 => p.hue(Hue::Teal),
                3 => p.hue(Hue::Purple),
                4 => p.hue(Hue::Green),
                _ => p.hue(Hue::Pink),
            },
        }
    }

    fn paint(&self, shapes: &[layout::Shape]) {
        for shape in shapes {
            self.shape(shape);
        }
    }

    fn shape(&self, shape: &layout::Shape) {
        match shape {
            layout::Shape::Line {
                from,
                to,
                width,
                ink,
                dashed,
            } => {
                let stroke = Stroke::new(*width, self.colour(*ink));
                let ends = [self.at(*from), self.at(*to)];
                if *dashed {
                    let dashes = Shape::dashed_line(&ends, stroke, width * 4.0, width * 3.0);
                    self.painter.extend(dashes);
                } else {
                    self.painter.line_segment(ends, stroke);
                }
            }
            layout::Shape::Tip { corners, ink } => {
                let corners = corners.iter().map(|c| self.at(*c)).collect();
                let tip = Shape::convex_polygon(corners, self.colour(*ink), Stroke::NONE);
                self.painter.add(tip);
            }
            layout::Shape::Box {
                at,
                size,
                round,
                ink,
            } => {
                let rect = Rect::from_min_size(self.at(*at), Vec2::from(*size));
                let round = CornerRadius::same(round.clamp(0.0, 255.0) as u8);
                self.painter.rect_filled(rect, round, self.colour(*ink));
            }
            layout::Shape::Text(text) => self.text(text),
        }
    }

    fn text(&self, text: &layout::Text) {
        let font = font(text.face, text.size);
        let format = TextFormat::simple(font, self.colour(text.ink));
        let mut job = LayoutJob::single_section(text.text.clone(), format);
        job.wrap = TextWrapping {
            max_width: text.room,
            max_rows: 1,
            break_anywhere: true,
            overflow_character: Some('…'),
        };
        let galley = self.painter.layout_job(job);
        let size = galley.size();
        let at = self.at(text.at);
        let x = match text.align {
            Align::Left => at.x,
            Align::Centre => at.x - size.x / 2.0,
            Align::Right => at.x - size.x,
        };
        let corner = Pos2::new(x, at.y - size.y / 2.0);
        if text.covers {
            let rect = Rect::from_min_size(corner, size).expand2(Vec2::new(3.0, 0.0));
            self.painter.rect_filled(rect, 0, self.ground);
        }
        self.painter.galley(corner, galley, Color32::PLACEHOLDER);
    }
}

fn font(face: Face, size: f32) -> FontId {
    match face {
        Face::Words => words(size),
        Face::Strong => strong(size),
        Face::Mono => mono(size),
    }
}

//! What each command does, and when it can be used.

use egui::{Context, Ui};

use super::App;
use super::details::FieldPart;
use super::menus::Wish;
use crate::session::follow::Kind;
use crate::session::{Heading, Marks, Numbers};
use crate::ui::command::{self, Command, Entry, Menu, Needs};
use crate::ui::views::filter_bar::Verdict;
use crate::ui::views::help::Page;
use crate::ui::views::statistics::What;
use crate::ui::views::tree;

impl App {
    /// Do it.
    pub(in crate::ui) fn run(&mut self, command: Command, ctx: &Context) {
        // What is about packets is to be seen: the page for captures must not hide it.
        let about = [Menu::Go, Menu::Packet, Menu::Analyze, Menu::Statistics];
        let menu = command::entry(command).map(|e| e.menu);
        if self.open.is_some() && menu.is_some_and(|m| about.contains(&m)) {
            self.capturing.page = false;
            self.lab.page = false;
        }
        match command {
            Command::OpenFile => self.ask_for_file(ctx),
            Command::MergeFiles => self.ask_for_files(ctx),
            Command::Reload => self.reload(ctx),
            Command::Properties => self.open_properties(ctx),
            Command::ForgetRecent => self.forget_recent(),
            Command::CloseFile => self.close(ctx),
            Command::CaptureOptions => {
                self.lab.page = false;
                self.capturing.page = true;
            }
            Command::OpenLab => self.open_lab(ctx),
            Command::ShowLesson => self.show_lesson(),
            Command::StartStop => self.start_or_stop(ctx),
            Command::RestartCapture => self.restart_capture(ctx),
            Command::RefreshInterfaces => self.refresh_interfaces(),
            Command::FollowNewest => self.packets.list.follow_end = true,
            Command::Quit => ctx.send_viewport_cmd(egui::ViewportCommand::Close),
            Command::FocusFilter => self.filter.focus = true,
            Command::ClearFilter => self.set_and_apply("", ctx),
            Command::ApplyField => {
                let wish = self.chosen_as_filter().map(Wish::Apply);
                self.fulfil(wish, ctx);
            }
            Command::PrepareField => {
                let wish = self.chosen_as_filter().map(Wish::Prepare);
                self.fulfil(wish, ctx);
            }
            Command::BuildExpression => self.open_builder(),
            Command::EditMacros => self.open_macros(),
            Command::SaveFilter => self.name_filter(),
            Command::FilterHistory => {
                self.filter.focus = true;
                self.filter.bar.open_history();
            }
            Command::ForgetHistory => self.library.forget_history(),
            Command::NextPane => self.next_pane(true),
            Command::PreviousPane => self.next_pane(false),
            Command::NextPacket => self.step(1),
            Command::PreviousPacket => self.step(-1),
            Command::FirstPacket => self.go_to_row(0),
            Command::LastPacket => self.go_to_row(self.displayed().saturating_sub(1)),
            Command::GoToPacket => self.ask_for_number(),
            Command::NextInConversation => self.step_in_conversation(Heading::Forward, ctx),
            Command::PreviousInConversation => self.step_in_conversation(Heading::Backward, ctx),
            Command::HistoryBack => self.step_in_history(Heading::Backward),
            Command::HistoryForward => self.step_in_history(Heading::Forward),
            Command::NextMark => self.step_among(|m| &m.marked, Heading::Forward),
            Command::PreviousMark => self.step_among(|m| &m.marked, Heading::Backward),
            Command::NextReference => self.step_among(|m| &m.references, Heading::Forward),
            Command::PreviousReference => self.step_among(|m| &m.references, Heading::Backward),
            Command::ToggleMark => self.toggle(|m| &mut m.marked, ctx),
            Command::MarkDisplayed => self.change_displayed(ctx, |m| &mut m.marked, true),
            Command::UnmarkDisplayed => self.change_displayed(ctx, |m| &mut m.marked, false),
            Command::ToggleIgnored => self.toggle(|m| &mut m.ignored, ctx),
            Command::IgnoreDisplayed => self.change_displayed(ctx, |m| &mut m.ignored, true),
            Command::IgnoreNone => {
                self.change_marks(ctx, |m| m.ignored = Default::default());
            }
            Command::ToggleReference => self.toggle(|m| &mut m.references, ctx),
            Command::ForgetReferences => {
                self.change_marks(ctx, |m| m.references = Default::default());
            }
            Command::CommentPacket => self.ask_for_comment(),
            Command::OpenPacket => self.open_packet_window(),
            Command::ColourConversation => self.colour_conversation(None),
            Command::ForgetColours => self.forget_conversation_colours(),
            Command::EditColours => self.edit_colours(),
            Command::ApplyAsColumn => self.apply_as_column(),
            Command::DecodeAs => self.open_decode_as(),
            Command::Unsort => self.unsort(),
            Command::Time(format) => self.set_time(format, self.packets.times.decimals),
            Command::Decimals(decimals) => self.set_time(self.packets.times.format, decimals),
            Command::FindPacket => self.open_find(ctx),
            Command::FindNext => self.find_step(true),
            Command::FindPrevious => self.find_step(false),
            Command::FindInStream => self.find_in_stream(),
            Command::Ladder => self.ladder_of_conversation(ctx),
            Command::LadderDisplayed => self.ladder_of_displayed(ctx),
            Command::FollowTcp => self.follow(Kind::Tcp, ctx),
            Command::FollowUdp => self.follow(Kind::Udp, ctx),
            Command::FollowHttp => self.follow(Kind::Http, ctx),
            Command::Hierarchy => self.statistic(What::Hierarchy),
            Command::Conversations => self.statistic(What::Conversations),
            Command::Endpoints => self.statistic(What::Endpoints),
            Command::Graph => self.graph(),
            Command::Expert => self.expert(),
            Command::CloseTab => self.close_tab(),
            Command::UnfoldAll => self.unfold_all(true),
            Command::FoldAll => self.unfold_all(false),
            Command::UnfoldBelow => self.unfold_below(true),
            Command::FoldBelow => self.unfold_below(false),
            Command::Diagram => self.panes.diagram = !self.panes.diagram,
            Command::CopyDiagram => self.copy_diagram(ctx),
            Command::FollowLink => self.follow_link(),
            Command::Bits => self.bytes.bits = !self.bytes.bits,
            Command::SaveAs => self.save_frames(),
            Command::ExportDisplayed => self.export_displayed(),
            Command::ExportDissections => self.export_dissections(),
            Command::Objects => self.find_objects(ctx),
            Command::SaveBytes => self.save_bytes(),
            Command::SaveDiagram => self.save_diagram(),
            Command::CopyLine => self.copy_field(FieldPart::Line, ctx),
            Command::CopyValue => self.copy_field(FieldPart::Value, ctx),
            Command::CopyName => self.copy_field(FieldPart::Name, ctx),
            Command::CopyFilter => {
                if let Some(filter) = self.chosen_as_filter() {
                    ctx.copy_text(filter);
                }
            }
            Command::CopyBytes(form) => self.copy_bytes(form, ctx),
            Command::ZoomIn => self.zoom(ctx, 10),
            Command::ZoomOut => self.zoom(ctx, -10),
            Command::ZoomReset => self.prefer(ctx, |p| p.zoom = 100),
            Command::FullScreen => {
                let full = ctx.input(|i| i.viewport().fullscreen == Some(true));
                ctx.send_viewport_cmd(egui::ViewportCommand::Fullscreen(!full));
            }
            Command::Theme(theme) => self.prefer(ctx, |p| p.theme = theme),
            Command::SafeColours => self.prefer(ctx, |p| p.colour_safe = !p.colour_safe),
            Command::Layout(layout) => self.prefer(ctx, |p| p.layout = layout),
            Command::Pane(pane) => self.prefer(ctx, |p| p.toggle(pane)),
            Command::UsualPanes => self.usual_panes(ctx),
            Command::Preferences => self.open_preferences(),
            Command::FindCommand => self.open_palette(),
            Command::Help => self.open_help(Page::Commands),
            Command::FirstSteps => self.open_help(Page::FirstSteps),
        }
    }

    /// Whether it can be used now.
    pub(in crate::ui) fn usable(&self, entry: &Entry) -> bool {
        match entry.needs {
            Needs::Nothing => true,
            Needs::Play => self.lab.is_on(),
            Needs::Running => self.is_capturing(),
            Needs::Capture => self.open.is_some(),
            Needs::File => self.open.is_some() && !self.has_captured(),
            Needs::Captured => self.has_captured(),
            Needs::Packet => self.chosen.is_some(),
            Needs::Tcp => self.can_follow(Kind::Tcp),
            Needs::Udp => self.can_follow(Kind::Udp),
            Needs::Stream => self.has_stream(),
            Needs::Search => self.finding.is_on(),
            Needs::Tab => self.has_tab(),
            Needs::Field => self.chosen.is_some() && self.node.is_some(),
            Needs::FilterText => {
                matches!(self.filter.verdict, Verdict::Good | Verdict::Doubtful(_))
            }
            Needs::Filter => self.filter.applied.is_some(),
        }
    }

    /// Whether a command is one of several states, and that one holds.
    fn is_on(&self, command: Command) -> bool {
        let times = &self.packets.times;
        match command {
            Command::Time(format) => times.format == format,
            Command::Decimals(decimals) => times.decimals == decimals,
            Command::Theme(theme) => self.shell.preferences.theme == theme,
            Command::SafeColours => self.shell.preferences.colour_safe,
            Command::Layout(layout) => self.shell.preferences.layout == layout,
            Command::Pane(pane) => self.shell.preferences.shows(pane),
            Command::Diagram => self.panes.diagram,
            Command::Bits => self.bytes.bits,
            _ => false,
        }
    }

    /// Do what the keys pressed ask for.
    pub(super) fn shortcuts(&mut self, ui: &Ui) {
        let ctx = ui.ctx().clone();
        let typing = ctx.text_edit_focused();
        // The system's own key for copying comes as an event of its own.
        if !typing && ctx.input(|i| i.events.contains(&egui::Event::Copy)) {
            self.copy_field(FieldPart::Line, &ctx);
        }
        let palette = self.is_palette_open();
        let heard = |entry: &Entry| match palette {
            true => entry.command == Command::FindCommand,
            false => self.usable(entry),
        };
        for command in command::pressed(&ctx, typing, heard) {
            self.run(command, &ctx);
        }
    }

    /// The menu: every command under its head, with its keys.
    pub(super) fn menu(&mut self, ui: &mut Ui) {
        let mut chosen = None;
        let mut recent = None;
        ui.menu_button("Menu", |ui| {
            ui.set_min_width(160.0);
            for menu in Menu::ALL {
                let entries: Vec<&Entry> = command::commands().filter(|e| e.menu == menu).collect();
                if entries.is_empty() {
                    continue;
                }
                ui.menu_button(menu.title(), |ui| {
                    ui.set_min_width(240.0);
                    for entry in entries {
                        let mut button =
                            egui::Button::new(entry.name).selected(self.is_on(entry.command));
                        if let Some(keys) = entry.shortcut(ui.ctx()) {
                            button = button.shortcut_text(keys);
                        }
                        let button = ui.add_enabled(self.usable(entry), button);
                        let button = button.on_disabled_hover_text(entry.needs.reason());
                        if button.clicked() {
                            chosen = Some(entry.command);
                        }
                        if entry.command == Command::OpenFile {
                            recent = self.recent_menu(ui).or(recent.take());
                        }
                    }
                });
            }
        });
        if let Some(file) = recent {
            let ctx = ui.ctx().clone();
            self.open(&file, &ctx);
        }
        if let Some(command) = chosen {
            let ctx = ui.ctx().clone();
            self.run(command, &ctx);
        }
    }

    /// A button of the toolbar for a command; its keys are told when the pointer rests on it.
    pub(super) fn command_button(&mut self, ui: &mut Ui, command: Command, title: &str) {
        let Some(entry) = command::entry(command) else {
            return;
        };
        let ctx = ui.ctx().clone();
        let name = entry.name.trim_end_matches('…');
        let hint = match entry.shortcut(&ctx) {
            Some(keys) => format!("{name} ({keys})"),
            None => name.to_owned(),
        };
        let button = ui.add_enabled(self.usable(entry), egui::Button::new(title));
        let button = button.on_hover_text(hint);
        let button = button.on_disabled_hover_text(entry.needs.reason());
        if button.clicked() {
            self.run(command, &ctx);
        }
    }

    /// Set or take away a note of the chosen packet.
    fn toggle(&mut self, which: fn(&mut Marks) -> &mut Numbers, ctx: &Context) {
        if let Some(number) = self.chosen {
            self.change_marks(ctx, |marks| which(marks).toggle(number));
        }
    }

    fn step(&mut self, by: i64) {
        let row = self.chosen_row().map_or(0, |r| r.saturating_add_signed(by));
        self.go_to_row(row);
    }

    fn go_to_row(&mut self, row: u64) {
        if row < self.displayed() {
            self.packets.list.reveal(row);
            self.choose(row);
        }
    }

    fn unfold_below(&mut self, open: bool) {
        if let (Some(detail), Some(node)) = (self.detail(), self.node) {
            self.tree.unfold_below(&detail.tree, node, open);
        }
    }

    fn follow_link(&mut self) {
        let target = self
            .detail()
            .and_then(|d| tree::link(d.tree.nodes.get(self.node?)?));
        if let Some(frame) = target {
            self.go_to_frame(frame);
        }
    }

    fn unfold_all(&mut self, open: bool) {
        if let Some(detail) = self.detail() {
            self.tree.unfold_all(&detail.tree, open);
        }
    }
}
